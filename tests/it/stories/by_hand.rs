//! What people do to Discord by hand, and what the desk makes of it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use frontdesk::sandbox::{Moment, Person, Route, SeenMessage, Verdict};

use crate::office::{Acts as _, Office, Opened};

/// Between two passes over a server.
const BETWEEN_PASSES: Duration = Duration::from_mins(5);

/// The words of the bot in a channel that contain this.
fn said(who: &Person, channel: u64, part: &str) -> Vec<SeenMessage> {
    let seen = who.sees(channel).into_iter();
    seen.filter(|message| message.from_bot && !message.ephemeral && message.contains(part)).collect()
}

/// The thread in which a person goes on after another was deleted.
async fn new_thread(office: &Office, who: &Person, old: &Opened) -> u64 {
    let found =
        who.wait_until(|| who.sees_thread(&old.number).filter(|thread| thread.id != old.thread)).await;
    let thread = found.unwrap_or_else(|| panic!("no new thread; calls: {:#?}", office.sandbox.calls()));
    who.waits_for(thread.id, |message| message.contains("was deleted")).await;
    office.settles().await;
    thread.id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_thread_comes_again_with_everybody_in_it() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    office.guild.delete_channel(ticket.thread);
    let thread = new_thread(&office, &office.ana, &ticket).await;
    let members = office.guild.thread_members(thread);
    assert!(members.contains(&office.ana.id()) && members.contains(&office.ben.id()), "{members:?}");
    let card = said(&office.ana, thread, "State").remove(0);
    assert!(card.contains("Ben") && card.button("Resolve").is_some(), "{card}");
    let told = said(&office.ben, office.queue, "was deleted");
    assert!(told.len() == 1 && told[0].names.contains_key(&format!("<#{thread}>")), "{told:#?}");
    assert_eq!(office.guild.threads(), [thread]);
    office.ben.fills(card.id, "Resolve", "Try again now.").await;
    office.ana.waits_for(thread, |message| message.contains("Try again now.")).await;
    assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_to_be_said_in_a_deleted_thread_is_said_in_the_new_one() {
    let mut office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    // The desk does not hear of it, and has something to say before it looks.
    office.stop_desk().await;
    office.guild.delete_channel(ticket.thread);
    office.start_desk().await;
    office.ben.fills(ticket.queue_card, "Resolve", "Try again now.").await;
    let thread = new_thread(&office, &office.ana, &ticket).await;
    let solution =
        office.ana.waits_for(thread, |message| message.contains("Try again now.") && message.pings_me).await;
    assert!(solution.button("That works").is_some(), "{solution}");
    office.settles().await;
    assert_eq!(office.dead_letters().await, Vec::<String>::new());
    assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new());
    assert_eq!(office.guild.threads(), [thread]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_is_open_as_long_as_its_ticket_and_no_longer() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    for (archived, locked) in [(true, false), (false, true), (true, true)] {
        office.guild.set_archived(ticket.thread, archived);
        office.guild.set_locked(ticket.thread, locked);
        office.pass(BETWEEN_PASSES);
        let is_open = || (office.guild.thread_state(ticket.thread) == Some((false, false))).then_some(());
        assert!(office.ana.wait_until(is_open).await.is_some(), "archived {archived}, locked {locked}");
        office.settles().await;
    }
    office.ben.runs(ticket.thread, "ticket close", &[("reason", "Done.")]).await;
    let is_closed = || (office.guild.thread_state(ticket.thread) == Some((true, true))).then_some(());
    assert!(office.ana.wait_until(is_closed).await.is_some());
    office.settles().await;
    office.guild.set_archived(ticket.thread, false);
    office.pass(BETWEEN_PASSES);
    assert!(office.ana.wait_until(is_closed).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_is_archived_again_while_it_is_opened_is_opened_once_more() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    let (guild, thread, left) = (office.guild.clone(), ticket.thread, AtomicU32::new(3));
    office.sandbox.watch_calls(move |route, moment| {
        let is_edit = route == Route::EditMessage && moment == Moment::Arrived;
        if is_edit
            && left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
        {
            guild.set_archived(thread, true);
        }
        Verdict::GoOn
    });
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    let is_claimed =
        |message: &SeenMessage| message.id == ticket.card && message.contains("Responsible: @Ben");
    office.ana.waits_for(thread, is_claimed).await;
    office.settles().await;
    assert_eq!(office.dead_letters().await, Vec::<String>::new());
    assert_eq!(office.guild.thread_state(thread), Some((false, false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn deleted_cards_are_posted_again() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    assert!(office.guild.delete_message(ticket.card) && office.guild.delete_message(ticket.queue_card));
    office.pass(BETWEEN_PASSES);
    let in_queue = office.bea.waits_for(office.queue, |message| message.button("Resolve").is_some()).await;
    office.ana.waits_for(ticket.thread, |message| message.contains("State")).await;
    office.settles().await;
    // A change finds out by itself, without waiting for the next look.
    assert!(office.guild.delete_message(in_queue.id));
    office.ben.runs(ticket.thread, "ticket note", &[("text", "Still at it.")]).await;
    let again = office.bea.waits_for(office.queue, |message| message.contains("Still at it.")).await;
    assert_eq!(said(&office.bea, office.queue, "State").len(), 1, "{again}");
    assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_loses_the_role_loses_the_ticket_and_the_sight_of_it() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    office.guild.take_role(&office.ben, &office.first_level);
    office.pass(BETWEEN_PASSES);
    let told = office.bea.waits_for(office.queue, |message| message.contains("is back in the queue")).await;
    assert!(told.contains(&ticket.number), "{told}");
    office.settles().await;
    let members = office.guild.thread_members(ticket.thread);
    assert!(!members.contains(&office.ben.id()), "{members:?}");
    assert!(office.guild.thread_members(ticket.thread).contains(&office.ana.id()));
    office.bea.presses(ticket.queue_card, "Claim").await.unwrap();
    office.bea.waits_for_thread(&ticket.number).await;
    let info = office.bea.runs(ticket.thread, "ticket info", &[]).await.expect_message();
    assert!(info.contains("taken back from") && info.contains("removed from the thread"), "{info}");
    assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_escalation_whose_specialist_is_gone_calls_the_others_again() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    office.ben.fills(ticket.queue_card, "Escalate", "Restarted the client.").await;
    let packet = office.sven.waits_for(office.queue, |message| message.button("Accept").is_some()).await.id;
    office.settles().await;
    office.sven.presses(packet, "Accept").await.unwrap();
    office.sven.waits_for_thread(&ticket.number).await;
    office.settles().await;
    office.guild.remove_member(&office.sven);
    office.pass(BETWEEN_PASSES);
    let told = office.olga.waits_for(office.queue, |message| message.contains("accept it again")).await;
    assert!(!told.pings_me, "the ladder calls: {told}");
    let is_call = |message: &SeenMessage| message.pings_me && message.contains("nobody has accepted it yet");
    office.olga.waits_for(office.queue, is_call).await;
    office.settles().await;
    office.olga.presses(packet, "Accept").await.unwrap();
    office.olga.waits_for_thread(&ticket.number).await;
    // The packet itself may be deleted, too, while somebody still has to accept.
    office.settles().await;
    assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_packet_is_posted_again_for_those_who_have_to_accept() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    office.ben.fills(ticket.queue_card, "Escalate", "Restarted the client.").await;
    let packet = office.sven.waits_for(office.queue, |message| message.button("Accept").is_some()).await.id;
    office.settles().await;
    assert!(office.guild.delete_message(packet));
    office.pass(BETWEEN_PASSES);
    let again = office.sven.waits_for(office.queue, |message| message.button("Accept").is_some()).await;
    assert!(again.pings_me && again.contains("Restarted the client."), "{again}");
    office.sven.presses(again.id, "Accept").await.unwrap();
    office.sven.waits_for_thread(&ticket.number).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_hear_once_that_a_requester_has_left_and_who_comes_back_is_let_in() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    office.guild.remove_member(&office.ana);
    office.pass(BETWEEN_PASSES);
    let told = office.ben.waits_for(office.queue, |message| message.contains("has left this server")).await;
    assert!(told.pings_me && told.contains(&ticket.number), "{told}");
    assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new());
    office.guild.join(&office.ana, &[]);
    office.pass(BETWEEN_PASSES);
    office.ana.waits_for_thread(&ticket.number).await;
    assert_eq!(said(&office.ben, office.queue, "has left this server").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_belongs_to_no_ticket_says_so_and_is_closed() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    let stray = office.bot_starts_thread("#77 printer").await;
    let other = office.bot_starts_thread("Announcements").await;
    let owner = office.guild.owner().unwrap();
    office.pass(BETWEEN_PASSES);
    let is_closed = || (office.guild.thread_state(stray) == Some((true, true))).then_some(());
    assert!(office.ana.wait_until(is_closed).await.is_some());
    office.settles().await;
    assert_eq!(said(&owner, stray, "belongs to no ticket").len(), 1, "{}", owner.reads(stray));
    assert_eq!(office.guild.thread_state(other), Some((false, false)), "not named like a ticket's");
    assert_eq!(office.guild.thread_state(ticket.thread), Some((false, false)));
    assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_belongs_to_no_ticket_is_told_so_once_though_the_desk_stopped_before_it_was_closed() {
    let mut office = Office::start().await;
    let stray = office.bot_starts_thread("#77 printer").await;
    let stay = office.threads_stay_as_they_are();
    office.pass(BETWEEN_PASSES);
    let owner = office.guild.owner().unwrap();
    owner.waits_for(stray, |message| message.contains("belongs to no ticket")).await;
    office.stop_desk().await;
    office.start_desk().await;
    // One look is over when the next one begins.
    office.looks_again().await;
    office.looks_again().await;
    stay.store(false, Ordering::Relaxed);
    office.pass(Duration::from_mins(1));
    let is_closed = || (office.guild.thread_state(stray) == Some((true, true))).then_some(());
    assert!(office.ana.wait_until(is_closed).await.is_some());
    office.settles().await;
    assert_eq!(said(&owner, stray, "belongs to no ticket").len(), 1, "{}", owner.reads(stray));
    assert_eq!(office.guild.thread_state(stray), Some((true, true)));
    assert_eq!(office.dead_letters().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_thread_and_the_cards_that_were_deleted_are_put_right_in_one_look() {
    let mut office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    office.ben.fills(ticket.queue_card, "Escalate", "Restarted the client.").await;
    let packet = office.sven.waits_for(office.queue, |message| message.button("Accept").is_some()).await.id;
    office.settles().await;
    office.stop_desk().await;
    for message in [ticket.card, ticket.queue_card, packet] {
        assert!(office.guild.delete_message(message));
    }
    office.guild.set_archived(ticket.thread, true);
    office.starts_and_looks_once().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((false, false)));
    assert_eq!(said(&office.ana, ticket.thread, "State").len(), 1, "{}", office.ana.reads(ticket.thread));
    let again =
        office.sven.sees(office.queue).into_iter().filter(|message| message.button("Accept").is_some());
    assert_eq!(again.count(), 1, "{}", office.sven.reads(office.queue));
    office.sandbox.forget_calls();
    office.one_pass().await;
    let writes = office.sandbox.calls().into_iter().filter(|call| call.method != "GET");
    assert_eq!(writes.count(), 0, "{:#?}", office.sandbox.calls());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_refuses_ends_in_one_dead_letter_and_is_tried_again_after_an_hour() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    let enough = office.guild.permissions_in(office.support, office.sandbox.bot_id());
    office.guild.set_bot_permissions(enough & !frontdesk::sandbox::permissions::CREATE_PRIVATE_THREADS);
    office.guild.delete_channel(ticket.thread);
    let refused = || {
        let calls = office.sandbox.calls();
        calls.iter().any(|call| call.code == Some(50013)).then_some(())
    };
    assert!(office.ana.wait_until(refused).await.is_some(), "{:#?}", office.sandbox.calls());
    office.settles().await;
    assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new(), "no loop");
    assert!(office.dead_letters().await.iter().any(|error| error.contains("50013")));
    office.guild.set_bot_permissions(enough);
    office.pass(Duration::from_hours(1));
    let found = office
        .ana
        .wait_until(|| office.ana.sees_thread(&ticket.number).filter(|new| new.id != ticket.thread));
    assert!(found.await.is_some());
    office.settles().await;
    assert_eq!(office.dead_letters().await, Vec::<String>::new(), "what was made good is no dead letter");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_look_into_the_channel_nothing_is_put_right() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw").await;
    let enough = office.guild.permissions_in(office.support, office.sandbox.bot_id());
    office.guild.set_bot_permissions(0);
    assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new());
    office.guild.set_bot_permissions(enough);
    assert_eq!(office.writes_of_another_pass().await, Vec::<String>::new());
    assert_eq!(office.guild.threads(), [ticket.thread]);
}
