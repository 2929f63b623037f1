//! From positioned glyphs to text: fragments → reading order → lines → words → characters in logical order.
//!
//! Independent of the format the glyphs come from.

pub(crate) mod accents;
pub(crate) mod bidi;
pub(crate) mod characters;
mod drop_caps;
pub(crate) mod glyphs;
pub(crate) mod indic;
pub(crate) mod line;
pub(crate) mod order;
pub(crate) mod paragraphs;
pub(crate) mod pieces;
pub(crate) mod seen;
mod upright;

use characters::TextPool;
use glyphs::PageGlyphs;

/// What a page turned out to hold.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Summary {
    /// Characters, white space not counted.
    pub(crate) chars: u32,
    /// Glyphs whose characters are not known.
    pub(crate) unknown: u32,
    /// Size in points of the largest text.
    pub(crate) max_size: f32,
}

/// Rows written between two looks at the time.
const ROWS_BETWEEN_LOOKS: usize = 256;

/// Appends the text of a page in reading order: lines end with `\n`, a blank line parts paragraphs, a tab parts cells.
pub(crate) fn write_text(page: &mut PageGlyphs, pool: &TextPool, out: &mut String) -> Summary {
    let mut summary = Summary { unknown: page.unknown, ..Summary::default() };
    let mut all = pieces::gather(page, pool);
    let mut frames: Vec<u16> = Vec::new();
    for piece in &all {
        summary.max_size = summary.max_size.max(piece.size);
        if !frames.contains(&piece.frame) {
            frames.push(piece.frame);
        }
    }
    let start = out.len();
    // The upright text first, then each other direction on its own.
    frames.sort_unstable();
    let mut writer = paragraphs::Writer::new(out);
    let mut scratch = line::Scratch::default();
    // The same quick guess serves: Indic scripts lie above Hebrew and Arabic.
    let indic = page.may_be_rtl && indic::is_visual(page, pool);
    for frame in &frames {
        let pieces: Vec<pieces::Piece> = if frames.len() == 1 {
            std::mem::take(&mut all)
        } else {
            all.iter().filter(|piece| piece.frame == *frame).copied().collect()
        };
        let rtl = pieces::is_mostly_rtl(&pieces);
        let rows = order::reading_order(pieces, rtl, &|| page.is_interrupted());
        writer.start_block();
        for (i, row) in rows.iter().enumerate() {
            // What is written does not matter then: the document fails.
            if i % ROWS_BETWEEN_LOOKS == 0 && page.is_interrupted() {
                break;
            }
            line::write(row, page, pool, rtl, &mut scratch);
            if indic {
                indic::to_logical(&mut scratch.text);
                line::normalize(&mut scratch.text);
            }
            if let Some(seen) = &mut page.seen {
                seen.row(row, &scratch.text, rtl, indic, i == 0);
            }
            writer.line(row, &scratch.text);
        }
    }
    writer.finish();
    summary.chars = count_shown(&out[start..]);
    summary
}

/// Characters, white space and replacement characters not counted.
fn count_shown(text: &str) -> u32 {
    // Text holds no white space beyond ASCII: spaces of every width have become plain ones. Counted in pieces whose number
    // fits a byte, many bytes at once.
    let in_chunk = |chunk: &[u8]| chunk.iter().fold(0_u8, |n, b| n + u8::from((b & 0xC0 != 0x80) & (*b > b' ')));
    let starts: u32 = text.as_bytes().chunks(128).map(|chunk| u32::from(in_chunk(chunk))).sum();
    let unknown = if text.is_ascii() { 0 } else { text.matches('\u{FFFD}').count() as u32 };
    starts - unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_characters() {
        assert_eq!(count_shown(""), 0);
        assert_eq!(count_shown("a b\n\té\u{FFFD}漢"), 4);
        assert_eq!(count_shown(&"aé ".repeat(1000)), 2000);
    }
}
