//! The lexer: its short ways through content read what the long one reads.

use crate::pdf::lexer::{self, Lexer, Token};
use crate::pdf::short_ways;

/// Tokens past this are not compared.
const MOST: usize = 1 << 14;

/// Reads all tokens of `data`, once one by one and once by the ways for arrays and numbers.
///
/// # Panics
/// When the two differ.
pub fn lexer(data: &[u8]) {
    let mut long = Vec::new();
    let mut plain = Lexer::new(data);
    while let Some(token) = plain.next() {
        long.push(token);
        if long.len() >= MOST {
            return;
        }
    }
    let mut short = Vec::new();
    let mut quick = Lexer::new(data);
    loop {
        quick.array_items(&mut short, 2 * MOST);
        let Some(token) = quick.next() else { break };
        short.push(token);
    }
    compare(&long, &short);
    short.clear();
    let mut quick = Lexer::new(data);
    loop {
        while let Some((numbers, keyword)) = quick.skip_space().and_then(|first| quick.numeric_operator(first)) {
            short_ways::push_numbers(numbers, 2 * MOST, &mut short);
            short.push(Token::Keyword(keyword));
        }
        let Some(token) = quick.next() else { break };
        short.push(token);
    }
    compare(&long, &short);
}

fn compare(long: &[Token<'_>], short: &[Token<'_>]) {
    assert_eq!(long.len(), short.len());
    let (mut scratch, mut other) = (Vec::new(), Vec::new());
    for (a, b) in long.iter().zip(short) {
        let same = match (a, b) {
            (Token::Number(raw), Token::Value(value)) => lexer::number(raw).to_bits() == value.to_bits(),
            (Token::Literal(_), Token::Plain(_)) => {
                lexer::string_bytes(*a, &mut scratch) == lexer::string_bytes(*b, &mut other)
            }
            _ => a == b,
        };
        assert!(same, "{a:?} {b:?}");
        assert!(a.number().is_finite());
        if let Token::Name(name) = a {
            assert!(lexer::name_bytes(name).len() <= name.len());
        }
    }
}
