//! `frontdesk copy`, `backup` and `restore`: a desk moves to another database, into a file, and back.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use secrecy::SecretString;
use serde_json::json;

use super::{EXIT_USAGE, complain, failed};
use crate::config::{Fault, Place};
use crate::domain::time::Clock;
use crate::store::transfer::{self, Backup, Moved, TableFacts, TransferError};
use crate::store::{ConnectError, Database};

/// From where to where.
#[derive(Args, Debug)]
pub(super) struct Copying {
    /// The database to read: `sqlite://PATH` or `postgres://USER@HOST/NAME`. A password is better set as PGPASSWORD:
    /// flags can be read by every user of the machine.
    #[arg(long, value_name = "ADDRESS")]
    from: SecretString,
    /// The database to write, which must be empty
    #[arg(long, value_name = "ADDRESS")]
    to: SecretString,
    /// For machines
    #[arg(long)]
    json: bool,
}

/// What to save where.
#[derive(Args, Debug)]
pub(super) struct Saving {
    /// The file to write
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// For machines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// What to bring back.
#[derive(Args, Debug)]
pub(super) struct Restoring {
    /// The file that `frontdesk backup` wrote
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// Only look whether the file is whole and sound; nothing is touched
    #[arg(long)]
    verify: bool,
    /// For machines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// Why a move ends with nothing done.
#[derive(Debug, thiserror::Error)]
enum MoveError {
    #[error(transparent)]
    Transfer(#[from] TransferError),
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error("--{flag}: {error}")]
    Address { flag: &'static str, error: ConnectError },
    #[error("cannot write the answer: {0}")]
    Output(#[from] std::io::Error),
}

impl MoveError {
    /// What the admin gave does not fit, as against what failed on the way.
    const fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::Fault(_)
                | Self::Address { .. }
                | Self::Transfer(TransferError::Connect(ConnectError::Newer(_) | ConnectError::Address))
        )
    }
}

/// Moves a desk to another database.
pub(super) async fn copy(copying: Copying) -> ExitCode {
    ended(try_copy(copying).await)
}

/// Saves a desk into a file.
pub(super) async fn backup(saving: Saving) -> ExitCode {
    ended(try_backup(saving).await)
}

/// Brings a desk back from a file, or looks whether that could be done.
pub(super) async fn restore(restoring: Restoring) -> ExitCode {
    ended(try_restore(restoring).await)
}

async fn try_copy(copying: Copying) -> Result<(), MoveError> {
    let address = |flag, url: &SecretString| {
        // The sentence for the setting names the setting; here it is a flag.
        Database::from_url(url).map_err(|error| MoveError::Address { flag, error })
    };
    let (from, to) = (address("from", &copying.from)?, address("to", &copying.to)?);
    let moved = transfer::copy(&from, &to).await?;
    if moved.is_running {
        complain("frontdesk is running on the source; what it writes from now on is not in the copy");
    }
    print(copying.json, &moved.tables, &moved_json(&moved), &moved_line(&moved))
}

async fn try_backup(saving: Saving) -> Result<(), MoveError> {
    let from = saving.place.database()?;
    let backup = transfer::backup(&from, &saving.to, Clock::default().now()).await?;
    let line = format!("saved in {}; read again from end to end, it is sound", saving.to.display());
    print(saving.json, &backup.tables, &json!(backup), &line)
}

async fn try_restore(restoring: Restoring) -> Result<(), MoveError> {
    let Restoring { from, verify, json, place } = restoring;
    if verify {
        let backup = transfer::verify(&from).await?;
        return print(json, &backup.tables, &json!(backup), &verified_line(&backup));
    }
    let to = place.database()?;
    let moved = transfer::restore(&from, &to).await?;
    let line = "restored; counts and checksums are those of the backup";
    print(json, &moved.tables, &moved_json(&moved), line)
}

fn moved_json(moved: &Moved) -> serde_json::Value {
    json!({ "tables": moved.tables, "was_there": moved.was_there, "source_is_running": moved.is_running })
}

fn moved_line(moved: &Moved) -> String {
    if moved.was_there {
        "everything was there already; counts and checksums are the same in both databases".to_owned()
    } else {
        "copied; counts and checksums are the same in both databases".to_owned()
    }
}

fn verified_line(backup: &Backup) -> String {
    let date = backup.made_at.date();
    match backup.first_migration_missing {
        None => format!("made on {date} (UTC) and sound"),
        Some(_) => {
            format!("made on {date} (UTC) by an older version, and sound; restoring brings it up to date")
        }
    }
}

fn print(
    as_json: bool,
    tables: &[TableFacts],
    json: &serde_json::Value,
    line: &str,
) -> Result<(), MoveError> {
    let mut out = std::io::stdout().lock();
    if as_json {
        writeln!(out, "{json:#}")?;
    } else {
        write!(out, "{}", table(tables))?;
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Every table with its rows and its checksum.
fn table(tables: &[TableFacts]) -> String {
    let width = tables.iter().map(|facts| facts.table.len()).max().unwrap_or_default().max("table".len());
    let mut lines = format!("{:width$}  {:>10}  checksum\n", "table", "rows");
    let mut rows = 0;
    for TableFacts { table, content } in tables {
        rows += content.rows;
        // Writing into a text cannot fail.
        let _ = writeln!(lines, "{table:width$}  {:>10}  {}", content.rows, content.text());
    }
    let _ = writeln!(lines, "{:width$}  {rows:>10}", "");
    lines
}

fn ended(outcome: Result<(), MoveError>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_usage() => {
            complain(&error.to_string());
            ExitCode::from(EXIT_USAGE)
        }
        Err(error) => failed(&error.to_string()),
    }
}
