//! Somebody edits the articles while others ask.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use frontdesk::sandbox::SeenMessage;

use crate::office::{Acts as _, Office};

/// Only waited for when the test is about to fail.
const PATIENCE: Duration = Duration::from_secs(30);

const WIFI: &str = "---\ntitle: Wi-Fi in the office\nlang: en\n---\nChoose the network Nordlicht.\n";
const PRINTER: &str = "---\ntitle: The printer is offline\nlang: en\n---\nSwitch it off and on.\n";

/// Asks until the answer is as wanted. Every answer on the way must be one.
async fn asks_until(office: &Office, question: &str, wanted: impl Fn(&SeenMessage) -> bool) -> SeenMessage {
    let begun = Instant::now();
    loop {
        let answer = office.ana.asks(office.support, question).await;
        assert!(answer.button("Open a ticket").is_some(), "{answer}");
        if wanted(&answer) {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "it stayed at:\n{answer}");
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_article_is_answered_from_a_broken_one_spares_the_others_and_a_deleted_one_is_gone() {
    let office = Office::start_with_articles(&[("wifi.md", WIFI), ("printer.md", PRINTER)]).await;
    let kb = &office.settings.kb;
    asks_until(&office, "wifi in the office", |answer| answer.contains("Nordlicht")).await;

    write(kb, "wifi.md", &WIFI.replace("Nordlicht", "Polarlicht"));
    asks_until(&office, "wifi in the office", |answer| answer.contains("Polarlicht")).await;
    let typed = office.ana.types(office.support, "support", Vec::new(), "question", "wi-f").await.unwrap();
    assert_eq!(typed.len(), 1, "{typed:?}");

    fs::create_dir(kb.join("new")).unwrap();
    write(kb, "new/vpn.md", "---\ntitle: VPN drops\nlang: en\n---\nUse the other gateway.\n");
    asks_until(&office, "vpn drops", |answer| answer.contains("gateway")).await;
    write(kb, "new/vpn.md", "---\ntitle: VPN drops\nlang: en\n---\nUse the third one.\n");
    asks_until(&office, "vpn drops", |answer| answer.contains("third")).await;

    write(kb, "wifi.md", "---\ntitle: Wi-Fi\nlang: en\ncolour: red\n---\nChoose.\n");
    asks_until(&office, "wifi in the office", |answer| !answer.contains("Polarlicht")).await;
    let printer = office.ana.asks(office.support, "the printer is offline").await;
    assert!(printer.contains("Switch it off"), "{printer}");

    fs::create_dir(kb.join("replies")).unwrap();
    write(kb, "replies/wait.md", "---\nname: wait\ntitle: Please wait\nlang: en\n---\nWait.\n");
    let begun = Instant::now();
    while office.ben.types(office.queue, "ticket reply", Vec::new(), "name", "").await.unwrap().is_empty() {
        assert!(begun.elapsed() < PATIENCE, "the prepared reply is never offered");
    }

    fs::remove_file(kb.join("printer.md")).unwrap();
    asks_until(&office, "the printer is offline", |answer| !answer.contains("Switch it off")).await;
}

/// The folder is put in place of the other as a whole, as some tools do, and what was there before is forgotten.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_exchanged_is_seen_as_well() {
    let office = Office::start_with_articles(&[("wifi.md", WIFI)]).await;
    let kb = &office.settings.kb;
    asks_until(&office, "wifi in the office", |answer| answer.contains("Nordlicht")).await;
    let next = office.settings.data.join("next");
    fs::create_dir(&next).unwrap();
    write(&next, "wifi.md", &WIFI.replace("Nordlicht", "Polarlicht"));
    fs::remove_dir_all(kb).unwrap();
    fs::rename(&next, kb).unwrap();
    asks_until(&office, "wifi in the office", |answer| answer.contains("Polarlicht")).await;
    write(kb, "wifi.md", &WIFI.replace("Nordlicht", "Zodiaklicht"));
    asks_until(&office, "wifi in the office", |answer| answer.contains("Zodiaklicht")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_fails_while_the_articles_are_read_again_and_again() {
    let office = Office::start_with_articles(&[("wifi.md", WIFI), ("printer.md", PRINTER)]).await;
    let kb = office.settings.kb.clone();
    for round in 0..12 {
        let network = format!("Netz{round}");
        write(&kb, "wifi.md", &WIFI.replace("Nordlicht", &network));
        asks_until(&office, "wifi in the office", |answer| {
            assert!(answer.contains("Netz") || answer.contains("Nordlicht"), "it was never gone: {answer}");
            answer.contains(&network)
        })
        .await;
    }
    let indexes = fs::read_dir(office.settings.data.join("index")).unwrap();
    let folders = indexes.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    assert!(folders <= 2, "{folders} indexes are kept");
}
