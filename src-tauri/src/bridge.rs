//! News from the core to the window.

use std::sync::Arc;

use ita_core::domain::background::{BackgroundProcedure, QuitReason};
use ita_core::domain::connection::Connection;
use ita_core::domain::live::Live;
use ita_core::domain::test_report::StepResult;
use ita_core::export::ExportProgress;
use ita_core::ports::EventSink;
use serde::Serialize;
use tauri::{AppHandle, Emitter};

use crate::awake::Awake;

/// Events by name: `live`, `background`, `test_step`, `export_progress`, `connections`, `quit_asked`.
#[derive(Clone)]
pub(crate) struct Bridge {
    app: AppHandle,
    /// Held as long as a procedure waits that must not sleep.
    awake: Awake,
}

impl Bridge {
    pub(crate) fn new(app: AppHandle) -> Self {
        Self { app, awake: Awake::new() }
    }

    /// The saved connections changed.
    pub(crate) fn connections(&self, connections: &[Connection]) {
        self.send("connections", connections);
    }

    /// The window is to be closed, and there are reasons to ask first.
    pub(crate) fn quit_asked(&self, reasons: &[QuitReason]) {
        self.send("quit_asked", reasons);
    }

    fn send<T: Serialize + Clone>(&self, event: &str, payload: T) {
        // It fails only while the window is being closed; there is nobody left to tell.
        let _ = self.app.emit_to("main", event, payload);
    }
}

impl EventSink for Bridge {
    fn live(&self, live: Arc<Live>) {
        self.awake.on_screen(live.procedure.as_ref().is_some_and(|procedure| procedure.keeps_awake));
        self.send("live", live);
    }

    fn background(&self, procedures: Vec<BackgroundProcedure>) {
        self.awake.in_background(procedures.iter().any(|procedure| procedure.keeps_awake));
        self.send("background", procedures);
    }

    fn test_step(&self, step: StepResult) {
        self.send("test_step", step);
    }

    fn export_progress(&self, progress: ExportProgress) {
        self.send("export_progress", progress);
    }
}
