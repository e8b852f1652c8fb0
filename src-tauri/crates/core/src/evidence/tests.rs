//! One night as a pack tells of it, and what a pack does with nights that went otherwise.

mod lists;
mod packs;
mod reports;

use jiff::tz::TimeZone;
use serde_json::{json, Value};

use super::*;
use crate::client::backyard_check;
use crate::domain::connection::{
    CertificatePolicy, Connection, ConnectionId, Environment, LoginWay, ProxyPolicy, SecretPlace, ZoneSetting,
};
use crate::domain::modes::Mode;
use crate::domain::procedure::state::ModeKnowledge;
use crate::domain::procedure::{Flag, Moment, Procedure, ProcedurePhase as Phase};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;
use crate::domain::zone::ZoneEvidence;
use crate::export::ExportMeta;
use crate::jobs::snapshot::{Circumstances, Snapshot};
use crate::journal::{JournalEntry, JournalEvent, SwitchResult};

/// 2026-11-25 22:00:00 in Tokyo.
const TEN: i64 = 1_795_611_600_000;
const ANSIBLE: &str = "ita-by-ansible-execute";
const CONDUCTOR: &str = "ita-by-conductor-synchronize";
const HOSTILE: &str = "<script>alert(1)</script>&\"'\u{202e}gnp.exe";

/// So many minutes after ten.
const fn at(minutes: i64) -> Timestamp {
    Timestamp(TEN + minutes * 60_000)
}

fn tokyo() -> TimeZone {
    TimeZone::get("Asia/Tokyo").expect("a zone")
}

/// A list of jobs given as (container, id, status id).
fn list(jobs: &[(&str, &str, &str)], read_at: Timestamp) -> Snapshot {
    let mut backyards = serde_json::Map::new();
    for (container, id, status) in jobs {
        let row = json!({ "id": id, "status_id": status, "status_name": null, "last_update_timestamp": null });
        let rows = backyards.entry((*container).to_owned()).or_insert_with(|| json!([]));
        rows.as_array_mut().expect("a list").push(row);
    }
    let counted = jobs.iter().filter(|(container, ..)| *container == ANSIBLE).count();
    let workspace: Value = json!({ "id": "prod-batch", "execute_count": counted, "backyards": backyards });
    let organization = json!({ "id": "sales", "execute_count": counted, "workspaces": [workspace] });
    let answer = json!({
        "result": "000-00000", "message": "SUCCESS", "ts": "2026-11-25T13:00:00.000Z",
        "data": { "execute_count": counted, "organizations": [organization] },
    });
    let value = backyard_check::read(answer.to_string().as_bytes()).expect("an answer");
    let zone = ZoneEvidence::new(&ZoneSetting::Automatic, None, TimeZone::UTC).expect("a zone");
    Snapshot::build(value, None, Circumstances { zone, read_at, took_ms: 1, revision: 1 })
}

fn connection(name: &str) -> Connection {
    Connection {
        id: ConnectionId::of_origin("https://ita-admin.example.co.jp"),
        name: name.to_owned(),
        environment: Environment::Production,
        address: "https://ita-admin.example.co.jp".to_owned(),
        user: "maintenance".to_owned(),
        secret_place: SecretPlace::Keyring,
        login: LoginWay::Automatic,
        certificate: CertificatePolicy::System,
        proxy: ProxyPolicy::None,
        poll_seconds: None,
        zone: ZoneSetting::Automatic,
        proven_offset_minutes: None,
        stopped_by_refused_login: false,
    }
}

fn meta(exported_at: Timestamp) -> ExportMeta {
    ExportMeta {
        connection_name: "基幹ITA".to_owned(),
        platform_origin: "https://ita-admin.example.co.jp".to_owned(),
        exported_at,
        zone: tokyo(),
    }
}

fn entry(at: Timestamp, event: JournalEvent) -> JournalEntry {
    JournalEntry { at, workstation_user: "tanaka".to_owned(), event }
}

fn phase(at: Timestamp, phase: Phase) -> JournalEntry {
    entry(at, JournalEvent::Phase { phase, began_at: None })
}

/// A switch that was read back five seconds later.
fn switch(at: Timestamp, mode: Mode, on: bool) -> [JournalEntry; 2] {
    let user = "maintenance".to_owned();
    let end = JournalEvent::Switched {
        mode,
        on,
        user: user.clone(),
        outcome: SwitchResult::Done,
        read_back: Some(on),
        platform_time: Some(Timestamp(at.0 + 2_000)),
        problem: None,
    };
    [entry(at, JournalEvent::SwitchRequested { mode, on, user }), entry(Timestamp(at.0 + 5_000), end)]
}

/// Everything that a pack is made of.
struct Sample {
    folder: tempfile::TempDir,
    connection: Connection,
    state: Procedure,
    entries: Vec<JournalEntry>,
    lists: KeptLists,
    unwritten: std::collections::BTreeMap<Moment, KeptList>,
}

impl Sample {
    /// A night without an incident, from ten to two.
    fn ordinary() -> Self {
        let known = |flag, minutes| ModeKnowledge { flag, at: Some(at(minutes)), ..ModeKnowledge::default() };
        let mut state = Procedure {
            phase: Phase::Finished,
            since: Some(at(240)),
            began_at: Some(at(0)),
            job_stop: known(Flag::Off, 240),
            read_only: known(Flag::Off, 240),
            services_restarted: true,
            ..Procedure::default()
        };
        state.options.planned_end = Some(at(210));
        let began = JournalEvent::Phase { phase: Phase::StoppingJobs, began_at: state.began_at };
        let mut entries = vec![entry(at(0), began)];
        entries.extend(switch(at(0), Mode::JobStop, true));
        entries.push(phase(Timestamp(at(0).0 + 5_000), Phase::Draining));
        entries.push(phase(at(42), Phase::PointOfNoReturn));
        entries.push(phase(at(45), Phase::GoingReadOnly));
        entries.extend(switch(at(45), Mode::ReadOnly, true));
        entries.push(phase(Timestamp(at(45).0 + 5_000), Phase::QuietGate));
        entries.push(phase(at(60), Phase::Work));
        entries.push(entry(at(61), JournalEvent::Exported { path: "/reports/running-jobs.csv".to_owned(), rows: 1 }));
        entries.push(phase(at(200), Phase::EndingReadOnly));
        entries.extend(switch(at(200), Mode::ReadOnly, false));
        entries.push(phase(Timestamp(at(200).0 + 5_000), Phase::Checking));
        entries.push(phase(at(228), Phase::StartingJobs));
        entries.extend(switch(at(228), Mode::JobStop, false));
        entries.push(phase(Timestamp(at(228).0 + 5_000), Phase::Watching));
        entries.push(phase(at(240), Phase::Finished));
        let folder = tempfile::tempdir().expect("a folder");
        let lists = KeptLists::new(folder.path().join("evidence").join("1"));
        let paused = (CONDUCTOR, "7d9f5c1e-0b6a-4a53-9a0f-3f1b7a9c2d10", "5");
        let jobs = [(ANSIBLE, "a-1", "3"), (ANSIBLE, "a-2", "3"), paused];
        for (moment, jobs, minutes) in
            [(Moment::Stop, &jobs[..], 0), (Moment::Zero, &[paused], 42), (Moment::Reopen, &[paused], 228)]
        {
            lists.keep(moment, &list(jobs, at(minutes)), &meta(at(minutes))).expect("kept");
        }
        let connection = connection("基幹ITA（東京）");
        Self { folder, connection, state, entries, lists, unwritten: std::collections::BTreeMap::new() }
    }

    fn case(&self, language: Language) -> Case<'_> {
        Case {
            connection: &self.connection,
            state: &self.state,
            entries: &self.entries,
            lists: &self.lists,
            unwritten: &self.unwritten,
            made_at: at(241),
            zone: tokyo(),
            language,
        }
    }

    /// The pack, and its report.
    fn pack(&self, language: Language) -> (EvidenceResult, String) {
        let packs = self.folder.path().join("packs");
        std::fs::create_dir_all(&packs).expect("a folder");
        let result = write(&self.case(language), &packs).expect("a pack");
        let name = if language == Language::Ja { "report.ja.html" } else { "report.en.html" };
        let report = std::fs::read_to_string(Path::new(&result.path).join(name)).expect("a report");
        (result, report)
    }
}
