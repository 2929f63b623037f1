//! Inputs that once failed, each named by its fault.

use super::{cmap, content_stream, font_program, layout, lexer};

#[test]
fn text_taller_than_a_number_can_say_has_no_size() {
    content_stream(b"BT /F1 9 Tf 1 0 0 99999999999999999999999999999999999999 9 9 Tm (high) Tj ET");
}

/// Without a bound this takes two thousand million steps.
#[test]
fn overlapping_segments_of_a_font_table_are_read_once() {
    let segments = 0x7FFF_u16;
    let mut table = b"\0\0\0\x01\0\x03\0\x01\0\0\0\x0C\0\x04\xFF\xFF\0\0".to_vec();
    table.extend((2 * segments).to_be_bytes());
    table.extend([0; 6]);
    table.extend(b"\xFF\xFE".repeat(segments.into()));
    table.extend(vec![0; 2 + 2 * usize::from(segments)]);
    table.extend(b"\0\x01".repeat(segments.into()));
    table.extend(vec![0; 2 * usize::from(segments)]);
    let mut font = b"\0\x01\0\0\0\x01\0\0\0\0\0\0cmap\0\0\0\0\0\0\0\x1C".to_vec();
    font.extend((table.len() as u32).to_be_bytes());
    font.extend(table);
    font_program(&font);
}

#[test]
fn the_tenth_digit_of_a_number_does_not_fit() {
    lexer(b"[9999999999 -9999999999 99999999.99]");
}

#[test]
fn a_soft_hyphen_inside_a_line_is_no_text() {
    content_stream("BT /F1 9 Tf 9 9 Td (Mit\\255arbeit \\255) Tj 0 -12 Td (\\255) Tj ET".as_bytes());
    layout(&[1, 0, 0, 0, 0, 40, 64, 45, 64, 0, 0, 0, 0, 0, 64, 47, 64, 0, 0, 0, 0, 0, 64, 0]);
}

#[test]
fn a_predefined_map_used_again_and_again_adds_nothing() {
    cmap(&b"/UniJIS-UTF16-H usecmap ".repeat(100_000));
}
