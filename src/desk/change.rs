//! The frame of every change to a ticket: lock, check, change, queue what follows, commit.

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::id::UserId;
use crate::domain::job::{Job, Lane};
use crate::domain::policy::{self, Action};
use crate::domain::schedule::{self, Terms};
use crate::domain::ticket::{Holder, Ticket};
use crate::domain::time::Timestamp;
use crate::store::{StoreError, TicketKey, Timer, Tx};

/// A ticket that nobody else can change until this is committed or dropped.
pub(super) struct Change {
    pub(super) tx: Tx,
    pub(super) ticket: Ticket,
    pub(super) now: Timestamp,
    pub(super) terms: Terms,
    by: Option<UserId>,
    postponed: Option<(Timer, Timestamp)>,
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
        let terms = tx.terms(ticket.guild).await?;
        Ok(Change { tx, ticket, now: self.clock.now(), terms, by: Some(actor.user), postponed: None })
    }
}

impl Change {
    /// A change that no person makes.
    pub(super) async fn by_itself(mut tx: Tx, ticket: Ticket, now: Timestamp) -> Result<Self, StoreError> {
        let terms = tx.terms(ticket.guild).await?;
        Ok(Self { tx, ticket, now, terms, by: None, postponed: None })
    }

    /// The same by somebody who has no interaction open.
    pub(super) const fn by(mut self, who: UserId) -> Self {
        self.by = Some(who);
        self
    }

    /// Makes the ticket what it is now, and tells its story what happened. It is written with everything that follows
    /// from it by [`Self::commit`].
    pub(super) async fn save(&mut self, ticket: Ticket, what: &What) -> Result<(), StoreError> {
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

    /// Lets a timer of the ticket ring later than it would.
    pub(super) const fn postpone(&mut self, timer: Timer, until: Timestamp) {
        self.postponed = Some((timer, until));
    }

    fn lane(&self) -> Lane {
        Lane::Ticket(self.ticket.id)
    }

    /// Makes it durable, and only then known: the ticket with its deadline and all its timers, which follow from what it
    /// is now.
    pub(super) async fn commit(mut self) -> Result<Ticket, DeskError> {
        if self.by.is_some() && self.by == self.ticket.status.holder().map(Holder::user) {
            self.ticket.watch.acted_at = Some(self.now);
        }
        self.ticket.due_at = schedule::due_at(&self.ticket, &self.terms);
        self.tx.save_ticket(&self.ticket).await?;
        let id = self.ticket.id;
        let timers =
            schedule::timers(&self.ticket, &self.terms).into_iter().map(|(timer, at)| match self.postponed {
                Some((postponed, until)) if postponed == timer => (id, timer, at.max(until)),
                _ => (id, timer, at),
            });
        self.tx.reset_ticket_timers(self.ticket.guild, &[id], &timers.collect::<Vec<_>>()).await?;
        self.tx.commit().await?;
        Ok(self.ticket)
    }
}
