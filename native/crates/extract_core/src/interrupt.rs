use core::fmt;
use std::sync::Arc;

/// Tells whether the time given to a document is up. The core has no clock: the caller brings one, or a flag that another
/// thread sets. Asked every few thousand operators, at each form, between the pages and in their layout.
#[derive(Clone)]
pub struct Interrupt(Arc<dyn Fn() -> bool + Send + Sync>);

impl Interrupt {
    /// `is_up` is cheap, and once true stays so.
    pub fn new(is_up: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(is_up))
    }

    pub(crate) fn is_up(&self) -> bool {
        (self.0)()
    }
}

impl fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interrupt")
    }
}
