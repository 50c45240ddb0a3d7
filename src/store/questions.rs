//! Table `questions`.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, language, reading, to_json, writing};
use crate::domain::article::ArticleId;
use crate::domain::id::{GuildId, QuestionId, TicketNumber, UserId};
use crate::domain::period::Period;
use crate::domain::question::AskedQuestion;
use crate::domain::time::Timestamp;

const FIND: &str = "SELECT id, guild_id, asker_id, text, language, category, attachment, offered, asked_at \
    FROM questions WHERE guild_id = $1 AND id = $2";

const INSERT: &str = "INSERT INTO questions (id, guild_id, asker_id, text, language, category, attachment, \
    offered, asked_at, shown) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING";

/// What was emptied asks for nothing any more. The look-up of the ticket is scalar, so that no planner reads the other table whole for it.
const UNSOLVED: &str = "SELECT q.id, q.guild_id, q.asker_id, q.text, q.language, q.category, q.attachment, q.offered, \
    q.asked_at, (SELECT t.number FROM tickets AS t WHERE t.guild_id = q.guild_id \
     AND t.origin = 'question:' || q.id || ':' || q.asker_id) AS number FROM questions AS q \
    WHERE q.guild_id = $1 AND q.asked_at >= $2 AND q.asked_at < $3 AND q.solved_at IS NULL \
    AND q.text <> '' ORDER BY q.asked_at DESC LIMIT $4";

const SOLVE: &str = "UPDATE questions SET solved_by = $3, solved_at = $4 \
    WHERE guild_id = $1 AND id = $2 AND asker_id = $5 AND solved_at IS NULL";

#[derive(FromRow)]
struct QuestionRow {
    id: i64,
    guild_id: i64,
    asker_id: i64,
    text: String,
    language: String,
    category: Option<String>,
    attachment: Option<String>,
    offered: String,
    asked_at: i64,
}

#[derive(FromRow)]
struct UnsolvedRow {
    #[sqlx(flatten)]
    question: QuestionRow,
    number: Option<i64>,
}

impl TryFrom<QuestionRow> for AskedQuestion {
    type Error = StoreError;

    fn try_from(row: QuestionRow) -> Result<Self, StoreError> {
        const TABLE: &str = "questions";
        let attachment = row.attachment.as_deref();
        Ok(Self {
            id: QuestionId(row.id),
            guild: GuildId(row.guild_id),
            asker: UserId(row.asker_id),
            text: row.text,
            language: language(TABLE, row.id, &row.language)?,
            category: row.category,
            attachment: attachment.map(|text| from_json(TABLE, row.id, "attachment", text)).transpose()?,
            offered: from_json(TABLE, row.id, "offered", &row.offered)?,
            asked_at: Timestamp(row.asked_at),
        })
    }
}

impl Store {
    /// A question of this server.
    pub async fn question(
        &self,
        guild: GuildId,
        id: QuestionId,
    ) -> Result<Option<AskedQuestion>, StoreError> {
        let row: Option<QuestionRow> = reading!(self, pool => {
            sqlx::query_as(FIND).bind(guild.0).bind(id.0).fetch_optional(pool).await
        })?;
        row.map(TryInto::try_into).transpose()
    }

    /// The newest questions of a period of which nobody said that an article solved them, newest first, each with the
    /// number of the ticket that was opened from it.
    pub async fn unsolved_questions(
        &self,
        guild: GuildId,
        period: Period,
        limit: i64,
    ) -> Result<Vec<(AskedQuestion, Option<TicketNumber>)>, StoreError> {
        let rows: Vec<UnsolvedRow> = reading!(self, pool => {
            sqlx::query_as(UNSOLVED).bind(guild.0).bind(period.from.0).bind(period.to.0).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter().map(|row| Ok((row.question.try_into()?, row.number.map(TicketNumber)))).collect()
    }
}

impl Tx {
    /// Records a question with what was offered; one that is recorded stays as it is.
    pub async fn insert_question(&mut self, question: &AskedQuestion) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(INSERT)
                .bind(question.id.0)
                .bind(question.guild.0)
                .bind(question.asker.0)
                .bind(&question.text)
                .bind(question.language.code())
                .bind(&question.category)
                .bind(question.attachment.as_ref().map(to_json))
                .bind(to_json(&question.offered))
                .bind(question.asked_at.0)
                .bind(question.offered.first().map(|offered| offered.article.0.as_str()))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Records that an article solved a question, said by its asker, once. `false` when it was said before, or by
    /// somebody else.
    pub async fn solve_question(
        &mut self,
        guild: GuildId,
        id: QuestionId,
        asker: UserId,
        article: &ArticleId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let rows = writing!(self, connection => {
            sqlx::query(SOLVE)
                .bind(guild.0)
                .bind(id.0)
                .bind(&article.0)
                .bind(now.0)
                .bind(asker.0)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(rows > 0)
    }
}
