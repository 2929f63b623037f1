//! Opens a file with the passwords at hand: the one place that knows how the object layer takes bytes and passwords.

use super::metadata::pdf_doc_bytes;
use crate::error::{ErrorCode, ExtractError};
use crate::limits::Options;
use crate::passwords::Passwords;
use pdf_objects::{Exceeded, Limits as ObjectLimits, Locked, Measure, OpenError, Pdf};
use unicode_normalization::UnicodeNormalization;

/// Opens a file with the empty password or one of those given.
pub(super) fn open<'b>(data: &'b [u8], options: &Options) -> Result<Pdf<'b>, ExtractError> {
    let passwords: Vec<Vec<u8>> = options.passwords.iter().flat_map(forms).collect();
    let limits = ObjectLimits {
        max_stream_bytes: options.limits.max_stream_bytes,
        max_packed_bytes: options.limits.max_document_bytes / 4,
        max_objects: options.limits.max_objects,
        max_pages: options.limits.max_pages as usize,
        ..ObjectLimits::default()
    };
    Pdf::open(data, &passwords, limits).map_err(|error| open_error(error, &options.passwords))
}

/// Fails once the objects of a document went past a limit.
pub(super) fn check(pdf: &Pdf<'_>) -> Result<(), ExtractError> {
    pdf.exceeded().map_or(Ok(()), |exceeded| Err(objects_error(exceeded)))
}

fn objects_error(exceeded: Exceeded) -> ExtractError {
    let code = match exceeded.measure {
        Measure::Objects => ErrorCode::ObjectLimit,
        Measure::Bytes => ErrorCode::DecompressionLimit,
    };
    ExtractError::new(code, exceeded.to_string())
}

/// The bytes a password may stand for: UTF-8 as it is typed and as SASLprep has it (revisions 5 and 6; PDF 2.0, 7.6.4.3.3),
/// PDFDocEncoding (revisions 2 to 4; 7.6.4.3.2). Writers hold to neither, so all forms are tried on all revisions.
fn forms(password: &str) -> impl Iterator<Item = Vec<u8>> {
    let typed = password.as_bytes().to_vec();
    let (prepared, encoded) = if password.is_ascii() {
        (None, None)
    } else {
        let prepared = sasl_prepared(password);
        let encoded = pdf_doc_bytes(password).or_else(|| pdf_doc_bytes(&prepared));
        (Some(prepared.into_bytes()).filter(|form| *form != typed), encoded)
    };
    [Some(typed), prepared, encoded].into_iter().flatten()
}

/// SASLprep (RFC 4013): spaces become one kind, what is commonly left out is left out, compatibility forms are composed.
fn sasl_prepared(password: &str) -> String {
    let mapped = password.chars().filter_map(|c| match c {
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Some(' '),
        '\u{AD}' | '\u{34F}' | '\u{1806}' | '\u{180B}'..='\u{180D}' | '\u{200B}'..='\u{200D}' => None,
        '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => None,
        _ => Some(c),
    });
    mapped.nfkc().collect()
}

fn password_error(passwords: &Passwords) -> ExtractError {
    if passwords.is_empty() {
        return ExtractError::new(
            ErrorCode::PasswordRequired,
            "encrypted, and the empty password does not open it: give its password, or remove it \
             (for example `qpdf --decrypt --password=… in.pdf out.pdf`)",
        );
    }
    let tried = match passwords.len() {
        1 => "the password given does not open it".to_string(),
        count => format!("none of the {count} passwords given opens it"),
    };
    ExtractError::new(ErrorCode::WrongPassword, format!("encrypted, and {tried}: give its user or owner password"))
}

fn open_error(error: OpenError, passwords: &Passwords) -> ExtractError {
    match error {
        OpenError::Locked(Locked::Password) => password_error(passwords),
        OpenError::Locked(Locked::Method(method)) => ExtractError::new(
            ErrorCode::UnsupportedEncryption,
            format!("encrypted by a method that is not known here ({method}): decrypt it where it was made"),
        ),
        OpenError::Locked(Locked::Damaged) => {
            ExtractError::new(ErrorCode::InvalidPdf, "the encryption dictionary is damaged")
        }
        OpenError::Exceeded(exceeded) => objects_error(exceeded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_the_forms_that_writers_give_it() {
        let all = |password| forms(password).collect::<Vec<_>>();
        assert_eq!(all("plain"), [b"plain".to_vec()]);
        assert_eq!(all("Größe"), ["Größe".as_bytes().to_vec(), b"Gr\xF6\xDFe".to_vec()]);
        assert_eq!(all("€ ﬁ"), ["€ ﬁ".as_bytes().to_vec(), "€ fi".as_bytes().to_vec(), b"\xA0 \x93".to_vec()]);
        assert_eq!(all("e\u{301}").last(), Some(&b"\xE9".to_vec()));
        assert_eq!(all("секрет"), ["секрет".as_bytes().to_vec()]);
    }

    #[test]
    fn sasl_preparation() {
        assert_eq!(sasl_prepared("I\u{AD}X"), "IX");
        assert_eq!(sasl_prepared("\u{AA}\u{A0}\u{2168}"), "a IX");
        assert_eq!(sasl_prepared("e\u{301}"), "\u{E9}");
    }
}
