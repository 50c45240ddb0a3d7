//! The moves between a ticket's states. Whether a move exists is decided here; who may make it, elsewhere.

use std::time::Duration;

use super::{CloseReason, Escalation, Heard, Holder, Priority, Status, StatusName, Ticket, TransitionError};
use crate::domain::id::{MessageId, UserId};
use crate::domain::ladder::Climb;
use crate::domain::schedule;
use crate::domain::time::Timestamp;
use crate::domain::watch::Speaker;

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
            self.watch.answered(now);
        }
        self.watch.told_at = None;
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
        self.watch.answered(now);
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
        self.watch.answered(now);
        self.watch.told_at = None;
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
        self.watch.told_at = None;
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
        self.watch.answered(now);
        if is_holder {
            self.watch.acted_at = Some(now);
        }
        Some(if is_first { Heard::FirstAnswer } else { Heard::Noted })
    }
}
