use super::{Kind, Model};
use crate::numeric::{ln, sigmoid, softmax};
use crate::text::{NgramCounts, folded};

/// What is needed to judge one text after the other without allocating.
#[derive(Debug)]
pub struct Scratch {
    counts: NgramCounts,
    /// What an n-gram counts that stands so often in a text: 1 + ln count.
    damped: Vec<f32>,
    logits: Vec<f32>,
    probabilities: Vec<f64>,
    /// Known n-grams of the text: feature, its value before normalisation, where it stands.
    known: Vec<Known>,
    homes: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    feature: u32,
    value: f32,
    start: u32,
    end: u32,
}

/// What a model says of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement<'a> {
    /// By class.
    pub probabilities: &'a [f64],
    /// Different n-grams of the text, and how many of them the model knows. No n-gram: the probabilities say nothing.
    pub ngrams: usize,
    /// See `ngrams`.
    pub known: usize,
    /// Length of the text's vector, by which weights are divided.
    length: f32,
}

/// An n-gram that spoke for a class.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// As it stands in the text, folded.
    pub term: String,
    /// What it adds to the calibrated logit.
    pub weight: f32,
}

const DAMPED: usize = 256;
const MOST_TERM_CHARACTERS: usize = 60;

impl Default for Scratch {
    fn default() -> Self {
        let damped = (0..DAMPED).map(|count| damp(count as u32)).collect();
        let counts = NgramCounts::new();
        Self { counts, damped, logits: Vec::new(), probabilities: Vec::new(), known: Vec::new(), homes: Vec::new() }
    }
}

impl Scratch {
    fn damped(&self, count: u32) -> f32 {
        self.damped.get(count as usize).copied().unwrap_or_else(|| damp(count))
    }
}

pub(crate) fn damp(count: u32) -> f32 {
    (1.0 + ln(f64::from(count.max(1)))) as f32
}

impl Model {
    /// Judges a text.
    pub fn judge<'a>(&self, text: &str, scratch: &'a mut Scratch) -> Judgement<'a> {
        let classes = self.classes();
        scratch.counts.count(text);
        scratch.logits.clear();
        scratch.logits.resize(classes, 0.0);
        scratch.known.clear();
        scratch.homes.clear();
        scratch.homes.extend(scratch.counts.ngrams().map(|ngram| self.index.home(ngram.key)));
        let unseen = Self::inverse_frequency(self.rows, 0);
        let mut square = 0.0_f32;
        for (ngram, &home) in scratch.counts.ngrams().zip(&scratch.homes) {
            let damped = scratch.damped(ngram.count);
            match self.index.find(ngram.key, home) {
                None => square += (damped * unseen) * (damped * unseen),
                Some(feature) => {
                    scratch.known.push(Known {
                        feature: feature as u32,
                        value: damped,
                        start: ngram.start,
                        end: ngram.end,
                    });
                }
            }
        }
        for known in &mut scratch.known {
            known.value *= self.idf[known.feature as usize];
            square += known.value * known.value;
        }
        for known in &scratch.known {
            let feature = known.feature as usize;
            let step = known.value * self.scale[feature];
            let steps = &self.steps[feature * classes..(feature + 1) * classes];
            for (logit, &count) in scratch.logits.iter_mut().zip(steps) {
                *logit += step * f32::from(count);
            }
        }
        let length = if square > 0.0 { square.sqrt() } else { 1.0 };
        let calibrated = scratch.logits.iter().zip(&self.calibration);
        scratch.probabilities.clear();
        scratch.probabilities.extend(calibrated.map(|(logit, by)| f64::from(by.slope * (logit / length) + by.offset)));
        match self.kind {
            Kind::Single => {
                softmax(&mut scratch.probabilities);
            }
            Kind::Multi => scratch.probabilities.iter_mut().for_each(|logit| *logit = sigmoid(*logit)),
        }
        Judgement {
            probabilities: &scratch.probabilities,
            ngrams: scratch.homes.len(),
            known: scratch.known.len(),
            length,
        }
    }

    /// The n-grams of the text judged last that spoke most for `class`, strongest first. `text` and `length` are those of that
    /// judgement.
    pub fn explain(&self, text: &str, scratch: &Scratch, class: usize, length: f32, most: usize) -> Vec<Term> {
        let slope = self.calibration[class].slope;
        let weight_of = |known: &Known| {
            let feature = known.feature as usize;
            let step = f32::from(self.steps[feature * self.classes() + class]);
            slope * known.value * self.scale[feature] * step / length
        };
        let mut weighted: Vec<(f32, &Known)> = scratch.known.iter().map(|known| (weight_of(known), known)).collect();
        weighted.retain(|(weight, _)| *weight > 0.0);
        // A stable order: the first in the text of those that weigh the same.
        weighted.sort_by(|left, right| right.0.total_cmp(&left.0));
        weighted.truncate(most);
        let term = |known: &Known| {
            folded(text.get(known.start as usize..known.end as usize).unwrap_or(""), MOST_TERM_CHARACTERS)
        };
        weighted.into_iter().map(|(weight, known)| Term { term: term(known), weight }).collect()
    }
}

impl Judgement<'_> {
    /// See [`Model::explain`].
    pub fn length(&self) -> f32 {
        self.length
    }

    /// The most probable class; of several, the first.
    pub fn best(&self) -> usize {
        let mut best = 0;
        for (class, probability) in self.probabilities.iter().enumerate() {
            if *probability > self.probabilities[best] {
                best = class;
            }
        }
        best
    }
}
