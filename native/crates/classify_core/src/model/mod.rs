//! A model: what it knows of n-grams, how it judges a text, how it is kept as a file.

mod file;
mod index;
mod judge;
#[cfg(test)]
mod tests;

pub(crate) use index::Index;
pub(crate) use judge::damp;
pub use judge::{Judgement, Scratch, Term};

use crate::numeric::ln;

/// How many labels a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Exactly one: the probabilities of all classes sum to 1.
    Single,
    /// Any number: each class has a probability of its own.
    Multi,
}

/// What turns the logit of a class into one whose probability can be believed: `slope · logit + offset`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Calibration {
    pub(crate) slope: f32,
    pub(crate) offset: f32,
}

/// A trained classifier. Classes are numbers; what they are called stands in the header, which is the caller's.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub(crate) kind: Kind,
    /// Texts it was trained on.
    pub(crate) rows: u32,
    pub(crate) calibration: Vec<Calibration>,
    pub(crate) index: Index,
    /// By feature: texts of the training that have it.
    pub(crate) document_frequency: Vec<u32>,
    /// By feature: see [`Self::inverse_frequency`].
    pub(crate) idf: Vec<f32>,
    /// By feature: what one step of its weights is worth.
    pub(crate) scale: Vec<f32>,
    /// Feature by feature, a step count for each class.
    pub(crate) steps: Vec<i8>,
    pub(crate) header: String,
}

impl Model {
    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.calibration.len()
    }

    /// Number of n-grams that it knows.
    pub fn features(&self) -> usize {
        self.scale.len()
    }

    /// One label or any number.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What the caller wrote into it.
    pub fn header(&self) -> &str {
        &self.header
    }

    /// How rare an n-gram is that stands in `frequency` of `rows` texts: ln((1 + rows) / (1 + frequency)) + 1, smoothed so that one
    /// that was never seen has a value too. These count in the length of a text, so that one that is mostly unknown has
    /// low logits and a low confidence.
    pub(crate) fn inverse_frequency(rows: u32, frequency: u32) -> f32 {
        (ln((1.0 + f64::from(rows)) / (1.0 + f64::from(frequency))) + 1.0) as f32
    }
}
