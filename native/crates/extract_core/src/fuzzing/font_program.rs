//! Font programs: Type 1, CFF, TrueType and OpenType, told apart by their first bytes.

use crate::pdf::fonts::program::Program;

/// Reads a font program and asks for the text of every code and glyph.
///
/// # Panics
/// When tables grow past what glyph numbers can name, or text of a glyph is put out without being known.
pub fn font_program(data: &[u8]) {
    let program = Program::parse(data);
    let again = Program::parse(data);
    assert!(program.glyph_by_code.len() <= 256 && program.name_by_code.len() <= 256);
    for table in [program.char_by_glyph.len(), program.name_by_glyph.len(), program.glyph_by_cid.len()] {
        assert!(table <= 0x1_0000, "{table} entries");
    }
    let (mut text, mut same) = (String::new(), String::new());
    for code in 0..=255 {
        let before = text.len();
        if !program.push_text_of_code(code, &mut text) {
            assert_eq!(text.len(), before, "text of an unknown code");
        }
        again.push_text_of_code(code, &mut same);
    }
    for glyph in 0..program.name_by_glyph.len().max(program.char_by_glyph.len()).min(4096) {
        let before = text.len();
        if !program.push_text_of_glyph(glyph as u16, &mut text) {
            assert_eq!(text.len(), before, "text of an unknown glyph");
        }
        again.push_text_of_glyph(glyph as u16, &mut same);
    }
    assert_eq!(text, same);
}
