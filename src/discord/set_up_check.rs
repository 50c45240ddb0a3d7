//! What Discord has to grant for a desk to work, and what it does grant: computed from roles and overwrites as Discord
//! does (Discord docs, topics/permissions, "Permission Overwrites").
//!
//! The result is data, for `/desk setup`, `/desk check` and the doctor alike. Each right is looked at by itself, so that
//! everything missing is named in one go, also where one missing right hides the others. Time-outs of the bot are not
//! considered: they pass.

use std::collections::HashMap;

use serde::Deserialize;
use serenity::http::Route;
use serenity::model::Permissions;
use serenity::model::channel::{ChannelType, PermissionOverwrite, PermissionOverwriteType};

use super::rest::{Rest, RestError};
use crate::domain::desk::{DeskSettings, Specialism};
use crate::domain::id::{ChannelId, GuildId, RoleId, UserId};

/// A right that the desk needs somebody to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// View Channel
    View,
    /// Send Messages
    Send,
    /// Create Private Threads
    CreatePrivateThreads,
    /// Send Messages in Threads
    SendInThreads,
    /// Manage Threads
    ManageThreads,
    /// Read Message History
    ReadHistory,
    /// Embed Links
    EmbedLinks,
    /// Attach Files
    AttachFiles,
    /// Use Application Commands
    UseCommands,
}

/// What the bot needs where tickets are threads.
const BOT_IN_SUPPORT: [Right; 8] = [
    Right::View,
    Right::Send,
    Right::CreatePrivateThreads,
    Right::SendInThreads,
    Right::ManageThreads,
    Right::ReadHistory,
    Right::EmbedLinks,
    Right::AttachFiles,
];
/// What the bot needs where cards and packets stand.
const BOT_IN_QUEUE: [Right; 5] =
    [Right::View, Right::Send, Right::ReadHistory, Right::EmbedLinks, Right::AttachFiles];
/// What staff need in the channel whose threads are the tickets.
const STAFF_IN_SUPPORT: [Right; 2] = [Right::View, Right::SendInThreads];

impl Right {
    const fn bits(self) -> Permissions {
        match self {
            Self::View => Permissions::VIEW_CHANNEL,
            Self::Send => Permissions::SEND_MESSAGES,
            Self::CreatePrivateThreads => Permissions::CREATE_PRIVATE_THREADS,
            Self::SendInThreads => Permissions::SEND_MESSAGES_IN_THREADS,
            Self::ManageThreads => Permissions::MANAGE_THREADS,
            Self::ReadHistory => Permissions::READ_MESSAGE_HISTORY,
            Self::EmbedLinks => Permissions::EMBED_LINKS,
            Self::AttachFiles => Permissions::ATTACH_FILES,
            Self::UseCommands => Permissions::USE_APPLICATION_COMMANDS,
        }
    }
}

/// Whether the desk can work without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot.
    Missing,
    /// It can, but probably not as meant.
    Warning,
}

/// Something that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// What.
    pub what: What,
    /// Where, if it is about a channel.
    pub channel: Option<ChannelId>,
}

/// What is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// There is no such channel any more.
    ChannelGone,
    /// Threads and cards need a text channel.
    NotATextChannel,
    /// One channel cannot be both for everybody and for staff.
    SameChannel,
    /// There is no such role any more.
    RoleGone(RoleId),
    /// Everybody would be staff.
    EveryoneIsStaff,
    /// An integration gives this role, so nobody can be given it.
    ManagedRole(RoleId),
    /// The bot may not mention this role, so nobody would hear of an escalation.
    CannotMention(RoleId),
    /// The bot lacks a right.
    BotLacks(Right),
    /// A role of staff lacks a right.
    RoleLacks(RoleId, Right),
    /// The staff's channel can be seen by everybody.
    VisibleToEveryone,
    /// Not everybody can ask for support here.
    EveryoneLacks(Right),
}

/// What Discord says about a server, as far as the check needs it.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The server; its id is the id of the role that everybody has.
    pub guild: GuildId,
    /// All roles.
    pub roles: HashMap<RoleId, RoleFacts>,
    /// All channels.
    pub channels: HashMap<ChannelId, ChannelFacts>,
    /// The bot's account.
    pub bot: UserId,
    /// The roles that it has.
    pub bot_roles: Vec<RoleId>,
}

/// What the check needs to know about a role.
#[derive(Clone, Copy, Debug)]
pub struct RoleFacts {
    /// What it grants in the whole server.
    pub permissions: Permissions,
    /// Whether everybody may mention it.
    pub mentionable: bool,
    /// Whether an integration gives it.
    pub managed: bool,
}

/// What the check needs to know about a channel.
#[derive(Clone, Debug)]
pub struct ChannelFacts {
    /// Whether it is an ordinary text channel.
    pub is_text: bool,
    /// What differs in it from the whole server.
    pub overwrites: Vec<PermissionOverwrite>,
}

/// A role as Discord describes it, as far as it matters here.
#[derive(Deserialize)]
struct RoleRead {
    id: serenity::model::id::RoleId,
    permissions: Permissions,
    mentionable: bool,
    managed: bool,
}

/// A channel.
#[derive(Deserialize)]
struct ChannelRead {
    id: serenity::model::id::ChannelId,
    #[serde(rename = "type")]
    kind: ChannelType,
    #[serde(default)]
    permission_overwrites: Vec<PermissionOverwrite>,
}

/// A member.
#[derive(Deserialize)]
struct MemberRead {
    roles: Vec<serenity::model::id::RoleId>,
}

/// Asks Discord about a server: three requests.
pub async fn look_around(rest: &Rest, guild: GuildId, bot: UserId) -> Result<Surroundings, RestError> {
    let guild_id = serenity::model::id::GuildId::new(guild.snowflake());
    let user_id = serenity::model::id::UserId::new(bot.snowflake());
    let roles: Vec<RoleRead> = rest.get(Route::GuildRoles { guild_id }).await?;
    let channels: Vec<ChannelRead> = rest.get(Route::GuildChannels { guild_id }).await?;
    let member: MemberRead = rest.get(Route::GuildMember { guild_id, user_id }).await?;
    let roles = roles.into_iter().map(|role| {
        let facts =
            RoleFacts { permissions: role.permissions, mentionable: role.mentionable, managed: role.managed };
        (RoleId::from_snowflake(role.id.get()), facts)
    });
    let channels = channels.into_iter().map(|channel| {
        let is_text = channel.kind == ChannelType::Text;
        let facts = ChannelFacts { is_text, overwrites: channel.permission_overwrites };
        (ChannelId::from_snowflake(channel.id.get()), facts)
    });
    Ok(Surroundings {
        guild,
        roles: roles.collect(),
        channels: channels.collect(),
        bot,
        bot_roles: member.roles.iter().map(|role| RoleId::from_snowflake(role.get())).collect(),
    })
}

/// Everything that is not as these settings and specialisms need it, the worst first.
pub fn check(around: &Surroundings, settings: &DeskSettings, named: &[Specialism]) -> Vec<Finding> {
    let mut check = Check { around, findings: Vec::new() };
    let (support, queue) = (settings.support_channel, settings.queue_channel);
    if support == queue {
        check.missing(What::SameChannel, Some(support));
    }
    let is_support = check.channel(support, &BOT_IN_SUPPORT);
    let is_queue = check.channel(queue, &BOT_IN_QUEUE);
    let staff = [settings.first_level, settings.second_level];
    let staff: Vec<_> = staff.into_iter().filter(|role| check.role(*role)).collect();
    for &role in &staff {
        if is_support {
            check.role_can(role, support, &STAFF_IN_SUPPORT);
        }
        if is_queue {
            check.role_can(role, queue, &[Right::View]);
        }
    }
    if is_queue && staff.contains(&settings.second_level) {
        check.mention(settings.second_level, queue);
    }
    for specialism in named {
        check.specialism(specialism, settings);
    }
    check.everyone(is_support.then_some(support), is_queue.then_some(queue));
    check.findings.sort_by_key(|finding| finding.severity);
    check.findings
}

struct Check<'a> {
    around: &'a Surroundings,
    findings: Vec<Finding>,
}

impl Check<'_> {
    fn missing(&mut self, what: What, channel: Option<ChannelId>) {
        self.add(Severity::Missing, what, channel);
    }

    fn add(&mut self, severity: Severity, what: What, channel: Option<ChannelId>) {
        let finding = Finding { severity, what, channel };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// A channel with what the bot needs in it. `false` when there is nothing more to look at.
    fn channel(&mut self, channel: ChannelId, needed: &[Right]) -> bool {
        let Some(facts) = self.around.channels.get(&channel) else {
            self.missing(What::ChannelGone, Some(channel));
            return false;
        };
        if !facts.is_text {
            self.missing(What::NotATextChannel, Some(channel));
            return false;
        }
        let granted = self.around.granted(&self.around.bot_roles, Some(self.around.bot), channel);
        for right in needed.iter().filter(|right| !granted.contains(right.bits())) {
            self.missing(What::BotLacks(*right), Some(channel));
        }
        true
    }

    /// A role that is to make people staff. `false` when there is nothing more to look at.
    fn role(&mut self, role: RoleId) -> bool {
        if role.0 == self.around.guild.0 {
            self.missing(What::EveryoneIsStaff, None);
            return false;
        }
        match self.around.roles.get(&role) {
            None => self.missing(What::RoleGone(role), None),
            Some(facts) if facts.managed => self.missing(What::ManagedRole(role), None),
            Some(_) => return true,
        }
        false
    }

    fn role_can(&mut self, role: RoleId, channel: ChannelId, needed: &[Right]) {
        let granted = self.around.granted(&[role], None, channel);
        for right in needed.iter().filter(|right| !granted.contains(right.bits())) {
            self.missing(What::RoleLacks(role, *right), Some(channel));
        }
    }

    /// Mentioning a role needs either its own setting or a right of the bot (Discord docs, resources/message, "Allowed
    /// Mentions Object").
    fn mention(&mut self, role: RoleId, channel: ChannelId) {
        let granted = self.around.granted(&self.around.bot_roles, Some(self.around.bot), channel);
        let mentionable = self.around.roles.get(&role).is_some_and(|facts| facts.mentionable);
        if !mentionable && !granted.contains(Permissions::MENTION_EVERYONE) {
            self.missing(What::CannotMention(role), Some(channel));
        }
    }

    fn specialism(&mut self, specialism: &Specialism, settings: &DeskSettings) {
        if !self.role(specialism.role) {
            return;
        }
        let channel = specialism.packet_channel(settings);
        // The queue channel itself has been looked at.
        let is_there = if channel == settings.queue_channel {
            self.around.channels.get(&channel).is_some_and(|facts| facts.is_text)
        } else {
            self.channel(channel, &BOT_IN_QUEUE)
        };
        if is_there {
            self.role_can(specialism.role, channel, &[Right::View]);
            self.mention(specialism.role, channel);
        }
        if self.around.channels.contains_key(&settings.support_channel) {
            self.role_can(specialism.role, settings.support_channel, &STAFF_IN_SUPPORT);
        }
    }

    fn everyone(&mut self, support: Option<ChannelId>, queue: Option<ChannelId>) {
        if let Some(queue) = queue.filter(|queue| Some(*queue) != support)
            && self.around.granted(&[], None, queue).contains(Permissions::VIEW_CHANNEL)
        {
            self.add(Severity::Warning, What::VisibleToEveryone, Some(queue));
        }
        if let Some(support) = support {
            let granted = self.around.granted(&[], None, support);
            // Writing in their own thread is part of asking for support.
            for right in [Right::View, Right::UseCommands, Right::SendInThreads] {
                if !granted.contains(right.bits()) {
                    self.add(Severity::Warning, What::EveryoneLacks(right), Some(support));
                }
            }
        }
    }
}

impl Surroundings {
    /// What somebody with these roles is granted in a channel, right by right.
    fn granted(&self, roles: &[RoleId], user: Option<UserId>, channel: ChannelId) -> Permissions {
        let everyone = RoleId(self.guild.0);
        let of = |role: &RoleId| self.roles.get(role).map_or(Permissions::empty(), |facts| facts.permissions);
        let base = roles.iter().fold(of(&everyone), |granted, role| granted | of(role));
        if base.contains(Permissions::ADMINISTRATOR) {
            return Permissions::all();
        }
        let Some(facts) = self.channels.get(&channel) else { return Permissions::empty() };
        let (mut granted, mut role_allow, mut role_deny) = (base, Permissions::empty(), Permissions::empty());
        let mut own = None;
        for overwrite in &facts.overwrites {
            match overwrite.kind {
                PermissionOverwriteType::Role(role) if role.get() == everyone.snowflake() => {
                    granted = (granted & !overwrite.deny) | overwrite.allow;
                }
                PermissionOverwriteType::Role(role)
                    if roles.contains(&RoleId::from_snowflake(role.get())) =>
                {
                    role_allow |= overwrite.allow;
                    role_deny |= overwrite.deny;
                }
                PermissionOverwriteType::Member(member)
                    if user.is_some_and(|user| user.snowflake() == member.get()) =>
                {
                    own = Some(overwrite);
                }
                _ => {}
            }
        }
        granted = (granted & !role_deny) | role_allow;
        match own {
            Some(overwrite) => (granted & !overwrite.deny) | overwrite.allow,
            None => granted,
        }
    }
}

#[cfg(test)]
mod tests {
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
                (FIRST, role(Permissions::empty(), false)),
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
        let specialism = Specialism {
            id: SpecialismId(2),
            name: Some("Network".to_owned()),
            role: RoleId(23),
            channel: Some(own),
        };
        let findings = check(&around, &settings(), &[specialism]);
        let whats: Vec<_> = findings.iter().map(|finding| (finding.what, finding.channel)).collect();
        assert_eq!(whats, [(What::CannotMention(RoleId(23)), Some(own))]);
    }
}
