//! Log levels of the services (platform-contract §8).

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{json::Members, text, text::Language};

const SERVICES: [&str; 24] = [
    "ita-api-admin",
    "ita-api-ansible-execution-receiver",
    "ita-api-oase-receiver",
    "ita-api-organization",
    "ita-by-ansible-execute",
    "ita-by-ansible-legacy-role-vars-listup",
    "ita-by-ansible-legacy-vars-listup",
    "ita-by-ansible-pioneer-vars-listup",
    "ita-by-ansible-towermaster-sync",
    "ita-by-cicd-for-iac",
    "ita-by-collector",
    "ita-by-conductor-regularly",
    "ita-by-conductor-synchronize",
    "ita-by-excel-export-import",
    "ita-by-execinstance-dataautoclean",
    "ita-by-file-autoclean",
    "ita-by-hostgroup-split",
    "ita-by-menu-create",
    "ita-by-menu-export-import",
    "ita-by-oase-conclusion",
    "ita-by-terraform-cli-execute",
    "ita-by-terraform-cli-vars-listup",
    "ita-by-terraform-cloud-ep-execute",
    "ita-by-terraform-cloud-ep-vars-listup",
];

/// Service to level; null where the platform has none.
#[derive(Debug, Clone)]
pub(crate) struct LogLevels(pub(crate) BTreeMap<String, Option<String>>);

impl Default for LogLevels {
    fn default() -> Self {
        Self(SERVICES.iter().map(|service| ((*service).to_owned(), Some("INFO".to_owned()))).collect())
    }
}

impl LogLevels {
    /// `data` of the answer.
    pub(crate) fn read(&self) -> Value {
        self.0.iter().map(|(service, level)| (service.clone(), Value::from(level.clone()))).collect()
    }

    /// Applies a body: all of it, or nothing and the message of the first mistake. Unknown services are accepted and
    /// ignored.
    pub(crate) fn patch(&mut self, body: &Members, language: Language) -> Result<(), String> {
        for (service, level) in &body.0 {
            let named = service.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
            if !named || !matches!(level.as_str(), Some("INFO" | "DEBUG")) {
                return Err(text::bad_log_level(language, service, level));
            }
        }
        for (service, level) in &body.0 {
            if let (Some(known), Some(level)) = (self.0.get_mut(service), level.as_str()) {
                *known = Some(level.to_owned());
            }
        }
        Ok(())
    }
}
