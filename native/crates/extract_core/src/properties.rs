//! Properties: what holds for whatever is generated. The same cases on every run, so that a failure is one for everybody.

use crate::layout::bidi::tests::logical;
use crate::layout::characters::TextPool;
use crate::layout::glyphs::PageGlyphs;
use crate::layout::paragraphs::Writer;
use crate::layout::{order, write_text};
use crate::pdf::fonts::cmap::{Cmap, ToUnicode};
use crate::pdf::lexer;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;
use unicode_normalization::is_nfc;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_101),
        ..ProptestConfig::default()
    }
}

/// Points of an em.
const SIZE: f32 = 10.0;

/// A word where it stands: line from the top, place on the line in ems, characters.
#[derive(Debug, Clone)]
struct Placed {
    line: u8,
    em: f32,
    text: String,
}

/// Words on lines, none over another, one em or more between them.
fn page_of(letters: &'static str) -> impl Strategy<Value = Vec<Placed>> {
    let word = proptest::collection::vec(proptest::sample::select(letters.chars().collect::<Vec<_>>()), 1..8);
    let line = proptest::collection::vec((word, 1.0_f32..6.0), 1..6);
    proptest::collection::vec(line, 1..8).prop_map(|lines| {
        let mut placed = Vec::new();
        for (line, words) in lines.into_iter().enumerate() {
            let mut em = 0.0;
            for (word, gap) in words {
                placed.push(Placed { line: line as u8, em, text: word.iter().collect() });
                em += word.len() as f32 * 0.5 + gap;
            }
        }
        placed
    })
}

fn shown(words: &[Placed], pool: &mut TextPool) -> PageGlyphs {
    let mut page = PageGlyphs::new(None);
    for word in words {
        let mut x = 50.0 + word.em * SIZE;
        page.place(0, x, 800.0 - f32::from(word.line) * 1.2 * SIZE, SIZE, false);
        for c in word.text.chars() {
            let text = pool.intern(c.encode_utf8(&mut [0; 4]));
            page.push(x, x + 0.5 * SIZE, text);
            x += 0.5 * SIZE;
        }
    }
    page
}

fn written(words: &[Placed]) -> String {
    let mut pool = TextPool::default();
    let mut page = shown(words, &mut pool);
    let mut out = String::new();
    write_text(&mut page, &pool, &mut out);
    out
}

fn sorted_words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.sort_unstable();
    words
}

fn sorted_chars(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    chars.sort_unstable();
    chars
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn words_are_the_same_in_whatever_order_they_are_shown(
        (words, other) in page_of("abcdefghijkl").prop_flat_map(|words| (Just(words.clone()), Just(words).prop_shuffle()))
    ) {
        let (one, two) = (written(&words), written(&other));
        let expected = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        prop_assert_eq!(sorted_words(&one), sorted_words(&expected));
        prop_assert_eq!(sorted_words(&two), sorted_words(&expected));
    }

    #[test]
    fn no_character_is_lost_and_the_text_is_nfc(words in page_of("abzéßжЯΩабשלוםسلام漢字かなกขहन1270")) {
        let text = written(&words);
        let expected: String = words.iter().map(|word| word.text.as_str()).collect();
        prop_assert_eq!(sorted_chars(&text), sorted_chars(&expected), "{}", text);
        prop_assert!(is_nfc(&text) && text.ends_with('\n'));
    }

    #[test]
    fn a_page_is_written_alike_again(words in page_of("ab´`é\u{301}שלם.-·1,(")) {
        let mut pool = TextPool::default();
        let mut page = shown(&words, &mut pool);
        let (mut first, mut second) = (String::new(), String::new());
        let summary = write_text(&mut page, &pool, &mut first);
        let again = write_text(&mut page, &pool, &mut second);
        prop_assert_eq!(&first, &second);
        prop_assert_eq!((summary.chars, summary.unknown), (again.chars, again.unknown));
    }

    #[test]
    fn logical_order_keeps_every_character(visual in "[abc אבגדה1234,.א-ת]{0,40}", rtl_page: bool) {
        let logical = logical(&visual, rtl_page);
        prop_assert_eq!(sorted_chars(&logical), sorted_chars(&visual));
    }

    #[test]
    fn lines_of_one_direction_are_kept_or_turned(left in "[a-z]{1,20}", right in "[א-ת]{1,20}") {
        prop_assert_eq!(logical(&left, false), left);
        prop_assert_eq!(logical(&right, true), right.chars().rev().collect::<String>());
    }

    #[test]
    fn a_word_broken_by_a_hyphen_is_one_word(before in "[a-z]{1,9}", after in "[a-z]{1,9}", rest in "[a-z]{0,9}") {
        let next = format!("{after} {rest}");
        let expected = if rest.is_empty() { format!("{before}{after}\n") } else { format!("{before}{after}\n{rest}\n") };
        prop_assert_eq!(lines(&[&format!("{before}-"), &next]), expected);
    }

    #[test]
    fn a_hyphen_before_a_capital_or_a_number_stays(before in "[a-z]{1,9}", after in "[A-Z0-9][a-z]{0,9}") {
        prop_assert_eq!(lines(&[&format!("{before}-"), &after]), format!("{before}-\n{after}\n"));
    }

    #[test]
    fn embedded_cmaps_map_what_they_say(ranges in proptest::collection::btree_map(0_u16..250, (0_u16..256, 0_u16..60_000), 1..30)) {
        // One range in each row of 256 codes at most: none over another.
        let mut source = String::from("begincodespacerange <0000> <FFFF> endcodespacerange begincidrange ");
        let mut reference: BTreeMap<u32, u32> = BTreeMap::new();
        for (row, (length, cid)) in &ranges {
            let start = u32::from(*row) << 8;
            let end = start + u32::from(*length).min(255);
            source.push_str(&format!("<{start:04x}> <{end:04X}> {cid}\n"));
            reference.extend((start..=end).map(|code| (code, u32::from(*cid) + code - start)));
        }
        let cmap = Cmap::parse(format!("{source} endcidrange").as_bytes()).unwrap_or_default();
        for code in (0..0x1_0000).step_by(37).chain(reference.keys().copied()) {
            prop_assert_eq!(cmap.cid(code, 2), reference.get(&code).copied(), "{:04x}", code);
            prop_assert_eq!(cmap.next_code(&(code as u16).to_be_bytes()), (code, 2));
        }
    }

    #[test]
    fn to_unicode_maps_say_what_they_list(map in proptest::collection::btree_map(0_u16..2000, "[a-zà-ž一-丐]{1,5}", 0..40)) {
        let mut source = String::from("beginbfchar\n");
        for (code, text) in &map {
            let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            source.push_str(&format!("<{code:04X}> <{units}>\n"));
        }
        let mut pool = TextPool::default();
        let parsed = ToUnicode::parse(format!("{source}endbfchar").as_bytes(), &mut pool);
        for (code, text) in &map {
            let mut known = String::new();
            pool.push_to(parsed.dense[usize::from(*code)], &mut known);
            prop_assert_eq!(&known, text);
        }
        prop_assert_eq!(parsed.dense.iter().filter(|text| !text.is_unknown()).count(), map.len());
    }

    #[test]
    fn numbers_are_what_a_slow_reader_reads(signs in "[-+]{0,2}", whole in "[0-9]{0,20}", fraction in "(\\.[0-9]{0,12})?", rest in "([-.+][0-9]{0,3})?") {
        let ends = (fraction.is_empty() && rest.starts_with('.')) || (whole.is_empty() && fraction.len() < 2);
        let rest = if ends { String::new() } else { rest };
        let raw = format!("{signs}{whole}{fraction}{rest}");
        let digits = format!("0{whole}{}", if fraction.len() > 1 { fraction.as_str() } else { "" });
        let magnitude: f64 = digits.parse().unwrap_or(0.0);
        let expected = if signs.contains('-') { -magnitude } else { magnitude };
        let read = f64::from(lexer::number(raw.as_bytes()));
        // Beyond what a 64-bit integer holds exactly a number is as large as numbers get.
        let close = (read - expected).abs() <= 1e-6 * magnitude || (magnitude > 9e15 && read.abs() >= magnitude.min(9e15));
        prop_assert!(close && read.is_finite(), "{} read as {}, not {}", raw, read, expected);
    }
}

/// Lines of one paragraph, written.
fn lines(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut writer = Writer::new(&mut out);
    for (i, line) in lines.iter().enumerate() {
        let y = 100.0 - 12.0 * i as f32;
        let row = order::Row { pieces: Vec::new(), y, size: 10.0, x0: 0.0, x1: 100.0, starts_block: false };
        writer.line(&row, line);
    }
    writer.finish();
    out
}
