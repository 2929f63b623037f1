use super::words::{Word, words};
use crate::random::mix;

/// An n-gram of a text: its key, how often it stands there, and where it stands first.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ngram {
    pub(crate) key: u32,
    /// 0: this place of the table is free.
    pub(crate) count: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

const SMALLEST: usize = 1 << 12;
/// Places in a text are 32 bits wide; what comes after is not read.
const MOST_BYTES: usize = u32::MAX as usize;

/// The n-grams of one text, counted: words and pairs of words that follow one another. Keys are 32 bits, of which a model
/// keeps those it has seen, so that two n-grams hardly ever meet: one unseen in four thousand does at a million seen. A
/// table for one text after the other: once it has grown to the largest, nothing is allocated.
#[derive(Debug)]
pub(crate) struct NgramCounts {
    table: Vec<Ngram>,
    /// Places taken, in the order in which the n-grams first stand in the text.
    taken: Vec<u32>,
}

impl NgramCounts {
    pub(crate) fn new() -> Self {
        Self { table: vec![Ngram::default(); SMALLEST], taken: Vec::with_capacity(SMALLEST / 2) }
    }

    /// Counts `text` instead of what was counted before.
    pub(crate) fn count(&mut self, text: &str) {
        for &place in &self.taken {
            self.table[place as usize].count = 0;
        }
        self.taken.clear();
        let text = &text[..text.floor_char_boundary(MOST_BYTES)];
        let mut last: Option<Word> = None;
        words(text, |word| {
            self.add(mix(word.hash), word.start, word.end);
            if let Some(before) = last {
                self.add(mix(before.hash.rotate_left(23) ^ word.hash), before.start, word.end);
            }
            last = Some(word);
        });
    }

    /// The n-grams counted, in the order in which they first stand in the text.
    #[inline]
    pub(crate) fn ngrams(&self) -> impl Iterator<Item = &Ngram> {
        self.taken.iter().map(|&place| &self.table[place as usize])
    }

    #[inline]
    fn add(&mut self, hash: u64, start: usize, end: usize) {
        let key = (hash >> 32) as u32;
        let mask = self.table.len() - 1;
        let mut place = key as usize & mask;
        loop {
            let entry = &mut self.table[place];
            if entry.count == 0 {
                *entry = Ngram { key, count: 1, start: start as u32, end: end as u32 };
                self.taken.push(place as u32);
                break;
            }
            if entry.key == key {
                entry.count += 1;
                return;
            }
            place = (place + 1) & mask;
        }
        if self.taken.len() * 2 > self.table.len() {
            self.grow();
        }
    }

    #[cold]
    fn grow(&mut self) {
        let old = std::mem::take(&mut self.table);
        let mask = old.len() * 2 - 1;
        self.table = vec![Ngram::default(); old.len() * 2];
        for place in &mut self.taken {
            let entry = old[*place as usize];
            let mut free = entry.key as usize & mask;
            while self.table[free].count != 0 {
                free = (free + 1) & mask;
            }
            self.table[free] = entry;
            *place = free as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(counts: &NgramCounts, text: &str) -> Vec<(String, u32)> {
        counts.ngrams().map(|n| (text[n.start as usize..n.end as usize].to_string(), n.count)).collect()
    }

    #[test]
    fn words_and_pairs() {
        let mut counts = NgramCounts::new();
        let text = "Red Hat, red hat red";
        counts.count(text);
        let expected = [("Red", 3), ("Hat", 2), ("Red Hat", 2), ("Hat, red", 2)];
        assert_eq!(counted(&counts, text), expected.map(|(term, count)| (term.to_string(), count)));
        counts.count("other");
        assert_eq!(counted(&counts, "other"), [("other".to_string(), 1)]);
        counts.count("");
        assert_eq!(counts.ngrams().count(), 0);
    }

    #[test]
    fn a_table_that_has_grown_has_lost_nothing() {
        let mut text = String::new();
        let letters: Vec<char> = ('a'..='z').collect();
        for a in &letters {
            for b in &letters {
                for c in &letters[..20] {
                    text.extend([a, b, c, &' ']);
                }
            }
        }
        let mut counts = NgramCounts::new();
        counts.count(&text);
        let words = counts.ngrams().filter(|n| n.end - n.start == 3).count();
        assert_eq!(words, 26 * 26 * 20);
        assert_eq!(counts.ngrams().map(|n| n.count).sum::<u32>() as usize, 2 * words - 1);
    }
}
