//! Health and figures, as those see them who watch over a desk.

use std::collections::BTreeSet;

use frontdesk::sandbox::{Fault, Route, Sandbox, SandboxOptions};
use frontdesk::store::Database;
use secrecy::ExposeSecret as _;
use sqlx::{Connection as _, Executor as _, SqliteConnection};

use crate::databases::{Fresh, Kind};
use crate::office::{Acts as _, Company};
use crate::program::frontdesk;
use crate::watched::{self, Watched};

async fn the_figures_are_what_people_did(fresh: Fresh) {
    let address = match &fresh.database {
        Database::Sqlite(file) => format!("sqlite://{}", file.display()),
        Database::Postgres(url) => url.expose_secret().to_owned(),
    };
    let watched = Watched::start(|command| {
        command.env("DATABASE_URL", &address);
    })
    .await;
    watched.becomes(true, "gateway").await;
    let told = watched.asks_for_ticket("my VPN does not connect").await.unwrap();
    assert!(told.contains("#1"), "{told}");
    let card = watched.card("#1").await;
    watched.company.ben.presses(card.id, "Claim").await.unwrap();
    watched
        .company
        .ben
        .waits_for(watched.company.queue, |seen| seen.id == card.id && seen.contains("Ben"))
        .await;
    watched.falls_to("frontdesk_outbox_jobs", 0.0).await;
    for (name, value) in [
        ("frontdesk_answers_total{confidence=\"confident\"}", 1.0),
        ("frontdesk_answer_seconds_count", 1.0),
        ("frontdesk_interactions_total{what=\"support\",outcome=\"done\"}", 1.0),
        ("frontdesk_interactions_total{what=\"claim\",outcome=\"done\"}", 1.0),
        ("frontdesk_ticket_events_total{kind=\"opened\"}", 1.0),
        ("frontdesk_ticket_events_total{kind=\"claimed\"}", 1.0),
        ("frontdesk_tickets{status=\"claimed\"}", 1.0),
        ("frontdesk_tickets{status=\"queued\"}", 0.0),
        ("frontdesk_deliveries_total{job=\"create_thread\",outcome=\"done\"}", 1.0),
        ("frontdesk_discord_calls_total{route=\"POST channels/:id/threads\",outcome=\"ok\"}", 1.0),
        ("frontdesk_outbox_oldest_seconds", 0.0),
        ("frontdesk_outbox_dead_jobs", 0.0),
        ("frontdesk_gateway_shards_held", 1.0),
        ("frontdesk_gateway_shards_connected", 1.0),
        ("frontdesk_database_up", 1.0),
        (concat!("frontdesk_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"}"), 1.0),
    ] {
        assert_eq!(watched.figure(name).await, Some(value), "{name}\n{}", watched.get("/metrics").await.1);
    }
    assert!(watched.figure("frontdesk_database_seconds_count{operation=\"commit\"}").await.unwrap() > 3.0);
    assert!(watched.figure("process_resident_memory_bytes").await.unwrap() > 1e6);
    is_well_formed_and_names_nobody(&watched).await;
}

crate::databases::on_both_databases!(the_figures_are_what_people_did);

async fn is_well_formed_and_names_nobody(watched: &Watched) {
    let (_, text) = watched.get("/metrics").await;
    let company = &watched.company;
    let ids = [company.guild.id, company.support, company.queue, company.ana.id(), company.ben.id()];
    for id in ids.map(|id| id.to_string()) {
        assert!(!text.contains(&id), "{id} in\n{text}");
    }
    assert!(!text.contains("Ana") && !text.contains("Nordlicht") && !text.contains("VPN"), "{text}");
    let described: BTreeSet<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# HELP ")?.split_once(' '))
        .map(|(name, _)| name.to_owned())
        .collect();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let name = line.split(['{', ' ']).next().unwrap();
        let family = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
        let family = family.filter(|family| described.contains(*family)).unwrap_or(name);
        assert!(described.contains(family), "{family} is not described");
        let units = [
            "_total",
            "_seconds",
            "_bytes",
            "_jobs",
            "_tickets",
            "_held",
            "_connected",
            "_articles",
            "_up",
            "_info",
        ];
        assert!(units.iter().any(|unit| family.ends_with(unit)), "{family} has no unit");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_ready_when_it_is_connected_and_not_before() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    sandbox.plan(Route::GatewayBot, Fault::Fail { status: 500, code: 0 }, 1);
    let folder = tempfile::tempdir().unwrap();
    let (mut program, origin) = watched::run(&sandbox, folder.path(), &|_| {});
    let (status, text) = watched::get(&origin, "/readyz").await;
    assert!(status == 503 && text.contains("not connected to Discord yet"), "{text}");
    let (status, text) = watched::get(&origin, "/livez").await;
    assert!(status == 200 && text.contains("\"alive\":true"), "{text}");
    program.waits_for_line("connected to Discord");
    let company = Company::open(&sandbox, "Nordlicht");
    let watched = Watched { sandbox, company, folder, program, origin };
    assert_eq!(watched.becomes(true, "gateway").await, "1 shards, all connected");
    let (status, text) = watched.get("/readyz").await;
    assert!(status == 200 && text.contains("it takes what is written"), "{text}");
    assert_eq!(watched.get("/").await.0, 404);
    let Watched { mut program, .. } = watched;
    assert_eq!(program.terminate().0, Some(0));
}

/// Of two processes one has the shard; the other is as ready, because it takes over at any moment.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_shard_by_right_is_ready_as_well() {
    let Some(fresh) = Fresh::new(Kind::Postgres).await else { return };
    let Database::Postgres(url) = &fresh.database else { unreachable!() };
    let with_database = |command: &mut std::process::Command| {
        command.env("DATABASE_URL", url.expose_secret());
    };
    let mut first = Watched::start(with_database).await;
    first.becomes(true, "gateway").await;
    let folder = tempfile::tempdir().unwrap();
    let (program, origin) = watched::run(&first.sandbox, folder.path(), &with_database);
    let company = Company::open(&first.sandbox, "Südlicht");
    let second = Watched { sandbox: first.sandbox.clone(), company, folder, program, origin };
    assert_eq!(second.becomes(true, "gateway").await, "other processes hold every shard");
    first.program.kill();
    second.sandbox.bot_is_ready().await;
    second.falls_to("frontdesk_gateway_shards_connected", 1.0).await;
    assert_eq!(second.becomes(true, "gateway").await, "1 shards, all connected");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_is_exactly_one_line_in_the_log_and_the_line_has_the_cause() {
    let mut watched = Watched::start(|_| {}).await;
    watched.asks_for_ticket("xqzvw").await.unwrap();
    let card = watched.card("#1").await;
    watched.falls_to("frontdesk_outbox_jobs", 0.0).await;
    let file = watched.folder.path().join("frontdesk.db");
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    connection.execute("ALTER TABLE tickets RENAME TO hidden").await.unwrap();
    let told = watched.company.ben.presses(card.id, "Claim").await.unwrap().expect_message();
    let is_id = |word: &&str| {
        word.len() == 8 && word.chars().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit())
    };
    let id = told.text.split(|sign: char| !sign.is_alphanumeric()).find(is_id).expect("an id").to_owned();
    connection.execute("ALTER TABLE hidden RENAME TO tickets").await.unwrap();
    assert_eq!(watched.figure("frontdesk_incidents_total").await, Some(1.0));
    assert!(watched.figure("frontdesk_database_errors_total").await.unwrap() >= 1.0);
    watched.company.ben.presses(card.id, "Claim").await.unwrap();
    watched
        .company
        .ben
        .waits_for(watched.company.queue, |seen| seen.id == card.id && seen.contains("Ben"))
        .await;
    let line = watched.program.waits_for_line(&id);
    assert!(line.contains("ERROR") && line.contains("no such table"), "{line}");
    assert_eq!(watched.program.terminate().0, Some(0));
    let said = watched.program.everything();
    assert_eq!(said.lines().filter(|line| line.contains(&id)).count(), 1, "{said}");
}

/// Whoever looks into the log finds what belongs together by the same fields, and nothing that people wrote or are called.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_logged_says_what_it_is_about_and_nothing_that_people_wrote() {
    let mut watched = Watched::start(|command| {
        command.env("RUST_LOG", "frontdesk=debug").env("NO_COLOR", "1");
    })
    .await;
    watched.sandbox.plan(Route::CreateMessage, Fault::Fail { status: 500, code: 0 }, 1);
    watched.asks_for_ticket("xqzvw kestrelfeather").await.unwrap();
    let card = watched.card("#1").await;
    watched.company.ben.fills(card.id, "Resolve", "kestrelfeather").await;
    watched.falls_to("frontdesk_outbox_jobs", 0.0).await;
    assert_eq!(watched.program.terminate().0, Some(0));
    let said = watched.program.everything();
    let has = |line: &str, parts: &[String]| parts.iter().all(|part| line.contains(part.as_str()));
    let (guild, ben) = (watched.company.guild.id, watched.company.ben.id());
    let resolved = ["resolve-form is answered", "duration_ms=", "ticket.id=1"].map(str::to_owned).to_vec();
    let resolved = [resolved, vec![format!("guild.id={guild}"), format!("user.id={ben}")]].concat();
    assert!(said.lines().any(|line| has(line, &resolved)), "{resolved:?} in {said}");
    let failed = ["tried again", "job.id=", "lane=ticket:1", "attempts=1"].map(str::to_owned);
    assert!(said.lines().any(|line| has(line, &failed)), "{failed:?} in {said}");
    for private in ["kestrelfeather", "Ana", "Ben", "Nordlicht"] {
        let line = said.lines().find(|line| line.contains(private));
        assert!(line.is_none(), "{private} is printed: {line:?}");
    }
}

#[test]
fn where_nobody_can_listen_is_said_and_nothing_is_started() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let run = |http: &str| {
        let mut command = frontdesk();
        command.arg("run").env("DISCORD_TOKEN", "x").env("FRONTDESK_DATA", folder.path());
        let output = command.env("FRONTDESK_HTTP", http).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = run(&taken.local_addr().unwrap().to_string());
    assert!(code == Some(2) && said.contains("FRONTDESK_HTTP: cannot listen on 127.0.0.1"), "{said}");
    for faulty in ["everywhere", "localhost", "99999", "127.0.0.1"] {
        let (code, said) = run(faulty);
        assert!(code == Some(2) && said.contains("FRONTDESK_HTTP: is neither a port"), "{faulty}: {said}");
    }
}
