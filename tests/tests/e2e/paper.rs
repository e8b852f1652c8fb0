//! The report on paper: an ordinary night fits on one page, a full one flows on, and nothing of either is cut.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use acceptance::consoles::draft;
use acceptance::desktop::{Desktop, Screen};
use acceptance::print::{assert_whole, Paper};
use ita_core::domain::confirmation::Danger;
use ita_core::domain::connection::{Connection, ConnectionId, Environment, ZoneSetting};
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::ProblemCode;
use ita_core::domain::procedure::gate::GateCondition;
use ita_core::domain::procedure::state::ModeKnowledge;
use ita_core::domain::procedure::{
    Flag, Moment, Options, Procedure, ProcedureNotice as Notice, ProcedurePhase as Phase, StopReason, Unproved,
};
use ita_core::domain::time::Timestamp;
use ita_core::domain::vocabulary::Language;
use ita_core::evidence::{write, Case, KeptList, KeptLists};
use ita_core::export::ExportMeta;
use ita_core::journal::{JournalEntry, JournalEvent, SwitchResult};
use ita_core::ports::Clock;
use ita_core::services::saved_answer;
use jiff::tz::TimeZone;
use serde_json::json;

/// 2026-11-25 22:00:00 in Tokyo.
const TEN: i64 = 1_795_611_600_000;
const CONDUCTOR: &str = "ita-by-conductor-synchronize";

const fn at(minutes: i64) -> Timestamp {
    Timestamp(TEN + minutes * 60_000)
}

#[tokio::test]
async fn nothing_of_a_report_is_cut_on_paper() {
    for language in [Language::Ja, Language::En] {
        let mut desktop = Desktop::new();
        desktop.start_bus();
        desktop.start_screen(Screen::default());
        for (night, is_ordinary) in [(Night::ordinary(), true), (Night::full(), false)] {
            let report = night.report(language);
            let paper = Paper::of(&desktop, &report).await;
            let what = format!("{language:?}, ordinary: {is_ordinary}");
            assert_whole(&std::fs::read_to_string(&report).expect("a report"), &paper.text(), &what);
            let (pages, size) = paper.pages();
            assert_eq!((pages == 1, size.as_str()), (is_ordinary, "595 x 842 pts (A4)"), "{what}: {pages} pages");
        }
    }
}

const fn language_code(language: Language) -> &'static str {
    match language {
        Language::Ja => "ja",
        Language::En => "en",
    }
}

struct At(Timestamp);

impl Clock for At {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// What a report is made of.
struct Night {
    folder: tempfile::TempDir,
    connection: Connection,
    state: Procedure,
    entries: Vec<JournalEntry>,
    user: &'static str,
    /// Rows that are left at zero: organization, workspace, id.
    left: Vec<(String, String, String)>,
}

impl Night {
    /// From ten to two, with a paused conductor left.
    fn ordinary() -> Self {
        let known = ModeKnowledge { flag: Flag::Off, at: Some(at(240)), ..ModeKnowledge::default() };
        let options = Options { planned_end: Some(at(210)), give_up_at: Some(at(120)), ..Options::default() };
        let state = Procedure {
            phase: Phase::Finished,
            since: Some(at(240)),
            began_at: Some(at(0)),
            options,
            job_stop: known,
            read_only: known,
            ..Procedure::default()
        };
        let mut night = Self {
            folder: tempfile::tempdir().expect("a folder"),
            connection: connection("基幹ITA（東京）", "https://ita-admin.example.co.jp"),
            state,
            entries: Vec::new(),
            user: "tanaka",
            left: vec![("sales".to_owned(), "prod-batch".to_owned(), uuid(1))],
        };
        night.phase(0, Phase::StoppingJobs);
        night.switch(0, Mode::JobStop, true);
        for (minutes, phase) in [(0, Phase::Draining), (42, Phase::PointOfNoReturn), (45, Phase::GoingReadOnly)] {
            night.phase(minutes, phase);
        }
        night.switch(45, Mode::ReadOnly, true);
        for (minutes, phase) in [(45, Phase::QuietGate), (135, Phase::Work), (200, Phase::EndingReadOnly)] {
            night.phase(minutes, phase);
        }
        night.switch(200, Mode::ReadOnly, false);
        for (minutes, phase) in [(200, Phase::Checking), (228, Phase::StartingJobs)] {
            night.phase(minutes, phase);
        }
        night.switch(228, Mode::JobStop, false);
        for (minutes, phase) in [(228, Phase::Watching), (240, Phase::Finished)] {
            night.phase(minutes, phase);
        }
        night
    }

    /// With everything that makes a report long.
    fn full() -> Self {
        let long = "基幹システム統合運用基盤 Exastro IT Automation 東京第二データセンター（夜間バッチ・本番系）";
        let address = "https://ita-admin-console.production.tokyo-2.infrastructure.example.co.jp:8443";
        let mut night = Self::ordinary();
        night.connection = connection(long, address);
        night.user = "tanaka.ichiro.administrator@operations";
        night.left = (0..40)
            .map(|row| (format!("organization-of-the-east-{row}"), "長い名前のワークスペース".repeat(2), uuid(row)))
            .collect();
        for hour in 0..6 {
            let minutes = 50 + hour * 10;
            night.phase(minutes, Phase::StoppingJobs);
            night.switch(minutes, Mode::JobStop, true);
            night.refused(minutes + 1);
            night.phase(minutes + 2, Phase::Draining);
            let elsewhere = JournalEvent::ObservedChange { mode: Mode::JobStop, on: false, suspect: hour % 2 == 0 };
            night.note(minutes + 3, elsewhere);
        }
        night.entries.sort_by_key(|entry| entry.at.0);
        night.state.waived = (1..4).map(|it| format!("ita-by-a-container-that-nobody-knows-{it}")).collect();
        let dangers = vec![Danger::JobsRunning, Danger::CountUnknown, Danger::JobStopOff];
        let unmet = vec![GateCondition::CountIsZero, GateCondition::ListIsComplete, GateCondition::HasSettled];
        night.state.unproved = vec![Unproved::ReadOnly { at: at(45), dangers }, Unproved::Work { at: at(135), unmet }];
        night.state.lines_lost = true;
        night.state.told = BTreeSet::from([
            Notice::AutomationStopped { why: StopReason::Resumed, at: at(20) },
            Notice::AutomationStopped { why: StopReason::Lost, at: at(30) },
            Notice::Rereading { at: at(20) },
            Notice::NewAfterStop { stopped_at: None },
            Notice::CountMayNoLongerFall { since: Some(at(48)) },
            Notice::GaveUp { at: at(40), holding: Some(1_200) },
            Notice::Overdue { planned_end: at(210), level: 1 },
            Notice::LeftOn { mode: Mode::JobStop },
        ]);
        night
    }

    fn note(&mut self, minutes: i64, event: JournalEvent) {
        self.entries.push(JournalEntry { at: at(minutes), workstation_user: self.user.to_owned(), event });
    }

    fn phase(&mut self, minutes: i64, phase: Phase) {
        let began_at = self.state.began_at.filter(|_| self.entries.is_empty());
        self.note(minutes, JournalEvent::Phase { phase, began_at });
    }

    fn switch(&mut self, minutes: i64, mode: Mode, on: bool) {
        self.switched(minutes, mode, on, SwitchResult::Done, None);
    }

    fn refused(&mut self, minutes: i64) {
        let problem = Some(ProblemCode::RefusedByPlatform);
        self.switched(minutes, Mode::ReadOnly, true, SwitchResult::Refused, problem);
    }

    fn switched(&mut self, minutes: i64, mode: Mode, on: bool, outcome: SwitchResult, problem: Option<ProblemCode>) {
        let user = self.connection.user.clone();
        self.note(minutes, JournalEvent::SwitchRequested { mode, on, user: user.clone() });
        let (read_back, platform_time) = (Some(on), Some(at(minutes)));
        self.note(minutes, JournalEvent::Switched { mode, on, user, outcome, read_back, platform_time, problem });
    }

    /// Packs it and says where its report is.
    fn report(&self, language: Language) -> PathBuf {
        let lists = KeptLists::new(self.folder.path().join("lists").join("1"));
        for (moment, minutes) in [(Moment::Stop, 0), (Moment::Zero, 42), (Moment::Reopen, 228)] {
            self.keep(&lists, moment, at(minutes));
        }
        let packs = tempfile::tempdir_in(self.folder.path()).expect("a folder").keep();
        let case = Case {
            connection: &self.connection,
            state: &self.state,
            entries: &self.entries,
            lists: &lists,
            unwritten: &BTreeMap::<Moment, KeptList>::new(),
            made_at: at(241),
            zone: tokyo(),
            language,
        };
        let pack = write(&case, &packs).expect("a pack");
        Path::new(&pack.path).join(format!("report.{}.html", language_code(language)))
    }

    fn keep(&self, lists: &KeptLists, moment: Moment, read_at: Timestamp) {
        let workspaces = |(organization, workspace, id): &(String, String, String)| {
            let job = json!({ "id": id, "status_id": "5", "status_name": null, "last_update_timestamp": null });
            let backyards = json!({ CONDUCTOR: [job] });
            let workspace = json!({ "id": workspace, "execute_count": 0, "backyards": backyards });
            json!({ "id": organization, "execute_count": 0, "workspaces": [workspace] })
        };
        let organizations: Vec<_> = self.left.iter().map(workspaces).collect();
        let answer = json!({
            "result": "000-00000", "message": "SUCCESS", "ts": "2026-11-25T13:00:00.000Z",
            "data": { "execute_count": 0, "organizations": organizations },
        });
        let zone = ZoneSetting::Automatic;
        let list = saved_answer::read(answer.to_string().as_bytes(), &zone, &At(read_at)).expect("an answer");
        let meta = ExportMeta {
            connection_name: self.connection.name.clone(),
            platform_origin: self.connection.address.clone(),
            exported_at: read_at,
            zone: tokyo(),
        };
        lists.keep(moment, &list, &meta).expect("kept");
    }
}

fn tokyo() -> TimeZone {
    TimeZone::get("Asia/Tokyo").expect("a zone")
}

fn uuid(number: usize) -> String {
    format!("7d9f5c1e-0b6a-4a53-9a0f-{number:012x}")
}

fn connection(name: &str, address: &str) -> Connection {
    let draft = draft(address, Environment::Production);
    Connection {
        id: ConnectionId::of_origin(address),
        name: name.to_owned(),
        environment: draft.environment,
        address: draft.address,
        user: "maintenance".to_owned(),
        secret_place: draft.secret_place,
        login: draft.login,
        certificate: draft.certificate,
        proxy: draft.proxy,
        poll_seconds: draft.poll_seconds,
        zone: draft.zone,
        proven_offset_minutes: None,
        stopped_by_refused_login: false,
    }
}
