//! The content of a page whose resources hold a font of each kind, forms, layers and properties.

use super::document;

/// Objects the content may name; object 1 is the catalog, 3 the page and 4 its content.
const RESOURCES: &str = "<< /Font << /F1 5 0 R /F2 6 0 R /F3 9 0 R /F4 11 0 R >> /XObject << /X 13 0 R /I 14 0 R >> \
    /Properties << /P 15 0 R /O 16 0 R >> /ExtGState << /G << /Font [5 0 R 9] >> >> >>";

/// Reads `content` as that of a page.
///
/// # Panics
/// As [`document`] does.
pub fn content_stream(content: &[u8]) {
    let cmap = "beginbfchar <0001> <0041> <0002> <006600660069> <0003> <0647> <0004> <0301> <0005> <0915> <0006> <093F> \
        <0007> <4E00> <0008> <0031> endbfchar beginbfrange <0010> <0090> <05D0> endbfrange";
    let objects: [(u32, Vec<u8>); 16] = [
        (1, b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /D << /OFF [16 0 R] >> /OCGs [16 0 R] >> >>".to_vec()),
        (2, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec()),
        (
            3,
            format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources {RESOURCES} >>")
                .into_bytes(),
        ),
        (4, stream("", content)),
        (5, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec()),
        (
            6,
            b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 8 0 R >>"
                .to_vec(),
        ),
        (7, b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 700 /W [1 [500 600] 4 6 0] >>".to_vec()),
        (8, stream("", cmap.as_bytes())),
        (
            9,
            b"<< /Type /Font /Subtype /Type3 /FontMatrix [.01 0 0 .01 0 0] /FirstChar 65 /LastChar 68 /Widths [50 50 0 90] \
              /Encoding << /Differences [65 /a /fi /acute /afii57664] >> /CharProcs << /a 10 0 R >> >>"
                .to_vec(),
        ),
        (10, stream("", b"50 0 d0 (a) Tj")),
        (
            11,
            b"<< /Type /Font /Subtype /Type0 /BaseFont /B /Encoding /90ms-RKSJ-V /DescendantFonts [12 0 R] >>".to_vec(),
        ),
        (
            12,
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /B /CIDSystemInfo << /Ordering (Japan1) >> /DW2 [800 -900] >>"
                .to_vec(),
        ),
        (
            13,
            stream(
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Matrix [1 .1 0 1 5 5] /Resources << /XObject << /X 13 0 R >> \
                 /Font << /F1 9 0 R >> >>",
                b"BT /F1 7 Tf (AB) Tj ET q 2 0 0 2 9 9 cm /X Do Q",
            ),
        ),
        (14, stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8", b"x")),
        (15, b"<< /ActualText (actual) >>".to_vec()),
        (16, b"<< /Type /OCG /Name (layer) >>".to_vec()),
    ];
    document(&file(&objects));
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<< /Length {} {dict} >>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}

/// A file with a correct cross-reference table; object 1 is the catalog.
pub(super) fn file(objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, body) in objects {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        out.extend_from_slice(body);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.extend_from_slice(table.as_bytes());
    out.extend_from_slice(trailer.as_bytes());
    out
}
