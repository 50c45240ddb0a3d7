//! SQLite: locked by another program, on a full disk, on one that became read-only.

use std::collections::BTreeSet;

use sqlx::{Connection as _, Executor as _, SqliteConnection};

use super::{answer, confirmed, insists, is_honest, nothing_is_lost_or_doubled, tries};
use crate::crash::library;
use crate::program::frontdesk;
use crate::watched::Watched;

/// What happens to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Worst {
    /// Another program holds it.
    Locked,
    /// The disk is full.
    Full,
    /// The disk became read-only, as Linux does with one that fails.
    ReadOnly,
}

impl Worst {
    fn error_number(self) -> Option<&'static str> {
        match self {
            Self::Locked => None,
            Self::Full => Some("28"),
            Self::ReadOnly => Some("30"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_by_another_program() {
    it_is_said_and_goes_on_by_itself(Worst::Locked, "no answer within 2 seconds").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk() {
    it_is_said_and_goes_on_by_itself(Worst::Full, "full").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_disk_that_became_read_only() {
    it_is_said_and_goes_on_by_itself(Worst::ReadOnly, "I/O error").await;
}

async fn it_is_said_and_goes_on_by_itself(worst: Worst, reason: &str) {
    let tools = tempfile::tempdir().unwrap();
    let (library, flag) = (library("worst/disk.c", tools.path()), tools.path().join("fault"));
    let watched = Watched::start(|command| {
        command.env("LD_PRELOAD", &library).env("DISK_FAULT", &flag);
    })
    .await;
    let company = &watched.company;
    let first = watched.asks_for_ticket("xqzvw").await.unwrap();
    let mut numbers = BTreeSet::from([confirmed(&first).unwrap()]);
    let card = watched.card("#1").await;
    watched.falls_to("frontdesk_outbox_jobs", 0.0).await;
    watched.becomes(true, "database").await;

    let file = watched.folder.path().join("frontdesk.db");
    let mut other = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    match worst.error_number() {
        None => other.execute("BEGIN IMMEDIATE").await.map(drop).unwrap(),
        Some(number) => std::fs::write(&flag, number).unwrap(),
    }
    let about = watched.becomes(false, "database").await;
    assert!(about.contains(reason), "{about}");

    let second = answer(company.support, &company.bea, "yqzvw").await;
    let told = company.ben.presses(card.id, "Claim").await.unwrap();
    let told = company.ben.waits_for_answer(told).await.expect_message();
    assert!(is_honest(&told), "{told}");
    let told = tries(&company.bea, second).await.expect("a sentence");
    assert!(is_honest(&told) && confirmed(&told).is_none(), "{told}");
    assert_eq!(watched.get("/livez").await.0, 200, "a restart would not help");

    match worst.error_number() {
        None => other.execute("ROLLBACK").await.map(drop).unwrap(),
        Some(_) => std::fs::remove_file(&flag).unwrap(),
    }
    watched.becomes(true, "database").await;
    company.ben.presses(card.id, "Claim").await.unwrap();
    company.ben.waits_for(company.queue, |seen| seen.id == card.id && seen.contains("In progress")).await;
    let (number, failures) = insists(&company.bea, second).await;
    assert_eq!(failures, 0, "it goes on by itself");
    numbers.insert(number);
    nothing_is_lost_or_doubled(&watched, &numbers).await;
    let claims: i64 = sqlx::query_scalar("SELECT count(*) FROM ticket_events WHERE kind = 'claimed'")
        .fetch_one(&mut other)
        .await
        .unwrap();
    assert_eq!(claims, 1);
    let tickets: i64 =
        sqlx::query_scalar("SELECT count(*) FROM tickets").fetch_one(&mut other).await.unwrap();
    assert_eq!(tickets, 2);
    eprintln!("SQLite {worst:?}: 2 refused with an incident, 2 tickets confirmed, lost 0, doubled 0");
}

#[test]
fn a_start_on_a_read_only_disk_is_a_sentence() {
    let tools = tempfile::tempdir().unwrap();
    let (library, flag, folder) =
        (library("worst/disk.c", tools.path()), tools.path().join("fault"), tempfile::tempdir().unwrap());
    std::fs::write(&flag, "30").unwrap();
    let mut command = frontdesk();
    command
        .arg("run")
        .env("DISCORD_TOKEN", "x")
        .env("FRONTDESK_DATA", folder.path())
        .env("LD_PRELOAD", &library)
        .env("DISK_FAULT", &flag);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("cannot open the database") || said.contains("cannot bring the database"),
        "{said}"
    );
    assert!(!said.contains("panicked"), "{said}");
}
