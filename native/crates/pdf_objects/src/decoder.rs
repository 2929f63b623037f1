//! Decodes streams within a budget of decompressed bytes.

use crate::array::Array;
use crate::dict::Dict;
use crate::filters::{self, Inflater, Predictor, TooLarge};
use crate::name::Name;
use crate::object::Object;
use crate::stream::Stream;

/// Why a stream gave no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamFault {
    /// It decompresses to more bytes than allowed.
    TooLarge,
    /// It decompresses to more times its size than allowed.
    TooDense,
    /// It is an image, or uses a filter that is not known.
    NotData,
}

/// Decodes streams and keeps count of what they decompress to.
pub struct Decoder {
    inflater: Inflater,
    max_stream: usize,
    max_ratio: usize,
    total: u64,
    left: u64,
}

/// What one stream may decompress to, and how more is called.
#[derive(Clone, Copy)]
struct Bound {
    bytes: usize,
    fault: StreamFault,
}

impl Bound {
    fn passed(self, _: TooLarge) -> StreamFault {
        self.fault
    }
}

/// Streams that give no more than this are let be, whatever they were packed to.
const RATIO_FREE_BYTES: usize = 1 << 20;

impl Decoder {
    /// A decoder that gives no stream of more than `max_stream` bytes, nor of more than `max_ratio` times its own size, and
    /// `total` bytes in all.
    pub fn new(max_stream: usize, max_ratio: usize, total: u64) -> Self {
        Self { inflater: Inflater::new(), max_stream, max_ratio, total, left: total }
    }

    /// Bytes decoded so far.
    pub fn decoded(&self) -> u64 {
        self.total - self.left
    }

    /// Appends the decoded bytes of `stream` to `out`.
    ///
    /// # Errors
    /// When it goes past a limit or is no data.
    pub fn decode(&mut self, stream: &Stream<'_>, out: &mut Vec<u8>) -> Result<(), StreamFault> {
        let limit = self.max_stream.min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let before = out.len();
        self.decode_within(stream, limit, out)?;
        self.left = self.left.saturating_sub((out.len() - before) as u64);
        Ok(())
    }

    /// Decodes up to `limit` bytes that are counted elsewhere.
    pub(crate) fn decode_within(
        &mut self,
        stream: &Stream<'_>,
        limit: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), StreamFault> {
        let raw = stream.raw_data();
        let limit = self.bound(raw.len(), limit);
        let dict = stream.dict();
        if let Some(name) = dict.get::<Name<'_>>("Filter") {
            let params = dict.get::<Dict<'_>>("DecodeParms");
            if is_flate(&name) && params.is_none() {
                self.inflater.inflate(&raw, limit.bytes, out).map_err(|fault| limit.passed(fault))?;
            } else {
                out.extend_from_slice(&self.apply(&name, params.as_ref(), &raw, limit)?);
            }
        } else if let Some(names) = dict.get::<Array<'_>>("Filter") {
            let mut params = dict.get::<Array<'_>>("DecodeParms").map(|list| list.iter::<Object<'_>>());
            let mut data = raw.into_owned();
            for name in names.iter::<Name<'_>>().take(8) {
                let params = params.as_mut().and_then(Iterator::next).and_then(Object::into_dict);
                data = self.apply(&name, params.as_ref(), &data, limit)?;
                // What filters hand to one another costs as much as what they give in the end.
                self.left = self.left.saturating_sub(data.len() as u64);
            }
            out.extend_from_slice(&data);
        } else {
            if raw.len() > limit.bytes {
                return Err(StreamFault::TooLarge);
            }
            out.extend_from_slice(&raw);
        }
        Ok(())
    }

    fn bound(&self, packed: usize, most: usize) -> Bound {
        let dense = packed.saturating_mul(self.max_ratio).max(RATIO_FREE_BYTES);
        if dense < most {
            Bound { bytes: dense, fault: StreamFault::TooDense }
        } else {
            Bound { bytes: most, fault: StreamFault::TooLarge }
        }
    }

    /// The first `length` bytes of a stream that is packed by Flate alone.
    pub fn decode_start(&mut self, stream: &Stream<'_>, length: usize) -> Option<Vec<u8>> {
        let dict = stream.dict();
        let plain = dict.get::<Name<'_>>("Filter").is_some_and(|name| is_flate(&name));
        if !plain
            || dict.get::<Dict<'_>>("DecodeParms").is_some()
            || length > self.max_stream
            || length as u64 > self.left
        {
            return None;
        }
        self.left -= length as u64;
        Some(filters::inflate_start(&stream.raw_data(), length))
    }

    fn apply(
        &mut self,
        name: &[u8],
        params: Option<&Dict<'_>>,
        data: &[u8],
        limit: Bound,
    ) -> Result<Vec<u8>, StreamFault> {
        let number = |key: &str, default: i32| params.and_then(|p| p.get::<i32>(key)).unwrap_or(default);
        let predictor = Predictor {
            kind: number("Predictor", 1),
            colors: number("Colors", 1).clamp(1, 32) as usize,
            bits: number("BitsPerComponent", 8).clamp(1, 16) as usize,
            columns: number("Columns", 1).max(1) as usize,
        };
        let most = limit.bytes;
        let decoded = match name {
            b"FlateDecode" | b"Fl" => {
                let mut out = Vec::new();
                self.inflater.inflate(data, most, &mut out).map(|()| predictor.undo(out))
            }
            b"LZWDecode" | b"LZW" => {
                filters::lzw(data, number("EarlyChange", 1) != 0, most).map(|out| predictor.undo(out))
            }
            b"ASCII85Decode" | b"A85" => filters::ascii_85(data, most),
            b"ASCIIHexDecode" | b"AHx" => Ok(filters::ascii_hex(data)),
            b"RunLengthDecode" | b"RL" => filters::run_length(data, most),
            b"Crypt" => Ok(data.to_vec()),
            _ => return Err(StreamFault::NotData),
        };
        decoded.map_err(|fault| limit.passed(fault))
    }
}

fn is_flate(name: &[u8]) -> bool {
    name == b"FlateDecode" || name == b"Fl"
}
