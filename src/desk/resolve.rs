//! Giving the requester a solution.

use super::escalate::packet_update;
use super::{Desk, DeskError, Refusal, TEXT_MAX, text};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::job::{Job, Say};
use crate::domain::policy::Action;
use crate::domain::ticket::Ticket;
use crate::store::TicketKey;

impl Desk {
    /// Tells the requester the solution and asks whether it works. Silence closes the ticket after a time.
    pub async fn resolve(&self, actor: &Actor, key: TicketKey, solution: &str) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::Resolve).await?;
        let escalation = change.ticket.status.escalation();
        let (ticket, now) = (change.ticket.clone(), change.now);
        let solution = text(solution, TEXT_MAX)?;
        let resolved = ticket.resolve(actor.user, solution.clone(), now).map_err(Refusal::from)?;
        change.save(resolved, &What::Resolved { solution: solution.clone() }).await?;
        change.inform_followers(Some(&solution)).await?;
        change.follow_up(&[Job::Say { what: Say::Solution { text: solution } }]).await?;
        change.follow_up(&packet_update(escalation)).await?;
        change.follow_up(&[Job::UpdateCards]).await?;
        change.commit().await
    }
}
