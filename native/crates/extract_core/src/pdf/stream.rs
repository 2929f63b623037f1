//! Decodes streams within the document's decompression budget.

use super::filters::{self, Inflater, Predictor, TooLarge};
use crate::limits::Limits;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

/// Why a stream gave no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StreamFault {
    /// It decompresses past a limit.
    TooLarge,
    /// It is an image, or uses a filter that is not known.
    NotData,
}

impl From<TooLarge> for StreamFault {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// Decodes streams and keeps count of what they decompress to.
pub(crate) struct Decoder {
    inflater: Inflater,
    max_stream: usize,
    left: u64,
}

impl Decoder {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { inflater: Inflater::new(), max_stream: limits.max_stream_bytes, left: limits.max_document_bytes }
    }

    /// Appends the decoded bytes of `stream` to `out`.
    pub(crate) fn decode(&mut self, stream: &Stream<'_>, out: &mut Vec<u8>) -> Result<(), StreamFault> {
        let limit = self.max_stream.min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let before = out.len();
        let raw = stream.raw_data();
        let dict = stream.dict();
        if let Some(name) = filter_entry::<Name<'_>>(dict) {
            let params = params_entry::<Dict<'_>>(dict);
            if is_flate(&name) && params.is_none() {
                self.inflater.inflate(&raw, limit, out)?;
            } else {
                out.extend_from_slice(&self.apply(&name, params.as_ref(), &raw, limit)?);
            }
        } else if let Some(names) = filter_entry::<Array<'_>>(dict) {
            let mut params = params_entry::<Array<'_>>(dict).map(|list| list.iter::<Object<'_>>());
            let mut data = raw.into_owned();
            for name in names.iter::<Name<'_>>().take(8) {
                let params = params.as_mut().and_then(Iterator::next).and_then(Object::into_dict);
                data = self.apply(&name, params.as_ref(), &data, limit)?;
            }
            out.extend_from_slice(&data);
        } else {
            out.extend_from_slice(&raw);
        }
        self.left = self.left.saturating_sub((out.len() - before) as u64);
        Ok(())
    }

    /// The first `length` bytes of a stream that is packed by Flate alone.
    pub(crate) fn decode_start(&mut self, stream: &Stream<'_>, length: usize) -> Option<Vec<u8>> {
        let dict = stream.dict();
        let plain = filter_entry::<Name<'_>>(dict).is_some_and(|name| is_flate(&name));
        if !plain || params_entry::<Dict<'_>>(dict).is_some() || length > self.max_stream || length as u64 > self.left {
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
        limit: usize,
    ) -> Result<Vec<u8>, StreamFault> {
        let number = |key: &str, default: i32| params.and_then(|p| p.get::<i32>(key)).unwrap_or(default);
        let predictor = Predictor {
            kind: number("Predictor", 1),
            colors: number("Colors", 1).clamp(1, 32) as usize,
            bits: number("BitsPerComponent", 8).clamp(1, 16) as usize,
            columns: number("Columns", 1).max(1) as usize,
        };
        match name {
            b"FlateDecode" | b"Fl" => {
                let mut out = Vec::new();
                self.inflater.inflate(data, limit, &mut out)?;
                Ok(predictor.undo(out))
            }
            b"LZWDecode" | b"LZW" => Ok(predictor.undo(filters::lzw(data, number("EarlyChange", 1) != 0, limit)?)),
            b"ASCII85Decode" | b"A85" => Ok(filters::ascii_85(data)),
            b"ASCIIHexDecode" | b"AHx" => Ok(filters::ascii_hex(data)),
            b"RunLengthDecode" | b"RL" => Ok(filters::run_length(data, limit)?),
            b"Crypt" => Ok(data.to_vec()),
            _ => Err(StreamFault::NotData),
        }
    }
}

fn is_flate(name: &[u8]) -> bool {
    name == b"FlateDecode" || name == b"Fl"
}

fn filter_entry<'a, T>(dict: &Dict<'a>) -> Option<T>
where
    T: TryFrom<Object<'a>>,
{
    dict.get::<Object<'a>>("Filter").and_then(|o| T::try_from(o).ok())
}

fn params_entry<'a, T>(dict: &Dict<'a>) -> Option<T>
where
    T: TryFrom<Object<'a>>,
{
    dict.get::<Object<'a>>("DecodeParms").and_then(|o| T::try_from(o).ok())
}
