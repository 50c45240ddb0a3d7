//! Reading, counting and writing the rows of a table, whatever its columns are.

use std::fmt;

use futures_util::TryStreamExt as _;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, ColumnIndex, Decode, QueryBuilder, Row, Type};

use super::catalog::{Catalog, Column, Kind, Table};
use super::connection::{Connection, on};
use super::{TableFacts, TransferError};

/// How many rows are held at once.
const BATCH_ROWS: usize = 500;
/// SQLite takes 32,766 values in a statement (sqlite.org/limits.html), PostgreSQL 65,535.
const BATCH_VALUES: usize = 30_000;

/// How many rows, and what they hold: a sum over the rows, so that their order does not matter. It tells apart whatever
/// differs by accident; it is no seal against somebody who wants to deceive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checksum {
    /// How many rows.
    pub rows: u64,
    /// Of what they hold.
    #[serde(rename = "checksum", serialize_with = "as_text")]
    pub sum: u128,
}

impl Checksum {
    /// The sum as it is written down.
    pub fn text(self) -> String {
        format!("{:032x}", self.sum)
    }

    fn add(&mut self, row: &[Value], columns: &Sha256) {
        let mut hasher = columns.clone();
        for value in row {
            value.hash(&mut hasher);
        }
        let hash = hasher.finalize();
        let mut half = [0; 16];
        half.copy_from_slice(&hash[..16]);
        self.rows += 1;
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(half));
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows ({})", self.rows, self.text())
    }
}

fn as_text<S: serde::Serializer>(sum: &u128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{sum:032x}"))
}

enum Value {
    Integer(Option<i64>),
    Text(Option<String>),
    Boolean(Option<bool>),
}

impl Value {
    /// Kind, presence, and for texts the length as well: no two rows are written the same.
    fn hash(&self, hasher: &mut Sha256) {
        match self {
            Self::Integer(Some(number)) => {
                hasher.update(b"i");
                hasher.update(number.to_be_bytes());
            }
            Self::Text(Some(text)) => {
                hasher.update(b"t");
                hasher.update((text.len() as u64).to_be_bytes());
                hasher.update(text);
            }
            Self::Boolean(Some(yes)) => hasher.update(if *yes { b"y" } else { b"n" }),
            Self::Integer(None) | Self::Text(None) | Self::Boolean(None) => hasher.update(b"0"),
        }
    }
}

/// Copies a table, some rows at a time, and says what was read.
pub(super) async fn copy(
    source: &mut Connection<'_>,
    table: &Table,
    target: &mut Connection<'_>,
) -> Result<Checksum, TransferError> {
    read(source, table, Some(target)).await
}

/// What a table holds.
pub(super) async fn checksum(source: &mut Connection<'_>, table: &Table) -> Result<Checksum, TransferError> {
    read(source, table, None).await
}

/// What every table holds.
pub(super) async fn facts(
    source: &mut Connection<'_>,
    catalog: &Catalog,
) -> Result<Vec<TableFacts>, TransferError> {
    let mut facts = Vec::new();
    for table in &catalog.tables {
        facts.push(TableFacts { table: table.name.clone(), content: checksum(source, table).await? });
    }
    Ok(facts)
}

/// How many rows every table holds, without reading them.
pub(super) async fn counts(
    source: &mut Connection<'_>,
    catalog: &Catalog,
) -> Result<Vec<(String, i64)>, TransferError> {
    let mut counts = Vec::new();
    for table in &catalog.tables {
        let count = AssertSqlSafe(format!("SELECT count(*) FROM {}", quoted(&table.name)));
        let count = on!(source, inner => sqlx::query_scalar(count).fetch_one(&mut **inner).await?);
        counts.push((table.name.clone(), count));
    }
    Ok(counts)
}

async fn read(
    source: &mut Connection<'_>,
    table: &Table,
    mut target: Option<&mut Connection<'_>>,
) -> Result<Checksum, TransferError> {
    let select = AssertSqlSafe(format!("SELECT {} FROM {}", columns(table), quoted(&table.name)));
    let names = table
        .columns
        .iter()
        .fold(Sha256::new(), |hasher, column| hasher.chain_update(&column.name).chain_update([0]));
    let batch_rows = BATCH_ROWS.min(BATCH_VALUES / table.columns.len().max(1));
    let mut checksum = Checksum::default();
    on!(source, inner => {
        let mut batch = Vec::new();
        let mut rows = sqlx::query(select).fetch(&mut **inner);
        while let Some(row) = rows.try_next().await? {
            let row = values(&row, &table.columns)?;
            checksum.add(&row, &names);
            if let Some(target) = &mut target {
                batch.push(row);
                if batch.len() >= batch_rows {
                    write(target, table, &std::mem::take(&mut batch)).await?;
                }
            }
        }
        if let Some(target) = target
            && !batch.is_empty()
        {
            write(target, table, &batch).await?;
        }
    });
    Ok(checksum)
}

fn values<R>(row: &R, columns: &[Column]) -> Result<Vec<Value>, sqlx::Error>
where
    R: Row,
    usize: ColumnIndex<R>,
    for<'r> i64: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> String: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> bool: Decode<'r, R::Database> + Type<R::Database>,
{
    let value = |(place, column): (usize, &Column)| match column.kind {
        Kind::Integer => row.try_get(place).map(Value::Integer),
        Kind::Text => row.try_get(place).map(Value::Text),
        Kind::Boolean => row.try_get(place).map(Value::Boolean),
    };
    columns.iter().enumerate().map(value).collect()
}

async fn write(target: &mut Connection<'_>, table: &Table, rows: &[Vec<Value>]) -> Result<(), TransferError> {
    let insert = format!("INSERT INTO {} ({}) ", quoted(&table.name), columns(table));
    on!(target, inner => {
        let mut query = QueryBuilder::new(insert);
        query.push_values(rows, |mut into, row| {
            for value in row {
                match value {
                    Value::Integer(number) => into.push_bind(*number),
                    Value::Text(text) => into.push_bind(text.as_deref()),
                    Value::Boolean(yes) => into.push_bind(*yes),
                };
            }
        });
        query.build().execute(&mut **inner).await?;
    });
    Ok(())
}

fn columns(table: &Table) -> String {
    table.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
}

/// A name as both databases take any.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(rows: &[Vec<Value>]) -> Checksum {
        let mut checksum = Checksum::default();
        for row in rows {
            checksum.add(row, &Sha256::new());
        }
        checksum
    }

    #[test]
    fn a_checksum_minds_what_rows_hold_and_not_their_order() {
        let text = |text: &str| Value::Text(Some(text.to_owned()));
        let number = |number| Value::Integer(Some(number));
        let one = || vec![number(1), text("a")];
        let other = || vec![number(2), text("b")];
        assert_eq!(sum(&[one(), other()]), sum(&[other(), one()]));
        let different = [
            vec![one()],
            vec![one(), one()],
            vec![one(), vec![number(2), text("c")]],
            vec![one(), vec![number(2), Value::Text(None)]],
            vec![vec![number(1), text("b")], vec![number(2), text("a")]],
            vec![one(), vec![text("b"), number(2)]],
        ];
        for rows in different {
            assert_ne!(sum(&rows), sum(&[one(), other()]));
        }
        assert_ne!(sum(&[vec![text("ab"), text("c")]]), sum(&[vec![text("a"), text("bc")]]));
    }
}
