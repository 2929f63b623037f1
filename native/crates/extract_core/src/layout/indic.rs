//! Indic text whose glyphs are named in the order they are seen.
//!
//! Some producers name each glyph by itself, so that a vowel sign that stands left of its consonants comes before them and
//! the sign for a leading r comes after them. Unicode wants both where they are spoken (The Unicode Standard, 12.1).

use super::characters::{TextPool, is_mark};
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

pub(crate) fn is_virama(c: char) -> bool {
    is_indic(c) && ((c as u32) & 0x7F == 0x4D || c == '\u{DCA}')
}

/// The left sign whose arc reaches over the letters it precedes, in the script of `c`.
pub(crate) fn arched_sign(c: char) -> Option<char> {
    match c as u32 {
        0x900..=0x97F => Some('\u{93F}'),
        0x980..=0x9FF => Some('\u{9BF}'),
        0xA00..=0xA7F => Some('\u{A3F}'),
        0xA80..=0xAFF => Some('\u{ABF}'),
        _ => None,
    }
}

/// The letter itself, where it is a consonant of a script in which consonants have half forms.
pub(crate) fn letter_with_half_form(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let letter = chars.next().filter(|c| is_consonant(*c) && matches!(*c as u32, 0x900..=0x97F | 0xA80..=0xAFF))?;
    chars.next().is_none().then_some(letter)
}

/// The virama of the script of `c`.
pub(crate) fn virama_of(c: char) -> Option<char> {
    char::from_u32((c as u32) & !0x7F | 0x4D)
}

fn is_nukta(c: char) -> bool {
    is_indic(c) && (c as u32) & 0x7F == 0x3C
}

/// Whether the glyph stands for a leading r: the letter ra with a virama, and marks that are one glyph with it.
pub(crate) fn is_reph(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(ra), Some(virama)) = (chars.next(), chars.next()) else { return false };
    // Devanagari, Bengali, Gujarati, Oriya and Kannada; the other scripts write a leading r where it is spoken.
    matches!(ra as u32, 0x930 | 0x9B0 | 0xAB0 | 0xB30 | 0xCB0) && is_virama(virama) && chars.all(is_mark)
}

/// Stands before the text of a form that hangs on a letter and is set to its left (Malayalam ra).
pub(crate) const LEFT_FORM: char = '\u{200D}';

/// Vowel signs of scripts in which a virama never follows one.
fn is_vowel_sign(c: char) -> bool {
    let at = (c as u32) & 0x7F;
    is_indic(c)
        && !('\u{D00}'..='\u{D7F}').contains(&c)
        && matches!(at, 0x3E..=0x4C | 0x55..=0x57)
        && !('\u{D80}'..).contains(&c)
}

/// Whether the glyphs of a page are named in the order they are seen: a left sign after anything but a consonant,
/// or a letter below that follows a vowel sign, which no spelling has, tells.
pub(crate) fn is_visual(page: &PageGlyphs, pool: &TextPool) -> bool {
    let (mut stray, mut all) = (0, 0);
    let mut before = ' ';
    for glyph in &page.glyphs {
        let Some((first, last)) = pool.ends(glyph.text) else { continue };
        if is_left_sign(first) {
            all += 1;
            stray += u32::from(!is_consonant(before) && !is_nukta(before));
        } else if is_virama(first) && is_consonant(last) {
            all += 1;
            stray += u32::from(is_vowel_sign(before));
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
    let (leading, marks) = reph.split_at(reph.char_indices().nth(2).map_or(reph.len(), |(at, _)| at));
    out.insert_str(start, leading);
    out.push_str(marks);
}

/// Where the consonants end that start at `at` and are joined by viramas.
fn cluster_end(chars: &[char], at: usize) -> usize {
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
    end
}

/// Candrabindu, anusvara and visarga, which end a syllable.
fn is_syllable_mark(c: char) -> bool {
    is_indic(c) && c < '\u{D80}' && (c as u32) & 0x7F < 4
}

/// Moves left signs behind the consonants they belong to and joins the halves of two-part signs.
pub(crate) fn to_logical(line: &mut String) {
    let chars: Vec<char> = line.chars().collect();
    line.clear();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        at += 1;
        if c == LEFT_FORM && chars.get(at).copied().is_some_and(is_virama) {
            // The form and its virama go behind the next letter and what is below it.
            let form = (at + 2).min(chars.len());
            let end = cluster_end(&chars, form);
            line.extend(&chars[form..end]);
            line.extend(&chars[at..form]);
            at = end;
            continue;
        }
        if is_virama(c) && chars.get(at).copied().is_some_and(is_consonant) {
            // A letter below is set behind the vowel sign of the letter above.
            let signs = line.len() - line.trim_end_matches(is_vowel_sign).len();
            if signs > 0 {
                let signs = line.split_off(line.len() - signs);
                line.push(c);
                line.push(chars[at]);
                line.push_str(&signs);
                at += 1;
                continue;
            }
        }
        if is_left_sign(c) {
            let mut end = at;
            // A sign with a mark of its own: the mark stays behind it.
            while end < chars.len() && is_syllable_mark(chars[end]) && cluster_end(&chars, end + 1) > end + 1 {
                end += 1;
            }
            let marks = at..end;
            at = end;
            end = cluster_end(&chars, end);
            line.extend(&chars[at..end]);
            line.push(c);
            line.extend(&chars[marks]);
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
    fn letters_below_go_before_the_vowel_sign_and_left_forms_behind_the_letter() {
        assert_eq!(logical("బి్ల"), "బ్లి");
        assert_eq!(logical("\u{200D}\u{D4D}രപി"), "പ\u{D4D}രി");
        assert_eq!(logical("\u{93F}\u{902}क"), "किं");
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
