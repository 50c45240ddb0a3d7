//! Solutions, and the end.

use std::time::Duration;

use frontdesk::sandbox::{OptionInput, Outcome};

use crate::databases::{Fresh, on_both_databases};
use crate::office::{Acts as _, Office, Opened};

async fn resolved(office: &Office) -> (Opened, u64) {
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.fills(ticket.queue_card, "Resolve", "Your certificate is renewed.").await;
    let solution =
        office.ana.waits_for(ticket.thread, |message| message.button("That works").is_some()).await;
    assert!(solution.contains("Your certificate is renewed.") && solution.pings_me, "{solution}");
    office.settles().await;
    (ticket, solution.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_solution_closes_the_thread_in_one_call_and_leaves_a_way_back_outside() {
    let office = Office::start().await;
    let (ticket, solution) = resolved(&office).await;
    office.sandbox.forget_calls();
    let thanked = office.ana.presses(solution, "That works").await.unwrap();
    assert!(
        matches!(&thanked.outcome, Outcome::Updated(message) if message.buttons.is_empty()),
        "{thanked:?}"
    );
    let note = office.ana.waits_for(office.support, |message| message.button("Reopen").is_some()).await;
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)), "archived and locked");
    let thread_path = format!("/channels/{}", ticket.thread);
    let patches = office
        .sandbox
        .calls()
        .into_iter()
        .filter(|call| call.method == "PATCH" && call.path.ends_with(&thread_path));
    assert_eq!(patches.count(), 1, "{:#?}", office.sandbox.calls());
    assert!(note.pings_me && !note.contains("VPN"), "others read it, so no subject: {note}");
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("Closed"), "{card}");

    let rated = office.ana.presses(note.id, "5").await.unwrap();
    assert!(rated.message().is_some(), "{rated:?}");
    let refused = office.mia.presses(note.id, "Wieder öffnen").await;
    let refused = match refused {
        Ok(reaction) => reaction.expect_message(),
        Err(_) => office.mia.presses(note.id, "Reopen").await.unwrap().expect_message(),
    };
    assert!(refused.ephemeral, "not Mia's: {refused}");
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)));

    let note = office.ana.sees_message(note.id).unwrap();
    office.ana.presses(note.id, "Reopen").await.unwrap();
    let back =
        office.ben.waits_for(ticket.thread, |message| message.contains("Ana") && message.pings_me).await;
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((false, false)), "{back}");
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("Ben") && card.contains("Reopened"), "back to whoever had it: {card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_solution_that_does_not_work_goes_back_to_the_agent() {
    let office = Office::start().await;
    let (ticket, solution) = resolved(&office).await;
    office.ana.presses(solution, "Still a problem").await.unwrap();
    office.ben.waits_for(ticket.thread, |message| message.pings_me && message.contains("Ana")).await;
    office.settles().await;
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("In progress") && card.contains("Ben"), "{card}");
    assert_eq!(office.guild.thread_state(ticket.thread), Some((false, false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_closes_a_solved_ticket_after_three_days() {
    let office = Office::start().await;
    let (ticket, _) = resolved(&office).await;
    office.pass(Duration::from_hours(49));
    office.ana.waits_for(ticket.thread, |message| message.contains("Does the solution work?")).await;
    office.settles().await;
    office.pass(Duration::from_hours(24));
    office.ana.waits_for(office.support, |message| message.button("Reopen").is_some()).await;
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_requester_may_withdraw_and_staff_may_close_with_a_reason() {
    let office = Office::start().await;
    let first = office.opens_ticket(&office.ana, "xqzvw one").await;
    office.ana.presses(first.card, "Close").await.unwrap();
    office.settles().await;
    assert_eq!(office.guild.thread_state(first.thread), Some((true, true)));
    let second = office.opens_ticket(&office.ana, "xqzvw two").await;
    let options = vec![
        ("reason".to_owned(), OptionInput::from("Duplicate of #1")),
        ("number".to_owned(), OptionInput::Integer(2)),
    ];
    office.ben.uses(office.queue, "ticket close", options).await.unwrap().expect_message();
    office.settles().await;
    assert_eq!(office.guild.thread_state(second.thread), Some((true, true)));
    let again = vec![("number".to_owned(), OptionInput::Integer(2))];
    let told = office.ben.uses(office.queue, "ticket close", again).await.unwrap().expect_message();
    assert!(told.ephemeral, "{told}");
    let reopen = vec![("number".to_owned(), OptionInput::Integer(2))];
    office.ben.uses(office.queue, "ticket reopen", reopen).await.unwrap().expect_message();
    office.settles().await;
    let card = office.ben.sees_message(second.queue_card).unwrap();
    assert!(card.button("Claim").is_some(), "nobody had it, so it waits again: {card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_discord_archived_is_closed_all_the_same_and_stays_closed() {
    let office = Office::start().await;
    let (ticket, _) = resolved(&office).await;
    office.guild.set_archived(ticket.thread, true);
    let number = || ("number".to_owned(), OptionInput::Integer(1));
    office.ben.uses(office.queue, "ticket close", vec![number()]).await.unwrap().expect_message();
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)));
    let note = vec![("text".to_owned(), OptionInput::from("For the record.")), number()];
    office.ben.uses(office.queue, "ticket note", note).await.unwrap().expect_message();
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)), "a note does not open it");
    let guild = frontdesk::domain::id::GuildId::from_snowflake(office.guild.id);
    assert_eq!(office.app().desk().store.dead_jobs(guild, 10).await.unwrap(), []);
}

on_both_databases!(a_whole_ticket_takes_less_than_twenty_calls);

async fn a_whole_ticket_takes_less_than_twenty_calls(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let answer = office.ana.asks(office.support, "my VPN does not connect").await;
    office.sandbox.forget_calls();
    let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    office.ana.submits(&form, &[]).await.unwrap();
    let card = office.ben.waits_for(office.queue, |message| message.button("Claim").is_some()).await;
    office.settles().await;
    office.ben.presses(card.id, "Claim").await.unwrap();
    office.settles().await;
    let thread = office.ben.waits_for_thread("#1 ").await;
    office.ben.fills(card.id, "Resolve", "Your certificate is renewed.").await;
    let solution = office.ana.waits_for(thread.id, |message| message.button("That works").is_some()).await;
    office.settles().await;
    office.ana.presses(solution.id, "That works").await.unwrap();
    office.ana.waits_for(office.support, |message| message.button("Reopen").is_some()).await;
    office.settles().await;
    // From the form to the closing note; the transcript, which has files, comes after the end. What is read is read for the
    // comparison with Discord, which may fall into the story and belongs to no ticket.
    let mut calls = office.sandbox.calls();
    calls.retain(|call| call.files == 0 && call.method != "GET");
    assert!(calls.len() < 20, "{} calls: {calls:#?}", calls.len());
}
