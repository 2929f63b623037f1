//! The share of a page under images, on a coarse grid so that strips and tiles of one scan add up and overlaps do not.

const CELLS: usize = 32;

#[derive(Default)]
pub(crate) struct Coverage {
    rows: [u32; CELLS],
}

impl Coverage {
    pub(crate) fn clear(&mut self) {
        self.rows = [0; CELLS];
    }

    /// Marks a box (left, bottom, right, top) of a page of the given size.
    pub(crate) fn add(&mut self, [left, bottom, right, top]: [f32; 4], width: f32, height: f32) {
        let cell = |value: f32, size: f32| (value / size * CELLS as f32).round().clamp(0.0, CELLS as f32) as usize;
        let (x0, x1) = (cell(left, width), cell(right, width));
        let (y0, y1) = (cell(bottom, height), cell(top, height));
        if x0 < x1 && y0 < y1 {
            let mask = (u32::MAX >> (CELLS - (x1 - x0))) << x0;
            for row in &mut self.rows[y0..y1] {
                *row |= mask;
            }
        }
    }

    /// 0 to 1.
    pub(crate) fn share(&self) -> f32 {
        self.rows.iter().map(|row| row.count_ones()).sum::<u32>() as f32 / (CELLS * CELLS) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_add_up_and_overlaps_do_not() {
        let mut coverage = Coverage::default();
        coverage.add([0.0, 0.0, 600.0, 400.0], 600.0, 800.0);
        coverage.add([0.0, 0.0, 600.0, 400.0], 600.0, 800.0);
        assert_eq!(coverage.share(), 0.5);
        coverage.add([-50.0, 400.0, 900.0, 900.0], 600.0, 800.0);
        assert_eq!(coverage.share(), 1.0);
    }
}
