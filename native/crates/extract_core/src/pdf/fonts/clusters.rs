//! Fonts whose ToUnicode CMap names clusters instead of glyphs.
//!
//! Some writers give the text of a whole cluster to the last of its glyphs and nothing to the others, at the first use of a
//! glyph. Used again in another cluster, the glyph then brings letters along that are not there. So the text of each glyph
//! is found out: the font program's own character where it has one; else, at the first use, what is left of the cluster's
//! text when the glyphs before it in the cluster have taken theirs. Pages are read in the order in which the writer wrote
//! them, so that the first use shows which glyphs these are. What is found out later fills in what was shown before on the
//! page.

use super::glyph_shapes::{Outline, Shape, Shapes};
use super::program::Program;
use crate::layout::characters::{Text, TextPool, is_mark};
use crate::layout::indic;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// The state of reading such a font.
pub(crate) struct Clusters {
    glyphs: FxHashMap<u32, Glyph>,
    code_by_glyph: FxHashMap<u16, u32>,
    shapes: Shapes,
    /// Composite glyphs whose text follows from their parts.
    composite: Vec<u32>,
    /// Characters of the parts of composite glyphs that are shown by themselves nowhere.
    part_texts: FxHashMap<u16, String>,
    /// The glyphs of the word that is being read.
    word: Vec<Shown>,
}

struct Glyph {
    number: u16,
    /// What the CMap says: the cluster at the first use; empty for glyphs that were not the last of theirs.
    named: String,
    /// Characters, canonically decomposed; `None` until they are found out.
    own: Option<String>,
    text: Text,
    seen: bool,
}

#[derive(Clone, Copy)]
struct Shown {
    code: u32,
    /// Is used for the first time, by a cluster that ends with a later glyph.
    opens: bool,
}

/// Glyphs of a kind that are compared with others; fonts of one script have fewer.
const MAX_COMPARED: usize = 512;

/// Letters and marks they are compared with.
const MAX_LETTERS: usize = 96;
const MAX_MARKS: usize = 16;

/// Words longer than this are read in parts.
const MAX_WORD: usize = 64;

/// What a font has beyond its text to tell its glyphs by.
pub(crate) struct Evidence {
    pub(crate) program: Program,
    pub(crate) shapes: Shapes,
    /// Glyph by code; codes past its end are glyph numbers.
    pub(crate) glyphs: Vec<u16>,
}

impl Clusters {
    /// `None` for the usual fonts: nothing empty, no complex script, or no characters in the program.
    pub(crate) fn detect(texts: &[Text], pool: &TextPool, evidence: impl FnOnce() -> Option<Evidence>) -> Option<Self> {
        let is_complex = |text: &Text| text.as_char().is_none() && pool.get(*text).chars().any(indic::is_indic);
        if !texts.iter().any(|text| text.is_nothing()) || !texts.iter().any(is_complex) {
            return None;
        }
        let Evidence { program, shapes, glyphs } = evidence()?;
        let mut clusters = Self {
            glyphs: FxHashMap::default(),
            code_by_glyph: FxHashMap::default(),
            shapes,
            composite: Vec::new(),
            part_texts: FxHashMap::default(),
            word: Vec::new(),
        };
        let mut knows_some = false;
        for (code, text) in texts.iter().enumerate() {
            let mut named = String::new();
            pool.push_to(*text, &mut named);
            if !text.is_nothing() && !named.chars().any(indic::is_indic) {
                continue;
            }
            let number = glyphs.get(code).copied().unwrap_or(code as u16);
            let mut own = program_text(&program, number);
            knows_some |= own.is_some();
            // Some programs give characters that look alike one glyph: the CMap knows which one was meant.
            if own.as_ref().is_some_and(|own| !named.is_empty() && !take_last(&mut named.nfd().collect(), own)) {
                own = None;
            }
            if clusters.shapes.get(number).is_some_and(|shape| shape.is_blank_mark()) {
                own = Some(String::new());
            }
            for part in clusters.shapes.parts(number) {
                if let Some(own) = program_text(&program, *part) {
                    clusters.part_texts.insert(*part, own);
                }
            }
            if own.is_none() && clusters.composite.len() < MAX_COMPARED && !clusters.shapes.parts(number).is_empty() {
                clusters.composite.push(code as u32);
            }
            clusters.glyphs.insert(code as u32, Glyph { number, named, own, text: Text::UNRESOLVED, seen: false });
            clusters.code_by_glyph.insert(number, code as u32);
        }
        clusters.find_left_signs();
        clusters.find_composites();
        clusters.find_half_forms();
        clusters.shapes.forget_outlines();
        knows_some.then_some(clusters)
    }

    /// Composite glyphs are what their parts are, unless the CMap says otherwise.
    fn find_composites(&mut self) {
        for code in std::mem::take(&mut self.composite) {
            match self.text_of_parts(code) {
                Some(whole) => self.set_own(code, whole.into_iter().collect()),
                None => self.composite.push(code),
            }
        }
    }

    /// Signs left of their letter have a glyph for each width of letter, which only their shape tells: a narrow advance
    /// under a wide arc, as high as the plain sign. Marks above may be drawn into it.
    fn find_left_signs(&mut self) {
        let shape = |glyph: &Glyph| self.shapes.get(glyph.number).unwrap_or_default();
        let signs: Vec<(Shape, String)> = self
            .in_order()
            .filter_map(|glyph| Some((shape(glyph), glyph.own.clone()?)))
            .filter(|(_, own)| !own.is_empty() && own.chars().all(indic::is_left_sign))
            .take(MAX_COMPARED)
            .collect();
        let script = self.in_order().flat_map(|glyph| glyph.named.chars()).find(|c| indic::is_indic(*c));
        let arched = script.and_then(indic::arched_sign);
        let above: Vec<(Outline, String)> = self
            .in_order()
            .filter(|glyph| shape(glyph).is_above())
            .filter_map(|glyph| {
                let reph: String = glyph.named.chars().take(2).collect();
                let text = glyph.own.clone().or_else(|| indic::is_reph(&reph).then_some(reph))?;
                Some((self.shapes.outline(glyph.number), text))
            })
            .filter(|(outline, _)| !outline.is_empty())
            .take(MAX_MARKS)
            .collect();
        for (code, found) in self.silent_glyphs() {
            let alike =
                |sign: &Shape| (sign.advance, sign.y_min, sign.y_max) == (found.advance, found.y_min, found.y_max);
            let twin = signs.iter().find(|(sign, _)| alike(sign)).map(|(_, own)| own.clone());
            let is_arch = found.advance < 400 && found.x_max > found.advance + 200 && found.y_max > 700;
            let number = self.glyphs.get(&code).map_or(0, |glyph| glyph.number);
            if self.shapes.parts(number).is_empty()
                && let Some(mut own) = twin.or_else(|| arched.filter(|_| is_arch).map(String::from))
            {
                let outline = self.shapes.outline(number);
                if let Some((_, mark)) = above.iter().find(|(mark, _)| mark.share_in(&outline) > 0.8) {
                    own.push_str(mark);
                }
                self.set_own(code, own);
            }
        }
    }

    /// Half forms are their letter without its stem: most of their outline is the letter's.
    fn find_half_forms(&mut self) {
        let letters: Vec<(Shape, Outline, char)> = self
            .in_order()
            .filter_map(|glyph| {
                let letter = glyph.own.as_deref().and_then(indic::letter_with_half_form)?;
                Some((self.shapes.get(glyph.number)?, self.shapes.outline(glyph.number), letter))
            })
            .take(MAX_LETTERS)
            .collect();
        for (code, found) in self.silent_glyphs() {
            let Some(number) = self.glyphs.get(&code).map(|glyph| glyph.number) else { continue };
            let outline = self.shapes.outline(number);
            let mut likely: Vec<(f32, char)> = letters
                .iter()
                .filter(|(shape, ..)| found.advance < shape.advance)
                .map(|(_, letter, c)| (outline.share_in(letter), *c))
                .collect();
            likely.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let second = likely.get(1).map_or(0.0, |(share, _)| *share);
            if let Some(&(share, letter)) = likely.first()
                && share > 0.5
                && share > 1.6 * second
                && let Some(virama) = indic::virama_of(letter)
            {
                self.set_own(code, [letter, virama].into_iter().collect());
            }
        }
    }

    /// The glyphs by their codes: what is found first must not depend on a hash.
    fn in_order(&self) -> impl Iterator<Item = &Glyph> {
        let mut codes: Vec<u32> = self.glyphs.keys().copied().collect();
        codes.sort_unstable();
        codes.into_iter().filter_map(|code| self.glyphs.get(&code))
    }

    /// Glyphs the CMap gives no text and the program no character, which are no marks; in the order of their codes.
    fn silent_glyphs(&self) -> Vec<(u32, Shape)> {
        let mut silent: Vec<(u32, Shape)> = self
            .glyphs
            .iter()
            .filter(|(_, glyph)| glyph.own.is_none() && glyph.named.is_empty())
            .filter_map(|(code, glyph)| Some((*code, self.shapes.get(glyph.number)?)))
            .filter(|(_, shape)| !shape.mark)
            .collect();
        silent.sort_unstable_by_key(|(code, _)| *code);
        silent.truncate(MAX_COMPARED);
        silent
    }

    fn set_own(&mut self, code: u32, own: String) {
        if let Some(glyph) = self.glyphs.get_mut(&code) {
            glyph.own = Some(own);
        }
    }

    /// Text of a code whose ToUnicode text is `text`.
    pub(crate) fn text(&mut self, code: u32, text: Text, pool: &mut TextPool) -> Text {
        let Some(glyph) = self.glyphs.get_mut(&code) else {
            self.word.clear();
            return text;
        };
        if glyph.text == Text::UNRESOLVED {
            glyph.text = match &glyph.own {
                Some(own) if own.is_empty() => Text::NOTHING,
                Some(own) => pool.intern(&own.nfc().collect::<String>()),
                None => pool.reserve(),
            };
        }
        let is_first = !std::mem::replace(&mut glyph.seen, true);
        let opens = is_first && glyph.named.is_empty();
        if is_first && !opens {
            self.solve(code, pool);
        }
        if is_first {
            self.solve_composites(pool);
        }
        if self.word.len() >= MAX_WORD {
            self.word.clear();
        }
        self.word.push(Shown { code, opens });
        self.glyphs.get(&code).map_or(text, |glyph| glyph.text)
    }

    fn shape(&self, code: u32) -> Option<Shape> {
        self.shapes.get(self.glyphs.get(&code)?.number)
    }

    /// Whether a glyph can be a letter by itself, in contrast to marks and forms that hang on the letter before.
    fn stands_alone(&self, code: u32) -> bool {
        self.shape(code).is_none_or(|shape| !shape.mark && shape.advance > 300 && shape.x_min > -100)
    }

    fn own(&self, code: u32) -> Option<&str> {
        self.glyphs.get(&code)?.own.as_deref()
    }

    /// At the first use of the last glyph of a cluster: what of the cluster's text the glyphs before it do not explain
    /// belongs to those that are not known yet.
    fn solve(&mut self, last: u32, pool: &mut TextPool) {
        let Some(glyph) = self.glyphs.get(&last) else { return };
        let mut rest: Vec<char> = glyph.named.nfd().collect();
        let mut unknown = Vec::new();
        match &glyph.own {
            Some(own) => {
                if !take_last(&mut rest, own) {
                    return;
                }
            }
            None => unknown.push(last),
        }
        let above = self.shape(last).is_some_and(|shape| shape.is_above());
        let alone = unknown.is_empty() || self.stands_alone(last);
        for at in (0..self.word.len()).rev() {
            if rest.is_empty() {
                break;
            }
            let code = self.word[at].code;
            let Some(own) = self.own(code) else {
                unknown.push(code);
                continue;
            };
            let before = rest.clone();
            // Under a mark above stands the last letter, before a form below the first.
            let taken = if above { take_last(&mut rest, own) } else { take_first(&mut rest, own) };
            if !taken {
                break;
            }
            if !own.is_empty() && own.chars().all(indic::is_left_sign) {
                break;
            }
            let opened = self.word[..at].iter().any(|shown| shown.opens && self.own(shown.code).is_none());
            let leaves_reph = indic::is_reph(&rest.iter().collect::<String>());
            let is_half = own.chars().next_back().is_some_and(indic::is_virama);
            if alone && !opened && !is_half && !unknown.is_empty() && !leaves_reph {
                rest = before;
                break;
            }
        }
        unknown.reverse();
        self.share_out(&rest, &unknown, pool);
    }

    /// Parts `rest` among the glyphs that are not known, given from left to right.
    fn share_out(&mut self, rest: &[char], unknown: &[u32], pool: &mut TextPool) {
        let mut rest = rest.to_vec();
        let mut unknown = unknown.to_vec();
        while !rest.is_empty() && !unknown.is_empty() {
            if let [only] = unknown[..] {
                self.bind(only, &rest, pool);
                return;
            }
            let (first, last) = (unknown[0], unknown[unknown.len() - 1]);
            if !self.stands_alone(last) {
                let share = hanging_share(&mut rest, self.shape(last));
                self.bind(last, &share, pool);
                unknown.pop();
            } else {
                // A half form, or a sign, before the letter.
                let end = rest.windows(2).position(|pair| indic::is_virama(pair[0]) && !indic::is_virama(pair[1]));
                let sign = rest.iter().position(|c| indic::is_left_sign(*c));
                let share = match (end, sign) {
                    (Some(end), _) => rest.drain(..=end).collect(),
                    (None, Some(sign)) => vec![rest.remove(sign)],
                    (None, None) => return,
                };
                self.bind(first, &share, pool);
                unknown.remove(0);
            }
        }
    }

    fn bind(&mut self, code: u32, own: &[char], pool: &mut TextPool) {
        let Some(glyph) = self.glyphs.get_mut(&code).filter(|_| !own.is_empty()) else { return };
        let own: String = own.iter().collect();
        let mut composed: String = own.nfc().collect();
        // A form that hangs on a letter and comes before it is set to its left.
        if glyph.named.is_empty() && own.starts_with(indic::is_virama) {
            composed.insert(0, indic::LEFT_FORM);
        }
        if glyph.text == Text::UNRESOLVED {
            glyph.text = pool.intern(&composed);
        } else {
            pool.fill(glyph.text, &composed);
        }
        glyph.own = Some(own);
    }

    fn solve_composites(&mut self, pool: &mut TextPool) {
        let mut at = 0;
        while at < self.composite.len() {
            let code = self.composite[at];
            let known = self.glyphs.get(&code).is_none_or(|glyph| glyph.own.is_some());
            let whole = if known { None } else { self.text_of_parts(code) };
            if let Some(whole) = &whole {
                self.bind(code, whole, pool);
            }
            if known || whole.is_some() {
                self.composite.swap_remove(at);
            } else {
                at += 1;
            }
        }
    }

    /// The text of a glyph made of others, a left sign first; `None` unless it holds what the CMap says.
    fn text_of_parts(&self, code: u32) -> Option<Vec<char>> {
        let Glyph { number, named, .. } = self.glyphs.get(&code)?;
        let mut whole = String::new();
        for part in self.shapes.parts(*number) {
            let shown = self.code_by_glyph.get(part).and_then(|code| self.own(*code));
            let own = shown.or_else(|| self.part_texts.get(part).map(String::as_str))?;
            let sign = own.chars().all(indic::is_left_sign);
            whole.insert_str(if sign { 0 } else { whole.len() }, own);
        }
        let whole: Vec<char> = whole.chars().collect();
        let holds = take_last(&mut whole.clone(), &named.nfd().collect::<String>());
        (holds && !whole.is_empty()).then_some(whole)
    }
}

/// The character of a glyph in the program, decomposed, where it is of an Indic script.
fn program_text(program: &Program, glyph: u16) -> Option<String> {
    let c = program.char_by_glyph.get(usize::from(glyph)).and_then(|c| char::from_u32(*c))?;
    indic::is_indic(c).then(|| std::iter::once(c).nfd().collect())
}

/// Takes the characters of `own` out of `rest`, each where it comes last; false, and nothing taken, when one is missing.
fn take_last(rest: &mut Vec<char>, own: &str) -> bool {
    take(rest, own, |rest, c| rest.iter().rposition(|r| *r == c))
}

fn take_first(rest: &mut Vec<char>, own: &str) -> bool {
    take(rest, own, |rest, c| rest.iter().position(|r| *r == c))
}

fn take(rest: &mut Vec<char>, own: &str, find: impl Fn(&[char], char) -> Option<usize>) -> bool {
    let before = rest.clone();
    for c in own.chars() {
        match find(rest, c) {
            Some(at) => {
                rest.remove(at);
            }
            None => {
                *rest = before;
                return false;
            }
        }
    }
    true
}

/// What of a cluster's text a glyph shows that hangs on the letter before it: a leading r above, a letter below, a sign.
fn hanging_share(rest: &mut Vec<char>, shape: Option<Shape>) -> Vec<char> {
    let above = shape.is_some_and(|shape| shape.is_above());
    let reph: String = rest.iter().take(2).collect();
    if above && indic::is_reph(&reph) && rest.len() > 2 {
        return rest.drain(..2).collect();
    }
    let below = rest.windows(2).rposition(|pair| indic::is_virama(pair[0]) && !is_mark(pair[1]));
    if !above && let Some(at) = below.filter(|at| *at > 0) {
        return rest.drain(at..at + 2).collect();
    }
    rest.pop().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIRAMA: char = '\u{94D}';

    fn clusters(texts: &[&str], own: &[char], pool: &mut TextPool) -> Clusters {
        let texts: Vec<Text> =
            texts.iter().map(|text| if text.is_empty() { Text::NOTHING } else { pool.intern(text) }).collect();
        let program = Program { char_by_glyph: own.iter().map(|c| *c as u32).collect(), ..Program::default() };
        let evidence = Evidence { program, shapes: Shapes::default(), glyphs: Vec::new() };
        match Clusters::detect(&texts, pool, || Some(evidence)) {
            Some(clusters) => clusters,
            None => panic!("not detected"),
        }
    }

    fn read(clusters: &mut Clusters, codes: &[u32], pool: &mut TextPool) -> String {
        let shown: Vec<Text> = codes.iter().map(|code| clusters.text(*code, Text::UNKNOWN, pool)).collect();
        let mut out = String::new();
        shown.iter().for_each(|text| pool.push_to(*text, &mut out));
        out
    }

    #[test]
    fn the_program_tells_the_text_of_its_glyphs() {
        let mut pool = TextPool::default();
        // 1: the left sign, named nothing; 2: ra, named with the sign; 3: pa; 4: ka.
        let own = ['\0', '\u{93F}', 'र', 'प', 'क'];
        let mut clusters = clusters(&["", "", "रि", "प", "क"], &own, &mut pool);
        assert_eq!(read(&mut clusters, &[1, 2, 3, 1, 4, 2], &mut pool), "\u{93F}रप\u{93F}कर");
    }

    #[test]
    fn what_the_other_glyphs_leave_over_is_the_text_of_the_unknown_one() {
        let mut pool = TextPool::default();
        // 1: the left sign; 2: a ligature, named with the sign; 3: half na, first used before a known letter and named
        // nothing; 4: da, named with the half form.
        let half = format!("न{VIRAMA}द");
        let own = ['\0', '\u{93F}', '\0', '\0', 'द'];
        let mut clusters = clusters(&["", "", "क्षि", "", &half], &own, &mut pool);
        assert_eq!(read(&mut clusters, &[1, 2], &mut pool), "\u{93F}क्ष");
        assert_eq!(read(&mut clusters, &[3, 4, 2], &mut pool), format!("न{VIRAMA}दक्ष"));
    }
}
