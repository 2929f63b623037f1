//! The predefined CMaps and the Unicode values of the Adobe CJK character collections, packed by `pack-font-data.py`.

use super::cmap::{CidRange, Cmap};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// What fonts have in use, by name: a document may name one of these for each of its fonts, and each takes up to half a
/// megabyte.
struct Shared<T: ?Sized>(Mutex<Option<FxHashMap<String, Weak<T>>>>);

static CMAPS: Shared<Cmap> = Shared(Mutex::new(None));
static COLLECTIONS: Shared<[u32]> = Shared(Mutex::new(None));

impl<T: ?Sized> Shared<T> {
    fn get(&self, name: &str, load: impl FnOnce() -> Option<Arc<T>>) -> Option<Arc<T>> {
        // What a panic left behind is whole: entries are set in one step.
        let held = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = held().get_or_insert_default().get(name).and_then(Weak::upgrade) {
            return Some(found);
        }
        // Not under the lock: loading one may load another.
        let loaded = load()?;
        held().get_or_insert_default().insert(name.to_string(), Arc::downgrade(&loaded));
        Some(loaded)
    }
}

static PACKED: &[u8] = include_bytes!("../../../data/cjk.bin");

fn entry(name: &str) -> Option<Vec<u8>> {
    let u32_at = |at: usize| PACKED.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes).map(|n| n as usize);
    let count = usize::from(u16::from_le_bytes([*PACKED.first()?, *PACKED.get(1)?]));
    let mut at = 2;
    let mut found = None;
    for _ in 0..count {
        let length = usize::from(*PACKED.get(at)?);
        if PACKED.get(at + 1..at + 1 + length)? == name.as_bytes() {
            let fields = at + 1 + length;
            found = Some((u32_at(fields)?, u32_at(fields + 4)?, u32_at(fields + 8)?));
        }
        at += 1 + length + 12;
    }
    let (start, packed, raw) = found?;
    let mut out = vec![0; raw];
    let body = PACKED.get(at + start..at + start + packed)?;
    libdeflater::Decompressor::new().zlib_decompress(body, &mut out).ok()?;
    Some(out)
}

/// Unicode values by CID of `Adobe-Japan1`, `Adobe-GB1`, `Adobe-CNS1` or `Adobe-Korea1`; 0 where there is none.
pub(crate) fn collection(ordering: &[u8]) -> Option<Arc<[u32]>> {
    let name = match ordering {
        b"Japan1" => "Adobe-Japan1",
        b"GB1" => "Adobe-GB1",
        b"CNS1" => "Adobe-CNS1",
        b"Korea1" | b"KR" => "Adobe-Korea1",
        _ => return None,
    };
    COLLECTIONS.get(name, || {
        let raw = entry(name)?;
        Some(raw.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    })
}

/// A predefined CMap by name. Vertical ones differ from their horizontal twins in glyph shapes only, which are no text.
pub(crate) fn cmap(name: &str) -> Option<Arc<Cmap>> {
    CMAPS.get(name, || load_cmap(name).map(Arc::new))
}

fn load_cmap(name: &str) -> Option<Cmap> {
    let (base, vertical) = match name.strip_suffix("-V") {
        Some(base) => (format!("{base}-H"), true),
        None if name == "V" => ("H".to_string(), true),
        None => (name.to_string(), false),
    };
    let raw = entry(&base)?;
    let mut cmap = Cmap::default();
    // Packed as what they change of another.
    let used = match base.as_str() {
        "ETenms-B5-H" => Some("ETen-B5-H"),
        "UniJIS-UCS2-HW-H" => Some("UniJIS-UCS2-H"),
        _ => None,
    };
    if let Some(used) = used.and_then(self::cmap) {
        cmap.use_base(&used);
    }
    cmap.vertical = vertical;
    let mut at = 0;
    let (mut length_before, mut code_before, mut cid_before) = (0, 0_u32, 0_i64);
    while let Some(&length) = raw.get(at) {
        at += 1;
        if length != length_before {
            code_before = 0;
        }
        let start = code_before.wrapping_add(varint(&raw, &mut at)? as u32);
        let count = varint(&raw, &mut at)? as u32;
        let step = varint(&raw, &mut at)?;
        let cid = cid_before + if step & 1 == 0 { (step >> 1) as i64 } else { -((step >> 1) as i64) - 1 };
        cmap.push(CidRange { length, start, end: start.wrapping_add(count), cid: cid as u32 });
        (length_before, code_before, cid_before) = (length, start, cid);
    }
    cmap.finish();
    Some(cmap)
}

fn varint(raw: &[u8], at: &mut usize) -> Option<u64> {
    let (mut value, mut shift) = (0_u64, 0);
    loop {
        let byte = *raw.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_jis_to_unicode() {
        let cmap = cmap("90ms-RKSJ-V").unwrap_or_default();
        assert!(cmap.vertical);
        let bytes = [0x93, 0xFA, 0x41];
        let (code, length) = cmap.next_code(&bytes);
        assert_eq!((code, length), (0x93FA, 2));
        let japan = collection(b"Japan1").unwrap_or_default();
        let cid = cmap.cid(code, length).unwrap_or(0);
        assert_eq!(japan.get(cid as usize).copied(), Some('日' as u32));
        assert_eq!(cmap.next_code(&bytes[2..]), (0x41, 1));
    }

    #[test]
    fn every_predefined_cmap_reads_its_collection() {
        // PDF 2.0, table 116: the name, the code of a character that all of them have, and that character.
        for (names, ordering, code, expected) in [
            ("GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K", "GB1", 0xD6D0, '中'),
            ("UniGB-UCS2 UniGB-UTF16", "GB1", 0x4E2D, '中'),
            ("B5pc HKscs-B5 ETen-B5 ETenms-B5", "CNS1", 0xA4A4, '中'),
            ("UniCNS-UCS2 UniCNS-UTF16", "CNS1", 0x4E2D, '中'),
            ("83pv-RKSJ 90ms-RKSJ 90msp-RKSJ 90pv-RKSJ Add-RKSJ Ext-RKSJ", "Japan1", 0x9286, '中'),
            ("EUC", "Japan1", 0xC3E6, '中'),
            ("UniJIS-UCS2 UniJIS-UCS2-HW UniJIS-UTF16", "Japan1", 0x4E2D, '中'),
            ("KSC-EUC KSCms-UHC KSCms-UHC-HW KSCpc-EUC", "Korea1", 0xB0A1, '가'),
            ("UniKS-UCS2 UniKS-UTF16", "Korea1", 0xAC00, '가'),
        ] {
            let values = collection(ordering.as_bytes()).unwrap_or_default();
            for name in names.split(' ').flat_map(|name| [format!("{name}-H"), format!("{name}-V")]) {
                let cmap = cmap(&name).unwrap_or_default();
                assert_eq!(cmap.vertical, name.ends_with('V'), "{name}");
                let bytes = [(code >> 8) as u8, code as u8];
                assert_eq!(cmap.next_code(&bytes), (code, 2), "{name}");
                let value = cmap.cid(code, 2).and_then(|cid| values.get(cid as usize).copied());
                assert_eq!(value, Some(expected as u32), "{name}");
            }
        }
    }

    #[test]
    fn fonts_in_use_share_what_they_name() {
        let held = (cmap("GBK-EUC-H"), collection(b"GB1"));
        let again = (cmap("GBK-EUC-H"), collection(b"GB1"));
        assert!(held.0.zip(again.0).is_some_and(|(a, b)| Arc::ptr_eq(&a, &b)));
        assert!(held.1.zip(again.1).is_some_and(|(a, b)| Arc::ptr_eq(&a, &b)));
    }

    #[test]
    fn unknown_names() {
        assert!(cmap("No-Such-H").is_none());
        assert!(collection(b"Identity").is_none());
    }
}
