//! The database: SQLite in the data folder, or PostgreSQL when one machine is outgrown.
//!
//! One statement text serves both, with `$1` placeholders and BIGINT, TEXT and BOOLEAN only. Reads are methods of
//! [`Store`]; writes are methods of [`Tx`], so that a change and what must follow from it commit together. Nothing
//! found is `None`; a row that no code of ours can have written is an [`StoreError::Inconsistent`].

mod article_versions;
mod articles;
mod attachments;
mod categories;
mod connect;
mod deadlines;
mod desks;
mod digests;
mod duties;
mod escalations;
mod events;
mod experience;
mod export;
mod feedback;
mod figures;
mod incidents;
mod kept;
mod notices;
mod outbox;
mod practice;
mod privacy;
mod processes;
mod proposals;
mod questions;
mod reconcile;
mod registrations;
mod reports;
mod retentions;
mod review_reminders;
mod shelf_revisions;
mod specialisms;
mod terms;
mod tickets;
mod timers;
pub mod transfer;
mod vitals;

use std::sync::Arc;

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::meter;
use processes::Presence;

pub use articles::{ArticleKey, NewArticle};
pub use connect::{ConnectError, Database};
pub use figures::{ArticleFigures, QuestionFigures};
pub use notices::Notices;
pub use outbox::{Backlog, Dead};
pub use privacy::Renaming;
pub use processes::{HeldShard, ProcessKey};
pub use reconcile::Deliveries;
pub use tickets::{NewTicket, TicketKey};
pub use timers::Due;
pub use vitals::Vitals;

pub use crate::domain::job::Timer;

/// What can go wrong below a use case. None of it is a person's mistake.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or was not reached.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// A row holds what nothing writes.
    #[error("row {id} of {table} is inconsistent: {why}")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// Which row.
        id: i64,
        /// What is wrong with it.
        why: String,
    },
}

/// Every failure of the database comes by here, and so it is counted here.
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        meter::database_failed();
        Self::Database(error)
    }
}

/// The tables of every desk.
#[derive(Clone, Debug)]
pub struct Store {
    pool: Pool,
}

#[derive(Clone, Debug)]
enum Pool {
    /// One writer, because SQLite has one; readers beside it, because WAL lets them.
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    /// Shared with other processes, each of which makes itself known unless it only looks.
    Postgres { pool: PgPool, presence: Option<Arc<Presence>> },
}

/// A transaction that writes. Dropping it undoes everything.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite, begun as IMMEDIATE: it waits for its turn instead of failing half-way.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// Runs one body against whichever pool reads.
macro_rules! reading {
    ($store:expr, $pool:ident => $body:expr) => {{
        let _timed = crate::meter::database("read");
        match &$store.pool {
            crate::store::Pool::Sqlite { readers: $pool, .. } => $body,
            crate::store::Pool::Postgres { pool: $pool, .. } => $body,
        }
    }};
}

/// Runs one body against whichever connection the transaction holds.
macro_rules! writing {
    ($tx:expr, $connection:ident => $body:expr) => {{
        let _timed = crate::meter::database("write");
        match $tx {
            crate::store::Tx::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            crate::store::Tx::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    }};
}

use {reading, writing};

impl Store {
    /// Begins a transaction that writes.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let _timed = meter::database("begin");
        Ok(match &self.pool {
            Pool::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pool::Postgres { pool, .. } => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Whether this process is the only one that can use the database.
    pub const fn is_exclusive(&self) -> bool {
        matches!(self.pool, Pool::Sqlite { .. })
    }

    /// Ends all connections, after what they are doing.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pool::Postgres { pool, .. } => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything written so far durable, all of it or nothing.
    pub async fn commit(self) -> Result<(), StoreError> {
        let _timed = meter::database("commit");
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

/// Text of a JSON column. Our own types only, which always have a JSON form.
fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("our own types have a JSON form")
}

/// The reverse of [`to_json`]; a failure names the row.
fn from_json<T: serde::de::DeserializeOwned>(
    table: &'static str,
    id: i64,
    column: &'static str,
    text: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Inconsistent {
        table,
        id,
        why: format!("{column}: {error}"),
    })
}

/// What a row is about.
fn lane(table: &'static str, id: i64, code: &str) -> Result<crate::domain::job::Lane, StoreError> {
    code.parse().map_err(|_| StoreError::Inconsistent { table, id, why: format!("no lane {code}") })
}

/// The language of a row.
fn language(
    table: &'static str,
    id: i64,
    code: &str,
) -> Result<crate::domain::article::Language, StoreError> {
    crate::domain::article::Language::from_locale(code).ok_or_else(|| StoreError::Inconsistent {
        table,
        id,
        why: format!("no language {code}"),
    })
}
