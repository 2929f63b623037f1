//! Type 1, TrueType, MMType1 and Type 3 fonts: one byte a code (PDF 2.0, 9.6).

use super::cmap::ToUnicode;
use super::encodings::{Encoding, dingbat};
use super::program::Program;
use super::type_3_names::CodesAsText;
use super::widths::Face;
use super::{Codes, Font, Source, glyph_names, numbers, read_program, texts_from};
use crate::layout::characters::{Text, TextPool};
use pdf_objects::{Array, Decoder, Dict, Name, Object};

/// What a simple font says about codes without ToUnicode.
pub(crate) struct Simple<'a> {
    descriptor: Option<Dict<'a>>,
    /// The encoding named by the PDF, if any.
    base: Option<Encoding>,
    /// Names from Differences, by code; empty when there are none.
    differences: Vec<Vec<u8>>,
    face: Face,
    type_3: bool,
    program: Option<Program>,
    codes_as_text: Option<CodesAsText>,
}

pub(crate) fn load<'a>(dict: &Dict<'a>, to_unicode: ToUnicode) -> Font<'a> {
    let type_3 = dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"Type3");
    let base_font = dict.get::<Name<'_>>("BaseFont");
    let face = Face::from_base_font(base_font.as_deref().unwrap_or_default());
    let descriptor = dict.get::<Dict<'a>>("FontDescriptor");
    let (base, differences) = read_encoding(dict);
    let simple = Simple { descriptor, base, differences, face, type_3, program: None, codes_as_text: None };

    let (mut texts, sparse) = texts_from(to_unicode);
    texts.resize(256, Text::UNRESOLVED);
    let (matrix, em) = if type_3 { type_3_scale(dict) } else { (0.001, 1.0) };
    let (widths, default_width) = read_widths(dict, &simple, matrix);
    Font {
        codes: Codes::Byte,
        vertical: false,
        em,
        texts,
        sparse,
        widths,
        default_width,
        source: Source::Simple(simple),
        clusters: None,
        known: Vec::new(),
    }
}

fn read_encoding(dict: &Dict<'_>) -> (Option<Encoding>, Vec<Vec<u8>>) {
    match dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => (Encoding::from_name(&name), Vec::new()),
        Some(Object::Dict(encoding)) => {
            let base = encoding.get::<Name<'_>>("BaseEncoding").and_then(|n| Encoding::from_name(&n));
            let mut names = Vec::new();
            if let Some(list) = encoding.get::<Array<'_>>("Differences") {
                names.resize(256, Vec::new());
                let mut code = 0_usize;
                for item in list.iter::<Object<'_>>().take(4096) {
                    match item {
                        Object::Number(n) => code = n.as_i64().clamp(0, 256) as usize,
                        Object::Name(name) => {
                            if let Some(slot) = names.get_mut(code) {
                                *slot = name.to_vec();
                            }
                            code += 1;
                        }
                        _ => {}
                    }
                }
            }
            (base, names)
        }
        _ => (None, Vec::new()),
    }
}

/// Text space units of a glyph space unit, and of the em: Type 3 glyph space is what its matrix says, and its only measure
/// of height is the bounding box.
fn type_3_scale(dict: &Dict<'_>) -> (f32, f32) {
    let matrix = numbers(dict.get::<Object<'_>>("FontMatrix"));
    let scale = |i: usize| matrix.get(i).copied().filter(|n| n.is_finite() && *n != 0.0).map_or(0.001, f32::abs);
    let bounds = numbers(dict.get::<Object<'_>>("FontBBox"));
    let height = match bounds[..] {
        [_, bottom, _, top] => (top - bottom).abs() * scale(3),
        _ => 0.0,
    };
    let em = if height > 0.05 && height < 200.0 { height } else { 1.0 };
    (scale(0), em)
}

fn read_widths(dict: &Dict<'_>, simple: &Simple<'_>, matrix: f32) -> (Vec<f32>, f32) {
    let missing = simple.descriptor.as_ref().and_then(|d| d.get::<f32>("MissingWidth")).unwrap_or(0.0) * matrix;
    let listed = numbers(dict.get::<Object<'_>>("Widths"));
    if !listed.is_empty() {
        let first = dict.get::<i32>("FirstChar").unwrap_or(0).clamp(0, 255) as usize;
        let mut widths = vec![missing; 256];
        for (slot, width) in widths[first..].iter_mut().zip(listed) {
            *slot = width * matrix;
        }
        return (widths, missing);
    }
    let widths = (0..=255_u8).map(|code| simple.face.width(simple.name(code)).unwrap_or(0.5)).collect();
    (widths, 0.5)
}

impl Simple<'_> {
    /// The name the PDF gives a code; empty when it gives none.
    fn name(&self, code: u8) -> &str {
        let at = usize::from(code);
        match self.differences.get(at) {
            Some(name) if !name.is_empty() => core::str::from_utf8(name).unwrap_or_default(),
            _ => self.base.unwrap_or_else(|| self.implied_encoding()).names()[at],
        }
    }

    fn implied_encoding(&self) -> Encoding {
        match self.face {
            Face::Named("symbol") => Encoding::Symbol,
            Face::Named("zapfdingbats") => Encoding::ZapfDingbats,
            _ => Encoding::Standard,
        }
    }

    /// Text of a code that ToUnicode does not explain.
    pub(crate) fn text(&mut self, code: u8, decoder: &mut Decoder, pool: &mut TextPool) -> Text {
        let at = usize::from(code);
        let mut text = String::new();
        // A ToUnicode CMap that calls every glyph a space or leaves a named letter out is common; names fill the holes.
        let name = self.differences.get(at).filter(|name| !name.is_empty());
        let differs = name.is_some();
        if name.is_some_and(|name| glyph_names::push_text(name, &mut text)) {
            return pool.intern(&text);
        }
        if let Some(base) = self.base
            && !differs
            && glyph_names::push_text(base.names()[at].as_bytes(), &mut text)
        {
            return pool.intern(&text);
        }
        if self.face == Face::Named("zapfdingbats") {
            return dingbat(self.dingbat_code(code)).map_or(Text::UNKNOWN, Text::char);
        }
        if self.type_3 {
            let codes = self.codes_as_text.get_or_insert_with(|| CodesAsText::read(&self.differences));
            return codes.character(code).map_or(Text::UNKNOWN, |c| pool.intern(c));
        }
        let program =
            self.program.get_or_insert_with(|| read_program(self.descriptor.as_ref(), decoder).unwrap_or_default());
        if program.push_text_of_code(code, &mut text) {
            return pool.intern(&text);
        }
        // A differing name that means nothing (g23, C0045) hides the real character: better none than a wrong one.
        if differs {
            return Text::UNKNOWN;
        }
        let fallback = match self.implied_encoding() {
            Encoding::Standard if self.descriptor.is_some() => Encoding::WinAnsi,
            other => other,
        };
        if glyph_names::push_text(fallback.names()[at].as_bytes(), &mut text) {
            return pool.intern(&text);
        }
        Text::UNKNOWN
    }

    /// Differences name dingbats a1 to a206; the standard encoding tells which code that is.
    fn dingbat_code(&self, code: u8) -> u8 {
        let name = self.name(code);
        let found = Encoding::ZapfDingbats.names().iter().position(|n| !n.is_empty() && *n == name);
        found.map_or(code, |at| at as u8)
    }
}
