//! Bounds on what reading the objects of a document may cost. All are counts, so the same bytes end the same way everywhere.

/// Bounds, each far above honest documents.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Objects in the cross-reference table. One takes 8 bytes.
    pub max_objects: usize,
    /// Bytes one object stream or cross-reference stream may inflate to; at most 2 GiB.
    pub max_stream_bytes: usize,
    /// Bytes all object streams may inflate to, those counted again that are inflated again.
    pub max_packed_bytes: u64,
    /// Sections of the cross-reference table that follow one another by `Prev`.
    pub max_sections: usize,
    /// Pages found in the page tree before the walk ends.
    pub max_pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_objects: 16 << 20,
            max_stream_bytes: 256 << 20,
            max_packed_bytes: 2 << 30,
            max_sections: 8192,
            max_pages: 200_000,
        }
    }
}

/// A limit that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceeded {
    /// What there was too much of.
    pub what: &'static str,
    /// How much of it is allowed.
    pub limit: u64,
    /// What is counted.
    pub measure: Measure,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Objects, and the sections of tables that name them.
    Objects,
    /// Decompressed bytes.
    Bytes,
}

impl Exceeded {
    pub(crate) fn new(what: &'static str, limit: usize) -> Self {
        Self { what, limit: limit as u64, measure: Measure::Objects }
    }

    pub(crate) fn bytes(what: &'static str, limit: u64) -> Self {
        Self { what, limit, measure: Measure::Bytes }
    }
}

impl core::fmt::Display for Exceeded {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: more than the limit of {}", self.what, self.limit)
    }
}
