//! Asked, opened, claimed, escalated, accepted, resolved, confirmed, reopened, closed.

use frontdesk::sandbox::SeenMessage;

use crate::crash::stage::Stage;
use crate::crash::story::Story;
use crate::office::Company;

const QUESTION: &str = "my VPN does not connect";
const SOLUTION: &str = "A new certificate.";

pub(super) const TICKET: Story = Story {
    name: "a ticket",
    before: |_| Box::pin(async {}),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 1, |seen| seen.threads()),
        ("closed threads", 1, |seen| seen.closed_threads()),
        ("cards in the thread", 1, |seen| seen.in_threads("State")),
        ("solutions", 1, |seen| seen.in_threads(SOLUTION)),
        ("words about the reopening", 1, |seen| seen.in_threads("reopened")),
        ("cards in the queue", 1, |seen| seen.in_queue("State")),
        ("cards that say it is closed", 2, |seen| {
            seen.in_queue("State: Closed") + seen.in_threads("State: Closed")
        }),
        ("packets in the queue", 1, |seen| seen.in_queue("What was tried")),
        ("transcripts", 2, |seen| seen.in_queue("transcript of #1")),
        ("messages in the queue", 4, |seen| seen.in_queue("")),
        ("closing notes", 2, |seen| seen.in_support("#1")),
        ("pings of Sven by the packet", 1, |seen| seen.pings(&seen.stage.company.sven, "What was tried")),
        ("pings of Olga by the packet", 1, |seen| seen.pings(&seen.stage.company.olga, "What was tried")),
    ],
};

async fn tell(stage: &Stage) {
    let Company { ana, ben, sven, support, queue, .. } = &stage.company;
    let (support, queue) = (*support, *queue);
    let ticket = stage.opens_ticket(ana, "#1", QUESTION).await;
    stage.presses(ben, ticket.card, "Claim").await;
    stage.shows(ticket.card, &["In progress"]).await;
    stage.fills(ben, ticket.card, "Escalate", &["Restarted the client."]).await;
    let packet = stage.waits(sven, queue, |message| message.button("Accept").is_some()).await.id;
    stage.presses(sven, packet, "Accept").await;
    stage.waits(sven, queue, |message| message.id == packet && message.button("Accept").is_none()).await;
    let resolve = [("solution", SOLUTION.into()), Stage::number(1)];
    stage.uses(sven, queue, "ticket resolve", &resolve).await;
    let is_asked = |message: &SeenMessage| message.button("That works").is_some();
    let solution = stage.waits(ana, ticket.thread, is_asked).await.id;
    stage.presses(ana, solution, "That works").await;
    let note = stage.waits(ana, support, |message| message.button("Reopen").is_some()).await.id;
    stage.presses(ana, note, "Reopen").await;
    stage.reads(ana, ticket.thread, "reopened").await;
    stage.uses(sven, queue, "ticket close", &[("reason", "All is well.".into()), Stage::number(1)]).await;
    stage.waits(ana, support, |message| message.id != note && message.button("Reopen").is_some()).await;
}
