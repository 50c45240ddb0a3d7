//! Table `practice_attempts`.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, reading, to_json, writing};
use crate::domain::id::{ChannelId, GuildId, MessageId, PracticeId, UserId};
use crate::domain::practice::{Attempt, Practised, Scenario, Stage};
use crate::domain::time::Timestamp;

const TABLE: &str = "practice_attempts";

/// Every column of [`AttemptRow`].
macro_rules! columns {
    () => {
        "id, guild_id, user_id, script, started_at, thread_id, card_id, shown_at, first_action_at, article, \
         category, specialism, stage"
    };
}

const ANY_GUILD: &str = concat!("SELECT ", columns!(), " FROM practice_attempts WHERE id = $1");

const RUNNING: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM practice_attempts WHERE guild_id = $1 AND user_id = $2 AND over_at IS NULL"
);

const FINISHED: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM practice_attempts WHERE guild_id = $1 AND user_id = $2 AND over_at IS NOT NULL AND scored \
     ORDER BY over_at DESC, id DESC LIMIT $3"
);

/// Stopped ones count as well here: what somebody gave up is not what they should get next.
const TIMES: &str = "SELECT scenario, count(*) FROM practice_attempts WHERE guild_id = $1 AND user_id = $2 \
    GROUP BY scenario";

const COUNT: &str = "SELECT count(*) FROM practice_attempts WHERE guild_id = $1 AND user_id = $2 AND scored";

/// Touching the row keeps everybody else from it until the transaction ends, as with tickets.
const LOCK: &str = concat!(
    "UPDATE practice_attempts SET stage = stage WHERE guild_id = $1 AND id = $2 RETURNING ",
    columns!()
);

const LOCK_ANY_GUILD: &str =
    concat!("UPDATE practice_attempts SET stage = stage WHERE id = $1 RETURNING ", columns!());

/// Whoever has one running gets no second.
const INSERT: &str = concat!(
    "INSERT INTO practice_attempts (guild_id, user_id, scenario, script, started_at, stage) \
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (guild_id, user_id) WHERE over_at IS NULL DO NOTHING RETURNING ",
    columns!()
);

const SAVE: &str = "UPDATE practice_attempts SET first_action_at = $2, article = $3, category = $4, \
    specialism = $5, stage = $6, over_at = $7, scored = $8 WHERE id = $1";

const THREAD_MADE: &str = "UPDATE practice_attempts SET thread_id = $2 WHERE id = $1";

const CARD_POSTED: &str = "UPDATE practice_attempts SET card_id = $2, shown_at = $3 WHERE id = $1";

#[derive(FromRow)]
struct AttemptRow {
    id: i64,
    guild_id: i64,
    user_id: i64,
    script: String,
    started_at: i64,
    thread_id: Option<i64>,
    card_id: Option<i64>,
    shown_at: Option<i64>,
    first_action_at: Option<i64>,
    article: Option<String>,
    category: Option<String>,
    specialism: Option<String>,
    stage: String,
}

impl TryFrom<AttemptRow> for Attempt {
    type Error = StoreError;

    fn try_from(row: AttemptRow) -> Result<Self, StoreError> {
        let article = row.article.map(|article| from_json(TABLE, row.id, "article", &article));
        Ok(Self {
            id: PracticeId(row.id),
            guild: GuildId(row.guild_id),
            user: UserId(row.user_id),
            scenario: from_json(TABLE, row.id, "script", &row.script)?,
            started_at: Timestamp(row.started_at),
            thread: row.thread_id.map(ChannelId),
            card: row.card_id.map(MessageId),
            shown_at: row.shown_at.map(Timestamp),
            first_action_at: row.first_action_at.map(Timestamp),
            article: article.transpose()?,
            category: row.category,
            specialism: row.specialism,
            stage: from_json(TABLE, row.id, "stage", &row.stage)?,
        })
    }
}

impl Store {
    /// A practice ticket by its row alone: for jobs, which no person names.
    pub async fn practice_of_job(&self, id: PracticeId) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AttemptRow> =
            reading!(self, pool => sqlx::query_as(ANY_GUILD).bind(id.0).fetch_optional(pool).await)?;
        row.map(TryInto::try_into).transpose()
    }

    /// The practice ticket that somebody is at.
    pub async fn running_practice(
        &self,
        guild: GuildId,
        user: UserId,
    ) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AttemptRow> = reading!(self, pool => {
            sqlx::query_as(RUNNING).bind(guild.0).bind(user.0).fetch_optional(pool).await
        })?;
        row.map(TryInto::try_into).transpose()
    }

    /// The latest that somebody has finished, newest first, and how many there are.
    pub async fn finished_practice(
        &self,
        guild: GuildId,
        user: UserId,
        limit: i64,
    ) -> Result<(i64, Vec<Practised>), StoreError> {
        let count: i64 = reading!(self, pool => {
            sqlx::query_scalar(COUNT).bind(guild.0).bind(user.0).fetch_one(pool).await
        })?;
        let rows: Vec<AttemptRow> = reading!(self, pool => {
            sqlx::query_as(FINISHED).bind(guild.0).bind(user.0).bind(limit).fetch_all(pool).await
        })?;
        let practised = rows.into_iter().map(|row| {
            let (id, attempt) = (row.id, Attempt::try_from(row)?);
            match attempt.stage {
                Stage::Finished { at, score, .. } => {
                    Ok(Practised { title: attempt.scenario.title, at, score })
                }
                Stage::Working | Stage::Reviewing { .. } | Stage::Stopped { .. } => {
                    Err(StoreError::Inconsistent {
                        table: TABLE,
                        id,
                        why: "scored before its end".to_owned(),
                    })
                }
            }
        });
        Ok((count, practised.collect::<Result<_, _>>()?))
    }

    /// How often somebody began each scenario, by its name.
    pub async fn practice_times(
        &self,
        guild: GuildId,
        user: UserId,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(reading!(self, pool => {
            sqlx::query_as(TIMES).bind(guild.0).bind(user.0).fetch_all(pool).await
        })?)
    }
}

impl Tx {
    /// A practice ticket of this server, kept from everybody else until the transaction ends.
    pub async fn lock_practice(
        &mut self,
        guild: GuildId,
        id: PracticeId,
    ) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AttemptRow> = writing!(self, connection => {
            sqlx::query_as(LOCK).bind(guild.0).bind(id.0).fetch_optional(connection).await?
        });
        row.map(TryInto::try_into).transpose()
    }

    /// Like [`Self::lock_practice`], by its row alone: for timers, which no person names.
    pub async fn lock_practice_of_timer(&mut self, id: PracticeId) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AttemptRow> = writing!(self, connection => {
            sqlx::query_as(LOCK_ANY_GUILD).bind(id.0).fetch_optional(connection).await?
        });
        row.map(TryInto::try_into).transpose()
    }

    /// Begins one. `None` when this person is at another.
    pub async fn insert_practice(
        &mut self,
        guild: GuildId,
        user: UserId,
        scenario: &Scenario,
        now: Timestamp,
    ) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AttemptRow> = writing!(self, connection => {
            sqlx::query_as(INSERT)
                .bind(guild.0)
                .bind(user.0)
                .bind(&scenario.name)
                .bind(to_json(scenario))
                .bind(now.0)
                .bind(to_json(&Stage::Working))
                .fetch_optional(connection)
                .await?
        });
        row.map(TryInto::try_into).transpose()
    }

    /// Saves what was done. The caller holds its lock.
    pub async fn save_practice(&mut self, attempt: &Attempt) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SAVE)
                .bind(attempt.id.0)
                .bind(attempt.first_action_at.map(|at| at.0))
                .bind(attempt.article.as_ref().map(to_json))
                .bind(&attempt.category)
                .bind(&attempt.specialism)
                .bind(to_json(&attempt.stage))
                .bind(attempt.over_at().map(|at| at.0))
                .bind(attempt.score().is_some())
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Remembers its thread.
    pub async fn practice_thread_made(
        &mut self,
        id: PracticeId,
        thread: ChannelId,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(THREAD_MADE).bind(id.0).bind(thread.0).execute(connection).await?;
        });
        Ok(())
    }

    /// Remembers its card, and since when its agent sees it.
    pub async fn practice_card_posted(
        &mut self,
        id: PracticeId,
        card: MessageId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(CARD_POSTED).bind(id.0).bind(card.0).bind(now.0).execute(connection).await?;
        });
        Ok(())
    }
}
