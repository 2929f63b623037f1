//! What the layout saw of a page, kept only when the structure of the page is asked for.

use super::order::Row;
use super::pieces::Piece;
use crate::structure::ArtefactRole;

/// Rows in reading order, and which font each glyph is set in.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) rows: Vec<SeenRow>,
    /// First glyph of a shown string and the index of its font, by glyph.
    styles: Vec<(u32, u32)>,
    /// What the content marks as artefacts, in order.
    artefacts: Vec<Artefact>,
    /// Artefacts inside artefacts that are open.
    open_artefacts: u32,
}

/// Glyphs that are no part of what the author wrote.
struct Artefact {
    start: u32,
    end: u32,
    role: Option<ArtefactRole>,
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
        self.artefacts.clear();
        self.open_artefacts = 0;
    }

    /// Glyphs from `glyph` on are of an artefact. Of nested ones the outer counts.
    pub(crate) fn open_artefact(&mut self, glyph: usize, role: Option<ArtefactRole>) {
        if self.open_artefacts == 0 {
            self.artefacts.push(Artefact { start: glyph as u32, end: u32::MAX, role });
        }
        self.open_artefacts += 1;
    }

    pub(crate) fn close_artefact(&mut self, glyph: usize) {
        self.open_artefacts = self.open_artefacts.saturating_sub(1);
        if let (0, Some(last)) = (self.open_artefacts, self.artefacts.last_mut()) {
            last.end = glyph as u32;
            if last.start == last.end {
                self.artefacts.pop();
            }
        }
    }

    /// What the row says it is when all of it is marked as artefact: inside, nothing when it names no role.
    pub(crate) fn artefact(&self, row: &Row) -> Option<Option<ArtefactRole>> {
        let role_of = |piece: &Piece| {
            let after = self.artefacts.partition_point(|artefact| artefact.start <= piece.start);
            let artefact = self.artefacts.get(after.checked_sub(1)?)?;
            (piece.end <= artefact.end).then_some(artefact.role)
        };
        let mut roles = row.pieces.iter().map(role_of);
        let first = roles.next()??;
        roles.all(|role| role.is_some()).then_some(first)
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
