//! Rows to a model.

mod calibrate;
mod fit;
mod folds;
mod objective;
mod quantise;
mod report;
mod rows;
#[cfg(test)]
pub(crate) mod tests;
mod trainer;

pub use report::{ClassScores, HeldOut, Interval, Report};
pub use trainer::{Settings, Trained, Trainer};
