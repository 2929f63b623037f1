//! What the walk of a page may still cost: operators by count, and time by the caller's word.

use super::walk::WalkFault;
use crate::error::ErrorCode;
use crate::interrupt::Interrupt;

/// Operators between two looks at the time: about a tenth of a millisecond of text.
const SLICE: u64 = 4096;

pub(crate) struct Budget {
    /// Operators until the next look.
    slice: u64,
    /// Operators behind that.
    rest: u64,
    interrupt: Option<Interrupt>,
    fault: Option<WalkFault>,
}

impl Budget {
    pub(crate) fn new(operators: u64, interrupt: Option<Interrupt>) -> Self {
        Self { slice: 0, rest: operators, interrupt, fault: None }
    }

    /// Counts one operator.
    #[inline]
    pub(crate) fn count(&mut self) -> Result<(), WalkFault> {
        match self.slice.checked_sub(1) {
            Some(left) => {
                self.slice = left;
                Ok(())
            }
            None => self.next_slice(1),
        }
    }

    /// Counts what costs as much as so many operators, and looks at the time.
    pub(crate) fn spend(&mut self, operators: u64) -> Result<(), WalkFault> {
        self.rest += self.slice;
        self.slice = 0;
        self.next_slice(operators)
    }

    #[cold]
    fn next_slice(&mut self, operators: u64) -> Result<(), WalkFault> {
        self.fault()?;
        if self.interrupt.as_ref().is_some_and(Interrupt::is_up) {
            return Err(self.end(WalkFault { code: ErrorCode::Timeout, what: "the time given was up" }));
        }
        let Some(rest) = self.rest.checked_sub(operators) else {
            return Err(self.end(WalkFault { code: ErrorCode::OperatorLimit, what: "operators" }));
        };
        self.slice = rest.min(SLICE);
        self.rest = rest - self.slice;
        Ok(())
    }

    /// Operators that may still come.
    pub(crate) fn left(&self) -> u64 {
        self.slice + self.rest
    }

    /// Ends the walk at the next operator.
    pub(crate) fn end(&mut self, fault: WalkFault) -> WalkFault {
        (self.slice, self.rest) = (0, 0);
        *self.fault.get_or_insert(fault)
    }

    /// The fault that ended the walk, also where no operator followed.
    pub(crate) fn fault(&self) -> Result<(), WalkFault> {
        self.fault.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn as_many_operators_as_allowed_and_not_one_more() {
        for allowed in [0, 1, 4095, 4096, 4097, 10_000] {
            let mut budget = Budget::new(allowed, None);
            let counted = (0..20_000).take_while(|_| budget.count().is_ok()).count() as u64;
            assert_eq!(counted, allowed);
            assert_eq!(budget.fault().map_err(|fault| fault.code), Err(ErrorCode::OperatorLimit));
        }
        let mut budget = Budget::new(10_000, None);
        assert!(budget.count().is_ok() && budget.spend(9_999).is_ok() && budget.count().is_err());
    }

    #[test]
    fn the_time_is_looked_at_every_few_thousand_operators() {
        let flag = Arc::new(AtomicBool::new(false));
        let seen = flag.clone();
        let mut budget = Budget::new(u64::MAX, Some(Interrupt::new(move || seen.load(Ordering::Relaxed))));
        assert!((0..100_000).all(|_| budget.count().is_ok()));
        flag.store(true, Ordering::Relaxed);
        let counted = (0..100_000).take_while(|_| budget.count().is_ok()).count() as u64;
        assert!(counted <= SLICE, "{counted}");
        assert_eq!(budget.spend(1).map_err(|fault| fault.code), Err(ErrorCode::Timeout));
    }
}
