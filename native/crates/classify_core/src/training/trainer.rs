use super::calibrate::{calibrate, probabilities};
use super::fit::{fit, images};
use super::folds::folds;
use super::objective::Objective;
use super::quantise::quantise;
use super::report::{Belief, HeldOut, Judged, Report};
use super::rows::{Rows, Vectors};
use crate::error::{ModelError, ModelErrorCode};
use crate::model::{Calibration, Kind, Model};
use crate::text::NgramCounts;

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Classes are numbered below this.
    pub classes: u32,
    /// One label a text, or any number.
    pub kind: Kind,
    /// What folds and resamples follow from.
    pub seed: u64,
    /// Parts that are held out in turn, fewer when a class has fewer rows.
    pub folds: usize,
    /// Of the loss against the regularisation.
    pub strength: f64,
    /// A model knows at most so many n-grams.
    pub max_features: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { classes: 2, kind: Kind::Single, seed: 1, folds: 5, strength: 30.0, max_features: 1 << 18 }
    }
}

/// Rows times classes: a training keeps some forty numbers of 8 bytes for each.
const MOST_CELLS: usize = 1 << 22;
/// N-grams of all texts: 14 bytes each.
const MOST_NGRAMS: usize = 1 << 27;
/// Of a class, fewer cannot be both learned from and held out.
const FEWEST_ROWS: usize = 2;
/// From here on a class with a probability of its own is given.
const GIVEN_FROM: f64 = 0.5;

/// Takes labelled texts one by one, keeps their n-grams, and makes a model of them.
#[derive(Debug)]
pub struct Trainer {
    settings: Settings,
    rows: Rows,
    counts: NgramCounts,
}

/// A model, and how good it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Trained {
    /// Trained on all rows, without a header.
    pub model: Model,
    /// Counted on rows that were held out.
    pub report: Report,
    /// By row, in the order in which they were added.
    pub held_out: Vec<HeldOut>,
}

impl Trainer {
    /// Without rows.
    pub fn new(settings: Settings) -> Self {
        Self { settings, rows: Rows::default(), counts: NgramCounts::new() }
    }

    /// Rows so far.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Adds a text with its classes.
    ///
    /// # Errors
    /// `LABELS_INVALID` for a class that there is not, or not one where there must be one; `TRAINING_LIMIT`.
    pub fn add(&mut self, text: &str, classes: &[u32]) -> Result<(), ModelError> {
        let Settings { classes: count, kind, .. } = self.settings;
        if classes.iter().any(|&class| class >= count) || (kind == Kind::Single && classes.len() != 1) {
            let message = format!("Row {} has classes that cannot be: {classes:?} of {count}.", self.rows());
            return Err(ModelError::new(ModelErrorCode::LabelsInvalid, message));
        }
        self.counts.count(text);
        let cells = (self.rows.len() + 1).saturating_mul(count as usize);
        if cells > MOST_CELLS || self.rows.keys.len() + self.counts.ngrams().count() > MOST_NGRAMS {
            let rows = self.rows.len();
            let message = format!("A training takes no more than these {rows} rows of {count} classes; draw a sample.");
            return Err(ModelError::new(ModelErrorCode::TrainingLimit, message));
        }
        for ngram in self.counts.ngrams() {
            self.rows.keys.push(ngram.key);
            self.rows.counts.push(u16::try_from(ngram.count).unwrap_or(u16::MAX));
        }
        self.rows.ends.push(self.rows.keys.len());
        self.rows.classes.extend(classes);
        self.rows.class_ends.push(self.rows.classes.len());
        Ok(())
    }

    /// Trains a model on each part of the rows but one, judges that one by it, calibrates on these judgements, and trains the model on all
    /// rows. `is_up` is asked at each step, some tens of milliseconds.
    ///
    /// # Errors
    /// `LABELS_INVALID` when there are too few rows of a class, `CANCELLED`.
    pub fn train(&self, is_up: &dyn Fn() -> bool) -> Result<Trained, ModelError> {
        let Settings { kind, seed, folds: most_folds, strength, max_features, .. } = self.settings;
        let classes = self.settings.classes as usize;
        let fewest = self.fewest_rows()?;
        let (index, features) = self.rows.vocabulary();
        let cancelled = || ModelError::new(ModelErrorCode::Cancelled, "The training was cancelled.");
        let fit_rows = |trained: Vec<usize>| {
            let objective = Objective::new(&self.rows, &trained, classes, kind, strength);
            let vectors = Vectors::new(&self.rows, &features, index.keys().len(), trained);
            let at = fit(&vectors, &objective, classes, is_up).ok_or_else(cancelled)?;
            Ok((vectors, at))
        };
        let mut logits = vec![0.0; self.rows.len() * classes];
        let folds = folds(&self.rows, classes, most_folds.clamp(2, fewest.max(2)), seed);
        for held_out in &folds {
            let mut is_held = vec![false; self.rows.len()];
            held_out.iter().for_each(|&row| is_held[row] = true);
            let (vectors, at) = fit_rows((0..self.rows.len()).filter(|&row| !is_held[row]).collect())?;
            let images = images(&vectors, &at, classes, held_out);
            for (&row, image) in held_out.iter().zip(images.chunks_exact(classes)) {
                logits[row * classes..(row + 1) * classes].copy_from_slice(image);
            }
        }
        let targets = self.targets(classes);
        let calibration = calibrate(&logits, &targets, classes, kind);
        let (report, held_out) = judge_held_out(logits, targets, &calibration, kind, seed);
        let (vectors, at) = fit_rows((0..self.rows.len()).collect())?;
        let model = quantise(&vectors, &at, index.keys(), kind, calibration, max_features);
        Ok(Trained { model, report, held_out })
    }

    /// Of the class that has the fewest.
    fn fewest_rows(&self) -> Result<usize, ModelError> {
        let Settings { classes, kind, .. } = self.settings;
        let fewest_classes = if kind == Kind::Single { 2 } else { 1 };
        let invalid = |message: String| Err(ModelError::new(ModelErrorCode::LabelsInvalid, message));
        if classes < fewest_classes {
            return invalid(format!("There are {classes} classes; a model needs {fewest_classes} at least."));
        }
        let mut having = vec![0_usize; classes as usize];
        self.rows.classes.iter().for_each(|&class| having[class as usize] += 1);
        let (class, fewest) = having.iter().copied().enumerate().min_by_key(|&(_, count)| count).unwrap_or((0, 0));
        if fewest < FEWEST_ROWS {
            return invalid(format!("Class {class} has {fewest} rows; {FEWEST_ROWS} at least are needed."));
        }
        if kind == Kind::Multi && having.iter().any(|&count| self.rows.len() - count < FEWEST_ROWS) {
            return invalid("A class that all rows have cannot be learned.".to_string());
        }
        Ok(fewest)
    }

    fn targets(&self, classes: usize) -> Vec<u8> {
        let mut targets = vec![0; self.rows.len() * classes];
        for row in 0..self.rows.len() {
            self.rows.classes_of(row).iter().for_each(|&class| targets[row * classes + class as usize] = 1);
        }
        targets
    }
}

fn judge_held_out(
    mut logits: Vec<f64>,
    targets: Vec<u8>,
    calibration: &[Calibration],
    kind: Kind,
    seed: u64,
) -> (Report, Vec<HeldOut>) {
    let classes = calibration.len();
    let mut given = vec![0; targets.len()];
    let mut held_out = Vec::with_capacity(targets.len() / classes);
    let mut beliefs = Vec::new();
    let plain = vec![Calibration { slope: 1.0, offset: 0.0 }; classes];
    for (row, logits) in logits.chunks_exact_mut(classes).enumerate() {
        let mut before = logits.to_vec();
        probabilities(&mut before, &plain, kind);
        probabilities(logits, calibration, kind);
        let best = (1..classes).fold(0, |best, class| if logits[class] > logits[best] { class } else { best });
        held_out.push(HeldOut { best: best as u32, confidence: logits[best] as f32 });
        let from = row * classes;
        let mut believe = |class: usize| {
            let right = targets[from + class] == 1;
            beliefs.push(Belief { confidence: logits[class], before: before[class], right });
        };
        match kind {
            Kind::Single => {
                given[from + best] = 1;
                believe(best);
            }
            Kind::Multi => {
                (0..classes).for_each(&mut believe);
                given[from..from + classes]
                    .iter_mut()
                    .zip(logits.iter())
                    .for_each(|(given, &probability)| *given = u8::from(probability >= GIVEN_FROM));
            }
        }
    }
    let beliefs_a_row = if kind == Kind::Single { 1 } else { classes };
    (Judged { classes, targets, given, beliefs, beliefs_a_row }.report(seed), held_out)
}
