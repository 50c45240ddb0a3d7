//! A year of 50,000 tickets: whatever people do, no statement reads a whole big table.
//!
//! The statements are not listed anywhere: people's actions are done for real, and every statement that they run is
//! caught on its way to the database. SQLite is asked for its plan afterwards; PostgreSQL says its plan itself while it
//! runs the statement (`auto_explain`).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use frontdesk::desk::{
    Asking, Assignee, CategoryChange, Description, Desk, DeskError, DutyChange, Escalating, HoursChange,
    Message, Opening, Origin, PracticeEnd, Refusal, ReplyToken, SlaChange, SpecialismChange, SpecialismEdit,
    VipChange,
};
use frontdesk::domain::actor::{Actor, Standing};
use frontdesk::domain::article::Language;
use frontdesk::domain::assessment::Impact;
use frontdesk::domain::id::{
    ChannelId, GuildId, MessageId, QuestionId, RoleId, SpecialismId, TicketId, TicketNumber, UserId,
};
use frontdesk::domain::job::{InteractionToken, Lane, Timer};
use frontdesk::domain::ladder::Rung;
use frontdesk::domain::period::Choice;
use frontdesk::domain::reconcile::Seen;
use frontdesk::domain::ticket::Priority;
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

fn number(number: i64) -> TicketKey {
    TicketKey::Number(TicketNumber(number))
}

/// Everything that people and timers do, once.
async fn everything(desk: &Desk) {
    let (ana, ben) = (member(PLACE.requester, false), member(21, true));
    lives(desk, &ana, &ben).await;
    detours(desk, &ana, &ben).await;
    incidents(desk, &ana, &ben).await;
    rules(desk, &ben).await;
    practice(desk, &ben).await;
    // The last, because the timers of all that are rung, too.
    private(desk, &ben).await;
    rings(desk, &ben).await;
}

async fn opened_from(desk: &Desk, by: &Actor, message: i64) -> TicketKey {
    let opening = Opening {
        origin: Origin::Message(MessageId(message)),
        subject: "The printer on floor 3 is offline".to_owned(),
        details: None,
        files: Vec::new(),
        reply: None,
    };
    number(desk.open(by, opening).await.unwrap().ticket.number.0)
}

/// What does not happen to every ticket.
async fn detours(desk: &Desk, ana: &Actor, ben: &Actor) {
    let key = opened_from(desk, ana, 100).await;
    let ticket = desk.info(ben, key).await.unwrap().ticket;
    desk.waiting(&ticket).await.unwrap();
    desk.look_for_incident(ticket.id).await.unwrap();
    desk.assign(ben, key, Assignee { user: UserId(22), first_level: true }).await.unwrap();
    desk.assign(ben, key, Assignee { user: ben.user, first_level: true }).await.unwrap();
    desk.release(ben, key).await.unwrap();
    desk.prioritise(ben, key, Priority::P1, Some("It is the only one.")).await.unwrap();
    desk.categorise(ben, key, "printing").await.unwrap();
    desk.describe(ben, key, Description::Impact(Impact::Many)).await.unwrap();
    let reply = desk.knowledge.replies().find("more-details", Language::En).unwrap().name.clone();
    desk.reply(ben, key, &reply).await.unwrap();
    desk.add_member(ben, key, UserId(22)).await.unwrap();
    let set_up = desk.set_up(ben.guild).await.unwrap().unwrap();
    desk.proposals(&ticket, &set_up).await.unwrap();
    let escalating = Escalating { specialism: None, tried: Some("Restarted."), expected: None };
    let escalated = desk.escalate(ben, key, escalating).await.unwrap();
    let escalation = escalated.status.escalation().unwrap().id;
    desk.packet(escalated.id, escalation).await.unwrap().unwrap();
    desk.call(escalated.id, escalation, Rung::AskedAgain).await.unwrap().unwrap();
    desk.hand_back(ben, key, "It is the cable.").await.unwrap();
    let other = opened_from(desk, ana, 101).await;
    desk.mark_duplicate(ben, other, ticket.number).await.unwrap();
    desk.resolve(ben, key, "Plug it in.").await.unwrap();
    desk.close(ben, key, Some("Done.")).await.unwrap();
    desk.rate(ana, key, 2).await.unwrap();
    desk.comment_rating(ana, key, "It took long.").await.unwrap();
    desk.transcript(ana, key).await.unwrap();
    desk.transcript_for_staff(ticket.id).await.unwrap();
    desk.ticket_of_job(ticket.id).await.unwrap();
    desk.inventory(ben.guild).await.unwrap();
    desk.put_right(ticket.id, &Seen::default()).await.unwrap();
}

async fn incidents(desk: &Desk, ana: &Actor, ben: &Actor) {
    let key = opened_from(desk, ana, 110).await;
    let incident = desk.open_incident(ben, ("Printers", "We are on it."), None).await.unwrap().id;
    desk.link_to_incident(ben, key, incident).await.unwrap();
    desk.join_incident(ana, incident).await.unwrap();
    desk.refresh_incidents().await.unwrap();
    desk.close_incident(ben, incident, "Restart it.").await.unwrap();
    desk.settle_incident(incident).await.unwrap();
}

/// How the desk is led.
async fn rules(desk: &Desk, ben: &Actor) {
    let sla = SlaChange { idle: Some("3d"), ..SlaChange::default() };
    desk.change_sla(ben, &sla).await.unwrap();
    desk.terms(ben).await.unwrap();
    desk.recompute(ben.guild).await.unwrap();
    desk.reset_sla(ben).await.unwrap();
    desk.clear_hours(ben).await.unwrap();
    let category = CategoryChange::Save { german: None, keywords: Some("toner".to_owned()), priority: None };
    desk.change_category(ben, "printing", category).await.unwrap();
    desk.change_vip(ben, VipChange::Set(RoleId(300))).await.unwrap();
    let specialism = SpecialismEdit { role: Some(RoleId(301)), ..SpecialismEdit::default() };
    let specialism = SpecialismChange::Save(Box::new(specialism));
    desk.change_specialism(ben, "Network", None, specialism).await.unwrap();
    desk.duty(ben, DutyChange::On { until: Some("4h") }).await.unwrap();
    desk.statistics(ben, 0).await.unwrap();
    desk.daily_round(ben.guild).await.unwrap();
    desk.waiting_articles(ben).await.unwrap();
}

async fn practice(desk: &Desk, ben: &Actor) {
    let reply = ReplyToken { token: InteractionToken::new("t"), expires_at: desk.clock.now() };
    let attempt = desk.start_practice(ben, Some("vpn-error-809"), reply).await.unwrap();
    desk.ask_in_practice(ben, attempt.id, "What does it say?").await.unwrap();
    desk.end_practice(ben, attempt.id, PracticeEnd::Resolve, "Restart it.").await.unwrap();
    desk.practice_timer(attempt.id, Timer::RemindOfPractice).await.unwrap();
    let finished = desk.finish_practice(ben, attempt.id).await.unwrap();
    desk.practice_sheet(finished).await.unwrap();
    desk.practice_progress(ben, ben.user).await.unwrap();
}

/// What is known about people, given to them and taken away, and how long it is kept. What an agent gets who has worked on a
/// good part of a big table may read all of it.
async fn private(desk: &Desk, ben: &Actor) {
    let carl = member(1000 + 5, false);
    desk.export(&carl).await.unwrap();
    let Err(DeskError::Refused(Refusal::UnfinishedTickets { numbers })) = desk.forget_person(&carl).await
    else {
        panic!("he has something open");
    };
    for number in numbers {
        desk.close(ben, TicketKey::Number(number), Some("settled")).await.unwrap();
    }
    let forgotten = desk.forget_person(&carl).await.unwrap().tickets;
    assert!(forgotten > 100, "only {forgotten} tickets were emptied");
    desk.change_retention(ben, None, Some(300)).await.unwrap();
    desk.change_retention(ben, Some("printing"), Some(200)).await.unwrap();
    desk.retentions(ben).await.unwrap();
    desk.empty_old_tickets(ben.guild).await.unwrap();
}

/// A ticket's life, and what lists and counts tickets: reports of all periods but the year, which is the whole table.
async fn lives(desk: &Desk, ana: &Actor, ben: &Actor) {
    desk.set_up(ben.guild).await.unwrap();
    desk.own_tickets(ana, 0).await.unwrap();
    desk.own_tickets(ana, 3).await.unwrap();
    desk.queue(ben, 0).await.unwrap();
    desk.queue(ben, 5).await.unwrap();
    for choice in Choice::ALL.into_iter().filter(|choice| *choice != Choice::ThisYear) {
        desk.report(ben, choice).await.unwrap();
    }
    desk.change_weekly_report(ben, Some(ChannelId(5))).await.unwrap();
    desk.queue_weekly_report(ben.guild).await.unwrap();
    let asking = Asking {
        id: QuestionId(9_000_000),
        text: "my VPN does not connect".to_owned(),
        category: None,
        attachment: None,
    };
    let (question, _) = desk.ask(ana, asking).await.unwrap();
    desk.write_questions().await;
    if let Some(offered) = question.offered.first() {
        desk.solved(ana, question.id, &offered.article).await.unwrap();
    }
    let opening = Opening {
        origin: Origin::Question(question.id),
        subject: "VPN".to_owned(),
        details: None,
        files: Vec::new(),
        reply: None,
    };
    let opened = desk.open(ana, opening.clone()).await.unwrap().ticket;
    desk.open(ana, Opening { origin: Origin::Message(MessageId(9)), ..opening }).await.unwrap();
    let key = number(opened.number.0);
    desk.claim(ben, key).await.unwrap();
    desk.wait(ben, key).await.unwrap();
    desk.go_on(ben, key).await.unwrap();
    hear(desk, ben.guild).await;
    desk.note(ben, key, "Looks like the certificate.").await.unwrap();
    desk.info(ben, key).await.unwrap();
    desk.info(ben, number(25_000)).await.unwrap();
    let escalating = Escalating { specialism: None, tried: Some("Restarted."), expected: None };
    desk.escalate(ben, key, escalating).await.unwrap();
    desk.accept(ben, key).await.unwrap();
    desk.resolve(ben, key, "Renewed.").await.unwrap();
    desk.confirm(ana, key).await.unwrap();
    desk.rate(ana, key, 5).await.unwrap();
    desk.reopen(ana, key).await.unwrap();
    let hours =
        HoursChange { zone: Some("Europe/Berlin"), week: Some("Mo-Fr 8-16"), ..HoursChange::default() };
    desk.change_hours(ben, &hours).await.unwrap();
    desk.recompute(ben.guild).await.unwrap();
    desk.gaps(ben, 0).await.unwrap();
}

/// Timers and deliveries.
async fn rings(desk: &Desk, ben: &Actor) {
    let opened = desk.info(ben, opened_from(desk, ben, 120).await).await.unwrap().ticket;
    for due in desk.store.due_timers(desk.clock.now() + YEAR, 200).await.unwrap() {
        if let Lane::Ticket(ticket) = due.lane {
            desk.ticket_timer(ticket, due.timer).await.unwrap();
            desk.end_silence(ticket, &[]).await.unwrap();
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
    let (mut looked_at, mut wrong) = (0, BTreeSet::new());
    for statement in statements {
        let word = statement.split_whitespace().next().unwrap_or_default().to_uppercase();
        // What runs on PostgreSQL meanwhile is logged alike; this alone has no meaning here.
        let is_foreign = statement.contains("pg_notify");
        if is_foreign || !["SELECT", "UPDATE", "DELETE", "INSERT"].contains(&word.as_str()) {
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
            if is_big {
                wrong.insert(format!("{statement}\n{plan:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(looked_at > 20, "only {looked_at} statements search anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_reads_no_big_table_whole() {
    let Some((_fresh, plans)) = caught_on(Kind::Postgres).await else { return };
    let (mut looked_at, mut wrong) = (0, BTreeSet::new());
    for plan in plans {
        looked_at += usize::from(plan.contains("Index"));
        if BIG.iter().any(|table| plan.contains(&format!("Seq Scan on {table} "))) {
            wrong.insert(plan);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(looked_at > 20, "only {looked_at} plans use an index");
}
