//! Staff wait for the requester, who writes; notes, a priority, somebody added, and the ticket changes hands.

use frontdesk::sandbox::OptionInput;

use crate::crash::stage::{Stage, owned};
use crate::crash::story::Story;
use crate::office::Company;

pub(super) const WAITING: Story = Story {
    name: "waiting",
    before: |stage| Box::pin(before(stage)),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 1, |seen| seen.threads()),
        ("cards in the thread", 1, |seen| seen.in_threads("State")),
        ("cards in the queue", 1, |seen| seen.in_queue("State")),
        ("messages in the queue", 1, |seen| seen.in_queue("")),
        ("questions to the requester", 1, |seen| seen.in_threads("needs an answer from you")),
        ("pings of the requester", 1, |seen| seen.pings(&seen.stage.company.ana, "needs an answer from you")),
        ("answers", 1, |seen| seen.in_threads("Answer from @Ben")),
        ("messages in the thread", 3, |seen| seen.in_threads("")),
        ("cards that say who has it", 2, |seen| seen.in_queue("Bea,") + seen.in_threads("Bea,")),
        ("cards that say how urgent it is", 2, |seen| {
            seen.in_queue("Priority: P2") + seen.in_threads("Priority: P2")
        }),
        ("cards that say what it is about", 2, |seen| {
            seen.in_queue("Category: Printing") + seen.in_threads("Category: Printing")
        }),
        ("notes for staff", 1, |seen| seen.in_queue("The toner is new.")),
        ("notes for everybody", 0, |seen| seen.in_threads("The toner is new.")),
        ("threads with Sven", 1, |seen| seen.threads_with(&seen.stage.company.sven)),
        ("threads with Bea", 1, |seen| seen.threads_with(&seen.stage.company.bea)),
    ],
};

async fn before(stage: &Stage) {
    let Company { ana, dora, support, .. } = &stage.company;
    stage.uses(dora, *support, "desk category", &[("name", "Printing".into())]).await;
    stage.opens_ticket(ana, "#1", "xqzvw prints nothing").await;
}

async fn tell(stage: &Stage) {
    let Company { ana, ben, bea, sven, queue, .. } = &stage.company;
    let queue = *queue;
    let ticket = stage.ticket("#1 ");
    stage.uses(ben, queue, "ticket claim", &[Stage::number(1)]).await;
    stage.shows(ticket.card, &["In progress", "Ben"]).await;
    stage.uses(ben, queue, "ticket wait", &[Stage::number(1)]).await;
    stage.reads(ana, ticket.thread, "needs an answer from you").await;
    stage.shows(ticket.card, &["Waiting for an answer"]).await;
    stage.says(ana, ticket.thread, "The one on the second floor.").await;
    stage.shows(ticket.card, &["In progress"]).await;

    stage.uses(ben, queue, "ticket note", &[("text", "The toner is new.".into()), Stage::number(1)]).await;
    stage.uses(ben, queue, "ticket priority", &[("level", "P2".into()), Stage::number(1)]).await;
    stage.uses(ben, queue, "ticket category", &[("name", "Printing".into()), Stage::number(1)]).await;
    stage.shows(ticket.card, &["The toner is new.", "Priority: P2", "Category: Printing"]).await;
    let add = [("user", OptionInput::User(sven.id())), Stage::number(1)];
    stage.uses(ben, queue, "ticket add", &add).await;
    let reply = [("name", "more-details".into()), Stage::number(1)];
    let is_said = || ana.reads(ticket.thread).contains("Answer from @Ben");
    stage.once(ben, "reply", || ben.uses(queue, "ticket reply", owned(&reply)), is_said).await;
    stage.reads(ana, ticket.thread, "Answer from @Ben").await;

    stage.uses(ben, queue, "ticket release", &[Stage::number(1)]).await;
    stage.shows(ticket.card, &["Waiting for first level"]).await;
    let assign = [("user", OptionInput::User(bea.id())), Stage::number(1)];
    stage.uses(ben, queue, "ticket assign", &assign).await;
    stage.shows(ticket.card, &["In progress", "Bea"]).await;
}
