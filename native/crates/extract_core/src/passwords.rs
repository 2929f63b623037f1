use core::fmt;

/// Passwords to try on an encrypted document, in order, after the empty one; each may be a user or an owner password.
/// They are never shown: neither `Debug` nor a message holds one.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Passwords(Vec<String>);

impl Passwords {
    /// Passwords as people type them, in Unicode.
    pub fn new(passwords: Vec<String>) -> Self {
        Self(passwords)
    }

    /// Whether there is none to try but the empty one.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are, the empty one not counted.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Passwords({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_tells_only_how_many() {
        assert_eq!(format!("{:?}", Passwords::new(vec!["secret".to_string()])), "Passwords(1)");
    }
}
