//! Dictionaries (PDF 32000-2, 7.3.7): where the values of keys stand; values are read when asked for.

use crate::bytes::Source;
use crate::lexer::{self, skip_blank};
use crate::name::{self, Name};
use crate::object::{FromObject, MaybeRef, Object, ObjectIdentifier, Scope};
use core::cell::Cell;
use std::rc::Rc;

/// A dictionary. Copies share what was read.
#[derive(Clone)]
pub struct Dict<'a> {
    scope: Scope<'a>,
    start: usize,
    end: usize,
    entries: Option<Rc<[Entry]>>,
}

/// A key and its value, by their distance from the start of the dictionary.
#[derive(Clone, Copy, Default)]
struct Entry {
    key: u32,
    /// Bytes of the key, with [`ESCAPED`] when it holds a number sign.
    length: u32,
    value: u32,
}

const ESCAPED: u32 = 1 << 31;

/// Nearly all dictionaries end within this many bytes.
const NEAR: usize = 4096;

/// How many bytes may be read in search of ends that do not come.
pub(crate) struct Reach(Cell<u64>);

impl Reach {
    pub(crate) fn of(file_length: usize) -> Self {
        Self(Cell::new((file_length as u64).saturating_mul(64).saturating_add(64 << 20)))
    }

    fn lasts(&self, bytes: usize) -> bool {
        self.0.get() >= bytes as u64
    }

    fn take(&self, bytes: usize) {
        self.0.set(self.0.get().saturating_sub(bytes as u64));
    }
}

/// Dictionaries past this are kept sorted by key.
const MAX_UNSORTED: usize = 24;

impl<'a> Dict<'a> {
    /// A dictionary without entries.
    pub fn empty() -> Self {
        Self { scope: Scope::empty(), start: 0, end: 0, entries: None }
    }

    /// The dictionary whose brackets open at `start`. One that meets `endobj` ends there. `None` when it goes on past the
    /// end of the data or 4 GB, or nests too deep.
    pub(crate) fn parse(scope: &Scope<'a>, start: usize) -> Option<Self> {
        Self::parse_within(scope, start, scope.pdf.map(|pdf| &pdf.reach))
    }

    /// Looks far for the end only as long as `reach` lasts: where many dictionaries are not closed, each would be read up to
    /// the end of the file.
    pub(crate) fn parse_within(scope: &Scope<'a>, start: usize, reach: Option<&Reach>) -> Option<Self> {
        let data = scope.source.bytes();
        let near = start.saturating_add(NEAR).min(data.len());
        let found = Self::parse_in(scope, &data[..near], start);
        if found.is_some() || near == data.len() {
            return found;
        }
        if !reach.is_none_or(|reach| reach.lasts(data.len() - start)) {
            return None;
        }
        let found = Self::parse_in(scope, data, start);
        if let (Some(reach), None) = (reach, &found) {
            reach.take(data.len() - start);
        }
        found
    }

    fn parse_in(scope: &Scope<'a>, data: &[u8], start: usize) -> Option<Self> {
        let mut few = [Entry::default(); MAX_UNSORTED];
        let mut count = 0;
        let mut many: Vec<Entry> = Vec::new();
        let mut at = start + 2;
        loop {
            at = skip_blank(data, at);
            match *data.get(at)? {
                b'/' => {
                    let key = at + 1;
                    let (end, escaped) = lexer::name_end(data, key);
                    let value = skip_blank(data, end);
                    let length = u32::try_from(end - key).ok().filter(|length| length & ESCAPED == 0)?;
                    let escaped = if escaped { ESCAPED } else { 0 };
                    let entry = Entry {
                        key: u32::try_from(key - start).ok()?,
                        length: length | escaped,
                        value: u32::try_from(value - start).ok()?,
                    };
                    match few.get_mut(count) {
                        Some(slot) => *slot = entry,
                        None => {
                            if many.is_empty() {
                                many.extend_from_slice(&few);
                            }
                            many.push(entry);
                        }
                    }
                    count += 1;
                    // A key without a value, at the end.
                    at = lexer::value_end(data, value).unwrap_or(value);
                    if at == value && !ends_here(data, value) {
                        return None;
                    }
                }
                b'>' if data.get(at + 1) == Some(&b'>') => {
                    at += 2;
                    break;
                }
                _ if ends_here(data, at) => break,
                // What stands between is garbage, or the rest of a reference.
                b'0'..=b'9' | b'R' => at = lexer::regular_end(data, at),
                b']' | b'>' => at += 1,
                _ => at = lexer::value_end(data, at)?,
            }
        }
        let entries: Rc<[Entry]> = if many.is_empty() {
            Rc::from(&few[..count])
        } else {
            let key = |entry: &Entry| key_bytes(data, start, entry);
            many.sort_by(|a, b| key(a).cmp(&key(b)));
            Rc::from(many)
        };
        Some(Self { scope: scope.clone(), start, end: at, entries: Some(entries) })
    }

    pub(crate) fn end(&self) -> usize {
        self.end
    }

    /// Whether keeping this dictionary keeps little else from being dropped.
    pub(crate) fn is_light(&self) -> bool {
        const LIGHT: usize = 128 << 10;
        match &self.scope.source {
            Source::File(_) => true,
            Source::Packed(packed) => packed.data.len() <= LIGHT,
        }
    }

    pub(crate) fn scope(&self) -> &Scope<'a> {
        &self.scope
    }

    fn entries(&self) -> &[Entry] {
        self.entries.as_deref().unwrap_or_default()
    }

    /// Where the value of a key stands. Of equal keys the last one counts.
    fn find(&self, key: &[u8]) -> Option<usize> {
        let (data, entries) = (self.scope.source.bytes(), self.entries());
        let found = if entries.len() > MAX_UNSORTED {
            let at = entries.partition_point(|entry| &*key_bytes(data, self.start, entry) <= key);
            entries[..at].last().filter(|entry| &*key_bytes(data, self.start, entry) == key)
        } else {
            entries.iter().rev().find(|entry| {
                if entry.length & ESCAPED != 0 {
                    return *key_bytes(data, self.start, entry) == *key;
                }
                let at = self.start + entry.key as usize;
                entry.length as usize == key.len() && data[at..at + key.len()] == *key
            })
        };
        found.map(|entry| self.start + entry.value as usize)
    }

    /// The value of a key, references followed, when it is of type `T`.
    pub fn get<T: FromObject<'a>>(&self, key: impl AsRef<[u8]>) -> Option<T> {
        let value = self.scope.read_last(self.find(key.as_ref())?)?;
        T::from_object(self.scope.resolve(value))
    }

    /// The value of a key as it stands.
    pub fn get_raw(&self, key: impl AsRef<[u8]>) -> Option<MaybeRef<Object<'a>>> {
        self.scope.read_last(self.find(key.as_ref())?)
    }

    /// The object a key refers to, when its value is a reference.
    pub fn get_ref(&self, key: impl AsRef<[u8]>) -> Option<ObjectIdentifier> {
        let at = self.find(key.as_ref())?;
        lexer::reference(self.scope.source.bytes(), at).map(|(id, _)| id)
    }

    /// Whether there is a key, be its value null.
    pub fn contains_key(&self, key: impl AsRef<[u8]>) -> bool {
        self.find(key.as_ref()).is_some()
    }

    /// The keys, in no order.
    pub fn keys(&self) -> impl Iterator<Item = Name<'a>> + '_ {
        self.entries().iter().map(|entry| {
            let at = self.start + entry.key as usize;
            let part = self.scope.source.part(at, at + (entry.length & !ESCAPED) as usize);
            Name::new(part, entry.length & ESCAPED != 0)
        })
    }

    /// The indirect object this dictionary is, or stands in.
    pub fn obj_id(&self) -> Option<ObjectIdentifier> {
        Some(self.scope.id).filter(|id| id.number != 0)
    }

    /// What tells this dictionary from all others of its document: the object it stands in, and where.
    pub fn place(&self) -> (u32, usize) {
        (self.scope.id.number, self.start)
    }
}

/// Whether the end of the object stands where an entry or the end of the dictionary should.
fn ends_here(data: &[u8], at: usize) -> bool {
    let rest = &data[at.min(data.len())..];
    rest.starts_with(b">>") || rest.starts_with(b"stream") || lexer::ends_object(data, at)
}

fn key_bytes<'d>(data: &'d [u8], start: usize, entry: &Entry) -> std::borrow::Cow<'d, [u8]> {
    let at = start + entry.key as usize;
    let raw = &data[at..at + (entry.length & !ESCAPED) as usize];
    if entry.length & ESCAPED == 0 { raw.into() } else { name::decode(raw).into() }
}
