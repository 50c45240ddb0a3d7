//! What our messages show, as far as this process has put it there.
//!
//! A press on a card is answered with the new card, and the outbox then has nothing left to edit. That it knows so is
//! a convenience: after a restart, or when a card falls out of here, it edits once more than needed.

use std::collections::HashMap;
use std::sync::Mutex;

use super::views::View;
use crate::domain::id::MessageId;

/// How many messages are remembered; beyond it everything is forgotten once.
const MESSAGES_MAX: usize = 10_000;

/// Fingerprints of what messages show.
#[derive(Debug, Default)]
pub struct Shown {
    fingerprints: Mutex<HashMap<MessageId, u64>>,
}

impl Shown {
    /// Notes what a message shows now.
    pub fn note(&self, message: MessageId, view: &View) {
        if let Ok(mut fingerprints) = self.fingerprints.lock() {
            if fingerprints.len() >= MESSAGES_MAX {
                fingerprints.clear();
            }
            fingerprints.insert(message, view.fingerprint());
        }
    }

    /// Whether a message shows this already.
    pub fn shows(&self, message: MessageId, view: &View) -> bool {
        self.fingerprints.lock().is_ok_and(|shown| shown.get(&message) == Some(&view.fingerprint()))
    }
}
