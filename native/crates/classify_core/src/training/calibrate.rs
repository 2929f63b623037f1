//! What makes the confidence of a model one that can be believed, fitted on logits of rows that it was not trained on.

use crate::model::{Calibration, Kind};
use crate::numeric::{exp, ln, sigmoid, softmax};

const STEEPEST: f64 = 100.0;
const FLATTEST: f64 = 0.01;
const HALVINGS: usize = 40;

/// By class, from held-out `logits` and the `targets` (1: the row has the class), both row by row.
pub(super) fn calibrate(logits: &[f64], targets: &[u8], classes: usize, kind: Kind) -> Vec<Calibration> {
    match kind {
        Kind::Single => {
            let slope = temperature(logits, targets, classes) as f32;
            vec![Calibration { slope, offset: 0.0 }; classes]
        }
        Kind::Multi => (0..classes).map(|class| platt(logits, targets, classes, class)).collect(),
    }
}

/// Probabilities of a row, in place of its logits.
pub(super) fn probabilities(logits: &mut [f64], calibration: &[Calibration], kind: Kind) {
    for (logit, by) in logits.iter_mut().zip(calibration) {
        *logit = f64::from(by.slope) * *logit + f64::from(by.offset);
    }
    match kind {
        Kind::Single => {
            softmax(logits);
        }
        Kind::Multi => logits.iter_mut().for_each(|logit| *logit = sigmoid(*logit)),
    }
}

/// The factor of all logits under which the held-out rows are likeliest (Guo et al., On Calibration of Modern Neural Networks,
/// ICML 2017: temperature scaling). The slope of the likelihood falls all the way, so halving finds where it is 0. Targets are kept off 0
/// and 1 as Platt's are: a few rows that are all judged rightly are no reason to be sure of everything.
fn temperature(logits: &[f64], targets: &[u8], classes: usize) -> f64 {
    let mut row = vec![0.0; classes];
    let (count, all) = (classes as f64, (targets.len() / classes) as f64);
    let doubt = 1.0 / (all + 2.0);
    let goal = |target: u8| (1.0 - doubt) * f64::from(target) + doubt / count;
    let mut too_flat = |by: f64| {
        let mut slope = 0.0;
        for (logits, targets) in logits.chunks_exact(classes).zip(targets.chunks_exact(classes)) {
            row.iter_mut().zip(logits).for_each(|(to, logit)| *to = by * logit);
            softmax(&mut row);
            for ((probability, logit), &target) in row.iter().zip(logits).zip(targets) {
                slope += (goal(target) - probability) * logit;
            }
        }
        slope > 0.0
    };
    let (mut low, mut high) = (ln(FLATTEST), ln(STEEPEST));
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if too_flat(exp(middle)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    exp((low + high) / 2.0)
}

/// Slope and offset of one class by Newton's method with targets kept off 0 and 1 (Platt 1999, in the form of Lin, Lin and Weng, A Note on
/// Platt's Probabilistic Outputs for Support Vector Machines, Machine Learning 68, 2007).
fn platt(logits: &[f64], targets: &[u8], classes: usize, class: usize) -> Calibration {
    let column = |from: usize| (from + class..).step_by(classes);
    let rows = targets.len() / classes;
    let with = column(0).take(rows).filter(|&at| targets[at] == 1).count() as f64;
    let without = rows as f64 - with;
    let (high, low) = ((with + 1.0) / (with + 2.0), 1.0 / (without + 2.0));
    let goal = |at: usize| if targets[at] == 1 { high } else { low };
    let loss = |slope: f64, offset: f64| -> f64 {
        let of = |at: usize| {
            let z = slope * logits[at] + offset;
            z.max(0.0) + ln(1.0 + exp(-z.abs())) - goal(at) * z
        };
        column(0).take(rows).map(of).sum()
    };
    let (mut slope, mut offset) = (0.0, ln((with + 1.0) / (without + 1.0)));
    let mut value = loss(slope, offset);
    for _ in 0..100 {
        // A little on the diagonal keeps the matrix one that can be inverted.
        let (mut h11, mut h22, mut h21, mut g1, mut g2) = (1e-12, 1e-12, 0.0, 0.0, 0.0);
        for at in column(0).take(rows) {
            let z = logits[at];
            let probability = sigmoid(slope * z + offset);
            let (curve, error) = (probability * (1.0 - probability), probability - goal(at));
            h11 += z * z * curve;
            h22 += curve;
            h21 += z * curve;
            g1 += z * error;
            g2 += error;
        }
        let determinant = h11 * h22 - h21 * h21;
        if (g1.abs() < 1e-5 && g2.abs() < 1e-5) || determinant <= 0.0 {
            break;
        }
        let (step1, step2) = (-(h22 * g1 - h21 * g2) / determinant, -(h11 * g2 - h21 * g1) / determinant);
        let fall = g1 * step1 + g2 * step2;
        let mut length = 1.0;
        let better = loop {
            let next = loss(slope + length * step1, offset + length * step2);
            if next < value + 1e-4 * length * fall {
                break Some(next);
            }
            length /= 2.0;
            if length < 1e-10 {
                break None;
            }
        };
        let Some(next) = better else { break };
        (slope, offset, value) = (slope + length * step1, offset + length * step2, next);
    }
    // A class whose logits say nothing, or the contrary, is not judged by them.
    let most = STEEPEST * 10.0;
    Calibration { slope: slope.clamp(0.0, most) as f32, offset: offset.clamp(-most, most) as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn finds_the_temperature_that_made_the_labels() {
        let mut random = Random::new(7);
        let unit = |random: &mut Random| random.below(1 << 30) as f64 / f64::from(1 << 30);
        let (mut logits, mut targets) = (Vec::new(), Vec::new());
        for _ in 0..20_000 {
            let row: Vec<f64> = (0..3).map(|_| unit(&mut random) * 2.0 - 1.0).collect();
            let mut truth: Vec<f64> = row.iter().map(|logit| logit * 2.5).collect();
            softmax(&mut truth);
            let chance = unit(&mut random);
            let class = if chance < truth[0] { 0 } else { 1 + usize::from(chance >= truth[0] + truth[1]) };
            targets.extend((0..3).map(|at| u8::from(at == class)));
            logits.extend(row);
        }
        let slope = calibrate(&logits, &targets, 3, Kind::Single)[0].slope;
        assert!((slope - 2.5).abs() < 0.1, "{slope}");
        let multi = calibrate(&logits, &targets, 3, Kind::Multi);
        for (class, by) in multi.iter().enumerate() {
            // What is believed in the mean is what there is in the mean.
            let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / 20_000.0;
            let of = |at: usize| sigmoid(f64::from(by.slope) * logits[at] + f64::from(by.offset));
            let believed = mean(&mut (class..60_000).step_by(3).map(of));
            let there = mean(&mut (class..60_000).step_by(3).map(|at| f64::from(targets[at])));
            assert!((believed - there).abs() < 1e-3, "{believed} {there}");
        }
    }
}
