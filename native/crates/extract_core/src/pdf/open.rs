//! Opens a file with the passwords at hand: the one place that knows how the object layer takes bytes and passwords.

use super::metadata::pdf_doc_bytes;
use crate::error::{ErrorCode, ExtractError};
use crate::passwords::Passwords;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use unicode_normalization::UnicodeNormalization;

/// Tries the empty password, then each of `passwords`, and fails with the first error that is not about the password.
pub(super) fn open(data: &PdfData, passwords: &Passwords) -> Result<Pdf, ExtractError> {
    let forms = passwords.iter().flat_map(forms);
    for password in core::iter::once(Vec::new()).chain(forms) {
        // This object layer takes UTF-8 only; other forms wait for one that takes bytes.
        let Ok(password) = core::str::from_utf8(&password) else { continue };
        match Pdf::new_with_password(data.clone(), password) {
            Ok(pdf) => return Ok(pdf),
            Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {}
            Err(error) => return Err(load_error(error)),
        }
    }
    Err(password_error(passwords))
}

/// The bytes a password may stand for: UTF-8 as it is typed and as SASLprep has it (revisions 5 and 6; PDF 2.0, 7.6.4.3.3),
/// PDFDocEncoding (revisions 2 to 4; 7.6.4.3.2). Writers hold to neither, so all forms are tried on all revisions.
fn forms(password: &str) -> impl Iterator<Item = Vec<u8>> {
    let typed = password.as_bytes().to_vec();
    let (prepared, encoded) = if password.is_ascii() {
        (None, None)
    } else {
        let prepared = sasl_prepared(password).into_bytes();
        (Some(prepared).filter(|form| *form != typed), pdf_doc_bytes(password))
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

fn load_error(error: LoadPdfError) -> ExtractError {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => password_error(&Passwords::default()),
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => ExtractError::new(
            ErrorCode::UnsupportedEncryption,
            "encrypted by a method that is not known here (public key or a private handler): decrypt it where it was made",
        ),
        LoadPdfError::Decryption(DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption) => {
            ExtractError::new(ErrorCode::InvalidPdf, "the encryption dictionary is damaged")
        }
        LoadPdfError::Invalid => ExtractError::new(
            ErrorCode::InvalidPdf,
            "neither the cross-reference table nor a search of the file finds a catalog with pages: the file is damaged",
        ),
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
        assert_eq!(all("секрет"), ["секрет".as_bytes().to_vec()]);
    }

    #[test]
    fn sasl_preparation() {
        assert_eq!(sasl_prepared("I\u{AD}X"), "IX");
        assert_eq!(sasl_prepared("\u{AA}\u{A0}\u{2168}"), "a IX");
        assert_eq!(sasl_prepared("e\u{301}"), "\u{E9}");
    }
}
