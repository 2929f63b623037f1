use core::fmt;

/// Why a document, or a page of it, cannot be read. The names are part of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorCode {
    /// No byte at all.
    EmptyFile,
    /// The bytes are of a format that has no reader.
    UnsupportedFormat,
    /// A PDF too damaged to find its catalog or its pages.
    InvalidPdf,
    /// A PDF whose page tree holds no page.
    NoPages,
    /// Encrypted, the empty password does not open it, and none was given.
    PasswordRequired,
    /// Encrypted, and none of the passwords given opens it.
    WrongPassword,
    /// Encrypted by a method that is not known here.
    UnsupportedEncryption,
    /// One of [`crate::Limits`] was reached; the message names it.
    LimitExceeded,
    /// The asked-for pages are not in the document.
    PageOutOfRange,
    /// The content of one page cannot be decoded.
    PageUnreadable,
    /// A defect of the extractor, caught.
    NativePanic,
}

impl ErrorCode {
    /// The name used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EmptyFile => "EMPTY_FILE",
            Self::UnsupportedFormat => "UNSUPPORTED_FORMAT",
            Self::InvalidPdf => "INVALID_PDF",
            Self::NoPages => "NO_PAGES",
            Self::PasswordRequired => "PASSWORD_REQUIRED",
            Self::WrongPassword => "WRONG_PASSWORD",
            Self::UnsupportedEncryption => "UNSUPPORTED_ENCRYPTION",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::PageOutOfRange => "PAGE_OUT_OF_RANGE",
            Self::PageUnreadable => "PAGE_UNREADABLE",
            Self::NativePanic => "NATIVE_PANIC",
        }
    }
}

/// A document that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractError {
    /// The cause, closed and stable.
    pub code: ErrorCode,
    /// What happened and what to do next, for a person.
    pub message: String,
    /// 1-based page, where the cause lies in one page.
    pub page: Option<u32>,
}

impl ExtractError {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), page: None }
    }
}

impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.message)
    }
}

impl core::error::Error for ExtractError {}
