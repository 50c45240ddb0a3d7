//! How long texts are kept after a ticket's end.

use std::time::Duration;

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::category;
use crate::domain::id::{GuildId, TicketId};
use crate::domain::job::{Job, Lane, Posted, Timer};
use crate::domain::policy;
use crate::domain::privacy::{self, Retention};
use crate::domain::time::Timestamp;
use crate::store::{StoreError, Tx};

/// So many tickets are emptied at once, so that nobody waits for the database meanwhile.
const BATCH: usize = 50;
/// Between two batches; their cards on Discord are changed as well, beside everything else that goes there.
const NEXT_BATCH: Duration = Duration::from_mins(1);
/// Between two looks when there was nothing left.
const EVERY: Duration = Duration::from_hours(24);
const DAY: Duration = Duration::from_hours(24);

impl Desk {
    /// How long texts are kept. Managers only.
    pub async fn retentions(&self, actor: &Actor) -> Result<Vec<Retention>, DeskError> {
        policy::check_set_up(actor).map_err(Refusal::from)?;
        Ok(self.store.retentions(actor.guild).await?)
    }

    /// Keeps the texts of a category, or of all that have no rule of their own, for so many days, or for good.
    pub async fn change_retention(
        &self,
        actor: &Actor,
        named: Option<&str>,
        days: Option<i64>,
    ) -> Result<Vec<Retention>, DeskError> {
        policy::check_set_up(actor).map_err(Refusal::from)?;
        let days = days.map(privacy::days).transpose().map_err(Refusal::from)?;
        let set_up = self.set_up(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        let category = match named {
            Some(named) => {
                let known = category::named(&set_up.categories, named);
                Some(known.ok_or_else(|| Refusal::NoSuchCategory { name: Some(named.to_owned()) })?)
            }
            None => None,
        };
        let (now, lane) = (self.clock.now(), Lane::Desk(actor.guild));
        let mut tx = self.store.begin().await?;
        tx.set_retention(actor.guild, category.map(|category| category.name.as_str()), days).await?;
        tx.set_timer(actor.guild, lane, Timer::Retention, now).await?;
        tx.commit().await?;
        Ok(self.store.retentions(actor.guild).await?)
    }

    /// Empties the tickets whose time is over, some at a time.
    pub async fn empty_old_tickets(&self, guild: GuildId) -> Result<(), StoreError> {
        let (now, lane) = (self.clock.now(), Lane::Desk(guild));
        let rules = self.store.retentions(guild).await?;
        let mut tx = self.store.begin().await?;
        tx.lock_desk(guild).await?;
        // Of several processes one takes the timer.
        if !tx.cancel_timer(lane, Timer::Retention).await? {
            return Ok(());
        }
        let mut emptied = 0;
        for rule in &rules {
            let days = u32::try_from(rule.days).unwrap_or(u32::MAX);
            let room = i64::try_from(BATCH - emptied).unwrap_or_default();
            for ticket in tx.tickets_past(guild, rule, now - DAY * days, room).await? {
                let files = tx.empty_ticket(ticket, now).await?;
                follow_up(&mut tx, guild, ticket, &files, now).await?;
                emptied += 1;
            }
        }
        if !rules.is_empty() {
            let next = if emptied == BATCH { NEXT_BATCH } else { EVERY };
            tx.set_timer(guild, lane, Timer::Retention, now + next).await?;
        }
        if emptied > 0 {
            tx.raise_shelf_revision(guild, now).await?;
        }
        tx.commit().await?;
        if emptied > 0 {
            self.renew_shelf(guild).await;
        }
        Ok(())
    }
}

/// What a ticket that was emptied still shows on Discord, with its files.
pub(super) async fn follow_up(
    tx: &mut Tx,
    guild: GuildId,
    ticket: TicketId,
    files: &[Posted],
    now: Timestamp,
) -> Result<(), StoreError> {
    let files = files.iter().map(|place| Job::RemoveFile { place: *place });
    let jobs: Vec<_> = [Job::UpdateCards, Job::ClearThreadName].into_iter().chain(files).collect();
    let jobs: Vec<_> = jobs.iter().map(|job| (Lane::Ticket(ticket), job)).collect();
    tx.enqueue_all(guild, &jobs, now).await
}
