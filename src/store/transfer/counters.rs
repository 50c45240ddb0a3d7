//! The counters behind the numbers that a database gives to rows. They are moved as well: a number that was given to a
//! row that is gone since must not be given again, because messages on Discord may carry it.

use sqlx::AssertSqlSafe;

use super::TransferError;
use super::catalog::Table;
use super::connection::{Connection, on};
use super::rows::quoted;

const SEQ_SQLITE: &str = "SELECT seq FROM sqlite_sequence WHERE name = $1";
const SET_SQLITE: &str = "UPDATE sqlite_sequence SET seq = $2 WHERE name = $1";
const NEW_SQLITE: &str = "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)";

const SEQ_POSTGRES: &str = "SELECT pg_sequence_last_value(CAST(pg_get_serial_sequence($1, $2) AS regclass))";
const SET_POSTGRES: &str = "SELECT setval(CAST(pg_get_serial_sequence($1, $2) AS regclass), $3)";

/// Lets the target count on from where the source is.
pub(super) async fn carry_over(
    source: &mut Connection<'_>,
    table: &Table,
    target: &mut Connection<'_>,
) -> Result<(), TransferError> {
    let Some(column) = &table.counted else { return Ok(()) };
    let largest = AssertSqlSafe(format!("SELECT max({}) FROM {}", quoted(column), quoted(&table.name)));
    let largest: Option<i64> =
        on!(source, inner => sqlx::query_scalar(largest).fetch_one(&mut **inner).await?);
    // Whoever wrote rows with numbers of their own left the counter behind. SQLite's may be 0, which is none.
    let last = last_given(source, table, column).await?.max(largest);
    let Some(last) = last.filter(|last| *last > 0) else { return Ok(()) };
    match target {
        Connection::Sqlite(inner) => {
            let set = sqlx::query(SET_SQLITE).bind(&table.name).bind(last).execute(&mut **inner).await?;
            if set.rows_affected() == 0 {
                sqlx::query(NEW_SQLITE).bind(&table.name).bind(last).execute(&mut **inner).await?;
            }
        }
        Connection::Postgres(inner) => {
            let set = sqlx::query(SET_POSTGRES).bind(quoted(&table.name)).bind(column).bind(last);
            set.execute(&mut **inner).await?;
        }
    }
    Ok(())
}

async fn last_given(
    source: &mut Connection<'_>,
    table: &Table,
    column: &str,
) -> Result<Option<i64>, TransferError> {
    Ok(match source {
        Connection::Sqlite(inner) => {
            sqlx::query_scalar(SEQ_SQLITE).bind(&table.name).fetch_optional(&mut **inner).await?
        }
        Connection::Postgres(inner) => {
            let last = sqlx::query_scalar(SEQ_POSTGRES).bind(quoted(&table.name)).bind(column);
            last.fetch_one(&mut **inner).await?
        }
    })
}
