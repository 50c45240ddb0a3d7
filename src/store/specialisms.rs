//! Table `specialisms`.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, reading, to_json, writing};
use crate::domain::desk::{Provider, Specialism, Webhook};
use crate::domain::id::{ChannelId, GuildId, RoleId, SpecialismId, UserId};
use crate::domain::ladder::LadderRule;

const TABLE: &str = "specialisms";

/// Every column of [`SpecialismRow`]. The webhook's address and secret are read where they are used, and nowhere else.
macro_rules! columns {
    () => {
        "id, name, german, role_id, channel_id, note, serves, lead_id, next_role_id, timeouts, provider, \
         reaction_minutes, webhook_url IS NOT NULL AS has_webhook"
    };
}

const ALL: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM specialisms WHERE guild_id = $1 AND retired = FALSE ORDER BY id LIMIT 25"
);

const ONE: &str = concat!("SELECT ", columns!(), " FROM specialisms WHERE guild_id = $1 AND id = $2");

const SAVE_DEFAULT: &str = "INSERT INTO specialisms (guild_id, name, role_id) VALUES ($1, NULL, $2) \
    ON CONFLICT (guild_id) WHERE name IS NULL DO UPDATE SET role_id = $2, retired = FALSE";

const SAVE_NAMED: &str = concat!(
    "INSERT INTO specialisms (guild_id, name, role_id, channel_id) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (guild_id, name) DO UPDATE SET role_id = $3, channel_id = $4, retired = FALSE RETURNING ",
    columns!()
);

const UPDATE: &str = "UPDATE specialisms SET german = $3, role_id = $4, channel_id = $5, note = $6, serves = $7, \
    lead_id = $8, next_role_id = $9, timeouts = $10, provider = $11, reaction_minutes = $12 \
    WHERE guild_id = $1 AND id = $2";

const RETIRE: &str =
    "UPDATE specialisms SET retired = TRUE WHERE guild_id = $1 AND name = $2 AND retired = FALSE";

const SET_WEBHOOK: &str =
    "UPDATE specialisms SET webhook_url = $3, webhook_secret = $4 WHERE guild_id = $1 AND id = $2";

const WEBHOOK: &str = "SELECT webhook_url, webhook_secret FROM specialisms \
    WHERE guild_id = $1 AND id = $2 AND webhook_url IS NOT NULL AND webhook_secret IS NOT NULL";

#[derive(FromRow)]
struct SpecialismRow {
    id: i64,
    name: Option<String>,
    german: Option<String>,
    role_id: i64,
    channel_id: Option<i64>,
    note: Option<String>,
    serves: String,
    lead_id: Option<i64>,
    next_role_id: Option<i64>,
    timeouts: Option<String>,
    provider: bool,
    reaction_minutes: Option<i64>,
    has_webhook: bool,
}

impl TryFrom<SpecialismRow> for Specialism {
    type Error = StoreError;

    fn try_from(row: SpecialismRow) -> Result<Self, StoreError> {
        let timeouts = row.timeouts.as_deref();
        let reaction = row.reaction_minutes.and_then(|minutes| u64::try_from(minutes).ok());
        Ok(Self {
            id: SpecialismId(row.id),
            role: RoleId(row.role_id),
            channel: row.channel_id.map(ChannelId),
            serves: from_json(TABLE, row.id, "serves", &row.serves)?,
            ladder: LadderRule {
                lead: row.lead_id.map(UserId),
                next_role: row.next_role_id.map(RoleId),
                timeouts: timeouts.map(|text| from_json(TABLE, row.id, "timeouts", text)).transpose()?,
                reaction: reaction.map(Duration::from_mins),
            },
            provider: row.provider.then_some(if row.has_webhook {
                Provider::Webhook
            } else {
                Provider::ByHand
            }),
            name: row.name,
            german: row.german,
            note: row.note,
        })
    }
}

impl Store {
    /// A server's specialisms, the default one first; at most 25, as many as a select can offer.
    pub async fn specialisms(&self, guild: GuildId) -> Result<Vec<Specialism>, StoreError> {
        let rows: Vec<SpecialismRow> =
            reading!(self, pool => sqlx::query_as(ALL).bind(guild.0).fetch_all(pool).await)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// A specialism of a server, also a retired one: its tickets still name it.
    pub async fn specialism(
        &self,
        guild: GuildId,
        id: SpecialismId,
    ) -> Result<Option<Specialism>, StoreError> {
        let row: Option<SpecialismRow> = reading!(self, pool => {
            sqlx::query_as(ONE).bind(guild.0).bind(id.0).fetch_optional(pool).await
        })?;
        row.map(TryInto::try_into).transpose()
    }

    /// Where an outside provider's own system is called, if it has one.
    pub async fn webhook(&self, guild: GuildId, id: SpecialismId) -> Result<Option<Webhook>, StoreError> {
        let row: Option<(String, String)> = reading!(self, pool => {
            sqlx::query_as(WEBHOOK).bind(guild.0).bind(id.0).fetch_optional(pool).await
        })?;
        Ok(row.map(|(url, secret)| Webhook {
            url: SecretString::from(url),
            secret: SecretString::from(secret),
        }))
    }
}

impl Tx {
    /// Like [`Store::specialism`], within a change: a second connection could be the one that others wait for.
    pub async fn specialism(
        &mut self,
        guild: GuildId,
        id: SpecialismId,
    ) -> Result<Option<Specialism>, StoreError> {
        let row: Option<SpecialismRow> = writing!(self, connection => {
            sqlx::query_as(ONE).bind(guild.0).bind(id.0).fetch_optional(connection).await?
        });
        row.map(TryInto::try_into).transpose()
    }

    /// Saves the default specialism's role, new or again.
    pub(super) async fn save_default_specialism(
        &mut self,
        guild: GuildId,
        role: RoleId,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SAVE_DEFAULT).bind(guild.0).bind(role.0).execute(connection).await?;
        });
        Ok(())
    }

    /// Saves a named specialism, new or again. One that was retired comes back as it was.
    pub async fn save_specialism(
        &mut self,
        guild: GuildId,
        name: &str,
        role: RoleId,
        channel: Option<ChannelId>,
    ) -> Result<Specialism, StoreError> {
        let row: SpecialismRow = writing!(self, connection => {
            sqlx::query_as(SAVE_NAMED)
                .bind(guild.0)
                .bind(name)
                .bind(role.0)
                .bind(channel.map(|channel| channel.0))
                .fetch_one(connection)
                .await?
        });
        row.try_into()
    }

    /// Saves everything about a specialism but its name and its webhook.
    pub async fn update_specialism(
        &mut self,
        guild: GuildId,
        specialism: &Specialism,
    ) -> Result<(), StoreError> {
        let ladder = &specialism.ladder;
        let reaction = ladder.reaction.and_then(|reaction| i64::try_from(reaction.as_secs() / 60).ok());
        writing!(self, connection => {
            sqlx::query(UPDATE)
                .bind(guild.0)
                .bind(specialism.id.0)
                .bind(&specialism.german)
                .bind(specialism.role.0)
                .bind(specialism.channel.map(|channel| channel.0))
                .bind(&specialism.note)
                .bind(to_json(&specialism.serves))
                .bind(ladder.lead.map(|user| user.0))
                .bind(ladder.next_role.map(|role| role.0))
                .bind(ladder.timeouts.as_ref().map(to_json))
                .bind(specialism.provider.is_some())
                .bind(reaction)
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Says where an outside provider's own system is called, or that it is no more.
    pub async fn set_webhook(
        &mut self,
        guild: GuildId,
        id: SpecialismId,
        webhook: Option<&Webhook>,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SET_WEBHOOK)
                .bind(guild.0)
                .bind(id.0)
                .bind(webhook.map(|webhook| webhook.url.expose_secret().to_owned()))
                .bind(webhook.map(|webhook| webhook.secret.expose_secret().to_owned()))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Takes a named specialism out of use. Its tickets keep it; `false` when there is none of that name.
    pub async fn retire_specialism(&mut self, guild: GuildId, name: &str) -> Result<bool, StoreError> {
        let rows = writing!(self, connection => {
            sqlx::query(RETIRE).bind(guild.0).bind(name).execute(connection).await?.rows_affected()
        });
        Ok(rows > 0)
    }
}
