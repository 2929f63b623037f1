//! What a glyph stands for, in 32 bits: a character, or an index into the document's pool of strings.

use unicode_normalization::UnicodeNormalization;

/// Text of one glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Text(u32);

const POOLED: u32 = 1 << 31;

/// Set on pooled text below U+0590: Latin ligatures, mostly. Keeps pages that hold them off the slow paths.
const LOW: u32 = 1 << 29;

/// Set on pooled text that was given by ActualText, not by a font.
const ACTUAL: u32 = 1 << 30;

impl Text {
    /// Nothing is known about the code.
    pub(crate) const UNKNOWN: Self = Self(0);
    /// Known to show nothing: bidi controls, zero width spaces, empty ActualText.
    pub(crate) const NOTHING: Self = Self(1);

    /// Not looked up yet; never leaves the font layer.
    pub(crate) const UNRESOLVED: Self = Self(2);

    pub(crate) fn char(c: char) -> Self {
        Self(c as u32)
    }

    pub(crate) fn is_unknown(self) -> bool {
        self == Self::UNKNOWN
    }

    pub(crate) fn is_nothing(self) -> bool {
        self == Self::NOTHING
    }

    pub(crate) fn is_space(self) -> bool {
        self.0 == 0x20
    }

    /// The same text, as given by an ActualText entry.
    pub(crate) fn actual(self) -> Self {
        if self.0 & POOLED == 0 { self } else { Self(self.0 | ACTUAL) }
    }

    pub(crate) fn is_actual(self) -> bool {
        self.0 & (POOLED | ACTUAL) == POOLED | ACTUAL
    }

    /// Shows nothing, at either end of a line.
    pub(crate) fn is_blank(self) -> bool {
        self.is_space() || self.is_nothing()
    }

    /// A quick guess that never misses right-to-left or Indic text. Punctuation, symbols and ideographs lie between.
    #[inline]
    pub(crate) fn may_be_rtl(self) -> bool {
        self.0 >= 0x590 && self.0.wrapping_sub(0x2000) >= 0x8000 && self.0 & (POOLED | LOW) != POOLED | LOW
    }

    /// A quick guess that never misses a single ideograph.
    #[inline]
    pub(crate) fn may_be_ideographic(self) -> bool {
        self.0 >= 0x2E80 && self.0 & POOLED == 0
    }

    /// A single character of the Latin, Greek and Cyrillic scripts, as most are; neither unknown nor nothing.
    #[inline]
    pub(crate) fn is_usual(self) -> bool {
        self.0.wrapping_sub(0x20) < 0x570
    }

    /// The byte, where the text is a single visible character of ASCII that never takes part in composing: no spacing accent.
    #[inline(always)]
    pub(crate) fn as_plain_ascii(self) -> Option<u8> {
        (self.0 < 0x80 && PLAIN_ASCII[self.0 as usize & 0x7F]).then_some(self.0 as u8)
    }

    /// The character beyond ASCII, where the text is a single one that never takes part in composing: no mark, no spacing
    /// accent, no part of a cluster. `None` says nothing.
    #[inline(always)]
    pub(crate) fn as_plain_letter(self) -> Option<char> {
        match self.0 {
            // Letters of the Latin, Greek and Cyrillic scripts, quotation marks and dashes, kana, Han, Hangul.
            0xC0..=0x24F
            | 0x386..=0x482
            | 0x48A..=0x52F
            | 0x2010..=0x2027
            | 0x3041..=0x3096
            | 0x30A1..=0x30FA
            | 0x3400..=0x4DBF
            | 0x4E00..=0x9FFF
            | 0xAC00..=0xD7A3 => char::from_u32(self.0),
            _ => None,
        }
    }

    /// The character, where the text is a single one.
    pub(crate) fn as_char(self) -> Option<char> {
        if self.0 > 2 && self.0 & POOLED == 0 { char::from_u32(self.0) } else { None }
    }
}

/// Visible characters of ASCII but for those that are accents set apart.
const PLAIN_ASCII: [bool; 128] = {
    let mut table = [false; 128];
    let mut i = 0x21;
    while i < 0x7F {
        table[i] = !matches!(i as u8, b'`' | b'^' | b'~');
        i += 1;
    }
    table
};

/// Strings of glyphs that stand for more than one character.
#[derive(Default)]
pub(crate) struct TextPool {
    text: String,
    spans: Vec<(u32, u32)>,
}

/// More text than this in ligatures and ActualText of one document is no text.
const MAX_POOL_BYTES: usize = 256 << 20;

impl TextPool {
    /// The text as characters; empty for unknown and nothing.
    pub(crate) fn get(&self, text: Text) -> &str {
        if text.0 & POOLED == 0 {
            return "";
        }
        match self.spans.get((text.0 & !(POOLED | ACTUAL | LOW)) as usize) {
            Some(&(start, end)) => &self.text[start as usize..end as usize],
            None => "",
        }
    }

    /// First and last character.
    pub(crate) fn ends(&self, text: Text) -> Option<(char, char)> {
        if let Some(c) = text.as_char() {
            return Some((c, c));
        }
        let s = self.get(text);
        Some((s.chars().next()?, s.chars().next_back()?))
    }

    pub(crate) fn push_to(&self, text: Text, out: &mut String) {
        match text.as_char() {
            Some(c) => out.push(c),
            None => out.push_str(self.get(text)),
        }
    }

    /// Cleans and stores what a font or an ActualText entry says.
    pub(crate) fn intern(&mut self, source: &str) -> Text {
        let mut chars = source.chars();
        if let (Some(only), None) = (chars.next(), chars.next()) {
            return self.intern_char(only);
        }
        let start = self.text.len();
        if start + source.len() > MAX_POOL_BYTES || self.spans.len() >= LOW as usize {
            return Text::UNKNOWN;
        }
        let mut unknown = false;
        for c in source.chars() {
            match clean(c) {
                Cleaned::Keep(c) => self.text.push(c),
                Cleaned::Expand => push_compatible(c, &mut self.text),
                Cleaned::Drop => {}
                Cleaned::Unknown => unknown = true,
            }
        }
        self.finish(start, unknown)
    }

    /// Text that is found out later, by [`Self::fill`]; empty until then.
    pub(crate) fn reserve(&mut self) -> Text {
        if self.spans.len() >= LOW as usize {
            return Text::NOTHING;
        }
        self.spans.push((0, 0));
        Text(POOLED | (self.spans.len() as u32 - 1))
    }

    /// Gives reserved text its characters.
    pub(crate) fn fill(&mut self, reserved: Text, source: &str) {
        let start = self.text.len();
        if reserved.0 & POOLED != 0
            && start + source.len() <= MAX_POOL_BYTES
            && let Some(span) = self.spans.get_mut((reserved.0 & !(POOLED | ACTUAL | LOW)) as usize)
        {
            self.text.push_str(source);
            *span = (start as u32, self.text.len() as u32);
        }
    }

    fn intern_char(&mut self, c: char) -> Text {
        match clean(c) {
            Cleaned::Keep(c) => Text::char(c),
            Cleaned::Drop => Text::NOTHING,
            Cleaned::Unknown => Text::UNKNOWN,
            Cleaned::Expand => {
                let start = self.text.len();
                push_compatible(c, &mut self.text);
                self.finish(start, false)
            }
        }
    }

    fn finish(&mut self, start: usize, unknown: bool) -> Text {
        let added = &self.text[start..];
        let mut chars = added.chars();
        match (chars.next(), chars.next()) {
            (None, _) => {
                if unknown {
                    Text::UNKNOWN
                } else {
                    Text::NOTHING
                }
            }
            (Some(only), None) => {
                self.text.truncate(start);
                Text::char(only)
            }
            _ => {
                let low = if self.text[start..].chars().all(|c| (c as u32) < 0x590) { LOW } else { 0 };
                self.spans.push((start as u32, self.text.len() as u32));
                Text(POOLED | low | (self.spans.len() as u32 - 1))
            }
        }
    }
}

enum Cleaned {
    Keep(char),
    /// A presentation form: stands for its compatibility decomposition.
    Expand,
    Drop,
    Unknown,
}

fn clean(c: char) -> Cleaned {
    match c as u32 {
        0x09..=0x0D | 0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000 => {
            Cleaned::Keep(' ')
        }
        0..=0x1F | 0x7F..=0x9F => Cleaned::Unknown,
        // Zero width and bidi controls; the joiners carry meaning in Persian and Indic text and stay.
        0x200B | 0x200E | 0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFE00..=0xFE0F => Cleaned::Drop,
        0x2E80..=0x2FDF | 0xFB00..=0xFB06 | 0xFB13..=0xFDFF | 0xFE70..=0xFEFC => Cleaned::Expand,
        0xFFFD..=0xFFFF | 0xFFF0..=0xFFFB => Cleaned::Unknown,
        // Bullets and ticks of Symbol and Wingdings, as writers put them into ToUnicode.
        0xF0B7 => Cleaned::Keep('•'),
        0xF0A7 => Cleaned::Keep('▪'),
        0xF0D8 => Cleaned::Keep('➢'),
        0xF0E0 => Cleaned::Keep('→'),
        0xF0FC => Cleaned::Keep('✓'),
        // Other private characters mean something only to their font.
        0xE000..=0xF8FF => Cleaned::Unknown,
        _ => Cleaned::Keep(c),
    }
}

fn push_compatible(c: char, out: &mut String) {
    let mut decomposed = String::new();
    decomposed.extend(std::iter::once(c).nfkc());
    // Isolated marks decompose to a space and the mark.
    let mark = decomposed.strip_prefix(' ').filter(|rest| !rest.is_empty());
    out.push_str(mark.unwrap_or(&decomposed));
}

/// Whether the character combines with the one before it.
pub(crate) fn is_mark(c: char) -> bool {
    (c as u32) >= 0x300 && unicode_normalization::char::is_combining_mark(c)
}

/// Scripts written without spaces between words, where a gap is no sign of a word's end.
pub(crate) fn is_ideographic(c: char) -> bool {
    matches!(c as u32, 0x2E80..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

/// Hebrew, Arabic and the other right-to-left scripts, letters and marks.
pub(crate) fn is_rtl(c: char) -> bool {
    matches!(c as u32, 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
        && !matches!(c as u32, 0x660..=0x669 | 0x6F0..=0x6F9 | 0x600..=0x605)
}

#[cfg(test)]
mod tests {
    use super::super::accents;
    use super::*;

    #[test]
    fn plain_characters_compose_with_nothing() {
        let plain = |text: Text| text.as_plain_ascii().map(char::from).or(text.as_plain_letter());
        for c in (0..0x1_0000).map(Text).filter_map(plain) {
            assert!(!is_mark(c) && accents::combining(c).is_none() && !c.is_whitespace() && !c.is_control(), "{c:?}");
        }
        assert!([Text::UNKNOWN, Text::NOTHING, Text(POOLED | 0x41)].into_iter().all(|text| plain(text).is_none()));
    }

    fn text(source: &str) -> String {
        let mut pool = TextPool::default();
        let text = pool.intern(source);
        let mut out = String::new();
        pool.push_to(text, &mut out);
        out
    }

    #[test]
    fn presentation_forms_and_controls() {
        assert_eq!(text("\u{FB03}"), "ffi");
        assert_eq!(text("\u{FEFB}"), "\u{644}\u{627}");
        assert_eq!(text("a\u{200E}b"), "ab");
        assert_eq!(text("\u{2F00}"), "\u{4E00}");
        assert_eq!(text("\u{A0}"), " ");
        assert_eq!(TextPool::default().intern("\u{FFFE}"), Text::UNKNOWN);
        assert_eq!(TextPool::default().intern("\0"), Text::UNKNOWN);
        assert_eq!(TextPool::default().intern("\u{200B}"), Text::NOTHING);
    }
}
