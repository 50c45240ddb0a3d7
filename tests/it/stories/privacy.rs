//! What people get to know and take away of what is known about them.

use frontdesk::sandbox::{Person, SeenMessage};
use serde_json::Value;

use crate::office::{Acts as _, Office};

async fn exports(office: &Office, who: &Person) -> (SeenMessage, Value) {
    let answer = who.runs(office.support, "privacy export", &[]).await.expect_message();
    let shown = who.waits_for(answer.channel, |message| message.id == answer.id && !message.loading).await;
    assert!(shown.ephemeral && shown.attachments.len() == 1, "{shown}");
    let file = reqwest::get(&shown.attachments[0].url).await.unwrap().bytes().await.unwrap();
    (shown, serde_json::from_slice(&file).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_what_is_known_about_them_and_no_more() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw my badge").await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.waits_for_thread("#1").await;
    office.ben.runs(ticket.thread, "ticket note", &[("text", "SECRET-4711")]).await.expect_message();
    office.ben.runs(ticket.thread, "ticket resolve", &[("solution", "A new badge")]).await.expect_message();
    office.settles().await;
    office.opens_ticket(&office.mia, "MIAWORD").await;

    let (_, own) = exports(&office, &office.ana).await;
    assert_eq!(own["questions"][0]["text"], "xqzvw my badge");
    let tickets = own["tickets"].as_array().unwrap();
    assert_eq!((tickets.len(), &tickets[0]["number"], &tickets[0]["name"]), (1, &1.into(), &"Ana".into()));
    let story: Vec<_> =
        tickets[0]["story"].as_array().unwrap().iter().map(|event| &event["what"]["kind"]).collect();
    assert_eq!(story, ["opened", "claimed", "resolved"]);
    let read = own.to_string();
    assert!(read.contains("A new badge"), "{read}");
    assert!(!read.contains("SECRET-4711") && !read.contains("MIAWORD"), "{read}");

    let (_, own) = exports(&office, &office.ben).await;
    let work: Vec<_> = own["work"].as_array().unwrap().iter().map(|did| &did["what"]["kind"]).collect();
    assert_eq!(work, ["resolved", "noted", "claimed"], "latest first");
    assert!(own["tickets"].as_array().unwrap().is_empty(), "{own}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wer_noch_etwas_offen_hat_bringt_es_zuerst_zu_ende() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.mia, "xqzvw Ausweis").await;
    let asked = office.mia.runs(office.support, "privacy delete", &[]).await.expect_message();
    assert!(asked.contains("lässt sich nicht zurücknehmen"), "{asked}");
    let deletes = async || {
        let answer = office.mia.presses(asked.id, "Meine Daten löschen").await.unwrap().expect_message();
        office.mia.waits_for(answer.channel, |message| message.id == answer.id && !message.loading).await
    };
    let refused = deletes().await;
    assert!(refused.contains("Bring zuerst zu Ende") && refused.contains("#1"), "{refused}");
    office.mia.uses(ticket.thread, "ticket close", Vec::new()).await.unwrap();
    office.settles().await;
    let (_, before) = exports(&office, &office.mia).await;
    assert_eq!(before["tickets"].as_array().unwrap().len(), 1);
    let done = deletes().await;
    assert!(done.contains("auch dein Ticket ist geleert"), "{done}");
    let (_, after) = exports(&office, &office.mia).await;
    assert!(
        after["tickets"].as_array().unwrap().is_empty() && after["questions"].as_array().unwrap().is_empty()
    );
    let refused = office.ana.runs(office.support, "desk retention", &[]).await.expect_message();
    assert!(refused.contains("may manage the server"), "{refused}");
}
