//! The program itself with somebody watching over it: what `/readyz` and `/metrics` say while people are served.

use std::process::Command;
use std::time::{Duration, Instant};

use frontdesk::sandbox::{Sandbox, SandboxOptions, SeenMessage};
use serde_json::Value;

use crate::office::{Acts as _, Company};
use crate::program::{Running, frontdesk};

/// Long enough for a slow machine, and only ever waited for when the test is about to fail.
const PATIENCE: Duration = Duration::from_secs(40);
/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A company, and the program that serves it.
pub(crate) struct Watched {
    pub(crate) sandbox: Sandbox,
    pub(crate) company: Company,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) program: Running,
    /// Where it is watched.
    pub(crate) origin: String,
}

impl Watched {
    /// A desk that is set up, started as `prepare` wants it.
    pub(crate) async fn start(prepare: impl Fn(&mut Command)) -> Self {
        let options = SandboxOptions { rate_limits: false, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let company = Company::open(&sandbox, "Nordlicht");
        let folder = tempfile::tempdir().unwrap();
        let (program, origin) = run(&sandbox, folder.path(), &prepare);
        let watched = Self { sandbox, company, folder, program, origin };
        watched.sandbox.bot_is_ready().await;
        let ana = &watched.company.ana;
        ana.wait_until(|| (!ana.commands(watched.company.support).is_empty()).then_some(())).await.unwrap();
        watched.company.gets_set_up().await;
        watched
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, String) {
        get(&self.origin, path).await
    }

    /// Waits until it is ready, or until it is not because of a part, and says what that part says then.
    pub(crate) async fn becomes(&self, ready: bool, part: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (status, text) = self.get("/readyz").await;
            let report: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(status == 200, report["ready"] == true, "{text}");
            let found = &report["parts"][part];
            if report["ready"] == ready && found["ok"] == ready {
                return found["about"].as_str().unwrap().to_owned();
            }
            assert!(Instant::now() < deadline, "{part} did not become {ready}: {text}");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// A figure, by its name and labels as they are printed.
    pub(crate) async fn figure(&self, name: &str) -> Option<f64> {
        let (status, text) = self.get("/metrics").await;
        assert_eq!(status, 200, "{text}");
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
        Some(value.parse().unwrap())
    }

    /// Waits until a figure is this.
    pub(crate) async fn falls_to(&self, name: &str, value: f64) {
        let deadline = Instant::now() + PATIENCE;
        while self.figure(name).await != Some(value) {
            assert!(Instant::now() < deadline, "{name} is not {value}:\n{}", self.get("/metrics").await.1);
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Asks, and sends the form of a ticket; whatever the person is told then.
    pub(crate) async fn asks_for_ticket(&self, question: &str) -> Option<SeenMessage> {
        let ana = &self.company.ana;
        let answer = ana.asks(self.company.support, question).await;
        let label = answer.buttons.last()?.label.clone();
        let form = ana.presses(answer.id, &label).await.ok()?.modal()?.clone();
        let sent = ana.submits(&form, &[]).await.ok()?;
        sent.message().cloned()
    }

    /// Waits for a ticket's card in the queue.
    pub(crate) async fn card(&self, number: &str) -> SeenMessage {
        let mark = format!("{number} ");
        let is_card = |message: &SeenMessage| {
            message.from_bot && message.contains(&mark) && !message.buttons.is_empty()
        };
        self.company.ben.waits_for(self.company.queue, is_card).await
    }
}

/// Starts the program where it can be watched.
pub(crate) fn run(
    sandbox: &Sandbox,
    folder: &std::path::Path,
    prepare: &impl Fn(&mut Command),
) -> (Running, String) {
    let mut command = frontdesk();
    command
        .arg("run")
        .env("DISCORD_TOKEN", sandbox.token())
        .env("FRONTDESK_DISCORD_URL", sandbox.origin())
        .env("FRONTDESK_DATA", folder)
        .env("FRONTDESK_HTTP", "0");
    prepare(&mut command);
    let mut program = Running::start(command);
    let line = program.waits_for_line("health and metrics are served at ");
    let (_, origin) = line.split_once("served at ").unwrap();
    let origin = origin.split("/readyz").next().unwrap().to_owned();
    assert!(origin.starts_with("http://127.0.0.1:"), "this machine alone: {line}");
    (program, origin)
}

pub(crate) async fn get(origin: &str, path: &str) -> (u16, String) {
    let answer = reqwest::get(format!("{origin}{path}")).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}
