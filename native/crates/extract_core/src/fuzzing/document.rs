//! A whole document: read twice, once for its structure too.

use crate::{Document, ErrorCode, ExtractError, Limits, Options};
use unicode_normalization::is_nfc;

/// Far below what is allowed outside, so that an input within its limits ends within the time of a fuzzer.
fn limits() -> Limits {
    Limits {
        max_pages: 2_000,
        max_text_bytes: 4 << 20,
        max_stream_bytes: 4 << 20,
        max_document_bytes: 64 << 20,
        max_page_operators: 200_000,
        max_page_glyphs: 50_000,
        max_words: 200_000,
        ..Limits::default()
    }
}

fn read(bytes: &[u8], structure: bool) -> Result<Document, ExtractError> {
    crate::extract(bytes.to_vec(), &Options { structure, limits: limits(), ..Options::default() })
}

/// Reads any bytes.
///
/// # Panics
/// When what comes out breaks a promise of the API, or differs when the same bytes are read again.
pub fn document(bytes: &[u8]) {
    let first = read(bytes, false);
    let second = read(bytes, true);
    match (&first, &second) {
        (Ok(first), Ok(second)) => {
            check(first);
            check(second);
            same(first, second);
            check_structure(second);
        }
        (Err(first), Err(second)) => {
            assert_eq!(first, second, "the same bytes fail differently");
            assert_ne!(first.code, ErrorCode::NativePanic, "{first}");
        }
        // Words are counted for the structure only.
        (Ok(_), Err(error)) => assert_eq!(error.code, ErrorCode::WordLimit, "only with its structure: {error}"),
        (Err(error), Ok(_)) => panic!("only without its structure: {error}"),
    }
}

fn check(document: &Document) {
    let Document { pages, page_offsets, text, page_count, first_page, metadata, .. } = document;
    assert_eq!(page_offsets.len(), pages.len() + 1, "an offset for each page, and the end");
    assert_eq!((page_offsets[0], page_offsets[pages.len()] as usize), (0, text.len()));
    assert!(page_offsets.is_sorted(), "offsets grow");
    assert!(page_offsets.iter().all(|at| text.is_char_boundary(*at as usize)), "offsets are between characters");
    assert!(first_page + pages.len() as u32 - 1 <= *page_count);
    assert!(text.len() as u64 <= limits().max_text_bytes && *page_count <= limits().max_pages);
    for (i, page) in pages.iter().enumerate() {
        let text = &text[page_offsets[i] as usize..page_offsets[i + 1] as usize];
        assert!(is_nfc(text), "NFC");
        let stray = text.chars().find(|c| is_stray(*c));
        assert_eq!(stray, None, "controls, bidi controls, soft hyphens and U+FFFE are no text");
        assert!(text.is_empty() || text.ends_with('\n'), "the last line ends");
        assert!(page.width.is_finite() && page.height.is_finite() && page.width > 0.0 && page.height > 0.0);
        assert!(page.max_font_size.is_finite() && page.max_font_size >= 0.0);
        assert!((0.0..=1.0).contains(&page.image_coverage), "{}", page.image_coverage);
        let shown = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{FFFD}').count();
        assert_eq!(page.chars as usize, shown, "characters are counted as they are written");
        assert!(page.error.as_ref().is_none_or(|error| error.code != ErrorCode::NativePanic), "a page panicked");
    }
    let values = [
        &metadata.title,
        &metadata.author,
        &metadata.subject,
        &metadata.keywords,
        &metadata.creator,
        &metadata.producer,
        &metadata.language,
    ];
    for value in values.into_iter().flatten() {
        assert!(!value.contains(['\0', '\u{FFFE}']) && !value.is_empty(), "{value:?}");
    }
}

fn is_stray(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn same(first: &Document, second: &Document) {
    assert_eq!(first.text, second.text, "the same text on every run, with structure or without");
    assert_eq!(first.page_offsets, second.page_offsets);
    assert_eq!(first.metadata, second.metadata);
    assert_eq!(first.page_count, second.page_count);
    for (a, b) in first.pages.iter().zip(&second.pages) {
        assert_eq!((a.verdict, a.chars, &a.error), (b.verdict, b.chars, &b.error));
    }
    assert!(first.warnings.iter().all(|w| second.warnings.contains(w)), "the structure adds warnings and takes none");
}

fn check_structure(document: &Document) {
    let Some(structure) = &document.structure else { panic!("a structure was asked for") };
    assert_eq!(structure.pages.len(), document.pages.len());
    if let Some(labels) = &structure.page_labels {
        assert_eq!(labels.len(), document.page_count as usize);
    }
    for item in &structure.outline {
        assert!(item.page.is_none_or(|page| (1..=document.page_count).contains(&page)));
    }
    let json = structure.to_json(document.first_page);
    assert_eq!(json, structure.to_json(document.first_page));
    assert!(!structure.to_markdown().contains('\0'));
}
