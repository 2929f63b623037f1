//! A page as it is displayed: cropped, rotated, in points.

use super::matrix::Matrix;
use pdf_objects::{Dict, Page, Rotation};

#[derive(Debug, Clone, Copy)]
pub(crate) struct PageBox {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// From the page's own space to points from the lower left corner of the displayed page.
    pub(crate) transform: Matrix,
}

/// Letter paper, where the boxes of a page make no sense.
const FALLBACK: [f64; 4] = [0.0, 0.0, 612.0, 792.0];

impl PageBox {
    pub(crate) fn new(page: &Page<'_>) -> Self {
        let crop = page.intersected_crop_box();
        let mut bounds = [crop.x0, crop.y0, crop.x1, crop.y1];
        if !(crop.width() >= 1.0 && crop.height() >= 1.0 && bounds.iter().all(|n| n.abs() < 1e7)) {
            let media = page.media_box();
            bounds = [media.x0, media.y0, media.x1, media.y1];
            if !(media.width() >= 1.0 && media.height() >= 1.0 && bounds.iter().all(|n| n.abs() < 1e7)) {
                bounds = FALLBACK;
            }
        }
        Self::from_bounds(bounds.map(|n| n as f32), page.rotation(), user_unit(page.raw()))
    }

    fn from_bounds([x0, y0, x1, y1]: [f32; 4], rotation: Rotation, unit: f32) -> Self {
        let (w, h) = ((x1 - x0) * unit, (y1 - y0) * unit);
        let (width, height, [a, b, c, d, e, f]) = match rotation {
            Rotation::None => (w, h, [1.0, 0.0, 0.0, 1.0, -x0, -y0]),
            Rotation::Horizontal => (h, w, [0.0, -1.0, 1.0, 0.0, -y0, x1]),
            Rotation::Flipped => (w, h, [-1.0, 0.0, 0.0, -1.0, x1, y1]),
            Rotation::FlippedHorizontal => (h, w, [0.0, 1.0, -1.0, 0.0, y1, -x0]),
        };
        let transform = Matrix::new([a, b, c, d, e, f].map(|n| n * unit));
        Self { width, height, transform }
    }

    /// Whether text of that size at a point cannot be seen.
    #[inline]
    pub(crate) fn is_outside(&self, x: f32, y: f32, size: f32) -> bool {
        x > self.width + 1.0 || y > self.height + 1.0 || y < -size || x < -self.width
    }
}

fn user_unit(page: &Dict<'_>) -> f32 {
    page.get::<f32>("UserUnit").filter(|n| (0.01..=1000.0).contains(n)).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotations_keep_the_page_in_the_first_quadrant() {
        for rotation in [Rotation::None, Rotation::Horizontal, Rotation::Flipped, Rotation::FlippedHorizontal] {
            let page = PageBox::from_bounds([10.0, 20.0, 110.0, 220.0], rotation, 2.0);
            let corners = [page.transform.apply(10.0, 20.0), page.transform.apply(110.0, 220.0)];
            let mut xs = corners.map(|c| c.0);
            let mut ys = corners.map(|c| c.1);
            xs.sort_by(f32::total_cmp);
            ys.sort_by(f32::total_cmp);
            assert_eq!((xs, ys), ([0.0, page.width], [0.0, page.height]), "{rotation:?}");
        }
    }
}
