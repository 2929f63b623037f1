use super::rows::Rows;
use crate::model::Kind;
use crate::numeric::{exp, ln, sigmoid, softmax};

/// What the training minimises, for logits of the rows trained: the sum of the losses of all rows, each weighted so that every class
/// weighs the same however many rows it has ("balanced"). The regularisation ½ ‖W‖² is apart, see `fit`.
#[derive(Debug)]
pub(super) struct Objective {
    kind: Kind,
    classes: usize,
    /// 1 where a row has a class, row by row.
    targets: Vec<u8>,
    /// By row and class; times the strength of the loss against the regularisation.
    weights: Vec<f32>,
}

impl Objective {
    pub(super) fn new(rows: &Rows, trained: &[usize], classes: usize, kind: Kind, strength: f64) -> Self {
        let mut targets = vec![0_u8; trained.len() * classes];
        let mut having = vec![0_usize; classes];
        for (at, &row) in trained.iter().enumerate() {
            for &class in rows.classes_of(row) {
                targets[at * classes + class as usize] = 1;
                having[class as usize] += 1;
            }
        }
        let all = trained.len() as f64;
        let weights = targets.iter().enumerate().map(|(at, &target)| {
            let with = having[at % classes] as f64;
            let share = match (kind, target) {
                (Kind::Single, 0) => 0.0,
                (Kind::Single, _) => all / (classes as f64 * with),
                (Kind::Multi, 0) => all / (2.0 * (all - with)),
                (Kind::Multi, _) => all / (2.0 * with),
            };
            (strength * share) as f32
        });
        let weights = weights.collect();
        Self { kind, classes, targets, weights }
    }

    /// The loss at `logits`, whose derivatives replace what is in `slopes`.
    pub(super) fn evaluate(&self, logits: &[f64], slopes: &mut [f64]) -> f64 {
        match self.kind {
            Kind::Single => self.evaluate_single(logits, slopes),
            Kind::Multi => self.evaluate_multi(logits, slopes),
        }
    }

    fn evaluate_single(&self, logits: &[f64], slopes: &mut [f64]) -> f64 {
        let mut loss = 0.0;
        slopes.copy_from_slice(logits);
        let rows = slopes.chunks_exact_mut(self.classes).zip(self.targets.chunks_exact(self.classes));
        for (row, (slope, target)) in rows.enumerate() {
            let log_sum = softmax(slope);
            let Some(class) = target.iter().position(|&one| one == 1) else { continue };
            let at = row * self.classes + class;
            let weight = f64::from(self.weights[at]);
            loss += weight * (log_sum - logits[at]);
            slope[class] -= 1.0;
            slope.iter_mut().for_each(|slope| *slope *= weight);
        }
        loss
    }

    fn evaluate_multi(&self, logits: &[f64], slopes: &mut [f64]) -> f64 {
        let mut loss = 0.0;
        for (at, slope) in slopes.iter_mut().enumerate() {
            let (logit, target, weight) = (logits[at], f64::from(self.targets[at]), f64::from(self.weights[at]));
            // ln(1 + e^z) - t z, without overflow.
            loss += weight * (logit.max(0.0) + ln(1.0 + exp(-logit.abs())) - target * logit);
            *slope = weight * (sigmoid(logit) - target);
        }
        loss
    }
}
