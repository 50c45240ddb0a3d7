//! Deliveries that were given up: tried again, or let go of.

use super::{Desk, DeskError};
use crate::domain::actor::Actor;
use crate::domain::id::JobId;

impl Desk {
    /// Tries again what this server's desk could not deliver, up to the newest that the actor has seen. How many there
    /// were. What was there before is looked for, as at every further attempt.
    pub async fn retry_given_up(&self, actor: &Actor, newest: JobId) -> Result<u64, DeskError> {
        self.may_set_up(actor)?;
        let mut tx = self.store.begin().await?;
        let jobs = tx.revive_jobs(actor.guild, newest, self.clock.now()).await?;
        tx.commit().await?;
        Ok(jobs)
    }

    /// Lets go of it for good. How many there were.
    pub async fn discard_given_up(&self, actor: &Actor, newest: JobId) -> Result<u64, DeskError> {
        self.may_set_up(actor)?;
        let mut tx = self.store.begin().await?;
        let jobs = tx.discard_jobs(actor.guild, newest).await?;
        tx.commit().await?;
        Ok(jobs)
    }
}
