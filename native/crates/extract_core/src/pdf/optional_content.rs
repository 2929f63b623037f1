//! Optional content (layers): which groups are off by default (PDF 2.0, 8.11).

use pdf_objects::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};
use rustc_hash::FxHashSet;

/// The groups that are hidden in the default configuration.
#[derive(Default)]
pub(crate) struct OptionalContent {
    hidden: FxHashSet<ObjectIdentifier>,
}

/// Groups past this are ignored.
const MAX_GROUPS: usize = 65_536;

impl OptionalContent {
    pub(crate) fn read(root: &Dict<'_>) -> Self {
        let mut content = Self::default();
        let Some(properties) = root.get::<Dict<'_>>("OCProperties") else {
            return content;
        };
        let Some(config) = properties.get::<Dict<'_>>("D") else {
            return content;
        };
        if config.get::<Name<'_>>("BaseState").as_deref() == Some(b"OFF") {
            content.hidden = references(properties.get::<Array<'_>>("OCGs"));
            for id in references(config.get::<Array<'_>>("ON")) {
                content.hidden.remove(&id);
            }
        }
        content.hidden.extend(references(config.get::<Array<'_>>("OFF")));
        content
    }

    pub(crate) fn is_trivial(&self) -> bool {
        self.hidden.is_empty()
    }

    /// Whether content marked with entry `key` of `holder` (a group or a membership dictionary) is hidden.
    pub(crate) fn hides(&self, holder: &Dict<'_>, key: &[u8]) -> bool {
        if self.is_trivial() {
            return false;
        }
        if holder.get_ref(key).is_some_and(|id| self.hidden.contains(&id)) {
            return true;
        }
        let Some(membership) = holder.get::<Dict<'_>>(key) else {
            return false;
        };
        if membership.get::<Name<'_>>("Type").as_deref() != Some(b"OCMD") {
            return false;
        }
        let groups = match membership.get::<Object<'_>>("OCGs") {
            Some(Object::Array(list)) => references(Some(list)),
            _ => membership.get_ref("OCGs").into_iter().collect(),
        };
        let off = groups.iter().filter(|id| self.hidden.contains(id)).count();
        if groups.is_empty() {
            return false;
        }
        let policy = membership.get::<Name<'_>>("P");
        match policy.as_deref() {
            Some(b"AllOn") => off > 0,
            Some(b"AnyOff") => off == 0,
            Some(b"AllOff") => off < groups.len(),
            _ => off == groups.len(),
        }
    }
}

fn references(list: Option<Array<'_>>) -> FxHashSet<ObjectIdentifier> {
    list.into_iter()
        .flat_map(|list| list.raw_iter().take(MAX_GROUPS))
        .filter_map(|item| match item {
            MaybeRef::Ref(id) => Some(id),
            MaybeRef::NotRef(_) => None,
        })
        .collect()
}
