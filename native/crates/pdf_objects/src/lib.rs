//! The objects of a PDF (PDF 32000-2, 7): where they are, what they hold, and which of them are pages.
//!
//! Nothing is read before it is asked for. Dictionaries know where the values of their keys stand, arrays and streams where
//! they start; names and strings are borrowed from the file or from the object stream they stand in. A document keeps 8
//! bytes an object, 16 a page, and a bounded number of inflated object streams. Damage is repaired where it is met: an
//! object that is not where the cross-reference says makes the whole file be searched for objects, once.

#![forbid(unsafe_code)]

mod array;
mod bytes;
mod crypt;
mod decoder;
mod dict;
mod filters;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;
mod lexer;
mod limits;
mod name;
mod number;
mod object;
mod packed;
mod page;
mod page_tree;
mod pdf;
mod rebuild;
mod rect;
mod resources;
mod stream;
mod string;
mod xref;

pub use array::{Array, RawIter};
pub use crypt::{Access, Locked};
pub use decoder::{Decoder, StreamFault};
pub use dict::Dict;
pub use limits::{Exceeded, Limits, Measure};
pub use name::Name;
pub use number::Number;
pub use object::{FromObject, MaybeRef, Object, ObjectIdentifier};
pub use page::{Page, Rotation};
pub use page_tree::PageTree;
pub use pdf::{OpenError, Pdf};
pub use rect::Rect;
pub use resources::Resources;
pub use stream::Stream;
pub use string::PdfString;
