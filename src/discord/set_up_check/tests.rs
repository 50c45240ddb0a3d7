//! Servers with one thing wrong, and what the check says about each.

use serenity::model::id;

use super::*;
use crate::domain::article::Language;
use crate::domain::id::SpecialismId;

const GUILD: u64 = 1;
const BOT: u64 = 2;
const SUPPORT: ChannelId = ChannelId(10);
const QUEUE: ChannelId = ChannelId(11);
const BOT_ROLE: RoleId = RoleId(20);
const FIRST: RoleId = RoleId(21);
const SECOND: RoleId = RoleId(22);

fn overwrite(role: u64, allow: Permissions, deny: Permissions) -> PermissionOverwrite {
    PermissionOverwrite { allow, deny, kind: PermissionOverwriteType::Role(id::RoleId::new(role)) }
}

/// A server in which everything is as it should be.
fn good() -> Surroundings {
    let everyone = Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::SEND_MESSAGES_IN_THREADS
        | Permissions::USE_APPLICATION_COMMANDS;
    let bot = Permissions::CREATE_PRIVATE_THREADS
        | Permissions::MANAGE_THREADS
        | Permissions::READ_MESSAGE_HISTORY
        | Permissions::EMBED_LINKS
        | Permissions::ATTACH_FILES;
    let role = |permissions, mentionable| RoleFacts { permissions, mentionable, managed: false };
    let staff_only = vec![
        overwrite(GUILD, Permissions::empty(), Permissions::VIEW_CHANNEL),
        overwrite(BOT_ROLE.snowflake(), Permissions::VIEW_CHANNEL, Permissions::empty()),
        overwrite(FIRST.snowflake(), Permissions::VIEW_CHANNEL, Permissions::empty()),
        overwrite(SECOND.snowflake(), Permissions::VIEW_CHANNEL, Permissions::empty()),
    ];
    Surroundings {
        guild: GuildId::from_snowflake(GUILD),
        roles: HashMap::from([
            (RoleId::from_snowflake(GUILD), role(everyone, false)),
            (BOT_ROLE, role(bot, false)),
            (FIRST, role(Permissions::empty(), true)),
            (SECOND, role(Permissions::empty(), true)),
        ]),
        channels: HashMap::from([
            (SUPPORT, ChannelFacts { is_text: true, overwrites: Vec::new() }),
            (QUEUE, ChannelFacts { is_text: true, overwrites: staff_only }),
        ]),
        bot: UserId::from_snowflake(BOT),
        bot_roles: vec![BOT_ROLE],
    }
}

fn settings() -> DeskSettings {
    DeskSettings {
        guild: GuildId::from_snowflake(GUILD),
        support_channel: SUPPORT,
        queue_channel: QUEUE,
        first_level: FIRST,
        second_level: SECOND,
        language: Language::En,
    }
}

fn whats(around: &Surroundings, settings: &DeskSettings) -> Vec<(Severity, What, Option<ChannelId>)> {
    check(around, settings, &[])
        .into_iter()
        .map(|finding| (finding.severity, finding.what, finding.channel))
        .collect()
}

#[test]
fn a_good_server_has_no_findings() {
    assert_eq!(whats(&good(), &settings()), []);
}

#[test]
fn every_missing_right_of_the_bot_is_named_with_its_channel() {
    let mut around = good();
    let support = around.channels.get_mut(&SUPPORT).unwrap();
    support.overwrites.push(PermissionOverwrite {
        allow: Permissions::empty(),
        deny: Permissions::VIEW_CHANNEL | Permissions::MANAGE_THREADS,
        kind: PermissionOverwriteType::Member(id::UserId::new(BOT)),
    });
    assert_eq!(
        whats(&around, &settings()),
        [
            (Severity::Missing, What::BotLacks(Right::View), Some(SUPPORT)),
            (Severity::Missing, What::BotLacks(Right::ManageThreads), Some(SUPPORT)),
        ]
    );
}

#[test]
fn an_own_overwrite_wins_over_those_of_roles_and_those_over_everyones() {
    let mut around = good();
    let support = around.channels.get_mut(&SUPPORT).unwrap();
    support.overwrites = vec![
        overwrite(GUILD, Permissions::empty(), Permissions::SEND_MESSAGES),
        overwrite(BOT_ROLE.snowflake(), Permissions::SEND_MESSAGES, Permissions::EMBED_LINKS),
        PermissionOverwrite {
            allow: Permissions::EMBED_LINKS,
            deny: Permissions::empty(),
            kind: PermissionOverwriteType::Member(id::UserId::new(BOT)),
        },
    ];
    assert_eq!(whats(&around, &settings()), []);
}

#[test]
fn an_administrator_has_every_right() {
    let mut around = good();
    around.roles.get_mut(&FIRST).unwrap().mentionable = false;
    around.roles.get_mut(&BOT_ROLE).unwrap().permissions = Permissions::ADMINISTRATOR;
    around.roles.get_mut(&SECOND).unwrap().mentionable = false;
    assert_eq!(whats(&around, &settings()), []);
}

#[test]
fn a_second_level_that_cannot_be_mentioned_would_never_hear_of_an_escalation() {
    let mut around = good();
    around.roles.get_mut(&SECOND).unwrap().mentionable = false;
    let cannot = (Severity::Missing, What::CannotMention(SECOND), Some(QUEUE));
    assert_eq!(whats(&around, &settings()), [cannot]);
    around.roles.get_mut(&BOT_ROLE).unwrap().permissions |= Permissions::MENTION_EVERYONE;
    assert_eq!(whats(&around, &settings()), []);
}

#[test]
fn a_first_level_that_cannot_be_mentioned_is_a_warning() {
    let mut around = good();
    around.roles.get_mut(&FIRST).unwrap().mentionable = false;
    let cannot = (Severity::Warning, What::CannotMention(FIRST), Some(QUEUE));
    assert_eq!(whats(&around, &settings()), [cannot]);
    around.roles.get_mut(&BOT_ROLE).unwrap().permissions |= Permissions::MENTION_EVERYONE;
    assert_eq!(whats(&around, &settings()), []);
}

#[test]
fn an_open_queue_and_a_hidden_support_channel_are_warnings() {
    let mut around = good();
    around.channels.get_mut(&QUEUE).unwrap().overwrites.clear();
    let deny = Permissions::VIEW_CHANNEL | Permissions::USE_APPLICATION_COMMANDS;
    around.channels.get_mut(&SUPPORT).unwrap().overwrites = vec![
        overwrite(GUILD, Permissions::empty(), deny),
        overwrite(BOT_ROLE.snowflake(), deny, Permissions::empty()),
        overwrite(FIRST.snowflake(), deny, Permissions::empty()),
        overwrite(SECOND.snowflake(), deny, Permissions::empty()),
    ];
    assert_eq!(
        whats(&around, &settings()),
        [
            (Severity::Warning, What::VisibleToEveryone, Some(QUEUE)),
            (Severity::Warning, What::EveryoneLacks(Right::View), Some(SUPPORT)),
            (Severity::Warning, What::EveryoneLacks(Right::UseCommands), Some(SUPPORT)),
        ]
    );
}

#[test]
fn staff_who_cannot_see_the_queue_are_named() {
    let mut around = good();
    around.channels.get_mut(&QUEUE).unwrap().overwrites.pop();
    let lacks = (Severity::Missing, What::RoleLacks(SECOND, Right::View), Some(QUEUE));
    assert_eq!(whats(&around, &settings()), [lacks]);
}

#[test]
fn wrong_choices_are_named() {
    let mut around = good();
    around.roles.get_mut(&SECOND).unwrap().managed = true;
    around.channels.get_mut(&SUPPORT).unwrap().is_text = false;
    let chosen =
        DeskSettings { queue_channel: SUPPORT, first_level: RoleId::from_snowflake(GUILD), ..settings() };
    assert_eq!(
        whats(&around, &chosen),
        [
            (Severity::Missing, What::SameChannel, Some(SUPPORT)),
            (Severity::Missing, What::NotATextChannel, Some(SUPPORT)),
            (Severity::Missing, What::EveryoneIsStaff, None),
            (Severity::Missing, What::ManagedRole(SECOND), None),
        ]
    );
    let gone = DeskSettings { support_channel: ChannelId(99), first_level: RoleId(98), ..settings() };
    assert_eq!(
        whats(&good(), &gone),
        [
            (Severity::Missing, What::ChannelGone, Some(ChannelId(99))),
            (Severity::Missing, What::RoleGone(RoleId(98)), None),
        ]
    );
}

#[test]
fn a_specialism_with_a_channel_of_its_own_is_checked_there() {
    let mut around = good();
    let own = ChannelId(12);
    around.channels.insert(own, ChannelFacts { is_text: true, overwrites: Vec::new() });
    around.roles.insert(
        RoleId(23),
        RoleFacts { permissions: Permissions::empty(), mentionable: false, managed: false },
    );
    let name = Some("Network".to_owned());
    let specialism = Specialism { channel: Some(own), ..Specialism::new(SpecialismId(2), name, RoleId(23)) };
    let findings = check(&around, &settings(), &[specialism]);
    let whats: Vec<_> = findings.iter().map(|finding| (finding.what, finding.channel)).collect();
    assert_eq!(whats, [(What::CannotMention(RoleId(23)), Some(own))]);
}
