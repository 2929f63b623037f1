//! Inputs that once failed, each named by its fault.

use super::{cmap, content_stream, layout, lexer};

#[test]
fn text_taller_than_a_number_can_say_has_no_size() {
    content_stream(b"BT /F1 9 Tf 1 0 0 99999999999999999999999999999999999999 9 9 Tm (high) Tj ET");
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
