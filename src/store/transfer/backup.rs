//! Backups: one file, the same for both databases. It is a SQLite database with all tables of the desk, and with two
//! more that say what must be in it.
//!
//! A file appears under its name only when it is whole and on the disk.

use std::path::{Path, PathBuf};

use serde::Serialize;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection as _, Executor as _};

use super::catalog::Catalog;
use super::connection::{Connection, Reader, Schema};
use super::{Moved, TableFacts, TransferError, into_database, pour, rows};
use crate::domain::time::Timestamp;
use crate::store::connect::{BUSY_TIMEOUT, SQLITE};
use crate::store::{ConnectError, Database};

/// The version of what a backup says of itself.
const FORMAT: i64 = 1;

const DESCRIBE: &str = "CREATE TABLE _backup (format BIGINT NOT NULL, made_at BIGINT NOT NULL); \
    CREATE TABLE _backup_tables (name TEXT NOT NULL PRIMARY KEY, rows BIGINT NOT NULL, checksum TEXT NOT NULL)";
const MADE: &str = "INSERT INTO _backup (format, made_at) VALUES ($1, $2)";
const HOLDS: &str = "INSERT INTO _backup_tables (name, rows, checksum) VALUES ($1, $2, $3)";
const IS_BACKUP: &str = "SELECT count(*) FROM sqlite_master WHERE name = '_backup'";
const READ_MADE: &str = "SELECT format, made_at FROM _backup";
const READ_HOLDS: &str = "SELECT name, rows, checksum FROM _backup_tables ORDER BY name";

/// A backup that is whole.
#[derive(Clone, Debug, Serialize)]
pub struct Backup {
    /// When it was made, in UTC milliseconds.
    pub made_at: Timestamp,
    /// What is in it.
    pub tables: Vec<TableFacts>,
    /// The first migration that this program has to make when it is restored.
    pub first_migration_missing: Option<i64>,
}

/// Writes everything into a new file, as it is at one moment, also while the desk runs.
pub async fn backup(from: &Database, file: &Path, now: Timestamp) -> Result<Backup, TransferError> {
    if file.exists() {
        return Err(TransferError::File { file: file.to_owned(), why: "it is there already".to_owned() });
    }
    let partial = partial(file);
    remove(&partial)?;
    let made = write(from, &partial, now).await;
    if made.is_err() {
        remove(&partial)?;
        return made;
    }
    make_durable(&partial, file)?;
    made
}

async fn write(from: &Database, file: &Path, now: Timestamp) -> Result<Backup, TransferError> {
    let mut source = Reader::open(from).await?;
    source.require_known().await?;
    let mut connection = match &mut source {
        Reader::Sqlite(reader) => {
            // It makes its own read of one moment, and must not be within another.
            reader.execute("COMMIT").await?;
            sqlx::query("VACUUM INTO $1").bind(file.to_string_lossy()).execute(&mut *reader).await?;
            open(file).await?
        }
        Reader::Postgres(_) => {
            let mut connection = open(file).await?;
            make_tables(&mut source, &mut connection).await?;
            connection.execute("BEGIN").await?;
            pour(&mut source.connection(), &mut Connection::Sqlite(&mut connection)).await?;
            connection.execute("COMMIT").await?;
            connection
        }
    };
    describe(&mut connection, now).await?;
    connection.close().await?;
    verify(file).await
}

/// A file that is one file, without a log beside it.
async fn open(file: &Path) -> Result<SqliteConnection, TransferError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Delete)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT);
    Ok(SqliteConnection::connect_with(&options).await.map_err(ConnectError::Open)?)
}

/// The tables as the source has them, which may be older than this program's.
async fn make_tables(source: &mut Reader, file: &mut SqliteConnection) -> Result<(), TransferError> {
    let applied = source.applied().await?;
    let migrations = SQLITE.iter().filter(|migration| applied.contains(&migration.version)).cloned();
    let migrator = Migrator::with_migrations(migrations.collect());
    Ok(migrator.run(&mut *file).await.map_err(ConnectError::Migrate)?)
}

async fn describe(file: &mut SqliteConnection, now: Timestamp) -> Result<(), TransferError> {
    let catalog = Catalog::read(&mut Connection::Sqlite(file)).await?;
    let facts = rows::facts(&mut Connection::Sqlite(file), &catalog).await?;
    // A backup of a database that was restored by hand from a backup says its own.
    file.execute("DROP TABLE IF EXISTS _backup; DROP TABLE IF EXISTS _backup_tables").await?;
    file.execute(DESCRIBE).await?;
    sqlx::query(MADE).bind(FORMAT).bind(now.0).execute(&mut *file).await?;
    for TableFacts { table, content } in facts {
        let rows = i64::try_from(content.rows).unwrap_or(i64::MAX);
        sqlx::query(HOLDS).bind(table).bind(rows).bind(content.text()).execute(&mut *file).await?;
    }
    Ok(())
}

/// Reads a backup from end to end and compares it with what it says of itself. Changes nothing.
pub async fn verify(file: &Path) -> Result<Backup, TransferError> {
    // SQLite describes damage in several lines.
    let unsound = |why: String| TransferError::Unsound { file: file.to_owned(), why: why.replace('\n', " ") };
    let damaged = |error: TransferError| match error {
        TransferError::Database(error) => unsound(error.to_string()),
        TransferError::NoDesk => unsound("there is no desk in it".to_owned()),
        other => other,
    };
    let mut reader = Reader::open_file(file).await.map_err(damaged)?;
    let schema = reader.require_known().await.map_err(damaged)?;
    let made_at = made_at(&mut reader, &unsound).await?;
    let said = read_description(&mut reader).await.map_err(damaged)?;
    let catalog = Catalog::read(&mut reader.connection()).await.map_err(damaged)?;
    let mut tables = rows::facts(&mut reader.connection(), &catalog).await.map_err(damaged)?;
    tables.sort_by(|one, other| one.table.cmp(&other.table));
    let found: Vec<_> = tables.iter().map(described).collect();
    if let Some((said, found)) = said.iter().zip(&found).find(|(said, found)| said != found) {
        let ((table, rows, sum), (other, has, found)) = (said, found);
        return Err(unsound(format!(
            "it should hold {table} with {rows} rows ({sum}), and holds {other} with {has} ({found})"
        )));
    }
    if said.len() != found.len() {
        return Err(unsound(format!("it should hold {} tables, and holds {}", said.len(), found.len())));
    }
    let first_migration_missing = match schema {
        Schema::Older(missing) => Some(missing),
        Schema::Newest | Schema::Newer(_) => None,
    };
    Ok(Backup { made_at: Timestamp(made_at), tables, first_migration_missing })
}

async fn made_at(
    reader: &mut Reader,
    unsound: &impl Fn(String) -> TransferError,
) -> Result<i64, TransferError> {
    let Reader::Sqlite(connection) = reader else { return Err(TransferError::NoDesk) };
    let failed = |error: sqlx::Error| unsound(error.to_string());
    let is_backup: i64 = sqlx::query_scalar(IS_BACKUP).fetch_one(&mut *connection).await.map_err(failed)?;
    if is_backup == 0 {
        return Err(unsound("frontdesk backup did not write it".to_owned()));
    }
    let (format, made_at): (i64, i64) =
        sqlx::query_as(READ_MADE).fetch_one(&mut *connection).await.map_err(failed)?;
    if format != FORMAT {
        return Err(unsound(format!("its format is {format}, and this program knows {FORMAT}")));
    }
    let faults: Vec<String> =
        sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_all(&mut *connection).await.map_err(failed)?;
    if faults != ["ok"] {
        return Err(unsound(faults.join("; ")));
    }
    let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_optional(connection).await.map_err(failed)?;
    match orphans {
        Some(_) => Err(unsound("rows refer to others that are not there".to_owned())),
        None => Ok(made_at),
    }
}

async fn read_description(reader: &mut Reader) -> Result<Vec<(String, i64, String)>, TransferError> {
    let Reader::Sqlite(connection) = reader else { return Err(TransferError::NoDesk) };
    Ok(sqlx::query_as(READ_HOLDS).fetch_all(connection).await?)
}

fn described(facts: &TableFacts) -> (String, i64, String) {
    (facts.table.clone(), i64::try_from(facts.content.rows).unwrap_or(i64::MAX), facts.content.text())
}

/// Writes a sound backup into an empty database. One of an older version is brought up to date on the way, in a copy.
pub async fn restore(file: &Path, to: &Database) -> Result<Moved, TransferError> {
    let backup = verify(file).await?;
    let folder;
    let up_to_date = if backup.first_migration_missing.is_some() {
        let failed = |error: std::io::Error| TransferError::File {
            file: std::env::temp_dir(),
            why: error.to_string(),
        };
        folder = tempfile::tempdir().map_err(failed)?;
        let copy = folder.path().join("backup.db");
        std::fs::copy(file, &copy).map_err(failed)?;
        let mut connection = open(&copy).await?;
        SQLITE.run(&mut connection).await.map_err(ConnectError::Migrate)?;
        connection.close().await?;
        copy
    } else {
        file.to_owned()
    };
    let mut source = Reader::open_file(&up_to_date).await?;
    let moved = into_database(&mut source, to).await?;
    match moved.tables.iter().find(|facts| moved.was_there && facts.content.rows > 0) {
        None => Ok(moved),
        Some(TableFacts { table, content }) => {
            Err(TransferError::Occupied { table: table.clone(), rows: content.rows })
        }
    }
}

/// Where a backup is until it is whole.
fn partial(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

fn remove(file: &Path) -> Result<(), TransferError> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(TransferError::File { file: file.to_owned(), why: error.to_string() })
        }
        _ => Ok(()),
    }
}

/// Puts a whole file under its name, so that a power cut leaves it there or not at all.
fn make_durable(partial: &Path, file: &Path) -> Result<(), TransferError> {
    let durable = || {
        std::fs::File::open(partial)?.sync_all()?;
        std::fs::rename(partial, file)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        std::fs::File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()
    };
    durable().map_err(|error: std::io::Error| TransferError::File {
        file: file.to_owned(),
        why: error.to_string(),
    })
}
