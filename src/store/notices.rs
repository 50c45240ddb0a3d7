//! Notices between processes that share a PostgreSQL, by its LISTEN and NOTIFY.
//!
//! A notice is sent in the transaction that changes something, so PostgreSQL gives it out at the commit, and not at all when
//! there is none. It only says that there is something to look for: one that is missed, because a connection was
//! lost, costs its reader the time until the next look. On SQLite there is nobody to tell.
//!
//! Deliveries are not announced like this: a transaction that notifies holds a lock of the whole server while it commits
//! (postgresql.org, `PreCommit_Notify`), and whoever queues a delivery also makes it.

use sqlx::postgres::PgListener;

use super::{Pool, Store, StoreError, Tx};

/// The notice that a server's shelf has changed.
const SHELVES: &str = "frontdesk_shelves";

const NOTIFY: &str = "SELECT pg_notify($1, '')";

/// A connection on which changed shelves are heard of.
#[derive(Debug)]
pub struct Notices(PgListener);

impl Store {
    /// Begins to hear of changed shelves; `None` where there is no other process to hear of.
    pub async fn hear_of_shelves(&self) -> Result<Option<Notices>, StoreError> {
        let Pool::Postgres { pool, .. } = &self.pool else { return Ok(None) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(SHELVES).await?;
        // Whoever lost it looks again before the next one is made, or what happened in between would be missed.
        listener.eager_reconnect(false);
        Ok(Some(Notices(listener)))
    }
}

impl Notices {
    /// Waits for a notice. `false` when the connection is lost: another one has to be made.
    pub async fn next(&mut self) -> Result<bool, StoreError> {
        Ok(self.0.try_recv().await?.is_some())
    }
}

impl Tx {
    /// Tells the other processes, as soon as this transaction commits, that a shelf has changed.
    pub(super) async fn notify_of_shelves(&mut self) -> Result<(), StoreError> {
        if let Self::Postgres(transaction) = self {
            sqlx::query(NOTIFY).bind(SHELVES).execute(&mut **transaction).await?;
        }
        Ok(())
    }
}
