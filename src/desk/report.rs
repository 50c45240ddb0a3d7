//! Reports: what a desk's work comes to, on demand and once a week.

use chrono_tz::Tz;

use super::figures::{self, GAP_QUESTIONS};
use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::id::{ChannelId, GuildId};
use crate::domain::job::{Job, Lane};
use crate::domain::period::{self, Choice, Period};
use crate::domain::policy;
use crate::domain::report::{self, Gap, Report};
use crate::domain::schedule::Terms;
use crate::domain::time::{Clock, Timestamp};
use crate::store::{Store, StoreError, Timer};

/// When in a Monday the report of the week before is posted: people are at work, and the week's plan is being made.
const WEEKLY_AT_HOUR: u32 = 8;

/// The report of a server that people choose.
pub async fn chosen(
    store: &Store,
    clock: &Clock,
    guild: GuildId,
    choice: Choice,
) -> Result<Report, StoreError> {
    let (now, terms) = (clock.now(), store.terms(guild).await?);
    let period = choice.period(now, &terms.zone());
    of(store, guild, period, now, terms).await
}

async fn of(
    store: &Store,
    guild: GuildId,
    period: Period,
    now: Timestamp,
    terms: Terms,
) -> Result<Report, StoreError> {
    let mut facts = store.report_facts(guild, period).await?;
    let unsolved = store.unsolved_questions(guild, period, GAP_QUESTIONS).await?;
    // A year of a busy desk is counted and sorted for longer than an asynchronous thread may be held up.
    let counted = tokio::task::spawn_blocking(move || {
        facts.gaps = figures::grouped(&unsolved).into_iter().filter_map(gap).collect();
        report::count(period, now, &facts, &terms)
    });
    match counted.await {
        Ok(report) => Ok(report),
        Err(failure) => match failure.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The program is ending, and takes whoever waits along.
            Err(_) => std::future::pending().await,
        },
    }
}

fn gap(group: figures::Gap) -> Option<Gap> {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Some(Gap {
        question: group.examples.into_iter().next()?,
        people: number(group.people),
        times: number(group.times),
        tickets: number(group.tickets),
    })
}

impl Desk {
    /// The figures of a period. Staff and managers only.
    pub async fn report(&self, actor: &Actor, choice: Choice) -> Result<Report, DeskError> {
        policy::check_reports(actor).map_err(Refusal::from)?;
        // What was asked a moment ago counts as well.
        self.write_questions().await;
        Ok(chosen(&self.store, &self.clock, actor.guild, choice).await?)
    }

    /// The figures of a week, for the delivery that posts them.
    pub async fn weekly_report(&self, guild: GuildId, period: Period) -> Result<Report, StoreError> {
        let terms = self.store.terms(guild).await?;
        of(&self.store, guild, period, self.clock.now(), terms).await
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
        let zone = self.store.terms(actor.guild).await?.zone();
        let next = channel.map(|_| next_weekly(now, zone));
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
            let zone = tx.terms(guild).await?.zone();
            let Period { from, to } = Period::last_week(now, &zone);
            tx.enqueue(guild, lane, &Job::PostReport { channel, from, to }, now).await?;
            tx.set_timer(guild, lane, Timer::WeeklyReport, next_weekly(now, zone)).await?;
        }
        tx.commit().await
    }
}

/// When the next weekly report is due in a desk's own zone.
pub(super) fn next_weekly(now: Timestamp, zone: Tz) -> Timestamp {
    period::next_monday(now, WEEKLY_AT_HOUR, &zone)
}
