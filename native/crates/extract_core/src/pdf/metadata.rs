//! The information dictionary and the catalog.

use crate::document::Metadata;
use hayro_syntax::object::{DateTime, Dict, String as PdfString};
use hayro_syntax::{Pdf, PdfVersion};

/// Longer values are cut: they are shown to people.
const MAX_CHARS: usize = 4096;

pub(crate) fn read(pdf: &Pdf, root: Option<&Dict<'_>>) -> Metadata {
    let info = pdf.metadata();
    let value = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(text_string).filter(|text| !text.is_empty());
    let language = root.and_then(|root| root.get::<PdfString<'_>>("Lang")).map(|s| text_string(s.as_bytes()));
    let marked = root.and_then(|root| root.get::<Dict<'_>>("MarkInfo")).and_then(|info| info.get::<bool>("Marked"));
    Metadata {
        title: value(&info.title),
        author: value(&info.author),
        subject: value(&info.subject),
        keywords: value(&info.keywords),
        creator: value(&info.creator),
        producer: value(&info.producer),
        created_at: info.creation_date.and_then(iso_8601),
        modified_at: info.modification_date.and_then(iso_8601),
        language: language.filter(|text| !text.is_empty()),
        pdf_version: version(pdf.version()).to_string(),
        tagged: marked.unwrap_or(false) && root.is_some_and(|root| root.contains_key("StructTreeRoot")),
        encrypted: is_encrypted(pdf.data().as_ref()),
    }
}

fn version(version: PdfVersion) -> &'static str {
    match version {
        PdfVersion::Pdf10 => "1.0",
        PdfVersion::Pdf11 => "1.1",
        PdfVersion::Pdf12 => "1.2",
        PdfVersion::Pdf13 => "1.3",
        PdfVersion::Pdf14 => "1.4",
        PdfVersion::Pdf15 => "1.5",
        PdfVersion::Pdf16 => "1.6",
        PdfVersion::Pdf17 => "1.7",
        PdfVersion::Pdf20 => "2.0",
    }
}

fn iso_8601(date: DateTime) -> Option<String> {
    let valid = (1..=12).contains(&date.month) && (1..=31).contains(&date.day) && date.hour < 24 && date.minute < 60;
    let zone = if date.utc_offset_hour == 0 && date.utc_offset_minute == 0 {
        "Z".to_string()
    } else {
        let sign = if date.utc_offset_hour < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", date.utc_offset_hour.unsigned_abs(), date.utc_offset_minute)
    };
    valid.then(|| {
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{zone}",
            date.year,
            date.month,
            date.day,
            date.hour,
            date.minute,
            date.second.min(59)
        )
    })
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

/// Whether a trailer names an encryption dictionary. Trailers and cross-reference streams are never compressed, and the
/// parser does not hand them out; they stand at the end of the file, where `startxref` points, or (linearized) at its start.
fn is_encrypted(data: &[u8]) -> bool {
    const WINDOW: usize = 32 << 10;
    let end = data.len().saturating_sub(WINDOW);
    let tail = &data[end..];
    let start = memchr::memmem::rfind(tail, b"startxref").and_then(|at| {
        let digits = tail[at + b"startxref".len()..].trim_ascii_start();
        let length = digits.iter().position(|b| !b.is_ascii_digit()).unwrap_or(digits.len());
        core::str::from_utf8(&digits[..length]).ok()?.parse::<usize>().ok()
    });
    let table = start.filter(|at| *at < end).unwrap_or(end);
    // A classic table lies between `startxref`'s target and the trailer, which is in the tail; a stream's dictionary follows
    // its start at once.
    let windows = [tail, &data[..WINDOW.min(end)], &data[table..data.len().min(table + WINDOW)]];
    windows.into_iter().any(names_encryption)
}

fn names_encryption(data: &[u8]) -> bool {
    memchr::memmem::find_iter(data, b"/Encrypt").any(|at| {
        let rest = data[at + b"/Encrypt".len()..].trim_ascii_start();
        rest.first().is_some_and(|b| b.is_ascii_digit()) || rest.starts_with(b"<<")
    })
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
