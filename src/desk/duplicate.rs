//! Two tickets that say the same: one is worked on, the other follows it.

use super::change::Change;
use super::close::close_within;
use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::id::TicketNumber;
use crate::domain::job::{Job, Lane, Say};
use crate::domain::policy::{self, Action};
use crate::domain::ticket::{CloseReason, Status, Ticket};
use crate::store::{StoreError, TicketKey};

impl Desk {
    /// Closes a ticket because another one says the same. Its requester is told, and later what becomes of the other
    /// one. What followed the closed ticket follows the other one as well.
    pub async fn mark_duplicate(
        &self,
        actor: &Actor,
        key: TicketKey,
        of: TicketNumber,
    ) -> Result<Ticket, DeskError> {
        let one = self.may(actor, key, Action::MarkDuplicate).await?;
        let other = self.may(actor, TicketKey::Number(of), Action::MarkDuplicate).await?;
        if one.id == other.id {
            return Err(Refusal::DuplicateOfItself.into());
        }
        let mut tx = self.store.begin().await?;
        // Both are locked, the older one first whichever way they are linked, so that two people never wait for each
        // other.
        let mut keys = [one.id, other.id];
        keys.sort_unstable();
        let mut locked = Vec::new();
        for id in keys {
            let ticket =
                tx.lock_ticket(actor.guild, TicketKey::Id(id)).await?.ok_or(Refusal::NoSuchTicket)?;
            policy::check(actor, Action::MarkDuplicate, &ticket).map_err(Refusal::from)?;
            locked.push(ticket);
        }
        if locked[0].id != one.id {
            locked.reverse();
        }
        let (Some(original), Some(duplicate)) = (locked.pop(), locked.pop()) else {
            return Err(Refusal::NoSuchTicket.into());
        };
        let known = match &original.status {
            Status::Closed { .. } => return Err(Refusal::OriginalClosed { number: of }.into()),
            Status::Resolved { solution, .. } => Some(solution.clone()),
            _ => None,
        };
        let now = self.clock.now();
        tx.record(original.id, Some(actor.user), &What::Followed { number: duplicate.number }, now).await?;
        tx.link_duplicate(duplicate.id, Some(of)).await?;
        tx.redirect_followers(actor.guild, duplicate.number, of).await?;
        let mut change = Change::new(tx, duplicate, now, Some(actor.user)).await?;
        change.ticket.kept.duplicate_of = Some(of);
        change.follow_up(&[Job::Say { what: Say::Duplicate { of } }]).await?;
        if known.is_some() {
            change.follow_up(&[Job::Say { what: Say::Followed { of, solution: known } }]).await?;
        }
        close_within(&mut change, Some(actor.user), CloseReason::Duplicate { of }).await?;
        change.commit().await
    }
}

impl Change {
    /// Tells whoever follows this ticket what became of it: its solution, or that it was closed without one.
    pub(super) async fn inform_followers(&mut self, solution: Option<&str>) -> Result<(), StoreError> {
        let (guild, of) = (self.ticket.guild, self.ticket.number);
        for follower in self.tx.followers(guild, of).await? {
            let what = Say::Followed { of, solution: solution.map(str::to_owned) };
            // A message takes a thread out of the archive, and a follower's is closed.
            for job in [Job::Say { what }, Job::CloseThread] {
                self.tx.enqueue(guild, Lane::Ticket(follower), &job, self.now).await?;
            }
        }
        Ok(())
    }
}
