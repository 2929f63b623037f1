#![allow(clippy::expect_used, reason = "a test may panic")]

use super::{Model, Scratch};
use crate::error::ModelErrorCode;
use crate::random::Random;
use crate::training::tests::{text, trained};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::sync::OnceLock;

#[test]
fn a_file_is_the_model_that_was_written() {
    let model = trained(30, 2).model;
    let bytes = model.to_bytes("{\"labels\":[\"ä\"]}");
    let read = Model::from_bytes(&bytes).expect("a model");
    assert_eq!(read.header(), "{\"labels\":[\"ä\"]}");
    assert_eq!(Model { header: String::new(), ..read.clone() }, model);
    assert_eq!(read.to_bytes(read.header()), bytes);
}

#[test]
fn a_file_that_is_cut_or_longer_is_none() {
    let bytes = trained(12, 2).model.to_bytes("{}");
    let code = |bytes: &[u8]| Model::from_bytes(bytes).map_err(|error| error.code);
    for length in 0..bytes.len() {
        assert_eq!(code(&bytes[..length]), Err(ModelErrorCode::ModelInvalid), "{length}");
    }
    assert_eq!(code(&[&bytes[..], b"x"].concat()), Err(ModelErrorCode::ModelInvalid));
    assert!(code(&bytes).is_ok());
}

#[test]
fn terms_are_those_that_spoke_for_the_class() {
    let model = trained(60, 1).model;
    let mut scratch = Scratch::default();
    let text = "After a new report the Dividend of the bank said people; the profit, the year.";
    let judged = model.judge(text, &mut scratch);
    let (best, length) = (judged.best(), judged.length());
    assert_eq!(best, 1);
    let terms = model.explain(text, &scratch, best, length, 3);
    let mut names: Vec<&str> = terms.iter().map(|term| term.term.as_str()).collect();
    assert!(terms.is_sorted_by(|left, right| left.weight >= right.weight));
    names.sort_unstable();
    assert_eq!(names, ["bank", "dividend", "profit"]);
}

#[test]
fn judging_allocates_nothing() {
    let model = trained(30, 2).model;
    let mut random = Random::new(4);
    let texts: Vec<String> = (0..50).map(|row| text(&mut random, &[row % 3])).collect();
    let mut scratch = Scratch::default();
    let judge_all = |scratch: &mut Scratch| texts.iter().map(|text| model.judge(text, scratch).best()).sum::<usize>();
    judge_all(&mut scratch);
    let counted = allocation_counter::measure(|| {
        judge_all(&mut scratch);
    });
    assert_eq!(counted.count_total, 0);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_101),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_are_a_model_or_none(changes in proptest::collection::vec((0_usize..4096, any::<u8>()), 1..8), text in ".{0,200}") {
        static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
        let mut bytes = BYTES.get_or_init(|| trained(6, 2).model.to_bytes("{}")).clone();
        let length = bytes.len();
        for (at, byte) in changes {
            bytes[at % length] = byte;
        }
        if let Ok(model) = Model::from_bytes(&bytes) {
            let mut scratch = Scratch::default();
            let judged = model.judge(&text, &mut scratch);
            prop_assert!(judged.probabilities.iter().all(|probability| (0.0..=1.0).contains(probability)));
            let (best, length) = (judged.best(), judged.length());
            model.explain(&text, &scratch, best, length, 5);
        }
    }

    #[test]
    fn any_text_is_judged(text in "\\PC{0,400}") {
        static MODEL: OnceLock<Model> = OnceLock::new();
        let model = MODEL.get_or_init(|| trained(6, 2).model);
        let mut scratch = Scratch::default();
        let judged = model.judge(&text, &mut scratch);
        prop_assert!((judged.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        let (best, length) = (judged.best(), judged.length());
        model.explain(&text, &scratch, best, length, 5);
    }
}
