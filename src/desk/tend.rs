//! Looking after a ticket without moving it.

use super::escalate::packet_update;
use super::{Desk, DeskError, TEXT_MAX, text};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::id::UserId;
use crate::domain::job::Job;
use crate::domain::policy::Action;
use crate::domain::ticket::Ticket;
use crate::store::TicketKey;

impl Desk {
    /// Writes a note that the requester does not see.
    pub async fn note(&self, actor: &Actor, key: TicketKey, note: &str) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::Note).await?;
        let note = text(note, TEXT_MAX)?;
        change.ticket.kept.add_note(actor.user, change.now, &note);
        change.tx.save_notes(change.ticket.id, &change.ticket.kept.notes).await?;
        change.record(&What::Noted { text: note }).await?;
        let escalation = change.ticket.status.escalation();
        change.follow_up(&packet_update(escalation)).await?;
        change.follow_up(&[Job::UpdateQueueCard]).await?;
        change.commit().await
    }

    /// Adds somebody to the ticket's thread.
    pub async fn add_member(&self, actor: &Actor, key: TicketKey, user: UserId) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::AddMember).await?;
        change.record(&What::MemberAdded { user }).await?;
        change.follow_up(&[Job::AddMember { user }]).await?;
        change.commit().await
    }
}
