//! Foreign text made fit to be looked at. A server, a certificate or a file may hold anything: what moves a cursor, turns
//! the direction of its neighbours or has no picture of its own must not reach a screen, a terminal or a log.

/// What stands for a character that must not be shown.
const MARK: char = '\u{fffd}';

/// Whether a character is not what it looks like: controls, soft hyphen, zero-width and direction marks, separators of
/// lines, byte order mark, tags. The same set is in `ui/shared/visibleText.ts`.
pub const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// A name on one line: every hidden character is marked, so that two different names never look the same.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { MARK } else { c }).collect()
}

/// A sentence of somebody else's on one line, at most `longest` characters: line ends and tabs become blanks, other hidden
/// characters are marked.
pub fn sentence(text: &str, longest: usize) -> String {
    let mark = |c| match c {
        '\t' | '\n' | '\r' => ' ',
        c if is_hidden(c) => MARK,
        c => c,
    };
    text.trim().chars().take(longest).map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_hidden_reaches_a_screen() {
        assert_eq!(visible("a\n\u{1b}[31m\u{202e}b"), "a\u{fffd}\u{fffd}[31m\u{fffd}b");
        assert_eq!(sentence(" one\r\ntwo\u{7}\u{2066} ", 100), "one  two\u{fffd}\u{fffd}");
        assert_eq!(sentence("日本語", 2), "日本", "cut between characters");
    }

    proptest! {
        #[test]
        fn whatever_is_said_fits_one_line(text in any::<String>(), longest in 0_usize..50) {
            prop_assert!(!visible(&text).chars().any(is_hidden));
            let said = sentence(&text, longest);
            prop_assert!(!said.chars().any(is_hidden) && said.chars().count() <= longest);
        }

        #[test]
        fn what_is_not_hidden_stays(text in "[a-zA-Z0-9あ-ん漢字 .,:/-]{0,40}") {
            prop_assert_eq!(visible(&text), text);
        }
    }
}
