//! Tells formats apart by their first bytes, so that what is not a PDF is refused by its real name.

use crate::document::Format;
use crate::error::{ErrorCode, ExtractError};
use memchr::memmem;

/// A PDF header may be preceded by junk; readers look this far for it.
const HEADER_WINDOW: usize = 1024;

/// How far a file without a header is searched for PDF objects.
const OBJECT_WINDOW: usize = 64 << 10;

pub(crate) fn sniff(bytes: &[u8]) -> Result<Format, ExtractError> {
    if bytes.is_empty() {
        return Err(ExtractError::new(
            ErrorCode::EmptyFile,
            "the file is empty (0 bytes): check how it was written or transferred",
        ));
    }
    let head = &bytes[..bytes.len().min(HEADER_WINDOW)];
    if memmem::find(head, b"%PDF-").is_some() {
        return Ok(Format::Pdf);
    }
    if let Some(kind) = known_format(bytes) {
        return Err(ExtractError::new(
            ErrorCode::UnsupportedFormat,
            format!("this is {kind}, not a PDF: convert it to PDF first"),
        ));
    }
    // A PDF that lost its first bytes can still be repaired from its objects.
    let window = &bytes[..bytes.len().min(OBJECT_WINDOW)];
    if memmem::find(head, b"%!PS-Adobe-3.0 PDF").is_some()
        || (memmem::find(window, b" obj").is_some() && memmem::find(bytes, b"/Catalog").is_some())
        || memmem::find(window, b"%PDF").is_some()
    {
        return Ok(Format::Pdf);
    }
    let kind = if looks_like_text(head) { "plain text" } else { "of an unknown binary format" };
    Err(ExtractError::new(
        ErrorCode::UnsupportedFormat,
        format!("this is {kind}, not a PDF: no %PDF- header in the first {HEADER_WINDOW} bytes"),
    ))
}

fn known_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Microsoft Office document (OLE)"),
        (b"{\\rtf", "a Rich Text (RTF) document"),
        (b"\x89PNG\r\n\x1A\n", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
        (b"BM", "a BMP image"),
        (b"%!PS", "a PostScript file"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"Rar!", "a RAR archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xFD7zXZ\0", "an xz archive"),
        (b"\x7FELF", "a program (ELF)"),
        (b"MZ", "a program (Windows)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"AT&TFORM", "a DjVu document"),
        (b"From ", "an e-mail mailbox"),
        (b"<?xml", "an XML document"),
    ];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(zip_kind(bytes));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("a WebP image");
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(kind);
    }
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace() && *b < 0x80)?;
    let head: Vec<u8> = bytes[start..].iter().take(64).map(u8::to_ascii_lowercase).collect();
    let is_html = [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|tag| head.starts_with(tag));
    is_html.then_some("an HTML page")
}

fn zip_kind(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(4096)];
    let names: &[(&[u8], &str)] = &[
        (b"word/", "a Word document (DOCX)"),
        (b"xl/", "an Excel workbook (XLSX)"),
        (b"ppt/", "a PowerPoint presentation (PPTX)"),
        (b"opendocument.text", "an OpenDocument text (ODT)"),
        (b"opendocument", "an OpenDocument file"),
        (b"epub+zip", "an EPUB book"),
    ];
    let tail = &bytes[bytes.len().saturating_sub(16 << 10)..];
    names
        .iter()
        .find(|(name, _)| memmem::find(head, name).is_some() || memmem::find(tail, name).is_some())
        .map_or("a ZIP archive", |(_, kind)| kind)
}

fn looks_like_text(head: &[u8]) -> bool {
    let odd = head.iter().filter(|b| **b < 9 || (**b > 13 && **b < 32)).count();
    odd * 50 <= head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8]) -> (ErrorCode, String) {
        let error = sniff(bytes).err().map(|e| (e.code, e.message));
        error.unwrap_or((ErrorCode::NativePanic, "accepted".into()))
    }

    #[test]
    fn names_what_is_not_a_pdf() {
        assert_eq!(code(b"").0, ErrorCode::EmptyFile);
        for (bytes, name) in [
            (&b"PK\x03\x04........word/document.xml"[..], "Word"),
            (b"{\\rtf1 hello}", "RTF"),
            (b"\x89PNG\r\n\x1A\n....", "PNG"),
            (b"  <!DOCTYPE html><html>", "HTML"),
            (b"hello, this is a letter", "plain text"),
            (b"\x01\x02\x03\x04\x05\x06\x07", "unknown binary"),
        ] {
            let (code, message) = code(bytes);
            assert_eq!(code, ErrorCode::UnsupportedFormat);
            assert!(message.contains(name), "{message}");
        }
    }

    #[test]
    fn accepts_junk_before_the_header_and_a_lost_header() {
        assert!(sniff(b"junk\n%PDF-1.4\n").is_ok());
        assert!(sniff(b"1 0 obj\n<< /Type /Catalog >>\nendobj").is_ok());
    }
}
