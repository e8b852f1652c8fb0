//! What a list says to the recorder.

use jiff::tz::TimeZone;
use serde_json::{json, Value};

use super::*;
use crate::client::backyard_check::CheckAnswer;
use crate::domain::connection::ZoneSetting;
use crate::domain::zone::ZoneEvidence;
use crate::jobs::builder::{FoundJob, TableBuilder};
use crate::jobs::snapshot::Circumstances;

const ANSIBLE: &str = "ita-by-ansible-execute";
const CONDUCTOR: &str = "ita-by-conductor-synchronize";
const UNKNOWN: &str = "ita-by-something-new";

/// Workspace, and its jobs as container and id.
type Place<'a> = (&'a str, &'a [(&'a str, &'a str)]);

/// A session's lists, one every ten seconds.
struct Lists {
    learner: Learner,
    last: Option<Snapshot>,
    now: i64,
}

impl Lists {
    fn new() -> Self {
        let learner = Learner { recorder: Recorder::default(), revision: None, file: None, written_at: Timestamp(0) };
        Self { learner, last: None, now: 0 }
    }

    fn read(&mut self, places: &[Place<'_>]) -> Forecast {
        self.read_with(places, true, &HashSet::new())
    }

    fn read_with(&mut self, places: &[Place<'_>], is_consistent: bool, waived: &HashSet<String>) -> Forecast {
        self.now += 10_000;
        let zone = ZoneEvidence::new(&ZoneSetting::Automatic, None, TimeZone::UTC).expect("a zone");
        let revision = self.last.as_ref().map_or(0, Snapshot::revision) + 1;
        let circumstances = Circumstances { zone, read_at: Timestamp(self.now), took_ms: 100, revision };
        let answer = CheckAnswer { table: table(places, is_consistent), platform_time: None };
        let snapshot = Snapshot::build(answer, self.last.as_ref(), circumstances);
        let forecast = self.learner.learn(&snapshot, waived);
        self.last = Some(snapshot);
        forecast
    }

    fn record(&self) -> Value {
        serde_json::to_value(self.learner.recorder.record()).expect("JSON")
    }

    fn lives(&self) -> Value {
        self.record()["history"].clone()
    }

    fn watched(&self) -> Vec<&str> {
        let mut ids: Vec<_> = self.learner.recorder.watched().map(|key| &*key[3]).collect();
        ids.sort_unstable();
        ids
    }
}

fn table(places: &[Place<'_>], is_consistent: bool) -> JobTable {
    let mut builder = TableBuilder::new();
    let organization = builder.begin_organization().expect("room");
    builder.name_organization(organization, "org").expect("short");
    let mut all = u32::from(!is_consistent);
    for (name, jobs) in places {
        let workspace = builder.begin_workspace(organization).expect("room");
        builder.name_workspace(workspace, name).expect("short");
        let counted = jobs.iter().filter(|(container, _)| *container == ANSIBLE).count() as u32;
        builder.report_workspace(workspace, counted);
        all += counted;
        for (container, id) in *jobs {
            let backyard = builder.backyard(container).expect("room");
            builder.push(workspace, backyard, FoundJob { id, status_id: "3", ..FoundJob::default() }).expect("room");
        }
    }
    builder.report_organization(organization, all);
    builder.report(all);
    builder.finish()
}

#[test]
fn what_appears_and_leaves_between_two_lists_has_lived() {
    let mut lists = Lists::new();
    lists.read(&[("ws", &[(ANSIBLE, "first")])]);
    lists.read(&[("ws", &[(ANSIBLE, "first"), (ANSIBLE, "a"), (CONDUCTOR, "c")])]);
    assert_eq!(lists.watched(), ["a"], "nobody saw the first begin, and conductors hold nothing");
    lists.read(&[("ws", &[(ANSIBLE, "a")])]);
    lists.read(&[("ws", &[])]);
    assert_eq!(lists.read(&[("ws", &[])]), Forecast::none(NoForecast::NothingHolds));
    assert_eq!(lists.lives(), json!({ ANSIBLE: [[10, 20]] }));
}

#[test]
fn a_workspace_that_is_gone_ends_no_job() {
    let mut lists = Lists::new();
    lists.read(&[("ws", &[]), ("other", &[])]);
    lists.read(&[("ws", &[(ANSIBLE, "a")]), ("other", &[])]);
    lists.read(&[("other", &[])]);
    lists.read(&[("other", &[])]);
    assert_eq!(lists.lives(), json!({ ANSIBLE: [[0, u32::MAX]] }));
}

#[test]
fn a_list_that_disagrees_with_itself_teaches_nothing_and_is_a_gap() {
    let mut lists = Lists::new();
    lists.read(&[("ws", &[])]);
    lists.read(&[("ws", &[(ANSIBLE, "a"), (ANSIBLE, "z")])]);
    let disagrees = lists.read_with(&[("ws", &[(ANSIBLE, "z"), (ANSIBLE, "b")])], false, &HashSet::new());
    assert_eq!(disagrees, Forecast::none(NoForecast::ListDisagrees));
    lists.read(&[("ws", &[(ANSIBLE, "z"), (ANSIBLE, "b")])]);
    lists.read(&[("ws", &[(ANSIBLE, "z"), (ANSIBLE, "b")])]);
    assert_eq!(lists.watched(), ["z"], "when b began is not known");
    assert_eq!(lists.lives(), json!({ ANSIBLE: [[0, 20]] }), "a left in one of two intervals");
}

#[test]
fn a_workspace_that_went_in_a_gap_ends_no_job_either() {
    let mut lists = Lists::new();
    lists.read(&[("ws", &[])]);
    lists.read(&[("ws", &[(ANSIBLE, "a")])]);
    lists.read_with(&[], false, &HashSet::new());
    lists.read(&[]);
    assert_eq!(lists.lives(), json!({ ANSIBLE: [[0, u32::MAX]] }));
}

#[test]
fn a_list_that_changes_more_than_can_be_watched_is_as_good_as_missing() {
    let ids: Vec<String> = (0..=MOST_WATCHED).map(|number| format!("job-{number}")).collect();
    let many: Vec<_> = ids.iter().map(|id| (ANSIBLE, id.as_str())).collect();
    let mut lists = Lists::new();
    lists.read(&[("ws", &[])]);
    lists.read(&[("ws", &[(ANSIBLE, "a")])]);
    let forecast = lists.read(&[("ws", &many)]);
    assert_eq!(forecast, Forecast::none(NoForecast::TooFewObservations), "so many can never be told of");
    assert_eq!(lists.watched(), ["a"], "it left, and the next list decides");
    lists.read(&[("ws", &many[1..])]);
    assert_eq!(lists.watched(), Vec::<&str>::new());
    assert_eq!(lists.lives(), json!({ ANSIBLE: [[0, 10]] }));
}

#[test]
fn a_container_that_was_waived_does_not_hold() {
    let mut lists = Lists::new();
    let there: &[Place<'_>] = &[("ws", &[(UNKNOWN, "u")])];
    assert_eq!(lists.read(there), Forecast::none(NoForecast::BeginningNotSeen));
    let waived = HashSet::from([UNKNOWN.to_owned()]);
    assert_eq!(lists.read_with(there, true, &waived), Forecast::none(NoForecast::NothingHolds));
    let waived = HashSet::from([ANSIBLE.to_owned()]);
    assert_eq!(
        lists.read_with(&[("ws", &[(ANSIBLE, "a")])], true, &waived),
        Forecast::none(NoForecast::TooFewObservations),
        "what counts cannot be waived"
    );
}
