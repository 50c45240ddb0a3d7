//! A ticket's whole story, to be kept outside of Discord.

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::event::Event;
use crate::domain::id::TicketId;
use crate::domain::policy::{self, Action};
use crate::domain::ticket::Ticket;
use crate::store::{StoreError, TicketKey};

/// So much of a story is told; no ticket that people work on has as many events.
const EVENTS_MAX: i64 = 1000;

/// A ticket with all that its reader may know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// The ticket.
    pub ticket: Ticket,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// For whom it is.
    pub reader: Reader,
}

/// Who reads a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// First and second level: everything.
    Staff,
    /// The requester: nothing that is between staff.
    Requester,
}

impl Desk {
    /// The copy for the staff's channel.
    pub async fn transcript_for_staff(&self, id: TicketId) -> Result<Option<Transcript>, StoreError> {
        let Some(ticket) = self.store.ticket_of_job(id).await? else { return Ok(None) };
        let events = self.store.events(id, EVENTS_MAX).await?;
        Ok(Some(Transcript { ticket, events, reader: Reader::Staff }))
    }

    /// The copy for the requester, whoever of those who may know the ticket asks for it.
    pub async fn transcript(&self, actor: &Actor, key: TicketKey) -> Result<Transcript, DeskError> {
        let mut ticket = self.store.ticket(actor.guild, key).await?.ok_or(Refusal::NoSuchTicket)?;
        policy::check(actor, Action::Info, &ticket).map_err(Refusal::from)?;
        let mut events = self.store.events(ticket.id, EVENTS_MAX).await?;
        events.retain(|event| !event.what.is_between_staff());
        ticket.kept.notes.clear();
        Ok(Transcript { ticket, events, reader: Reader::Requester })
    }
}
