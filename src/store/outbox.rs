//! Table `outbox`: what must follow on Discord, in order for each lane.

use sqlx::{FromRow, QueryBuilder};

use super::processes::ProcessKey;
use super::{Store, StoreError, Tx, from_json, lane, reading, to_json, writing};
use crate::domain::id::{GuildId, JobId, TicketNumber};
use crate::domain::job::{Job, Lane, QueuedJob};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO outbox (guild_id, lane, ticket_id, job, queued_at, due_at) ";

/// Queues a job unless one like it waits untouched: what brings something up to date need not do so twice in a row.
const INSERT_ONCE: &str = "INSERT INTO outbox (guild_id, lane, ticket_id, job, queued_at, due_at) \
    SELECT $1, $2, $3, $4, $5, $5 WHERE NOT EXISTS \
    (SELECT 1 FROM outbox WHERE lane = $2 AND dead = FALSE AND attempts = 0 AND job = $4)";

/// Lanes whose first waiting job may run now, with their server. Later jobs of a lane wait behind its first. The servers take
/// turns: a server's first lane comes before another one's second, however much waits there.
const READY: &str = "SELECT guild_id, lane FROM (\
    SELECT first.guild_id AS guild_id, first.lane AS lane, first.id AS id, \
    row_number() OVER (PARTITION BY first.guild_id ORDER BY first.id) AS place FROM outbox AS first \
    WHERE first.dead = FALSE AND first.due_at <= $1 AND first.leased_until <= $1 AND NOT EXISTS \
    (SELECT 1 FROM outbox AS earlier WHERE earlier.lane = first.lane AND earlier.dead = FALSE \
     AND earlier.id < first.id)) AS ready ORDER BY place, id LIMIT $2";

const NEXT_DUE: &str = "SELECT min(CASE WHEN due_at > leased_until THEN due_at ELSE leased_until END) \
    FROM outbox WHERE dead = FALSE";

/// Takes the first waiting job of a lane for a while. The attempt is recorded before the effect, so that the next
/// one knows that the effect may be there. Its number is the fence of every write about the job: whoever holds an older one
/// was too slow, and somebody else has the job by now. What this process has leased it may lease again: it runs a lane
/// once, so the earlier lease is one that it was never told of.
const LEASE: &str = "UPDATE outbox SET leased_until = $3, leased_by = $4, attempts = attempts + 1 \
    WHERE id = (SELECT min(id) FROM outbox WHERE lane = $1 AND dead = FALSE) \
    AND due_at <= $2 AND (leased_until <= $2 OR leased_by = $4) \
    RETURNING id, guild_id, lane, job, attempts, queued_at";

const DONE: &str = "DELETE FROM outbox WHERE id = $1 AND attempts = $2";

const LATER: &str = "UPDATE outbox SET due_at = $3, leased_until = 0, leased_by = NULL, last_error = $4 \
    WHERE id = $1 AND attempts = $2";

const BURY: &str = "UPDATE outbox SET dead = TRUE, leased_until = 0, leased_by = NULL, last_error = $3 \
    WHERE id = $1 AND attempts = $2";

const RELEASE_ALL: &str = "UPDATE outbox SET leased_until = 0 WHERE leased_until > 0";

const DEAD: &str = "SELECT o.id, o.guild_id, o.lane, o.job, o.attempts, o.queued_at, o.last_error, t.number \
    FROM outbox AS o LEFT JOIN tickets AS t ON t.id = o.ticket_id \
    WHERE o.dead = TRUE AND o.guild_id = $1 ORDER BY o.id DESC LIMIT $2";

const REVIVE: &str =
    "UPDATE outbox SET dead = FALSE, due_at = $3 WHERE guild_id = $1 AND dead = TRUE AND id <= $2";

const DISCARD: &str = "DELETE FROM outbox WHERE guild_id = $1 AND dead = TRUE AND id <= $2";

const BACKLOG: &str = "SELECT count(*), min(queued_at) FROM outbox WHERE dead = FALSE";

const WAITING: &str = "SELECT count(*) FROM outbox WHERE dead = FALSE";

#[derive(FromRow)]
struct JobRow {
    id: i64,
    guild_id: i64,
    lane: String,
    job: String,
    attempts: i64,
    queued_at: i64,
}

#[derive(FromRow)]
struct DeadRow {
    #[sqlx(flatten)]
    row: JobRow,
    last_error: Option<String>,
    number: Option<i64>,
}

impl TryFrom<JobRow> for QueuedJob {
    type Error = StoreError;

    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: JobId(row.id),
            guild: GuildId(row.guild_id),
            lane: lane("outbox", row.id, &row.lane)?,
            job: from_json("outbox", row.id, "job", &row.job)?,
            // The row counts this attempt already; the job is told of those before it.
            attempts: row.attempts - 1,
            queued_at: Timestamp(row.queued_at),
        })
    }
}

/// A job that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dead {
    /// The job.
    pub job: QueuedJob,
    /// The number of its ticket, if it is about one.
    pub number: Option<TicketNumber>,
    /// What Discord said at last.
    pub error: String,
}

/// What waits to be delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// How many jobs.
    pub waiting: i64,
    /// Since when the first of them waits.
    pub oldest: Option<Timestamp>,
}

impl Store {
    /// Lanes with something to deliver now, each with its server. The servers take turns, the longest waiting first.
    pub async fn ready_lanes(&self, now: Timestamp, limit: i64) -> Result<Vec<(GuildId, Lane)>, StoreError> {
        let rows: Vec<(i64, String)> = reading!(self, pool => {
            sqlx::query_as(READY).bind(now.0).bind(limit).fetch_all(pool).await
        })?;
        rows.iter().map(|(guild, code)| Ok((GuildId(*guild), lane("outbox", 0, code)?))).collect()
    }

    /// When the next job is due, if any waits.
    pub async fn next_delivery(&self) -> Result<Option<Timestamp>, StoreError> {
        let next: Option<i64> = reading!(self, pool => sqlx::query_scalar(NEXT_DUE).fetch_one(pool).await)?;
        Ok(next.map(Timestamp))
    }

    /// How many jobs wait.
    pub async fn waiting_jobs(&self) -> Result<i64, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(WAITING).fetch_one(pool).await)?)
    }

    /// How much waits, and since when.
    pub async fn backlog(&self) -> Result<Backlog, StoreError> {
        let (waiting, oldest): (i64, Option<i64>) =
            reading!(self, pool => sqlx::query_as(BACKLOG).fetch_one(pool).await)?;
        Ok(Backlog { waiting, oldest: oldest.map(Timestamp) })
    }

    /// The jobs of a server that were given up, latest first.
    pub async fn dead_jobs(&self, guild: GuildId, limit: i64) -> Result<Vec<Dead>, StoreError> {
        let rows: Vec<DeadRow> = reading!(self, pool => {
            sqlx::query_as(DEAD).bind(guild.0).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter()
            .map(|dead| {
                Ok(Dead {
                    job: dead.row.try_into()?,
                    number: dead.number.map(TicketNumber),
                    error: dead.last_error.unwrap_or_default(),
                })
            })
            .collect()
    }
}

impl Tx {
    /// Queues a follow-up of the change that this transaction makes.
    pub async fn enqueue(
        &mut self,
        guild: GuildId,
        lane: Lane,
        job: &Job,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.enqueue_all(guild, &[(lane, job)], now).await
    }

    /// Queues several follow-ups in one statement, those of a lane in this order.
    pub async fn enqueue_all(
        &mut self,
        guild: GuildId,
        jobs: &[(Lane, &Job)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if jobs.is_empty() {
            return Ok(());
        }
        writing!(self, connection => {
            let mut insert = QueryBuilder::new(INSERT);
            insert.push_values(jobs, |mut row, (lane, job)| {
                row.push_bind(guild.0)
                    .push_bind(lane.to_string())
                    .push_bind(lane.ticket().map(|ticket| ticket.0))
                    .push_bind(to_json(job))
                    .push_bind(now.0)
                    .push_bind(now.0);
            });
            insert.build().execute(connection).await?;
        });
        Ok(())
    }

    /// Queues a follow-up unless the same one waits already and was not begun.
    pub async fn enqueue_once(
        &mut self,
        guild: GuildId,
        lane: Lane,
        job: &Job,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(INSERT_ONCE)
                .bind(guild.0)
                .bind(lane.to_string())
                .bind(lane.ticket().map(|ticket| ticket.0))
                .bind(to_json(job))
                .bind(now.0)
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Takes the first waiting job of a lane for a process, if it may run now and nobody else has it.
    pub async fn lease_job(
        &mut self,
        lane: Lane,
        now: Timestamp,
        until: Timestamp,
        process: Option<ProcessKey>,
    ) -> Result<Option<QueuedJob>, StoreError> {
        let row: Option<JobRow> = writing!(self, connection => {
            sqlx::query_as(LEASE)
                .bind(lane.to_string())
                .bind(now.0)
                .bind(until.0)
                .bind(process.map(|process| process.0))
                .fetch_optional(connection)
                .await?
        });
        row.map(TryInto::try_into).transpose()
    }

    /// The effect is done. `false`, here and below, when the lease has passed to somebody else meanwhile, whose job it is
    /// then.
    pub async fn job_done(&mut self, job: &QueuedJob) -> Result<bool, StoreError> {
        Ok(writing!(self, connection => {
            let done = sqlx::query(DONE).bind(job.id.0).bind(job.fence());
            done.execute(connection).await?.rows_affected() > 0
        }))
    }

    /// Tries a job again at a later time.
    pub async fn job_later(
        &mut self,
        job: &QueuedJob,
        due_at: Timestamp,
        error: &str,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, connection => {
            let later = sqlx::query(LATER).bind(job.id.0).bind(job.fence()).bind(due_at.0).bind(error);
            later.execute(connection).await?.rows_affected() > 0
        }))
    }

    /// Gives a job up, with the reason kept.
    pub async fn bury_job(&mut self, job: &QueuedJob, error: &str) -> Result<bool, StoreError> {
        Ok(writing!(self, connection => {
            let buried = sqlx::query(BURY).bind(job.id.0).bind(job.fence()).bind(error);
            buried.execute(connection).await?.rows_affected() > 0
        }))
    }

    /// Tries a server's jobs again that were given up, up to one. How many there were.
    pub async fn revive_jobs(
        &mut self,
        guild: GuildId,
        newest: JobId,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        Ok(writing!(self, connection => {
            let revived = sqlx::query(REVIVE).bind(guild.0).bind(newest.0).bind(now.0);
            revived.execute(connection).await?.rows_affected()
        }))
    }

    /// Lets go of them instead. How many there were.
    pub async fn discard_jobs(&mut self, guild: GuildId, newest: JobId) -> Result<u64, StoreError> {
        Ok(writing!(self, connection => {
            sqlx::query(DISCARD).bind(guild.0).bind(newest.0).execute(connection).await?.rows_affected()
        }))
    }

    /// Takes every job back from a process that is gone. Only right where no other process can be running.
    pub async fn release_leases(&mut self) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(RELEASE_ALL).execute(connection).await?;
        });
        Ok(())
    }
}
