//! Text to n-grams: characters are folded, words found, runs of one and two words hashed and counted.

mod fold;
mod ngram_counts;
mod words;

pub(crate) use ngram_counts::NgramCounts;
pub(crate) use words::folded;

/// Changes with anything that changes the n-grams of a text or their hashes: a model knows only those of its version.
pub const FEATURES_VERSION: u32 = 1;
