//! The frame of every change to a ticket: lock, check, change, queue what follows, commit.

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::id::UserId;
use crate::domain::job::{Job, Lane};
use crate::domain::policy::{self, Action};
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::Timestamp;
use crate::store::{StoreError, TicketKey, Timer, Tx};

/// A ticket that nobody else can change until this is committed or dropped.
pub(super) struct Change {
    pub(super) tx: Tx,
    pub(super) ticket: Ticket,
    pub(super) now: Timestamp,
    by: Option<UserId>,
}

impl Desk {
    /// Locks a ticket of the actor's server for something that the actor may do to it as it is now.
    pub(super) async fn change(
        &self,
        actor: &Actor,
        key: TicketKey,
        action: Action,
    ) -> Result<Change, DeskError> {
        let mut tx = self.store.begin().await?;
        let ticket = tx.lock_ticket(actor.guild, key).await?.ok_or(Refusal::NoSuchTicket)?;
        policy::check(actor, action, &ticket).map_err(Refusal::from)?;
        Ok(Change { tx, ticket, now: self.clock.now(), by: Some(actor.user) })
    }
}

impl Change {
    /// A change of a ticket that is locked already; by the desk itself where it is nobody's.
    pub(super) fn new(tx: Tx, ticket: Ticket, now: Timestamp, by: Option<UserId>) -> Self {
        Self { tx, ticket, now, by }
    }

    /// The transaction, for a change of more than this ticket.
    pub(super) fn into_tx(self) -> Tx {
        self.tx
    }

    /// Saves the ticket as it is now, and tells its story what happened.
    pub(super) async fn save(&mut self, ticket: Ticket, what: &What) -> Result<(), StoreError> {
        let waited = matches!(self.ticket.status, Status::Escalated(_));
        if waited && !matches!(ticket.status, Status::Escalated(_)) {
            // Somebody accepted it, or nobody has to any more: the ladder has come to its end.
            self.cancel_timer(Timer::Ladder).await?;
        }
        self.tx.save_ticket(&ticket).await?;
        self.ticket = ticket;
        self.record(what).await
    }

    /// Adds to the ticket's story.
    pub(super) async fn record(&mut self, what: &What) -> Result<(), StoreError> {
        self.tx.record(self.ticket.id, self.by, what, self.now).await
    }

    /// Queues what must follow on Discord, in this order.
    pub(super) async fn follow_up(&mut self, jobs: &[Job]) -> Result<(), StoreError> {
        for job in jobs {
            self.tx.enqueue(self.ticket.guild, self.lane(), job, self.now).await?;
        }
        Ok(())
    }

    /// Sets a timer of the ticket, or sets it anew.
    pub(super) async fn set_timer(&mut self, timer: Timer, due_at: Timestamp) -> Result<(), StoreError> {
        self.tx.set_timer(self.ticket.guild, self.lane(), timer, due_at).await
    }

    /// Saves another time for the next step of the ladder.
    pub(super) async fn reschedule(&mut self, ticket: Ticket) -> Result<(), StoreError> {
        self.tx.save_ticket(&ticket).await?;
        self.ticket = ticket;
        self.set_ladder().await
    }

    /// Sets the timer of the ladder's next step, if there is one.
    pub(super) async fn set_ladder(&mut self) -> Result<(), StoreError> {
        match self.ticket.ladder.next_at {
            Some(next_at) => self.set_timer(Timer::Ladder, next_at).await,
            None => self.cancel_timer(Timer::Ladder).await,
        }
    }

    /// Takes a timer of the ticket back, if it is set.
    pub(super) async fn cancel_timer(&mut self, timer: Timer) -> Result<(), StoreError> {
        self.tx.cancel_timer(self.lane(), timer).await.map(drop)
    }

    fn lane(&self) -> Lane {
        Lane::Ticket(self.ticket.id)
    }

    /// Makes it durable, and only then known.
    pub(super) async fn commit(self) -> Result<Ticket, DeskError> {
        self.tx.commit().await?;
        Ok(self.ticket)
    }
}
