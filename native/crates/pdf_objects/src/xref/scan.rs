//! Finds objects without a cross-reference: one pass over the file, from object to object.

use super::{Entry, Xref};
use crate::bytes::Source;
use crate::dict::{Dict, Reach};
use crate::lexer::{header, is_white, skip_blank, value_end};
use crate::limits::{Exceeded, Limits};
use crate::name::Name;
use crate::object::{MaybeRef, Object, ObjectIdentifier, Scope};
use crate::stream::data_start;
use memchr::memmem;

/// What a search of the whole file finds.
pub(crate) struct Scan {
    pub(crate) xref: Xref,
    /// Where dictionaries that serve as trailers open, newest first.
    pub(crate) trailers: Vec<usize>,
    /// Object streams in the order of the file.
    pub(crate) packed: Vec<u32>,
    pub(crate) roots: Roots,
}

/// What a document could start from, in the order of the file.
#[derive(Default)]
pub(crate) struct Roots {
    pub(crate) catalogs: Vec<ObjectIdentifier>,
    /// Nodes of page trees that have no parent.
    pub(crate) page_trees: Vec<ObjectIdentifier>,
}

impl Roots {
    /// Looks at a dictionary that is an object.
    pub(crate) fn note(&mut self, id: ObjectIdentifier, dict: &Dict<'_>) {
        match own_name(dict, "Type").as_deref() {
            Some(b"Catalog") if dict.contains_key("Pages") => self.catalogs.push(id),
            Some(b"Pages") if dict.contains_key("Kids") && !dict.contains_key("Parent") => self.page_trees.push(id),
            _ => {}
        }
    }
}

/// Of objects of the same number the last one counts.
pub(crate) fn scan(data: &[u8], limits: &Limits) -> Result<Scan, Exceeded> {
    let xref = Xref::new(data.len(), limits);
    let mut found = Scan { xref, trailers: Vec::new(), packed: Vec::new(), roots: Roots::default() };
    let finder = memmem::Finder::new(b"obj");
    let reach = Reach::of(data.len());
    let mut at = 0;
    while let Some(length) = data.get(at..).and_then(|rest| finder.find(rest)) {
        let keyword = at + length;
        at = keyword + 3;
        let Some(start) = header_start(data, keyword) else { continue };
        let Some((id, body)) = header(data, start) else { continue };
        let body = skip_blank(data, body);
        if !data[body..].starts_with(b"<<") {
            // One that is cut off does not replace an older one.
            if value_end(data, body).is_some() {
                found.xref.set(id.number, Entry::File(start))?;
            }
            continue;
        }
        let scope = Scope { source: Source::File(data), pdf: None, id };
        let Some(dict) = Dict::parse_within(&scope, body, Some(&reach)) else { continue };
        found.xref.set(id.number, Entry::File(start))?;
        match own_name(&dict, "Type").as_deref() {
            Some(b"ObjStm") => found.packed.push(id.number),
            Some(b"XRef") if dict.contains_key("Root") => found.trailers.push(body),
            _ => found.roots.note(id, &dict),
        }
        at = past(data, &dict).max(at);
    }
    for keyword in memmem::find_iter(data, b"trailer") {
        let open = skip_blank(data, keyword + 7);
        let scope = Scope { source: Source::File(data), pdf: None, id: ObjectIdentifier::default() };
        if data[open..].starts_with(b"<<") && Dict::parse(&scope, open).is_some_and(|dict| dict.contains_key("Root")) {
            found.trailers.push(open);
        }
    }
    found.trailers.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found)
}

/// A name that stands in the dictionary itself.
pub(crate) fn own_name<'a>(dict: &Dict<'a>, key: &str) -> Option<Name<'a>> {
    match dict.get_raw(key)? {
        MaybeRef::NotRef(Object::Name(name)) => Some(name),
        _ => None,
    }
}

/// Where the header starts whose `obj` stands at `keyword`: two numbers before it.
fn header_start(data: &[u8], keyword: usize) -> Option<usize> {
    /// Numbers with their digits and blanks; longer ones are no header.
    const LONGEST: usize = 40;
    let lowest = keyword.saturating_sub(LONGEST);
    let before = |mut at: usize, wanted: fn(u8) -> bool| {
        while at > lowest && wanted(data[at - 1]) {
            at -= 1;
        }
        at
    };
    let digit = |byte: u8| byte.is_ascii_digit();
    let end = before(keyword, is_white);
    let generation = before(end, digit);
    let gap = before(generation, is_white);
    let start = before(gap, digit);
    (start < gap && gap < generation && generation < end).then_some(start)
}

/// Past the data of a stream whose length is stated and right; otherwise past the dictionary.
fn past(data: &[u8], dict: &Dict<'_>) -> usize {
    let end = dict.end();
    let Some(start) = data_start(data, skip_blank(data, end)) else { return end };
    let stated = match dict.get_raw("Length") {
        Some(MaybeRef::NotRef(Object::Number(length))) => usize::try_from(length.as_i64()).ok(),
        _ => None,
    };
    let right = stated.and_then(|length| start.checked_add(length)).filter(|end| {
        data.get(*end..).is_some_and(|rest| rest[..rest.len().min(32)].trim_ascii_start().starts_with(b"endstream"))
    });
    right.unwrap_or(start)
}
