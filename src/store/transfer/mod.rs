//! Moving a desk: from one database into another, into a file, and back from it.
//!
//! What there is to move is read from the databases' own catalogues, so a table or column that is added later is moved
//! without a word here. The source is read in one transaction, and so as it was at one moment. Everything is written in
//! one transaction of the target, and read back and compared before it is committed: whenever a move is cut off, the
//! target is as it was, and the next attempt begins anew.
//!
//! It fails with a sentence when the two do not fit together, and never overwrites anything. What the desk writes to the
//! source after the move began is not moved.

mod backup;
mod catalog;
mod connection;
mod counters;
mod rows;

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{ConnectError, Database, Store, StoreError};
use catalog::Catalog;
use connection::{Connection, Reader};

pub use backup::{Backup, backup, restore, verify};
pub use connection::Schema;
pub use rows::Checksum;

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// A database could not be opened.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// A database failed on the way.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// There is no database where one is to be read.
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    /// The tables of a desk are not there.
    #[error("there is no desk in the database that is to be read")]
    NoDesk,
    /// The source was not brought up to date.
    #[error(
        "the database that is to be read is older than this program (migration {missing} is missing); start \
         `frontdesk run` on it once, or use the version that wrote it"
    )]
    Older {
        /// The first migration that is missing.
        missing: i64,
    },
    /// The databases do not have the same tables and columns.
    #[error("the two databases do not have the same tables: {0}")]
    Shape(String),
    /// Something else is in the target.
    #[error(
        "the database that is to be written is not empty: what table {table} holds ({rows} rows) is not what the \
         source holds; name an empty one"
    )]
    Occupied {
        /// The first such table.
        table: String,
        /// How many rows it holds.
        rows: u64,
    },
    /// Processes are serving the target.
    #[error("frontdesk is running on the database that is to be written; stop it first")]
    InUse,
    /// Source and target are one.
    #[error("both addresses name the same database")]
    SameDatabase,
    /// What arrived is not what was sent.
    #[error("table {table} arrived with {arrived}, and left with {sent}; nothing was kept")]
    Changed {
        /// Which table.
        table: String,
        /// What was read.
        sent: Checksum,
        /// What was read back.
        arrived: Checksum,
    },
    /// A file is not one of our backups, or is damaged.
    #[error("{} is no sound backup: {why}", file.display())]
    Unsound {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A file could not be written.
    #[error("cannot write {}: {why}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        why: String,
    },
}

impl From<StoreError> for TransferError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Database(error) => Self::Database(error),
            other @ StoreError::Inconsistent { .. } => Self::Shape(other.to_string()),
        }
    }
}

/// A table that was moved, or that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableFacts {
    /// Its name.
    pub table: String,
    /// What is in it.
    #[serde(flatten)]
    pub content: Checksum,
}

/// What a move came to.
#[derive(Clone, Debug)]
pub struct Moved {
    /// Every table, in the order in which they were written.
    pub tables: Vec<TableFacts>,
    /// Whether an earlier move had done all of it.
    pub was_there: bool,
    /// Whether frontdesk was running on the source, so that the target lacks what it writes from now on.
    pub is_running: bool,
}

/// Moves everything into an empty database, which is made when it is a file that is not there. Doing so again changes
/// nothing.
pub async fn copy(from: &Database, to: &Database) -> Result<Moved, TransferError> {
    if is_same(from, to) {
        return Err(TransferError::SameDatabase);
    }
    let mut source = Reader::open(from).await?;
    source.require_newest().await?;
    let is_running = source.is_served().await?;
    let moved = into_database(&mut source, to).await?;
    Ok(Moved { is_running, ..moved })
}

/// How a database stands, and what is in it, looked at without changing it.
#[derive(Clone, Debug)]
pub struct Holdings {
    /// Its tables as against those that this program knows.
    pub schema: Schema,
    /// Every table, with how many rows it holds.
    pub rows: Vec<(String, i64)>,
}

/// Looks at a database.
pub async fn look_into(database: &Database) -> Result<Holdings, TransferError> {
    let mut reader = Reader::open(database).await?;
    let schema = reader.schema().await?;
    let catalog = Catalog::read(&mut reader.connection()).await?;
    let rows = rows::counts(&mut reader.connection(), &catalog).await?;
    Ok(Holdings { schema, rows })
}

async fn into_database(source: &mut Reader, to: &Database) -> Result<Moved, TransferError> {
    let target = Store::open(to).await?;
    let moved = into_store(source, &target).await;
    target.close().await;
    moved
}

async fn into_store(source: &mut Reader, target: &Store) -> Result<Moved, TransferError> {
    if target.processes().await? > 1 {
        return Err(TransferError::InUse);
    }
    let mut tx = target.begin().await?;
    let mut into = Connection::of(&mut tx);
    into.be_patient().await?;
    let moved = pour(&mut source.connection(), &mut into).await?;
    tx.commit().await?;
    Ok(moved)
}

/// Moves everything from one connection to another, where it is read back and compared. The caller commits.
async fn pour(source: &mut Connection<'_>, target: &mut Connection<'_>) -> Result<Moved, TransferError> {
    let catalog = Catalog::read(source).await?;
    catalog.must_be(&Catalog::read(target).await?)?;
    let there = rows::facts(target, &catalog).await?;
    if let Some(occupied) = there.iter().find(|facts| facts.content.rows > 0) {
        let sent = rows::facts(source, &catalog).await?;
        if sent == there {
            return Ok(Moved { tables: there, was_there: true, is_running: false });
        }
        let other = there.iter().zip(&sent).find(|(there, sent)| there != sent && there.content.rows > 0);
        let other = other.map_or(occupied, |(there, _)| there);
        return Err(TransferError::Occupied { table: other.table.clone(), rows: other.content.rows });
    }
    let mut tables = Vec::new();
    for table in &catalog.tables {
        let sent = rows::copy(source, table, target).await?;
        let arrived = rows::checksum(target, table).await?;
        if sent != arrived {
            return Err(TransferError::Changed { table: table.name.clone(), sent, arrived });
        }
        counters::carry_over(source, table, target).await?;
        tables.push(TableFacts { table: table.name.clone(), content: sent });
    }
    Ok(Moved { tables, was_there: false, is_running: false })
}

fn is_same(one: &Database, other: &Database) -> bool {
    use secrecy::ExposeSecret as _;
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    match (one, other) {
        (Database::Sqlite(one), Database::Sqlite(other)) => real(one) == real(other),
        (Database::Postgres(one), Database::Postgres(other)) => one.expose_secret() == other.expose_secret(),
        _ => false,
    }
}
