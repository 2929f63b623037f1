//! What each fuzz target does with its input: it runs a part of the engine and asserts what must hold for any bytes. The
//! targets in `native/fuzz` only call these and those of `pdf_objects`; inputs that once failed are kept as tests here.

mod cmap;
mod content_stream;
mod document;
mod font_program;
mod layout;
mod lexer;
#[cfg(test)]
mod regressions;
mod xref_repair;

pub use cmap::cmap;
pub use content_stream::content_stream;
pub use document::document;
pub use font_program::font_program;
pub use layout::layout;
pub use lexer::lexer;
pub use xref_repair::xref_repair;
