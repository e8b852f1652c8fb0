//! Exporting the jobs of an open connection: what is told on the way, and what ends it early.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

use acceptance::consoles::draft;
use ita_core::client::Limits;
use ita_core::credentials::SessionStore;
use ita_core::domain::connection::Environment;
use ita_core::domain::live::Live;
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::procedure::Frontend;
use ita_core::domain::test_report::StepResult;
use ita_core::domain::vocabulary::Language;
use ita_core::export::file::Target;
use ita_core::export::{CsvHeader, CsvPreset, ExportFormat, ExportProgress, ExportRequest, ExportResult};
use ita_core::jobs::view::{JobFilter, JobView};
use ita_core::journal::{Journal, JournalEvent};
use ita_core::log::Scrubber;
use ita_core::ports::{EventSink, SystemClock};
use ita_core::services::connections::Connections;
use ita_core::services::console::{Console, Parts};
use ita_core::settings::connections::ConnectionsFile;
use ita_core::settings::lives::LifeFiles;
use ita_core::settings::procedures::ProcedureFiles;
use ita_practice::{Options, Practice, PRACTICE_PASSWORD};

/// Enough for many chunks of a file.
const JOBS: u32 = 5_000;

/// What a window does when it hears how far an export is.
type Reaction = fn(&Console);

/// Hears of progress, and reacts to the first news.
#[derive(Default)]
struct Onlooker {
    told: Mutex<Vec<ExportProgress>>,
    reaction: OnceLock<(Arc<Console>, Reaction)>,
}

impl EventSink for Onlooker {
    fn live(&self, _: Arc<Live>) {}

    fn test_step(&self, _: StepResult) {}

    fn export_progress(&self, progress: ExportProgress) {
        self.told.lock().expect("not poisoned").push(progress);
        if let Some((console, reaction)) = self.reaction.get() {
            reaction(console);
        }
    }
}

/// A console with a list of many jobs, and a folder for exports.
struct Desk {
    console: Arc<Console>,
    onlooker: Arc<Onlooker>,
    folder: tempfile::TempDir,
    _platform: Practice,
}

impl Desk {
    async fn open() -> Self {
        let options = Options { jobs: Some(JOBS), speed: 0.0, ..Options::default() };
        let platform = Practice::start(options).await.expect("a platform");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("exports")).expect("a folder in a new one");
        let onlooker = Arc::new(Onlooker::default());
        let store = Arc::new(SessionStore::default());
        let file = ConnectionsFile::new(folder.path().join("connections.json"));
        let procedures = ProcedureFiles::new(folder.path().join("procedures"));
        let keyring = Arc::<SessionStore>::clone(&store);
        let console = Arc::new(Console::new(Parts {
            frontend: Frontend::Window,
            clock: Arc::new(SystemClock),
            events: Arc::<Onlooker>::clone(&onlooker),
            connections: Connections::new(file, keyring, store, procedures.clone(), Arc::new(SystemClock)),
            journal: Journal::new(folder.path().join("journal"), "night"),
            procedures,
            lives: LifeFiles::new(folder.path().join("job-lives")),
            limits: Limits::default(),
            scrubber: Scrubber::default(),
        }));
        let form = draft(&platform.url(), Environment::Development);
        let saved = console.connections().save(form, Some(PRACTICE_PASSWORD.into())).await.expect("saved");
        console.open_unread(saved, None).await;
        assert!(console.read_jobs().await.expect("open").running.known().is_some(), "the list is known");
        Self { console, onlooker, folder, _platform: platform }
    }

    fn exports(&self) -> std::path::PathBuf {
        self.folder.path().join("exports")
    }

    fn export(&self) -> Result<ExportResult, Problem> {
        let view = JobView { sort: None, filter: JobFilter::default(), language: Language::Ja };
        let request = ExportRequest {
            view,
            everything: true,
            format: ExportFormat::Csv,
            preset: CsvPreset::Script,
            header: CsvHeader::Keys,
        };
        tokio::task::block_in_place(|| self.console.export_jobs(&request, &Target::Folder(self.exports())))
    }

    /// As the window does when it hears of the export for the first time.
    fn react(&self, reaction: Reaction) {
        let is_first = self.onlooker.reaction.set((Arc::clone(&self.console), reaction)).is_ok();
        assert!(is_first, "one reaction for each desk");
    }
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).expect("a folder").next().is_none()
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_is_told_at_the_start_and_at_most_ten_times_a_second() {
    let desk = Desk::open().await;
    let begun = Instant::now();
    let result = desk.export().expect("written");
    let told = desk.onlooker.told.lock().expect("not poisoned").clone();
    assert_eq!(told.first(), Some(&ExportProgress { rows: 0, total: result.rows }));
    let most = begun.elapsed().as_millis() / 100 + 1;
    assert!(told.len() as u128 <= most, "{} news, and at most {most} in that time", told.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_is_cancelled_leaves_nothing_and_is_not_in_the_journal() {
    let desk = Desk::open().await;
    desk.react(|console| console.cancel_export().expect("open"));
    assert_eq!(desk.export().expect_err("stopped").code, ProblemCode::Cancelled);
    assert!(is_empty(&desk.exports()));
    let entries = desk.console.journal_entries(100, None).expect("open");
    assert!(!entries.iter().any(|entry| matches!(entry.event, JournalEvent::Exported { .. })), "{entries:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_the_connection_stops_its_export() {
    let desk = Desk::open().await;
    desk.react(Console::close);
    assert_eq!(desk.export().expect_err("stopped").code, ProblemCode::Cancelled);
    assert!(is_empty(&desk.exports()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_comes_too_late_for_one_export_and_does_not_reach_the_next() {
    let desk = Desk::open().await;
    let first = desk.export().expect("written");
    desk.console.cancel_export().expect("open");
    assert!(Path::new(&first.path).exists(), "what is complete stays");
    let second = desk.export().expect("nobody stopped this one");
    assert_ne!(first.path, second.path);
    assert!(second.rows > 0 && second.read_at.0 > 0);
}
