//! What must follow from a change on Discord. Jobs are rows of the outbox, committed with the change they follow
//! from, delivered at least once and in order for each lane.
//!
//! A job names things and carries no content that could grow old: what it shows is read when it is delivered.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::id::{ChannelId, DeskArticleId, EscalationId, GuildId, JobId, TicketId, UserId};
use super::schedule;
use super::ticket::Ticket;
use super::time::Timestamp;

/// The secret with which one answer to one interaction can be edited, for 15 minutes. It does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InteractionToken(String);

impl InteractionToken {
    /// From what Discord sent.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// The secret itself, for the call that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for InteractionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InteractionToken(..)")
    }
}

/// What a job or a timer is about. Jobs of one lane run in order, those of different lanes side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    /// One ticket.
    Ticket(TicketId),
    /// A server's desk as a whole.
    Desk(GuildId),
    /// One article written on a desk.
    Article(DeskArticleId),
}

impl Lane {
    /// The ticket, if it is about one.
    pub const fn ticket(self) -> Option<TicketId> {
        match self {
            Self::Ticket(ticket) => Some(ticket),
            Self::Desk(_) | Self::Article(_) => None,
        }
    }
}

/// As the database stores it: `ticket:12`.
impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ticket(ticket) => write!(f, "ticket:{ticket}"),
            Self::Desk(guild) => write!(f, "desk:{guild}"),
            Self::Article(article) => write!(f, "article:{article}"),
        }
    }
}

/// A text that names no lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no lane")]
pub struct UnknownLane;

impl FromStr for Lane {
    type Err = UnknownLane;

    fn from_str(code: &str) -> Result<Self, UnknownLane> {
        let (kind, id) = code.split_once(':').ok_or(UnknownLane)?;
        let id = id.parse().map_err(|_| UnknownLane)?;
        match kind {
            "ticket" => Ok(Self::Ticket(TicketId(id))),
            "desk" => Ok(Self::Desk(GuildId(id))),
            "article" => Ok(Self::Article(DeskArticleId(id))),
            _ => Err(UnknownLane),
        }
    }
}

/// One follow-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Makes the ticket's private thread, or adopts the one that is there already.
    CreateThread,
    /// Adds somebody to the thread.
    AddMember {
        /// Who.
        user: UserId,
    },
    /// Posts the request with its card in the thread.
    PostThreadCard,
    /// Posts the live card in the queue channel.
    PostQueueCard,
    /// Gives the requester the thread's link, in the answer they have open.
    LinkThread {
        /// The interaction's token: lets us edit that one answer for 15 minutes.
        token: InteractionToken,
        /// When Discord forgets it.
        expires_at: Timestamp,
    },
    /// Brings both cards up to date.
    UpdateCards,
    /// Brings the queue card up to date with what the other one does not show.
    UpdateQueueCard,
    /// Posts the escalation packet and pings the specialism's role.
    PostEscalation {
        /// Which.
        escalation: EscalationId,
    },
    /// Brings the packet's card up to date.
    UpdateEscalation {
        /// Which.
        escalation: EscalationId,
    },
    /// Says something about the ticket.
    Say {
        /// What.
        what: Say,
    },
    /// Archives and locks the thread in one call.
    CloseThread,
    /// Takes the thread out of the archive and unlocks it.
    OpenThread,
    /// Posts the closing note with Reopen and the rating in the support channel.
    PostClosingNote,
    /// Posts the card on which an article is reviewed, or brings it up to date.
    ShowReview,
    /// Tells an article's author what was decided.
    TellAuthor,
}

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
    /// Whether there is nothing to say any more: a word that was held up must not come after what it is about.
    pub fn is_moot(&self, ticket: &Ticket) -> bool {
        match self {
            Self::HandedBack { .. }
            | Self::Solution { .. }
            | Self::Canned { .. }
            | Self::Documented { .. }
            | Self::Reopened { .. }
            | Self::FoundIdle { .. } => false,
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

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// A deadline comes near.
    DueSoon,
    /// A deadline has passed.
    Overdue,
    /// A requester wrote and has no answer.
    AnswerOwed,
    /// An agent who has a ticket is not seen.
    Idle,
    /// A requester who is asked for something does not answer.
    Nudge,
    /// … and does not after that.
    StaleClose,
    /// A resolved ticket will be closed.
    ClosingSoon,
    /// Closes a resolved ticket whose requester says nothing.
    AutoClose,
    /// What the desk promises has changed, and with it every deadline.
    Recompute,
}

impl Timer {
    /// All of them, with their codes.
    const CODES: [(Self, &'static str); 9] = [
        (Self::DueSoon, "due_soon"),
        (Self::Overdue, "overdue"),
        (Self::AnswerOwed, "answer_owed"),
        (Self::Idle, "idle"),
        (Self::Nudge, "nudge"),
        (Self::StaleClose, "stale_close"),
        (Self::ClosingSoon, "closing_soon"),
        (Self::AutoClose, "auto_close"),
        (Self::Recompute, "recompute"),
    ];

    /// As the database stores it.
    pub fn code(self) -> &'static str {
        Self::CODES.iter().find(|(timer, _)| *timer == self).map_or("", |(_, code)| code)
    }

    /// The reverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::CODES.iter().find(|(_, known)| *known == code).map(|(timer, _)| *timer)
    }
}

/// A job as it stands in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedJob {
    /// Its row.
    pub id: JobId,
    /// The server it belongs to.
    pub guild: GuildId,
    /// What it is about.
    pub lane: Lane,
    /// What to do.
    pub job: Job,
    /// How often it was begun before. More than none: its effect may be there already, so look before doing it again.
    pub attempts: i64,
    /// When it was queued.
    pub queued_at: Timestamp,
}

/// A message of ours on Discord, with its channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The channel or thread.
    pub channel: ChannelId,
    /// The message.
    pub message: super::id::MessageId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_read_as_they_are_written() {
        for lane in [Lane::Ticket(TicketId(12)), Lane::Desk(GuildId(7)), Lane::Article(DeskArticleId(3))] {
            assert_eq!(lane.to_string().parse(), Ok(lane));
        }
        for torn in ["", "ticket", "ticket:", "ticket:x", "cat:1"] {
            assert_eq!(torn.parse::<Lane>(), Err(UnknownLane), "{torn}");
        }
    }
}
