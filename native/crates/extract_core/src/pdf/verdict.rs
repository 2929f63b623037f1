//! What a page holds, from what was shown on it.

use crate::document::Verdict;
use crate::layout::Summary;

/// Share of a page under images from which it is a picture of a page.
const SCAN_COVERAGE: f32 = 0.5;

/// Fewer characters than this beside a full-page image are a stamp or a page number, not the text of the page.
const SCAN_MAX_CHARS: u32 = 80;

/// Fewer characters than this are hardly text: a page number, a word on a divider.
const SPARSE_MAX_CHARS: u32 = 40;

pub(crate) fn judge(summary: &Summary, image_coverage: f32) -> Verdict {
    let shown = summary.chars + summary.unknown;
    if shown > 0 && summary.unknown * 2 > shown && summary.unknown > 3 {
        return Verdict::Garbled;
    }
    if image_coverage >= SCAN_COVERAGE && summary.chars < SCAN_MAX_CHARS {
        return Verdict::Scanned;
    }
    match summary.chars {
        0 if image_coverage == 0.0 => Verdict::Empty,
        n if n < SPARSE_MAX_CHARS => Verdict::Sparse,
        _ => Verdict::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts() {
        let judge = |chars, unknown, coverage| judge(&Summary { chars, unknown, max_size: 10.0 }, coverage);
        assert_eq!(judge(0, 0, 0.0), Verdict::Empty);
        assert_eq!(judge(1000, 0, 0.0), Verdict::Text);
        assert_eq!(judge(1000, 0, 1.0), Verdict::Text);
        assert_eq!(judge(5, 0, 0.0), Verdict::Sparse);
        assert_eq!(judge(0, 0, 0.2), Verdict::Sparse);
        assert_eq!(judge(10, 0, 0.98), Verdict::Scanned);
        assert_eq!(judge(100, 400, 0.0), Verdict::Garbled);
    }
}
