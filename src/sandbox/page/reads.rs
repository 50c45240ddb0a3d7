//! How far each person has read each channel.
//!
//! This is the page's own knowledge, like a client's: the bot cannot see it, and it is gone when the
//! sandbox ends. Everything is unread at first.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The last message read, by person and channel.
#[derive(Debug, Default)]
pub(super) struct Reads {
    marks: Mutex<HashMap<(u64, u64), u64>>,
}

impl Reads {
    /// The last message that person has read there; 0 before the first.
    pub(super) fn mark(&self, person: u64, channel: u64) -> u64 {
        self.lock().get(&(person, channel)).copied().unwrap_or_default()
    }

    /// That person has read up to that message.
    pub(super) fn read_to(&self, person: u64, channel: u64, message: u64) {
        let mut marks = self.lock();
        let mark = marks.entry((person, channel)).or_default();
        *mark = message.max(*mark);
    }

    // A mark is a single number: there is no half-written state to be afraid of.
    fn lock(&self) -> MutexGuard<'_, HashMap<(u64, u64), u64>> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_only_go_forward_and_belong_to_one_person_and_channel() {
        let reads = Reads::default();
        assert_eq!(reads.mark(1, 2), 0);
        reads.read_to(1, 2, 30);
        reads.read_to(1, 2, 20);
        assert_eq!((reads.mark(1, 2), reads.mark(2, 2), reads.mark(1, 3)), (30, 0, 0));
    }
}
