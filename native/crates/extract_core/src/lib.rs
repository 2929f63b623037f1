//! Bytes of a document in, its text by page out.
//!
//! The crate is pure: no file, network, clock, environment or console, and no `unsafe` of its own. What cannot be read is
//! named by an [`ExtractError`]; what is wrong with a single page is data on that page, never the end of the document.
//!
//! One folder per format (`pdf`), one for what formats share (`layout`: positioned glyphs to lines, blocks and text).

#![forbid(unsafe_code)]

mod document;
mod error;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;
mod interrupt;
mod layout;
mod limits;
mod passwords;
mod pdf;
#[cfg(test)]
mod properties;
mod sniff;
mod structure;

pub use document::{Document, Format, Metadata, Page, PageError, Verdict, Warning, Work};
pub use error::{ErrorCode, ExtractError};
pub use interrupt::Interrupt;
pub use limits::{Limits, Options, PageRange};
pub use passwords::Passwords;
pub use structure::{
    Block, BlockKind, Bounds, FontFace, Line, OutlineItem, PageStructure, Quality, Reason, Structure, Word,
};

/// Version of the extractor: the crate's version and a revision that changes whenever the text of any document could.
pub const ENGINE_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "-r2");

/// Reads a document.
///
/// # Errors
/// Only when no document can be had at all; see [`ErrorCode`]. Faults of single pages are in [`Page::error`].
pub fn extract<T>(bytes: T, options: &Options) -> Result<Document, ExtractError>
where
    T: AsRef<[u8]> + Send + Sync + 'static,
{
    match sniff::sniff(bytes.as_ref())? {
        Format::Pdf => pdf::extract(bytes, options),
    }
}
