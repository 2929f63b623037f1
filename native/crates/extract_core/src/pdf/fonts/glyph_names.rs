//! Glyph names to text, after the Adobe Glyph List specification, section 2.

use rustc_hash::{FxBuildHasher, FxHashMap};
use std::sync::OnceLock;

static SOURCE: &str = include_str!("../../../data/glyph_names.txt");

/// Names in the list, or a few more: the table is never grown.
const NAMES: usize = 4300;

fn list() -> &'static FxHashMap<&'static str, &'static str> {
    static LIST: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    LIST.get_or_init(|| {
        let mut list = FxHashMap::with_capacity_and_hasher(NAMES, FxBuildHasher);
        list.extend(SOURCE.lines().filter_map(|line| line.split_once(';')));
        list
    })
}

/// As long as names can be (ISO 32000-1, annex C); long ones stand for as much text.
const MAX_NAME_BYTES: usize = 127;

/// Appends the text `name` stands for; false when the name says nothing.
pub(crate) fn push_text(name: &[u8], out: &mut String) -> bool {
    let Ok(name) = core::str::from_utf8(name) else {
        return false;
    };
    if name.len() > MAX_NAME_BYTES {
        return false;
    }
    let stem = match name.find('.') {
        Some(0) | None => name,
        Some(dot) => &name[..dot],
    };
    let before = out.len();
    if push_component(stem, out) {
        return true;
    }
    for part in stem.split('_') {
        if !push_component(part, out) {
            out.truncate(before);
            return false;
        }
    }
    true
}

fn push_component(name: &str, out: &mut String) -> bool {
    if let Some(c) = supplement(name) {
        out.push(c);
        return true;
    }
    if let Some(codes) = list().get(name) {
        if codes.len() == 4
            && let Some(c) = u32::from_str_radix(codes, 16).ok().and_then(char::from_u32)
            && !('\u{E000}'..='\u{F8FF}').contains(&c)
        {
            out.push(c);
            return true;
        }
        let before = out.len();
        for code in codes.split(' ') {
            out.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        }
        // Small capitals, old style figures and the like are in the private use area there: they are their base letters.
        if out[before..].chars().all(|c| !('\u{E000}'..='\u{F8FF}').contains(&c)) {
            return true;
        }
        out.truncate(before);
        return match name.strip_suffix("small") {
            Some(base) => push_variant(&base.to_ascii_lowercase(), out),
            None => ["oldstyle", "inferior", "superior"]
                .iter()
                .filter_map(|suffix| name.strip_suffix(suffix))
                .any(|base| push_variant(base, out)),
        };
    }
    if let Some(hex) = name.strip_prefix("uni")
        && hex.len() >= 4
        && hex.len() % 4 == 0
        && hex.bytes().all(|b| b.is_ascii_hexdigit())
    {
        let units =
            hex.as_bytes().chunks(4).filter_map(|c| u16::from_str_radix(core::str::from_utf8(c).ok()?, 16).ok());
        out.extend(char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')));
        return true;
    }
    if let Some(hex) = name.strip_prefix('u')
        && (4..=6).contains(&hex.len())
        && let Some(c) = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
    {
        out.push(c);
        return true;
    }
    false
}

fn push_variant(base: &str, out: &mut String) -> bool {
    list().contains_key(base) && push_component(base, out)
}

/// Names in wide use (TeX, old Type 1 fonts) that the list lacks or maps to the private use area.
fn supplement(name: &str) -> Option<char> {
    Some(match name {
        "dotlessj" | "jdotless" => '\u{237}',
        "nbspace" | "nonbreakingspace" | "visiblespace" => ' ',
        "sfthyphen" | "softhyphen" => '\u{AD}',
        "hyphenchar" | "hyphenminus" => '-',
        "mu1" => '\u{B5}',
        "compwordmark" | "cwm" => '\u{200B}',
        "perthousandzero" => '\u{2030}',
        "ogonekcentered" => '\u{2DB}',
        "angbracketleft" | "angleleft" => '\u{27E8}',
        "angbracketright" | "angleright" => '\u{27E9}',
        "vector" => '\u{20D7}',
        "tie" => '\u{2040}',
        "star" => '\u{22C6}',
        "epsilon1" => '\u{3F5}',
        "coproduct" => '\u{2210}',
        "similarequal" => '\u{2243}',
        "lessmuch" => '\u{226A}',
        "greatermuch" => '\u{226B}',
        "precedesequal" => '\u{2AAF}',
        "followsequal" => '\u{2AB0}',
        "square" => '\u{25A1}',
        "interrobang" => '\u{203D}',
        "copyleft" => '\u{1F12F}',
        "borndied" => '*',
        "bar2" | "bardbl" => '\u{2016}',
        "slurabove" => '\u{2322}',
        "slurbelow" => '\u{2323}',
        "mapsto" => '\u{21A6}',
        "nabla" => '\u{2207}',
        "script_l" | "lscript" => '\u{2113}',
        "Ifractur" => '\u{2111}',
        "Rfractur" => '\u{211C}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str) -> Option<String> {
        let mut out = String::new();
        push_text(name.as_bytes(), &mut out).then_some(out)
    }

    #[test]
    fn names() {
        for (name, expected) in [
            ("A", "A"),
            ("eacute", "é"),
            ("uni0416", "Ж"),
            ("uniD83DDE00", "\u{1F600}"),
            ("u1F600", "\u{1F600}"),
            ("f_f_i", "ffi"),
            ("a.sc", "a"),
            ("Asmall", "a"),
            ("threeoldstyle", "3"),
            ("dotlessj", "\u{237}"),
        ] {
            assert_eq!(text(name).as_deref(), Some(expected), "{name}");
        }
        for name in ["g23", "cid_12", ".notdef", "", "uni12"] {
            assert_eq!(text(name), None, "{name}");
        }
    }
}
