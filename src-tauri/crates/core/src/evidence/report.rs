//! The report (作業報告書): one page of A4 for an ordinary night, in Japanese or English.

use super::copies::Listed;
use super::course::{Course, Switch};
use super::deviations::deviations;
use super::html::{Cell, Html};
use super::kept::{csv_name, LeftRow, ListFacts};
use super::pack::{Case, TIMELINE};
use super::words::{fill, word};
use super::writing::{number, span, Writing};
use crate::domain::modes::Mode;
use crate::domain::procedure::state::ModeKnowledge;
use crate::domain::procedure::{Flag, Moment, ProcedurePhase as Phase};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{backyard_name, status_name, Language};
use crate::journal::SwitchResult;

const STYLE: &str = include_str!("../../data/report.css");
/// Lines of each section; a night that has more has them in its timeline.
const MOST_LINES: usize = 40;

/// The whole page.
pub(super) fn page(
    case: &Case<'_>,
    course: &Course<'_>,
    listed: &[Listed],
    files: &[(&'static str, String)],
) -> String {
    let writing = Writing::new(case.language, case.zone.clone());
    let words = writing.words;
    let language = match case.language {
        Language::Ja => "ja",
        Language::En => "en",
    };
    let title = format!("{} {}", words.title, case.connection.name);
    let mut report = Report { case, course, listed, writing, html: Html::page(language, &title, STYLE) };
    report.head();
    report.overview();
    report.switches();
    report.lists();
    report.left();
    report.course();
    report.deviations();
    report.files(files);
    report.signatures();
    report.html.finish()
}

struct Report<'a> {
    case: &'a Case<'a>,
    course: &'a Course<'a>,
    listed: &'a [Listed],
    writing: Writing,
    html: Html,
}

impl Report<'_> {
    fn head(&mut self) {
        let words = self.writing.words;
        self.html.open("header", "");
        self.html.leaf("h1", "", &words.title);
        let made_at = fill(&words.made, &[("at", &self.writing.full(self.case.made_at))]);
        self.html.leaf("p", "made", &made_at);
        self.html.close("header");
        if self.course.ended_at.is_none() {
            self.html.leaf("p", "draft", &words.draft);
        }
    }

    fn overview(&mut self) {
        let Self { case, course, ref writing, .. } = *self;
        let (words, options) = (writing.words, &case.state.options);
        let (names, values) = (&words.overview, &words.values);
        let time = |at: Option<Timestamp>| at.map(|at| writing.full(at));
        let planned = |at| time(at).unwrap_or_else(|| values.none.clone());
        let by_itself = writing.on_off(Some(options.go_on_by_itself));
        let users: Vec<&str> = course.workstation_users.iter().map(|user| writing.user(user)).collect();
        let ended = course.ended_at.map_or_else(
            || values.not_reached.clone(),
            |at| fill(&values.ended, &[("at", &writing.full(at)), ("took", &span(course.began_at.unwrap_or(at), at))]),
        );
        let pairs = [
            [
                (&names.connection, case.connection.name.clone()),
                (&names.environment, word(&words.environments, case.connection.environment)),
            ],
            [(&names.address, case.connection.address.clone()), (&names.result, self.result())],
            [(&names.workstation_users, users.join(", ")), (&names.platform_user, self.platform_users())],
            [(&names.began, time(course.began_at).unwrap_or_default()), (&names.ended, ended)],
            [(&names.planned_start, planned(options.start_at)), (&names.planned_end, planned(options.planned_end))],
            [(&names.work, self.work()), (&names.give_up_at, planned(options.give_up_at.or(case.state.former_limit)))],
            [(&names.settle, self.settle()), (&names.by_itself, by_itself.to_owned())],
            [(&names.job_stop, self.mode_now(Mode::JobStop)), (&names.read_only, self.mode_now(Mode::ReadOnly))],
        ];
        self.heading(&words.sections.overview);
        self.html.open("table", "overview");
        for pair in pairs {
            self.html.open("tr", "");
            for (name, value) in pair {
                self.html.leaf("th", "", name);
                self.html.leaf("td", "", &value);
            }
            self.html.close("tr");
        }
        self.html.close("table");
    }

    fn heading(&mut self, text: &str) {
        self.html.leaf("h2", "", text);
    }

    fn result(&self) -> String {
        let (words, phase) = (self.writing.words, self.case.state.phase);
        if phase.is_active() {
            return fill(&words.values.under_way, &[("phase", &word(&words.phases, phase))]);
        }
        word(&words.ends, phase)
    }

    /// Whoever the switches were asked as; otherwise whoever would have been.
    fn platform_users(&self) -> String {
        let mut users: Vec<&str> = self.course.switches.iter().map(|switch| switch.platform_user).collect();
        users.sort_unstable();
        users.dedup();
        if users.is_empty() {
            return self.case.connection.user.clone();
        }
        users.join(", ")
    }

    /// From the first beginning of the work to the last end of it.
    fn work(&self) -> String {
        let (writing, values) = (&self.writing, &self.writing.words.values);
        let Some(first) = self.course.phases.iter().find(|it| it.phase == Phase::Work) else {
            return self.absent().clone();
        };
        let from = writing.short(first.from);
        match self.course.last(Phase::Work).and_then(|last| last.to) {
            Some(to) => {
                fill(&values.span, &[("from", &from), ("to", &writing.short(to)), ("took", &span(first.from, to))])
            }
            None => fill(&values.open_span, &[("from", &from)]),
        }
    }

    /// For a step of which there is no line: only a whole journal says that it was not taken.
    fn absent(&self) -> &'static String {
        let values = &self.writing.words.values;
        if self.course.is_whole {
            &values.not_reached
        } else {
            &values.not_recorded
        }
    }

    fn settle(&self) -> String {
        let values = &self.writing.words.values;
        if self.case.state.services_restarted {
            return values.restarted.clone();
        }
        fill(&values.minutes, &[("minutes", &self.case.state.options.settle_minutes.to_string())])
    }

    fn mode_now(&self, mode: Mode) -> String {
        let (writing, values) = (&self.writing, &self.writing.words.values);
        let ModeKnowledge { flag, at, .. } = self.case.state.mode(mode);
        let on = match flag {
            Flag::On => Some(true),
            Flag::Off => Some(false),
            Flag::Suspect | Flag::Unknown => None,
        };
        let state = writing.on_off(on);
        match at {
            Some(at) => fill(&values.read_at, &[("state", state), ("at", &writing.short(*at))]),
            None => state.to_owned(),
        }
    }

    fn switches(&mut self) {
        let words = self.writing.words;
        self.heading(&words.sections.switches);
        let switches = &self.course.switches;
        if switches.is_empty() {
            self.html.leaf("p", "", &words.values.no_switches);
            return;
        }
        let rows: Vec<_> = switches.iter().take(MOST_LINES).map(|switch| self.switch(switch)).collect();
        self.html.table("switches", &words.columns.switches, rows);
        self.more(switches.len(), TIMELINE);
    }

    fn switch(&self, switch: &Switch<'_>) -> Vec<Cell> {
        let (writing, words) = (&self.writing, self.writing.words);
        let end = switch.end;
        let is_done = end.is_some_and(|end| end.result == SwitchResult::Done);
        let class = if is_done { "" } else { "odd" };
        let answer = end.map_or_else(|| words.results["no_end"].clone(), |end| word(&words.results, end.result));
        let platform_time = end.and_then(|end| end.platform_time).map(|at| writing.short(at)).unwrap_or_default();
        vec![
            Cell::of("time", writing.short(switch.at)),
            writing.mode(switch.mode).into(),
            writing.on_off(Some(switch.on)).into(),
            Cell::of(class, answer),
            Cell::of(class, writing.on_off(end.and_then(|end| end.read_back))),
            Cell::of("time", platform_time),
            format!("{} / {}", writing.user(switch.workstation_user), switch.platform_user).into(),
        ]
    }

    fn lists(&mut self) {
        let words = self.writing.words;
        self.heading(&words.sections.lists);
        let rows: Vec<_> = self.listed.iter().map(|listed| self.list(listed)).collect();
        self.html.table("lists", &words.columns.lists, rows);
    }

    fn list(&self, listed: &Listed) -> Vec<Cell> {
        let (writing, words) = (&self.writing, self.writing.words);
        let moment = Cell::from(word(&words.moments, listed.moment));
        let Some(ListFacts { read_at, deciding, counted, conductors, unclassified, rows, mismatches, .. }) =
            listed.kept()
        else {
            let none = if listed.list.is_some() { &words.values.unknown } else { self.absent() };
            let blank = |_| Cell::of("number", "–");
            return [moment, Cell::of("odd", none.clone())].into_iter().chain((0..7).map(blank)).collect();
        };
        let agrees = match mismatches {
            0 => Cell::from(words.values.agree.as_str()),
            count => Cell::of("odd", fill(&words.values.disagree, &[("count", &number(*count))])),
        };
        let numbers = [deciding, counted, conductors, unclassified, rows];
        let mut cells = vec![moment, Cell::of("time", writing.short(*read_at))];
        cells.extend(numbers.map(|value| Cell::of("number", number(*value))));
        cells.extend([agrees, Cell::of("name", csv_name(listed.moment))]);
        cells
    }

    fn left(&mut self) {
        let words = self.writing.words;
        let values = &words.values;
        let Some(zero) = self.listed.iter().find(|it| it.moment == Moment::Zero) else { return };
        self.heading(&words.sections.left);
        match (zero.kept(), &zero.list) {
            (Some(list), _) if list.rows > 0 => {
                let rows: Vec<_> = list.first.iter().map(|row| self.left_row(row)).collect();
                let (shown, total) = (rows.len(), list.rows as usize);
                self.html.table("left", &words.columns.left, rows);
                self.rest(total - shown.min(total), csv_name(Moment::Zero));
            }
            (Some(_), _) => self.html.leaf("p", "", &values.nothing_left),
            (None, Some(_)) => self.html.leaf("p", "odd", &values.left_unknown),
            (None, None) => {
                let absent = self.absent();
                self.html.leaf("p", "", absent);
            }
        }
        if !self.case.state.waived.is_empty() {
            let names: Vec<&str> = self.case.state.waived.iter().map(String::as_str).collect();
            let sentence = fill(&values.waived, &[("names", &names.join(", "))]);
            self.html.leaf("p", "", &sentence);
        }
    }

    fn left_row(&self, row: &LeftRow) -> Vec<Cell> {
        let language = self.writing.language;
        let status = status_name(&row.backyard, &row.status_id, language).map(str::to_owned);
        let status = status.or_else(|| row.status_name.clone()).unwrap_or_else(|| row.status_id.clone());
        vec![
            format!("{} / {}", row.organization, row.workspace).into(),
            backyard_name(&row.backyard, language).into(),
            status.into(),
            Cell::of("name", row.job_id.clone()),
        ]
    }

    fn course(&mut self) {
        let Self { course, ref writing, .. } = *self;
        let words = writing.words;
        let lines: Vec<_> = course
            .phases
            .iter()
            .take(MOST_LINES)
            .map(|stretch| {
                let took = stretch.to.map(|to| span(stretch.from, to)).unwrap_or_default();
                [writing.short(stretch.from), word(&words.phases, stretch.phase), took]
            })
            .collect();
        self.heading(&words.sections.course);
        // Two lists side by side: not every browser sets columns on paper.
        self.html.open("div", "course");
        for half in lines.chunks(lines.len().div_ceil(2).max(1)) {
            self.html.open("ol", "");
            for [at, phase, took] in half {
                self.html.open("li", "");
                self.html.leaf("span", "time", at);
                self.html.leaf("span", "", phase);
                self.html.leaf("span", "took", took);
                self.html.close("li");
            }
            self.html.close("ol");
        }
        self.html.close("div");
        self.more(course.phases.len(), TIMELINE);
    }

    fn deviations(&mut self) {
        let words = self.writing.words;
        let found = deviations(self.case, self.course, self.listed, &self.writing);
        self.heading(&words.sections.deviations);
        if found.is_empty() {
            self.html.leaf("p", "", &words.values.nothing);
            return;
        }
        self.html.open("ul", "deviations");
        for (at, sentence) in found.iter().take(MOST_LINES) {
            let at = at.map(|at| self.writing.short(at)).unwrap_or_default();
            self.html.open("li", "");
            self.html.leaf("span", "time", &at);
            self.html.leaf("span", "", sentence);
            self.html.close("li");
        }
        self.html.close("ul");
        self.more(found.len(), TIMELINE);
    }

    fn files(&mut self, files: &[(&'static str, String)]) {
        let words = self.writing.words;
        self.heading(&words.sections.files);
        let rows = files.iter().map(|(name, sum)| vec![Cell::of("name", *name), Cell::of("sum", sum.clone())]);
        self.html.table("files", &words.columns.files, rows);
    }

    /// Blanks, to be filled in by hand. The foot stays with them: no sheet is for one line.
    fn signatures(&mut self) {
        let words = self.writing.words;
        let texts = &words.signature;
        let blanks = |name: &String, count: usize| {
            let mut row = vec![Cell::of("label", name.clone())];
            row.resize_with(count + 1, || Cell::from(""));
            row
        };
        self.html.open("section", "signatures");
        self.heading(&words.sections.signatures);
        let roles = &words.columns.signatures;
        self.html.table("roles", roles, [blanks(&texts.date, 3), blanks(&texts.name, 3)]);
        self.html.table("remarks", &[], [blanks(&texts.remarks, 1)]);
        self.foot();
        self.html.close("section");
    }

    fn foot(&mut self) {
        let Self { case, ref writing, .. } = *self;
        let sentence = fill(
            &writing.words.footer,
            &[
                ("zone", &writing.zone(case.made_at)),
                ("made_at", &writing.full(case.made_at)),
                ("version", env!("CARGO_PKG_VERSION")),
            ],
        );
        self.html.leaf("footer", "", &sentence);
    }

    /// Says that a section was cut.
    fn more(&mut self, total: usize, file: &'static str) {
        self.rest(total.saturating_sub(MOST_LINES), file);
    }

    fn rest(&mut self, count: usize, file: &'static str) {
        if count > 0 {
            let count = number(count as u32);
            let sentence = fill(&self.writing.words.values.more, &[("count", &count), ("file", file)]);
            self.html.leaf("p", "more", &sentence);
        }
    }
}
