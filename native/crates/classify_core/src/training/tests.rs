#![allow(clippy::expect_used, reason = "a test may panic")]

use super::fit::{fit, images};
use super::objective::Objective;
use super::rows::{Rows, Vectors};
use super::{Settings, Trained, Trainer};
use crate::error::ModelErrorCode;
use crate::model::{Kind, Scratch};
use crate::random::Random;
use crate::text::NgramCounts;

/// Words of a subject, and those that stand in all texts.
const SUBJECTS: [[&str; 6]; 3] = [
    ["goal", "match", "league", "striker", "referee", "stadium"],
    ["bank", "shares", "profit", "market", "dividend", "merger"],
    ["film", "actor", "premiere", "director", "festival", "script"],
];
const PLAIN: [&str; 8] = ["the", "year", "people", "said", "after", "new", "week", "report"];

/// A text of `subjects`, a quarter of its words telling.
pub(crate) fn text(random: &mut Random, subjects: &[u32]) -> String {
    let mut words = Vec::new();
    for _ in 0..40 {
        words.push(PLAIN[random.below(PLAIN.len())]);
        for &subject in subjects {
            if random.below(3) == 0 {
                words.push(SUBJECTS[subject as usize][random.below(6)]);
            }
        }
    }
    words.join(" ")
}

pub(crate) fn trained(rows: usize, seed: u64) -> Trained {
    let mut random = Random::new(seed);
    let mut trainer = Trainer::new(Settings { classes: 3, ..Settings::default() });
    for row in 0..rows {
        let class = (row % 3) as u32;
        trainer.add(&text(&mut random, &[class]), &[class]).expect("a row");
    }
    trainer.train(&|| false).expect("a model")
}

#[test]
fn learns_what_tells_texts_apart() {
    let Trained { model, report, held_out } = trained(60, 1);
    assert!(report.accuracy.value > 0.95, "{report:?}");
    assert!(report.accuracy.low < report.accuracy.value && report.macro_f1.low <= report.macro_f1.value);
    assert!(report.classes.iter().all(|class| class.rows == 20));
    assert_eq!(held_out.len(), 60);
    let mut scratch = Scratch::default();
    let mut random = Random::new(99);
    for row in 0..90_u32 {
        let judged = model.judge(&text(&mut random, &[row % 3]), &mut scratch);
        assert_eq!(judged.best(), (row % 3) as usize, "{judged:?}");
    }
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let (first, again, other) = (trained(30, 5), trained(30, 5), trained(30, 6));
    assert_eq!(first.model.to_bytes("{}"), again.model.to_bytes("{}"));
    assert_eq!((&first.report, &first.held_out), (&again.report, &again.held_out));
    assert_ne!(first.model.to_bytes("{}"), other.model.to_bytes("{}"));
}

#[test]
fn texts_without_known_words_are_judged_without_confidence() {
    let model = trained(60, 1).model;
    let mut scratch = Scratch::default();
    for text in
        ["", "Σήμερα ο καιρός είναι καλός", "quite other vocabulary altogether, with one goal somewhere inside of it"]
    {
        let judged = model.judge(text, &mut scratch);
        let best = judged.probabilities[judged.best()];
        assert!(best < 0.7, "{text}: {judged:?}");
    }
}

#[test]
fn the_optimum_is_one() {
    let mut random = Random::new(3);
    let mut rows = Rows::default();
    let mut counts = NgramCounts::new();
    for row in 0..24_u32 {
        counts.count(&text(&mut random, &[row % 3]));
        for ngram in counts.ngrams() {
            rows.keys.push(ngram.key);
            rows.counts.push(ngram.count as u16);
        }
        rows.ends.push(rows.keys.len());
        rows.classes.push(row % 3);
        rows.class_ends.push(rows.classes.len());
    }
    for kind in [Kind::Single, Kind::Multi] {
        let (index, features) = rows.vocabulary();
        let all: Vec<usize> = (0..24).collect();
        let objective = Objective::new(&rows, &all, 3, kind, 10.0);
        let vectors = Vectors::new(&rows, &features, index.keys().len(), all.clone());
        let at = fit(&vectors, &objective, 3, &|| false).expect("not cancelled");
        // At the optimum the weights are the negative gradient of the loss: B = -slopes, in the span of the texts.
        let mut slopes = vec![0.0; at.len()];
        objective.evaluate(&images(&vectors, &at, 3, &all), &mut slopes);
        let rest: f64 = at.iter().zip(&slopes).map(|(at, slope)| (at + slope).powi(2)).sum();
        let whole: f64 = at.iter().map(|at| at * at).sum();
        assert!(rest.sqrt() < 0.02 * whole.sqrt(), "{kind:?}: {rest} of {whole}");
    }
}

#[test]
fn any_number_of_labels() {
    let mut random = Random::new(8);
    let mut trainer = Trainer::new(Settings { classes: 3, kind: Kind::Multi, ..Settings::default() });
    let sets: [&[u32]; 5] = [&[0], &[1], &[0, 2], &[1, 2], &[]];
    for row in 0..100 {
        let set = sets[row % 5];
        trainer.add(&text(&mut random, set), set).expect("a row");
    }
    let Trained { model, report, .. } = trainer.train(&|| false).expect("a model");
    assert!(report.macro_f1.value > 0.95, "{report:?}");
    let mut scratch = Scratch::default();
    for set in sets {
        let judged = model.judge(&text(&mut random, set), &mut scratch);
        for class in 0..3 {
            assert_eq!(judged.probabilities[class] > 0.5, set.contains(&(class as u32)), "{set:?} {judged:?}");
        }
    }
}

#[test]
fn rows_that_cannot_be_learned_from() {
    let mut trainer = Trainer::new(Settings { classes: 2, ..Settings::default() });
    let code = |result: Result<(), crate::ModelError>| result.err().map(|error| error.code);
    assert_eq!(code(trainer.add("a text", &[2])), Some(ModelErrorCode::LabelsInvalid));
    assert_eq!(code(trainer.add("a text", &[])), Some(ModelErrorCode::LabelsInvalid));
    assert_eq!(code(trainer.add("a text", &[0, 1])), Some(ModelErrorCode::LabelsInvalid));
    for _ in 0..3 {
        assert_eq!(code(trainer.add("a text", &[0])), None);
    }
    assert_eq!(trainer.train(&|| false).map_err(|error| error.code), Err(ModelErrorCode::LabelsInvalid));
    // Rows without any word, all alike: nothing can be learned, and nothing fails.
    for class in [0, 1, 1] {
        assert_eq!(code(trainer.add("", &[class])), None);
    }
    assert!(trainer.train(&|| false).is_ok());
    assert_eq!(trainer.train(&|| true).map_err(|error| error.code), Err(ModelErrorCode::Cancelled));
}
