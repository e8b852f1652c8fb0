//! What a simulated job does over time: prepare, run, sometimes be delayed, end.

use std::{collections::VecDeque, time::Duration};

use rand::{rngs::StdRng, Rng};

use super::backyard::Backyard;

/// What happens to a job at the end of a stretch of its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Its row gets another status id.
    Becomes(u8),
    /// Its row leaves the list.
    Ends,
}

/// The rest of a job's life: after each duration its turn. Empty: nothing happens any more.
#[derive(Debug, Clone, Default)]
pub(crate) struct Course {
    pub(crate) turns: VecDeque<(Duration, Turn)>,
    /// Whether, at its end, it still needs something that job stop keeps from starting: a conductor with a movement to
    /// come (platform-contract §9).
    pub(crate) waits: bool,
}

/// The mean life of a simulated job, seconds, over the weights of [`pick`].
pub(crate) const MEAN_LIFE: f64 = 150.0;

/// How often each backyard starts a job, relative to the others.
const WEIGHTS: [(Backyard, u32); 7] = [
    (Backyard::AnsibleExecute, 4),
    (Backyard::TerraformCloudEpExecute, 1),
    (Backyard::TerraformCliExecute, 1),
    (Backyard::MenuCreate, 1),
    (Backyard::MenuExportImport, 1),
    (Backyard::ExcelExportImport, 1),
    (Backyard::ConductorSynchronize, 2),
];

/// The backyard of a new job.
pub(crate) fn pick(rng: &mut StdRng) -> Backyard {
    let mut rest = rng.random_range(0..WEIGHTS.iter().map(|(_, weight)| weight).sum());
    for (backyard, weight) in WEIGHTS {
        if rest < weight {
            return backyard;
        }
        rest -= weight;
    }
    Backyard::AnsibleExecute
}

/// The first status of a job and its course. `scale` lengthens every stretch.
pub(crate) fn plan(backyard: Backyard, scale: f64, rng: &mut StdRng) -> (u8, Course) {
    let mut seconds = |from: f64, to: f64| rng.random_range(from..to) * scale;
    let (first, preparing, running, delay_chance) = match backyard {
        Backyard::AnsibleExecute | Backyard::TerraformCloudEpExecute | Backyard::TerraformCliExecute => {
            (2, Some(seconds(5.0, 20.0)), seconds(60.0, 240.0), 0.2)
        }
        Backyard::MenuCreate => (2, None, seconds(15.0, 60.0), 0.0),
        Backyard::MenuExportImport | Backyard::ExcelExportImport => (2, None, seconds(30.0, 120.0), 0.0),
        Backyard::ConductorSynchronize => (3, None, seconds(120.0, 420.0), 0.25),
    };
    let mut turns = VecDeque::new();
    if let Some(preparing) = preparing {
        turns.push_back((Duration::from_secs_f64(preparing), Turn::Becomes(3)));
    }
    if rng.random_bool(delay_chance) {
        turns.push_back((Duration::from_secs_f64(running * 0.7), Turn::Becomes(4)));
        turns.push_back((Duration::from_secs_f64(running * 0.3), Turn::Ends));
    } else {
        turns.push_back((Duration::from_secs_f64(running), Turn::Ends));
    }
    (first, Course { turns, waits: backyard == Backyard::ConductorSynchronize && rng.random_bool(0.5) })
}

impl Course {
    /// Lives through `part` (0 to 1) of what is left: the last status reached, if any, and how long ago.
    pub(crate) fn skip(&mut self, part: f64) -> (Option<u8>, Duration) {
        let mut gone = self.turns.iter().map(|(stretch, _)| *stretch).sum::<Duration>().mul_f64(part);
        let mut reached = None;
        while let Some((stretch, turn)) = self.turns.front_mut() {
            match *turn {
                Turn::Becomes(status) if *stretch <= gone => {
                    reached = Some(status);
                    gone -= *stretch;
                    self.turns.pop_front();
                }
                _ => {
                    *stretch = stretch.saturating_sub(gone);
                    break;
                }
            }
        }
        (reached, gone)
    }
}
