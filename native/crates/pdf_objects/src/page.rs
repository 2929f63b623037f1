//! A page and what it inherits (PDF 32000-2, 7.7.3.3 and 7.7.3.4).

use crate::dict::Dict;
use crate::rect::Rect;
use crate::resources::Resources;

/// How far a page is turned clockwise when shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// Not at all.
    None,
    /// 90 degrees.
    Horizontal,
    /// 180 degrees.
    Flipped,
    /// 270 degrees.
    FlippedHorizontal,
}

/// Where boxes are missing: A4.
const FALLBACK: Rect = Rect { x0: 0.0, y0: 0.0, x1: 210.0 / 25.4 * 72.0, y1: 297.0 / 25.4 * 72.0 };

/// The attributes a page takes from above when it does not have them itself.
pub(crate) const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];

/// A page.
pub struct Page<'a> {
    dict: Dict<'a>,
    media_box: Rect,
    crop_box: Rect,
    rotation: Rotation,
    resources: Resources<'a>,
}

impl<'a> Page<'a> {
    /// `above` gives the dictionary that an attribute of [`INHERITED`] is taken from.
    pub(crate) fn new(dict: Dict<'a>, above: impl Fn(usize) -> Option<Dict<'a>>) -> Self {
        let boxed = |at: usize| dict.get::<Rect>(INHERITED[at]).or_else(|| above(at)?.get(INHERITED[at]));
        let media_box = boxed(1).unwrap_or(FALLBACK);
        let crop_box = boxed(2).unwrap_or(media_box);
        let turned = dict.get::<i32>(INHERITED[3]).or_else(|| above(3)?.get(INHERITED[3])).unwrap_or(0);
        let rotation = match turned.rem_euclid(360) {
            90 => Rotation::Horizontal,
            180 => Rotation::Flipped,
            270 => Rotation::FlippedHorizontal,
            _ => Rotation::None,
        };
        let resources = dict.get::<Dict<'a>>(INHERITED[0]).or_else(|| above(0)?.get(INHERITED[0]));
        let resources = Resources::new(resources.unwrap_or_else(Dict::empty));
        Self { dict, media_box, crop_box, rotation, resources }
    }

    /// The dictionary.
    pub fn raw(&self) -> &Dict<'a> {
        &self.dict
    }

    /// The size of the paper.
    pub fn media_box(&self) -> Rect {
        self.media_box
    }

    /// What of the paper is shown.
    pub fn intersected_crop_box(&self) -> Rect {
        self.crop_box.intersect(self.media_box)
    }

    /// How far it is turned.
    pub fn rotation(&self) -> Rotation {
        self.rotation
    }

    /// Its resources.
    pub fn resources(&self) -> &Resources<'a> {
        &self.resources
    }
}
