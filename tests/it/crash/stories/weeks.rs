//! Weeks go by: a report each Monday, articles that have to be looked at again, and texts that are emptied with their file.

use std::collections::BTreeSet;
use std::time::Duration;

use frontdesk::sandbox::OptionInput;

use crate::crash::stage::Stage;
use crate::crash::story::{Seen, Story};
use crate::office::Company;

pub(super) const WEEKS: Story = Story {
    name: "weeks",
    before: |_| Box::pin(async {}),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 1, |seen| seen.threads()),
        ("closed threads", 1, |seen| seen.closed_threads()),
        ("threads that still have a subject", 0, |seen| named(seen, SUBJECT)),
        ("cards that still say what was asked", 0, |seen| telling_cards(seen)),
        ("cards", 2, |seen| seen.in_queue("State: Closed") + seen.in_threads("State: Closed")),
        ("files that are still there", 0, |seen| files(seen)),
        ("closing notes", 1, |seen| seen.in_support("#1")),
        ("transcripts", 1, |seen| seen.in_queue("transcript of #1")),
        // The one after a week, and one for all the weeks in which nobody looked.
        ("reports", 2, |seen| seen.in_queue("Support from")),
        ("owners who were told more than once", 0, |seen| told_again(seen)),
    ],
};

const SUBJECT: &str = "xqzvw does not work";
const FILE: &str = "error.png";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";
const DAY: Duration = Duration::from_hours(24);

fn named(seen: &Seen<'_>, words: &str) -> usize {
    let channels = seen.stage.onlooker.sees_channels().into_iter();
    channels.filter(|channel| channel.name.contains(words)).count()
}

/// The transcript stays as it was posted, and the report tells of a week.
fn telling_cards(seen: &Seen<'_>) -> usize {
    let cards = seen.said(seen.stage.company.queue, "State: ").into_iter();
    cards.filter(|card| card.contains(SUBJECT)).count() + seen.in_threads(SUBJECT)
}

fn files(seen: &Seen<'_>) -> usize {
    let threads = seen.stage.company.guild.threads().into_iter();
    threads.map(|thread| seen.files_in(thread, FILE)).sum()
}

/// Which articles are due depends on the day, so only that none is named twice can be counted.
fn told_again(seen: &Seen<'_>) -> usize {
    let told = seen.said(seen.stage.company.queue, "should have been looked at");
    let different: BTreeSet<&str> = told.iter().map(|message| message.content.as_str()).collect();
    told.len() - different.len()
}

async fn tell(stage: &Stage) {
    let Company { ana, dora, queue, support, .. } = &stage.company;
    let (queue, support) = (*queue, *support);
    let weekly = [("weekly", OptionInput::Channel(queue))];
    stage.uses(dora, support, "desk report", &weekly).await;
    stage.uses(dora, support, "desk retention", &[("days", OptionInput::Integer(14))]).await;
    let file = OptionInput::Attachment {
        name: FILE.to_owned(),
        content_type: Some("image/png".to_owned()),
        bytes: PNG.to_vec(),
    };
    let asks = [("question", SUBJECT.into()), ("attachment", file)];
    let answer = stage.uses(ana, support, "support", &asks).await.expect_message();
    stage.fills(ana, answer.id, "Open a ticket", &[SUBJECT]).await;
    let thread = ana.wait_until(|| ana.sees_thread("#1 ")).await.expect("a ticket has a thread").id;
    stage.waits(ana, thread, |message| !message.attachments.is_empty()).await;
    stage.uses(ana, support, "ticket close", &[Stage::number(1)]).await;
    stage.waits(ana, support, |message| message.button("Reopen").is_some()).await;

    stage.settles().await;
    stage.pass(DAY * 8);
    stage.reads(dora, queue, "Support from").await;
    stage.settles().await;
    stage.pass(DAY * 250);
    let is_emptied = || (!ana.sees(thread).iter().any(|message| message.contains(FILE))).then_some(());
    assert!(ana.wait_until(is_emptied).await.is_some(), "{}", stage.keeper.said());
}
