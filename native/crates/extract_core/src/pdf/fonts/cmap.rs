//! CMaps: from bytes to codes and CIDs, and ToUnicode CMaps: from codes to text (PDF 2.0, 9.7.5 and 9.10.3).

use super::predefined;
use crate::layout::characters::{Text, TextPool};
use crate::pdf::lexer::{self, Lexer, Token};
use rustc_hash::FxHashMap;

/// Codes `start..=end` of `length` bytes map to `cid` and on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CidRange {
    pub(crate) length: u8,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) cid: u32,
}

/// An encoding of a composite font.
#[derive(Default)]
pub(crate) struct Cmap {
    pub(crate) vertical: bool,
    ranges: Vec<CidRange>,
    /// Bytes a code has, by its first byte; 0 where the CMap says nothing.
    lengths: Vec<u8>,
}

/// Entries past this in one CMap are an attack, not a font.
pub(crate) const MAX_ENTRIES: usize = 1 << 18;

/// Characters one glyph may stand for; the longest ligature of Unicode has 18. What is shown again and again must not grow.
const MAX_TARGET_CHARS: usize = 64;

/// CMaps one is built on, each unpacked for it (Adobe Technical Note 5014: one at most).
const MAX_BASES: usize = 1;

/// Ranges looked at for a code: those of the CMap itself, then those of the one it uses.
const MAX_NESTED: usize = 16;

impl Cmap {
    pub(crate) fn push(&mut self, range: CidRange) {
        if self.ranges.len() < MAX_ENTRIES && (1..=4).contains(&range.length) && range.start <= range.end {
            self.set_length(range.length, range.start, range.end);
            self.ranges.push(range);
        }
    }

    fn set_length(&mut self, length: u8, start: u32, end: u32) {
        self.lengths.resize(256, 0);
        let shift = 8 * (u32::from(length) - 1);
        for first in (start >> shift).min(255)..=(end >> shift).min(255) {
            self.lengths[first as usize] = length;
        }
    }

    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn ranges(&self) -> &[CidRange] {
        &self.ranges
    }

    pub(crate) fn finish(&mut self) {
        // Stable: of ranges that start alike the one given last counts, as in a CMap that uses another.
        self.ranges.sort_by_key(|range| (range.length, range.start));
    }

    /// Starts from what `base` says; ranges given later go before it.
    pub(crate) fn use_base(&mut self, base: &Self) {
        let room = MAX_ENTRIES - self.ranges.len();
        self.ranges.extend(base.ranges.iter().take(room));
        self.lengths.clone_from(&base.lengths);
    }

    /// The code at the start of `bytes` (not empty) and its length in bytes, at least 1.
    pub(crate) fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        let first = bytes.first().copied().unwrap_or(0);
        let length = match self.lengths.get(usize::from(first)) {
            Some(0) | None => {
                if self.lengths.contains(&2) || self.lengths.is_empty() {
                    2
                } else {
                    1
                }
            }
            Some(length) => usize::from(*length),
        }
        .min(bytes.len())
        .max(1);
        (bytes.iter().take(length).fold(0, |code, byte| code << 8 | u32::from(*byte)), length)
    }

    pub(crate) fn cid(&self, code: u32, length: usize) -> Option<u32> {
        let length = length as u8;
        let after = self.ranges.partition_point(|r| (r.length, r.start) <= (length, code));
        // A range may lie within one of the CMap that is used.
        let near = self.ranges.get(after.saturating_sub(MAX_NESTED)..after)?.iter().rev();
        let range = near.take_while(|range| range.length == length).find(|range| code <= range.end)?;
        Some(range.cid.wrapping_add(code - range.start))
    }

    /// Reads an embedded CMap; `None` when it defines nothing.
    pub(crate) fn parse(data: &[u8]) -> Option<Self> {
        let mut cmap = Self::default();
        let mut bases = 0;
        let mut lexer = Lexer::new(data);
        let mut before: [Token<'_>; 2] = [Token::DictEnd; 2];
        let mut scratch = Vec::new();
        while let Some(token) = lexer.next() {
            match token {
                Token::Keyword(b"usecmap") if bases < MAX_BASES => {
                    bases += 1;
                    if let Token::Name(name) = before[1]
                        && let Some(base) = core::str::from_utf8(name).ok().and_then(predefined::cmap)
                    {
                        cmap.vertical |= base.vertical;
                        cmap.use_base(&base);
                    }
                }
                Token::Keyword(b"def") => {
                    if let [Token::Name(b"WMode"), Token::Number(mode)] = before {
                        cmap.vertical = lexer::number(mode) == 1.0;
                    }
                }
                Token::Keyword(b"begincodespacerange") => {
                    while let Some(low @ Token::Hex(_)) = lexer.next() {
                        let Some((start, length)) = code(low, &mut scratch) else {
                            break;
                        };
                        let Some((end, _)) = lexer.next().and_then(|t| code(t, &mut scratch)) else {
                            break;
                        };
                        if start <= end {
                            cmap.set_length(length, start, end);
                        }
                    }
                }
                Token::Keyword(kind @ (b"begincidrange" | b"begincidchar")) => {
                    while let Some(low @ Token::Hex(_)) = lexer.next() {
                        let Some((start, length)) = code(low, &mut scratch) else {
                            break;
                        };
                        let mut end = start;
                        if kind == b"begincidrange" {
                            let Some((high, _)) = lexer.next().and_then(|t| code(t, &mut scratch)) else {
                                break;
                            };
                            end = high;
                        }
                        let Some(Token::Number(cid)) = lexer.next() else {
                            break;
                        };
                        cmap.push(CidRange { length, start, end, cid: lexer::number(cid) as u32 });
                    }
                }
                _ => {}
            }
            before = [before[1], token];
        }
        cmap.finish();
        (!cmap.lengths.is_empty()).then_some(cmap)
    }
}

fn code(token: Token<'_>, scratch: &mut Vec<u8>) -> Option<(u32, u8)> {
    let bytes = lexer::string_bytes(token, scratch)?;
    let length = bytes.len();
    (1..=4).contains(&length).then(|| (bytes.iter().fold(0, |n, b| n << 8 | u32::from(*b)), length as u8))
}

/// Text by code, as a ToUnicode CMap gives it.
#[derive(Default)]
pub(crate) struct ToUnicode {
    /// Codes below 65,536, up to the largest there is.
    pub(crate) dense: Vec<Text>,
    pub(crate) sparse: FxHashMap<u32, Text>,
}

impl ToUnicode {
    fn set(&mut self, code: u32, text: Text) {
        if code < 0x1_0000 {
            let at = code as usize;
            if at >= self.dense.len() {
                self.dense.resize(at + 1, Text::UNKNOWN);
            }
            self.dense[at] = text;
        } else if self.sparse.len() < MAX_ENTRIES {
            self.sparse.insert(code, text);
        }
    }

    pub(crate) fn parse(data: &[u8], pool: &mut TextPool) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(data);
        let mut scratch = Vec::new();
        let mut entries = 0;
        while let Some(token) = lexer.next() {
            match token {
                Token::Keyword(b"beginbfchar") => {
                    while let Some(source @ Token::Hex(_)) = lexer.next() {
                        let Some((code, _)) = code(source, &mut scratch) else {
                            break;
                        };
                        let Some(target) = lexer.next() else { break };
                        let text = target_text(target, 0, &mut scratch, pool);
                        map.set(code, text);
                    }
                }
                Token::Keyword(b"beginbfrange") => {
                    while let Some(low @ Token::Hex(_)) = lexer.next() {
                        let Some((start, _)) = code(low, &mut scratch) else {
                            break;
                        };
                        let Some((end, _)) = lexer.next().and_then(|t| code(t, &mut scratch)) else {
                            break;
                        };
                        let Some(target) = lexer.next() else { break };
                        if target == Token::ArrayStart {
                            let mut at = start;
                            while let Some(item @ (Token::Hex(_) | Token::Literal(_) | Token::Name(_))) = lexer.next() {
                                if at <= end {
                                    let text = target_text(item, 0, &mut scratch, pool);
                                    map.set(at, text);
                                }
                                at = at.saturating_add(1);
                            }
                            continue;
                        }
                        for offset in 0..=end.saturating_sub(start).min(0xFFFF) {
                            entries += 1;
                            if entries > MAX_ENTRIES || end < start {
                                break;
                            }
                            let text = target_text(target, offset, &mut scratch, pool);
                            map.set(start.saturating_add(offset), text);
                        }
                    }
                }
                _ => {}
            }
        }
        map
    }
}

/// The text of a bfchar or bfrange target, `offset` codes into its range.
fn target_text(token: Token<'_>, offset: u32, scratch: &mut Vec<u8>, pool: &mut TextPool) -> Text {
    if let Token::Name(name) = token {
        let mut text = String::new();
        return if super::glyph_names::push_text(name, &mut text) { pool.intern(&text) } else { Text::UNKNOWN };
    }
    let Some(bytes) = lexer::string_bytes(token, scratch) else {
        return Text::UNKNOWN;
    };
    match bytes {
        [] => return Text::NOTHING,
        [byte] => {
            let c = char::from_u32(u32::from(*byte) + offset).unwrap_or('\0');
            return pool.intern(c.encode_utf8(&mut [0; 4]));
        }
        [high, low] => {
            let unit = (u32::from(*high) << 8 | u32::from(*low)).wrapping_add(offset);
            if let Some(c) = char::from_u32(unit & 0xFFFF) {
                return pool.intern(c.encode_utf8(&mut [0; 4]));
            }
        }
        _ => {}
    }
    let (pairs, _) = bytes.as_chunks::<2>();
    let last = pairs.len().wrapping_sub(1);
    let units = pairs.iter().enumerate().map(|(i, pair)| {
        let unit = u16::from_be_bytes(*pair);
        if i == last { unit.wrapping_add(offset as u16) } else { unit }
    });
    // NUL padding and lone surrogates say nothing.
    let chars = char::decode_utf16(units).filter_map(Result::ok).filter(|c| *c != '\0');
    let text: String = chars.take(MAX_TARGET_CHARS).collect();
    if text.is_empty() { Text::UNKNOWN } else { pool.intern(&text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_unicode_chars_ranges_arrays_ligatures_surrogates() {
        let data = b"2 beginbfchar <01> <0041> <0002> <00660069> endbfchar
            3 beginbfrange <0010> <0012> <0430> <20> <21> [<0042> <D83DDE00>] <0005> <0003> <0041> endbfrange";
        let mut pool = TextPool::default();
        let map = ToUnicode::parse(data, &mut pool);
        let text = |code: usize| {
            let mut out = String::new();
            if let Some(text) = map.dense.get(code) {
                pool.push_to(*text, &mut out);
            }
            out
        };
        assert_eq!(text(1), "A");
        assert_eq!(text(2), "fi");
        assert_eq!(text(0x12), "в");
        assert_eq!(text(0x20), "B");
        assert_eq!(text(0x21), "\u{1F600}");
        assert_eq!(text(5), "");
    }

    #[test]
    fn embedded_cmap() {
        let cmap = Cmap::parse(
            b"/WMode 1 def 1 begincodespacerange <00> <80> <8140> <9FFC> endcodespacerange
              1 begincidrange <20> <7e> 1 endcidrange 1 begincidchar <8140> 633 endcidchar",
        )
        .unwrap_or_default();
        assert!(cmap.vertical);
        assert_eq!(cmap.next_code(b"A"), (0x41, 1));
        assert_eq!(cmap.cid(0x41, 1), Some(34));
        assert_eq!(cmap.next_code(&[0x81, 0x40]), (0x8140, 2));
        assert_eq!(cmap.cid(0x8140, 2), Some(633));
        assert_eq!(cmap.cid(0x8141, 2), None);
    }

    #[test]
    fn ranges_go_before_those_of_the_cmap_that_is_used() {
        let cmap = Cmap::parse(b"/90ms-RKSJ-V usecmap 2 begincidrange <41> <42> 7000 <93FA> <93FA> 8000 endcidrange")
            .unwrap_or_default();
        assert!(cmap.vertical);
        assert_eq!(cmap.cid(0x42, 1), Some(7001));
        assert_eq!(cmap.cid(0x93FA, 2), Some(8000));
        let base = predefined::cmap("90ms-RKSJ-H").unwrap_or_default();
        for (code, length) in [(0x43, 1), (0x40, 1), (0x93FB, 2), (0x93F9, 2)] {
            assert_eq!(cmap.cid(code, length), base.cid(code, length), "{code:x}");
        }
    }

    #[test]
    fn a_hostile_range_is_cut() {
        let map = ToUnicode::parse(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange", &mut TextPool::default());
        assert!(map.dense.len() <= 0x1_0000 && map.sparse.len() <= MAX_ENTRIES);
    }
}
