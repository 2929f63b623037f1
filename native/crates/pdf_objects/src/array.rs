//! Arrays (PDF 32000-2, 7.3.6), read item by item.

use crate::lexer::{self, skip_blank};
use crate::object::{FromObject, MaybeRef, Object, Scope};

/// An array. Its items are read each time they are iterated over, up to its end.
#[derive(Clone)]
pub struct Array<'a> {
    scope: Scope<'a>,
    /// Past the opening bracket.
    start: usize,
}

impl<'a> Array<'a> {
    /// The array whose bracket opens at `at`.
    pub(crate) fn new(scope: &Scope<'a>, at: usize) -> Self {
        Self { scope: scope.clone(), start: at + 1 }
    }

    /// The bytes between the brackets.
    pub fn data(&self) -> &[u8] {
        let data = self.scope.source.bytes();
        let end = lexer::value_end(data, self.start - 1).unwrap_or(self.start);
        let inner = &data[self.start..end.max(self.start)];
        inner.strip_suffix(b"]").unwrap_or(inner)
    }

    /// The items, references unresolved.
    pub fn raw_iter(&self) -> RawIter<'a> {
        RawIter { scope: self.scope.clone(), at: self.start }
    }

    /// The items that are of type `T`, references followed; as objects all items, `Null` where nothing is found.
    pub fn iter<T: FromObject<'a>>(&self) -> impl Iterator<Item = T> + use<'a, T> {
        let scope = self.scope.clone();
        self.raw_iter().filter_map(move |item| T::from_object(scope.resolve(item)))
    }
}

/// Iterates over the items of an array.
pub struct RawIter<'a> {
    scope: Scope<'a>,
    at: usize,
}

impl<'a> Iterator for RawIter<'a> {
    type Item = MaybeRef<Object<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let data = self.scope.source.bytes();
        let at = skip_blank(data, self.at);
        // Reading ends at the brackets of what is around; keywords that end an object are no items either.
        let item = if lexer::ends_object(data, at) { None } else { self.scope.read(at) };
        let Some((item, end)) = item else {
            self.at = data.len();
            return None;
        };
        self.at = end;
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::Source;

    #[test]
    fn items_up_to_the_end_whatever_it_is() {
        for (data, count, inner) in [
            (&b"[1 2 0 R (a]) [3] <</A 4>>] 5"[..], 5, &b"1 2 0 R (a]) [3] <</A 4>>"[..]),
            (b"[]", 0, b""),
            (b"[1 2 >> 3", 2, b"1 2 "),
            (b"[1 2 endobj 3", 2, b""),
            (b"[1 2", 2, b""),
        ] {
            let scope = Scope { source: Source::File(data), ..Scope::empty() };
            let array = Array::new(&scope, 0);
            assert_eq!(array.raw_iter().count(), count, "{}", String::from_utf8_lossy(data));
            assert_eq!(array.data(), inner, "{}", String::from_utf8_lossy(data));
        }
    }
}
