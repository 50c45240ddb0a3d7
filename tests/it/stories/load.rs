//! Many at once: everybody is confirmed at once, and what follows comes in order, without holding up other servers.

use std::time::{Duration, Instant};

use frontdesk::sandbox::{Call, OptionInput, Person, Route, SandboxOptions};

use crate::databases::{Fresh, on_both_databases};
use crate::office::{Company, Office};

on_both_databases!(a_burst_is_confirmed_at_once_and_another_server_is_not_held_up);

/// How many open a ticket at the same time; with `FRONTDESK_SWEEP=all`, so many that it takes minutes.
const CROWD: usize = 40;
const LARGE_CROWD: usize = 1_000;
/// So long everything may take that follows: a card each in the queue, ten a second.
const DRAINED_WITHIN: Duration = Duration::from_mins(10);
/// What a channel takes: as Discord's limits, ten times as fast.
const LIMIT: (u32, Duration) = (5, Duration::from_millis(500));

/// Asks and opens a ticket. Returns how long the confirmation took.
async fn opens(who: &Person, channel: u64, number: usize) -> Duration {
    let question = vec![("question".to_owned(), OptionInput::from(format!("xqzvw {number}").as_str()))];
    let answer = who.uses(channel, "support", question).await.unwrap().expect_message();
    let form = who.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    let begin = Instant::now();
    let sent = who.submits(&form, &[]).await.unwrap();
    let told = who.waits_for_answer(sent).await.expect_message();
    assert!(told.contains("Ticket #"), "{told}");
    begin.elapsed()
}

async fn a_burst_is_confirmed_at_once_and_another_server_is_not_held_up(fresh: Fresh) {
    let size = if crate::crash::tries_all() { LARGE_CROWD } else { CROWD };
    let remembered = 50 * size;
    let options =
        SandboxOptions { rate_limits: true, remembered_calls: remembered, ..SandboxOptions::default() };
    let office = Office::start_on_both(Some(&fresh), options).await;
    for route in [Route::CreateMessage, Route::CreateThread, Route::AddThreadMember, Route::EditMessage] {
        office.sandbox.set_rate_limit(route, LIMIT.0, LIMIT.1);
    }
    let quiet = Company::open(&office.sandbox, "Südwind");
    quiet.gets_set_up().await;

    let crowd: Vec<_> =
        (0..size).map(|number| office.guild.add_member(&format!("P{number}"), "en-US", &[])).collect();
    let burst = crowd.iter().cloned().enumerate().map(|(number, who)| {
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

    let drained = async {
        let mut changes = office.sandbox.changes();
        while office.app().desk().store.waiting_jobs().await.unwrap() > 0 {
            let _ = tokio::time::timeout(Duration::from_millis(50), changes.changed()).await;
        }
    };
    let is_drained = tokio::time::timeout(DRAINED_WITHIN, drained).await.is_ok();
    assert!(is_drained, "{} threads of {size} so far", office.guild.threads().len());
    assert_eq!(office.guild.threads().len(), size, "a thread each");
    let cards: Vec<u64> = office
        .ben
        .sees(office.queue)
        .into_iter()
        .filter(|message| message.button("Claim").is_some())
        .map(|message| message.id)
        .collect();
    assert_eq!(cards.len(), size, "one card each");
    assert_eq!(office.dead_letters().await, Vec::<String>::new());
    comes_in_order(&office, &crowd);
    let refused = office.sandbox.calls().iter().filter(|call| call.status == 429).count();
    eprintln!(
        "burst on {:?}: {size} tickets confirmed, the slowest in {} ms; {waiting} deliveries waited then, and {still_waiting} when \
         another server had its thread; 429 answers {refused}, lost 0, doubled 0",
        fresh.kind(),
        slowest.as_millis()
    );
}

/// What follows from a ticket comes in its order, and the tickets in theirs as far as lanes that run side by side allow.
fn comes_in_order(office: &Office, crowd: &[Person]) {
    const SIDE_BY_SIDE: usize = 16;
    let calls: Vec<(Call, String)> = office
        .sandbox
        .calls()
        .into_iter()
        .filter(|call| call.status < 300 && call.method != "GET")
        .map(|call| (call.clone(), call.body.to_string()))
        .collect();
    let done = |wanted: &dyn Fn(&Call, &str) -> bool| {
        calls.iter().position(|(call, body)| wanted(call, body)).expect("it was done")
    };
    let in_queue = format!("/channels/{}/messages", office.queue);
    let mut made = Vec::new();
    for who in crowd {
        let thread = who.sees_thread("#").expect("everybody has a thread");
        let number = thread.name.split(' ').next().unwrap().to_owned();
        let in_thread = format!("/channels/{}/", thread.id);
        let (members, messages) = (format!("{in_thread}thread-members/"), format!("{in_thread}messages"));
        let mark = format!("{number} ");
        let is_made = |call: &Call, body: &str| {
            call.method == "POST" && call.path.ends_with("/threads") && body.contains(&mark)
        };
        let is_in_queue =
            |call: &Call, body: &str| call.method == "POST" && call.path == in_queue && body.contains(&mark);
        let steps = [
            done(&is_made),
            done(&|call, _| call.path.starts_with(&members)),
            done(&|call, _| call.path == messages && call.method == "POST"),
            done(&is_in_queue),
        ];
        assert!(steps.is_sorted(), "{number}: {steps:?}");
        made.push((steps[0], number[1..].parse::<usize>().unwrap()));
    }
    made.sort_unstable();
    for (before, (_, number)) in made.iter().enumerate() {
        assert!(*number <= before + SIDE_BY_SIDE, "#{number} came after {before} others: {made:?}");
    }
}
