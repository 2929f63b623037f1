use crate::interrupt::Interrupt;
use crate::passwords::Passwords;

/// Bounds on what one document may cost. Each is far above honest documents: they exist so that a hostile one ends with
/// the code of the limit it reached instead of the memory or the patience of the machine.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Pages in a document. A page costs 16 bytes before it is read.
    pub max_pages: u32,
    /// UTF-8 bytes of text in a document; below 4 GiB, since page offsets are 32 bits wide.
    pub max_text_bytes: u64,
    /// Bytes one stream may decompress to. Content streams beyond a few MB are drawings.
    pub max_stream_bytes: usize,
    /// Bytes all streams of a document may decompress to.
    pub max_document_bytes: u64,
    /// Times its own size a stream may decompress to, once that is more than a megabyte. Deflate reaches 1,032 and LZW about
    /// 2,500; more is filters over filters.
    pub max_stream_ratio: usize,
    /// Indirect objects a document may name. ISO 32000-1 (annex C) allows 8,388,607.
    pub max_objects: usize,
    /// Form XObjects inside one another.
    pub max_form_depth: u32,
    /// Operators on one page, those of its forms included.
    pub max_page_operators: u64,
    /// Glyphs on one page.
    pub max_page_glyphs: usize,
    /// Words whose boxes are given, in a document whose structure is asked for. A word takes about 150 bytes as JSON.
    pub max_words: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_pages: 200_000,
            max_text_bytes: 512 << 20,
            max_stream_bytes: 256 << 20,
            max_document_bytes: 8 << 30,
            max_stream_ratio: 4_000,
            max_objects: 8_388_607,
            max_form_depth: 24,
            max_page_operators: 20_000_000,
            max_page_glyphs: 2_000_000,
            max_words: 5_000_000,
        }
    }
}

/// Pages by 1-based number, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRange {
    /// First page.
    pub from: u32,
    /// Last page; may lie beyond the end of the document.
    pub to: u32,
}

/// What to read and how far to go.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Pages to read; all when `None`.
    pub pages: Option<PageRange>,
    /// Read at most this many pages and say so in a warning.
    pub max_pages: Option<u32>,
    /// Whether to give the structure too: blocks, lines and words with boxes, outline, labels, quality.
    pub structure: bool,
    /// Tried on an encrypted document after the empty password.
    pub passwords: Passwords,
    /// Bounds on cost.
    pub limits: Limits,
    /// Asked whether to go on; nothing ends the reading when `None`.
    pub interrupt: Option<Interrupt>,
}
