//! What happens without a person asking for it now: deliveries to Discord, and timers whose time has come.
//!
//! The outbox and the timers are rows, so nothing here needs to be remembered over a restart. Jobs of one lane (a
//! ticket, say) run in order; different lanes run side by side. A job runs at least once: its attempt is written down before its
//! effect, and the deliverer looks for an effect that may be there already when told of an earlier attempt.

mod banners;
mod presence;
mod reconcile;
mod shelves;

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::RngExt;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use crate::desk::{Desk, DeskError, Rang};
use crate::domain::id::GuildId;
use crate::domain::job::{Lane, QueuedJob};
use crate::domain::time::Timestamp;
use crate::meter;
use crate::store::{Due, StoreError, Timer, Tx};

pub use banners::keep_incidents;
pub use presence::stay_present;
pub use reconcile::{Survey, Surveyed, keep_in_step};
pub use shelves::follow_shelves;

/// How many lanes are delivered side by side.
const LANES: usize = 16;
/// How many of them one server may have: the others' turn must come at once, also while Discord slows one down.
const LANES_PER_SERVER: usize = 12;
/// How many ready lanes are asked for at once.
const READY_BATCH: i64 = 64;
/// How many due timers run at once.
const TIMER_BATCH: i64 = 64;
/// How long one delivery may take before it counts as failed.
const DELIVERY_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a job is kept from other processes: longer than a delivery can take.
const LEASE: Duration = Duration::from_secs(30);
/// The longest pause between looks at the tables; other processes may have written, and clocks may have jumped.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// The first pause after a failure; doubled each time.
const FIRST_RETRY: Duration = Duration::from_secs(1);
/// The longest pause between two attempts.
const LONGEST_RETRY: Duration = Duration::from_mins(5);
/// The longest pause between two tries to write down how a delivery went.
const LONGEST_WRITE_RETRY: Duration = Duration::from_secs(5);
/// A job that has failed for this long is given up.
const GIVE_UP_AFTER: Duration = Duration::from_hours(24);
/// How long running deliveries may still take when the process is asked to stop.
const DRAIN: Duration = Duration::from_secs(8);

/// Brings jobs to where people see them.
pub trait Deliver: Send + Sync + 'static {
    /// Makes the effect of a job, once, even if an earlier attempt was cut off anywhere.
    fn deliver(&self, job: &QueuedJob) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Why a job was not delivered. The text is for logs and for `/desk check`; it holds no token and no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Worth another try, not before the given time if one was named.
    #[error("{why}")]
    Later {
        /// How long to wait at least.
        after: Option<Duration>,
        /// What went wrong.
        why: String,
    },
    /// Nothing failed: the job waits again, behind what has to come first.
    #[error("it waits for what has to come first")]
    Moved,
    /// No number of tries will help.
    #[error("{why}")]
    GiveUp {
        /// What went wrong.
        why: String,
    },
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Later { after: None, why: format!("{:#}", anyhow::Error::from(error)) }
    }
}

/// Runs deliveries and timers until `stop`, then lets running deliveries end.
pub async fn run(desk: Desk, deliver: Arc<impl Deliver>, stop: CancellationToken) {
    if desk.store.is_exclusive()
        && let Err(error) = release_leases(&desk).await
    {
        tracing::error!(error = %chain(error), "could not take over deliveries of the last run");
    }
    let mut lanes = Lanes { desk, deliver, stop, running: JoinSet::new(), busy: HashMap::new() };
    while !lanes.stop.is_cancelled() {
        let pause = match lanes.tick().await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(error = %chain(error), "could not look for work; trying again");
                LONGEST_PAUSE
            }
        };
        tokio::select! {
            () = lanes.stop.cancelled() => {}
            () = lanes.desk.rung() => {}
            Some(ended) = lanes.running.join_next_with_id() => lanes.ended(ended),
            () = tokio::time::sleep(pause) => {}
        }
    }
    if tokio::time::timeout(DRAIN, lanes.drain()).await.is_err() {
        tracing::warn!("stopped with deliveries under way; they go on at the next start");
    }
}

async fn release_leases(desk: &Desk) -> Result<(), StoreError> {
    let mut tx = desk.store.begin().await?;
    tx.release_leases().await?;
    tx.commit().await
}

struct Lanes<D> {
    desk: Desk,
    deliver: Arc<D>,
    stop: CancellationToken,
    running: JoinSet<()>,
    /// The lanes that run, with their servers, by who runs them.
    busy: HashMap<Id, (Lane, GuildId)>,
}

impl<D: Deliver> Lanes<D> {
    /// Starts what is due, and says how long there is nothing more to start.
    async fn tick(&mut self) -> Result<Duration, StoreError> {
        let now = self.desk.clock.now();
        run_timers(&self.desk, now).await?;
        while let Some(ended) = self.running.try_join_next_with_id() {
            self.ended(ended);
        }
        if self.running.len() >= LANES {
            return Ok(LONGEST_PAUSE);
        }
        for (guild, lane) in self.desk.store.ready_lanes(now, READY_BATCH).await? {
            if self.running.len() >= LANES {
                return Ok(LONGEST_PAUSE);
            }
            let of_server = self.busy.values().filter(|(_, other)| *other == guild).count();
            if of_server < LANES_PER_SERVER && self.busy.values().all(|(busy, _)| *busy != lane) {
                let (desk, deliver, stop) = (self.desk.clone(), self.deliver.clone(), self.stop.clone());
                let runs = self.running.spawn(async move { run_lane(&desk, &*deliver, &stop, lane).await });
                self.busy.insert(runs.id(), (lane, guild));
            }
        }
        let next = [self.desk.store.next_delivery().await?, self.desk.store.next_timer().await?];
        let wait = next.into_iter().flatten().min().map(|due| due.since(now));
        // A job that is due but runs already is no reason to look again at once.
        let wait = wait.filter(|wait| !wait.is_zero()).unwrap_or(LONGEST_PAUSE);
        Ok(wait.min(LONGEST_PAUSE))
    }

    fn ended(&mut self, ended: Result<(Id, ()), tokio::task::JoinError>) {
        match ended {
            Ok((id, ())) => {
                self.busy.remove(&id);
            }
            Err(error) => {
                let lane = self.busy.remove(&error.id()).map(|(lane, _)| lane.to_string());
                // What it had leased runs out by itself; until then nobody touches it.
                tracing::error!(lane, %error, "a delivery ended badly");
            }
        }
    }

    async fn drain(&mut self) {
        while self.running.join_next().await.is_some() {}
    }
}

/// What became of a job, until it is written down.
struct Ended {
    job: QueuedJob,
    outcome: Result<(), Failure>,
}

/// Delivers a lane's jobs in order, until there is none or one has to wait. While the database fails, what became of the last
/// job is kept: written down late it is done, forgotten it would be done again.
async fn run_lane(desk: &Desk, deliver: &impl Deliver, stop: &CancellationToken, lane: Lane) {
    let mut ended = None;
    let mut failures = 0_u32;
    loop {
        match next_job(desk, lane, ended.as_ref(), stop.is_cancelled()).await {
            Ok(Some(job)) => {
                failures = 0;
                let outcome = attempt(deliver, &job).await;
                ended = Some(Ended { job, outcome });
            }
            Ok(None) => return,
            Err(error) => {
                if failures == 0 {
                    tracing::error!(%lane, error = %chain(error), "could not go on with deliveries; trying again");
                }
                failures += 1;
                tokio::select! {
                    // The lease runs out by itself, and the job is tried again.
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(back_off(failures - 1, LONGEST_WRITE_RETRY)) => {}
                }
            }
        }
    }
}

/// Tries a job once, and counts how it went.
async fn attempt(deliver: &impl Deliver, job: &QueuedJob) -> Result<(), Failure> {
    let span = tracing::info_span!(
        "job",
        kind = job.job.kind(),
        job.id = job.id.0,
        lane = %job.lane,
        guild.id = job.guild.0,
        ticket.id = job.lane.ticket().map(|ticket| ticket.0)
    );
    let began = Instant::now();
    let outcome = tokio::time::timeout(DELIVERY_TIMEOUT, deliver.deliver(job).instrument(span)).await;
    let outcome =
        outcome.unwrap_or_else(|_| Err(Failure::Later { after: None, why: "no answer in time".to_owned() }));
    let label = match &outcome {
        Ok(()) => "done",
        Err(Failure::Later { .. }) => "later",
        Err(Failure::GiveUp { .. }) => "given_up",
        Err(Failure::Moved) => "moved",
    };
    meter::delivery(&job.job, label, began.elapsed());
    outcome
}

/// Ends one job and begins the next in one transaction: one wait for the disk instead of two.
async fn next_job(
    desk: &Desk,
    lane: Lane,
    ended: Option<&Ended>,
    stopping: bool,
) -> Result<Option<QueuedJob>, StoreError> {
    let now = desk.clock.now();
    let mut tx = desk.store.begin().await?;
    if let Some(ended) = ended
        && !write_down(&mut tx, ended, now).await?
    {
        tracing::info!(job.id = ended.job.id.0, %lane, "a delivery is not ours any more; its end is left to others");
    }
    let next =
        if stopping { None } else { tx.lease_job(lane, now, now + LEASE, desk.store.process()).await? };
    tx.commit().await?;
    Ok(next)
}

/// Writes down what became of a job. `false` when it is somebody else's by now.
async fn write_down(tx: &mut Tx, ended: &Ended, now: Timestamp) -> Result<bool, StoreError> {
    let Ended { job, outcome } = ended;
    match outcome {
        Ok(()) => tx.job_done(job).await,
        // It stands in another row by now.
        Err(Failure::Moved) => Ok(true),
        Err(Failure::Later { after, why }) if now.since(job.queued_at) < GIVE_UP_AFTER => {
            let attempts = u32::try_from(job.attempts).unwrap_or(u32::MAX);
            // Discord's own word counts where there is one: it slows us down, and nothing is wrong.
            let pause =
                after.map_or_else(|| back_off(attempts, LONGEST_RETRY), |after| after.max(FIRST_RETRY));
            let pause_ms = pause.as_millis();
            if after.is_some() {
                tracing::debug!(job.id = job.id.0, lane = %job.lane, pause_ms, why, "a delivery waits for its turn");
            } else {
                let attempts = job.attempts + 1;
                tracing::warn!(job.id = job.id.0, lane = %job.lane, attempts, pause_ms, why,
                    "a delivery failed and will be tried again");
            }
            tx.job_later(job, now + pause, why).await
        }
        Err(Failure::Later { why, .. } | Failure::GiveUp { why }) => {
            tracing::error!(
                job.id = job.id.0,
                lane = %job.lane,
                attempts = job.attempts + 1,
                why,
                "a delivery was given up; /desk check shows it"
            );
            tx.bury_job(job, why).await
        }
    }
}

/// The pause after so many failures in a row: doubled each time up to the longest, with up to a quarter of chance on top
/// so that failures do not return in step.
pub fn back_off(attempts: u32, longest: Duration) -> Duration {
    let pause = FIRST_RETRY.saturating_mul(2_u32.saturating_pow(attempts)).min(longest);
    pause + pause.mul_f64(rand::rng().random_range(0.0..0.25))
}

async fn run_timers(desk: &Desk, now: Timestamp) -> Result<(), StoreError> {
    for due in desk.store.due_timers(now, TIMER_BATCH).await? {
        let span = tracing::info_span!(
            "timer",
            kind = due.timer.code(),
            guild.id = due.guild.0,
            ticket.id = due.lane.ticket().map(|ticket| ticket.0)
        );
        let outcome = match ring(desk, &due).instrument(span).await {
            Ok(Rang::Done) => "done",
            Ok(Rang::Moot) => "moot",
            Err(error) => {
                // One lane's trouble must not keep the others' timers from running.
                tracing::error!(lane = %due.lane, error = %chain(error), "a timer failed");
                "failed"
            }
        };
        meter::timer(due.timer.code(), outcome);
    }
    Ok(())
}

/// Does what a timer is for.
async fn ring(desk: &Desk, due: &Due) -> Result<Rang, DeskError> {
    match (due.timer, due.lane) {
        (Timer::LookAlike, Lane::Ticket(ticket)) => desk.look_for_incident(ticket).await?,
        (timer, Lane::Ticket(ticket)) if Timer::OF_A_TICKET.contains(&timer) => {
            return desk.ticket_timer(ticket, timer).await;
        }
        (Timer::Recompute, Lane::Desk(guild)) => desk.recompute(guild).await?,
        (Timer::WeeklyReport, Lane::Desk(guild)) => desk.queue_weekly_report(guild).await?,
        (Timer::Retention, Lane::Desk(guild)) => desk.empty_old_tickets(guild).await?,
        (Timer::Daily, Lane::Desk(guild)) => desk.daily_round(guild).await?,
        (Timer::SettleIncident, Lane::Incident(incident)) => desk.settle_incident(incident).await?,
        (timer @ (Timer::RemindOfPractice | Timer::StopPractice), Lane::Practice(practice)) => {
            desk.practice_timer(practice, timer).await?;
        }
        // Nothing sets a timer about something else than it is for.
        (timer, lane) => {
            tracing::warn!(?timer, %lane, "a timer is about the wrong thing");
            return Ok(Rang::Moot);
        }
    }
    Ok(Rang::Done)
}

/// An error with its causes on one line.
fn chain(error: impl Into<anyhow::Error>) -> String {
    format!("{:#}", error.into())
}
