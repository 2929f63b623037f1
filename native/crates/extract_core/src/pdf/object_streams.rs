//! The object layer inflates object streams and cross-reference streams without a bound. Files in which that could take
//! much memory are measured first.

use super::filters::Inflater;
use super::limit_error;
use crate::error::ExtractError;
use crate::limits::Limits;
use memchr::memmem;

/// Deflate cannot shrink data more than this.
const MAX_RATIO: usize = 1032;

/// What all object streams of a file may need before they are measured: 256 KB of compressed objects.
const UNMEASURED_BYTES: usize = 256 << 20;

/// Streams past this are not looked at one by one.
const MAX_STREAMS: usize = 1 << 20;

/// Fails when the object streams of a file inflate past the limit of a stream, or a quarter of a document's.
pub(crate) fn check(data: &[u8], limits: &Limits) -> Result<(), ExtractError> {
    let streams =
        || [&b"/ObjStm"[..], b"/XRef"].into_iter().flat_map(|kind| memmem::find_iter(data, kind)).take(MAX_STREAMS);
    let packed: usize = streams().filter_map(|at| packed_stream(data, at)).map(<[u8]>::len).sum();
    if packed.saturating_mul(MAX_RATIO) <= UNMEASURED_BYTES {
        return Ok(());
    }
    let mut left = usize::try_from(limits.max_document_bytes / 4).unwrap_or(usize::MAX);
    let mut inflater = Inflater::new();
    let mut out = Vec::new();
    for at in streams() {
        let Some(packed) = packed_stream(data, at) else { continue };
        out.clear();
        let limit = limits.max_stream_bytes.min(left);
        if inflater.inflate(packed, limit, &mut out).is_err() {
            return Err(limit_error(format!("an object stream inflates past the limit of {limit} bytes")));
        }
        left -= out.len();
    }
    Ok(())
}

/// The bytes between `stream` and `endstream` after the place where a stream's type is named.
fn packed_stream(data: &[u8], at: usize) -> Option<&[u8]> {
    /// A stream dictionary is no longer than this in practice.
    const WINDOW: usize = 2048;
    let window = &data[at..data.len().min(at + WINDOW)];
    let start = at + memmem::find(window, b"stream")? + b"stream".len();
    let rest = &data[start..];
    let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    let end = memmem::find(rest, b"endstream").unwrap_or(rest.len());
    Some(&rest[..end])
}
