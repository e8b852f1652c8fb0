//! Twice as many of something take about twice as long.

use ita_core::domain::vocabulary::Language;

use crate::answer::{make, Size};
use crate::columns::{read, snapshot, view};
use crate::measure::pair;
use crate::report::Report;

const RUNS: usize = 9;
/// Twice as long, and room for caches that twice as much no longer fits into. A quadratic step takes four times as long.
const BAR: f64 = 3.0;

/// Measures organizations without workspaces, and workspaces.
pub(crate) fn measure(report: &mut Report) {
    let organizations = |organizations| Size { organizations, workspaces: 0, jobs: 0 };
    compare("10,000 empty organizations, and twice as many", organizations(10_000), organizations(20_000), report);
    let workspaces = |workspaces| Size { organizations: 1, workspaces, jobs: 100 };
    compare("500 workspaces, and twice as many", workspaces(500), workspaces(1_000), report);
}

fn compare(what: &str, once: Size, twice: Size, report: &mut Report) {
    let (once, twice) = (make(once), make(twice));
    report.times(what, pair(RUNS, || work(&twice), || work(&once)), BAR);
}

/// Everything that the product does with an answer before it is shown. The list before is the same one.
fn work(answer: &[u8]) -> usize {
    let before = snapshot(read(answer), None);
    let now = snapshot(read(answer), Some(&before));
    let facets = now.facets(Language::Ja);
    now.select(&view(None)).map_or(0, |rows| rows.len()) + facets.workspaces.len()
}
