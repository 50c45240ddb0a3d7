//! Table `categories`.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, reading, to_json, writing};
use crate::domain::category::Category;
use crate::domain::id::{CategoryId, GuildId};
use crate::domain::ticket::Priority;

const TABLE: &str = "categories";

const ALL: &str = "SELECT id, name, german, keywords, priority FROM categories \
    WHERE guild_id = $1 AND retired = FALSE ORDER BY id LIMIT 25";

const ADD: &str = "INSERT INTO categories (guild_id, name) VALUES ($1, $2) \
    ON CONFLICT (guild_id, name) DO UPDATE SET retired = FALSE RETURNING id, name, german, keywords, priority";

const UPDATE: &str =
    "UPDATE categories SET german = $3, keywords = $4, priority = $5 WHERE guild_id = $1 AND id = $2";

const RETIRE: &str = "UPDATE categories SET retired = TRUE WHERE guild_id = $1 AND id = $2";

#[derive(FromRow)]
struct CategoryRow {
    id: i64,
    name: String,
    german: Option<String>,
    keywords: String,
    priority: Option<String>,
}

impl TryFrom<CategoryRow> for Category {
    type Error = StoreError;

    fn try_from(row: CategoryRow) -> Result<Self, StoreError> {
        let unknown = |code: &str| StoreError::Inconsistent {
            table: TABLE,
            id: row.id,
            why: format!("no priority {code}"),
        };
        let priority = row.priority.as_deref();
        Ok(Self {
            id: CategoryId(row.id),
            keywords: from_json(TABLE, row.id, "keywords", &row.keywords)?,
            priority: priority
                .map(|code| Priority::from_code(code).ok_or_else(|| unknown(code)))
                .transpose()?,
            name: row.name,
            german: row.german,
        })
    }
}

impl Store {
    /// A server's categories in the order in which they were made; at most 25, as many as a select can offer.
    pub async fn categories(&self, guild: GuildId) -> Result<Vec<Category>, StoreError> {
        let rows: Vec<CategoryRow> =
            reading!(self, pool => sqlx::query_as(ALL).bind(guild.0).fetch_all(pool).await)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }
}

impl Tx {
    /// Adds a category. One that was retired comes back as it was.
    pub async fn add_category(&mut self, guild: GuildId, name: &str) -> Result<Category, StoreError> {
        let row: CategoryRow = writing!(self, connection => {
            sqlx::query_as(ADD).bind(guild.0).bind(name).fetch_one(connection).await?
        });
        row.try_into()
    }

    /// Saves everything about a category but its name.
    pub async fn update_category(&mut self, guild: GuildId, category: &Category) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(UPDATE)
                .bind(guild.0)
                .bind(category.id.0)
                .bind(&category.german)
                .bind(to_json(&category.keywords))
                .bind(category.priority.map(Priority::code))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Takes a category out of use. Tickets keep its name.
    pub async fn retire_category(&mut self, guild: GuildId, id: CategoryId) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(RETIRE).bind(guild.0).bind(id.0).execute(connection).await?;
        });
        Ok(())
    }
}
