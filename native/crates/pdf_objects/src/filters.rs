//! The stream filters text needs, each bounded: decoding stops at the limit instead of filling memory.
//! Image filters are not here on purpose; images are never decoded.

use flate2::{Decompress, FlushDecompress, Status};

/// The decoded bytes would pass the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// First guess for the size of inflated data, as a multiple of its packed size; content streams rarely pass it, and a
/// wrong guess costs a second run.
const USUAL_RATIO: usize = 8;

/// Inflates through libdeflate.
pub(crate) struct Inflater {
    fast: libdeflater::Decompressor,
    /// Where data is inflated to before its size is known: kept, since clearing that much for each stream costs more than
    /// copying what it holds.
    room: Vec<u8>,
}

/// Room past this is given back.
const MAX_ROOM: usize = 1 << 20;

impl Inflater {
    pub(crate) fn new() -> Self {
        Self { fast: libdeflater::Decompressor::new(), room: Vec::new() }
    }

    /// Appends the inflated data to `out`. Damaged data gives what could be read before the damage.
    pub(crate) fn inflate(&mut self, data: &[u8], limit: usize, out: &mut Vec<u8>) -> Result<(), TooLarge> {
        let start = out.len();
        // One byte more than the limit tells data that just fits from data that does not.
        let most = limit.saturating_add(1);
        let mut size = data.len().saturating_mul(USUAL_RATIO).saturating_add(4096).min(most);
        loop {
            // Large data goes straight into the buffer of the caller.
            let straight = size > MAX_ROOM;
            let target = if straight {
                out.resize(start.saturating_add(size), 0);
                &mut out[start..]
            } else {
                if self.room.len() < size {
                    self.room.resize(size, 0);
                }
                &mut self.room[..size]
            };
            match self.fast.zlib_decompress(data, target) {
                Ok(length) if length <= limit => {
                    if straight {
                        out.truncate(start + length);
                    } else {
                        out.extend_from_slice(&self.room[..length]);
                    }
                    return Ok(());
                }
                Err(libdeflater::DecompressionError::InsufficientSpace) if size < most => {
                    size = size.saturating_mul(4).min(most);
                }
                Ok(_) | Err(libdeflater::DecompressionError::InsufficientSpace) => {
                    out.truncate(start);
                    return Err(TooLarge);
                }
                Err(libdeflater::DecompressionError::BadData) => {
                    out.truncate(start);
                    return inflate_damaged(data, limit, out);
                }
            }
        }
    }
}

/// The first `length` inflated bytes of zlib data, fewer when it is short or damaged.
pub(crate) fn inflate_start(data: &[u8], length: usize) -> Vec<u8> {
    let mut out = vec![0; length];
    let mut engine = Decompress::new(true);
    // An error leaves the bytes before it.
    let _ = engine.decompress(data, &mut out, FlushDecompress::None);
    out.truncate(engine.total_out() as usize);
    out
}

/// Streams with a wrong checksum, a missing end or no zlib header: keeps everything up to the fault.
fn inflate_damaged(data: &[u8], limit: usize, out: &mut Vec<u8>) -> Result<(), TooLarge> {
    let start = out.len();
    for has_header in [true, false] {
        let skip = if has_header { 0 } else { usize::from(data.first().is_some_and(|b| b & 0x0F == 8)) * 2 };
        let Some(input) = data.get(skip..) else {
            continue;
        };
        out.truncate(start);
        let mut engine = Decompress::new(has_header);
        let mut chunk = [0_u8; 16 << 10];
        loop {
            let (in_before, out_before) = (engine.total_in(), engine.total_out());
            let rest = &input[(in_before as usize).min(input.len())..];
            let status = engine.decompress(rest, &mut chunk, FlushDecompress::None);
            let written = (engine.total_out() - out_before) as usize;
            out.extend_from_slice(&chunk[..written]);
            if out.len() - start > limit {
                return Err(TooLarge);
            }
            let stalled = written == 0 && engine.total_in() == in_before;
            if status.is_err() || matches!(status, Ok(Status::StreamEnd)) || stalled {
                break;
            }
        }
        if out.len() > start {
            break;
        }
    }
    Ok(())
}

/// PNG and TIFF predictors (PDF 2.0, 7.4.4.4).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Predictor {
    pub(crate) kind: i32,
    pub(crate) colors: usize,
    pub(crate) bits: usize,
    pub(crate) columns: usize,
}

impl Predictor {
    pub(crate) fn undo(self, data: Vec<u8>) -> Vec<u8> {
        let bits = self.colors.saturating_mul(self.bits);
        let row = bits.saturating_mul(self.columns).div_ceil(8);
        if self.kind < 2 || row == 0 || row > data.len() {
            return data;
        }
        let pixel = bits.div_ceil(8).max(1);
        if self.kind == 2 { undo_tiff(data, row, pixel, self.bits) } else { undo_png(&data, row, pixel) }
    }
}

fn undo_tiff(mut data: Vec<u8>, row: usize, pixel: usize, bits: usize) -> Vec<u8> {
    if bits == 8 {
        for line in data.chunks_mut(row) {
            for i in pixel..line.len() {
                line[i] = line[i].wrapping_add(line[i - pixel]);
            }
        }
    }
    data
}

fn undo_png(data: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    for line in data.chunks(row + 1) {
        let Some((&filter, line)) = line.split_first() else {
            break;
        };
        let at = out.len();
        for (i, &byte) in line.iter().enumerate() {
            let left = if i >= pixel { out[at + i - pixel] } else { 0 };
            let up = if at >= row { out[at + i - row] } else { 0 };
            let corner = if at >= row && i >= pixel { out[at + i - row - pixel] } else { 0 };
            let guess = match filter {
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, corner),
                _ => 0,
            };
            out.push(byte.wrapping_add(guess));
        }
    }
    out
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i32::from(left), i32::from(up), i32::from(corner));
    let estimate = a + b - c;
    let (da, db, dc) = ((estimate - a).abs(), (estimate - b).abs(), (estimate - c).abs());
    if da <= db && da <= dc {
        left
    } else if db <= dc {
        up
    } else {
        corner
    }
}

pub(crate) fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() / 2);
    let mut high: Option<u8> = None;
    for &byte in data {
        let Some(digit) = (byte as char).to_digit(16) else {
            if byte == b'>' {
                break;
            }
            continue;
        };
        match high.take() {
            None => high = Some(digit as u8),
            Some(first) => out.push(first << 4 | digit as u8),
        }
    }
    if let Some(first) = high {
        out.push(first << 4);
    }
    out
}

fn within(out: Vec<u8>, limit: usize) -> Result<Vec<u8>, TooLarge> {
    if out.len() > limit { Err(TooLarge) } else { Ok(out) }
}

pub(crate) fn ascii_85(data: &[u8], limit: usize) -> Result<Vec<u8>, TooLarge> {
    let mut out = Vec::with_capacity(data.len() / 5 * 4);
    let (mut group, mut count) = (0_u32, 0_usize);
    for &byte in data {
        // Four bytes for each `z`.
        if out.len() > limit {
            return Err(TooLarge);
        }
        match byte {
            b'z' if count == 0 => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend_from_slice(&group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend_from_slice(&group.to_be_bytes()[..count - 1]);
    }
    within(out, limit)
}

pub(crate) fn run_length(data: &[u8], limit: usize) -> Result<Vec<u8>, TooLarge> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&length) = data.get(at) {
        if out.len() > limit {
            return Err(TooLarge);
        }
        match length {
            128 => break,
            0..=127 => {
                let end = (at + 2 + usize::from(length)).min(data.len());
                out.extend_from_slice(&data[at + 1..end]);
                at = end;
            }
            _ => {
                let Some(&byte) = data.get(at + 1) else { break };
                out.resize(out.len() + 257 - usize::from(length), byte);
                at += 2;
            }
        }
    }
    within(out, limit)
}

/// LZW as in TIFF 6.0 (PDF 2.0, 7.4.4.2).
pub(crate) fn lzw(data: &[u8], early_change: bool, limit: usize) -> Result<Vec<u8>, TooLarge> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let early = usize::from(early_change);
    let mut out: Vec<u8> = Vec::new();
    // An entry is a stretch of the output already written.
    let mut table: Vec<(u32, u32)> = Vec::with_capacity(4096 - 258);
    let mut last: Option<(u32, u32)> = None;
    let (mut bits, mut held, mut width) = (0_u32, 0_u32, 9_u32);
    for &byte in data {
        bits = bits << 8 | u32::from(byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held) as usize & ((1 << width) - 1);
        if code == CLEAR {
            table.clear();
            width = 9;
            last = None;
            continue;
        }
        if code == END {
            break;
        }
        let start = out.len() as u32;
        if code < 256 {
            out.push(code as u8);
        } else if let Some(&(from, length)) = table.get(code - 258) {
            for i in from..from + length {
                out.push(out[i as usize]);
            }
        } else if let (Some((from, length)), true) = (last, code - 258 == table.len()) {
            for i in from..from + length {
                out.push(out[i as usize]);
            }
            out.push(out[from as usize]);
        } else {
            break;
        }
        if out.len() > limit {
            return Err(TooLarge);
        }
        if let Some((from, length)) = last
            && table.len() < 4096 - 258
        {
            table.push((from, length + 1));
        }
        last = Some((start, out.len() as u32 - start));
        width = match table.len() + 258 + 1 + early {
            n if n > 2048 => 12,
            n if n > 1024 => 11,
            n if n > 512 => 10,
            _ => 9,
        };
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_filters() {
        assert_eq!(ascii_hex(b"48 65 6C6c 6F7>"), b"Hellop");
        assert_eq!(ascii_85(b"87cURD]i,\"Ebo80~>", 12), Ok(b"Hello World!".to_vec()));
        assert_eq!(ascii_85(b"zzzz~>", 12), Err(TooLarge));
    }

    #[test]
    fn run_length_literals_and_repeats() {
        assert_eq!(run_length(&[2, b'a', b'b', b'c', 254, b'x', 128, 9], 100), Ok(b"abcxxx".to_vec()));
        assert_eq!(run_length(&[129, 0, 129, 0, 129, 0], 100), Err(TooLarge));
    }

    #[test]
    fn lzw_of_the_specification() {
        let packed = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(lzw(&packed, true, 100), Ok(vec![45, 45, 45, 45, 45, 65, 45, 45, 45, 66]));
    }

    #[test]
    fn inflate_keeps_what_precedes_damage_and_stops_at_the_limit() {
        let mut packed = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
        let text: Vec<u8> = (0..40_000_u32).flat_map(|i| i.to_le_bytes()).collect();
        let mut buffer = vec![0; packed.zlib_compress_bound(text.len())];
        let length = packed.zlib_compress(&text, &mut buffer).unwrap_or(0);
        let mut out = Vec::new();
        let mut inflater = Inflater::new();
        assert_eq!(inflater.inflate(&buffer[..length], 1 << 20, &mut out), Ok(()));
        assert_eq!(out, text);
        out.clear();
        assert_eq!(inflater.inflate(&buffer[..length / 2], 1 << 20, &mut out), Ok(()));
        assert!(!out.is_empty() && text.starts_with(&out));
        assert_eq!(inflate_start(&buffer[..length], 1000), text[..1000]);
        assert!(inflate_start(b"no zlib", 1000).is_empty());
        out.clear();
        assert_eq!(inflater.inflate(&buffer[..length], 1000, &mut out), Err(TooLarge));
    }

    #[test]
    fn png_predictor_up() {
        let predictor = Predictor { kind: 12, colors: 1, bits: 8, columns: 3 };
        assert_eq!(predictor.undo(vec![2, 1, 2, 3, 2, 1, 1, 1]), vec![1, 2, 3, 2, 3, 4]);
    }
}
