//! The evidence of a night: what is kept on the way survives a restart, and the pack is what a change ticket can rely on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use acceptance::consoles::{Program, ShiftedClock};
use ita_core::domain::confirmation::{Confirmation, Consent};
use ita_core::domain::connection::{Connection, Environment};
use ita_core::domain::live::Live;
use ita_core::domain::problem::ProblemCode;
use ita_core::domain::procedure::{Moment, Options, ProcedureAct as Act, ProcedurePhase as Phase};
use ita_core::domain::vocabulary::Language;
use ita_core::evidence::EvidenceResult;
use ita_core::journal::JournalEvent;
use ita_practice::{Mode, Options as Platform, Practice, ScriptedJob, WorkspaceFault, PRACTICE_PASSWORD};

const HOSTILE: &str = "=HYPERLINK(\"http://x\")<script>alert(1)</script>\u{202e}";

/// A program with one saved connection, open, beside its platform, with a folder for packs.
struct Night {
    program: Program,
    clock: Arc<ShiftedClock>,
    platform: Practice,
    connection: Connection,
    packs: tempfile::TempDir,
}

impl Night {
    async fn begin() -> Self {
        let platform = Practice::start(Platform { jobs: Some(0), ..Platform::default() }).await.expect("a platform");
        let clock = Arc::new(ShiftedClock::default());
        let program = Program::with_clock(Arc::<ShiftedClock>::clone(&clock));
        let connection = program.save(&platform.url(), Environment::Staging, PRACTICE_PASSWORD).await;
        let mut night = Self { program, clock, platform, connection, packs: tempfile::tempdir().expect("a folder") };
        night.open().await;
        night
    }

    async fn open(&mut self) {
        self.program.console.open_saved(&self.connection.id, None).await.expect("opened");
        let read = |live: &Live| live.modes.job_stop.known().is_some() && live.running.known().is_some();
        self.program.wait_until("the first reads", read).await;
    }

    /// The program ends where it stands, and is started again.
    async fn restart(mut self) -> Self {
        self.program.console.lists_written().await;
        self.program = self.program.restart();
        self.open().await;
        self.poll_until("everything read again", |live| live.procedure.as_ref().is_some_and(|it| !it.rereading)).await;
        self
    }

    async fn act(&self, act: Act) {
        let plan = self.program.console.plan_procedure_act(&act).expect("open");
        let name = (plan.confirmation == Confirmation::TypeName).then_some(plan.name);
        let consent = Consent { agreed: true, typed_name: name };
        self.program.console.procedure_act(act.clone(), &consent).await.unwrap_or_else(|it| panic!("{act:?}: {it:?}"));
    }

    async fn confirm(&self, phase: Phase) {
        self.act(Act::Confirm { phase, named: false }).await;
    }

    async fn poll_until(&self, what: &str, condition: impl Fn(&Live) -> bool) {
        self.program.poll_until(&self.clock, what, condition).await;
    }

    async fn poll_to(&self, phase: Phase) {
        let stands = |live: &Live| live.procedure.as_ref().is_some_and(|it| it.phase == phase);
        self.poll_until(&format!("{phase:?}"), stands).await;
    }

    async fn listed(&self, rows: u32) {
        self.poll_until("the list", |live| live.running.known().is_some_and(|it| it.rows == rows)).await;
    }

    async fn start(&self) {
        self.act(Act::Start { options: Options::default() }).await;
    }

    /// From the drain to the platform that is open again.
    async fn finish(&self) {
        self.poll_to(Phase::PointOfNoReturn).await;
        self.confirm(Phase::PointOfNoReturn).await;
        self.act(Act::ServicesRestarted { done: true }).await;
        self.poll_until("quiet", |live| live.procedure.as_ref().is_some_and(|it| it.gate.is_quiet())).await;
        self.confirm(Phase::QuietGate).await;
        self.confirm(Phase::Work).await;
        self.confirm(Phase::Checking).await;
        self.act(Act::StopWatch).await;
    }

    async fn pack(&self, language: Language) -> Pack {
        let target = self.packs.path().to_owned();
        let result = self.program.console.export_evidence(language, target).await.expect("a pack");
        Pack { folder: PathBuf::from(&result.path), result, language }
    }
}

const AGREED: Consent = Consent { agreed: true, typed_name: None };

/// A disk that takes no line of the journal for a while.
struct Blocked {
    journal: PathBuf,
    aside: PathBuf,
}

impl Blocked {
    fn journal_of(program: &Program) -> Self {
        let (journal, aside) = (program.folder().join("journal"), program.folder().join("journal-aside"));
        fs::rename(&journal, &aside).expect("it has lines already");
        fs::write(&journal, "in the way").expect("written");
        Self { journal, aside }
    }

    fn free(self) {
        fs::remove_file(&self.journal).expect("out of the way");
        fs::rename(self.aside, self.journal).expect("back in its place");
    }
}

struct Pack {
    folder: PathBuf,
    result: EvidenceResult,
    language: Language,
}

impl Pack {
    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn report(&self) -> String {
        self.read(if self.language == Language::Ja { "report.ja.html" } else { "report.en.html" })
    }

    /// The values of a column.
    fn column(&self, name: &str, column: &str) -> Vec<String> {
        let text = self.read(name);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let at = reader.headers().expect("a head").iter().position(|head| head == column).expect(column);
        reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
    }

    /// As whoever receives it would check it.
    #[cfg(target_os = "linux")]
    fn check_sums(&self) {
        let mut check = Command::new("sha256sum");
        let said = check.args(["--check", "--strict", "SHA256SUMS"]).current_dir(&self.folder).output();
        let said = said.expect("sha256sum is there");
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
        let lines = String::from_utf8_lossy(&said.stdout).lines().count();
        assert_eq!(lines as u32, self.result.files - 1, "every file but the sums themselves");
    }
}

fn job(id: &str) -> ScriptedJob {
    ScriptedJob::new("sales", "prod-batch", "ita-by-ansible-execute", id, "3").label("2026-11-22T19:00:00.000000Z")
}

fn paused(id: &str) -> ScriptedJob {
    ScriptedJob::new("sales", "prod-batch", "ita-by-conductor-synchronize", id, "5")
        .label("2026-11-22T19:00:00.000000Z")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_whole_night_with_restarts_leaves_a_pack_that_sha256sum_accepts() {
    let mut night = Night::begin().await;
    night.platform.control().script_jobs([job("ansible-1"), job("ansible-2"), paused(HOSTILE)]);
    night.listed(3).await;
    night.start().await;
    night = night.restart().await;
    night.platform.control().end_job("ansible-1");
    night.platform.control().end_job("ansible-2");
    night.poll_to(Phase::PointOfNoReturn).await;
    night = night.restart().await;
    night.finish().await;

    for language in [Language::Ja, Language::En] {
        let pack = night.pack(language).await;
        assert_eq!((&pack.result.missing[..], pack.result.files), (&[][..], 6));
        pack.check_sums();
        let stop = pack.column("jobs-at-stop.csv", "job_id");
        assert_eq!(stop.len(), 3);
        for name in ["jobs-at-zero.csv", "jobs-at-reopen.csv"] {
            assert_eq!(pack.column(name, "job_id"), [format!("'{HOSTILE}")], "{name}: one row, and no formula");
        }
        let (events, phases) = (pack.column("timeline.csv", "event"), pack.column("timeline.csv", "phase"));
        assert_eq!(events.iter().filter(|event| *event == "switched").count(), 4);
        assert_eq!(pack.column("timeline.csv", "read_back").iter().filter(|read| !read.is_empty()).count(), 4);
        assert_eq!((phases[0].as_str(), phases.last().map(String::as_str)), ("stopping_jobs", Some("finished")));
        let choices = pack.column("timeline.csv", "choice");
        let chosen = choices.iter().position(|choice| choice == "services_restarted").expect("the tick box");
        assert_eq!(pack.column("timeline.csv", "value")[chosen], "true");
        let report = pack.report();
        assert!(!report.contains("<script") && report.contains("&lt;script&gt;alert(1)"), "{report}");
        assert!(!report.contains('\u{202e}'));
    }
    let packed = |entry: &ita_core::journal::JournalEntry| matches!(entry.event, JournalEvent::EvidencePacked { .. });
    let journal = night.program.console.journal_entries(2, None).expect("open");
    assert!(journal.iter().all(packed), "{journal:?}");
}

#[tokio::test]
async fn what_a_colleague_did_while_the_program_was_closed_is_in_the_journal_and_the_report_once() {
    let mut night = Night::begin().await;
    night.start().await;
    night.poll_to(Phase::PointOfNoReturn).await;
    night.confirm(Phase::PointOfNoReturn).await;
    night.act(Act::Confirm { phase: Phase::QuietGate, named: true }).await;
    night.program.console.close();
    night.platform.control().set_mode(Mode::ReadOnly, false);
    night = night.restart().await;
    let changes = |entries: Vec<ita_core::journal::JournalEntry>| {
        let is_change = |entry: &ita_core::journal::JournalEntry| {
            matches!(entry.event, JournalEvent::ObservedChange { on: false, suspect: false, .. })
        };
        entries.iter().filter(|entry| is_change(entry)).count()
    };
    assert_eq!(changes(night.program.console.journal_entries(1_000, None).expect("open")), 1);
    let report = night.pack(Language::En).await.report();
    assert_eq!(report.matches("Read-only mode was switched off elsewhere.").count(), 1, "{report}");
    let named = "The work began before quiet was proved; not met:";
    assert!(report.contains(named) && report.contains("the settling time is over"), "{report}");
}

#[tokio::test]
async fn a_list_that_nobody_knows_is_missing_with_its_reason_and_one_that_comes_soon_takes_its_place() {
    let night = Night::begin().await;
    night.start().await;
    night.poll_to(Phase::PointOfNoReturn).await;
    let fault = Some(WorkspaceFault::BrokenTable);
    night.platform.control().set_workspace_fault("sales", "web-front", fault);
    night.poll_until("unknown", |live| live.running.known().is_none()).await;
    night.act(Act::Reopen).await;
    night.confirm(Phase::Checking).await;
    let early = night.pack(Language::Ja).await;
    assert_eq!(early.result.missing, [Moment::Reopen]);
    assert!(!early.folder.join("jobs-at-reopen.csv").exists());
    assert!(early.report().contains("その時点の一覧が不明だったため、ありません。"), "{}", early.report());

    night.platform.control().set_workspace_fault("sales", "web-front", None);
    night.poll_until("known again", |live| live.running.known().is_some()).await;
    night.act(Act::StopWatch).await;
    let late = night.pack(Language::Ja).await;
    assert_eq!(late.result.missing, []);
    assert_eq!(late.column("jobs-at-reopen.csv", "job_id").len(), 0);
}

#[tokio::test]
async fn a_disk_that_takes_no_list_stops_no_switch_and_is_told_in_the_pack() {
    let night = Night::begin().await;
    let evidence = night.program.folder().join("procedures").join(format!("{}.evidence", night.connection.id.0));
    fs::create_dir_all(evidence.parent().expect("a folder")).expect("a folder");
    fs::write(&evidence, "in the way").expect("written");
    night.start().await;
    night.finish().await;
    let pack = night.pack(Language::En).await;
    assert_eq!(pack.result.missing, Moment::ALL);
    assert_eq!(names(&pack.folder), ["SHA256SUMS", "report.en.html", "timeline.csv"]);
    let told = "List, Zero proved: none, because it could not be written.";
    assert!(pack.report().contains(told), "{}", pack.report());

    let target = night.packs.path().join("gone");
    let refused = night.program.console.export_evidence(Language::En, target).await.expect_err("no such folder");
    assert_eq!(refused.code, ProblemCode::FileNotWritten);
}

#[tokio::test]
async fn a_journal_that_could_not_be_written_is_told_in_the_pack_and_makes_nothing_undone() {
    let mut night = Night::begin().await;
    let lost_before = Blocked::journal_of(&night.program);
    let by_hand = night.program.console.switch_mode(ita_core::domain::modes::Mode::ReadOnly, false, &AGREED).await;
    by_hand.expect("a full disk stops no switch");
    lost_before.free();
    night.start().await;
    night.poll_to(Phase::PointOfNoReturn).await;
    let early = night.pack(Language::En).await.report();
    assert!(!early.contains("timeline has gaps"), "a line of before the beginning is none of its own: {early}");

    let lost = Blocked::journal_of(&night.program);
    night.finish().await;
    lost.free();
    night = night.restart().await;
    let report = night.pack(Language::En).await.report();
    assert!(report.contains("Lines of the journal were not written: the timeline has gaps"), "{report}");
    assert!(!report.contains("not reached") && report.contains("<td>not recorded</td>"), "{report}");
    assert_eq!(report.matches("<td>accepted</td>").count(), 1, "job stop; of the others the journal has nothing");
}

#[tokio::test]
async fn another_program_packs_from_the_disk_what_this_one_did_and_a_new_procedure_begins_a_new_one() {
    let night = Night::begin().await;
    let nothing = night.program.console.export_evidence(Language::Ja, night.packs.path().to_owned()).await;
    assert_eq!(nothing.expect_err("nothing was begun").code, ProblemCode::NoProcedure);
    night.platform.control().script_jobs([paused("conductor-1")]);
    night.listed(1).await;
    night.start().await;
    night.finish().await;
    night.program.console.lists_written().await;
    let second = night.program.beside();
    let pack = |language| second.console.export_saved_evidence(&night.connection, language, night.packs.path());
    let result = pack(Language::En).expect("a pack");
    assert_eq!((&result.missing[..], result.files), (&[][..], 6));

    night.start().await;
    night.act(Act::Abort).await;
    night.program.console.lists_written().await;
    let result = pack(Language::En).expect("a pack");
    assert_eq!(result.files, 4, "timeline, the list at stop, report, sums: nothing of the night before");
    let folder = night.program.folder().join("procedures").join(format!("{}.evidence", night.connection.id.0));
    assert_eq!(names(&folder).len(), 1, "the lists of the older procedure are gone");
    night.program.console.delete(&night.connection.id).await.expect("deleted");
    assert!(!folder.exists(), "and all of them with the connection");
}

#[tokio::test]
async fn the_last_list_is_on_the_disk_also_where_the_program_ends_at_once() {
    let night = Night::begin().await;
    night.start().await;
    night.act(Act::Reopen).await;
    night.confirm(Phase::Checking).await;
    night.act(Act::StopWatch).await;
    night.program.console.quit().await;
    let evidence = night.program.folder().join("procedures");
    let kept = walk(&evidence).into_iter().any(|path| path.to_string_lossy().contains("reopen"));
    assert!(kept, "{:?}", walk(&evidence));
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
