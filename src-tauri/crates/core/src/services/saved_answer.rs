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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::problem::ProblemCode;
    use crate::ports::SystemClock;

    fn read_text(text: &str, zone: &ZoneSetting) -> Result<Arc<Snapshot>, Problem> {
        read(text.as_bytes(), zone, &SystemClock)
    }

    #[test]
    fn a_saved_answer_is_judged_as_strictly_as_a_platforms() {
        let empty =
            r#"{"result":"000-00000","data":{"execute_count":0,"organizations":[]},"ts":"2026-11-22T10:00:00Z"}"#;
        let snapshot = read_text(empty, &ZoneSetting::Automatic).expect("an answer");
        assert_eq!((snapshot.running().rows, snapshot.running().reported), (0, 0));
        for (text, code) in [
            (r#"{"result":"000-00000","data":[{"result":"999-99999"},500]}"#, ProblemCode::ErrorInDisguise),
            (r#"{"result":"000-00000","data":{"organizations":[]}}"#, ProblemCode::IncompleteAnswer),
            (&empty[..empty.len() - 1], ProblemCode::UnreadableAnswer),
            ("", ProblemCode::UnreadableAnswer),
        ] {
            assert_eq!(read_text(text, &ZoneSetting::Automatic).expect_err(text).code, code, "{text}");
        }
    }

    #[test]
    fn a_zone_that_does_not_exist_is_said_before_anything_is_read() {
        let nowhere = ZoneSetting::Zone { name: "Mars/Olympus".to_owned() };
        assert_eq!(read_text("", &nowhere).expect_err("no zone").code, ProblemCode::BadArgument);
    }
}
