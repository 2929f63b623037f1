//! Indic text whose glyphs are named in the order they are seen.
//!
//! Some producers name each glyph by itself, so that a vowel sign that stands left of its consonants comes before them and
//! the sign for a leading r comes after them. Unicode wants both where they are spoken (The Unicode Standard, 12.1).

use super::characters::TextPool;
use super::glyphs::PageGlyphs;

/// Vowel signs that stand to the left of the consonants they follow in speech.
pub(crate) fn is_left_sign(c: char) -> bool {
    matches!(
        c as u32,
        0x93F | 0x94E | 0x9BF | 0x9C7 | 0x9C8 | 0xA3F | 0xABF | 0xB47 | 0xBC6..=0xBC8 | 0xD46..=0xD48 | 0xDD9 | 0xDDB
    )
}

pub(crate) fn is_indic(c: char) -> bool {
    matches!(c as u32, 0x900..=0xDFF)
}

fn is_consonant(c: char) -> bool {
    let at = (c as u32) & 0x7F;
    is_indic(c)
        && (matches!(at, 0x15..=0x39) || matches!(at, 0x58..=0x5F) || (c as u32) >= 0xD80 && matches!(at, 0x1A..=0x46))
}

fn is_virama(c: char) -> bool {
    is_indic(c) && ((c as u32) & 0x7F == 0x4D || c == '\u{DCA}')
}

fn is_nukta(c: char) -> bool {
    is_indic(c) && (c as u32) & 0x7F == 0x3C
}

/// Whether the glyph stands for a leading r: the letter ra with a virama, named as one glyph.
pub(crate) fn is_reph(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(ra), Some(virama), None) = (chars.next(), chars.next(), chars.next()) else { return false };
    // Devanagari, Bengali, Gujarati, Oriya and Kannada; the other scripts write a leading r where it is spoken.
    matches!(ra as u32, 0x930 | 0x9B0 | 0xAB0 | 0xB30 | 0xCB0) && is_virama(virama)
}

/// Whether the glyphs of a page are named in the order they are seen: a left sign after anything but a consonant,
/// which no spelling has, tells.
pub(crate) fn is_visual(page: &PageGlyphs, pool: &TextPool) -> bool {
    let (mut stray, mut all) = (0, 0);
    let mut before = ' ';
    for glyph in &page.glyphs {
        let Some((first, last)) = pool.ends(glyph.text) else { continue };
        if is_left_sign(first) {
            all += 1;
            stray += u32::from(!is_consonant(before) && !is_nukta(before));
        }
        before = last;
    }
    stray >= 2 && stray * 20 > all
}

/// Puts a leading r before the syllable at the end of `out`.
pub(crate) fn push_reph(reph: &str, out: &mut String) {
    let mut start = out.len();
    let mut seen = false;
    for (at, c) in out.char_indices().rev() {
        if is_consonant(c) {
            if seen && !out[at + c.len_utf8()..].chars().next().is_some_and(is_virama) {
                break;
            }
            seen = true;
            start = at;
        } else if !is_indic(c) || (seen && !is_virama(c) && !is_nukta(c)) {
            break;
        }
    }
    out.insert_str(start, reph);
}

/// Moves left signs behind the consonants they belong to and joins the halves of two-part signs.
pub(crate) fn to_logical(line: &mut String) {
    let chars: Vec<char> = line.chars().collect();
    line.clear();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        at += 1;
        if is_left_sign(c) {
            let mut end = at;
            while end < chars.len() && is_consonant(chars[end]) {
                end += 1;
                while end < chars.len() && is_nukta(chars[end]) {
                    end += 1;
                }
                if end + 1 < chars.len() && is_virama(chars[end]) && is_consonant(chars[end + 1]) {
                    end += 1;
                    continue;
                }
                break;
            }
            line.extend(&chars[at..end]);
            line.push(c);
            at = end;
            continue;
        }
        let joined = line.chars().next_back().and_then(|before| join(before, c));
        if let Some(joined) = joined {
            line.pop();
            line.push(joined);
        } else {
            line.push(c);
        }
    }
}

/// Two-part vowels that have no canonical composition.
fn join(first: char, second: char) -> Option<char> {
    Some(match (first, second) {
        ('\u{93E}', '\u{947}') => '\u{94B}',
        ('\u{93E}', '\u{948}') => '\u{94C}',
        ('\u{93E}', '\u{945}') => '\u{949}',
        ('\u{906}', '\u{947}') => '\u{913}',
        ('\u{906}', '\u{948}') => '\u{914}',
        ('\u{906}', '\u{945}') => '\u{911}',
        ('\u{ABE}', '\u{AC7}') => '\u{ACB}',
        ('\u{ABE}', '\u{AC8}') => '\u{ACC}',
        ('\u{ABE}', '\u{AC5}') => '\u{AC9}',
        ('\u{A86}', '\u{AC7}') => '\u{A93}',
        ('\u{A86}', '\u{AC8}') => '\u{A94}',
        ('\u{905}', '\u{93E}') => '\u{906}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logical(seen: &str) -> String {
        let mut line = seen.to_string();
        to_logical(&mut line);
        line
    }

    #[test]
    fn left_signs_go_behind_their_cluster() {
        assert_eq!(logical("\u{93F}हन्दी"), "हिन्दी");
        assert_eq!(logical("\u{93F}स्थत"), "स्थित");
        assert_eq!(logical("देशा\u{947}ं"), "देशों");
        assert_eq!(logical("\u{BC6}\u{B95}"), "\u{B95}\u{BC6}");
    }

    #[test]
    fn a_leading_r_goes_before_its_syllable() {
        assert!(is_reph("र्"));
        let mut out = "साव".to_string();
        push_reph("र्", &mut out);
        assert_eq!(out, "सार्व");
        out = "धमो".to_string();
        push_reph("र्", &mut out);
        assert_eq!(out, "धर्मो");
    }
}
