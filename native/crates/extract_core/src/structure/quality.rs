//! Reasons for the verdict of a page, and the grade of a document.

use super::{PageStructure, Quality, Reason};
use crate::document::{Page, Verdict};

/// What an odd character costs: one in fifty means that fonts are mapped wrongly.
const ODD_WEIGHT: f32 = 10.0;

/// The figures that decided the verdict, in words.
pub(crate) fn reasons(page: &Page, unmapped: u32) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut add = |code, message: String| reasons.push(Reason { code, message });
    let share = percent(unmapped_share(page.chars, unmapped));
    let covered = percent(page.image_coverage);
    let unread = || format!("{share} of the {} glyphs have no known character", page.chars + unmapped);
    match page.verdict {
        Verdict::Garbled => add("UNMAPPED_GLYPHS", unread()),
        Verdict::Scanned => {
            add("IMAGE_COVERAGE", format!("images cover {covered} of the page"));
            add("FEW_CHARACTERS", format!("{} characters of text", page.chars));
        }
        Verdict::Sparse => add("FEW_CHARACTERS", format!("{} characters of text", page.chars)),
        Verdict::Empty => add("NOTHING_SHOWN", "neither text nor an image".to_string()),
        Verdict::Text => add("CHARACTERS", format!("{} characters of text", page.chars)),
    }
    if unmapped > 0 && page.verdict != Verdict::Garbled {
        add("SOME_UNMAPPED_GLYPHS", unread());
    }
    if page.image_coverage > 0.0 && page.verdict != Verdict::Scanned {
        add("IMAGES", format!("images cover {covered} of the page"));
    }
    if let Some(error) = &page.error {
        add("PAGE_ERROR", format!("{}: {}", error.code.as_str(), error.message));
    }
    reasons
}

pub(crate) fn unmapped_share(chars: u32, unmapped: u32) -> f32 {
    if unmapped == 0 { 0.0 } else { unmapped as f32 / (chars + unmapped) as f32 }
}

/// What is not quite nothing, or not quite all, is not rounded to it.
fn percent(share: f32) -> String {
    match 100.0 * share {
        few if few > 0.0 && few < 1.0 => "under 1 %".to_string(),
        most if most > 99.0 && most < 100.0 => "over 99 %".to_string(),
        other => format!("{other:.0} %"),
    }
}

/// `None` when no page shows anything.
pub(crate) fn grade(pages: &[Page], structures: &[PageStructure], text: &str) -> Option<Quality> {
    let shown = pages.iter().filter(|page| page.verdict != Verdict::Empty || page.error.is_some()).count();
    if shown == 0 {
        return None;
    }
    let unread = |page: &&Page| matches!(page.verdict, Verdict::Scanned | Verdict::Garbled) || page.error.is_some();
    let readable = 1.0 - pages.iter().filter(unread).count() as f32 / shown as f32;
    let chars: u64 = pages.iter().map(|page| u64::from(page.chars)).sum();
    let unmapped: u64 = structures.iter().map(|page| u64::from(page.unmapped)).sum();
    let mapped = if unmapped == 0 { 1.0 } else { chars as f32 / (chars + unmapped) as f32 };
    let odd = text.chars().filter(|c| is_odd(*c)).count();
    let clean = (1.0 - ODD_WEIGHT * odd as f32 / chars.max(1) as f32).max(0.0);
    let score = mapped * readable * clean;
    let grade = match score {
        s if s >= 0.98 => 'A',
        s if s >= 0.9 => 'B',
        s if s >= 0.75 => 'C',
        s if s >= 0.5 => 'D',
        _ => 'F',
    };
    Some(Quality { score, grade, mapped, readable, clean })
}

/// Private characters, controls, and the blocks that text hardly ever holds but wrong mappings do. Replacement characters
/// are counted as unmapped already.
fn is_odd(c: char) -> bool {
    let private = matches!(c as u32, 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF);
    private || (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c as u32, 0x2400..=0x243F | 0xFFF0..=0xFFFB)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(verdict: Verdict, chars: u32, image_coverage: f32) -> Page {
        Page { verdict, width: 1.0, height: 1.0, chars, max_font_size: 1.0, image_coverage, error: None }
    }

    #[test]
    fn percentages_do_not_round_to_nothing_or_all() {
        let shown = [0.0, 0.001, 0.02, 0.594, 0.98, 0.996, 1.0].map(percent);
        assert_eq!(shown, ["0 %", "under 1 %", "2 %", "59 %", "98 %", "over 99 %", "100 %"]);
    }

    #[test]
    fn grades() {
        let structure = |unmapped| PageStructure { unmapped, ..PageStructure::default() };
        let of = |pages: &[Page], unmapped: u32| grade(pages, &[structure(unmapped)], "").map(|q| (q.grade, q.score));
        assert_eq!(of(&[page(Verdict::Text, 1000, 0.0)], 0), Some(('A', 1.0)));
        assert_eq!(of(&[page(Verdict::Text, 900, 0.0)], 100), Some(('B', 0.9)));
        let half = [page(Verdict::Text, 900, 0.0), page(Verdict::Scanned, 0, 1.0), page(Verdict::Empty, 0, 0.0)];
        assert_eq!(of(&half, 0), Some(('D', 0.5)));
        assert_eq!(of(&[page(Verdict::Empty, 0, 0.0)], 0), None);
    }

    #[test]
    fn reasons_name_the_figures() {
        let scanned = reasons(&page(Verdict::Scanned, 12, 0.97), 0);
        let codes: Vec<&str> = scanned.iter().map(|reason| reason.code).collect();
        assert_eq!(codes, ["IMAGE_COVERAGE", "FEW_CHARACTERS"]);
        assert_eq!(scanned[0].message, "images cover 97 % of the page");
        let garbled = reasons(&page(Verdict::Garbled, 20, 0.0), 80);
        assert_eq!(garbled[0].message, "80 % of the 100 glyphs have no known character");
    }
}
