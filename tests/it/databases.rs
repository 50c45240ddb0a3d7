//! Fresh databases for tests: a SQLite file each, or a PostgreSQL database each on the server that `tests/run` starts.

use std::sync::atomic::{AtomicU32, Ordering};

use frontdesk::store::{Database, Store};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::Connection;

/// Where the PostgreSQL server for tests is; `tests/run` sets it.
const POSTGRES: &str = "FRONTDESK_TEST_POSTGRES";

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
    /// `None` when there is no PostgreSQL to test on, which `tests/run` never lets happen.
    pub(crate) async fn new(kind: Kind) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let database = match kind {
            Kind::Sqlite => Database::Sqlite(folder.path().join("frontdesk.db")),
            Kind::Postgres => Database::from_url(&SecretString::from(fresh_postgres().await?)).unwrap(),
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

async fn fresh_postgres() -> Option<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let Ok(server) = std::env::var(POSTGRES) else {
        eprintln!("skipped: {POSTGRES} is not set; tests/run starts a server and sets it");
        return None;
    };
    let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut connection = sqlx::PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await
        .unwrap();
    let mut address = url::Url::parse(&format!("{server}/{name}")).unwrap();
    address.set_password(Some(crate::logs::PASSWORD)).unwrap();
    Some(address.into())
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
