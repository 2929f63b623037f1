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
    /// A stream, or all of a document's, decompresses to more bytes than [`crate::Limits`] allows.
    DecompressionLimit,
    /// A stream decompresses to more times its size than any honest filter makes of one.
    DecompressionRatioLimit,
    /// Forms inside one another, deeper than allowed.
    NestingLimit,
    /// More operators on a page than allowed.
    OperatorLimit,
    /// More glyphs on a page than allowed.
    GlyphLimit,
    /// More objects in the document than allowed.
    ObjectLimit,
    /// More pages in the document than allowed.
    PageLimit,
    /// More text in the document than allowed.
    TextLimit,
    /// More words with boxes than allowed, where the structure is asked for.
    WordLimit,
    /// The time that the caller gave is up, see [`crate::Interrupt`].
    Timeout,
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
            Self::DecompressionLimit => "DECOMPRESSION_LIMIT",
            Self::DecompressionRatioLimit => "DECOMPRESSION_RATIO_LIMIT",
            Self::NestingLimit => "NESTING_LIMIT",
            Self::OperatorLimit => "OPERATOR_LIMIT",
            Self::GlyphLimit => "GLYPH_LIMIT",
            Self::ObjectLimit => "OBJECT_LIMIT",
            Self::PageLimit => "PAGE_LIMIT",
            Self::TextLimit => "TEXT_LIMIT",
            Self::WordLimit => "WORD_LIMIT",
            Self::Timeout => "TIMEOUT",
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
