//! What people write while no process listens is heard afterwards.

use std::time::Duration;

use frontdesk::domain::id::{ChannelId, GuildId};
use frontdesk::domain::ticket::{StatusName, Ticket};
use frontdesk::domain::time::Timestamp;
use frontdesk::sandbox::{Fault, Route, SeenMessage};
use frontdesk::store::TicketKey;

use crate::databases::{Fresh, on_both_databases};
use crate::office::{Acts as _, Office, Opened};

on_both_databases!(
    what_a_requester_wrote_meanwhile_ends_the_wait_when_it_was_written,
    nobody_is_asked_again_who_wrote_meanwhile,
    no_ticket_closes_whose_requester_wrote_meanwhile,
    an_answer_is_owed_to_whoever_wrote_meanwhile,
    who_wrote_before_the_answer_is_owed_none,
    nobody_is_reminded_who_answered_meanwhile_or_loses_the_ticket,
);

const DAY: Duration = Duration::from_hours(24);
const MINUTE: Duration = Duration::from_mins(1);

async fn waits(office: &Office, ticket: &Opened) {
    office.ben.runs(ticket.thread, "ticket wait", &[]).await.expect_message();
    office.ana.waits_for(ticket.thread, |message| message.contains("needs an answer from you")).await;
    office.settles().await;
}

async fn held(office: &Office, ticket: &Opened) -> Ticket {
    let key = TicketKey::Thread(ChannelId::from_snowflake(ticket.thread));
    let guild = GuildId::from_snowflake(office.guild.id);
    office.app().desk().store.ticket(guild, key).await.unwrap().unwrap()
}

/// How often the thread's messages were read.
fn reads(office: &Office, ticket: &Opened) -> usize {
    let path = format!("/channels/{}/messages", ticket.thread);
    let reads = office.sandbox.calls().into_iter().filter(|call| call.method == "GET");
    reads.filter(|call| call.route == "/channels/{channel}/messages" && call.path.starts_with(&path)).count()
}

/// From now on nobody sees which threads there are, so that timers have nothing to go by but what they ask themselves.
fn blinds(office: &Office) {
    office.sandbox.plan(Route::ActiveThreads, Fault::Fail { status: 500, code: 0 }, u32::MAX);
}

async fn what_a_requester_wrote_meanwhile_ends_the_wait_when_it_was_written(fresh: Fresh) {
    let mut office = Office::start_on(&fresh).await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    waits(&office, &ticket).await;
    office.stop_desk().await;
    let first = office.ana.says(ticket.thread, "It is the printer on the second floor.").await.unwrap();
    office.ana.says(ticket.thread, "The grey one.").await.unwrap();
    office.clock.advance(MINUTE * 30);
    office.starts_and_looks_once().await;
    let heard = held(&office, &ticket).await;
    let written = Timestamp::of_snowflake(first);
    assert_eq!(heard.waiting_since(), None);
    assert_eq!(heard.watch.pauses.last().map(|pause| pause.to), Some(written), "not when it was noticed");
    assert_eq!(heard.watch.owed_since, Some(written));
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("In progress") && card.contains("Due"), "{card}");
    let info = office.ben.runs(ticket.thread, "ticket info", &[]).await.expect_message();
    assert!(info.contains("the clock goes on, by @Ana"), "{info}");
    office.sandbox.forget_calls();
    office.one_pass().await;
    assert_eq!(reads(&office, &ticket), 0, "there is nothing new");
}

async fn nobody_is_asked_again_who_wrote_meanwhile(fresh: Fresh) {
    let mut office = Office::start_on(&fresh).await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    waits(&office, &ticket).await;
    office.stop_desk().await;
    office.sandbox.advance(DAY);
    office.ana.says(ticket.thread, "It is the printer on the second floor.").await.unwrap();
    blinds(&office);
    office.clock.advance(DAY * 2 + MINUTE);
    office.start_desk().await;
    office.settles().await;
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("In progress"), "{card}");
    assert!(
        !office.ana.reads(ticket.thread).contains("still waiting"),
        "{}",
        office.ana.reads(ticket.thread)
    );
    assert_eq!(held(&office, &ticket).await.waiting_since(), None);
}

async fn no_ticket_closes_whose_requester_wrote_meanwhile(fresh: Fresh) {
    let mut office = Office::start_on(&fresh).await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    office.ben.fills(ticket.queue_card, "Resolve", "Your certificate is renewed.").await;
    office.ana.waits_for(ticket.thread, |message| message.button("That works").is_some()).await;
    office.settles().await;
    // It asks once, because there is nothing to hear.
    office.sandbox.advance(DAY * 2 + MINUTE);
    office.pass(DAY * 2 + MINUTE);
    let asks = |message: &SeenMessage| message.contains("Does the solution work?");
    office.ana.waits_for(ticket.thread, asks).await;
    office.settles().await;
    office.stop_desk().await;
    office.ana.says(ticket.thread, "I will try it tomorrow.").await.unwrap();
    blinds(&office);
    office.clock.advance(DAY + MINUTE);
    office.start_desk().await;
    office.settles().await;
    let heard = held(&office, &ticket).await;
    assert_eq!(heard.status.name(), StatusName::Resolved);
    assert!(heard.watch.silent_since.is_some(), "she was not silent");
}

async fn an_answer_is_owed_to_whoever_wrote_meanwhile(fresh: Fresh) {
    let mut office = Office::start_on(&fresh).await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    office.stop_desk().await;
    let written = office.ana.says(ticket.thread, "Is anybody there?").await.unwrap();
    office.clock.advance(MINUTE * 30);
    office.starts_and_looks_once().await;
    let heard = held(&office, &ticket).await;
    assert_eq!(heard.watch.owed_since, Some(Timestamp::of_snowflake(written)));
}

async fn who_wrote_before_the_answer_is_owed_none(fresh: Fresh) {
    let mut office = Office::start_on(&fresh).await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    office.ana.says(ticket.thread, "It is the printer on the second floor.").await.unwrap();
    office.ana.waits_for(ticket.thread, |message| message.contains("second floor")).await;
    let owed = async {
        while held(&office, &ticket).await.watch.owed_since.is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), owed).await.expect("an answer is owed");
    // It changes nothing, so nobody notes that it was heard.
    office.ana.says(ticket.thread, "The grey one.").await.unwrap();
    office.sandbox.advance(MINUTE);
    office.clock.advance(MINUTE);
    office.ben.runs(ticket.thread, "ticket reply", &[("name", "more-details")]).await.expect_message();
    office.settles().await;
    assert_eq!(held(&office, &ticket).await.watch.owed_since, None);
    office.stop_desk().await;
    office.starts_and_looks_once().await;
    assert_eq!(held(&office, &ticket).await.watch.owed_since, None, "she has her answer");
}

async fn nobody_is_reminded_who_answered_meanwhile_or_loses_the_ticket(fresh: Fresh) {
    let mut office = Office::start_on(&fresh).await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    office.stop_desk().await;
    office.ana.says(ticket.thread, "Is anybody there?").await.unwrap();
    office.sandbox.advance(DAY);
    office.ben.says(ticket.thread, "I am on my way.").await.unwrap();
    blinds(&office);
    office.clock.advance(DAY * 2 + MINUTE);
    office.start_desk().await;
    office.settles().await;
    let heard = held(&office, &ticket).await;
    assert_eq!(heard.status.name(), StatusName::Claimed, "something was seen of it");
    assert_eq!(heard.watch.owed_since, None);
    let queue = office.ben.reads(office.queue);
    assert!(!queue.contains("has no answer yet") && !queue.contains("nothing was seen of it"), "{queue}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stays_silent_is_read_once_and_asked_as_ever() {
    let mut office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    waits(&office, &ticket).await;
    office.stop_desk().await;
    office.ben.says(ticket.thread, "Which printer is it?").await.unwrap();
    office.starts_and_looks_once().await;
    assert_eq!(reads(&office, &ticket), 1);
    office.one_pass().await;
    assert_eq!(reads(&office, &ticket), 1, "nothing is newer than what was read");
    assert!(held(&office, &ticket).await.waiting_since().is_some(), "she is waited for");
    office.pass(DAY * 2 + MINUTE);
    let nudge = office.ana.waits_for(ticket.thread, |message| message.contains("still waiting")).await;
    assert!(nudge.pings_me, "{nudge}");
}
