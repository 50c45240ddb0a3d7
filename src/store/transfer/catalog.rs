//! Which tables a database has, from its own catalogue.

use std::collections::{BTreeMap, BTreeSet};

use super::TransferError;
use super::connection::{Connection, on};

/// Tables whose names begin with an underscore are about the database itself: migrations, and what a backup says of
/// itself.
const COLUMNS_SQLITE: &str = "SELECT m.name, c.name, lower(c.type), \
    (c.pk > 0 AND upper(m.sql) LIKE '%AUTOINCREMENT%') FROM sqlite_master AS m, pragma_table_info(m.name) AS c \
    WHERE m.type = 'table' AND substr(m.name, 1, 1) <> '_' AND substr(m.name, 1, 7) <> 'sqlite_' ORDER BY 1, 2";

const COLUMNS_POSTGRES: &str = "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT), \
    CAST(c.data_type AS TEXT), c.is_identity = 'YES' FROM information_schema.columns AS c \
    JOIN information_schema.tables AS t ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
    AND substr(CAST(c.table_name AS TEXT), 1, 1) <> '_' ORDER BY 1, 2";

const REFERENCES_SQLITE: &str = "SELECT m.name, f.\"table\" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f \
     WHERE m.type = 'table' AND m.name <> f.\"table\"";

const REFERENCES_POSTGRES: &str = "SELECT CAST(child.relname AS TEXT), CAST(parent.relname AS TEXT) \
    FROM pg_constraint AS c JOIN pg_class AS child ON child.oid = c.conrelid \
    JOIN pg_class AS parent ON parent.oid = c.confrelid JOIN pg_namespace AS n ON n.oid = child.relnamespace \
    WHERE c.contype = 'f' AND c.conrelid <> c.confrelid AND n.nspname = current_schema()";

/// The three kinds of column that both databases share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Text,
    Boolean,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    /// By name, so that their order is the same in both databases.
    pub(super) columns: Vec<Column>,
    /// The column whose values the database counts.
    pub(super) counted: Option<String>,
}

/// The tables in an order in which whatever a row refers to comes before it.
#[derive(Clone, Debug)]
pub(super) struct Catalog {
    pub(super) tables: Vec<Table>,
}

impl Catalog {
    pub(super) async fn read(connection: &mut Connection<'_>) -> Result<Self, TransferError> {
        let (columns, references) = match connection {
            Connection::Sqlite(_) => (COLUMNS_SQLITE, REFERENCES_SQLITE),
            Connection::Postgres(_) => (COLUMNS_POSTGRES, REFERENCES_POSTGRES),
        };
        let columns: Vec<(String, String, String, bool)> =
            on!(connection, inner => sqlx::query_as(columns).fetch_all(&mut **inner).await?);
        let references: Vec<(String, String)> =
            on!(connection, inner => sqlx::query_as(references).fetch_all(&mut **inner).await?);
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        for (name, column, kind, is_counted) in columns {
            let table = tables.entry(name.clone()).or_insert_with(|| Table {
                name: name.clone(),
                columns: Vec::new(),
                counted: None,
            });
            let kind = match kind.as_str() {
                "bigint" | "integer" => Kind::Integer,
                "text" => Kind::Text,
                "boolean" => Kind::Boolean,
                other => {
                    return Err(TransferError::Shape(format!("column {column} of {name} is a {other}")));
                }
            };
            if is_counted {
                table.counted = Some(column.clone());
            }
            table.columns.push(Column { name: column, kind });
        }
        for table in tables.values_mut() {
            table.columns.sort_by(|one, other| one.name.cmp(&other.name));
        }
        Ok(Self { tables: in_order(tables, &references)? })
    }

    /// Fails unless the other has exactly the same tables and columns.
    pub(super) fn must_be(&self, other: &Self) -> Result<(), TransferError> {
        let (ours, others) = (self.all(), other.all());
        match ours.symmetric_difference(&others).next() {
            None => Ok(()),
            Some(only) => Err(TransferError::Shape(format!("{only} is in one of them only"))),
        }
    }

    fn all(&self) -> BTreeSet<String> {
        let columns = |table: &Table| {
            let of = table.name.clone();
            let columns = table.columns.clone().into_iter();
            columns.map(move |column| format!("column {} of {of} ({:?})", column.name, column.kind))
        };
        self.tables.iter().flat_map(columns).collect()
    }
}

/// Puts tables after those that they refer to.
fn in_order(
    mut waiting: BTreeMap<String, Table>,
    references: &[(String, String)],
) -> Result<Vec<Table>, TransferError> {
    let mut tables = Vec::new();
    while !waiting.is_empty() {
        let is_free = |name: &&String| {
            !references.iter().any(|(child, parent)| child == *name && waiting.contains_key(parent))
        };
        let next = waiting.keys().find(is_free).cloned();
        let next = next.and_then(|name| waiting.remove(&name));
        tables.push(
            next.ok_or_else(|| TransferError::Shape("they refer to each other in a circle".to_owned()))?,
        );
    }
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str) -> (String, Table) {
        (name.to_owned(), Table { name: name.to_owned(), columns: Vec::new(), counted: None })
    }

    #[test]
    fn what_is_referred_to_comes_first_and_a_circle_is_said() {
        let tables: BTreeMap<_, _> = ["a", "b", "c"].into_iter().map(table).collect();
        let refers = |child: &str, parent: &str| (child.to_owned(), parent.to_owned());
        let ordered = in_order(tables.clone(), &[refers("a", "b"), refers("b", "c")]).expect("an order");
        let names: Vec<_> = ordered.into_iter().map(|table| table.name).collect();
        assert_eq!(names, ["c", "b", "a"]);
        let circle = in_order(tables, &[refers("a", "b"), refers("b", "a")]);
        assert!(matches!(circle, Err(TransferError::Shape(_))), "{circle:?}");
    }
}
