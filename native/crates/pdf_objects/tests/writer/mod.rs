//! Writes small files for tests: objects with a correct cross-reference, to be damaged afterwards.
#![allow(dead_code, reason = "each test file uses its part")]

use pdf_objects::{Decoder, Limits, Object, PageTree, Pdf};

/// A file of numbered objects, the first of them the catalog.
pub(crate) fn file(objects: &[&str]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, body) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{body}\nendobj\n", index + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1).bytes());
    out
}

/// One page that says `text`.
pub(crate) fn one_page(text: &str) -> Vec<u8> {
    file(&[
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 200]/Contents 4 0 R>>",
        &format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()),
    ])
}

/// A stream of a dictionary and data.
pub(crate) fn stream(dict: &str, data: &str) -> String {
    format!("<<{dict}/Length {}>>\nstream\n{data}\nendstream", data.len())
}

pub(crate) fn replace(data: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text: String = data.iter().map(|byte| char::from(*byte)).collect();
    assert!(text.contains(from), "{from}");
    text.replace(from, to).chars().map(|c| c as u8).collect()
}

/// The contents of all pages, or why the file does not open.
pub(crate) fn contents(data: &[u8]) -> Vec<String> {
    contents_with(data, &[])
}

pub(crate) fn contents_with(data: &[u8], passwords: &[&str]) -> Vec<String> {
    let passwords: Vec<Vec<u8>> = passwords.iter().map(|password| password.as_bytes().to_vec()).collect();
    let pdf = match Pdf::open(data, &passwords, Limits::default()) {
        Ok(pdf) => pdf,
        Err(error) => return vec![format!("{error:?}")],
    };
    let tree = PageTree::read(&pdf);
    let page = |index: usize| {
        let page = tree.page(index)?;
        let stream = page.raw().get::<Object<'_>>("Contents").and_then(Object::into_stream)?;
        let mut content = Vec::new();
        Decoder::new(1 << 20, 1 << 20, 1 << 20).decode(&stream, &mut content).ok()?;
        Some(String::from_utf8_lossy(&content).into_owned())
    };
    (0..tree.len()).map(|index| page(index).unwrap_or_default()).collect()
}
