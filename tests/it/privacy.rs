//! Nothing of somebody is left once they are forgotten: every column of every table is looked at, as the database's own
//! catalogue lists them.

use std::time::Duration;

use frontdesk::sandbox::{OptionInput, Person, SeenMessage};
use frontdesk::store::Database;
use secrecy::ExposeSecret as _;
use sqlx::{AssertSqlSafe, Connection as _};

use crate::databases::{Fresh, on_both_databases};
use crate::office::{Acts as _, Office, Opened};

on_both_databases!(
    whoever_is_forgotten_is_nowhere_and_what_is_counted_stays,
    texts_are_emptied_when_their_time_is_over,
);

/// Columns that can never name a person, for the numbers that stand in them.
const NO_PERSON: [&str; 3] =
    ["taken_interactions.id", "command_registrations.application_id", "outbox.leased_by"];

const TABLES_SQLITE: &str = "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_%' ESCAPE '\\'";

const TABLES_POSTGRES: &str = "SELECT table_name::text, column_name::text FROM information_schema.columns \
    WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'";

enum Raw {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

impl Raw {
    async fn open(database: &Database) -> Self {
        match database {
            Database::Sqlite(path) => {
                let address = format!("sqlite://{}", path.display());
                Self::Sqlite(sqlx::SqliteConnection::connect(&address).await.unwrap())
            }
            Database::Postgres(url) => {
                Self::Postgres(sqlx::PgConnection::connect(url.expose_secret()).await.unwrap())
            }
        }
    }

    async fn pairs(&mut self, statement: &str) -> Vec<(String, String)> {
        let query = sqlx::query_as(AssertSqlSafe(statement.to_owned()));
        match self {
            Self::Sqlite(connection) => query.fetch_all(connection).await.unwrap(),
            Self::Postgres(connection) => {
                sqlx::query_as(AssertSqlSafe(statement.to_owned())).fetch_all(connection).await.unwrap()
            }
        }
    }

    async fn columns(&mut self) -> Vec<(String, String)> {
        let statement = match self {
            Self::Sqlite(_) => TABLES_SQLITE,
            Self::Postgres(_) => TABLES_POSTGRES,
        };
        self.pairs(statement).await
    }

    /// Where any of these stands, with what stands there.
    async fn traces(&mut self, wanted: &[String]) -> Vec<String> {
        let columns = self.columns().await;
        assert!(columns.len() > 100, "the catalogue is read: {columns:?}");
        let mut traces = Vec::new();
        for (table, column) in columns {
            let place = format!("{table}.{column}");
            if NO_PERSON.contains(&place.as_str()) {
                continue;
            }
            for wanted in wanted {
                let statement = format!(
                    "SELECT '{place}', CAST(\"{column}\" AS TEXT) FROM \"{table}\" \
                     WHERE CAST(\"{column}\" AS TEXT) LIKE '%{wanted}%'"
                );
                traces.extend(
                    self.pairs(&statement).await.into_iter().map(|(at, found)| format!("{at}: {found}")),
                );
            }
        }
        traces
    }
}

async fn with_number(who: &Person, channel: u64, command: &str, options: &[(&str, &str)]) -> SeenMessage {
    let mut given: Vec<_> =
        options.iter().map(|(name, text)| ((*name).to_owned(), OptionInput::from(*text))).collect();
    given.push(("number".to_owned(), OptionInput::Integer(1)));
    who.uses(channel, command, given).await.unwrap().expect_message()
}

/// Everything that a ticket can have, with words that stand nowhere else: ANAWORD is Ana's, BENWORD is Ben's.
async fn everything_happens(office: &Office) -> Opened {
    let ticket = office.opens_ticket(&office.ana, "ANAWORD my VPN does not connect").await;
    office.ben.runs(office.queue, "desk duty", &[("state", "on")]).await.expect_message();
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.waits_for_thread("#1").await;
    with_number(&office.ben, office.queue, "ticket note", &[("text", "BENWORD looks odd")]).await;
    with_number(&office.ben, office.queue, "ticket reply", &[("name", "more-details")]).await;
    with_number(
        &office.ben,
        office.queue,
        "ticket priority",
        &[("level", "P2"), ("reason", "BENWORD urgent")],
    )
    .await;
    office.ben.fills(ticket.queue_card, "Escalate", "BENWORD restarted it").await;
    let packet = office.sven.waits_for(office.queue, |message| message.button("Accept").is_some()).await;
    office.sven.presses(packet.id, "Accept").await.unwrap();
    office.sven.fills(packet.id, "Hand back", "Not ours").await;
    office.settles().await;
    with_number(
        &office.ben,
        office.queue,
        "ticket resolve",
        &[("solution", "BENWORD: new cable, see en/vpn-drops")],
    )
    .await;
    office.ana.waits_for(ticket.thread, |message| message.button("That works").is_some()).await;
    office.ben.fills(ticket.queue_card, "Close", "BENWORD by phone").await;
    let note = office.ana.waits_for(office.support, |message| message.button("Reopen").is_some()).await;
    office.settles().await;
    office.ana.presses(note.id, "4").await.unwrap();
    office.ana.fills(note.id, "Add a comment", "ANAWORD was quick").await;
    let solved = office.ana.asks(office.support, "ANAWORD the printer is offline").await;
    office.ana.presses(solved.id, "That solved it").await.unwrap();

    let options = [("action", "open"), ("title", "Mail is slow"), ("text", "We look into it")];
    office.ben.runs(office.queue, "desk incident", &options).await.expect_message();
    let answer = office.ana.wait_until_banner(office).await;
    office.ana.presses(answer.id, "Me too").await.unwrap();
    let form = office.ben.runs(office.queue, "kb new", &[]).await.expect_modal();
    let fields: Vec<_> = form.fields.iter().map(|field| field.custom_id.clone()).collect();
    office.ben.submits(&form, &[(&fields[0], "Cables"), (&fields[1], "Use the new ones.")]).await.unwrap();

    let start = [("action", "start"), ("scenario", "vpn-error-809")];
    office.ben.runs(office.support, "desk practice", &start).await.expect_message();
    let thread = office.ben.waits_for_thread("Practice 1").await;
    let card = office.ben.waits_for(thread.id, |message| message.button("Resolve").is_some()).await;
    office.ben.fills(card.id, "Resolve", "BENWORD router").await;
    office.settles().await;
    office.app().desk().write_questions().await;
    ticket
}

trait Waits {
    async fn wait_until_banner(&self, office: &Office) -> SeenMessage;
}

impl Waits for Person {
    /// Processes hear of an incident a moment later.
    async fn wait_until_banner(&self, office: &Office) -> SeenMessage {
        for _ in 0..200 {
            let answer = self.asks(office.support, "ANAWORD mail is slow").await;
            if answer.button("Me too").is_some() {
                return answer;
            }
        }
        panic!("no banner")
    }
}

async fn deletes(office: &Office, who: &Person) -> SeenMessage {
    let asked = who.runs(office.support, "privacy delete", &[]).await.expect_message();
    assert!(asked.ephemeral && asked.contains("cannot be taken back"), "{asked}");
    let answer = who.presses(asked.id, "Delete my data").await.unwrap().expect_message();
    who.waits_for(answer.channel, |message| message.id == answer.id && !message.loading).await
}

async fn whoever_is_forgotten_is_nowhere_and_what_is_counted_stays(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let ticket = everything_happens(&office).await;
    let mut raw = Raw::open(&fresh.database).await;
    let (ana, ben) = (office.ana.id().to_string(), office.ben.id().to_string());
    let of_ana = [ana, "ANAWORD".to_owned(), "Ana".to_owned()];
    let of_ben = [ben, "BENWORD".to_owned()];
    assert!(
        raw.traces(&of_ana).await.len() > 10 && raw.traces(&of_ben).await.len() > 10,
        "there is something to find"
    );
    let choice = frontdesk::domain::period::Choice::default();
    let guild = frontdesk::domain::id::GuildId::from_snowflake(office.guild.id);
    let report = async || {
        let desk = office.app().desk();
        let counted = frontdesk::desk::report::chosen(&desk.store, &desk.clock, guild, choice).await.unwrap();
        frontdesk::domain::report::Report { made_at: frontdesk::domain::time::Timestamp(0), ..counted }
    };
    let before = report().await;

    let done = deletes(&office, &office.ana).await;
    assert!(done.contains("your ticket is emptied"), "{done}");
    let traces = raw.traces(&of_ana).await;
    assert!(traces.is_empty(), "{traces:#?}");
    office.settles().await;
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(!card.contains("ANAWORD") && !card.contains("BENWORD"), "the card is emptied, too: {card}");
    let again = deletes(&office, &office.ana).await;
    assert!(again.contains("no longer knows you"), "{again}");

    let done = deletes(&office, &office.ben).await;
    assert!(done.contains("no longer knows you"), "{done}");
    let traces = raw.traces(&of_ben).await;
    assert!(traces.is_empty(), "{traces:#?}");
    let mut after = report().await;
    assert!(after.gaps.is_empty(), "nobody can write about what is emptied: {:?}", after.gaps);
    after.gaps.clone_from(&before.gaps);
    assert_eq!(after, before, "what is counted stays");
    let info = with_number(&office.sven, office.queue, "ticket info", &[]).await;
    assert!(info.contains("#1") && info.contains("accepted by @Sven"), "the story can be read: {info}");
    let sven = raw.traces(&[office.sven.id().to_string()]).await;
    assert!(!sven.is_empty(), "whoever did not ask for it is still there");
}

async fn texts_are_emptied_when_their_time_is_over(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let days = |days, category: Option<&str>| {
        let mut given = vec![("days".to_owned(), OptionInput::Integer(days))];
        given.extend(category.map(|name| ("category".to_owned(), OptionInput::from(name))));
        office.dora.uses(office.support, "desk retention", given)
    };
    for name in ["Access", "Mail"] {
        let given = vec![("name".to_owned(), OptionInput::from(name)), ("keywords".to_owned(), name.into())];
        office.dora.uses(office.support, "desk category", given).await.unwrap();
    }
    let too_few = days(13, None).await.unwrap().expect_message();
    assert!(too_few.contains("from 14 to 3650 days"), "{too_few}");
    let unknown = days(30, Some("Nothing")).await.unwrap().expect_message();
    assert!(unknown.contains("no category") || unknown.contains("Nothing"), "{unknown}");
    days(30, None).await.unwrap();
    let listed = days(60, Some("mail")).await.unwrap().expect_message();
    assert!(listed.contains("**Mail**: 60 days") && listed.contains("Everything else: 30 days"), "{listed}");

    let mail = office.opens_ticket(&office.ana, "MAILWORD mail").await;
    let access = office.opens_ticket(&office.ana, "ACCESSWORD access").await;
    let open = office.opens_ticket(&office.ana, "OPENWORD").await;
    for ticket in [&mail, &access] {
        office.ana.uses(ticket.thread, "ticket close", Vec::new()).await.unwrap();
    }
    office.settles().await;
    office.app().desk().write_questions().await;
    let mut raw = Raw::open(&fresh.database).await;
    let traces = |word: &str| vec![word.to_owned()];
    let card = |ticket: &Opened| office.ben.sees_message(ticket.queue_card).unwrap();
    office.pass(Duration::from_hours(29 * 24));
    office.settles().await;
    assert!(card(&access).contains("ACCESSWORD"), "its time is not over");
    office.pass(Duration::from_hours(2 * 24));
    office
        .ben
        .waits_for(office.queue, |message| message.id == access.queue_card && !message.contains("ACCESSWORD"))
        .await;
    office.settles().await;
    assert_eq!(raw.traces(&traces("ACCESSWORD")).await, Vec::<String>::new());
    assert!(card(&mail).contains("MAILWORD") && card(&open).contains("OPENWORD"), "theirs is not over");
    office.pass(Duration::from_hours(30 * 24));
    office
        .ben
        .waits_for(office.queue, |message| message.id == mail.queue_card && !message.contains("MAILWORD"))
        .await;
    assert!(card(&open).contains("OPENWORD"), "what is open is kept");
    let forever = vec![("forever".to_owned(), OptionInput::Boolean(true))];
    let none = office.dora.uses(office.support, "desk retention", forever).await.unwrap().expect_message();
    assert!(none.contains("**Mail**") && !none.contains("Everything else"), "{none}");
}
