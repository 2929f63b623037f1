//! The glyphs of one page, gathered into fragments: stretches of one line as the content shows them.
//!
//! Positions are in a frame that is turned so that text runs along +x and lines follow one another towards -y, whatever
//! the direction on the page. Upright text has frame 0, whose coordinates are those of the page.

use super::characters::Text;
use super::seen::Seen;
use crate::interrupt::Interrupt;

/// A shown glyph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    pub(crate) text: Text,
}

/// Glyphs that follow one another on one baseline in one size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fragment {
    pub(crate) frame: u16,
    /// Baseline.
    pub(crate) y: f32,
    /// Height of the em.
    pub(crate) size: f32,
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    /// Range of glyphs.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Lies off the page.
    pub(crate) outside: bool,
}

/// A direction of text: the unit vector along which glyphs advance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub(crate) cos: f32,
    pub(crate) sin: f32,
}

/// A gap wider than this many ems ends a fragment; layout joins the parts again where they are one line.
const MAX_GAP: f32 = 0.75;

/// Text may go back by so many ems within a fragment.
const MAX_OVERLAP: f32 = 0.7;

/// Directions past this on one page are noise (text along a curve); they share the last frame.
const MAX_FRAMES: usize = 64;

/// The glyphs of one page.
pub(crate) struct PageGlyphs {
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) fragments: Vec<Fragment>,
    pub(crate) frames: Vec<Frame>,
    /// Glyphs whose text is not known.
    pub(crate) unknown: u32,
    /// Glyphs from here on lie over the page (form fields): when they are shown says nothing about reading order.
    pub(crate) overlay_from: u32,
    /// Whether some text may be written from right to left.
    pub(crate) may_be_rtl: bool,
    /// Whether some text may be set upright in columns.
    pub(crate) may_be_upright: bool,
    /// Whether letters of one word stand at different heights, as in Nastaliq.
    pub(crate) cascades: bool,
    /// Filled when the structure of the page is asked for.
    pub(crate) seen: Option<Box<Seen>>,
    interrupt: Option<Interrupt>,
}

impl PageGlyphs {
    pub(crate) fn new(interrupt: Option<Interrupt>) -> Self {
        Self {
            interrupt,
            glyphs: Vec::new(),
            fragments: Vec::new(),
            frames: vec![Frame { cos: 1.0, sin: 0.0 }],
            unknown: 0,
            may_be_rtl: false,
            may_be_upright: false,
            cascades: false,
            overlay_from: u32::MAX,
            seen: None,
        }
    }

    /// Whether the time given to the document is up.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.interrupt.as_ref().is_some_and(Interrupt::is_up)
    }

    /// Starts a new page; memory is kept.
    pub(crate) fn clear(&mut self) {
        self.glyphs.clear();
        self.fragments.clear();
        self.frames.truncate(1);
        self.unknown = 0;
        self.may_be_rtl = false;
        self.may_be_upright = false;
        self.cascades = false;
        self.overlay_from = u32::MAX;
        if let Some(seen) = &mut self.seen {
            seen.clear();
        }
    }

    /// What follows lies over the page.
    pub(crate) fn start_overlay(&mut self) {
        self.overlay_from = self.glyphs.len() as u32;
        let at = self.overlay_from;
        self.fragments.push(Fragment {
            frame: 0,
            y: 0.0,
            size: 0.0,
            x0: 0.0,
            x1: 0.0,
            start: at,
            end: at,
            outside: false,
        });
    }

    /// The frame of a direction, which need not be of unit length.
    #[inline]
    pub(crate) fn frame(&mut self, x: f32, y: f32) -> u16 {
        if y == 0.0 && x > 0.0 {
            return 0;
        }
        self.turned_frame(x, y)
    }

    pub(crate) fn turned_frame(&mut self, x: f32, y: f32) -> u16 {
        let length = (x * x + y * y).sqrt();
        if length == 0.0 || !length.is_finite() {
            return 0;
        }
        let (cos, sin) = (x / length, y / length);
        // Within a degree is the same direction: scanners' text layers wobble.
        let found = self.frames.iter().position(|f| f.cos * cos + f.sin * sin > 0.9998);
        let index = found.unwrap_or_else(|| {
            if self.frames.len() < MAX_FRAMES {
                self.frames.push(Frame { cos, sin });
            }
            self.frames.len() - 1
        });
        index as u16
    }

    /// A string is about to be shown at `x`, `y` of a frame.
    #[inline]
    pub(crate) fn place(&mut self, frame: u16, x: f32, y: f32, size: f32, outside: bool) {
        if let Some(last) = self.fragments.last_mut() {
            if last.start == last.end {
                *last = Fragment { frame, y, size, x0: x, x1: x, outside, ..*last };
                return;
            }
            let gap = x - last.x1;
            if last.frame == frame
                && last.outside == outside
                && (last.y - y).abs() < 0.05 * size
                && (last.size - size).abs() < 0.1 * size
                && gap < MAX_GAP * size
                && gap > -MAX_OVERLAP * size
            {
                return;
            }
        }
        let at = self.glyphs.len() as u32;
        self.fragments.push(Fragment { frame, y, size, x0: x, x1: x, start: at, end: at, outside });
    }

    /// Like [`Self::place`] for the next string of one operator, on the baseline and in the size of the last fragment: tells
    /// only whether the string goes on with the fragment, whose other glyphs `run` holds.
    #[inline(always)]
    pub(crate) fn goes_on(&self, run: &Run, x: f32, size: f32) -> bool {
        let gap = x - run.x1;
        gap < MAX_GAP * size && gap > -MAX_OVERLAP * size && self.glyphs.len() > run.start
    }

    /// The run of the fragment that [`Self::place`] has made or found.
    #[inline]
    pub(crate) fn open_run(&self) -> Run {
        let last = self.fragments.last();
        last.map_or_else(Run::default, |last| Run {
            x0: last.x0,
            x1: last.x1,
            start: last.start as usize,
            ..Run::default()
        })
    }

    #[inline]
    pub(crate) fn push(&mut self, x0: f32, x1: f32, text: Text) {
        let mut run = Run::default();
        self.push_to_run(x0, x1, text, &mut run);
        self.finish_run(&run);
    }

    /// Adds a glyph of a string; what it means for the page is gathered in `run` until [`Self::finish_run`].
    #[inline(always)]
    pub(crate) fn push_to_run(&mut self, x0: f32, x1: f32, text: Text, run: &mut Run) {
        self.glyphs.push(Glyph { x0, x1, text });
        if x0 < run.x0 {
            run.x0 = x0;
        }
        if x1 > run.x1 {
            run.x1 = x1;
        }
        if !text.is_usual() {
            run.unknown += u32::from(text.is_unknown());
            run.may_be_rtl |= text.may_be_rtl();
            run.may_be_upright |= text.may_be_ideographic();
        }
    }

    /// The glyphs added since the last call belong to the last fragment, which [`Self::place`] has made.
    #[inline]
    pub(crate) fn finish_run(&mut self, run: &Run) {
        let end = self.glyphs.len() as u32;
        if let Some(last) = self.fragments.last_mut() {
            last.end = end;
            last.x0 = last.x0.min(run.x0);
            last.x1 = last.x1.max(run.x1);
        }
        self.unknown += run.unknown;
        self.may_be_rtl |= run.may_be_rtl;
        self.may_be_upright |= run.may_be_upright;
    }
}

/// What the glyphs of one string have in common.
pub(crate) struct Run {
    x0: f32,
    x1: f32,
    /// First glyph of the fragment.
    start: usize,
    unknown: u32,
    may_be_rtl: bool,
    may_be_upright: bool,
}

impl Default for Run {
    fn default() -> Self {
        Self { x0: f32::MAX, x1: f32::MIN, start: 0, unknown: 0, may_be_rtl: false, may_be_upright: false }
    }
}
