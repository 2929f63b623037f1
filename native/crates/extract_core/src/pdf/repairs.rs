//! Names what is broken in a file that could be read all the same. `quick` looks at a few bytes at both ends of a file and
//! is done for every document; `thorough` reads the whole file and its page tree, and is done on request.

use crate::document::Warning;
use memchr::memmem;
use pdf_objects::{ObjectIdentifier, PageTree, Pdf};

/// How far a header may be from the start.
const HEADER_WINDOW: usize = 1024;

/// Entries of a cross-reference table that are checked.
const MAX_ENTRIES: usize = 2 << 20;

fn warning(code: &'static str, message: String) -> Warning {
    Warning { code, message, page: None }
}

pub(crate) fn quick(pdf: &Pdf<'_>, warnings: &mut Vec<Warning>) {
    let data = pdf.data();
    match memmem::find(&data[..data.len().min(HEADER_WINDOW)], b"%PDF-") {
        Some(0) => {}
        Some(at) => warnings.push(warning(
            "GARBAGE_BEFORE_HEADER",
            format!("{at} bytes stand before the header: they were passed over"),
        )),
        None => warnings.push(warning("HEADER_MISSING", "no %PDF- header: read as a PDF for its objects".to_string())),
    }
    let Some(start) = memmem::rfind(data, b"startxref") else {
        warnings.push(warning(
            "FILE_TRUNCATED",
            "the end of the file is missing (no startxref): pages and objects that stood there are lost".to_string(),
        ));
        warnings.push(rebuilt("there is none"));
        return;
    };
    let target = leading_number(&data[start + b"startxref".len()..]);
    match target {
        Some((at, _)) if is_cross_reference(data, at) => {}
        Some((at, _)) => warnings.push(rebuilt(&format!("none is at byte {at}, where startxref points"))),
        None => warnings.push(rebuilt("startxref names no place")),
    }
}

fn rebuilt(why: &str) -> Warning {
    warning("XREF_REBUILT", format!("the cross-reference table was rebuilt from the objects: {why}"))
}

fn is_cross_reference(data: &[u8], at: usize) -> bool {
    let Some(rest) = data.get(at..) else { return false };
    let rest = rest.trim_ascii_start();
    rest.starts_with(b"xref") || object_header(rest).is_some()
}

/// A number after white space, and the bytes both take.
fn leading_number(data: &[u8]) -> Option<(usize, usize)> {
    let blank = data.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let digits = data[blank..].iter().take(20).take_while(|b| b.is_ascii_digit()).count();
    let number = core::str::from_utf8(&data[blank..blank + digits]).ok()?.parse().ok()?;
    Some((number, blank + digits))
}

/// `N G obj` at the start: N and the bytes it takes.
fn object_header(data: &[u8]) -> Option<(usize, usize)> {
    if !data.first()?.is_ascii_digit() {
        return None;
    }
    let (number, a) = leading_number(data)?;
    let (_, b) = leading_number(&data[a..])?;
    let rest = &data[a + b..];
    let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    (b > 1 && blank > 0 && rest[blank..].starts_with(b"obj")).then_some((number, a + b + blank + 3))
}

pub(crate) fn thorough(pdf: &Pdf<'_>, tree: &PageTree<'_>, warnings: &mut Vec<Warning>) {
    table_entries(pdf.data(), warnings);
    objects(pdf.data(), pdf, warnings);
    page_tree(tree, warnings);
}

/// Tables that look right at both ends may turn out to be wrong when their objects are read.
pub(crate) fn rebuilt_later(pdf: &Pdf<'_>, warnings: &mut Vec<Warning>) {
    if pdf.is_rebuilt() && !warnings.iter().any(|warning| warning.code == "XREF_REBUILT") {
        warnings.push(rebuilt("objects are not where it says, or it leads to no pages"));
    }
}

/// Checks that the entries of the last classic table point to their objects.
fn table_entries(data: &[u8], warnings: &mut Vec<Warning>) {
    let Some(start) = memmem::rfind(data, b"startxref") else { return };
    let Some((at, _)) = leading_number(&data[start + b"startxref".len()..]) else { return };
    let Some(table) = data.get(at..).map(<[u8]>::trim_ascii_start).and_then(|rest| rest.strip_prefix(b"xref")) else {
        return;
    };
    let (mut rest, mut wrong, mut checked) = (table, 0_usize, 0_usize);
    while let Some((first, a)) = leading_number(rest) {
        let Some((count, b)) = leading_number(&rest[a..]) else { break };
        rest = rest[a + b..].trim_ascii_start();
        for number in first..first.saturating_add(count) {
            let Some(entry) = rest.get(..18) else { break };
            if checked >= MAX_ENTRIES {
                break;
            }
            checked += 1;
            if entry[17] == b'n' {
                let offset = leading_number(entry).map_or(usize::MAX, |(offset, _)| offset);
                let found = data.get(offset..).and_then(|rest| object_header(rest.trim_ascii_start()));
                wrong += usize::from(found.is_none_or(|(found, _)| found != number));
            }
            rest = rest[18..].trim_ascii_start();
        }
        if checked >= MAX_ENTRIES {
            break;
        }
    }
    if wrong > 0 {
        warnings.push(warning(
            "WRONG_XREF_ENTRIES",
            format!(
                "{wrong} of {checked} entries of the cross-reference table miss their objects: these were searched for"
            ),
        ));
    }
}

/// Reads the file from object to object.
fn objects(data: &[u8], pdf: &Pdf<'_>, warnings: &mut Vec<Warning>) {
    let mut lengths = Found::default();
    let mut ends = Found::default();
    let mut at = 0;
    // Each object is read up to its `endobj`; where many are missing the same bytes are read again and again.
    let mut budget = data.len().saturating_mul(8);
    while let Some((number, body)) = next_object(data, at) {
        let end = memmem::find(&data[body..], b"endobj").map_or(data.len(), |n| body + n);
        let Some(left) = budget.checked_sub(end - at) else { break };
        budget = left;
        at = match memmem::find(&data[body..end], b"stream") {
            Some(n) if data[body..].trim_ascii_start().starts_with(b"<<") && is_before_data(&data[body..body + n]) => {
                let (after, right) = stream_end(data, body, body + n, pdf);
                lengths.add(!right, number);
                let rest = data[after..].trim_ascii_start();
                // Data that is cut off is named as such.
                ends.add(!rest.is_empty() && !rest.starts_with(b"endobj"), number);
                after
            }
            _ => match next_object(&data[..end], body) {
                Some((_, next)) => {
                    ends.add(true, number);
                    // Back before the header that was just read.
                    data[..next].iter().rposition(|b| *b == b'\n' || *b == b'\r').unwrap_or(body).max(body)
                }
                None => end,
            },
        };
    }
    if let Some(first) = lengths.first {
        warnings.push(warning(
            "WRONG_STREAM_LENGTH",
            format!(
                "{} streams are not as long as their /Length says (object {first} first): read up to endstream",
                lengths.count
            ),
        ));
    }
    if let Some(first) = ends.first {
        warnings.push(warning(
            "MISSING_ENDOBJ",
            format!("{} objects have no endobj (object {first} first): ended where the next one starts", ends.count),
        ));
    }
}

#[derive(Default)]
struct Found {
    count: usize,
    first: Option<usize>,
}

impl Found {
    fn add(&mut self, found: bool, number: usize) {
        if found {
            self.count += 1;
            self.first.get_or_insert(number);
        }
    }
}

/// The next `N G obj` at the start of a line: its number and where its body starts.
fn next_object(data: &[u8], from: usize) -> Option<(usize, usize)> {
    memmem::find_iter(data.get(from..)?, b" obj").find_map(|n| {
        let at = from + n;
        // Two numbers of at most ten digits stand before.
        let window = at.saturating_sub(24).max(from);
        let line = data[window..at].iter().rposition(|b| *b == b'\n' || *b == b'\r').map_or(window, |n| window + n + 1);
        let (number, length) = object_header(data.get(line..)?.trim_ascii_start())?;
        let blank = data[line..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let body = line + blank + length;
        (body == at + 4).then_some((number, body))
    })
}

fn is_before_data(dict: &[u8]) -> bool {
    dict.trim_ascii_end().ends_with(b">>")
}

/// Where a stream ends, `endstream` included, and whether its length says so.
fn stream_end(data: &[u8], body: usize, keyword: usize, pdf: &Pdf<'_>) -> (usize, bool) {
    let start = keyword + b"stream".len();
    let rest = &data[start..];
    let start = start
        + if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n") || rest.starts_with(b"\r")) };
    let told = stated_length(&data[body..keyword], pdf).and_then(|length| start.checked_add(length));
    if let Some(end) = told
        && let Some(rest) = data.get(end..)
    {
        let blank = rest.iter().take(3).take_while(|b| b.is_ascii_whitespace()).count();
        if rest[blank..].starts_with(b"endstream") {
            return (end + blank + b"endstream".len(), true);
        }
    }
    let end = memmem::find(&data[start..], b"endstream").map_or(data.len(), |n| start + n + b"endstream".len());
    (end, false)
}

fn stated_length(dict: &[u8], pdf: &Pdf<'_>) -> Option<usize> {
    let at = memmem::find_iter(dict, b"/Length").find(|at| dict.get(at + 7).is_some_and(u8::is_ascii_whitespace))?;
    let rest = &dict[at + 7..];
    let (number, a) = leading_number(rest)?;
    let reference = leading_number(&rest[a..]).filter(|(_, b)| rest[a + b..].trim_ascii_start().starts_with(b"R"));
    match reference {
        Some((generation, _)) => {
            let generation = u16::try_from(generation).unwrap_or(0);
            pdf.get::<usize>(ObjectIdentifier { number: u32::try_from(number).ok()?, generation })
        }
        None => Some(number),
    }
}

/// Nodes that come round again, and the number of pages.
fn page_tree(tree: &PageTree<'_>, warnings: &mut Vec<Warning>) {
    let pages = tree.len();
    if let Some(count) = tree.stated()
        && usize::try_from(count) != Ok(pages)
    {
        warnings.push(warning("WRONG_PAGE_COUNT", format!("the page tree says {count} pages and holds {pages}")));
    }
    if let Some(number) = tree.cycle() {
        let message = format!("object {number} of the page tree holds itself: it was entered once");
        warnings.push(warning("PAGE_TREE_CYCLE", message));
    }
    if let Some(number) = tree.repeated() {
        let message = format!("object {number} is in the page tree more than once: it was read once");
        warnings.push(warning("PAGE_TREE_REPEAT", message));
    }
}
