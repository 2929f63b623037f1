//! Gathers the structure of a document page by page, next to its text.

use super::walk::Session;
use super::{outline, page_labels, repairs};
use crate::document::{Document, Page};
use crate::error::{ErrorCode, ExtractError};
use crate::layout::seen::Seen;
use crate::limits::Limits;
use crate::structure::page::{self, Setting};
use crate::structure::{Block, FontFace, PageStructure, Structure, quality};
use pdf_objects::{Dict, PageTree, Pdf};

/// Fonts of different looks past this are not told apart.
const MAX_FONTS: usize = 4096;

#[derive(Default)]
pub(super) struct Structured {
    structure: Structure,
    /// Index in the structure's fonts by index in the font cache.
    fonts: Vec<u32>,
    /// Blocks of the page being read.
    blocks: Vec<Block>,
    words: usize,
}

impl Structured {
    /// From now on the layout keeps what it sees.
    pub(super) fn start(session: &mut Session<'_>) -> Self {
        session.glyphs.seen = Some(Box::new(Seen::default()));
        session.fonts.faces = Some(Vec::new());
        Self::default()
    }

    /// Reads the blocks of the page whose text was just written.
    pub(super) fn page(&mut self, session: &mut Session<'_>, height: f32) {
        self.learn_fonts(session.fonts.faces.as_deref().unwrap_or_default());
        // Gone when a page before this one met a defect.
        let Some(seen) = session.glyphs.seen.take() else {
            session.glyphs.seen = Some(Box::default());
            return;
        };
        let setting = Setting {
            glyphs: &session.glyphs,
            pool: &session.pool,
            seen: &seen,
            fonts: &self.fonts,
            faces: &self.structure.fonts,
            height,
        };
        self.blocks = page::read(&setting);
        session.glyphs.seen = Some(seen);
    }

    /// The cache starts over now and then; the structure's fonts stay.
    fn learn_fonts(&mut self, faces: &[FontFace]) {
        if faces.len() < self.fonts.len() {
            self.fonts.clear();
        }
        for face in &faces[self.fonts.len()..] {
            let fonts = &mut self.structure.fonts;
            let known = fonts.iter().position(|font| font == face);
            if known.is_none() && fonts.len() < MAX_FONTS {
                fonts.push(face.clone());
            }
            // Those past the limit look like the last one.
            self.fonts.push(known.unwrap_or(fonts.len() - 1) as u32);
        }
    }

    /// Also for pages with faults, whose blocks may be missing.
    pub(super) fn finish_page(&mut self, page: &Page, unmapped: u32) {
        let blocks = core::mem::take(&mut self.blocks);
        self.words += blocks.iter().flat_map(|block| &block.lines).map(|line| line.words.len()).sum::<usize>();
        self.structure.pages.push(PageStructure {
            blocks,
            reasons: quality::reasons(page, unmapped),
            unmapped,
            unmapped_share: quality::unmapped_share(page.chars, unmapped),
        });
    }

    pub(super) fn check(&self, number: u32, limits: &Limits) -> Result<(), ExtractError> {
        if self.words <= limits.max_words {
            return Ok(());
        }
        let most = limits.max_words;
        let message =
            format!("the pages up to {number} have more words than the limit of {most}: read fewer at a time");
        Err(ExtractError::new(ErrorCode::WordLimit, message))
    }

    pub(super) fn finish(
        mut self,
        pdf: &Pdf<'_>,
        tree: &PageTree<'_>,
        root: Option<&Dict<'_>>,
        document: &mut Document,
    ) {
        let heights: Vec<f32> = document.pages.iter().map(|page| page.height).collect();
        self.structure.settle(&heights);
        self.structure.quality = quality::grade(&document.pages, &self.structure.pages, &document.text);
        if let Some(root) = root {
            self.structure.outline = outline::read(pdf, tree, root);
            self.structure.page_labels = page_labels::read(root, document.page_count as usize);
        }
        repairs::thorough(pdf, tree, &mut document.warnings);
        document.structure = Some(self.structure);
    }
}
