//! Databases at their worst: whoever is served meanwhile reads an honest sentence or gets a late success, `/readyz` turns
//! red, work goes on by itself afterwards, and nothing is lost or doubled.

mod file;
mod server;

use std::collections::BTreeSet;

use frontdesk::sandbox::{Outcome, Person, SeenMessage};

use crate::office::Acts as _;
use crate::watched::Watched;

/// The number of a ticket that somebody was told is theirs.
fn confirmed(told: &SeenMessage) -> Option<String> {
    let (_, rest) = told.text.split_once("Ticket #")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some(format!("#{digits}"))
}

/// Whether somebody was told that something is wrong, with an id to ask for.
fn is_honest(told: &SeenMessage) -> bool {
    let is_id = |word: &str| {
        word.len() == 8 && word.chars().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit())
    };
    told.ephemeral && told.text.split(|sign: char| !sign.is_alphanumeric()).any(is_id)
}

/// A message with the button that opens a ticket. Answers need no database.
async fn answer(support: u64, who: &Person, question: &str) -> u64 {
    who.asks(support, question).await.id
}

/// Opens the form under an answer and sends it, as somebody does who wants a ticket. What they read then, if anything.
async fn tries(who: &Person, answer: u64) -> Option<SeenMessage> {
    let pressed = who.presses(answer, "Open a ticket").await.unwrap();
    let done = match pressed.modal() {
        Some(form) => who.submits(form, &[]).await.unwrap(),
        None => pressed,
    };
    match who.waits_for_answer(done).await.outcome {
        Outcome::Message(told) | Outcome::Updated(told) => Some(told),
        // Discord's own words, after three seconds of silence.
        Outcome::Failed(_) => None,
        other => panic!("{other:?}"),
    }
}

/// Tries until the ticket is confirmed, as people do. Which number it has, and how often they read that it failed.
async fn insists(who: &Person, answer: u64) -> (String, u32) {
    let mut failures = 0;
    loop {
        if let Some(told) = tries(who, answer).await {
            match confirmed(&told) {
                Some(number) => return (number, failures),
                None => assert!(is_honest(&told) || told.contains("took longer than it may"), "{told}"),
            }
        }
        failures += 1;
    }
}

/// Every confirmed ticket is there, with one thread and one card, and no other is.
async fn nothing_is_lost_or_doubled(watched: &Watched, confirmed: &BTreeSet<String>) {
    watched.falls_to("frontdesk_outbox_jobs", 0.0).await;
    let company = &watched.company;
    assert_eq!(company.guild.threads().len(), confirmed.len(), "one thread for each of {confirmed:?}");
    let cards = company.ben.sees(company.queue);
    for number in confirmed {
        let mark = format!("{number} ");
        let is_card = |card: &&SeenMessage| {
            card.from_bot
                && card.contains(&mark)
                && card.buttons.iter().any(|button| button.label == "Resolve")
        };
        assert_eq!(cards.iter().filter(is_card).count(), 1, "{number}: {}", company.ben.reads(company.queue));
    }
    assert_eq!(watched.figure("frontdesk_outbox_dead_jobs").await, Some(0.0));
}
