//! Moving a desk between databases, saving it, and bringing it back: with the program itself, as an admin does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use frontdesk::domain::id::GuildId;
use frontdesk::domain::job::{Job, Lane};
use frontdesk::domain::time::Timestamp;
use frontdesk::store::{Database, Store};
use secrecy::ExposeSecret as _;
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

use crate::crash::proxy::Proxy;
use crate::databases::{Fresh, Kind};
use crate::office::Office;
use crate::program::frontdesk;

const ROWS: i64 = 3;

/// A column as the database's own catalogue has it.
struct Column {
    name: String,
    kind: String,
    /// Whether its values must be those of a row elsewhere, or of a key.
    is_key: bool,
    is_nullable: bool,
}

fn address(database: &Database) -> String {
    match database {
        Database::Sqlite(file) => format!("sqlite://{}", file.display()),
        Database::Postgres(url) => url.expose_secret().to_owned(),
    }
}

fn file(database: &Database) -> &Path {
    let Database::Sqlite(file) = database else { unreachable!("asked for a file") };
    file
}

async fn sqlite(database: &Database) -> SqliteConnection {
    SqliteConnection::connect(&address(database)).await.unwrap()
}

async fn postgres(database: &Database) -> PgConnection {
    PgConnection::connect(&address(database)).await.unwrap()
}

fn run(arguments: &[&str]) -> Output {
    frontdesk().args(arguments).output().unwrap()
}

fn copy(from: &Database, to: &Database) -> Output {
    run(&["copy", "--from", &address(from), "--to", &address(to)])
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn succeeds(output: &Output) -> String {
    let said = said(output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

fn is_refused(output: &Output, code: i32, part: &str) {
    let said = said(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(part) && !said.contains("panicked"), "{part:?} in {said}");
    assert_eq!(said.trim().lines().count(), 1, "one sentence: {said}");
}

/// Every table of a SQLite desk with its columns, asked of SQLite.
async fn tables(connection: &mut SqliteConnection) -> BTreeMap<String, Vec<Column>> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'",
    )
    .fetch_all(&mut *connection)
    .await
    .unwrap();
    let mut tables = BTreeMap::new();
    for name in names {
        let referring: Vec<String> = sqlx::query_scalar("SELECT \"from\" FROM pragma_foreign_key_list($1)")
            .bind(&name)
            .fetch_all(&mut *connection)
            .await
            .unwrap();
        let columns: Vec<(String, String, bool, i64)> =
            sqlx::query_as("SELECT name, type, \"notnull\", pk FROM pragma_table_info($1)")
                .bind(&name)
                .fetch_all(&mut *connection)
                .await
                .unwrap();
        let column = |(name, kind, not_null, key): (String, String, bool, i64)| Column {
            is_key: key > 0 || referring.contains(&name),
            is_nullable: !not_null && key == 0,
            name,
            kind,
        };
        tables.insert(name.clone(), columns.into_iter().map(column).collect());
    }
    tables
}

/// A value that no other column has, except for keys, which refer to each other by the row's number.
fn value(table: &str, column: &Column, place: usize, row: i64) -> String {
    if column.is_nullable && row == ROWS {
        return "NULL".to_owned();
    }
    let seed: i64 = table.bytes().map(i64::from).sum();
    match column.kind.as_str() {
        "TEXT" => format!("'{table}.{} {row} äß€🎫 ''\"\\'", column.name),
        "BOOLEAN" => (if row % 2 == 1 { "TRUE" } else { "FALSE" }).to_owned(),
        _ if column.is_key => row.to_string(),
        // Beyond what a float can hold, where numbers would be rounded.
        _ => (row << 60 | seed << 20 | i64::try_from(place).unwrap()).to_string(),
    }
}

/// Some rows in every column of every table.
async fn fill(database: &Database) {
    Store::open(database).await.unwrap().close().await;
    let mut connection = sqlite(database).await;
    connection.execute("PRAGMA foreign_keys = OFF").await.unwrap();
    for (table, columns) in tables(&mut connection).await {
        for row in 1..=ROWS {
            let names: Vec<_> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
            let values: Vec<_> =
                columns.iter().enumerate().map(|(place, column)| value(&table, column, place, row)).collect();
            let insert = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "));
            connection.execute(AssertSqlSafe(insert)).await.unwrap();
        }
    }
    let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await.unwrap().len();
    assert_eq!(orphans, 0, "the test's own rows fit together");
    connection.close().await.unwrap();
}

/// Everything in a SQLite desk, as text.
async fn contents(database: &Database) -> BTreeMap<String, BTreeSet<String>> {
    let mut connection = sqlite(database).await;
    let mut contents = BTreeMap::new();
    for (table, columns) in tables(&mut connection).await {
        let mut texts: Vec<_> = columns
            .iter()
            .map(|column| {
                format!("'{0}=' || coalesce(typeof(\"{0}\") || ' ' || \"{0}\", 'nothing')", column.name)
            })
            .collect();
        texts.sort();
        let select = format!("SELECT {} FROM {table}", texts.join(" || ', ' || "));
        let rows: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(select)).fetch_all(&mut connection).await.unwrap();
        contents.insert(table, rows.into_iter().collect());
    }
    connection.close().await.unwrap();
    contents
}

/// Whatever tables and columns there are now or later: they are found in the catalogue, here and there.
#[tokio::test(flavor = "multi_thread")]
async fn every_column_of_every_table_arrives_as_it_left_in_both_directions() {
    let Some(server) = Fresh::empty(Kind::Postgres).await else { return };
    let (from, back) = (Fresh::empty(Kind::Sqlite).await.unwrap(), Fresh::empty(Kind::Sqlite).await.unwrap());
    fill(&from.database).await;
    let told = succeeds(&copy(&from.database, &server.database));
    let before = contents(&from.database).await;
    assert!(before.len() > 15 && before.values().all(|rows| rows.len() == 3), "{before:#?}");
    for table in before.keys() {
        assert!(told.lines().any(|line| line.starts_with(table.as_str()) && line.contains(" 3 ")), "{told}");
    }
    succeeds(&copy(&server.database, &back.database));
    assert_eq!(before, contents(&back.database).await);
    let again = succeeds(&copy(&from.database, &server.database));
    assert!(again.contains("everything was there already"), "{again}");
    let orphans = "PRAGMA foreign_key_check";
    assert!(sqlx::query(orphans).fetch_all(&mut sqlite(&back.database).await).await.unwrap().is_empty());
}

async fn queues_job(store: &Store) -> i64 {
    let mut tx = store.begin().await.unwrap();
    let job = Job::RemindOfReview {
        review: frontdesk::domain::article::DueReview {
            article: frontdesk::domain::article::ArticleId("a".to_owned()),
            title: "A".to_owned(),
            owner: None,
            review_by: chrono::NaiveDate::default(),
        },
    };
    tx.enqueue(GuildId(1), Lane::Desk(GuildId(1)), &job, Timestamp(1)).await.unwrap();
    let leased =
        tx.lease_job(Lane::Desk(GuildId(1)), Timestamp(2), Timestamp(3), None).await.unwrap().unwrap();
    tx.job_done(&leased).await.unwrap();
    tx.commit().await.unwrap();
    leased.id.0
}

/// A job's number stands in messages; it must not be given again, although its row is gone.
#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_were_given_are_not_given_again_after_a_move() {
    let Some(server) = Fresh::empty(Kind::Postgres).await else { return };
    let (from, back) = (Fresh::empty(Kind::Sqlite).await.unwrap(), Fresh::empty(Kind::Sqlite).await.unwrap());
    let mut given = Vec::new();
    let store = from.store().await;
    for _ in 0..3 {
        given.push(queues_job(&store).await);
    }
    store.close().await;
    succeeds(&copy(&from.database, &server.database));
    let store = server.store().await;
    given.push(queues_job(&store).await);
    store.close().await;
    succeeds(&copy(&server.database, &back.database));
    given.push(queues_job(&back.store().await).await);
    assert_eq!(given, [1, 2, 3, 4, 5]);
}

/// The server ends transactions of ours that stand idle for ten seconds; a large desk takes longer to be read.
#[tokio::test(flavor = "multi_thread")]
async fn a_move_waits_for_as_long_as_the_other_side_takes() {
    let (Some(from), Some(to)) = (Fresh::empty(Kind::Postgres).await, Fresh::empty(Kind::Postgres).await)
    else {
        return;
    };
    from.store().await.close().await;
    let mut slow = postgres(&from.database).await;
    slow.execute("BEGIN; LOCK TABLE tickets IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let mut copying = frontdesk()
        .args(["copy", "--from", &address(&from.database), "--to", &address(&to.database)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();

    let mut target = postgres(&to.database).await;
    let mut idle_for = None;
    let ready = loop {
        let seconds: Option<f64> = sqlx::query_scalar(
            "SELECT CAST(extract(epoch FROM max(clock_timestamp() - state_change)) AS DOUBLE PRECISION) \
             FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'",
        )
        .fetch_one(&mut target)
        .await
        .unwrap();
        // Migrations stand idle for moments, too.
        if seconds > Some(12.0) || (seconds.is_none() && idle_for > Some(5.0)) {
            break seconds;
        }
        idle_for = seconds;
        assert_eq!(copying.try_wait().unwrap(), None, "the other side is not ready yet");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    slow.close().await.unwrap();
    succeeds(&copying.wait_with_output().unwrap());
    assert!(ready.is_some(), "its transaction is still there");
}

/// Killed before and after each commit on its way, it ends right when it is run again.
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_commit_and_run_again_it_ends_right() {
    let from = Fresh::empty(Kind::Sqlite).await.unwrap();
    fill(&from.database).await;
    let before = contents(&from.database).await;
    let (mut kills, mut number, mut unreached) = (0, 1, false);
    while !unreached {
        for moment in ["before", "after"] {
            let Some(server) = Fresh::empty(Kind::Postgres).await else { return };
            let url = url::Url::parse(&address(&server.database)).unwrap();
            let proxy = Proxy::start(format!("{}:{}", url.host_str().unwrap(), url.port().unwrap())).await;
            let mut through = url.clone();
            through.set_port(Some(proxy.port)).unwrap();
            through.set_query(Some("sslmode=disable"));
            let child = Arc::new(Mutex::new(None::<std::process::Child>));
            let killing = child.clone();
            proxy.watch(move |at, when| {
                let is_it = at == number && when == moment;
                if is_it {
                    killing.lock().unwrap().as_mut().unwrap().kill().unwrap();
                }
                is_it
            });
            {
                let mut slot = child.lock().unwrap();
                let mut command = frontdesk();
                command.args(["copy", "--from", &address(&from.database), "--to", through.as_str()]);
                *slot = Some(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
            }
            let status = loop {
                let ended = child.lock().unwrap().as_mut().unwrap().try_wait().unwrap();
                match ended {
                    Some(status) => break status,
                    None => tokio::task::yield_now().await,
                }
            };
            if status.success() {
                unreached = true;
                continue;
            }
            assert_eq!(status.code(), None, "it ended by itself");
            kills += 1;
            succeeds(&copy(&from.database, &server.database));
            let back = Fresh::empty(Kind::Sqlite).await.unwrap();
            succeeds(&copy(&server.database, &back.database));
            assert_eq!(before, contents(&back.database).await, "killed {moment} commit {number}");
        }
        number += 1;
    }
    assert!(kills >= 4, "{kills}");
    eprintln!("copy killed {kills} times, before and after each commit; lost or doubled 0");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_somebody_elses_is_not_written_into() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some(other) = Fresh::empty(kind).await else { return };
        let from = Fresh::empty(Kind::Sqlite).await.unwrap();
        fill(&from.database).await;
        let store = other.store().await;
        let desk = frontdesk::domain::desk::DeskSettings {
            guild: GuildId(77),
            support_channel: frontdesk::domain::id::ChannelId(1),
            queue_channel: frontdesk::domain::id::ChannelId(2),
            first_level: frontdesk::domain::id::RoleId(3),
            second_level: frontdesk::domain::id::RoleId(4),
            language: frontdesk::domain::article::Language::De,
        };
        let mut tx = store.begin().await.unwrap();
        tx.save_desk(&desk, Timestamp(1)).await.unwrap();
        tx.commit().await.unwrap();
        store.close().await;
        drop(store);
        is_refused(
            &copy(&from.database, &other.database),
            1,
            "is not empty: what table desks holds (1 rows)",
        );
        assert_eq!(other.store().await.desk(GuildId(77)).await.unwrap(), Some(desk));
        is_refused(&copy(&other.database, &other.database), 1, "the same database");
        if kind == Kind::Postgres {
            let empty = Fresh::empty(Kind::Postgres).await.unwrap();
            let _running = empty.store().await;
            is_refused(&copy(&from.database, &empty.database), 1, "frontdesk is running on");
        }
    }
    let (missing, to) = (Path::new("/nowhere/desk.db"), Fresh::empty(Kind::Sqlite).await.unwrap());
    is_refused(
        &copy(&Database::Sqlite(missing.to_owned()), &to.database),
        1,
        "no database at /nowhere/desk.db",
    );
    is_refused(
        &run(&["copy", "--from", "mysql://x", "--to", "sqlite://y"]),
        2,
        "--from: it must be sqlite://",
    );
}

/// A database as the first version left it.
async fn old(kind: Kind) -> Option<Fresh> {
    let fresh = Fresh::empty(kind).await?;
    let folder = if kind == Kind::Sqlite { "migrations/sqlite" } else { "migrations/postgres" };
    let all = Migrator::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).await.unwrap();
    let first = Migrator::with_migrations(all.iter().filter(|one| one.version == 1).cloned().collect());
    let desk = "INSERT INTO desks (guild_id, support_channel_id, queue_channel_id, first_level_role_id, \
        second_level_role_id, language, updated_at) VALUES (7, 1, 2, 3, 4, 'de', 5)";
    match &fresh.database {
        Database::Sqlite(file) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).create_if_missing(true);
            let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
            first.run(&mut connection).await.unwrap();
            connection.execute(desk).await.unwrap();
            connection.close().await.unwrap();
        }
        Database::Postgres(_) => {
            let mut connection = postgres(&fresh.database).await;
            first.run(&mut connection).await.unwrap();
            connection.execute(desk).await.unwrap();
        }
    }
    Some(fresh)
}

/// A database as a version that is yet to come leaves it.
async fn from_the_future(kind: Kind) -> Option<Fresh> {
    let fresh = Fresh::empty(kind).await?;
    fresh.store().await.close().await;
    let insert = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
        SELECT 9999, description, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
    match kind {
        Kind::Sqlite => sqlite(&fresh.database).await.execute(insert).await.map(drop).unwrap(),
        Kind::Postgres => postgres(&fresh.database).await.execute(insert).await.map(drop).unwrap(),
    }
    Some(fresh)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_or_a_newer_database_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let (Some(old), Some(new)) = (old(kind).await, from_the_future(kind).await) else { return };
        let to = Fresh::empty(Kind::Sqlite).await.unwrap();
        is_refused(&copy(&old.database, &to.database), 1, "older than this program (migration 2 is missing)");
        let newer = "written by a newer frontdesk (migration 9999)";
        is_refused(&copy(&new.database, &to.database), 2, newer);
        is_refused(&copy(&to.database, &new.database), 1, "no database at");
        let full = Fresh::empty(Kind::Sqlite).await.unwrap();
        full.store().await.close().await;
        is_refused(&copy(&full.database, &new.database), 2, newer);
        let file = folder.path().join("backup.db").display().to_string();
        is_refused(&run(&["backup", "--to", &file, "--database-url", &address(&new.database)]), 2, newer);
        assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing is left behind");
        succeeds(&run(&["backup", "--to", &file, "--database-url", &address(&full.database)]));
        let into_new = run(&["restore", "--from", &file, "--database-url", &address(&new.database)]);
        is_refused(&into_new, 2, newer);
        std::fs::remove_file(&file).unwrap();
        let mut command = frontdesk();
        command.arg("run").env("DISCORD_TOKEN", "x").env("FRONTDESK_DATA", folder.path());
        is_refused(&command.env("DATABASE_URL", address(&new.database)).output().unwrap(), 2, newer);
        std::fs::remove_dir_all(folder.path()).unwrap();
        std::fs::create_dir(folder.path()).unwrap();
    }
}

/// Whoever saves the old state before moving up can bring it back with the new version.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_an_older_desk_is_brought_up_to_date_when_it_is_restored() {
    let folder = tempfile::tempdir().unwrap();
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some(old) = old(kind).await else { return };
        let file = folder.path().join(format!("{kind:?}.db")).display().to_string();
        succeeds(&run(&["backup", "--to", &file, "--database-url", &address(&old.database)]));
        let told = succeeds(&run(&["restore", "--verify", "--from", &file]));
        assert!(told.contains("by an older version, and sound"), "{told}");
        let Some(to) = Fresh::empty(kind).await else { return };
        succeeds(&run(&["restore", "--from", &file, "--database-url", &address(&to.database)]));
        let desk = to.store().await.desk(GuildId(7)).await.unwrap().unwrap();
        assert_eq!(desk.language, frontdesk::domain::article::Language::De);
        // The migrations did their work on the rows as well: each desk has its daily round.
        assert!(to.store().await.next_timer().await.unwrap().is_some());
    }
}

fn backup(office: &Office, file: &Path) -> Output {
    run(&["backup", "--to", file.to_str().unwrap(), "--database-url", &address(&office.settings.database)])
}

/// Saved in the middle of work, lost, brought back: people go on from the saved moment.
async fn saved_while_it_runs_and_brought_back(fresh: Fresh, other: Fresh) {
    let mut office = Office::start_on(&fresh).await;
    let folder = tempfile::tempdir().unwrap();
    let saved: PathBuf = folder.path().join("saved.db");
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    succeeds(&backup(&office, &saved));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "one file, and nothing beside it");
    is_refused(&backup(&office, &saved), 1, "it is there already");
    office.opens_ticket(&office.mia, "xqzvw yqzvw").await;
    office.stop_desk().await;

    let bytes = std::fs::read(&saved).unwrap();
    let from = saved.to_str().unwrap();
    let told = succeeds(&run(&["restore", "--verify", "--from", from]));
    assert!(told.contains("and sound") && told.contains("tickets"), "{told}");
    assert_eq!(std::fs::read(&saved).unwrap(), bytes, "looking changes nothing");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let here = address(&fresh.database);
    is_refused(&run(&["restore", "--from", from, "--database-url", &here]), 1, "is not empty");
    let there = address(&other.database);
    succeeds(&run(&["restore", "--from", from, "--database-url", &there]));
    is_refused(&run(&["restore", "--from", from, "--database-url", &there]), 1, "is not empty");

    office.settings.database = other.database.clone();
    office.start_desk().await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office
        .ben
        .waits_for(office.queue, |card| card.id == ticket.queue_card && card.contains("In progress"))
        .await;
    let number = office.opens_ticket(&office.ana, "zqzvw").await.number;
    assert_eq!(number, "#2", "numbers go on from the saved moment");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_on_sqlite_is_saved_while_it_runs_and_brought_back() {
    let (fresh, other) =
        (Fresh::empty(Kind::Sqlite).await.unwrap(), Fresh::empty(Kind::Sqlite).await.unwrap());
    saved_while_it_runs_and_brought_back(fresh, other).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_on_postgres_is_saved_while_it_runs_and_brought_back_to_either() {
    for kind in [Kind::Postgres, Kind::Sqlite] {
        let Some(fresh) = Fresh::empty(Kind::Postgres).await else { return };
        saved_while_it_runs_and_brought_back(fresh, Fresh::empty(kind).await.unwrap()).await;
    }
}

/// A desk outgrows its file: people notice nothing but a pause.
#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_moved_to_postgres_goes_on_where_it_was() {
    let Some(server) = Fresh::empty(Kind::Postgres).await else { return };
    let mut office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    office.stop_desk().await;
    succeeds(&copy(&office.settings.database, &server.database));
    office.settings.database = server.database.clone();
    office.start_desk().await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office
        .ben
        .waits_for(office.queue, |card| card.id == ticket.queue_card && card.contains("In progress"))
        .await;
    assert_eq!(office.opens_ticket(&office.mia, "xqzvw").await.number, "#2");
    office.stop_desk().await;
    let first = Database::Sqlite(office.settings.data.join("frontdesk.db"));
    is_refused(&copy(&first, &server.database), 1, "is not empty");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_told_from_a_sound_one() {
    let from = Fresh::empty(Kind::Sqlite).await.unwrap();
    fill(&from.database).await;
    let folder = tempfile::tempdir().unwrap();
    let sound = folder.path().join("sound.db");
    let from_address = address(&from.database);
    succeeds(&run(&["backup", "--to", sound.to_str().unwrap(), "--database-url", &from_address]));
    let verify = |file: &Path| run(&["restore", "--verify", "--from", file.to_str().unwrap()]);
    let bytes = std::fs::read(&sound).unwrap();
    let find = |text: &str| bytes.windows(text.len()).position(|window| window == text.as_bytes()).unwrap();
    let damaged = folder.path().join("damaged.db");
    let changes: [(usize, u8); 3] = [(0, b'X'), (find("tickets.subject 2"), b'T'), (4096, 0xFF)];
    for (place, byte) in changes {
        let mut changed = bytes.clone();
        changed[place] = byte;
        std::fs::write(&damaged, changed).unwrap();
        is_refused(&verify(&damaged), 1, "is no sound backup");
    }
    std::fs::write(&damaged, &bytes[..bytes.len() / 2]).unwrap();
    is_refused(&verify(&damaged), 1, "is no sound backup");
    std::fs::write(&damaged, &bytes).unwrap();
    let dropped = Database::Sqlite(damaged.clone());
    sqlite(&dropped).await.execute("DELETE FROM duties WHERE user_id = 2").await.unwrap();
    is_refused(&verify(&damaged), 1, "it should hold duties with 3 rows");
    is_refused(&verify(file(&from.database)), 1, "frontdesk backup did not write it");
    is_refused(&verify(Path::new("/nowhere/b.db")), 1, "no database at /nowhere/b.db");
    succeeds(&verify(&sound));
}
