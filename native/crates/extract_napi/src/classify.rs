//! Binding of `classify_core`. Errors are values here too, and a panic is one of them.

use crate::raw::RawError;
use classify_core::{Interval, Kind, Model, ModelError, ModelErrorCode, Report, Scratch, Settings, Trained, Trainer};
use napi::bindgen_prelude::{AsyncTask, Float32Array, Float64Array, Uint8Array, Uint32Array};
use napi::{Env, Task};
use napi_derive::napi;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A model that judges texts, one after the other.
#[napi]
pub struct NativeModel {
    model: Model,
    scratch: Scratch,
}

/// A model, or why there is none.
#[napi(object, object_from_js = false)]
pub struct RawModelResult {
    /// The model.
    pub model: Option<NativeModel>,
    /// Why there is none.
    pub error: Option<RawError>,
}

/// What a model says of a text.
#[napi(object, object_from_js = false)]
pub struct RawJudgement {
    /// By class.
    pub probabilities: Float64Array,
    /// Different n-grams of the text.
    pub ngrams: u32,
    /// Of these, those that the model knows.
    pub known: u32,
    /// What spoke for the most probable class.
    pub terms: Vec<RawTerm>,
    /// A defect.
    pub error: Option<RawError>,
}

/// An n-gram that spoke for a class.
#[napi(object, object_from_js = false)]
pub struct RawTerm {
    /// As it stands in the text, folded.
    pub term: String,
    /// What it adds to the logit.
    pub weight: f64,
}

/// Reads the file of a model.
#[napi]
pub fn load_model(bytes: &[u8]) -> RawModelResult {
    match guarded(|| Model::from_bytes(bytes)) {
        Ok(model) => RawModelResult { model: Some(NativeModel::new(model)), error: None },
        Err(error) => RawModelResult { model: None, error: Some(raw_error(error)) },
    }
}

#[napi]
impl NativeModel {
    fn new(model: Model) -> Self {
        Self { model, scratch: Scratch::default() }
    }

    /// Number of classes.
    #[napi(getter)]
    pub fn classes(&self) -> u32 {
        self.model.classes() as u32
    }

    /// Number of n-grams that it knows.
    #[napi(getter)]
    pub fn features(&self) -> u32 {
        self.model.features() as u32
    }

    /// Whether a text may have any number of classes.
    #[napi(getter)]
    pub fn multi(&self) -> bool {
        self.model.kind() == Kind::Multi
    }

    /// What was written into its file.
    #[napi(getter)]
    pub fn header(&self) -> String {
        self.model.header().to_string()
    }

    /// Its file, with a header.
    #[napi]
    pub fn to_bytes(&self, header: String) -> Uint8Array {
        self.model.to_bytes(&header).into()
    }

    /// Judges a text in UTF-8; with up to so many terms that spoke for the most probable class.
    #[napi]
    pub fn judge(&mut self, text: &[u8], most_terms: u32) -> RawJudgement {
        let Self { model, scratch } = self;
        let judged = guarded(|| {
            let text = String::from_utf8_lossy(text);
            let judged = model.judge(&text, scratch);
            let (best, length) = (judged.best(), judged.length());
            let (ngrams, known) = (judged.ngrams as u32, judged.known as u32);
            let probabilities = Float64Array::new(judged.probabilities.to_vec());
            let terms = match most_terms {
                0 => Vec::new(),
                most => model.explain(&text, scratch, best, length, most as usize),
            };
            let terms =
                terms.into_iter().map(|term| RawTerm { term: term.term, weight: f64::from(term.weight) }).collect();
            Ok(RawJudgement { probabilities, ngrams, known, terms, error: None })
        });
        judged.unwrap_or_else(|error| {
            // What a panic left in there is not to be trusted.
            self.scratch = Scratch::default();
            let (probabilities, error) = (Float64Array::new(Vec::new()), Some(raw_error(error)));
            RawJudgement { probabilities, ngrams: 0, known: 0, terms: Vec::new(), error }
        })
    }
}

/// How to train.
#[napi(object)]
pub struct RawTrainSettings {
    /// Number of classes.
    pub classes: u32,
    /// Any number of classes a text.
    pub multi: bool,
    /// What chance follows from.
    pub seed: u32,
    /// A model knows at most so many n-grams.
    pub max_features: Option<u32>,
}

/// Takes rows and trains a model of them, once.
#[napi]
pub struct NativeTrainer {
    trainer: Option<Trainer>,
    cancelled: Arc<AtomicBool>,
}

#[napi]
impl NativeTrainer {
    /// Without rows.
    #[napi(constructor)]
    pub fn new(raw: RawTrainSettings) -> Self {
        let default = Settings::default();
        let settings = Settings {
            classes: raw.classes,
            kind: if raw.multi { Kind::Multi } else { Kind::Single },
            seed: u64::from(raw.seed),
            max_features: raw.max_features.map_or(default.max_features, |most| most as usize),
            ..default
        };
        Self { trainer: Some(Trainer::new(settings)), cancelled: Arc::default() }
    }

    /// Adds a text in UTF-8 with its classes; the error, if there is one.
    #[napi]
    pub fn add(&mut self, text: &[u8], classes: Vec<u32>) -> Option<RawError> {
        let trainer = &mut self.trainer;
        let added = guarded(|| match trainer {
            Some(trainer) => trainer.add(&String::from_utf8_lossy(text), &classes),
            None => Err(used_up()),
        });
        added.err().map(raw_error)
    }

    /// Trains on a thread of the pool.
    #[napi(ts_return_type = "Promise<RawTrained>")]
    pub fn train(&mut self) -> AsyncTask<Training> {
        AsyncTask::new(Training { trainer: self.trainer.take(), cancelled: self.cancelled.clone() })
    }

    /// Ends a training that runs, with CANCELLED.
    #[napi]
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// A training waiting for its thread.
pub struct Training {
    trainer: Option<Trainer>,
    cancelled: Arc<AtomicBool>,
}

impl Task for Training {
    type Output = Result<Trained, ModelError>;
    type JsValue = RawTrained;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        let (trainer, cancelled) = (self.trainer.take(), &self.cancelled);
        Ok(guarded(|| trainer.ok_or_else(used_up)?.train(&|| cancelled.load(Ordering::Relaxed))))
    }

    fn resolve(&mut self, _: Env, output: Self::Output) -> napi::Result<Self::JsValue> {
        Ok(match output {
            Ok(trained) => RawTrained::new(trained),
            Err(error) => {
                RawTrained { model: None, report: None, best: None, confidence: None, error: Some(raw_error(error)) }
            }
        })
    }
}

/// A model and its scores, or why there is none.
#[napi(object, object_from_js = false)]
pub struct RawTrained {
    /// The model, without a header.
    pub model: Option<NativeModel>,
    /// Scores on rows that were held out.
    pub report: Option<RawReport>,
    /// By row, the most probable class when it was held out.
    pub best: Option<Uint32Array>,
    /// By row, the probability of that.
    pub confidence: Option<Float32Array>,
    /// Why there is no model.
    pub error: Option<RawError>,
}

/// Scores.
#[napi(object, object_from_js = false)]
pub struct RawReport {
    /// By class: rows, precision, recall, F1.
    pub classes: Float64Array,
    /// Value, lower and upper bound.
    pub accuracy: Vec<f64>,
    /// Value, lower and upper bound.
    pub macro_f1: Vec<f64>,
    /// Value, lower and upper bound.
    pub calibration_error: Vec<f64>,
    /// Without calibration.
    pub calibration_error_before: f64,
}

impl RawTrained {
    fn new(Trained { model, report, held_out }: Trained) -> Self {
        let best: Vec<u32> = held_out.iter().map(|row| row.best).collect();
        let confidence: Vec<f32> = held_out.iter().map(|row| row.confidence).collect();
        Self {
            model: Some(NativeModel::new(model)),
            report: Some(RawReport::new(&report)),
            best: Some(best.into()),
            confidence: Some(confidence.into()),
            error: None,
        }
    }
}

impl RawReport {
    fn new(report: &Report) -> Self {
        let bounds = |Interval { value, low, high }: Interval| vec![value, low, high];
        let classes = report.classes.iter();
        let classes: Vec<f64> =
            classes.flat_map(|class| [class.rows as f64, class.precision, class.recall, class.f1]).collect();
        Self {
            classes: classes.into(),
            accuracy: bounds(report.accuracy),
            macro_f1: bounds(report.macro_f1),
            calibration_error: bounds(report.calibration_error),
            calibration_error_before: report.calibration_error_before,
        }
    }
}

fn used_up() -> ModelError {
    ModelError { code: ModelErrorCode::LabelsInvalid, message: "This training has been started already.".to_string() }
}

fn raw_error(error: ModelError) -> RawError {
    RawError { code: error.code.as_str().to_string(), message: error.message, page: None }
}

/// Node-API aborts the process on a panic, so none may pass this point.
fn guarded<T>(work: impl FnOnce() -> Result<T, ModelError>) -> Result<T, ModelError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let what = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
        let message = format!("a defect of the classifier: {}", what.unwrap_or("no message"));
        Err(ModelError { code: ModelErrorCode::NativePanic, message })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_the_classifier_becomes_an_error() {
        let error = guarded::<()>(|| panic!("made to fail")).err();
        assert_eq!(error.map(|error| error.code), Some(ModelErrorCode::NativePanic));
    }
}
