//! What somebody who waits can honestly be told.

use super::Desk;
use crate::domain::duty;
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::Timestamp;
use crate::domain::waiting::{self, LOOK_BACK, SAMPLES_MAX, Usual, Waiting};
use crate::store::StoreError;

impl Desk {
    /// The place of a ticket in the queue, who is on duty, and what is usual.
    pub async fn waiting(&self, ticket: &Ticket) -> Result<Waiting, StoreError> {
        let now = self.clock.now();
        let before = match ticket.status {
            Status::Queued => Some(self.store.before_in_queue(ticket).await?),
            _ => None,
        };
        let on_duty = self.store.on_duty(ticket.guild, now).await?;
        let look_back = i64::try_from(LOOK_BACK.as_millis()).unwrap_or(i64::MAX);
        let responses = self.store.responses(ticket.guild, Timestamp(now.0 - look_back), SAMPLES_MAX).await?;
        let terms = self.store.terms(ticket.guild).await?;
        let hours = terms.hours(ticket.priority);
        let took = |(opened, responded)| terms.between(ticket.priority, opened, responded);
        let usual = waiting::usual(responses.into_iter().map(took).collect());
        Ok(Waiting {
            before,
            on_duty: duty::of_first_level(&on_duty),
            usual: usual.map(if hours.is_some() { Usual::OfOpeningHours } else { Usual::ByTheClock }),
            opens_at: hours.and_then(|hours| hours.next_opening(now)).filter(|opens| *opens > now),
        })
    }
}
