//! Secrets taken out of text that leaves this program for a file, a terminal or the window.
//!
//! Two things are looked for: the secrets that this process holds, in every form in which libraries and servers write them
//! (plain, in addresses and forms, in JSON, hexadecimal, base64 at any alignment; also wrapped or split over lines), and
//! whatever calls itself a secret. Neither is a mutable static: whoever holds a secret holds its [`Cover`].

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::forms::Forms;
use super::patterns;
use super::view::View;

/// What stands where a secret stood.
pub const REDACTED: &str = "[redacted]";

/// Knows the secrets that are held now. Clones share them.
#[derive(Clone, Default)]
pub struct Scrubber {
    covered: Arc<Mutex<Covered>>,
}

#[derive(Default)]
struct Covered {
    next: u64,
    secrets: Vec<(u64, Arc<Forms>)>,
}

/// As long as it lives its secret is taken out of text; then the forms that were looked for are wiped.
pub struct Cover {
    scrubber: Scrubber,
    id: u64,
}

impl Scrubber {
    /// Covers a secret. Shorter ones than four bytes cannot be told from other text and are not looked for.
    #[must_use = "the secret is covered only as long as its cover lives"]
    pub fn cover(&self, secret: &str) -> Cover {
        let mut covered = self.held();
        covered.next += 1;
        let id = covered.next;
        covered.secrets.extend(Forms::of(secret).map(|forms| (id, Arc::new(forms))));
        Cover { scrubber: self.clone(), id }
    }

    /// Without the secrets that are held, and without what calls itself a secret: for logs.
    pub fn scrub<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut found = Vec::new();
        patterns::find(text, &mut found);
        self.find(text, &mut found);
        redacted(text, found)
    }

    /// Without the secrets that are held: for words of the platform's, in which `password: …` may be an explanation.
    pub fn without_known<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut found = Vec::new();
        self.find(text, &mut found);
        redacted(text, found)
    }

    fn find(&self, text: &str, found: &mut Vec<Range<usize>>) {
        // Not under the lock: a panic in here is written through here.
        let secrets: Vec<_> = self.held().secrets.iter().map(|(_, forms)| Arc::clone(forms)).collect();
        if secrets.is_empty() {
            return;
        }
        for view in views(text) {
            for forms in &secrets {
                forms.find(&view, found);
            }
        }
    }

    fn held(&self) -> MutexGuard<'_, Covered> {
        self.covered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Cover {
    fn drop(&mut self) {
        self.scrubber.held().secrets.retain(|(id, _)| *id != self.id);
    }
}

impl std::fmt::Debug for Scrubber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scrubber({} secrets)", self.held().secrets.len())
    }
}

impl std::fmt::Debug for Cover {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cover")
    }
}

/// A text without these secrets and without what calls itself a secret.
pub fn scrub(text: &str, secrets: &[&str]) -> String {
    let scrubber = Scrubber::default();
    let _covers: Vec<_> = secrets.iter().map(|secret| scrubber.cover(secret)).collect();
    scrubber.scrub(text).into_owned()
}

/// The text as it may have to be read.
fn views(text: &str) -> Vec<View> {
    let raw = View::of(text);
    let mut views = vec![raw.squeezed()];
    if text.contains(['%', '+']) {
        views.push(raw.without_percent().squeezed());
    }
    if text.contains('&') {
        views.push(raw.without_entities().squeezed());
    }
    if text.contains('\\') {
        let plain = raw.without_backslashes();
        views.push(plain.without_percent().squeezed());
        // A text within a text: JSON in a message that is printed for debugging.
        views.push(plain.without_backslashes().squeezed());
        views.push(plain.squeezed());
    }
    views
}

fn redacted(text: &str, mut found: Vec<Range<usize>>) -> Cow<'_, str> {
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    found.sort_by_key(|range| range.start);
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    for range in found {
        if range.end <= from {
            continue;
        }
        // Ranges end where characters do, except within one that was found in part.
        let start = (0..=range.start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        if start > from || clean.is_empty() {
            clean.push_str(&text[from..start.max(from)]);
            clean.push_str(REDACTED);
        }
        from = (range.end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    }
    clean.push_str(&text[from..]);
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests;
