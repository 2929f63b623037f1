//! How good a model is on rows that it was not trained on.

use crate::random::Random;

/// A figure, and where it lies with 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The figure itself.
    pub value: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// What one class is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassScores {
    /// Rows that have it.
    pub rows: usize,
    /// Of the rows it was given to, those that have it.
    pub precision: f64,
    /// Of the rows that have it, those it was given to.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// The judgement of one row by a model that was not trained on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldOut {
    /// The most probable class.
    pub best: u32,
    /// Its probability.
    pub confidence: f32,
}

/// The held-out scores of a training.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// By class.
    pub classes: Vec<ClassScores>,
    /// Share of rows whose label is right; with any number of labels, of rows whose labels all are. Wilson's interval.
    pub accuracy: Interval,
    /// Mean F1 of the classes. Interval by bootstrap.
    pub macro_f1: Interval,
    /// Mean distance of confidence and accuracy in ten bins of as many rows each (Naeini et al., AAAI 2015). Interval by bootstrap.
    pub calibration_error: Interval,
    /// The same without calibration.
    pub calibration_error_before: f64,
}

/// Resamples of the bootstrap.
const RESAMPLES: usize = 400;
const BINS: usize = 10;

/// Held-out judgements in a form that scores are counted from.
pub(super) struct Judged {
    pub(super) classes: usize,
    /// 1 where a row has a class, row by row.
    pub(super) targets: Vec<u8>,
    /// 1 where it was given.
    pub(super) given: Vec<u8>,
    /// What confidence is compared with accuracy: of each row the best class, or of each row every class.
    pub(super) beliefs: Vec<Belief>,
    /// Beliefs of a row.
    pub(super) beliefs_a_row: usize,
}

/// A probability, and whether it was so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Belief {
    pub(super) confidence: f64,
    pub(super) before: f64,
    pub(super) right: bool,
}

impl Judged {
    pub(super) fn report(&self, seed: u64) -> Report {
        let rows = self.targets.len() / self.classes;
        let all: Vec<usize> = (0..rows).collect();
        let right = all.iter().filter(|&&row| self.of(&self.targets, row) == self.of(&self.given, row)).count();
        let classes = self.scores(&all);
        let (mut f1, mut error) = (Vec::with_capacity(RESAMPLES), Vec::with_capacity(RESAMPLES));
        let mut random = Random::new(seed);
        for _ in 0..RESAMPLES {
            let sample: Vec<usize> = all.iter().map(|_| random.below(rows)).collect();
            f1.push(mean_f1(&self.scores(&sample)));
            error.push(self.calibration_error(&sample, |belief| belief.confidence));
        }
        Report {
            accuracy: wilson(right, rows),
            macro_f1: percentiles(mean_f1(&classes), f1),
            calibration_error: percentiles(self.calibration_error(&all, |belief| belief.confidence), error),
            calibration_error_before: self.calibration_error(&all, |belief| belief.before),
            classes,
        }
    }

    fn of<'a>(&self, flags: &'a [u8], row: usize) -> &'a [u8] {
        &flags[row * self.classes..(row + 1) * self.classes]
    }

    fn scores(&self, rows: &[usize]) -> Vec<ClassScores> {
        let mut counts = vec![(0_usize, 0_usize, 0_usize); self.classes];
        for &row in rows {
            for ((count, &has), &was) in
                counts.iter_mut().zip(self.of(&self.targets, row)).zip(self.of(&self.given, row))
            {
                count.0 += usize::from(has);
                count.1 += usize::from(was);
                count.2 += usize::from(has & was);
            }
        }
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        counts
            .into_iter()
            .map(|(has, was, both)| ClassScores {
                rows: has,
                precision: share(both, was),
                recall: share(both, has),
                f1: share(2 * both, has + was),
            })
            .collect()
    }

    fn calibration_error(&self, rows: &[usize], confidence: impl Fn(&Belief) -> f64) -> f64 {
        let of_row = |&row: &usize| &self.beliefs[row * self.beliefs_a_row..(row + 1) * self.beliefs_a_row];
        let beliefs = rows.iter().flat_map(of_row);
        let mut sorted: Vec<(f64, bool)> = beliefs.map(|belief| (confidence(belief), belief.right)).collect();
        sorted.sort_unstable_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)));
        let mut error = 0.0;
        for bin in 0..BINS {
            let bin = &sorted[bin * sorted.len() / BINS..(bin + 1) * sorted.len() / BINS];
            let believed: f64 = bin.iter().map(|(confidence, _)| confidence).sum();
            let right = bin.iter().filter(|(_, right)| *right).count() as f64;
            error += (believed - right).abs();
        }
        error / sorted.len().max(1) as f64
    }
}

fn mean_f1(classes: &[ClassScores]) -> f64 {
    // A resample may miss a class.
    let there: Vec<f64> = classes.iter().filter(|class| class.rows > 0).map(|class| class.f1).collect();
    there.iter().sum::<f64>() / there.len().max(1) as f64
}

/// Wilson's score interval (Wilson, JASA 22, 1927).
fn wilson(right: usize, rows: usize) -> Interval {
    const Z: f64 = 1.959_963_984_540_054;
    let (n, share) = (rows.max(1) as f64, right as f64 / rows.max(1) as f64);
    let middle = share + Z * Z / (2.0 * n);
    let width = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let bound = |sign: f64| ((middle + sign * width) / (1.0 + Z * Z / n)).clamp(0.0, 1.0);
    Interval { value: share, low: bound(-1.0), high: bound(1.0) }
}

fn percentiles(value: f64, mut samples: Vec<f64>) -> Interval {
    samples.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| samples.get((samples.len() as f64 * share) as usize).copied().unwrap_or(value);
    Interval { value, low: at(0.025).min(value), high: at(0.975).max(value) }
}
