//! A ticket's life: its states, each with the facts only that state can have, and the moves between them.
//!
//! Deciding is pure. Who may make a move is [`super::policy`]'s question; whether the move exists is this file's.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::article::Language;
use super::assessment::Assessment;
use super::id::{ChannelId, EscalationId, GuildId, MessageId, SpecialismId, TicketId, TicketNumber, UserId};
use super::kept::Kept;
use super::ladder::Climb;
use super::question::{Attachment, Offered};
use super::schedule;
use super::time::Timestamp;
use super::watch::{Speaker, Watch};

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
    /// The file they sent along.
    pub attachment: Option<Attachment>,
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

/// A holder who writes much is noted this often.
const SEEN_EVERY: Duration = Duration::from_mins(15);

impl Ticket {
    /// The person who opened it, whoever holds it now.
    pub fn is_requester(&self, user: UserId) -> bool {
        self.requester == user
    }

    fn wrong(&self) -> TransitionError {
        match self.status.holder() {
            Some(holder) if self.status.is_open() => {
                TransitionError::Taken { holder: holder.user(), since: self.since }
            }
            _ => TransitionError::Wrong { now: self.status.name() },
        }
    }

    fn enter(mut self, status: Status, now: Timestamp) -> Self {
        // While somebody has to act the clock runs; moving a ticket ends the wait for its requester.
        if status.is_open() {
            self.watch.go_on(now);
        } else {
            self.watch.stop(now);
            self.watch.answered();
        }
        self.watch.told = false;
        self.watch.acted_at = Some(now);
        self.status = status;
        self.since = now;
        // Whoever accepts, hands back or solves ends the climb; a new escalation begins a new one.
        self.ladder = Climb::default();
        self
    }

    /// An agent takes it from the queue.
    pub fn claim(mut self, agent: UserId, now: Timestamp) -> Result<Self, TransitionError> {
        if self.status != Status::Queued {
            return Err(self.wrong());
        }
        self.first_response_at.get_or_insert(now);
        Ok(self.enter(Status::Claimed { agent }, now))
    }

    /// The agent puts it back into the queue.
    pub fn release(self, now: Timestamp) -> Result<Self, TransitionError> {
        match self.status {
            Status::Claimed { .. } => Ok(self.enter(Status::Queued, now)),
            _ => Err(TransitionError::Wrong { now: self.status.name() }),
        }
    }

    /// Whoever has it cannot go on: back to where others of the same level can take it.
    pub fn take_back(self, now: Timestamp) -> Result<Self, TransitionError> {
        match self.status {
            Status::Claimed { .. } => Ok(self.enter(Status::Queued, now)),
            Status::Accepted { escalation, .. } => Ok(self.enter(Status::Escalated(escalation), now)),
            _ => Err(TransitionError::Wrong { now: self.status.name() }),
        }
    }

    /// Somebody gives it to an agent, from the queue or from another agent.
    pub fn assign(mut self, agent: UserId, now: Timestamp) -> Result<Self, TransitionError> {
        match self.status {
            Status::Claimed { agent: present } if present == agent => {
                Err(TransitionError::Taken { holder: agent, since: self.since })
            }
            Status::Queued | Status::Claimed { .. } => {
                self.first_response_at.get_or_insert(now);
                Ok(self.enter(Status::Claimed { agent }, now))
            }
            _ => Err(self.wrong()),
        }
    }

    /// Staff answers the requester; nobody has to take the ticket for that.
    pub fn respond(mut self, now: Timestamp) -> Result<Self, TransitionError> {
        if let Status::Closed { .. } = self.status {
            return Err(TransitionError::Wrong { now: StatusName::Closed });
        }
        self.first_response_at.get_or_insert(now);
        self.watch.answered();
        Ok(self)
    }

    /// First level hands over to a specialism.
    pub fn escalate(mut self, escalation: Escalation, now: Timestamp) -> Result<Self, TransitionError> {
        match self.status {
            Status::Queued | Status::Claimed { .. } => {
                self.first_response_at.get_or_insert(now);
                Ok(self.enter(Status::Escalated(escalation), now))
            }
            _ => Err(self.wrong()),
        }
    }

    /// A specialist takes an escalation.
    pub fn accept(self, specialist: UserId, now: Timestamp) -> Result<Self, TransitionError> {
        match self.status {
            Status::Escalated(escalation) => Ok(self.enter(Status::Accepted { specialist, escalation }, now)),
            _ => Err(self.wrong()),
        }
    }

    /// Second level gives it back to the agent who escalated it.
    pub fn hand_back(mut self, now: Timestamp) -> Result<Self, TransitionError> {
        match self.status {
            Status::Escalated(escalation) | Status::Accepted { escalation, .. } => {
                self.bounces += 1;
                Ok(self.enter(Status::Claimed { agent: escalation.by }, now))
            }
            _ => Err(TransitionError::Wrong { now: self.status.name() }),
        }
    }

    /// Somebody gives the requester a solution. Whoever held it stays its solver; from the queue, `solver` is.
    pub fn resolve(
        mut self,
        solver: UserId,
        solution: String,
        now: Timestamp,
    ) -> Result<Self, TransitionError> {
        let solver = match self.status {
            Status::Queued | Status::Claimed { .. } => Holder::FirstLevel { agent: solver },
            Status::Escalated(escalation) if escalation.by == solver => Holder::FirstLevel { agent: solver },
            Status::Escalated(escalation) | Status::Accepted { escalation, .. } => {
                Holder::SecondLevel { specialist: solver, escalation }
            }
            Status::Resolved { .. } | Status::Closed { .. } => {
                return Err(TransitionError::Wrong { now: self.status.name() });
            }
        };
        self.first_response_at.get_or_insert(now);
        self.resolved_at = Some(now);
        Ok(self.enter(Status::Resolved { solver, solution }, now))
    }

    /// It is done, from any state but closed.
    pub fn close(
        self,
        by: Option<UserId>,
        reason: CloseReason,
        now: Timestamp,
    ) -> Result<Self, TransitionError> {
        if let Status::Closed { .. } = self.status {
            return Err(TransitionError::Wrong { now: StatusName::Closed });
        }
        let holder = self.status.holder();
        Ok(self.enter(Status::Closed { by, reason, holder }, now))
    }

    /// The solution did not work: back to whoever had it, or to the queue when nobody had.
    pub fn reopen(mut self, now: Timestamp) -> Result<Self, TransitionError> {
        let holder = match &self.status {
            Status::Resolved { solver, .. } => Some(*solver),
            Status::Closed { holder, .. } if now <= self.since + schedule::REOPEN_WITHIN => *holder,
            Status::Closed { .. } => return Err(TransitionError::TooLate { closed: self.since }),
            _ => return Err(TransitionError::Wrong { now: self.status.name() }),
        };
        self.reopened += 1;
        self.resolved_at = None;
        let status = match holder {
            None => Status::Queued,
            Some(Holder::FirstLevel { agent }) => Status::Claimed { agent },
            Some(Holder::SecondLevel { specialist, escalation }) => {
                Status::Accepted { specialist, escalation }
            }
        };
        Ok(self.enter(status, now))
    }

    /// Another priority, and with it another deadline.
    #[must_use]
    pub const fn prioritise(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// Since when it waits for its requester, if it does.
    pub fn waiting_since(&self) -> Option<Timestamp> {
        self.watch.stopped_since.filter(|_| self.status.is_open())
    }

    /// Whoever has it needs something from the requester: the clock stops.
    pub fn wait(mut self, now: Timestamp) -> Result<Self, TransitionError> {
        if let Some(since) = self.waiting_since() {
            return Err(TransitionError::Waiting { since });
        }
        if !matches!(self.status, Status::Claimed { .. } | Status::Accepted { .. }) {
            return Err(TransitionError::Wrong { now: self.status.name() });
        }
        self.watch.stop(now);
        self.watch.answered();
        self.watch.told = false;
        Ok(self)
    }

    /// It does not wait for its requester any longer: the clock goes on.
    pub fn go_on(mut self, now: Timestamp) -> Result<Self, TransitionError> {
        if self.waiting_since().is_none() {
            return Err(TransitionError::Wrong { now: self.status.name() });
        }
        self.watch.go_on(now);
        Ok(self)
    }

    /// Somebody wrote in its thread. `None` when that changes nothing, which is the usual case.
    pub fn hear(mut self, speaker: Speaker, message: MessageId, now: Timestamp) -> Option<(Self, Heard)> {
        if self.watch.heard.is_some_and(|heard| message <= heard) {
            return None;
        }
        let heard = match speaker {
            Speaker::Requester => self.hear_requester(now)?,
            Speaker::Staff(user) => self.hear_staff(user, now)?,
        };
        self.watch.heard = Some(message);
        Some((self, heard))
    }

    fn hear_requester(&mut self, now: Timestamp) -> Option<Heard> {
        match self.status {
            Status::Closed { .. } => return None,
            // Nobody has answered at all yet, and that has a deadline of its own.
            Status::Queued if self.first_response_at.is_none() => return None,
            // Whoever writes after the solution is not silent; the wait for their silence begins anew.
            Status::Resolved { .. } => self.watch.silent_since = Some(now),
            _ if self.waiting_since().is_none() && self.watch.owed_since.is_some() => return None,
            _ => {}
        }
        let waited = self.waiting_since().is_some();
        if waited {
            self.watch.go_on(now);
        }
        self.watch.owed_since.get_or_insert(now);
        self.watch.told = false;
        Some(if waited { Heard::WaitedFor } else { Heard::Noted })
    }

    fn hear_staff(&mut self, user: UserId, now: Timestamp) -> Option<Heard> {
        if matches!(self.status, Status::Closed { .. }) {
            return None;
        }
        let is_first = self.first_response_at.is_none();
        let is_answer = self.watch.owed_since.is_some();
        let is_holder = self.status.holder().is_some_and(|holder| holder.user() == user);
        let seen_lately = self.watch.acted_at.is_some_and(|acted| now.since(acted) < SEEN_EVERY);
        if !is_first && !is_answer && (!is_holder || seen_lately) {
            return None;
        }
        self.first_response_at.get_or_insert(now);
        self.watch.answered();
        if is_holder {
            self.watch.acted_at = Some(now);
        }
        Some(if is_first { Heard::FirstAnswer } else { Heard::Noted })
    }
}
