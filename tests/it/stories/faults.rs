//! Discord at fault, and connections that break.

use std::time::Duration;

use frontdesk::sandbox::{Fault, OptionInput, Outcome, Route, Scope};
use frontdesk::store::Tx;

use crate::databases::{Fresh, Kind, Locked, on_both_databases};
use crate::office::{Acts as _, Office};

on_both_databases!(what_takes_long_is_deferred_and_answered_late);

#[tokio::test(flavor = "multi_thread")]
async fn whatever_fails_once_is_done_once_in_the_end() {
    let office = Office::start().await;
    let faults = [
        (Route::CreateThread, Fault::Fail { status: 500, code: 0 }),
        (Route::CreateMessage, Fault::Fail { status: 502, code: 0 }),
        (Route::CreateMessage, Fault::DropBefore),
        (Route::CreateMessage, Fault::DropAfter),
        (Route::CreateThread, Fault::DropAfter),
        (
            Route::CreateMessage,
            Fault::RateLimited { retry_after: Duration::from_millis(300), scope: Scope::User },
        ),
        (
            Route::CreateMessage,
            Fault::RateLimited { retry_after: Duration::from_millis(200), scope: Scope::Global },
        ),
    ];
    for (index, (route, fault)) in faults.into_iter().enumerate() {
        office.sandbox.plan(route, fault, 1);
        let number = index + 1;
        let answer = office.ana.asks(office.support, "xqzvw").await;
        let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
        office.ana.submits(&form, &[]).await.unwrap();
        let mark = format!("#{number} ");
        let thread = office.ana.waits_for_thread(&mark).await;
        office.ana.waits_for(thread.id, |message| message.button("Claim").is_some()).await;
        office.ben.waits_for(office.queue, |message| message.contains(&mark)).await;
        office.settles().await;
        assert_eq!(office.sandbox.clear_faults(), 0, "{fault:?} was not met");
        assert_eq!(office.guild.threads().len(), number, "{fault:?}");
        let count = |channel, who: &frontdesk::sandbox::Person| {
            // Tickets that look alike are proposed as an incident in the same channel; a card is what can be claimed.
            let is_card = |message: &&frontdesk::sandbox::SeenMessage| {
                message.from_bot && message.contains(&mark) && message.button("Claim").is_some()
            };
            who.sees(channel).iter().filter(is_card).count()
        };
        assert_eq!((count(thread.id, &office.ana), count(office.queue, &office.ben)), (1, 1), "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_for_good_is_given_up_and_the_rest_goes_on() {
    let office = Office::start().await;
    office.sandbox.fail_next(Route::CreateThread, 403, 50013);
    let answer = office.ana.asks(office.support, "xqzvw").await;
    let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    office.ana.submits(&form, &[]).await.unwrap();
    office.ben.waits_for(office.queue, |message| message.contains("#1 ")).await;
    office.settles().await;
    let guild = frontdesk::domain::id::GuildId::from_snowflake(office.guild.id);
    let dead = office.app().desk().store.dead_jobs(guild, 10).await.unwrap();
    assert!(dead.iter().any(|dead| dead.error.contains("50013")), "{dead:?}");
    let told = office.dora.uses(office.support, "desk check", Vec::new()).await.unwrap().expect_message();
    let told =
        office.dora.waits_for(office.support, |message| message.id == told.id && !message.loading).await;
    assert!(told.contains("50013"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_connection_is_resumed_and_a_forgotten_one_made_anew() {
    let office = Office::start().await;
    let (identified, resumed) = office.sandbox.gateway_counts();
    office.sandbox.disconnect_gateway(Some(4000));
    office.sandbox_counts(|now| now.1 > resumed).await;
    office.ana.asks(office.support, "my VPN does not connect").await;
    office.sandbox.forget_sessions();
    office.sandbox.disconnect_gateway(Some(4000));
    office.sandbox_counts(|now| now.0 > identified).await;
    office.ana.asks(office.support, "my VPN does not connect").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_comes_twice_acts_once() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    office.sandbox.duplicate_events(1);
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.settles().await;
    let guild = frontdesk::domain::id::GuildId::from_snowflake(office.guild.id);
    let store = &office.app().desk().store;
    let ticket = store.queue(guild, 1, 0).await.unwrap().remove(0);
    let events = store.events(ticket.id, 10).await.unwrap();
    assert_eq!(events.len(), 2, "opened and claimed: {events:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_discord_archived_is_opened_for_what_must_be_said() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    office.guild.set_archived(ticket.thread, true);
    office.ben.fills(ticket.queue_card, "Resolve", "Try again now.").await;
    office.ana.waits_for(ticket.thread, |message| message.contains("Try again now.")).await;
    office.settles().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unchanged_start_registers_no_commands() {
    let mut office = Office::start().await;
    office.stop_desk().await;
    office.sandbox.forget_calls();
    office.start_desk().await;
    let calls = office.sandbox.calls();
    assert!(!calls.iter().any(|call| call.path.contains("/commands")), "{calls:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_ours_is_told_with_an_incident_id_and_changes_nothing() {
    let mut office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    office.app().desk().store.close().await;
    let told = office.ben.presses(ticket.queue_card, "Claim").await.unwrap().expect_message();
    assert!(told.ephemeral, "{told}");
    let is_id = |word: &str| {
        word.len() == 8 && word.chars().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit())
    };
    assert!(told.text.split(|sign: char| !sign.is_alphanumeric()).any(is_id), "{told}");
    office.stop_desk().await;
    office.start_desk().await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.waits_for_thread(&ticket.number).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_came_too_late_is_dropped_but_what_it_confirmed_is_done() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    office.sandbox.fail_next(Route::InteractionCallback, 404, 10062);
    let _ = office.ben.presses(ticket.queue_card, "Claim").await;
    office.ben.waits_for_thread(&ticket.number).await;
    office.settles().await;
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("Ben") && card.contains("In progress"), "{card}");
}

/// The outbox does something else meanwhile; a person who sets up waits, and knows it.
#[tokio::test(flavor = "multi_thread")]
async fn setting_up_waits_for_discords_limit() {
    let office = Office::start_bare().await;
    let limited = Fault::RateLimited { retry_after: Duration::from_secs(4), scope: Scope::User };
    for route in [Route::GuildRoles, Route::GuildChannels, Route::GuildMember] {
        office.sandbox.plan(route, limited, 1);
    }
    let set_up = office.dora.waits_for_answer(office.set_up().await).await.expect_message();
    assert!(!set_up.contains("went wrong"), "{set_up}");
    assert_eq!(office.sandbox.clear_faults(), 0, "all of them were met");
    office.opens_ticket(&office.ana, "xqzvw").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_waits_for_an_answer_that_was_promised() {
    let mut office = Office::start_bare().await;
    let limited = Fault::RateLimited { retry_after: Duration::from_secs(4), scope: Scope::User };
    office.sandbox.plan(Route::GuildRoles, limited, 1);
    let set_up = office.set_up().await;
    assert!(matches!(set_up.outcome, Outcome::Deferred(_)), "{set_up:?}");
    office.stop_desk().await;
    let set_up = office.dora.waits_for_answer(set_up).await.expect_message();
    assert!(!set_up.contains("went wrong"), "{set_up}");
    assert_eq!(office.sandbox.clear_faults(), 0, "it was met");
}

/// The database, held by somebody else.
enum Held {
    Writer(Tx),
    Everything(Locked),
}

impl Held {
    async fn hold(office: &Office, fresh: &Fresh) -> Self {
        match fresh.kind() {
            Kind::Sqlite => Self::Writer(office.app().desk().store.begin().await.unwrap()),
            Kind::Postgres => Self::Everything(fresh.locks_everything().await),
        }
    }

    async fn let_go(self) {
        match self {
            Self::Writer(tx) => drop(tx),
            Self::Everything(locked) => locked.let_go().await,
        }
    }
}

async fn what_takes_long_is_deferred_and_answered_late(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let (ana, ben) = (&office.ana, &office.ben);
    let first = office.opens_ticket(ana, "xqzvw").await;
    let answer = ana.asks(office.support, "yqzvw").await;
    let form = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    office.settles().await;

    let held = Held::hold(&office, &fresh).await;
    let number = ("number".to_owned(), OptionInput::Integer(1));
    let note = vec![number, ("text".to_owned(), OptionInput::from("seen"))];
    let (claimed, opened, noted) = tokio::join!(
        ben.presses(first.queue_card, "Claim"),
        ana.submits(&form, &[]),
        office.bea.uses(office.queue, "ticket note", note),
    );
    let (claimed, opened, noted) = (claimed.unwrap(), opened.unwrap(), noted.unwrap());
    assert!(matches!(claimed.outcome, Outcome::DeferredUpdate), "{claimed:?}");
    assert!(matches!(opened.outcome, Outcome::DeferredUpdate), "{opened:?}");
    assert!(matches!(noted.outcome, Outcome::Deferred(_)), "{noted:?}");
    // A form can only come at once, and needs what is held only on PostgreSQL.
    let closing = ben.presses(first.queue_card, "Resolve").await.unwrap();
    held.let_go().await;
    match (fresh.kind(), ben.waits_for_answer(closing).await.outcome) {
        (Kind::Sqlite, Outcome::Modal(_)) => {}
        (Kind::Postgres, Outcome::Message(told)) => {
            assert!(told.ephemeral && told.contains("took longer than it may"), "{told}");
        }
        other => panic!("{other:?}"),
    }

    let claimed = ben.waits_for_answer(claimed).await;
    assert!(
        matches!(&claimed.outcome, Outcome::Updated(card) if card.contains("In progress")),
        "{claimed:?}"
    );
    let noted = office.bea.waits_for_answer(noted).await.expect_message();
    assert!(noted.ephemeral && !noted.loading, "{noted}");
    let opened = ana.waits_for_answer(opened).await.expect_message();
    assert!(opened.id == answer.id && opened.contains("Ticket #2"), "{opened}");
    office.settles().await;

    // The thread is there before the late answer is, which says nothing of it.
    let answer = ana.asks(office.support, "zqzvw").await;
    let form = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    office.settles().await;
    let held = Held::hold(&office, &fresh).await;
    let opened = ana.submits(&form, &[]).await.unwrap();
    office.sandbox.plan(Route::EditOriginal, Fault::Delay(Duration::from_secs(2)), 1);
    held.let_go().await;
    while office.app().desk().store.waiting_jobs().await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
    // As anybody does who has just been answered.
    office.app().desk().ring();
    let thread = ana.waits_for_thread("#3 ").await;
    let opened = ana.waits_for_answer(opened).await.expect_message();
    assert!(opened.id == answer.id && opened.contains("Ticket #3"), "{opened}");
    office.settles().await;
    let opened = ana.sees_message(answer.id).unwrap();
    assert!(opened.contains(&format!("#{}", thread.name)), "the link comes after it: {opened}");
    assert_eq!(office.guild.threads().len(), 3, "one thread each");
    assert_eq!(office.dead_letters().await, Vec::<String>::new());
}
