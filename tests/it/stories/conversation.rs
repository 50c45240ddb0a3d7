//! What is said about a ticket and kept: prepared replies, notes, ratings with a comment.

use frontdesk::sandbox::{OptionInput, SeenMessage};

use crate::office::{Acts as _, Office, Opened};

/// Everything that a person can read anywhere: every message of every channel they see, files and all.
fn all_that(who: &frontdesk::sandbox::Person) -> String {
    who.sees_channels().into_iter().map(|channel| who.reads(channel.id)).collect()
}

async fn replies_with(office: &Office, ticket: &Opened, name: &str) -> SeenMessage {
    let number = ticket.number.trim_start_matches('#').parse().unwrap();
    let options = vec![
        ("name".to_owned(), OptionInput::from(name)),
        ("number".to_owned(), OptionInput::Integer(number)),
    ];
    office.ben.uses(office.queue, "ticket reply", options).await.unwrap().expect_message()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prepared_reply_is_picked_while_typing_and_reaches_the_requester_in_their_language() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.mia, "xqzvw *Drucker*").await;
    let choices = office.ben.types(office.queue, "ticket reply", Vec::new(), "name", "detail").await.unwrap();
    assert_eq!(choices.len(), 1, "{choices:?}");
    assert_eq!(
        (choices[0].name.as_str(), choices[0].value.as_str()),
        ("Ask for details", Some("more-details"))
    );
    let none = office.ana.types(office.support, "ticket reply", Vec::new(), "name", "").await.unwrap();
    assert!(none.is_empty(), "prepared replies are the staff's: {none:?}");

    let done = replies_with(&office, &ticket, "more-details").await;
    assert!(done.ephemeral && done.contains("#1"), "{done}");
    let said = office
        .mia
        .waits_for(ticket.thread, |message| message.contains("Einzelheiten") || message.contains("Wortlaut"))
        .await;
    assert!(
        said.pings_me && said.contains("Antwort von @Ben") && said.contains("Hallo @Mia, danke für #1"),
        "{said}"
    );
    office.settles().await;
    // Answered, but nobody has to take it for that.
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("Waiting for first level"), "{card}");
    let guild = frontdesk::domain::id::GuildId::from_snowflake(office.guild.id);
    let answered = office.app().desk().store.queue(guild, 1, 0).await.unwrap().remove(0);
    assert!(answered.first_response_at.is_some(), "an answer is a first response");
    let info = vec![("number".to_owned(), OptionInput::Integer(1))];
    let info = office.ben.uses(office.queue, "ticket info", info).await.unwrap().expect_message();
    assert!(info.contains("answered by @Ben with “more-details”") && info.contains("Hallo Mia"), "{info}");

    let refused = replies_with(&office, &ticket, "no such thing").await;
    assert!(refused.contains("suggestions"), "{refused}");
    let options = vec![("name".to_owned(), OptionInput::from("more-details"))];
    let refused = office.mia.uses(ticket.thread, "ticket reply", options).await.unwrap().expect_message();
    assert!(refused.ephemeral && refused.contains("First und Second Level"), "{refused}");
    assert_eq!(office.mentioned().iter().filter(|(_, message)| *message == said.id).count(), 1, "Mia alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_said_once_even_if_discord_fails_in_the_middle() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    // Posted, but the answer to it is lost.
    office.sandbox.drop_after(frontdesk::sandbox::Route::CreateMessage);
    replies_with(&office, &ticket, "Restart once, then tell us").await;
    office.ana.waits_for(ticket.thread, |message| message.contains("please do this once")).await;
    office.pass(std::time::Duration::from_mins(1));
    office.settles().await;
    let said = office.ana.sees(ticket.thread);
    assert_eq!(said.iter().filter(|message| message.contains("please do this once")).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_on_the_staffs_card_and_nowhere_that_the_requester_looks() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.waits_for_thread(&ticket.number).await;
    for note in ["Third time this month", "Provider called, SECRET-4711", "Cable **checked**"] {
        office.ben.runs(ticket.thread, "ticket note", &[("text", note)]).await.expect_message();
    }
    office.settles().await;
    let card = office.bea.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("SECRET-4711") && card.contains("@Ben") && card.contains("Cable"), "{card}");
    office.ben.fills(ticket.queue_card, "Escalate", "Restarted.").await;
    let packet = office.sven.waits_for(office.queue, |message| message.button("Accept").is_some()).await;
    assert!(packet.contains("SECRET-4711"), "{packet}");
    let info =
        office.sven.uses(office.queue, "ticket info", vec![("number".to_owned(), OptionInput::Integer(1))]);
    let info = info.await.unwrap().expect_message();
    assert!(info.contains("SECRET-4711"), "{info}");
    // A note after the escalation is in the packet, too.
    office
        .bea
        .uses(
            office.queue,
            "ticket note",
            vec![
                ("text".to_owned(), OptionInput::from("Router SECRET-4712")),
                ("number".to_owned(), OptionInput::Integer(1)),
            ],
        )
        .await
        .unwrap();
    office
        .sven
        .waits_for(office.queue, |message| message.id == packet.id && message.contains("SECRET-4712"))
        .await;

    office.ana.uses(ticket.thread, "ticket info", Vec::new()).await.unwrap().expect_message();
    office.ana.uses(ticket.thread, "tickets", Vec::new()).await.unwrap().expect_message();
    office.ana.uses(ticket.thread, "ticket close", Vec::new()).await.unwrap();
    office.ana.waits_for(office.support, |message| message.button("Reopen").is_some()).await;
    office.settles().await;
    let read = all_that(&office.ana);
    assert!(read.contains("VPN") && !read.contains("SECRET"), "{read}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_is_recorded_at_once_and_a_comment_may_follow() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.mia, "xqzvw").await;
    office.mia.uses(ticket.thread, "ticket close", Vec::new()).await.unwrap();
    let note =
        office.mia.waits_for(office.support, |message| message.button("Wieder öffnen").is_some()).await;
    office.settles().await;
    let rated = office.mia.presses(note.id, "2").await.unwrap();
    assert!(rated.message().is_some_and(|note| note.button("2").is_none()), "{rated:?}");
    let card = office.ben.waits_for(office.queue, |message| message.contains("2 of 5")).await;
    assert_eq!(card.id, ticket.queue_card);

    let refused = office.ana.presses(note.id, "Kommentar hinzufügen").await.unwrap().expect_message();
    assert!(refused.ephemeral && refused.contains("the person who opened"), "{refused}");
    let thanks = office.mia.fills(note.id, "Kommentar hinzufügen", "Drei Tage *gewartet*").await;
    let thanks = thanks.message().unwrap();
    assert!(thanks.id == note.id && thanks.contains("Kommentar ist beim Team"), "{thanks}");
    assert!(!thanks.contains("gewartet"), "others read the note: {thanks}");
    office.ben.waits_for(office.queue, |message| message.contains("gewartet")).await;
    let form = office.mia.presses(note.id, "Kommentar hinzufügen").await.unwrap().expect_modal();
    assert_eq!(form.fields[0].value, "Drei Tage *gewartet*", "{form:?}");
    let field = form.fields[0].custom_id.clone();
    office.mia.submits(&form, &[(&field, "Nur einen Tag")]).await.unwrap();
    let card = office.ben.waits_for(office.queue, |message| message.contains("Nur einen Tag")).await;
    assert!(card.contains("2 of 5") && !card.contains("gewartet"), "{card}");
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)), "its thread stays closed");
}
