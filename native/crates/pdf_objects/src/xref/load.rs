//! Follows the sections of the cross-reference from the last one back (PDF 32000-2, 7.5.4 to 7.5.8).

use super::{Xref, stream, table};
use crate::lexer::{header, skip_blank, unsigned};
use crate::limits::{Exceeded, Limits};
use memchr::memmem;
use rustc_hash::FxHashSet;

/// What one section says beside its entries.
#[derive(Default)]
pub(super) struct Section {
    /// Where the dictionary that serves as trailer opens.
    pub(super) trailer: usize,
    pub(super) previous: Option<usize>,
    /// The cross-reference stream of a hybrid file.
    pub(super) hybrid: Option<usize>,
}

/// The table and the trailers, newest first; `None` when a section is not where it should be or cannot be read.
pub(crate) fn load(data: &[u8], limits: &Limits) -> Result<Option<(Xref, Vec<usize>)>, Exceeded> {
    let Some(start) = last_section(data) else { return Ok(None) };
    let mut xref = Xref::new(data.len(), limits);
    let mut trailers = Vec::new();
    let mut visited = FxHashSet::default();
    let mut next = vec![start];
    while let Some(at) = next.pop() {
        // A chain that bites its tail has been read.
        if !visited.insert(at) {
            continue;
        }
        if visited.len() > limits.max_sections {
            return Err(Exceeded::new("sections of the cross-reference table", limits.max_sections));
        }
        let at = skip_blank(data, at);
        let section = if data.get(at..).is_some_and(|rest| rest.starts_with(b"xref")) {
            table::read(data, at + 4, &mut xref)?
        } else if header(data, at).is_some() {
            stream::read(data, at, &mut xref, limits)?
        } else {
            None
        };
        let Some(section) = section else { return Ok(None) };
        trailers.push(section.trailer);
        next.extend(section.previous);
        // What it lists goes before what older sections list.
        next.extend(section.hybrid);
    }
    Ok(Some((xref, trailers)))
}

fn last_section(data: &[u8]) -> Option<usize> {
    const KEYWORD: &[u8] = b"startxref";
    let at = memmem::rfind(data, KEYWORD)? + KEYWORD.len();
    let (offset, _) = unsigned(data, skip_blank(data, at))?;
    usize::try_from(offset).ok().filter(|offset| *offset < data.len())
}
