//! Faults of ours: an id that the person gets and the log has, once, with its cause.

use std::fmt;

use rand::RngExt;

/// What a person can tell us, and what the log is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IncidentId([u8; 8]);

impl IncidentId {
    /// A new one.
    pub(crate) fn random() -> Self {
        // Crockford's alphabet: no two signs that are read as one another aloud or on paper.
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut rng = rand::rng();
        Self(std::array::from_fn(|_| ALPHABET[rng.random_range(0..ALPHABET.len())]))
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn incident_ids_are_eight_plain_signs() {
        let id = IncidentId::random().to_string();
        assert_eq!(id.len(), 8);
        assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
    }
}
