//! How the database is, and what it holds right now: asked by those who watch over the desk.

use sqlx::Executor as _;

use super::{Backlog, Pool, Store, StoreError, reading};

/// A partial index holds the tickets that are open.
const OPEN_TICKETS: &str =
    "SELECT status, count(*) FROM tickets WHERE status <> 'resolved' AND status <> 'closed' GROUP BY status";

const DEAD_JOBS: &str = "SELECT count(*) FROM outbox WHERE dead = TRUE";

/// PostgreSQL gives a transaction a number when it writes, and then its end goes to the disk (PostgreSQL docs, system
/// information functions). A server that only follows another gives none.
const WRITE_POSTGRES: &str = "SELECT pg_current_xact_id()";

/// SQLite keeps a number in the file's head that means nothing to it (sqlite.org/pragma.html, `user_version`).
const WRITE_SQLITE: &str = "PRAGMA user_version = 1";

/// What is open and what waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vitals {
    /// How many tickets are open, by state.
    pub open_tickets: Vec<(String, i64)>,
    /// What waits to be delivered.
    pub backlog: Backlog,
    /// How many deliveries were given up.
    pub dead_jobs: i64,
}

impl Store {
    /// Writes something that means nothing and makes it durable, as everything that people are told of must be.
    pub async fn probe(&self) -> Result<(), StoreError> {
        match &self.pool {
            Pool::Sqlite { writer, .. } => {
                let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
                transaction.execute(WRITE_SQLITE).await?;
                transaction.commit().await?;
            }
            Pool::Postgres { pool, .. } => {
                let mut transaction = pool.begin().await?;
                transaction.execute(WRITE_POSTGRES).await?;
                transaction.commit().await?;
            }
        }
        Ok(())
    }

    /// What is open and what waits, over all servers.
    pub async fn vitals(&self) -> Result<Vitals, StoreError> {
        let mut open_tickets: Vec<(String, i64)> =
            reading!(self, pool => sqlx::query_as(OPEN_TICKETS).fetch_all(pool).await)?;
        // A state that nothing is in is a figure as well.
        for status in ["queued", "claimed", "escalated", "accepted"] {
            if open_tickets.iter().all(|(name, _)| name != status) {
                open_tickets.push((status.to_owned(), 0));
            }
        }
        let dead_jobs = reading!(self, pool => sqlx::query_scalar(DEAD_JOBS).fetch_one(pool).await)?;
        Ok(Vitals { open_tickets, backlog: self.backlog().await?, dead_jobs })
    }
}
