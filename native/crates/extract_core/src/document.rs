use crate::error::ErrorCode;
use crate::structure::Structure;

/// The format a document was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Portable Document Format.
    Pdf,
}

/// What a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Text.
    Text,
    /// Hardly any text, and no picture of a page either.
    Sparse,
    /// An image covers most of the page and there is hardly any text: it needs OCR.
    Scanned,
    /// Glyphs are shown whose characters cannot be told.
    Garbled,
    /// Nothing is shown.
    Empty,
}

impl Verdict {
    /// The name used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Sparse => "sparse",
            Self::Scanned => "scanned",
            Self::Garbled => "garbled",
            Self::Empty => "empty",
        }
    }
}

/// A fault of one page. The text read before the fault is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageError {
    /// The cause.
    pub code: ErrorCode,
    /// What happened, for a person.
    pub message: String,
}

/// One page, without its text: that is `text[offsets[i]..offsets[i + 1]]` of the document.
#[derive(Debug, Clone)]
pub struct Page {
    /// What the page holds.
    pub verdict: Verdict,
    /// Width in points as displayed (rotated, cropped).
    pub width: f32,
    /// Height in points as displayed.
    pub height: f32,
    /// Characters of text, white space not counted.
    pub chars: u32,
    /// Size in points of the largest text.
    pub max_font_size: f32,
    /// Share of the page under images, 0 to 1.
    pub image_coverage: f32,
    /// What went wrong, if anything did.
    pub error: Option<PageError>,
}

/// Something a reader of the document should know and that did not stop the reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Stable name.
    pub code: &'static str,
    /// For a person.
    pub message: String,
    /// 1-based page, where it concerns one.
    pub page: Option<u32>,
}

/// What a document says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Title.
    pub title: Option<String>,
    /// Author.
    pub author: Option<String>,
    /// Subject.
    pub subject: Option<String>,
    /// Keywords.
    pub keywords: Option<String>,
    /// The program the document was written in.
    pub creator: Option<String>,
    /// The program that made the file.
    pub producer: Option<String>,
    /// ISO 8601.
    pub created_at: Option<String>,
    /// ISO 8601.
    pub modified_at: Option<String>,
    /// BCP 47 tag of the document.
    pub language: Option<String>,
    /// For example `1.7`.
    pub pdf_version: String,
    /// Whether the document has a structure tree.
    pub tagged: bool,
    /// Whether the file is encrypted (and opened by the empty or a given password).
    pub encrypted: bool,
}

/// A document that was read, perhaps with faults in single pages.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it was read as.
    pub format: Format,
    /// Pages in the document, read or not.
    pub page_count: u32,
    /// 1-based number of `pages[0]`.
    pub first_page: u32,
    /// The pages that were read.
    pub pages: Vec<Page>,
    /// Text of all pages back to back: NFC, no NUL, logical order.
    pub text: String,
    /// `pages.len() + 1` byte offsets into `text`.
    pub page_offsets: Vec<u32>,
    /// What the document says about itself.
    pub metadata: Metadata,
    /// In the order they were found.
    pub warnings: Vec<Warning>,
    /// When asked for.
    pub structure: Option<Structure>,
    /// What the reading took.
    pub work: Work,
}

/// What reading a document took, counted and not timed: the same on every machine, and so what shows a slow-down without a
/// clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Operators of the contents, of forms and of appearances; a form counts as 50 more.
    pub operators: u64,
    /// Glyphs given to the layout.
    pub glyphs: u64,
    /// Bytes that contents, fonts and CMaps were decoded to.
    pub decoded_bytes: u64,
}
