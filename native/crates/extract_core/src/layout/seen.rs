//! What the layout saw of a page, kept only when the structure of the page is asked for.

use super::order::Row;

/// Rows in reading order, and which font each glyph is set in.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) rows: Vec<SeenRow>,
    /// First glyph of a shown string and the index of its font, by glyph.
    styles: Vec<(u32, u32)>,
}

/// A row with its text.
pub(crate) struct SeenRow {
    pub(crate) row: Row,
    pub(crate) text: String,
    pub(crate) rtl: bool,
    /// The text was put from the order of showing into logical order.
    pub(crate) indic: bool,
    /// Has nothing to do with the row before.
    pub(crate) apart: bool,
}

impl Seen {
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.styles.clear();
    }

    /// Glyphs from `glyph` on are set in `font`.
    pub(crate) fn style(&mut self, glyph: usize, font: usize) {
        let style = (glyph as u32, font as u32);
        match self.styles.last_mut() {
            Some(last) if last.1 == style.1 => {}
            Some(last) if last.0 == style.0 => *last = style,
            _ => self.styles.push(style),
        }
    }

    pub(crate) fn font_of(&self, glyph: u32) -> Option<usize> {
        let after = self.styles.partition_point(|(from, _)| *from <= glyph);
        self.styles.get(after.checked_sub(1)?).map(|(_, font)| *font as usize)
    }

    pub(crate) fn row(&mut self, row: &Row, text: &str, rtl: bool, indic: bool, apart: bool) {
        let text = text.trim();
        if !text.is_empty() {
            self.rows.push(SeenRow { row: row.clone(), text: text.to_string(), rtl, indic, apart });
        }
    }
}
