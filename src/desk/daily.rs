//! What a desk does once a day by itself.

use std::time::Duration;

use super::Desk;
use crate::domain::id::GuildId;
use crate::domain::job::{Job, Lane};
use crate::store::{StoreError, Timer};

/// Between two rounds.
const EVERY: Duration = Duration::from_hours(24);

/// How many owners are told in one round: a folder that was left alone for years must not flood the queue channel.
const TOLD_AT_ONCE: usize = 10;

impl Desk {
    /// The daily round. Owners of articles whose date of review has passed are told, once for each date. What was learned
    /// is a day older, and weighed anew in every process.
    pub async fn daily_round(&self, guild: GuildId) -> Result<(), StoreError> {
        let now = self.clock.now();
        let shelf = self.shelf(guild).await;
        let due = self.knowledge.due_reviews(&shelf, now.date());
        let mut tx = self.store.begin().await?;
        let lane = Lane::Desk(guild);
        // Of several processes one takes the timer.
        if !tx.cancel_timer(lane, Timer::Daily).await? {
            return Ok(());
        }
        let mut told = 0;
        for review in due {
            if told == TOLD_AT_ONCE {
                break;
            }
            if tx.note_review_reminder(guild, &review.article, review.review_by, now).await? {
                tx.enqueue(guild, lane, &Job::RemindOfReview { review }, now).await?;
                told += 1;
            }
        }
        tx.set_timer(guild, lane, Timer::Daily, now + EVERY).await?;
        tx.raise_shelf_revision(guild, now).await?;
        tx.commit().await?;
        self.renew_shelf(guild).await;
        Ok(())
    }
}
