//! Rectangles (PDF 32000-2, 7.9.5).

use crate::object::{FromObject, Object};

/// A rectangle whose first corner is the lower left one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left.
    pub x0: f64,
    /// Bottom.
    pub y0: f64,
    /// Right.
    pub x1: f64,
    /// Top.
    pub y1: f64,
}

impl Rect {
    /// What both cover; without width or height where that is nothing.
    pub fn intersect(&self, other: Self) -> Self {
        let (x0, y0) = (self.x0.max(other.x0), self.y0.max(other.y0));
        Self { x0, y0, x1: self.x1.min(other.x1).max(x0), y1: self.y1.min(other.y1).max(y0) }
    }

    /// Distance of the sides.
    pub fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// Distance of bottom and top.
    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }
}

impl<'a> FromObject<'a> for Rect {
    fn from_object(object: Object<'a>) -> Option<Self> {
        let Object::Array(list) = object else { return None };
        let mut numbers = list.iter::<Object<'_>>().map(|item| item.into_f32().map(f64::from));
        let mut next = || numbers.next().flatten();
        let [a, b, c, d] = [next()?, next()?, next()?, next()?];
        Some(Self { x0: a.min(c), y0: b.min(d), x1: a.max(c), y1: b.max(d) })
    }
}
