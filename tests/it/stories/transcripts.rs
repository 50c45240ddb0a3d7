//! What is kept of a ticket outside of Discord.

use frontdesk::sandbox::{Person, SeenMessage};

use crate::office::{Acts as _, Office, Opened};

/// The files of a message, by the ending of their names.
async fn file(message: &SeenMessage, ending: &str) -> String {
    let found = message.attachments.iter().find(|file| file.file_name.ends_with(ending));
    let found = found.unwrap_or_else(|| panic!("no {ending} in {message}"));
    reqwest::get(&found.url).await.unwrap().text().await.unwrap()
}

/// A ticket with a note, an answer and words in its thread, closed; with its transcript for staff.
async fn closed(office: &Office) -> (Opened, SeenMessage) {
    let ticket = office.opens_ticket(&office.mia, "xqzvw <b>Drucker</b>").await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.waits_for_thread(&ticket.number).await;
    office.mia.says(ticket.thread, "Papier <script>alert(1)</script> ist leer").await.unwrap();
    office.ben.runs(ticket.thread, "ticket note", &[("text", "SECRET-4711")]).await.expect_message();
    office.ben.runs(ticket.thread, "ticket reply", &[("name", "still-there")]).await.expect_message();
    office.ben.fills(ticket.card, "Close", "Done by phone").await;
    let posted = office.bea.waits_for(office.queue, |message| !message.attachments.is_empty()).await;
    office.settles().await;
    (ticket, posted)
}

async fn asks_for_copy(who: &Person, note: u64, button: &str) -> SeenMessage {
    let answer = who.presses(note, button).await.unwrap().expect_message();
    who.waits_for(answer.channel, |message| message.id == answer.id && !message.loading).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_ticket_leaves_its_story_with_staff_and_without_notes_with_its_requester() {
    let office = Office::start().await;
    let (ticket, posted) = closed(&office).await;
    assert!(posted.contains("#1") && posted.attachments.len() == 2, "{posted}");
    let (page, plain) = (file(&posted, ".html").await, file(&posted, ".txt").await);
    for text in [&page, &plain] {
        assert!(text.contains("SECRET-4711") && text.contains("note by Ben"), "{text}");
        assert!(text.contains("claimed by Ben") && text.contains("Done by phone"), "{text}");
        assert!(!text.contains("Papier"), "what was written is not for keeping by default: {text}");
    }
    assert!(page.contains("default-src 'none'") && !page.contains("<b>Drucker"), "{page}");
    assert!(plain.contains("<b>Drucker</b>"), "{plain}");

    let note = office.mia.waits_for(office.support, |message| message.button("Protokoll").is_some()).await;
    let copy = asks_for_copy(&office.mia, note.id, "Protokoll").await;
    assert!(copy.ephemeral && copy.contains("Nur du siehst es"), "{copy}");
    let (page, plain) = (file(&copy, ".html").await, file(&copy, ".txt").await);
    for text in [&page, &plain] {
        assert!(!text.contains("SECRET") && text.contains("übernommen von Ben"), "{text}");
    }
    let refused = asks_for_copy(&office.ana, note.id, "Protokoll").await;
    assert!(refused.attachments.is_empty() && refused.ephemeral, "{refused}");
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_kept_only_where_the_company_and_discord_allow_it() {
    let check = |office: &Office| {
        let dora = office.dora.clone();
        let support = office.support;
        async move {
            let answer = dora.uses(support, "desk check", Vec::new()).await.unwrap().expect_message();
            dora.waits_for(answer.channel, |message| message.id == answer.id && !message.loading).await
        }
    };
    let office = Office::start_with_messages(true).await;
    assert!(check(&office).await.contains("hold what was written as well"));
    let (_, posted) = closed(&office).await;
    let (page, plain) = (file(&posted, ".html").await, file(&posted, ".txt").await);
    assert!(plain.contains("Mia: Papier <script>") && plain.contains("Ben"), "{plain}");
    assert!(page.contains("Papier &#60;script") && !page.contains("<script"), "{page}");

    let hidden = Office::start_with_messages(false).await;
    let said = check(&hidden).await;
    assert!(said.contains("Message Content Intent"), "{said}");
    let (_, posted) = closed(&hidden).await;
    assert!(!file(&posted, ".txt").await.contains("Papier"));

    let plain = Office::start().await;
    assert!(check(&plain).await.contains("not what was written"));
}
