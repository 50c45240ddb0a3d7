//! Looking without changing anything.

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::event::Event;
use crate::domain::id::TicketId;
use crate::domain::policy::{self, Action, Denied};
use crate::domain::ticket::Ticket;
use crate::store::{StoreError, TicketKey};

/// How many tickets a page of a list shows.
pub(super) const PAGE_SIZE: i64 = 10;
/// How much of a ticket's story staff read at once.
const INFO_EVENTS: i64 = 15;

/// A page of a list of tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The tickets of this page.
    pub tickets: Vec<Ticket>,
    /// Which page this is, from 0.
    pub page: i64,
    /// How many tickets the whole list has.
    pub total: i64,
}

impl Page {
    /// How many pages there are; at least one.
    pub fn pages(&self) -> i64 {
        ((self.total + PAGE_SIZE - 1) / PAGE_SIZE).max(1)
    }
}

/// A ticket with as much of its story as the reader may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketInfo {
    /// The ticket.
    pub ticket: Ticket,
    /// What happened, oldest first; empty for the requester, because notes are not theirs to read.
    pub events: Vec<Event>,
}

impl Desk {
    /// The actor's own tickets, latest first.
    pub async fn own_tickets(&self, actor: &Actor, page: i64) -> Result<Page, DeskError> {
        let page = page.max(0);
        let tickets = self.store.tickets_of(actor.guild, actor.user, PAGE_SIZE, page * PAGE_SIZE).await?;
        let total = self.store.ticket_count_of(actor.guild, actor.user).await?;
        Ok(Page { tickets, page, total })
    }

    /// The tickets that are not solved: what somebody has to act on, the earliest deadline first, then what waits for its
    /// requester. Staff only.
    pub async fn queue(&self, actor: &Actor, page: i64) -> Result<Page, DeskError> {
        if !actor.standing.is_staff() {
            return Err(Refusal::from(Denied::StaffOnly).into());
        }
        let page = page.max(0);
        let tickets = self.store.queue(actor.guild, PAGE_SIZE, page * PAGE_SIZE).await?;
        let total = self.store.queue_length(actor.guild).await?;
        Ok(Page { tickets, page, total })
    }

    /// One ticket. Its requester sees where it stands, staff the whole story.
    pub async fn info(&self, actor: &Actor, key: TicketKey) -> Result<TicketInfo, DeskError> {
        let mut ticket = self.store.ticket(actor.guild, key).await?.ok_or(Refusal::NoSuchTicket)?;
        policy::check(actor, Action::Info, &ticket).map_err(Refusal::from)?;
        let events = if actor.standing.is_staff() {
            self.store.events(ticket.id, INFO_EVENTS).await?
        } else {
            ticket.kept.notes.clear();
            Vec::new()
        };
        Ok(TicketInfo { ticket, events })
    }

    /// Whether the actor may do this to the ticket as it is now: asked before a form is shown, so that nobody fills
    /// in a form for nothing. The change itself asks again.
    pub async fn may(&self, actor: &Actor, key: TicketKey, action: Action) -> Result<Ticket, DeskError> {
        let ticket = self.store.ticket(actor.guild, key).await?.ok_or(Refusal::NoSuchTicket)?;
        policy::check(actor, action, &ticket).map_err(Refusal::from)?;
        Ok(ticket)
    }

    /// The ticket of a job or timer.
    pub async fn ticket_of_job(&self, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        self.store.ticket_of_job(id).await
    }
}
