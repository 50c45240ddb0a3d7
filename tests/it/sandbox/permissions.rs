//! Discord's permission algorithm, rule by rule (topics/permissions).

use std::time::Duration;

use frontdesk::sandbox::{Guild, Overwrite, Person, Sandbox, SandboxOptions, permissions as p};

async fn stage() -> (Sandbox, Guild) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let guild = sandbox.create_guild("Acme");
    guild.set_everyone(p::VIEW_CHANNEL | p::SEND_MESSAGES | p::SEND_MESSAGES_IN_THREADS);
    (sandbox, guild)
}

fn has(guild: &Guild, channel: u64, person: &Person, bits: u64) -> bool {
    guild.permissions_in(channel, person.id()) & bits == bits
}

#[tokio::test]
async fn overwrites_go_from_everyone_over_roles_to_the_member() {
    let (_sandbox, guild) = stage().await;
    let (red, blue) = (guild.create_role("Red"), guild.create_role("Blue"));
    let ana = guild.add_member("Ana", "de", &[&red, &blue]);
    let ben = guild.add_member("Ben", "de", &[]);
    let channel = guild.create_text_channel(
        "c",
        &[
            Overwrite::role(guild.id, 0, p::SEND_MESSAGES),
            Overwrite::role(red.id, 0, p::ATTACH_FILES | p::SEND_MESSAGES),
            Overwrite::role(blue.id, p::SEND_MESSAGES, 0),
        ],
    );
    assert!(has(&guild, channel, &ana, p::SEND_MESSAGES), "of several roles allow beats deny");
    assert!(!has(&guild, channel, &ben, p::SEND_MESSAGES));
    guild.set_overwrites(
        channel,
        &[Overwrite::role(blue.id, p::SEND_MESSAGES, 0), Overwrite::member(ana.id(), 0, p::SEND_MESSAGES)],
    );
    assert!(!has(&guild, channel, &ana, p::SEND_MESSAGES), "the member's own overwrite is last");
}

#[tokio::test]
async fn administrators_and_the_owner_pass_everything() {
    let (_sandbox, guild) = stage().await;
    let admin = guild.create_role("Admin").permissions(p::ADMINISTRATOR);
    let ana = guild.add_member("Ana", "de", &[&admin]);
    let channel = guild.create_text_channel("c", &[Overwrite::member(ana.id(), 0, p::ALL)]);
    assert!(has(&guild, channel, &ana, p::ALL));
    assert!(has(&guild, channel, &guild.owner().unwrap(), p::ALL));
    guild.take_role(&ana, &admin);
    assert_eq!(guild.permissions_in(channel, ana.id()), 0, "who cannot see a channel can do nothing in it");
}

#[tokio::test]
async fn who_cannot_write_can_neither_ping_nor_attach() {
    let (_sandbox, guild) = stage().await;
    guild.set_everyone(p::VIEW_CHANNEL | p::ATTACH_FILES | p::EMBED_LINKS | p::MENTION_EVERYONE);
    let ana = guild.add_member("Ana", "de", &[]);
    let channel = guild.create_text_channel("c", &[]);
    assert_eq!(guild.permissions_in(channel, ana.id()), p::VIEW_CHANNEL);
}

#[tokio::test]
async fn a_timed_out_member_may_only_read() {
    let (sandbox, guild) = stage().await;
    let all = guild.create_role("All").permissions(p::ALL & !p::ADMINISTRATOR);
    let ana = guild.add_member("Ana", "de", &[&all]);
    let channel = guild.create_text_channel("c", &[Overwrite::member(ana.id(), p::SEND_MESSAGES, 0)]);
    guild.time_out(&ana, Duration::from_mins(5));
    assert_eq!(guild.permissions_in(channel, ana.id()), p::VIEW_CHANNEL | p::READ_MESSAGE_HISTORY);
    sandbox.advance(Duration::from_mins(6));
    assert!(has(&guild, channel, &ana, p::SEND_MESSAGES));
}

#[tokio::test]
async fn names_of_bits_are_discords() {
    assert_eq!(p::names(p::VIEW_CHANNEL | p::MANAGE_THREADS), ["VIEW_CHANNEL", "MANAGE_THREADS"]);
    assert_eq!(
        (p::MANAGE_THREADS, p::SEND_MESSAGES_IN_THREADS, p::PIN_MESSAGES),
        (1 << 34, 1 << 38, 1 << 51)
    );
}
