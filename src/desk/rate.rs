//! What the requester thinks of the help.

use super::change::Change;
use super::{Desk, DeskError, Refusal, TEXT_MAX, text};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::job::Job;
use crate::domain::kept::Rating;
use crate::domain::policy::Action;
use crate::domain::ticket::Ticket;
use crate::store::TicketKey;

impl Desk {
    /// The requester rates the help, from 1 to 5. A later rating replaces an earlier one.
    pub async fn rate(&self, actor: &Actor, key: TicketKey, stars: u8) -> Result<Ticket, DeskError> {
        let change = self.change(actor, key, Action::Rate).await?;
        if !(1..=5).contains(&stars) {
            return Err(Refusal::RatingOutOfRange.into());
        }
        save(change, Rating { stars, comment: None }, What::Rated { stars }).await
    }

    /// The requester says more about the rating. A later comment replaces an earlier one.
    pub async fn comment_rating(
        &self,
        actor: &Actor,
        key: TicketKey,
        comment: &str,
    ) -> Result<Ticket, DeskError> {
        let change = self.change(actor, key, Action::Rate).await?;
        let stars = change.ticket.kept.rating.as_ref().ok_or(Refusal::NotRated)?.stars;
        let comment = text(comment, TEXT_MAX)?;
        let said = What::RatingCommented { text: comment.clone() };
        save(change, Rating { stars, comment: Some(comment) }, said).await
    }
}

async fn save(mut change: Change, rating: Rating, said: What) -> Result<Ticket, DeskError> {
    change.tx.rate_ticket(change.ticket.id, &rating).await?;
    change.ticket.kept.rating = Some(rating);
    change.record(&said).await?;
    change.follow_up(&[Job::UpdateQueueCard]).await?;
    change.commit().await
}
