//! Objects (PDF 32000-2, 7.3) and how they are read from their bytes.

use crate::array::Array;
use crate::bytes::Source;
use crate::dict::Dict;
use crate::lexer::{self, skip_blank};
use crate::name::Name;
use crate::number::Number;
use crate::pdf::Pdf;
use crate::stream::Stream;
use crate::string::PdfString;

/// The number and generation of an indirect object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ObjectIdentifier {
    /// Object number; 0 is never in use.
    pub number: u32,
    /// Generation, 0 for nearly all objects.
    pub generation: u16,
}

/// An object. Arrays and dictionaries are read where they are looked into.
#[derive(Clone)]
pub enum Object<'a> {
    /// `null`, and what cannot be read.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A string, decoded and decrypted.
    String(PdfString<'a>),
    /// A name, decoded.
    Name(Name<'a>),
    /// An array.
    Array(Array<'a>),
    /// A dictionary.
    Dict(Dict<'a>),
    /// A stream.
    Stream(Stream<'a>),
}

impl<'a> Object<'a> {
    /// The dictionary, when it is one; that of a stream is not given.
    pub fn into_dict(self) -> Option<Dict<'a>> {
        if let Self::Dict(dict) = self { Some(dict) } else { None }
    }

    /// The stream, when it is one.
    pub fn into_stream(self) -> Option<Stream<'a>> {
        if let Self::Stream(stream) = self { Some(stream) } else { None }
    }

    /// The number, when it is one.
    pub fn into_f32(self) -> Option<f32> {
        if let Self::Number(number) = self { Some(number.as_f32()) } else { None }
    }
}

/// An object where it stands: itself, or a reference to it.
#[derive(Clone)]
pub enum MaybeRef<T> {
    /// A reference that was not followed.
    Ref(ObjectIdentifier),
    /// The object itself.
    NotRef(T),
}

/// What can be asked for by its type; objects of other types are none.
pub trait FromObject<'a>: Sized {
    /// The value, when the object is of this type.
    fn from_object(object: Object<'a>) -> Option<Self>;
}

macro_rules! from_object {
    ($type:ty, $pattern:pat => $value:expr) => {
        impl<'a> FromObject<'a> for $type {
            #[inline]
            fn from_object(object: Object<'a>) -> Option<Self> {
                match object {
                    $pattern => $value,
                    _ => None,
                }
            }
        }
    };
}

from_object!(bool, Object::Boolean(value) => Some(value));
from_object!(Number, Object::Number(value) => Some(value));
from_object!(f32, Object::Number(value) => Some(value.as_f32()));
from_object!(i64, Object::Number(value) => Some(value.as_i64()));
from_object!(i32, Object::Number(value) => i32::try_from(value.as_i64()).ok());
from_object!(u32, Object::Number(value) => u32::try_from(value.as_i64()).ok());
from_object!(usize, Object::Number(value) => usize::try_from(value.as_i64()).ok());
from_object!(PdfString<'a>, Object::String(value) => Some(value));
from_object!(Name<'a>, Object::Name(value) => Some(value));
from_object!(Array<'a>, Object::Array(value) => Some(value));
from_object!(Stream<'a>, Object::Stream(value) => Some(value));

impl<'a> FromObject<'a> for Dict<'a> {
    /// The dictionary of a stream counts too.
    #[inline]
    fn from_object(object: Object<'a>) -> Option<Self> {
        match object {
            Object::Dict(dict) => Some(dict),
            Object::Stream(stream) => Some(stream.into_dict()),
            _ => None,
        }
    }
}

impl<'a> FromObject<'a> for Object<'a> {
    #[inline]
    fn from_object(object: Object<'a>) -> Option<Self> {
        Some(object)
    }
}

/// What the bytes of an object belong to.
#[derive(Clone)]
pub(crate) struct Scope<'a> {
    pub(crate) source: Source<'a>,
    /// None for objects that stand alone; they hold no references.
    pub(crate) pdf: Option<&'a Pdf<'a>>,
    /// The indirect object around, 0 for none.
    pub(crate) id: ObjectIdentifier,
}

impl<'a> Scope<'a> {
    pub(crate) fn empty() -> Self {
        Self { source: Source::File(&[]), pdf: None, id: ObjectIdentifier::default() }
    }

    /// The object a value leads to; `Null` when there is none.
    #[inline]
    pub(crate) fn resolve(&self, value: MaybeRef<Object<'a>>) -> Object<'a> {
        match value {
            MaybeRef::NotRef(object) => object,
            MaybeRef::Ref(id) => self.pdf.and_then(|pdf| pdf.object(id)).unwrap_or(Object::Null),
        }
    }

    /// The value that starts at `at`, where nobody asks for its end.
    pub(crate) fn read_last(&self, at: usize) -> Option<MaybeRef<Object<'a>>> {
        if self.source.bytes().get(at) == Some(&b'[') {
            return Some(MaybeRef::NotRef(Object::Array(Array::new(self, at))));
        }
        self.read(at).map(|(value, _)| value)
    }

    /// The value that starts at `at`, and where it ends. `None` at the end of the data or of what is around.
    pub(crate) fn read(&self, at: usize) -> Option<(MaybeRef<Object<'a>>, usize)> {
        let data = self.source.bytes();
        let (object, end) = match *data.get(at)? {
            b'/' => {
                let (end, escaped) = lexer::name_end(data, at + 1);
                (Object::Name(Name::new(self.source.part(at + 1, end), escaped)), end)
            }
            b'0'..=b'9' => {
                if let Some((id, end)) = lexer::reference(data, at) {
                    return Some((MaybeRef::Ref(id), end));
                }
                self.regular(at)
            }
            b'<' if data.get(at + 1) == Some(&b'<') => {
                let dict = Dict::parse(self, at)?;
                let end = dict.end();
                (Object::Dict(dict), end)
            }
            b'[' => {
                let end = lexer::value_end(data, at)?;
                (Object::Array(Array::new(self, at)), end)
            }
            b'(' => {
                let end = lexer::literal_end(data, at)?;
                (Object::String(PdfString::literal(self, at + 1, end - 1)), end)
            }
            b'<' => {
                let end = lexer::hex_end(data, at)?;
                (Object::String(PdfString::hex(self, &data[at + 1..end - 1])), end)
            }
            b']' => return None,
            b'>' if data.get(at + 1) == Some(&b'>') => return None,
            byte if lexer::is_regular(byte) => self.regular(at),
            _ => (Object::Null, at + 1),
        };
        Some((MaybeRef::NotRef(object), end))
    }

    /// A number or a keyword.
    fn regular(&self, at: usize) -> (Object<'a>, usize) {
        let data = self.source.bytes();
        let end = lexer::regular_end(data, at);
        let object = match &data[at..end] {
            b"true" => Object::Boolean(true),
            b"false" => Object::Boolean(false),
            word => Number::parse(word).map_or(Object::Null, Object::Number),
        };
        (object, end)
    }

    /// The body of an indirect object: dictionaries may be streams here.
    pub(crate) fn read_body(&self, at: usize) -> Option<MaybeRef<Object<'a>>> {
        let data = self.source.bytes();
        let at = skip_blank(data, at);
        if data.get(at) == Some(&b'[') {
            return self.read_last(at);
        }
        let (value, end) = self.read(at)?;
        if let MaybeRef::NotRef(Object::Dict(dict)) = &value {
            let after = skip_blank(data, end);
            if let Some(start) = crate::stream::data_start(data, after) {
                return Some(MaybeRef::NotRef(Object::Stream(Stream::new(dict.clone(), start))));
            }
        }
        Some(value)
    }
}
