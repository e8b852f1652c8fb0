//! A page of plain HTML. Tags and classes are ours and known when this is compiled; every text is foreign and is escaped.

use crate::text::visible;

/// A page in the making.
#[derive(Default)]
pub(super) struct Html(String);

/// A cell of a table.
pub(super) struct Cell {
    class: &'static str,
    text: String,
}

impl Cell {
    /// With a look of its own.
    pub(super) fn of(class: &'static str, text: impl Into<String>) -> Self {
        Self { class, text: text.into() }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { class: "", text }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self { class: "", text: text.to_owned() }
    }
}

impl Html {
    /// A page that may load and run nothing, with its style inside.
    pub(super) fn page(language: &'static str, title: &str, style: &'static str) -> Self {
        let mut page = Self::default();
        page.0.push_str("<!doctype html>\n<html lang=\"");
        page.0.push_str(language);
        page.0.push_str(
            "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n",
        );
        page.leaf("title", "", title);
        page.0.push_str("<style>\n");
        page.0.push_str(style);
        page.0.push_str("</style>\n</head>\n<body>\n");
        page
    }

    /// The page, complete.
    pub(super) fn finish(mut self) -> String {
        self.0.push_str("</body>\n</html>\n");
        self.0
    }

    pub(super) fn open(&mut self, tag: &'static str, class: &'static str) {
        self.0.push('<');
        self.0.push_str(tag);
        if !class.is_empty() {
            self.0.push_str(" class=\"");
            self.0.push_str(class);
            self.0.push('"');
        }
        self.0.push('>');
    }

    pub(super) fn close(&mut self, tag: &'static str) {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push_str(">\n");
    }

    /// An element with nothing but a text.
    pub(super) fn leaf(&mut self, tag: &'static str, class: &'static str, text: &str) {
        self.open(tag, class);
        self.text(text);
        self.close(tag);
    }

    /// Hidden characters are marked, so that a name neither hides nor turns what stands beside it.
    pub(super) fn text(&mut self, text: &str) {
        for character in visible(text).chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                other => self.0.push(other),
            }
        }
    }

    pub(super) fn table(&mut self, class: &'static str, head: &[String], rows: impl IntoIterator<Item = Vec<Cell>>) {
        self.open("table", class);
        if !head.is_empty() {
            self.open("thead", "");
            self.open("tr", "");
            for name in head {
                self.leaf("th", "", name);
            }
            self.close("tr");
            self.close("thead");
        }
        self.open("tbody", "");
        for row in rows {
            self.open("tr", "");
            for cell in row {
                self.leaf("td", cell.class, &cell.text);
            }
            self.close("tr");
        }
        self.close("tbody");
        self.close("table");
    }
}
