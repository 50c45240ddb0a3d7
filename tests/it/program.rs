//! The program itself: its settings, its signals, and its end.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use frontdesk::sandbox::{Fault, OptionInput, Outcome, RawInteraction, Route, Sandbox, SandboxOptions};

use crate::office::{Acts as _, Company};

/// A token that must never be seen.
const CANARY: &str = "MTAwMDAwMDAwMDAwMDAwMDAw.canary.never-print-this-token";
/// Long enough for a slow machine, and only ever waited for when the test is about to fail.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program, with no setting of this machine.
pub(crate) fn frontdesk() -> Command {
    without_settings(Command::new(env!("CARGO_BIN_EXE_frontdesk")))
}

/// The same for a test that runs many at once and can wait: the other tests' people get their answers within Discord's
/// three seconds meanwhile.
pub(crate) fn frontdesk_in_background() -> Command {
    let mut command = Command::new("nice");
    command.args(["-n", "5", env!("CARGO_BIN_EXE_frontdesk")]);
    without_settings(command)
}

fn without_settings(mut command: Command) -> Command {
    for name in [
        "DISCORD_TOKEN",
        "FRONTDESK_DISCORD_URL",
        "FRONTDESK_DATA",
        "FRONTDESK_KB",
        "DATABASE_URL",
        "FRONTDESK_HTTP",
        "RUST_LOG",
    ] {
        command.env_remove(name);
    }
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A program under way, with what it says.
pub(crate) struct Running {
    child: Child,
    lines: Receiver<String>,
    said: String,
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (send, lines) = channel();
        let outputs: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stderr.take().unwrap()), Box::new(child.stdout.take().unwrap())];
        for output in outputs {
            let send = send.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    if send.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        Self { child, lines, said: String::new() }
    }

    /// The first line from now on that contains this.
    pub(crate) fn waits_for_line(&mut self, part: &str) -> String {
        self.waits_for_one_of(&[part])
    }

    /// The first line from now on that contains one of these.
    pub(crate) fn waits_for_one_of(&mut self, parts: &[&str]) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                panic!("it never said {parts:?}; it said:\n{}", self.said);
            };
            self.said.push_str(&line);
            self.said.push('\n');
            if parts.iter().any(|part| line.contains(part)) {
                return line;
            }
        }
    }

    /// Everything that it said, once it has ended.
    pub(crate) fn everything(&mut self) -> String {
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            self.said.push_str(&line);
            self.said.push('\n');
        }
        std::mem::take(&mut self.said)
    }

    pub(crate) fn terminate(&mut self) -> (Option<i32>, Duration) {
        let asked = Instant::now();
        let killed = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(killed.success());
        let status = self.child.wait().unwrap();
        (status.code(), asked.elapsed())
    }

    /// Everything that it said, once it has ended.
    pub(crate) fn says_to_its_end(&mut self) -> String {
        for line in &self.lines {
            self.said.push_str(&line);
            self.said.push('\n');
        }
        self.said.clone()
    }

    /// Sends it a signal that it goes on after.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_faulty_setting_is_named_in_one_go_and_nothing_is_started() {
    let output = frontdesk()
        .arg("run")
        .env("FRONTDESK_DISCORD_URL", "http://example.com")
        .env("FRONTDESK_DATA", "/dev/null/data")
        .env("DATABASE_URL", "mysql://root:hunter2@db/frontdesk")
        .env("FRONTDESK_KB", "/nowhere/kb")
        .env("FRONTDESK_TRANSCRIPTS", "everything")
        .output()
        .unwrap();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    let expected = [
        "DISCORD_TOKEN",
        "FRONTDESK_DISCORD_URL",
        "FRONTDESK_DATA",
        "DATABASE_URL",
        "FRONTDESK_KB",
        "FRONTDESK_TRANSCRIPTS",
    ];
    for name in expected {
        assert_eq!(said.matches(&format!("{name}: ")).count(), 1, "{name} in:\n{said}");
    }
    assert!(!said.contains("hunter2"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn a_database_that_cannot_be_opened_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no.db");
    std::fs::write(&file, "this is no database, and never was one; it is long enough to be read as a header")
        .unwrap();
    let cases =
        [format!("sqlite://{}", file.display()), "postgres://nobody:hunter2@127.0.0.1:1/none".to_owned()];
    for address in cases {
        let output = frontdesk()
            .arg("run")
            .env("DISCORD_TOKEN", CANARY)
            .env("FRONTDESK_DATA", folder.path())
            .env("DATABASE_URL", &address)
            .output()
            .unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains("cannot open the database") || said.contains("cannot bring the database"),
            "{said}"
        );
        assert!(!said.contains("hunter2") && !said.contains(CANARY) && !said.contains("panicked"), "{said}");
    }
}

#[test]
fn an_unreachable_discord_is_tried_again_and_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = frontdesk();
    command
        .arg("run")
        .env("DISCORD_TOKEN", CANARY)
        .env("FRONTDESK_DISCORD_URL", "http://127.0.0.1:1")
        .env("FRONTDESK_DATA", folder.path());
    let mut desk = Running::start(command);
    desk.waits_for_line("cannot connect to Discord; trying again");
    desk.waits_for_line("cannot connect to Discord; trying again");
    let (code, took) = desk.terminate();
    assert_eq!(code, Some(0), "{}", desk.said);
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(!desk.said.contains(CANARY), "{}", desk.said);
}

fn desk_at(sandbox: &Sandbox, folder: &Path, token: &str) -> Running {
    let mut command = frontdesk();
    command
        .arg("run")
        .env("DISCORD_TOKEN", token)
        .env("FRONTDESK_DISCORD_URL", sandbox.origin())
        .env("FRONTDESK_DATA", folder);
    Running::start(command)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_ends_it_with_a_sentence() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk_at(&sandbox, folder.path(), CANARY);
    desk.waits_for_line("Discord refuses DISCORD_TOKEN");
    assert_eq!(desk.child.wait().unwrap().code(), Some(1));
    assert!(!desk.said.contains(CANARY), "{}", desk.said);
}

/// The gateway's address cannot be read at first, and an interaction comes that this version cannot read.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_client_library_would_do_in_silence_is_said_and_answered() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    sandbox.plan(Route::GatewayBot, Fault::Fail { status: 500, code: 0 }, 1);
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk_at(&sandbox, folder.path(), sandbox.token());
    desk.waits_for_line("cannot connect to Discord; trying again");
    desk.waits_for_line("the bot is in no server yet; invite it: https://");
    let company = Company::open(&sandbox, "Nordlicht");
    sandbox.bot_is_ready().await;
    let raw = RawInteraction::Command { data: serde_json::json!({ "name": 5 }) };
    let told = company.ana.sends_interaction_raw(company.support, raw).await.unwrap().expect_message();
    assert!(told.ephemeral && told.contains("/support"), "{told}");
    desk.waits_for_line("an interaction could not be decoded");
}

/// Killed in the middle and started again, it goes on where it stopped, and nothing is there twice.
#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_it_goes_on_and_doubles_nothing() {
    let sandbox =
        Sandbox::start(SandboxOptions { rate_limits: false, ..SandboxOptions::default() }).await.unwrap();
    let company = Company::open(&sandbox, "Nordlicht");
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk_at(&sandbox, folder.path(), sandbox.token());
    sandbox.bot_is_ready().await;
    let ana = &company.ana;
    ana.wait_until(|| (!ana.commands(company.support).is_empty()).then_some(())).await.unwrap();
    company.gets_set_up().await;

    let answer = ana.asks(company.support, "my VPN does not connect").await;
    // The thread is made, and the desk dies before it hears so.
    sandbox.drop_after(frontdesk::sandbox::Route::CreateThread);
    let form = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    let told = ana.submits(&form, &[]).await.unwrap().expect_message();
    assert!(told.contains("#1"), "{told}");
    ana.wait_until(|| company.guild.threads().first().copied()).await.unwrap();
    desk.kill();

    let mut again = desk_at(&sandbox, folder.path(), sandbox.token());
    let thread = ana.waits_for_thread("#1 ").await;
    let card = ana.waits_for(thread.id, |message| message.button("Claim").is_some()).await;
    let in_queue = company.ben.waits_for(company.queue, |message| message.button("Claim").is_some()).await;
    company.ben.presses(in_queue.id, "Claim").await.unwrap();
    ana.waits_for(thread.id, |message| message.id == card.id && message.contains("Ben")).await;
    assert_eq!(company.guild.threads().len(), 1);
    let cards = |channel| {
        let seen = company.ben.sees(channel);
        seen.into_iter().filter(|message| message.from_bot && message.contains("#1 ")).count()
    };
    assert_eq!((cards(thread.id), cards(company.queue)), (1, 1), "{}", company.ben.reads(company.queue));
    let (code, took) = again.terminate();
    assert_eq!(code, Some(0), "{}", again.said);
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(!again.said.contains(sandbox.token()), "{}", again.said);
}

/// A machine that stands still for some seconds: what people pressed meanwhile has failed before their eyes, so it does not
/// happen behind their backs afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn what_comes_too_late_to_be_answered_is_not_done() {
    let sandbox =
        Sandbox::start(SandboxOptions { rate_limits: false, ..SandboxOptions::default() }).await.unwrap();
    let company = Company::open(&sandbox, "Nordlicht");
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk_at(&sandbox, folder.path(), sandbox.token());
    sandbox.bot_is_ready().await;
    let (ana, ben) = (&company.ana, &company.ben);
    ana.wait_until(|| (!ana.commands(company.support).is_empty()).then_some(())).await.unwrap();
    company.gets_set_up().await;
    let answer = ana.asks(company.support, "my VPN does not connect").await;
    let form = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    ana.submits(&form, &[]).await.unwrap().expect_message();
    let card = ben.waits_for(company.queue, |message| message.button("Claim").is_some()).await;

    desk.signal("STOP");
    let failed = ben.presses(card.id, "Claim").await.unwrap();
    assert!(matches!(failed.outcome, Outcome::Failed(_)), "{failed:?}");
    desk.signal("CONT");
    desk.waits_for_line("interactions come too late to be answered");
    let info = vec![("number".to_owned(), OptionInput::Integer(1))];
    let told = ben.uses(company.queue, "ticket info", info).await.unwrap().expect_message();
    assert!(!told.contains("Ben"), "it was claimed all the same: {told}");
    ben.presses(card.id, "Claim").await.unwrap();
    ben.waits_for(company.queue, |message| message.id == card.id && message.contains("Ben")).await;
}

/// What is wrong with an article is said when it comes up, where it stands, and once.
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_in_an_article_is_said_once_with_its_line() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let kb = folder.path().join("kb");
    let write = |name: &str, text: &str| std::fs::write(kb.join(name), text).unwrap();
    std::fs::create_dir(&kb).unwrap();
    write("good.md", "---\ntitle: Good\nlang: en\n---\nGood.\n");
    let mut command = frontdesk();
    command
        .arg("run")
        .env("DISCORD_TOKEN", sandbox.token())
        .env("FRONTDESK_DISCORD_URL", sandbox.origin())
        .env("FRONTDESK_KB", &kb)
        .env("FRONTDESK_DATA", folder.path());
    let mut desk = Running::start(command);
    desk.waits_for_line("the search index was made anew");
    write("bad.md", "---\ntitle: Bad\nlang: en\ncolour: red\n---\nBad.\n");
    desk.waits_for_line("bad.md:4:");
    write("good.md", "---\ntitle: Better\nlang: en\n---\nBetter.\n");
    desk.waits_for_line("the articles have changed");
    std::fs::remove_dir_all(&kb).unwrap();
    desk.waits_for_line("the articles stay as they were");
    std::fs::create_dir(&kb).unwrap();
    write("good.md", "---\ntitle: Back\nlang: en\n---\nBack.\n");
    desk.waits_for_line("the articles have changed");
    assert_eq!(desk.said.matches("bad.md").count(), 1, "{}", desk.said);
    assert_eq!(desk.terminate().0, Some(0));
}

#[test]
fn the_demo_plays_a_whole_ticket_in_the_terminal() {
    for (language, button, end) in
        [("en_GB.UTF-8", "[Claim]", "[Reopen]"), ("de_DE.UTF-8", "[Übernehmen]", "[Wieder öffnen]")]
    {
        let output = frontdesk().args(["demo", "--script"]).env("LC_ALL", language).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{said}\n{}", stderr(&output));
        assert!(said.contains(button) && said.contains(end), "{said}");
    }
}

#[test]
fn the_demo_prints_an_address_that_serves_the_page() {
    let mut command = frontdesk();
    command.arg("demo");
    let mut demo = Running::start(command);
    let line = demo.waits_for_line("The demo runs at ");
    let address = line.rsplit(' ').next().unwrap().trim_start_matches("http://").trim_end_matches('/');
    let mut connection = std::net::TcpStream::connect(address).unwrap();
    connection.set_read_timeout(Some(PATIENCE)).unwrap();
    std::io::Write::write_all(
        &mut connection,
        format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes(),
    )
    .unwrap();
    let mut page = String::new();
    connection.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("<!doctype html>") || page.contains("<!DOCTYPE html>"), "{page}");
    assert_eq!(demo.terminate().0, Some(0));
}
