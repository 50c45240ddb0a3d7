//! Two tickets that say the same: one is worked on, the other follows it.

use super::change::Change;
use super::close::close_within;
use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::id::TicketNumber;
use crate::domain::job::{Job, Lane, Say};
use crate::domain::policy::Action;
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
        tx.lock_desk(actor.guild).await?;
        let original = self.change_in(tx, actor, TicketKey::Id(other.id), Action::MarkDuplicate).await?;
        let (original, tx) = (original.ticket, original.tx);
        let mut change = self.change_in(tx, actor, TicketKey::Id(one.id), Action::MarkDuplicate).await?;
        let known = match &original.status {
            Status::Closed { .. } => return Err(Refusal::OriginalClosed { number: of }.into()),
            Status::Resolved { solution, .. } => Some(solution.clone()),
            _ => None,
        };
        let followed = What::Followed { number: one.number };
        change.tx.record(original.id, Some(actor.user), &followed, change.now).await?;
        change.tx.link_duplicate(one.id, Some(of)).await?;
        change.tx.redirect_followers(actor.guild, one.number, of).await?;
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
        let what = Say::Followed { of, solution: solution.map(str::to_owned) };
        // A message takes a thread out of the archive, and a follower's is closed.
        let jobs = [Job::Say { what }, Job::CloseThread];
        let followers = self.tx.followers(guild, of).await?;
        let of_each: Vec<_> = followers
            .iter()
            .flat_map(|follower| jobs.iter().map(|job| (Lane::Ticket(*follower), job)))
            .collect();
        self.tx.enqueue_all(guild, &of_each, self.now).await
    }
}
