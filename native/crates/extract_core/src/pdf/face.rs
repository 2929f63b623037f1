//! How a font looks, from its name and descriptor (PDF 2.0, 9.8).

use crate::structure::FontFace;
use pdf_objects::{Array, Dict, Name};

const ITALIC: i32 = 1 << 6;
const FORCE_BOLD: i32 = 1 << 18;

/// Vertical stems as thick as this, in thousandths of an em, are bold where nothing else tells.
const BOLD_STEM: f32 = 140.0;

/// The names of weights, longest first where one holds another.
const WEIGHTS: [(&str, u16); 17] = [
    ("extralight", 200),
    ("ultralight", 200),
    ("semibold", 600),
    ("demibold", 600),
    ("extrabold", 800),
    ("ultrabold", 800),
    ("hairline", 100),
    ("regular", 400),
    ("medium", 500),
    ("black", 900),
    ("heavy", 900),
    ("light", 300),
    ("thin", 100),
    ("bold", 700),
    ("demi", 600),
    ("cmbx", 700),
    ("sfbx", 700),
];

pub(crate) fn read(font: &Dict<'_>, vertical: bool) -> FontFace {
    let descendant = font.get::<Array<'_>>("DescendantFonts").and_then(|list| list.iter::<Dict<'_>>().next());
    let own = descendant.as_ref().unwrap_or(font);
    let descriptor = own.get::<Dict<'_>>("FontDescriptor").unwrap_or_else(Dict::empty);
    let name = [(font, "BaseFont"), (&descriptor, "FontName"), (font, "Name")]
        .iter()
        .find_map(|(dict, key)| dict.get::<Name<'_>>(key))
        .map(|name| String::from_utf8_lossy(&name).into_owned())
        .unwrap_or_default();
    let name = without_subset(&name).to_string();
    let flags = descriptor.get::<i32>("Flags").unwrap_or(0);
    let number = |key: &str| descriptor.get::<f32>(key);
    let named = weight_of(&name);
    let stated = number("FontWeight").filter(|n| (100.0..=950.0).contains(n)).map(|n| n as u16);
    // Producers leave FontWeight at 400 for every face; a name that says bold is right.
    let weight = match (named, stated) {
        (Some(weight), _) => weight,
        (None, Some(weight)) if weight != 400 => weight,
        _ if flags & FORCE_BOLD != 0 || number("StemV").is_some_and(|stem| stem >= BOLD_STEM) => 700,
        _ => 400,
    };
    let lower = name.to_ascii_lowercase();
    let italic = flags & ITALIC != 0
        || number("ItalicAngle").is_some_and(|angle| angle != 0.0)
        || lower.contains("italic")
        || lower.contains("oblique");
    let sane = |value: Option<f32>, usual: f32| {
        value.map(|n| n.abs() / 1000.0).filter(|n| (0.1..=1.3).contains(n)).unwrap_or(usual)
    };
    // Vertical lines run through the middle of their characters.
    let rise = if vertical { [0.5, 0.5] } else { [sane(number("Ascent"), 0.75), sane(number("Descent"), 0.25)] };
    FontFace { name, weight, italic, rise }
}

fn without_subset(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

fn weight_of(name: &str) -> Option<u16> {
    let lower = name.to_ascii_lowercase();
    // URW calls the bold faces of its clones medium.
    if lower.starts_with("nimbus") && lower.contains("-medi") {
        return Some(700);
    }
    WEIGHTS.iter().find(|(word, _)| lower.contains(word)).map(|(_, weight)| *weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_by_name() {
        for (name, weight) in [
            ("Helvetica-Bold", Some(700)),
            ("SourceSans-SemiboldIt", Some(600)),
            ("Roboto-Light", Some(300)),
            ("NimbusRomNo9L-Medi", Some(700)),
            ("CMBX12", Some(700)),
            ("Inter-ExtraBold", Some(800)),
            ("Times-Roman", None),
        ] {
            assert_eq!(weight_of(name), weight, "{name}");
        }
        assert_eq!(without_subset("ABCDEF+Arial"), "Arial");
    }
}
