//! What a character counts for in a word: lower case without diacritics, or nothing.

use std::sync::OnceLock;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The part of a character in the words of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Stands between words.
    Separator,
    /// As if it were not there: diacritics, points of vowels, joiners, soft hyphens.
    Ignored,
    /// Part of a word.
    Letter,
    /// A word of its own: scripts that put no blanks between words.
    Lone,
}

/// Characters below this are looked up, all others computed: Latin, Greek, Cyrillic, Hebrew, Arabic, Indic, Thai.
const TABLE_END: u32 = 0x2100;
const ROLE_SHIFT: u32 = 24;
/// Folds to several characters, or to none that the table has room for.
const MANY: u32 = 1 << 23;

/// What ASCII folds to; 0 is a separator.
pub(super) const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        if c.is_ascii_digit() {
            table[byte] = b'0';
        } else if c.is_ascii_alphabetic() {
            table[byte] = c.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Gives what a character beyond ASCII folds to, and says its role.
#[inline]
pub(super) fn fold(c: char, mut give: impl FnMut(char)) -> Role {
    let code = c as u32;
    if code < TABLE_END {
        let packed = table()[code as usize];
        if packed & MANY == 0 {
            let role = unpack(packed);
            if matches!(role, Role::Letter | Role::Lone) {
                give(char::from_u32(packed & 0x1f_ffff).unwrap_or(c));
            }
            return role;
        }
    }
    compute(c, &mut give)
}

fn table() -> &'static [u32] {
    static TABLE: OnceLock<Vec<u32>> = OnceLock::new();
    TABLE.get_or_init(|| (0..TABLE_END).map(|code| pack(char::from_u32(code).unwrap_or(' '))).collect())
}

fn pack(c: char) -> u32 {
    let mut given = 0;
    let mut last = c;
    let role = compute(c, &mut |folded| {
        given += 1;
        last = folded;
    });
    let packed = (role as u32) << ROLE_SHIFT;
    match (role, given) {
        (Role::Separator | Role::Ignored, _) => packed,
        (_, 1) => packed | last as u32,
        _ => packed | MANY,
    }
}

fn unpack(packed: u32) -> Role {
    match packed >> ROLE_SHIFT {
        1 => Role::Ignored,
        2 => Role::Letter,
        3 => Role::Lone,
        _ => Role::Separator,
    }
}

fn compute(c: char, give: &mut dyn FnMut(char)) -> Role {
    if is_ignored(c) {
        return Role::Ignored;
    }
    let is_mark = is_combining_mark(c);
    if !is_mark && !c.is_alphanumeric() {
        return Role::Separator;
    }
    if is_lone(c) {
        give(c);
        // A mark belongs to the letter before it.
        return if is_mark { Role::Letter } else { Role::Lone };
    }
    if is_hangul(c) {
        give(c);
        return Role::Letter;
    }
    let mut lone = false;
    for lower in c.to_lowercase() {
        decompose_compatible(lower, |part| {
            lone |= is_lone(part);
            fold_part(part, give);
        });
    }
    if lone { Role::Lone } else { Role::Letter }
}

/// A character that is decomposed already.
fn fold_part(part: char, give: &mut dyn FnMut(char)) {
    let many: &str = match part {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        _ => {
            // Digits say what kind of number stands there; which one it is would be another word in every text.
            if part.is_numeric() && !is_lone(part) {
                give('0');
            } else if !is_ignored(part) && (part.is_alphanumeric() || is_combining_mark(part)) {
                part.to_lowercase().for_each(give);
            }
            return;
        }
    };
    many.chars().for_each(give);
}

/// Marks that change how a letter is said but not which word it is part of, and characters without a form.
fn is_ignored(c: char) -> bool {
    matches!(c as u32,
        0xad | 0x300..=0x36f | 0x483..=0x487                       // soft hyphen, Latin and Greek, Cyrillic
        | 0x591..=0x5bd | 0x5bf | 0x5c1 | 0x5c2 | 0x5c4 | 0x5c5 | 0x5c7 // Hebrew points
        | 0x610..=0x61a | 0x640 | 0x64b..=0x65f | 0x670 | 0x6d6..=0x6dc // Arabic vowels, tatweel
        | 0x200b..=0x200f | 0x2060 | 0xfe00..=0xfe0f | 0xfeff)
}

/// Thai, Lao, Myanmar, Khmer, Kana, Han.
fn is_lone(c: char) -> bool {
    matches!(c as u32,
        0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3005..=0x3007 | 0x3040..=0x30ff | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

/// Syllables: composed in every text that was extracted, and costly to take apart.
fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0xac00..=0xd7a3)
}
