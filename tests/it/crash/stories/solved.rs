//! Solved, and the requester says nothing: they are told, it closes by itself, and afterwards they rate the help.

use std::time::Duration;

use frontdesk::sandbox::SeenMessage;

use crate::crash::stage::Stage;
use crate::crash::story::Story;
use crate::office::Company;

pub(super) const SOLVED: Story = Story {
    name: "solved",
    before: |stage| Box::pin(before(stage)),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 1, |seen| seen.threads()),
        ("closed threads", 1, |seen| seen.closed_threads()),
        ("notices", 1, |seen| seen.in_threads(NOTICE)),
        ("pings by the notice", 1, |seen| seen.pings(&seen.stage.company.ana, NOTICE)),
        ("closing notes", 1, |seen| seen.in_support("#1")),
        ("messages in the support channel", 1, |seen| seen.in_support("")),
        ("transcripts", 1, |seen| seen.in_queue("transcript of #1")),
        ("cards that say it is closed", 2, |seen| {
            seen.in_queue("State: Closed") + seen.in_threads("State: Closed")
        }),
        ("cards that show the rating", 1, |seen| seen.in_queue("Rating: 4 of 5")),
        ("cards that show the comment", 1, |seen| seen.in_queue("Quick and kind.")),
        ("messages in the queue", 2, |seen| seen.in_queue("")),
        ("messages in the thread", 3, |seen| seen.in_threads("")),
    ],
};

const NOTICE: &str = "Does the solution work? If I hear nothing, I close the ticket";

async fn before(stage: &Stage) {
    let Company { ana, ben, .. } = &stage.company;
    let ticket = stage.opens_ticket(ana, "#1", "my VPN does not connect").await;
    stage.presses(ben, ticket.card, "Claim").await;
}

async fn tell(stage: &Stage) {
    let Company { ana, ben, support, .. } = &stage.company;
    let ticket = stage.ticket("#1 ");
    stage.fills(ben, ticket.card, "Resolve", &["A new certificate."]).await;
    let is_asked = |message: &SeenMessage| message.button("That works").is_some();
    stage.waits(ana, ticket.thread, is_asked).await;
    stage.settles().await;
    stage.pass(Duration::from_hours(49));
    let is_notice =
        |message: &SeenMessage| message.contains(NOTICE) && message.button("That works").is_none();
    stage.waits(ana, ticket.thread, is_notice).await;
    stage.settles().await;
    stage.pass(Duration::from_hours(24));
    let note = stage.waits(ana, *support, |message| message.button("Reopen").is_some()).await.id;
    stage.presses(ana, note, "4").await;
    stage.shows(ticket.card, &["Rating: 4 of 5"]).await;
    stage.fills(ana, note, "Add a comment", &["Quick and kind."]).await;
    stage.shows(ticket.card, &["Quick and kind."]).await;
    let copy = stage.presses(ana, note, "Transcript").await.expect("it is there").expect_message();
    assert!(!copy.attachments.is_empty(), "{copy}");
}
