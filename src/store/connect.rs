//! Opening a database and bringing its tables up to date.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection as _, Executor as _};

use super::processes::Presence;
use super::{Pool, Store};

pub(super) static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
pub(super) static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a statement of SQLite waits for another process to let go of the file.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a use case waits for a connection before it gives up with an incident: SQLite has one writer, and many may
/// want something at once. Whoever waits for an answer knows by then that it is late.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(20);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

/// What every connection to PostgreSQL begins with. A process that stands still in the middle of a transaction, or whose
/// machine is gone from the network, must not keep what it has locked from the others: by default the server waits for
/// two hours (postgresql.org/docs/current/runtime-config-client.html and runtime-config-connection.html).
pub(super) const SESSION: &str = "SET idle_in_transaction_session_timeout = '10s'; SET tcp_keepalives_idle = '5s'; \
    SET tcp_keepalives_interval = '2s'; SET tcp_keepalives_count = 3; SET tcp_user_timeout = '15s'";

/// Which database, from `DATABASE_URL`.
#[derive(Clone, Debug)]
pub enum Database {
    /// A file of this machine.
    Sqlite(PathBuf),
    /// A server. The address may hold a password.
    Postgres(SecretString),
}

/// Why a database could not be opened. Each is a sentence that an admin can act on, without the address's password.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Not an address that we know.
    #[error("it must be sqlite://<path> or postgres://<user>@<host>/<database>")]
    Address,
    /// The folder of the file cannot be made or written.
    #[error("cannot write the database {path}: {reason}")]
    Folder {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },
    /// The database did not let us in.
    #[error("cannot open the database: {0}")]
    Open(#[source] sqlx::Error),
    /// The tables are newer than this program.
    #[error(
        "the database was written by a newer frontdesk (migration {0}); start that version or a newer one"
    )]
    Newer(i64),
    /// A migration failed.
    #[error("cannot bring the database up to date: {0}")]
    Migrate(#[source] MigrateError),
}

impl Database {
    /// Reads an address.
    pub fn from_url(url: &SecretString) -> Result<Self, ConnectError> {
        let text = url.expose_secret();
        if let Some(path) = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")) {
            return if path.is_empty() { Err(ConnectError::Address) } else { Ok(Self::Sqlite(path.into())) };
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            PgConnectOptions::from_str(text).map_err(|_| ConnectError::Address)?;
            return Ok(Self::Postgres(url.clone()));
        }
        Err(ConnectError::Address)
    }
}

impl Store {
    /// Opens the database, makes it when it is a file that is not there yet, and brings its tables up to date.
    pub async fn open(database: &Database) -> Result<Self, ConnectError> {
        let pool = match database {
            Database::Sqlite(path) => open_sqlite(path).await?,
            Database::Postgres(url) => open_postgres(url).await?,
        };
        Ok(Self { pool })
    }

    /// Opens a database of this program's own version to look at it: nothing is made or changed, and nobody learns of it.
    pub async fn look(database: &Database) -> Result<Self, ConnectError> {
        let pool = match database {
            Database::Sqlite(path) => {
                let readers = sqlite_readers(sqlite_options(path)).await?;
                Pool::Sqlite { writer: readers.clone(), readers }
            }
            Database::Postgres(url) => {
                Pool::Postgres { pool: postgres_pool(postgres_options(url)?, 1).await?, presence: None }
            }
        };
        Ok(Self { pool })
    }
}

fn sqlite_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL, because a confirmation to a person must survive a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
}

async fn sqlite_readers(options: SqliteConnectOptions) -> Result<SqlitePool, ConnectError> {
    SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options.read_only(true))
        .await
        .map_err(ConnectError::Open)
}

fn postgres_options(url: &SecretString) -> Result<PgConnectOptions, ConnectError> {
    PgConnectOptions::from_str(url.expose_secret()).map_err(|_| ConnectError::Address)
}

async fn postgres_pool(options: PgConnectOptions, connections: u32) -> Result<PgPool, ConnectError> {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .after_connect(|connection, _| Box::pin(async move { connection.execute(SESSION).await.map(drop) }))
        .connect_with(options)
        .await
        .map_err(ConnectError::Open)
}

async fn open_sqlite(path: &Path) -> Result<Pool, ConnectError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|error| ConnectError::Folder { path: path.to_owned(), reason: error.to_string() })?;
    }
    let options = sqlite_options(path).create_if_missing(true);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // When the disk is full or fails, SQLite ends a transaction by itself (sqlite.org/lang_transaction.html, "Response To
        // Errors Within A Transaction"). sqlx 0.9 then cannot roll back, believes to be in it for good, and begins no
        // other one on that connection; so it is replaced.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_with(options.clone())
        .await
        .map_err(ConnectError::Open)?;
    SQLITE.run(&writer).await.map_err(migration_failed)?;
    let readers = sqlite_readers(options).await?;
    Ok(Pool::Sqlite { writer, readers })
}

async fn open_postgres(url: &SecretString) -> Result<Pool, ConnectError> {
    let options = postgres_options(url)?;
    let pool = postgres_pool(options.clone(), POSTGRES_CONNECTIONS).await?;
    // sqlx holds an advisory lock meanwhile, so that processes that start together do not migrate together.
    POSTGRES.run(&pool).await.map_err(migration_failed)?;
    let key = rand::rng().random_range(1..=i32::MAX);
    let presence = Presence::announce(options, key).await.map_err(ConnectError::Open)?;
    Ok(Pool::Postgres { pool, presence: Some(Arc::new(presence)) })
}

fn migration_failed(error: MigrateError) -> ConnectError {
    match error {
        MigrateError::VersionMissing(version) => ConnectError::Newer(version),
        other => ConnectError::Migrate(other),
    }
}
