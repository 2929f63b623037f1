//! The outline (PDF 2.0, 12.3.3) and the destinations it leads to.

use super::metadata::text_string;
use crate::structure::OutlineItem;
use pdf_objects::{Array, Dict, MaybeRef, Object, ObjectIdentifier, PageTree, Pdf, PdfString};
use rustc_hash::{FxHashMap, FxHashSet};

/// Items past this are left out.
const MAX_ITEMS: usize = 50_000;

/// Items deeper than this are left out.
const MAX_DEPTH: usize = 32;

/// Nodes of the tree of names looked at in all, and names kept.
const MAX_NAMES: usize = 200_000;

/// The outline in order. Items that come round again end their chain.
pub(crate) fn read(pdf: &Pdf<'_>, tree: &PageTree<'_>, root: &Dict<'_>) -> Vec<OutlineItem> {
    let mut items = Vec::new();
    let Some(outlines) = root.get::<Dict<'_>>("Outlines") else { return items };
    let Some(first) = outlines.get_ref("First") else { return items };
    let mut targets = Targets::new(tree, root);
    let mut visited: FxHashSet<ObjectIdentifier> = FxHashSet::default();
    // Where to go on at each open depth.
    let mut open: Vec<Option<ObjectIdentifier>> = vec![Some(first)];
    while let Some(next) = open.last_mut() {
        let Some(id) = next.take() else {
            open.pop();
            continue;
        };
        if items.len() >= MAX_ITEMS || !visited.insert(id) {
            continue;
        }
        let Some(item) = pdf.get::<Dict<'_>>(id) else { continue };
        *next = item.get_ref("Next");
        let title = item.get::<PdfString<'_>>("Title").map(|title| text_string(title.as_bytes())).unwrap_or_default();
        // Titles are one line.
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        items.push(OutlineItem { title, page: targets.page_of(&item), depth: open.len() as u32 - 1 });
        if open.len() < MAX_DEPTH
            && let Some(child) = item.get_ref("First")
        {
            open.push(Some(child));
        }
    }
    items
}

struct Targets<'p, 'a> {
    root: &'p Dict<'a>,
    /// 1-based page by the object it is in.
    pages: FxHashMap<u32, u32>,
    /// Read when the first name is asked for.
    names: Option<FxHashMap<Vec<u8>, Option<u32>>>,
}

impl<'p, 'a> Targets<'p, 'a> {
    fn new(tree: &PageTree<'_>, root: &'p Dict<'a>) -> Self {
        let pages = tree.ids().map(|id| id.number).zip(1..).filter(|(object, _)| *object != 0);
        Self { root, pages: pages.collect(), names: None }
    }

    fn page_of(&mut self, item: &Dict<'_>) -> Option<u32> {
        let target = item.get::<Object<'_>>("Dest").or_else(|| {
            let action = item.get::<Dict<'_>>("A")?;
            action.get::<Object<'_>>("D").filter(|_| !action.contains_key("F"))
        })?;
        match target {
            Object::String(name) => self.named(name.as_bytes()),
            Object::Name(name) => self.named(&name),
            other => self.explicit(other),
        }
    }

    /// An array whose first element is a page, or a dictionary that holds one.
    fn explicit(&self, target: Object<'_>) -> Option<u32> {
        let list = match target {
            Object::Array(list) => list,
            Object::Dict(dict) => dict.get::<Array<'_>>("D")?,
            _ => return None,
        };
        match list.raw_iter().next()? {
            MaybeRef::Ref(id) => self.pages.get(&id.number).copied(),
            // Numbers belong into other files, but some writers use them here.
            MaybeRef::NotRef(Object::Number(index)) => {
                let number = u32::try_from(index.as_i64()).ok()?.checked_add(1)?;
                (number as usize <= self.pages.len()).then_some(number)
            }
            MaybeRef::NotRef(_) => None,
        }
    }

    fn named(&mut self, name: &[u8]) -> Option<u32> {
        if let Some(names) = &self.names {
            return names.get(name).copied().flatten();
        }
        let names = self.read_names();
        let found = names.get(name).copied().flatten();
        self.names = Some(names);
        found
    }

    fn read_names(&self) -> FxHashMap<Vec<u8>, Option<u32>> {
        let mut names = FxHashMap::default();
        if let Some(old) = self.root.get::<Dict<'_>>("Dests") {
            for key in old.keys().take(MAX_NAMES) {
                let page = old.get::<Object<'_>>(&*key).and_then(|target| self.explicit(target));
                names.insert(key.to_vec(), page);
            }
        }
        let tree = self.root.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("Dests"));
        let mut visited: FxHashSet<ObjectIdentifier> = FxHashSet::default();
        let mut open: Vec<Dict<'_>> = tree.into_iter().collect();
        while let Some(node) = open.pop() {
            if names.len() >= MAX_NAMES {
                break;
            }
            if let Some(list) = node.get::<Array<'_>>("Names") {
                let mut pairs = list.iter::<Object<'_>>();
                while let (Some(key), Some(target)) = (pairs.next(), pairs.next()) {
                    if let Object::String(key) = key {
                        names.insert(key.as_bytes().to_vec(), self.explicit(target));
                    }
                }
            }
            open.extend(kids(&node, &mut visited));
        }
        names
    }
}

/// The children of a node of a name or number tree that were not seen before. Those that are no objects of their own are
/// left out: that is how a tree could go on without end.
pub(super) fn kids<'a>(node: &Dict<'a>, visited: &mut FxHashSet<ObjectIdentifier>) -> Vec<Dict<'a>> {
    let Some(list) = node.get::<Array<'a>>("Kids") else { return Vec::new() };
    let fresh: Vec<bool> = list
        .raw_iter()
        .map(|kid| match kid {
            MaybeRef::Ref(id) => visited.len() < MAX_NAMES && visited.insert(id),
            MaybeRef::NotRef(_) => false,
        })
        .collect();
    let dicts = list.iter::<Object<'a>>().zip(fresh).filter(|(_, fresh)| *fresh);
    dicts.filter_map(|(kid, _)| kid.into_dict()).collect()
}
