//! The words of a text, folded and hashed in one pass.

use super::fold::{ASCII, Role, fold};
use crate::random::mix;
use unicode_normalization::char::is_combining_mark;

/// A word of a text: the hash of what it folds to, and the bytes it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) hash: u64,
    pub(super) start: usize,
    pub(super) end: usize,
}

const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;

/// One step of the hash: the multiplication carries every bit upwards, the rotation down again.
#[inline]
fn step(hash: u64, character: u32) -> u64 {
    (hash ^ u64::from(character)).wrapping_mul(0x9fb2_1c65_1e98_df25).rotate_left(29)
}

/// Gives the words of `text` in order. A single letter or digit is no word, except in scripts without blanks.
#[inline]
pub(super) fn words(text: &str, mut give: impl FnMut(Word)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut start = 0;
    let mut hash = SEED;
    let mut letters = 0_u32;
    let mut lone = false;
    let mut end = |from: usize, to: usize, hash: u64, letters: u32, lone: bool| {
        if letters > 1 || lone {
            give(Word { hash: mix(hash), start: from, end: to });
        }
    };
    while at < bytes.len() {
        let byte = bytes[at];
        if byte < 128 {
            let folded = ASCII[usize::from(byte)];
            if folded == 0 || lone {
                end(start, at, hash, letters, lone);
                (hash, letters, lone, start) = (SEED, 0, false, at + usize::from(folded == 0));
            }
            if folded != 0 {
                hash = step(hash, u32::from(folded));
                letters += 1;
            }
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let next = at + c.len_utf8();
        let (mut after, mut given) = (hash, 0);
        let mut alone = SEED;
        let role = fold(c, |folded| {
            after = step(after, folded as u32);
            alone = step(alone, folded as u32);
            given += 1;
        });
        match role {
            Role::Ignored => {}
            // A mark after a lone letter is part of it; a letter after one begins a word.
            Role::Letter if lone && !is_combining_mark(c) => {
                end(start, at, hash, letters, lone);
                (hash, letters, lone, start) = (alone, given, false, at);
            }
            Role::Letter => (hash, letters) = (after, letters + given),
            Role::Lone => {
                end(start, at, hash, letters, lone);
                (hash, letters, lone, start) = (alone, given, given > 0, at);
            }
            Role::Separator => {
                end(start, at, hash, letters, lone);
                (hash, letters, lone, start) = (SEED, 0, false, next);
            }
        }
        at = next;
    }
    end(start, at, hash, letters, lone);
}

/// A stretch of text as a person may read it as a term: its words folded, one blank between them. At most `most` characters.
pub(crate) fn folded(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut pending = false;
    let mut push = |c: char, pending: &mut bool| {
        if *pending && !out.is_empty() {
            out.push(' ');
        }
        *pending = false;
        out.push(c);
    };
    for c in text.chars().take(most) {
        if c.is_ascii() {
            match ASCII[c as usize] {
                0 => pending = true,
                // A person wants to see the number that stands there.
                _ => push(c.to_ascii_lowercase(), &mut pending),
            }
            continue;
        }
        let mut lower = [' '; 4];
        let mut count = 0;
        let role = fold(c, |folded| {
            if let Some(place) = lower.get_mut(count) {
                *place = folded;
                count += 1;
            }
        });
        match role {
            Role::Separator => pending = true,
            Role::Ignored => {}
            Role::Letter | Role::Lone => lower[..count].iter().for_each(|&c| push(c, &mut pending)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        words(text, |word| found.push(&text[word.start..word.end]));
        found
    }

    fn hashes(text: &str) -> Vec<u64> {
        let mut found = Vec::new();
        words(text, |word| found.push(word.hash));
        found
    }

    #[test]
    fn words_of_scripts_with_blanks() {
        assert_eq!(split("The  Quick-brown fox, a 42nd!"), ["The", "Quick", "brown", "fox", "42nd"]);
        assert_eq!(split("Größe naïve ﬁn हिन्दी भाषा"), ["Größe", "naïve", "ﬁn", "हिन्दी", "भाषा"]);
        assert_eq!(split(""), Vec::<&str>::new());
        assert_eq!(split("é x 7"), Vec::<&str>::new());
    }

    #[test]
    fn characters_of_scripts_without() {
        assert_eq!(split("请求ABC号"), ["请", "求", "ABC", "号"]);
        assert_eq!(split("請求書 x"), ["請", "求", "書"]);
        assert_eq!(split("ที่นี่"), ["ที่", "นี่"]);
        assert_eq!(split("カナ word"), ["カ", "ナ", "word"]);
        assert_eq!(split("word字"), ["word", "字"]);
    }

    #[test]
    fn what_reads_the_same_is_the_same_word() {
        for (left, right) in [
            ("RÉSUMÉ", "resume"),
            ("Straße", "STRASSE"),
            ("cafe\u{301}", "café"),
            ("ﬁnance", "finance"),
            ("ＡＢＣ", "abc"),
            ("co\u{ad}operate", "cooperate"),
            ("Ιησούς", "ΙΗΣΟΥΣ"),
            ("Ёлка", "елка"),
            ("2024", "1999"),
            ("كِتَاب", "كتاب"),
        ] {
            assert_eq!(hashes(left), hashes(right), "{left} {right}");
            assert_eq!(hashes(left).len(), 1);
        }
        assert_ne!(hashes("ab"), hashes("ba"));
        assert_ne!(hashes("12"), hashes("123"));
    }

    #[test]
    fn terms_for_people() {
        assert_eq!(folded("Red,\n Hat", 64), "red hat");
        assert_eq!(folded("Straße 12", 64), "strasse 12");
        assert_eq!(folded("請求", 64), "請求");
        assert_eq!(folded("abcdef", 3), "abc");
    }
}
