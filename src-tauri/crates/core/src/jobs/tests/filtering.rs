//! The filter by words and by lists, and the values it can be given.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::domain::vocabulary::{backyard_name, status_name};
use crate::jobs::filter::fold;
use crate::jobs::view::{FacetValue, StatusKey, WorkspaceKey};

const UUID: &str = "0b7f511f-cec7-4956-84e5-ccf8ad1a44b6";

fn text(text: &str) -> JobFilter {
    JobFilter { text: text.to_owned(), ..JobFilter::default() }
}

fn workspace_key(organization_id: &str, workspace_id: &str) -> WorkspaceKey {
    WorkspaceKey { organization_id: organization_id.to_owned(), workspace_id: workspace_id.to_owned() }
}

fn status_key(backyard: &str, status_id: &str) -> StatusKey {
    StatusKey { backyard: backyard.to_owned(), status_id: status_id.to_owned() }
}

fn found(snapshot: &Arc<Snapshot>, filter: JobFilter) -> Vec<String> {
    ids(snapshot, &view(None, filter))
}

#[test]
fn words_are_found_without_regard_to_case_and_width() {
    let mut places = [place("営業ガバナンス部", "Prod-Batch", 0, &[]), place("infra", "ｽﾄﾚｰｼﾞ", 0, &[])];
    places[0].jobs.extend([job(ANSIBLE, UUID, "2", None), job(CONDUCTOR, "STRASSE", "5", None)]);
    places[1].jobs.extend([job(UNKNOWN, "straße", "77", None), job("ita-by-menu-create", "ΣΑΣ", "2", None)]);
    let snapshot = first(&places);
    for (words, expected) in [
        ("", vec![UUID, "STRASSE", "straße", "ΣΑΣ"]),
        ("prod-batch", vec![UUID, "STRASSE"]),
        ("ＰＲＯＤ－ＢＡＴＣＨ", vec![UUID, "STRASSE"]),
        ("ｶﾞﾊﾞﾅﾝｽ", vec![UUID, "STRASSE"]),
        ("ストレージ", vec!["straße", "ΣΑΣ"]),
        ("すとれーじ", vec![]),
        ("strasse", vec!["STRASSE", "straße"]),
        ("σας", vec!["ΣΑΣ"]),
        ("準備中", vec![UUID]),
        ("一時停止", vec!["STRASSE"]),
        ("パラメータシート", vec!["ΣΑΣ"]),
        ("ita-by-", vec![UUID, "STRASSE", "straße", "ΣΑΣ"]),
        ("77", vec!["straße"]),
        ("Preparing", vec![]),
        ("営業 準備", vec![UUID]),
        ("営業\u{3000}\t conductor ", vec!["STRASSE"]),
        ("営業 ストレージ", vec![]),
        ("cec7-4956", vec![UUID]),
        ("CEC7", vec![UUID]),
        ("ｃｅｃ７", vec![UUID]),
        ("-", vec![UUID, "STRASSE", "straße", "ΣΑΣ"]),
        ("cec74956", vec![]),
        ("0b7f511f-cec7-4956-84e5-ccf8ad1a44b6", vec![UUID]),
        ("0b7f511f-cec7-4956-84e5-ccf8ad1a44b67", vec![]),
        ("\0", vec![]),
    ] {
        let mut rows = found(&snapshot, text(words));
        rows.sort();
        let mut expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
        expected.sort();
        assert_eq!(rows, expected, "{words:?}");
    }
}

#[test]
fn lists_restrict_one_by_one_and_together() {
    let mut places = [place("a", "1", 0, &[]), place("a", "2", 0, &[]), place("b", "1", 0, &[])];
    for (place, id) in places.iter_mut().zip(["a1", "a2", "b1"]) {
        place.jobs.extend([job(ANSIBLE, id, "3", None), job(CONDUCTOR, &format!("{id}-c"), "3", None)]);
    }
    let snapshot = first(&places);
    let some = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let none = JobFilter::default;
    for (filter, expected) in [
        (JobFilter { organizations: some(&["a"]), ..none() }, vec!["a1", "a1-c", "a2", "a2-c"]),
        (JobFilter { organizations: some(&["a", "b"]), ..none() }, vec!["a1", "a1-c", "a2", "a2-c", "b1", "b1-c"]),
        (JobFilter { organizations: some(&["A"]), ..none() }, vec![]),
        (
            JobFilter { workspaces: vec![workspace_key("a", "1"), workspace_key("b", "1")], ..none() },
            vec!["a1", "a1-c", "b1", "b1-c"],
        ),
        (JobFilter { workspaces: vec![workspace_key("", "1")], ..none() }, vec![]),
        (JobFilter { backyards: some(&[CONDUCTOR]), ..none() }, vec!["a1-c", "a2-c", "b1-c"]),
        (JobFilter { statuses: vec![status_key(ANSIBLE, "3")], ..none() }, vec!["a1", "a2", "b1"]),
        (JobFilter { statuses: vec![status_key(CONDUCTOR, "2")], ..none() }, vec![]),
        (
            JobFilter { organizations: some(&["a"]), backyards: some(&[ANSIBLE]), text: "2".to_owned(), ..none() },
            vec!["a2"],
        ),
        (JobFilter { organizations: some(&["b"]), workspaces: vec![workspace_key("a", "1")], ..none() }, vec![]),
    ] {
        let mut rows = found(&snapshot, filter.clone());
        rows.sort();
        assert_eq!(rows, expected, "{filter:?}");
    }
}

fn values<T: Clone>(facet: &[FacetValue<T>]) -> Vec<(T, u32)> {
    facet.iter().map(|it| (it.value.clone(), it.rows)).collect()
}

#[test]
fn facets_are_the_values_of_the_rows_in_the_order_of_their_names() {
    let mut places = [place("組10", "ws", 0, &[]), place("組9", "ws", 0, &[]), place("idle", "ws", 0, &[])];
    places[0].jobs.extend([job(CONDUCTOR, "a", "5", None), job(ANSIBLE, "b", "3", None), job(ANSIBLE, "c", "3", None)]);
    places[1].jobs.push(job(ANSIBLE, "d", "2", None));
    let snapshot = first(&places);
    let facets = snapshot.facets(Language::Ja);
    let value = |text: &str, rows: u32| (text.to_owned(), rows);
    assert_eq!(values(&facets.organizations), [value("組9", 1), value("組10", 3)], "no value without a row");
    assert_eq!(values(&facets.workspaces), [(workspace_key("組9", "ws"), 1), (workspace_key("組10", "ws"), 3)]);
    assert_eq!(values(&facets.backyards), [value(ANSIBLE, 3), value(CONDUCTOR, 1)]);
    let statuses = [(status_key(ANSIBLE, "3"), 2), (status_key(ANSIBLE, "2"), 1), (status_key(CONDUCTOR, "5"), 1)];
    assert_eq!(values(&facets.statuses), statuses, "within a backyard by the word that is shown: 実行中, 準備中");
    for (status, rows) in values(&facets.statuses) {
        let filter = JobFilter { statuses: vec![status.clone()], ..JobFilter::default() };
        assert_eq!(found(&snapshot, filter).len() as u32, rows, "{status:?}: what a facet counts its filter finds");
    }
}

#[test]
fn what_looks_the_same_is_the_same_when_folded() {
    for same in [["ẞ", "ss"], ["ﾊﾟ", "パ"], ["㈱", "(株)"], ["Å", "a\u{30a}"], ["Ⅳ", "iv"], ["Ｚ９", "z9"]]
    {
        assert_eq!(fold(same[0]), fold(same[1]));
    }
    for text in ["ΣΑΣ ßẞ ﬁ İıi", "ｶﾞｷﾞｸﾞ ﾊﾟ ヷ", "㈱㌔①Ⅳ", "ÅÅ ệ", "\u{345}\u{301}ΐ", "ǆǅ ŉ ʼn"]
    {
        let once = fold(text);
        assert_eq!(fold(&once), once, "{text}");
    }
}

proptest! {
    #[test]
    fn folding_leaves_nothing_to_fold(text in "\\PC{0,12}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone(), "{}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_filter_finds_what_stands_in_the_row(
        id in prop_oneof![
            any::<u128>().prop_map(|value| uuid::Uuid::from_u128(value).to_string()),
            "[a-fA-F0-9-]{0,40}", "\\PC{0,6}"
        ],
        organization in select(vec!["Org-A", "営業", "ｴｲｷﾞｮｳ"]),
        container in select(vec![ANSIBLE, CONDUCTOR, UNKNOWN]),
        status in select(vec!["2", "5", "77"]),
        cut in (any::<prop::sample::Index>(), 1..8_usize),
        word in "[a-f0-9-]{1,3}|\\PC{0,2}",
        from_row: bool,
    ) {
        let mut place = place(organization, "ws", 0, &[]);
        place.jobs.push(job(container, &id, status, None));
        let snapshot = first(&[place]);
        let shown = status_name(container, status, Language::Ja).unwrap_or(status);
        let fields = [organization, "ws", container, backyard_name(container, Language::Ja), shown, &id].map(fold);
        let word = if from_row {
            let field: Vec<char> = id.chars().collect();
            let start = if field.is_empty() { 0 } else { cut.0.index(field.len()) };
            field[start..].iter().take(cut.1).collect()
        } else {
            word
        };
        let folded = fold(&word);
        let expected = folded.split_whitespace().all(|word| fields.iter().any(|field| field.contains(word)));
        prop_assert_eq!(!found(&snapshot, text(&word)).is_empty(), expected, "{:?} in {:?}", folded, fields);
    }
}

/// Places whose names run into each other where they are glued.
fn some_places() -> impl Strategy<Value = Vec<Place>> {
    let names = || select(vec!["a", "b", "c", "a/b", "b/c", "a/b/c", ""]);
    let jobs =
        prop::collection::vec((select(vec![ANSIBLE, CONDUCTOR, "x", "x/1"]), select(vec!["1", "1/2", "2"])), 0..4);
    let places = (names(), names(), jobs).prop_map(|(organization, workspace, jobs)| {
        let mut place = place(organization, workspace, 0, &[]);
        place.jobs.extend(jobs.into_iter().map(|(container, status)| job(container, "id", status, None)));
        place
    });
    prop::collection::vec(places, 0..6)
}

proptest! {
    #[test]
    fn every_facet_counts_what_its_filter_finds(places in some_places()) {
        let snapshot = first(&places);
        let facets = snapshot.facets(Language::Ja);
        let all: Vec<JobRow> = rows(&snapshot, &view(None, JobFilter::default()));
        let matching = |filter: JobFilter| rows(&snapshot, &view(None, filter));
        let has = |is_it: &dyn Fn(&JobRow) -> bool| all.iter().filter(|row| is_it(row)).cloned().collect::<Vec<_>>();
        let mut sums = [0; 4];
        for (name, count) in values(&facets.organizations) {
            let expected = has(&|row| row.organization_id == name);
            prop_assert_eq!(expected.len(), count as usize);
            prop_assert_eq!(matching(JobFilter { organizations: vec![name], ..JobFilter::default() }), expected);
            sums[0] += count as usize;
        }
        for (key, count) in values(&facets.workspaces) {
            let expected =
                has(&|row| row.organization_id == key.organization_id && row.workspace_id == key.workspace_id);
            prop_assert_eq!(expected.len(), count as usize);
            prop_assert_eq!(matching(JobFilter { workspaces: vec![key], ..JobFilter::default() }), expected);
            sums[1] += count as usize;
        }
        for (name, count) in values(&facets.backyards) {
            let expected = has(&|row| row.backyard == name);
            prop_assert_eq!(expected.len(), count as usize);
            prop_assert_eq!(matching(JobFilter { backyards: vec![name], ..JobFilter::default() }), expected);
            sums[2] += count as usize;
        }
        for (key, count) in values(&facets.statuses) {
            let expected = has(&|row| row.backyard == key.backyard && row.status_id == key.status_id);
            prop_assert_eq!(expected.len(), count as usize);
            prop_assert_eq!(matching(JobFilter { statuses: vec![key], ..JobFilter::default() }), expected);
            sums[3] += count as usize;
        }
        prop_assert_eq!(sums, [all.len(); 4], "every row is in one value of each facet");
    }
}
