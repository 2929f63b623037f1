use core::fmt;

/// Which feature an n-gram is, by its key. Open addressing, at most half full.
#[derive(Clone, PartialEq)]
pub(crate) struct Index {
    /// Ascending.
    keys: Vec<u32>,
    /// A feature and one, or 0 where free; beside its key, so that a look costs one line of the cache.
    table: Vec<(u32, u32)>,
}

impl Index {
    /// `keys` ascend, and are fewer than 2^31. The feature of a key is its place among them.
    pub(crate) fn new(keys: Vec<u32>) -> Self {
        let size = (keys.len() * 2).next_power_of_two().max(2);
        let mut table = vec![(0, 0); size];
        for (feature, &key) in keys.iter().enumerate() {
            let mut place = key as usize & (size - 1);
            while table[place].1 != 0 {
                place = (place + 1) & (size - 1);
            }
            table[place] = (key, feature as u32 + 1);
        }
        Self { keys, table }
    }

    pub(crate) fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// The feature of a key.
    #[inline]
    pub(crate) fn get(&self, key: u32) -> Option<usize> {
        self.find(key, self.home(key))
    }

    /// What stands where a key is looked for first, to be asked for all keys of a text before `find`: these looks wait for nothing, so
    /// that their misses of the cache overlap. A search alone branches on each of them.
    #[inline]
    pub(crate) fn home(&self, key: u32) -> (u32, u32) {
        self.table[key as usize & (self.table.len() - 1)]
    }

    /// The feature of a key, from what stands at its home.
    #[inline]
    pub(crate) fn find(&self, key: u32, home: (u32, u32)) -> Option<usize> {
        let mask = self.table.len() - 1;
        let mut place = key as usize & mask;
        let (mut found, mut feature) = home;
        loop {
            if feature == 0 {
                return None;
            }
            if found == key {
                return Some(feature as usize - 1);
            }
            place = (place + 1) & mask;
            (found, feature) = self.table[place];
        }
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index of {}", self.keys.len())
    }
}
