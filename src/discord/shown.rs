//! What our messages on Discord show, as far as this process knows, so that an edit that changes nothing is not sent.
//!
//! Forgetting is harmless: the edit is sent once more.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::views::View;
use crate::domain::id::MessageId;

/// Fingerprints of what messages show.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    fingerprints: Arc<Mutex<HashMap<MessageId, u64>>>,
}

impl Shown {
    /// Remembers what a message shows from now on.
    pub fn note(&self, message: MessageId, view: &View) {
        let mut fingerprints = self.fingerprints.lock().unwrap_or_else(PoisonError::into_inner);
        fingerprints.insert(message, view.fingerprint());
    }
}
