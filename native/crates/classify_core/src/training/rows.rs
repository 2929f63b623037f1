//! The rows of a training: for each text its n-grams, weighted and of length 1, and its classes.

use crate::model::damp;
use crate::model::{Index, Model};

/// Counted n-grams and classes of all texts, as they were added.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Where the n-grams of a row end.
    pub(super) ends: Vec<usize>,
    pub(super) keys: Vec<u32>,
    pub(super) counts: Vec<u16>,
    /// Where the classes of a row end.
    pub(super) class_ends: Vec<usize>,
    pub(super) classes: Vec<u32>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn ngrams(&self, row: usize) -> core::ops::Range<usize> {
        (if row == 0 { 0 } else { self.ends[row - 1] })..self.ends[row]
    }

    pub(super) fn classes_of(&self, row: usize) -> &[u32] {
        &self.classes[if row == 0 { 0 } else { self.class_ends[row - 1] }..self.class_ends[row]]
    }

    /// All n-grams in the order of their keys, and the number of each where keys stand.
    pub(super) fn vocabulary(&self) -> (Index, Vec<u32>) {
        let mut keys = self.keys.clone();
        keys.sort_unstable();
        keys.dedup();
        let index = Index::new(keys);
        let features = self.keys.iter().map(|&key| index.get(key).unwrap_or(0) as u32).collect();
        (index, features)
    }
}

/// Rows as vectors, weighted by what `trained` of them say about how rare n-grams are.
#[derive(Debug)]
pub(super) struct Vectors<'a> {
    rows: &'a Rows,
    /// By n-gram of a row: which feature.
    features: &'a [u32],
    /// By n-gram of a row: its value, so that a row has the length 1.
    values: Vec<f32>,
    /// By feature: rows of `trained` that have it.
    pub(super) document_frequency: Vec<u32>,
    pub(super) trained: Vec<usize>,
}

impl<'a> Vectors<'a> {
    pub(super) fn new(rows: &'a Rows, features: &'a [u32], feature_count: usize, trained: Vec<usize>) -> Self {
        let mut document_frequency = vec![0; feature_count];
        for &row in &trained {
            features[rows.ngrams(row)].iter().for_each(|&feature| document_frequency[feature as usize] += 1);
        }
        let count = trained.len() as u32;
        let idf: Vec<f32> = document_frequency.iter().map(|&df| Model::inverse_frequency(count, df)).collect();
        let damped: Vec<f32> = (0..=u32::from(u16::MAX)).map(damp).collect();
        let mut values = vec![0.0; rows.keys.len()];
        for row in 0..rows.len() {
            let mut square = 0.0_f32;
            for at in rows.ngrams(row) {
                values[at] = damped[usize::from(rows.counts[at])] * idf[features[at] as usize];
                square += values[at] * values[at];
            }
            let length = if square > 0.0 { square.sqrt() } else { 1.0 };
            rows.ngrams(row).for_each(|at| values[at] /= length);
        }
        Self { rows, features, values, document_frequency, trained }
    }

    /// Features and values of a row.
    #[inline]
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = (usize, f32)> {
        let range = self.rows.ngrams(row);
        self.features[range.clone()].iter().zip(&self.values[range]).map(|(&feature, &value)| (feature as usize, value))
    }

    pub(super) fn feature_count(&self) -> usize {
        self.document_frequency.len()
    }
}
