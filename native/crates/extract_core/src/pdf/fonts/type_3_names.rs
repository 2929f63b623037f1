//! Bitmap fonts of TeX: Type 3 fonts whose glyphs are named after their codes, or after nothing.
//!
//! Writers that make up names keep the codes of the text; writers that number glyphs leave no holes. So codes that are
//! spread as letters are in text are taken for what they are in TeX's font encodings.

/// OT1 where it differs from ASCII: Knuth, The TeXbook, appendix F.
#[rustfmt::skip]
const OT1_LOW: [&str; 32] = [
    "Γ", "Δ", "Θ", "Λ", "Ξ", "Π", "Σ", "Υ", "Φ", "Ψ", "Ω", "ff", "fi", "fl", "ffi", "ffl",
    "ı", "ȷ", "`", "´", "ˇ", "˘", "¯", "˚", "¸", "ß", "æ", "œ", "ø", "Æ", "Œ", "Ø",
];

/// T1 (Cork) below the ASCII range.
#[rustfmt::skip]
const T1_LOW: [&str; 32] = [
    "`", "´", "ˆ", "˜", "¨", "˝", "˚", "ˇ", "˘", "¯", "˙", "¸", "˛", "‚", "‹", "›",
    "“", "”", "„", "«", "»", "–", "—", "\u{200B}", "‰", "ı", "ȷ", "ff", "fi", "fl", "ffi", "ffl",
];

/// T1 from 128 on.
#[rustfmt::skip]
const T1_HIGH: [&str; 128] = [
    "Ă", "Ą", "Ć", "Č", "Ď", "Ě", "Ę", "Ğ", "Ĺ", "Ľ", "Ł", "Ń", "Ň", "Ŋ", "Ő", "Ŕ",
    "Ř", "Ś", "Š", "Ş", "Ť", "Ţ", "Ű", "Ů", "Ÿ", "Ź", "Ž", "Ż", "IJ", "İ", "đ", "§",
    "ă", "ą", "ć", "č", "ď", "ě", "ę", "ğ", "ĺ", "ľ", "ł", "ń", "ň", "ŋ", "ő", "ŕ",
    "ř", "ś", "š", "ş", "ť", "ţ", "ű", "ů", "ÿ", "ź", "ž", "ż", "ij", "¡", "¿", "£",
    "À", "Á", "Â", "Ã", "Ä", "Å", "Æ", "Ç", "È", "É", "Ê", "Ë", "Ì", "Í", "Î", "Ï",
    "Ð", "Ñ", "Ò", "Ó", "Ô", "Õ", "Ö", "Œ", "Ø", "Ù", "Ú", "Û", "Ü", "Ý", "Þ", "SS",
    "à", "á", "â", "ã", "ä", "å", "æ", "ç", "è", "é", "ê", "ë", "ì", "í", "î", "ï",
    "ð", "ñ", "ò", "ó", "ô", "õ", "ö", "œ", "ø", "ù", "ú", "û", "ü", "ý", "þ", "ß",
];

/// What the codes of a Type 3 font are whose names (by code, empty or `.notdef` where unused) say nothing.
pub(crate) struct CodesAsText {
    /// Empty when the codes are no text.
    used: Vec<u8>,
    cork: bool,
}

impl CodesAsText {
    pub(crate) fn read(names: &[Vec<u8>]) -> Self {
        let mut used: Vec<u8> = (0..=255).filter(|c| is_used(names, *c)).collect();
        if !codes_are_text(names, &used) {
            used.clear();
        }
        let cork = used.iter().any(|c| *c >= 128 || (27..=31).contains(c) || *c == 21)
            && !used.iter().any(|c| (11..=15).contains(c));
        Self { used, cork }
    }

    pub(crate) fn character(&self, code: u8) -> Option<&'static str> {
        if self.used.binary_search(&code).is_ok() { character(code, self.cork) } else { None }
    }
}

fn character(code: u8, cork: bool) -> Option<&'static str> {
    let at = usize::from(code);
    match code {
        0..32 => Some(if cork { T1_LOW[at] } else { OT1_LOW[at] }),
        39 => Some("’"),
        96 => Some("‘"),
        34 if !cork => Some("”"),
        92 if !cork => Some("“"),
        60 if !cork => Some("¡"),
        62 if !cork => Some("¿"),
        123 if !cork => Some("–"),
        124 if !cork => Some("—"),
        127 => Some("-"),
        32..127 => ASCII.get(at - 32..at - 31),
        _ => Some(T1_HIGH[at - 128]),
    }
}

const ASCII: &str = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

fn is_used(names: &[Vec<u8>], code: u8) -> bool {
    names.get(usize::from(code)).is_some_and(|name| !name.is_empty() && name != b".notdef")
}

fn codes_are_text(names: &[Vec<u8>], used: &[u8]) -> bool {
    let after_codes = used.iter().all(|code| {
        let name = &names[usize::from(*code)];
        name.first() == Some(&b'a') && name[1..] == *code.to_string().as_bytes()
    });
    let (Some(first), Some(last)) = (used.first(), used.last()) else { return false };
    let has_holes = used.len() < usize::from(last - first) + 1;
    let letters = used.iter().filter(|code| code.is_ascii_alphanumeric()).count();
    // A font that uses every code from its first to its last was numbered, unless it holds a few letters only.
    let spread = has_holes || (used.len() < 4 && letters == used.len());
    spread && (after_codes || (letters * 2 >= used.len() && letters > 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(entries: &[(u8, &str)]) -> Vec<Vec<u8>> {
        let mut names = vec![Vec::new(); 256];
        for (code, name) in entries {
            names[usize::from(*code)] = name.as_bytes().to_vec();
        }
        names
    }

    fn character(names: &[Vec<u8>], code: u8) -> Option<&'static str> {
        CodesAsText::read(names).character(code)
    }

    #[test]
    fn names_after_codes() {
        let cork = names(&[(27, "a27"), (97, "a97"), (225, "a225")]);
        assert_eq!(character(&cork, 27), Some("ff"));
        assert_eq!(character(&cork, 97), Some("a"));
        assert_eq!(character(&cork, 225), Some("á"));
        let old = names(&[(12, "a12"), (97, "a97")]);
        assert_eq!(character(&old, 12), Some("fi"));
    }

    #[test]
    fn numbered_glyphs_say_nothing() {
        let numbered: Vec<(u8, &str)> = (33..60).map(|code| (code, "g")).collect();
        assert_eq!(character(&names(&numbered), 40), None);
        let after_codes: Vec<(u8, &str)> = vec![(0, "a0"), (1, "a1"), (2, "a2"), (3, "a3"), (4, "a4")];
        assert_eq!(character(&names(&after_codes), 2), None);
    }
}
