//! The built-in encoding of Type 1 programs (Adobe Type 1 Font Format, 2.3). It is in the clear text part.

use super::encodings::Encoding;
use super::program::Program;
use crate::pdf::lexer::{self, Lexer, Token};

pub(crate) fn parse(data: &[u8]) -> Program {
    let mut program = Program::default();
    let clear = memchr::memmem::find(data, b"eexec").unwrap_or(data.len());
    let Some(start) = memchr::memmem::find(&data[..clear], b"/Encoding") else {
        return program;
    };
    let mut lexer = Lexer::new(&data[start + b"/Encoding".len()..clear]);
    let mut names = vec![Vec::new(); 256];
    if lexer.next() == Some(Token::Keyword(b"StandardEncoding")) {
        for (slot, name) in names.iter_mut().zip(Encoding::Standard.names()) {
            slot.extend_from_slice(name.as_bytes());
        }
        program.name_by_code = names;
        return program;
    }
    let mut before = [Token::DictEnd; 2];
    while let Some(token) = lexer.next() {
        match (before, token) {
            ([Token::Number(code), Token::Name(name)], Token::Keyword(b"put")) => {
                let code = lexer::number(code);
                if (0.0..256.0).contains(&code) {
                    names[code as usize] = name.to_vec();
                }
            }
            (_, Token::Keyword(b"def" | b"readonly")) => break,
            _ => {}
        }
        before = [before[1], token];
    }
    program.name_by_code = names;
    program
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_and_standard_encodings() {
        let custom = parse(b"%!PS /Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 65 /alpha put\ndup 66 /beta put readonly def eexec");
        assert_eq!(custom.name_by_code[65], b"alpha");
        assert_eq!(custom.name_by_code[66], b"beta");
        let standard = parse(b"/Encoding StandardEncoding def");
        assert_eq!(standard.name_by_code[0x27], b"quoteright");
        assert!(parse(b"nothing").name_by_code.is_empty());
    }
}
