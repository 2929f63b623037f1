//! What an embedded font program says about the text of its glyphs. It is read only when the PDF itself does not say:
//! most fonts have a ToUnicode CMap or glyph names, and then their program is never decompressed.

use super::{cff, glyph_names, truetype, type1};

/// The parts of a font program that tell text.
#[derive(Default)]
pub(crate) struct Program {
    /// Glyph by code, from the built-in encoding or a symbolic `cmap`; 0 where there is none.
    pub(crate) glyph_by_code: Vec<u16>,
    /// Glyph name by code, for Type 1 programs, which have no glyph numbers.
    pub(crate) name_by_code: Vec<Vec<u8>>,
    /// Character by glyph, from a Unicode `cmap`; 0 where there is none.
    pub(crate) char_by_glyph: Vec<u32>,
    /// Name by glyph.
    pub(crate) name_by_glyph: Vec<Vec<u8>>,
    /// Glyph by CID, for CID-keyed CFF programs; empty when CID and glyph are the same.
    pub(crate) glyph_by_cid: Vec<u16>,
}

impl Program {
    /// Reads a program of any kind; an unreadable one says nothing.
    pub(crate) fn parse(data: &[u8]) -> Self {
        let parsed = match data {
            [0, 1, 0, 0, ..]
            | [b't', b'r', b'u', b'e', ..]
            | [b'O', b'T', b'T', b'O', ..]
            | [b't', b't', b'c', b'f', ..] => truetype::parse(data),
            [1, 0, ..] => cff::parse(data),
            _ => Some(type1::parse(data)),
        };
        parsed.unwrap_or_default()
    }

    /// Appends the text of a one-byte code; false when nothing is known.
    pub(crate) fn push_text_of_code(&self, code: u8, out: &mut String) -> bool {
        let at = usize::from(code);
        if let Some(name) = self.name_by_code.get(at).filter(|n| !n.is_empty())
            && glyph_names::push_text(name, out)
        {
            return true;
        }
        match self.glyph_by_code.get(at) {
            Some(&glyph) if glyph != 0 => self.push_text_of_glyph(glyph, out),
            _ => false,
        }
    }

    /// Appends the text of a glyph; false when nothing is known.
    pub(crate) fn push_text_of_glyph(&self, glyph: u16, out: &mut String) -> bool {
        let at = usize::from(glyph);
        if let Some(c) = self.char_by_glyph.get(at).copied().filter(|c| *c != 0).and_then(char::from_u32) {
            out.push(c);
            return true;
        }
        self.name_by_glyph.get(at).is_some_and(|name| glyph_names::push_text(name, out))
    }
}
