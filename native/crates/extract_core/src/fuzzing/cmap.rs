//! CMaps, embedded ones and ToUnicode ones.

use crate::layout::characters::TextPool;
use crate::pdf::fonts::cmap::{Cmap, MAX_ENTRIES, ToUnicode};

/// Reads a CMap both ways and cuts its own bytes into codes.
///
/// # Panics
/// When a code has no byte or more than are left, or the maps grow past their bounds.
pub fn cmap(data: &[u8]) {
    if let Some(cmap) = Cmap::parse(data) {
        assert!(cmap.ranges().len() <= MAX_ENTRIES, "{} ranges", cmap.ranges().len());
        let mut rest = &data[..data.len().min(512)];
        while !rest.is_empty() {
            let (code, length) = cmap.next_code(rest);
            assert!((1..=4).contains(&length) && length <= rest.len(), "{length} bytes of {}", rest.len());
            assert_eq!(cmap.cid(code, length), cmap.cid(code, length));
            rest = &rest[length..];
        }
        let again = Cmap::parse(data).map(|again| again.ranges() == cmap.ranges());
        assert_eq!(again, Some(true));
    }
    let mut pool = TextPool::default();
    let map = ToUnicode::parse(data, &mut pool);
    assert!(map.dense.len() <= 0x1_0000 && map.sparse.len() <= MAX_ENTRIES);
    let mut text = String::new();
    for known in map.dense.iter().chain(map.sparse.values()) {
        pool.push_to(*known, &mut text);
    }
    assert!(!text.contains(['\0', '\u{202E}', '\u{FFFE}']), "unclean text in a font");
}
