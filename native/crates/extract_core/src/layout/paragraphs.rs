//! Lines to paragraphs: line ends, blank lines and words broken at line ends.

use super::line::SOFT_HYPHEN;
use super::order::Row;

/// Writes lines, deciding what stands between them.
pub(crate) struct Writer<'o> {
    out: &'o mut String,
    start: usize,
    before: Option<Before>,
    block_starts: bool,
}

/// The line before, as far as the next one depends on it.
struct Before {
    y: f32,
    size: f32,
    x0: f32,
    /// Distance to the line before it, in the same paragraph.
    leading: Option<f32>,
}

/// Lines further apart than this many times the usual distance are of different paragraphs.
const LOOSE: f32 = 1.25;

impl<'o> Writer<'o> {
    pub(crate) fn new(out: &'o mut String) -> Self {
        let start = out.len();
        Self { out, start, before: None, block_starts: true }
    }

    /// The next line has nothing to do with the one before.
    pub(crate) fn start_block(&mut self) {
        self.block_starts = true;
    }

    /// Writes a line and says whether a paragraph starts with it.
    pub(crate) fn line(&mut self, row: &Row, text: &str) -> bool {
        let text = text.trim();
        if text.is_empty() {
            return false;
        }
        let fresh = self.block_starts || row.starts_block;
        self.block_starts = false;
        let mut leading = None;
        let mut starts = true;
        if let Some(before) = &self.before {
            let distance = before.y - row.y;
            let joined = join_broken_word(self.out, self.start, text);
            if let Some(rest) = joined {
                self.out.push_str(text.get(..text.len() - rest.len()).unwrap_or(text));
                let rest = rest.trim_start();
                if !rest.is_empty() {
                    self.out.push('\n');
                    self.out.push_str(rest);
                }
                self.remember(row, (distance > 0.0).then_some(distance));
                return false;
            }
            starts = fresh || starts_paragraph(before, row, distance);
            self.settle_hyphen();
            self.out.push('\n');
            if starts {
                self.out.push('\n');
            } else {
                leading = Some(distance);
            }
        }
        self.out.push_str(text);
        self.remember(row, leading);
        starts
    }

    fn remember(&mut self, row: &Row, leading: Option<f32>) {
        self.before = Some(Before { y: row.y, size: row.size, x0: row.x0, leading });
    }

    /// A soft hyphen that the next line does not go on from is the hyphen that is seen.
    fn settle_hyphen(&mut self) {
        if self.out.ends_with(SOFT_HYPHEN) {
            self.out.pop();
            self.out.push('-');
        }
    }

    pub(crate) fn finish(mut self) {
        self.settle_hyphen();
        if self.out.len() > self.start {
            self.out.push('\n');
        }
    }
}

fn starts_paragraph(before: &Before, row: &Row, distance: f32) -> bool {
    let size = before.size.max(row.size);
    let usual = before.leading.unwrap_or(1.35 * size);
    distance < 0.0
        || distance > LOOSE * usual.max(size)
        || (before.size - row.size).abs() > 0.15 * size
        || (before.leading.is_some() && row.x0 - before.x0 > 0.9 * size)
}

/// When the text ends in a word broken by a hyphen that `next` goes on with, joins the halves and gives what follows the
/// word's second half. A word with a hyphen before the break keeps both: its parts are words (state-of-the-art). Addresses
/// are broken where they have a hyphen.
pub(crate) fn join_broken_word<'t>(out: &mut String, start: usize, next: &'t str) -> Option<&'t str> {
    // Told by the last character for nearly all lines.
    if !out[start..].ends_with(['-', '\u{2010}', SOFT_HYPHEN]) {
        return None;
    }
    let word = out[start..].rsplit(char::is_whitespace).next()?;
    let mut ends = word.chars().rev();
    let hyphen = ends.next()?;
    let letter = ends.next()?;
    let first = next.chars().next()?;
    if !letter.is_alphabetic() || !first.is_lowercase() {
        return None;
    }
    let keeps = is_address(word) || ends.any(|c| matches!(c, '-' | '\u{2010}'));
    if !keeps || hyphen == SOFT_HYPHEN {
        out.pop();
    }
    let end = next.find(char::is_whitespace).unwrap_or(next.len());
    Some(&next[end..])
}

/// Addresses of the web and of mail.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains("www.") || word.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(before: &str, next: &str) -> (String, Option<String>) {
        let mut out = before.to_string();
        let rest = join_broken_word(&mut out, 0, next).map(str::to_string);
        (out, rest)
    }

    #[test]
    fn broken_words_are_joined_and_compounds_keep_their_hyphens() {
        assert_eq!(joined("an exam-", "ple of"), ("an exam".into(), Some(" of".into())));
        assert_eq!(joined("a state-of-the-", "art thing"), ("a state-of-the-".into(), Some(" thing".into())));
        assert_eq!(joined("Anglo-", "Saxon"), ("Anglo-".into(), None));
        assert_eq!(joined("2024-", "2025"), ("2024-".into(), None));
        assert_eq!(joined("(see https://x.org/a-", "page)"), ("(see https://x.org/a-".into(), Some("".into())));
        assert_eq!(joined("at www.two-", "words.org or"), ("at www.two-".into(), Some(" or".into())));
        assert_eq!(joined("www.x.org/\u{AD}a\u{AD}", "b"), ("www.x.org/\u{AD}a".into(), Some("".into())));
    }

    #[test]
    fn wide_white_space_before_the_word() {
        assert_eq!(joined("wide\u{3000}exam-", "ple"), ("wide\u{3000}exam".into(), Some(String::new())));
    }
}
