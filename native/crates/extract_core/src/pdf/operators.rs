//! Operators as small integers: comparing those is cheaper than comparing slices, and most operators are none of these.

pub(super) const SHOW: u32 = key(b"Tj");
pub(super) const SHOW_ARRAY: u32 = key(b"TJ");
pub(super) const MOVE: u32 = key(b"Td");
pub(super) const MOVE_SET_LEADING: u32 = key(b"TD");
pub(super) const TEXT_MATRIX: u32 = key(b"Tm");
pub(super) const NEXT_LINE: u32 = key(b"T*");
pub(super) const FONT: u32 = key(b"Tf");
pub(super) const NEXT_LINE_SHOW: u32 = key(b"'");
pub(super) const SPACED_NEXT_LINE_SHOW: u32 = key(b"\"");
pub(super) const CHAR_SPACING: u32 = key(b"Tc");
pub(super) const WORD_SPACING: u32 = key(b"Tw");
pub(super) const STRETCH: u32 = key(b"Tz");
pub(super) const LEADING: u32 = key(b"TL");
pub(super) const RISE: u32 = key(b"Ts");
pub(super) const BEGIN_TEXT: u32 = key(b"BT");
pub(super) const SAVE: u32 = key(b"q");
pub(super) const RESTORE: u32 = key(b"Q");
pub(super) const CONCAT: u32 = key(b"cm");
pub(super) const DRAW: u32 = key(b"Do");
pub(super) const EXTERNAL_STATE: u32 = key(b"gs");
pub(super) const BEGIN_MARKED: u32 = key(b"BMC");
pub(super) const BEGIN_MARKED_WITH: u32 = key(b"BDC");
pub(super) const END_MARKED: u32 = key(b"EMC");
pub(super) const INLINE_IMAGE: u32 = key(b"BI");

/// Whether the walk does anything for an operator; all others draw.
#[inline]
pub(super) fn is_read(key: u32) -> bool {
    matches!(
        key,
        SHOW | SHOW_ARRAY
            | MOVE
            | MOVE_SET_LEADING
            | TEXT_MATRIX
            | NEXT_LINE
            | FONT
            | NEXT_LINE_SHOW
            | SPACED_NEXT_LINE_SHOW
            | CHAR_SPACING
            | WORD_SPACING
            | STRETCH
            | LEADING
            | RISE
            | BEGIN_TEXT
            | SAVE
            | RESTORE
            | CONCAT
            | DRAW
            | EXTERNAL_STATE
            | BEGIN_MARKED
            | BEGIN_MARKED_WITH
            | END_MARKED
            | INLINE_IMAGE
    )
}

/// An operator of up to three bytes as a number; 0 for longer ones, which no text depends on.
#[inline]
pub(super) const fn key(keyword: &[u8]) -> u32 {
    match keyword {
        [a] => *a as u32,
        [a, b] => (*a as u32) << 8 | *b as u32,
        [a, b, c] => (*a as u32) << 16 | (*b as u32) << 8 | *c as u32,
        _ => 0,
    }
}
