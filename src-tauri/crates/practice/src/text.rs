//! The platform's messages by result code. Those marked *not recorded* are this crate's own wording.

use serde_json::Value;

use crate::json::python_str;

/// The language of an answer: the user's locale at the identity server, Japanese without one. Before the user is known
/// the request's `Language` header decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Japanese, also for users without a locale.
    Ja,
    /// English.
    En,
    /// Another locale: messages in Japanese, but no status names.
    Other,
}

impl Language {
    /// The language of a user with this locale.
    pub(crate) fn of_locale(locale: Option<&str>) -> Self {
        match locale {
            None | Some("" | "ja") => Self::Ja,
            Some("en") => Self::En,
            Some(_) => Self::Other,
        }
    }

    const fn choose(self, ja: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Ja | Self::Other => ja,
            Self::En => en,
        }
    }
}

/// 401-00002.
pub(crate) const fn login_failed(language: Language) -> &'static str {
    language.choose("認証に失敗しました。", "Certification failed.")
}

/// 500-99999 and 999-99999 (the English one recorded for 999-99999 only).
pub(crate) const fn system_error(language: Language) -> &'static str {
    language.choose("システムエラー", "System Error")
}

/// 400-00002 (English not recorded).
pub(crate) const fn bad_body(language: Language) -> &'static str {
    language.choose("リクエストボディのパラメータ(Json)が不正です。", "Request body parameter (Json) is incorrect.")
}

/// 400-00026 (English not recorded).
pub(crate) fn unknown_mode(language: Language, key: &str, value: &Value) -> String {
    let known = "backyard_execute_stop/data_update_stop";
    let value = python_str(value);
    match language {
        Language::En => format!("A maintenance mode other than \"{known}\" is specified. ({key}:{value})"),
        _ => format!("メンテナンスモード名に「{known}」以外が指定されています。({key}:{value})"),
    }
}

/// 400-00027. The English text belongs to another message of the platform, as recorded.
pub(crate) fn bad_value(language: Language, key: &str, value: &str) -> String {
    match language {
        Language::En => "There is an error in the URL format. (0/1)".to_owned(),
        _ => format!("設定値に「0/1」以外が指定されています。({key}:{value}) "),
    }
}

/// 498-00001. The English text is sent with its placeholders, as recorded.
pub(crate) fn read_only(language: Language, method: &str, path: &str) -> String {
    match language {
        Language::En => "Due to maintenance, Exastro IT Automation API (System Management) is not available. \
             ({0}:/api/ita/{1})"
            .to_owned(),
        _ => format!(
            "メンテナンス中の為、Exastro IT Automation API (System Management)は利用出来ません。({method}:{path})"
        ),
    }
}

/// 498-23001 (English not recorded).
pub(crate) fn no_organization_while_read_only(language: Language, id: &str) -> String {
    match language {
        Language::En => format!("Due to maintenance, organizations cannot be created. ({id})"),
        _ => format!("メンテナンス中の為、Organizationの作成は出来ません。({id})"),
    }
}

/// 499-01401 (English not recorded).
pub(crate) fn bad_log_level(language: Language, service: &str, level: &Value) -> String {
    let level = python_str(level);
    match language {
        Language::En => format!("Service name or log level is incorrect. ({service}:{level})"),
        _ => format!("サービス名、ログレベルが不正です。({service}:{level})"),
    }
}

/// The `data` of a successful change of log levels (the same for every language recorded: Japanese).
pub(crate) const LOG_LEVELS_SET: &str = "設定完了";
/// Why the `oase` driver is off in the ITA settings.
pub(crate) const OASE_NEEDS_MONGO: &str = "利用するためにはMongoが必要です。";
