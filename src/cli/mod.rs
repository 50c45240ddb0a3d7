//! The command line.

mod check;
mod kb;
mod kb_files;
mod moving;
mod report;

use std::future::Future;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::app::App;
use crate::config::{Given, Place};
use crate::demo;
use crate::domain::id::GuildId;
use crate::domain::time::Clock;
use crate::store::{Database, Store};

/// What is logged unless `RUST_LOG` says otherwise. serenity's own lines cost much and say little.
const DEFAULT_LOG: &str = "info,serenity=warn,sqlx=warn,tantivy=warn";

/// The same where a person reads along in the terminal, and large tables take the time that they take.
const QUIET_LOG: &str = "warn,serenity=error,sqlx=error";

/// A setting or argument that will not do, as clap itself exits for its own.
const EXIT_USAGE: u8 = 2;

/// A support front desk that lives in your company's Discord.
#[derive(Debug, Parser)]
#[command(name = "frontdesk", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try the desk on this machine: no account, no token, no internet
    Demo {
        /// Play one complete ticket in the terminal and exit
        #[arg(long)]
        script: bool,
        /// Port of the page; any free one when left out
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Folder of articles
        #[arg(long, env = "FRONTDESK_KB", default_value = "kb")]
        kb: PathBuf,
    },
    /// Run the desk in your Discord
    Run(Given),
    /// Look everything over: settings, database, articles, Discord, deliveries; exit code 1 when something is broken
    Check(check::Wanted),
    /// The figures of a server: what came in, how it was solved, what is open
    Report(report::Wanted),
    /// Move a desk to another database, SQLite or PostgreSQL; stop it first
    Copy(moving::Copying),
    /// Save everything in one file, also while the desk runs
    Backup(moving::Saving),
    /// Bring a desk back from a backup, into an empty database
    Restore(moving::Restoring),
    /// Look at the knowledge base
    #[command(subcommand)]
    Kb(kb::Kb),
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let default = if matches!(cli.command, Command::Run(_)) { DEFAULT_LOG } else { QUIET_LOG };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli.command {
        Command::Demo { script, port, kb } => run_async(async move {
            let demo = demo::run(demo::Options { script, port, kb }).await;
            demo.unwrap_or_else(|error| failed(&format!("the demo failed: {error:#}")))
        }),
        Command::Run(given) => run_async(run(given)),
        Command::Report(wanted) => run_async(async move {
            report::run(wanted).await.unwrap_or_else(|error| failed(&format!("{error:#}")))
        }),
        Command::Check(wanted) => run_async(async move {
            check::run(wanted).await.unwrap_or_else(|error| failed(&format!("{error:#}")))
        }),
        Command::Copy(copying) => run_async(moving::copy(copying)),
        Command::Backup(saving) => run_async(moving::backup(saving)),
        Command::Restore(restoring) => run_async(moving::restore(restoring)),
        Command::Kb(command) => {
            run_async(
                async move { kb::run(command).await.unwrap_or_else(|error| failed(&format!("{error:#}"))) },
            )
        }
    }
}

fn run_async(program: impl Future<Output = ExitCode>) -> ExitCode {
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(program),
        Err(error) => failed(&format!("cannot start: {error}")),
    }
}

async fn run(given: Given) -> ExitCode {
    let settings = match given.check() {
        Ok(settings) => settings,
        Err(faults) => {
            for fault in faults {
                complain(&fault.to_string());
            }
            return ExitCode::from(EXIT_USAGE);
        }
    };
    // Listen before there is anything to stop, so that no signal finds nobody.
    let (mut terminate, mut interrupt) =
        match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
            (Ok(terminate), Ok(interrupt)) => (terminate, interrupt),
            (Err(error), _) | (_, Err(error)) => {
                return failed(&format!("cannot listen for signals: {error}"));
            }
        };
    let mut app = match App::start(&settings, Clock::default()).await {
        Ok(app) => app,
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::from(EXIT_USAGE);
        }
    };
    let ended = tokio::select! {
        _ = terminate.recv() => None,
        _ = interrupt.recv() => None,
        ended = app.ended() => Some(ended),
    };
    if ended.is_none() {
        tracing::info!("stopping");
        app.stop().await;
        return ExitCode::SUCCESS;
    }
    app.stop().await;
    ended.map_or(ExitCode::SUCCESS, |ended| failed(&ended.to_string()))
}

/// The database that a server's desk is in, for commands that look at it and never make one.
async fn store_with(guild: GuildId, place: Place) -> anyhow::Result<Store> {
    let database = place.database()?;
    if let Database::Sqlite(file) = &database
        && !Path::exists(file)
    {
        bail!("there is no database at {}; set FRONTDESK_DATA or DATABASE_URL", file.display());
    }
    let store = Store::open(&database).await?;
    if store.desk(guild).await?.is_none() {
        bail!("this database has no desk of a server {guild}");
    }
    Ok(store)
}

/// Tells the person at the terminal what went wrong.
pub(crate) fn complain(sentence: &str) {
    // A terminal that is gone cannot be told anything.
    let _ = writeln!(std::io::stderr(), "frontdesk: {sentence}");
}

pub(crate) fn failed(sentence: &str) -> ExitCode {
    complain(sentence);
    ExitCode::FAILURE
}
