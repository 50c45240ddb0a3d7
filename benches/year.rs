//! A year of 50,000 tickets and 100,000 questions in the database: how long people wait for what lists or counts.
//!
//! The real bot over real sockets, on SQLite and, where `FRONTDESK_TEST_POSTGRES` names a server, on PostgreSQL. Times
//! are from the person's use of a command to the answer that they read. Run with `cargo bench --bench year`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and what fails ends it")]

use std::path::Path;
use std::time::{Duration, Instant};

use frontdesk::app::App;
use frontdesk::config::{Settings, Transcripts};
use frontdesk::domain::time::Clock;
use frontdesk::sandbox::{OptionInput, Person, Sandbox, SandboxOptions, permissions};
use frontdesk::store::Database;
use secrecy::SecretString;
use sqlx::{AssertSqlSafe, Connection as _};

#[path = "../tests/it/year.rs"]
mod year;

/// Uses of a command that answers at once, and of one that counts.
const QUICK: usize = 200;
const COUNTED: usize = 20;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!("{:<12}{:<34}{:>12}{:>12}", "", "", "p50", "p99");
    let folder = tempfile::tempdir().unwrap();
    runtime.block_on(measure("SQLite", Database::Sqlite(folder.path().join("frontdesk.db"))));
    if let Ok(server) = std::env::var("FRONTDESK_TEST_POSTGRES") {
        runtime.block_on(async {
            let name = format!("year_{}", std::process::id());
            let mut connection = sqlx::PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
            let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
            sqlx::raw_sql(create).execute(&mut connection).await.unwrap();
            let address = SecretString::from(format!("{server}/{name}"));
            measure("PostgreSQL", Database::Postgres(address)).await;
            let drop = AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
            sqlx::raw_sql(drop).execute(&mut connection).await.unwrap();
        });
    }
}

async fn measure(name: &str, database: Database) {
    let options = SandboxOptions { rate_limits: false, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let guild = sandbox.create_guild("Bench");
    guild.set_everyone(permissions::ALL & !permissions::ADMINISTRATOR);
    let (first_level, second_level) = (guild.create_role("First Level"), guild.create_role("Network"));
    let channel = guild.create_text_channel("support", &[]);
    let queue = guild.create_text_channel("support-queue", &[]);
    guild.invite_bot(permissions::ALL & !permissions::ADMINISTRATOR);
    let ana = guild.add_member("Ana", "en-US", &[]);
    let ben = guild.add_member("Ben", "en-US", &[&first_level]);
    let clock = Clock::default();
    let signed = |id: u64| id.cast_signed();
    let place = year::Place {
        guild: signed(guild.id),
        support: signed(channel),
        queue: signed(queue),
        first_level: signed(first_level.id),
        second_level: signed(second_level.id),
        requester: signed(ana.id()),
    };
    let begin = Instant::now();
    year::fill(&database, place, clock.now()).await;
    println!("{name:<12}{} tickets written in {:.1} s", year::TICKETS, begin.elapsed().as_secs_f64());
    let data = tempfile::tempdir().unwrap();
    let settings = Settings {
        token: sandbox.token().into(),
        origin: sandbox.origin(),
        data: data.path().to_owned(),
        database,
        kb: Path::new(env!("CARGO_MANIFEST_DIR")).join("kb"),
        transcripts: Transcripts::default(),
        http: None,
    };
    let app = App::start(&settings, clock).await.unwrap();
    app.ready().await;
    let number = |number: i64| ("number".to_owned(), OptionInput::Integer(number));
    let bench = Bench { name, channel };
    bench.command(&ana, "tickets", vec![], QUICK).await;
    bench.command(&ben, "tickets", vec![("queue".to_owned(), OptionInput::Boolean(true))], QUICK).await;
    bench.command(&ben, "ticket info", vec![number(25_000)], QUICK).await;
    bench
        .command(&ana, "support", vec![("question".to_owned(), "my VPN does not connect".into())], QUICK)
        .await;
    for period in ["7-days", "30-days", "last-month", "quarter", "year"] {
        let options = vec![("period".to_owned(), OptionInput::from(period))];
        bench.command(&ben, "desk report", options, COUNTED).await;
    }
    app.stop().await;
}

struct Bench<'a> {
    name: &'a str,
    channel: u64,
}

impl Bench<'_> {
    async fn command(&self, who: &Person, command: &str, options: Vec<(String, OptionInput)>, times: usize) {
        let mut took = Vec::with_capacity(times);
        for _ in 0..times {
            let begin = Instant::now();
            let reaction = who.uses(self.channel, command, options.clone()).await.unwrap();
            let answer = reaction.message().unwrap_or_else(|| panic!("{reaction:?}")).id;
            let there = || who.sees_message(answer).filter(|message| !message.loading);
            let answer = who.wait_until(there).await.expect("the answer comes");
            took.push(begin.elapsed());
            assert!(!answer.embeds.is_empty(), "{answer}");
            who.deletes(answer.id).await.unwrap();
        }
        took.sort_unstable();
        let (p50, p99) = (took[times / 2], took[times * 99 / 100]);
        let given: Vec<_> = options.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
        let given = given.join(" ").replace("Text(\"", "").replace("\")", "");
        println!(
            "{:<12}{:<34}{:>9.1} ms{:>9.1} ms",
            self.name,
            format!("/{command} {given}"),
            ms(p50),
            ms(p99)
        );
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
