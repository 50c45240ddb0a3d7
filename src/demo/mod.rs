//! The demo: a sandbox, a small company in it, and a desk, in one process and on this machine alone.

mod office;
mod script;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use crate::app::App;
use crate::config::{Settings, Transcripts};
use crate::domain::article::Language;
use crate::domain::time::Clock;
use crate::sandbox::{Sandbox, SandboxOptions, page};
use crate::store::Database;
use office::Office;

/// How long the desk may take to connect to a sandbox in the same process.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// What the demo can be told.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Play a ticket in the terminal and exit.
    pub(crate) script: bool,
    /// Port of the page; 0 for any free one.
    pub(crate) port: u16,
    /// Folder of articles.
    pub(crate) kb: PathBuf,
}

/// Runs the demo until it is interrupted, or until the script is played.
pub(crate) async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let script = options.script;
    let demo = Demo::start(options).await?;
    let mut out = std::io::stdout();
    if script {
        let played = script::play(&demo.office, &mut out).await;
        demo.stop().await;
        return played.map(|()| ExitCode::SUCCESS);
    }
    writeln!(out, "The demo runs at {}/", demo.sandbox.origin())?;
    writeln!(
        out,
        "Be Ana, an employee, and ask with /support. Be Ben and Sven, who help her. Ctrl-C ends it."
    )?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    demo.stop().await;
    Ok(ExitCode::SUCCESS)
}

struct Demo {
    sandbox: Sandbox,
    office: Office,
    app: App,
    /// The database and the index: gone when the demo ends, so that every demo begins the same.
    _data: tempfile::TempDir,
}

impl Demo {
    async fn start(options: Options) -> anyhow::Result<Self> {
        let sandbox = Sandbox::start(SandboxOptions {
            port: options.port,
            page: Some(page::router),
            ..SandboxOptions::default()
        })
        .await?;
        let office = Office::open(&sandbox, language() == Language::De);
        let data = tempfile::tempdir()?;
        let settings = Settings {
            token: sandbox.token().into(),
            origin: sandbox.origin(),
            data: data.path().to_owned(),
            database: Database::Sqlite(data.path().join("frontdesk.db")),
            kb: options.kb,
            transcripts: Transcripts::default(),
            http: None,
        };
        let app = App::start(&settings, Clock::default()).await?;
        tokio::time::timeout(READY_WITHIN, app.ready()).await?;
        office.set_up().await?;
        Ok(Self { sandbox, office, app, _data: data })
    }

    async fn stop(self) {
        self.app.stop().await;
        self.sandbox.shutdown().await;
    }
}

/// The language of whoever sits at this machine.
fn language() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| Language::from_locale(&value))
        .unwrap_or(Language::En)
}
