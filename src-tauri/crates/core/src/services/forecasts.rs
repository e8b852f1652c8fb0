//! The drain forecast of a session: each complete list teaches how long jobs live, and asks when those that hold will end.
//! The rules are in [`crate::domain::forecast`]; what is learned outlives the session in one file per saved connection.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use super::session::{held, Session};
use crate::domain::connection::Connection;
use crate::domain::forecast::recorder::{Changes, JobKey, Recorder, MOST_WATCHED};
use crate::domain::forecast::{Forecast, NoForecast, MOST_HOLDING};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::JobClass;
use crate::jobs::id::JobId;
use crate::jobs::snapshot::Snapshot;
use crate::jobs::table::JobTable;
use crate::settings::lives::LifeFile;

#[cfg(test)]
mod tests;

/// The disk is at most so far behind, ms; what a killed program loses is no more than that.
const WRITE_EVERY_MS: i64 = 300_000;

/// Learns while a session polls. It rests until [`Session::resume_forecasts`]: a single read teaches nothing.
#[derive(Debug, Default)]
pub(super) struct Forecasts {
    /// Never taken by whoever holds the monitor.
    learner: Arc<Mutex<Option<Learner>>>,
}

#[derive(Debug)]
struct Learner {
    recorder: Recorder,
    /// Number of the last list that it has seen.
    revision: Option<u32>,
    /// None: it is kept in memory alone.
    file: Option<LifeFile>,
    written_at: Timestamp,
}

impl Forecasts {
    /// Writes what was learned. A late answer finds nobody to teach: the next session may have read the file by then.
    pub(super) fn rest(&self) {
        if let Some(learner) = held(&self.learner).take() {
            learner.write();
        }
    }
}

/// The command line ends without closing.
impl Drop for Forecasts {
    fn drop(&mut self) {
        self.rest();
    }
}

impl Session {
    /// Goes on with what was learned before. The practice platform begins anew with every start, and an address that is
    /// not saved is nobody's to keep.
    pub(super) fn resume_forecasts(&self) {
        let now = self.parts.clock.now();
        let mut learner = held(&self.forecasts.learner);
        if self.is_closed() {
            return;
        }
        let Connection { id, address, .. } = self.connection();
        let (record, file) = if id.is_saved() { self.parts.lives.open(id, address, now) } else { Default::default() };
        learner.replace(Learner { recorder: Recorder::resume(record), revision: None, file, written_at: now });
    }

    /// Learns from a complete list, and shows what it says about the end of the drain.
    pub(super) async fn forecast_from(&self, snapshot: Arc<Snapshot>) {
        if held(&self.forecasts.learner).is_none() {
            return;
        }
        let state = self.procedure_state().filter(|state| state.phase.is_active()).unwrap_or_default();
        let waived: HashSet<String> = state.waived.iter().cloned().collect();
        let still_start = state.complete_jobs().is_some_and(|jobs| jobs.new_after_stop > 0);
        let learner = Arc::clone(&self.forecasts.learner);
        let learning =
            tokio::task::spawn_blocking(move || held(&learner).as_mut().map(|it| it.learn(&snapshot, &waived)));
        let found = learning.await.unwrap_or_else(|error| {
            // A program that ends waits for no forecast.
            if !error.is_cancelled() {
                tracing::error!(%error, "no forecast could be made");
            }
            None
        });
        let still = Forecast::none(NoForecast::JobsStillStart);
        let forecast = found.map(|found| if still_start { still } else { found });
        self.update(|monitor| monitor.forecast(forecast));
    }
}

impl Learner {
    fn learn(&mut self, snapshot: &Snapshot, waived: &HashSet<String>) -> Forecast {
        // What disagrees with itself teaches nothing; for the recorder it is a list that is missing.
        if !snapshot.running().mismatches.is_empty() {
            return Forecast::none(NoForecast::ListDisagrees);
        }
        let is_next = self.revision.is_some_and(|seen| seen + 1 == snapshot.revision());
        let changes = if is_next { since_the_last(snapshot) } else { None };
        let changes = changes.unwrap_or_else(|| after_a_gap(snapshot, &self.recorder));
        self.recorder.read(changes, snapshot.read_at());
        self.revision = Some(snapshot.revision());
        if snapshot.read_at().since(self.written_at) >= WRITE_EVERY_MS {
            self.written_at = snapshot.read_at();
            self.write();
        }
        match holding(snapshot, waived) {
            Some(holding) => self.recorder.forecast(&holding),
            None => Forecast::none(NoForecast::TooFewObservations),
        }
    }

    fn write(&self) {
        let Some(file) = &self.file else { return };
        if let Err(error) = file.write(&self.recorder.record()) {
            tracing::warn!(%error, "lives of jobs could not be written");
        }
    }
}

/// What the snapshot has found out against the one before. `None` where more has changed than can be watched: a million
/// jobs are not copied to choose a few, and a list that was not looked at is as good as one that is missing.
fn since_the_last(snapshot: &Snapshot) -> Option<Changes> {
    let table = snapshot.table();
    let mut changes = Changes { is_next: true, ..Changes::default() };
    let rows = (0..table.len() as u32).filter(|row| table.is_gone(*row) || table.is_new(*row));
    for (number, row) in rows.filter(|row| may_hold(table, *row)).enumerate() {
        if number >= MOST_WATCHED {
            return None;
        }
        let list = match (table.is_gone(row), table.is_in_listed_workspace(row)) {
            (false, _) => &mut changes.appeared,
            (true, true) => &mut changes.left,
            (true, false) => &mut changes.taken,
        };
        list.push(key(table, row));
    }
    Some(changes)
}

/// Which of the watched jobs are still there, where lists in between were not seen.
fn after_a_gap(snapshot: &Snapshot, recorder: &Recorder) -> Changes {
    let table = snapshot.table();
    let ids: HashSet<JobId<'_>> = recorder.watched().map(|key| JobId::read(&key[3])).collect();
    let places: HashSet<_> = table.workspaces().map(|(organization, workspace, _)| (organization, workspace)).collect();
    let mut there = HashSet::new();
    if !ids.is_empty() {
        let listed = (0..table.len() as u32).filter(|row| !table.is_gone(*row));
        there.extend(listed.filter(|row| ids.contains(&table.id(*row))).map(|row| key(table, row)));
    }
    let mut changes = Changes::default();
    for key in recorder.watched() {
        let list = if there.contains(key) {
            &mut changes.appeared
        } else if places.contains(&(&*key[0], &*key[1])) {
            &mut changes.left
        } else {
            &mut changes.taken
        };
        list.push(key.clone());
    }
    changes
}

/// The listed jobs that hold the drain; `None`: too many to say anything.
fn holding(snapshot: &Snapshot, waived: &HashSet<String>) -> Option<Vec<JobKey>> {
    let running = snapshot.running();
    if waived.is_empty() && running.counted.saturating_add(running.unclassified) as usize > MOST_HOLDING {
        return None;
    }
    let table = snapshot.table();
    let is_waived = |row| table.class(row) == JobClass::Unclassified && waived.contains(table.backyard(row));
    let rows = (0..table.len() as u32).filter(|row| !table.is_gone(*row) && may_hold(table, *row) && !is_waived(*row));
    let keys: Vec<_> = rows.take(MOST_HOLDING + 1).map(|row| key(table, row)).collect();
    (keys.len() <= MOST_HOLDING).then_some(keys)
}

/// Conductors do not.
fn may_hold(table: &JobTable, row: u32) -> bool {
    table.class(row) != JobClass::Conductor
}

fn key(table: &JobTable, row: u32) -> JobKey {
    let place = [table.organization(row), table.workspace(row), table.backyard(row)].map(str::to_owned);
    let [organization, workspace, backyard] = place;
    [organization, workspace, backyard, table.id(row).to_string()]
}
