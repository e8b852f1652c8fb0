//! Twice as many of something take about twice as long.

use ita_core::domain::vocabulary::Language;

use crate::answer::{make, make_other, Size};
use crate::columns::{read, snapshot, view};
use crate::measure::pair;
use crate::report::Report;

const RUNS: usize = 9;
/// Twice as long, and room for caches that twice as much no longer fits into. A quadratic step takes four times as long.
pub(crate) const BAR: f64 = 3.0;

/// Measures places without jobs, jobs without places, and everything between.
pub(crate) fn measure(report: &mut Report) {
    let size = |organizations, workspaces, jobs| Size { organizations, workspaces, jobs };
    for (what, once, twice) in [
        ("10,000 empty organizations", size(10_000, 0, 0), size(20_000, 0, 0)),
        ("10,000 organizations with one job each", size(10_000, 1, 1), size(20_000, 1, 1)),
        ("500 workspaces", size(1, 500, 100), size(1, 1_000, 100)),
        ("one workspace with 50,000 jobs", size(1, 1, 50_000), size(1, 1, 100_000)),
    ] {
        let (once, twice) = (Polls::new(once), Polls::new(twice));
        report.times(&format!("{what}, and twice as many"), pair(RUNS, || twice.work(), || once.work()), BAR);
    }
}

/// Two answers from the same places in which no job is the same.
pub(crate) struct Polls {
    before: Vec<u8>,
    now: Vec<u8>,
}

impl Polls {
    pub(crate) fn new(size: Size) -> Self {
        Self { before: make(size), now: make_other(size) }
    }

    /// Everything that the product does with two answers before the second is shown: reading, counting, comparing them,
    /// sorting, and the values to filter by.
    pub(crate) fn work(&self) -> usize {
        let before = snapshot(read(self.before.as_slice()), None);
        let now = snapshot(read(self.now.as_slice()), Some(&before));
        let facets = now.facets(Language::Ja);
        now.select(&view(None)).map_or(0, |rows| rows.len()) + facets.workspaces.len()
    }
}
