//! Type 0 fonts (PDF 2.0, 9.7).

use super::clusters::{Clusters, Evidence};
use super::cmap::{Cmap, ToUnicode};
use super::glyph_shapes::Shapes;
use super::program::Program;
use super::{Codes, Font, SharedCollection, Source, numbers, predefined, read_program, read_program_data, texts_from};
use crate::layout::characters::{Text, TextPool};
use pdf_objects::{Array, Decoder, Dict, Name, Object, PdfString, Stream};
use std::sync::Arc;

/// What a composite font says about CIDs without ToUnicode.
pub(crate) struct Composite<'a> {
    descendant: Option<Dict<'a>>,
    /// Unicode by CID, for fonts of the Adobe CJK collections.
    collection: Option<SharedCollection>,
    /// Codes are UTF-16 themselves (`/ToUnicode /Identity-H`).
    identity_text: bool,
    lookup: Option<Lookup>,
}

#[derive(Default)]
struct Lookup {
    program: Program,
    glyph_by_cid: Vec<u8>,
}

pub(crate) fn load<'a>(dict: &Dict<'a>, to_unicode: ToUnicode, decoder: &mut Decoder, pool: &TextPool) -> Font<'a> {
    let descendant = dict.get::<Array<'a>>("DescendantFonts").and_then(|list| list.iter::<Dict<'a>>().next());
    let (codes, vertical) = read_codes(dict, decoder);
    let (texts, sparse) = texts_from(to_unicode);
    let collection = descendant.as_ref().and_then(read_collection);
    let identity_text = dict.get::<Name<'_>>("ToUnicode").is_some_and(|n| n.starts_with(b"Identity"));

    let number = |key: &str| descendant.as_ref().and_then(|d| d.get::<f32>(key));
    // Vertical advances are one em unless DW2 says otherwise; W2 only fine-tunes them.
    let (widths, default_width) = if vertical {
        let metrics = numbers(descendant.as_ref().and_then(|d| d.get::<Object<'_>>("DW2")));
        (Vec::new(), metrics.get(1).map_or(1.0, |n| n.abs() / 1000.0))
    } else {
        let list = descendant.as_ref().and_then(|d| d.get::<Array<'_>>("W"));
        let default = number("DW").unwrap_or(1000.0) / 1000.0;
        (list.map(|list| read_widths(&list, default)).unwrap_or_default(), default)
    };
    let clusters = match codes {
        Codes::Identity => Clusters::detect(&texts, pool, || {
            let lookup = read_lookup(descendant.as_ref(), decoder);
            let glyphs = (0..texts.len() as u32).map(|code| lookup.glyph(code)).collect();
            let descriptor = descendant.as_ref()?.get::<Dict<'_>>("FontDescriptor")?;
            let shapes = Shapes::parse(&read_program_data(&descriptor, decoder)?);
            Some(Evidence { program: lookup.program, shapes, glyphs })
        }),
        _ => None,
    };
    let clusters = clusters.map(Box::new);
    let source = Source::Composite(Composite { descendant, collection, identity_text, lookup: None });
    Font { codes, vertical, em: 1.0, texts, sparse, widths, default_width, source, clusters, known: Vec::new() }
}

fn read_codes(dict: &Dict<'_>, decoder: &mut Decoder) -> (Codes, bool) {
    match dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => {
            if name.starts_with(b"Identity") {
                return (Codes::Identity, name.ends_with(b"-V"));
            }
            match predefined::cmap(name.as_str()) {
                Some(cmap) => (Codes::Mapped(cmap), name.ends_with(b"V")),
                None => (Codes::Identity, name.ends_with(b"-V")),
            }
        }
        Some(Object::Stream(stream)) => {
            let mut data = Vec::new();
            let vertical = stream.dict().get::<i32>("WMode") == Some(1);
            let cmap = decoder.decode(&stream, &mut data).ok().and_then(|()| Cmap::parse(&data));
            match cmap {
                Some(cmap) => {
                    let vertical = vertical || cmap.vertical;
                    (Codes::Mapped(Arc::new(cmap)), vertical)
                }
                None => (Codes::Identity, vertical),
            }
        }
        _ => (Codes::Identity, false),
    }
}

fn read_collection(descendant: &Dict<'_>) -> Option<SharedCollection> {
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
    predefined::collection(&info.get::<PdfString<'_>>("Ordering")?)
}

fn read_widths(list: &Array<'_>, default: f32) -> Vec<f32> {
    let mut widths = Vec::new();
    let mut set = |cid: usize, width: f32| {
        if cid < 0x1_0000 {
            if cid >= widths.len() {
                widths.resize(cid + 1, default);
            }
            widths[cid] = width / 1000.0;
        }
    };
    let mut items = list.iter::<Object<'_>>().take(0x2_0000);
    let mut left = 0x2_0000_u32;
    while let Some(first) = items.next() {
        let Some(first) = first.into_f32() else {
            continue;
        };
        let first = first.max(0.0) as usize;
        match items.next() {
            Some(Object::Array(run)) => {
                for (i, width) in run.iter::<Object<'_>>().take(0x1_0000).enumerate() {
                    set(first + i, width.into_f32().unwrap_or(0.0));
                }
            }
            Some(Object::Number(last)) => {
                let Some(width) = items.next().and_then(Object::into_f32) else {
                    break;
                };
                for cid in first..=(last.as_i64().clamp(0, 0xFFFF) as usize) {
                    // Ranges over ranges, again and again, are no widths.
                    left = match left.checked_sub(1) {
                        Some(left) => left,
                        None => break,
                    };
                    set(cid, width);
                }
            }
            _ => break,
        }
    }
    widths
}

impl Composite<'_> {
    /// Text of a code that ToUnicode does not explain.
    pub(crate) fn text(&mut self, code: u32, cid: u32, decoder: &mut Decoder, pool: &mut TextPool) -> Text {
        if self.identity_text
            && let Some(c) = char::from_u32(code)
        {
            return pool.intern(c.encode_utf8(&mut [0; 4]));
        }
        if let Some(collection) = &self.collection {
            let value = collection.get(cid as usize).copied().filter(|c| *c != 0);
            return match value.and_then(char::from_u32) {
                Some(c) => pool.intern(c.encode_utf8(&mut [0; 4])),
                None => Text::UNKNOWN,
            };
        }
        let descendant = self.descendant.as_ref();
        let descriptor = descendant.and_then(|dict| dict.get::<Dict<'_>>("FontDescriptor"));
        let embedded =
            descriptor.is_some_and(|d| ["FontFile2", "FontFile3", "FontFile"].iter().any(|k| d.contains_key(k)));
        if !embedded {
            // Glyph numbers of a font that is not there: the codes can only be Unicode.
            return match char::from_u32(code).filter(|c| !c.is_control()) {
                Some(c) => pool.intern(c.encode_utf8(&mut [0; 4])),
                None => Text::UNKNOWN,
            };
        }
        let lookup = self.lookup.get_or_insert_with(|| read_lookup(descendant, decoder));
        let mut text = String::new();
        if lookup.program.push_text_of_glyph(lookup.glyph(cid), &mut text) { pool.intern(&text) } else { Text::UNKNOWN }
    }
}

fn read_lookup(descendant: Option<&Dict<'_>>, decoder: &mut Decoder) -> Lookup {
    let mut lookup = Lookup::default();
    let Some(dict) = descendant else {
        return lookup;
    };
    let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
    lookup.program = read_program(descriptor.as_ref(), decoder).unwrap_or_default();
    if let Some(map) = dict.get::<Stream<'_>>("CIDToGIDMap") {
        // An undecodable map leaves CIDs to be glyph numbers, as /Identity would.
        if decoder.decode(&map, &mut lookup.glyph_by_cid).is_err() {
            lookup.glyph_by_cid.clear();
        }
    }
    lookup
}

impl Lookup {
    fn glyph(&self, cid: u32) -> u16 {
        let at = cid as usize;
        if let Some(&[high, low]) = self.glyph_by_cid.as_chunks::<2>().0.get(at) {
            return u16::from_be_bytes([high, low]);
        }
        match self.program.glyph_by_cid.get(at) {
            Some(glyph) => *glyph,
            None => cid as u16,
        }
    }
}
