//! Lines to blocks: the paragraphs of the text, taken apart where the weight changes, at list items and at tables.

use super::{ArtefactRole, Block, BlockKind, Bounds, Line, around, tables};
use crate::layout::characters::is_ideographic;
use crate::layout::paragraphs::Writer;
use crate::layout::seen::SeenRow;

const BOLD: u16 = 600;

/// Lines whose sizes differ by more than this factor are of two blocks.
const SAME_SIZE: f32 = 1.06;

/// A gap between rows this many times the one before starts another table.
pub(super) const WIDER: f32 = 1.7;

const BULLETS: [char; 17] = ['•', '◦', '▪', '▫', '■', '□', '●', '○', '‣', '⁃', '∙', '·', '➢', '✓', '–', '-', '*'];

/// Rows of one block, by index.
pub(super) struct Group {
    pub(super) rows: Vec<usize>,
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
        let run = tables::run(&groups[at..], rows, &lines, artefacts);
        if run > 0 {
            let own = groups[at..at + run].iter().flat_map(|group| &group.rows);
            let own = own.filter_map(|row| Some((tables::Height::of(rows.get(*row)?), lines[*row].take()?)));
            let (heights, own): (Vec<tables::Height>, Vec<Line>) = own.unzip();
            at += run;
            blocks.push(tables::read(own, &heights));
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

pub(super) fn cell_count(line: &Line) -> usize {
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
