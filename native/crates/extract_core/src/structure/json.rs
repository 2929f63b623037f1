//! The structure as one JSON object. Written by hand: keys in a fixed order, short numbers, no tree in between.

use super::{ArtefactRole, Block, BlockKind, Bounds, Line, OutlineItem, PageStructure, Structure};
use core::fmt::Write as _;

pub(super) fn write(structure: &Structure, first_page: u32) -> String {
    let mut out = String::from("{\"bodySizePt\":");
    number(structure.body_size, &mut out);
    out.push_str(",\"fonts\":[");
    list(&structure.fonts, &mut out, |font, out| {
        out.push_str("{\"name\":");
        string(&font.name, out);
        let _ = write!(out, ",\"weight\":{},\"italic\":{}}}", font.weight, font.italic);
    });
    out.push_str("],\"outline\":");
    outline(&structure.outline, &mut out);
    if let Some(labels) = &structure.page_labels {
        out.push_str(",\"pageLabels\":[");
        list(labels, &mut out, |label, out| string(label, out));
        out.push(']');
    }
    if let Some(quality) = structure.quality {
        out.push_str(",\"quality\":{\"grade\":");
        let _ = write!(out, "\"{}\"", quality.grade);
        let shares = [("score", quality.score), ("mapped", quality.mapped), ("readable", quality.readable)];
        for (name, value) in shares.into_iter().chain([("clean", quality.clean)]) {
            let _ = write!(out, ",\"{name}\":");
            share(value, &mut out);
        }
        out.push('}');
    }
    out.push_str(",\"pages\":[");
    let mut number = first_page;
    list(&structure.pages, &mut out, |item, out| {
        page(item, number, out);
        number += 1;
    });
    out.push_str("]}");
    out
}

fn page(page: &PageStructure, number: u32, out: &mut String) {
    let _ = write!(out, "{{\"page\":{number},\"reasons\":[");
    list(&page.reasons, out, |reason, out| {
        let _ = write!(out, "{{\"code\":\"{}\",\"message\":", reason.code);
        string(&reason.message, out);
        out.push('}');
    });
    let _ = write!(out, "],\"unmappedGlyphs\":{},\"unmappedShare\":", page.unmapped);
    share(page.unmapped_share, out);
    out.push_str(",\"blocks\":[");
    list(&page.blocks, out, block);
    out.push_str("]}");
}

fn block(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Paragraph => out.push_str("{\"kind\":\"paragraph\""),
        BlockKind::Heading(level) => {
            let _ = write!(out, "{{\"kind\":\"heading\",\"level\":{level}");
        }
        BlockKind::ListItem { ordinal, depth } => {
            let _ = write!(out, "{{\"kind\":\"listItem\",\"depth\":{depth}");
            if let Some(ordinal) = ordinal {
                let _ = write!(out, ",\"ordinal\":{ordinal}");
            }
        }
        BlockKind::Table(rows) => {
            out.push_str("{\"kind\":\"table\",\"rows\":[");
            list(rows, out, |row, out| {
                out.push('[');
                list(row, out, |cell, out| string(cell, out));
                out.push(']');
            });
            out.push(']');
        }
        BlockKind::Artefact(role) => {
            let role = match role {
                ArtefactRole::Head => "head",
                ArtefactRole::Foot => "foot",
                ArtefactRole::PageNumber => "pageNumber",
                ArtefactRole::Other => "other",
            };
            let _ = write!(out, "{{\"kind\":\"artefact\",\"role\":\"{role}\"");
        }
    }
    bounds(block.bounds, out);
    out.push_str(",\"text\":");
    string(&block.text, out);
    out.push_str(",\"lines\":[");
    list(&block.lines, out, line);
    out.push_str("]}");
}

fn line(line: &Line, out: &mut String) {
    out.push_str("{\"text\":");
    string(&line.text, out);
    bounds(line.bounds, out);
    set_in(line.size, line.weight, out);
    if line.angle != 0 {
        let _ = write!(out, ",\"angle\":{}", line.angle);
    }
    out.push_str(",\"words\":[");
    list(&line.words, out, |word, out| {
        out.push_str("{\"text\":");
        string(&word.text, out);
        bounds(word.bounds, out);
        set_in(word.size, word.weight, out);
        if let Some(font) = word.font {
            let _ = write!(out, ",\"font\":{font}");
        }
        out.push('}');
    });
    out.push_str("]}");
}

/// Nested; the depth is bounded where the outline is read.
fn outline(items: &[OutlineItem], out: &mut String) {
    out.push('[');
    let mut open: u32 = 0;
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            if item.depth > open {
                out.push_str(",\"children\":[");
            } else {
                for _ in item.depth..open {
                    out.push_str("}]");
                }
                out.push_str("},");
            }
        }
        open = item.depth;
        out.push_str("{\"title\":");
        string(&item.title, out);
        if let Some(page) = item.page {
            let _ = write!(out, ",\"page\":{page}");
        }
    }
    if !items.is_empty() {
        for _ in 0..open {
            out.push_str("}]");
        }
        out.push('}');
    }
    out.push(']');
}

fn bounds(bounds: Bounds, out: &mut String) {
    out.push_str(",\"box\":[");
    list(&bounds, out, |value, out| number(*value, out));
    out.push(']');
}

fn set_in(size: f32, weight: u16, out: &mut String) {
    out.push_str(",\"sizePt\":");
    number(size, out);
    let _ = write!(out, ",\"weight\":{weight}");
}

fn list<T>(items: &[T], out: &mut String, mut write: impl FnMut(&T, &mut String)) {
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write(item, out);
    }
}

fn number(value: f32, out: &mut String) {
    rounded(value, 100.0, out);
}

fn share(value: f32, out: &mut String) {
    rounded(value, 10_000.0, out);
}

fn rounded(value: f32, steps: f64, out: &mut String) {
    let value = if value.is_finite() { f64::from(value).clamp(-1e9, 1e9) } else { 0.0 };
    let value = (value * steps).round() / steps;
    // Not -0.
    let _ = write!(out, "{}", if value == 0.0 { 0.0 } else { value });
}

fn string(text: &str, out: &mut String) {
    out.push('"');
    let mut from = 0;
    for (i, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(text.get(from..i).unwrap_or_default());
        from = i + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            _ => {
                let _ = write!(out, "\\u{byte:04x}");
            }
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_numbers() {
        let mut out = String::new();
        string("a\"b\\c\n\u{1}é", &mut out);
        number(-0.001, &mut out);
        number(12.345_6, &mut out);
        number(f32::NAN, &mut out);
        assert_eq!(out, "\"a\\\"b\\\\c\\n\\u0001é\"012.350");
    }

    #[test]
    fn outlines_nest() {
        let item = |title: &str, depth| OutlineItem { title: title.into(), page: None, depth };
        let mut out = String::new();
        outline(&[item("a", 0), item("b", 1), item("c", 2), item("d", 0)], &mut out);
        let want =
            "[{\"title\":\"a\",\"children\":[{\"title\":\"b\",\"children\":[{\"title\":\"c\"}]}]},{\"title\":\"d\"}]";
        assert_eq!(out, want);
        out.clear();
        outline(&[], &mut out);
        assert_eq!(out, "[]");
    }
}
