//! Who hears the news of sessions: the guard, the announcer, and behind them the window.

use std::sync::Arc;

use super::announcer::Announcer;
use super::guard::Guard;
use crate::domain::background::BackgroundProcedure;
use crate::domain::left_on::LeftOnState;
use crate::domain::live::Live;
use crate::domain::test_report::StepResult;
use crate::export::ExportProgress;
use crate::ports::EventSink;

/// Passes everything on; two of the core's own listen on the way.
pub struct Listeners {
    /// Learns the modes of connections that are open anyway.
    pub guard: Arc<Guard>,
    /// Says on the desktop what must not wait.
    pub announcer: Arc<Announcer>,
    /// The window.
    pub window: Arc<dyn EventSink>,
}

impl EventSink for Listeners {
    fn live(&self, live: Arc<Live>) {
        self.guard.hear(&live);
        self.window.live(Arc::clone(&live));
        self.announcer.hear(&live); // last: what is said outside can be read inside
    }

    fn background(&self, procedures: Vec<BackgroundProcedure>) {
        self.window.background(procedures.clone());
        self.announcer.hear_background(&procedures);
    }

    fn test_step(&self, step: StepResult) {
        self.window.test_step(step);
    }

    fn left_on(&self, state: LeftOnState) {
        self.window.left_on(state);
    }

    fn export_progress(&self, progress: ExportProgress) {
        self.window.export_progress(progress);
    }
}
