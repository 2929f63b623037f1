//! Advance widths of the standard 14 fonts, for the PDFs that leave them out (PDF 2.0, 9.6.2.2).

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

static SOURCE: &str = include_str!("../../../data/base14_widths.txt");

type Table = FxHashMap<&'static str, f32>;

/// The face of the standard 14 fonts that stands in for a base font name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Courier,
    /// By its name in the table.
    Named(&'static str),
}

impl Face {
    pub(crate) fn from_base_font(name: &[u8]) -> Self {
        let name: String = String::from_utf8_lossy(name).to_ascii_lowercase();
        let name = name.split_once('+').map_or(name.as_str(), |(_, rest)| rest);
        let bold = name.contains("bold") || name.contains("black");
        let italic = name.contains("italic") || name.contains("oblique");
        if name.starts_with("symbol") {
            Self::Named("symbol")
        } else if name.contains("dingbats") {
            Self::Named("zapfdingbats")
        } else if name.contains("courier") || name.contains("mono") || name.contains("consol") {
            Self::Courier
        } else if name.contains("times") || name.contains("serif") && !name.contains("sans") || name.contains("georgia")
        {
            Self::Named(match (bold, italic) {
                (false, false) => "timesroman",
                (true, false) => "timesbold",
                (false, true) => "timesitalic",
                (true, true) => "timesbolditalic",
            })
        } else {
            Self::Named(if bold { "helveticabold" } else { "helvetica" })
        }
    }

    /// Width in ems of the glyph of that name.
    pub(crate) fn width(self, glyph: &str) -> Option<f32> {
        static TABLES: OnceLock<FxHashMap<&'static str, Table>> = OnceLock::new();
        let Self::Named(face) = self else {
            return Some(0.6);
        };
        let tables = TABLES.get_or_init(|| {
            let mut tables: FxHashMap<&'static str, Table> = FxHashMap::default();
            for line in SOURCE.lines() {
                let mut fields = line.split(' ');
                if let (Some(face), Some(glyph), Some(width)) = (fields.next(), fields.next(), fields.next())
                    && let Ok(width) = width.parse::<f32>()
                {
                    tables.entry(face).or_default().insert(glyph, width / 1000.0);
                }
            }
            tables
        });
        tables.get(face)?.get(glyph).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces() {
        assert_eq!(Face::from_base_font(b"ABCDEF+Arial,Bold"), Face::Named("helveticabold"));
        assert_eq!(Face::from_base_font(b"TimesNewRomanPS-ItalicMT").width("A"), Some(0.611));
        assert_eq!(Face::from_base_font(b"Courier-Bold").width("anything"), Some(0.6));
    }
}
