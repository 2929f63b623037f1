//! The font layer: from the bytes of a shown string to text and advance widths.
//!
//! Both are plain arrays indexed by code (or CID), filled when the font is first used. What the PDF does not say about a
//! code is looked up in the font program at the first use of such a code, once.

mod bytes;
mod cff;
mod cff_strings;
mod clusters;
pub(crate) mod cmap;
mod composite;
mod encodings;
mod glyph_names;
mod glyph_shapes;
mod predefined;
pub(crate) mod program;
mod simple;
mod truetype;
mod type1;
mod type_3_names;
mod widths;

use super::face;
use super::lexer::{self, Lexer, Token};
use crate::layout::characters::{Text, TextPool};
use crate::structure::FontFace;
use cmap::{Cmap, ToUnicode};
use pdf_objects::{Decoder, Dict, Name, Object, ObjectIdentifier, Stream};
use program::Program;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// How the bytes of a string are cut into codes.
pub(crate) enum Codes {
    /// One byte each.
    Byte,
    /// Two bytes each, the code being the CID.
    Identity,
    /// As a CMap says.
    Mapped(Arc<Cmap>),
}

/// A font of the document.
pub(crate) struct Font<'a> {
    pub(crate) codes: Codes,
    /// Whether text runs down the page.
    pub(crate) vertical: bool,
    /// Size of the em in text space units; 1 but for Type 3 fonts.
    pub(crate) em: f32,
    /// Text by code; [`Text::UNRESOLVED`] until asked for the first time.
    texts: Vec<Text>,
    sparse: FxHashMap<u32, Text>,
    /// Advance in text space units, by code (simple fonts) or CID.
    widths: Vec<f32>,
    default_width: f32,
    source: Source<'a>,
    /// Set for fonts whose ToUnicode CMap cannot be taken glyph by glyph.
    clusters: Option<Box<clusters::Clusters>>,
    /// Text and advance by code, of fonts without a CMap of codes, from the first use of a code on.
    known: Vec<(Text, f32)>,
}

/// Where text is looked up that `texts` does not hold yet.
enum Source<'a> {
    Simple(simple::Simple<'a>),
    Composite(composite::Composite<'a>),
}

impl<'a> Font<'a> {
    fn load(dict: &Dict<'a>, decoder: &mut Decoder, pool: &mut TextPool) -> Self {
        let to_unicode = read_to_unicode(dict, decoder, pool);
        if dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"Type0") {
            composite::load(dict, to_unicode, decoder, pool)
        } else {
            simple::load(dict, to_unicode)
        }
    }

    /// Text and advance of a code. `length` is its number of bytes; `MAPPED` says that a CMap tells the CID.
    #[inline(always)]
    pub(crate) fn glyph<const MAPPED: bool>(
        &mut self,
        code: u32,
        length: usize,
        decoder: &mut Decoder,
        pool: &mut TextPool,
    ) -> (Text, f32) {
        let at = code as usize;
        let text = match self.texts.get(at) {
            Some(&text) if text != Text::UNRESOLVED => text,
            _ => self.resolve(code, length, decoder, pool),
        };
        let cid = match &self.codes {
            Codes::Mapped(cmap) if MAPPED => cmap.cid(code, length).unwrap_or(0) as usize,
            _ => at,
        };
        let text = match &mut self.clusters {
            Some(clusters) => clusters.text(code, text, pool),
            None => text,
        };
        (text, self.widths.get(cid).copied().unwrap_or(self.default_width))
    }

    /// Text and advance of a code that is the CID.
    #[inline(always)]
    pub(crate) fn direct_glyph(
        &mut self,
        code: u32,
        length: usize,
        decoder: &mut Decoder,
        pool: &mut TextPool,
    ) -> (Text, f32) {
        match self.known.get(code as usize) {
            Some(&known) if known.0 != Text::UNRESOLVED => known,
            _ => self.look_up(code, length, decoder, pool),
        }
    }

    #[cold]
    fn look_up(&mut self, code: u32, length: usize, decoder: &mut Decoder, pool: &mut TextPool) -> (Text, f32) {
        let glyph = self.glyph::<false>(code, length, decoder, pool);
        // What a glyph of a cluster stands for depends on those before it.
        if self.clusters.is_none() {
            let at = code as usize;
            if at >= self.known.len() {
                self.known.resize(at / 256 * 256 + 256, (Text::UNRESOLVED, 0.0));
            }
            self.known[at] = glyph;
        }
        glyph
    }

    #[cold]
    fn resolve(&mut self, code: u32, length: usize, decoder: &mut Decoder, pool: &mut TextPool) -> Text {
        if let Some(text) = self.sparse.get(&code) {
            return *text;
        }
        let cid = match &self.codes {
            Codes::Mapped(cmap) => cmap.cid(code, length).unwrap_or(0),
            _ => code,
        };
        let text = match &mut self.source {
            Source::Simple(simple) => simple.text(code as u8, decoder, pool),
            Source::Composite(composite) => composite.text(code, cid, decoder, pool),
        };
        let at = code as usize;
        if at < 0x1_0000 {
            if at >= self.texts.len() {
                self.texts.resize(at + 1, Text::UNRESOLVED);
            }
            self.texts[at] = text;
        } else if self.sparse.len() < 0x1_0000 {
            self.sparse.insert(code, text);
        }
        text
    }
}

fn read_to_unicode(dict: &Dict<'_>, decoder: &mut Decoder, pool: &mut TextPool) -> ToUnicode {
    let Some(stream) = dict.get::<Stream<'_>>("ToUnicode") else {
        return ToUnicode::default();
    };
    let mut data = Vec::new();
    match decoder.decode(&stream, &mut data) {
        Ok(()) => ToUnicode::parse(&data, pool),
        Err(_) => ToUnicode::default(),
    }
}

/// Codes a ToUnicode CMap knows keep its text; the others are looked up when they are shown.
fn texts_from(to_unicode: ToUnicode) -> (Vec<Text>, FxHashMap<u32, Text>) {
    let mut texts = to_unicode.dense;
    for text in &mut texts {
        if text.is_unknown() {
            *text = Text::UNRESOLVED;
        }
    }
    (texts, to_unicode.sparse)
}

/// Longer clear text than this is not taken on trust.
const MAX_CLEAR_TEXT: i32 = 64 << 10;

/// The embedded program of the font that `descriptor` describes.
fn read_program(descriptor: Option<&Dict<'_>>, decoder: &mut Decoder) -> Option<Program> {
    let descriptor = descriptor?;
    // Of a Type 1 program only the clear text at its start tells anything: a sixth of it, mostly.
    if let Some(stream) = descriptor.get::<Stream<'_>>("FontFile")
        && let Some(length) = stream.dict().get::<i32>("Length1").filter(|n| (16..MAX_CLEAR_TEXT).contains(n))
        && let Some(start) = decoder.decode_start(&stream, length as usize)
        && start.starts_with(b"%!")
        && memchr::memmem::find(&start, b"eexec").is_some()
        && !["FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(key))
    {
        return Some(Program::parse(&start));
    }
    Some(Program::parse(&read_program_data(descriptor, decoder)?))
}

fn read_program_data(descriptor: &Dict<'_>, decoder: &mut Decoder) -> Option<Vec<u8>> {
    let stream = ["FontFile2", "FontFile3", "FontFile"].iter().find_map(|key| descriptor.get::<Stream<'_>>(key))?;
    let mut data = Vec::new();
    decoder.decode(&stream, &mut data).ok()?;
    Some(data)
}

pub(crate) fn numbers(object: Option<Object<'_>>) -> Vec<f32> {
    match object {
        Some(Object::Array(array)) => {
            if let Some(numbers) = plain_numbers(array.data()) {
                return numbers;
            }
            array.iter::<Object<'_>>().take(0x1_0000).map(|o| o.into_f32().unwrap_or(0.0)).collect()
        }
        _ => Vec::new(),
    }
}

/// The numbers of an array that holds nothing else, as the arrays of fonts do: widths by the hundred, read without objects.
fn plain_numbers(data: &[u8]) -> Option<Vec<f32>> {
    let mut lexer = Lexer::new(data);
    let mut numbers = Vec::new();
    while let Some(token) = lexer.next() {
        match token {
            Token::Number(raw) if is_plain(raw) && numbers.len() < 0x1_0000 => numbers.push(lexer::number(raw)),
            _ => return None,
        }
    }
    Some(numbers)
}

/// Digits with a sign and a point at most: numbers that are read alike everywhere.
fn is_plain(raw: &[u8]) -> bool {
    let digits = raw.strip_prefix(b"-").unwrap_or(raw);
    let points = digits.iter().filter(|b| **b == b'.').count();
    digits.len() < 16 && digits.len() > points && points < 2 && digits.iter().all(|b| b.is_ascii_digit() || *b == b'.')
}

/// Fonts of a document, by the object they are in.
#[derive(Default)]
pub(crate) struct FontCache<'a> {
    pub(crate) fonts: Vec<Font<'a>>,
    by_object: FxHashMap<ObjectIdentifier, usize>,
    /// Fonts written straight into a resource dictionary, by where they stand.
    by_place: FxHashMap<(u32, usize), usize>,
    /// How the fonts look, by index; kept when the structure of the document is asked for.
    pub(crate) faces: Option<Vec<FontFace>>,
}

/// Loaded fonts past this are dropped from the cache as a whole; a document with so many uses each for a page or two.
const MAX_FONTS: usize = 4096;

impl<'a> FontCache<'a> {
    /// Index of the font called `name` in a font resource dictionary.
    pub(crate) fn find(
        &mut self,
        resources: &Dict<'a>,
        name: &[u8],
        decoder: &mut Decoder,
        pool: &mut TextPool,
    ) -> Option<usize> {
        if let Some(id) = resources.get_ref(name) {
            return self.find_object(id, || resources.get::<Dict<'a>>(name), decoder, pool);
        }
        let Some(dict) = resources.get::<Dict<'a>>(name) else { return self.stand_in(decoder, pool) };
        let place = dict.place();
        if let Some(found) = self.by_place.get(&place) {
            return Some(*found);
        }
        let index = self.add(&dict, decoder, pool)?;
        self.by_place.insert(place, index);
        Some(index)
    }

    /// Index of the font in an indirect object.
    pub(crate) fn find_object(
        &mut self,
        id: ObjectIdentifier,
        load: impl FnOnce() -> Option<Dict<'a>>,
        decoder: &mut Decoder,
        pool: &mut TextPool,
    ) -> Option<usize> {
        if let Some(found) = self.by_object.get(&id) {
            return Some(*found);
        }
        let Some(dict) = load() else { return self.stand_in(decoder, pool) };
        let index = self.add(&dict, decoder, pool)?;
        self.by_object.insert(id, index);
        Some(index)
    }

    /// The font for names without one: a missing resource loses the face, not the text.
    fn stand_in(&mut self, decoder: &mut Decoder, pool: &mut TextPool) -> Option<usize> {
        const NOWHERE: (u32, usize) = (u32::MAX, usize::MAX);
        if let Some(found) = self.by_place.get(&NOWHERE) {
            return Some(*found);
        }
        let index = self.add(&Dict::empty(), decoder, pool)?;
        self.by_place.insert(NOWHERE, index);
        Some(index)
    }

    fn add(&mut self, dict: &Dict<'a>, decoder: &mut Decoder, pool: &mut TextPool) -> Option<usize> {
        if self.fonts.len() >= MAX_FONTS {
            return None;
        }
        let font = Font::load(dict, decoder, pool);
        if let Some(faces) = &mut self.faces {
            faces.push(face::read(dict, font.vertical));
        }
        self.fonts.push(font);
        Some(self.fonts.len() - 1)
    }

    /// Between pages: starts over when the cache has grown past its bound.
    pub(crate) fn trim(&mut self) {
        if self.fonts.len() >= MAX_FONTS / 2 {
            *self = Self { faces: self.faces.take().map(|_| Vec::new()), ..Self::default() };
        }
    }
}

type SharedCollection = Arc<[u32]>;
