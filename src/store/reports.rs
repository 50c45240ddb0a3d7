//! What reports are counted from: tickets, their events and questions, as few columns of them as that takes.
//!
//! Every statement is bounded by a server and a period, and by an index on both.

use sqlx::FromRow;

use super::{Store, StoreError, from_json, reading};
use crate::domain::id::GuildId;
use crate::domain::period::Period;
use crate::domain::report::{Asked, Case, Facts, Waiting};
use crate::domain::ticket::{Priority, StatusName};
use crate::domain::time::Timestamp;

/// The tickets of a server that count. Whatever shall never count is left out here, for all figures at once.
macro_rules! counted {
    () => {
        " FROM tickets AS t WHERE t.guild_id = $1"
    };
}

/// How often a ticket changed hands is counted from its events; the rest it knows itself. The look-ups are scalar, so
/// that no planner reads the other tables whole for them.
const CASES: &str = concat!(
    "SELECT t.id, t.opened_at, t.first_response_at, t.resolved_at, t.status, t.priority, t.category, t.bounces, \
     t.reopened, t.rating, t.watch, \
     (SELECT min(e.id) FROM escalations AS e WHERE e.ticket_id = t.id) IS NOT NULL AS is_escalated, \
     (SELECT count(*) FROM ticket_events AS e WHERE e.ticket_id = t.id \
      AND e.kind IN ('claimed', 'assigned', 'released', 'handed_back', 'found_idle')) AS takes",
    counted!(),
    " AND ((t.opened_at >= $2 AND t.opened_at < $3) OR (t.resolved_at >= $2 AND t.resolved_at < $3))"
);

const WAITING: &str = concat!(
    "SELECT t.opened_at, t.due_at, t.status",
    counted!(),
    " AND t.status <> 'resolved' AND t.status <> 'closed'"
);

const CLOSED_UNSOLVED: &str = concat!(
    "SELECT count(*)",
    counted!(),
    " AND t.resolved_at IS NULL AND t.status = 'closed' AND t.since >= $2 AND t.since < $3"
);

/// The origin is the one that opening a ticket from a question gives it.
const QUESTIONS: &str = "SELECT q.asked_at, q.offered <> '[]' AS is_answered, q.solved_at IS NOT NULL AS is_solved, \
    (SELECT t.opened_at FROM tickets AS t WHERE t.guild_id = q.guild_id \
     AND t.origin = 'question:' || q.id || ':' || q.asker_id) AS became_ticket_at, \
    (SELECT min(t.opened_at) FROM tickets AS t WHERE t.guild_id = q.guild_id AND t.requester_id = q.asker_id \
     AND t.opened_at >= q.asked_at) AS next_ticket_at \
    FROM questions AS q WHERE q.guild_id = $1 AND q.asked_at >= $2 AND q.asked_at < $3";

#[derive(FromRow)]
struct CaseRow {
    id: i64,
    opened_at: i64,
    first_response_at: Option<i64>,
    resolved_at: Option<i64>,
    status: String,
    priority: String,
    category: Option<String>,
    bounces: i64,
    reopened: i64,
    rating: Option<i64>,
    watch: String,
    is_escalated: bool,
    takes: i64,
}

#[derive(FromRow)]
struct WaitingRow {
    opened_at: i64,
    due_at: Option<i64>,
    status: String,
}

#[derive(FromRow)]
struct AskedRow {
    asked_at: i64,
    is_answered: bool,
    is_solved: bool,
    became_ticket_at: Option<i64>,
    next_ticket_at: Option<i64>,
}

impl TryFrom<CaseRow> for Case {
    type Error = StoreError;

    fn try_from(row: CaseRow) -> Result<Self, StoreError> {
        let inconsistent =
            |why: &str| StoreError::Inconsistent { table: "tickets", id: row.id, why: why.to_owned() };
        Ok(Self {
            opened_at: Timestamp(row.opened_at),
            first_response_at: row.first_response_at.map(Timestamp),
            resolved_at: row.resolved_at.map(Timestamp),
            status: StatusName::from_code(&row.status).ok_or_else(|| inconsistent("status"))?,
            priority: Priority::from_code(&row.priority).ok_or_else(|| inconsistent("priority"))?,
            category: row.category,
            is_escalated: row.is_escalated,
            bounces: row.bounces,
            reopened: row.reopened,
            takes: row.takes,
            rating: row.rating,
            watch: from_json("tickets", row.id, "watch", &row.watch)?,
        })
    }
}

impl From<WaitingRow> for Waiting {
    fn from(row: WaitingRow) -> Self {
        let second_level = [StatusName::Escalated, StatusName::Accepted];
        Self {
            opened_at: Timestamp(row.opened_at),
            due_at: row.due_at.map(Timestamp),
            is_second_level: second_level.iter().any(|name| name.code() == row.status),
        }
    }
}

impl From<AskedRow> for Asked {
    fn from(row: AskedRow) -> Self {
        Self {
            at: Timestamp(row.asked_at),
            is_answered: row.is_answered,
            is_solved: row.is_solved,
            became_ticket: row.became_ticket_at.is_some(),
            next_ticket_at: row.next_ticket_at.map(Timestamp),
        }
    }
}

impl Store {
    /// Everything that a report of this server and period is counted from, but for the likeness of questions, which
    /// no database knows.
    pub async fn report_facts(&self, guild: GuildId, period: Period) -> Result<Facts, StoreError> {
        let (from, to) = (period.from.0, period.to.0);
        let cases: Vec<CaseRow> = reading!(self, pool => {
            sqlx::query_as(CASES).bind(guild.0).bind(from).bind(to).fetch_all(pool).await
        })?;
        let questions: Vec<AskedRow> = reading!(self, pool => {
            sqlx::query_as(QUESTIONS).bind(guild.0).bind(from).bind(to).fetch_all(pool).await
        })?;
        let waiting: Vec<WaitingRow> =
            reading!(self, pool => sqlx::query_as(WAITING).bind(guild.0).fetch_all(pool).await)?;
        let closed_unsolved: i64 = reading!(self, pool => {
            sqlx::query_scalar(CLOSED_UNSOLVED).bind(guild.0).bind(from).bind(to).fetch_one(pool).await
        })?;
        Ok(Facts {
            cases: cases.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?,
            questions: questions.into_iter().map(Into::into).collect(),
            waiting: waiting.into_iter().map(Into::into).collect(),
            closed_unsolved: u32::try_from(closed_unsolved).unwrap_or(u32::MAX),
            gaps: Vec::new(),
        })
    }
}
