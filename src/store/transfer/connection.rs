//! Connections for a move: one that reads a database as it was at one moment, and whichever a transaction holds.

use std::path::Path;
use std::str::FromStr as _;

use secrecy::ExposeSecret as _;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Executor as _};

use super::TransferError;
use crate::store::connect::{BUSY_TIMEOUT, POSTGRES, SQLITE};
use crate::store::{ConnectError, Database, Tx, processes};

const MIGRATED_SQLITE: &str = "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
const MIGRATED_POSTGRES: &str = "SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
    WHERE c.relname = '_sqlx_migrations' AND n.nspname = current_schema()";
const APPLIED: &str = "SELECT version FROM _sqlx_migrations ORDER BY version";
/// One side of a move waits while the other is read, for longer than PostgreSQL may let a transaction stand idle.
const MAY_STAND_IDLE: &str = "SET LOCAL idle_in_transaction_session_timeout = 0";

/// A database that is only read, in one transaction.
#[derive(Debug)]
pub(super) enum Reader {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// A connection of either kind, in a transaction of somebody's.
pub(super) enum Connection<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// Runs one body on either connection.
macro_rules! on {
    ($connection:expr, $inner:ident => $body:expr) => {
        match $connection {
            crate::store::transfer::connection::Connection::Sqlite($inner) => $body,
            crate::store::transfer::connection::Connection::Postgres($inner) => $body,
        }
    };
}

pub(super) use on;

/// The tables of a database as against those that this program knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schema {
    /// The same.
    Newest,
    /// Some migrations are missing; the first of them.
    Older(i64),
    /// A migration is there that this program does not know.
    Newer(i64),
}

impl Reader {
    /// Opens a database, which must be there, and begins reading.
    pub(super) async fn open(database: &Database) -> Result<Self, TransferError> {
        match database {
            Database::Sqlite(path) => Self::open_file(path).await,
            Database::Postgres(url) => {
                let options =
                    PgConnectOptions::from_str(url.expose_secret()).map_err(|_| ConnectError::Address)?;
                let mut connection =
                    PgConnection::connect_with(&options).await.map_err(ConnectError::Open)?;
                connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
                Connection::Postgres(&mut connection).be_patient().await?;
                Ok(Self::Postgres(connection))
            }
        }
    }

    /// The same for a file.
    pub(super) async fn open_file(path: &Path) -> Result<Self, TransferError> {
        if !path.exists() {
            return Err(TransferError::Missing(path.to_owned()));
        }
        let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(BUSY_TIMEOUT);
        let mut connection = SqliteConnection::connect_with(&options).await.map_err(ConnectError::Open)?;
        connection.execute("BEGIN").await?;
        Ok(Self::Sqlite(connection))
    }

    pub(super) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Sqlite(connection) => Connection::Sqlite(connection),
            Self::Postgres(connection) => Connection::Postgres(connection),
        }
    }

    /// How the tables stand. A newer database is refused by everybody, also by who only reads.
    pub(super) async fn schema(&mut self) -> Result<Schema, TransferError> {
        let applied = self.applied().await?;
        let known: Vec<i64> = self.migrator().iter().map(|migration| migration.version).collect();
        if let Some(unknown) = applied.iter().find(|version| !known.contains(version)) {
            return Ok(Schema::Newer(*unknown));
        }
        let missing = known.into_iter().find(|version| !applied.contains(version));
        Ok(missing.map_or(Schema::Newest, Schema::Older))
    }

    /// The migrations that were made, oldest first.
    pub(super) async fn applied(&mut self) -> Result<Vec<i64>, TransferError> {
        let statement = match self {
            Self::Sqlite(_) => MIGRATED_SQLITE,
            Self::Postgres(_) => MIGRATED_POSTGRES,
        };
        let mut connection = self.connection();
        let migrated: i64 =
            on!(&mut connection, inner => sqlx::query_scalar(statement).fetch_one(&mut **inner).await?);
        if migrated == 0 {
            return Err(TransferError::NoDesk);
        }
        Ok(on!(&mut connection, inner => sqlx::query_scalar(APPLIED).fetch_all(&mut **inner).await?))
    }

    /// Fails for a database that is newer than this program.
    pub(super) async fn require_known(&mut self) -> Result<Schema, TransferError> {
        match self.schema().await? {
            Schema::Newer(version) => Err(ConnectError::Newer(version).into()),
            known => Ok(known),
        }
    }

    /// Fails for a database that is not exactly this program's.
    pub(super) async fn require_newest(&mut self) -> Result<(), TransferError> {
        match self.require_known().await? {
            Schema::Older(missing) => Err(TransferError::Older { missing }),
            _ => Ok(()),
        }
    }

    /// Whether frontdesk is known to be running on it. SQLite does not tell.
    pub(super) async fn is_served(&mut self) -> Result<bool, TransferError> {
        match self {
            Self::Sqlite(_) => Ok(false),
            Self::Postgres(connection) => Ok(processes::alive(connection).await? > 0),
        }
    }

    fn migrator(&self) -> &'static Migrator {
        match self {
            Self::Sqlite(_) => &SQLITE,
            Self::Postgres(_) => &POSTGRES,
        }
    }
}

impl<'a> Connection<'a> {
    /// The connection that a transaction holds.
    pub(super) fn of(tx: &'a mut Tx) -> Self {
        match tx {
            Tx::Sqlite(transaction) => Self::Sqlite(transaction),
            Tx::Postgres(transaction) => Self::Postgres(transaction),
        }
    }

    /// Lets the transaction wait for as long as the other side of the move takes.
    pub(super) async fn be_patient(&mut self) -> Result<(), TransferError> {
        if let Self::Postgres(connection) = self {
            connection.execute(MAY_STAND_IDLE).await?;
        }
        Ok(())
    }
}
