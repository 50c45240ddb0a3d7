//! `frontdesk check`, as an admin runs it.

use std::collections::BTreeSet;
use std::process::Output;

use frontdesk::domain::keeping::KEEPING;
use frontdesk::sandbox::{OptionInput, Route, permissions};
use frontdesk::store::Database;
use secrecy::ExposeSecret as _;
use serde_json::Value;
use sqlx::{Connection as _, Executor as _};

use crate::databases::{Fresh, Kind};
use crate::office::Office;
use crate::program::frontdesk;

fn check(office: &Office, arguments: &[&str]) -> Output {
    let settings = &office.settings;
    let mut command = frontdesk();
    command
        .arg("check")
        .args(arguments)
        .env("DISCORD_TOKEN", settings.token.expose_secret())
        .env("FRONTDESK_DISCORD_URL", &settings.origin)
        .env("FRONTDESK_DATA", &settings.data)
        .env("FRONTDESK_KB", &settings.kb);
    match &settings.database {
        Database::Sqlite(file) => command.env("DATABASE_URL", format!("sqlite://{}", file.display())),
        Database::Postgres(url) => command.env("DATABASE_URL", url.expose_secret()),
    };
    command.output().unwrap()
}

fn checked(office: &Office, arguments: &[&str]) -> (Option<i32>, String) {
    let output = check(office, arguments);
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains("panicked") && !said.contains(office.sandbox.token()), "{said}");
    (output.status.code(), said)
}

async fn a_sound_desk_is_all_well(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    office.opens_ticket(&office.ana, "xqzvw").await;
    let (code, said) = checked(&office, &[]);
    assert_eq!(code, Some(0), "{said}");
    for part in [
        "every setting is sound",
        "reachable, with the tables of this version",
        "tickets                         1 rows, kept for good, its texts as said under retention",
        "texts of closed tickets are kept for good; /desk retention changes that",
        "articles without a fault",
        "no privileged intent is needed",
        "Nordlicht: everything that the desk needs is granted",
        "nothing waits",
        "all is well",
    ] {
        assert!(said.contains(part), "{part:?} in {said}");
    }
    let (code, said) = checked(&office, &["--json"]);
    assert_eq!(code, Some(0), "{said}");
    let machine: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&machine["level"], &machine["stored"]["tickets"]["rows"]), (&"good".into(), &1.into()));
}

/// What an admin has to tell others: for how long texts are kept, by server and category.
async fn how_long_texts_are_kept_is_told(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let given = vec![("name".to_owned(), OptionInput::from("Mail")), ("keywords".to_owned(), "mail".into())];
    office.dora.uses(office.support, "desk category", given).await.unwrap();
    let days = |days, category: Option<&str>| {
        let mut given = vec![("days".to_owned(), OptionInput::Integer(days))];
        given.extend(category.map(|name| ("category".to_owned(), OptionInput::from(name))));
        office.dora.uses(office.support, "desk retention", given)
    };
    days(60, Some("Mail")).await.unwrap();
    let (_, said) = checked(&office, &[]);
    let server = office.guild.id;
    let told = format!("retention: server {server}: texts of closed tickets are kept: Mail for 60 days");
    assert!(said.contains(&format!("{told}, everything else for good")), "{said}");
    days(30, None).await.unwrap();
    let (_, said) = checked(&office, &[]);
    assert!(said.contains(&format!("{told}, everything else for 30 days")), "{said}");
    let (_, said) = checked(&office, &["--json"]);
    let machine: Value = serde_json::from_str(&said).unwrap();
    assert!(machine["sections"]["retention"][0]["sentence"].as_str().unwrap().contains("Mail for 60 days"));
}

crate::databases::on_both_databases!(a_sound_desk_is_all_well, how_long_texts_are_kept_is_told);

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_does_not_grant_is_named_by_its_names() {
    let office = Office::start().await;
    let bot = office.sandbox.bot_id();
    let denied = [frontdesk::sandbox::Overwrite::member(bot, 0, permissions::MANAGE_THREADS)];
    office.guild.set_overwrites(office.support, &denied);
    let _ = office.second_level.clone().mentionable(false);
    let (code, said) = checked(&office, &[]);
    assert_eq!(code, Some(1), "{said}");
    let faults: Vec<_> = said.lines().filter(|line| line.starts_with("FAULT")).collect();
    assert!(faults.iter().any(|line| line.contains("Manage Threads") && line.contains("#support")), "{said}");
    assert!(faults.iter().any(|line| line.contains("@Network") && line.contains("#support-queue")), "{said}");
    assert!(!said.contains("<#") && !said.contains("<@"), "{said}");
}

/// What could not be delivered is shown with what to do, there and in Discord, and doing it helps.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_is_shown_with_what_to_do_and_doing_it_helps() {
    let office = Office::start().await;
    office.sandbox.fail_next(Route::CreateThread, 403, 50013);
    let answer = crate::office::Acts::asks(&office.ana, office.support, "xqzvw").await;
    let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    office.ana.submits(&form, &[]).await.unwrap();
    office.ben.waits_for(office.queue, |message| message.contains("#1 ")).await;
    office.settles().await;
    assert!(office.guild.threads().is_empty());

    let (code, said) = checked(&office, &[]);
    assert_eq!(code, Some(1), "{said}");
    let line = said.lines().find(|line| line.contains("of #1") && line.contains("50013")).expect(&said);
    assert!(line.starts_with("FAULT") && line.contains("Grant what is missing above"), "{line}");

    let told = office.dora.uses(office.support, "desk check", Vec::new()).await.unwrap().expect_message();
    let told =
        office.dora.waits_for(office.support, |message| message.id == told.id && !message.loading).await;
    assert!(told.contains("50013") && told.contains("Grant what is missing above"), "{told}");
    let done = office.dora.presses(told.id, "Try again").await.unwrap().expect_message();
    assert!(done.contains("tried again"), "{done}");
    office.ana.waits_for_thread("#1 ").await;
    office.settles().await;
    assert_eq!(office.guild.threads().len(), 1);
    let (code, said) = checked(&office, &[]);
    assert_eq!(code, Some(0), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_delivered_any_more_is_let_go_of() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    office.sandbox.fail_next(Route::AddThreadMember, 403, 50001);
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.settles().await;
    let check = || async {
        let told = office.dora.uses(office.support, "desk check", Vec::new()).await.unwrap().expect_message();
        office.dora.waits_for(office.support, |message| message.id == told.id && !message.loading).await
    };
    let told = check().await;
    let done = office.dora.presses(told.id, "Let go").await.unwrap().expect_message();
    assert!(done.contains("let go of"), "{done}");
    let told = check().await;
    assert!(told.buttons.is_empty() && !told.contains("50001"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_of_settings_articles_and_the_bots_place_are_named() {
    let mut office =
        Office::start_with_articles(&[("good.md", "---\ntitle: Good\nlang: en\n---\nGood.\n")]).await;
    std::fs::write(office.settings.kb.join("bad.md"), "---\ntitle: Bad\n---\nBad.\n").unwrap();
    let (code, said) = checked(&office, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("1 faults and 0 warnings") && said.contains("kb lint"), "{said}");

    office.settings.token = "MTAw.not.this".into();
    let (code, said) = checked(&office, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("Discord refuses DISCORD_TOKEN"), "{said}");
    office.settings.origin = "http://example.com".to_owned();
    office.settings.kb = "/nowhere".into();
    let (code, said) = checked(&office, &[]);
    assert_eq!(code, Some(1), "{said}");
    let faults = said.lines().filter(|line| line.starts_with("FAULT")).count();
    assert_eq!(faults, 2, "{said}");
}

/// Looking makes nothing, and a database of another version is told as such.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_not_there_or_of_another_version_is_said_so() {
    let mut office = Office::start().await;
    office.stop_desk().await;
    let real = office.settings.database.clone();
    let nowhere = office.settings.data.join("none.db");
    office.settings.database = Database::Sqlite(nowhere.clone());
    let (code, said) = checked(&office, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("the first start makes it") && !nowhere.exists(), "{said}");
    office.settings.database = real;
    let Database::Sqlite(file) = &office.settings.database else { unreachable!() };
    let mut connection =
        sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    connection.execute("DELETE FROM _sqlx_migrations WHERE version > 8").await.unwrap();
    let (code, said) = checked(&office, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("older than this program") && said.contains("frontdesk backup"), "{said}");
    connection.execute("UPDATE _sqlx_migrations SET version = 9999 WHERE version = 8").await.unwrap();
    let (code, said) = checked(&office, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("written by a newer frontdesk (migration 9999)"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn for_how_long_rows_are_kept_is_said_of_every_table() {
    let fresh = Fresh::new(Kind::Sqlite).await.unwrap();
    fresh.store().await.close().await;
    let Database::Sqlite(file) = &fresh.database else { unreachable!() };
    let mut connection =
        sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> '_sqlx_migrations'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let known: BTreeSet<_> = KEEPING.iter().map(|(table, _)| (*table).to_owned()).collect();
    assert_eq!(tables.into_iter().collect::<BTreeSet<_>>(), known, "say it in src/domain/keeping.rs");
}
