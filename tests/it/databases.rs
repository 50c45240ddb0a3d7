//! Fresh databases for tests: a SQLite file each, or a PostgreSQL database each on the server that `tests/run` starts.

use std::sync::atomic::{AtomicU32, Ordering};

use frontdesk::store::{Database, Store};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::Connection;
use tokio::sync::OnceCell;

/// Where the PostgreSQL server for tests is; `tests/run` sets it.
const POSTGRES: &str = "FRONTDESK_TEST_POSTGRES";
/// What PostgreSQL copies a new database from when nothing else is said.
const EMPTY: &str = "template1";

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A database of a test's own, with the folder it may need.
pub(crate) struct Fresh {
    pub(crate) database: Database,
    /// Kept for as long as the database in it.
    _folder: tempfile::TempDir,
}

impl Fresh {
    /// Ready to be used: on PostgreSQL with its tables, which are made once and copied from then on.
    /// `None` when there is no PostgreSQL to test on, which `tests/run` never lets happen.
    pub(crate) async fn new(kind: Kind) -> Option<Self> {
        static WITH_TABLES: OnceCell<Option<String>> = OnceCell::const_new();
        if kind == Kind::Sqlite {
            return Self::empty(kind).await;
        }
        let template = WITH_TABLES.get_or_init(with_tables).await.as_deref()?;
        Self::copied_from(kind, template).await
    }

    /// With nothing in it, as who sets up a desk makes one.
    pub(crate) async fn empty(kind: Kind) -> Option<Self> {
        Self::copied_from(kind, EMPTY).await
    }

    async fn copied_from(kind: Kind, template: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let database = match kind {
            Kind::Sqlite => Database::Sqlite(folder.path().join("frontdesk.db")),
            Kind::Postgres => postgres(&create(template).await?),
        };
        Some(Self { database, _folder: folder })
    }

    pub(crate) const fn kind(&self) -> Kind {
        match self.database {
            Database::Sqlite(_) => Kind::Sqlite,
            Database::Postgres(_) => Kind::Postgres,
        }
    }

    pub(crate) async fn store(&self) -> Store {
        Store::open(&self.database).await.unwrap()
    }
}

/// Holds a lock on every table until it is dropped.
pub(crate) struct Locked {
    connection: sqlx::PgConnection,
}

impl Locked {
    pub(crate) async fn let_go(self) {
        self.connection.close().await.unwrap();
    }
}

impl Fresh {
    /// Locks every table of a PostgreSQL database against everybody, readers as well.
    pub(crate) async fn locks_everything(&self) -> Locked {
        let Database::Postgres(url) = &self.database else { panic!("SQLite lets people read meanwhile") };
        let mut connection = sqlx::PgConnection::connect(url.expose_secret()).await.unwrap();
        let lock = "BEGIN; DO $$ DECLARE name text; BEGIN FOR name IN SELECT tablename FROM pg_tables \
            WHERE schemaname = 'public' LOOP EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', name); \
            END LOOP; END $$";
        sqlx::raw_sql(lock).execute(&mut connection).await.unwrap();
        Locked { connection }
    }
}

/// A database with the tables of a desk, for others to be copied from: nobody may be connected to it then.
async fn with_tables() -> Option<String> {
    let name = create(EMPTY).await?;
    Store::open(&postgres(&name)).await.unwrap().close().await;
    Some(name)
}

/// Creates a PostgreSQL database and tells its name.
async fn create(template: &str) -> Option<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let Ok(server) = std::env::var(POSTGRES) else {
        eprintln!("skipped: {POSTGRES} is not set; tests/run starts a server and sets it");
        return None;
    };
    let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut connection = sqlx::PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {template}")))
        .execute(&mut connection)
        .await
        .unwrap();
    Some(name)
}

/// The database of this name, on the server that tests use.
fn postgres(name: &str) -> Database {
    let server = std::env::var(POSTGRES).unwrap();
    let mut address = url::Url::parse(&format!("{server}/{name}")).unwrap();
    address.set_password(Some(crate::logs::PASSWORD)).unwrap();
    Database::from_url(&SecretString::from(String::from(address))).unwrap()
}

/// Runs each test once on each database.
macro_rules! on_both_databases {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                if let Some(fresh) = crate::databases::Fresh::new(crate::databases::Kind::Sqlite).await {
                    super::$test(fresh).await;
                }
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                if let Some(fresh) = crate::databases::Fresh::new(crate::databases::Kind::Postgres).await {
                    super::$test(fresh).await;
                }
            })*
        }
    };
}
pub(crate) use on_both_databases;
