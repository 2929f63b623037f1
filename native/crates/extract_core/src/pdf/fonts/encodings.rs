//! The simple encodings of PDF 2.0, annex D, as tables from code to glyph name.

use std::sync::OnceLock;

/// A base encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Standard,
    WinAnsi,
    MacRoman,
    MacExpert,
    Symbol,
    ZapfDingbats,
}

/// Glyph names by code; empty where the code is not used.
pub(crate) type Names = [&'static str; 256];

static SOURCE: &str = include_str!("../../../data/encodings.txt");

impl Encoding {
    pub(crate) fn from_name(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            b"MacExpertEncoding" => Some(Self::MacExpert),
            _ => None,
        }
    }

    pub(crate) fn names(self) -> &'static Names {
        static TABLES: OnceLock<Box<[Names; 6]>> = OnceLock::new();
        let tables = TABLES.get_or_init(|| {
            let mut tables = Box::new([[""; 256]; 6]);
            for line in SOURCE.lines() {
                let mut fields = line.split(' ');
                let (Some(table), Some(code), Some(name)) = (fields.next(), fields.next(), fields.next()) else {
                    continue;
                };
                let index = match table {
                    "standard" => 0,
                    "winansi" => 1,
                    "macroman" => 2,
                    "macexpert" => 3,
                    "symbol" => 4,
                    _ => 5,
                };
                if let Ok(code) = code.parse::<u8>() {
                    tables[index][usize::from(code)] = name;
                }
            }
            tables
        });
        &tables[self as usize]
    }
}

/// ZapfDingbats glyphs have no names of their own in the Adobe Glyph List; the code tells the character.
pub(crate) fn dingbat(code: u8) -> Option<char> {
    let value = match code {
        0x20 => 0x20,
        0x25 => 0x260E,
        0x2A => 0x261B,
        0x2B => 0x261E,
        0x48 => 0x2605,
        0x6C => 0x25CF,
        0x6E => 0x25A0,
        0x73 => 0x25B2,
        0x74 => 0x25BC,
        0x75 => 0x25C6,
        0x77 => 0x25D7,
        0x21..=0x7E => 0x2701 + u32::from(code - 0x21),
        0xA8 => 0x2663,
        0xA9 => 0x2666,
        0xAA => 0x2665,
        0xAB => 0x2660,
        0xAC..=0xB5 => 0x2460 + u32::from(code - 0xAC),
        0xD5 => 0x2192,
        0xD6 => 0x2194,
        0xD7 => 0x2195,
        0xA1..=0xFE => 0x2761 + u32::from(code - 0xA1),
        _ => return None,
    };
    char::from_u32(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_filled() {
        assert_eq!(Encoding::WinAnsi.names()[0x80], "Euro");
        assert_eq!(Encoding::Standard.names()[0x27], "quoteright");
        assert_eq!(Encoding::MacRoman.names()[0x80], "Adieresis");
        assert_eq!(Encoding::Symbol.names()[0x61], "alpha");
        assert_eq!(dingbat(0x21), Some('\u{2701}'));
    }
}
