//! A ticket's life: its states, each with the facts only that state can have, and the moves between them.
//!
//! Deciding is pure. Who may make a move is [`super::policy`]'s question; whether the move exists is decided here.

mod moves;
mod status;

use super::article::Language;
use super::assessment::Assessment;
use super::id::{ChannelId, GuildId, MessageId, TicketId, TicketNumber, UserId};
use super::kept::Kept;
use super::ladder::Climb;
use super::question::{Attachment, Offered};
use super::time::Timestamp;
use super::watch::Watch;

pub use status::{CloseReason, Escalation, Holder, Priority, Status, StatusName};

/// Where a ticket shows on Discord, as far as it has been put there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The private thread.
    pub thread: Option<ChannelId>,
    /// The card in the thread.
    pub thread_card: Option<MessageId>,
    /// The card in the queue channel.
    pub queue_card: Option<MessageId>,
    /// The channel of that card: the queue channel of when it was posted.
    pub queue_channel: Option<ChannelId>,
}

/// A request on its way to a solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its row.
    pub id: TicketId,
    /// Its server.
    pub guild: GuildId,
    /// Its number in that server.
    pub number: TicketNumber,
    /// Who asked.
    pub requester: UserId,
    /// Their name when they asked.
    pub requester_name: String,
    /// Their language.
    pub language: Language,
    /// One line.
    pub subject: String,
    /// What they wrote, if more.
    pub details: Option<String>,
    /// What they had asked the knowledge base.
    pub question: Option<String>,
    /// What the knowledge base had offered, and they rejected.
    pub offered: Vec<Offered>,
    /// The files they sent along.
    pub files: Vec<Attachment>,
    /// The category, when one is known.
    pub category: Option<String>,
    /// How urgent.
    pub priority: Priority,
    /// What is known about how urgent it is.
    pub assessment: Assessment,
    /// What it is waiting for.
    pub status: Status,
    /// Since when.
    pub since: Timestamp,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When a person of staff first took it or wrote in its thread.
    pub first_response_at: Option<Timestamp>,
    /// When it was solved; gone when reopened.
    pub resolved_at: Option<Timestamp>,
    /// When the present responsibility is overdue; `None` when nobody of staff has to act. Computed when it is saved,
    /// from what the desk promises then.
    pub due_at: Option<Timestamp>,
    /// How often second level handed it back.
    pub bounces: i64,
    /// How often it was reopened.
    pub reopened: i64,
    /// How far its open escalation has climbed.
    pub ladder: Climb,
    /// What the desk keeps an eye on.
    pub watch: Watch,
    /// Where it shows.
    pub places: Places,
    /// What is kept about it beside its state.
    pub kept: Kept,
}

/// A move that does not exist from the present state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// Somebody has it already.
    #[error("{holder} has had the ticket since {since}")]
    Taken {
        /// Who.
        holder: UserId,
        /// Since when.
        since: Timestamp,
    },
    /// It is in a state that this move does not start from.
    #[error("the ticket is {now:?}")]
    Wrong {
        /// The state it is in.
        now: StatusName,
    },
    /// It waits for its requester already.
    #[error("the ticket has been waiting for its requester since {since}")]
    Waiting {
        /// Since when.
        since: Timestamp,
    },
    /// It was closed too long ago to be reopened.
    #[error("the ticket was closed at {closed}, too long ago")]
    TooLate {
        /// When it was closed.
        closed: Timestamp,
    },
}

/// What a message in its thread means for a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The requester has written what they were waited for.
    WaitedFor,
    /// The first word of staff.
    FirstAnswer,
    /// Something to remember that nobody needs to see.
    Noted,
}
