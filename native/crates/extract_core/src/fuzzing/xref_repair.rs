//! A good file with damage: the input says where. What can be saved differs, but every reading of the file agrees.

use super::content_stream::file;
use super::document;

/// How a byte of the input changes a file.
enum Edit {
    Overwrite,
    Insert,
    Remove,
    Cut,
}

/// Changes a file as `edits` say: which file, then for each change its place (two bytes), kind and length (one byte),
/// and the new bytes.
///
/// # Panics
/// As [`document`] does.
pub fn xref_repair(edits: &[u8]) {
    let Some((which, mut rest)) = edits.split_first() else { return };
    let mut bytes = match which % 3 {
        0 => classic(),
        1 => updated(),
        _ => packed(),
    };
    while let [high, low, kind, tail @ ..] = rest {
        let at = usize::from(u16::from_be_bytes([*high, *low])) % (bytes.len() + 1);
        let length = usize::from(kind >> 2).min(63);
        let edit = match kind & 3 {
            0 => Edit::Overwrite,
            1 => Edit::Insert,
            2 => Edit::Remove,
            _ => Edit::Cut,
        };
        let (new, after) = match edit {
            Edit::Overwrite | Edit::Insert => tail.split_at(length.min(tail.len())),
            Edit::Remove | Edit::Cut => (&[][..], tail),
        };
        match edit {
            Edit::Overwrite => {
                let end = (at + new.len()).min(bytes.len());
                bytes[at..end].copy_from_slice(&new[..end - at]);
            }
            Edit::Insert => {
                bytes.splice(at..at, new.iter().copied());
            }
            Edit::Remove => {
                let end = (at + length).min(bytes.len());
                bytes.drain(at..end);
            }
            // Only the end of a file goes missing: a cut near its start leaves nothing to look at.
            Edit::Cut if at > bytes.len() / 2 => bytes.truncate(at),
            Edit::Cut => {}
        }
        rest = after;
    }
    document(&bytes);
}

/// Two pages and a classic table.
fn classic() -> Vec<u8> {
    file(&[
        (1, b"<< /Type /Catalog /Pages 2 0 R /Outlines 8 0 R /PageLabels << /Nums [0 << /S /r >>] >> >>".to_vec()),
        (2, b"<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] /Resources << /Font << /F 7 0 R >> >> >>".to_vec()),
        (3, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 5 0 R >>".to_vec()),
        (4, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents [6 0 R] >>".to_vec()),
        (5, b"<< /Length 40 >>\nstream\nBT /F 12 Tf 20 100 Td (first page) Tj ET\nendstream".to_vec()),
        (6, b"<< /Length 41 >>\nstream\nBT /F 12 Tf 20 100 Td (second page) Tj ET\nendstream".to_vec()),
        (7, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec()),
        (8, b"<< /Type /Outlines /First 9 0 R /Last 9 0 R >>".to_vec()),
        (9, b"<< /Title (One) /Parent 8 0 R /Dest [3 0 R /Fit] >>".to_vec()),
    ])
}

/// The same with the second page rewritten behind it, as an incremental update.
fn updated() -> Vec<u8> {
    let mut bytes = classic();
    let text = String::from_utf8_lossy(&bytes);
    let before = text.rfind("xref\n0 ").unwrap_or(0);
    let object = bytes.len();
    bytes.extend_from_slice(
        b"6 0 obj\n<< /Length 10 0 R >>\nstream\nBT /F 12 Tf 20 90 Td (changed) Tj ET\nendstream\nendobj\n",
    );
    let length = bytes.len();
    bytes.extend_from_slice(b"10 0 obj\n36\nendobj\n");
    let start = bytes.len();
    let table = format!(
        "xref\n6 1\n{object:010} 00000 n \n10 1\n{length:010} 00000 n \ntrailer\n<< /Size 11 /Root 1 0 R /Prev {before} >>\n\
         startxref\n{start}\n%%EOF\n"
    );
    bytes.extend_from_slice(table.as_bytes());
    bytes
}

/// An object stream and a cross-reference stream, neither compressed, so that damage reaches what they say.
fn packed() -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let inner = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ];
    let (mut head, mut body) = (String::new(), String::new());
    for (i, object) in inner.iter().enumerate() {
        head.push_str(&format!("{} {} ", i + 1, body.len()));
        body.push_str(object);
        body.push('\n');
    }
    let content_at = out.len();
    out.extend_from_slice(
        b"5 0 obj\n<< /Length 36 >>\nstream\nBT /F 12 Tf 20 90 Td (squeezed) Tj ET\nendstream\nendobj\n",
    );
    let stream_at = out.len();
    let packed = format!(
        "6 0 obj\n<< /Type /ObjStm /N {} /First {} /Length {} >>\nstream\n{head}{body}\nendstream\nendobj\n",
        inner.len(),
        head.len(),
        head.len() + body.len()
    );
    out.extend_from_slice(packed.as_bytes());
    let start = out.len();
    let mut entries: Vec<u8> = vec![0, 0, 0, 0];
    for index in 0..4 {
        entries.extend_from_slice(&[2, 0, 6, index]);
    }
    for at in [content_at, stream_at, start] {
        entries.extend_from_slice(&[1, (at >> 8) as u8, at as u8, 0]);
    }
    let dict = format!("7 0 obj\n<< /Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R /Length {} >>\nstream\n", entries.len());
    out.extend_from_slice(dict.as_bytes());
    out.extend_from_slice(&entries);
    out.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_good_before_they_are_damaged() {
        for (file, text) in
            [(classic(), "first page\nsecond page\n"), (updated(), "first page\nchanged\n"), (packed(), "squeezed\n")]
        {
            let read = crate::extract(file, &crate::Options::default());
            assert_eq!(read.map(|document| (document.text, document.warnings)), Ok((text.to_string(), Vec::new())));
        }
    }
}
