//! The heading guess: short blocks larger or bolder than the body of the document, levels by size.

use super::{Block, BlockKind, Structure};

/// Larger than the body by this factor is a heading's size.
pub(super) const LARGER: f32 = 1.12;

/// Sizes closer than this factor are one level.
const SAME_LEVEL: f32 = 1.06;

const BOLD: u16 = 600;
const MAX_CHARS: usize = 200;
const MAX_LINES: usize = 3;
const MAX_LEVEL: usize = 6;

/// Turns blocks that look like headings into headings.
pub(super) fn find(structure: &mut Structure, body: f32, body_is_bold: bool) {
    let mut levels: Vec<f32> = Vec::new();
    let mut sizes: Vec<f32> = blocks(structure).filter(|b| is_large(b, body)).map(size).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    for size in sizes {
        if levels.last().is_none_or(|last| last / size > SAME_LEVEL) {
            levels.push(size);
        }
    }
    for block in structure.pages.iter_mut().flat_map(|page| &mut page.blocks) {
        let level = if is_large(block, body) {
            levels.iter().position(|level| level / size(block) <= SAME_LEVEL).unwrap_or(levels.len())
        } else if !body_is_bold && is_bold(block, body) {
            levels.len()
        } else {
            continue;
        };
        if let BlockKind::ListItem { .. } = block.kind {
            // The number belongs to the heading.
            block.text = block.lines.iter().map(|line| line.text.replace('\t', " ")).collect::<Vec<_>>().join(" ");
        }
        block.kind = BlockKind::Heading((level.min(MAX_LEVEL - 1) + 1) as u8);
    }
}

fn blocks(structure: &Structure) -> impl Iterator<Item = &Block> {
    structure.pages.iter().flat_map(|page| &page.blocks)
}

/// Size of most characters, and whether text of that size is bold.
pub(super) fn body(structure: &Structure) -> Option<(f32, bool)> {
    let mut counts: Vec<(u32, u64, u64)> = Vec::new();
    for word in blocks(structure).flat_map(|b| &b.lines).flat_map(|l| &l.words) {
        let key = (word.size * 4.0).round() as u32;
        let chars = word.text.chars().count() as u64;
        let bold = if word.weight >= BOLD { chars } else { 0 };
        match counts.binary_search_by_key(&key, |count| count.0) {
            Ok(at) => {
                counts[at].1 += chars;
                counts[at].2 += bold;
            }
            Err(at) => counts.insert(at, (key, chars, bold)),
        }
    }
    // Of equals the smaller one: a title and a line below it.
    let most = counts.iter().rev().max_by_key(|count| count.1)?;
    Some((most.0 as f32 / 4.0, most.2 * 2 > most.1))
}

fn size(block: &Block) -> f32 {
    block.lines.first().map_or(0.0, |line| line.size)
}

fn may_be_heading(block: &Block) -> bool {
    let kind = match block.kind {
        BlockKind::Paragraph => true,
        BlockKind::ListItem { ordinal, .. } => ordinal.is_some(),
        _ => false,
    };
    kind && block.lines.len() <= MAX_LINES
        && block.lines.iter().all(|line| line.angle == 0)
        && block.text.len() <= 4 * MAX_CHARS
        && block.text.chars().count() <= MAX_CHARS
        && block.text.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

fn is_large(block: &Block, body: f32) -> bool {
    may_be_heading(block) && block.lines.iter().all(|line| line.size >= LARGER * body)
}

fn is_bold(block: &Block, body: f32) -> bool {
    may_be_heading(block)
        && block.lines.len() <= 2
        && !block.text.ends_with(['.', ',', ';', '-'])
        && block.lines.iter().all(|line| line.size >= 0.95 * body && line.words.iter().all(|w| w.weight >= BOLD))
}
