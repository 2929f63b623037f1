use super::fit::weights;
use super::rows::Vectors;
use crate::model::{Calibration, Index, Kind, Model};

/// Steps to either side of 0.
const STEPS: f32 = 127.0;
/// A feature whose largest weight is below this share of the largest of all cannot turn a label.
const LEAST_SHARE: f32 = 1e-3;

/// The model of the weights `Xᵀ B`: weights become steps of 8 bits, each feature with a scale of its own, and of features those are kept
/// that weigh anything, the heaviest `most` of them.
pub(super) fn quantise(
    vectors: &Vectors,
    at: &[f64],
    keys: &[u32],
    kind: Kind,
    calibration: Vec<Calibration>,
    most: usize,
) -> Model {
    let classes = calibration.len();
    let mut largest = vec![0.0_f32; vectors.feature_count()];
    weights(vectors, at, classes, |range, weights| {
        for (largest, weights) in largest.iter_mut().zip(weights.chunks_exact(range.len())) {
            *largest = weights.iter().fold(*largest, |most, weight| most.max(weight.abs()));
        }
    });
    let rows = vectors.trained.len() as u32;
    let idf = |feature: usize| Model::inverse_frequency(rows, vectors.document_frequency[feature]);
    let weight = |feature: usize| largest[feature] * idf(feature);
    let top = (0..largest.len()).map(weight).fold(0.0, f32::max);
    let mut kept: Vec<usize> = (0..largest.len())
        .filter(|&feature| vectors.document_frequency[feature] > 0 && weight(feature) > LEAST_SHARE * top)
        .collect();
    if kept.len() > most {
        // By key where they weigh the same, so that the same rows always give the same model.
        kept.sort_by(|&left, &right| weight(right).total_cmp(&weight(left)).then(left.cmp(&right)));
        kept.truncate(most);
        kept.sort_unstable();
    }
    let scale: Vec<f32> = kept.iter().map(|&feature| largest[feature] / STEPS).collect();
    let mut steps = vec![0_i8; kept.len() * classes];
    weights(vectors, at, classes, |range, weights| {
        for ((steps, &feature), scale) in steps.chunks_exact_mut(classes).zip(&kept).zip(&scale) {
            let weights = &weights[feature * range.len()..(feature + 1) * range.len()];
            for (step, weight) in steps[range.clone()].iter_mut().zip(weights) {
                *step = (weight / scale).round() as i8;
            }
        }
    });
    Model {
        kind,
        rows,
        calibration,
        index: Index::new(kept.iter().map(|&feature| keys[feature]).collect()),
        document_frequency: kept.iter().map(|&feature| vectors.document_frequency[feature]).collect(),
        idf: kept.iter().map(|&feature| idf(feature)).collect(),
        scale,
        steps,
        header: String::new(),
    }
}
