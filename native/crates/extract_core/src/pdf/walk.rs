//! The walk over content streams: runs the operators text depends on and hands glyphs to the layout.
//! Paths, colours and shadings are skipped at the speed of the lexer; images are measured, never decoded.

use super::annotations::{self, Appearance};
use super::coverage::Coverage;
use super::fonts::{Codes, FontCache};
use super::forms::FormCache;
use super::inline_image;
use super::lexer::{self, Lexer, Token};
use super::matrix::Matrix;
use super::metadata::text_string;
use super::optional_content::OptionalContent;
use super::page::PageBox;
use super::state::GraphicsState;
use super::stream::Decoder;
use crate::error::ErrorCode;
use crate::layout::characters::{Text, TextPool};
use crate::layout::glyphs::{PageGlyphs, Run};
use crate::limits::Limits;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, String as PdfString};
use hayro_syntax::page::{Page, Resources};

/// What ended the walk of a page early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WalkFault {
    pub(crate) code: ErrorCode,
    pub(crate) what: &'static str,
}

impl WalkFault {
    pub(crate) fn limit(what: &'static str) -> Self {
        Self { code: ErrorCode::LimitExceeded, what }
    }
}

/// What lives as long as the document.
pub(crate) struct Session<'a> {
    pub(crate) decoder: Decoder,
    pub(crate) fonts: FontCache<'a>,
    pub(crate) forms: FormCache<'a>,
    pub(crate) pool: TextPool,
    pub(crate) layers: OptionalContent,
    pub(crate) limits: Limits,
    pub(crate) glyphs: PageGlyphs,
    pub(crate) coverage: Coverage,
    pub(crate) scratch: Vec<u8>,
}

/// A marked-content sequence that is open.
struct Marked {
    hides: bool,
    actual: bool,
}

/// Glyphs that an ActualText entry replaces, gathered into one.
struct Replacement {
    text: Text,
    place: Option<ReplacedPlace>,
}

/// Where the replaced glyphs are, once one was shown.
struct ReplacedPlace {
    frame: u16,
    x0: f32,
    x1: f32,
    /// Baseline and size of the widest string: marks are often shown first, at a height of their own.
    y: f32,
    size: f32,
    widest: f32,
    outside: bool,
}

/// Nested `q` past this is an attack; honest producers stay below 30.
const MAX_STATES: usize = 512;

/// Marked content nested deeper than this is ignored.
const MAX_MARKED: usize = 512;

/// Operands past this are dropped; the longest honest TJ arrays have some thousands.
const MAX_OPERANDS: usize = 1 << 17;

/// What running a form costs beyond its operators.
const FORM_COST: u64 = 50;

pub(crate) struct Walk<'s, 'a> {
    session: &'s mut Session<'a>,
    page: PageBox,
    operators_left: u64,
    /// Open sequences that hide their content, in this stream and those around it.
    hidden: u32,
    replacement: Option<Replacement>,
    depth: u32,
}

impl<'s, 'a> Walk<'s, 'a> {
    pub(crate) fn new(session: &'s mut Session<'a>, page: PageBox) -> Self {
        let operators_left = session.limits.max_page_operators;
        Self { session, page, operators_left, hidden: 0, replacement: None, depth: 0 }
    }

    /// Runs a content stream. Glyphs shown before a fault stay.
    pub(crate) fn run(&mut self, data: &[u8], resources: &Resources<'a>, ctm: Matrix) -> Result<(), WalkFault> {
        let mut stream = Stream {
            resources,
            state: GraphicsState::new(ctm),
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marked: Vec::new(),
            fonts: Vec::new(),
        };
        let result = self.operators(data, &mut stream);
        for marked in stream.marked.drain(..).rev() {
            self.close(&marked);
        }
        result
    }

    /// Runs the appearances of the page's annotations, over its content.
    pub(crate) fn run_annotations(&mut self, page: &Page<'a>) -> Result<(), WalkFault> {
        if !page.raw().contains_key("Annots") {
            return Ok(());
        }
        let session = &mut *self.session;
        let found = annotations::appearances(page.raw(), &session.layers, &mut session.decoder);
        session.glyphs.start_overlay();
        for Appearance { form, placement } in found {
            let resources = form.resources.as_ref().unwrap_or(page.resources());
            let ctm = form.matrix.then(placement).then(self.page.transform);
            self.run(&form.content, resources, ctm)?;
        }
        Ok(())
    }

    fn operators<'d>(&mut self, data: &'d [u8], stream: &mut Stream<'_, 'a>) -> Result<(), WalkFault> {
        let mut lexer = Lexer::new(data);
        let mut operands: Vec<Token<'d>> = Vec::with_capacity(64);
        let mut in_array = false;
        loop {
            if operands.is_empty()
                && let Some((numbers, keyword)) = lexer.numeric_operator()
            {
                self.count_operator()?;
                if op::is_read(key(keyword)) {
                    lexer::push_numbers(numbers, MAX_OPERANDS, &mut operands);
                    self.operator(keyword, &operands, stream, &mut lexer)?;
                    operands.clear();
                }
                continue;
            }
            let Some(token) = lexer.next() else { return Ok(()) };
            let Token::Keyword(keyword) = token else {
                match token {
                    Token::ArrayStart => in_array = true,
                    Token::ArrayEnd => in_array = false,
                    _ => {}
                }
                if operands.len() < MAX_OPERANDS {
                    operands.push(token);
                }
                if in_array {
                    lexer.array_items(&mut operands, MAX_OPERANDS);
                }
                continue;
            };
            // State operators inside a TJ array are a known fault of writers; the array goes on behind them.
            if in_array && keyword != b"TJ" && keyword.starts_with(b"T") {
                continue;
            }
            in_array = false;
            self.count_operator()?;
            self.operator(keyword, &operands, stream, &mut lexer)?;
            operands.clear();
        }
    }

    #[inline]
    fn count_operator(&mut self) -> Result<(), WalkFault> {
        self.operators_left =
            self.operators_left.checked_sub(1).ok_or_else(|| WalkFault::limit("operators on a page"))?;
        Ok(())
    }

    #[inline]
    fn operator<'d>(
        &mut self,
        keyword: &'d [u8],
        operands: &[Token<'d>],
        stream: &mut Stream<'_, 'a>,
        lexer: &mut Lexer<'d>,
    ) -> Result<(), WalkFault> {
        let args = Args(operands);
        match key(keyword) {
            op::SHOW => {
                if let Some(string) = operands.last() {
                    self.show(*string, stream);
                }
            }
            op::SHOW_ARRAY => self.show_array(operands, stream),
            op::MOVE => stream.next_line(args.number(1), args.number(0)),
            op::MOVE_SET_LEADING => {
                stream.state.leading = -args.number(0);
                stream.next_line(args.number(1), args.number(0));
            }
            op::TEXT_MATRIX => {
                if let Some(matrix) = args.matrix() {
                    stream.text = matrix;
                    stream.line = matrix;
                }
            }
            op::NEXT_LINE => stream.next_line(0.0, -stream.state.leading),
            op::FONT => {
                if let [.., Token::Name(name), _] = operands {
                    stream.state.font = self.find_font(name, stream);
                    stream.state.size = args.number(0);
                }
            }
            op::NEXT_LINE_SHOW => {
                stream.next_line(0.0, -stream.state.leading);
                if let Some(string) = operands.last() {
                    self.show(*string, stream);
                }
            }
            op::SPACED_NEXT_LINE_SHOW => {
                stream.state.word_spacing = args.number(2);
                stream.state.char_spacing = args.number(1);
                stream.next_line(0.0, -stream.state.leading);
                if let Some(string) = operands.last() {
                    self.show(*string, stream);
                }
            }
            op::CHAR_SPACING => stream.state.char_spacing = args.number(0),
            op::WORD_SPACING => stream.state.word_spacing = args.number(0),
            op::STRETCH => stream.state.stretch = args.number(0) / 100.0,
            op::LEADING => stream.state.leading = args.number(0),
            op::RISE => stream.state.rise = args.number(0),
            op::BEGIN_TEXT => {
                stream.text = Matrix::IDENTITY;
                stream.line = Matrix::IDENTITY;
            }
            op::SAVE if stream.saved.len() < MAX_STATES => stream.saved.push(stream.state),
            op::RESTORE => {
                if let Some(state) = stream.saved.pop() {
                    stream.state = state;
                }
            }
            op::CONCAT => {
                if let Some(matrix) = args.matrix() {
                    stream.state.ctm = matrix.then(stream.state.ctm);
                }
            }
            op::DRAW => {
                if let Some(Token::Name(name)) = operands.last() {
                    self.draw(&lexer::name_bytes(name), stream)?;
                }
            }
            op::EXTERNAL_STATE => self.external_state(operands, stream),
            op::BEGIN_MARKED => self.open(None, operands, stream),
            op::BEGIN_MARKED_WITH => self.open(Some(()), operands, stream),
            op::END_MARKED => {
                if let Some(marked) = stream.marked.pop() {
                    self.close(&marked);
                }
            }
            op::INLINE_IMAGE => {
                self.image(stream.state.ctm);
                inline_image::skip(lexer);
            }
            _ => {}
        }
        Ok(())
    }

    fn find_font(&mut self, name: &[u8], stream: &mut Stream<'_, 'a>) -> Option<usize> {
        let short = short_name(name);
        if let Some((_, font)) = stream.fonts.iter().find(|(known, _)| *known == short && short != 0) {
            return Some(*font);
        }
        let session = &mut *self.session;
        let (decoder, pool) = (&mut session.decoder, &mut session.pool);
        let font = session.fonts.find(&stream.resources.fonts, &lexer::name_bytes(name), decoder, pool)?;
        if short != 0 && stream.fonts.len() < MAX_KNOWN_FONTS {
            stream.fonts.push((short, font));
        }
        Some(font)
    }

    fn external_state(&mut self, operands: &[Token<'_>], stream: &mut Stream<'_, 'a>) {
        let Some(Token::Name(name)) = operands.last() else {
            return;
        };
        let states = &stream.resources.ext_g_states;
        let Some(state) = states.get::<Dict<'a>>(lexer::name_bytes(name)) else {
            return;
        };
        let Some(list) = state.get::<Array<'a>>("Font") else {
            return;
        };
        let session = &mut *self.session;
        let Some(MaybeRef::Ref(id)) = list.raw_iter().next() else {
            return;
        };
        let load = || list.iter::<Dict<'a>>().next();
        stream.state.font = session.fonts.find_object(id.into(), load, &mut session.decoder, &mut session.pool);
        if let Some(size) = list.iter::<Object<'a>>().nth(1).and_then(Object::into_f32) {
            stream.state.size = size;
        }
    }

    fn open(&mut self, properties: Option<()>, operands: &[Token<'_>], stream: &mut Stream<'_, 'a>) {
        if stream.marked.len() >= MAX_MARKED {
            return;
        }
        let mut marked = Marked { hides: false, actual: false };
        if properties.is_some() {
            match operands {
                [Token::Name(tag), Token::Name(name)] => self.open_named(tag, name, &mut marked, stream),
                [Token::Name(_), Token::DictStart, rest @ ..] => {
                    let text = actual_text(rest, &mut self.session.scratch);
                    if let Some(text) = text {
                        self.replace(&text, &mut marked);
                    }
                }
                _ => {}
            }
        }
        self.hidden += u32::from(marked.hides);
        stream.marked.push(marked);
    }

    fn open_named(&mut self, tag: &[u8], name: &[u8], marked: &mut Marked, stream: &Stream<'_, 'a>) {
        let name = lexer::name_bytes(name);
        let properties = &stream.resources.properties;
        if tag == b"OC" {
            marked.hides = self.session.layers.hides(properties, &name);
        } else if let Some(text) =
            properties.get::<Dict<'_>>(name).and_then(|dict| dict.get::<PdfString<'_>>("ActualText"))
        {
            self.replace(&text_string_keeping_space(text.as_bytes()), marked);
        }
    }

    fn replace(&mut self, text: &str, marked: &mut Marked) {
        // Of nested replacements the outer one counts.
        if self.replacement.is_none() {
            let text = if text.is_empty() { Text::NOTHING } else { self.session.pool.intern(text).actual() };
            if !text.is_unknown() {
                self.replacement = Some(Replacement { text, place: None });
                marked.actual = true;
            }
        }
    }

    fn close(&mut self, marked: &Marked) {
        self.hidden -= u32::from(marked.hides);
        if marked.actual
            && let Some(Replacement { text, place: Some(place) }) = self.replacement.take()
            && !text.is_nothing()
        {
            self.session.glyphs.place(place.frame, place.x0, place.y, place.size, place.outside);
            self.session.glyphs.push(place.x0, place.x1, text);
        }
        if marked.actual {
            self.replacement = None;
        }
    }

    fn show_array(&mut self, operands: &[Token<'_>], stream: &mut Stream<'_, 'a>) {
        let vertical = stream.state.font.is_some_and(|font| self.session.fonts.fonts[font].vertical);
        let (size, stretch) = (stream.state.size, stream.state.stretch);
        let mut style = None;
        for token in operands {
            match token {
                Token::Number(_) | Token::Value(_) => {
                    let shift = -token.number() / 1000.0 * size;
                    stream.text =
                        if vertical { stream.text.moved(0.0, shift) } else { stream.text.moved(shift * stretch, 0.0) };
                }
                Token::Literal(_) | Token::Plain(_) | Token::Hex(_) => {
                    if style.is_none() {
                        style = self.style(stream);
                    }
                    if let Some(style) = &style {
                        self.show_styled(*token, style, stream);
                    }
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, string: Token<'_>, stream: &mut Stream<'_, 'a>) {
        if let Some(style) = self.style(stream) {
            self.show_styled(string, &style, stream);
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

    fn show_styled(&mut self, string: Token<'_>, style: &Style, stream: &mut Stream<'_, 'a>) {
        let session = &mut *self.session;
        let Some(bytes) = lexer::string_bytes(string, &mut session.scratch) else {
            return;
        };
        if session.glyphs.glyphs.len() + bytes.len() > session.limits.max_page_glyphs {
            // Counted as operators: the next operator ends the page.
            self.operators_left = 0;
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
        let hidden = self.hidden > 0 || !unit.is_finite() || !(x.is_finite() && y.is_finite());
        let replaced = self.replacement.is_some();
        let visible = !hidden && !replaced;
        let mut run = Run::default();
        if visible {
            session.glyphs.place(frame, x, y, size, self.page.is_outside(origin_x, origin_y, size));
            session.glyphs.glyphs.reserve(bytes.len());
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
        let (decoder, pool) = (&mut session.decoder, &mut session.pool);
        match &font.codes {
            Codes::Byte => {
                for &byte in bytes {
                    show(font.glyph::<false>(u32::from(byte), 1, decoder, pool), byte == 32);
                }
            }
            Codes::Identity => {
                for [high, low] in bytes.as_chunks::<2>().0 {
                    let code = u32::from(*high) << 8 | u32::from(*low);
                    show(font.glyph::<false>(code, 2, decoder, pool), false);
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

    fn draw(&mut self, name: &[u8], stream: &mut Stream<'_, 'a>) -> Result<(), WalkFault> {
        let objects = &stream.resources.x_objects;
        let session = &mut *self.session;
        let Some(found) = session.forms.find(objects, name, &session.layers, &mut session.decoder) else {
            return Ok(());
        };
        let form = match found {
            super::forms::XObject::Image => {
                self.image(stream.state.ctm);
                return Ok(());
            }
            super::forms::XObject::Hidden => return Ok(()),
            super::forms::XObject::TooLarge => return Err(WalkFault::limit("bytes of a form")),
            super::forms::XObject::Form(form) => form,
        };
        if self.depth >= self.session.limits.max_form_depth {
            return Err(WalkFault::limit("forms inside forms"));
        }
        self.operators_left =
            self.operators_left.checked_sub(FORM_COST).ok_or_else(|| WalkFault::limit("operators on a page"))?;
        self.depth += 1;
        let resources = form.resources.as_ref().unwrap_or(stream.resources);
        let result = self.run(&form.content, resources, form.matrix.then(stream.state.ctm));
        self.depth -= 1;
        result
    }

    fn image(&mut self, ctm: Matrix) {
        if self.hidden == 0 {
            self.session.coverage.add(ctm.unit_box(), self.page.width, self.page.height);
        }
    }
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

/// Operators as small integers: comparing those is cheaper than comparing slices, and most operators are none of these.
mod op {
    pub(super) const SHOW: u32 = super::key(b"Tj");
    pub(super) const SHOW_ARRAY: u32 = super::key(b"TJ");
    pub(super) const MOVE: u32 = super::key(b"Td");
    pub(super) const MOVE_SET_LEADING: u32 = super::key(b"TD");
    pub(super) const TEXT_MATRIX: u32 = super::key(b"Tm");
    pub(super) const NEXT_LINE: u32 = super::key(b"T*");
    pub(super) const FONT: u32 = super::key(b"Tf");
    pub(super) const NEXT_LINE_SHOW: u32 = super::key(b"'");
    pub(super) const SPACED_NEXT_LINE_SHOW: u32 = super::key(b"\"");
    pub(super) const CHAR_SPACING: u32 = super::key(b"Tc");
    pub(super) const WORD_SPACING: u32 = super::key(b"Tw");
    pub(super) const STRETCH: u32 = super::key(b"Tz");
    pub(super) const LEADING: u32 = super::key(b"TL");
    pub(super) const RISE: u32 = super::key(b"Ts");
    pub(super) const BEGIN_TEXT: u32 = super::key(b"BT");
    pub(super) const SAVE: u32 = super::key(b"q");
    pub(super) const RESTORE: u32 = super::key(b"Q");
    pub(super) const CONCAT: u32 = super::key(b"cm");
    pub(super) const DRAW: u32 = super::key(b"Do");
    pub(super) const EXTERNAL_STATE: u32 = super::key(b"gs");
    pub(super) const BEGIN_MARKED: u32 = super::key(b"BMC");
    pub(super) const BEGIN_MARKED_WITH: u32 = super::key(b"BDC");
    pub(super) const END_MARKED: u32 = super::key(b"EMC");
    pub(super) const INLINE_IMAGE: u32 = super::key(b"BI");

    /// Whether the walk does anything for an operator; all others draw.
    #[inline]
    pub(super) fn is_read(key: u32) -> bool {
        matches!(
            key,
            SHOW | SHOW_ARRAY
                | MOVE
                | MOVE_SET_LEADING
                | TEXT_MATRIX
                | NEXT_LINE
                | FONT
                | NEXT_LINE_SHOW
                | SPACED_NEXT_LINE_SHOW
                | CHAR_SPACING
                | WORD_SPACING
                | STRETCH
                | LEADING
                | RISE
                | BEGIN_TEXT
                | SAVE
                | RESTORE
                | CONCAT
                | DRAW
                | EXTERNAL_STATE
                | BEGIN_MARKED
                | BEGIN_MARKED_WITH
                | END_MARKED
                | INLINE_IMAGE
        )
    }
}

/// An operator of up to three bytes as a number; 0 for longer ones, which no text depends on.
const fn key(keyword: &[u8]) -> u32 {
    match keyword {
        [a] => *a as u32,
        [a, b] => (*a as u32) << 8 | *b as u32,
        [a, b, c] => (*a as u32) << 16 | (*b as u32) << 8 | *c as u32,
        _ => 0,
    }
}

/// Fonts of a stream that are known by their names; a page of text changes between a few of them, hundreds of times.
const MAX_KNOWN_FONTS: usize = 16;

/// A name of up to seven bytes as a number, 0 for longer ones.
#[inline]
fn short_name(name: &[u8]) -> u64 {
    if name.len() > 7 {
        return 0;
    }
    name.iter().fold(name.len() as u64, |number, byte| number << 8 | u64::from(*byte))
}

/// What belongs to one content stream.
struct Stream<'r, 'a> {
    resources: &'r Resources<'a>,
    state: GraphicsState,
    saved: Vec<GraphicsState>,
    text: Matrix,
    line: Matrix,
    marked: Vec<Marked>,
    /// Index in the font cache by [`short_name`].
    fonts: Vec<(u64, usize)>,
}

impl Stream<'_, '_> {
    fn next_line(&mut self, x: f32, y: f32) {
        self.line = self.line.moved(x, y);
        self.text = self.line;
    }
}

/// Operands, counted from the last.
struct Args<'t, 'd>(&'t [Token<'d>]);

impl Args<'_, '_> {
    #[inline]
    fn number(&self, from_end: usize) -> f32 {
        match self.0.len().checked_sub(from_end + 1).map(|i| self.0[i]) {
            Some(token) => token.number(),
            None => 0.0,
        }
    }

    #[inline]
    fn matrix(&self) -> Option<Matrix> {
        (self.0.len() >= 6).then(|| {
            Matrix::new([
                self.number(5),
                self.number(4),
                self.number(3),
                self.number(2),
                self.number(1),
                self.number(0),
            ])
        })
    }
}

/// The ActualText of an inline property list.
fn actual_text(tokens: &[Token<'_>], scratch: &mut Vec<u8>) -> Option<String> {
    let at = tokens.iter().position(|token| *token == Token::Name(b"ActualText"))?;
    lexer::string_bytes(*tokens.get(at + 1)?, scratch).map(text_string_keeping_space)
}

/// White space is text here, unlike in metadata.
fn text_string_keeping_space(bytes: &[u8]) -> String {
    let text = text_string(bytes);
    let is_blank = text.is_empty() && !bytes.is_empty() && bytes.iter().all(|b| matches!(b, 0xFE | 0xFF | 0 | 0x20));
    if is_blank && bytes.contains(&0x20) { " ".to_string() } else { text }
}
