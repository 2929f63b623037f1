//! From what the layout saw of a page to its blocks.

use super::{Block, Bounds, FontFace, Line, artefacts, blocks, words};
use crate::layout::characters::TextPool;
use crate::layout::glyphs::PageGlyphs;
use crate::layout::line;
use crate::layout::pieces::Piece;
use crate::layout::seen::Seen;

/// The glyphs of a page and how they are set.
pub(crate) struct Setting<'p> {
    pub(crate) glyphs: &'p PageGlyphs,
    pub(crate) pool: &'p TextPool,
    pub(crate) seen: &'p Seen,
    /// Index in the document's fonts by index in the font cache.
    pub(crate) fonts: &'p [u32],
    pub(crate) faces: &'p [FontFace],
    pub(crate) height: f32,
}

/// Ascent and descent where no font says anything.
const RISE: [f32; 2] = [0.75, 0.25];

impl Setting<'_> {
    pub(crate) fn font_of(&self, glyph: u32) -> Option<u32> {
        self.fonts.get(self.seen.font_of(glyph)?).copied()
    }

    pub(crate) fn weight(&self, font: Option<u32>) -> u16 {
        self.face(font).map_or(400, |face| face.weight)
    }

    fn face(&self, font: Option<u32>) -> Option<&FontFace> {
        self.faces.get(font? as usize)
    }

    /// Degrees, counter-clockwise.
    pub(crate) fn angle(&self, frame: u16) -> i16 {
        self.glyphs.frames.get(usize::from(frame)).map_or(0, |f| f.sin.atan2(f.cos).to_degrees().round() as i16)
    }

    /// The box of a piece on the displayed page.
    pub(crate) fn bounds(&self, piece: &Piece) -> Bounds {
        let [ascent, descent] = self.face(self.font_of(piece.start)).map_or(RISE, |face| face.rise);
        let (low, high) = (piece.y - descent * piece.size, piece.y + ascent * piece.size);
        let (cos, sin) = self.glyphs.frames.get(usize::from(piece.frame)).map_or((1.0, 0.0), |f| (f.cos, f.sin));
        let corners = [(piece.x0, low), (piece.x1, low), (piece.x0, high), (piece.x1, high)];
        corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[l, t, r, b], (x, y)| {
            let across = x * cos - y * sin;
            let down = self.height - (x * sin + y * cos);
            [l.min(across), t.min(down), r.max(across), b.max(down)]
        })
    }
}

pub(crate) fn read(setting: &Setting<'_>) -> Vec<Block> {
    let mut scratch = line::Scratch::default();
    let lines: Vec<Line> = setting.seen.rows.iter().map(|row| words::read(row, setting, &mut scratch)).collect();
    blocks::read(&setting.seen.rows, lines, &artefacts::marked(setting))
}
