//! Accents set apart from their letters, as TeX does with fonts in OT1 encoding.

/// The combining form of a spacing accent.
pub(crate) fn combining(c: char) -> Option<char> {
    Some(match c {
        '`' | '\u{2CB}' => '\u{300}',
        '\u{B4}' | '\u{2CA}' => '\u{301}',
        '^' | '\u{2C6}' => '\u{302}',
        '~' | '\u{2DC}' => '\u{303}',
        '\u{AF}' | '\u{2C9}' => '\u{304}',
        '\u{2D8}' => '\u{306}',
        '\u{2D9}' => '\u{307}',
        '\u{A8}' => '\u{308}',
        '\u{2DA}' => '\u{30A}',
        '\u{2DD}' => '\u{30B}',
        '\u{2C7}' => '\u{30C}',
        '\u{B8}' => '\u{327}',
        '\u{2DB}' => '\u{328}',
        _ => return None,
    })
}

/// A letter that takes the accent: dotless letters get their dot back, since the composed forms are made from i and j.
pub(crate) fn base(c: char) -> Option<char> {
    match c {
        'ı' => Some('i'),
        '\u{237}' => Some('j'),
        _ if c.is_alphabetic() => Some(c),
        _ => None,
    }
}
