//! The graphics state, as far as text depends on it (PDF 2.0, 8.4 and 9.3).

use super::matrix::Matrix;

#[derive(Debug, Clone, Copy)]
pub(crate) struct GraphicsState {
    pub(crate) ctm: Matrix,
    /// Index in the font cache.
    pub(crate) font: Option<usize>,
    pub(crate) size: f32,
    pub(crate) char_spacing: f32,
    pub(crate) word_spacing: f32,
    /// Horizontal scaling as a factor.
    pub(crate) stretch: f32,
    pub(crate) leading: f32,
    pub(crate) rise: f32,
}

impl GraphicsState {
    pub(crate) fn new(ctm: Matrix) -> Self {
        Self { ctm, font: None, size: 0.0, char_spacing: 0.0, word_spacing: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0 }
    }
}
