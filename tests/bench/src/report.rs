//! What was measured: on the terminal as it comes, and as docs/performance.md.

use std::fmt::Write as _;
use std::time::Duration;

use crate::measure::Pair;

/// One bar.
struct Row {
    what: String,
    ours: String,
    anchor: String,
    ratio: f64,
    bar: f64,
}

impl Row {
    fn holds(&self) -> bool {
        self.ratio <= self.bar
    }

    fn verdict(&self) -> &'static str {
        if self.holds() {
            "holds"
        } else {
            "missed"
        }
    }
}

/// All of them.
pub(crate) struct Report {
    head: String,
    rows: Vec<Row>,
}

impl Report {
    /// About an answer of so many jobs and bytes.
    pub(crate) fn new(jobs: usize, bytes: usize) -> Self {
        let date = jiff::Timestamp::now().strftime("%Y-%m-%d");
        let head = format!(
            "Measured on {date} with an answer of {jobs} jobs ({:.1} MB) on: {}.",
            bytes as f64 / 1e6,
            machine()
        );
        println!("{head}\n");
        Self { head, rows: Vec::new() }
    }

    /// Adds a ratio of times.
    pub(crate) fn times(&mut self, what: &str, pair: Pair, bar: f64) {
        self.add(what, milliseconds(pair.ours), milliseconds(pair.anchor), pair.ratio(), bar);
    }

    /// Adds any ratio, with what it comes from.
    pub(crate) fn add(&mut self, what: &str, ours: String, anchor: String, ratio: f64, bar: f64) {
        let row = Row { what: what.to_owned(), ours, anchor, ratio, bar };
        println!(
            "{:<60} {:>10} {:>10} {:>7.3}  bar {:<4}  {}",
            row.what,
            row.ours,
            row.anchor,
            row.ratio,
            row.bar,
            row.verdict()
        );
        self.rows.push(row);
    }

    /// Whether every bar holds.
    pub(crate) fn holds(&self) -> bool {
        self.rows.iter().all(Row::holds)
    }

    /// The document.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("{TITLE}\n{}\n\n{COLUMNS}\n", self.head);
        for row in &self.rows {
            let Row { what, ours, anchor, ratio, bar } = row;
            // A String takes everything.
            let _ = writeln!(text, "| {what} | {ours} | {anchor} | {ratio:.3} | {bar} | {} |", row.verdict());
        }
        text.push_str(ANCHORS);
        text
    }
}

const TITLE: &str = "# Performance

Written by `npm run bench`. Every figure stands beside an anchor that was measured in the same run, in turn with it; a
bar is a ratio, so it means the same on another machine. Times and memory are medians; times are those of the working
thread on a processor, of whole processes those on the clock.
";

const COLUMNS: &str = "| what | measured | anchor | ratio | bar | |\n|---|---|---|---|---|---|";

const ANCHORS: &str = "
The anchors:

- *whole process*: `curl -s … | jq -r '… | @csv'` on the same answer from the same server on loopback, seven columns of
  text; `itamctl jobs --format csv --preset script` writes twelve, in order, with times in UTC and ages. Memory is the
  peak of the larger of the two programs. The rows of both are compared after sorting.
- *parse*: serde_json checking the same bytes and keeping nothing (`IgnoredAny`), through the same reader or from the
  same slice.
- *sort*: `sort_unstable` on as many pairs `(u64, u32)` in random order.
- *filter*: memchr's `memmem` over the texts of all rows that the filter searches, one after the other.
- *CSV*: one copy of its bytes to memory that is already there.
- *fingerprints*: reading the list whose rows they are, from a stream. A procedure tells by them what is new after job stop.
- *twice as many*: the same work on half as many. Reading, comparing with the list before, sorting, counting the values.
";

/// Processor, memory and kernel.
fn machine() -> String {
    let value = |file: &str, key: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(key)?.split_once(':'));
        line.map_or_else(|| "unknown".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_else(|_| "unknown".to_owned());
    let kilobytes = value("/proc/meminfo", "MemTotal");
    let gigabytes = kilobytes.split(' ').next().and_then(|number| number.parse::<f64>().ok()).unwrap_or_default() / 1e6;
    let processor = value("/proc/cpuinfo", "model name");
    format!("{processor}, {cores} cores; {gigabytes:.0} GB of memory; kernel {}", kernel.trim())
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
