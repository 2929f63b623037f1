//! Fonts whose ToUnicode CMap names clusters instead of glyphs.
//!
//! Some writers give the text of a whole cluster to one of its glyphs and nothing to the others, at the first use of the
//! glyph. Used again in another cluster, the glyph then brings letters along that are not there. Where the font program
//! tells the glyph's own character, that is taken, and what is left of the cluster's text belongs to the glyphs beside it
//! that have none: pages are read in the order in which the writer wrote them, so that the first use shows which.

use super::program::Program;
use crate::layout::characters::{Text, TextPool};
use crate::layout::indic;
use rustc_hash::FxHashMap;

/// The state of reading such a font.
pub(crate) struct Clusters {
    own_char: FxHashMap<u32, char>,
    named: FxHashMap<u32, String>,
    /// What was found out.
    bound: FxHashMap<u32, Text>,
    /// Glyphs without text since the last one with text.
    waiting: Vec<u32>,
    /// Text of the last cluster that no glyph before it took.
    left_over: String,
}

impl Clusters {
    /// `None` for the usual fonts: nothing empty, no complex script, or no characters in the program.
    pub(crate) fn detect(
        texts: &[Text],
        pool: &TextPool,
        program: impl FnOnce() -> Option<(Program, Vec<u16>)>,
    ) -> Option<Self> {
        let is_complex = |text: &Text| text.as_char().is_none() && pool.get(*text).chars().any(indic::is_indic);
        if !texts.iter().any(|text| text.is_nothing()) || !texts.iter().any(is_complex) {
            return None;
        }
        let (program, glyphs) = program()?;
        let mut clusters = Self {
            own_char: FxHashMap::default(),
            named: FxHashMap::default(),
            bound: FxHashMap::default(),
            waiting: Vec::new(),
            left_over: String::new(),
        };
        for (code, text) in texts.iter().enumerate() {
            let glyph = glyphs.get(code).copied().unwrap_or(code as u16);
            let own =
                program.char_by_glyph.get(usize::from(glyph)).copied().filter(|c| *c != 0).and_then(char::from_u32);
            if let Some(c) = own {
                clusters.own_char.insert(code as u32, c);
            }
            if is_complex(text) || text.is_nothing() {
                clusters.named.insert(code as u32, pool.get(*text).to_string());
            }
        }
        (!clusters.own_char.is_empty()).then_some(clusters)
    }

    /// Text of a code whose ToUnicode text is `text`.
    pub(crate) fn text(&mut self, code: u32, text: Text, pool: &mut TextPool) -> Text {
        if let Some(bound) = self.bound.get(&code).copied() {
            self.rest();
            return bound;
        }
        let Some(named) = self.named.get(&code) else {
            self.rest();
            return text;
        };
        let own = self.own_char.get(&code).copied();
        if named.is_empty() {
            let found = match own {
                Some(c) => Some(Text::char(c)),
                None if !self.left_over.is_empty() => Some(pool.intern(&std::mem::take(&mut self.left_over))),
                None => None,
            };
            match found {
                Some(found) => {
                    self.bound.insert(code, found);
                    return found;
                }
                None => self.waiting.push(code),
            }
            return text;
        }
        let Some((own, at)) = own.and_then(|c| named.rfind(c).map(|at| (c, at))) else {
            self.rest();
            return text;
        };
        let mut others = named.clone();
        others.remove(at);
        self.bound.insert(code, Text::char(own));
        self.left_over.clear();
        if self.waiting.is_empty() {
            self.left_over = others;
            return Text::char(own);
        }
        let seen = self.share_out(&others, pool) + own.encode_utf8(&mut [0; 4]);
        pool.intern(&seen)
    }

    fn rest(&mut self) {
        self.waiting.clear();
        self.left_over.clear();
    }

    /// Gives the text of a cluster to the glyphs that waited for it, a left sign to the first; gives the text as seen.
    fn share_out(&mut self, others: &str, pool: &mut TextPool) -> String {
        let signs: String = others.chars().filter(|c| indic::is_left_sign(*c)).collect();
        let letters: String = others.chars().filter(|c| !indic::is_left_sign(*c)).collect();
        let mut shares: Vec<String> = [signs, letters].into_iter().filter(|share| !share.is_empty()).collect();
        if self.waiting.len() == 1 {
            shares = vec![shares.concat()];
        }
        for (code, share) in self.waiting.drain(..).zip(&shares) {
            let text = pool.intern(share);
            self.bound.insert(code, text);
        }
        shares.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_uses_tell_the_text_of_each_glyph() {
        let mut pool = TextPool::default();
        // 1: the left sign, named nothing; 2: ra, named with the sign; 3: pa; 4: ka.
        let texts = [Text::UNKNOWN, Text::NOTHING, pool.intern("रि"), Text::char('प'), Text::char('क')];
        let program =
            Program { char_by_glyph: vec![0, 0, 'र' as u32, 'प' as u32, 'क' as u32], ..Program::default() };
        let clusters = Clusters::detect(&texts, &pool, || Some((program, Vec::new())));
        let Some(mut clusters) = clusters else { panic!("not detected") };
        let mut out = String::new();
        for code in [1, 2, 3, 1, 4, 2] {
            let text = clusters.text(code, texts[code as usize], &mut pool);
            pool.push_to(text, &mut out);
        }
        assert_eq!(out, "\u{93F}रप\u{93F}कर");
    }
}
