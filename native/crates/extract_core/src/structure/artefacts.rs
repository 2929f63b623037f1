//! Running heads, running feet and page numbers: what the content marks as artefacts (PDF 2.0, 14.8.2.2), and lines that
//! come again at the same place of other pages, but for numbers that count the pages.

use super::headings::LARGER;
use super::page::Setting;
use super::{ArtefactRole, Block, BlockKind, Line, PageStructure, Structure, blocks};
use rustc_hash::FxHashMap;

/// Heads and feet stand in this share of the page from its edge.
const MARGIN: f32 = 0.2;

/// Lines from the edge that are looked at.
const MAX_ROWS: usize = 3;

/// Lines of an edge past this, side by side, are not looked at.
const MAX_LINES: usize = 32;

/// Lines this close to one another, in points, stand at the same place.
const SAME_PLACE: f32 = 2.0;

/// Pages apart at which two lines that agree need no third: the next one, and the next one on the same side of a leaf.
const NEXT: u32 = 2;

/// Earlier lines of the same text that a line is compared with.
const LOOK_BACK: usize = 8;

/// What each row of a page is marked as. Where more is marked than not, the marks say nothing.
pub(super) fn marked(setting: &Setting<'_>) -> Vec<Option<ArtefactRole>> {
    let height = setting.height;
    let rows = &setting.seen.rows;
    let (mut inside, mut all) = (0, 0);
    let mut roles: Vec<Option<ArtefactRole>> = Vec::with_capacity(rows.len());
    for seen in rows {
        let role = setting.seen.artefact(&seen.row);
        let chars = seen.text.chars().count();
        inside += if role.is_some() { chars } else { 0 };
        all += chars;
        roles.push(role.map(|role| {
            let upright = seen.row.pieces.first().is_some_and(|piece| piece.frame == 0);
            let found = match role {
                Some(role) => role,
                None if upright && seen.row.y > (1.0 - MARGIN) * height => ArtefactRole::Head,
                None if upright && seen.row.y < MARGIN * height => ArtefactRole::Foot,
                None => ArtefactRole::Other,
            };
            if found != ArtefactRole::Other && is_page_number(&seen.text) { ArtefactRole::PageNumber } else { found }
        }));
    }
    if inside * 2 > all {
        roles.fill(None);
    }
    roles
}

/// A line at the edge of a page.
struct Edge {
    page: u32,
    /// Index of the block and of its line.
    block: usize,
    line: usize,
    /// 0 for the outermost lines.
    depth: usize,
    /// Points from the edge.
    distance: f32,
    size: f32,
    numbers: Vec<u32>,
}

/// Turns lines that come again into artefacts, blocks of several lines being cut.
pub(super) fn find(structure: &mut Structure, heights: &[f32]) {
    let body = structure.body_size;
    let pages = structure.pages.len();
    if pages < 2 {
        return;
    }
    let mut edges: Vec<(Edge, bool, String)> = Vec::new();
    for (at, (page, height)) in structure.pages.iter().zip(heights).enumerate() {
        for at_head in [true, false] {
            gather(page, at as u32, *height, at_head, &mut edges);
        }
    }
    let mut alike: FxHashMap<(bool, &str), Vec<usize>> = FxHashMap::default();
    for (i, (_, at_head, text)) in edges.iter().enumerate() {
        alike.entry((*at_head, text)).or_default().push(i);
    }
    let mut repeats = vec![false; edges.len()];
    for ((_, text), group) in &alike {
        let group: Vec<(usize, &Edge)> = group.iter().map(|i| (*i, &edges[*i].0)).collect();
        for (i, repeated) in repeated(&group, text, body, pages) {
            repeats[i] = repeated;
        }
    }
    let mut found: Vec<Vec<(usize, usize, ArtefactRole)>> = vec![Vec::new(); pages];
    let mut ended = (u32::MAX, false, usize::MAX);
    for ((edge, at_head, text), repeats) in edges.iter().zip(repeats) {
        if (ended.0, ended.1) != (edge.page, *at_head) {
            ended = (edge.page, *at_head, usize::MAX);
        }
        // What stands further in than a line of the page is no head or foot.
        if !repeats {
            ended.2 = ended.2.min(edge.depth);
        }
        if repeats && edge.depth <= ended.2 {
            let role = match at_head {
                _ if is_number_alone(text) => ArtefactRole::PageNumber,
                true => ArtefactRole::Head,
                false => ArtefactRole::Foot,
            };
            found[edge.page as usize].push((edge.block, edge.line, role));
        }
    }
    for (page, found) in structure.pages.iter_mut().zip(found) {
        cut(&mut page.blocks, &found);
    }
}

/// The outermost lines of a page, by what stands side by side.
fn gather(page: &PageStructure, number: u32, height: f32, at_head: bool, out: &mut Vec<(Edge, bool, String)>) {
    let from_edge = |line: &Line| if at_head { line.bounds[1] } else { height - line.bounds[3] };
    let mut lines: Vec<(f32, usize, usize, &Line)> = Vec::new();
    for (block, item) in page.blocks.iter().enumerate() {
        if matches!(item.kind, BlockKind::Artefact(_)) {
            continue;
        }
        let upright = item.lines.iter().enumerate().filter(|(_, line)| line.angle == 0);
        let near = upright.filter(|(_, line)| from_edge(line) < MARGIN * height);
        lines.extend(near.map(|(at, line)| (from_edge(line), block, at, line)));
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut depth = 0;
    let mut first: Option<f32> = None;
    for (distance, block, at, line) in lines.into_iter().take(MAX_LINES) {
        if first.is_some_and(|first| distance - first > 0.5 * line.size) {
            depth += 1;
            first = None;
        }
        if depth == MAX_ROWS {
            break;
        }
        first = first.or(Some(distance));
        let (text, numbers) = without_numbers(&line.text);
        out.push((Edge { page: number, block, line: at, depth, distance, size: line.size, numbers }, at_head, text));
    }
}

/// Which lines of one text come again. Large ones may be titles that are alike by chance.
fn repeated(group: &[(usize, &Edge)], text: &str, body: f32, pages: usize) -> Vec<(usize, bool)> {
    let alone = is_number_alone(text);
    let mut near = vec![false; group.len()];
    let mut agreeing = vec![1_usize; group.len()];
    for (at, (_, edge)) in group.iter().enumerate() {
        for (back, (_, before)) in group.iter().enumerate().take(at).skip(at.saturating_sub(LOOK_BACK)) {
            let apart = edge.page - before.page;
            if apart == 0 || (edge.distance - before.distance).abs() > SAME_PLACE || !counts_on(before, edge, alone) {
                continue;
            }
            for of in [at, back] {
                agreeing[of] += 1;
                near[of] |= apart <= NEXT;
            }
        }
    }
    let decide = |(at, (i, edge)): (usize, &(usize, &Edge))| {
        let changes = !edge.numbers.is_empty() && !alone;
        let comes_again = if edge.size >= LARGER * body {
            !changes && agreeing[at] > 2 && group.len() * 2 > pages
        } else {
            near[at] || agreeing[at] > 2
        };
        (*i, comes_again)
    };
    group.iter().enumerate().map(decide).collect()
}

/// Whether the numbers of two lines are the same, or count the pages between them.
fn counts_on(before: &Edge, after: &Edge, alone: bool) -> bool {
    let apart = after.page - before.page;
    let mut pairs = before.numbers.iter().zip(&after.numbers);
    let agree = pairs.all(|(a, b)| a == b || a.checked_add(apart) == Some(*b));
    // Numbers alone that stay are no page numbers.
    agree && !(alone && before.numbers == after.numbers)
}

/// The text with `#` for each number, and the numbers. A line that is one Roman numeral is a number.
fn without_numbers(text: &str) -> (String, Vec<u32>) {
    let text = text.trim();
    if let Some(number) = roman(text) {
        return ("#".to_string(), vec![number]);
    }
    let mut out = String::with_capacity(text.len());
    let mut numbers = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (head, tail) = rest.split_at(at);
        let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        out.push_str(head);
        out.push('#');
        numbers.push(tail[..end].parse().unwrap_or(u32::MAX));
        rest = &tail[end..];
    }
    out.push_str(rest);
    (out, numbers)
}

/// The value of a Roman numeral in small letters, as pages before the first have.
fn roman(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 8 {
        return None;
    }
    let digit = |byte: u8| match byte {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        b'c' => Some(100),
        _ => None,
    };
    let (mut value, mut last) = (0_u32, 0);
    for byte in text.bytes().rev() {
        let digit = digit(byte)?;
        value = if digit < last { value.checked_sub(digit)? } else { value + digit };
        last = last.max(digit);
    }
    Some(value)
}

fn is_page_number(text: &str) -> bool {
    let (text, numbers) = without_numbers(text);
    !numbers.is_empty() && is_number_alone(&text)
}

/// A number among signs: 3, - 3 -, 3 / 12.
fn is_number_alone(masked: &str) -> bool {
    masked.contains('#') && !masked.chars().any(char::is_alphanumeric)
}

/// Makes lines artefacts: whole blocks where all their lines are, otherwise the first or last lines of paragraphs. Tables
/// and what is joined across a line end stay whole.
fn cut(blocks: &mut Vec<Block>, found: &[(usize, usize, ArtefactRole)]) {
    if found.is_empty() {
        return;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len() + found.len());
    for (at, mut block) in core::mem::take(blocks).into_iter().enumerate() {
        let own: Vec<(usize, ArtefactRole)> =
            found.iter().filter(|(block, ..)| *block == at).map(|(_, line, role)| (*line, *role)).collect();
        let role = own.first().map(|(_, role)| *role);
        if let (Some(role), true) = (role, own.len() == block.lines.len()) {
            if !matches!(block.kind, BlockKind::Paragraph) {
                block.text = block.lines.iter().map(|line| line.text.replace('\t', " ")).collect::<Vec<_>>().join(" ");
            }
            let role = if own.iter().all(|(_, other)| *other == role) { role } else { by_edge(role, &own) };
            block.kind = BlockKind::Artefact(role);
            out.push(block);
            continue;
        }
        if own.is_empty() || block.kind != BlockKind::Paragraph {
            out.push(block);
            continue;
        }
        let role_of = |line: usize| own.iter().find(|(own, _)| *own == line).map(|(_, role)| *role);
        let mut before = Vec::new();
        while let Some(head) = role_of(before.len()).and_then(|role| take_first(&mut block, role)) {
            before.push(head);
        }
        let mut after = Vec::new();
        let taken = before.len();
        while let Some(foot) = role_of(taken + block.lines.len() - 1).and_then(|role| take_last(&mut block, role)) {
            after.push(foot);
        }
        out.extend(before);
        out.push(block);
        out.extend(after.into_iter().rev());
    }
    *blocks = out;
}

/// Of a head and a page number in one block the head counts.
fn by_edge(role: ArtefactRole, own: &[(usize, ArtefactRole)]) -> ArtefactRole {
    own.iter().map(|(_, role)| *role).find(|role| *role != ArtefactRole::PageNumber).unwrap_or(role)
}

/// Parts the first line from a paragraph of several.
fn take_first(block: &mut Block, role: ArtefactRole) -> Option<Block> {
    let text = block.lines.first()?.text.replace('\t', " ");
    let rest = block.text.strip_prefix(text.trim()).and_then(|rest| rest.strip_prefix(' '))?.to_string();
    if block.lines.len() < 2 {
        return None;
    }
    let line = block.lines.remove(0);
    settle_rest(block, rest);
    Some(artefact(line, role))
}

fn take_last(block: &mut Block, role: ArtefactRole) -> Option<Block> {
    let text = block.lines.last()?.text.replace('\t', " ");
    let rest = block.text.strip_suffix(text.trim()).and_then(|rest| rest.strip_suffix(' '))?.to_string();
    if block.lines.len() < 2 {
        return None;
    }
    let line = block.lines.pop()?;
    settle_rest(block, rest);
    Some(artefact(line, role))
}

fn settle_rest(block: &mut Block, text: String) {
    block.text = text;
    block.bounds = blocks::around_lines(&block.lines);
}

fn artefact(line: Line, role: ArtefactRole) -> Block {
    let text = line.text.replace('\t', " ");
    Block { kind: BlockKind::Artefact(role), bounds: line.bounds, text, lines: vec![line] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_put_aside() {
        assert_eq!(without_numbers("Page 3 of 12"), ("Page # of #".into(), vec![3, 12]));
        assert_eq!(without_numbers("xiv"), ("#".into(), vec![14]));
        assert_eq!(without_numbers("mix"), ("mix".into(), vec![]));
        assert!(is_page_number("- 7 -") && is_page_number("iv") && !is_page_number("Page 3") && !is_page_number("—"));
    }
}
