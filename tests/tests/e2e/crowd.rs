//! More jobs than any platform has, in the real window: it counts, scrolls to the last row, sorts, filters, exports, and
//! answers a click meanwhile (faults, row 14).
//!
//! 100,000 jobs by default, so that a run stays short; `ITA_CROWD=1000000` proves the million by the same test.

use std::time::{Duration, Instant};

use acceptance::desktop::Desktop;
use acceptance::journey::{
    column, export_and_stop, export_folder, fill_form, first_start, only_file, prefer, Form, JA_LIGHT,
};
use acceptance::wait::until_true;
use acceptance::window::Window;
use ita_practice::{Options, Practice, PRACTICE_PASSWORD};

/// Elements of rows that may be in the page, however many jobs there are.
const MOST_ROW_ELEMENTS: u64 = 200;
/// Bytes of one window of rows on their way to the page.
const LARGEST_WINDOW: u64 = 64 * 1024;
/// A click has to be answered within this while the list is read and while it is sorted. Not a bar of speed (that is
/// measured apart), but a limit beyond which nobody would call a window alive.
const ALIVE: Duration = Duration::from_secs(10);
/// Reading and sorting a million rows in an unoptimised program on a busy machine.
const PATIENCE: Duration = Duration::from_secs(240);

/// Keeps the largest answer of `job_window`, as text, and how many came.
const MEASURE_WINDOWS: &str = "
    const internals = window.__TAURI_INTERNALS__;
    window.largestWindow = 0;
    window.windows = 0;
    const parse = JSON.parse;
    const read = Response.prototype.json;
    Response.prototype.json = async function () {
        const text = await this.text();
        const value = parse(text);
        if (value && Array.isArray(value.rows) && 'matched' in value) {
            window.windows += 1;
            window.largestWindow = Math.max(window.largestWindow, new TextEncoder().encode(text).length);
        }
        return value;
    };
    return internals !== undefined;";

fn crowd() -> u32 {
    std::env::var("ITA_CROWD").map_or(100_000, |jobs| jobs.parse().expect("ITA_CROWD is a number of jobs"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_of_jobs_is_counted_scrolled_sorted_filtered_and_exported() {
    let jobs = crowd();
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let options =
        Options { jobs: Some(jobs), organizations: Some(20), workspaces: Some(10), speed: 0.0, ..Options::default() };
    let platform = Practice::start(options).await.expect("a platform");
    let window = first_start(&desktop).await;
    let measured = window.evaluate(MEASURE_WINDOWS).await;
    assert_eq!(measured, true, "the page talks to the shell");

    fill_form(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    window.click("connection-save").await;
    window.expect_gone("connection-form").await;
    stays_alive(&window, "while the list is read").await;
    let rows = counts(&window).await;
    assert!(rows >= u64::from(jobs) * 9 / 10, "{rows} rows of {jobs} jobs");
    few_elements(&window).await;

    scrolls_to_the_last(&window, rows).await;
    sorts(&window).await;
    filters(&window, rows).await;
    exports(&window, &desktop, rows).await;
    let largest = window.evaluate("return window.largestWindow;").await.as_u64().expect("a number");
    let windows = window.evaluate("return window.windows;").await.as_u64().expect("a number");
    eprintln!("{rows} rows: {windows} windows of rows, the largest of {largest} bytes");
    assert!(windows > 3 && largest <= LARGEST_WINDOW, "{windows} windows, the largest of {largest} bytes");
    window.close().await;
}

/// The settings open and close: the page draws, the shell answers.
async fn stays_alive(window: &Window<'_>, when: &str) {
    let begun = Instant::now();
    window.click("settings").await;
    window.element("settings-dialog").await;
    let answered = begun.elapsed();
    eprintln!("A click {when} was answered after {answered:?}");
    assert!(answered < ALIVE, "{when} a click took {answered:?}");
    window.press(thirtyfour::Key::Escape).await;
    window.expect_gone("settings-dialog").await;
}

/// Rows of the list, by what the grid says of itself, once the count is known.
async fn counts(window: &Window<'_>) -> u64 {
    until_true("the count is known", PATIENCE, async || {
        let state =
            window.evaluate("return document.querySelector('[data-testid=running-count]').dataset.state;").await;
        state == "known" && grid_rows(window).await > 0
    })
    .await;
    grid_rows(window).await
}

/// Rows below the header, in the page or not.
async fn grid_rows(window: &Window<'_>) -> u64 {
    let script =
        "return Number(document.querySelector('[data-testid=jobs-grid]')?.getAttribute('aria-rowcount') ?? 1) - 1;";
    window.evaluate(script).await.as_u64().unwrap_or(0)
}

async fn few_elements(window: &Window<'_>) {
    let script = "return document.querySelectorAll('[data-testid=jobs-grid] [role=row]').length;";
    let elements = window.evaluate(script).await.as_u64().expect("a number");
    assert!((2..=MOST_ROW_ELEMENTS).contains(&elements), "{elements} elements of rows");
}

/// The ARIA index of the last row that is in sight with its content, counted from 1; 0 while rows are on their way.
async fn last_in_sight(window: &Window<'_>) -> u64 {
    let script = "
        const grid = document.querySelector('[data-testid=jobs-grid]');
        const sight = grid.getBoundingClientRect();
        const rows = [...grid.querySelectorAll('[aria-rowindex]:not([aria-rowindex=\"1\"])')].filter((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return top >= sight.top && bottom <= sight.bottom + 1 && row.querySelector('[data-column=job_id]')?.textContent;
        });
        return Math.max(0, ...rows.map((row) => Number(row.getAttribute('aria-rowindex')) - 1));";
    window.evaluate(script).await.as_u64().unwrap_or(0)
}

/// Beyond 15 million px a scrolled pixel is more than one: to the middle, to the very last row, and back.
async fn scrolls_to_the_last(window: &Window<'_>, rows: u64) {
    let scroll = |part: &str| {
        format!("const grid = document.querySelector('[data-testid=jobs-grid]'); grid.scrollTop = grid.scrollHeight * {part};")
    };
    window.evaluate(&scroll("0.5")).await;
    let what = "rows of the middle are in sight";
    until_true(what, PATIENCE, async || last_in_sight(window).await.abs_diff(rows / 2) < rows / 50 + 50).await;
    few_elements(window).await;
    window.evaluate(&scroll("1")).await;
    until_true("the last row is in sight", PATIENCE, async || last_in_sight(window).await == rows).await;
    few_elements(window).await;
    window.evaluate(&scroll("0")).await;
    until_true("the first row is in sight", PATIENCE, async || {
        let first = last_in_sight(window).await;
        first > 0 && first < 200
    })
    .await;
}

async fn sorts(window: &Window<'_>) {
    let before = column(window, "job_id").await;
    let header = "document.querySelector('[data-testid=jobs-grid] [role=columnheader][data-column=job_id]')";
    window.evaluate(&format!("{header}.click();")).await;
    stays_alive(window, "while the list is sorted").await;
    let sorted = async || {
        let ids = column(window, "job_id").await;
        ids != before && ids.len() > 5 && ids.iter().all(|id| !id.is_empty()) && ids.is_sorted()
    };
    until_true("the ids ascend", PATIENCE, sorted).await;
    few_elements(window).await;
}

async fn filters(window: &Window<'_>, rows: u64) {
    window.fill("jobs-filter", "conductor").await;
    until_true("only conductors are left", PATIENCE, async || {
        let matched = grid_rows(window).await;
        matched > 0 && matched < rows / 2
    })
    .await;
    window.fill("jobs-filter", "").await;
    until_true("all rows are back", PATIENCE, async || grid_rows(window).await == rows).await;
}

async fn exports(window: &Window<'_>, desktop: &Desktop, rows: u64) {
    window.click("export-csv").await;
    window.click("export-target-folder").await;
    export_and_stop(window).await;
    let left = std::fs::read_dir(export_folder(desktop)).expect("a folder").count();
    assert_eq!(left, 0, "an export that was stopped leaves nothing");
    window.click("export-run").await;
    until_true("the file is written", PATIENCE, async || window.shows("export-result").await).await;
    let text = std::fs::read(only_file(&export_folder(desktop))).expect("the export");
    let reader = csv::Reader::from_reader(&text[3..]);
    let exported = reader.into_records().inspect(|record| assert!(record.is_ok(), "a whole row")).count() as u64;
    assert_eq!(exported, rows, "every row, once");
}
