//! Streams (PDF 32000-2, 7.3.8): a dictionary and where its data starts. The end is looked for when the data is asked for.

use crate::bytes::Source;
use crate::dict::Dict;
use crate::lexer::is_white;
use memchr::memmem;
use std::borrow::Cow;

/// A stream.
#[derive(Clone)]
pub struct Stream<'a> {
    dict: Dict<'a>,
    start: usize,
}

const KEYWORD: &[u8] = b"stream";
const END: &[u8] = b"endstream";

/// Where the data of a stream starts whose keyword stands at `at`.
pub(crate) fn data_start(data: &[u8], at: usize) -> Option<usize> {
    let after = at + KEYWORD.len();
    if data.get(at..after)? != KEYWORD {
        return None;
    }
    let rest = &data[after..];
    // Blanks before the end of the line are passed over only where there is one.
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    Some(match &rest[blanks..] {
        [b'\r', b'\n', ..] => after + blanks + 2,
        [b'\r' | b'\n', ..] => after + blanks + 1,
        _ => after,
    })
}

impl<'a> Stream<'a> {
    pub(crate) fn new(dict: Dict<'a>, start: usize) -> Self {
        Self { dict, start }
    }

    /// The dictionary.
    pub fn dict(&self) -> &Dict<'a> {
        &self.dict
    }

    pub(crate) fn into_dict(self) -> Dict<'a> {
        self.dict
    }

    /// Where the data ends: as long as the dictionary says, when `endstream` follows there, otherwise up to the next
    /// `endstream` or `endobj`; data that is cut off goes to the end of the file.
    fn end(&self) -> usize {
        let data = self.dict.scope().source.bytes();
        let stated = self.dict.get::<usize>("Length").and_then(|length| self.start.checked_add(length));
        if let Some(end) = stated
            && let Some(rest) = data.get(end..)
        {
            let blank = rest.iter().take(16).take_while(|byte| is_white(**byte)).count();
            if rest[blank..].starts_with(END) {
                return end;
            }
        }
        let found = match self.dict.scope().pdf {
            Some(pdf) => pdf.next_end(self.start),
            None => memmem::find(&data[self.start..], END).map(|length| self.start + length),
        };
        let Some(end) = found else { return stated.filter(|end| *end <= data.len()).unwrap_or(data.len()) };
        // The end of the line before the keyword is no data.
        match &data[self.start..end] {
            [.., b'\r', b'\n'] => end - 2,
            [.., b'\r' | b'\n'] => end - 1,
            _ => end,
        }
    }

    /// The data, decrypted but not decoded.
    pub fn raw_data(&self) -> Cow<'a, [u8]> {
        let scope = self.dict.scope();
        let raw: Cow<'a, [u8]> = match &scope.source {
            Source::File(data) => Cow::Borrowed(&data[self.start..self.end()]),
            Source::Packed(packed) => Cow::Owned(packed.data[self.start..self.end()].to_vec()),
        };
        match scope.pdf.and_then(|pdf| pdf.crypt()) {
            Some(crypt) => crypt.decrypt_stream(scope.id, &self.dict, raw),
            None => raw,
        }
    }
}
