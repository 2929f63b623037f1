//! From visual to logical order for lines with right-to-left text.
//!
//! Glyphs lie on the page from left to right. The line is cut into directional runs by the classes of UAX 9 and each run
//! is turned as rule L2 turned it for display; the turning is its own inverse.

use super::characters::{Text, TextPool};
use unicode_bidi::{BidiClass, bidi_class};

/// A glyph of the line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit {
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    pub(crate) text: Text,
    pub(crate) size: f32,
    /// Combines with another glyph.
    pub(crate) mark: bool,
    /// Place in the order of showing, on pages where that tells more than x: letters that step down overlap.
    pub(crate) shown: Option<u32>,
}

/// Glyphs that stay together: a letter and its marks, or the blank between two words.
#[derive(Debug, Clone)]
struct Cell {
    text: String,
    class: Class,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Left,
    Right,
    Number,
    /// Joins two numbers: `1,234` or `12/5`.
    Separator,
    Neutral,
}

/// Writes `units` in logical order. `blank` says what a gap (points, em) stands for.
pub(crate) fn write_logical(
    units: &mut Vec<Unit>,
    pool: &TextPool,
    rtl_page: bool,
    blank: impl Fn(f32, f32) -> Option<char>,
    out: &mut String,
) {
    let cells = cells(units, pool, blank);
    let letters = |class: Class| cells.iter().filter(|c| c.class == class).count();
    let (left, right) = (letters(Class::Left), letters(Class::Right));
    // A line with much of both goes with its page.
    let rtl = if left.min(right) * 3 > left.max(right) { rtl_page } else { right > left };
    let mut cells = cells;
    if rtl {
        cells.reverse();
    }
    let inner = if rtl { Class::Left } else { Class::Right };
    turn_runs(&mut cells, inner, rtl);
    mirror_brackets(&mut cells, rtl);
    for cell in &cells {
        out.push_str(&cell.text);
    }
}

/// Glyphs looked at to place the marks of one line.
const MAX_MARK_SEARCH: usize = 4_000_000;

/// Cells from left to right.
fn cells(units: &mut Vec<Unit>, pool: &TextPool, blank: impl Fn(f32, f32) -> Option<char>) -> Vec<Cell> {
    let marks: Vec<Unit> = units.iter().filter(|u| u.mark).copied().collect();
    units.retain(|u| !u.mark);
    units.sort_by(|a, b| (a.x0 + a.x1).total_cmp(&(b.x0 + b.x1)));
    if units.first().is_some_and(|unit| unit.shown.is_some()) {
        sort_as_shown(units);
    }
    drop_parts(units, pool);
    let mut texts: Vec<String> = units
        .iter()
        .map(|unit| {
            let mut text = String::new();
            if unit.text.is_unknown() {
                text.push('\u{FFFD}')
            } else {
                pool.push_to(unit.text, &mut text)
            }
            text
        })
        .collect();
    // A line with so many marks is no text; where they stand does not matter.
    let most = MAX_MARK_SEARCH / units.len().max(1);
    for mark in marks.into_iter().take(most) {
        let middle = (mark.x0 + mark.x1) / 2.0;
        let distance = |u: &Unit| {
            if u.text.is_space() {
                f32::MAX
            } else {
                (u.x0 - middle).max(middle - u.x1).max(0.0) + 0.01 * ((u.x0 + u.x1) / 2.0 - middle).abs()
            }
        };
        let nearest = units.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
        if let Some((at, _)) = nearest {
            pool.push_to(mark.text, &mut texts[at]);
        }
    }
    let mut cells: Vec<Cell> = Vec::with_capacity(units.len());
    let mut end = f32::MAX;
    let mut space = false;
    let mut before: Option<Unit> = None;
    for (unit, text) in units.iter().zip(texts) {
        if unit.text.is_space() {
            space = true;
            continue;
        }
        if before.is_some_and(|before| is_shown_again(&before, unit, pool)) {
            end = end.max(unit.x1);
            continue;
        }
        let gap = unit.x0 - end;
        if !cells.is_empty() {
            let between = blank(gap, unit.size).or(space.then_some(' '));
            cells.extend(between.map(|c| Cell { text: c.to_string(), class: Class::Neutral }));
        }
        let class = class_of(&text);
        cells.push(Cell { text, class });
        end = unit.x1;
        space = false;
        before = Some(*unit);
    }
    cells
}

/// Puts letters that step down and reach under one another in the order in which they are shown: from left to right, but
/// for the jumps between stretches of text.
fn sort_as_shown(units: &mut Vec<Unit>) {
    units.sort_by_key(|unit| unit.shown);
    let mut runs: Vec<Vec<Unit>> = Vec::new();
    let (mut from, mut to) = (0.0, 0.0);
    for unit in units.drain(..) {
        let reach = 0.8 * unit.size;
        match runs.last_mut() {
            Some(run) if unit.x0 < to + reach && unit.x1 > from - reach => run.push(unit),
            _ => runs.push(vec![unit]),
        }
        (from, to) = (unit.x0, unit.x1);
    }
    let middle = |run: &Vec<Unit>| run.iter().map(|unit| unit.x0 + unit.x1).sum::<f32>() / run.len() as f32;
    runs.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    // A stretch that is shown from right to left, letter by letter, says so by its places.
    for run in &mut runs {
        let steps = |forward: bool| {
            run.windows(2).filter(|pair| (pair[0].x0 + pair[0].x1 < pair[1].x0 + pair[1].x1) == forward).count()
        };
        if steps(false) > steps(true) {
            run.sort_by(|a, b| (a.x0 + a.x1).total_cmp(&(b.x0 + b.x1)));
        }
    }
    units.extend(runs.into_iter().flatten());
}

/// Drops marks without a width for which the font names the whole cluster once more.
fn drop_parts(units: &mut Vec<Unit>, pool: &TextPool) {
    let is_part = |unit: &Unit, beside: &Unit| {
        let reach = 0.02 * unit.size;
        let hangs = unit.x0 <= beside.x1 + reach && unit.x0 >= beside.x0 - reach;
        // Dots set apart from their letters are named like them.
        let dots = unit.shown.is_some() && unit.text.as_char().is_some() && unit.text == beside.text;
        unit.x1 - unit.x0 < reach
            && (dots || (hangs && unit.text.as_char().is_none() && pool.get(unit.text) == pool.get(beside.text)))
    };
    let mut kept: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units.drain(..) {
        if kept.last().is_some_and(|last| is_part(&unit, last)) {
            continue;
        }
        while kept.last().is_some_and(|last| is_part(last, &unit)) {
            kept.pop();
        }
        kept.push(unit);
    }
    *units = kept;
}

/// The same glyph drawn twice for a bold look.
fn is_shown_again(before: &Unit, unit: &Unit, pool: &TextPool) -> bool {
    if (before.x0 - unit.x0).abs() >= 0.15 * (unit.x1 - unit.x0) {
        return false;
    }
    before.text == unit.text || (before.text.as_char().is_none() && pool.get(before.text) == pool.get(unit.text))
}

fn class_of(text: &str) -> Class {
    match text.chars().next().map(bidi_class) {
        Some(BidiClass::L) => Class::Left,
        Some(BidiClass::R | BidiClass::AL) => Class::Right,
        Some(BidiClass::EN | BidiClass::AN) => Class::Number,
        Some(BidiClass::CS | BidiClass::ES | BidiClass::ET) => Class::Separator,
        _ => Class::Neutral,
    }
}

/// Turns each run of `inner` direction in a line of the other one.
fn turn_runs(cells: &mut [Cell], inner: Class, rtl: bool) {
    let mut at = 0;
    while at < cells.len() {
        let starts = cells[at].class == inner || (rtl && cells[at].class == Class::Number);
        if !starts {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut seen_letter = cells[at].class == inner;
        let mut i = end;
        while i < cells.len() {
            match cells[i].class {
                class if class == inner => {
                    seen_letter = true;
                    end = i + 1;
                }
                Class::Number => {
                    // Two numbers with a blank between are two runs unless letters tie them together.
                    let between = &cells[end..i];
                    let tied = between.is_empty() || (between.len() == 1 && between[0].class == Class::Separator);
                    if !rtl || tied || seen_letter {
                        end = i + 1;
                    } else {
                        break;
                    }
                }
                Class::Neutral | Class::Separator => {}
                _ => break,
            }
            i += 1;
        }
        // Signs and units that cling to a number go with it.
        if rtl {
            while end < cells.len() && cells[end].class == Class::Separator && is_affix(&cells[end].text) {
                end += 1;
            }
            let mut start = at;
            while start > 0 && cells[start - 1].class == Class::Separator && is_affix(&cells[start - 1].text) {
                start -= 1;
            }
            cells[start..end].reverse();
        } else {
            reverse_rtl_run(&mut cells[at..end]);
        }
        at = end.max(at + 1);
    }
}

/// Right-to-left run in a left-to-right line: turned, numbers in it turned back.
fn reverse_rtl_run(cells: &mut [Cell]) {
    cells.reverse();
    turn_runs(cells, Class::Left, true);
}

fn is_affix(text: &str) -> bool {
    text.chars().all(|c| bidi_class(c) == BidiClass::ET)
}

/// Producers write either the bracket that is seen or the one that is meant. A line where they close before they open has
/// the seen ones.
fn mirror_brackets(cells: &mut [Cell], rtl: bool) {
    const PAIRS: [(&str, &str); 6] = [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("«", "»"), ("‹", "›")];
    let mut right_context = rtl;
    let mut flips: Vec<usize> = Vec::new();
    let (mut wrong, mut fine) = (0, 0);
    let mut depth = 0_i32;
    for (i, cell) in cells.iter().enumerate() {
        match cell.class {
            Class::Left => right_context = false,
            Class::Right => right_context = true,
            _ => {}
        }
        let opens = PAIRS.iter().any(|(open, _)| *open == cell.text);
        let closes = PAIRS.iter().any(|(_, close)| *close == cell.text);
        if opens || closes {
            if right_context || rtl {
                flips.push(i);
            }
            if opens {
                depth += 1;
                fine += i32::from(depth > 0);
            } else {
                wrong += i32::from(depth <= 0);
                depth -= 1;
            }
        }
    }
    if wrong > 0 && wrong >= fine {
        for i in flips {
            let text = &mut cells[i].text;
            if let Some((open, close)) = PAIRS.iter().find(|(open, close)| *open == *text || *close == *text) {
                *text = if *open == *text { (*close).to_string() } else { (*open).to_string() };
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The logical order of a string shown from left to right, one em a character.
    pub(crate) fn logical(visual: &str, rtl_page: bool) -> String {
        let mut units: Vec<Unit> = visual
            .chars()
            .enumerate()
            .map(|(i, c)| Unit {
                x0: i as f32,
                x1: i as f32 + 1.0,
                text: Text::char(c),
                size: 1.0,
                mark: false,
                shown: None,
            })
            .collect();
        let mut out = String::new();
        write_logical(&mut units, &TextPool::default(), rtl_page, |_, _| None, &mut out);
        out
    }

    #[test]
    fn hebrew_with_numbers_and_latin() {
        assert_eq!(logical("םלוע םולש", true), "שלום עולם");
        assert_eq!(logical("1948 תנשב", true), "בשנת 1948");
        assert_eq!(logical("1,234.5 אוה", true), "הוא 1,234.5");
        assert_eq!(logical("Hello World םולש", true), "שלום Hello World");
        assert_eq!(logical("the word םולש means peace", false), "the word שלום means peace");
    }

    #[test]
    fn letters_that_reach_under_one_another_keep_their_order() {
        // A final letter that reaches far to the right under the two before it, whose dots are named like the letter.
        let letters =
            [('ے', 0.0, 3.2), ('ع', 1.0, 1.6), ('ی', 1.6, 1.6), ('ی', 1.6, 2.2), (' ', 2.2, 2.5), ('ر', 2.5, 3.0)];
        let mut units: Vec<Unit> = letters
            .into_iter()
            .enumerate()
            .map(|(i, (c, x0, x1))| Unit { x0, x1, text: Text::char(c), size: 1.0, mark: false, shown: Some(i as u32) })
            .collect();
        let mut out = String::new();
        write_logical(&mut units, &TextPool::default(), true, |_, _| None, &mut out);
        assert_eq!(out, "ر یعے");
    }

    #[test]
    fn seen_brackets_are_turned_and_meant_ones_stay() {
        assert_eq!(logical("(ב) א", true), "א (ב)");
        assert_eq!(logical(")ב( א", true), "א (ב)");
    }
}
