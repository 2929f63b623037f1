use super::objective::Objective;
use super::rows::Vectors;
use std::collections::VecDeque;

/// Steps are remembered so far back.
const MEMORY: usize = 6;
const MOST_STEPS: usize = 150;
/// The gradient has become so small against where it began.
const TOLERANCE: f64 = 1e-3;
/// Classes whose weights are made at once: the room that takes is this times the features.
const BLOCK: usize = 16;

/// A matrix of a row for each text trained and a column for each class: a point `B` of the span of the texts, standing for the
/// weights `Xᵀ B`, and its image `X Xᵀ B`, the logits that these weights give.
#[derive(Debug, Clone)]
struct Point {
    at: Vec<f64>,
    image: Vec<f64>,
}

/// A step that was taken, the change of the gradient over it, and the inverse of their inner product.
struct Step {
    step: Point,
    change: Point,
    inverse: f64,
}

/// The weights that minimise ½ ‖W‖² + losses, as `Xᵀ B`: returns `B`. None: `is_up` said so.
///
/// All steps of a gradient method that begins at 0 lie in the span of the texts, which are far fewer than the features; so
/// L-BFGS (Liu and Nocedal, Mathematical Programming 45, 1989) runs on `B`, with the inner products that the weights
/// have: ⟨A, B⟩ = tr(Aᵀ X Xᵀ B). A step costs one pass over the texts; looking along a direction costs none, since logits are
/// linear in it, and is done until the slope there is a tenth.
pub(super) fn fit(
    vectors: &Vectors,
    objective: &Objective,
    classes: usize,
    is_up: &dyn Fn() -> bool,
) -> Option<Vec<f64>> {
    let size = vectors.trained.len() * classes;
    let mut point = Point { at: vec![0.0; size], image: vec![0.0; size] };
    let mut slopes = vec![0.0; size];
    objective.evaluate(&point.image, &mut slopes);
    let mut gradient = Point { at: slopes.clone(), image: Vec::new() };
    let mut history: VecDeque<Step> = VecDeque::new();
    let mut taken: Option<(Point, Point)> = None;
    let mut first = None;
    for _ in 0..MOST_STEPS {
        if is_up() {
            return None;
        }
        gradient.image = images(vectors, &gradient.at, classes, &vectors.trained);
        let steepness = dot(&gradient.at, &gradient.image);
        if steepness <= TOLERANCE * TOLERANCE * *first.get_or_insert(steepness) {
            break;
        }
        if let Some((step, mut change)) = taken.take() {
            scale(&mut change, -1.0);
            add(&mut change, 1.0, &gradient);
            let curvature = dot(&step.at, &change.image);
            if curvature > 0.0 {
                history.push_back(Step { step, change, inverse: 1.0 / curvature });
            }
            if history.len() > MEMORY {
                history.pop_front();
            }
        }
        let mut step = direction(&gradient, &history);
        let length = look_along(&point, &step, objective, &mut slopes);
        if length == 0.0 {
            break;
        }
        scale(&mut step, length);
        add(&mut point, 1.0, &step);
        objective.evaluate(&point.image, &mut slopes);
        let at = point.at.iter().zip(&slopes).map(|(at, slope)| at + slope).collect();
        let before = core::mem::replace(&mut gradient, Point { at, image: Vec::new() });
        taken = Some((step, before));
    }
    Some(point.at)
}

/// Where to go from `gradient`, by the curvature that the steps so far have met.
fn direction(gradient: &Point, history: &VecDeque<Step>) -> Point {
    let mut to = gradient.clone();
    let mut shares = Vec::with_capacity(history.len());
    for Step { step, change, inverse } in history.iter().rev() {
        let share = inverse * dot(&step.at, &to.image);
        add(&mut to, -share, change);
        shares.push(share);
    }
    if let Some(Step { change, inverse, .. }) = history.back() {
        scale(&mut to, 1.0 / (inverse * dot(&change.at, &change.image)));
    }
    for (Step { step, change, inverse }, share) in history.iter().zip(shares.into_iter().rev()) {
        let back = inverse * dot(&change.at, &to.image);
        add(&mut to, share - back, step);
    }
    scale(&mut to, -1.0);
    to
}

/// How far to go along `step`: until what falls there falls a tenth as steeply. 0: it does not fall.
fn look_along(point: &Point, step: &Point, objective: &Objective, slopes: &mut [f64]) -> f64 {
    let (linear, square) = (dot(&step.at, &point.image), dot(&step.at, &step.image));
    let mut logits = vec![0.0; slopes.len()];
    let mut slope_at = |length: f64| {
        logits.iter_mut().zip(&point.image).zip(&step.image).for_each(|((to, z), d)| *to = z + length * d);
        objective.evaluate(&logits, slopes);
        linear + length * square + dot(slopes, &step.image)
    };
    let start = slope_at(0.0);
    if start >= 0.0 {
        return 0.0;
    }
    let (mut low, mut slope_low) = (0.0, start);
    let mut high: Option<(f64, f64)> = None;
    let mut length = 1.0;
    for _ in 0..20 {
        let slope = slope_at(length);
        if slope.abs() <= 0.1 * start.abs() {
            return length;
        }
        if slope < 0.0 {
            (low, slope_low) = (length, slope);
        } else {
            high = Some((length, slope));
        }
        length = match high {
            None => length * 4.0,
            // The slope rises all the way, so it is 0 between the two; kept off the ends, where a secant may crawl.
            Some((high, slope_high)) => {
                let share = slope_low / (slope_low - slope_high);
                low + share.clamp(0.1, 0.9) * (high - low)
            }
        };
    }
    low
}

/// The logits of `rows` under the weights `Xᵀ B`, where `X` are the rows trained.
pub(super) fn images(vectors: &Vectors, at: &[f64], classes: usize, rows: &[usize]) -> Vec<f64> {
    let mut images = vec![0.0; rows.len() * classes];
    let mut weights = vec![0.0_f32; vectors.feature_count() * BLOCK];
    for from in (0..classes).step_by(BLOCK) {
        let width = BLOCK.min(classes - from);
        block_of_weights(vectors, at, classes, from..from + width, &mut weights);
        for (image, &row) in images.chunks_exact_mut(classes).zip(rows) {
            let mut sums = [0.0_f32; BLOCK];
            for (feature, value) in vectors.row(row) {
                let weights = &weights[feature * width..(feature + 1) * width];
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * weight);
            }
            image[from..from + width].iter_mut().zip(sums).for_each(|(to, sum)| *to = f64::from(sum));
        }
    }
    images
}

/// Calls `give` with the weights `Xᵀ B` of some classes at a time: feature by feature, the classes of the range.
pub(super) fn weights(
    vectors: &Vectors,
    at: &[f64],
    classes: usize,
    mut give: impl FnMut(core::ops::Range<usize>, &[f32]),
) {
    let mut weights = vec![0.0_f32; vectors.feature_count() * BLOCK.min(classes)];
    for from in (0..classes).step_by(BLOCK) {
        let range = from..classes.min(from + BLOCK);
        block_of_weights(vectors, at, classes, range.clone(), &mut weights);
        give(range.clone(), &weights[..vectors.feature_count() * range.len()]);
    }
}

fn block_of_weights(
    vectors: &Vectors,
    at: &[f64],
    classes: usize,
    range: core::ops::Range<usize>,
    weights: &mut [f32],
) {
    weights.fill(0.0);
    let width = range.len();
    let mut shares = [0.0_f32; BLOCK];
    for (row, at) in vectors.trained.iter().zip(at.chunks_exact(classes)) {
        shares.iter_mut().zip(&at[range.clone()]).for_each(|(share, &at)| *share = at as f32);
        for (feature, value) in vectors.row(*row) {
            let weights = &mut weights[feature * width..(feature + 1) * width];
            weights.iter_mut().zip(&shares).for_each(|(weight, share)| *weight += value * share);
        }
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    // Four sums, so that additions do not wait for one another.
    let mut sums = [0.0; 4];
    let (left, left_rest) = left.as_chunks::<4>();
    let (right, right_rest) = right.as_chunks::<4>();
    for (left, right) in left.iter().zip(right) {
        sums.iter_mut().zip(left).zip(right).for_each(|((sum, left), right)| *sum += left * right);
    }
    let rest: f64 = left_rest.iter().zip(right_rest).map(|(left, right)| left * right).sum();
    sums.iter().sum::<f64>() + rest
}

fn add(to: &mut Point, times: f64, what: &Point) {
    to.at.iter_mut().zip(&what.at).for_each(|(to, what)| *to += times * what);
    to.image.iter_mut().zip(&what.image).for_each(|(to, what)| *to += times * what);
}

fn scale(point: &mut Point, by: f64) {
    point.at.iter_mut().chain(&mut point.image).for_each(|number| *number *= by);
}
