//! A year of 50,000 tickets: whatever people do, no statement reads a whole big table.
//!
//! The statements are not listed anywhere: people's actions are done for real, and every statement that they run is
//! caught on its way to the database. SQLite is asked for its plan afterwards; PostgreSQL says its plan itself while it
//! runs the statement (`auto_explain`).

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use frontdesk::desk::{Asking, Desk, Escalating, HoursChange, Message, Opening, Origin};
use frontdesk::domain::actor::{Actor, Standing};
use frontdesk::domain::article::Language;
use frontdesk::domain::id::{ChannelId, GuildId, MessageId, SpecialismId, TicketId, TicketNumber, UserId};
use frontdesk::domain::job::Lane;
use frontdesk::domain::period::Choice;
use frontdesk::domain::time::Clock;
use frontdesk::knowledge::{Knowledge, KnowledgeOptions};
use frontdesk::store::{Database, Store, TicketKey};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};
use tracing::Instrument as _;
use tracing::field::{Field, Visit};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use crate::databases::{Fresh, Kind};
use crate::year::{self, Place};

/// The tables that grow with every ticket and question.
const BIG: [&str; 4] = ["tickets", "ticket_events", "questions", "escalations"];
const PLACE: Place =
    Place { guild: 1, support: 100, queue: 101, first_level: 200, second_level: 201, requester: 1000 };
const YEAR: Duration = Duration::from_hours(365 * 24);
/// Within this span statements are caught.
const SPAN: &str = "caught";

static CAUGHT: Mutex<Vec<(Kind, String)>> = Mutex::new(Vec::new());

/// Catches statements and plans that are logged within [`SPAN`].
struct Catch;

#[derive(Default)]
struct Texts {
    statement: String,
    summary: String,
    message: String,
}

impl Visit for Texts {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        match field.name() {
            "message" => self.message = format!("{value:?}"),
            "summary" => self.summary = format!("{value:?}"),
            _ => {}
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "message" => value.clone_into(&mut self.message),
            "db.statement" => value.clone_into(&mut self.statement),
            "summary" => value.clone_into(&mut self.summary),
            _ => {}
        }
    }
}

impl<S: tracing::Subscriber> Layer<S> for Catch {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut texts = Texts::default();
        event.record(&mut texts);
        let caught = if event.metadata().target() == "sqlx::postgres::notice" {
            (Kind::Postgres, texts.message)
        } else if texts.statement.is_empty() {
            // A statement that is as short as its own summary is logged as that alone.
            (Kind::Sqlite, texts.summary)
        } else {
            (Kind::Sqlite, texts.statement)
        };
        CAUGHT.lock().unwrap().push(caught);
    }
}

/// The layer for the one subscriber of the test program.
pub(crate) fn layer<S: tracing::Subscriber + for<'a> LookupSpan<'a>>() -> impl Layer<S> {
    Catch.with_filter(dynamic_filter_fn(|about, cx| {
        let is_ours = |span: &tracing_subscriber::registry::SpanRef<'_, S>| span.name() == SPAN;
        about.name() == SPAN
            || (["sqlx::query", "sqlx::postgres::notice"].contains(&about.target())
                && cx.lookup_current().is_some_and(|span| span.scope().any(|span| is_ours(&span))))
    }))
}

fn member(user: i64, first_level: bool) -> Actor {
    Actor {
        guild: GuildId(PLACE.guild),
        user: UserId(user),
        name: "Ben".to_owned(),
        language: Language::En,
        standing: Standing {
            first_level,
            specialisms: vec![SpecialismId(1)],
            manager: first_level,
            vip: false,
        },
    }
}

/// Messages in a ticket's thread and elsewhere.
async fn hear(desk: &Desk, guild: GuildId) {
    let mut tx = desk.store.begin().await.unwrap();
    tx.thread_made(TicketId(25_000), ChannelId(77)).await.unwrap();
    tx.commit().await.unwrap();
    for channel in [ChannelId(77), ChannelId(78)] {
        assert_eq!(desk.is_ticket_thread(guild, channel).await.unwrap(), channel == ChannelId(77));
        let (author, roles) = (UserId(PLACE.requester), Vec::new());
        desk.hear(&Message { guild, channel, id: MessageId(5), author, roles }).await.unwrap();
    }
}

/// Everything that people and timers do, once; reports of all periods but the year, which is the whole table.
async fn everything(desk: &Desk) {
    let (ana, ben) = (member(PLACE.requester, false), member(21, true));
    let number = |number: i64| TicketKey::Number(TicketNumber(number));
    desk.set_up(ben.guild).await.unwrap();
    desk.own_tickets(&ana, 0).await.unwrap();
    desk.own_tickets(&ana, 3).await.unwrap();
    desk.queue(&ben, 0).await.unwrap();
    desk.queue(&ben, 5).await.unwrap();
    for choice in Choice::ALL.into_iter().filter(|choice| *choice != Choice::ThisYear) {
        desk.report(&ben, choice).await.unwrap();
    }
    desk.change_weekly_report(&ben, Some(ChannelId(5))).await.unwrap();
    desk.queue_weekly_report(ben.guild).await.unwrap();
    let asking = Asking { text: "my VPN does not connect".to_owned(), category: None, attachment: None };
    let (question, _) = desk.ask(&ana, asking).await.unwrap();
    desk.write_questions().await;
    if let Some(offered) = question.offered.first() {
        desk.solved(&ana, question.id, &offered.article).await.unwrap();
    }
    let opening = Opening {
        origin: Origin::Question(question.id),
        subject: "VPN".to_owned(),
        details: None,
        attachment: None,
        reply: None,
    };
    let opened = desk.open(&ana, opening.clone()).await.unwrap().ticket;
    desk.open(&ana, Opening { origin: Origin::Message(MessageId(9)), ..opening }).await.unwrap();
    let key = number(opened.number.0);
    desk.claim(&ben, key).await.unwrap();
    desk.wait(&ben, key).await.unwrap();
    desk.go_on(&ben, key).await.unwrap();
    hear(desk, ben.guild).await;
    desk.note(&ben, key, "Looks like the certificate.").await.unwrap();
    desk.info(&ben, key).await.unwrap();
    desk.info(&ben, number(25_000)).await.unwrap();
    let escalating = Escalating { specialism: None, tried: Some("Restarted."), expected: None };
    desk.escalate(&ben, key, escalating).await.unwrap();
    desk.accept(&ben, key).await.unwrap();
    desk.resolve(&ben, key, "Renewed.").await.unwrap();
    desk.confirm(&ana, key).await.unwrap();
    desk.rate(&ana, key, 5).await.unwrap();
    desk.reopen(&ana, key).await.unwrap();
    let hours =
        HoursChange { zone: Some("Europe/Berlin"), week: Some("Mo-Fr 8-16"), ..HoursChange::default() };
    desk.change_hours(&ben, &hours).await.unwrap();
    desk.recompute(ben.guild).await.unwrap();
    desk.gaps(&ben, 0).await.unwrap();
    for due in desk.store.due_timers(desk.clock.now() + YEAR, 200).await.unwrap() {
        if let Lane::Ticket(ticket) = due.lane {
            desk.ticket_timer(ticket, due.timer).await.unwrap();
        }
    }
    let store = &desk.store;
    let now = desk.clock.now();
    store.due_timers(now, 10).await.unwrap();
    store.next_timer().await.unwrap();
    store.ready_lanes(now, 10).await.unwrap();
    store.next_delivery().await.unwrap();
    store.dead_jobs(ben.guild, 10).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.lease_job(Lane::Ticket(opened.id), now, now, store.process()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A desk over the year, whose database tells the plans of what it runs.
async fn caught_on(kind: Kind) -> Option<(Fresh, Vec<String>)> {
    crate::logs::watch();
    let fresh = Fresh::new(kind).await?;
    let clock = Clock::default();
    year::fill(&fresh.database, PLACE, clock.now()).await;
    let database = match &fresh.database {
        Database::Sqlite(file) => Database::Sqlite(file.clone()),
        Database::Postgres(address) => Database::Postgres(SecretString::from(format!(
            "{}?options[session_preload_libraries]=auto_explain&options[auto_explain.log_min_duration]=0\
             &options[auto_explain.log_level]=notice",
            address.expose_secret()
        ))),
    };
    let index = tempfile::tempdir().unwrap();
    let kb_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("kb");
    let (knowledge, _) =
        Knowledge::open(&KnowledgeOptions { kb_folder, index_folder: index.path().to_owned() }).unwrap();
    let store = Store::open(&database).await.unwrap();
    let desk = Desk::new(store, clock, knowledge);
    everything(&desk).instrument(tracing::info_span!("caught")).await;
    desk.store.close().await;
    let mut caught = CAUGHT.lock().unwrap();
    let of_this = |(of, text): &(Kind, String)| (*of == kind).then(|| text.clone());
    let texts: Vec<_> = caught.iter().filter_map(of_this).collect();
    caught.retain(|(of, _)| *of != kind);
    assert!(texts.len() > 40, "only {} statements were caught", texts.len());
    Some((fresh, texts))
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_reads_no_big_table_whole() {
    let Some((fresh, statements)) = caught_on(Kind::Sqlite).await else { return };
    let Database::Sqlite(file) = &fresh.database else { panic!("{:?}", fresh.database) };
    let address = format!("sqlite://{}", file.display());
    let mut connection = sqlx::SqliteConnection::connect(&address).await.unwrap();
    let mut looked_at = 0;
    for statement in statements {
        let word = statement.split_whitespace().next().unwrap_or_default().to_uppercase();
        if !["SELECT", "UPDATE", "DELETE", "INSERT"].contains(&word.as_str()) {
            continue;
        }
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
        let rows = sqlx::query(explain).fetch_all(&mut connection).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        looked_at += usize::from(plan.iter().any(|step| step.contains("SEARCH")));
        for step in &plan {
            // `SCAN t USING INDEX` reads the whole index, which is as long as the table.
            let scanned = step.strip_prefix("SCAN ").map(|rest| rest.split(' ').next().unwrap_or_default());
            let is_big = scanned.is_some_and(|name| BIG.contains(&name) || ["t", "q", "e"].contains(&name));
            assert!(!is_big, "{statement}\n{plan:#?}");
        }
    }
    assert!(looked_at > 20, "only {looked_at} statements search anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_reads_no_big_table_whole() {
    let Some((_fresh, plans)) = caught_on(Kind::Postgres).await else { return };
    let mut looked_at = 0;
    for plan in plans {
        looked_at += usize::from(plan.contains("Index"));
        for table in BIG {
            let scan = format!("Seq Scan on {table} ");
            assert!(!plan.contains(&scan), "{plan}");
        }
    }
    assert!(looked_at > 20, "only {looked_at} plans use an index");
}
