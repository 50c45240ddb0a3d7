//! What time alone does: a deadline is warned of and missed, an answer is owed, nobody is seen, the requester does not answer.

use std::time::Duration;

use crate::crash::stage::Stage;
use crate::crash::story::Story;
use crate::office::Company;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

pub(super) const SILENCE: Story = Story {
    name: "silence",
    before: |stage| Box::pin(before(stage)),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 1, |seen| seen.threads()),
        ("closed threads", 1, |seen| seen.closed_threads()),
        ("warnings", 1, |seen| seen.in_queue(DUE)),
        ("pings by the warning", 1, |seen| seen.pings(&seen.stage.company.ben, DUE)),
        ("words that it is late", 1, |seen| seen.in_queue(LATE)),
        ("pings of who has it", 1, |seen| seen.pings(&seen.stage.company.ben, LATE)),
        ("pings of who is above", 1, |seen| seen.pings(&seen.stage.company.dora, LATE)),
        ("words that an answer is owed", 1, |seen| seen.in_queue(OWED)),
        ("pings of who owes it", 1, |seen| seen.pings(&seen.stage.company.ben, OWED)),
        ("words that nothing was seen", 1, |seen| seen.in_queue(UNSEEN)),
        ("words that we wait", 1, |seen| seen.in_threads("needs an answer from you")),
        ("words that we still wait", 1, |seen| seen.in_threads(STILL)),
        ("pings of the requester", 1, |seen| seen.pings(&seen.stage.company.ana, STILL)),
        ("closing notes", 1, |seen| seen.in_support("#1")),
        ("transcripts", 1, |seen| seen.in_queue("transcript of #1")),
        ("messages in the queue", 6, |seen| seen.in_queue("")),
        ("messages in the thread", 3, |seen| seen.in_threads("")),
        ("cards that say it is closed", 2, |seen| {
            seen.in_queue("State: Closed") + seen.in_threads("State: Closed")
        }),
    ],
};

const DUE: &str = "is due";
const LATE: &str = "is overdue";
const OWED: &str = "has no answer yet";
const UNSEEN: &str = "nothing was seen of it";
const STILL: &str = "We are still waiting";

async fn before(stage: &Stage) {
    let ticket = stage.opens_ticket(&stage.company.ana, "#1", "xqzvw does not work").await;
    stage.presses(&stage.company.ben, ticket.card, "Claim").await;
}

async fn tell(stage: &Stage) {
    let Company { ana, ben, queue, support, .. } = &stage.company;
    let (queue, ticket) = (*queue, stage.ticket("#1 "));
    passes(stage, HOUR * 18 + MINUTE).await;
    stage.reads(ben, queue, DUE).await;
    passes(stage, HOUR * 6).await;
    stage.reads(ben, queue, LATE).await;
    stage.says(ana, ticket.thread, "Is anybody there?").await;
    passes(stage, HOUR * 4 + MINUTE).await;
    stage.reads(ben, queue, OWED).await;
    passes(stage, DAY).await;
    stage.reads(ben, queue, UNSEEN).await;

    stage.presses(ben, ticket.card, "Claim").await;
    stage.shows(ticket.card, &["In progress"]).await;
    stage.presses(ben, ticket.card, "Wait for requester").await;
    stage.reads(ana, ticket.thread, "needs an answer from you").await;
    passes(stage, DAY * 2 + MINUTE).await;
    stage.reads(ana, ticket.thread, STILL).await;
    passes(stage, DAY * 3).await;
    stage.waits(ana, *support, |message| message.button("Reopen").is_some()).await;
}

/// Time passes over a desk at rest.
async fn passes(stage: &Stage, time: Duration) {
    stage.settles().await;
    stage.pass(time);
    stage.settles().await;
}
