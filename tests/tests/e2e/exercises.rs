//! The exercises of product §9 in the real window, each done as its text teaches until the right words are on the
//! screen: with the guide from the first start, then the other nine by the dialog.

use std::time::{Duration, Instant};

use acceptance::desktop::{Desktop, Screen};
use acceptance::journey::{act, expect_count, expect_phase, expect_practice, export_folder, only_file};
use acceptance::journey::{packed, poll_to, prefer, tick_checks, Look, EN_DARK, JA_LIGHT};
use acceptance::wait::{until_some, until_true, LIMIT};
use acceptance::window::{takes_pictures, Window};
use thirtyfour::prelude::*;

/// What the button of the first start promises.
const THREE_MINUTES: Duration = Duration::from_secs(180);

/// Reading and drawing 100,000 rows in an unoptimised program on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test]
async fn the_guide_leads_from_the_first_start_through_a_whole_night_within_three_minutes() {
    // The smallest window is where a guide would be in the way.
    let mut rooms = vec![(EN_DARK, Screen { width: 900, height: 640 })];
    if takes_pictures() {
        rooms.push((JA_LIGHT, Screen::default()));
    }
    for (look, screen) in rooms {
        let mut desktop = Desktop::new();
        desktop.start_bus();
        desktop.start_keyring();
        desktop.start_screen(screen);
        prefer(&desktop, look);
        let window = Window::open(&desktop).await;
        window.element("welcome").await;
        guided(&Room { window: &window, desktop: &desktop, look }).await;
        window.close().await;
    }
}

async fn guided(room: &Room<'_>) {
    let window = room.window;
    let begun = Instant::now();
    window.click("practise").await;
    coached(room, "lock", "操作ロックを開けます", "Open the lock").await;
    window.click("lock").await;
    coached(room, "start", "起こることを読んで", "read what will happen").await;
    act(window, "procedure-start", "draining").await;
    coached(room, "drain", "0 件を 3 回続けて", "three times in a row").await;
    // Nobody clicks meanwhile. At least half of the promised time is for the person.
    let waits = Instant::now();
    until_true("three zeros in a row", THREE_MINUTES / 2, async || {
        window.attribute("coach", "data-step").await.as_deref() == Some("read_only")
    })
    .await;
    let waited = waits.elapsed();
    coached(room, "read_only", "残っているものを確かめて", "look at what remains").await;
    act(window, "procedure-read-only", "quiet_gate").await;
    coached(room, "gate", "チェックします", "Tick").await;
    window.click("services-restarted").await;
    coached(room, "quiet", "「作業を始める」", "“Begin the work”").await;
    window.expect_text("procedure-begin-work", room.words("作業を始める", "Begin the work")).await;
    act(window, "procedure-begin-work", "work").await;
    coached(room, "work", "バックアップやアップグレード", "the backup or upgrade").await;
    act(window, "procedure-end-work", "checking").await;
    coached(room, "check", "ジョブ停止は ON のまま", "Job stop is still on").await;
    tick_checks(window).await;
    act(window, "procedure-start-jobs", "watching").await;
    coached(room, "watch", "いっせいに始まりました", "all at once").await;
    act(window, "procedure-stop-watch", "finished").await;
    coached(room, "learnt", "「不明」は 0 件ではありません", "“Unknown” is not zero").await;
    let report = packed(window, room.desktop, room.look).await.join(format!("report.{}.html", room.look.language));
    let report = std::fs::read_to_string(report).expect("a report");
    assert_eq!(
        report.matches(room.words("<td>受理</td>", "<td>accepted</td>")).count(),
        4,
        "the whole night: {report}"
    );
    eprintln!("The guided night took {:?}, {waited:?} of it without a click", begun.elapsed());
    window.click("coach-connect").await;
    window.element("connection-form").await;
}

/// The guide says so, and what it marks is in sight: not behind the guide and not outside of the window.
async fn coached(room: &Room<'_>, step: &str, ja: &str, en: &str) {
    let window = room.window;
    window.expect_attribute("coach", "data-step", step).await;
    window.expect_text("coach", room.words(ja, en)).await;
    let hidden = "
        const coach = document.querySelector('[data-testid=coach]').getBoundingClientRect();
        const marked = document.querySelector('[data-coached]')?.getBoundingClientRect();
        if (marked === undefined) return false;
        const isBehind = marked.top < coach.bottom && marked.bottom > coach.top;
        return isBehind || marked.top < 0 || marked.bottom > innerHeight || marked.height === 0;";
    let what = format!("what the guide talks about is in sight: {step}");
    until_true(&what, LIMIT, async || window.evaluate(hidden).await == false).await;
    if ["start", "drain", "gate", "learnt"].contains(&step) {
        room.picture(&format!("guide-{step}")).await;
    }
}

#[tokio::test]
async fn each_exercise_ends_in_the_words_that_it_is_there_to_teach() {
    let looks = if takes_pictures() { vec![JA_LIGHT, EN_DARK] } else { vec![JA_LIGHT] };
    for look in looks {
        let desktop = Desktop::complete();
        prefer(&desktop, look);
        let window = Window::open(&desktop).await;
        window.element("welcome").await;
        expect_practice(&window).await;
        let room = Room { window: &window, desktop: &desktop, look };
        stuck_job(&room).await;
        paused_conductor(&room).await;
        broken_workspace(&room).await;
        unreadable_flags(&room).await;
        colleague_switches(&room).await;
        ita_2_2(&room).await;
        read_only_too_early(&room).await;
        slow_platform(&room).await;
        many_jobs(&room).await;
        window.close().await;
    }
}

async fn stuck_job(room: &Room<'_>) {
    let window = room.window;
    room.begin("stuck-job", 60, "終わらないジョブ", "A job that does not end").await;
    room.prove_the_zone().await;
    act(window, "procedure-start", "draining").await;
    room.poll_until("only the stuck job holds", "running-count", "1").await;
    let procedure = ("停滞、9 時間変化なし", "no progress and unchanged for 9 h");
    room.expect("procedure", procedure.0, procedure.1).await;
    window.click("procedure-show-remaining").await;
    let advice = (
        "担当者に確認を頼み、動いていなければ、読み取り専用にする前に緊急停止してもらってください",
        "Ask its owner to look at it and, if it is dead, to stop it by emergency stop before read-only",
    );
    room.expect("procedure-remaining-dialog", advice.0, advice.1).await;
    room.picture("exercise-stuck-job").await;
    window.press(Key::Escape).await;
    window.expect_gone("procedure-remaining-dialog").await;
}

async fn paused_conductor(room: &Room<'_>) {
    let window = room.window;
    room.begin("paused-conductor", 60, "一時停止中の Conductor", "A paused conductor").await;
    act(window, "procedure-start", "draining").await;
    poll_to(window, "point_of_no_return").await;
    window.click("procedure-read-only").await;
    room.expect("procedure-act", "一時停止のままでは終わりません", "Paused, it never ends by itself").await;
    room.expect("procedure-act", "一時停止の解除、緊急停止", "Resuming, emergency stop").await;
    room.picture("exercise-paused-conductor").await;
    window.press(Key::Escape).await;
    window.expect_gone("procedure-act").await;
    expect_phase(window, "point_of_no_return").await;
}

async fn broken_workspace(room: &Room<'_>) {
    let window = room.window;
    room.begin("broken-workspace", 60, "壊れたワークスペース", "A broken workspace").await;
    expect_count(window, "unknown", "").await;
    room.expect("running-count", "0 件とは限りません", "It may not be zero").await;
    room.expect("trouble", "実行中の件数が分かりません", "It is not known how many jobs run").await;
    window.find(By::Css("[data-testid=trouble] summary")).await.click().await.expect("the facts open");
    room.expect("trouble", "999-99999", "999-99999").await;
    for on in [true, false] {
        window.click("mode-job-stop").await;
        window.click("confirm").await;
        window.expect_attribute("mode-job-stop", "aria-checked", &on.to_string()).await;
    }
    expect_count(window, "unknown", "").await;
}

async fn unreadable_flags(room: &Room<'_>) {
    room.begin("unreadable-flags", 60, "読めない設定表", "An unreadable table of modes").await;
    let job_stop = "[data-mode=job_stop] .mode-state";
    room.poll_until_said(job_stop, "ON", "ON").await;
    room.poll_until_said(job_stop, "OFF？", "OFF?").await;
    let alarm = ("プラットフォームが設定表を読めていないか", "the platform cannot read its table of modes");
    room.expect("notice-suspect", alarm.0, alarm.1).await;
    room.picture("exercise-unreadable-flags").await;
    room.poll_until_said(job_stop, "ON", "ON").await;
}

async fn colleague_switches(room: &Room<'_>) {
    let window = room.window;
    room.begin("colleague-switches", 10, "ほかの人の操作", "Somebody else switches").await;
    // Three seconds later the colleague is at it: what goes on by itself has to be confirmed together with the start.
    window.click("procedure-start").await;
    window.click("start-go-on").await;
    window.click("confirm").await;
    let alarm = ("この画面の操作ではありません", "this window did not do it");
    room.expect("notice-suspect", alarm.0, alarm.1).await;
    window.expect_attribute("procedure-automation", "data-state", "stopped").await;
    let stopped = ("別の場所でモードが変わったため、自動を止めました", "a mode was changed elsewhere");
    room.expect("procedure-automation", stopped.0, stopped.1).await;
    let doubt = ("新しいジョブが始まっているかもしれません", "New jobs may be starting");
    room.expect("procedure", doubt.0, doubt.1).await;
    room.picture("exercise-colleague-switches").await;
    window.click("mode-job-stop").await;
    window.click("choose-on").await;
    window.click("confirm").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "true").await;
}

async fn ita_2_2(room: &Room<'_>) {
    let window = room.window;
    room.begin("ita-2.2", 60, "ITA 2.2 の応答", "The answer of ITA 2.2").await;
    window.expect_attribute("running-count", "data-state", "known").await;
    for alarm in ["trouble", "mismatch"] {
        assert!(!window.shows(alarm).await, "nothing is missing: {alarm}");
    }
    act(window, "procedure-start", "draining").await;
    poll_to(window, "point_of_no_return").await;
    room.expect("procedure", "実行中のジョブがなくなりました", "No counted job runs any more").await;
}

async fn read_only_too_early(room: &Room<'_>) {
    let window = room.window;
    room.begin("read-only-too-early", 60, "早すぎた読み取り専用", "Read-only too early").await;
    let frozen = ("ジョブ停止は ON のまま、読み取り専用を解除してください", "switch read-only off, keep job stop on");
    room.expect("procedure", frozen.0, frozen.1).await;
    act(window, "procedure-start", "draining").await;
    room.expect("procedure", frozen.0, frozen.1).await;
    room.picture("exercise-read-only-too-early").await;
    window.find(By::Css("[data-testid=procedure] .note-warn button")).await.click().await.expect("a button");
    window.click("confirm").await;
    window.expect_attribute("mode-read-only", "aria-checked", "false").await;
    poll_to(window, "point_of_no_return").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "true").await;
    room.expect("procedure", "実行中のジョブがなくなりました", "No counted job runs any more").await;
}

async fn slow_platform(room: &Room<'_>) {
    let window = room.window;
    room.begin("slow-platform", 60, "遅いプラットフォーム", "A slow platform").await;
    window.expect_attribute("running-count", "data-state", "known").await;
    room.expect("freshness", "秒に延長中", "now every").await;
    let told = window.text("freshness").await;
    let numbers = told.split(|it: char| !it.is_ascii_digit()).filter_map(|it| it.parse::<u32>().ok());
    assert!(numbers.max().is_some_and(|seconds| (25..60).contains(&seconds)), "five times what a list takes: {told}");
    room.picture("exercise-slow-platform").await;
}

async fn many_jobs(room: &Room<'_>) {
    let window = room.window;
    room.begin("many-jobs", 1, "10 万件のジョブ", "100,000 jobs").await;
    let rows = async |numbers: usize| {
        until_some("the rows", PATIENCE, async || {
            let text = window.text("jobs-rows").await.replace(',', "");
            let found = text.split(|it: char| !it.is_ascii_digit()).filter_map(|it| it.parse::<usize>().ok());
            Some(found.collect::<Vec<_>>()).filter(|found| found.len() == numbers)
        })
        .await
    };
    let read = async || Some(rows(1).await[0]).filter(|all| *all > 90_000);
    let all = until_some("a hundred thousand rows", PATIENCE, read).await;
    window.fill("jobs-filter", "conductor os-patch").await;
    // On the way to the last letter more match: every conductor, a fifth of all.
    let matching = async || rows(2).await.into_iter().min().filter(|matched| (1..all / 20).contains(matched));
    let matched = until_some("the rows of one workspace", PATIENCE, matching).await;
    window.click("export-csv").await;
    window.click("export-target-folder").await;
    window.click("export-run").await;
    until_true("the file is written", PATIENCE, async || window.shows("export-result").await).await;
    let mut reader = csv::Reader::from_path(only_file(&export_folder(room.desktop))).expect("the export");
    let places: Vec<_> = reader.records().map(|record| record.expect("a row")[3].to_owned()).collect();
    assert!(places.len().abs_diff(matched) < 100, "{} of {matched} rows are in the file", places.len());
    assert!(places.iter().all(|workspace| workspace == "os-patch"), "no other row is");
    window.press(Key::Escape).await;
}

/// One window in which exercises follow each other.
struct Room<'a> {
    window: &'a Window<'a>,
    desktop: &'a Desktop,
    look: Look,
}

impl Room<'_> {
    fn words<'t>(&self, ja: &'t str, en: &'t str) -> &'t str {
        if self.look.language == "ja" {
            ja
        } else {
            en
        }
    }

    /// Starts an exercise by the dialog, waits for its platform and opens the lock.
    async fn begin(&self, scenario: &str, speed: u32, ja: &str, en: &str) {
        let window = self.window;
        let address = "return document.querySelector('.identity-address')?.textContent ?? '';";
        let before = window.evaluate(address).await;
        window.click("connection-menu").await;
        window.click("menu-practice").await;
        window.click(&format!("exercise-{scenario}")).await;
        window.click(&format!("practice-speed-{speed}")).await;
        window.click("practice-start").await;
        window.expect_gone("practice-dialog").await;
        until_true("another platform", LIMIT, async || window.evaluate(address).await != before).await;
        self.expect("connection-bar", ja, en).await;
        window.click("lock").await;
        window.expect_attribute("lock", "aria-pressed", "true").await;
    }

    /// Times of the list can be read once a job moved.
    async fn prove_the_zone(&self) {
        until_true("the zone is proven", LIMIT, async || {
            self.window.click("refresh").await;
            self.window.attribute("jobs-foot", "data-zone").await.as_deref() == Some("proven")
        })
        .await;
    }

    async fn poll_until(&self, what: &str, id: &str, value: &str) {
        until_true(what, LIMIT, async || {
            self.window.click("refresh").await;
            self.window.attribute(id, "data-value").await.as_deref() == Some(value)
        })
        .await;
    }

    /// Polls until an element's text begins so.
    async fn poll_until_said(&self, selector: &str, ja: &str, en: &str) {
        let words = self.words(ja, en);
        let text = format!("return document.querySelector('{selector} .tag')?.textContent ?? '';");
        until_true(&format!("{selector} says {words}"), LIMIT, async || {
            self.window.click("refresh").await;
            self.window.evaluate(&text).await.as_str() == Some(words)
        })
        .await;
    }

    /// Waits for the words of this window's language.
    async fn expect(&self, id: &str, ja: &str, en: &str) {
        self.window.expect_text(id, self.words(ja, en)).await;
    }

    async fn picture(&self, name: &str) {
        self.window.picture(&self.look.picture(name)).await;
    }
}
