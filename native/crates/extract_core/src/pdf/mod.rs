//! PDF: objects come from `pdf_objects`; content streams, fonts and text are read here.

mod annotations;
mod artefacts;
mod budget;
mod coverage;
mod date;
mod face;
pub(crate) mod fonts;
mod forms;
mod inline_image;
pub(crate) mod lexer;
mod matrix;
mod metadata;
mod open;
mod operators;
mod optional_content;
mod outline;
mod page;
mod page_labels;
mod repairs;
pub(crate) mod short_ways;
mod show;
mod state;
mod structured;
mod verdict;
mod walk;

use crate::document::{Document, Format, Page, PageError, Warning, Work};
use crate::error::{ErrorCode, ExtractError};
use crate::interrupt::Interrupt;
use crate::layout;
use crate::layout::characters::TextPool;
use crate::layout::glyphs::PageGlyphs;
use crate::limits::{Options, PageRange};
use coverage::Coverage;
use fonts::FontCache;
use forms::FormCache;
use optional_content::OptionalContent;
use page::PageBox;
use pdf_objects::{Array, Decoder, Dict, Object, Page as PdfPage, PageTree, Stream, StreamFault};
use std::panic::{AssertUnwindSafe, catch_unwind};
use structured::Structured;
use walk::{Session, Walk, WalkFault};

pub(crate) fn extract<T>(bytes: T, options: &Options) -> Result<Document, ExtractError>
where
    T: AsRef<[u8]> + Send + Sync + 'static,
{
    let pdf = open::open(bytes.as_ref(), options)?;
    let pages = PageTree::read(&pdf);
    open::check(&pdf)?;
    let page_count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    if page_count == 0 && !pages.has_root() {
        return Err(ExtractError::new(
            ErrorCode::InvalidPdf,
            "neither the cross-reference table nor a search of the file finds a page: the file is damaged",
        ));
    }
    if page_count == 0 {
        return Err(ExtractError::new(
            ErrorCode::NoPages,
            "the page tree holds no page: the file was cut or never finished",
        ));
    }
    if page_count > options.limits.max_pages {
        let message = format!("more pages than the limit of {}", options.limits.max_pages);
        return Err(ExtractError::new(ErrorCode::PageLimit, message));
    }
    let (from, to) = page_range(page_count, options)?;
    let root = pdf.root();
    let mut document = Document {
        format: Format::Pdf,
        page_count,
        first_page: from,
        pages: Vec::with_capacity((to - from + 1) as usize),
        text: String::new(),
        page_offsets: vec![0],
        metadata: metadata::read(&pdf, root.as_ref()),
        warnings: Vec::new(),
        structure: None,
        work: Work::default(),
    };
    repairs::quick(&pdf, &mut document.warnings);
    if let Some(limit) = options.max_pages
        && options.pages.is_none()
        && to < page_count
    {
        document.warnings.push(Warning {
            code: "PAGES_LEFT_OUT",
            message: format!("read the first {limit} of {page_count} pages, as asked"),
            page: None,
        });
    }

    let mut session = new_session(root.as_ref(), options);
    let mut content = Vec::new();
    let mut structured = options.structure.then(|| Structured::start(&mut session));
    for number in from..=to {
        let Some(page) = pages.page(number as usize - 1) else { break };
        read_page(&page, number, &mut session, &mut content, &mut structured, &mut document);
        open::check(&pdf)?;
        if options.interrupt.as_ref().is_some_and(Interrupt::is_up) {
            let message = format!("the time given was up at page {number} of {page_count}");
            return Err(ExtractError { code: ErrorCode::Timeout, message, page: Some(number) });
        }
        if document.text.len() as u64 > options.limits.max_text_bytes {
            let message = format!(
                "the text of pages {from} to {number} has {} bytes, more than the limit of {}",
                document.text.len(),
                options.limits.max_text_bytes
            );
            return Err(ExtractError::new(ErrorCode::TextLimit, message));
        }
        document.page_offsets.push(document.text.len() as u32);
        if let Some(structured) = &mut structured {
            structured.check(number, &options.limits)?;
        }
        session.fonts.trim();
        make_room(&mut document, u64::from(to - from + 1), options.limits.max_text_bytes);
    }
    if let Some(structured) = structured {
        structured.finish(&pdf, &pages, root.as_ref(), &mut document);
    }
    repairs::rebuilt_later(&pdf, &mut document.warnings);
    document.work.decoded_bytes = session.decoder.decoded();
    Ok(document)
}

/// Long documents get room for the text that is to be expected, where doubling would copy it and take up to three times as
/// much. Memory that is not written to costs nothing.
fn make_room(document: &mut Document, pages: u64, most: u64) {
    const FEWEST_PAGES: usize = 64;
    let done = document.pages.len();
    if done < FEWEST_PAGES || !done.is_power_of_two() {
        return;
    }
    let used = document.text.len();
    let expected = (used as u64 / done as u64 + 1).saturating_mul(pages);
    // Some room to spare, so that pages that grow a little do not make it move again.
    if expected.min(most) as usize > document.text.capacity() {
        let expected = (expected + expected / 16).min(most) as usize;
        document.text.reserve_exact(expected - used);
    }
}

fn new_session<'a>(root: Option<&Dict<'a>>, options: &Options) -> Session<'a> {
    let limits = &options.limits;
    Session {
        decoder: Decoder::new(limits.max_stream_bytes, limits.max_stream_ratio, limits.max_document_bytes),
        fonts: FontCache::default(),
        forms: FormCache::default(),
        pool: TextPool::default(),
        layers: root.map(OptionalContent::read).unwrap_or_default(),
        limits: limits.clone(),
        interrupt: options.interrupt.clone(),
        glyphs: PageGlyphs::new(options.interrupt.clone()),
        coverage: Coverage::default(),
        scratch: Vec::new(),
    }
}

/// Reads one page into the document. A fault, even a defect of this crate, stays on the page.
fn read_page<'a>(
    page: &PdfPage<'a>,
    number: u32,
    session: &mut Session<'a>,
    content: &mut Vec<u8>,
    structured: &mut Option<Structured>,
    document: &mut Document,
) {
    let page_box = PageBox::new(page);
    let before = document.text.len();
    session.glyphs.clear();
    session.coverage.clear();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        content.clear();
        let fault = read_content(page.raw(), session, content);
        let mut walk = Walk::new(session, page_box);
        let walked = walk.run(content, page.resources(), page_box.transform);
        let annotated = walk.run_annotations(page);
        document.work.operators += walk.operators_run();
        document.work.glyphs += session.glyphs.glyphs.len() as u64;
        let summary = layout::write_text(&mut session.glyphs, &session.pool, &mut document.text);
        if let Some(structured) = structured {
            structured.page(session, page_box.height);
        }
        (summary, fault.err().or(walked.err()).or(annotated.err()))
    }));
    let (summary, fault) = outcome.unwrap_or_else(|_| {
        document.text.truncate(before);
        session.glyphs.clear();
        let fault = WalkFault { code: ErrorCode::NativePanic, what: "a defect of the extractor on this page" };
        (layout::Summary::default(), Some(fault))
    });
    let error = fault.map(|fault| PageError {
        code: fault.code,
        message: match fault.code {
            ErrorCode::PageUnreadable | ErrorCode::NativePanic | ErrorCode::Timeout => {
                format!("page {number}: {}", fault.what)
            }
            _ => format!("page {number} goes past the limit on {}", fault.what),
        },
    });
    let image_coverage = session.coverage.share();
    document.pages.push(Page {
        verdict: verdict::judge(&summary, image_coverage),
        width: page_box.width,
        height: page_box.height,
        chars: summary.chars,
        max_font_size: summary.max_size,
        image_coverage,
        error,
    });
    if let (Some(structured), Some(page)) = (structured, document.pages.last()) {
        structured.finish_page(page, summary.unknown);
    }
}

/// Appends the content of a page, its streams joined by white space.
fn read_content(page: &Dict<'_>, session: &mut Session<'_>, out: &mut Vec<u8>) -> Result<(), WalkFault> {
    let most = session.limits.max_stream_bytes;
    let mut append = |stream: &Stream<'_>| {
        // Many streams of one page are bounded as one.
        let decoded = if out.len() > most { Err(StreamFault::TooLarge) } else { session.decoder.decode(stream, out) };
        out.push(b'\n');
        decoded.map_err(stream_fault)
    };
    if let Some(stream) = page.get::<Stream<'_>>("Contents") {
        return append(&stream);
    }
    let Some(list) = page.get::<Array<'_>>("Contents") else {
        return Ok(());
    };
    let mut result = Ok(());
    for stream in list.iter::<Object<'_>>().filter_map(Object::into_stream) {
        result = result.and(append(&stream));
    }
    result
}

fn stream_fault(fault: StreamFault) -> WalkFault {
    match fault {
        StreamFault::TooLarge => WalkFault { code: ErrorCode::DecompressionLimit, what: "decompressed bytes" },
        StreamFault::TooDense => {
            WalkFault { code: ErrorCode::DecompressionRatioLimit, what: "the ratio of compression" }
        }
        StreamFault::NotData => {
            WalkFault { code: ErrorCode::PageUnreadable, what: "its content uses a filter that is not known" }
        }
    }
}

/// First and last page to read, 1-based.
fn page_range(page_count: u32, options: &Options) -> Result<(u32, u32), ExtractError> {
    let (from, to) = match options.pages {
        Some(PageRange { from, to }) if from == 0 || from > to => {
            let message = format!("pages {from} to {to} are no pages: they are counted from 1, and upwards");
            return Err(ExtractError::new(ErrorCode::PageOutOfRange, message));
        }
        Some(PageRange { from, .. }) if from > page_count => {
            let there_is =
                if page_count == 1 { "page 1 alone".to_string() } else { format!("pages 1 to {page_count}") };
            let message = format!("page {from} asked for, but the document has {there_is}");
            return Err(ExtractError::new(ErrorCode::PageOutOfRange, message));
        }
        Some(range) => (range.from, range.to.min(page_count)),
        None => (1, page_count),
    };
    let most = options.max_pages.unwrap_or(u32::MAX).max(1);
    Ok((from, to.min(from.saturating_add(most - 1))))
}
