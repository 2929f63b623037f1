//! Big-endian reads that end at the end of the data instead of panicking.

#[derive(Clone, Copy)]
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub(crate) fn u16(self, at: usize) -> Option<u16> {
        self.0.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_be_bytes)
    }

    pub(crate) fn u32(self, at: usize) -> Option<u32> {
        self.0.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
    }

    /// An unsigned number of 1 to 4 bytes.
    pub(crate) fn sized(self, at: usize, size: usize) -> Option<usize> {
        let bytes = self.0.get(at..at.checked_add(size)?)?;
        Some(bytes.iter().fold(0, |n, b| n << 8 | usize::from(*b)))
    }

    pub(crate) fn slice(self, at: usize, length: usize) -> Option<&'a [u8]> {
        self.0.get(at..at.checked_add(length)?)
    }

    pub(crate) fn from(self, at: usize) -> Option<Self> {
        self.0.get(at..).map(Self)
    }
}
