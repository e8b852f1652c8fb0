//! A file that is looked at first, and what of it is saved then.

use std::path::Path;

use super::*;

impl Desk {
    fn importing(&self) -> Importing {
        Importing::new(self.connections.clone())
    }

    fn names(&self) -> Vec<String> {
        self.connections.list().expect("read").connections.into_iter().map(|it| it.name).collect()
    }

    /// The file of a colleague who has saved these.
    async fn file_with(&self, drafts: Vec<ConnectionDraft>) -> PathBuf {
        let sender = desk();
        for draft in drafts {
            sender.save(draft, "canary").await.expect("saved");
        }
        let path = self.file.with_file_name("from-a-colleague.json");
        let written = sender.connections.export_to(&path).expect("written");
        assert_eq!(Path::new(&written.path), path);
        path
    }
}

fn ids(preview: &ImportPreview) -> Vec<ConnectionId> {
    preview.connections.iter().map(|it| it.connection.id.clone()).collect()
}

#[tokio::test]
async fn what_is_saved_is_what_was_looked_at_whatever_becomes_of_the_file() {
    let desk = desk();
    let importing = desk.importing();
    let path = desk.file_with(vec![draft("night", "https://ita.example"), draft("day", "https://day.example")]).await;
    let preview = importing.look_at(&path).expect("one of ours");
    assert_eq!((Path::new(&preview.path), desk.names().len()), (path.as_path(), 0), "looking saves nothing");

    let text = std::fs::read_to_string(&path).expect("text");
    std::fs::write(&path, text.replace("ita.example", "evil.example")).expect("written");
    let saved = importing.import(&ids(&preview)[..1]).expect("imported");
    assert_eq!(saved, [preview.connections[0].connection.clone()]);
    assert_eq!(desk.connections.list().expect("read").connections, saved, "what was not chosen is not there");
    assert_eq!(saved[0].address, "https://ita.example");
    assert_eq!(desk.kept(&saved[0]).await, None, "its password has to be asked for");
}

#[tokio::test]
async fn each_is_told_by_its_name_and_by_what_it_would_trust() {
    let desk = desk();
    let ca = desk.file.with_file_name("ca.pem");
    std::fs::write(&ca, "").expect("written");
    let ca_file = |path: &str| CertificatePolicy::CaFile { path: path.to_owned() };
    let with_ca =
        |name: &str, path: &str| ConnectionDraft { certificate: ca_file(path), ..draft(name, "https://ita.example") };
    desk.save(draft("same", "https://same.example"), "own").await.expect("saved");
    desk.save(draft("other", "https://own.example"), "own").await.expect("saved");
    let path = desk
        .file_with(vec![
            draft("same", "https://same.example"),
            draft("other", "https://other.example"),
            draft("plain", "http://ita.example:81"),
            draft("own machine", "http://127.0.0.1:81"),
            with_ca("ca", ca.to_str().expect("text")),
            with_ca("ca lacks", ca.with_file_name("none.pem").to_str().expect("text")),
            with_ca("ca on a share", r"\\files.example\team\ca.pem"),
            with_ca("ca on another", "//files.example/team/ca.pem"),
        ])
        .await;
    let preview = desk.importing().look_at(&path).expect("one of ours");
    let told: Vec<_> = preview
        .connections
        .iter()
        .map(|it| (it.name.as_str(), it.connection.name.as_str(), it.standing, it.is_plain, it.lacks_ca_file))
        .collect();
    assert_eq!(
        told,
        [
            ("same", "same (2)", NameStanding::AlreadySaved, false, false),
            ("other", "other (2)", NameStanding::Taken, false, false),
            ("plain", "plain", NameStanding::Free, true, false),
            ("own machine", "own machine", NameStanding::Free, false, false),
            ("ca", "ca", NameStanding::Free, false, false),
            ("ca lacks", "ca lacks", NameStanding::Free, false, true),
            ("ca on a share", "ca on a share", NameStanding::Free, false, false),
            ("ca on another", "ca on another", NameStanding::Free, false, false),
        ]
    );
}

#[tokio::test]
async fn a_name_stays_as_it_was_told_whichever_others_are_chosen() {
    let desk = desk();
    let importing = desk.importing();
    let path = desk.file_with(vec![draft("night", "https://one.example"), draft("day", "https://two.example")]).await;
    let text = std::fs::read_to_string(&path).expect("text");
    std::fs::write(&path, text.replace("day", "night")).expect("written");
    let preview = importing.look_at(&path).expect("one of ours");
    assert_eq!(preview.connections[1].standing, NameStanding::Taken, "by one that came earlier in the file");
    importing.import(&ids(&preview)[1..]).expect("imported");
    assert_eq!(desk.names(), ["night (2)"]);
}

#[tokio::test]
async fn only_the_file_that_was_looked_at_last_can_be_imported_and_only_once() {
    let desk = desk();
    let importing = desk.importing();
    let is_refused = |chosen: &[ConnectionId]| {
        let problem = importing.import(chosen).expect_err("not in the file");
        assert_eq!(problem.code, ProblemCode::BadArgument);
    };
    let path = desk.file_with(vec![draft("night", "https://ita.example")]).await;
    let first = ids(&importing.look_at(&path).expect("one of ours"));
    let second = ids(&importing.look_at(&path).expect("one of ours"));
    is_refused(&first);
    importing.import(&second).expect("imported");
    is_refused(&second);

    let third = ids(&importing.look_at(&path).expect("one of ours"));
    std::fs::write(&path, "{}").expect("written");
    let problem = importing.look_at(&path).expect_err("no such file");
    assert_eq!(problem.code, ProblemCode::ImportRefused);
    is_refused(&third);
    assert_eq!(desk.names(), ["night"]);
}

#[tokio::test]
async fn an_import_that_fails_saves_nothing_and_can_be_tried_again() {
    let desk = desk();
    let importing = desk.importing();
    let path = desk.file_with(vec![draft("night", "https://ita.example")]).await;
    let chosen = ids(&importing.look_at(&path).expect("one of ours"));
    let newer = serde_json::json!({ "version": 9, "connections": [] }).to_string();
    std::fs::write(&desk.file, newer).expect("written");
    let problem = importing.import(&chosen).expect_err("a newer version writes there");
    assert_eq!(problem.code, ProblemCode::SettingsNewer);
    std::fs::remove_file(&desk.file).expect("removed");
    importing.import(&chosen).expect("imported");
    assert_eq!(desk.names(), ["night"]);
}

#[tokio::test]
async fn an_export_is_whole_or_not_there() {
    let desk = desk();
    desk.save(draft("night", "https://ita.example"), "canary").await.expect("saved");
    let path = desk.file.with_file_name("list.json");
    std::fs::write(&path, "old").expect("written");
    let written = desk.connections.export_to(&path).expect("written");
    assert_eq!(written, ConnectionsExport { path: path.display().to_string(), count: 1 });
    let text = std::fs::read_to_string(&path).expect("text");
    assert_eq!(text, desk.connections.export().expect("the same list"));
    assert!(!text.contains("canary"), "{text}");

    let nowhere = path.with_file_name("nowhere").join("list.json");
    let problem = desk.connections.export_to(&nowhere).expect_err("no such folder");
    assert_eq!(problem.code, ProblemCode::FileNotWritten);
    assert!(problem.facts.reason.is_some_and(|reason| reason.contains("nowhere")));
}
