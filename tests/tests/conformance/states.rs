//! The states in which the exchanges were recorded, as a test sets them.

use ita_practice::{Control, ItaShape, Mode, ModeTable, Part, ScriptedJob, WorkspaceFault};

use crate::wire::Blanks;

/// A state and the exchanges that were recorded in it.
pub(crate) struct Script {
    /// In words.
    pub(crate) state: &'static str,
    /// Brings a platform without organizations, both modes off, into it.
    pub(crate) set: fn(&Control) -> Blanks,
    /// Names of recordings.
    pub(crate) recordings: &'static [&'static str],
}

/// Exchanges that are not replayed, with the reason.
pub(crate) const LEFT_OUT: &[(&str, &str)] = &[(
    "refresh-tokens-list",
    "the platform's own list of tokens: the product never asks for it, and no part of the contract rests on its answer",
)];

const MODES_OFF: &[&str] = &[
    "adminsite-double-slash",
    "maint-get-b0-d0",
    "maint-get-trailing-slash",
    "maint-head",
    "maint-options",
    "maint-post",
    "maint-put",
    "options-noauth",
    "maint-patch-array",
    "maint-patch-bool-true",
    "maint-patch-both",
    "maint-patch-charset",
    "maint-patch-dup-case",
    "maint-patch-dup-key",
    "maint-patch-empty-body",
    "maint-patch-empty-string",
    "maint-patch-float1",
    "maint-patch-form",
    "maint-patch-int1",
    "maint-patch-mixed-valid-then-invalid",
    "maint-patch-mixed-valid-then-unknown",
    "maint-patch-no-content-type",
    "maint-patch-nonjson",
    "maint-patch-null",
    "maint-patch-nullbody",
    "maint-patch-object-value",
    "maint-patch-one-backyard",
    "maint-patch-one-dataupdate",
    "maint-patch-padded",
    "maint-patch-same-value",
    "maint-patch-string",
    "maint-patch-textplain",
    "maint-patch-unknown-key",
    "maint-patch-uppercase",
    "maint-patch-value2",
    "maint-patch-value2-locale-en",
];

const LOGINS: &[&str] = &[
    "auth-basic-only",
    "auth-bearer-garbage",
    "auth-colon-password",
    "auth-colon-truncated",
    "auth-digest",
    "auth-disabled",
    "auth-empty-password",
    "auth-no-colon",
    "auth-no-role-user",
    "auth-no-role-user-patch",
    "auth-none",
    "auth-none-ita",
    "auth-not-base64",
    "auth-password-iso8859",
    "auth-password-japanese",
    "auth-password-utf8-latin",
    "auth-scheme-lower",
    "auth-scheme-two-spaces",
    "auth-scheme-upper",
    "auth-unknown-user",
    "auth-username-japanese",
    "auth-username-space",
    "auth-wrong-language-header-en",
    "auth-wrong-password",
    "token-client-platform-nosecret",
    "token-offline",
    "token-password",
];

const SITES: &[&str] = &[
    "adminsite-health-liveness",
    "adminsite-health-readiness",
    "adminsite-no-auth-path",
    "adminsite-orgapi",
    "orgsite-health",
    "orgsite-patch",
    "orgsite-platform",
    "orgsite-root",
    "orgsite-token",
];

const ITA_IDLE: &[&str] = &[
    "check-head",
    "check-no-orgs",
    "check-post",
    "check-unknown-path",
    "ita-settings",
    "loglevel-get",
    "loglevel-get-noslash",
    "loglevel-old-path",
    "loglevel-patch-bad-service-chars",
    "loglevel-patch-empty",
    "loglevel-patch-error-level",
    "loglevel-patch-int",
    "loglevel-patch-lower",
    "loglevel-patch-no-body",
    "loglevel-patch-nonjson",
    "loglevel-patch-null",
    "loglevel-patch-ok",
    "loglevel-patch-partly",
    "loglevel-patch-unknown-service",
];

/// Every state.
pub(crate) const SCRIPTS: &[Script] = &[
    Script { state: "both modes off", set: |_| Blanks::default(), recordings: MODES_OFF },
    Script { state: "users log in", set: |_| Blanks::default(), recordings: LOGINS },
    Script { state: "either site", set: |_| Blanks::default(), recordings: SITES },
    Script { state: "no organization, every level INFO", set: |_| Blanks::default(), recordings: ITA_IDLE },
    Script {
        state: "an external address is configured",
        set: |control| {
            control.set_external_url("http://127.0.0.1:18001");
            Blanks::default()
        },
        recordings: &["adminsite-root"],
    },
    Script {
        state: "a wrong password for a token",
        set: |_| Blanks { password: "bad", ..Blanks::default() },
        recordings: &["token-wrong-password"],
    },
    Script {
        state: "a token is held",
        set: |control| token(control, "access_token", false),
        recordings: &["bearer-get", "bearer-patch"],
    },
    Script {
        state: "the token held has ended",
        set: |control| {
            let blanks = token(control, "access_token", false);
            control.end_tokens(false);
            blanks
        },
        recordings: &["bearer-expired"],
    },
    Script {
        state: "an offline token is held",
        set: |control| token(control, "refresh_token", true),
        recordings: &["token-refresh"],
    },
    Script { state: "read-only", set: |control| modes(control, false, true), recordings: READ_ONLY },
    Script { state: "job stop", set: |control| modes(control, true, false), recordings: &["maint-get-b1-d0"] },
    Script { state: "both modes on", set: |control| modes(control, true, true), recordings: &["maint-get-b1-d1"] },
    Script {
        state: "the table of the modes is empty",
        set: |control| table(control, ModeTable::Empty),
        recordings: &["maint-get-empty-table", "maint-patch-empty-table"],
    },
    Script {
        state: "both modes on, the row of read-only is missing",
        set: |control| table(control, ModeTable::RowMissing(Mode::ReadOnly)),
        recordings: &["maint-get-one-row-only"],
    },
    Script {
        state: "both modes on, the table cannot be read",
        set: |control| table(control, ModeTable::Unreadable),
        recordings: &["maint-get-table-unreadable"],
    },
    Script {
        state: "the database is down",
        set: |control| down(control, Part::Database),
        recordings: &["check-db-down", "loglevel-patch-db-down", "maint-get-db-down", "maint-patch-db-down"],
    },
    Script {
        state: "the identity server is down",
        set: |control| down(control, Part::IdentityServer),
        recordings: &["down-keycloak", "down-keycloak-token"],
    },
    Script {
        state: "the platform API is down",
        set: |control| down(control, Part::PlatformApi),
        recordings: &["down-platform-api"],
    },
    Script {
        state: "the web server is down behind its proxy",
        set: |control| down(control, Part::WebServer),
        recordings: &["down-nginx-502"],
    },
    Script {
        state: "an organization without workspaces",
        set: |control| {
            control.add_organization("org-empty");
            Blanks::default()
        },
        recordings: &["check-org-without-workspaces"],
    },
    Script {
        state: "jobs in every listed status",
        set: every_status,
        recordings: &["check-all-types-all-statuses", "check-locale-en", "check-locale-ja"],
    },
    Script {
        state: "jobs in every listed status, ITA 2.2",
        set: |control| {
            control.set_ita_shape(ItaShape::Maps);
            every_status(control)
        },
        recordings: &["check-ita-2.2-shape"],
    },
    Script {
        state: "jobs that wait, are reserved or ended",
        set: nothing_listed,
        recordings: &["check-agent-and-queued-invisible"],
    },
    Script { state: "odd rows", set: odd_rows, recordings: &["check-odd-rows"] },
    Script {
        state: "odd rows beside an ordinary workspace",
        set: odd_and_good,
        recordings: &["check-double-slash", "check-gzip", "check-no-trailing-slash", "check-no-trailing-slash-follow"],
    },
    Script {
        state: "one workspace with a broken table",
        set: |control| broken(control, WorkspaceFault::BrokenTable),
        recordings: &["check-ws-broken-table", "check-ws-broken-table-en"],
    },
    Script {
        state: "one workspace without its database",
        set: |control| broken(control, WorkspaceFault::DroppedDatabase),
        recordings: &["check-ws-broken-dropdb", "check-ws-broken-dropdb-en"],
    },
];

const READ_ONLY: &[&str] = &[
    "loglevel-get-readonly",
    "loglevel-patch-readonly",
    "loglevel-patch-readonly-en",
    "loglevel-patch-readonly-noauth",
    "maint-get-b0-d1",
    "maint-patch-while-readonly",
    "readonly-org-create",
];

const ANSIBLE: &str = "ita-by-ansible-execute";
const TERRAFORM_CLI: &str = "ita-by-terraform-cli-execute";
const TERRAFORM_CLOUD_EP: &str = "ita-by-terraform-cloud-ep-execute";
const MENU_CREATE: &str = "ita-by-menu-create";
const CONDUCTOR: &str = "ita-by-conductor-synchronize";

/// A label with all its digits. The time itself is not compared.
const LABEL: &str = "2026-01-02T03:04:05.678901Z";

fn token(control: &Control, member: &str, offline: bool) -> Blanks {
    let grant: serde_json::Value = serde_json::from_str(&control.issue_tokens("admin", offline)).expect("a grant");
    Blanks { token: grant[member].as_str().expect("a token").to_owned(), ..Blanks::default() }
}

fn modes(control: &Control, job_stop: bool, read_only: bool) -> Blanks {
    control.set_mode(Mode::JobStop, job_stop);
    control.set_mode(Mode::ReadOnly, read_only);
    Blanks::default()
}

fn table(control: &Control, table: ModeTable) -> Blanks {
    control.set_mode_table(table);
    modes(control, true, true)
}

fn down(control: &Control, part: Part) -> Blanks {
    control.set_down(part, true);
    Blanks::default()
}

/// A job of each status that the answer lists, ids as kind and status; and organizations without some driver.
fn every_status(control: &Control) -> Blanks {
    let executions = ["2", "3", "4"].as_slice();
    for (container, kind, statuses) in [
        (ANSIBLE, "ans-L", executions),
        (ANSIBLE, "ans-P", executions),
        (ANSIBLE, "ans-R", executions),
        (TERRAFORM_CLI, "terraform_cli", executions),
        (TERRAFORM_CLOUD_EP, "terraform_cloud_ep", executions),
        (MENU_CREATE, "menu_create", &["2"]),
        ("ita-by-menu-export-import", "menu_export_import", &["2"]),
        ("ita-by-excel-export-import", "excel_export_import", &["2"]),
        (CONDUCTOR, "cond", &["3", "4", "5"]),
    ] {
        for status in statuses {
            let id = format!("{kind}-{status}");
            control.add_job(ScriptedJob::new("org-a", "ws-run", container, &id, status).label(LABEL));
        }
    }
    control.add_workspace("org-a", "ws-idle");
    control.add_workspace("org-notf", "ws1");
    control.remove_container("org-notf", "ws1", TERRAFORM_CLI);
    control.remove_container("org-notf", "ws1", TERRAFORM_CLOUD_EP);
    control.add_workspace("org-cicd", "ws1");
    control.remove_container("org-cicd", "ws1", TERRAFORM_CLI);
    control.add_organization("org-empty");
    Blanks::default()
}

/// Jobs of every backyard in each status up to 12 that its answer does not list.
fn nothing_listed(control: &Control) -> Blanks {
    for (container, listed) in [
        (ANSIBLE, 2..=4),
        (TERRAFORM_CLI, 2..=4),
        (TERRAFORM_CLOUD_EP, 2..=4),
        (MENU_CREATE, 2..=2),
        ("ita-by-menu-export-import", 2..=2),
        ("ita-by-excel-export-import", 2..=2),
        (CONDUCTOR, 3..=5),
    ] {
        for status in (1..=12).filter(|status| !listed.contains(status)) {
            control.add_job(ScriptedJob::new(
                "org-a",
                "ws-1",
                container,
                &format!("job-{status}"),
                &status.to_string(),
            ));
        }
    }
    Blanks::default()
}

/// Ids and statuses that nobody expects, labels in every form.
fn odd_rows(control: &Control) -> Blanks {
    let job = |container, id, status| ScriptedJob::new("org-b", "ws-odd", container, id, status);
    for id in ["now", "with space / slash ? & # % quote\" <b>", "日本語の作業-①", "emoji-😀"] {
        control.add_job(job(ANSIBLE, id, "3").label(LABEL));
    }
    control.add_job(job(ANSIBLE, "milli", "3").label("2026-01-02T03:04:05.678000Z"));
    control.add_job(job(ANSIBLE, "zero-micro", "3").label("2026-01-02T03:04:05Z"));
    control.add_job(job(ANSIBLE, "null-ts", "3"));
    control.add_job(job(ANSIBLE, "status-03", "03").label(LABEL));
    control.add_job(job(ANSIBLE, "status-3x", "3x").label(LABEL));
    control.add_job(job(MENU_CREATE, "mc-02", "02").label(LABEL));
    control.add_job(job(CONDUCTOR, "paused", "5").label(LABEL));
    Blanks::default()
}

fn odd_and_good(control: &Control) -> Blanks {
    let id = "5f0e9d44-0c62-4a56-b2c2-0a6a2a8f9c11";
    control.add_job(ScriptedJob::new("org-c", "ws-good", ANSIBLE, id, "3").label(LABEL));
    odd_rows(control)
}

fn broken(control: &Control, fault: WorkspaceFault) -> Blanks {
    control.set_workspace_fault("org-c", "ws-bad", Some(fault));
    odd_and_good(control)
}
