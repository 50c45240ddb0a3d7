//! What is kept about a ticket beside its state: notes of staff, the rating, and what else it belongs to.

use serde::{Deserialize, Serialize};

use super::id::{IncidentId, TicketNumber, UserId};
use super::time::Timestamp;

/// So many notes are at hand on a card; all of them are in the ticket's story.
const NOTES_AT_HAND: usize = 3;

/// So much of a note is at hand.
const NOTE_AT_HAND: usize = 300;

/// What is kept about a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The latest notes, oldest of them first. For staff only.
    pub notes: Vec<Note>,
    /// How the requester found the help.
    pub rating: Option<Rating>,
    /// The ticket that says the same.
    pub duplicate_of: Option<TicketNumber>,
    /// The incident that it is part of.
    pub incident: Option<IncidentId>,
}

/// A note that only staff may read, as far as it is at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Who wrote it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Its beginning.
    pub text: String,
}

/// A requester's rating.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// From 1 to 5.
    pub stars: u8,
    /// What they added.
    pub comment: Option<String>,
}

impl Kept {
    /// Takes a note in; the oldest one at hand gives way.
    pub fn add_note(&mut self, by: UserId, at: Timestamp, text: &str) {
        let text = if text.chars().count() > NOTE_AT_HAND {
            text.chars().take(NOTE_AT_HAND - 1).chain(['…']).collect()
        } else {
            text.to_owned()
        };
        self.notes.push(Note { by, at, text });
        let old = self.notes.len().saturating_sub(NOTES_AT_HAND);
        self.notes.drain(..old);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_notes_are_at_hand_and_long_ones_are_cut() {
        let mut kept = Kept::default();
        for number in 0..5 {
            kept.add_note(UserId(1), Timestamp(number), &"ä".repeat(301));
        }
        let times: Vec<i64> = kept.notes.iter().map(|note| note.at.0).collect();
        assert_eq!(times, [2, 3, 4]);
        assert!(kept.notes.iter().all(|note| note.text.chars().count() == NOTE_AT_HAND));
    }
}
