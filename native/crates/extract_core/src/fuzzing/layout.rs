//! The layout, fed with glyphs anywhere and of any size.

use crate::layout::characters::{Text, TextPool};
use crate::layout::glyphs::PageGlyphs;
use crate::layout::write_text;
use unicode_normalization::is_nfc;

/// Characters whose treatment differs: Latin, accents, marks, right-to-left, Indic, ideographs, punctuation, digits.
const CHARS: &[char] = &[
    'a',
    'b',
    'E',
    '1',
    '2',
    '-',
    '.',
    ',',
    '(',
    ')',
    ' ',
    '´',
    '`',
    '^',
    '~',
    '¨',
    '\u{301}',
    '\u{327}',
    'é',
    'ß',
    'Ω',
    'ж',
    'א',
    'ב',
    '\u{5B8}',
    'ا',
    'ل',
    '٣',
    '\u{64E}',
    'क',
    '\u{93F}',
    '\u{94D}',
    'र',
    'ก',
    '\u{E31}',
    '一',
    '、',
    '한',
    '\u{1100}',
    '\u{1161}',
    '\u{2010}',
    '·',
    '\u{FFFD}',
    '«',
    '\u{1D15E}',
    '\u{0344}',
    '\u{2126}',
    '\u{AD}',
];

/// Shows glyphs as `data` says, eight bytes each, and writes the page twice.
///
/// # Panics
/// When the text is not NFC, holds what no text holds, differs the second time, or is of a size that the page is not.
pub fn layout(data: &[u8]) {
    let (first, second) = (written(data), written(data));
    assert_eq!(first, second, "the same glyphs give the same text");
    assert!(is_nfc(&first), "NFC: {first:?}");
    assert!(!first.contains(['\0', '\r', '\u{AD}']));
    assert!(first.len() <= 64 * data.len() + 64, "{} bytes of text from {}", first.len(), data.len());
}

fn written(data: &[u8]) -> String {
    let mut pool = TextPool::default();
    let mut page = PageGlyphs::new(None);
    let (mut x, mut size, mut frame) = (0.0_f32, 10.0_f32, 0_u16);
    for glyph in data.as_chunks::<8>().0 {
        let [kind, a, b, c, d, e, width, which] = *glyph;
        let place = |high: u8, low: u8| f32::from(i16::from_be_bytes([high, low])) / 16.0;
        if kind & 1 == 1 {
            (x, size) = (place(a, b), f32::from(e) / 4.0);
            let y = place(c, d);
            frame = if kind & 2 == 2 { page.frame(f32::from(kind as i8), f32::from(e as i8)) } else { 0 };
            if kind & 4 == 4 {
                page.start_overlay();
            }
            page.place(frame, x, y, size, kind & 8 == 8);
        } else if page.fragments.is_empty() {
            page.place(frame, x, 0.0, size, false);
        }
        let at = |i: u8| CHARS[usize::from(i) % CHARS.len()];
        let text = match kind >> 4 {
            0 => Text::UNKNOWN,
            1 => Text::NOTHING,
            2 => pool.intern(&[at(which), at(a)].iter().collect::<String>()),
            3 => pool.intern(&[at(which), at(a), at(b)].iter().collect::<String>()).actual(),
            _ => pool.intern(at(which).encode_utf8(&mut [0; 4])),
        };
        let end = x + f32::from(width) / 128.0 * size;
        page.push(x, end, text);
        x = if kind & 2 == 0 { end } else { end + f32::from(e as i8) / 8.0 };
    }
    let mut out = String::new();
    write_text(&mut page, &pool, &mut out);
    out
}
