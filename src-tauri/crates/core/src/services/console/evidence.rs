//! The evidence of a procedure (product §8).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Console;
use crate::domain::connection::Connection;
use crate::domain::problem::Problem;
use crate::domain::vocabulary::Language;
use crate::evidence::EvidenceResult;
use crate::services::procedure::{pack, packed};

impl Console {
    /// Writes the evidence of the open connection's procedure, ended or under way, as a new folder in `target`:
    /// [`crate::evidence::write`]. [`crate::domain::problem::ProblemCode::NoProcedure`] where none was begun.
    pub async fn export_evidence(&self, language: Language, target: PathBuf) -> Result<EvidenceResult, Problem> {
        self.session()?.export_evidence(language, target).await
    }

    /// The same of a connection that need not be open, from what is on the disk: no platform is asked. Blocks.
    pub fn export_saved_evidence(
        &self,
        connection: &Connection,
        language: Language,
        target: &Path,
    ) -> Result<EvidenceResult, Problem> {
        let state = self.parts.procedures.load(&connection.id, self.parts.clock.now())?;
        let result = pack(&self.parts, connection, state, &BTreeMap::new(), language, target)?;
        // What cannot be written down is in the log; the pack is there.
        let _ = self.parts.note(&connection.id, packed(&result));
        Ok(result)
    }

    /// Waits until the lists that procedures asked for are on the disk: for a program that ends.
    pub async fn lists_written(&self) {
        for session in self.session().into_iter().chain(self.background.sessions()) {
            session.lists_written().await;
        }
    }
}
