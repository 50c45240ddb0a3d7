//! Who may not: strangers, former staff, other servers, and forged ids.

use frontdesk::sandbox::{OptionInput, RawInteraction};

use crate::office::{Acts as _, Company, Office};

/// Everything about a server's tickets that an intruder could change.
async fn state(office: &Office) -> String {
    let guild = frontdesk::domain::id::GuildId::from_snowflake(office.guild.id);
    let store = &office.app().desk().store;
    let tickets = store.queue(guild, 100, 0).await.unwrap();
    let mut state = format!("{tickets:?}");
    for ticket in tickets {
        let events = store.events(ticket.id, 100).await.unwrap();
        state = format!("{state}{events:?}");
    }
    state
}

fn press(custom_id: &str, message: u64) -> RawInteraction {
    RawInteraction::Component { message, custom_id: custom_id.to_owned(), kind: 2, values: Vec::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_other_servers_change_nothing() {
    let office = Office::start().await;
    let other = Company::open(&office.sandbox, "Elsewhere");
    other.gets_set_up().await;
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    office.ben.fills(ticket.queue_card, "Escalate", "Restarted.").await;
    let packet = office.sven.waits_for(office.queue, |message| message.button("Accept").is_some()).await;
    office.settles().await;
    let mut ids = Vec::new();
    for message in [ticket.card, ticket.queue_card, packet.id] {
        let seen = office.ben.sees_message(message).unwrap();
        ids.extend(seen.buttons.into_iter().filter_map(|button| button.custom_id));
    }
    assert!(ids.len() >= 4, "{ids:?}");
    // Messages that they see carry the ids that are not theirs.
    let mias = office.mia.asks(office.support, "xqzvw").await;
    let answer = other.ben.asks(other.support, "xqzvw").await;
    let said = other.ben.says(other.support, "look").await.unwrap();
    let before = state(&office).await;
    for id in &ids {
        for (who, channel, message) in [
            (&office.mia, office.support, mias.id),
            (&other.ben, other.support, answer.id),
            (&other.sven, other.support, said),
            (&other.dora, other.support, said),
        ] {
            let told = who.sends_interaction_raw(channel, press(id, message)).await.unwrap();
            if let Some(message) = told.message() {
                assert!(message.ephemeral, "{id} by {}: {message}", who.name());
                assert!(!message.contains("VPN"), "{id} told {}: {message}", who.name());
            } else {
                panic!("{id} by {} got {told:?}", who.name());
            }
            assert_eq!(state(&office).await, before, "{id} by {}", who.name());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_and_stale_ids_are_answered_politely_and_change_nothing() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    let before = state(&office).await;
    let forged = [
        "v0:claim:1",
        "v9:claim:1",
        "v1:claim",
        "v1:claim:999999",
        "v1:claim:-1",
        "v1:claim:99999999999999999999999999",
        "v1:destroy:1",
        "claim",
        "v1:claim:1:1:1:1:1",
        "💥",
        "v1:accept:1",
        "v1:rate:1:9",
        "v1:confirm:1",
    ];
    for id in forged {
        let told =
            office.ben.sends_interaction_raw(office.queue, press(id, ticket.queue_card)).await.unwrap();
        let message = told.message().unwrap_or_else(|| panic!("{id}: {told:?}"));
        assert!(message.ephemeral, "{id}: {message}");
        assert_eq!(state(&office).await, before, "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_the_role_lost_the_right_at_once() {
    let office = Office::start().await;
    office.opens_ticket(&office.ana, "my VPN does not connect").await;
    office.guild.take_role(&office.ben, &office.first_level);
    let before = state(&office).await;
    let seen = office.ben.asks(office.support, "xqzvw").await;
    let raw = press("v1:claim:1", seen.id);
    let told = office.ben.sends_interaction_raw(office.support, raw).await.unwrap().expect_message();
    assert!(told.ephemeral, "{told}");
    assert_eq!(state(&office).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_of_staff_refuses_an_employee_by_number() {
    let office = Office::start().await;
    office.opens_ticket(&office.mia, "xqzvw").await;
    let before = state(&office).await;
    let number = || ("number".to_owned(), OptionInput::Integer(1));
    let text = |name: &str| (name.to_owned(), OptionInput::from("because"));
    let ben = || ("user".to_owned(), OptionInput::User(office.ben.id()));
    let commands = [
        ("ticket claim", vec![number()]),
        ("ticket release", vec![number()]),
        ("ticket assign", vec![ben(), number()]),
        ("ticket escalate", vec![text("reason"), number()]),
        ("ticket accept", vec![number()]),
        ("ticket handback", vec![text("reason"), number()]),
        ("ticket resolve", vec![text("solution"), number()]),
        ("ticket close", vec![text("reason"), number()]),
        ("ticket reopen", vec![number()]),
        ("ticket priority", vec![("level".to_owned(), OptionInput::from("P1")), number()]),
        ("ticket category", vec![text("name"), number()]),
        ("ticket note", vec![text("text"), number()]),
        ("ticket add", vec![ben(), number()]),
        ("ticket info", vec![number()]),
    ];
    for (command, options) in commands {
        let told = office.ana.uses(office.support, command, options).await.unwrap().expect_message();
        assert!(told.ephemeral, "{command}: {told}");
        assert!(!told.contains("xqzvw"), "{command} tells what it must not: {told}");
        assert_eq!(state(&office).await, before, "{command}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn set_up_is_for_managers_even_when_discord_lets_others_use_it() {
    let office = Office::start_bare().await;
    let command = serde_json::json!({
        "name": "desk", "type": 1, "id": "1",
        "options": [{ "name": "setup", "type": 1, "options": [
            { "name": "support_channel", "type": 7, "value": office.support.to_string() },
            { "name": "queue_channel", "type": 7, "value": office.queue.to_string() },
            { "name": "first_level", "type": 8, "value": office.first_level.id.to_string() },
            { "name": "second_level", "type": 8, "value": office.second_level.id.to_string() },
        ] }],
    });
    let raw = RawInteraction::Command { data: command };
    let told = office.ana.sends_interaction_raw(office.support, raw).await.unwrap();
    assert!(told.message().is_some_and(|message| message.ephemeral), "{told:?}");
    assert!(!office.desk_is_set_up().await);
}
