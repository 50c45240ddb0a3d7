//! What happened to a ticket, in order: the story that escalation packets tell and reports count.

use serde::{Deserialize, Serialize};

use super::id::{EscalationId, SpecialismId, TicketId, UserId};
use super::job::Posted;
use super::ticket::{CloseReason, Priority};
use super::time::Timestamp;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// Who did it; `None` for the desk itself.
    pub by: Option<UserId>,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The requester opened it.
    Opened,
    /// An agent took it.
    Claimed,
    /// The agent put it back.
    Released,
    /// Somebody gave it to an agent.
    Assigned {
        /// The agent.
        agent: UserId,
    },
    /// First level handed over.
    Escalated {
        /// The hand-over.
        escalation: EscalationId,
        /// To whom.
        specialism: SpecialismId,
    },
    /// A specialist accepted.
    Accepted,
    /// Second level handed back.
    HandedBack {
        /// Why.
        reason: String,
    },
    /// A solution was given.
    Resolved {
        /// What the requester was told.
        solution: String,
    },
    /// It was closed.
    Closed {
        /// Why.
        reason: CloseReason,
    },
    /// It was reopened.
    Reopened,
    /// Its priority changed.
    Prioritised {
        /// Before.
        from: Priority,
        /// After.
        to: Priority,
    },
    /// Whoever has it needs something from the requester; the clock stands.
    Waiting,
    /// The clock goes on: the requester has written, or is not asked any more.
    WentOn,
    /// Staff wrote in the thread before anybody took it.
    Answered,
    /// The agent was not seen for a long time, and it went back into the queue.
    FoundIdle {
        /// The agent.
        agent: UserId,
    },
    /// A deadline passed.
    Overdue {
        /// Which.
        due: Timestamp,
    },
    /// Its category changed.
    Categorised {
        /// After.
        to: String,
    },
    /// Staff wrote a note that the requester does not see.
    Noted {
        /// The note.
        text: String,
    },
    /// Staff answered with a prepared reply.
    Replied {
        /// What the reply is called.
        name: String,
        /// What the requester reads.
        text: String,
    },
    /// Somebody was added to the thread.
    MemberAdded {
        /// Who.
        user: UserId,
    },
    /// The requester rated the help.
    Rated {
        /// From 1 to 5.
        stars: u8,
    },
    /// The requester said more about the rating.
    RatingCommented {
        /// Their words.
        text: String,
    },
}

/// A hand-over from first to second level, with what the specialist needs to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Its row.
    pub id: EscalationId,
    /// The ticket.
    pub ticket: TicketId,
    /// To whom.
    pub specialism: SpecialismId,
    /// The agent who handed over.
    pub by: UserId,
    /// What was tried.
    pub tried: Option<String>,
    /// What is expected of second level.
    pub expected: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Where its packet stands, once it was posted.
    pub packet: Option<Posted>,
}
