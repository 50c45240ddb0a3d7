//! What the desk keeps an eye on about a ticket: whether its clock stands, who owes an answer, and what was said already.
//!
//! The clock of a ticket stands while its requester is asked for something, and while it is solved or closed. The times
//! at which it stood are kept, so that a deadline can be computed anew when its priority or the opening hours change.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::id::{MessageId, UserId};
use super::time::Timestamp;

/// A time in which the clock of a ticket stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it was stopped.
    pub from: Timestamp,
    /// When it went on.
    pub to: Timestamp,
}

/// How a promise was kept, measured the moment it was by what the desk promised then, in its opening hours of then. What
/// is promised later changes nothing about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// How long the clock of the ticket had run, in milliseconds.
    took: u64,
    /// How long was promised, in milliseconds.
    promised: u64,
}

impl Met {
    /// What was measured and what was promised; both are kept to the millisecond.
    pub fn new(took: Duration, promised: Duration) -> Self {
        let millis = |span: Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        Self { took: millis(took), promised: millis(promised) }
    }

    /// How long the clock of the ticket had run.
    pub const fn took(self) -> Duration {
        Duration::from_millis(self.took)
    }

    /// Whether that was within what was promised.
    pub const fn is_in_time(self) -> bool {
        self.took <= self.promised
    }
}

/// The state of a ticket's watch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Watch {
    /// Since when the clock stands, if it does.
    pub stopped_since: Option<Timestamp>,
    /// When it stood before, in order.
    pub pauses: Vec<Pause>,
    /// How the first response came, once it has.
    pub response: Option<Met>,
    /// How its last solution came; gone when it is reopened.
    pub solution: Option<Met>,
    /// The deadline that somebody was warned of.
    pub warned: Option<Timestamp>,
    /// The deadline whose passing was told.
    pub missed: Option<Timestamp>,
    /// Since when the requester waits for an answer to something they wrote.
    pub owed_since: Option<Timestamp>,
    /// Whether somebody was reminded of that.
    pub reminded: bool,
    /// When they last had an answer.
    pub answered_at: Option<Timestamp>,
    /// When the present holder last did or wrote something.
    pub acted_at: Option<Timestamp>,
    /// Since when the requester of a solved ticket is silent, where they wrote after the solution.
    pub silent_since: Option<Timestamp>,
    /// When the requester was told that the ticket will be closed.
    pub told_at: Option<Timestamp>,
    /// The latest message that changed anything; events may come twice, and late.
    pub heard: Option<MessageId>,
}

/// Who wrote in a ticket's thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// The person who opened the ticket, whatever else they are.
    Requester,
    /// First or second level.
    Staff(UserId),
}

/// A message that somebody wrote in a ticket's thread, without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Itself.
    pub id: MessageId,
    /// Who wrote it.
    pub author: UserId,
}

impl Written {
    /// When it was written.
    pub const fn at(self) -> Timestamp {
        Timestamp::of_snowflake(self.id.snowflake())
    }
}

impl Watch {
    /// Stops the clock; it may stand already.
    pub fn stop(&mut self, now: Timestamp) {
        self.stopped_since.get_or_insert(now);
    }

    /// Lets the clock go on, if it stands.
    pub fn go_on(&mut self, now: Timestamp) {
        if let Some(from) = self.stopped_since.take() {
            self.pauses.push(Pause { from, to: now.max(from) });
        }
        self.told_at = None;
    }

    /// The requester has an answer, or there is nothing to answer.
    pub const fn answered(&mut self, now: Timestamp) {
        self.owed_since = None;
        self.reminded = false;
        self.answered_at = Some(now);
    }
}
