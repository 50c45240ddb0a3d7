//! A server's desk: its channels, roles and specialisms, as `/desk setup` saved them.

use super::article::Language;
use super::id::{ChannelId, GuildId, RoleId, SpecialismId};

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
    /// The role that is pinged, and whose members may accept.
    pub role: RoleId,
    /// Where its packets go; the queue channel when there is none.
    pub channel: Option<ChannelId>,
}

impl Specialism {
    /// The channel its packets go to.
    pub fn packet_channel(&self, settings: &DeskSettings) -> ChannelId {
        self.channel.unwrap_or(settings.queue_channel)
    }
}
