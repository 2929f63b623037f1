//! The information dictionary and the catalog.

use super::date::iso_8601;
use crate::document::Metadata;
use pdf_objects::{Dict, Pdf, PdfString};

/// Longer values are cut: they are shown to people.
const MAX_CHARS: usize = 4096;

pub(crate) fn read(pdf: &Pdf<'_>, root: Option<&Dict<'_>>) -> Metadata {
    let info = pdf.info().unwrap_or_else(Dict::empty);
    let string = |key: &str| info.get::<PdfString<'_>>(key);
    let value = |key: &str| string(key).map(|bytes| text_string(&bytes)).filter(|text| !text.is_empty());
    let language = root.and_then(|root| root.get::<PdfString<'_>>("Lang")).map(|s| text_string(s.as_bytes()));
    let marked = root.and_then(|root| root.get::<Dict<'_>>("MarkInfo")).and_then(|info| info.get::<bool>("Marked"));
    Metadata {
        title: value("Title"),
        author: value("Author"),
        subject: value("Subject"),
        keywords: value("Keywords"),
        creator: value("Creator"),
        producer: value("Producer"),
        created_at: string("CreationDate").and_then(|date| iso_8601(&date)),
        modified_at: string("ModDate").and_then(|date| iso_8601(&date)),
        language: language.filter(|text| !text.is_empty()),
        pdf_version: pdf.version().to_string(),
        tagged: marked.unwrap_or(false) && root.is_some_and(|root| root.contains_key("StructTreeRoot")),
        encrypted: pdf.access().is_some(),
    }
}

/// A text string (PDF 2.0, 7.9.2.2): UTF-16 or UTF-8 by its byte order mark, otherwise PDFDocEncoding.
pub(crate) fn text_string(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], read: fn([u8; 2]) -> u16| -> String {
        char::decode_utf16(bytes.as_chunks::<2>().0.iter().map(|pair| read(*pair))).filter_map(Result::ok).collect()
    };
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // Writers that ignore the specification write UTF-8 without a mark; Latin text hardly ever passes for it.
        _ if !bytes.is_ascii() && core::str::from_utf8(bytes).is_ok() => String::from_utf8_lossy(bytes).into_owned(),
        _ => bytes.iter().map(|byte| pdf_doc_char(*byte)).collect(),
    };
    without_escapes(&text)
}

/// PDFDocEncoding (PDF 2.0, annex D.3) where it differs from Latin-1.
fn pdf_doc_char(byte: u8) -> char {
    const LOW: [char; 8] = ['\u{2D8}', '\u{2C7}', '\u{2C6}', '\u{2D9}', '\u{2DD}', '\u{2DB}', '\u{2DA}', '\u{2DC}'];
    const HIGH: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', '\u{FB01}',
        '\u{FB02}', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
    ];
    match byte {
        // An escape character opens a language tag; the accent it stands for is never used in practice.
        0x1B => '\u{1B}',
        0x18..=0x1F => LOW[usize::from(byte - 0x18)],
        0x80..=0xA0 => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Text in PDFDocEncoding, where it can say all of it.
pub(super) fn pdf_doc_bytes(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| (0..=0xFF).find(|byte| pdf_doc_char(*byte) == c)).collect()
}

/// Drops language escapes (ESC … ESC) and control characters.
fn without_escapes(text: &str) -> String {
    let mut escaped = false;
    let kept = text.chars().filter(|c| {
        if *c == '\u{1B}' {
            escaped = !escaped;
            return false;
        }
        !escaped && (!c.is_control() || c.is_whitespace()) && *c != '\u{FFFE}'
    });
    kept.take(MAX_CHARS).collect::<String>().trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings() {
        assert_eq!(text_string(b"\xFE\xFF\x04\x16\xD8\x3D\xDE\x00"), "Ж\u{1F600}");
        assert_eq!(text_string(b"caf\xE9 \x80\x84"), "café •—");
        assert_eq!(text_string("naïve".as_bytes()), "naïve");
        assert_eq!(text_string(b"\xFE\xFF\x00\x1B\x00e\x00n\x00\x1B\x00A"), "A");
    }
}
