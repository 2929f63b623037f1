//! Page labels (PDF 2.0, 12.4.2).

use super::metadata::text_string;
use super::outline::kids;
use pdf_objects::{Array, Dict, Name, Number, Object, ObjectIdentifier, PdfString};
use rustc_hash::FxHashSet;

/// Ranges past this are left out.
const MAX_RANGES: usize = 100_000;

/// Letters and roman numerals longer than this are no labels.
const MAX_LENGTH: usize = 64;

struct Range {
    /// Index of the first page.
    from: i64,
    style: Option<u8>,
    prefix: String,
    start: i64,
}

/// A label for each page, or `None` when the document gives none.
pub(crate) fn read(root: &Dict<'_>, page_count: usize) -> Option<Vec<String>> {
    let tree = root.get::<Dict<'_>>("PageLabels")?;
    let mut ranges: Vec<Range> = Vec::new();
    let mut visited: FxHashSet<ObjectIdentifier> = FxHashSet::default();
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        if ranges.len() >= MAX_RANGES {
            break;
        }
        if let Some(list) = node.get::<Array<'_>>("Nums") {
            let mut pairs = list.iter::<Object<'_>>();
            while let (Some(from), Some(label)) = (pairs.next(), pairs.next()) {
                if let (Object::Number(from), Object::Dict(label)) = (from, label) {
                    ranges.push(range(from.as_i64(), &label));
                }
            }
        }
        open.extend(kids(&node, &mut visited));
    }
    ranges.sort_by_key(|range| range.from);
    let mut at = 0;
    let labels = (0..page_count as i64).map(|page| {
        while ranges.get(at + 1).is_some_and(|next| next.from <= page) {
            at += 1;
        }
        match ranges.get(at).filter(|range| range.from <= page) {
            Some(range) => label(range, page),
            None => (page + 1).to_string(),
        }
    });
    Some(labels.collect())
}

fn range(from: i64, label: &Dict<'_>) -> Range {
    let prefix = label.get::<PdfString<'_>>("P").map(|prefix| text_string(prefix.as_bytes())).unwrap_or_default();
    Range {
        from,
        style: label.get::<Name<'_>>("S").and_then(|style| style.first().copied()),
        prefix: prefix.chars().take(MAX_LENGTH).collect(),
        start: label.get::<Number>("St").map_or(1, |start| start.as_i64().clamp(1, 1 << 31)),
    }
}

fn label(range: &Range, page: i64) -> String {
    let number = range.start.saturating_add(page.saturating_sub(range.from)).max(1) as u64;
    let counted = match range.style {
        Some(b'D') => number.to_string(),
        Some(b'r') => roman(number).to_lowercase(),
        Some(b'R') => roman(number),
        Some(b'a') => letters(number).to_lowercase(),
        Some(b'A') => letters(number),
        _ => String::new(),
    };
    format!("{}{counted}", range.prefix)
}

fn roman(mut number: u64) -> String {
    const VALUES: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 1000 * MAX_LENGTH as u64 {
        return number.to_string();
    }
    let mut out = String::new();
    for (value, sign) in VALUES {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

/// A to Z, then AA to ZZ, then AAA …
fn letters(number: u64) -> String {
    let (letter, times) = ((number - 1) % 26, (number - 1) / 26 + 1);
    if times > MAX_LENGTH as u64 {
        return number.to_string();
    }
    char::from(b'A' + letter as u8).to_string().repeat(times as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        assert_eq!([1, 4, 9, 14, 1994].map(roman), ["I", "IV", "IX", "XIV", "MCMXCIV"]);
        assert_eq!([1, 26, 27, 53].map(letters), ["A", "Z", "AA", "AAA"]);
        assert_eq!(roman(1 << 31), "2147483648");
        assert_eq!(letters(1 << 31), "2147483648");
    }
}
