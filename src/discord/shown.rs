//! What our messages show, as far as this process has put it there.
//!
//! A press on a card is answered with the new card, and the outbox then has nothing left to edit. That it knows so is
//! a convenience: after a restart, or when a card falls out of here, it edits once more than needed.
//!
//! Two may write to the same card at once: a press is answered while a delivery edits. Which of them Discord took last
//! nobody can tell, so then nothing is known, and the next delivery edits.

use std::collections::HashMap;
use std::sync::Mutex;

use super::views::View;
use crate::domain::id::MessageId;

/// How many messages are remembered; beyond it all are forgotten that nobody writes to.
const MESSAGES_MAX: usize = 10_000;

/// Fingerprints of what messages show.
#[derive(Debug, Default)]
pub struct Shown {
    cards: Mutex<HashMap<MessageId, Card>>,
}

#[derive(Debug, Default)]
struct Card {
    /// What it shows; `None` while somebody writes.
    fingerprint: Option<u64>,
    /// How many are writing to it.
    writers: u32,
    /// Whether one of them began before another was done.
    mixed: bool,
}

/// Somebody who writes to a message. Whoever drops it unfinished does not know what it shows.
#[derive(Debug)]
pub struct Writing<'a> {
    shown: &'a Shown,
    message: MessageId,
    fingerprint: Option<u64>,
}

impl Shown {
    /// To be said before a message of ours is written to.
    pub fn begin(&self, message: MessageId) -> Writing<'_> {
        if let Ok(mut cards) = self.cards.lock() {
            if cards.len() >= MESSAGES_MAX {
                cards.retain(|_, card| card.writers > 0);
            }
            let card = cards.entry(message).or_default();
            card.fingerprint = None;
            card.mixed |= card.writers > 0;
            card.writers += 1;
        }
        Writing { shown: self, message, fingerprint: None }
    }

    /// Whether a message shows this already.
    pub fn shows(&self, message: MessageId, view: &View) -> bool {
        let known = self.cards.lock().ok().and_then(|cards| cards.get(&message)?.fingerprint);
        known.is_some_and(|known| known == view.fingerprint())
    }
}

impl Writing<'_> {
    /// Discord has taken it.
    pub fn done(mut self, view: &View) {
        self.fingerprint = Some(view.fingerprint());
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        let Ok(mut cards) = self.shown.cards.lock() else { return };
        let Some(card) = cards.get_mut(&self.message) else { return };
        card.writers = card.writers.saturating_sub(1);
        if !card.mixed {
            card.fingerprint = self.fingerprint;
        }
        if card.writers == 0 {
            card.mixed = false;
        }
        if card.writers == 0 && card.fingerprint.is_none() {
            cards.remove(&self.message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: MessageId = MessageId::from_snowflake(1);

    #[test]
    fn what_discord_has_taken_is_known_until_somebody_writes_again() {
        let (shown, view) = (Shown::default(), View::text("new"));
        shown.begin(CARD).done(&view);
        assert!(shown.shows(CARD, &view) && !shown.shows(CARD, &View::text("other")));
        let writing = shown.begin(CARD);
        assert!(!shown.shows(CARD, &view));
        drop(writing);
        assert!(!shown.shows(CARD, &view), "it may have been taken, though no answer came");
    }

    #[test]
    fn of_two_at_once_nobody_knows_who_was_last() {
        let (shown, old, new) = (Shown::default(), View::text("old"), View::text("new"));
        let (first, second) = (shown.begin(CARD), shown.begin(CARD));
        second.done(&new);
        first.done(&old);
        assert!(!shown.shows(CARD, &old) && !shown.shows(CARD, &new));
        shown.begin(CARD).done(&new);
        assert!(shown.shows(CARD, &new), "alone again");
    }
}
