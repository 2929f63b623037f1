//! Fragments made ready for layout: blanks trimmed, stray marks and accents put with the glyphs they belong to.

use super::accents;
use super::characters::{Text, TextPool, is_mark, is_rtl};
use super::drop_caps;
use super::glyphs::{Fragment, PageGlyphs};
use super::upright;

/// A stretch of one line with visible text at both ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) frame: u16,
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    /// Range of glyphs; the first one also tells the order of showing.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) rtl: bool,
    /// Lies over the page, so that its place in the order of showing means nothing.
    pub(crate) overlay: bool,
}

impl Piece {
    /// Top of the line box; ascenders of nearly all fonts reach it.
    pub(crate) fn top(&self) -> f32 {
        self.y + 0.7 * self.size
    }

    pub(crate) fn bottom(&self) -> f32 {
        self.y - 0.2 * self.size
    }
}

/// Text smaller than this has no size one could measure gaps by.
const MIN_SIZE: f32 = 0.1;

pub(crate) fn gather(page: &mut PageGlyphs, pool: &TextPool) -> Vec<Piece> {
    if page.may_be_upright {
        upright::join_columns(page, pool);
    }
    attach_strays(page, pool);
    if page.may_be_rtl {
        level_cascades(page, pool);
    }
    let mut pieces = Vec::with_capacity(page.fragments.len());
    // Text off the page is not read, unless there is no other: then the boxes of the page are wrong.
    let all_outside = page.fragments.iter().all(|fragment| fragment.outside || fragment.start == fragment.end);
    for fragment in &page.fragments {
        if fragment.outside && !all_outside {
            continue;
        }
        let (mut start, mut end) = (fragment.start as usize, fragment.end as usize);
        while start < end && page.glyphs[start].text.is_blank() {
            start += 1;
        }
        while end > start && page.glyphs[end - 1].text.is_blank() {
            end -= 1;
        }
        if start == end {
            continue;
        }
        let glyphs = &page.glyphs[start..end];
        let trimmed = (end - start) as u32 != fragment.end - fragment.start;
        let (x0, x1) = if trimmed {
            glyphs.iter().fold((f32::MAX, f32::MIN), |(x0, x1), g| (x0.min(g.x0), x1.max(g.x1)))
        } else {
            (fragment.x0, fragment.x1)
        };
        pieces.push(Piece {
            frame: fragment.frame,
            y: fragment.y,
            size: fragment.size.max(MIN_SIZE),
            x0,
            x1: x1.max(x0),
            start: start as u32,
            end: end as u32,
            overlay: fragment.start >= page.overlay_from,
            rtl: page.may_be_rtl && glyphs.iter().any(|g| g.text.may_be_rtl() && text_is_rtl(g.text, pool)),
        });
    }
    drop_caps::settle(&mut pieces, page);
    pieces
}

pub(crate) fn text_is_rtl(text: Text, pool: &TextPool) -> bool {
    match text.as_char() {
        Some(c) => is_rtl(c),
        None => pool.get(text).chars().any(is_rtl),
    }
}

pub(crate) fn is_mostly_rtl(pieces: &[Piece]) -> bool {
    let glyphs = |rtl: bool| pieces.iter().filter(|p| p.rtl == rtl).map(|p| p.end - p.start).sum::<u32>();
    glyphs(true) > glyphs(false)
}

/// Combining marks set at a height of their own join the fragment shown before them, raised accents the one after.
fn attach_strays(page: &mut PageGlyphs, pool: &TextPool) {
    let mut kept: Vec<Fragment> = Vec::with_capacity(page.fragments.len());
    let mut accent: Option<Fragment> = None;
    for fragment in &page.fragments {
        let mut fragment = *fragment;
        if let Some(raised) = accent.take() {
            let first = page.glyphs.get(fragment.start as usize);
            let over = first.is_some_and(|g| (g.x0 + g.x1 - raised.x0 - raised.x1).abs() < 0.6 * fragment.size);
            if over && fragment.start == raised.end && raised.frame == fragment.frame && near(&raised, &fragment) {
                fragment.start = raised.start;
            } else {
                kept.push(raised);
            }
        }
        let glyphs = &page.glyphs[fragment.start as usize..fragment.end as usize];
        let marks = !glyphs.is_empty() && glyphs.len() <= 3 && glyphs.iter().all(|g| is_mark_text(g.text, pool));
        if marks
            && let Some(last) = kept.last_mut()
            && last.end == fragment.start
            && last.frame == fragment.frame
            && near(last, &fragment)
            && fragment.x0 < last.x1 + 0.6 * last.size
            && fragment.x1 > last.x0 - 0.6 * last.size
        {
            last.end = fragment.end;
            continue;
        }
        if let [only] = glyphs
            && only.text.as_char().is_some_and(|c| accents::combining(c).is_some())
        {
            accent = Some(fragment);
            continue;
        }
        kept.push(fragment);
    }
    kept.extend(accent);
    page.fragments = kept;
}

/// Words of Nastaliq step down to the left: each letter has a height of its own. Right-to-left fragments that follow one
/// another closely share the baseline of the first.
fn level_cascades(page: &mut PageGlyphs, pool: &TextPool) {
    let is_rtl = |fragment: &Fragment| {
        page.glyphs[fragment.start as usize..fragment.end as usize].iter().any(|g| text_is_rtl(g.text, pool))
    };
    let mut line: Option<Fragment> = None;
    let mut stepped = 0;
    let mut step_from = 0.0;
    for fragment in &mut page.fragments {
        let seen_y = fragment.y;
        let same_line = line.is_some_and(|line| {
            let gap = (fragment.x0 - line.x1).max(line.x0 - fragment.x1);
            line.frame == fragment.frame
                && (line.size - fragment.size).abs() < 0.1 * line.size
                && (step_from - fragment.y).abs() < 0.9 * line.size
                && (line.y - fragment.y).abs() < 1.5 * line.size
                && gap < 0.5 * line.size
                && gap > -0.8 * line.size
        });
        if let (true, Some(line)) = (same_line, &mut line) {
            if is_rtl(fragment) || fragment.end - fragment.start == 1 {
                stepped +=
                    usize::from((fragment.y - line.y).abs() > 0.1 * line.size && fragment.end - fragment.start < 4);
                fragment.y = line.y;
            }
            line.x0 = fragment.x0;
            line.x1 = fragment.x1;
        } else {
            line = is_rtl(fragment).then_some(*fragment);
        }
        step_from = seen_y;
    }
    page.cascades = stepped > 8 && stepped * 8 > page.fragments.len();
}

fn near(a: &Fragment, b: &Fragment) -> bool {
    (a.y - b.y).abs() < a.size.max(b.size)
}

fn is_mark_text(text: Text, pool: &TextPool) -> bool {
    match text.as_char() {
        Some(c) => is_mark(c),
        None => pool.get(text).chars().next().is_some_and(is_mark),
    }
}
