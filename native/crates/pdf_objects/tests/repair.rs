//! Damage of every kind, and what is read all the same.

mod writer;

use pdf_objects::{Limits, Name, Object, ObjectIdentifier, OpenError, PageTree, Pdf};
use writer::{contents, file, one_page, replace, stream};

#[test]
fn a_healthy_file_is_not_searched() {
    let data = one_page("healthy");
    assert_eq!(contents(&data), ["healthy"]);
    let opened = Pdf::open(&data, &[], Limits::default()).map(|pdf| pdf.is_rebuilt());
    assert_eq!(opened, Ok(false));
}

#[test]
fn damage_that_costs_nothing() {
    let healthy = one_page("still there");
    let cut = |from: &str| {
        let at = memchr::memmem::find(&healthy, from.as_bytes()).unwrap_or(0);
        healthy[..at].to_vec()
    };
    for (what, data) in [
        ("garbage before the header", [b"garbage\n\n".to_vec(), healthy.clone()].concat()),
        ("garbage behind the end", [healthy.clone(), vec![0; 5000]].concat()),
        ("startxref points nowhere", replace(&healthy, "startxref\n", "startxref\n9")),
        ("no cross-reference at all", cut("xref")),
        ("no trailer", cut("trailer")),
        ("wrong offsets", replace(&healthy, "00000 n", "00001 n").iter().rev().rev().copied().collect()),
        ("offsets that miss", replace(&healthy, "00000000", "00000001")),
        ("length too long", replace(&healthy, "/Length 11", "/Length 99")),
        ("length too short", replace(&healthy, "/Length 11", "/Length 3 ")),
        ("length that is not there", replace(&healthy, "/Length 11", "/Length 9 0 R")),
        ("no endobj", replace(&healthy, "endobj", "      ")),
        ("no type of the page", replace(&healthy, "/Type/Page/Parent", "/Parent")),
        ("kids without brackets", replace(&healthy, "/Kids[3 0 R]", "/Kids 3 0 R ")),
        ("kids that are no dictionaries", replace(&healthy, "/Kids[3 0 R]", "/Kids[null 7 9 0 R 4 (a) 3 0 R]")),
        ("kids that are not closed", replace(&healthy, "/Kids[3 0 R]", "/Kids[3 0 R ")),
        ("a wrong count", replace(&healthy, "/Count 1", "/Count 9")),
        ("a page tree that is gone", replace(&healthy, "/Pages 2 0 R", "/Pages 8 0 R")),
        ("a catalog that is gone", replace(&healthy, "/Root 1 0 R", "/Root 8 0 R")),
        ("no root", replace(&healthy, "/Root 1 0 R", "")),
        ("neither tree nor catalog", replace(&replace(&healthy, "/Catalog", "/Nothing"), "/Kids", "/None")),
        ("a cycle of sections", replace(&healthy, "/Root", "/Prev 9999 /Root")),
        ("keys with escapes", replace(&healthy, "/Contents", "/Con#74ents")),
    ] {
        assert_eq!(contents(&data), ["still there"], "{what}");
    }
}

#[test]
fn a_stream_that_is_cut_off_goes_to_the_end() {
    let healthy = one_page("cut off here");
    let at = memchr::memmem::find(&healthy, b" here").unwrap_or(0);
    assert_eq!(contents(&healthy[..at]), ["cut off"]);
}

#[test]
fn every_prefix_of_a_file_ends() {
    let healthy = one_page("prefix");
    for length in 0..healthy.len() {
        contents(&healthy[..length]);
    }
}

#[test]
fn updates_replace_and_delete() {
    let mut data = one_page("old");
    let previous = memchr::memmem::rfind(&data, b"xref\n0").unwrap_or(0);
    let body = data.len();
    data.extend(format!("4 0 obj\n{}\nendobj\n", stream("", "new")).bytes());
    let table = data.len();
    data.extend(format!("xref\n4 1\n{body:010} 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Prev {previous}>>\n").bytes());
    data.extend(format!("startxref\n{table}\n%%EOF").bytes());
    assert_eq!(contents(&data), ["new"]);
    // Searched, the later one counts too; one that is cut off does not.
    let searched = replace(&data, &format!("startxref\n{table}"), "startxref\n1");
    assert_eq!(contents(&searched), ["new"]);
    let cut = memchr::memmem::rfind(&data, b">>\nstream\nnew").unwrap_or(0);
    assert_eq!(contents(&data[..cut]), ["old"]);
    // An object that is deleted is null.
    let deleted = replace(&data, &format!("{body:010} 00000 n"), "0000000000 00001 f");
    assert_eq!(contents(&deleted), [""]);
}

fn packed_file() -> Vec<u8> {
    let pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    let page = "<</Type/Page/Parent 2 0 R/Contents 5 0 R>>";
    let packed = format!("2 0 3 {} {pages} {page}", pages.len() + 1);
    let first = packed.len() - pages.len() - page.len() - 1;
    file(&[
        "<</Type/Catalog/Pages 2 0 R>>",
        "null",
        "null",
        &stream(&format!("/Type/ObjStm/N 2/First {first}"), &packed),
        &stream("", "from an object stream"),
    ])
}

#[test]
fn object_streams_are_found_by_searching() {
    // The table knows nothing of them.
    let data = replace(&packed_file(), "startxref", "startxxxx");
    // What stands free in the file comes before the stream and is older.
    assert_eq!(contents(&data), ["from an object stream"]);
}

#[test]
fn cross_reference_streams() {
    let mut data = packed_file();
    let place = |needle: &str| memchr::memmem::find(&data, needle.as_bytes()).unwrap_or(0);
    let (catalog, packed, content) = (place("1 0 obj"), place("4 0 obj"), place("5 0 obj"));
    let table = data.len();
    let mut records = Vec::new();
    for (kind, second, third) in [(0, 0, 0), (1, catalog, 0), (2, 4, 0), (2, 4, 1), (1, packed, 0), (1, content, 0)] {
        records.push(format!("{kind:02x}{second:04x}{third:02x}"));
    }
    let hex = records.concat();
    let dict = "/Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Filter/ASCIIHexDecode";
    data.extend(format!("6 0 obj\n{}\nendobj\nstartxref\n{table}\n%%EOF", stream(dict, &hex)).bytes());
    assert_eq!(contents(&data), ["from an object stream"]);
    assert_eq!(Pdf::open(&data, &[], Limits::default()).map(|pdf| pdf.is_rebuilt()), Ok(false));
    // An index that is off by one is made good from the stream itself.
    let wrong = replace(&data, "02000400", "02000401");
    assert_eq!(contents(&wrong), ["from an object stream"]);
}

#[test]
fn page_trees_that_go_round() {
    let data = file(&[
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R 4 0 R 3 0 R]/Count 4/MediaBox[0 0 10 10]>>",
        "<</Type/Page/Contents 5 0 R>>",
        "<</Type/Pages/Kids[2 0 R 6 0 R]/MediaBox[0 0 20 20]>>",
        &stream("", "one"),
        "<</Type/Page/Rotate 90>>",
    ]);
    let Ok(pdf) = Pdf::open(&data, &[], Limits::default()) else { panic!("it opens") };
    let tree = PageTree::read(&pdf);
    assert_eq!((tree.len(), tree.stated(), tree.cycle(), tree.repeated()), (2, Some(4), Some(2), Some(3)));
    let widths: Vec<_> = (0..2).filter_map(|index| tree.page(index)).map(|page| page.media_box().width()).collect();
    assert_eq!(widths, [10.0, 20.0]);
}

#[test]
fn references_that_go_round_end() {
    let data = file(&["<</Type/Catalog/Pages 2 0 R>>", "3 0 R", "2 0 R", "<</Length 4 0 R>>\nstream\nabc\nendstream"]);
    let Ok(pdf) = Pdf::open(&data, &[], Limits::default()) else { panic!("it opens") };
    assert!(pdf.get::<Object<'_>>(ObjectIdentifier { number: 2, generation: 0 }).is_none());
    let stream = pdf.get::<Object<'_>>(ObjectIdentifier { number: 4, generation: 0 }).and_then(Object::into_stream);
    assert_eq!(stream.map(|stream| stream.raw_data().into_owned()), Some(b"abc".to_vec()));
    assert!(PageTree::read(&pdf).is_empty());
}

#[test]
fn many_entries_and_doubled_keys() {
    let all: String = (0..1000).map(|n| format!("/K{n} /V{n}")).collect();
    for entries in [format!("{all}/K7 /Last"), "/K7 /First/K7 /Last/K999/V999".to_string()] {
        let data = file(&[&format!("<</Type/Catalog/Pages 1 0 R{entries}>>")]);
        let Ok(pdf) = Pdf::open(&data, &[], Limits::default()) else { panic!("it opens") };
        let Some(root) = pdf.root() else { panic!("it has a catalog") };
        let name = |key: &str| root.get::<Name<'_>>(key).map(|name| name.as_str().to_string());
        assert_eq!(name("K7").as_deref(), Some("Last"));
        assert_eq!(name("K999").as_deref(), Some("V999"));
        assert_eq!(name("K1000"), None);
    }
}

#[test]
fn limits_are_named() {
    let limits = Limits { max_sections: 3, max_packed_bytes: 50, max_objects: 5000, ..Limits::default() };
    let mut chain = one_page("chain");
    let mut previous = memchr::memmem::rfind(&chain, b"xref\n0").unwrap_or(0);
    for _ in 0..4 {
        let table = chain.len();
        chain.extend(format!("xref\n0 0\ntrailer\n<</Root 1 0 R/Prev {previous}>>\nstartxref\n{table}\n").bytes());
        previous = table;
    }
    let opened = Pdf::open(&chain, &[], limits.clone()).map(|pdf| pdf.is_rebuilt());
    let Err(OpenError::Exceeded(exceeded)) = opened else { panic!("{opened:?}") };
    assert_eq!(exceeded.to_string(), "sections of the cross-reference table: more than the limit of 3");

    let searched = replace(&packed_file(), "startxref", "startxxxx");
    let opened = Pdf::open(&searched, &[], limits).map(|pdf| pdf.is_rebuilt());
    let Err(OpenError::Exceeded(exceeded)) = opened else { panic!("{opened:?}") };
    assert_eq!(exceeded.what, "bytes of all object streams");
}

#[test]
fn dictionaries_without_end_are_not_read_over_and_over() {
    // Each object open up to the end of the file: minutes, if all of it were read each time.
    let objects: String = (1..20_000).map(|n| format!("{n} 0 obj<</A(\n")).collect();
    assert_eq!(contents(format!("%PDF-1.4\n{objects}").as_bytes()), [""; 0]);
}

/// Bytes of a made-up file, from a fixed sequence of numbers.
#[test]
fn random_damage_never_panics() {
    let healthy = packed_file();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for _ in 0..20_000 {
        let mut data = healthy.clone();
        for _ in 0..=next(6) {
            let at = next(data.len());
            match next(4) {
                0 => data[at] = next(256) as u8,
                1 => data[at] = b"<>[]()/% \n0R"[next(12)],
                2 => data.truncate(at.max(1)),
                _ => {
                    let end = (at + next(40)).min(data.len());
                    data.drain(at..end);
                    data.push(b' ');
                }
            }
        }
        contents(&data);
    }
}
