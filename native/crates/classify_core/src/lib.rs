//! A classifier of texts that is trained from labelled ones: hashed word n-grams, weighted by how rare they are, and a
//! logistic regression whose confidence is calibrated on rows that it was not trained on.
//!
//! The crate is pure: no file, network, clock, environment or console, and no `unsafe` of its own. The same rows in the same
//! order give the same bytes of a model on every machine: sums have a fixed order, and exponentials and logarithms are
//! computed here ([`numeric`]) rather than by the system's library.
//!
//! `text` makes n-grams of a text, `model` judges and is kept as a file, `training` makes a model of rows.

#![forbid(unsafe_code)]

mod error;
mod model;
mod numeric;
mod random;
mod text;
mod training;

pub use error::{ModelError, ModelErrorCode};
pub use model::{Judgement, Kind, Model, Scratch, Term};
pub use text::FEATURES_VERSION;
pub use training::{ClassScores, HeldOut, Interval, Report, Settings, Trained, Trainer};
