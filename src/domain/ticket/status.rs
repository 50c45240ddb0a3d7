//! The states of a ticket, each with the facts only that state can have.

use serde::{Deserialize, Serialize};

use crate::domain::id::{EscalationId, SpecialismId, TicketNumber, UserId};

/// How urgent a ticket is, from P1 (everything stands still) to P4 (when there is time).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Priority {
    /// Work stands still for many.
    P1,
    /// Work stands still for one, or is hard for many.
    P2,
    /// The usual.
    #[default]
    P3,
    /// Can wait.
    P4,
}

impl Priority {
    /// All of them, most urgent first.
    pub const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// `P1` to `P4`, as people say and the database stores.
    pub const fn code(self) -> &'static str {
        match self {
            Self::P1 => "P1",
            Self::P2 => "P2",
            Self::P3 => "P3",
            Self::P4 => "P4",
        }
    }

    /// The reverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.code() == code)
    }
}

/// The person who has a ticket, and at which level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A first-level agent.
    FirstLevel {
        /// The agent.
        agent: UserId,
    },
    /// A specialist who accepted an escalation.
    SecondLevel {
        /// The specialist.
        specialist: UserId,
        /// What they accepted.
        escalation: Escalation,
    },
}

impl Holder {
    /// The person.
    pub const fn user(self) -> UserId {
        match self {
            Self::FirstLevel { agent } => agent,
            Self::SecondLevel { specialist, .. } => specialist,
        }
    }
}

/// A hand-over from first to second level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// Its row, with what was tried and what is expected.
    pub id: EscalationId,
    /// To whom.
    pub specialism: SpecialismId,
    /// The first-level agent who handed over, and gets it back.
    pub by: UserId,
}

/// Why a ticket is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CloseReason {
    /// The requester confirmed the solution.
    Confirmed,
    /// The requester did not answer the solution within the agreed time.
    Silence,
    /// The requester did not answer what they were asked.
    NoAnswer,
    /// Somebody closed it, with what they said.
    Manual {
        /// Their words.
        text: Option<String>,
    },
    /// Another ticket says the same.
    Duplicate {
        /// Which.
        of: TicketNumber,
    },
    /// It was part of an incident that is solved.
    Incident {
        /// The incident's title.
        title: String,
    },
}

/// What a ticket is waiting for. Exactly one person or role is responsible in each state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// First level is responsible: somebody has to claim it.
    Queued,
    /// An agent is responsible.
    Claimed {
        /// The agent.
        agent: UserId,
    },
    /// A specialism is responsible: one of its people has to accept.
    Escalated(Escalation),
    /// A specialist is responsible.
    Accepted {
        /// The specialist.
        specialist: UserId,
        /// What they accepted.
        escalation: Escalation,
    },
    /// The requester is asked whether the solution works.
    Resolved {
        /// Who solved it.
        solver: Holder,
        /// What they told the requester.
        solution: String,
    },
    /// Done.
    Closed {
        /// Who closed it; `None` when silence did.
        by: Option<UserId>,
        /// Why.
        reason: CloseReason,
        /// Who had it, and gets it back when it is reopened.
        holder: Option<Holder>,
    },
}

/// The name of a state, for rows, filters and words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusName {
    /// [`Status::Queued`]
    Queued,
    /// [`Status::Claimed`]
    Claimed,
    /// [`Status::Escalated`]
    Escalated,
    /// [`Status::Accepted`]
    Accepted,
    /// [`Status::Resolved`]
    Resolved,
    /// [`Status::Closed`]
    Closed,
}

impl StatusName {
    /// All of them, in the order of a ticket's life.
    pub const ALL: [Self; 6] =
        [Self::Queued, Self::Claimed, Self::Escalated, Self::Accepted, Self::Resolved, Self::Closed];

    /// As the database stores it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Claimed => "claimed",
            Self::Escalated => "escalated",
            Self::Accepted => "accepted",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// The reverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.code() == code)
    }
}

impl Status {
    /// The name of this state.
    pub const fn name(&self) -> StatusName {
        match self {
            Self::Queued => StatusName::Queued,
            Self::Claimed { .. } => StatusName::Claimed,
            Self::Escalated(_) => StatusName::Escalated,
            Self::Accepted { .. } => StatusName::Accepted,
            Self::Resolved { .. } => StatusName::Resolved,
            Self::Closed { .. } => StatusName::Closed,
        }
    }

    /// The person who has the ticket, or had it last when it is resolved or closed.
    pub const fn holder(&self) -> Option<Holder> {
        match self {
            Self::Queued | Self::Escalated(_) => None,
            Self::Claimed { agent } => Some(Holder::FirstLevel { agent: *agent }),
            Self::Accepted { specialist, escalation } => {
                Some(Holder::SecondLevel { specialist: *specialist, escalation: *escalation })
            }
            Self::Resolved { solver, .. } => Some(*solver),
            Self::Closed { holder, .. } => *holder,
        }
    }

    /// The escalation that is open or was accepted.
    pub const fn escalation(&self) -> Option<Escalation> {
        match self {
            Self::Escalated(escalation) => Some(*escalation),
            _ => match self.holder() {
                Some(Holder::SecondLevel { escalation, .. }) => Some(escalation),
                _ => None,
            },
        }
    }

    /// Whether somebody still has to do something about it.
    pub const fn is_open(&self) -> bool {
        !matches!(self, Self::Resolved { .. } | Self::Closed { .. })
    }
}
