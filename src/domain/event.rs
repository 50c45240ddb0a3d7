//! What happened to a ticket, in order: the story that escalation packets tell and reports count.

use serde::{Deserialize, Serialize};

use super::id::{EscalationId, RoleId, SpecialismId, TicketId, TicketNumber, UserId};
use super::job::Posted;
use super::ladder::Rung;
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
        /// Why, if somebody said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
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
    /// The specialist was not seen for a long time, and it waits for its specialism again.
    SpecialistIdle {
        /// The specialist.
        specialist: UserId,
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
    /// An escalation that nobody accepted went one step further.
    Called {
        /// Which step.
        rung: Rung,
        /// The person who was called, where the step is one person's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<UserId>,
        /// The role that was called, or whose people on duty were.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<RoleId>,
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
    /// Another ticket says the same and follows this one.
    Followed {
        /// Which.
        number: TicketNumber,
    },
    /// It became part of an incident.
    LinkedToIncident {
        /// The incident's title.
        title: String,
    },
    /// Somebody was added to the thread.
    MemberAdded {
        /// Who.
        user: UserId,
    },
    /// Somebody who is not of staff any more was removed from the thread.
    MemberRemoved {
        /// Who.
        user: UserId,
    },
    /// Whoever had it is not of staff any more; others can take it.
    TakenBack {
        /// Who had it.
        from: UserId,
    },
    /// The requester has left the server.
    RequesterLeft,
    /// The requester is in the server again.
    RequesterReturned,
    /// Its thread was deleted by hand, and is made anew.
    ThreadDeleted,
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

impl What {
    /// Whom it is about, besides whoever did it.
    pub const fn about(&self) -> Option<UserId> {
        match self {
            Self::Assigned { agent: user }
            | Self::FoundIdle { agent: user }
            | Self::SpecialistIdle { specialist: user }
            | Self::MemberAdded { user }
            | Self::MemberRemoved { user }
            | Self::TakenBack { from: user } => Some(*user),
            Self::Called { user, .. } => *user,
            Self::Opened
            | Self::Claimed
            | Self::Released
            | Self::Escalated { .. }
            | Self::Accepted
            | Self::HandedBack { .. }
            | Self::Resolved { .. }
            | Self::Closed { .. }
            | Self::Reopened
            | Self::Waiting
            | Self::WentOn
            | Self::Answered
            | Self::Overdue { .. }
            | Self::Prioritised { .. }
            | Self::Categorised { .. }
            | Self::Noted { .. }
            | Self::Replied { .. }
            | Self::Followed { .. }
            | Self::LinkedToIncident { .. }
            | Self::RequesterLeft
            | Self::RequesterReturned
            | Self::ThreadDeleted
            | Self::Rated { .. }
            | Self::RatingCommented { .. } => None,
        }
    }

    /// Whether it is between staff, and not for the requester to read.
    pub const fn is_between_staff(&self) -> bool {
        match self {
            Self::Noted { .. }
            | Self::HandedBack { .. }
            | Self::Called { .. }
            | Self::FoundIdle { .. }
            | Self::SpecialistIdle { .. }
            | Self::Overdue { .. }
            | Self::Followed { .. }
            | Self::MemberRemoved { .. }
            | Self::TakenBack { .. } => true,
            Self::Opened
            | Self::Claimed
            | Self::Released
            | Self::Assigned { .. }
            | Self::Escalated { .. }
            | Self::Accepted
            | Self::Resolved { .. }
            | Self::Closed { .. }
            | Self::Reopened
            | Self::Waiting
            | Self::WentOn
            | Self::Answered
            | Self::Prioritised { .. }
            | Self::Categorised { .. }
            | Self::Replied { .. }
            | Self::LinkedToIncident { .. }
            | Self::MemberAdded { .. }
            | Self::RequesterLeft
            | Self::RequesterReturned
            | Self::ThreadDeleted
            | Self::Rated { .. }
            | Self::RatingCommented { .. } => false,
        }
    }
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
