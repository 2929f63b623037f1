//! Showing strings: from the bytes of an operator's strings to glyphs placed on the page.

use super::fonts::{Codes, Font};
use super::lexer::{self, Token};
use super::matrix::Matrix;
use super::walk::{ReplacedPlace, Stream, Walk, WalkFault};
use crate::error::ErrorCode;
use crate::layout::characters::{Text, TextPool};
use crate::layout::glyphs::Run;
use pdf_objects::Decoder;

impl<'a> Walk<'_, 'a> {
    /// Shows the strings of one operator; the numbers between them move on.
    pub(super) fn show_array(&mut self, items: &[Token<'_>], stream: &mut Stream<'_, 'a>) {
        let style = if items.iter().any(|item| item.is_string()) { self.style(stream) } else { None };
        if let Some(style) = &style
            && style.is_upright(&stream.text, &stream.state.ctm)
            && self.hidden == 0
            && self.replacement.is_none()
        {
            self.show_upright(items, style, stream);
            return;
        }
        let vertical = stream.state.font.is_some_and(|font| self.session.fonts.fonts[font].vertical);
        let (size, stretch) = (stream.state.size, stream.state.stretch);
        for token in items {
            match token {
                Token::Number(_) | Token::Value(_) => {
                    let shift = -token.number() / 1000.0 * size;
                    stream.text =
                        if vertical { stream.text.moved(0.0, shift) } else { stream.text.moved(shift * stretch, 0.0) };
                }
                Token::Literal(_) | Token::Plain(_) | Token::Hex(_) => {
                    if let Some(style) = &style {
                        self.show_styled(*token, style, stream);
                    }
                }
                _ => {}
            }
        }
    }

    /// What all strings of one operator share; `None` without a font.
    fn style(&mut self, stream: &Stream<'_, 'a>) -> Option<Style> {
        let state = &stream.state;
        let font_index = state.font?;
        let font = &self.session.fonts.fonts[font_index];
        let m = stream.text.then(state.ctm);
        // One em along the line, in page units, and the direction of the line.
        let (advance_x, advance_y) =
            if font.vertical { (-m.c, -m.d) } else { (m.a * state.stretch, m.b * state.stretch) };
        let sign = if state.size < 0.0 { -1.0 } else { 1.0 };
        let (dir_x, dir_y) = (advance_x * sign, advance_y * sign);
        let per_unit = if dir_y == 0.0 { dir_x.abs() } else { (dir_x * dir_x + dir_y * dir_y).sqrt() };
        let across = if font.vertical {
            (m.a * m.a + m.b * m.b).sqrt()
        } else if m.c == 0.0 {
            m.d.abs()
        } else {
            (m.c * m.c + m.d * m.d).sqrt()
        };
        if let Some(seen) = &mut self.session.glyphs.seen {
            seen.style(self.session.glyphs.glyphs.len(), font_index);
        }
        Some(Style {
            font: font_index,
            vertical: font.vertical,
            sign,
            per_unit,
            size: state.size.abs() * across * font.em,
            unit: state.size.abs() * per_unit,
            rise_x: state.rise * m.c,
            rise_y: state.rise * m.d,
            frame: self.session.glyphs.frame(dir_x, dir_y),
            char_space: state.char_spacing * sign * per_unit,
            word_space: state.word_spacing * sign * per_unit,
            stretch: state.stretch,
        })
    }

    /// Shows strings that run along +x of the page, as nearly all do, and are neither hidden nor replaced: only x changes.
    /// The numbers are computed in the steps in which matrices would be multiplied, so that gaps come out the same.
    fn show_upright(&mut self, items: &[Token<'_>], style: &Style, stream: &mut Stream<'_, 'a>) {
        let page = self.page;
        let session = &mut *self.session;
        let glyphs = &mut session.glyphs;
        let font = &mut session.fonts.fonts[style.font];
        let &Style { size, unit, sign, per_unit, stretch, char_space, word_space, .. } = style;
        let (text, ctm) = (&mut stream.text, stream.state.ctm);
        let y = style.rise_y + text.origin_then(ctm).1;
        let skew = text.f * ctm.c;
        let mut run: Option<(Run, bool)> = None;
        for item in items {
            if let Token::Value(_) | Token::Number(_) = item {
                text.e += -item.number() / 1000.0 * stream.state.size * stretch * text.a;
                continue;
            }
            if !item.is_string() {
                continue;
            }
            if glyphs.glyphs.len() + item.most_bytes() > session.limits.max_page_glyphs {
                self.budget.end(WalkFault { code: ErrorCode::GlyphLimit, what: "glyphs" });
                continue;
            }
            let x = style.rise_x + (text.e * ctm.a + skew + ctm.e);
            let mut at = x;
            let outside = page.is_outside(at, y, size);
            let run = match &mut run {
                Some((run, was_outside)) if *was_outside == outside && glyphs.goes_on(run, at, size) => run,
                other => {
                    if let Some((run, _)) = other {
                        glyphs.finish_run(run);
                    }
                    glyphs.place(0, at, y, size, outside);
                    &mut other.insert((glyphs.open_run(), outside)).0
                }
            };
            glyphs.glyphs.reserve(item.most_bytes());
            let mut show = |(text, width): (Text, f32), is_space: bool| {
                let end = at + width * unit;
                // Glyphs without text still take room: left out, they would look like gaps between words.
                if width > 0.0 || !text.is_nothing() {
                    glyphs.push_to_run(at, end, text, run);
                }
                at = end + char_space;
                if is_space {
                    at += word_space;
                }
            };
            each_glyph(*item, font, &mut session.scratch, &mut session.decoder, &mut session.pool, &mut show);
            // Back from page units to text space.
            text.e += (at - x) / per_unit * sign * stretch * text.a;
        }
        if let Some((run, _)) = &run {
            glyphs.finish_run(run);
        }
    }

    fn show_styled(&mut self, string: Token<'_>, style: &Style, stream: &mut Stream<'_, 'a>) {
        let session = &mut *self.session;
        if session.glyphs.glyphs.len() + string.most_bytes() > session.limits.max_page_glyphs {
            self.budget.end(WalkFault { code: ErrorCode::GlyphLimit, what: "glyphs" });
            return;
        }
        let &Style { vertical, sign, per_unit, size, unit, frame, char_space, word_space, stretch, .. } = style;
        let font = &mut session.fonts.fonts[style.font];
        let (m_e, m_f) = stream.text.origin_then(stream.state.ctm);
        let origin_x = style.rise_x + m_e;
        let origin_y = style.rise_y + m_f;
        let (x, y) = if frame == 0 {
            (origin_x, origin_y)
        } else {
            let f = session.glyphs.frames[usize::from(frame)];
            (origin_x * f.cos + origin_y * f.sin, origin_y * f.cos - origin_x * f.sin)
        };
        let hidden = self.hidden > 0 || ![unit, size, x, y].iter().all(|n| n.is_finite());
        let replaced = self.replacement.is_some();
        let visible = !hidden && !replaced;
        let mut run = Run::default();
        if visible {
            session.glyphs.place(frame, x, y, size, self.page.is_outside(origin_x, origin_y, size));
            session.glyphs.glyphs.reserve(string.most_bytes());
        }

        let mut at = x;
        let mut show = |(text, width): (Text, f32), is_space: bool| {
            let end = at + width * unit;
            // Glyphs without text still take room: left out, they would look like gaps between words.
            if visible && (width > 0.0 || !text.is_nothing()) {
                session.glyphs.push_to_run(at, end, text, &mut run);
            }
            at = end + char_space;
            if is_space {
                at += word_space;
            }
        };
        each_glyph(string, font, &mut session.scratch, &mut session.decoder, &mut session.pool, &mut show);
        if visible {
            session.glyphs.finish_run(&run);
        }
        if replaced
            && !hidden
            && let Some(replacement) = &mut self.replacement
        {
            match &mut replacement.place {
                None => {
                    replacement.place = Some(ReplacedPlace {
                        frame,
                        x0: x,
                        x1: at,
                        y,
                        size,
                        widest: at - x,
                        outside: self.page.is_outside(origin_x, origin_y, size),
                    });
                }
                Some(place) => {
                    if place.frame == frame && (place.y - y).abs() < size {
                        place.x0 = place.x0.min(x);
                        place.x1 = place.x1.max(at);
                        if at - x > place.widest {
                            (place.y, place.size, place.widest) = (y, size, at - x);
                        }
                    }
                }
            }
        }
        // Back from page units to text space along the line.
        if per_unit > 0.0 && per_unit.is_finite() {
            let shift = (at - x) / per_unit * sign;
            stream.text =
                if vertical { stream.text.moved(0.0, -shift) } else { stream.text.moved(shift * stretch, 0.0) };
        }
    }
}

/// Calls `show` with text, advance and whether it is the space of each code of a string.
#[inline(always)]
fn each_glyph(
    string: Token<'_>,
    font: &mut Font<'_>,
    scratch: &mut Vec<u8>,
    decoder: &mut Decoder,
    pool: &mut TextPool,
    show: &mut impl FnMut((Text, f32), bool),
) {
    let mut string = string;
    if let (Codes::Identity, Token::Hex(digits)) = (&font.codes, string) {
        let (codes, mut rest) = digits.as_chunks::<4>();
        for (i, digits_of_code) in codes.iter().enumerate() {
            let Some(code) = hex_code(*digits_of_code) else {
                rest = &digits[4 * i..];
                break;
            };
            show(font.direct_glyph(code, 2, decoder, pool), false);
        }
        if rest.is_empty() {
            return;
        }
        string = Token::Hex(rest);
    }
    let bytes = match string {
        Token::Plain(bytes) => bytes,
        _ => match lexer::string_bytes(string, scratch) {
            Some(bytes) => bytes,
            None => return,
        },
    };
    match &font.codes {
        Codes::Byte => {
            for &byte in bytes {
                show(font.direct_glyph(u32::from(byte), 1, decoder, pool), byte == 32);
            }
        }
        Codes::Identity => {
            for [high, low] in bytes.as_chunks::<2>().0 {
                let code = u32::from(*high) << 8 | u32::from(*low);
                show(font.direct_glyph(code, 2, decoder, pool), false);
            }
        }
        Codes::Mapped(_) => {
            let mut rest = bytes;
            while let (Codes::Mapped(cmap), false) = (&font.codes, rest.is_empty()) {
                let (code, length) = cmap.next_code(rest);
                rest = &rest[length..];
                show(font.glyph::<true>(code, length, decoder, pool), code == 32 && length == 1);
            }
        }
    }
}

/// Values of hexadecimal digits; above what two bytes hold for other bytes.
const DIGITS: [u32; 256] = {
    let mut table = [1 << 16; 256];
    let mut i = 0;
    while i < 16 {
        table[b"0123456789abcdef"[i] as usize] = i as u32;
        table[b"0123456789ABCDEF"[i] as usize] = i as u32;
        i += 1;
    }
    table
};

/// The code that four hexadecimal digits stand for.
#[inline(always)]
fn hex_code(digits: [u8; 4]) -> Option<u32> {
    let [a, b, c, d] = digits.map(|digit| DIGITS[digit as usize]);
    let code = a << 12 | b << 8 | c << 4 | d;
    (code < 1 << 16).then_some(code)
}

/// How the strings of one operator are set, in page units.
struct Style {
    /// Index in the font cache.
    font: usize,
    vertical: bool,
    /// -1 for text set backwards by a negative size.
    sign: f32,
    /// Page units of a text space unit along the line.
    per_unit: f32,
    /// Height of the em.
    size: f32,
    /// Width of the em.
    unit: f32,
    rise_x: f32,
    rise_y: f32,
    frame: u16,
    char_space: f32,
    word_space: f32,
    stretch: f32,
}

impl Style {
    /// Whether only x changes from glyph to glyph, by numbers that can be computed with.
    #[inline]
    fn is_upright(&self, text: &Matrix, ctm: &Matrix) -> bool {
        let turned = self.frame != 0 || self.vertical || text.b != 0.0 || ctm.b != 0.0;
        // Far below what overflows, in the products of three.
        let sane = |m: &Matrix| [m.a, m.c, m.d, m.e, m.f].iter().all(|n| n.abs() < 1e9);
        let finite = [self.unit, self.size, self.rise_y].iter().all(|n| n.is_finite());
        !turned && self.per_unit > 0.0 && finite && sane(text) && sane(ctm)
    }
}
