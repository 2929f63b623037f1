//! Where objects are: the cross-reference table in memory, 8 bytes an object.

mod load;
pub(crate) mod scan;
mod stream;
mod table;

pub(crate) use load::load;

use crate::limits::{Exceeded, Limits};
use rustc_hash::FxHashMap;

/// Where an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Deleted.
    Free,
    /// At a byte of the file.
    File(usize),
    /// In an object stream, at an index.
    Packed { stream: u32, index: u32 },
}

const FREE: u64 = 1 << 62;
const FILE: u64 = 2 << 62;
const PACKED: u64 = 3 << 62;

impl Entry {
    /// Two bits of kind, then the offset, or 30 bits of index and 32 of stream number; 0 is no entry.
    fn pack(self) -> u64 {
        match self {
            Self::Free => FREE,
            Self::File(offset) => FILE | (offset as u64 & (FREE - 1)),
            Self::Packed { stream, index } => PACKED | u64::from(index & 0x3FFF_FFFF) << 32 | u64::from(stream),
        }
    }

    fn unpack(bits: u64) -> Option<Self> {
        match bits & PACKED {
            0 => None,
            FREE => Some(Self::Free),
            FILE => Some(Self::File((bits & (FREE - 1)) as usize)),
            _ => Some(Self::Packed { stream: bits as u32, index: (bits >> 32) as u32 & 0x3FFF_FFFF }),
        }
    }
}

/// Entries by object number: in an array as far as numbers are plausible for the size of the file, the others by hash.
pub(crate) struct Xref {
    dense: Vec<u64>,
    sparse: FxHashMap<u32, u64>,
    max_dense: usize,
    max_objects: usize,
}

impl Xref {
    pub(crate) fn new(file_length: usize, limits: &Limits) -> Self {
        // Whatever numbers a file makes up, the array takes no more than about twice its size.
        let max_dense = (file_length / 4).clamp(1 << 12, 1 << 24).min(limits.max_objects);
        Self { dense: Vec::new(), sparse: FxHashMap::default(), max_dense, max_objects: limits.max_objects }
    }

    pub(crate) fn get(&self, number: u32) -> Option<Entry> {
        let bits =
            if (number as usize) < self.max_dense { self.dense.get(number as usize) } else { self.sparse.get(&number) };
        bits.and_then(|bits| Entry::unpack(*bits))
    }

    /// Room for objects up to a number.
    fn reserve(&mut self, numbers: usize) {
        let numbers = numbers.min(self.max_dense);
        if numbers > self.dense.len() {
            self.dense.resize(numbers, 0);
        }
    }

    fn slot(&mut self, number: u32) -> Result<&mut u64, Exceeded> {
        let at = number as usize;
        if at < self.max_dense {
            if at >= self.dense.len() {
                self.dense.resize(at + 1, 0);
            }
            return Ok(&mut self.dense[at]);
        }
        if self.sparse.len() + self.dense.len() >= self.max_objects {
            return Err(Exceeded::new("objects", self.max_objects));
        }
        Ok(self.sparse.entry(number).or_default())
    }

    pub(crate) fn set(&mut self, number: u32, entry: Entry) -> Result<(), Exceeded> {
        *self.slot(number)? = entry.pack();
        Ok(())
    }

    /// Older sections of a file do not change what newer ones say.
    fn set_if_absent(&mut self, number: u32, entry: Entry) -> Result<(), Exceeded> {
        let slot = self.slot(number)?;
        if *slot == 0 {
            *slot = entry.pack();
        }
        Ok(())
    }

    /// All objects in use.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, Entry)> + '_ {
        let dense = self.dense.iter().enumerate().map(|(number, bits)| (number as u32, *bits));
        let all = dense.chain(self.sparse.iter().map(|(number, bits)| (*number, *bits)));
        all.filter_map(|(number, bits)| Some((number, Entry::unpack(bits)?))).filter(|(_, entry)| *entry != Entry::Free)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_fit_into_eight_bytes() {
        for entry in
            [Entry::Free, Entry::File(0), Entry::File(1 << 45), Entry::Packed { stream: u32::MAX, index: 12345 }]
        {
            assert_eq!(Entry::unpack(entry.pack()), Some(entry));
        }
        assert_eq!(Entry::unpack(0), None);
    }

    #[test]
    fn made_up_numbers_cost_no_room() {
        let mut xref = Xref::new(1000, &Limits { max_objects: 5000, ..Limits::default() });
        assert_eq!(xref.set(u32::MAX, Entry::File(7)), Ok(()));
        assert_eq!(xref.set(3, Entry::File(8)), Ok(()));
        assert_eq!(xref.get(u32::MAX), Some(Entry::File(7)));
        assert_eq!(xref.set_if_absent(3, Entry::Free), Ok(()));
        assert_eq!(xref.get(3), Some(Entry::File(8)));
        assert_eq!(xref.get(4), None);
        assert!(xref.dense.len() < 10);
        let full = (10_000..20_000).find_map(|number| xref.set(number, Entry::Free).err());
        assert_eq!(full.map(|exceeded| exceeded.limit), Some(5000));
    }
}
