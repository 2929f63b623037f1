//! Cross-reference tables (PDF 32000-2, 7.5.4), with entries as careless writers have them.

use super::load::Section;
use super::{Entry, Xref};
use crate::bytes::Source;
use crate::dict::Dict;
use crate::lexer::{is_white, skip_blank, unsigned};
use crate::limits::Exceeded;
use crate::object::{ObjectIdentifier, Scope};

/// Reads the table whose keyword ends at `at`.
pub(super) fn read(data: &[u8], mut at: usize, xref: &mut Xref) -> Result<Option<Section>, Exceeded> {
    let mut free = Vec::new();
    let mut first = true;
    // Number of the entry after the last one, for sections that have more than they say.
    let mut next = 0_u32;
    loop {
        at = skip_blank(data, at);
        if let Some((line, after)) = line(data, at) {
            add(xref, &mut free, next, &line)?;
            next = next.saturating_add(1);
            at = after;
            continue;
        }
        let Some((start, end)) = unsigned(data, at) else { break };
        let Some((count, end)) = unsigned(data, skip_blank(data, end)) else { return Ok(None) };
        let Ok(mut number) = u32::try_from(start) else { return Ok(None) };
        at = end;
        if count < (data.len() / 16) as u64 {
            xref.reserve((number as usize).saturating_add(count as usize));
        }
        for index in 0..count {
            let Some((line, after)) = line(data, skip_white(data, at)) else { break };
            // The head of the free list is object 0, whatever the section says.
            if first && index == 0 && number == 1 && line.head {
                number = 0;
            }
            add(xref, &mut free, number, &line)?;
            number = number.saturating_add(1);
            at = after;
        }
        first = false;
        next = number;
    }
    let Some(at) = data.get(at..).filter(|rest| rest.starts_with(b"trailer")).map(|_| skip_blank(data, at + 7)) else {
        return Ok(None);
    };
    let Some(trailer) = trailer(data, at) else { return Ok(None) };
    let offset = |key: &str| trailer.get::<usize>(key).filter(|offset| *offset > 0);
    let section = Section { trailer: at, previous: offset("Prev"), hybrid: offset("XRefStm") };
    // Hybrid files list as free what their stream lists (7.5.8.4).
    if section.hybrid.is_none() {
        for number in free {
            xref.set_if_absent(number, Entry::Free)?;
        }
    }
    Ok(Some(section))
}

fn trailer(data: &[u8], at: usize) -> Option<Dict<'_>> {
    let scope = Scope { source: Source::File(data), pdf: None, id: ObjectIdentifier::default() };
    data.get(at..)?.starts_with(b"<<").then(|| Dict::parse(&scope, at)).flatten()
}

struct Line {
    offset: usize,
    in_use: bool,
    head: bool,
}

fn add(xref: &mut Xref, free: &mut Vec<u32>, number: u32, line: &Line) -> Result<(), Exceeded> {
    // No object stands at the very start; writers put 0 where they know no place.
    if line.in_use && line.offset > 0 {
        return xref.set_if_absent(number, Entry::File(line.offset));
    }
    free.push(number);
    Ok(())
}

fn skip_white(data: &[u8], mut at: usize) -> usize {
    while data.get(at).is_some_and(|byte| is_white(*byte)) {
        at += 1;
    }
    at
}

/// Offset, generation and kind, and where they end.
#[inline]
fn line(data: &[u8], at: usize) -> Option<(Line, usize)> {
    if let Some(entry) = data.get(at..).and_then(<[u8]>::first_chunk)
        && let Some(line) = proper(entry)
    {
        return Some((line, at + 18));
    }
    let (offset, end) = unsigned(data, at)?;
    let (generation, end) = unsigned(data, skip_white(data, end))?;
    let at = skip_white(data, end);
    let in_use = match data.get(at)? {
        b'n' => true,
        b'f' => false,
        _ => return None,
    };
    let offset = usize::try_from(offset).unwrap_or(0);
    Some((Line { offset, in_use, head: !in_use && offset == 0 && generation == 65_535 }, at + 1))
}

/// `nnnnnnnnnn ggggg n` as the specification has it.
#[inline]
fn proper(entry: &[u8; 18]) -> Option<Line> {
    let (offset, rest) = entry.split_first_chunk::<10>()?;
    let mut number = 0_u64;
    let mut odd = 0_u8;
    for byte in offset {
        let digit = byte.wrapping_sub(b'0');
        odd |= u8::from(digit > 9);
        number = number * 10 + u64::from(digit);
    }
    let in_use = match rest {
        [b' ', _, _, _, _, _, b' ', b'n'] => true,
        [b' ', _, _, _, _, _, b' ', b'f'] => false,
        _ => return None,
    };
    let head = !in_use && number == 0 && rest[1..6] == *b"65535";
    (odd == 0).then(|| Line { offset: usize::try_from(number).unwrap_or(0), in_use, head })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn entries(table: &str) -> (Vec<Option<Entry>>, bool) {
        let mut xref = Xref::new(table.len(), &Limits::default());
        let section = read(table.as_bytes(), 4, &mut xref).unwrap_or_default();
        ((0..5).map(|number| xref.get(number)).collect(), section.is_some())
    }

    #[test]
    fn tables_of_careless_writers() {
        let all = vec![Some(Entry::Free), Some(Entry::File(10)), Some(Entry::File(20)), Some(Entry::Free), None];
        for table in [
            "xref\n0 4\n0000000000 65535 f\r\n0000000010 00000 n\r\n0000000020 00000 n\r\n0000000000 00000 n\r\ntrailer <<>>",
            // The first section starts at 1, and lines are short.
            "xref 1 4 0000000000 65535 f\n10 0 n\n20 0 n 0 1 f\ntrailer\n<</Size 4>>",
            // More entries than the section says, and fewer.
            "xref\n0 2\n0000000000 65535 f\n0000000010 00000 n\n0000000020 00000 n\n0000000000 00001 f\ntrailer<<>>",
            "xref\n0 9\n0000000000 65535 f\n0000000010 00000 n\n0000000020 00000 n\n0000000000 00001 f\ntrailer<<>>",
            "xref\n0 1\n0000000000 65535 f\n1 3\n0000000010 00000 n\n0000000020 00000 n\n0000000000 00001 f\ntrailer<<>>",
        ] {
            assert_eq!(entries(table), (all.clone(), true), "{table}");
        }
        assert!(!entries("xref\n0 1\n0000000000 65535 f\n").1);
    }
}
