//! Structure on request: blocks, lines and words with boxes, headings, lists and tables, and what the document says about
//! its own order (outline, page labels). Made from what the layout saw; a document read for its text alone pays nothing.

mod artefacts;
mod blocks;
mod headings;
mod json;
mod markdown;
pub(crate) mod page;
pub(crate) mod quality;
mod tables;
mod words;

/// A box in points from the upper left corner of the displayed page: left, top, right, bottom.
pub type Bounds = [f32; 4];

/// The structure of a document.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// Fonts that words name by index.
    pub fonts: Vec<FontFace>,
    /// Size in points most characters have; 0 without text.
    pub body_size: f32,
    /// Titles in order, each with its depth.
    pub outline: Vec<OutlineItem>,
    /// Labels of all pages of the document, where it gives any.
    pub page_labels: Option<Vec<String>>,
    /// How far the text can be trusted; `None` where the pages show nothing.
    pub quality: Option<Quality>,
    /// The pages that were read.
    pub pages: Vec<PageStructure>,
}

/// A font, as far as it tells how text looks.
#[derive(Debug, Clone, PartialEq)]
pub struct FontFace {
    /// PostScript name without the subset prefix; empty when unnamed.
    pub name: String,
    /// 100 to 900, 400 being regular and 700 bold.
    pub weight: u16,
    /// Slanted.
    pub italic: bool,
    /// Ascent and descent in ems, both positive.
    pub(crate) rise: [f32; 2],
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineItem {
    /// Title.
    pub title: String,
    /// 1-based page it leads to, where it leads to one.
    pub page: Option<u32>,
    /// 0 at the top; never more than one deeper than the item before.
    pub depth: u32,
}

/// How far the text of a document can be trusted: `score = mapped × readable × clean`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// 0 to 1.
    pub score: f32,
    /// `A` from .98, `B` from .9, `C` from .75, `D` from .5, else `F`.
    pub grade: char,
    /// Share of shown glyphs whose characters are known.
    pub mapped: f32,
    /// Share of the pages that show anything and are neither scanned nor garbled nor failed.
    pub readable: f32,
    /// Share of characters that are no private, unassigned-looking or replacement ones.
    pub clean: f32,
}

/// Why a page has its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Stable name.
    pub code: &'static str,
    /// With the figures, for a person.
    pub message: String,
}

/// The structure of a page.
#[derive(Debug, Clone, Default)]
pub struct PageStructure {
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Why it has its verdict.
    pub reasons: Vec<Reason>,
    /// Glyphs whose characters are not known.
    pub unmapped: u32,
    /// Share of the shown glyphs that are `unmapped`.
    pub unmapped_share: f32,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading, 1 to 6: a guess by size and weight against the body of the document.
    Heading(u8),
    /// An item of a list.
    ListItem {
        /// Number, as written, of an ordered item.
        ordinal: Option<u32>,
        /// 0 at the margin of the list.
        depth: u8,
    },
    /// Cells by row; each row has the same number of them.
    Table(Vec<Vec<String>>),
    /// Comes with the page and is no part of what the author wrote: marked so by the content, or repeated at the same
    /// place over pages.
    Artefact(ArtefactRole),
}

/// What an artefact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArtefactRole {
    /// A running head.
    Head,
    /// A running foot.
    Foot,
    /// The number of the page, alone.
    PageNumber,
    /// A watermark, line numbers, what is marked as artefact and stands neither at the head nor at the foot.
    Other,
}

/// A paragraph, heading, list item, table or artefact.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Around its lines.
    pub bounds: Bounds,
    /// Its text in one line, words broken at line ends joined, without the bullet or number of a list item.
    pub text: String,
    /// Lines in order.
    pub lines: Vec<Line>,
}

/// A line of text.
#[derive(Debug, Clone)]
pub struct Line {
    /// Around its words.
    pub bounds: Bounds,
    /// In logical order; tabs part cells.
    pub text: String,
    /// Size in points of most of its characters.
    pub size: f32,
    /// Weight of most of its characters.
    pub weight: u16,
    /// Degrees the line is turned, counter-clockwise.
    pub angle: i16,
    /// Words in logical order: the text of the line parted at white space.
    pub words: Vec<Word>,
}

/// A word.
#[derive(Debug, Clone)]
pub struct Word {
    /// Around its glyphs, as high as the font's ascent and descent.
    pub bounds: Bounds,
    /// Text.
    pub text: String,
    /// Size in points.
    pub size: f32,
    /// 100 to 900.
    pub weight: u16,
    /// Index into [`Structure::fonts`].
    pub font: Option<u32>,
}

impl Structure {
    /// What only all pages together tell: the size of the body, running heads and feet, headings. `heights` are those of
    /// the pages, in points.
    pub(crate) fn settle(&mut self, heights: &[f32]) {
        let Some((body, body_is_bold)) = headings::body(self) else { return };
        self.body_size = body;
        artefacts::find(self, heights);
        headings::find(self, body, body_is_bold);
    }

    /// One JSON object in UTF-8, keys in a fixed order, numbers with at most two decimals (shares four).
    pub fn to_json(&self, first_page: u32) -> String {
        json::write(self, first_page)
    }

    /// CommonMark with GFM tables: headings, paragraphs, lists, tables; pages follow one another.
    pub fn to_markdown(&self) -> String {
        markdown::write(self)
    }
}

/// The box around both.
pub(crate) fn around(a: Bounds, b: Bounds) -> Bounds {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}
