//! Table `articles`: what was written on the desks, and where it stands.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, reading, writing};
use crate::domain::article::{Article, ArticleId};
use crate::domain::desk_article::{DeskArticle, Review, Version};
use crate::domain::id::{ChannelId, DeskArticleId, GuildId, MessageId, TicketId, UserId};
use crate::domain::job::Posted;
use crate::domain::time::Timestamp;

const TABLE: &str = "articles";

/// The columns of [`ArticleRow`], once, for all statements.
macro_rules! columns {
    () => {
        "a.id, a.guild_id, a.ticket_id, a.state, a.by_id, a.since, a.reason, a.live, a.card_channel_id, \
         a.card_message_id, v.number, v.by_id AS author_id, v.at, v.content"
    };
}

/// An article with its newest version.
macro_rules! whole {
    () => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM articles AS a JOIN article_versions AS v ON v.article_id = a.id AND v.number = a.version "
        )
    };
}

const BY_ID: &str = concat!(whole!(), "WHERE a.guild_id = $1 AND a.id = $2");
const BY_NAME: &str = concat!(whole!(), "WHERE a.guild_id = $1 AND a.name = $2");
const BY_ORIGIN: &str = concat!(whole!(), "WHERE a.guild_id = $1 AND a.origin = $2");
const ANY_GUILD: &str = concat!(whole!(), "WHERE a.id = $1");
const WAITING: &str =
    concat!(whole!(), "WHERE a.guild_id = $1 AND a.state = 'in_review' ORDER BY a.since, a.id LIMIT $2");

const LOCK: &str = "UPDATE articles SET changes = changes + 1 WHERE guild_id = $1 AND id = $2 RETURNING id";

const TAKE_NUMBER: &str =
    "UPDATE desks SET next_article = next_article + 1 WHERE guild_id = $1 RETURNING next_article - 1";

const INSERT: &str = "INSERT INTO articles (guild_id, name, origin, ticket_id, state, by_id, since, version) \
    VALUES ($1, $2, $3, $4, 'in_review', $5, $6, 1) RETURNING id";

const SAVE: &str = "UPDATE articles SET state = $2, by_id = $3, since = $4, reason = $5, version = $6, live = $7, \
    card_channel_id = $8, card_message_id = $9 WHERE id = $1";

const CARD_POSTED: &str = "UPDATE articles SET card_channel_id = $2, card_message_id = $3 WHERE id = $1";

const LIVE: &str = "SELECT v.id, v.content FROM articles AS a \
    JOIN article_versions AS v ON v.article_id = a.id AND v.number = a.live \
    WHERE a.guild_id = $1 AND a.live IS NOT NULL ORDER BY a.id LIMIT $2";

/// How an article written on a desk is named. Whatever it is, the server comes from the interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleKey {
    /// By its row, as custom ids carry it.
    Id(DeskArticleId),
    /// By its stable name.
    Name(ArticleId),
    /// By what it was written from.
    Origin(String),
}

/// What an article written on a desk starts with.
#[derive(Clone, Debug)]
pub struct NewArticle {
    /// What it is written from. Unique in its server: saving from the same again finds it.
    pub origin: String,
    /// The ticket, if it is written from one.
    pub ticket: Option<TicketId>,
    /// Who writes it.
    pub author: UserId,
    /// Its content with its stable name.
    pub content: Article,
}

#[derive(FromRow)]
struct ArticleRow {
    id: i64,
    guild_id: i64,
    ticket_id: Option<i64>,
    state: String,
    by_id: i64,
    since: i64,
    reason: Option<String>,
    live: Option<i64>,
    card_channel_id: Option<i64>,
    card_message_id: Option<i64>,
    number: i64,
    author_id: i64,
    at: i64,
    content: String,
}

impl TryFrom<ArticleRow> for DeskArticle {
    type Error = StoreError;

    fn try_from(row: ArticleRow) -> Result<Self, StoreError> {
        let (by, at) = (UserId(row.by_id), Timestamp(row.since));
        let review = match row.state.as_str() {
            "in_review" => Review::Waiting { by, since: at },
            "published" => Review::Published { by, at },
            "discarded" => Review::Discarded { by, at, reason: row.reason },
            "withdrawn" => Review::Withdrawn { by, at },
            other => {
                let why = format!("no state {other}");
                return Err(StoreError::Inconsistent { table: TABLE, id: row.id, why });
            }
        };
        Ok(Self {
            id: DeskArticleId(row.id),
            guild: GuildId(row.guild_id),
            ticket: row.ticket_id.map(TicketId),
            newest: Version {
                number: row.number,
                by: UserId(row.author_id),
                at: Timestamp(row.at),
                content: from_json(TABLE, row.id, "content", &row.content)?,
            },
            review,
            live: row.live,
            card: row.card_channel_id.zip(row.card_message_id).map(|(channel, message)| Posted {
                channel: ChannelId(channel),
                message: MessageId(message),
            }),
        })
    }
}

/// A review as the columns `state`, `by_id`, `since` and `reason`.
fn review_columns(review: &Review) -> (&'static str, UserId, Timestamp, Option<&str>) {
    match review {
        Review::Waiting { by, since } => ("in_review", *by, *since, None),
        Review::Published { by, at } => ("published", *by, *at, None),
        Review::Discarded { by, at, reason } => ("discarded", *by, *at, reason.as_deref()),
        Review::Withdrawn { by, at } => ("withdrawn", *by, *at, None),
    }
}

impl Store {
    /// An article written on this server's desk.
    pub async fn desk_article(
        &self,
        guild: GuildId,
        key: &ArticleKey,
    ) -> Result<Option<DeskArticle>, StoreError> {
        let row: Option<ArticleRow> = reading!(self, pool => match key {
            ArticleKey::Id(id) => sqlx::query_as(BY_ID).bind(guild.0).bind(id.0).fetch_optional(pool).await,
            ArticleKey::Name(ArticleId(name)) => {
                sqlx::query_as(BY_NAME).bind(guild.0).bind(name).fetch_optional(pool).await
            }
            ArticleKey::Origin(origin) => {
                sqlx::query_as(BY_ORIGIN).bind(guild.0).bind(origin).fetch_optional(pool).await
            }
        })?;
        row.map(TryInto::try_into).transpose()
    }

    /// An article by its row alone: for jobs, which no person names.
    pub async fn desk_article_of_job(&self, id: DeskArticleId) -> Result<Option<DeskArticle>, StoreError> {
        let row: Option<ArticleRow> =
            reading!(self, pool => sqlx::query_as(ANY_GUILD).bind(id.0).fetch_optional(pool).await)?;
        row.map(TryInto::try_into).transpose()
    }

    /// The articles of a server that wait for a reviewer, the longest waiting first.
    pub async fn waiting_articles(&self, guild: GuildId, limit: i64) -> Result<Vec<DeskArticle>, StoreError> {
        let rows: Vec<ArticleRow> = reading!(self, pool => {
            sqlx::query_as(WAITING).bind(guild.0).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// What people of a server are answered from beside the files, in the order in which it was begun.
    pub async fn live_articles(&self, guild: GuildId, limit: i64) -> Result<Vec<Article>, StoreError> {
        let rows: Vec<(i64, String)> = reading!(self, pool => {
            sqlx::query_as(LIVE).bind(guild.0).bind(limit).fetch_all(pool).await
        })?;
        rows.iter().map(|(id, content)| from_json("article_versions", *id, "content", content)).collect()
    }
}

impl Tx {
    /// The number in the name of the next article that is written on a desk. `None` when the server has none.
    pub async fn take_article_number(&mut self, guild: GuildId) -> Result<Option<i64>, StoreError> {
        Ok(writing!(self, connection => {
            sqlx::query_scalar(TAKE_NUMBER).bind(guild.0).fetch_optional(connection).await?
        }))
    }

    /// Adds an article with its first version, which waits for review.
    pub async fn insert_article(
        &mut self,
        guild: GuildId,
        new: &NewArticle,
        now: Timestamp,
    ) -> Result<DeskArticle, StoreError> {
        let id: i64 = writing!(self, connection => {
            sqlx::query_scalar(INSERT)
                .bind(guild.0)
                .bind(&new.content.id.0)
                .bind(&new.origin)
                .bind(new.ticket.map(|ticket| ticket.0))
                .bind(new.author.0)
                .bind(now.0)
                .fetch_one(connection)
                .await?
        });
        let newest = Version { number: 1, by: new.author, at: now, content: new.content.clone() };
        self.add_article_version(DeskArticleId(id), &newest).await?;
        let review = Review::Waiting { by: new.author, since: now };
        let (id, ticket) = (DeskArticleId(id), new.ticket);
        Ok(DeskArticle { id, guild, ticket, newest, review, live: None, card: None })
    }

    /// An article of this server by its row or by what it was written from, kept from everybody else until the
    /// transaction ends.
    pub async fn lock_article(
        &mut self,
        guild: GuildId,
        key: &ArticleKey,
    ) -> Result<Option<DeskArticle>, StoreError> {
        let found = self.find_article(guild, key).await?;
        let Some(DeskArticle { id, .. }) = found else { return Ok(None) };
        let locked: Option<i64> = writing!(self, connection => {
            sqlx::query_scalar(LOCK).bind(guild.0).bind(id.0).fetch_optional(connection).await?
        });
        // Read again: it may have been changed before the lock was had.
        match locked {
            Some(_) => self.find_article(guild, &ArticleKey::Id(id)).await,
            None => Ok(None),
        }
    }

    async fn find_article(
        &mut self,
        guild: GuildId,
        key: &ArticleKey,
    ) -> Result<Option<DeskArticle>, StoreError> {
        let row: Option<ArticleRow> = writing!(self, connection => match key {
            ArticleKey::Id(id) => {
                sqlx::query_as(BY_ID).bind(guild.0).bind(id.0).fetch_optional(connection).await?
            }
            ArticleKey::Name(ArticleId(name)) => {
                sqlx::query_as(BY_NAME).bind(guild.0).bind(name).fetch_optional(connection).await?
            }
            ArticleKey::Origin(origin) => {
                sqlx::query_as(BY_ORIGIN).bind(guild.0).bind(origin).fetch_optional(connection).await?
            }
        });
        row.map(TryInto::try_into).transpose()
    }

    /// Saves what moves change. The caller holds the lock of [`Self::lock_article`].
    pub async fn save_article(&mut self, article: &DeskArticle) -> Result<(), StoreError> {
        let (state, by, since, reason) = review_columns(&article.review);
        writing!(self, connection => {
            sqlx::query(SAVE)
                .bind(article.id.0)
                .bind(state)
                .bind(by.0)
                .bind(since.0)
                .bind(reason)
                .bind(article.newest.number)
                .bind(article.live)
                .bind(article.card.map(|card| card.channel.0))
                .bind(article.card.map(|card| card.message.0))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Remembers the card on which an article is reviewed.
    pub async fn article_card_posted(&mut self, id: DeskArticleId, card: Posted) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(CARD_POSTED)
                .bind(id.0)
                .bind(card.channel.0)
                .bind(card.message.0)
                .execute(connection)
                .await?;
        });
        Ok(())
    }
}
