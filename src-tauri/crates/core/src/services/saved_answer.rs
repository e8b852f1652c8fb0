//! A saved answer instead of a platform: what somebody kept of `GET /api/ita/backyard-execute-check/`.

use std::io::Read;
use std::sync::Arc;

use crate::client::backyard_check;
use crate::domain::connection::ZoneSetting;
use crate::domain::problem::Problem;
use crate::domain::zone::ZoneEvidence;
use crate::jobs::snapshot::{Circumstances, Snapshot};
use crate::ports::Clock;

/// Reads a whole answer, envelope included, by the rules that hold for a platform's: an error in disguise is a problem
/// and never an empty list.
pub fn read(reader: impl Read, zone: &ZoneSetting, clock: &dyn Clock) -> Result<Arc<Snapshot>, Problem> {
    let zone = ZoneEvidence::new(zone, None, clock.zone())?;
    let answer = backyard_check::read(reader)?;
    let circumstances = Circumstances { zone, read_at: clock.now(), took_ms: 0, revision: 1 };
    Ok(Arc::new(Snapshot::build(answer, None, circumstances)))
}
