//! The structure as CommonMark, tables as GFM has them. Text is escaped so that it reads as it is on the page.

use super::{Block, BlockKind, Structure};

pub(super) fn write(structure: &Structure) -> String {
    let mut out = String::new();
    let mut after_item = false;
    for block in structure.pages.iter().flat_map(|page| &page.blocks) {
        let item = matches!(block.kind, BlockKind::ListItem { .. });
        if !out.is_empty() {
            out.push_str(if item && after_item { "\n" } else { "\n\n" });
        }
        push_block(block, &mut out);
        after_item = item;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn push_block(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Paragraph | BlockKind::Artefact(_) => push_line(&block.text, out),
        BlockKind::Heading(level) => {
            for _ in 0..*level {
                out.push('#');
            }
            out.push(' ');
            let start = out.len();
            push_text(&block.text, out);
            // A run of `#` at the end would close the heading.
            if out[start..].ends_with('#') {
                let at = out.trim_end_matches('#').len();
                out.insert(at, '\\');
            }
        }
        BlockKind::ListItem { ordinal, depth } => {
            // Four blanks are enough below any marker up to `99.`.
            for _ in 0..*depth {
                out.push_str("    ");
            }
            match ordinal {
                Some(number) => {
                    out.push_str(&number.to_string());
                    out.push_str(". ");
                }
                None => out.push_str("- "),
            }
            push_line(&block.text, out);
        }
        BlockKind::Table(rows) => push_table(rows, out),
    }
}

/// The first row is the head: GFM has no table without one.
fn push_table(rows: &[Vec<String>], out: &mut String) {
    for (i, row) in rows.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        out.push('|');
        for cell in row {
            out.push(' ');
            push_text(cell, out);
            out.push_str(" |");
        }
        if i == 0 {
            out.push_str("\n|");
            for _ in row {
                out.push_str(" --- |");
            }
        }
    }
}

/// Text at the start of a block, where some characters open another kind of block.
fn push_line(text: &str, out: &mut String) {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (head, rest) = text.split_at(digits);
    let opens = match rest.bytes().next() {
        Some(b'#' | b'>' | b'=') => digits == 0,
        Some(b'+' | b'-') => digits == 0,
        Some(b'.' | b')') => (1..=9).contains(&digits),
        _ => false,
    };
    out.push_str(head);
    if opens {
        out.push('\\');
    }
    push_text(rest, out);
}

fn push_text(text: &str, out: &mut String) {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            // Inside a word it is no emphasis.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            // Could be the start of an entity.
            '&' => next == '#' || next.is_ascii_alphabetic(),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(if matches!(c, '\n' | '\t') { ' ' } else { c });
        before = c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        push_line(text, &mut out);
        out
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("# no heading"), "\\# no heading");
        assert_eq!(escaped("- no item"), "\\- no item");
        assert_eq!(escaped("1986. A year"), "1986\\. A year");
        assert_eq!(
            escaped("a*b* _c_ snake_case <b> [x](y) `z` | \\"),
            "a\\*b\\* \\_c\\_ snake_case \\<b> \\[x\\](y) \\`z\\` \\| \\\\"
        );
        assert_eq!(escaped("AT&T &amp; R & D"), "AT\\&T \\&amp; R & D");
        assert_eq!(escaped("3.5 percent"), "3\\.5 percent");
    }
}
