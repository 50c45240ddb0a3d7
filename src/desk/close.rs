//! The end of a ticket, and its return.

use super::change::Change;
use super::escalate::packet_update;
use super::learn::learn_from_ticket;
use super::{Desk, DeskError, Refusal, TEXT_MAX, optional_text};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::id::UserId;
use crate::domain::job::{Job, Say};
use crate::domain::policy::Action;
use crate::domain::ticket::{CloseReason, Status, Ticket};
use crate::store::TicketKey;

impl Desk {
    /// The requester says that the solution works.
    pub async fn confirm(&self, actor: &Actor, key: TicketKey) -> Result<Ticket, DeskError> {
        // Looked up before the ticket is locked; a ticket that is not there is refused below.
        let named = match self.store.ticket(actor.guild, key).await? {
            Some(ticket) => self.named_in_solution(&ticket).await,
            None => Vec::new(),
        };
        let mut change = self.change(actor, key, Action::Confirm).await?;
        if !matches!(change.ticket.status, Status::Resolved { .. }) {
            let now = change.ticket.status.name();
            return Err(Refusal::from(crate::domain::ticket::TransitionError::Wrong { now }).into());
        }
        learn_from_ticket(&mut change.tx, &change.ticket, &named, change.now).await?;
        let closed = finish(change, Some(actor.user), CloseReason::Confirmed).await?;
        if !named.is_empty() {
            self.renew_shelf(actor.guild).await;
        }
        Ok(closed)
    }

    /// The requester or staff closes it, with a reason if they give one.
    pub async fn close(
        &self,
        actor: &Actor,
        key: TicketKey,
        reason: Option<&str>,
    ) -> Result<Ticket, DeskError> {
        let change = self.change(actor, key, Action::Close).await?;
        let text = optional_text(reason, TEXT_MAX)?;
        finish(change, Some(actor.user), CloseReason::Manual { text }).await
    }

    /// The problem is back: the ticket returns to whoever had it.
    pub async fn reopen(&self, actor: &Actor, key: TicketKey) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::Reopen).await?;
        let was_closed = matches!(change.ticket.status, Status::Closed { .. });
        let reopened = change.ticket.clone().reopen(change.now).map_err(Refusal::from)?;
        let holder = reopened.status.holder().map(crate::domain::ticket::Holder::user);
        let escalation = reopened.status.escalation();
        change.save(reopened, &What::Reopened).await?;
        // From here on it has a life of its own again.
        change.tx.link_duplicate(change.ticket.id, None).await?;
        change.tx.link_incident(change.ticket.id, None).await?;
        (change.ticket.kept.duplicate_of, change.ticket.kept.incident) = (None, None);
        if was_closed {
            change.follow_up(&[Job::OpenThread]).await?;
        }
        change.follow_up(&[Job::Say { what: Say::Reopened { by: actor.user, holder } }]).await?;
        change.follow_up(&packet_update(escalation)).await?;
        change.follow_up(&[Job::UpdateCards]).await?;
        change.commit().await
    }
}

/// Closes it, with everything that follows.
pub(super) async fn finish(
    mut change: Change,
    by: Option<UserId>,
    reason: CloseReason,
) -> Result<Ticket, DeskError> {
    // Whoever follows a ticket that was solved has its solution already.
    if change.ticket.status.is_open() {
        change.inform_followers(None).await?;
    }
    close_within(&mut change, by, reason).await?;
    change.commit().await
}

/// Closes a ticket in a change that goes on.
pub(super) async fn close_within(
    change: &mut Change,
    by: Option<UserId>,
    reason: CloseReason,
) -> Result<(), DeskError> {
    let escalation = change.ticket.status.escalation();
    let (ticket, now) = (change.ticket.clone(), change.now);
    let closed = ticket.close(by, reason.clone(), now).map_err(Refusal::from)?;
    change.save(closed, &What::Closed { reason }).await?;
    change.follow_up(&packet_update(escalation)).await?;
    // The thread is closed last but the note, because a card in an archived thread cannot be edited.
    change
        .follow_up(&[Job::UpdateCards, Job::CloseThread, Job::PostClosingNote, Job::PostTranscript])
        .await?;
    Ok(())
}
