//! Answers that are late: Discord knows that they come, and does not have them yet.
//!
//! From the deferral on, the outbox could put a thread's link into an answer, and the late answer would take it away
//! again. So the outbox waits for who is still to answer. Another process does not know of it; the link that may be lost
//! to that is a convenience, because the thread itself has called its members.

use std::collections::HashSet;
use std::sync::Mutex;

/// So many people may wait for a late answer at the same time; what they wait with is held in memory.
const MOST: usize = 2_000;

/// Tokens of interactions whose answers are late.
#[derive(Debug, Default)]
pub(crate) struct Late(Mutex<HashSet<String>>);

/// Somebody who is still to answer, until it is dropped.
#[derive(Debug)]
pub(crate) struct Answering<'a> {
    late: &'a Late,
    token: &'a str,
}

impl Late {
    /// To be said before a deferral. `None` when too many wait already.
    pub(crate) fn begin<'a>(&'a self, token: &'a str) -> Option<Answering<'a>> {
        let mut tokens = self.0.lock().ok().filter(|tokens| tokens.len() < MOST)?;
        tokens.insert(token.to_owned());
        Some(Answering { late: self, token })
    }

    /// Whether the answer to an interaction is still to come.
    pub(crate) fn is_awaited(&self, token: &str) -> bool {
        self.0.lock().is_ok_and(|tokens| tokens.contains(token))
    }
}

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        if let Ok(mut tokens) = self.late.0.lock() {
            tokens.remove(self.token);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Late, MOST};

    #[test]
    fn an_answer_is_awaited_until_whoever_gives_it_is_done() {
        let late = Late::default();
        let (one, other) = (late.begin("one"), late.begin("other"));
        assert!(late.is_awaited("one") && late.is_awaited("other") && !late.is_awaited("third"));
        drop(one);
        assert!(!late.is_awaited("one") && late.is_awaited("other"));
        drop(other);
        assert!(!late.is_awaited("other"));
    }

    #[test]
    fn not_more_wait_than_there_is_room_for() {
        let (late, tokens) =
            (Late::default(), (0..MOST).map(|number| number.to_string()).collect::<Vec<_>>());
        let mut answering: Vec<_> = tokens.iter().map(|token| late.begin(token)).collect();
        assert!(answering.iter().all(Option::is_some) && late.begin("one more").is_none());
        answering.pop();
        assert!(late.begin("one more").is_some());
    }
}
