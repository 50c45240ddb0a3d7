//! Setting the desk up.

use frontdesk::sandbox::permissions;
use frontdesk::sandbox::{OptionInput, Overwrite};

use crate::office::{Acts as _, Office};

async fn set_up(office: &Office) -> String {
    let answer = office.set_up().await.expect_message();
    let done =
        office.dora.waits_for(office.support, |message| message.id == answer.id && !message.loading).await;
    done.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn set_up_names_exactly_what_is_missing_and_where() {
    let office = Office::start_bare().await;
    let bot = office.sandbox.bot_id();
    let denied = permissions::MANAGE_THREADS | permissions::CREATE_PRIVATE_THREADS;
    office.guild.set_overwrites(office.support, &[Overwrite::member(bot, 0, denied)]);
    let told = set_up(&office).await;
    assert!(told.contains("Manage Threads") && told.contains("Create Private Threads"), "{told}");
    assert!(told.contains("#support"), "{told}");
    assert!(!told.contains("Embed Links"), "only what is missing: {told}");
    assert!(!office.desk_is_set_up().await, "nothing is saved");

    office.guild.set_overwrites(office.support, &[]);
    let told = set_up(&office).await;
    assert!(office.desk_is_set_up().await, "{told}");
    let again = set_up(&office).await;
    assert!(office.desk_is_set_up().await, "{again}");
    assert_eq!(office.opens_ticket(&office.ana, "xqzvw").await.number, "#1");
    set_up(&office).await;
    assert_eq!(office.opens_ticket(&office.ana, "xqzvw").await.number, "#2", "numbers go on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_cannot_be_pinged_or_cannot_see_is_named() {
    let office = Office::start_bare().await;
    let _ = office.second_level.clone().mentionable(false);
    let told = set_up(&office).await;
    assert!(told.contains("@Network"), "{told}");
    let _ = office.second_level.clone().mentionable(true);
    office.guild.set_overwrites(
        office.queue,
        &[
            Overwrite::role(office.guild.id, 0, permissions::VIEW_CHANNEL),
            Overwrite::member(office.sandbox.bot_id(), permissions::VIEW_CHANNEL, 0),
            Overwrite::member(office.dora.id(), permissions::VIEW_CHANNEL, 0),
        ],
    );
    let told = set_up(&office).await;
    assert!(told.contains("#support-queue") && told.contains("@First Level"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_level_that_cannot_be_warned_is_named_and_set_up_all_the_same() {
    let office = Office::start_bare().await;
    let told = set_up(&office).await;
    assert!(!told.contains("I cannot mention"), "{told}");
    let _ = office.first_level.clone().mentionable(false);
    let told = set_up(&office).await;
    assert!(office.desk_is_set_up().await, "{told}");
    for told in [told, checked(&office).await] {
        assert!(told.contains("I cannot mention @First Level in #support-queue"), "{told}");
    }
    let bot = office.sandbox.bot_id();
    let may = Overwrite::member(bot, permissions::VIEW_CHANNEL | permissions::MENTION_EVERYONE, 0);
    office.guild.set_overwrites(office.queue, &[may]);
    let told = checked(&office).await;
    assert!(!told.contains("I cannot mention"), "{told}");
}

async fn checked(office: &Office) -> String {
    let told = office.dora.runs(office.support, "desk check", &[]).await.expect_message();
    let done = |message: &frontdesk::sandbox::SeenMessage| message.id == told.id && !message.loading;
    office.dora.waits_for(office.support, done).await.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_channel_twice_is_refused() {
    let office = Office::start_bare().await;
    let mut options = office.set_up_options();
    options[1].1 = OptionInput::Channel(office.support);
    let answer = office.dora.uses(office.support, "desk setup", options).await.unwrap().expect_message();
    office.dora.waits_for(office.support, |message| message.id == answer.id && !message.loading).await;
    assert!(!office.desk_is_set_up().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_set_up_people_are_answered_and_told_what_is_missing() {
    let office = Office::start_bare().await;
    let answer = office.ana.asks(office.support, "my VPN does not connect").await;
    assert!(answer.contains("VPN"), "{answer}");
    let told = office.ana.presses(answer.id, "Open a ticket").await.unwrap();
    let told = match told.modal() {
        Some(form) => office.ana.submits(form, &[]).await.unwrap().expect_message(),
        None => told.expect_message(),
    };
    assert!(told.contains("/desk setup"), "{told}");
    assert!(office.guild.threads().is_empty());
}
