//! The walk over content streams: runs the operators text depends on and hands glyphs to the layout.
//! Paths, colours and shadings are skipped at the speed of the lexer; images are measured, never decoded.

use super::annotations::{self, Appearance};
use super::artefacts;
use super::budget::Budget;
use super::coverage::Coverage;
use super::fonts::FontCache;
use super::forms::FormCache;
use super::inline_image;
use super::lexer::{self, Lexer, Token};
use super::matrix::Matrix;
use super::metadata::text_string;
use super::operators as op;
use super::optional_content::OptionalContent;
use super::page::PageBox;
use super::short_ways;
use super::state::GraphicsState;
use super::stream_fault;
use crate::error::ErrorCode;
use crate::interrupt::Interrupt;
use crate::layout::characters::{Text, TextPool};
use crate::layout::glyphs::PageGlyphs;
use crate::limits::Limits;
use pdf_objects::{Array, Decoder, Dict, MaybeRef, Object, Page, PdfString, Resources};

/// What ended the walk of a page early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WalkFault {
    pub(crate) code: ErrorCode,
    pub(crate) what: &'static str,
}

/// What lives as long as the document.
pub(crate) struct Session<'a> {
    pub(crate) decoder: Decoder,
    pub(crate) fonts: FontCache<'a>,
    pub(crate) forms: FormCache<'a>,
    pub(crate) pool: TextPool,
    pub(crate) layers: OptionalContent,
    pub(crate) limits: Limits,
    pub(crate) interrupt: Option<Interrupt>,
    pub(crate) glyphs: PageGlyphs,
    pub(crate) coverage: Coverage,
    pub(crate) scratch: Vec<u8>,
}

/// A marked-content sequence that is open.
struct Marked {
    hides: bool,
    actual: bool,
    artefact: bool,
}

/// Glyphs that an ActualText entry replaces, gathered into one.
pub(super) struct Replacement {
    text: Text,
    pub(super) place: Option<ReplacedPlace>,
}

/// Where the replaced glyphs are, once one was shown.
pub(super) struct ReplacedPlace {
    pub(super) frame: u16,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Baseline and size of the widest string: marks are often shown first, at a height of their own.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) widest: f32,
    pub(super) outside: bool,
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
    pub(super) session: &'s mut Session<'a>,
    pub(super) page: PageBox,
    pub(super) budget: Budget,
    /// Open sequences that hide their content, in this stream and those around it.
    pub(super) hidden: u32,
    pub(super) replacement: Option<Replacement>,
    depth: u32,
}

impl<'s, 'a> Walk<'s, 'a> {
    pub(crate) fn new(session: &'s mut Session<'a>, page: PageBox) -> Self {
        let budget = Budget::new(session.limits.max_page_operators, session.interrupt.clone());
        Self { session, page, budget, hidden: 0, replacement: None, depth: 0 }
    }

    /// Operators so far, as the limit on them counts.
    pub(crate) fn operators_run(&self) -> u64 {
        self.session.limits.max_page_operators.saturating_sub(self.budget.left())
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
        result.and(self.budget.fault())
    }

    /// Runs the appearances of the page's annotations, over its content.
    pub(crate) fn run_annotations(&mut self, page: &Page<'a>) -> Result<(), WalkFault> {
        if !page.raw().contains_key("Annots") {
            return Ok(());
        }
        let session = &mut *self.session;
        let found = annotations::appearances(page.raw(), &session.layers, &mut session.decoder);
        session.glyphs.start_overlay();
        for appearance in found {
            match appearance {
                Appearance::Form { form, placement } => {
                    let resources = form.resources.as_ref().unwrap_or(page.resources());
                    self.budget.spend(FORM_COST)?;
                    let ctm = form.matrix.then(placement).then(self.page.transform);
                    self.run(&form.content, resources, ctm)?;
                }
                Appearance::Value { text, rect } => self.set_value(&text, rect)?,
            }
        }
        Ok(())
    }

    /// Sets the text of a field into its rectangle, line by line from its top.
    fn set_value(&mut self, text: &str, [x0, y0, x1, y1]: [f32; 4]) -> Result<(), WalkFault> {
        let lines: Vec<&str> = text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()).collect();
        let m = self.page.transform;
        let per_unit = (m.a * m.a + m.b * m.b).sqrt();
        let size = (0.7 * (y1 - y0) / lines.len().max(1) as f32).clamp(4.0, 12.0);
        let session = &mut *self.session;
        if session.glyphs.glyphs.len() + text.len() > session.limits.max_page_glyphs {
            return Err(WalkFault { code: ErrorCode::GlyphLimit, what: "glyphs" });
        }
        let frame = session.glyphs.frame(m.a, m.b);
        let turn = session.glyphs.frames[usize::from(frame)];
        for (row, line) in lines.iter().enumerate() {
            // One line sits in the middle of its field.
            let top = if lines.len() == 1 { (y0 + y1 + size) / 2.0 } else { y1 };
            let (x, y) = m.apply(x0.min(x1) + 2.0, top - (0.85 + 1.2 * row as f32) * size);
            let outside = self.page.is_outside(x, y, size);
            let mut at = x * turn.cos + y * turn.sin;
            session.glyphs.place(frame, at, y * turn.cos - x * turn.sin, size * per_unit, outside);
            for c in line.chars() {
                let text = session.pool.intern(c.encode_utf8(&mut [0; 4]));
                let end = at + 0.5 * size * per_unit;
                session.glyphs.push(at, end, text);
                at = end;
            }
        }
        Ok(())
    }

    fn operators<'d>(&mut self, data: &'d [u8], stream: &mut Stream<'_, 'a>) -> Result<(), WalkFault> {
        let mut lexer = Lexer::new(data);
        let mut operands: Vec<Token<'d>> = Vec::with_capacity(64);
        while let Some(byte) = lexer.skip_space() {
            match byte {
                b'[' if lexer.shown_array(&mut operands, MAX_OPERANDS) => {
                    self.budget.count()?;
                    self.show_array(&operands, stream);
                }
                b'(' | b'<' if let Some(string) = lexer.shown_string() => {
                    self.budget.count()?;
                    self.show_array(&[string], stream);
                }
                b'/' if let Some((name, size)) = lexer.font_operator() => {
                    self.budget.count()?;
                    stream.state.font = self.find_font(name, stream);
                    stream.state.size = size;
                }
                b'[' | b'(' | b'<' | b'/' => self.any_operator(&mut lexer, &mut operands, stream)?,
                _ => match lexer.numeric_operator(byte) {
                    Some((numbers, keyword)) => {
                        self.budget.count()?;
                        self.numeric_operator(keyword, numbers, stream, &mut lexer, &mut operands)?;
                    }
                    None => self.any_operator(&mut lexer, &mut operands, stream)?,
                },
            }
        }
        Ok(())
    }

    /// Runs an operator whose operands are numbers and nothing else.
    #[inline(always)]
    fn numeric_operator<'d>(
        &mut self,
        keyword: &'d [u8],
        numbers: &'d [u8],
        stream: &mut Stream<'_, 'a>,
        lexer: &mut Lexer<'d>,
        operands: &mut Vec<Token<'d>>,
    ) -> Result<(), WalkFault> {
        match op::key(keyword) {
            op::MOVE => {
                if let Some([x, y]) = short_ways::numbers(numbers) {
                    stream.next_line(x, y);
                    return Ok(());
                }
            }
            op::TEXT_MATRIX => {
                if let Some(matrix) = short_ways::numbers(numbers).map(Matrix::new) {
                    stream.text = matrix;
                    stream.line = matrix;
                    return Ok(());
                }
            }
            op::CONCAT => {
                if let Some(matrix) = short_ways::numbers(numbers).map(Matrix::new) {
                    stream.state.ctm = matrix.then(stream.state.ctm);
                    return Ok(());
                }
            }
            key if op::is_read(key) => {}
            _ => return Ok(()),
        }
        operands.clear();
        short_ways::push_numbers(numbers, MAX_OPERANDS, operands);
        self.operator(keyword, operands, stream, lexer)
    }

    /// Runs the next operator, whatever its operands.
    fn any_operator<'d>(
        &mut self,
        lexer: &mut Lexer<'d>,
        operands: &mut Vec<Token<'d>>,
        stream: &mut Stream<'_, 'a>,
    ) -> Result<(), WalkFault> {
        operands.clear();
        let mut in_array = false;
        while let Some(token) = lexer.next() {
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
                    lexer.array_items(operands, MAX_OPERANDS);
                }
                continue;
            };
            // State operators inside a TJ array are a known fault of writers; the array goes on behind them.
            if in_array && keyword != b"TJ" && keyword.starts_with(b"T") {
                continue;
            }
            self.budget.count()?;
            return self.operator(keyword, operands, stream, lexer);
        }
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
        match op::key(keyword) {
            op::SHOW => {
                if let Some(string) = operands.last() {
                    self.show_array(&[*string], stream);
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
                    self.show_array(&[*string], stream);
                }
            }
            op::SPACED_NEXT_LINE_SHOW => {
                stream.state.word_spacing = args.number(2);
                stream.state.char_spacing = args.number(1);
                stream.next_line(0.0, -stream.state.leading);
                if let Some(string) = operands.last() {
                    self.show_array(&[*string], stream);
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
        let font = session.fonts.find(stream.resources.fonts(), &lexer::name_bytes(name), decoder, pool)?;
        if short != 0 && stream.fonts.len() < MAX_KNOWN_FONTS {
            stream.fonts.push((short, font));
        }
        Some(font)
    }

    fn external_state(&mut self, operands: &[Token<'_>], stream: &mut Stream<'_, 'a>) {
        let Some(Token::Name(name)) = operands.last() else {
            return;
        };
        let states = stream.resources.ext_g_states();
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
        stream.state.font = session.fonts.find_object(id, load, &mut session.decoder, &mut session.pool);
        if let Some(size) = list.iter::<Object<'a>>().nth(1).and_then(Object::into_f32) {
            stream.state.size = size;
        }
    }

    fn open(&mut self, properties: Option<()>, operands: &[Token<'_>], stream: &mut Stream<'_, 'a>) {
        if stream.marked.len() >= MAX_MARKED {
            return;
        }
        let mut marked = Marked { hides: false, actual: false, artefact: false };
        let glyphs = &mut self.session.glyphs;
        if let (Some(seen), [Token::Name(b"Artifact"), ..]) = (&mut glyphs.seen, operands) {
            marked.artefact = true;
            seen.open_artefact(glyphs.glyphs.len(), artefacts::role(operands, stream.resources.properties()));
        }
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
        let properties = stream.resources.properties();
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
        let glyphs = &mut self.session.glyphs;
        if let (Some(seen), true) = (&mut glyphs.seen, marked.artefact) {
            seen.close_artefact(glyphs.glyphs.len());
        }
    }

    fn draw(&mut self, name: &[u8], stream: &mut Stream<'_, 'a>) -> Result<(), WalkFault> {
        let objects = stream.resources.x_objects();
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
            super::forms::XObject::TooLarge(fault) => return Err(stream_fault(fault)),
            super::forms::XObject::Form(form) => form,
        };
        if self.depth >= self.session.limits.max_form_depth {
            return Err(WalkFault { code: ErrorCode::NestingLimit, what: "forms inside forms" });
        }
        self.budget.spend(FORM_COST)?;
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
pub(super) struct Stream<'r, 'a> {
    resources: &'r Resources<'a>,
    pub(super) state: GraphicsState,
    saved: Vec<GraphicsState>,
    pub(super) text: Matrix,
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
