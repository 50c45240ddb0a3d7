//! Faults of ours: an id that the person gets and the log has, once, with its cause.
//!
//! Neither tokens nor texts are logged. serenity's own errors print the address of the request, which holds the
//! interaction's token, so they are turned into a [`RestFault`] where they appear and nowhere passed on.

use std::fmt;

use rand::RngExt;
use serenity::Error;
use serenity::http::HttpError;

/// What went wrong between Discord and us, without anything secret in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestFault {
    /// Discord refused.
    #[error("Discord answered {status}, code {code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code (Discord docs, topics/opcodes-and-status-codes).
        code: isize,
        /// Its words, with the paths of what it refused.
        message: String,
    },
    /// The request or its answer got lost.
    #[error("Discord was not reached: {0}")]
    Lost(&'static str),
    /// Something before or after the request.
    #[error("the Discord client failed: {0}")]
    Client(&'static str),
}

impl From<&Error> for RestFault {
    fn from(error: &Error) -> Self {
        match error {
            Error::Http(HttpError::UnsuccessfulRequest(refused)) => {
                let mut message = refused.error.message.clone();
                for single in &refused.error.errors {
                    message = format!("{message}; {}: {}", single.path, single.code);
                }
                Self::Refused { status: refused.status_code.as_u16(), code: refused.error.code, message }
            }
            Error::Http(HttpError::Request(lost)) if lost.is_timeout() => Self::Lost("time-out"),
            Error::Http(HttpError::Request(lost)) if lost.is_connect() => Self::Lost("no connection"),
            Error::Http(HttpError::Request(_)) => Self::Lost("the connection broke"),
            Error::Http(_) => Self::Client("request"),
            Error::Json(_) => Self::Client("JSON"),
            Error::Model(_) => Self::Client("model"),
            _ => Self::Client("other"),
        }
    }
}

impl From<Error> for RestFault {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl RestFault {
    /// Discord says that the interaction is over: too late (10062), or answered by another process (40060).
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Refused { code: 10_062 | 40_060, .. })
    }
}

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
