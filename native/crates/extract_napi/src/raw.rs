//! The shapes that cross the boundary. Pages are packed into typed arrays: nothing is made for each page but numbers.

use extract_core::{Document, ExtractError, Interrupt, Limits, Options, PageRange, Passwords, Structure, Verdict};
use napi::bindgen_prelude::{Float64Array, Uint8Array, Uint32Array};
use napi_derive::napi;
use std::time::{Duration, Instant};

/// What to read.
#[napi(object)]
#[derive(Default)]
pub struct RawOptions {
    /// Read at most so many pages.
    pub max_pages: Option<u32>,
    /// Fail with TEXT_LIMIT past so many bytes of text.
    pub max_text_bytes: Option<f64>,
    /// Fail with TIMEOUT after so many milliseconds.
    pub timeout_ms: Option<f64>,
    /// First page, 1-based; with `to_page`.
    pub from_page: Option<u32>,
    /// Last page, 1-based.
    pub to_page: Option<u32>,
    /// Give the structure as JSON.
    pub structure: Option<bool>,
    /// Give the document as Markdown.
    pub markdown: Option<bool>,
    /// Passwords to try on an encrypted document, in order, after the empty one.
    pub passwords: Option<Vec<String>>,
}

impl From<&RawOptions> for Options {
    fn from(raw: &RawOptions) -> Self {
        let mut limits = Limits::default();
        if let Some(most) = raw.max_text_bytes {
            limits.max_text_bytes = limits.max_text_bytes.min(most.max(0.0) as u64);
        }
        let pages = match (raw.from_page, raw.to_page) {
            (Some(from), Some(to)) => Some(PageRange { from, to }),
            _ => None,
        };
        let structure = raw.structure == Some(true) || raw.markdown == Some(true);
        let passwords = Passwords::new(raw.passwords.clone().unwrap_or_default());
        Self { pages, max_pages: raw.max_pages, structure, passwords, limits, interrupt: raw.timeout_ms.map(deadline) }
    }
}

/// Up so many milliseconds from now.
fn deadline(timeout_ms: f64) -> Interrupt {
    let start = Instant::now();
    let time = Duration::try_from_secs_f64(timeout_ms / 1000.0).unwrap_or(Duration::MAX);
    Interrupt::new(move || start.elapsed() >= time)
}

/// Either a document or an error.
#[napi(object)]
pub struct RawResult {
    /// The document.
    pub document: Option<RawDocument>,
    /// Why there is none.
    pub error: Option<RawError>,
}

/// An error of a document or, with `page`, of one of its pages.
#[napi(object)]
pub struct RawError {
    /// Error code.
    pub code: String,
    /// For a person.
    pub message: String,
    /// 1-based page.
    pub page: Option<u32>,
}

/// A document.
#[napi(object)]
pub struct RawDocument {
    /// Pages in the document.
    pub page_count: u32,
    /// 1-based number of the first page read.
    pub first_page: u32,
    /// UTF-8 of all pages.
    pub text: Uint8Array,
    /// Byte offsets of the pages, and the end.
    pub page_offsets: Uint32Array,
    /// Index of the verdict of each page: text, sparse, scanned, garbled, empty.
    pub verdicts: Uint8Array,
    /// Width, height, characters, largest size, image coverage of each page.
    pub measures: Float64Array,
    /// Faults of single pages.
    pub page_errors: Vec<RawError>,
    /// What the document says about itself.
    pub metadata: RawMetadata,
    /// Warnings.
    pub warnings: Vec<RawError>,
    /// UTF-8 JSON of the structure, when asked for.
    pub structure: Option<Uint8Array>,
    /// UTF-8 Markdown, when asked for.
    pub markdown: Option<Uint8Array>,
}

/// Metadata.
#[napi(object)]
pub struct RawMetadata {
    /// Title.
    pub title: Option<String>,
    /// Author.
    pub author: Option<String>,
    /// Subject.
    pub subject: Option<String>,
    /// Keywords.
    pub keywords: Option<String>,
    /// Program it was written in.
    pub creator: Option<String>,
    /// Program that made the file.
    pub producer: Option<String>,
    /// ISO 8601.
    pub created_at: Option<String>,
    /// ISO 8601.
    pub modified_at: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// PDF version.
    pub pdf_version: String,
    /// Has a structure tree.
    pub tagged: bool,
    /// Is encrypted.
    pub encrypted: bool,
}

impl RawResult {
    pub(crate) fn new(result: Result<Document, ExtractError>, options: &RawOptions) -> Self {
        match result {
            Ok(document) => Self { document: Some(RawDocument::new(document, options)), error: None },
            Err(error) => Self {
                document: None,
                error: Some(RawError {
                    code: error.code.as_str().to_string(),
                    message: error.message,
                    page: error.page,
                }),
            },
        }
    }
}

impl RawDocument {
    fn new(document: Document, options: &RawOptions) -> Self {
        let structure = document.structure.as_ref();
        let json = structure.filter(|_| options.structure == Some(true)).map(|s| s.to_json(document.first_page));
        let markdown = structure.filter(|_| options.markdown == Some(true)).map(Structure::to_markdown);
        let verdicts: Vec<u8> = document.pages.iter().map(|page| verdict_index(page.verdict)).collect();
        let measures: Vec<f64> = document
            .pages
            .iter()
            .flat_map(|page| {
                [
                    f64::from(page.width),
                    f64::from(page.height),
                    f64::from(page.chars),
                    f64::from(page.max_font_size),
                    f64::from(page.image_coverage),
                ]
            })
            .collect();
        let page_errors = document.pages.iter().enumerate().filter_map(|(i, page)| {
            page.error.as_ref().map(|error| RawError {
                code: error.code.as_str().to_string(),
                message: error.message.clone(),
                page: Some(document.first_page + i as u32),
            })
        });
        let page_errors = page_errors.collect();
        let warnings = document.warnings.into_iter().map(|warning| RawError {
            code: warning.code.to_string(),
            message: warning.message,
            page: warning.page,
        });
        let metadata = document.metadata;
        Self {
            page_count: document.page_count,
            first_page: document.first_page,
            text: document.text.into_bytes().into(),
            page_offsets: document.page_offsets.into(),
            verdicts: verdicts.into(),
            measures: measures.into(),
            page_errors,
            warnings: warnings.collect(),
            structure: json.map(|text| text.into_bytes().into()),
            markdown: markdown.map(|text| text.into_bytes().into()),
            metadata: RawMetadata {
                title: metadata.title,
                author: metadata.author,
                subject: metadata.subject,
                keywords: metadata.keywords,
                creator: metadata.creator,
                producer: metadata.producer,
                created_at: metadata.created_at,
                modified_at: metadata.modified_at,
                language: metadata.language,
                pdf_version: metadata.pdf_version,
                tagged: metadata.tagged,
                encrypted: metadata.encrypted,
            },
        }
    }
}

/// The order the wrapper counts verdicts in.
fn verdict_index(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Text => 0,
        Verdict::Sparse => 1,
        Verdict::Scanned => 2,
        Verdict::Garbled => 3,
        Verdict::Empty => 4,
    }
}
