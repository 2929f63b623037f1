//! Arrays (PDF 32000-2, 7.3.6), read item by item.

use crate::lexer::skip_blank;
use crate::object::{FromObject, MaybeRef, Object, Scope};

/// An array. Its items are read each time they are iterated over.
#[derive(Clone)]
pub struct Array<'a> {
    scope: Scope<'a>,
    start: usize,
    end: usize,
}

impl<'a> Array<'a> {
    /// The array that opens at `start` and ends before `end`, its closing bracket included where there is one.
    pub(crate) fn new(scope: &Scope<'a>, start: usize, end: usize) -> Self {
        let closed = scope.source.bytes().get(end - 1) == Some(&b']');
        Self { scope: scope.clone(), start: start + 1, end: (end - usize::from(closed)).max(start + 1) }
    }

    /// The bytes between the brackets.
    pub fn data(&self) -> &[u8] {
        &self.scope.source.bytes()[self.start..self.end]
    }

    /// The items, references unresolved.
    pub fn raw_iter(&self) -> RawIter<'a> {
        RawIter { array: self.clone() }
    }

    /// The items that are of type `T`, references followed; as objects all items, `Null` where nothing is found.
    pub fn iter<T: FromObject<'a>>(&self) -> impl Iterator<Item = T> + use<'a, T> {
        let scope = self.scope.clone();
        self.raw_iter().filter_map(move |item| T::from_object(scope.resolve(item)))
    }
}

/// Iterates over the items of an array.
pub struct RawIter<'a> {
    /// What is left of it.
    array: Array<'a>,
}

impl<'a> Iterator for RawIter<'a> {
    type Item = MaybeRef<Object<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let array = &mut self.array;
        loop {
            let at = skip_blank(array.scope.source.bytes(), array.start);
            if at >= array.end {
                array.start = array.end;
                return None;
            }
            match array.scope.read(at) {
                Some((item, end)) => {
                    array.start = end;
                    return Some(item);
                }
                // A bracket that closes nothing.
                None => array.start = at + 1,
            }
        }
    }
}
