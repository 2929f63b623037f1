//! Where the tokens of PDF objects begin and end (PDF 32000-2, 7.2 and 7.3): places in bytes, no values. All loops are
//! linear and without recursion.

use crate::object::ObjectIdentifier;

/// Arrays and dictionaries inside one another that are followed.
pub(crate) const MAX_DEPTH: usize = 512;

const WHITE: u8 = 1;
const DELIMITER: u8 = 2;

const CLASS_OF: [u8; 256] = classes();
static CLASS: [u8; 256] = CLASS_OF;

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let (white, delimiters) = (*b"\0\t\n\x0C\r ", *b"()<>[]{}/%");
    let mut i = 0;
    while i < white.len() {
        table[white[i] as usize] = WHITE;
        i += 1;
    }
    i = 0;
    while i < delimiters.len() {
        table[delimiters[i] as usize] = DELIMITER;
        i += 1;
    }
    table
}

#[inline(always)]
pub(crate) fn is_white(byte: u8) -> bool {
    CLASS[byte as usize] == WHITE
}

#[inline(always)]
pub(crate) fn is_regular(byte: u8) -> bool {
    CLASS[byte as usize] == 0
}

/// Past white space and comments.
#[inline]
pub(crate) fn skip_blank(data: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = data.get(at) {
        if is_white(byte) {
            at += 1;
        } else if byte == b'%' {
            let line = data[at..].iter().position(|b| matches!(b, b'\n' | b'\r'));
            at = line.map_or(data.len(), |length| at + length);
        } else {
            break;
        }
    }
    at
}

/// The end of a run of regular characters.
#[inline]
pub(crate) fn regular_end(data: &[u8], mut at: usize) -> usize {
    while data.get(at).is_some_and(|byte| is_regular(*byte)) {
        at += 1;
    }
    at
}

/// The end of the name that goes on at `at`, and whether it holds a number sign.
#[inline]
pub(crate) fn name_end(data: &[u8], mut at: usize) -> (usize, bool) {
    let mut escaped = false;
    while let Some(&byte) = data.get(at).filter(|byte| is_regular(**byte)) {
        escaped |= byte == b'#';
        at += 1;
    }
    (at, escaped)
}

/// Past the string that opens at `at` with a parenthesis; `None` when it is never closed.
pub(crate) fn literal_end(data: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        match data.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Past the hexadecimal string that opens at `at`.
pub(crate) fn hex_end(data: &[u8], at: usize) -> Option<usize> {
    memchr::memchr(b'>', data.get(at..)?).map(|length| at + length + 1)
}

/// Arrays and dictionaries that are open, as bits: 1 for a dictionary.
struct Open {
    kinds: [u64; MAX_DEPTH / 64],
    depth: usize,
}

impl Open {
    fn push(&mut self, dict: bool) -> Option<()> {
        let word = self.kinds.get_mut(self.depth / 64)?;
        let bit = 1 << (self.depth % 64);
        *word = if dict { *word | bit } else { *word & !bit };
        self.depth += 1;
        Some(())
    }

    fn top_is_dict(&self) -> bool {
        let at = self.depth.wrapping_sub(1);
        self.kinds.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

/// Past the value at `at`, a reference counting as its first number. Arrays that a dictionary's end finds open end there,
/// and brackets that close nothing are passed over. `None` at the end of the data, before the end of an enclosing
/// dictionary or array, and past [`MAX_DEPTH`].
pub(crate) fn value_end(data: &[u8], at: usize) -> Option<usize> {
    // Most values are names and numbers.
    let at = skip_blank(data, at);
    match *data.get(at)? {
        b'/' => Some(regular_end(data, at + 1)),
        byte if is_regular(byte) && byte != b'e' => Some(regular_end(data, at)),
        b'(' => literal_end(data, at),
        _ => nested_end(data, at),
    }
}

/// What ends a run of bytes that nested values pass over: delimiters, and the first letter of the keywords that end objects.
static STOPS: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = CLASS_OF[i] == DELIMITER || i == b'e' as usize;
        i += 1;
    }
    table
};

fn nested_end(data: &[u8], mut at: usize) -> Option<usize> {
    let mut open = Open { kinds: [0; MAX_DEPTH / 64], depth: 0 };
    loop {
        let next = data.get(at + 1).copied().unwrap_or(0);
        match *data.get(at)? {
            b'(' => at = literal_end(data, at)?,
            b'<' if next == b'<' => {
                open.push(true)?;
                at += 2;
            }
            b'<' => at = hex_end(data, at)?,
            b'[' => {
                open.push(false)?;
                at += 1;
            }
            b']' => {
                if open.depth == 0 {
                    return None;
                }
                open.depth -= usize::from(!open.top_is_dict());
                at += 1;
            }
            b'>' if next == b'>' => {
                let found_open = open.depth > 0;
                while open.depth > 0 && !open.top_is_dict() {
                    open.depth -= 1;
                }
                if open.depth == 0 {
                    // It belongs to the dictionary around an array that was not closed.
                    return found_open.then_some(at);
                }
                open.depth -= 1;
                at += 2;
            }
            b'/' => at = regular_end(data, at + 1),
            b'%' => at = skip_blank(data, at),
            b'e' if ends_object(data, at) => return None,
            byte if is_regular(byte) => at = regular_end(data, at),
            _ => at += 1,
        }
        if open.depth == 0 {
            return Some(at);
        }
        // Numbers, keywords and blanks matter only as far as they come to an end.
        while data.get(at).is_some_and(|byte| !STOPS[*byte as usize]) {
            at += 1;
        }
    }
}

/// Whether a keyword stands at `at` that no value holds: the end of what is open was lost.
pub(crate) fn ends_object(data: &[u8], at: usize) -> bool {
    let rest = &data[at.min(data.len())..];
    rest.starts_with(b"endobj") || rest.starts_with(b"endstream")
}

/// A number without sign, and where it ends. Numbers past 64 bits are refused.
#[inline]
pub(crate) fn unsigned(data: &[u8], mut at: usize) -> Option<(u64, usize)> {
    let start = at;
    let mut number = 0_u64;
    while let Some(digit) = data.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
        number = number.checked_mul(10)?.checked_add(u64::from(digit))?;
        at += 1;
    }
    (at > start).then_some((number, at))
}

/// `N G` and where the second number ends.
#[inline]
fn identifier(data: &[u8], at: usize) -> Option<(ObjectIdentifier, usize)> {
    let (number, end) = unsigned(data, at)?;
    let next = skip_blank(data, end);
    if next == end {
        return None;
    }
    // Generations past what they may be are taken for the last one.
    let end = next + data[next..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let generation = match end - next {
        0 => return None,
        1..=5 => unsigned(data, next).and_then(|(number, _)| u16::try_from(number).ok()),
        _ => None,
    };
    Some((ObjectIdentifier { number: u32::try_from(number).ok()?, generation: generation.unwrap_or(u16::MAX) }, end))
}

/// `N G R` at `at`, and where it ends.
#[inline]
pub(crate) fn reference(data: &[u8], at: usize) -> Option<(ObjectIdentifier, usize)> {
    let (id, end) = identifier(data, at)?;
    let end = skip_blank(data, end);
    let closed = !data.get(end + 1).is_some_and(|byte| is_regular(*byte));
    (data.get(end) == Some(&b'R') && closed).then_some((id, end + 1))
}

/// `N G obj` after white space, and where it ends.
pub(crate) fn header(data: &[u8], at: usize) -> Option<(ObjectIdentifier, usize)> {
    let (id, end) = identifier(data, skip_blank(data, at))?;
    let end = skip_blank(data, end);
    data.get(end..)?.starts_with(b"obj").then_some((id, end + 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(data: &[u8]) -> Option<&[u8]> {
        value_end(data, 0).map(|end| &data[end..])
    }

    #[test]
    fn ends_of_values() {
        for (data, left) in [
            (&b"12 0 R"[..], &b" 0 R"[..]),
            (b" % comment\n /Name/Next", b"/Next"),
            (b"(a (b) \\) c)d", b"d"),
            (b"<48 65>>", b">"),
            (b"[1 [2 (])] <</A [3]>>] 4", b" 4"),
            (b"<</A <</B 1>> /C 2>>]", b"]"),
            (b"[1 2 >>", b">>"),
            (b"<</A [1 2 >> 3", b" 3"),
            (b"<</A 1] >> 3", b" 3"),
            (b"true]", b"]"),
        ] {
            assert_eq!(rest(data), Some(left), "{}", String::from_utf8_lossy(data));
        }
        for data in [&b""[..], b"(never closed", b"]", b"<</A 1 endobj", b"[1 2"] {
            assert_eq!(rest(data), None, "{}", String::from_utf8_lossy(data));
        }
    }

    #[test]
    fn nesting_is_bounded_and_linear() {
        let deep = |levels: usize| [b"[".repeat(levels), b"]".repeat(levels)].concat();
        assert_eq!(rest(&deep(MAX_DEPTH)), Some(&b""[..]));
        assert_eq!(rest(&deep(MAX_DEPTH + 1)), None);
        assert_eq!(rest(&deep(1 << 20)), None);
    }

    #[test]
    fn references_and_headers() {
        let id = ObjectIdentifier { number: 12, generation: 3 };
        assert_eq!(reference(b"12 3 R/", 0), Some((id, 6)));
        assert_eq!(reference(b"12 3 RG", 0), None);
        assert_eq!(reference(b"12 3", 0), None);
        assert_eq!(header(b"\n12 3 obj<<", 0), Some((id, 9)));
        assert_eq!(header(b"99999999999 0 obj", 0), None);
        assert_eq!(header(b"1 18446744073709551616 obj", 0).map(|(id, _)| id.generation), Some(u16::MAX));
    }
}
