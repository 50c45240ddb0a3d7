//! Tables `shard_leases`, `processes` and `taken_interactions`, and which processes are alive: for several processes on
//! one PostgreSQL.
//!
//! A process is alive while it holds an advisory lock of its own on a connection kept for that. PostgreSQL gives the
//! lock back as soon as the connection ends, so a killed process is known to be gone within moments. One that stands
//! still, or whose machine is gone from the network, keeps its lock; its leases run out, and as it does not say any more
//! that it is there, the others leave no share of the shards to it. All times here are the database's, so that the
//! processes' clocks need not agree. On SQLite there is one process, which holds everything: nothing here is asked there.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection as _, Executor as _, FromRow, PgPool};
use tokio::sync::Mutex;

use super::{Pool, Store, StoreError};
use crate::domain::time::Timestamp;

/// The class of our advisory locks, "desk" in ASCII; the second key is the process.
const LOCK_CLASS: i32 = 0x6465_736b;

/// The processes that are alive. Oids are unsigned; our keys are positive and small enough.
macro_rules! alive {
    () => {
        "(SELECT CAST(objid AS BIGINT) FROM pg_locks WHERE locktype = 'advisory' AND granted \
          AND classid = 1684370283 AND objsubid = 2 \
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    };
}

/// The database's clock.
macro_rules! now {
    () => {
        "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"
    };
}

const LOCK: &str = "SELECT pg_advisory_lock($1, $2)";

const BE_SEEN: &str = concat!(
    "INSERT INTO processes (process, seen_at) VALUES ($1, ",
    now!(),
    ") ON CONFLICT (process) DO UPDATE SET seen_at = EXCLUDED.seen_at"
);

const FORGET_DEAD: &str = concat!("DELETE FROM processes WHERE process NOT IN ", alive!());

/// The others that listen, or will, to shards of this many in all, but for those that said longer than so many
/// milliseconds ago that they are there. Discord may have asked for another number when they started.
const SHARING: &str = concat!(
    "SELECT count(DISTINCT process) FROM ",
    alive!(),
    " AS living (process) WHERE process <> $2 \
     AND process NOT IN (SELECT process FROM processes WHERE seen_at < ",
    now!(),
    " - $3) AND process NOT IN (SELECT holder FROM shard_leases \
     WHERE total <> $1 AND holder IS NOT NULL AND expires_at >= ",
    now!(),
    ")"
);

const ALIVE: &str = concat!("SELECT count(DISTINCT process) FROM ", alive!(), " AS living (process)");

const FREE_JOBS: &str = concat!(
    "UPDATE outbox SET leased_until = 0, leased_by = NULL WHERE leased_until > 0 AND leased_by IS NOT NULL \
     AND leased_by NOT IN ",
    alive!()
);

const MAKE_LEASES: &str = "INSERT INTO shard_leases (total, shard) SELECT $1, shard \
    FROM generate_series(0, $1 - 1) AS all_shards (shard) ON CONFLICT DO NOTHING";

const RENEW: &str = concat!(
    "UPDATE shard_leases SET expires_at = ",
    now!(),
    " + $3 WHERE total = $1 AND holder = $2 RETURNING shard, leaving"
);

const TAKE_FREE: &str = concat!(
    "UPDATE shard_leases SET holder = $2, successor = NULL, leaving = FALSE, fence = fence + 1, expires_at = ",
    now!(),
    " + $3 WHERE total = $1 AND shard IN (SELECT shard FROM shard_leases WHERE total = $1 \
     AND (holder IS NULL OR expires_at < ",
    now!(),
    " OR holder NOT IN ",
    alive!(),
    ") ORDER BY shard LIMIT $4 FOR UPDATE SKIP LOCKED) RETURNING shard"
);

const SUCCEED: &str = concat!(
    "UPDATE shard_leases SET successor = $2 WHERE total = $1 AND shard IN (SELECT shard FROM shard_leases \
     WHERE total = $1 AND leaving AND holder <> $2 AND (successor IS NULL OR successor NOT IN ",
    alive!(),
    ") ORDER BY shard LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING shard"
);

const ARRIVE: &str = concat!(
    "UPDATE shard_leases SET holder = $3, successor = NULL, leaving = FALSE, fence = fence + 1, expires_at = ",
    now!(),
    " + $4 WHERE total = $1 AND shard = $2 AND successor = $3"
);

const LEAVE: &str = "UPDATE shard_leases SET leaving = TRUE WHERE total = $1 AND shard = $2 AND holder = $3";

const STAY: &str = "UPDATE shard_leases SET leaving = FALSE, successor = NULL WHERE total = $1 AND shard = $2 AND holder = $3";

const RELEASE: &str = "UPDATE shard_leases SET holder = NULL, successor = NULL, leaving = FALSE, expires_at = 0 \
    WHERE total = $1 AND shard = $2 AND holder = $3";

const TAKE_INTERACTION: &str =
    "INSERT INTO taken_interactions (id, taken_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";

const FORGET_INTERACTIONS: &str = "DELETE FROM taken_interactions WHERE taken_at < $1";

/// This process among those that share the database.
#[derive(Debug)]
pub(super) struct Presence {
    key: i32,
    options: PgConnectOptions,
    /// Holds the lock; none while it is being made anew.
    connection: Mutex<Option<PgConnection>>,
}

/// One of the processes that share a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessKey(pub(super) i64);

/// A shard that this process holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct HeldShard {
    /// Which.
    pub shard: i64,
    /// Whether it is to be handed over.
    pub leaving: bool,
}

impl Presence {
    /// Makes this process known.
    pub(super) async fn announce(options: PgConnectOptions, key: i32) -> Result<Self, sqlx::Error> {
        let connection = Mutex::new(Some(lock(&options, key).await?));
        Ok(Self { key, options, connection })
    }

    fn key(&self) -> i64 {
        i64::from(self.key)
    }

    /// Sees to it that the lock is held, also after the database was restarted.
    async fn keep(&self) -> Result<(), StoreError> {
        let mut held = self.connection.lock().await;
        if let Some(connection) = held.as_mut()
            && connection.ping().await.is_ok()
        {
            return Ok(());
        }
        *held = None;
        *held = Some(lock(&self.options, self.key).await?);
        Ok(())
    }
}

async fn lock(options: &PgConnectOptions, key: i32) -> Result<PgConnection, sqlx::Error> {
    let mut connection = PgConnection::connect_with(options).await?;
    connection.execute(super::connect::SESSION).await?;
    sqlx::query(LOCK).bind(LOCK_CLASS).bind(key).execute(&mut connection).await?;
    Ok(connection)
}

/// How many processes share the database of a connection.
pub(super) async fn alive(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(ALIVE).fetch_one(connection).await
}

impl Store {
    /// The pool and this process among those that share it; `None` on SQLite, and for who only looks.
    fn shared(&self) -> Option<(&PgPool, &Presence)> {
        match &self.pool {
            Pool::Sqlite { .. } => None,
            Pool::Postgres { pool, presence } => Some((pool, presence.as_deref()?)),
        }
    }

    /// Which process this is; `None` where it is the only one.
    pub fn process(&self) -> Option<ProcessKey> {
        self.shared().map(|(_, presence)| ProcessKey(presence.key()))
    }

    /// Lets the others know that this process is there, and takes back what dead ones had. How many jobs were taken back.
    pub async fn keep_present(&self) -> Result<u64, StoreError> {
        let Some((pool, presence)) = self.shared() else { return Ok(0) };
        presence.keep().await?;
        sqlx::query(BE_SEEN).bind(presence.key()).execute(pool).await?;
        Ok(sqlx::query(FREE_JOBS).execute(pool).await?.rows_affected())
    }

    /// How many processes share the database, this one among them.
    pub async fn processes(&self) -> Result<i64, StoreError> {
        let Some((pool, _)) = self.shared() else { return Ok(1) };
        Ok(sqlx::query_scalar(ALIVE).fetch_one(pool).await?)
    }

    /// How many processes share so many shards among them, this one included. Whoever let others know that it is there, but
    /// not in the last so many milliseconds, stands still and shares nothing.
    pub async fn processes_sharing(&self, total: u32, seen_within_ms: i64) -> Result<i64, StoreError> {
        let Some((pool, presence)) = self.shared() else { return Ok(1) };
        let others =
            sqlx::query_scalar(SHARING).bind(i64::from(total)).bind(presence.key()).bind(seen_within_ms);
        let others: i64 = others.fetch_one(pool).await?;
        Ok(others + 1)
    }

    /// Renews this process's leases for so many milliseconds, and says which it still has.
    pub async fn renew_shards(&self, total: u32, ttl_ms: i64) -> Result<Vec<HeldShard>, StoreError> {
        let Some((pool, presence)) = self.shared() else { return Ok(Vec::new()) };
        sqlx::query(MAKE_LEASES).bind(i64::from(total)).execute(pool).await?;
        let renewed = sqlx::query_as(RENEW).bind(i64::from(total)).bind(presence.key()).bind(ttl_ms);
        Ok(renewed.fetch_all(pool).await?)
    }

    /// Takes up to so many shards that nobody alive holds.
    pub async fn take_free_shards(
        &self,
        total: u32,
        ttl_ms: i64,
        at_most: i64,
    ) -> Result<Vec<i64>, StoreError> {
        let Some((pool, presence)) = self.shared() else { return Ok(Vec::new()) };
        let taken = sqlx::query_scalar(TAKE_FREE)
            .bind(i64::from(total))
            .bind(presence.key())
            .bind(ttl_ms)
            .bind(at_most);
        Ok(taken.fetch_all(pool).await?)
    }

    /// Offers to take over up to so many shards whose holders are leaving. They are this process's only after
    /// [`Self::shard_arrived`].
    pub async fn succeed_shards(&self, total: u32, at_most: i64) -> Result<Vec<i64>, StoreError> {
        let Some((pool, presence)) = self.shared() else { return Ok(Vec::new()) };
        let offered = sqlx::query_scalar(SUCCEED).bind(i64::from(total)).bind(presence.key()).bind(at_most);
        Ok(offered.fetch_all(pool).await?)
    }

    /// This process listens to a shard that it offered to take over: the former holder may go. `false` when that one
    /// thought better of it.
    pub async fn shard_arrived(&self, total: u32, shard: i64, ttl_ms: i64) -> Result<bool, StoreError> {
        let Some((pool, presence)) = self.shared() else { return Ok(false) };
        let arrived =
            sqlx::query(ARRIVE).bind(i64::from(total)).bind(shard).bind(presence.key()).bind(ttl_ms);
        Ok(arrived.execute(pool).await?.rows_affected() > 0)
    }

    /// Asks the others to take a shard over.
    pub async fn leave_shard(&self, total: u32, shard: i64) -> Result<(), StoreError> {
        self.change_shard(LEAVE, total, shard).await
    }

    /// Takes [`Self::leave_shard`] back.
    pub async fn stay_on_shard(&self, total: u32, shard: i64) -> Result<(), StoreError> {
        self.change_shard(STAY, total, shard).await
    }

    /// Lets go of a shard at once.
    pub async fn release_shard(&self, total: u32, shard: i64) -> Result<(), StoreError> {
        self.change_shard(RELEASE, total, shard).await
    }

    async fn change_shard(&self, statement: &'static str, total: u32, shard: i64) -> Result<(), StoreError> {
        let Some((pool, presence)) = self.shared() else { return Ok(()) };
        sqlx::query(statement).bind(i64::from(total)).bind(shard).bind(presence.key()).execute(pool).await?;
        Ok(())
    }

    /// Whether this process is the one to act on an interaction. Of several that are told of it one is.
    pub async fn take_interaction(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        let Some((pool, _)) = self.shared() else { return Ok(true) };
        let taken = sqlx::query(TAKE_INTERACTION).bind(id).bind(now.0).execute(pool).await?;
        Ok(taken.rows_affected() > 0)
    }

    /// Forgets interactions that nobody can be told of any more, and processes that are gone.
    pub async fn forget_past(&self, before: Timestamp) -> Result<(), StoreError> {
        let Some((pool, _)) = self.shared() else { return Ok(()) };
        sqlx::query(FORGET_DEAD).execute(pool).await?;
        sqlx::query(FORGET_INTERACTIONS).bind(before.0).execute(pool).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::LOCK_CLASS;

    #[test]
    fn the_class_in_the_statements_is_the_one_that_is_locked() {
        assert_eq!(LOCK_CLASS, 1_684_370_283);
    }
}
