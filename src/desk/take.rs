//! Taking a ticket, giving it up, and giving it to somebody.

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::id::UserId;
use crate::domain::job::Job;
use crate::domain::policy::Action;
use crate::domain::ticket::Ticket;
use crate::store::TicketKey;

/// Somebody who is to get a ticket, with what they are now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignee {
    /// Their account.
    pub user: UserId,
    /// Whether they have the first-level role.
    pub first_level: bool,
}

impl Desk {
    /// Takes a ticket from the queue. Of several at once one wins; the others read who has it.
    pub async fn claim(&self, actor: &Actor, key: TicketKey) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::Claim).await?;
        let claimed = change.ticket.clone().claim(actor.user, change.now).map_err(Refusal::from)?;
        change.save(claimed, &What::Claimed).await?;
        change.follow_up(&[Job::AddMember { user: actor.user }, Job::UpdateCards]).await?;
        change.commit().await
    }

    /// Puts a ticket back into the queue.
    pub async fn release(&self, actor: &Actor, key: TicketKey) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::Release).await?;
        let released = change.ticket.clone().release(change.now).map_err(Refusal::from)?;
        change.save(released, &What::Released).await?;
        change.follow_up(&[Job::UpdateCards]).await?;
        change.commit().await
    }

    /// Gives a ticket to a first-level agent.
    pub async fn assign(&self, actor: &Actor, key: TicketKey, to: Assignee) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::Assign).await?;
        if !to.first_level {
            return Err(Refusal::NotAnAgent { user: to.user }.into());
        }
        let assigned = change.ticket.clone().assign(to.user, change.now).map_err(Refusal::from)?;
        change.save(assigned, &What::Assigned { agent: to.user }).await?;
        change.follow_up(&[Job::AddMember { user: to.user }, Job::UpdateCards]).await?;
        change.commit().await
    }
}
