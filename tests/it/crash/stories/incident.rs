//! The same, said by many: what is alike is proposed, becomes an incident that others join, and one solution closes all.

use frontdesk::sandbox::SeenMessage;

use crate::crash::stage::Stage;
use crate::crash::story::Story;
use crate::office::Company;

pub(super) const INCIDENT: Story = Story {
    name: "an incident",
    before: |stage| Box::pin(before(stage)),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 4, |seen| seen.threads()),
        ("closed threads", 4, |seen| seen.closed_threads()),
        ("proposals", 1, |seen| seen.in_queue("look like one problem")),
        ("proposals that say it was taken up", 1, |seen| seen.in_queue("An incident was opened")),
        ("cards of the incident", 1, |seen| seen.in_queue("Incident: VPN is down")),
        ("cards that say who has it", 1, |seen| seen.in_queue("People: 3")),
        ("words that it is known", 4, |seen| seen.in_threads(KNOWN) + seen.in_threads(BEKANNT)),
        ("solutions in the threads", 4, |seen| seen.in_threads(SOLUTION)),
        // One for the tickets each, one for those who have none.
        ("solutions in the support channel", 1, |seen| seen.in_support(SOLUTION)),
        ("closing notes", 4, |seen| seen.in_support("How was our help?") + seen.in_support("Wie war")),
        ("transcripts", 4, |seen| seen.in_queue("transcript of")),
        ("cards of tickets", 4, |seen| seen.in_queue("State: ")),
        ("cards that say it is closed", 4, |seen| seen.in_queue("State: Closed")),
        ("messages in the queue", 10, |seen| seen.in_queue("")),
        ("messages in the threads", 12, |seen| seen.in_threads("")),
        ("messages in the support channel", 5, |seen| seen.in_support("")),
    ],
};

const KNOWN: &str = "This is a known problem";
const BEKANNT: &str = "Das Problem ist bekannt";
const SOLUTION: &str = "The gateway has a new key.";

async fn before(stage: &Stage) {
    let Company { ana, mia, .. } = &stage.company;
    stage.opens_ticket(ana, "#1", "xqzvw the VPN does not connect").await;
    stage.opens_ticket(mia, "#2", "xqzvw VPN does not connect at all").await;
}

async fn tell(stage: &Stage) {
    let Company { ana, ben, sven, queue, support, .. } = &stage.company;
    let (queue, support) = (*queue, *support);
    stage.opens_ticket(ana, "#3", "xqzvw VPN connect does not work").await;
    let proposal = stage.reads(ben, queue, "look like one problem").await.id;
    // Another one joins the same proposal.
    stage.opens_ticket(ana, "#4", "xqzvw VPN will not connect").await;
    stage.shows(proposal, &["#4"]).await;

    let known = ["VPN is down", "The gateway restarts."];
    stage.fills(ben, proposal, "Open an incident", &known).await;
    let card = stage.waits(ben, queue, |message| message.button("Solved").is_some()).await.id;
    let answer =
        stage.uses(sven, support, "support", &[("question", "VPN drops".into())]).await.expect_message();
    stage.presses(sven, answer.id, "Me too").await;
    stage.shows(card, &["People: 3"]).await;

    stage.fills(ben, card, "Solved", &[SOLUTION]).await;
    let is_note = |message: &SeenMessage| message.contains(SOLUTION) && message.contains("3 people");
    stage.waits(sven, support, is_note).await;
}
