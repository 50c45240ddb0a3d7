//! Waiting for the requester, which stops the clock.

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::job::{Job, Say};
use crate::domain::policy::Action;
use crate::domain::ticket::Ticket;
use crate::store::TicketKey;

impl Desk {
    /// Whoever has the ticket needs something from its requester, who is told. Their next message ends the wait.
    pub async fn wait(&self, actor: &Actor, key: TicketKey) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::Wait).await?;
        let waiting = change.ticket.clone().wait(change.now).map_err(Refusal::from)?;
        change.save(waiting, &What::Waiting).await?;
        change.follow_up(&[Job::Say { what: Say::Waiting { by: actor.user } }, Job::UpdateCards]).await?;
        change.commit().await
    }

    /// The ticket goes on without an answer.
    pub async fn go_on(&self, actor: &Actor, key: TicketKey) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::Wait).await?;
        let going_on = change.ticket.clone().go_on(change.now).map_err(Refusal::from)?;
        change.save(going_on, &What::WentOn).await?;
        change.follow_up(&[Job::UpdateCards]).await?;
        change.commit().await
    }
}
