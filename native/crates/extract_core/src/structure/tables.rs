//! Rows of cells to tables: which rows are one table, what its columns are, and which lines go on with the row above.

use super::blocks::{Group, WIDER, around_lines, cell_count};
use super::{ArtefactRole, Block, BlockKind, Bounds, Line, words};
use crate::layout::characters::is_ideographic;
use crate::layout::paragraphs::join_broken_word;
use crate::layout::seen::SeenRow;

/// Rows of a table further apart than this many ems are of two tables.
const MAX_ROW_GAP: f32 = 3.5;

/// Cells stand at least this far apart, in ems.
const MIN_GUTTER: f32 = 0.3;

/// More columns than this are no simple table.
const MAX_COLUMNS: usize = 40;

/// Lines past this are of the next table, or row: looking back over all of them must end.
const MAX_LINES: usize = 5000;
const MAX_ROW_LINES: usize = 50;

/// Lines of one cell are at most this many ems apart.
const LEADING: f32 = 1.5;

/// Rows stand this much further apart than lines of a cell, where both are seen.
const LOOSER: f32 = 1.2;

/// A cell of this many ems is long enough to be wrapped.
const LONG: f32 = 6.0;

/// Baselines of the first and the last line of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Height {
    top: f32,
    bottom: f32,
}

impl Height {
    pub(super) fn of(seen: &SeenRow) -> Self {
        let y = seen.row.y;
        let lowest = seen.row.pieces.iter().map(|piece| piece.y).fold(y, f32::min);
        // Subscripts are no line of their own.
        Self { top: y, bottom: if y - lowest > 0.6 * seen.row.size { lowest } else { y } }
    }
}

/// How many groups from the first on are one table; 0 when none starts here.
pub(super) fn run(
    groups: &[Group],
    rows: &[SeenRow],
    lines: &[Option<Line>],
    artefacts: &[Option<ArtefactRole>],
) -> usize {
    let mut count = 0;
    let mut last: Option<&SeenRow> = None;
    let mut full: Option<&Line> = None;
    let (mut height, mut seen) = (0, 0);
    let mut gap = f32::MAX;
    for (at, group) in groups.iter().enumerate() {
        for (nth, index) in group.rows.iter().enumerate() {
            let (Some(row), Some(Some(line))) = (rows.get(*index), lines.get(*index)) else { return 0 };
            let marked = artefacts.get(*index).is_some_and(Option::is_some);
            let down = last.map_or(0.0, |last| Height::of(last).bottom - row.row.y);
            let follows = last.is_none_or(|last| {
                let close = down > 0.0 && down < (MAX_ROW_GAP * row.row.size.max(last.row.size)).min(WIDER * gap);
                !row.apart && close
            });
            seen += 1;
            if line.angle != 0 || marked || !follows || seen > MAX_LINES {
                return if height > 1 { count } else { 0 };
            }
            if cell_count(line) < 2 {
                let after = group.rows.get(nth + 1).or_else(|| groups.get(at + 1)?.rows.first());
                let below = after.and_then(|after| rows.get(*after)).map(|after| row.row.y - after.row.y);
                let before = full.filter(|_| down < LEADING * row.row.size);
                if !before.is_some_and(|before| hangs(line, before, down, below.unwrap_or(gap))) {
                    return if height > 1 { count } else { 0 };
                }
                last = Some(row);
                continue;
            }
            if last.is_some() {
                gap = down;
            }
            (last, full) = (Some(row), Some(line));
            height += 1;
        }
        count += 1;
    }
    if height > 1 { count } else { 0 }
}

/// Whether a line of one cell goes on with a cell of the row `down` above: below one cell alone and not below the first one,
/// unless rows stand further apart: by the `pitch` to the next line, or of the rows above when it is the last.
fn hangs(line: &Line, before: &Line, down: f32, pitch: f32) -> bool {
    let cells = words::cells(before);
    let reach = 0.5 * line.size;
    let mut under = cells.iter().enumerate().filter(|(_, cell)| line.bounds[2] > cell[0] && line.bounds[0] < cell[2]);
    let (Some((at, cell)), None) = (under.next(), under.next()) else { return false };
    // Wider than its cell only as far as nothing else stands in the row.
    let next = cells.iter().map(|other| other[0]).filter(|x| *x > cell[2]).fold(f32::MAX, f32::min);
    let inside = line.bounds[0] > cell[0] - reach && line.bounds[2] < next - MIN_GUTTER * line.size;
    let same_size = (line.size - before.size).abs() < 0.15 * line.size;
    inside && same_size && (at > 0 || (pitch > LOOSER * down && pitch < f32::MAX))
}

/// `heights` are those of the lines.
pub(super) fn read(lines: Vec<Line>, heights: &[Height]) -> Block {
    let mut columns = columns(&lines);
    let bounds = around_lines(&lines);
    if columns.len() < 2 || columns.len() > MAX_COLUMNS {
        let text = lines.iter().map(|line| line.text.replace('\t', " ")).collect::<Vec<_>>().join(" ");
        return Block { kind: BlockKind::Paragraph, bounds, text, lines };
    }
    let parts: Vec<Vec<Cell>> = lines.iter().map(|line| cells_of(line, &columns)).collect();
    let leftwards = is_leftwards(&lines);
    let parts = if leftwards {
        columns.reverse();
        parts.into_iter().map(|row| row.into_iter().rev().collect()).collect()
    } else {
        parts
    };
    let starts = row_starts(&parts, heights, &lines, &columns);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut text = String::new();
    for (at, (line, cells)) in lines.iter().zip(parts).enumerate() {
        let goes_on = !starts.get(at).copied().unwrap_or(true);
        match rows.last_mut() {
            Some(row) if goes_on => {
                for (cell, part) in row.iter_mut().zip(cells).filter(|(_, part)| !part.text.is_empty()) {
                    push_line(&part.text, cell);
                }
            }
            _ => rows.push(cells.into_iter().map(|cell| cell.text).collect()),
        }
        let ends = starts.get(at + 1).copied().unwrap_or(true);
        if !goes_on && ends {
            push_row(&line.text, &mut text);
        } else if let (true, Some(row)) = (ends, rows.last()) {
            let filled: Vec<&str> = row.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
            push_row(&filled.join("\t"), &mut text);
        }
    }
    Block { kind: BlockKind::Table(rows), bounds, text, lines }
}

fn push_row(row: &str, text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(row);
}

/// What a line has in one column.
#[derive(Default, Clone)]
struct Cell {
    text: String,
    words: usize,
    x0: f32,
    x1: f32,
    /// Width of the first word.
    first: f32,
    /// Bottom of the last word.
    bottom: f32,
}

/// Adds the next line of a cell as the layout joins lines.
fn push_line(text: &str, cell: &mut String) {
    let is_close = |c: Option<char>| c.is_some_and(is_ideographic);
    let is_broken = join_broken_word(cell, 0, text).is_some();
    let is_spread = is_close(cell.chars().next_back()) && is_close(text.chars().next());
    if !cell.is_empty() && !is_broken && !is_spread {
        cell.push(' ');
    }
    cell.push_str(text);
}

fn cells_of(line: &Line, columns: &[(f32, f32)]) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); columns.len()];
    for word in &line.words {
        let middle = (word.bounds[0] + word.bounds[2]) / 2.0;
        let distance = |column: &(f32, f32)| (column.0 - middle).max(middle - column.1).max(0.0);
        let nearest = columns.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
        let Some(cell) = nearest.and_then(|(at, _)| cells.get_mut(at)) else { continue };
        if cell.words == 0 {
            (cell.x0, cell.x1, cell.first) = (word.bounds[0], word.bounds[2], word.bounds[2] - word.bounds[0]);
        } else {
            (cell.x0, cell.x1) = (cell.x0.min(word.bounds[0]), cell.x1.max(word.bounds[2]));
        }
        if cell.words > 0 && word.bounds[3] - cell.bottom < 0.6 * word.size {
            cell.text.push(' ');
            cell.text.push_str(&word.text);
        } else {
            push_line(&word.text, &mut cell.text);
        }
        cell.bottom = word.bounds[3];
        cell.words += 1;
    }
    cells
}

/// Whether a row starts with each line.
fn row_starts(parts: &[Vec<Cell>], heights: &[Height], lines: &[Line], columns: &[(f32, f32)]) -> Vec<bool> {
    let mut starts = vec![true; parts.len()];
    let mut first = 0;
    for at in 1..parts.len().min(lines.len()) {
        let down = down_to(at, heights);
        let goes_on = down > 0.0
            && at - first < MAX_ROW_LINES
            && down < LEADING * lines[at].size
            && goes_on(&parts[first..=at], columns, lines[at].size, || is_apart(first, at, heights));
        if goes_on {
            starts[at] = false;
        } else {
            first = at;
        }
    }
    starts
}

/// Whether the last line goes on with the row of those before it. It fills no cell that is empty there, repeats no figure,
/// and either stands closer to it than rows stand to one another, or leaves the first cell empty and holds what did not fit
/// into a long cell above.
fn goes_on(row: &[Vec<Cell>], columns: &[(f32, f32)], size: f32, is_apart: impl Fn() -> bool) -> bool {
    let [before @ .., cells] = row else { return false };
    let Some(above) = before.last() else { return false };
    let above_has = |column: usize| before.iter().any(|cells| cells[column].words > 0);
    let figures = |column: usize| before.iter().any(|cells| is_figure(&cells[column].text));
    let own: Vec<usize> = (0..columns.len()).filter(|column| cells[*column].words > 0).collect();
    if own.iter().any(|column| !above_has(*column) || (figures(*column) && is_figure(&cells[*column].text))) {
        return false;
    }
    let first_is_empty = cells[0].words == 0 && above_has(0);
    let is_partial = own.len() < (0..columns.len()).filter(|column| above_has(*column)).count();
    let words_go_on = own.iter().all(|column| cells[*column].text.starts_with(char::is_lowercase));
    let wraps = first_is_empty && own.iter().any(|c| did_not_fit(&above[*c], &cells[*c], columns[*c], size));
    wraps || (((is_partial && (first_is_empty || own.len() == 1)) || words_go_on) && is_apart())
}

/// Whether line `at` stands closer to the row that starts at `first` than that to the row above, and the next row to it. The
/// last row of a table needs two such gaps above: a head often stands off.
fn is_apart(first: usize, at: usize, heights: &[Height]) -> bool {
    let tight = LOOSER * down_to(at, heights);
    let next = (at + 1..heights.len()).map(|below| down_to(below, heights)).find(|down| *down > tight);
    let above = first == 0 || down_to(first, heights) > tight;
    let wide = (1..at).filter(|line| down_to(*line, heights) > tight).count();
    above && (next.is_some() || (at + 1 == heights.len() && wide > 1))
}

/// From the line above.
fn down_to(at: usize, heights: &[Height]) -> f32 {
    match (at.checked_sub(1).and_then(|above| heights.get(above)), heights.get(at)) {
        (Some(above), Some(own)) => above.bottom - own.top,
        _ => 0.0,
    }
}

/// Figures are never wrapped.
fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic)
}

/// Whether the first word of `cell` had no room behind a long text above it.
fn did_not_fit(above: &Cell, cell: &Cell, column: (f32, f32), size: f32) -> bool {
    let width = above.x1 - above.x0;
    above.words > 1 && cell.words > 0 && width > LONG * size && above.x0 + width + 0.2 * size + cell.first > column.1
}

/// Whether words follow one another from right to left.
fn is_leftwards(lines: &[Line]) -> bool {
    let pairs = lines.iter().flat_map(|line| line.words.windows(2));
    let (mut left, mut all) = (0, 0);
    for pair in pairs {
        left += usize::from(pair[1].bounds[0] < pair[0].bounds[0]);
        all += 1;
    }
    left * 2 > all
}

/// Spans of x that words share over the rows. Where words that reach over several columns (titles, totals) leave fewer
/// spans than some row has cells, only the rows with most cells count.
fn columns(lines: &[Line]) -> Vec<(f32, f32)> {
    let cells: Vec<Vec<Bounds>> = lines.iter().map(words::cells).collect();
    let most = cells.iter().map(Vec::len).max().unwrap_or(0);
    let all: Vec<usize> = (0..lines.len()).collect();
    let found = spans(lines, &cells, &all);
    if found.len() >= most {
        return found;
    }
    let full: Vec<usize> = all.into_iter().filter(|at| cells[*at].len() == most).collect();
    let narrow = spans(lines, &cells, &full);
    if narrow.len() > found.len() { narrow } else { found }
}

fn spans(lines: &[Line], cells: &[Vec<Bounds>], rows: &[usize]) -> Vec<(f32, f32)> {
    let size = rows.iter().filter_map(|at| lines.get(*at)).map(|line| line.size).fold(0.0, f32::max);
    let own = rows.iter().filter_map(|at| lines.get(*at)).flat_map(|line| &line.words);
    let mut words: Vec<(f32, f32)> = own.map(|word| (word.bounds[0], word.bounds[2])).collect();
    words.sort_by(|a, b| a.0.total_cmp(&b.0));
    // A gap that stays open over the rows by chance parts no cells in any of them.
    let parts = |from: f32, to: f32| {
        let mut rows = rows.iter().filter_map(|at| cells.get(*at));
        rows.any(|row| {
            row.windows(2).any(|pair| {
                let (left, right) = if pair[0][0] < pair[1][0] { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
                left[2] <= from + 0.01 && right[0] >= to - 0.01
            })
        })
    };
    let mut spans: Vec<(f32, f32)> = Vec::new();
    for (from, to) in words {
        match spans.last_mut() {
            Some(last) if from < last.1 + MIN_GUTTER * size || !parts(last.1, from) => last.1 = last.1.max(to),
            _ => spans.push((from, to)),
        }
    }
    spans
}
