//! The composition root: what a running desk consists of, and the order in which it starts and stops.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Settings;
use crate::desk::Desk;
use crate::discord::{self, Address, Courier, Cx, GatewayFault, Identity, Surveyor};
use crate::domain::time::Clock;
use crate::jobs;
use crate::knowledge::{IndexOrigin, Knowledge, KnowledgeError, KnowledgeOptions, LoadReport, watch};
use crate::monitor::{Monitor, MonitorError};
use crate::store::{ConnectError, Store};

/// How long handlers may take to answer when the process is asked to stop. Longer than the three seconds that Discord waits,
/// because somebody may have been told that an answer comes; with time left to write down what was answered last.
const ANSWER_WITHIN: Duration = Duration::from_secs(7);
/// The whole stop, a second below the ten that a container gets.
const STOP_WITHIN: Duration = Duration::from_secs(9);
/// The longest pause when Discord cannot be reached.
const LONGEST_RETRY: Duration = Duration::from_mins(1);

/// Why a desk did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database could not be opened.
    #[error(transparent)]
    Store(#[from] ConnectError),
    /// The articles could not be read or indexed.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
    /// Nobody can watch over it.
    #[error(transparent)]
    Monitor(#[from] MonitorError),
    /// The client for Discord could not be made.
    #[error("cannot prepare the connection to Discord: {0}")]
    Client(String),
}

/// Why a running desk ended without being asked to.
#[derive(Debug, thiserror::Error)]
pub enum Ended {
    /// Discord does not let the bot connect.
    #[error(transparent)]
    Gateway(GatewayFault),
    /// Discord ended the connection for good.
    #[error("Discord ended the connection for good: {0}")]
    Refused(String),
}

/// A running desk.
#[derive(Debug)]
pub struct App {
    desk: Desk,
    cx: Arc<Cx>,
    stop: CancellationToken,
    handlers: TaskTracker,
    /// Gone once it has ended.
    connection: Option<JoinHandle<Result<(), Ended>>>,
    /// Everything that goes on without a person asking for it now.
    background: Vec<JoinHandle<()>>,
    /// Gone last, so that it can be seen how the desk ends.
    monitor: Option<Monitor>,
}

impl App {
    /// Opens the database and the articles, and starts connecting. Does not wait for Discord.
    pub async fn start(settings: &Settings, clock: Clock) -> Result<Self, StartError> {
        let store = Store::open(&settings.database).await?;
        // Reading and indexing may take a while for a large folder, but nothing else runs yet.
        let (knowledge, report) = Knowledge::open(&KnowledgeOptions {
            kb_folder: settings.kb.clone(),
            index_folder: settings.data.join("index"),
        })?;
        let faults = tell(&report);
        let warm = knowledge.clone();
        // Not waited for: whoever types sooner does it in passing.
        drop(tokio::task::spawn_blocking(move || warm.warm_up()));
        let desk = Desk::new(store, clock, knowledge.clone());
        let cx = Cx::new(desk.clone(), &settings.origin, &settings.token, settings.transcripts)
            .map_err(|error| StartError::Client(error.to_string()))?;
        let cx = Arc::new(cx);
        let stop = CancellationToken::new();
        let handlers = TaskTracker::new();
        let connection = tokio::spawn(connect(cx.clone(), handlers.clone(), stop.clone()));
        // Answers show what is known to be broken, from the first one on.
        if let Err(error) = desk.refresh_incidents().await {
            tracing::warn!(%error, "the open incidents could not be read; trying again");
        }
        let deliveries = tokio::spawn(work(cx.clone(), stop.clone()));
        let questions = tokio::spawn(keep_questions(desk.clone(), stop.clone()));
        let monitor = match settings.http {
            Some(address) => {
                let vital = vec![
                    ("gateway", connection.abort_handle()),
                    ("deliveries", deliveries.abort_handle()),
                    ("questions", questions.abort_handle()),
                ];
                Some(Monitor::start(address, cx.clone(), vital, stop.clone()).await?)
            }
            None => None,
        };
        let background = vec![
            deliveries,
            questions,
            tokio::spawn(jobs::follow_shelves(desk.clone(), stop.clone())),
            tokio::spawn(watch::run(knowledge, faults, stop.clone())),
            tokio::spawn(jobs::stay_present(desk.clone(), stop.clone())),
            tokio::spawn(jobs::keep_incidents(desk.clone(), stop.clone())),
        ];
        Ok(Self { desk, cx, stop, handlers, connection: Some(connection), background, monitor })
    }

    /// Waits until Discord ends the connection for good. Being cancelled loses nothing.
    pub async fn ended(&mut self) -> Ended {
        let Some(connection) = &mut self.connection else { return std::future::pending().await };
        let end = connection.await;
        self.connection = None;
        match end {
            Ok(Err(ended)) => ended,
            Ok(Ok(())) => Ended::Refused("the connection was closed".to_owned()),
            Err(error) => Ended::Refused(error.to_string()),
        }
    }

    /// Stops taking work, ends what is in hand, and closes the database.
    pub async fn stop(self) {
        self.stop.cancel();
        let all = async {
            // Failures of these tasks were logged where they happened. The connection may first be handed over to another
            // process, and interactions come until then.
            if let Some(connection) = self.connection {
                let _ = connection.await;
            }
            self.handlers.close();
            if tokio::time::timeout(ANSWER_WITHIN, self.handlers.wait()).await.is_err() {
                tracing::warn!("stopped with interactions unanswered");
            }
            for task in self.background {
                let _ = task.await;
            }
            // What was answered last is written down at last.
            self.desk.write_questions().await;
            self.desk.store.close().await;
            if let Some(monitor) = self.monitor {
                monitor.stop().await;
            }
        };
        if tokio::time::timeout(STOP_WITHIN, all).await.is_err() {
            tracing::warn!("stopped before everything had ended; it goes on at the next start");
        }
    }

    /// The desk itself.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Where health and figures are served, if anywhere.
    pub fn monitor_address(&self) -> Option<SocketAddr> {
        self.monitor.as_ref().map(|monitor| monitor.address)
    }

    /// Waits until Discord has said who the bot is and knows its commands.
    pub async fn ready(&self) {
        self.cx.registered().await;
    }
}

/// Says what was loaded.
fn tell(report: &LoadReport) -> watch::Faults {
    let mut faults = watch::Faults::default();
    faults.tell(report);
    match &report.index {
        IndexOrigin::Replaced(why) => {
            tracing::warn!(why, "the search index could not be used and was made anew");
        }
        IndexOrigin::Built => tracing::info!("the search index was made anew from the articles"),
        IndexOrigin::Opened => {}
    }
    tracing::info!(articles = report.articles, "the knowledge base is open");
    faults
}

async fn keep_questions(desk: Desk, stop: CancellationToken) {
    desk.keep_questions(stop).await;
}

/// Connects, and connects again after trouble that passes.
async fn connect(cx: Arc<Cx>, handlers: TaskTracker, stop: CancellationToken) -> Result<(), Ended> {
    let mut attempts = 0_u32;
    let address = loop {
        match Address::look_up(&cx).await {
            Ok(address) => break address,
            Err(fault @ (GatewayFault::Token | GatewayFault::Address(_))) => {
                return Err(Ended::Gateway(fault));
            }
            Err(fault) => {
                let pause = match &fault {
                    GatewayFault::Exhausted(reset_after) => *reset_after,
                    _ => jobs::back_off(attempts, LONGEST_RETRY),
                };
                attempts += 1;
                tracing::warn!(%fault, pause_ms = pause.as_millis(), "cannot connect to Discord; trying again");
                tokio::select! {
                    () = stop.cancelled() => return Ok(()),
                    () = tokio::time::sleep(pause) => {}
                }
            }
        }
    };
    discord::run(cx, address, handlers, stop).await.map_err(Ended::Gateway)
}

/// Registers the commands as soon as Discord has said who the bot is, then works off the outbox.
async fn work(cx: Arc<Cx>, stop: CancellationToken) {
    let identity = tokio::select! {
        () = stop.cancelled() => return,
        identity = cx.identified() => identity,
    };
    let courier = Arc::new(Courier::new(cx.clone(), identity));
    let surveyor = Surveyor::new(cx.clone(), identity);
    tokio::join!(
        jobs::run(cx.desk.clone(), courier, stop.clone()),
        jobs::keep_in_step(cx.desk.clone(), surveyor, stop.clone()),
        register(&cx, identity, &stop)
    );
}

async fn register(cx: &Cx, identity: Identity, stop: &CancellationToken) {
    let mut attempts = 0_u32;
    while let Err(error) = discord::register_commands(cx, identity).await {
        let pause = jobs::back_off(attempts, LONGEST_RETRY);
        attempts += 1;
        tracing::error!(
            error = format!("{:#}", anyhow::Error::from(error)),
            pause_ms = pause.as_millis(),
            "could not register the commands; trying again"
        );
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}
