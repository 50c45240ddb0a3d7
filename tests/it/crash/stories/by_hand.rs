//! What people do to Discord by hand is put right: a thread and a card are deleted, a role is taken away, and
//! a thread looks like a ticket's and is none's.

use frontdesk::sandbox::SeenMessage;

use crate::crash::stage::{BETWEEN_PASSES, Stage};
use crate::crash::story::Story;
use crate::office::Company;

pub(super) const BY_HAND: Story = Story {
    name: "by hand",
    before: |stage| Box::pin(before(stage)),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 2, |seen| seen.threads()),
        ("closed threads", 1, |seen| seen.closed_threads()),
        ("cards in the thread", 1, |seen| seen.in_threads("State")),
        ("words in the new thread", 1, |seen| seen.in_threads("was deleted")),
        ("words to staff about it", 1, |seen| seen.in_queue("was deleted")),
        ("words about who lost the role", 1, |seen| seen.in_queue("is back in the queue")),
        ("cards in the queue", 1, |seen| seen.in_queue("State")),
        ("cards that say who has it", 2, |seen| seen.in_queue("Bea,") + seen.in_threads("Bea,")),
        ("words in the stray thread", 1, |seen| seen.in_threads("belongs to no ticket")),
        ("messages in the threads", 3, |seen| seen.in_threads("")),
        ("messages in the queue", 3, |seen| seen.in_queue("")),
        ("threads with Ben", 0, |seen| seen.threads_with(&seen.stage.company.ben)),
        ("threads with Ana", 1, |seen| seen.threads_with(&seen.stage.company.ana)),
    ],
};

/// No name of a ticket's thread, at first.
const STRAY: &str = "Announcements";

async fn before(stage: &Stage) {
    let ticket = stage.opens_ticket(&stage.company.ana, "#1", "xqzvw").await;
    stage.presses(&stage.company.ben, ticket.card, "Claim").await;
    // Started before the calls are counted: what is to be cut off are the program's.
    stage.company.bot_starts_thread(&stage.sandbox, STRAY).await;
}

async fn tell(stage: &Stage) {
    let Company { guild, ana, bea, ben, first_level, queue, .. } = &stage.company;
    let ticket = stage.ticket("#1 ");
    guild.delete_channel(ticket.thread);
    let is_new = || ana.sees_thread("#1 ").filter(|thread| thread.id != ticket.thread);
    let thread = stage.comes_right("a thread", is_new).await.id;
    stage.reads(ana, thread, "was deleted").await;
    stage.reads(bea, *queue, "was deleted").await;
    stage.settles().await;

    assert!(guild.delete_message(ticket.card));
    stage.pass(BETWEEN_PASSES);
    let is_card = |message: &SeenMessage| message.button("Resolve").is_some();
    let card = stage.comes_right("a card", || bea.sees(*queue).into_iter().find(is_card)).await.id;
    stage.settles().await;

    guild.take_role(ben, first_level);
    stage.pass(BETWEEN_PASSES);
    let is_out = || (!guild.thread_members(thread).contains(&ben.id())).then_some(());
    stage.comes_right("a member", is_out).await;
    stage.reads(bea, *queue, "is back in the queue").await;
    stage.presses(bea, card, "Claim").await;
    stage.shows(card, &["In progress", "Bea"]).await;

    stage.settles().await;
    let stray = guild.channel(STRAY).expect("it was started before");
    guild.rename(stray, "#77 printer");
    // Only active threads are looked through, and it may have been archived before it could be seen.
    let is_used = || guild.set_archived(stray, false);
    is_used();
    stage.pass(BETWEEN_PASSES);
    let is_closed = || (guild.thread_state(stray) == Some((true, true))).then_some(());
    stage.comes_right_again("a stray thread", is_closed, is_used).await;
}
