//! What the desk says about a ticket.

use serde::{Deserialize, Serialize};

use crate::domain::id::{SpecialismId, TicketNumber, UserId};
use crate::domain::schedule;
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;

/// Something to say about a ticket, in its thread unless it is for staff alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Say {
    /// It is back with first level; the agent is told, in the queue channel, because the reason is for staff alone.
    HandedBack {
        /// The agent who gets it back.
        agent: UserId,
        /// Why.
        reason: String,
    },
    /// The solution, with the question whether it works; the requester is told.
    Solution {
        /// The text.
        text: String,
    },
    /// A prepared reply of staff; the requester is told.
    Canned {
        /// Who answers.
        by: UserId,
        /// The text, with its placeholders.
        text: String,
    },
    /// What solved it is an article now that the next person who asks gets.
    Documented {
        /// The article's title.
        title: String,
    },
    /// Another ticket says the same; the requester is told that theirs follows it.
    Duplicate {
        /// The other one.
        of: TicketNumber,
    },
    /// What became of the ticket that this one follows; the requester is told.
    Followed {
        /// The other one.
        of: TicketNumber,
        /// Its solution; none when it was closed without.
        solution: Option<String>,
    },
    /// It is part of an incident; the requester is told.
    PartOfIncident {
        /// The incident's title.
        title: String,
    },
    /// The incident that it is part of is solved; the requester is told.
    IncidentSolved {
        /// The incident's title.
        title: String,
        /// The solution.
        text: String,
    },
    /// Its earlier thread was deleted by hand; said in the new one.
    ThreadAnew,
    /// The same for staff, in the queue channel, with what to do.
    ThreadDeleted,
    /// Whoever had it is not of staff any more; said in the queue channel.
    TakenBack {
        /// Who had it.
        from: UserId,
    },
    /// The requester has left the server; staff are told, in the queue channel, what to do.
    RequesterLeft,
    /// It was reopened; whoever has it again is told.
    Reopened {
        /// Who reopened it.
        by: UserId,
        /// Who has it again.
        holder: Option<UserId>,
    },
    /// A deadline comes near.
    DueSoon {
        /// Who is responsible.
        whom: Whom,
        /// Which deadline.
        due: Timestamp,
    },
    /// A deadline has passed.
    Overdue {
        /// Who is responsible.
        whom: Whom,
        /// Which deadline.
        due: Timestamp,
        /// The next step: whoever is above them.
        #[serde(default)]
        above: Option<UserId>,
    },
    /// The requester wrote, and nobody has answered.
    AnswerOwed {
        /// Who is responsible.
        whom: Whom,
        /// Since when.
        since: Timestamp,
    },
    /// An agent was not seen, and the ticket is in the queue again.
    FoundIdle {
        /// The agent.
        agent: UserId,
    },
    /// A specialist was not seen, and the ticket waits for their specialism again.
    SpecialistIdle {
        /// The specialist.
        specialist: UserId,
        /// The specialism.
        specialism: SpecialismId,
    },
    /// The requester is asked for something.
    Waiting {
        /// By whom.
        by: UserId,
    },
    /// The requester is asked once more.
    Nudge {
        /// When the ticket closes otherwise.
        closes: Timestamp,
    },
    /// The requester has not said whether the solution works.
    ClosingSoon {
        /// When the ticket closes.
        closes: Timestamp,
    },
}

impl Say {
    /// Who of staff has to act, where it is a word about that.
    pub const fn whom(&self) -> Option<Whom> {
        if let Self::DueSoon { whom, .. } | Self::Overdue { whom, .. } | Self::AnswerOwed { whom, .. } = self
        {
            Some(*whom)
        } else {
            None
        }
    }

    /// Whether there is nothing to say any more: a word that was held up must not come after what it is about.
    pub fn is_moot(&self, ticket: &Ticket) -> bool {
        match self {
            Self::HandedBack { .. }
            | Self::Solution { .. }
            | Self::Canned { .. }
            | Self::Documented { .. }
            | Self::Duplicate { .. }
            | Self::Followed { .. }
            | Self::PartOfIncident { .. }
            | Self::IncidentSolved { .. }
            | Self::ThreadAnew
            | Self::ThreadDeleted
            | Self::TakenBack { .. }
            | Self::RequesterLeft
            | Self::Reopened { .. }
            | Self::FoundIdle { .. }
            | Self::SpecialistIdle { .. } => false,
            Self::DueSoon { due, .. } | Self::Overdue { due, .. } => ticket.due_at != Some(*due),
            Self::AnswerOwed { since, .. } => ticket.watch.owed_since != Some(*since),
            Self::Waiting { .. } => ticket.waiting_since().is_none(),
            Self::Nudge { closes } | Self::ClosingSoon { closes } => {
                schedule::closes_at(ticket) != Some(*closes)
            }
        }
    }
}

/// Somebody of staff to say something to: a person, or first level where nobody has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// One person.
    Person(UserId),
    /// The role of first level.
    FirstLevel,
}
