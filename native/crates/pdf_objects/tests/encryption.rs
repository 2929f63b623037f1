//! Files encrypted by other writers, and by no method known.

mod writer;

use pdf_objects::{Access, Limits, Locked, OpenError, Pdf, PdfString};
use writer::{contents_with, one_page, replace};

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/../../test/fixtures/{name}.pdf", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

const KINDS: [&str; 6] = [
    "password-rc4-40",
    "password-rc4-128",
    "password-rc4-128-filters",
    "password-aes128",
    "password-aes256-r5",
    "user-password",
];

#[test]
fn user_and_owner_passwords_open_every_kind() {
    for name in KINDS {
        let data = fixture(name);
        for (password, access) in [("secret", Access::User), ("owner", Access::Owner)] {
            let contents = contents_with(&data, &["wrong", password]);
            assert!(contents[0].contains("Opened with"), "{name}: {contents:?}");
            let Ok(pdf) = Pdf::open(&data, &[password.into()], Limits::default()) else { panic!("{name} opens") };
            assert_eq!(pdf.access(), Some(access), "{name}");
            if name.starts_with("password") {
                let title = pdf.info().and_then(|info| info.get::<PdfString<'_>>("Title"));
                assert_eq!(title.as_deref(), Some(&b"Locked"[..]), "{name}");
            }
        }
        for passwords in [vec![], vec!["Secret"]] {
            assert_eq!(contents_with(&data, &passwords), ["Locked(Password)"], "{name}");
        }
    }
}

#[test]
fn the_empty_password_needs_no_asking() {
    for name in ["empty-password-rc4", "empty-password-aes128", "empty-password-aes256"] {
        let data = fixture(name);
        assert!(contents_with(&data, &[])[0].contains("Opened without a password"), "{name}");
        // Searched, its object streams are decrypted as well.
        let damaged = replace(&data, "startxref", "startxxxx");
        assert!(contents_with(&damaged, &[])[0].contains("Opened without a password"), "{name}, searched");
    }
}

fn opened(encrypt: &str) -> Result<Vec<String>, OpenError> {
    let data = replace(&one_page("plain"), "/Root", &format!("/Encrypt <<{encrypt}>>/Root"));
    Pdf::open(&data, &[], Limits::default()).map(|_| contents_with(&data, &[]))
}

#[test]
fn methods_that_are_not_known_are_named() {
    let method = |encrypt| match opened(encrypt) {
        Err(OpenError::Locked(Locked::Method(method))) => method,
        other => format!("{other:?}"),
    };
    assert_eq!(method("/Filter/Adobe.PubSec/V 4"), "the handler Adobe.PubSec");
    assert_eq!(method("/Filter/Standard/V 3"), "version 3 of the standard handler");
    assert_eq!(method("/Filter/Standard/V 4/R 9/StmF/A/StrF/A"), "revision 9 of the standard handler");
    assert_eq!(method("/Filter/Standard/V 4/CF<</A<</CFM/ROT13>>>>/StmF/A"), "the method ROT13");
    assert_eq!(opened("/Filter/Standard/V 2/R 3/O(short)/U(short)"), Err(OpenError::Locked(Locked::Damaged)));
}

#[test]
fn files_of_which_only_attachments_are_encrypted_open() {
    let encrypt = "/Filter/Standard/V 4/R 4/CF<</StdCF<</CFM/AESV2>>>>/EFF/StdCF/StmF/Identity/StrF/Identity";
    assert_eq!(opened(encrypt), Ok(vec!["plain".to_string()]));
}
