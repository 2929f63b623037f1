//! Inline images are passed over: by their exact size where the dictionary tells it, else by looking for the end.

use super::lexer::{self, Lexer, Token};

/// Called after `BI`; leaves the lexer after `EI`.
pub(crate) fn skip(lexer: &mut Lexer<'_>) {
    let start = lexer.position();
    let (mut width, mut height, mut bits, mut channels) = (None, None, None, None);
    let (mut filtered, mut mask) = (false, false);
    let mut key: &[u8] = b"";
    while let Some(token) = lexer.next() {
        match token {
            Token::Keyword(b"ID") => {
                let bits = if mask { Some(1) } else { bits };
                let channels = if mask { Some(1) } else { channels };
                let length = match (filtered, width, height, bits, channels) {
                    (false, Some(w), Some(h), Some(b), Some(c)) => {
                        row_bytes(w, b, c).and_then(|row| row.checked_mul(h))
                    }
                    _ => None,
                };
                lexer.skip_image_data(length);
                return;
            }
            // A stray BI: what follows are ordinary operators.
            Token::Keyword(word) if !matches!(word, b"true" | b"false" | b"null") => {
                lexer.seek(start);
                return;
            }
            Token::Keyword(word) => mask |= matches!(key, b"IM" | b"ImageMask") && word == b"true",
            Token::Name(name) if key.is_empty() => {
                key = name;
                filtered |= matches!(name, b"F" | b"Filter");
                continue;
            }
            Token::Name(name) => {
                if matches!(key, b"CS" | b"ColorSpace") {
                    channels = match name {
                        b"G" | b"DeviceGray" | b"CalGray" => Some(1),
                        b"RGB" | b"DeviceRGB" | b"CalRGB" => Some(3),
                        b"CMYK" | b"DeviceCMYK" => Some(4),
                        _ => None,
                    };
                }
            }
            Token::Number(raw) => {
                let value = Some(lexer::number(raw).clamp(0.0, 1e6) as usize);
                match key {
                    b"W" | b"Width" => width = value,
                    b"H" | b"Height" => height = value,
                    b"BPC" | b"BitsPerComponent" => bits = value,
                    _ => {}
                }
            }
            // An array value is passed over whole.
            Token::ArrayStart => {
                while let Some(token) = lexer.next() {
                    if token == Token::ArrayEnd {
                        break;
                    }
                }
            }
            _ => {}
        }
        key = b"";
    }
}

fn row_bytes(width: usize, bits: usize, channels: usize) -> Option<usize> {
    Some(width.checked_mul(bits)?.checked_mul(channels)?.div_ceil(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(data: &[u8]) -> Option<Token<'_>> {
        let mut lexer = Lexer::new(data);
        skip(&mut lexer);
        lexer.next()
    }

    #[test]
    fn exact_size_beats_an_end_mark_in_the_data() {
        assert_eq!(after(b" /W 4 /H 2 /BPC 8 /CS /G ID ab EI cd EI Q"), Some(Token::Keyword(b"Q")));
        assert_eq!(after(b" /W 16 /H 2 /IM true /D [1 0] ID \x01 EI\nEI\nQ"), Some(Token::Keyword(b"Q")));
        assert_eq!(after(b" /W 4 /H 2 /F /Fl ID \xFF\xFE EI Q"), Some(Token::Keyword(b"Q")));
        assert_eq!(after(b" BT"), Some(Token::Keyword(b"BT")));
    }
}
