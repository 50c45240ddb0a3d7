//! The frame of every change to a ticket: lock, check, change, queue what follows, commit.

use super::escalate::packet_update;
use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::id::UserId;
use crate::domain::job::{Job, Lane};
use crate::domain::ladder::Climb;
use crate::domain::policy::{self, Action};
use crate::domain::schedule::{self, Terms};
use crate::domain::ticket::{Holder, Status, Ticket};
use crate::domain::time::Timestamp;
use crate::store::{StoreError, TicketKey, Tx};

/// A ticket that nobody else can change until this is committed or dropped.
pub(super) struct Change {
    pub(super) tx: Tx,
    pub(super) ticket: Ticket,
    pub(super) now: Timestamp,
    pub(super) terms: Terms,
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
        let tx = self.store.begin().await?;
        self.change_in(tx, actor, key, action).await
    }

    /// The same in a transaction that holds more than this ticket, and so its desk.
    pub(super) async fn change_in(
        &self,
        mut tx: Tx,
        actor: &Actor,
        key: TicketKey,
        action: Action,
    ) -> Result<Change, DeskError> {
        let ticket = tx.lock_ticket(actor.guild, key).await?.ok_or(Refusal::NoSuchTicket)?;
        policy::check(actor, action, &ticket).map_err(Refusal::from)?;
        Ok(Change::new(tx, ticket, self.clock.now(), Some(actor.user)).await?)
    }
}

impl Change {
    /// A change of a ticket that is locked already; by the desk itself where it is nobody's.
    pub(super) async fn new(
        mut tx: Tx,
        ticket: Ticket,
        now: Timestamp,
        by: Option<UserId>,
    ) -> Result<Self, StoreError> {
        // Whatever has brought this about has a span that waits for it.
        tracing::Span::current().record("ticket.id", ticket.id.0);
        let terms = tx.terms(ticket.guild).await?;
        Ok(Self { tx, ticket, now, terms, by })
    }

    /// Makes the ticket what it is now, and tells its story what happened. It is written with everything that follows
    /// from it by [`Self::commit`].
    pub(super) async fn save(&mut self, ticket: Ticket, what: &What) -> Result<(), StoreError> {
        self.ticket = ticket;
        self.record(what).await
    }

    /// Takes it from whoever has it: back into the queue, or to their specialism, whose ladder begins anew.
    pub(super) async fn take_back(&mut self, what: &What) -> Result<(), DeskError> {
        let mut free = self.ticket.clone().take_back(self.now).map_err(Refusal::from)?;
        if let Status::Escalated(_) = free.status {
            free.ladder = Climb::anew(&self.terms, free.priority, self.now);
        }
        let escalation = free.status.escalation();
        self.save(free, what).await?;
        Ok(self.follow_up(&packet_update(escalation)).await?)
    }

    /// Adds to the ticket's story.
    pub(super) async fn record(&mut self, what: &What) -> Result<(), StoreError> {
        self.tx.record(self.ticket.id, self.by, what, self.now).await
    }

    /// Queues what must follow on Discord, in this order.
    pub(super) async fn follow_up(&mut self, jobs: &[Job]) -> Result<(), StoreError> {
        let jobs: Vec<_> = jobs.iter().map(|job| (Lane::Ticket(self.ticket.id), job)).collect();
        self.tx.enqueue_all(self.ticket.guild, &jobs, self.now).await
    }

    /// Makes it durable, and only then known.
    pub(super) async fn commit(self) -> Result<Ticket, DeskError> {
        let (tx, ticket) = self.write().await?;
        tx.commit().await?;
        Ok(ticket)
    }

    /// The transaction with this change in it, for more than this ticket.
    pub(super) async fn into_tx(self) -> Result<Tx, StoreError> {
        let (tx, _) = self.write().await?;
        Ok(tx)
    }

    /// Writes the ticket with its deadline and all its timers, which follow from what it is now.
    async fn write(mut self) -> Result<(Tx, Ticket), StoreError> {
        if self.by.is_some() && self.by == self.ticket.status.holder().map(Holder::user) {
            self.ticket.watch.acted_at = Some(self.now);
        }
        schedule::note_met(&mut self.ticket, &self.terms);
        self.ticket.due_at = schedule::due_at(&self.ticket, &self.terms);
        self.tx.save_ticket(&self.ticket).await?;
        let id = self.ticket.id;
        let timers = schedule::timers_at(&self.ticket, &self.terms, self.now).into_iter();
        let timers: Vec<_> = timers.map(|(timer, at)| (id, timer, at)).collect();
        self.tx.reset_ticket_timers(self.ticket.guild, &[id], &timers).await?;
        Ok((self.tx, self.ticket))
    }
}
