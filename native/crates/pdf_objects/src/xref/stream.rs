//! Cross-reference streams (PDF 32000-2, 7.5.8).

use super::load::Section;
use super::{Entry, Xref};
use crate::array::Array;
use crate::bytes::Source;
use crate::decoder::{Decoder, StreamFault};
use crate::lexer::header;
use crate::limits::{Exceeded, Limits};
use crate::object::{MaybeRef, Object, Scope};

/// Reads the stream whose object starts at `at`.
pub(super) fn read(data: &[u8], at: usize, xref: &mut Xref, limits: &Limits) -> Result<Option<Section>, Exceeded> {
    let Some((id, body)) = header(data, at) else { return Ok(None) };
    let scope = Scope { source: Source::File(data), pdf: None, id };
    let Some(MaybeRef::NotRef(Object::Stream(stream))) = scope.read_body(body) else { return Ok(None) };
    let dict = stream.dict();
    let widths: Vec<usize> = dict.get::<Array<'_>>("W").map(|list| list.iter().collect()).unwrap_or_default();
    let [kind, second, third] = widths[..] else { return Ok(None) };
    if [kind, second, third].iter().any(|width| *width > 8) || second == 0 {
        return Ok(None);
    }
    let mut table = Vec::new();
    let limit = limits.max_stream_bytes;
    match Decoder::new(limit, usize::MAX, limit as u64).decode(&stream, &mut table) {
        Ok(()) => {}
        Err(StreamFault::TooLarge | StreamFault::TooDense) => {
            return Err(Exceeded::bytes("bytes of a cross-reference stream", limit as u64));
        }
        Err(StreamFault::NotData) => return Ok(None),
    }
    let size = dict.get::<u32>("Size").unwrap_or(u32::MAX);
    let index: Vec<u32> = dict.get::<Array<'_>>("Index").map(|list| list.iter().collect()).unwrap_or_default();
    let sections = if index.len() < 2 { vec![0, size] } else { index };
    let mut records = table.chunks_exact(kind + second + third);
    for section in sections.chunks_exact(2) {
        let mut number = section[0];
        let count = (section[1] as usize).min(records.len());
        xref.reserve((number as usize).saturating_add(count));
        for record in records.by_ref().take(count) {
            if let Some(entry) = entry(record, kind, second) {
                xref.set_if_absent(number, entry)?;
            }
            number = number.saturating_add(1);
        }
    }
    let offset = |key: &str| dict.get::<usize>(key).filter(|offset| *offset > 0);
    Ok(Some(Section { trailer: dict.place().1, previous: offset("Prev"), hybrid: None }))
}

/// `None` for kinds that are not known: they are null (7.5.8.3).
fn entry(record: &[u8], kind: usize, second: usize) -> Option<Entry> {
    let field = |bytes: &[u8]| bytes.iter().fold(0_u64, |n, byte| n << 8 | u64::from(*byte));
    let (kind, rest) = record.split_at_checked(kind)?;
    let (second, third) = rest.split_at_checked(second)?;
    let value = field(second);
    match if kind.is_empty() { 1 } else { field(kind) } {
        0 => Some(Entry::Free),
        1 if value == 0 => Some(Entry::Free),
        1 => usize::try_from(value).ok().map(Entry::File),
        2 => {
            let index = u32::try_from(field(third)).unwrap_or(u32::MAX);
            Some(Entry::Packed { stream: u32::try_from(value).ok()?, index })
        }
        _ => None,
    }
}
