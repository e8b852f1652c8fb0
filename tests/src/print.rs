//! A page on paper: printed by a browser as a person does it, into a file.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::desktop::Desktop;
use crate::file_dialog;
use crate::program;
use crate::wait::{until_true, LIMIT};
use crate::window::Window;

/// The small browser that comes with `WebKitGTK`, below a folder for the machine's kind.
const BROWSER: &str = "webkit2gtk-4.1/MiniBrowser";

/// What came out of the printer.
#[derive(Debug)]
pub struct Paper {
    file: PathBuf,
}

impl Paper {
    /// Prints a page. `WebKitGTK` prints into a file in the home where there is no printer.
    pub async fn of(desktop: &Desktop, page: &Path) -> Self {
        let file = desktop.home().join("output.pdf");
        let _ = std::fs::remove_file(&file); // of an earlier page
        let browser = program::of_system(BROWSER).expect("WebKitGTK is installed (`npm run setup`)");
        let browser = Window::open_program(desktop, &browser, &["--automation"]).await;
        browser.web().goto(format!("file://{}", page.display())).await.expect("the page opens");
        desktop.enter_window("^.Automation.");
        file_dialog::print(desktop).await;
        let is_whole = || std::fs::read(&file).is_ok_and(|paper| paper.trim_ascii_end().ends_with(b"%%EOF"));
        until_true("it is printed", LIMIT, async || is_whole()).await;
        browser.close().await;
        Self { file }
    }

    /// Its pages, and their size in points.
    pub fn pages(&self) -> (u32, String) {
        let output = Command::new("pdfinfo").arg(&self.file).output().expect(POPPLER);
        let told = String::from_utf8(output.stdout).expect("UTF-8");
        let value =
            |key: &str| told.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().trim().to_owned();
        (value("Pages:").parse().expect("a number"), value("Page size:"))
    }

    /// Its words.
    pub fn text(&self) -> String {
        let output = Command::new("pdftotext").arg("-layout").arg(&self.file).arg("-").output().expect(POPPLER);
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Writes a picture of its first page to `<stem>.png`.
    pub fn picture(&self, stem: &Path) {
        let arguments = ["-png", "-r", "110", "-singlefile"];
        let status = Command::new("pdftoppm").args(arguments).arg(&self.file).arg(stem).status();
        assert!(status.expect(POPPLER).success(), "a picture of the paper");
    }
}

/// Checks that no letter of a page is missing on the paper. Which letter a glyph is taken for is the font's affair (digits of
/// some are none), so they are counted.
pub fn assert_whole(html: &str, paper: &str, what: &str) {
    let (_, body) = html.split_once("<body>").expect("a page");
    let shown: String = body.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect();
    let (shown, printed) = (letters(&shown.replace("&#39;", "'")), letters(paper));
    assert!(printed >= shown, "{what}: {printed} of {shown} letters are on the paper\n{paper}");
}

fn letters(text: &str) -> usize {
    let counts = text.chars().map(|letter| match letter {
        'ﬃ' | 'ﬄ' => 3,
        'ﬀ' | 'ﬁ' | 'ﬂ' => 2,
        _ => usize::from(!letter.is_whitespace() && !letter.is_ascii_digit()),
    });
    counts.sum()
}

const POPPLER: &str = "poppler-utils is installed (`npm run setup`)";
