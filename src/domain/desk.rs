//! A server's desk: its channels, roles and specialisms, as `/desk setup` saved them.

use secrecy::SecretString;

use super::article::Language;
use super::id::{CategoryId, ChannelId, GuildId, RoleId, SpecialismId, UserId};
use super::ladder::LadderRule;

/// What `/desk setup` saves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskSettings {
    /// The server.
    pub guild: GuildId,
    /// Tickets are private threads under this channel.
    pub support_channel: ChannelId,
    /// The staff's channel with the live cards.
    pub queue_channel: ChannelId,
    /// The role of first-level agents.
    pub first_level: RoleId,
    /// The role of the default specialism.
    pub second_level: RoleId,
    /// The language of what everybody reads: cards, packets, notes in threads.
    pub language: Language,
}

/// A field of second-level work with the role that does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Specialism {
    /// Its row.
    pub id: SpecialismId,
    /// The name people pick; `None` for the one that set-up makes, which is named in the reader's language.
    pub name: Option<String>,
    /// What readers of German see, if something else.
    pub german: Option<String>,
    /// The role that is pinged, and whose members may accept.
    pub role: RoleId,
    /// Where its packets go; the queue channel when there is none.
    pub channel: Option<ChannelId>,
    /// When to escalate to it, in a sentence.
    pub note: Option<String>,
    /// The categories it serves.
    pub serves: Vec<CategoryId>,
    /// Whom its escalations call, and when.
    pub ladder: LadderRule,
    /// Whether it is an outside provider, and how that is reached.
    pub provider: Option<Provider>,
}

/// How an outside provider is reached, besides the packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// Somebody of the role passes it on.
    ByHand,
    /// Their own system is called as well.
    Webhook,
}

/// Where a provider's own system is called. Both halves are secret: an address may hold a token.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The address.
    pub url: SecretString,
    /// What the calls are signed with.
    pub secret: SecretString,
}

/// Two things beside the settings that only `/desk` changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeskPeople {
    /// Members of this role have their tickets one level up.
    pub vip: Option<RoleId>,
    /// Who set the desk up last: the end of every ladder.
    pub admin: Option<UserId>,
}

impl Specialism {
    /// One without anything that may be left out.
    pub fn new(id: SpecialismId, name: Option<String>, role: RoleId) -> Self {
        Self {
            id,
            name,
            german: None,
            role,
            channel: None,
            note: None,
            serves: Vec::new(),
            ladder: LadderRule::default(),
            provider: None,
        }
    }

    /// The channel its packets go to.
    pub fn packet_channel(&self, settings: &DeskSettings) -> ChannelId {
        self.channel.unwrap_or(settings.queue_channel)
    }

    /// Whether somebody may act for it: its role, and those whom its ladder calls.
    pub fn is_served_by(&self, user: UserId, roles: &[RoleId]) -> bool {
        let role = |role: RoleId| roles.contains(&role);
        role(self.role) || self.ladder.next_role.is_some_and(role) || self.ladder.lead == Some(user)
    }
}
