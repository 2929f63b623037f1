//! Short ways through content streams: the forms in which nearly all operators are written are read in one go, without
//! tokens. Each reads what [`Lexer::next`] would, or moves nothing.

use super::lexer::{Class, Lexer, POWERS, Token, class, ends_word, regular_length};

impl<'a> Lexer<'a> {
    /// Moves past white space and gives the byte behind it.
    #[inline(always)]
    pub(crate) fn skip_space(&mut self) -> Option<u8> {
        loop {
            let byte = *self.data.get(self.at)?;
            if class(byte) != Class::Space {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// The next operator and the bytes of its operands, if these are numbers and nothing else: one pass over the drawing
    /// that text does not depend on. `first` is the byte at which the lexer stands.
    #[inline(always)]
    pub(crate) fn numeric_operator(&mut self, first: u8) -> Option<(&'a [u8], &'a [u8])> {
        let rest = self.data.get(self.at..)?;
        let start = if class(first) == Class::Regular { 0 } else { numeric_length(rest) };
        let (operands, rest) = rest.split_at_checked(start)?;
        if class(*rest.first()?) != Class::Regular {
            return None;
        }
        let length = match rest {
            [_, end, ..] if ends_word(*end) => 1,
            [_, _, end, ..] if ends_word(*end) => 2,
            _ => regular_length(rest),
        };
        self.at += start + length;
        Some((operands, rest.get(..length)?))
    }

    /// `[…] TJ`: its strings and numbers. The lexer stands at the bracket.
    #[inline(always)]
    pub(crate) fn shown_array(&mut self, items: &mut Vec<Token<'a>>, most: usize) -> bool {
        let start = self.at;
        self.at += 1;
        items.clear();
        self.array_items(items, most);
        if self.data.get(self.at) == Some(&b']') && self.keyword_follows(self.at + 1, *b"TJ") {
            return true;
        }
        self.at = start;
        false
    }

    /// `(…) Tj` or `<…> Tj`: its string. The lexer stands at the bracket.
    #[inline(always)]
    pub(crate) fn shown_string(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let token = match self.data.get(start) {
            Some(b'(') => {
                self.at += 1;
                let (text, plain) = self.literal();
                if plain { Token::Plain(text) } else { Token::Literal(text) }
            }
            Some(b'<') => Token::Hex(self.hex()?),
            _ => return None,
        };
        if self.keyword_follows(self.at, *b"Tj") {
            return Some(token);
        }
        self.at = start;
        None
    }

    /// `/Name size Tf`: the name and the size. The lexer stands at the slash.
    #[inline(always)]
    pub(crate) fn font_operator(&mut self) -> Option<(&'a [u8], f32)> {
        let name = self.at + 1;
        let mut at = name + regular_length(self.data.get(name..)?);
        let end = at;
        while matches!(self.data.get(at), Some(b' ' | b'\n' | b'\r')) {
            at += 1;
        }
        let (size, length) = plain_number(self.data.get(at..)?)?;
        if length == 0 || !self.keyword_follows(at + length, *b"Tf") {
            return None;
        }
        Some((&self.data[name..end], size))
    }

    /// Moves past the keyword if it is what follows `at`, be it behind white space.
    #[inline(always)]
    fn keyword_follows(&mut self, at: usize, keyword: [u8; 2]) -> bool {
        let mut at = at;
        while matches!(self.data.get(at), Some(b' ' | b'\n' | b'\r')) {
            at += 1;
        }
        let Some(rest) = self.data.get(at..) else { return false };
        let follows = match rest {
            [a, b, after, ..] => [*a, *b] == keyword && matches!(class(*after), Class::Space | Class::Delimiter),
            _ => *rest == keyword,
        };
        if follows {
            self.at = at + 2;
        }
        follows
    }

    /// Appends what follows to `items` as long as it is strings and plain numbers, as nearly all of a TJ array is: the
    /// bulk of text goes through here.
    #[inline(always)]
    pub(crate) fn array_items(&mut self, items: &mut Vec<Token<'a>>, most: usize) {
        let data = self.data;
        while items.len() < most {
            match data.get(self.at) {
                Some(b'(') => {
                    self.at += 1;
                    let (text, plain) = self.literal();
                    items.push(if plain { Token::Plain(text) } else { Token::Literal(text) });
                }
                Some(b'-' | b'0'..=b'9') => {
                    let Some((value, length)) = plain_number(&data[self.at..]) else { return };
                    self.at += length;
                    items.push(Token::Value(value));
                }
                Some(b'<') => {
                    let Some(text) = self.hex() else { return };
                    items.push(Token::Hex(text));
                }
                Some(b' ' | b'\n' | b'\r') => self.at += 1,
                _ => return,
            }
        }
    }

    /// What stands between angle brackets; `None` for the start of a dictionary. The lexer stands at the bracket.
    #[inline(always)]
    fn hex(&mut self) -> Option<&'a [u8]> {
        let start = self.at + 1;
        let rest = self.data.get(start..)?;
        if rest.first() == Some(&b'<') {
            return None;
        }
        let length = hex_length(rest);
        self.at = (start + length + 1).min(self.data.len());
        Some(&rest[..length])
    }
}

/// Bytes before the next `>`. Shown strings are short: a search set up for long ones costs more than it saves.
#[inline(always)]
fn hex_length(data: &[u8]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);
    let (chunks, rest) = data.as_chunks::<8>();
    for (i, chunk) in chunks.iter().enumerate() {
        // The lowest zero byte is found exactly; what is above it does not count.
        let differences = u64::from_le_bytes(*chunk) ^ u64::from_le_bytes([b'>'; 8]);
        let zeros = differences.wrapping_sub(ONES) & !differences & HIGHS;
        if zeros != 0 {
            return 8 * i + (zeros.trailing_zeros() / 8) as usize;
        }
    }
    let found = rest.iter().position(|b| *b == b'>').unwrap_or(rest.len());
    8 * chunks.len() + found
}

/// Bytes at the start of `data` that are white space or belong to numbers.
#[inline(always)]
fn numeric_length(data: &[u8]) -> usize {
    let is_numeric = |b: &u8| matches!(class(*b), Class::Space | Class::Number);
    let (chunks, rest) = data.as_chunks::<16>();
    for (i, chunk) in chunks.iter().enumerate() {
        // Sixteen comparisons at once, without branches.
        let mut others = [0; 16];
        for (other, &b) in others.iter_mut().zip(chunk) {
            let number = (b.wrapping_sub(b'+') < 15) & (b != b',') & (b != b'/');
            let space = (b == b' ') | (b == b'\n') | (b == b'\r');
            *other = u8::from(number | space).wrapping_sub(1);
        }
        let others = u128::from_le_bytes(others);
        if others != 0 {
            let at = 16 * i + (others.trailing_zeros() / 8) as usize;
            let rest = data.get(at..).unwrap_or_default();
            // White space of the rarer kinds stops the quick test too.
            return if rest.first().is_some_and(is_numeric) {
                at + rest.iter().position(|b| !is_numeric(b)).unwrap_or(rest.len())
            } else {
                at
            };
        }
    }
    16 * chunks.len() + rest.iter().position(|b| !is_numeric(b)).unwrap_or(rest.len())
}

/// Digits of the longest number that is read the short way: its value fits 32 bits.
const MOST_DIGITS: usize = 9;

/// The number at the start of `data` and its length, unless it is an unusual one.
#[inline(always)]
fn plain_number(data: &[u8]) -> Option<(f32, usize)> {
    let negative = data.first() == Some(&b'-');
    let start = usize::from(negative);
    let mut value = 0_u32;
    let mut length = start;
    let digits = |value: &mut u32, length: &mut usize| {
        loop {
            let byte = data.get(*length).copied().unwrap_or(b' ');
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return byte;
            }
            // What overflows is thrown away below.
            *value = value.wrapping_mul(10).wrapping_add(u32::from(digit));
            *length += 1;
        }
    };
    let mut after = digits(&mut value, &mut length);
    let value = if after == b'.' {
        length += 1;
        let point = length;
        after = digits(&mut value, &mut length);
        if length - start > MOST_DIGITS {
            return None;
        }
        (f64::from(value) / POWERS[length - point]) as f32
    } else {
        if length - start > MOST_DIGITS {
            return None;
        }
        f64::from(value) as f32
    };
    if class(after) == Class::Number {
        return None;
    }
    Some((if negative { -value } else { value }, length))
}

/// The numbers of `operands`, if these are just as many, all plain.
#[inline(always)]
pub(crate) fn numbers<const N: usize>(operands: &[u8]) -> Option<[f32; N]> {
    let mut numbers = [0.0; N];
    let mut at = 0;
    for slot in &mut numbers {
        while matches!(operands.get(at), Some(b' ' | b'\n' | b'\r')) {
            at += 1;
        }
        let (value, length) = plain_number(operands.get(at..)?)?;
        if length == 0 {
            return None;
        }
        *slot = value;
        at += length;
    }
    operands.get(at..)?.iter().all(|b| class(*b) == Class::Space).then_some(numbers)
}

/// Appends the numbers of `operands`, which hold nothing else.
pub(crate) fn push_numbers<'a>(operands: &'a [u8], most: usize, out: &mut Vec<Token<'a>>) {
    let mut lexer = Lexer::new(operands);
    while out.len() < most {
        let Some(token) = lexer.next() else { return };
        out.push(token);
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexer::string_bytes;
    use super::*;

    fn tokens(data: &[u8]) -> Vec<Token<'_>> {
        let mut lexer = Lexer::new(data);
        std::iter::from_fn(|| lexer.next()).collect()
    }

    #[test]
    fn the_short_ways_read_what_the_long_ones_do() {
        for data in ["(a\\)b)-20.5 <41 4>.5(c\rd)12345678901 --3(e)\n1.2.3 /x", "(open", "-", "<4142", "1 2]3"] {
            let mut lexer = Lexer::new(data.as_bytes());
            let mut items = Vec::new();
            lexer.array_items(&mut items, 100);
            while let Some(token) = lexer.next() {
                items.push(token);
                lexer.array_items(&mut items, 100);
            }
            let mut scratch = Vec::new();
            let mut meaning =
                |token: Token<'_>| (token.number(), string_bytes(token, &mut scratch).map(<[u8]>::to_vec));
            let short: Vec<_> = items.into_iter().map(&mut meaning).collect();
            let long: Vec<_> = tokens(data.as_bytes()).into_iter().map(&mut meaning).collect();
            assert_eq!(short, long, "{data}");
        }
        let mut numbers = Vec::new();
        push_numbers(b" 1 -2.5 .5 +4\n1-2 7.", 5, &mut numbers);
        assert_eq!(numbers.iter().map(Token::number).collect::<Vec<_>>(), [1.0, -2.5, 0.5, 4.0, 1.0]);
    }

    #[test]
    fn drawing_is_passed_over_and_strings_are_not() {
        let mut lexer = Lexer::new(b"1 2 m\n-3 .5 l S /F1 12 Tf 0 0 Td");
        assert_eq!(lexer.numeric_operator(b' '), Some((&b"1 2 "[..], &b"m"[..])));
        assert_eq!(lexer.numeric_operator(b' '), Some((&b"\n-3 .5 "[..], &b"l"[..])));
        assert_eq!(lexer.numeric_operator(b' '), Some((&b" "[..], &b"S"[..])));
        assert_eq!(lexer.numeric_operator(b' '), None);
        assert_eq!(lexer.next(), Some(Token::Name(b"F1")));
    }

    #[test]
    fn operators_in_their_usual_forms() {
        let mut items = Vec::new();
        let mut lexer = Lexer::new(b"[(a) -20.5<41>]\nTJ(b)Tj <42> Tj/F1 9.5 Tf");
        assert!(lexer.shown_array(&mut items, 100));
        assert_eq!(items, [Token::Plain(b"a"), Token::Value(-20.5), Token::Hex(b"41")]);
        assert_eq!(lexer.shown_string(), Some(Token::Plain(b"b")));
        assert_eq!(lexer.skip_space(), Some(b'<'));
        assert_eq!(lexer.shown_string(), Some(Token::Hex(b"42")));
        assert_eq!(lexer.font_operator(), Some((&b"F1"[..], 9.5)));
        assert_eq!(lexer.skip_space(), None);
        assert_eq!(numbers::<3>(b" 1 -.5\n+2 "), None);
        assert_eq!(numbers(b" 1 -2.5\n "), Some([1.0, -2.5]));
        assert_eq!(numbers::<2>(b" 1 -2.5 3"), None);
        assert_eq!(numbers::<2>(b" 1"), None);
    }

    #[test]
    fn other_forms_move_nothing() {
        for data in
            ["[(a)/N]TJ", "[1 2] 0 d", "[(a)]TJx", "[(a)", "(a)'", "(a) 1 Tj", "<</A 1>>BDC", "<41>TJ", "<", "("]
        {
            let mut lexer = Lexer::new(data.as_bytes());
            assert!(!lexer.shown_array(&mut Vec::new(), 100), "{data}");
            assert_eq!(lexer.shown_string(), None, "{data}");
            assert_eq!(lexer.position(), 0, "{data}");
        }
        for data in ["/F1 Tf", "/F1 --1 Tf", "/F1 1 2 Tf", "/F1 1 Tfx", "/F1", "/F1 1"] {
            let mut lexer = Lexer::new(data.as_bytes());
            assert_eq!(lexer.font_operator(), None, "{data}");
            assert_eq!(lexer.position(), 0, "{data}");
        }
    }
}
