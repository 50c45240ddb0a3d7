//! Reports: what a desk's work comes to, on demand and once a week.

use chrono::Utc;

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::id::{ChannelId, GuildId};
use crate::domain::job::{Job, Lane};
use crate::domain::period::{self, Choice, Period};
use crate::domain::policy;
use crate::domain::report::{self, Report};
use crate::domain::time::{Clock, Timestamp};
use crate::store::{Store, StoreError, Timer};

/// When in a Monday the report of the week before is posted: people are at work, and the week's plan is being made.
const WEEKLY_AT_HOUR: u32 = 8;
/// Where days begin, until a desk can say where it is.
const ZONE: Utc = Utc;

/// The report of a server that people choose.
pub async fn chosen(
    store: &Store,
    clock: &Clock,
    guild: GuildId,
    choice: Choice,
) -> Result<Report, StoreError> {
    let now = clock.now();
    of(store, guild, choice.period(now, &ZONE), now).await
}

async fn of(store: &Store, guild: GuildId, period: Period, now: Timestamp) -> Result<Report, StoreError> {
    let facts = store.report_facts(guild, period).await?;
    // A year of a busy desk is counted and sorted for longer than an asynchronous thread may be held up.
    match tokio::task::spawn_blocking(move || report::count(period, now, &facts, &ZONE)).await {
        Ok(report) => Ok(report),
        Err(failure) => match failure.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The program is ending, and takes whoever waits along.
            Err(_) => std::future::pending().await,
        },
    }
}

impl Desk {
    /// The figures of a period. Staff and managers only.
    pub async fn report(&self, actor: &Actor, choice: Choice) -> Result<Report, DeskError> {
        policy::check_reports(actor).map_err(Refusal::from)?;
        Ok(chosen(&self.store, &self.clock, actor.guild, choice).await?)
    }

    /// The figures of a week, for the delivery that posts them.
    pub async fn weekly_report(&self, guild: GuildId, period: Period) -> Result<Report, StoreError> {
        of(&self.store, guild, period, self.clock.now()).await
    }

    /// Wants the weekly report in a channel from now on, or nowhere; says when the next one comes. What Discord
    /// grants there is checked before this is asked to save.
    pub async fn change_weekly_report(
        &self,
        actor: &Actor,
        channel: Option<ChannelId>,
    ) -> Result<Option<Timestamp>, DeskError> {
        policy::check_set_up(actor).map_err(Refusal::from)?;
        self.store.desk(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        let (now, lane) = (self.clock.now(), Lane::Desk(actor.guild));
        let next = channel.map(|_| period::next_monday(now, WEEKLY_AT_HOUR, &ZONE));
        let mut tx = self.store.begin().await?;
        tx.save_digest(actor.guild, channel, now).await?;
        match next {
            Some(due_at) => tx.set_timer(actor.guild, lane, Timer::WeeklyReport, due_at).await?,
            None => _ = tx.cancel_timer(lane, Timer::WeeklyReport).await?,
        }
        tx.commit().await?;
        Ok(next)
    }

    /// It is Monday morning: queues the report of the week that ended, and sets the timer anew. However long nobody
    /// was running, one report is posted, of the last week.
    pub async fn queue_weekly_report(&self, guild: GuildId) -> Result<(), StoreError> {
        let (now, lane) = (self.clock.now(), Lane::Desk(guild));
        let mut tx = self.store.begin().await?;
        // Of two processes, or two looks at the table, only one finds it.
        if !tx.cancel_timer(lane, Timer::WeeklyReport).await? {
            return Ok(());
        }
        if let Some(channel) = tx.digest(guild).await? {
            let Period { from, to } = Period::last_week(now, &ZONE);
            tx.enqueue(guild, lane, &Job::PostReport { channel, from, to }, now).await?;
            let next = period::next_monday(now, WEEKLY_AT_HOUR, &ZONE);
            tx.set_timer(guild, lane, Timer::WeeklyReport, next).await?;
        }
        tx.commit().await
    }
}
