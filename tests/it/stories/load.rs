//! Many at once: everybody is confirmed at once, and what follows comes in order, without holding up other servers.

use std::time::Duration;

use frontdesk::sandbox::{OptionInput, Person, Route, SandboxOptions};

use crate::office::{Company, Office};

/// How many open a ticket at the same time.
const CROWD: usize = 40;
/// What a channel takes: as Discord's limits, ten times as fast.
const LIMIT: (u32, Duration) = (5, Duration::from_millis(500));

/// Asks and opens a ticket. Returns how long the confirmation took.
async fn opens(who: &Person, channel: u64, number: usize) -> Duration {
    let question = vec![("question".to_owned(), OptionInput::from(format!("xqzvw {number}").as_str()))];
    let answer = who.uses(channel, "support", question).await.unwrap().expect_message();
    let form = who.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    let sent = who.submits(&form, &[]).await.unwrap();
    assert!(sent.message().is_some(), "{sent:?}");
    sent.took
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_is_confirmed_at_once_and_another_server_is_not_held_up() {
    let options = SandboxOptions { rate_limits: true, ..SandboxOptions::default() };
    let office = Office::start_on_sandbox(options).await;
    for route in [Route::CreateMessage, Route::CreateThread, Route::AddThreadMember, Route::EditMessage] {
        office.sandbox.set_rate_limit(route, LIMIT.0, LIMIT.1);
    }
    let quiet = Company::open(&office.sandbox, "Südwind");
    let saved = quiet.set_up().await.expect_message();
    quiet.dora.waits_for(saved.channel, |message| message.id == saved.id && !message.loading).await;

    let crowd: Vec<Person> =
        (0..CROWD).map(|number| office.guild.add_member(&format!("P{number}"), "en-US", &[])).collect();
    let burst = crowd.into_iter().enumerate().map(|(number, who)| {
        let support = office.support;
        tokio::spawn(async move { opens(&who, support, number).await })
    });
    let burst: Vec<_> = burst.collect();
    let mut slowest = Duration::ZERO;
    for one in burst {
        slowest = slowest.max(one.await.unwrap());
    }
    // Everybody has their confirmation, and most of what follows is still to come.
    let waiting = office.app().desk().store.waiting_jobs().await.unwrap();
    assert!(waiting > 50, "only {waiting} deliveries wait");
    opens(&quiet.ana, quiet.support, 0).await;
    quiet.ana.waits_for_thread("#1 ").await;
    let still_waiting = office.app().desk().store.waiting_jobs().await.unwrap();
    assert!(still_waiting > 20, "the other server waited for the burst: {still_waiting} of {waiting} left");

    // The cards come in the order of the tickets' numbers as far as one lane does not overtake another, and each once.
    let drained = office.ana.wait_until(|| (office.guild.threads().len() == CROWD).then_some(())).await;
    assert!(drained.is_some(), "{} threads", office.guild.threads().len());
    while office.app().desk().store.waiting_jobs().await.unwrap() > 0 {
        let mut changes = office.sandbox.changes();
        let _ = tokio::time::timeout(Duration::from_millis(50), changes.changed()).await;
    }
    let cards: Vec<u64> = office
        .ben
        .sees(office.queue)
        .into_iter()
        .filter(|message| message.button("Claim").is_some())
        .map(|message| message.id)
        .collect();
    assert_eq!(cards.len(), CROWD, "one card each");
    assert_eq!(office.dead_letters().await, Vec::<String>::new());
    let refused = office.sandbox.calls().iter().filter(|call| call.status == 429).count();
    eprintln!(
        "burst: {CROWD} tickets confirmed, the slowest in {} ms; {waiting} deliveries waited then, and {still_waiting} when \
         another server had its thread; 429 answers {refused}, lost 0, doubled 0",
        slowest.as_millis()
    );
}
