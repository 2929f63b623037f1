use super::rows::Rows;
use crate::random::Random;

/// Deals rows into folds by chance, so that each has about its share of every class (of rows with several, of their first).
pub(super) fn folds(rows: &Rows, classes: usize, count: usize, seed: u64) -> Vec<Vec<usize>> {
    let mut random = Random::new(seed);
    let mut by_class = vec![Vec::new(); classes + 1];
    for row in 0..rows.len() {
        // Rows without a class are dealt as one of their own.
        let class = rows.classes_of(row).first().map_or(classes, |&class| class as usize);
        by_class[class].push(row);
    }
    let mut folds = vec![Vec::new(); count];
    let mut next = 0;
    for class in &mut by_class {
        random.shuffle(class);
        for &row in class.iter() {
            folds[next % count].push(row);
            next += 1;
        }
    }
    folds.iter_mut().for_each(|fold| fold.sort_unstable());
    folds
}
