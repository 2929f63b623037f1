//! `cmap` and `post` of TrueType and OpenType programs (OpenType 1.9).

use super::bytes::Bytes;
use super::cff;
use super::program::Program;

const MAX_GLYPHS: usize = 65_536;

/// A table of a program, of the first font in a collection.
pub(crate) fn table<'a>(data: &'a [u8], tag: &[u8; 4]) -> Option<Bytes<'a>> {
    let file = Bytes(data);
    let start = if data.starts_with(b"ttcf") { file.u32(12)? as usize } else { 0 };
    let count = usize::from(file.u16(start + 4)?);
    (0..count).map(|i| start + 12 + 16 * i).find(|at| file.slice(*at, 4) == Some(tag)).and_then(|at| {
        let (offset, length) = (file.u32(at + 8)? as usize, file.u32(at + 12)? as usize);
        file.slice(offset, length.min(data.len().checked_sub(offset)?)).map(Bytes)
    })
}

pub(crate) fn parse(data: &[u8]) -> Option<Program> {
    let table = |tag: &[u8; 4]| table(data, tag);
    let mut program = table(b"CFF ").and_then(|cff| cff::parse(cff.0)).unwrap_or_default();
    if let Some(cmap) = table(b"cmap") {
        read_cmap(cmap, &mut program);
    }
    if let Some(post) = table(b"post") {
        read_post(post, &mut program);
    }
    Some(program)
}

fn read_cmap(cmap: Bytes<'_>, program: &mut Program) {
    let count = cmap.u16(2).unwrap_or(0);
    let mut symbolic = false;
    for i in 0..usize::from(count.min(64)) {
        let at = 4 + 8 * i;
        let (Some(platform), Some(encoding), Some(offset)) = (cmap.u16(at), cmap.u16(at + 2), cmap.u32(at + 4)) else {
            return;
        };
        let Some(subtable) = cmap.from(offset as usize) else {
            continue;
        };
        match (platform, encoding) {
            (0, _) | (3, 1 | 10) => each_mapping(subtable, |code, glyph| {
                let at = usize::from(glyph);
                if at >= program.char_by_glyph.len() {
                    program.char_by_glyph.resize(at + 1, 0);
                }
                // Of several characters with one glyph the first is the plain one (space before no-break space).
                if program.char_by_glyph[at] == 0 {
                    program.char_by_glyph[at] = code;
                }
            }),
            (3, 0) => {
                symbolic = true;
                set_codes(subtable, &mut program.glyph_by_code, true);
            }
            (1, 0) if !symbolic => set_codes(subtable, &mut program.glyph_by_code, false),
            _ => {}
        }
    }
}

fn set_codes(subtable: Bytes<'_>, codes: &mut Vec<u16>, overwrite: bool) {
    codes.resize(256, 0);
    each_mapping(subtable, |code, glyph| {
        // Symbol fonts put their codes at U+F000 and on, at U+F100 or U+F200, or at zero.
        if code < 0x100 || (0xF000..0xF300).contains(&code) {
            let slot = &mut codes[(code & 0xFF) as usize];
            if overwrite || *slot == 0 {
                *slot = glyph;
            }
        }
    });
}

fn each_mapping(subtable: Bytes<'_>, mut set: impl FnMut(u32, u16)) {
    let _ = match subtable.u16(0) {
        Some(0) => (0..256_u32).try_for_each(|code| {
            let glyph = subtable.u8(6 + code as usize)?;
            if glyph != 0 {
                set(code, u16::from(glyph));
            }
            Some(())
        }),
        Some(4) => format_4(subtable, &mut set),
        Some(6) => (|| {
            let (first, count) = (u32::from(subtable.u16(6)?), u32::from(subtable.u16(8)?));
            (0..count).try_for_each(|i| {
                let glyph = subtable.u16(10 + 2 * i as usize)?;
                if glyph != 0 {
                    set(first + i, glyph);
                }
                Some(())
            })
        })(),
        Some(12) => format_12(subtable, &mut set),
        _ => None,
    };
}

fn format_4(t: Bytes<'_>, set: &mut impl FnMut(u32, u16)) -> Option<()> {
    let segments = usize::from(t.u16(6)? / 2);
    let (ends, starts) = (14, 16 + 2 * segments);
    let (deltas, offsets) = (starts + 2 * segments, starts + 4 * segments);
    let mut left = 2 * MAX_GLYPHS;
    for i in 0..segments {
        let (start, end) = (t.u16(starts + 2 * i)?, t.u16(ends + 2 * i)?);
        // Segments do not overlap; hostile ones would take the square of their number.
        left = left.checked_sub(usize::from(end.saturating_sub(start)))?;
        let (delta, offset) = (t.u16(deltas + 2 * i)?, t.u16(offsets + 2 * i)?);
        for code in start..=end {
            if code == 0xFFFF {
                break;
            }
            let glyph = if offset == 0 {
                code.wrapping_add(delta)
            } else {
                let at = offsets + 2 * i + usize::from(offset) + 2 * usize::from(code - start);
                match t.u16(at) {
                    Some(0) | None => 0,
                    Some(glyph) => glyph.wrapping_add(delta),
                }
            };
            if glyph != 0 {
                set(u32::from(code), glyph);
            }
        }
    }
    Some(())
}

fn format_12(t: Bytes<'_>, set: &mut impl FnMut(u32, u16)) -> Option<()> {
    let groups = (t.u32(12)? as usize).min(MAX_GLYPHS);
    let mut entries = 0;
    for i in 0..groups {
        let at = 16 + 12 * i;
        let (start, end, first) = (t.u32(at)?, t.u32(at + 4)?, t.u32(at + 8)?);
        for code in start..=end {
            entries += 1;
            let glyph = first.wrapping_add(code - start);
            if entries > 2 * MAX_GLYPHS || glyph > 0xFFFF {
                break;
            }
            set(code, glyph as u16);
        }
    }
    Some(())
}

fn read_post(post: Bytes<'_>, program: &mut Program) {
    if !program.name_by_glyph.is_empty() {
        return;
    }
    match post.u32(0) {
        // The standard glyphs in their order.
        Some(0x0001_0000) => program.name_by_glyph = MAC_GLYPHS.iter().map(|name| name.as_bytes().to_vec()).collect(),
        Some(0x0002_0000) => read_post_names(post, program),
        _ => {}
    }
}

fn read_post_names(post: Bytes<'_>, program: &mut Program) {
    let count = usize::from(post.u16(32).unwrap_or(0));
    let mut names: Vec<&[u8]> = Vec::new();
    let mut at = 34 + 2 * count;
    while let Some(length) = post.u8(at) {
        let Some(name) = post.slice(at + 1, usize::from(length)) else {
            break;
        };
        names.push(name);
        at += 1 + usize::from(length);
    }
    program.name_by_glyph = (0..count)
        .map(|glyph| match post.u16(34 + 2 * glyph).map(usize::from) {
            Some(index) if index >= 258 => names.get(index - 258).map(|n| n.to_vec()).unwrap_or_default(),
            Some(index) => MAC_GLYPHS.get(index).map(|n| n.as_bytes().to_vec()).unwrap_or_default(),
            None => Vec::new(),
        })
        .collect();
}

/// The 258 standard glyph names of the Macintosh, in the order `post` counts them.
#[rustfmt::skip]
static MAC_GLYPHS: [&str; 258] = [
    ".notdef", ".null", "nonmarkingreturn", "space", "exclam", "quotedbl", "numbersign", "dollar", "percent",
    "ampersand", "quotesingle", "parenleft", "parenright", "asterisk", "plus", "comma", "hyphen", "period", "slash",
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "colon", "semicolon", "less",
    "equal", "greater", "question", "at", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O",
    "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z", "bracketleft", "backslash", "bracketright",
    "asciicircum", "underscore", "grave", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o",
    "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z", "braceleft", "bar", "braceright", "asciitilde",
    "Adieresis", "Aring", "Ccedilla", "Eacute", "Ntilde", "Odieresis", "Udieresis", "aacute", "agrave",
    "acircumflex", "adieresis", "atilde", "aring", "ccedilla", "eacute", "egrave", "ecircumflex", "edieresis",
    "iacute", "igrave", "icircumflex", "idieresis", "ntilde", "oacute", "ograve", "ocircumflex", "odieresis",
    "otilde", "uacute", "ugrave", "ucircumflex", "udieresis", "dagger", "degree", "cent", "sterling", "section",
    "bullet", "paragraph", "germandbls", "registered", "copyright", "trademark", "acute", "dieresis", "notequal",
    "AE", "Oslash", "infinity", "plusminus", "lessequal", "greaterequal", "yen", "mu", "partialdiff", "summation",
    "product", "pi", "integral", "ordfeminine", "ordmasculine", "Omega", "ae", "oslash", "questiondown",
    "exclamdown", "logicalnot", "radical", "florin", "approxequal", "Delta", "guillemotleft", "guillemotright",
    "ellipsis", "nonbreakingspace", "Agrave", "Atilde", "Otilde", "OE", "oe", "endash", "emdash", "quotedblleft",
    "quotedblright", "quoteleft", "quoteright", "divide", "lozenge", "ydieresis", "Ydieresis", "fraction",
    "currency", "guilsinglleft", "guilsinglright", "fi", "fl", "daggerdbl", "periodcentered", "quotesinglbase",
    "quotedblbase", "perthousand", "Acircumflex", "Ecircumflex", "Aacute", "Edieresis", "Egrave", "Iacute",
    "Icircumflex", "Idieresis", "Igrave", "Oacute", "Ocircumflex", "apple", "Ograve", "Uacute", "Ucircumflex",
    "Ugrave", "dotlessi", "circumflex", "tilde", "macron", "breve", "dotaccent", "ring", "cedilla", "hungarumlaut",
    "ogonek", "caron", "Lslash", "lslash", "Scaron", "scaron", "Zcaron", "zcaron", "brokenbar", "Eth", "eth",
    "Yacute", "yacute", "Thorn", "thorn", "minus", "multiply", "onesuperior", "twosuperior", "threesuperior",
    "onehalf", "onequarter", "threequarters", "franc", "Gbreve", "gbreve", "Idotaccent", "Scedilla", "scedilla",
    "Cacute", "cacute", "Ccaron", "ccaron", "dcroat",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn post_names_of_both_formats() {
        let mut standard = Program::default();
        read_post(Bytes(&[0, 1, 0, 0]), &mut standard);
        assert_eq!(standard.name_by_glyph[36], b"A");
        let mut named = vec![0_u8; 32];
        named[1] = 2;
        // Two glyphs: a standard one, and the first of the names that follow.
        named.extend([0, 2, 0, 36, 1, 2, 7]);
        named.extend(b"uni0416");
        let mut own = Program::default();
        read_post(Bytes(&named), &mut own);
        assert_eq!(own.name_by_glyph, [b"A".to_vec(), b"uni0416".to_vec()]);
    }

    #[test]
    fn symbol_and_roman_cmaps_tell_glyphs_by_code() {
        // Two subtables of format 6: (3, 0) with U+F041, (1, 0) with 0x41 and 0x42.
        let mut cmap = vec![0, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0, 20, 0, 3, 0, 0, 0, 0, 0, 34];
        cmap.extend([0, 6, 0, 14, 0, 0, 0, 0x41, 0, 2, 0, 7, 0, 8]);
        cmap.extend([0, 6, 0, 12, 0, 0, 0xF0, 0x41, 0, 1, 0, 9]);
        let mut program = Program::default();
        read_cmap(Bytes(&cmap), &mut program);
        assert_eq!((program.glyph_by_code[0x41], program.glyph_by_code[0x42]), (9, 8));
    }
}
