//! A row of the layout as a line with words and their boxes.
//!
//! The text of the row decides what the words are; their places come from its glyphs, cut at the gaps the layout cuts at.
//! Each cut is written by the layout like a row of its own. Where cuts and words do not agree (clusters that stand for one
//! another, leaders), the glyphs are dealt out to the words by their number of characters.

use super::page::Setting;
use super::{Bounds, Line, Word, around};
use crate::layout::characters::is_ideographic;
use crate::layout::glyphs::Glyph;
use crate::layout::order::Row;
use crate::layout::pieces::Piece;
use crate::layout::seen::SeenRow;
use crate::layout::{indic, line};
use rustc_hash::FxHashMap;

/// Right-to-left words end at gaps this wide, in ems.
const RTL_GAP: f32 = 0.15;

/// Between ideographs only a gap this wide parts words, in ems.
const IDEOGRAPH_GAP: f32 = 0.6;

/// Glyphs of one word.
type Cut = Vec<Piece>;

pub(crate) fn read(seen: &SeenRow, setting: &Setting<'_>, scratch: &mut line::Scratch) -> Line {
    let cuts = if seen.row.pieces.iter().any(|piece| piece.rtl) {
        visual_cuts(&seen.row, setting)
    } else {
        cuts(&seen.row, setting)
    };
    // At the end of a line a soft hyphen is seen.
    let text = seen.text.replace(line::SOFT_HYPHEN, "-");
    let texts: Vec<&str> = text.split_whitespace().collect();
    let found = match_cuts(&texts, &cuts, seen, setting, scratch);
    let words: Vec<Word> = match found {
        Some(order) => {
            let pairs = texts.iter().zip(order);
            pairs.filter_map(|(text, at)| Some(word(text, cuts.get(at)?, setting))).collect()
        }
        None => dealt(&texts, cuts, seen.rtl, setting),
    };
    let bounds = words.iter().map(|word| word.bounds).reduce(around).unwrap_or_default();
    let (size, weight) = prevailing(&words);
    let angle = seen.row.pieces.first().map_or(0, |piece| setting.angle(piece.frame));
    Line { bounds, text, size, weight, angle, words }
}

/// Cuts in the order of the pieces: left to right.
fn cuts(row: &Row, setting: &Setting<'_>) -> Vec<Cut> {
    let page = setting.glyphs;
    let mut cuts: Vec<Cut> = Vec::new();
    let mut end = f32::NEG_INFINITY;
    let mut last: Option<Glyph> = None;
    for (i, piece) in row.pieces.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| &row.pieces[i]);
        if before.is_some_and(|before| line::repeats(before, piece, page)) {
            continue;
        }
        let least = line::word_gap(row, i, page);
        let mut parted = before.is_some_and(|before| {
            let is_mark = i == 1 && line::is_note_mark(before, piece, page, setting.pool);
            (before.y - piece.y).abs() >= 0.6 * piece.size || is_mark
        });
        let mut open = false;
        for at in piece.start..piece.end {
            let Some(glyph) = page.glyphs.get(at as usize) else { break };
            if glyph.text.is_space() {
                parted = true;
                continue;
            }
            let gap = glyph.x0 - end;
            let spread = || {
                let ideograph = |g: &Glyph| setting.pool.ends(g.text).is_some_and(|(c, _)| is_ideographic(c));
                gap < IDEOGRAPH_GAP * piece.size && ideograph(glyph) && last.as_ref().is_some_and(ideograph)
            };
            let starts = cuts.is_empty() || parted || (gap > least && !spread());
            add(&mut cuts, starts, open, piece, at, glyph);
            (parted, open) = (false, true);
            end = if starts { glyph.x1 } else { end.max(glyph.x1) };
            last = Some(*glyph);
        }
    }
    cuts
}

/// Puts a glyph into the last cut or a new one. `open` says that the last cut ends in this piece.
fn add(cuts: &mut Vec<Cut>, starts: bool, open: bool, piece: &Piece, at: u32, glyph: &Glyph) {
    if starts {
        cuts.push(Vec::with_capacity(1));
    }
    let Some(cut) = cuts.last_mut() else { return };
    match cut.last_mut() {
        Some(part) if open => {
            part.end = at + 1;
            part.x0 = part.x0.min(glyph.x0);
            part.x1 = part.x1.max(glyph.x1);
        }
        _ => cut.push(Piece { start: at, end: at + 1, x0: glyph.x0, x1: glyph.x1, ..*piece }),
    }
}

/// Cuts from left to right whatever the order of the glyphs.
fn visual_cuts(row: &Row, setting: &Setting<'_>) -> Vec<Cut> {
    let page = setting.glyphs;
    let mut units: Vec<Piece> = Vec::new();
    for (i, piece) in row.pieces.iter().enumerate() {
        if i > 0 && line::repeats(&row.pieces[i - 1], piece, page) {
            continue;
        }
        for at in piece.start..piece.end {
            if let Some(glyph) = page.glyphs.get(at as usize) {
                units.push(Piece { start: at, end: at + 1, x0: glyph.x0, x1: glyph.x1, ..*piece });
            }
        }
    }
    units.sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.start.cmp(&b.start)));
    let mut cuts: Vec<Cut> = Vec::new();
    let (mut end, mut parted) = (f32::NEG_INFINITY, true);
    for unit in units {
        if page.glyphs.get(unit.start as usize).is_some_and(|glyph| glyph.text.is_space()) {
            parted = true;
            continue;
        }
        if parted || unit.x0 - end > RTL_GAP * unit.size {
            cuts.push(Vec::new());
        }
        parted = false;
        end = end.max(unit.x1);
        if let Some(cut) = cuts.last_mut() {
            cut.push(unit);
        }
    }
    cuts
}

/// For each word the cut that reads like it; `None` when some word has none.
fn match_cuts(
    texts: &[&str],
    cuts: &[Cut],
    seen: &SeenRow,
    setting: &Setting<'_>,
    scratch: &mut line::Scratch,
) -> Option<Vec<usize>> {
    let mut by_text: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    // Last first: cuts are taken from the end.
    let order: Vec<usize> = if seen.rtl { (0..cuts.len()).collect() } else { (0..cuts.len()).rev().collect() };
    for at in order {
        let cut = &cuts[at];
        let first = cut.first()?;
        let (x0, x1) = cut.iter().fold((f32::MAX, f32::MIN), |(a, b), p| (a.min(p.x0), b.max(p.x1)));
        let row = Row { pieces: cut.clone(), x0, x1, y: first.y, size: first.size, starts_block: false };
        line::write(&row, setting.glyphs, setting.pool, seen.rtl, scratch);
        if seen.indic {
            indic::to_logical(&mut scratch.text);
        }
        let text = scratch.text.trim();
        if !text.is_empty() {
            by_text.entry(text.to_string()).or_default().push(at);
        }
    }
    texts.iter().map(|text| by_text.get_mut(*text)?.pop()).collect()
}

fn word(text: &str, cut: &[Piece], setting: &Setting<'_>) -> Word {
    let largest = cut.iter().max_by(|a, b| (a.end - a.start).cmp(&(b.end - b.start)));
    let font = largest.and_then(|piece| setting.font_of(piece.start));
    let bounds = cut.iter().map(|piece| setting.bounds(piece)).reduce(around).unwrap_or_default();
    Word {
        bounds,
        text: text.to_string(),
        size: largest.map_or(0.0, |piece| piece.size),
        weight: setting.weight(font),
        font,
    }
}

/// Deals the glyphs out by the number of characters.
fn dealt(texts: &[&str], cuts: Vec<Cut>, rtl: bool, setting: &Setting<'_>) -> Vec<Word> {
    let mut units: Vec<Piece> = Vec::new();
    for piece in cuts.into_iter().flatten() {
        for at in piece.start..piece.end {
            if let Some(glyph) = setting.glyphs.glyphs.get(at as usize)
                && !glyph.text.is_space()
            {
                units.push(Piece { start: at, end: at + 1, x0: glyph.x0, x1: glyph.x1, ..piece });
            }
        }
    }
    if rtl {
        units.reverse();
    }
    let lengths: Vec<usize> = texts.iter().map(|text| text.chars().count()).collect();
    let all = lengths.iter().sum::<usize>().max(1);
    let mut done = 0;
    let words = texts.iter().zip(&lengths).filter_map(|(text, length)| {
        let from = (done * units.len() / all).min(units.len().saturating_sub(1));
        done += length;
        let to = (done * units.len()).div_ceil(all).clamp(from, units.len());
        let own = units.get(from..to.max(from + 1))?;
        Some(word(text, own, setting))
    });
    words.collect()
}

/// Size and weight that most characters have.
fn prevailing(words: &[Word]) -> (f32, u16) {
    let mut counts: Vec<(f32, u16, usize)> = Vec::new();
    for word in words {
        let chars = word.text.chars().count();
        let same = |c: &&mut (f32, u16, usize)| (c.0 - word.size).abs() < 0.05 && c.1 == word.weight;
        match counts.iter_mut().find(same) {
            Some(count) => count.2 += chars,
            None => counts.push((word.size, word.weight, chars)),
        }
    }
    let most = counts.iter().rev().max_by_key(|count| count.2);
    most.map_or((0.0, 400), |(size, weight, _)| (*size, *weight))
}

/// The boxes of the cells, which tabs part in the text of the line.
pub(crate) fn cells(line: &Line) -> Vec<Bounds> {
    let mut words = line.words.iter();
    let cells = line.text.split('\t').filter_map(|text| {
        let own = words.by_ref().take(text.split_whitespace().count());
        own.map(|word| word.bounds).reduce(around)
    });
    cells.collect()
}
