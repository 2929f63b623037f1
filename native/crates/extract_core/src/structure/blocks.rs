//! Lines to blocks: the paragraphs of the text, taken apart where the weight changes, at list items and at tables.

use super::{ArtefactRole, Block, BlockKind, Bounds, Line, around, words};
use crate::layout::characters::is_ideographic;
use crate::layout::paragraphs::Writer;
use crate::layout::seen::SeenRow;

const BOLD: u16 = 600;

/// Rows of a table further apart than this many ems are of two tables.
const MAX_ROW_GAP: f32 = 3.5;

/// Cells stand at least this far apart, in ems.
const MIN_GUTTER: f32 = 0.3;

/// Lines whose sizes differ by more than this factor are of two blocks.
const SAME_SIZE: f32 = 1.06;

/// More columns than this are no simple table.
const MAX_COLUMNS: usize = 40;

/// A gap between rows this many times the one before starts another table.
const WIDER: f32 = 1.7;

const BULLETS: [char; 17] = ['•', '◦', '▪', '▫', '■', '□', '●', '○', '‣', '⁃', '∙', '·', '➢', '✓', '–', '-', '*'];

/// Rows of one block, by index.
struct Group {
    rows: Vec<usize>,
    marker: Option<Marker>,
}

/// What a line of a list starts with.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Marker {
    ordinal: Option<u32>,
    /// Bytes of the line it takes with the white space behind.
    length: usize,
}

/// `artefacts` says of each row what it is marked as.
pub(crate) fn read(rows: &[SeenRow], lines: Vec<Line>, artefacts: &[Option<ArtefactRole>]) -> Vec<Block> {
    let starts = paragraph_starts(rows);
    let groups = group(rows, &lines, &starts, artefacts);
    let mut lines: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
    let mut blocks: Vec<Block> = Vec::with_capacity(groups.len());
    let mut at = 0;
    while at < groups.len() {
        let run = table_run(&groups[at..], rows, &lines, artefacts);
        if run > 0 {
            let own = groups[at..at + run].iter().flat_map(|group| &group.rows);
            let own: Vec<Line> = own.filter_map(|row| lines[*row].take()).collect();
            at += run;
            blocks.push(table(own));
            continue;
        }
        let group = &groups[at];
        let artefact = group.rows.first().and_then(|row| *artefacts.get(*row)?);
        let text = joined(&group.rows, rows);
        let own: Vec<Line> = group.rows.iter().filter_map(|row| lines[*row].take()).collect();
        let (kind, text) = match (artefact, group.marker) {
            (Some(role), _) => (BlockKind::Artefact(role), text),
            (None, Some(marker)) => (
                BlockKind::ListItem { ordinal: marker.ordinal, depth: 0 },
                text.get(marker.length..).unwrap_or(&text).trim().to_string(),
            ),
            (None, None) => (BlockKind::Paragraph, text),
        };
        blocks.push(Block { kind, bounds: around_lines(&own), text, lines: own });
        at += 1;
    }
    nest(&mut blocks);
    blocks
}

/// Where the text has a new paragraph.
fn paragraph_starts(rows: &[SeenRow]) -> Vec<bool> {
    let mut text = String::new();
    let mut writer = Writer::new(&mut text);
    let starts = rows.iter().map(|seen| {
        if seen.apart {
            writer.start_block();
        }
        writer.line(&seen.row, &seen.text)
    });
    starts.collect()
}

fn group(rows: &[SeenRow], lines: &[Line], starts: &[bool], artefacts: &[Option<ArtefactRole>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let open = groups.last();
        // A number inside a paragraph is one of its words; a list may start below a bullet or go on.
        let list = open.and_then(|group| group.marker);
        let goes_on = |ordinal| list.is_some_and(|list| list.ordinal.is_some() || ordinal == 1);
        let marker = marker(&line.text).filter(|marker| starts[i] || marker.ordinal.is_none_or(goes_on));
        let hangs = i > 0 && marker.is_none() && open.is_some_and(|group| hangs(group, &rows[i - 1], &rows[i], lines));
        let before = i.checked_sub(1).map(|i| &lines[i]);
        let differs = before.is_some_and(|before| {
            let ratio = before.size.max(line.size) / before.size.min(line.size).max(0.1);
            let cells = [cell_count(before) > 1, cell_count(line) > 1];
            ratio > SAME_SIZE
                || is_bold(before) != is_bold(line)
                || cells[0] != cells[1]
                || (cells[0] && is_stretched(&rows[..=i]))
        });
        let turns = i > 0 && artefacts.get(i) != artefacts.get(i - 1);
        let starts = turns
            || marker.is_some()
            || (!hangs && (starts[i] || (differs && open.is_none_or(|g| g.marker.is_none()))));
        match groups.last_mut() {
            Some(group) if !starts => group.rows.push(i),
            _ => groups.push(Group { rows: vec![i], marker }),
        }
    }
    groups
}

/// Whether the last row stands further from the one before than that from its own.
fn is_stretched(rows: &[SeenRow]) -> bool {
    let [.., a, b, c] = rows else { return false };
    let (above, below) = (a.row.y - b.row.y, b.row.y - c.row.y);
    above > 0.0 && below > WIDER * above
}

/// Whether a line goes on with the list item before it: set below its text, not below its bullet.
fn hangs(group: &Group, before: &SeenRow, row: &SeenRow, lines: &[Line]) -> bool {
    let first = group.rows.first().and_then(|row| lines.get(*row));
    let Some(text) = first.filter(|_| group.marker.is_some()).and_then(|line| line.words.get(1)) else { return false };
    let size = before.row.size.max(row.row.size);
    let distance = before.row.y - row.row.y;
    !row.apart
        && !row.row.starts_block
        && distance > 0.0
        && distance < 1.6 * size
        && (before.row.size - row.row.size).abs() < 0.15 * size
        && (row.row.x0 - text.bounds[0]).abs() < 0.5 * size
}

fn is_bold(line: &Line) -> bool {
    !line.words.is_empty() && line.words.iter().all(|word| word.weight >= BOLD)
}

fn cell_count(line: &Line) -> usize {
    line.text.split('\t').filter(|text| !text.trim().is_empty()).count()
}

/// Bullets, and numbers or single letters with a dot or bracket.
fn marker(text: &str) -> Option<Marker> {
    let end = text.find(char::is_whitespace)?;
    let (head, rest) = text.split_at(end);
    let length = text.len() - rest.trim_start().len();
    let mut chars = head.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        // A row of dashes is a rule.
        let item = BULLETS.contains(&c) && rest.trim_start().chars().next().is_some_and(|c| !BULLETS.contains(&c));
        return item.then_some(Marker { ordinal: None, length });
    }
    let inner = head.strip_prefix('(').unwrap_or(head);
    let inner = inner.strip_suffix(')').or_else(|| inner.strip_suffix('.'))?;
    match inner.as_bytes() {
        [letter] if letter.is_ascii_lowercase() => Some(Marker { ordinal: Some(u32::from(letter - b'a') + 1), length }),
        digits if !digits.is_empty() && digits.len() <= 3 && digits.iter().all(u8::is_ascii_digit) => {
            Some(Marker { ordinal: inner.parse().ok(), length })
        }
        _ => None,
    }
}

/// The text of rows in one line, as the layout joins them.
fn joined(own: &[usize], rows: &[SeenRow]) -> String {
    let mut text = String::new();
    let mut writer = Writer::new(&mut text);
    for row in own.iter().filter_map(|row| rows.get(*row)) {
        writer.line(&row.row, &row.text);
    }
    writer.finish();
    let mut out = String::with_capacity(text.len());
    for part in text.split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()) {
        let close = |c: Option<char>| c.is_some_and(is_ideographic);
        let joined = out.is_empty() || (close(out.chars().next_back()) && close(part.chars().next()));
        if !joined {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// How many groups from the first on are one table; 0 when none starts here.
fn table_run(groups: &[Group], rows: &[SeenRow], lines: &[Option<Line>], artefacts: &[Option<ArtefactRole>]) -> usize {
    let mut count = 0;
    let mut last: Option<&SeenRow> = None;
    let mut height = 0;
    let mut gap = f32::MAX;
    for group in groups {
        for index in &group.rows {
            let (Some(row), Some(Some(line))) = (rows.get(*index), lines.get(*index)) else { return 0 };
            let follows = last.is_none_or(|last| {
                let down = last.row.y - row.row.y;
                let close = down > 0.0 && down < (MAX_ROW_GAP * row.row.size.max(last.row.size)).min(WIDER * gap);
                gap = down;
                !row.apart && close
            });
            let marked = artefacts.get(*index).is_some_and(Option::is_some);
            if cell_count(line) < 2 || !follows || line.angle != 0 || marked {
                return if height > 1 { count } else { 0 };
            }
            last = Some(row);
            height += 1;
        }
        count += 1;
    }
    if height > 1 { count } else { 0 }
}

fn table(lines: Vec<Line>) -> Block {
    let columns = columns(&lines);
    let bounds = around_lines(&lines);
    let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    if columns.len() < 2 || columns.len() > MAX_COLUMNS {
        let text = text.replace(['\n', '\t'], " ");
        return Block { kind: BlockKind::Paragraph, bounds, text, lines };
    }
    let leftwards = is_leftwards(&lines);
    let rows = lines.iter().map(|line| {
        let mut cells = vec![String::new(); columns.len()];
        for word in &line.words {
            let middle = (word.bounds[0] + word.bounds[2]) / 2.0;
            let distance = |column: &(f32, f32)| (column.0 - middle).max(middle - column.1).max(0.0);
            let nearest = columns.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
            if let Some(cell) = nearest.and_then(|(at, _)| cells.get_mut(at)) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&word.text);
            }
        }
        if leftwards {
            cells.reverse();
        }
        cells
    });
    Block { kind: BlockKind::Table(rows.collect()), bounds, text, lines }
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

/// Depth of list items by their left edge, within runs of items.
fn nest(blocks: &mut [Block]) {
    let mut edges: Vec<f32> = Vec::new();
    for block in blocks {
        let left = block.lines.first().and_then(|line| line.words.first()).map_or(0.0, |word| word.bounds[0]);
        let size = block.lines.first().map_or(10.0, |line| line.size);
        let BlockKind::ListItem { depth, .. } = &mut block.kind else {
            edges.clear();
            continue;
        };
        while edges.last().is_some_and(|edge| left < edge - 0.5 * size) {
            edges.pop();
        }
        if edges.last().is_none_or(|edge| left > edge + 0.5 * size) && edges.len() < 8 {
            edges.push(left);
        }
        *depth = (edges.len().max(1) - 1) as u8;
    }
}

pub(super) fn around_lines(lines: &[Line]) -> Bounds {
    lines.iter().map(|line| line.bounds).reduce(around).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        let length = |text| marker(text).map(|marker| (marker.ordinal, marker.length));
        assert_eq!(length("• one"), Some((None, 4)));
        assert_eq!(length("12.  two"), Some((Some(12), 5)));
        assert_eq!(length("(b) three"), Some((Some(2), 4)));
        for text in ["- - - -", "2024. A year", "word", "e.g. this", "A. Name", "-5 degrees", "()  x", ". x"] {
            assert_eq!(length(text), None, "{text}");
        }
    }
}
