//! Letters as high as several lines, which start the word on the first of these lines.

use super::glyphs::PageGlyphs;
use super::pieces::Piece;

/// Times the text beside it that the letter is at least as large.
const LARGER: f32 = 1.8;

/// The letter ends at most this far before the text, in ems of the text.
const MAX_GAP: f32 = 1.0;

/// Pieces shown after the letter among which the line beside its foot is looked for.
const LOOK_AHEAD: usize = 64;

/// Puts drop caps on the line they start. `pieces` are in the order of showing.
pub(crate) fn settle(pieces: &mut [Piece], page: &mut PageGlyphs) {
    for at in 1..pieces.len() {
        let (cap, text) = (pieces[at - 1], pieces[at]);
        if cap.end - cap.start != 1 || cap.size < LARGER * text.size || !is_drop_cap(&cap, &text, &pieces[at..], page) {
            continue;
        }
        let piece = &mut pieces[at - 1];
        (piece.y, piece.size) = (text.y, text.size);
        // However far apart they are, they are one word, unless the letter is one: A, I, O.
        let gap = text.x0 - cap.x1;
        if let Some(glyph) = page.glyphs.get_mut(cap.start as usize)
            && (gap < 0.0 || !glyph.text.as_char().is_some_and(|c| matches!(c, 'A' | 'I' | 'O')))
        {
            glyph.x1 = text.x0;
            piece.x1 = text.x0;
        }
    }
}

/// Whether `cap` is a capital as high as the first of the lines beside it and stands on the baseline of a later one.
fn is_drop_cap(cap: &Piece, text: &Piece, shown: &[Piece], page: &PageGlyphs) -> bool {
    let letter = |at: u32| page.glyphs.get(at as usize).and_then(|glyph| glyph.text.as_char());
    let gap = text.x0 - cap.x1;
    let fits = cap.frame == text.frame
        && !cap.overlay
        && text.y - cap.y > 0.8 * text.size
        && (text.top() - cap.top()).abs() < 0.5 * text.size
        && gap > -0.5 * text.size
        && gap < MAX_GAP * text.size;
    fits && letter(cap.start).is_some_and(char::is_uppercase)
        && letter(text.start).is_some_and(char::is_alphabetic)
        && shown.iter().take(LOOK_AHEAD).any(|line| {
            line.frame == cap.frame
                && (line.y - cap.y).abs() < 0.3 * text.size
                && (line.size - text.size).abs() < 0.1 * text.size
                && (line.x0 - text.x0).abs() < 1.5 * text.size
        })
}
