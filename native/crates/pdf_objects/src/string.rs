//! Strings (PDF 32000-2, 7.3.4).

use crate::bytes::{Bytes, Source};
use crate::object::Scope;
use core::ops::Deref;

/// A string, decoded and decrypted.
#[derive(Clone)]
pub struct PdfString<'a>(Bytes<'a>);

impl<'a> PdfString<'a> {
    /// The bytes, in whatever encoding their use gives them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The literal string between two parentheses.
    pub(crate) fn literal(scope: &Scope<'a>, start: usize, end: usize) -> Self {
        let raw = &scope.source.bytes()[start..end];
        let plain = !raw.iter().any(|byte| matches!(byte, b'\\' | b'\r'));
        let bytes = if plain { scope.source.part(start, end) } else { Bytes::Owned(unescape(raw).into()) };
        Self::decrypted(scope, bytes)
    }

    /// The hexadecimal string between two angle brackets.
    pub(crate) fn hex(scope: &Scope<'a>, raw: &[u8]) -> Self {
        Self::decrypted(scope, Bytes::Owned(crate::filters::ascii_hex(raw).into()))
    }

    /// Strings in object streams were decrypted with their stream.
    fn decrypted(scope: &Scope<'a>, bytes: Bytes<'a>) -> Self {
        let crypt = scope.pdf.filter(|_| matches!(scope.source, Source::File(_))).and_then(|pdf| pdf.crypt());
        match crypt {
            Some(crypt) if scope.id.number != 0 => Self(Bytes::Owned(crypt.decrypt_string(scope.id, &bytes).into())),
            _ => Self(bytes),
        }
    }
}

impl Deref for PdfString<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Resolves escapes; an end of line counts as one line feed, none after a backslash.
fn unescape(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        at += 1;
        match byte {
            b'\r' => {
                at += usize::from(raw.get(at) == Some(&b'\n'));
                out.push(b'\n');
            }
            b'\\' => {
                let Some(&next) = raw.get(at) else { break };
                at += 1;
                match next {
                    b'n' => out.push(b'\n'),
                    b'r' => out.push(b'\r'),
                    b't' => out.push(b'\t'),
                    b'b' => out.push(8),
                    b'f' => out.push(12),
                    b'\n' => {}
                    b'\r' => at += usize::from(raw.get(at) == Some(&b'\n')),
                    b'0'..=b'7' => {
                        let mut code = u32::from(next - b'0');
                        for _ in 0..2 {
                            let Some(digit) = raw.get(at).filter(|digit| matches!(digit, b'0'..=b'7')) else { break };
                            code = code << 3 | u32::from(digit - b'0');
                            at += 1;
                        }
                        // High-order overflow is ignored.
                        out.push(code as u8);
                    }
                    other => out.push(other),
                }
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_line_ends() {
        for (raw, text) in [
            (&b"a\\(b\\)\\\\"[..], &b"a(b)\\"[..]),
            (b"\\101\\1012\\53\\0x\\400", b"AA2+\0x\0"),
            (b"one\\\r\ntwo\r\nthree\rfour\\\nfive", b"onetwo\nthree\nfourfive"),
            (b"\\n\\r\\t\\b\\f\\q", b"\n\r\t\x08\x0Cq"),
            (b"end\\", b"end"),
        ] {
            assert_eq!(unescape(raw), text, "{}", String::from_utf8_lossy(raw));
        }
    }
}
