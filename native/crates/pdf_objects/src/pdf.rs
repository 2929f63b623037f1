//! An open document.

use crate::array::Array;
use crate::bytes::Source;
use crate::crypt::{Access, Crypt, Locked};
use crate::decoder::{Decoder, StreamFault};
use crate::dict::{Dict, Reach};
use crate::lexer::header;
use crate::limits::{Exceeded, Limits};
use crate::name::Name;
use crate::object::{FromObject, MaybeRef, Object, ObjectIdentifier, Scope};
use crate::packed::{Cache, Packed};
use crate::xref::{self, Entry, Xref};
use core::cell::{Cell, OnceCell, RefCell};
use memchr::memmem;
use std::rc::Rc;

/// Why a document cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// It is encrypted and stays locked.
    Locked(Locked),
    /// A limit was reached.
    Exceeded(Exceeded),
}

impl From<Exceeded> for OpenError {
    fn from(exceeded: Exceeded) -> Self {
        Self::Exceeded(exceeded)
    }
}

/// An open document over the bytes of its file.
pub struct Pdf<'b> {
    pub(crate) data: &'b [u8],
    pub(crate) limits: Limits,
    pub(crate) xref: RefCell<Xref>,
    /// Where the dictionaries open that serve as trailers, newest first.
    pub(crate) trailers: RefCell<Vec<usize>>,
    pub(crate) crypt: OnceCell<Crypt>,
    pub(crate) root: Cell<ObjectIdentifier>,
    /// The root of the page tree where no catalog leads to one.
    pub(crate) page_root: Cell<ObjectIdentifier>,
    pub(crate) packed: RefCell<Cache>,
    /// Object streams found by the search of the file.
    pub(crate) found_packed: RefCell<Vec<u32>>,
    pub(crate) rebuilt: Cell<bool>,
    decoder: Cell<Option<Box<Decoder>>>,
    packed_left: Cell<u64>,
    exceeded: Cell<Option<Exceeded>>,
    pub(crate) reach: Reach,
    /// Where `endstream` and `endobj` were last looked for, and where they were found.
    ends: [Cell<(usize, usize)>; 2],
}

/// References that lead to references.
const MAX_HOPS: usize = 16;

/// Object streams that are inflated for the sake of one another.
const MAX_LOADING: usize = 4;

impl<'b> Pdf<'b> {
    /// Opens a file; `passwords` are tried after the empty one, each as the user's and as the owner's.
    ///
    /// # Errors
    /// When it stays locked or a limit is reached. A file in which nothing is found opens, and has no pages.
    pub fn open(data: &'b [u8], passwords: &[Vec<u8>], limits: Limits) -> Result<Self, OpenError> {
        let loaded = xref::load(data, &limits)?;
        let complete = loaded.is_some();
        let (table, trailers) = loaded.unwrap_or_else(|| (Xref::new(data.len(), &limits), Vec::new()));
        let pdf = Self {
            data,
            xref: RefCell::new(table),
            trailers: RefCell::new(trailers),
            crypt: OnceCell::new(),
            root: Cell::default(),
            page_root: Cell::default(),
            packed: RefCell::default(),
            found_packed: RefCell::default(),
            rebuilt: Cell::new(false),
            decoder: Cell::new(None),
            packed_left: Cell::new(limits.max_packed_bytes),
            exceeded: Cell::new(None),
            reach: Reach::of(data.len()),
            ends: [const { Cell::new((usize::MAX, 0)) }; 2],
            limits,
        };
        if !complete {
            pdf.rebuild();
        }
        pdf.unlock(passwords)?;
        if !pdf.find_root() && !pdf.rebuilt.get() {
            pdf.rebuild();
            pdf.unlock(passwords)?;
            pdf.find_root();
        }
        match pdf.exceeded.get() {
            Some(exceeded) => Err(exceeded.into()),
            None => Ok(pdf),
        }
    }

    /// The bytes of the file.
    pub fn data(&self) -> &'b [u8] {
        self.data
    }

    /// Whether the file was searched for its objects.
    pub fn is_rebuilt(&self) -> bool {
        self.rebuilt.get()
    }

    /// Whose password opened the document; none when it is not encrypted.
    pub fn access(&self) -> Option<Access> {
        self.crypt.get().map(|crypt| crypt.access)
    }

    /// The limit that was reached while objects were read. What was read since may be incomplete.
    pub fn exceeded(&self) -> Option<Exceeded> {
        self.exceeded.get()
    }

    pub(crate) fn exceed(&self, exceeded: Exceeded) {
        if self.exceeded.get().is_none() {
            self.exceeded.set(Some(exceeded));
        }
    }

    pub(crate) fn crypt(&self) -> Option<&Crypt> {
        self.crypt.get()
    }

    fn unlock(&self, passwords: &[Vec<u8>]) -> Result<(), OpenError> {
        if self.crypt.get().is_some() {
            return Ok(());
        }
        let Some(dict) = self.trailer_entry::<Dict<'_>>("Encrypt") else { return Ok(()) };
        let id = self.trailer_entry::<Array<'_>>("ID");
        let all: Vec<Vec<u8>> = core::iter::once(Vec::new()).chain(passwords.iter().cloned()).collect();
        let crypt = Crypt::open(&dict, id, &all).map_err(OpenError::Locked)?;
        let _ = self.crypt.set(crypt);
        self.packed.borrow_mut().clear();
        if self.rebuilt.get() {
            // Object streams could not be read until now.
            self.expand_found();
        }
        Ok(())
    }

    /// The value of a key in the newest trailer that has one.
    pub(crate) fn trailer_entry<'a, T: FromObject<'a>>(&'a self, key: &str) -> Option<T> {
        self.trailer_dicts().find_map(|trailer| trailer.get(key))
    }

    pub(crate) fn trailer_dicts<'a>(&'a self) -> impl Iterator<Item = Dict<'a>> {
        let places = self.trailers.borrow().clone();
        let scope = Scope { source: Source::File(self.data), pdf: Some(self), id: ObjectIdentifier::default() };
        places.into_iter().filter_map(move |at| Dict::parse(&scope, at))
    }

    /// Looks for a catalog with pages in the trailers.
    pub(crate) fn find_root(&self) -> bool {
        let found = self.trailer_dicts().find_map(|trailer| {
            let id = trailer.get_ref("Root")?;
            self.get::<Dict<'_>>(id)?.contains_key("Pages").then_some(id)
        });
        if let Some(id) = found {
            self.root.set(id);
        }
        self.root.get().number != 0
    }

    /// The catalog.
    pub fn root(&self) -> Option<Dict<'_>> {
        self.get(self.root.get())
    }

    /// The information dictionary.
    pub fn info(&self) -> Option<Dict<'_>> {
        self.trailer_entry("Info")
    }

    /// The version in the header, and a later one in the catalog, as three characters.
    pub fn version(&self) -> &'static str {
        const VERSIONS: [&str; 9] = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.0"];
        const WINDOW: usize = 2000;
        let known = |bytes: &[u8]| VERSIONS.into_iter().find(|version| bytes.starts_with(version.as_bytes()));
        let stated = self.root().and_then(|root| root.get::<Name<'_>>("Version")).and_then(|name| known(&name));
        let head = &self.data[..self.data.len().min(WINDOW)];
        let header = || memmem::find(head, b"%PDF-").and_then(|at| known(&head[at + 5..]));
        stated.or_else(header).unwrap_or("1.0")
    }

    /// The object of that number as a `T`; generations are not compared.
    pub fn get<'a, T: FromObject<'a>>(&'a self, id: ObjectIdentifier) -> Option<T> {
        T::from_object(self.object(id)?)
    }

    /// The object of that number, references followed.
    pub(crate) fn object<'a>(&'a self, mut id: ObjectIdentifier) -> Option<Object<'a>> {
        for _ in 0..MAX_HOPS {
            match self.look_up(id)? {
                MaybeRef::Ref(next) => id = next,
                MaybeRef::NotRef(object) => return Some(object),
            }
        }
        None
    }

    fn look_up<'a>(&'a self, id: ObjectIdentifier) -> Option<MaybeRef<Object<'a>>> {
        let entry = self.xref.borrow().get(id.number)?;
        if entry == Entry::Free {
            return None;
        }
        if let Some(found) = self.read_entry(id.number, entry) {
            return Some(found);
        }
        if self.rebuilt.get() {
            return None;
        }
        self.rebuild();
        let entry = self.xref.borrow().get(id.number)?;
        self.read_entry(id.number, entry)
    }

    /// The object where an entry says it is; `None` when it is not there.
    fn read_entry<'a>(&'a self, number: u32, entry: Entry) -> Option<MaybeRef<Object<'a>>> {
        match entry {
            Entry::Free => None,
            Entry::File(offset) => {
                let (id, body) = header(self.data, offset).filter(|(id, _)| id.number == number)?;
                let scope = Scope { source: Source::File(self.data), pdf: Some(self), id };
                Some(scope.read_body(body).unwrap_or(MaybeRef::NotRef(Object::Null)))
            }
            Entry::Packed { stream, index } => {
                let packed = self.packed_stream(stream)?;
                let at = packed.find(number, index as usize)?;
                let id = ObjectIdentifier { number, generation: 0 };
                let scope = Scope { source: Source::Packed(packed), pdf: Some(self), id };
                Some(scope.read_last(at).unwrap_or(MaybeRef::NotRef(Object::Null)))
            }
        }
    }

    /// An object stream, inflated.
    pub(crate) fn packed_stream(&self, number: u32) -> Option<Rc<Packed>> {
        if let Some(found) = self.packed.borrow_mut().get(number) {
            return Some(found);
        }
        {
            let loading = &mut self.packed.borrow_mut().loading;
            if loading.len() >= MAX_LOADING || loading.contains(&number) {
                return None;
            }
            loading.push(number);
        }
        let packed = self.inflate_packed(number);
        let mut cache = self.packed.borrow_mut();
        cache.loading.pop();
        let packed = packed?;
        cache.insert(number, Rc::clone(&packed));
        Some(packed)
    }

    fn inflate_packed(&self, number: u32) -> Option<Rc<Packed>> {
        let entry = self.xref.borrow().get(number)?;
        // An object stream stands in no other one.
        if !matches!(entry, Entry::File(_)) {
            return None;
        }
        let MaybeRef::NotRef(Object::Stream(stream)) = self.read_entry(number, entry)? else { return None };
        let dict = stream.dict();
        let (count, first) = (dict.get::<usize>("N")?, dict.get::<usize>("First")?);
        let left = self.packed_left.get();
        let most = self.limits.max_stream_bytes.min(1 << 31);
        let limit = most.min(usize::try_from(left).unwrap_or(usize::MAX));
        // Reading a length may inflate another stream, which then takes a decoder of its own.
        let mut decoder =
            self.decoder.take().unwrap_or_else(|| Box::new(Decoder::new(usize::MAX, usize::MAX, u64::MAX)));
        let mut data = Vec::new();
        let decoded = decoder.decode_within(&stream, limit, &mut data);
        self.decoder.set(Some(decoder));
        self.packed_left.set(left.saturating_sub(data.len() as u64));
        match decoded {
            Ok(()) if data.len() <= limit => {
                data.shrink_to_fit();
                Some(Rc::new(Packed::new(data, count, first)))
            }
            Ok(()) | Err(StreamFault::TooLarge | StreamFault::TooDense) => {
                self.exceed(if limit < most {
                    Exceeded::bytes("bytes of all object streams", self.limits.max_packed_bytes)
                } else {
                    Exceeded::bytes("bytes of an object stream", most as u64)
                });
                None
            }
            Err(StreamFault::NotData) => None,
        }
    }

    /// Where the data of a stream ends at the latest: before the next `endstream` or `endobj`, if there is one. The last
    /// answers are kept, since many streams may lack an end.
    pub(crate) fn next_end(&self, from: usize) -> Option<usize> {
        let keywords: [&[u8]; 2] = [b"endstream", b"endobj"];
        let places = self.ends.iter().zip(keywords).map(|(last, keyword)| {
            let (asked, found) = last.get();
            if asked <= from && from <= found {
                return found;
            }
            let found = self.data.get(from..).and_then(|rest| memmem::find(rest, keyword));
            let found = found.map_or(usize::MAX, |length| from + length);
            last.set((from, found));
            found
        });
        places.min().filter(|place| *place != usize::MAX)
    }
}
