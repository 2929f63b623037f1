//! Bytes that are borrowed from the file, shared with an inflated object stream, or decoded.

use crate::packed::Packed;
use std::rc::Rc;

/// Where the bytes of an object lie.
#[derive(Clone)]
pub(crate) enum Source<'a> {
    File(&'a [u8]),
    Packed(Rc<Packed>),
}

impl<'a> Source<'a> {
    #[inline(always)]
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::File(data) => data,
            Self::Packed(packed) => &packed.data,
        }
    }

    /// `start` and `end` lie within the bytes.
    pub(crate) fn part(&self, start: usize, end: usize) -> Bytes<'a> {
        match self {
            Self::File(data) => Bytes::Borrowed(&data[start..end]),
            // Object streams are inflated to less than 4 GB.
            Self::Packed(packed) => Bytes::Packed { packed: Rc::clone(packed), start: start as u32, end: end as u32 },
        }
    }
}

#[derive(Clone)]
pub(crate) enum Bytes<'a> {
    Borrowed(&'a [u8]),
    Packed { packed: Rc<Packed>, start: u32, end: u32 },
    Owned(Box<[u8]>),
}

impl core::ops::Deref for Bytes<'_> {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            Self::Borrowed(data) => data,
            Self::Packed { packed, start, end } => &packed.data[*start as usize..*end as usize],
            Self::Owned(data) => data,
        }
    }
}
