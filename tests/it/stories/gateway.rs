//! The connection at its worst: cut, forgotten, dumb, out of order. Whoever asks is answered, once.

use std::time::Duration;

use frontdesk::sandbox::{SandboxOptions, Withheld};

use crate::office::{Acts as _, Company, Office};

const QUESTION: &str = "my VPN does not connect";

/// Waits until another session was begun, as if this long passed again and again.
async fn another_session(office: &Office, step: Duration) {
    let (before, _) = office.sandbox.gateway_counts();
    let begun = async {
        let mut changes = office.sandbox.changes();
        while office.sandbox.gateway_counts().0 == before || office.sandbox.ready_sessions() == 0 {
            office.clock.advance(step);
            // Seen soon after something changed, and looked for anew without that.
            let _ = tokio::time::timeout(Duration::from_millis(500), changes.changed()).await;
        }
    };
    let begun = tokio::time::timeout(Duration::from_mins(1), begun).await;
    assert!(begun.is_ok(), "no other session: {:?}", office.sandbox.gateway_counts());
}

/// Somebody asks and is answered.
async fn asks_and_is_answered(office: &Office) {
    let answer = office.ana.asks(office.support, QUESTION).await;
    assert!(!answer.buttons.is_empty(), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_resumed_and_forgotten_again_and_again_everybody_is_answered() {
    let office = Office::start().await;
    let (begun, _) = office.sandbox.gateway_counts();
    let mut cuts = 0;
    for code in [None, Some(4000), Some(1001), None, Some(4008), Some(4009), Some(1000), None] {
        let (identified, resumed) = office.sandbox.gateway_counts();
        if cuts % 4 == 3 {
            office.sandbox.forget_sessions();
        }
        office.sandbox.disconnect_gateway(code);
        cuts += 1;
        office.sandbox_counts(|now| now.0 > identified || now.1 > resumed).await;
        asks_and_is_answered(&office).await;
    }
    office.sandbox.ask_to_reconnect();
    let (identified, resumed) = office.sandbox.gateway_counts();
    office.sandbox_counts(|now| now.0 > identified || now.1 > resumed).await;
    asks_and_is_answered(&office).await;
    let (identified, resumed) = office.sandbox.gateway_counts();
    eprintln!("gateway: {cuts} cuts, {resumed} resumed, {} begun anew, unanswered 0", identified - begun);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_does_not_answer_heartbeats_is_replaced() {
    let options = SandboxOptions { heartbeat_interval_ms: 500, ..Office::sandbox_options() };
    let office = Office::start_on_sandbox(options).await;
    office.sandbox.make_zombies();
    another_session(&office, Duration::ZERO).await;
    asks_and_is_answered(&office).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_answers_heartbeats_and_gives_nothing_is_found_out() {
    let office = Office::start().await;
    // As long as it answers, quiet is no reason for anything.
    let (identified, _) = office.sandbox.gateway_counts();
    let began = office.clock.now();
    let asked = async {
        let mut changes = office.sandbox.changes();
        while office.sandbox.member_requests() < 3 {
            office.clock.advance(Duration::from_secs(20));
            let _ = tokio::time::timeout(Duration::from_millis(500), changes.changed()).await;
        }
    };
    let asked = tokio::time::timeout(Duration::from_mins(1), asked).await;
    assert!(asked.is_ok(), "asked {} times", office.sandbox.member_requests());
    assert!(office.clock.now().since(began) >= Duration::from_mins(14), "every five minutes, not more often");
    assert_eq!(office.sandbox.gateway_counts().0, identified, "it is well");
    office.sandbox.withhold(Withheld::Everything);
    let unheard = office.ana.runs(office.support, "support", &[("question", QUESTION)]).await;
    assert!(unheard.message().is_none(), "{unheard:?}");
    another_session(&office, Duration::from_mins(1)).await;
    asks_and_is_answered(&office).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_brings_no_interactions_is_replaced_within_an_hour() {
    let office = Office::start().await;
    office.sandbox.withhold(Withheld::Interactions);
    let unheard = office.ana.runs(office.support, "support", &[("question", QUESTION)]).await;
    assert!(unheard.message().is_none(), "{unheard:?}");
    // Other events come as always, and the gateway answers what it is asked.
    let began = office.clock.now();
    another_session(&office, Duration::from_mins(2)).await;
    assert!(office.clock.now().since(began) >= Duration::from_mins(58), "not in a hurry");
    asks_and_is_answered(&office).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_twice_and_out_of_order_on_two_shards_act_once() {
    let options = SandboxOptions { shards: 2, ..Office::sandbox_options() };
    let office = Office::start_on_sandbox(options).await;
    let shard = |company: &Company| (company.guild.id >> 22) % 2;
    let other = loop {
        let other = Company::open(&office.sandbox, "Südwind");
        if shard(&other) != shard(&office.company) {
            break other;
        }
    };
    other.gets_set_up().await;
    let (mut doubled, mut swapped) = (0, 0);
    for round in 0..3 {
        for company in [&office.company, &other] {
            office.sandbox.duplicate_events(4);
            let answer = company.ana.asks(company.support, &format!("xqzvw{round}")).await;
            let form = company.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
            office.sandbox.duplicate_events(4);
            company.ana.submits(&form, &[]).await.unwrap();
            let mark = format!("#{} ", round + 1);
            let is_card = |message: &frontdesk::sandbox::SeenMessage| {
                message.contains(&mark) && message.button("Claim").is_some()
            };
            let card = company.ben.waits_for(company.queue, is_card).await;
            // Two at once, in the other order, each twice.
            office.sandbox.duplicate_events(4);
            office.sandbox.swap_events(1);
            let (ben, bea) =
                tokio::join!(company.ben.presses(card.id, "Claim"), company.bea.presses(card.id, "Claim"));
            let won = [ben.unwrap(), bea.unwrap()]
                .iter()
                .filter(|reaction| matches!(reaction.outcome, frontdesk::sandbox::Outcome::Updated(_)))
                .count();
            assert_eq!(won, 1, "one of them has it");
            (doubled, swapped) = (doubled + 3, swapped + 1);
        }
    }
    office.settles().await;
    let store = &office.app().desk().store;
    for company in [&office.company, &other] {
        let guild = frontdesk::domain::id::GuildId::from_snowflake(company.guild.id);
        let tickets = store.queue(guild, 10, 0).await.unwrap();
        assert_eq!(tickets.len(), 3);
        assert_eq!(company.guild.threads().len(), 3);
        for ticket in tickets {
            assert_eq!(store.events(ticket.id, 10).await.unwrap().len(), 2, "opened and claimed, once each");
        }
    }
    eprintln!(
        "gateway: {doubled} interactions twice and {swapped} pairs swapped on 2 shards, doubled 0, lost 0"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_ends_for_good_is_told_in_a_sentence() {
    // What serenity does not understand it notices when it wants to send its next heartbeat.
    let options = || SandboxOptions { heartbeat_interval_ms: 2_000, ..SandboxOptions::default() };
    let told = [
        (4004, "Discord refuses DISCORD_TOKEN"),
        (4010, "no such shard"),
        (4011, "too many servers for so few shards"),
        (4012, "does not speak version 10 any more"),
        (4013, "does not know an intent"),
        (4014, "switch its intents on"),
    ];
    for (code, told) in told {
        let mut office = Office::start_on_sandbox(options()).await;
        office.sandbox.turn_away(code);
        let ended = office.ended().await;
        assert!(ended.contains(told), "{code}: {ended}");
        let (identified, _) = office.sandbox.gateway_counts();
        assert_eq!(identified, 1, "{code}: nobody is let in meanwhile");
    }
}
