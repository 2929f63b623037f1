//! Tokens of content streams, CMaps and Type 1 programs: slices of the input, nothing copied, numbers parsed on demand.

/// A token. Slices are raw: escapes in names and strings are undone by [`name_bytes`] and [`string_bytes`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Token<'a> {
    Number(&'a [u8]),
    /// A number of an array, read already, see `short_ways.rs`.
    Value(f32),
    /// Without the slash.
    Name(&'a [u8]),
    /// Between the parentheses.
    Literal(&'a [u8]),
    /// A literal string of an array that holds no escapes, see `short_ways.rs`.
    Plain(&'a [u8]),
    /// Between the angle brackets.
    Hex(&'a [u8]),
    ArrayStart,
    ArrayEnd,
    DictStart,
    DictEnd,
    Keyword(&'a [u8]),
}

impl Token<'_> {
    /// What the token is as a number; 0 where it is none.
    #[inline]
    pub(crate) fn number(&self) -> f32 {
        match self {
            Self::Number(raw) => number(raw),
            Self::Value(value) => *value,
            _ => 0.0,
        }
    }

    #[inline(always)]
    pub(crate) fn is_string(&self) -> bool {
        matches!(self, Self::Plain(_) | Self::Literal(_) | Self::Hex(_))
    }

    /// Bytes the string has at most.
    #[inline(always)]
    pub(crate) fn most_bytes(&self) -> usize {
        match self {
            Self::Plain(raw) | Self::Literal(raw) => raw.len(),
            Self::Hex(raw) => raw.len().div_ceil(2),
            _ => 0,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Space,
    Number,
    Delimiter,
    Regular,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Regular; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            0 | 9 | 10 | 12 | 13 | 32 => Class::Space,
            b'0'..=b'9' | b'+' | b'-' | b'.' => Class::Number,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => Class::Delimiter,
            _ => Class::Regular,
        };
        i += 1;
    }
    table
};

#[inline(always)]
pub(super) fn class(byte: u8) -> Class {
    CLASSES[byte as usize]
}

/// Bytes that mean something inside a literal string.
const IN_LITERAL: [bool; 256] = {
    let mut table = [false; 256];
    table[b'\\' as usize] = true;
    table[b'(' as usize] = true;
    table[b')' as usize] = true;
    table[b'\r' as usize] = true;
    table
};

/// Bytes that end a name or keyword.
const ENDS_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = matches!(CLASSES[i], Class::Space | Class::Delimiter);
        i += 1;
    }
    table
};

#[inline(always)]
pub(super) fn ends_word(byte: u8) -> bool {
    ENDS_WORD[byte as usize]
}

/// Bytes of a name or keyword at the start of `data`.
#[inline(always)]
pub(super) fn regular_length(data: &[u8]) -> usize {
    data.iter().position(|b| ends_word(*b)).unwrap_or(data.len())
}

/// Where the first of the bytes that `table` marks is. Eight bytes are looked at for each test of the end.
#[inline(always)]
fn first_of(data: &[u8], table: &[bool; 256]) -> Option<usize> {
    let (chunks, rest) = data.as_chunks::<8>();
    for (i, chunk) in chunks.iter().enumerate() {
        for (j, byte) in chunk.iter().enumerate() {
            if table[*byte as usize] {
                return Some(8 * i + j);
            }
        }
    }
    let found = rest.iter().position(|b| table[*b as usize])?;
    Some(8 * chunks.len() + found)
}

/// Values of hexadecimal digits; 255 for other bytes.
const DIGITS: [u8; 256] = {
    let mut table = [u8::MAX; 256];
    let mut i = 0;
    while i < 16 {
        table[b"0123456789abcdef"[i] as usize] = i as u8;
        table[b"0123456789ABCDEF"[i] as usize] = i as u8;
        i += 1;
    }
    table
};

pub(crate) struct Lexer<'a> {
    pub(super) data: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0 }
    }

    pub(crate) fn position(&self) -> usize {
        self.at
    }

    pub(crate) fn seek(&mut self, at: usize) {
        self.at = at.min(self.data.len());
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Option<Token<'a>> {
        let data = self.data;
        loop {
            // The rest as a slice of its own: one bound for all the bytes of a token.
            let rest = data.get(self.at..)?;
            let byte = *rest.first()?;
            match class(byte) {
                Class::Space => self.at += 1,
                Class::Number => {
                    let length = rest.iter().position(|b| class(*b) != Class::Number).unwrap_or(rest.len());
                    self.at += length;
                    return Some(Token::Number(&rest[..length]));
                }
                Class::Regular => {
                    let length = regular_length(rest);
                    self.at += length;
                    return Some(Token::Keyword(&rest[..length]));
                }
                Class::Delimiter => {
                    if let Some(token) = self.delimited(byte) {
                        return Some(token);
                    }
                }
            }
        }
    }

    #[inline(always)]
    pub(super) fn delimited(&mut self, byte: u8) -> Option<Token<'a>> {
        let data = self.data;
        self.at += 1;
        let start = self.at;
        match byte {
            b'/' => {
                self.at += regular_length(&data[start..]);
                Some(Token::Name(&data[start..self.at]))
            }
            b'(' => Some(Token::Literal(self.literal().0)),
            b'<' if data.get(self.at) == Some(&b'<') => {
                self.at += 1;
                Some(Token::DictStart)
            }
            b'<' => {
                let length = memchr::memchr(b'>', &data[start..]).unwrap_or(data.len() - start);
                self.at = (start + length + 1).min(data.len());
                Some(Token::Hex(&data[start..start + length]))
            }
            b'>' => {
                if data.get(self.at) == Some(&b'>') {
                    self.at += 1;
                }
                Some(Token::DictEnd)
            }
            b'[' => Some(Token::ArrayStart),
            b']' => Some(Token::ArrayEnd),
            b'%' => {
                while let Some(&byte) = data.get(self.at) {
                    if byte == b'\n' || byte == b'\r' {
                        break;
                    }
                    self.at += 1;
                }
                None
            }
            b'{' | b'}' => Some(Token::Keyword(&data[start - 1..start])),
            _ => None,
        }
    }

    /// What stands before the closing parenthesis, and whether there is nothing to undo in it.
    #[inline(always)]
    pub(super) fn literal(&mut self) -> (&'a [u8], bool) {
        let data = self.data;
        let start = self.at;
        let mut depth = 1_usize;
        let mut plain = true;
        let mut at = start;
        while let Some(length) = data.get(at..).and_then(|rest| first_of(rest, &IN_LITERAL)) {
            at += length;
            match data[at] {
                b'\\' => {
                    plain = false;
                    at += 1;
                }
                b'\r' => plain = false,
                b'(' => depth += 1,
                _ => {
                    depth -= 1;
                    if depth == 0 {
                        self.at = at + 1;
                        return (&data[start..at], plain);
                    }
                }
            }
            at += 1;
        }
        self.at = data.len();
        (&data[start..], plain)
    }

    /// Moves past the data of an inline image whose dictionary has just been read up to and with `ID`.
    /// `length` is the exact size where the dictionary tells it.
    pub(crate) fn skip_image_data(&mut self, length: Option<usize>) {
        // One white space byte separates ID from the data.
        let start = (self.at + 1).min(self.data.len());
        if let Some(end) = length.and_then(|n| start.checked_add(n))
            && end <= self.data.len()
            && self.image_ends_at(end).is_some()
        {
            self.at = self.image_ends_at(end).unwrap_or(end);
            return;
        }
        let mut at = start;
        while let Some(found) = memchr::memmem::find(&self.data[at..], b"EI") {
            let here = at + found;
            let opens = here == start || here == 0 || class(self.data[here - 1]) == Class::Space;
            if opens && self.text_follows(here + 2) {
                self.at = here + 2;
                return;
            }
            at = here + 1;
        }
        self.at = self.data.len();
    }

    fn image_ends_at(&self, end: usize) -> Option<usize> {
        let mut at = end;
        while at < self.data.len() && at < end + 4 && class(self.data[at]) == Class::Space {
            at += 1;
        }
        (self.data.get(at..at + 2) == Some(b"EI") && self.data.get(at + 2).is_none_or(|b| class(*b) != Class::Regular))
            .then_some(at + 2)
    }

    /// Whether what follows reads as operators rather than as image bytes that happen to hold `EI`.
    fn text_follows(&self, at: usize) -> bool {
        let rest = &self.data[at..(at + 24).min(self.data.len())];
        rest.first().is_none_or(|b| class(*b) == Class::Space)
            && rest.iter().all(|&b| (32..127).contains(&b) || class(b) == Class::Space)
    }
}

/// The number a token stands for. Lenient as readers are: `--5` is -5, `1.2-3` is 1.2, no digits is 0.
#[inline]
pub(crate) fn number(raw: &[u8]) -> f32 {
    // Up to nine digits, as nearly all numbers are, need no care.
    let (sign, digits) = match raw {
        [b'-', digits @ ..] => (-1.0, digits),
        _ => (1.0, raw),
    };
    if digits.len() < 10 {
        let (mut value, mut point) = (0_u32, digits.len());
        for (i, &byte) in digits.iter().enumerate() {
            match byte {
                b'0'..=b'9' => value = value * 10 + u32::from(byte - b'0'),
                b'.' if point == digits.len() => point = i,
                _ => return unusual_number(raw),
            }
        }
        let scale = digits.len().saturating_sub(point + 1);
        return (sign * (f64::from(value) / POWERS[scale])) as f32;
    }
    unusual_number(raw)
}

/// Powers of ten.
pub(super) const POWERS: [f64; 18] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17];

#[cold]
fn unusual_number(raw: &[u8]) -> f32 {
    let mut negative = false;
    let mut at = 0;
    while let Some(sign) = raw.get(at).filter(|b| **b == b'-' || **b == b'+') {
        negative |= *sign == b'-';
        at += 1;
    }
    let mut whole = 0_u64;
    let mut scale = 0_usize;
    let mut fraction = false;
    for &byte in &raw[at..] {
        match byte {
            b'0'..=b'9' => {
                if whole < 1 << 53 {
                    whole = whole * 10 + u64::from(byte - b'0');
                    scale += usize::from(fraction);
                } else if !fraction {
                    return if negative { f32::MIN } else { f32::MAX };
                }
            }
            b'.' if !fraction => fraction = true,
            _ => break,
        }
    }
    let value = whole as f64 / POWERS[scale.min(POWERS.len() - 1)];
    (if negative { -value } else { value }) as f32
}

/// The bytes of a string token, escapes undone; borrowed where there is nothing to undo.
#[inline]
pub(crate) fn string_bytes<'s>(token: Token<'s>, scratch: &'s mut Vec<u8>) -> Option<&'s [u8]> {
    match token {
        Token::Literal(raw) => {
            // Most strings are a few bytes: a search set up for long ones costs more than it saves.
            if !raw.iter().any(|b| matches!(b, b'\\' | b'\r')) {
                return Some(raw);
            }
            scratch.clear();
            unescape(raw, scratch);
            Some(scratch)
        }
        Token::Plain(raw) => Some(raw),
        Token::Hex(raw) => {
            let (pairs, _) = raw.as_chunks::<2>();
            scratch.resize(pairs.len(), 0);
            let mut length = 0;
            for (byte, [high, low]) in scratch.iter_mut().zip(pairs) {
                let (high, low) = (DIGITS[*high as usize], DIGITS[*low as usize]);
                if high | low >= 16 {
                    break;
                }
                *byte = high << 4 | low;
                length += 1;
            }
            scratch.truncate(length);
            // An odd end, or white space and other bytes between the digits.
            let mut high: Option<u8> = None;
            for &byte in &raw[2 * scratch.len()..] {
                let digit = DIGITS[byte as usize];
                if digit >= 16 {
                    continue;
                }
                match high.take() {
                    None => high = Some(digit << 4),
                    Some(first) => scratch.push(first | digit),
                }
            }
            scratch.extend(high);
            Some(scratch)
        }
        _ => None,
    }
}

fn unescape(raw: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        at += 1;
        if byte == b'\r' {
            if raw.get(at) == Some(&b'\n') {
                at += 1;
            }
            out.push(b'\n');
            continue;
        }
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some(&escaped) = raw.get(at) else { break };
        at += 1;
        match escaped {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\n' => {}
            b'\r' => {
                if raw.get(at) == Some(&b'\n') {
                    at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut value = u32::from(escaped - b'0');
                for _ in 0..2 {
                    let Some(digit) = raw.get(at).filter(|b| (b'0'..=b'7').contains(*b)) else {
                        break;
                    };
                    value = value * 8 + u32::from(digit - b'0');
                    at += 1;
                }
                out.push(value as u8);
            }
            other => out.push(other),
        }
    }
}

/// A name with its `#xx` escapes undone.
pub(crate) fn name_bytes(raw: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    if memchr::memchr(b'#', raw).is_none() {
        return raw.into();
    }
    let hex = |at: usize| raw.get(at).and_then(|b| (*b as char).to_digit(16));
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        if raw[at] == b'#'
            && let (Some(high), Some(low)) = (hex(at + 1), hex(at + 2))
        {
            out.push((high << 4 | low) as u8);
            at += 3;
        } else {
            out.push(raw[at]);
            at += 1;
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(data: &[u8]) -> Vec<Token<'_>> {
        let mut lexer = Lexer::new(data);
        std::iter::from_fn(|| lexer.next()).collect()
    }

    #[test]
    fn content_tokens() {
        assert_eq!(
            tokens(b"/F1 12.5 Tf[(a\\)b)-20<4142>]TJ % x\nT* <</A 1>>"),
            [
                Token::Name(b"F1"),
                Token::Number(b"12.5"),
                Token::Keyword(b"Tf"),
                Token::ArrayStart,
                Token::Literal(b"a\\)b"),
                Token::Number(b"-20"),
                Token::Hex(b"4142"),
                Token::ArrayEnd,
                Token::Keyword(b"TJ"),
                Token::Keyword(b"T*"),
                Token::DictStart,
                Token::Name(b"A"),
                Token::Number(b"1"),
                Token::DictEnd,
            ]
        );
    }

    #[test]
    fn numbers() {
        for (raw, value) in [("12", 12.0), ("-.5", -0.5), ("--5", -5.0), ("1.2-3", 1.2), ("+7.25", 7.25), (".", 0.0)] {
            assert_eq!(number(raw.as_bytes()), value, "{raw}");
        }
        assert_eq!(number(b"99999999999999999999999"), f32::MAX);
    }

    #[test]
    fn strings() {
        let mut scratch = Vec::new();
        assert_eq!(string_bytes(Token::Literal(b"a\\101\\n\\(\\\r\nb\\8"), &mut scratch), Some(&b"aA\n(b8"[..]));
        assert_eq!(string_bytes(Token::Hex(b"4 1 4"), &mut scratch), Some(&b"A@"[..]));
        assert_eq!(*name_bytes(b"A#42#zz"), *b"AB#zz");
    }

    #[test]
    fn nesting_and_truncation_do_not_recurse_or_run_over() {
        assert_eq!(tokens(&b"[".repeat(100_000)).len(), 100_000);
        assert_eq!(tokens(b"(abc"), [Token::Literal(b"abc")]);
        assert_eq!(tokens(b"(abc\\"), [Token::Literal(b"abc\\")]);
    }

    #[test]
    fn inline_image_data_may_hold_the_end_mark() {
        let data = b"ID \x00EI \xFF\x80\x81 binary EI Q (after) Tj";
        let mut lexer = Lexer::new(data);
        assert_eq!(lexer.next(), Some(Token::Keyword(b"ID")));
        lexer.skip_image_data(None);
        assert_eq!(lexer.next(), Some(Token::Keyword(b"Q")));
        lexer.seek(2);
        lexer.skip_image_data(Some(15));
        assert_eq!(lexer.next(), Some(Token::Keyword(b"Q")));
    }
}
