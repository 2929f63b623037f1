//! Vertical text set upright, glyph by glyph, in fonts that know nothing of it: columns of ideographs one below the other.
//!
//! Each column becomes one fragment in the frame of text that runs down the page, as a font with vertical writing would
//! have given it.

use super::characters::{TextPool, is_ideographic};
use super::glyphs::{Fragment, PageGlyphs};

/// Fewer columns of fewer glyphs than this are labels, not running text.
const FEWEST_GLYPHS: usize = 24;
const FEWEST_IN_COLUMN: usize = 3;

/// Where the middle of an ideograph lies above its baseline, in ems.
const MIDDLE: f32 = 0.38;

pub(crate) fn join_columns(page: &mut PageGlyphs, pool: &TextPool) {
    let single = page.fragments.iter().filter(|fragment| fragment.end - fragment.start == 1).count();
    if single < FEWEST_GLYPHS || single * 4 < page.fragments.len() {
        return;
    }
    let columns = columns(page, pool);
    let stacked: usize = columns.iter().map(|(from, to)| to - from).sum();
    let upright =
        page.glyphs.iter().filter(|glyph| pool.ends(glyph.text).is_some_and(|(c, _)| is_ideographic(c))).count();
    if stacked < FEWEST_GLYPHS || stacked * 2 < upright {
        return;
    }
    let frame = page.turned_frame(0.0, -1.0);
    let mut kept: Vec<Fragment> = Vec::with_capacity(page.fragments.len());
    let mut at = 0;
    for (from, to) in columns {
        kept.extend_from_slice(&page.fragments[at..from]);
        at = to;
        let parts = &page.fragments[from..to];
        let Some((first, last)) = parts.first().zip(parts.last()) else { continue };
        // Along the column, and across it, in the frame's own coordinates.
        let along = |fragment: &Fragment| -(fragment.y + MIDDLE * fragment.size) - fragment.size / 2.0;
        for part in parts {
            for glyph in &mut page.glyphs[part.start as usize..part.end as usize] {
                (glyph.x0, glyph.x1) = (along(part), along(part) + part.size);
            }
        }
        kept.push(Fragment {
            frame,
            y: first.x0,
            x0: along(first),
            x1: along(last) + last.size,
            end: last.end,
            ..*first
        });
    }
    kept.extend_from_slice(&page.fragments[at..]);
    page.fragments = kept;
}

/// Ranges of fragments that are one column each: single glyphs shown one below the other.
fn columns(page: &PageGlyphs, pool: &TextPool) -> Vec<(usize, usize)> {
    let stands = |fragment: &Fragment| {
        fragment.frame == 0
            && fragment.end - fragment.start == 1
            && page
                .glyphs
                .get(fragment.start as usize)
                .and_then(|glyph| pool.ends(glyph.text))
                .is_some_and(|(c, _)| is_ideographic(c) || !c.is_alphanumeric())
    };
    let follows = |above: &Fragment, below: &Fragment| {
        let size = above.size.max(below.size);
        let step = above.y - below.y;
        above.end == below.start
            && (above.size - below.size).abs() < 0.2 * size
            && (above.x0 - below.x0).abs() < 0.7 * size
            && step > 0.4 * size
            && step < 2.2 * size
    };
    let mut columns = Vec::new();
    let mut from = 0;
    while from < page.fragments.len() {
        let mut to = from;
        while to < page.fragments.len()
            && stands(&page.fragments[to])
            && (to == from || follows(&page.fragments[to - 1], &page.fragments[to]))
        {
            to += 1;
        }
        if to - from >= FEWEST_IN_COLUMN {
            columns.push((from, to));
        }
        from = to.max(from + 1);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::characters::Text;
    use crate::layout::write_text;

    #[test]
    fn columns_are_read_from_the_right_and_rows_from_the_left() {
        let columns = ["あいうえおかきくけこ", "さしすせそたちつてと", "なにぬねの、はひふ。"];
        for (vertical, expected) in [(true, columns.join("\n")), (false, "あさな".to_string())] {
            let mut page = PageGlyphs::new(None);
            for (column, text) in columns.iter().enumerate() {
                for (row, c) in text.chars().enumerate().take(if vertical { 10 } else { 1 }) {
                    let x = if vertical { 300.0 - 20.0 * column as f32 } else { 100.0 + 12.0 * column as f32 };
                    let y = 700.0 - 12.0 * row as f32;
                    page.place(0, x, y, 12.0, false);
                    page.push(x, x + 12.0, Text::char(c));
                }
            }
            let mut out = String::new();
            write_text(&mut page, &TextPool::default(), &mut out);
            assert_eq!(out.split('\n').filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"), expected);
        }
    }
}
