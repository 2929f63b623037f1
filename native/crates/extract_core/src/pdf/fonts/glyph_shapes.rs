//! How large the glyphs of a TrueType program are and how they combine: `glyf`, `hmtx` and `GDEF` (OpenType 1.9). Read only
//! for fonts whose ToUnicode CMap names clusters.

use super::bytes::Bytes;
use super::truetype;

/// Measures of a glyph, in thousandths of the em.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Shape {
    pub(crate) advance: i32,
    pub(crate) x_min: i32,
    pub(crate) x_max: i32,
    pub(crate) y_min: i32,
    pub(crate) y_max: i32,
    /// Combines with a base glyph, as `GDEF` says.
    pub(crate) mark: bool,
}

impl Shape {
    /// Shows nothing and takes no room: what is left of a mark that a glyph beside it has taken in.
    pub(crate) fn is_blank_mark(&self) -> bool {
        let Self { advance, x_min, x_max, y_min, y_max, mark } = *self;
        mark && [advance, x_min, x_max, y_min, y_max] == [0; 5]
    }

    /// A mark over its letter.
    pub(crate) fn is_above(&self) -> bool {
        self.mark && self.y_min > 500
    }
}

/// The glyphs of a program; empty when it has no TrueType outlines.
#[derive(Default)]
pub(crate) struct Shapes {
    by_glyph: Vec<Shape>,
    /// Glyphs a composite glyph is made of, for those that are composite.
    parts: Vec<(u16, Vec<u16>)>,
    /// The `glyf` table and where the glyphs lie in it.
    glyf: Vec<u8>,
    places: Vec<(usize, usize)>,
}

/// Steps from point to point of an outline, sorted: what stays when a glyph is drawn at another place.
pub(crate) struct Outline(Vec<(i16, i16)>);

impl Outline {
    /// The share of this outline's steps that `other` has too, from 0 to 1.
    pub(crate) fn share_in(&self, other: &Self) -> f32 {
        let (mut shared, mut at) = (0, 0);
        for step in &self.0 {
            while other.0.get(at).is_some_and(|o| o < step) {
                at += 1;
            }
            if other.0.get(at) == Some(step) {
                shared += 1;
                at += 1;
            }
        }
        shared as f32 / self.0.len().max(1) as f32
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Points past this in one glyph are a picture.
const MAX_POINTS: usize = 1024;

/// Parts of a composite glyph past this are no letter.
const MAX_PARTS: usize = 8;

impl Shapes {
    pub(crate) fn parse(data: &[u8]) -> Self {
        Self::read(data).unwrap_or_default()
    }

    pub(crate) fn get(&self, glyph: u16) -> Option<Shape> {
        self.by_glyph.get(usize::from(glyph)).copied()
    }

    /// The parts of a composite glyph; empty for others.
    pub(crate) fn parts(&self, glyph: u16) -> &[u16] {
        match self.parts.binary_search_by_key(&glyph, |(whole, _)| *whole) {
            Ok(at) => &self.parts[at].1,
            Err(_) => &[],
        }
    }

    /// The outline of a glyph; empty for composite ones.
    pub(crate) fn outline(&self, glyph: u16) -> Outline {
        let place = self.places.get(usize::from(glyph)).copied();
        let data = place.and_then(|(start, length)| Bytes(&self.glyf).slice(start, length));
        let mut steps = data.and_then(|data| steps(Bytes(data))).unwrap_or_default();
        steps.sort_unstable();
        Outline(steps)
    }

    /// Frees the outlines, which are needed only once.
    pub(crate) fn forget_outlines(&mut self) {
        self.glyf = Vec::new();
        self.places = Vec::new();
    }

    fn read(data: &[u8]) -> Option<Self> {
        let table = |tag| truetype::table(data, tag);
        let (head, hhea, hmtx) = (table(b"head")?, table(b"hhea")?, table(b"hmtx")?);
        let (loca, glyf) = (table(b"loca")?, table(b"glyf")?);
        let em = i32::from(head.u16(18)?).max(1);
        let long = head.u16(50)? != 0;
        let metrics = usize::from(hhea.u16(34)?).max(1);
        let count = usize::from(table(b"maxp")?.u16(4)?);
        let scaled = |n: u16| i32::from(n as i16) * 1000 / em;
        let place = |glyph: usize| {
            if long { loca.u32(4 * glyph).map(|n| n as usize) } else { loca.u16(2 * glyph).map(|n| 2 * usize::from(n)) }
        };
        let mut shapes = Self { glyf: glyf.0.to_vec(), ..Self::default() };
        for glyph in 0..count {
            let advance = i32::from(hmtx.u16(4 * glyph.min(metrics - 1)).unwrap_or(0)) * 1000 / em;
            let mut shape = Shape { advance, ..Shape::default() };
            let (start, end) = (place(glyph).unwrap_or(0), place(glyph + 1).unwrap_or(0));
            shapes.places.push((start, end.saturating_sub(start)));
            if start < end
                && let Some(outline) = glyf.slice(start, end - start).map(Bytes)
            {
                let bound = |at| outline.u16(at).map_or(0, scaled);
                (shape.x_min, shape.y_min, shape.x_max, shape.y_max) = (bound(2), bound(4), bound(6), bound(8));
                if outline.u16(0).is_some_and(|contours| contours & 0x8000 != 0) {
                    shapes.parts.push((glyph as u16, parts(outline)));
                }
            }
            shapes.by_glyph.push(shape);
        }
        if let Some(gdef) = table(b"GDEF") {
            mark_classes(gdef, &mut shapes.by_glyph);
        }
        Some(shapes)
    }
}

fn parts(outline: Bytes<'_>) -> Vec<u16> {
    let mut parts = Vec::new();
    let mut at = 10;
    while let (Some(flags), Some(glyph)) = (outline.u16(at), outline.u16(at + 2)) {
        if parts.len() >= MAX_PARTS {
            break;
        }
        parts.push(glyph);
        let offsets = if flags & 1 != 0 { 4 } else { 2 };
        let scale = if flags & 0x80 != 0 {
            8
        } else if flags & 0x40 != 0 {
            4
        } else {
            2 * usize::from(flags & 8 != 0)
        };
        at += 4 + offsets + scale;
        if flags & 0x20 == 0 {
            break;
        }
    }
    parts
}

/// Steps between the points of each contour of a simple glyph.
fn steps(outline: Bytes<'_>) -> Option<Vec<(i16, i16)>> {
    let contours = usize::from(outline.u16(0)?);
    if contours >= 0x8000 || contours == 0 {
        return None;
    }
    let ends: Vec<u16> = (0..contours).map_while(|i| outline.u16(10 + 2 * i)).collect();
    let points = usize::from(*ends.last()?) + 1;
    if points > MAX_POINTS {
        return None;
    }
    let mut at = 10 + 2 * contours;
    at += 2 + usize::from(outline.u16(at)?);
    let mut flags = Vec::with_capacity(points);
    while flags.len() < points {
        let flag = outline.u8(at)?;
        at += 1;
        let mut times = 1;
        if flag & 8 != 0 {
            times += usize::from(outline.u8(at)?);
            at += 1;
        }
        flags.extend(std::iter::repeat_n(flag, times));
    }
    let mut along = |short: u8, same: u8| {
        flags[..points]
            .iter()
            .map(|flag| {
                let step = match (flag & short != 0, flag & same != 0) {
                    (true, positive) => {
                        let step = i16::from(outline.u8(at)?);
                        at += 1;
                        if positive { step } else { -step }
                    }
                    (false, true) => 0,
                    (false, false) => {
                        at += 2;
                        outline.u16(at - 2)? as i16
                    }
                };
                Some(step)
            })
            .collect::<Option<Vec<i16>>>()
    };
    let xs = along(2, 16)?;
    let ys = along(4, 32)?;
    let starts = |point: usize| point == 0 || ends.binary_search(&(point as u16 - 1)).is_ok();
    Some((0..points).filter(|point| !starts(*point)).map(|point| (xs[point], ys[point])).collect())
}

/// Reads which glyphs are marks from the glyph class definition.
fn mark_classes(gdef: Bytes<'_>, shapes: &mut [Shape]) {
    const MARK: u16 = 3;
    let _ = (|| {
        let classes = gdef.from(usize::from(gdef.u16(4)?))?;
        let mut set = |glyph: usize, class: u16| {
            if let Some(shape) = shapes.get_mut(glyph) {
                shape.mark = class == MARK;
            }
        };
        match classes.u16(0)? {
            1 => {
                let first = usize::from(classes.u16(2)?);
                for i in 0..usize::from(classes.u16(4)?) {
                    set(first + i, classes.u16(6 + 2 * i)?);
                }
            }
            2 => {
                for range in 0..usize::from(classes.u16(2)?) {
                    let at = 4 + 6 * range;
                    let (first, last) = (usize::from(classes.u16(at)?), usize::from(classes.u16(at + 2)?));
                    let class = classes.u16(at + 4)?;
                    (first..=last).for_each(|glyph| set(glyph, class));
                }
            }
            _ => {}
        }
        Some(())
    })();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_parts() {
        let mut shapes = vec![Shape::default(); 8];
        // Two ranges: 1..=2 base, 4..=5 mark.
        let gdef = [0, 1, 0, 0, 0, 6, 0, 2, 0, 2, 0, 1, 0, 2, 0, 1, 0, 4, 0, 5, 0, 3];
        mark_classes(Bytes(&gdef), &mut shapes);
        let marks: Vec<usize> = (0..8).filter(|i| shapes[*i].mark).collect();
        assert_eq!(marks, [4, 5]);
        let mut composite = vec![0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0];
        composite.extend([0, 0x21, 0, 7, 0, 0, 0, 0]);
        composite.extend([0, 0x00, 0, 9, 0, 0]);
        assert_eq!(parts(Bytes(&composite)), [7, 9]);
    }

    #[test]
    fn outlines_are_alike_wherever_they_are_drawn() {
        // A triangle of three points, 2 and 3 away from the one before, and the same one elsewhere with a point more.
        let glyph = |x: u8, points: &[(u8, u8)]| {
            let mut data = vec![0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, points.len() as u8, 0, 0];
            data.extend(vec![0x37; points.len() + 1]);
            data.push(x);
            data.extend(points.iter().map(|p| p.0));
            data.push(x);
            data.extend(points.iter().map(|p| p.1));
            Outline(steps(Bytes(&data)).unwrap_or_default())
        };
        let (one, two) = (glyph(9, &[(2, 3), (4, 5)]), glyph(40, &[(2, 3), (4, 5), (6, 6)]));
        assert_eq!(one.share_in(&two), 1.0);
        assert!((two.share_in(&one) - 2.0 / 3.0).abs() < 0.01);
    }
}
