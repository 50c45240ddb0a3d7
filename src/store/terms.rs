//! Table `desk_terms`: opening hours and what a desk promises.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, reading, to_json, writing};
use crate::domain::calendar::Calendar;
use crate::domain::id::GuildId;
use crate::domain::schedule::{Sla, Terms};

const FIND: &str = "SELECT calendar, sla FROM desk_terms WHERE guild_id = $1";

const SAVE_CALENDAR: &str = "INSERT INTO desk_terms (guild_id, calendar) VALUES ($1, $2) \
    ON CONFLICT (guild_id) DO UPDATE SET calendar = $2";

const SAVE_SLA: &str = "INSERT INTO desk_terms (guild_id, sla) VALUES ($1, $2) \
    ON CONFLICT (guild_id) DO UPDATE SET sla = $2";

#[derive(FromRow)]
struct TermsRow {
    calendar: Option<String>,
    sla: Option<String>,
}

fn terms(guild: GuildId, row: Option<TermsRow>) -> Result<Terms, StoreError> {
    let Some(row) = row else { return Ok(Terms::default()) };
    let calendar =
        row.calendar.map(|text| from_json("desk_terms", guild.0, "calendar", &text)).transpose()?;
    let sla = row.sla.map(|text| from_json("desk_terms", guild.0, "sla", &text)).transpose()?;
    Ok(Terms { calendar, sla: sla.unwrap_or_default() })
}

impl Store {
    /// What a server's desk works by; the defaults where nothing was said.
    pub async fn terms(&self, guild: GuildId) -> Result<Terms, StoreError> {
        let row: Option<TermsRow> =
            reading!(self, pool => sqlx::query_as(FIND).bind(guild.0).fetch_optional(pool).await)?;
        terms(guild, row)
    }
}

impl Tx {
    /// The same within a transaction: what a change is measured by.
    pub async fn terms(&mut self, guild: GuildId) -> Result<Terms, StoreError> {
        let row: Option<TermsRow> = writing!(self, connection => {
            sqlx::query_as(FIND).bind(guild.0).fetch_optional(connection).await?
        });
        terms(guild, row)
    }

    /// Saves opening hours, or takes them away.
    pub async fn save_calendar(
        &mut self,
        guild: GuildId,
        calendar: Option<&Calendar>,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SAVE_CALENDAR)
                .bind(guild.0)
                .bind(calendar.map(to_json))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Saves what is promised, or goes back to the defaults.
    pub async fn save_sla(&mut self, guild: GuildId, sla: Option<&Sla>) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SAVE_SLA).bind(guild.0).bind(sla.map(to_json)).execute(connection).await?;
        });
        Ok(())
    }
}
