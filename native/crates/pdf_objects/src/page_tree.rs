//! The page tree (PDF 32000-2, 7.7.3), walked once for its order: 16 bytes a page. Pages are read when they are asked for.

use crate::array::Array;
use crate::dict::Dict;
use crate::name::Name;
use crate::object::{MaybeRef, Object, ObjectIdentifier};
use crate::page::{INHERITED, Page};
use crate::pdf::Pdf;
use crate::rect::Rect;
use crate::xref::Entry;
use core::cell::RefCell;
use rustc_hash::FxHashSet;

/// A node or a page, by where it stands.
#[derive(Clone, Copy)]
struct Place {
    /// Number 0 stands for a dictionary that is no object: `index` then counts in [`PageTree::direct`].
    id: ObjectIdentifier,
    /// The node above, [`NOWHERE`] for none.
    parent: u32,
    index: u32,
}

const NOWHERE: u32 = u32::MAX;

struct Node {
    place: Place,
    /// For each inherited attribute the node that has it: this one or one above.
    sources: [u32; INHERITED.len()],
}

/// The pages of a document in order.
pub struct PageTree<'a> {
    pdf: &'a Pdf<'a>,
    nodes: Vec<Node>,
    pages: Vec<Place>,
    /// Dictionaries that stand in the `Kids` of a node.
    direct: Vec<Dict<'a>>,
    /// The first pages as the walk met them.
    first: Vec<Dict<'a>>,
    /// The node whose dictionary was read last.
    last: RefCell<Option<(u32, Dict<'a>)>>,
    stated: Option<i64>,
    cycle: Option<u32>,
    repeated: Option<u32>,
    missing: usize,
}

/// Pages whose dictionaries are kept from the walk: most documents have no more.
const MAX_FIRST: usize = 256;

/// Direct dictionaries in page trees are a curiosity.
const MAX_DIRECT: usize = 4096;

/// Parents that are asked for what a page without a tree inherits.
const MAX_PARENTS: usize = 16;

impl<'a> PageTree<'a> {
    /// Walks the tree. Where it holds no page, or kids are missing, the file is searched for objects; where there is no
    /// tree at all, all page objects are taken in the order of the file.
    pub fn read(pdf: &'a Pdf<'a>) -> Self {
        let mut tree = Self::walk(pdf);
        if (tree.pages.is_empty() || tree.missing > 0) && !pdf.is_rebuilt() {
            pdf.rebuild();
            let repaired = Self::walk(pdf);
            if repaired.pages.len() > tree.pages.len() {
                tree = repaired;
            }
        }
        if tree.pages.is_empty() && pdf.is_rebuilt() {
            tree.take_page_objects();
        }
        tree
    }

    fn new(pdf: &'a Pdf<'a>) -> Self {
        Self {
            pdf,
            nodes: Vec::new(),
            pages: Vec::new(),
            direct: Vec::new(),
            first: Vec::new(),
            last: RefCell::new(None),
            stated: None,
            cycle: None,
            repeated: None,
            missing: 0,
        }
    }

    fn walk(pdf: &'a Pdf<'a>) -> Self {
        let mut tree = Self::new(pdf);
        let root = pdf.root().and_then(|root| root.get::<Dict<'_>>("Pages"));
        let has_kids = |dict: &Dict<'_>| dict.contains_key("Kids");
        let Some(root) = root.filter(has_kids).or_else(|| pdf.get::<Dict<'_>>(pdf.page_root.get())) else {
            return tree;
        };
        tree.stated = root.get::<i64>("Count");
        let mut visited: FxHashSet<u32> = FxHashSet::default();
        let mut open: FxHashSet<u32> = FxHashSet::default();
        let own = root.obj_id().unwrap_or_default();
        visited.insert(own.number);
        open.insert(own.number);
        let place = tree.place(own, &root, NOWHERE);
        let mut stack = Vec::new();
        stack.extend(tree.enter(&root, place));
        while let Some((node, kids)) = stack.last_mut() {
            let node = *node;
            let Some(kid) = kids.next() else {
                open.remove(&tree.nodes[node as usize].place.id.number);
                stack.pop();
                continue;
            };
            let (id, dict) = match kid {
                MaybeRef::Ref(id) => {
                    if !visited.insert(id.number) {
                        let found = if open.contains(&id.number) { &mut tree.cycle } else { &mut tree.repeated };
                        found.get_or_insert(id.number);
                        continue;
                    }
                    (id, pdf.get::<Dict<'_>>(id))
                }
                MaybeRef::NotRef(object) => (ObjectIdentifier::default(), object.into_dict()),
            };
            let Some(dict) = dict else {
                tree.missing += 1;
                continue;
            };
            if id.number == 0 && tree.direct.len() >= MAX_DIRECT {
                continue;
            }
            let place = tree.place(id, &dict, node);
            if is_node(&dict) {
                open.insert(id.number);
                stack.extend(tree.enter(&dict, place));
            } else {
                if tree.first.len() == tree.pages.len() && tree.first.len() < MAX_FIRST && dict.is_light() {
                    tree.first.push(dict);
                }
                tree.pages.push(place);
                if tree.pages.len() > pdf.limits.max_pages {
                    break;
                }
            }
        }
        tree
    }

    fn place(&mut self, id: ObjectIdentifier, dict: &Dict<'a>, parent: u32) -> Place {
        let mut index = 0;
        if id.number == 0 {
            index = self.direct.len() as u32;
            self.direct.push(dict.clone());
        }
        Place { id, parent, index }
    }

    /// Adds a node and gives its index and kids.
    fn enter(&mut self, dict: &Dict<'a>, place: Place) -> Option<(u32, Kids<'a>)> {
        let kids = kids(dict)?;
        let index = u32::try_from(self.nodes.len()).ok()?;
        let mut sources = self.nodes.get(place.parent as usize).map_or([NOWHERE; INHERITED.len()], |node| node.sources);
        for (at, source) in sources.iter_mut().enumerate() {
            let has = match at {
                0 => dict.get::<Dict<'_>>(INHERITED[at]).is_some(),
                3 => dict.get::<i32>(INHERITED[at]).is_some(),
                _ => dict.get::<Rect>(INHERITED[at]).is_some(),
            };
            if has {
                *source = index;
            }
        }
        self.nodes.push(Node { place, sources });
        Some((index, kids))
    }

    /// Pages by their own objects, where no tree leads to them.
    fn take_page_objects(&mut self) {
        let mut entries: Vec<(usize, u32, u32)> = {
            let xref = self.pdf.xref.borrow();
            let place = |entry| match entry {
                Entry::File(offset) => Some((offset, 0)),
                Entry::Packed { stream, index } => match xref.get(stream) {
                    Some(Entry::File(offset)) => Some((offset, index + 1)),
                    _ => None,
                },
                Entry::Free => None,
            };
            xref.iter()
                .filter_map(|(number, entry)| place(entry).map(|(offset, index)| (offset, index, number)))
                .collect()
        };
        entries.sort_unstable();
        for (_, _, number) in entries {
            let id = ObjectIdentifier { number, generation: 0 };
            let Some(dict) = self.pdf.get::<Object<'_>>(id).and_then(Object::into_dict) else { continue };
            if is_page(&dict) {
                self.pages.push(Place { id, parent: NOWHERE, index: 0 });
                if self.pages.len() > self.pdf.limits.max_pages {
                    break;
                }
            }
        }
    }

    /// How many pages there are, the limit and one at most.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is no page.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Whether there is a tree at all.
    pub fn has_root(&self) -> bool {
        !self.nodes.is_empty()
    }

    /// The objects the pages are, in order; number 0 for those that are none.
    pub fn ids(&self) -> impl Iterator<Item = ObjectIdentifier> + '_ {
        self.pages.iter().map(|place| place.id)
    }

    /// How many pages the root says there are.
    pub fn stated(&self) -> Option<i64> {
        self.stated
    }

    /// The first node that holds itself.
    pub fn cycle(&self) -> Option<u32> {
        self.cycle
    }

    /// The first object that is in the tree more than once.
    pub fn repeated(&self) -> Option<u32> {
        self.repeated
    }

    /// Reads a page by its 0-based index. One whose object is gone is an empty page.
    pub fn page(&self, index: usize) -> Option<Page<'a>> {
        let place = *self.pages.get(index)?;
        let first = self.first.get(index).cloned();
        let dict = first.or_else(|| self.dict(place)).unwrap_or_else(Dict::empty);
        if place.parent == NOWHERE {
            let own = dict.clone();
            return Some(Page::new(dict, move |attribute| parent_with(&own, INHERITED[attribute])));
        }
        Some(Page::new(dict, |attribute| self.source(place.parent, attribute)))
    }

    fn dict(&self, place: Place) -> Option<Dict<'a>> {
        if place.id.number == 0 { self.direct.get(place.index as usize).cloned() } else { self.pdf.get(place.id) }
    }

    /// The node at or above `node` that has an attribute.
    fn source(&self, node: u32, attribute: usize) -> Option<Dict<'a>> {
        let source = *self.nodes.get(node as usize)?.sources.get(attribute)?;
        if let Some((last, dict)) = &*self.last.borrow()
            && *last == source
        {
            return Some(dict.clone());
        }
        let dict = self.dict(self.nodes.get(source as usize)?.place)?;
        *self.last.borrow_mut() = Some((source, dict.clone()));
        Some(dict)
    }
}

/// What is left of the kids of a node.
type Kids<'a> = Box<dyn Iterator<Item = MaybeRef<Object<'a>>> + 'a>;

/// The kids of a node: an array, or a single one without brackets.
fn kids<'a>(dict: &Dict<'a>) -> Option<Kids<'a>> {
    if let Some(list) = dict.get::<Array<'a>>("Kids") {
        return Some(Box::new(list.raw_iter()));
    }
    let id = dict.get_ref("Kids")?;
    Some(Box::new(core::iter::once(MaybeRef::Ref(id))))
}

fn is_node(dict: &Dict<'_>) -> bool {
    match dict.get::<Name<'_>>("Type").as_deref() {
        Some(b"Pages") => true,
        Some(b"Page") => false,
        _ => dict.contains_key("Kids") && !dict.contains_key("Contents"),
    }
}

/// Whether an object found without a tree is a page. Annotations have contents too.
fn is_page(dict: &Dict<'_>) -> bool {
    match dict.get::<Name<'_>>("Type").as_deref() {
        Some(b"Page") => true,
        None => {
            dict.contains_key("Contents")
                && ["Resources", "MediaBox"].iter().any(|key| dict.contains_key(key))
                && !dict.contains_key("Subtype")
        }
        Some(_) => false,
    }
}

/// The nearest dictionary above that has a key.
fn parent_with<'a>(dict: &Dict<'a>, key: &str) -> Option<Dict<'a>> {
    let mut parent = dict.get::<Dict<'a>>("Parent");
    for _ in 0..MAX_PARENTS {
        let dict = parent?;
        if dict.contains_key(key) {
            return Some(dict);
        }
        parent = dict.get("Parent");
    }
    None
}
