//! Two say the same: one ticket is closed and follows the other, and its requester reads the solution of that one.

use crate::crash::stage::Stage;
use crate::crash::story::Story;
use crate::office::Company;

pub(super) const DUPLICATE: Story = Story {
    name: "a duplicate",
    before: |stage| Box::pin(before(stage)),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 2, |seen| seen.threads()),
        ("closed threads", 1, |seen| seen.closed_threads()),
        ("words that it is the same", 1, |seen| seen.in_threads("sagt dasselbe wie #1")),
        ("solutions for Ana", 1, |seen| seen.in_threads(FOR_ANA)),
        ("solutions for Mia", 1, |seen| seen.in_threads(FOR_MIA)),
        ("pings of Mia by the solution", 1, |seen| seen.pings(&seen.stage.company.mia, FOR_MIA)),
        ("pings of Ana by the solution", 1, |seen| seen.pings(&seen.stage.company.ana, FOR_ANA)),
        ("closing notes", 1, |seen| seen.in_support("#2")),
        ("cards that say which one it follows", 1, |seen| seen.in_queue("Says the same as: #1")),
        ("messages in the queue", 3, |seen| seen.in_queue("")),
        ("messages in the threads", 5, |seen| seen.in_threads("")),
    ],
};

const SOLUTION: &str = "A new certificate.";
const FOR_ANA: &str = "The solution for your ticket #1";
const FOR_MIA: &str = "Die Lösung von #1";

async fn before(stage: &Stage) {
    let Company { ana, mia, .. } = &stage.company;
    stage.opens_ticket(ana, "#1", "xqzvw my VPN does not connect").await;
    stage.opens_ticket(mia, "#2", "xqzvw VPN geht nicht").await;
}

async fn tell(stage: &Stage) {
    let Company { ana, ben, mia, queue, support, .. } = &stage.company;
    let (first, second) = (stage.ticket("#1 "), stage.ticket("#2 "));
    let same = [("of", Stage::number(1).1), Stage::number(2)];
    stage.uses(ben, *queue, "ticket duplicate", &same).await;
    stage.reads(mia, second.thread, "sagt dasselbe wie #1").await;
    stage.reads(mia, *support, "#2").await;
    let solve = [("solution", SOLUTION.into()), Stage::number(1)];
    stage.uses(ben, *queue, "ticket resolve", &solve).await;
    stage.reads(ana, first.thread, FOR_ANA).await;
    stage.reads(mia, second.thread, FOR_MIA).await;
}
