//! What it means that somebody wrote in a ticket's thread. What they wrote is not known here, and not needed.

use super::change::Change;
use super::{Desk, DeskError};
use crate::domain::actor::Standing;
use crate::domain::event::What;
use crate::domain::id::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::job::Job;
use crate::domain::ticket::{Heard, Ticket};
use crate::domain::watch::Speaker;
use crate::store::{StoreError, TicketKey};

/// A message, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its server.
    pub guild: GuildId,
    /// The thread or channel.
    pub channel: ChannelId,
    /// Itself.
    pub id: MessageId,
    /// Who wrote it.
    pub author: UserId,
    /// What they are.
    pub roles: Vec<RoleId>,
}

impl Desk {
    /// Whether a channel is the thread of a ticket.
    pub async fn is_ticket_thread(&self, guild: GuildId, channel: ChannelId) -> Result<bool, StoreError> {
        Ok(self.store.ticket(guild, TicketKey::Thread(channel)).await?.is_some())
    }

    /// Somebody wrote in a ticket's thread. Most messages change nothing, and then nothing is locked or written.
    pub async fn hear(&self, message: &Message) -> Result<(), DeskError> {
        let key = TicketKey::Thread(message.channel);
        let Some(ticket) = self.store.ticket(message.guild, key).await? else { return Ok(()) };
        let Some(speaker) = self.speaker(&ticket, message).await? else { return Ok(()) };
        let now = self.clock.now();
        if ticket.hear(speaker, message.id, now).is_none() {
            return Ok(());
        }
        let mut tx = self.store.begin().await?;
        let Some(ticket) = tx.lock_ticket(message.guild, key).await? else { return Ok(()) };
        let mut change = Change::new(tx, ticket, now, Some(message.author)).await?;
        let Some((heard, what)) = change.ticket.clone().hear(speaker, message.id, now) else { return Ok(()) };
        change.ticket = heard;
        let shown = match what {
            Heard::WaitedFor => Some(What::WentOn),
            Heard::FirstAnswer => Some(What::Answered),
            Heard::Noted => None,
        };
        if let Some(what) = shown {
            change.record(&what).await?;
            change.follow_up(&[Job::UpdateCards]).await?;
        }
        change.commit().await?;
        self.ring();
        Ok(())
    }

    async fn speaker(&self, ticket: &Ticket, message: &Message) -> Result<Option<Speaker>, StoreError> {
        if ticket.is_requester(message.author) {
            return Ok(Some(Speaker::Requester));
        }
        let Some(set_up) = self.set_up(message.guild).await? else { return Ok(None) };
        // Who may manage the server is not among the roles, and makes nobody staff.
        let manager = false;
        let member = (message.author, message.roles.as_slice());
        let standing = Standing::of_member(member, manager, &set_up.settings, &set_up.specialisms);
        Ok(standing.is_staff().then_some(Speaker::Staff(message.author)))
    }
}
