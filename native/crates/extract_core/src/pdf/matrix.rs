/// An affine transformation, `[a b c d e f]` of PDF 2.0, 8.3.3.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) a: f32,
    pub(crate) b: f32,
    pub(crate) c: f32,
    pub(crate) d: f32,
    pub(crate) e: f32,
    pub(crate) f: f32,
}

impl Matrix {
    pub(crate) const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    pub(crate) fn new([a, b, c, d, e, f]: [f32; 6]) -> Self {
        Self { a, b, c, d, e, f }
    }

    /// `self` first, then `next`.
    #[inline]
    pub(crate) fn then(self, next: Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// Where the origin is after `self` and then `next`.
    #[inline]
    pub(crate) fn origin_then(self, next: Self) -> (f32, f32) {
        (self.e * next.a + self.f * next.c + next.e, self.e * next.b + self.f * next.d + next.f)
    }

    /// Moves by a vector given in the space before the transformation.
    #[inline]
    pub(crate) fn moved(self, x: f32, y: f32) -> Self {
        Self { e: x * self.a + y * self.c + self.e, f: x * self.b + y * self.d + self.f, ..self }
    }

    #[inline]
    pub(crate) fn apply(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.a + y * self.c + self.e, x * self.b + y * self.d + self.f)
    }

    /// Bounding box of the unit square: left, bottom, right, top.
    pub(crate) fn unit_box(self) -> [f32; 4] {
        self.transformed_box([0.0, 0.0, 1.0, 1.0])
    }

    /// Bounding box of a box after the transformation.
    pub(crate) fn transformed_box(self, [left, bottom, right, top]: [f32; 4]) -> [f32; 4] {
        let corners =
            [self.apply(left, bottom), self.apply(right, bottom), self.apply(left, top), self.apply(right, top)];
        corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[l, b, r, t], &(x, y)| {
            [l.min(x), b.min(y), r.max(x), t.max(y)]
        })
    }
}
