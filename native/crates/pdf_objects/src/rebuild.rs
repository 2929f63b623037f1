//! Repair: the whole file is searched for its objects, its trailer and its catalog.

use crate::bytes::Source;
use crate::dict::Dict;
use crate::lexer::skip_blank;
use crate::object::{ObjectIdentifier, Scope};
use crate::pdf::Pdf;
use crate::xref::Entry;
use crate::xref::scan::{Roots, scan};
use rustc_hash::FxHashSet;

impl Pdf<'_> {
    /// Replaces the cross-reference by what stands in the file, once.
    pub(crate) fn rebuild(&self) {
        if self.rebuilt.replace(true) {
            return;
        }
        let found = match scan(self.data, &self.limits) {
            Ok(found) => found,
            Err(exceeded) => return self.exceed(exceeded),
        };
        *self.xref.borrow_mut() = found.xref;
        if !found.trailers.is_empty() {
            *self.trailers.borrow_mut() = found.trailers;
        }
        *self.found_packed.borrow_mut() = found.packed;
        self.packed.borrow_mut().clear();
        let had_root = self.root.get().number != 0;
        let encrypted = self.crypt().is_none() && self.trailer_dicts().any(|trailer| trailer.contains_key("Encrypt"));
        let mut roots = found.roots;
        if !encrypted {
            self.expand(&mut roots);
        }
        if !had_root {
            self.choose_root(&roots);
        }
    }

    /// Enters the objects of the object streams that were found, once they can be read.
    pub(crate) fn expand_found(&self) {
        let mut roots = Roots::default();
        self.expand(&mut roots);
        if self.root.get().number == 0 {
            self.choose_root(&roots);
        }
    }

    fn choose_root(&self, roots: &Roots) {
        if !self.find_root()
            && let Some(id) = roots.catalogs.last()
        {
            self.root.set(*id);
        }
        if self.page_root.get().number == 0
            && let Some(id) = roots.page_trees.last()
        {
            self.page_root.set(*id);
        }
    }

    fn expand(&self, roots: &mut Roots) {
        let streams = self.found_packed.borrow().clone();
        let mut seen = FxHashSet::default();
        for stream in streams {
            if !seen.insert(stream) || self.exceeded().is_some() {
                continue;
            }
            let Some(Entry::File(place)) = self.xref.borrow().get(stream) else { continue };
            let Some(packed) = self.packed_stream(stream) else { continue };
            for (index, (number, offset)) in packed.members().iter().enumerate() {
                // What stands later in the file is newer.
                let newer = match self.xref.borrow().get(*number) {
                    Some(Entry::File(other)) => other > place,
                    _ => false,
                };
                if *number == 0 || newer {
                    continue;
                }
                let entry = Entry::Packed { stream, index: index as u32 };
                if let Err(exceeded) = self.xref.borrow_mut().set(*number, entry) {
                    return self.exceed(exceeded);
                }
                let at = skip_blank(&packed.data, *offset as usize);
                if packed.data[at..].starts_with(b"<<") {
                    let id = ObjectIdentifier { number: *number, generation: 0 };
                    let scope = Scope { source: Source::Packed(packed.clone()), pdf: Some(self), id };
                    if let Some(dict) = Dict::parse(&scope, at) {
                        roots.note(id, &dict);
                    }
                }
            }
        }
    }
}
