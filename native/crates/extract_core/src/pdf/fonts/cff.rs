//! Charset and encoding of CFF programs (Adobe Technical Note 5176).

use super::bytes::Bytes;
use super::cff_strings::STANDARD_STRINGS;
use super::encodings::Encoding;
use super::program::Program;

/// An INDEX: where its objects lie and where it ends.
struct Index {
    count: usize,
    offset_size: usize,
    offsets: usize,
    data: usize,
    end: usize,
}

impl Index {
    fn read(file: Bytes<'_>, at: usize) -> Option<Self> {
        let count = usize::from(file.u16(at)?);
        if count == 0 {
            return Some(Self { count, offset_size: 1, offsets: at, data: at, end: at + 2 });
        }
        let offset_size = usize::from(file.u8(at + 2)?);
        if !(1..=4).contains(&offset_size) {
            return None;
        }
        let offsets = at + 3;
        let data = offsets + (count + 1) * offset_size - 1;
        let end = data + file.sized(offsets + count * offset_size, offset_size)?;
        Some(Self { count, offset_size, offsets, data, end })
    }

    fn get<'a>(&self, file: Bytes<'a>, i: usize) -> Option<&'a [u8]> {
        if i >= self.count {
            return None;
        }
        let start = file.sized(self.offsets + i * self.offset_size, self.offset_size)?;
        let end = file.sized(self.offsets + (i + 1) * self.offset_size, self.offset_size)?;
        file.slice(self.data + start, end.checked_sub(start)?)
    }
}

#[derive(Default)]
struct TopDict {
    charset: usize,
    encoding: usize,
    char_strings: usize,
    cid_keyed: bool,
}

impl TopDict {
    fn read(data: &[u8]) -> Self {
        let mut dict = Self::default();
        let mut operands: Vec<i32> = Vec::new();
        let mut at = 0;
        let bytes = Bytes(data);
        while let Some(byte) = bytes.u8(at) {
            at += 1;
            let operand = match byte {
                0..=21 => {
                    let last = operands.last().copied().unwrap_or(0).max(0) as usize;
                    match byte {
                        12 => {
                            dict.cid_keyed |= bytes.u8(at) == Some(30);
                            at += 1;
                        }
                        15 => dict.charset = last,
                        16 => dict.encoding = last,
                        17 => dict.char_strings = last,
                        _ => {}
                    }
                    operands.clear();
                    continue;
                }
                28 => {
                    at += 2;
                    i32::from(bytes.u16(at - 2).unwrap_or(0) as i16)
                }
                29 => {
                    at += 4;
                    bytes.u32(at - 4).unwrap_or(0) as i32
                }
                30 => {
                    while let Some(nibbles) = bytes.u8(at) {
                        at += 1;
                        if nibbles & 0x0F == 0x0F {
                            break;
                        }
                    }
                    0
                }
                32..=246 => i32::from(byte) - 139,
                247..=250 => {
                    at += 1;
                    (i32::from(byte) - 247) * 256 + i32::from(bytes.u8(at - 1).unwrap_or(0)) + 108
                }
                251..=254 => {
                    at += 1;
                    -(i32::from(byte) - 251) * 256 - i32::from(bytes.u8(at - 1).unwrap_or(0)) - 108
                }
                _ => continue,
            };
            operands.push(operand);
        }
        dict
    }
}

pub(crate) fn parse(data: &[u8]) -> Option<Program> {
    let file = Bytes(data);
    let names = Index::read(file, usize::from(file.u8(2)?))?;
    let tops = Index::read(file, names.end)?;
    let strings = Index::read(file, tops.end)?;
    let top = TopDict::read(tops.get(file, 0)?);
    let glyphs = Index::read(file, top.char_strings)?.count;
    let ids = charset(file, top.charset, glyphs);
    let mut program = Program::default();
    if top.cid_keyed {
        for (glyph, cid) in ids.iter().enumerate() {
            let at = usize::from(*cid);
            if at >= program.glyph_by_cid.len() {
                program.glyph_by_cid.resize(at + 1, 0);
            }
            program.glyph_by_cid[at] = glyph as u16;
        }
        return Some(program);
    }
    program.name_by_glyph = ids
        .iter()
        .map(|sid| match STANDARD_STRINGS.get(usize::from(*sid)) {
            Some(name) => name.as_bytes().to_vec(),
            None => {
                let own = usize::from(*sid).checked_sub(STANDARD_STRINGS.len());
                own.and_then(|i| strings.get(file, i)).map(<[u8]>::to_vec).unwrap_or_default()
            }
        })
        .collect();
    match top.encoding {
        0 | 1 => {
            let table = if top.encoding == 0 { Encoding::Standard } else { Encoding::MacExpert };
            program.name_by_code = table.names().iter().map(|n| n.as_bytes().to_vec()).collect();
        }
        at => program.glyph_by_code = encoding(file, at),
    }
    Some(program)
}

/// SID or CID by glyph.
fn charset(file: Bytes<'_>, at: usize, glyphs: usize) -> Vec<u16> {
    let mut ids = vec![0_u16];
    if at <= 2 {
        // Only ISOAdobe is a plain sequence; expert subsets are rare and their text is the same figures and letters.
        ids.extend(1..glyphs.min(229) as u16);
        return ids;
    }
    let _ = (|| {
        let format = file.u8(at)?;
        let mut at = at + 1;
        while ids.len() < glyphs {
            let first = file.u16(at)?;
            at += 2;
            let left = match format {
                0 => 0,
                1 => {
                    at += 1;
                    u16::from(file.u8(at - 1)?)
                }
                _ => {
                    at += 2;
                    file.u16(at - 2)?
                }
            };
            for i in 0..=left {
                if ids.len() < glyphs {
                    ids.push(first.wrapping_add(i));
                }
            }
        }
        Some(())
    })();
    ids
}

/// Glyph by code.
fn encoding(file: Bytes<'_>, at: usize) -> Vec<u16> {
    let mut codes = vec![0_u16; 256];
    let _ = (|| {
        let format = file.u8(at)? & 0x7F;
        let count = usize::from(file.u8(at + 1)?);
        let mut glyph = 1_u16;
        for i in 0..count {
            if format == 0 {
                codes[usize::from(file.u8(at + 2 + i)?)] = glyph;
                glyph += 1;
            } else {
                let (first, left) = (file.u8(at + 2 + 2 * i)?, file.u8(at + 3 + 2 * i)?);
                for code in usize::from(first)..=usize::from(first) + usize::from(left) {
                    if let Some(slot) = codes.get_mut(code) {
                        *slot = glyph;
                    }
                    glyph += 1;
                }
            }
        }
        Some(())
    })();
    codes
}
