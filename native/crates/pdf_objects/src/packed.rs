//! Object streams (PDF 32000-2, 7.5.7), inflated once and kept while there is room.

use crate::lexer::{skip_blank, unsigned};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// An inflated object stream.
pub(crate) struct Packed {
    pub(crate) data: Vec<u8>,
    /// Object number and place in the data, in the order of the stream.
    members: Vec<(u32, u32)>,
}

impl Packed {
    /// `first` is where the objects start; before it stand their numbers and offsets, `count` at most.
    pub(crate) fn new(data: Vec<u8>, count: usize, first: usize) -> Self {
        let mut members = Vec::with_capacity(count.min(data.len() / 4));
        let mut at = 0;
        for _ in 0..count {
            let Some((number, end)) = unsigned(&data, skip_blank(&data, at)) else { break };
            let Some((offset, end)) = unsigned(&data, skip_blank(&data, end)) else { break };
            at = end;
            let place = usize::try_from(offset).ok().and_then(|offset| offset.checked_add(first));
            let place = place.filter(|place| *place < data.len()).and_then(|place| u32::try_from(place).ok());
            // Members that lie outside keep their index.
            let number = u32::try_from(number).ok().filter(|_| place.is_some()).unwrap_or(0);
            members.push((number, place.unwrap_or(0)));
        }
        Self { data, members }
    }

    pub(crate) fn members(&self) -> &[(u32, u32)] {
        &self.members
    }

    /// Where an object stands: at the index the cross-reference gives, or wherever it is.
    pub(crate) fn find(&self, number: u32, index: usize) -> Option<usize> {
        let member = self.members.get(index).filter(|member| member.0 == number);
        let (_, place) = member.or_else(|| self.members.iter().find(|member| member.0 == number))?;
        Some(skip_blank(&self.data, *place as usize))
    }

    fn cost(&self) -> usize {
        self.data.len() + self.members.len() * size_of::<(u32, u32)>() + 256
    }
}

/// The object streams used last, by number, in two generations: what was not asked for while the young one filled up is
/// dropped with the old one.
#[derive(Default)]
pub(crate) struct Cache {
    young: FxHashMap<u32, Rc<Packed>>,
    old: FxHashMap<u32, Rc<Packed>>,
    young_bytes: usize,
    /// Those being inflated. Their lengths and filters may refer to objects in others, or in themselves.
    pub(crate) loading: Vec<u32>,
}

/// Bytes of a generation. Documents up to some ten thousand pages have all their objects in that much.
const MAX_BYTES: usize = 8 << 20;

impl Cache {
    pub(crate) fn get(&mut self, number: u32) -> Option<Rc<Packed>> {
        if let Some(found) = self.young.get(&number) {
            return Some(Rc::clone(found));
        }
        let found = self.old.remove(&number)?;
        self.insert(number, Rc::clone(&found));
        Some(found)
    }

    pub(crate) fn insert(&mut self, number: u32, packed: Rc<Packed>) {
        let cost = packed.cost();
        if self.young_bytes + cost > MAX_BYTES {
            self.old = core::mem::take(&mut self.young);
            self.young_bytes = 0;
            // One that is larger than all others together is kept alone.
            if cost > MAX_BYTES {
                self.old.clear();
            }
        }
        self.young_bytes += cost;
        self.young.insert(number, packed);
    }

    pub(crate) fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
        self.young_bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_by_index_and_by_number() {
        let packed = Packed::new(b"7 0 9 3 11 99 12 2 12 (a)".to_vec(), 100, 18);
        assert_eq!(packed.members(), [(7, 18), (9, 21), (0, 0), (12, 20)]);
        assert_eq!(packed.find(9, 1), Some(22));
        assert_eq!(packed.find(9, 0), Some(22));
        assert_eq!(packed.find(8, 0), None);
    }

    #[test]
    fn the_cache_drops_what_is_not_asked_for() {
        let mut cache = Cache::default();
        let packed = || Rc::new(Packed::new(vec![b' '; 1 << 20], 0, 0));
        cache.insert(1, packed());
        for number in 2..100 {
            cache.insert(number, packed());
            assert!(cache.get(1).is_some(), "{number}");
        }
        assert!(cache.get(2).is_none());
        assert!(cache.young.len() + cache.old.len() < 16);
    }
}
