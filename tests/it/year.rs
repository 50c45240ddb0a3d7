//! A year of a busy desk in a database: 50,000 tickets with their events, and twice as many questions.
//!
//! Written as plain rows in one transaction, because 50,000 tickets told as stories would take hours. The rows are such
//! as the desk itself writes; everything follows from a ticket's number, so that every run has the same year.

use std::fmt::Write as _;

use frontdesk::domain::time::Timestamp;
use frontdesk::store::{Database, Store};
use secrecy::ExposeSecret as _;
use sqlx::{AssertSqlSafe, Connection as _};

pub(crate) const TICKETS: i64 = 50_000;

/// Whose year it is: a server with its channels and roles.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) guild: i64,
    pub(crate) support: i64,
    pub(crate) queue: i64,
    pub(crate) first_level: i64,
    pub(crate) second_level: i64,
    /// Somebody who opened one in four hundred of the tickets.
    pub(crate) requester: i64,
}

impl Place {
    fn requester(self, number: i64) -> i64 {
        match number * 7919 % REQUESTERS {
            0 => self.requester,
            other => 1000 + other,
        }
    }
}

const QUESTIONS: i64 = 2 * TICKETS;
const REQUESTERS: i64 = 400;
/// A second server, whose tickets are nobody else's.
const OTHER_GUILD: i64 = 2;
const OTHER_TICKETS: i64 = 5000;
const YEAR_MS: i64 = 365 * 24 * 3_600_000;
const MINUTE_MS: i64 = 60_000;
const ROWS_AT_ONCE: usize = 2000;

/// Fills a fresh database with the year that ends now.
pub(crate) async fn fill(database: &Database, place: Place, now: Timestamp) {
    // The tables are made by the desk itself.
    Store::open(database).await.unwrap().close().await;
    let mut statements = vec![desks(place, now)];
    let other = Place { guild: OTHER_GUILD, ..place };
    for (place, tickets) in [(place, TICKETS), (other, OTHER_TICKETS)] {
        statements.extend(blocks(tickets).map(|rows| ticket_rows(place, tickets, rows, now)));
    }
    statements.extend(blocks(QUESTIONS).map(|rows| question_rows(place, rows, now)));
    statements.push(FOLLOWING.to_owned());
    match database {
        Database::Sqlite(file) => {
            let address = format!("sqlite://{}", file.display());
            let mut connection = sqlx::SqliteConnection::connect(&address).await.unwrap();
            let mut transaction = connection.begin().await.unwrap();
            for statement in statements {
                sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *transaction).await.unwrap();
            }
            transaction.commit().await.unwrap();
            sqlx::raw_sql("ANALYZE").execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
        Database::Postgres(address) => {
            let mut connection = sqlx::PgConnection::connect(address.expose_secret()).await.unwrap();
            let mut transaction = connection.begin().await.unwrap();
            for statement in statements {
                sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *transaction).await.unwrap();
            }
            transaction.commit().await.unwrap();
            // The visibility map, too, so that an index alone can answer.
            sqlx::raw_sql("VACUUM ANALYZE").execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}

fn blocks(rows: i64) -> impl Iterator<Item = (i64, i64)> {
    let block = i64::try_from(ROWS_AT_ONCE).unwrap();
    (0..rows).step_by(ROWS_AT_ONCE).map(move |from| (from, (from + block).min(rows)))
}

fn desks(place: Place, now: Timestamp) -> String {
    let Place { guild, support, queue, first_level, second_level, .. } = place;
    format!(
        "INSERT INTO desks (guild_id, support_channel_id, queue_channel_id, first_level_role_id, \
         second_level_role_id, language, next_number, updated_at) VALUES \
         ({guild}, {support}, {queue}, {first_level}, {second_level}, 'en', {}, {now}), \
         ({OTHER_GUILD}, 110, 111, 210, 211, 'de', {}, {now}); \
         INSERT INTO specialisms (guild_id, name, role_id) VALUES ({guild}, NULL, {second_level}), \
         ({OTHER_GUILD}, NULL, 211);",
        TICKETS + 1,
        OTHER_TICKETS + 1,
    )
}

/// One ticket in a hundred of the last days is open in some state; the rest are closed, one in fifty without a
/// solution.
fn ticket_rows(place: Place, tickets: i64, (from, to): (i64, i64), now: Timestamp) -> String {
    let mut sql =
        "INSERT INTO tickets (guild_id, number, origin, requester_id, requester_name, language, subject, \
        offered, category, priority, status, since, agent_id, solution, closed_by, close_reason, opened_at, \
        first_response_at, resolved_at, due_at, bounces, reopened, rating) VALUES "
            .to_owned();
    for index in from..to {
        let number = index + 1;
        let opened = now.0 - YEAR_MS + index * (YEAR_MS / tickets);
        let taken = opened + (3 + number * 37 % 200) * MINUTE_MS;
        let solved = taken + (10 + number * 101 % 1500) * MINUTE_MS;
        let (guild, requester) = (place.guild, place.requester(number));
        let (category, priority) = match number * 31 % 5 {
            0 => ("'access'", "P3"),
            1 => ("'network'", "P4"),
            2 => ("'printing'", "P2"),
            3 => ("'mail'", "P3"),
            _ => ("NULL", "P1"),
        };
        let agent = 20 + number % 8;
        let (status, since, solution, reason, due) = if number > tickets - tickets / 100 {
            match number % 3 {
                0 => ("queued", opened, None, None, Some(opened + 240 * MINUTE_MS)),
                1 => ("claimed", taken, None, None, Some(opened + 1440 * MINUTE_MS)),
                _ => ("resolved", solved, Some(solved), None, None),
            }
        } else if number % 50 == 0 {
            ("closed", solved, None, Some("{\"kind\":\"silence\"}"), None)
        } else {
            ("closed", solved + 300 * MINUTE_MS, Some(solved), Some("{\"kind\":\"confirmed\"}"), None)
        };
        let holder = if status == "queued" { "NULL".to_owned() } else { agent.to_string() };
        let taken = if status == "queued" { "NULL".to_owned() } else { taken.to_string() };
        let rating = if number % 3 == 0 && status == "closed" {
            (1 + number % 5).to_string()
        } else {
            "NULL".to_owned()
        };
        let closed_by = if status == "closed" { requester.to_string() } else { "NULL".to_owned() };
        let separator = if index == from { "" } else { ", " };
        write!(
            sql,
            "{separator}({guild}, {number}, 'message:{number}:{requester}', {requester}, 'Ana', 'en', \
             'The printer on floor {number} is offline', '[]', {category}, '{priority}', '{status}', {since}, \
             {holder}, {}, {closed_by}, {}, {opened}, {taken}, {}, {}, {}, {}, {rating})",
            if solution.is_some() { "'Restart it.'" } else { "NULL" },
            reason.map_or("NULL".to_owned(), |reason| format!("'{reason}'")),
            solution.map_or("NULL".to_owned(), |at| at.to_string()),
            due.map_or("NULL".to_owned(), |at| at.to_string()),
            i64::from(number % 20 == 0),
            i64::from(number % 25 == 0),
        )
        .unwrap();
    }
    sql
}

fn question_rows(place: Place, (from, to): (i64, i64), now: Timestamp) -> String {
    let mut sql =
        "INSERT INTO questions (id, guild_id, asker_id, text, language, offered, asked_at, solved_by, \
        solved_at) VALUES "
            .to_owned();
    for index in from..to {
        let asked = now.0 - YEAR_MS + index * (YEAR_MS / QUESTIONS);
        let asker = place.requester(index);
        let offered = if index % 6 == 0 { "[]" } else { "[{\"article\":\"en/vpn\",\"title\":\"VPN\"}]" };
        let (by, at) = if index % 3 == 1 {
            ("'en/vpn'".to_owned(), asked.to_string())
        } else {
            ("NULL".to_owned(), "NULL".to_owned())
        };
        let separator = if index == from { "" } else { ", " };
        write!(
            sql,
            "{separator}({}, {}, {asker}, 'my VPN does not connect from home', 'en', '{offered}', {asked}, {by}, {at})",
            index + 1,
            place.guild,
        )
        .unwrap();
    }
    sql
}

/// What follows from the tickets: one hand-over in five, and the events of each.
const FOLLOWING: &str = "
    INSERT INTO escalations (ticket_id, specialism_id, by_id, at)
    SELECT t.id, s.id, t.agent_id, t.first_response_at FROM tickets AS t JOIN specialisms AS s ON s.guild_id = t.guild_id
    WHERE t.number % 5 = 0 AND t.agent_id IS NOT NULL ORDER BY t.id;
    INSERT INTO ticket_events (ticket_id, at, by_id, what, kind)
    SELECT id, opened_at, requester_id, '{\"kind\":\"opened\"}', 'opened' FROM tickets ORDER BY id;
    INSERT INTO ticket_events (ticket_id, at, by_id, what, kind)
    SELECT id, first_response_at, agent_id, '{\"kind\":\"claimed\"}', 'claimed' FROM tickets
    WHERE first_response_at IS NOT NULL ORDER BY id;
    INSERT INTO ticket_events (ticket_id, at, by_id, what, kind)
    SELECT id, first_response_at, agent_id, '{\"kind\":\"handed_back\",\"reason\":\"Not ours.\"}', 'handed_back'
    FROM tickets WHERE number % 20 = 0 AND agent_id IS NOT NULL ORDER BY id;
    INSERT INTO ticket_events (ticket_id, at, by_id, what, kind)
    SELECT id, resolved_at, agent_id, '{\"kind\":\"resolved\",\"solution\":\"Restart it.\"}', 'resolved' FROM tickets
    WHERE resolved_at IS NOT NULL ORDER BY id;
    INSERT INTO ticket_events (ticket_id, at, by_id, what, kind)
    SELECT id, since, requester_id, '{\"kind\":\"closed\",\"reason\":{\"kind\":\"confirmed\"}}', 'closed' FROM tickets
    WHERE status = 'closed' ORDER BY id;
";
