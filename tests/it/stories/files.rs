//! The file that comes with a request: Discord keeps it for a day, so the desk puts it into the thread, and what nobody should
//! open it does not.

use std::time::Duration;

use frontdesk::sandbox::{FileTrouble, Moment, OptionInput, RawInteraction, Route, SeenMessage, Verdict};
use serde_json::json;
use tokio::net::TcpListener;

use crate::databases::{Fresh, on_both_databases};
use crate::office::Office;

on_both_databases!(
    a_file_is_put_into_the_thread_and_stays_there,
    a_messages_files_are_put_into_the_thread_as_well,
    a_file_goes_with_the_texts_of_its_ticket,
);

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";

/// Ana opens a ticket with a file; where it shows.
struct Sent {
    thread: u64,
    queue_card: u64,
}

async fn sends(office: &Office, name: &str, bytes: &[u8]) -> Sent {
    let file = OptionInput::Attachment {
        name: name.to_owned(),
        content_type: Some("image/png".to_owned()),
        bytes: bytes.to_vec(),
    };
    let options = vec![("question".to_owned(), OptionInput::from("xqzvw")), ("attachment".to_owned(), file)];
    let answer = office.ana.uses(office.support, "support", options).await.unwrap().expect_message();
    let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    office.ana.submits(&form, &[]).await.unwrap();
    let thread = office.ana.waits_for_thread("#1 ").await.id;
    let is_card = |message: &SeenMessage| message.contains("#1 ") && !message.buttons.is_empty();
    let queue_card = office.ben.waits_for(office.queue, is_card).await.id;
    Sent { thread, queue_card }
}

/// What the thread says about a file instead of showing it.
async fn refused(office: &Office, sent: &Sent, part: &str) -> SeenMessage {
    let told = office.ana.waits_for(sent.thread, |message| message.contains(part)).await;
    assert!(told.pings_me && told.attachments.is_empty(), "{told}");
    office.settles().await;
    let about_files = |message: &&SeenMessage| message.contains(part) || !message.attachments.is_empty();
    assert_eq!(office.ana.sees(sent.thread).iter().filter(about_files).count(), 1, "said once");
    assert!(office.dead_letters().await.is_empty());
    told
}

async fn a_file_is_put_into_the_thread_and_stays_there(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let sent = sends(&office, "err/or [1](x)\u{202E}.png", PNG).await;
    let posted = office.ana.waits_for(sent.thread, |message| !message.attachments.is_empty()).await;
    assert!(posted.from_bot && !posted.pings_me, "{posted}");
    assert_eq!(posted.attachments[0].content_type.as_deref(), Some("image/png"));
    assert_eq!(posted.attachments[0].file_name, "err_or_[1](x).png");
    office.settles().await;
    let link = format!("channels/{}/{}/{}", office.guild.id, sent.thread, posted.id);
    for (who, place) in [(&office.ben, office.queue), (&office.ana, sent.thread)] {
        who.waits_for(place, |message| message.contains(&link)).await;
    }
    office.sandbox.advance(Duration::from_hours(25));
    let still = office.ana.sees_message(posted.id).unwrap();
    let bytes = reqwest::get(&still.attachments[0].url).await.unwrap().bytes().await.unwrap();
    assert_eq!(bytes, PNG, "after the first one's day");
}

async fn a_messages_files_are_put_into_the_thread_as_well(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let files: [(&str, &[u8]); 3] =
        [("error.png", PNG), ("log.txt", b"all is well"), ("setup.exe", b"MZ\x90\0")];
    let message =
        office.ana.sends(office.support, "The beamer is dark\nsince yesterday", &files).await.unwrap();
    let form = office.ben.uses_on_message("Open a support ticket", message).await.unwrap().expect_modal();
    office.ben.submits(&form, &[]).await.unwrap();
    let thread = office.ben.waits_for_thread("#1 The beamer is dark").await.id;
    office
        .ben
        .waits_for(thread, |message| message.contains("setup.exe") && !message.contains("beamer"))
        .await;
    office.settles().await;
    let posted: Vec<_> =
        office.ben.sees(thread).into_iter().flat_map(|message| message.attachments).collect();
    let names: Vec<_> = posted.iter().map(|file| file.file_name.as_str()).collect();
    assert_eq!(names, ["error.png", "log.txt"], "and no program");
    let card = office.ben.waits_for(office.queue, |message| message.contains("#1 ")).await;
    assert!(card.contains("since yesterday"), "{card}");
    for name in ["error.png", "log.txt", "setup.exe"] {
        assert!(card.contains(name), "{name}: {card}");
    }
    assert!(!card.contains("/attachments/"), "what was fetched is linked in the thread: {card}");
    assert_eq!(office.dead_letters().await, Vec::<String>::new());
    // They go with the texts of the ticket.
    office.ben.uses(thread, "ticket close", Vec::new()).await.unwrap();
    office.settles().await;
    let asked = office.ben.uses(office.support, "privacy delete", Vec::new()).await.unwrap().expect_message();
    office.ben.presses(asked.id, "Delete my data").await.unwrap();
    let are_gone = || {
        let left = office.ben.sees(thread).into_iter().flat_map(|message| message.attachments);
        (left.count() == 0).then_some(())
    };
    assert!(office.ben.wait_until(are_gone).await.is_some(), "{}", office.ben.reads(thread));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_in_a_message_that_is_none_of_a_file_stays_what_was_written() {
    let office = Office::start().await;
    let written = "The page is down\nhttps://intranet.example/attachments/1/2/a.png";
    let message = office.ana.says(office.support, written).await.unwrap();
    let form = office.ana.uses_on_message("Open a support ticket", message).await.unwrap().expect_modal();
    office.ana.submits(&form, &[]).await.unwrap();
    let thread = office.ana.waits_for_thread("#1 The page is down").await.id;
    let card = office.ana.waits_for(thread, |message| message.contains("#1 ")).await;
    assert!(card.contains("intranet.example"), "{card}");
    office.settles().await;
    assert!(office.ana.sees(thread).iter().all(|message| message.attachments.is_empty()));
}

async fn a_file_goes_with_the_texts_of_its_ticket(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let sent = sends(&office, "error.png", PNG).await;
    let posted = office.ana.waits_for(sent.thread, |message| !message.attachments.is_empty()).await;
    office.settles().await;
    office.ana.uses(sent.thread, "ticket close", Vec::new()).await.unwrap();
    office.settles().await;
    let asked = office.ana.uses(office.support, "privacy delete", Vec::new()).await.unwrap().expect_message();
    office.ana.presses(asked.id, "Delete my data").await.unwrap();
    office.ana.wait_until(|| office.ana.sees_message(posted.id).is_none().then_some(())).await.unwrap();
    office.settles().await;
    assert!(office.dead_letters().await.is_empty());
    let card = office.ben.sees_message(sent.queue_card).unwrap();
    assert!(!card.contains("error.png"), "{card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_put_there_once_though_its_answer_was_lost() {
    let office = Office::start().await;
    office.sandbox.watch_calls({
        let cut = std::sync::atomic::AtomicU32::new(0);
        let sandbox = office.sandbox.clone();
        move |route, moment| {
            let with_file = sandbox.calls().last().is_some_and(|call| call.files > 0);
            let is_posted = route == Route::CreateMessage && moment == Moment::Done && with_file;
            if is_posted && cut.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0 {
                return Verdict::Cut;
            }
            Verdict::GoOn
        }
    });
    let sent = sends(&office, "error.png", PNG).await;
    office
        .ben
        .waits_for(office.queue, |message| message.id == sent.queue_card && message.contains("channels/"))
        .await;
    office.settles().await;
    let files = office.ana.sees(sent.thread).into_iter().filter(|message| !message.attachments.is_empty());
    assert_eq!(files.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_a_file_and_one_that_stalls_is_said_to() {
    let office = Office::start().await;
    for _ in 0..2 {
        office.sandbox.spoil_next_file(FileTrouble::Stall);
    }
    let began = std::time::Instant::now();
    let sent = sends(&office, "error.png", PNG).await;
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    refused(&office, &sent, "could not fetch the file").await;
    let card = office.ben.sees_message(sent.queue_card).unwrap();
    assert!(card.contains("ephemeral-attachments"), "the link stays: {card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_once_is_fetched_again() {
    let office = Office::start().await;
    office.sandbox.spoil_next_file(FileTrouble::Fail(503));
    let sent = sends(&office, "error.png", PNG).await;
    office.ana.waits_for(sent.thread, |message| !message.attachments.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_what_was_said_is_not_taken() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/attachments/1/2/a.png", elsewhere.local_addr().unwrap());
    for (trouble, told) in [
        (FileTrouble::Redirect(address), "does not have the file"),
        (FileTrouble::Grow(10 * 1024 * 1024 + 1), "larger than 10 MiB"),
        (FileTrouble::Fail(404), "does not have the file"),
    ] {
        let office = Office::start().await;
        office.sandbox.spoil_next_file(trouble);
        let sent = sends(&office, "error.png", PNG).await;
        refused(&office, &sent, told).await;
    }
    let asked = tokio::time::timeout(Duration::ZERO, elsewhere.accept()).await;
    assert!(asked.is_err(), "no redirect is followed");
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_pages_and_disguises_are_not_passed_on() {
    for (name, bytes, told) in [
        ("error.png", b"MZ\x90\0\x03".as_slice(), "program, a script or a web page"),
        ("error.png", b"<!DOCTYPE html><script>alert(1)</script>", "program, a script or a web page"),
        ("setup.exe", PNG, "program, a script or a web page"),
        ("error.png", b"%PDF-1.7", "not what its name says"),
    ] {
        let office = Office::start().await;
        let sent = sends(&office, name, bytes).await;
        refused(&office, &sent, told).await;
        let card = office.ben.waits_for(office.queue, |message| {
            message.id == sent.queue_card && message.contains(name) && !message.contains("attachments/")
        });
        card.await;
    }
}

/// A forged interaction: Discord sends none with another host, but whoever could must not make us call one.
#[tokio::test(flavor = "multi_thread")]
async fn no_other_host_is_ever_asked() {
    let inside = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = inside.local_addr().unwrap().port();
    for address in [
        format!("http://127.0.0.1:{port}/attachments/1/2/a.png"),
        format!("https://127.0.0.1:{port}/ephemeral-attachments/1/2/a.png"),
        format!("http://localhost:{port}/attachments/1/2/a.png"),
        "http://169.254.169.254/attachments/1/2/a.png".to_owned(),
        "https://[::1]/attachments/1/2/a.png".to_owned(),
        "https://cdn.discordapp.com.evil.example/attachments/1/2/a.png".to_owned(),
        "https://cdn.discordapp.com@127.0.0.1/attachments/1/2/a.png".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let office = Office::start().await;
        let sent = forges(&office, &address, 4).await;
        refused(&office, &sent, "does not come from Discord").await;
    }
    let asked = tokio::time::timeout(Duration::ZERO, inside.accept()).await;
    assert!(asked.is_err(), "somebody called");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_to_be_too_large_is_not_even_asked_for() {
    let office = Office::start().await;
    let sent =
        forges(&office, "https://cdn.discordapp.com/attachments/1/2/a.png", 10 * 1024 * 1024 + 1).await;
    refused(&office, &sent, "larger than 10 MiB").await;
}

/// Opens a ticket from a command that says that a file is at this address.
async fn forges(office: &Office, address: &str, size: usize) -> Sent {
    let data = json!({
        "id": "1",
        "name": "support",
        "type": 1,
        "options": [
            { "name": "question", "type": 3, "value": "xqzvw" },
            { "name": "attachment", "type": 11, "value": "77" },
        ],
        "resolved": { "attachments": { "77": {
            "id": "77", "filename": "error.png", "size": size, "url": address, "proxy_url": address,
        } } },
    });
    let asks = RawInteraction::Command { data };
    let answer = office.ana.sends_interaction_raw(office.support, asks).await.unwrap().expect_message();
    let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    office.ana.submits(&form, &[]).await.unwrap();
    let thread = office.ana.waits_for_thread("#1 ").await.id;
    Sent { thread, queue_card: 0 }
}
