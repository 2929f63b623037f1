//! The text of one row: words by measured gaps, cells by wide ones, accents on their letters, logical order.

use super::accents;
use super::bidi;
use super::characters::{Text, TextPool, is_ideographic, is_mark};
use super::glyphs::{Glyph, PageGlyphs};
use super::indic;
use super::order::Row;
use super::pieces::Piece;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A gap of this many ems parts words. Kerning stays below it; the narrowest word spaces of justified text are above.
const WORD_GAP: f32 = 0.15;

/// Where ideographs meet, only a gap this wide is meant: justification spreads them.
const IDEOGRAPH_GAP: f32 = 0.6;

/// The same where letters step down and blanks are shown between words.
const CASCADE_GAP: f32 = 1.2;

/// A gap of this many ems parts cells.
const CELL_GAP: f32 = 1.8;

/// Buffers kept between lines.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(crate) text: String,
    units: Vec<bidi::Unit>,
}

/// Writes the text of `row` to `scratch.text`.
pub(crate) fn write(row: &Row, page: &PageGlyphs, pool: &TextPool, rtl: bool, scratch: &mut Scratch) {
    scratch.text.clear();
    let rtl_inside = row.pieces.iter().any(|piece| piece.rtl);
    if rtl_inside {
        write_mixed(row, page, pool, rtl, scratch);
    } else {
        write_ltr(row, page, pool, &mut scratch.text);
    }
    if may_hold_leader(scratch.text.as_bytes()) {
        drop_leaders(&mut scratch.text);
    }
    if !scratch.text.is_ascii() {
        if scratch.text.contains(SOFT_HYPHEN) {
            settle_soft_hyphens(&mut scratch.text);
        }
        normalize(&mut scratch.text);
    }
}

pub(crate) fn normalize(text: &mut String) {
    if !is_composed(text) && is_nfc_quick(text.chars()) != IsNormalized::Yes {
        *text = text.nfc().collect();
    }
}

/// Says where a word may be broken. Text holds none: [`settle_soft_hyphens`].
pub(crate) const SOFT_HYPHEN: char = '\u{AD}';

/// Inside a word a soft hyphen is nothing, at the end of one it is the hyphen that is seen. The one at the end of the line
/// stays: the next line tells.
fn settle_soft_hyphens(line: &mut String) {
    let mut settled = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == SOFT_HYPHEN => {
                if !next.is_alphanumeric() && *next != SOFT_HYPHEN {
                    settled.push('-');
                }
            }
            _ => settled.push(c),
        }
    }
    *line = settled;
}

/// A quick guess that never takes text outside NFC for composed: ASCII, Latin letters with their accents, Cyrillic letters,
/// most ideographs and the usual punctuation, told by their first bytes in UTF-8.
fn is_composed(text: &str) -> bool {
    text.is_ascii() || {
        let bytes = text.as_bytes();
        bytes.iter().enumerate().all(|(at, first)| match first {
            // U+0080 to U+02FF, U+03C0 to U+047F, U+0680 to U+06BF, U+4000 to U+9FFF; what follows a first byte is below 0xC0.
            ..0xCC | 0xCF..=0xD1 | 0xDA | 0xE4..=0xE9 => true,
            // The rest of Greek and Arabic, but for their marks.
            0xCE => bytes.get(at + 1) != Some(&0x87),
            0xD8 => bytes.get(at + 1).is_some_and(|second| *second >= 0x9B),
            0xD9 => matches!(bytes.get(at + 1), Some(0x80..=0x8A | 0xA0..=0xAF)),
            0xDB => matches!(bytes.get(at + 1), Some(0x80..=0x95 | 0xAE..=0xBF)),
            // U+2002 to U+203F, U+3000 to U+3029, U+3040 to U+307F, U+30C0 to U+30FF, U+FF00 to U+FFFF.
            0xE2 => matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x82..=0xBF])),
            0xE3 => matches!(bytes.get(at + 1..at + 3), Some([0x80, ..=0xA9] | [0x81 | 0x83, _])),
            0xEF => bytes.get(at + 1).is_some_and(|second| *second >= 0xBC),
            _ => false,
        })
    }
}

/// Fewest dots that are a leader.
const FEWEST_DOTS: usize = 4;

/// A quick guess that never misses a leader: enough bytes that could be of one after a dot.
fn may_hold_leader(line: &[u8]) -> bool {
    memchr::memchr_iter(b'.', line).any(|dot| {
        // Bytes of the other dots in UTF-8 count as dots: too many are found, never too few.
        let run =
            line[dot..].iter().take_while(|b| matches!(b, b'.' | b' ' | b'\t' | 0x80 | 0xA4 | 0xB7 | 0xC2 | 0xE2));
        run.filter(|b| !matches!(b, b' ' | b'\t')).nth(FEWEST_DOTS - 1).is_some()
    })
}

/// Rows of dots that lead the eye across a table of contents part cells; they are no text.
fn drop_leaders(line: &mut String) {
    let is_leader = |c: char| matches!(c, '.' | ' ' | '\t' | '\u{2024}' | '\u{B7}');
    let mut kept = String::new();
    let (mut copied, mut from) = (0, 0);
    while let Some(found) = line[from..].find('.') {
        let dots = from + found;
        let end = line[dots..].find(|c| !is_leader(c)).map_or(line.len(), |n| dots + n);
        let count = line[dots..end].chars().filter(|c| !c.is_whitespace()).count();
        if count >= FEWEST_DOTS {
            kept.push_str(line[copied..dots].trim_end_matches(is_leader));
            kept.push('\t');
            copied = end;
        }
        from = end;
    }
    if copied > 0 {
        kept.push_str(&line[copied..]);
        *line = kept;
    }
}

/// The piece is the one before it drawn once more for a bold or shadowed look.
pub(crate) fn repeats(before: &Piece, piece: &Piece, page: &PageGlyphs) -> bool {
    let near = 0.25 * piece.size;
    before.end - before.start == piece.end - piece.start
        && (before.x0 - piece.x0).abs() < near
        && (before.y - piece.y).abs() < near
        && (before.x1 - piece.x1).abs() < 2.0 * near
        && glyphs_of(before, page).iter().zip(glyphs_of(piece, page)).all(|(a, b)| a.text == b.text)
}

fn glyphs_of<'p>(piece: &Piece, page: &'p PageGlyphs) -> &'p [Glyph] {
    &page.glyphs[piece.start as usize..piece.end as usize]
}

fn write_ltr(row: &Row, page: &PageGlyphs, pool: &TextPool, out: &mut String) {
    let mut line = Line { out, pool, end: f32::NEG_INFINITY, blank: false, last: None, cluster: Cluster::default() };
    let mut pending_accent: Option<(Glyph, char)> = None;
    for (i, piece) in row.pieces.iter().enumerate() {
        if i > 0 && repeats(&row.pieces[i - 1], piece, page) {
            continue;
        }
        // Most gaps are narrow and most wide ones hold a blank: what they are measured by is seldom asked for.
        let usual_gap = WORD_GAP * piece.size;
        let mut measured = None;
        let mut is_word_gap =
            |gap: f32| gap > usual_gap && gap > *measured.get_or_insert_with(|| word_gap(row, i, page));
        line.blank = false;
        if i > 0 && start_of_cell_line(&row.pieces[i - 1], piece, line.out) {
            line.end = piece.x0;
        } else if i > 0 {
            // Wrong widths hide gaps: a blank shown between two pieces and cut off from both still parts them.
            line.blank = only_blanks_between(&row.pieces[i - 1], piece, page)
                || (i == 1 && is_note_mark(&row.pieces[0], piece, page, pool));
        }
        for glyph in glyphs_of(piece, page) {
            if glyph.text.is_space() {
                line.blank = true;
                continue;
            }
            let gap = glyph.x0 - line.end;
            if pending_accent.is_none() {
                if let Some(byte) = glyph.text.as_plain_ascii() {
                    line.plain(char::from(byte), glyph, gap, piece.size, &mut is_word_gap);
                    continue;
                }
                if let Some(c) = glyph.text.as_plain_letter() {
                    line.plain(c, glyph, gap, piece.size, &mut is_word_gap);
                    continue;
                }
            }
            let over = glyph.x1 - glyph.x0 < 0.02 * piece.size || gap < -0.1 * piece.size;
            if line.blank {
                line.cluster = Cluster::default();
            }
            if (line.blank || is_word_gap(gap)) && !line.out.is_empty() && !line.cluster.goes_on(glyph.text, over, pool)
            {
                part(gap, line.blank, piece.size, glyph.text, pool, line.out);
            }
            line.blank = false;
            if line.last.is_some_and(|before| is_shown_again(before, glyph)) {
                continue;
            }
            if glyph.text.is_nothing() || line.cluster.goes_on(glyph.text, over, pool) {
                line.end = line.end.max(glyph.x1);
                continue;
            }
            match glyph.text.as_char() {
                Some(c) => push_accented(c, glyph, line.last, &mut pending_accent, line.out),
                None if glyph.text.is_unknown() => line.out.push('\u{FFFD}'),
                None => push_pooled(pool.get(glyph.text), line.out),
            }
            line.cluster = Cluster::new(glyph.text);
            line.last = Some(glyph);
            line.end = if gap < 0.0 { line.end.max(glyph.x1) } else { glyph.x1 };
        }
    }
    if let Some((_, accent)) = pending_accent {
        line.out.push(accent);
    }
}

/// A line as far as it is written.
struct Line<'p, 'o> {
    out: &'o mut String,
    pool: &'p TextPool,
    /// Where the glyphs so far end.
    end: f32,
    /// A blank was shown since the last glyph.
    blank: bool,
    last: Option<&'p Glyph>,
    cluster: Cluster,
}

impl<'p> Line<'p, '_> {
    /// Writes a character that never takes part in composing, as most are.
    #[inline(always)]
    fn plain(&mut self, c: char, glyph: &'p Glyph, gap: f32, size: f32, is_word_gap: &mut impl FnMut(f32) -> bool) {
        if (self.blank || is_word_gap(gap)) && !self.out.is_empty() {
            part(gap, self.blank, size, glyph.text, self.pool, self.out);
        }
        self.blank = false;
        if self.last.is_some_and(|before| is_shown_again(before, glyph)) {
            return;
        }
        self.out.push(c);
        self.cluster = Cluster::default();
        self.last = Some(glyph);
        self.end = if gap < 0.0 && glyph.x1 < self.end { self.end } else { glyph.x1 };
    }
}

/// Whether the content shows blanks, and nothing else, between two pieces that overlap, and goes on behind them.
fn only_blanks_between(before: &Piece, piece: &Piece, page: &PageGlyphs) -> bool {
    let between = page.glyphs.get(before.end as usize..piece.start as usize).unwrap_or_default();
    let least = WORD_GAP * piece.size;
    let goes_on = piece.x0 < before.x1 - least && between.first().is_some_and(|blank| piece.x0 - blank.x0 > least);
    goes_on && between.len() < 8 && between.iter().all(|glyph| glyph.text.is_space())
}

/// The same glyph drawn twice for a bold look.
#[inline]
fn is_shown_again(before: &Glyph, glyph: &Glyph) -> bool {
    before.text == glyph.text && (before.x0 - glyph.x0).abs() < 0.2 * (glyph.x1 - glyph.x0)
}

/// Several glyphs that are one cluster, where the font names each of them with the text of all.
#[derive(Default)]
struct Cluster {
    first: Option<Text>,
}

impl Cluster {
    fn new(text: Text) -> Self {
        Self { first: text.as_char().is_none().then_some(text) }
    }

    /// Whether the glyph is one more part of the cluster. The cluster's first glyph opens a new one with the same text, and
    /// so does ActualText that is not set over what precedes it.
    fn goes_on(&self, text: Text, over: bool, pool: &TextPool) -> bool {
        let Some(first) = self.first else { return false };
        if first == text || text.as_char().is_some() || (text.is_actual() && !over) {
            return false;
        }
        let named = pool.get(text);
        named == pool.get(first) && named.chars().any(|c| is_mark(c) || indic::is_indic(c))
    }
}

/// Inside a row of wrapped cells a piece may go on below the one before it, or start the next cell.
fn start_of_cell_line(before: &Piece, piece: &Piece, out: &mut String) -> bool {
    if (before.y - piece.y).abs() < 0.6 * piece.size {
        return false;
    }
    out.push(if piece.x0 < before.x1 { ' ' } else { '\t' });
    true
}

/// Whether `mark` is the number of a note or an address, raised or smaller than the word it stands directly before. What
/// has fewer letters may be the symbol of an isotope.
pub(crate) fn is_note_mark(mark: &Piece, word: &Piece, page: &PageGlyphs, pool: &TextPool) -> bool {
    const FEWEST_LETTERS: usize = 3;
    let set_off = mark.size < 0.85 * word.size || mark.y - word.y > 0.2 * word.size;
    let is_digit = |glyph: &Glyph| glyph.text.as_char().is_some_and(|c| c.is_ascii_digit());
    let is_letter = |glyph: &Glyph| match pool.ends(glyph.text) {
        Some((first, last)) => [first, last].iter().all(|c| c.is_alphabetic() && !is_ideographic(*c)),
        None => false,
    };
    set_off
        && (1..=3).contains(&(mark.end - mark.start))
        && glyphs_of(mark, page).iter().all(is_digit)
        && glyphs_of(word, page).iter().take_while(|glyph| is_letter(glyph)).nth(FEWEST_LETTERS - 1).is_some()
}

/// The gap that parts words in a piece of a row. Of the few letters of a short word in spaced-out text none tells, but the
/// words beside it in the same size do.
pub(crate) fn word_gap(row: &Row, at: usize, page: &PageGlyphs) -> f32 {
    let Some(piece) = row.pieces.get(at) else { return f32::MAX };
    if piece.end - piece.start >= FEWEST_SPACED {
        return own_word_gap(piece, page);
    }
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| row.pieces.get(at));
    let alike = beside.filter(|other| (other.size - piece.size).abs() < 0.05 * piece.size);
    alike.map(|other| own_word_gap(other, page)).fold(WORD_GAP * piece.size, f32::max)
}

/// Letters apart in fewer glyphs than this are not taken for spaced-out text.
const FEWEST_SPACED: u32 = 4;

/// The gap that parts words in a piece. In spaced-out text, where nearly all letters stand apart, it is a wider one.
fn own_word_gap(piece: &Piece, page: &PageGlyphs) -> f32 {
    let usual = WORD_GAP * piece.size;
    let glyphs = glyphs_of(piece, page);
    if glyphs.len() < FEWEST_SPACED as usize {
        return usual;
    }
    // Nearly every piece ends here: the gaps are many, the wide ones few.
    let wide = glyphs.windows(2).filter(|pair| pair[1].x0 - pair[0].x1 > usual).count();
    if wide * 3 < glyphs.len() {
        return usual;
    }
    let is_letter = |glyph: &Glyph| glyph.text.as_char().is_some_and(char::is_alphanumeric);
    let (mut pairs, mut apart) = (0, 0);
    for pair in glyphs.windows(2) {
        if is_letter(&pair[0]) && is_letter(&pair[1]) {
            pairs += 1;
            apart += usize::from(pair[1].x0 - pair[0].x1 > usual);
        }
    }
    if pairs < 3 || apart * 3 < pairs * 2 {
        return usual;
    }
    let letters = glyphs.windows(2).filter(|pair| is_letter(&pair[0]) && is_letter(&pair[1]));
    let mut gaps: Vec<f32> = letters.map(|pair| pair[1].x0 - pair[0].x1).collect();
    gaps.sort_by(f32::total_cmp);
    (1.8 * gaps[gaps.len() / 2]).max(usual)
}

/// Writes what stands between two words.
fn part(gap: f32, blank: bool, size: f32, next: Text, pool: &TextPool, out: &mut String) {
    if gap > CELL_GAP * size {
        out.push('\t');
        return;
    }
    if blank || next.as_char().is_some_and(|c| c.is_ascii()) {
        out.push(' ');
        return;
    }
    let before = out.chars().next_back().unwrap_or(' ');
    let after = pool.ends(next).map_or(' ', |(first, _)| first);
    let same_cluster = is_mark(after) && !indic::is_left_sign(after);
    let spread = is_ideographic(before) && is_ideographic(after) && gap < IDEOGRAPH_GAP * size;
    if !same_cluster && !spread {
        out.push(' ');
    }
}

fn push_pooled(text: &str, out: &mut String) {
    if indic::is_reph(text) {
        indic::push_reph(text, out);
    } else {
        out.push_str(text);
    }
}

/// Pushes a character, putting an accent that was shown apart on the letter it stands over or under.
fn push_accented(c: char, glyph: &Glyph, last: Option<&Glyph>, pending: &mut Option<(Glyph, char)>, out: &mut String) {
    let centered = |a: &Glyph, b: &Glyph| {
        let width = (a.x1 - a.x0).max(b.x1 - b.x0).max(0.1);
        (a.x0 + a.x1 - b.x0 - b.x1).abs() < 0.7 * width
    };
    if let Some((accent_glyph, accent)) = pending.take() {
        match (accents::base(c), accents::combining(accent)) {
            (Some(base), Some(mark)) if centered(&accent_glyph, glyph) => {
                out.push(base);
                out.push(mark);
                return;
            }
            _ => out.push(accent),
        }
    }
    let Some(mark) = accents::combining(c) else {
        out.push(c);
        return;
    };
    if let Some(before) = last
        && centered(before, glyph)
        && let Some(base) = out.chars().next_back().and_then(accents::base)
    {
        out.pop();
        out.push(base);
        out.push(mark);
        return;
    }
    *pending = Some((*glyph, c));
}

fn unit(glyph: &Glyph, piece: &Piece, shown: Option<u32>, mark: bool) -> bidi::Unit {
    bidi::Unit { x0: glyph.x0, x1: glyph.x1, text: glyph.text, size: piece.size, mark, shown }
}

fn write_mixed(row: &Row, page: &PageGlyphs, pool: &TextPool, rtl: bool, scratch: &mut Scratch) {
    let units = &mut scratch.units;
    units.clear();
    for (i, piece) in row.pieces.iter().enumerate() {
        if i > 0 && repeats(&row.pieces[i - 1], piece, page) {
            continue;
        }
        for (at, glyph) in (piece.start..).zip(glyphs_of(piece, page)).filter(|(_, glyph)| !glyph.text.is_nothing()) {
            let mark = pool.ends(glyph.text).is_some_and(|(first, _)| is_mark(first));
            units.push(unit(glyph, piece, page.cascades.then_some(at), mark));
        }
        // Words whose letters step down reach over the gap before the next word: the blanks cut off there still part them.
        if !page.cascades {
            continue;
        }
        for (at, edge) in [(piece.start.checked_sub(1), piece.x0), (Some(piece.end), piece.x1)] {
            let glyph = at.and_then(|at| page.glyphs.get(at as usize));
            if let Some(glyph) = glyph.filter(|glyph| glyph.text.is_space())
                && (glyph.x0 - edge).abs().min((glyph.x1 - edge).abs()) < piece.size
            {
                units.push(unit(glyph, piece, at, false));
            }
        }
    }
    // Where blanks are shown between such words, the letters of one may stand apart.
    let blanks = units.iter().filter(|unit| unit.text.is_space()).count();
    let word_gap = if page.cascades && blanks * 16 > units.len() { CASCADE_GAP } else { WORD_GAP };
    bidi::write_logical(
        units,
        pool,
        rtl,
        |gap, size| {
            if gap > CELL_GAP * size { Some('\t') } else { (gap > word_gap * size).then_some(' ') }
        },
        &mut scratch.text,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_hyphens_are_settled_where_they_stand() {
        for (line, settled) in [
            ("Mit\u{AD}arbei\u{AD}terin", "Mitarbeiterin"),
            ("\u{AD} Berlin", "- Berlin"),
            ("docu\u{AD}\u{AD}", "docu\u{AD}"),
        ] {
            let mut text = line.to_string();
            settle_soft_hyphens(&mut text);
            assert_eq!(text, settled);
        }
    }

    #[test]
    fn what_is_taken_for_composed_is() {
        for c in ('\0'..=char::MAX).filter(|c| is_composed(c.encode_utf8(&mut [0; 4]))) {
            assert_eq!(is_nfc_quick([c, 'a', c].into_iter()), IsNormalized::Yes, "{c:?}");
        }
        assert!(is_composed("Ünïcödé ‘text’ из 漢字"));
        assert!(!is_composed("e\u{301}") && !is_composed("\u{212B}"));
    }

    #[test]
    fn leaders_are_guessed_and_cut() {
        for (line, cut) in [
            ("Chapter . . . . . 3", "Chapter\t3"),
            ("Annex.....12", "Annex\t12"),
            ("Part\u{B7}.\u{B7}.\u{B7}. 9", "Part\t9"),
            ("Dr. A. B. C. said... so.", "Dr. A. B. C. said... so."),
        ] {
            let mut text = line.to_string();
            if may_hold_leader(text.as_bytes()) {
                drop_leaders(&mut text);
            }
            assert_eq!(text, cut);
        }
    }
}
