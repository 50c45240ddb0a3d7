//! What every table knows about somebody: taken away. The reverse, for whoever wants to read it, is in `export`.
//!
//! A table that is added later and names people belongs here as well; `tests/it/privacy.rs` finds it in the database's
//! own catalogue and fails until it does.

use serde_json::Value;

use super::{StoreError, Tx, from_json, writing};
use crate::domain::id::{GuildId, TicketId, TicketNumber, UserId};
use crate::domain::job::Posted;
use crate::domain::privacy;
use crate::domain::question::Fate;
use crate::domain::time::Timestamp;

/// Somebody waits for these, or somebody is waited for.
const UNFINISHED: &str = "SELECT number FROM tickets WHERE guild_id = $1 AND status <> 'closed' \
    AND (requester_id = $2 OR agent_id = $2 OR specialist_id = $2) ORDER BY number LIMIT $3";

const OWN: &str = "SELECT id FROM tickets WHERE guild_id = $1 AND requester_id = $2 ORDER BY id";

const EMPTY_TICKET: &str = "UPDATE tickets SET requester_name = '', subject = '', details = NULL, \
    question = NULL, attachment = NULL, notes = '[]', rating_comment = NULL, emptied_at = $2 WHERE id = $1 \
    RETURNING guild_id, origin, close_reason";

const SET_CLOSE_REASON: &str = "UPDATE tickets SET close_reason = $2 WHERE id = $1";

const EVENTS: &str = "SELECT id, what FROM ticket_events WHERE ticket_id = $1";

const SET_EVENT: &str = "UPDATE ticket_events SET what = $2, by_id = COALESCE($3, by_id) WHERE id = $1";

const EMPTY_HAND_OVERS: &str = "UPDATE escalations SET tried = NULL, expected = NULL WHERE ticket_id = $1";

const EMPTY_QUESTION: &str =
    "UPDATE questions SET text = '', attachment = NULL WHERE guild_id = $1 AND id = $2";

/// What was learned from its question is in the same words.
const UNLEARN: &str = "UPDATE feedback SET text = '', forgotten_at = COALESCE(forgotten_at, $4) \
    WHERE guild_id = $1 AND source IN ($2, $3)";

/// What was given up holds its texts; what waits would say them.
const DROP_SAID: &str =
    "DELETE FROM outbox WHERE lane = $1 AND (dead = TRUE OR job LIKE '%\"kind\":\"say\"%')";

/// What somebody did, or what is about them. A cross join keeps the order of its tables on SQLite: first what is theirs, of
/// that what is this server's, and never all that the server has. So do the statements with EXISTS below.
const EVENTS_OF: &str = "SELECT e.id, e.by_id, e.what FROM ticket_events AS e CROSS JOIN tickets AS t \
    WHERE t.id = e.ticket_id AND t.guild_id = $1 AND (e.by_id = $2 OR e.about_id = $2)";

/// Every note is an event as well.
const NOTES_OF: &str = "SELECT DISTINCT t.id, t.notes FROM ticket_events AS e CROSS JOIN tickets AS t \
    WHERE t.id = e.ticket_id AND t.guild_id = $1 AND e.by_id = $2 AND t.notes <> '[]'";

const SET_NOTES: &str = "UPDATE tickets SET notes = $2 WHERE id = $1";

const CLOSED_BY: &str = "SELECT id, close_reason FROM tickets WHERE guild_id = $1 AND closed_by = $2 \
    AND close_reason IS NOT NULL";

const RENAME_ORIGINS: &str = "UPDATE tickets SET origin = substr(origin, 1, length(origin) - length($3)) || $4 \
    WHERE guild_id = $1 AND requester_id = $2 AND origin LIKE '%:' || $3";

const OWNED_ARTICLES: &str = "SELECT v.id, v.content FROM article_versions AS v \
    JOIN articles AS a ON a.id = v.article_id WHERE a.guild_id = $1 AND v.content LIKE $2";

const SET_CONTENT: &str = "UPDATE article_versions SET content = $2 WHERE id = $1";

/// Statements with the server, the person and the pseudonym, in this order.
const RENAME: &[&str] = &[
    "UPDATE tickets SET requester_id = $3 WHERE guild_id = $1 AND requester_id = $2",
    "UPDATE tickets SET agent_id = $3 WHERE guild_id = $1 AND agent_id = $2",
    "UPDATE tickets SET specialist_id = $3 WHERE guild_id = $1 AND specialist_id = $2",
    "UPDATE tickets SET closed_by = $3 WHERE guild_id = $1 AND closed_by = $2",
    "UPDATE ticket_events SET about_id = $3 WHERE about_id = $2 \
     AND EXISTS (SELECT 1 FROM tickets AS t WHERE t.id = ticket_events.ticket_id AND t.guild_id = $1)",
    "UPDATE questions SET asker_id = $3, text = '', attachment = NULL WHERE guild_id = $1 AND asker_id = $2",
    "UPDATE escalations SET by_id = $3, tried = NULL, expected = NULL WHERE by_id = $2 \
     AND EXISTS (SELECT 1 FROM tickets AS t WHERE t.id = escalations.ticket_id AND t.guild_id = $1)",
    "UPDATE feedback SET forgotten_by = $3 WHERE guild_id = $1 AND forgotten_by = $2",
    "UPDATE articles SET by_id = $3, reason = NULL WHERE guild_id = $1 AND by_id = $2",
    "UPDATE article_versions SET by_id = $3 WHERE by_id = $2 \
     AND article_id IN (SELECT id FROM articles WHERE guild_id = $1)",
    "UPDATE incidents SET opened_by = CASE WHEN opened_by = $2 THEN $3 ELSE opened_by END, \
     closed_by = CASE WHEN closed_by = $2 THEN $3 ELSE closed_by END \
     WHERE guild_id = $1 AND (opened_by = $2 OR closed_by = $2)",
    "UPDATE incident_people SET user_id = $3 WHERE user_id = $2 \
     AND incident_id IN (SELECT id FROM incidents WHERE guild_id = $1)",
];

/// Statements with the server and the person: what says nothing without them.
const REMOVE: &[&str] = &[
    "UPDATE desks SET set_up_by = NULL WHERE guild_id = $1 AND set_up_by = $2",
    "UPDATE specialisms SET lead_id = NULL WHERE guild_id = $1 AND lead_id = $2",
    "DELETE FROM duties WHERE guild_id = $1 AND user_id = $2",
    "DELETE FROM outbox WHERE guild_id = $1 AND lane IN (SELECT 'practice:' || id FROM practice_attempts \
     WHERE guild_id = $1 AND user_id = $2)",
    "DELETE FROM practice_attempts WHERE guild_id = $1 AND user_id = $2",
];

/// A lesson is somebody's words; without them it teaches nothing.
const FORGET_LESSONS: &str = "UPDATE feedback SET by_id = $3, text = '', \
    forgotten_by = COALESCE(forgotten_by, $3), forgotten_at = COALESCE(forgotten_at, $4) \
    WHERE guild_id = $1 AND by_id = $2";

const DROP_JOBS: &str = "DELETE FROM outbox WHERE guild_id = $1 AND job LIKE $2";

/// Somebody, and who they are from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// In which server.
    pub guild: GuildId,
    /// Who.
    pub person: UserId,
    /// Who they are from now on.
    pub pseudonym: UserId,
}

impl Tx {
    /// Tickets that somebody has to finish before they can be forgotten: their own, and those they have taken.
    pub async fn unfinished_tickets(
        &mut self,
        guild: GuildId,
        person: UserId,
        limit: i64,
    ) -> Result<Vec<TicketNumber>, StoreError> {
        let numbers: Vec<i64> = writing!(self, connection => {
            sqlx::query_scalar(UNFINISHED)
                .bind(guild.0)
                .bind(person.0)
                .bind(limit)
                .fetch_all(connection)
                .await?
        });
        Ok(numbers.into_iter().map(TicketNumber).collect())
    }

    /// All tickets that somebody opened.
    pub async fn all_tickets_of(
        &mut self,
        guild: GuildId,
        person: UserId,
    ) -> Result<Vec<TicketId>, StoreError> {
        let ids: Vec<i64> = writing!(self, connection => {
            sqlx::query_scalar(OWN).bind(guild.0).bind(person.0).fetch_all(connection).await?
        });
        Ok(ids.into_iter().map(TicketId).collect())
    }

    /// Empties every text of a ticket that is closed, whoever wrote it, and forgets what was learned from it; what it
    /// counts for stays. Says where its files stand on Discord.
    pub async fn empty_ticket(&mut self, id: TicketId, now: Timestamp) -> Result<Vec<Posted>, StoreError> {
        let files = self.files(id).await?.into_iter().filter_map(|file| match file.fate {
            Some(Fate::Posted(place)) => Some(place),
            Some(Fate::Refused) | None => None,
        });
        let files = files.collect();
        let (guild, origin, close_reason): (i64, String, Option<String>) = writing!(self, connection => {
            sqlx::query_as(EMPTY_TICKET).bind(id.0).bind(now.0).fetch_one(connection).await?
        });
        if let Some(reason) = close_reason {
            let reason = emptied("tickets", id.0, &reason)?;
            self.set_text(SET_CLOSE_REASON, id.0, &reason).await?;
        }
        let events: Vec<(i64, String)> = writing!(self, connection => {
            sqlx::query_as(EVENTS).bind(id.0).fetch_all(connection).await?
        });
        for (event, what) in events {
            let said = emptied("ticket_events", event, &what)?;
            if said != what {
                self.set_event(event, &said, None).await?;
            }
        }
        let question: Option<i64> = origin
            .strip_prefix("question:")
            .and_then(|rest| rest.split(':').next())
            .and_then(|question| question.parse().ok());
        writing!(self, connection => {
            sqlx::query(EMPTY_HAND_OVERS).bind(id.0).execute(&mut *connection).await?;
            sqlx::query(DROP_SAID).bind(format!("ticket:{id}")).execute(&mut *connection).await?;
            sqlx::query(EMPTY_QUESTION).bind(guild).bind(question).execute(&mut *connection).await?;
            sqlx::query(UNLEARN)
                .bind(guild)
                .bind(format!("ticket:{id}"))
                .bind(question.map(|question| format!("question:{question}")))
                .bind(now.0)
                .execute(&mut *connection)
                .await?;
        });
        Ok(files)
    }

    /// Makes somebody a pseudonym in every table, and empties what they wrote. Their own tickets are emptied before.
    pub async fn rename_person(&mut self, renaming: Renaming, now: Timestamp) -> Result<(), StoreError> {
        let Renaming { guild, person, pseudonym } = renaming;
        self.rename_in_json(renaming).await?;
        let (before, after) = (person.to_string(), pseudonym.to_string());
        let mentions = format!("%{person}%");
        writing!(self, connection => {
            sqlx::query(RENAME_ORIGINS)
                .bind(guild.0)
                .bind(person.0)
                .bind(&before)
                .bind(&after)
                .execute(&mut *connection)
                .await?;
            for statement in RENAME {
                sqlx::query(*statement)
                    .bind(guild.0)
                    .bind(person.0)
                    .bind(pseudonym.0)
                    .execute(&mut *connection)
                    .await?;
            }
            for statement in REMOVE {
                sqlx::query(*statement).bind(guild.0).bind(person.0).execute(&mut *connection).await?;
            }
            sqlx::query(FORGET_LESSONS)
                .bind(guild.0)
                .bind(person.0)
                .bind(pseudonym.0)
                .bind(now.0)
                .execute(&mut *connection)
                .await?;
            sqlx::query(DROP_JOBS).bind(guild.0).bind(mentions).execute(&mut *connection).await?;
        });
        Ok(())
    }

    /// Events, notes, closing reasons and articles' owners, which are kept as JSON.
    async fn rename_in_json(&mut self, renaming: Renaming) -> Result<(), StoreError> {
        let Renaming { guild, person, pseudonym } = renaming;
        let mentions = format!("%{person}%");
        let events: Vec<(i64, Option<i64>, String)> = writing!(self, connection => {
            sqlx::query_as(EVENTS_OF).bind(guild.0).bind(person.0).fetch_all(connection).await?
        });
        for (event, by, what) in events {
            let mut value: Value = from_json("ticket_events", event, "what", &what)?;
            privacy::rename(&mut value, person, pseudonym);
            let is_theirs = by == Some(person.0);
            if is_theirs {
                privacy::empty(&mut value);
            }
            self.set_event(event, &value.to_string(), is_theirs.then_some(pseudonym)).await?;
        }
        let reasons: Vec<(i64, String)> = writing!(self, connection => {
            sqlx::query_as(CLOSED_BY).bind(guild.0).bind(person.0).fetch_all(connection).await?
        });
        for (ticket, reason) in reasons {
            let reason = emptied("tickets", ticket, &reason)?;
            self.set_text(SET_CLOSE_REASON, ticket, &reason).await?;
        }
        let noted: Vec<(i64, String)> = writing!(self, connection => {
            sqlx::query_as(NOTES_OF).bind(guild.0).bind(person.0).fetch_all(connection).await?
        });
        for (ticket, notes) in noted {
            let mut notes: Vec<Value> = from_json("tickets", ticket, "notes", &notes)?;
            for note in notes.iter_mut().filter(|note| note["by"] == person.0) {
                privacy::empty(note);
                privacy::rename(note, person, pseudonym);
            }
            self.set_text(SET_NOTES, ticket, &Value::from(notes).to_string()).await?;
        }
        let owned: Vec<(i64, String)> = writing!(self, connection => {
            sqlx::query_as(OWNED_ARTICLES).bind(guild.0).bind(&mentions).fetch_all(connection).await?
        });
        for (version, content) in owned {
            let mut content: Value = from_json("article_versions", version, "content", &content)?;
            if content["owner"].as_str().is_some_and(|owner| owner.contains(&person.to_string())) {
                content["owner"] = Value::Null;
            }
            self.set_text(SET_CONTENT, version, &content.to_string()).await?;
        }
        Ok(())
    }

    async fn set_text(&mut self, statement: &'static str, id: i64, text: &str) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(statement).bind(id).bind(text).execute(connection).await?;
        });
        Ok(())
    }

    async fn set_event(&mut self, event: i64, what: &str, by: Option<UserId>) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SET_EVENT)
                .bind(event)
                .bind(what)
                .bind(by.map(|by| by.0))
                .execute(connection)
                .await?;
        });
        Ok(())
    }
}

/// JSON of a column without what people wrote.
fn emptied(table: &'static str, id: i64, text: &str) -> Result<String, StoreError> {
    let mut value: Value = from_json(table, id, "JSON", text)?;
    privacy::empty(&mut value);
    Ok(value.to_string())
}
