//! Lends a slice to the core, which wants owned bytes, without a copy of the document.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A slice whose lender waits for it.
struct Lent {
    start: *const u8,
    length: usize,
    /// Cleared when the last reference is gone.
    alive: Arc<AtomicBool>,
}

// SAFETY: the bytes are only read, and `with_borrowed` keeps their lender from returning while a reference exists.
#[allow(unsafe_code, reason = "see SAFETY")]
unsafe impl Send for Lent {}
// SAFETY: as above.
#[allow(unsafe_code, reason = "see SAFETY")]
unsafe impl Sync for Lent {}

impl AsRef<[u8]> for Lent {
    #[allow(unsafe_code, reason = "see SAFETY")]
    fn as_ref(&self) -> &[u8] {
        // SAFETY: `start` and `length` come from a slice that outlives every `Lent`.
        unsafe { core::slice::from_raw_parts(self.start, self.length) }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.alive.store(false, Ordering::Release);
    }
}

/// Calls `use_bytes` with `bytes` as if they were owned.
///
/// # Aborts
/// When a reference to the bytes escaped `use_bytes`, which the core never lets happen: going on would be unsound.
pub(crate) fn with_borrowed<R>(bytes: &[u8], use_bytes: impl FnOnce(LentBytes) -> R) -> R {
    let alive = Arc::new(AtomicBool::new(true));
    let lent = Lent { start: bytes.as_ptr(), length: bytes.len(), alive: alive.clone() };
    let result = use_bytes(LentBytes(lent));
    if alive.load(Ordering::Acquire) {
        std::process::abort();
    }
    result
}

/// Bytes on loan, see [`with_borrowed`].
pub(crate) struct LentBytes(Lent);

impl AsRef<[u8]> for LentBytes {
    fn as_ref(&self) -> &[u8] {
        self.0.as_ref()
    }
}
