//! A ticket as its row holds it, and back.

use sqlx::FromRow;

use crate::domain::assessment::{Assessment, DecidedBy, Impact, Urgency};
use crate::domain::id::{
    ChannelId, EscalationId, GuildId, IncidentId, MessageId, SpecialismId, TicketId, TicketNumber, UserId,
};
use crate::domain::kept::{Kept, Rating};
use crate::domain::ladder::Climb;
use crate::domain::ticket::{Escalation, Holder, Places, Priority, Status, StatusName, Ticket};
use crate::domain::time::Timestamp;
use crate::store::attachments::from_column;
use crate::store::{StoreError, from_json, language, to_json};

const TABLE: &str = "tickets";

#[derive(FromRow)]
pub(crate) struct TicketRow {
    id: i64,
    guild_id: i64,
    number: i64,
    requester_id: i64,
    requester_name: String,
    language: String,
    subject: String,
    details: Option<String>,
    question: Option<String>,
    offered: String,
    attachment: Option<String>,
    category: Option<String>,
    priority: String,
    status: String,
    since: i64,
    agent_id: Option<i64>,
    specialist_id: Option<i64>,
    escalation_id: Option<i64>,
    specialism_id: Option<i64>,
    solution: Option<String>,
    closed_by: Option<i64>,
    close_reason: Option<String>,
    opened_at: i64,
    first_response_at: Option<i64>,
    resolved_at: Option<i64>,
    due_at: Option<i64>,
    bounces: i64,
    reopened: i64,
    impact: Option<String>,
    urgency: Option<String>,
    priority_by: String,
    category_by: String,
    vip: bool,
    ladder_steps: i64,
    ladder_next_at: Option<i64>,
    thread_id: Option<i64>,
    thread_card_id: Option<i64>,
    queue_card_id: Option<i64>,
    queue_channel_id: Option<i64>,
    notes: String,
    rating: Option<i64>,
    rating_comment: Option<String>,
    duplicate_of: Option<i64>,
    incident_id: Option<i64>,
    watch: String,
}

impl TicketRow {
    fn inconsistent(&self, why: &str) -> StoreError {
        StoreError::Inconsistent { table: TABLE, id: self.id, why: why.to_owned() }
    }

    fn assessment(&self) -> Result<Assessment, StoreError> {
        let impact = self.impact.as_deref();
        let urgency = self.urgency.as_deref();
        let by = |code| DecidedBy::from_code(code).ok_or_else(|| self.inconsistent("decided by"));
        Ok(Assessment {
            impact: impact
                .map(|code| Impact::from_code(code).ok_or_else(|| self.inconsistent("impact")))
                .transpose()?,
            urgency: urgency
                .map(|code| Urgency::from_code(code).ok_or_else(|| self.inconsistent("urgency")))
                .transpose()?,
            vip: self.vip,
            priority_by: by(&self.priority_by)?,
            category_by: by(&self.category_by)?,
        })
    }

    fn escalation(&self) -> Result<Option<Escalation>, StoreError> {
        match (self.escalation_id, self.specialism_id, self.agent_id) {
            (None, None, _) => Ok(None),
            (Some(id), Some(specialism), Some(by)) => Ok(Some(Escalation {
                id: EscalationId(id),
                specialism: SpecialismId(specialism),
                by: UserId(by),
            })),
            _ => Err(self.inconsistent("an escalation without its specialism or agent")),
        }
    }

    fn holder(&self) -> Result<Option<Holder>, StoreError> {
        Ok(match (self.escalation()?, self.specialist_id, self.agent_id) {
            (Some(escalation), Some(specialist), _) => {
                Some(Holder::SecondLevel { specialist: UserId(specialist), escalation })
            }
            (None, None, Some(agent)) => Some(Holder::FirstLevel { agent: UserId(agent) }),
            (None, None, None) => None,
            _ => return Err(self.inconsistent("a specialist without an escalation, or the reverse")),
        })
    }

    fn status(&self) -> Result<Status, StoreError> {
        let name = StatusName::from_code(&self.status).ok_or_else(|| self.inconsistent("status"))?;
        Ok(match name {
            StatusName::Queued => Status::Queued,
            StatusName::Escalated => Status::Escalated(
                self.escalation()?.ok_or_else(|| self.inconsistent("escalated without an escalation"))?,
            ),
            StatusName::Claimed => match self.holder()? {
                Some(Holder::FirstLevel { agent }) => Status::Claimed { agent },
                _ => return Err(self.inconsistent("claimed without an agent")),
            },
            StatusName::Accepted => match self.holder()? {
                Some(Holder::SecondLevel { specialist, escalation }) => {
                    Status::Accepted { specialist, escalation }
                }
                _ => return Err(self.inconsistent("accepted without a specialist")),
            },
            StatusName::Resolved => Status::Resolved {
                solver: self.holder()?.ok_or_else(|| self.inconsistent("resolved by nobody"))?,
                solution: self
                    .solution
                    .clone()
                    .ok_or_else(|| self.inconsistent("resolved without a solution"))?,
            },
            StatusName::Closed => Status::Closed {
                by: self.closed_by.map(UserId),
                reason: from_json(
                    TABLE,
                    self.id,
                    "close_reason",
                    self.close_reason.as_deref().unwrap_or_default(),
                )?,
                holder: self.holder()?,
            },
        })
    }
}

impl TicketRow {
    fn kept(&self) -> Result<Kept, StoreError> {
        let stars = self.rating.map(u8::try_from).transpose().map_err(|_| self.inconsistent("rating"))?;
        Ok(Kept {
            notes: from_json(TABLE, self.id, "notes", &self.notes)?,
            rating: stars.map(|stars| Rating { stars, comment: self.rating_comment.clone() }),
            duplicate_of: self.duplicate_of.map(TicketNumber),
            incident: self.incident_id.map(IncidentId),
        })
    }
}

impl TryFrom<TicketRow> for Ticket {
    type Error = StoreError;

    fn try_from(row: TicketRow) -> Result<Self, StoreError> {
        let status = row.status()?;
        let kept = row.kept()?;
        let files = from_column(row.id, row.attachment.as_deref())?;
        Ok(Self {
            id: TicketId(row.id),
            guild: GuildId(row.guild_id),
            number: TicketNumber(row.number),
            requester: UserId(row.requester_id),
            language: language(TABLE, row.id, &row.language)?,
            offered: from_json(TABLE, row.id, "offered", &row.offered)?,
            files,
            priority: Priority::from_code(&row.priority).ok_or_else(|| row.inconsistent("priority"))?,
            assessment: row.assessment()?,
            status,
            since: Timestamp(row.since),
            opened_at: Timestamp(row.opened_at),
            first_response_at: row.first_response_at.map(Timestamp),
            resolved_at: row.resolved_at.map(Timestamp),
            due_at: row.due_at.map(Timestamp),
            watch: from_json(TABLE, row.id, "watch", &row.watch)?,
            bounces: row.bounces,
            reopened: row.reopened,
            ladder: Climb { steps: row.ladder_steps, next_at: row.ladder_next_at.map(Timestamp) },
            places: Places {
                thread: row.thread_id.map(ChannelId),
                thread_card: row.thread_card_id.map(MessageId),
                queue_card: row.queue_card_id.map(MessageId),
                queue_channel: row.queue_channel_id.map(ChannelId),
            },
            kept,
            requester_name: row.requester_name,
            subject: row.subject,
            details: row.details,
            question: row.question,
            category: row.category,
        })
    }
}

/// The columns that a state is stored in.
#[derive(Default)]
pub(super) struct StatusColumns<'a> {
    pub(super) agent: Option<i64>,
    pub(super) specialist: Option<i64>,
    pub(super) escalation: Option<Escalation>,
    pub(super) solution: Option<&'a str>,
    pub(super) closed_by: Option<i64>,
    pub(super) close_reason: Option<String>,
}

impl<'a> StatusColumns<'a> {
    pub(super) fn of(status: &'a Status) -> Self {
        let held = Self::held_by(status.holder());
        match status {
            Status::Queued | Status::Claimed { .. } | Status::Accepted { .. } => held,
            Status::Escalated(escalation) => {
                Self { agent: Some(escalation.by.0), escalation: Some(*escalation), ..Self::default() }
            }
            Status::Resolved { solution, .. } => Self { solution: Some(solution), ..held },
            Status::Closed { by, reason, .. } => {
                Self { closed_by: by.map(|user| user.0), close_reason: Some(to_json(reason)), ..held }
            }
        }
    }

    fn held_by(holder: Option<Holder>) -> Self {
        match holder {
            None => Self::default(),
            Some(Holder::FirstLevel { agent }) => Self { agent: Some(agent.0), ..Self::default() },
            Some(Holder::SecondLevel { specialist, escalation }) => Self {
                agent: Some(escalation.by.0),
                specialist: Some(specialist.0),
                escalation: Some(escalation),
                ..Self::default()
            },
        }
    }
}
