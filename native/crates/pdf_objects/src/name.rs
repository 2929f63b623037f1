//! Names (PDF 32000-2, 7.3.5).

use crate::bytes::Bytes;
use core::ops::Deref;

/// A name without its solidus, decoded.
#[derive(Clone)]
pub struct Name<'a>(Bytes<'a>);

impl<'a> Name<'a> {
    /// `escaped` says that the name holds a number sign.
    pub(crate) fn new(bytes: Bytes<'a>, escaped: bool) -> Self {
        if escaped { Self(Bytes::Owned(decode(&bytes).into())) } else { Self(bytes) }
    }

    /// The name as text, empty when it is not UTF-8.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(self).unwrap_or_default()
    }
}

impl Deref for Name<'_> {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Name<'_> {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Replaces `#` and two digits by their byte; a `#` without them stands for itself, as it did before PDF 1.2.
pub(crate) fn decode(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&byte, tail)) = rest.split_first() {
        let digit = |at: usize| tail.get(at).and_then(|digit| (*digit as char).to_digit(16));
        match (byte, digit(0), digit(1)) {
            (b'#', Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                rest = &tail[2..];
            }
            _ => {
                out.push(byte);
                rest = tail;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        for (raw, name) in
            [("A#42", "AB"), ("Lime#20Green", "Lime Green"), ("A#", "A#"), ("C#4", "C#4"), ("#G1#", "#G1#")]
        {
            assert_eq!(decode(raw.as_bytes()), name.as_bytes(), "{raw}");
        }
    }
}
