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
use crate::config::Transcripts;
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

/// What transcripts will hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TranscriptCheck {
    /// What happened, as the company wants it.
    Story,
    /// What was written as well, as the company wants it.
    Messages,
    /// The company wants what was written, and Discord hides it from the bot.
    Hidden,
}

/// The application's own flags for the Message Content Intent, for bots in many servers and in few (Discord docs,
/// resources/application, "Application Flags").
const MESSAGE_CONTENT: u64 = 1 << 18 | 1 << 19;

/// Looks at what the company wants of transcripts and what Discord lets the bot read.
pub async fn check_transcripts(rest: &Rest, wanted: Transcripts) -> Result<TranscriptCheck, RestError> {
    #[derive(Deserialize)]
    struct Application {
        #[serde(default)]
        flags: u64,
    }
    if wanted == Transcripts::Story {
        return Ok(TranscriptCheck::Story);
    }
    let application: Application = rest.get(Route::Oauth2ApplicationCurrent).await?;
    let is_shown = application.flags & MESSAGE_CONTENT != 0;
    Ok(if is_shown { TranscriptCheck::Messages } else { TranscriptCheck::Hidden })
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

/// The rights that the bot is invited with: all that it needs anywhere, and no other.
pub fn invited_with() -> Permissions {
    BOT_IN_SUPPORT.iter().chain(&BOT_IN_QUEUE).map(|right| right.bits()).collect()
}

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
    /// The bot may not mention this role, so its people would not hear of what is for them.
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
    // Nobody hears of an escalation without it; of what first level is warned of, its people read in the queue anyway.
    let called = [(settings.second_level, Severity::Missing), (settings.first_level, Severity::Warning)];
    for (role, severity) in called.into_iter().filter(|(role, _)| is_queue && staff.contains(role)) {
        check.mention(role, queue, severity);
    }
    for specialism in named {
        check.specialism(specialism, settings);
    }
    check.everyone(is_support.then_some(support), is_queue.then_some(queue));
    check.findings.sort_by_key(|finding| finding.severity);
    check.findings
}

/// Every role beside the default one that is pinged somewhere, with the place: a ladder's next group is one more.
pub fn called(specialisms: &[Specialism]) -> Vec<Specialism> {
    let named = specialisms.iter().filter(|specialism| specialism.name.is_some()).cloned();
    let next = specialisms.iter().filter_map(|specialism| {
        Some(Specialism { role: specialism.ladder.next_role?, ..specialism.clone() })
    });
    named.chain(next).collect()
}

/// Everything that keeps the bot from posting in a channel of this server.
pub fn check_post(around: &Surroundings, channel: ChannelId) -> Vec<Finding> {
    let mut check = Check { around, findings: Vec::new() };
    check.channel(channel, &BOT_IN_QUEUE);
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
    fn mention(&mut self, role: RoleId, channel: ChannelId, severity: Severity) {
        let granted = self.around.granted(&self.around.bot_roles, Some(self.around.bot), channel);
        let mentionable = self.around.roles.get(&role).is_some_and(|facts| facts.mentionable);
        if !mentionable && !granted.contains(Permissions::MENTION_EVERYONE) {
            self.add(severity, What::CannotMention(role), Some(channel));
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
            self.mention(specialism.role, channel, Severity::Missing);
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
mod tests;
