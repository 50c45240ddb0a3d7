//! What it means that somebody wrote in a ticket's thread. What they wrote is not known here, and not needed.

use super::change::Change;
use super::{Desk, DeskError};
use crate::domain::actor::Standing;
use crate::domain::event::What;
use crate::domain::id::{ChannelId, GuildId, MessageId, RoleId, TicketId, UserId};
use crate::domain::job::Job;
use crate::domain::schedule;
use crate::domain::ticket::{Heard, Holder, Ticket};
use crate::domain::time::Timestamp;
use crate::domain::watch::{Speaker, Written};
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
        if !change.hear(speaker, Written { id: message.id, author: message.author }, now).await? {
            return Ok(());
        }
        change.commit().await?;
        self.ring();
        Ok(())
    }

    /// What was written in a ticket's thread while nobody listened, oldest first: it counts from when it was written.
    /// Returns whether it changed anything.
    pub async fn hear_late(&self, id: TicketId, written: &[Written]) -> Result<bool, DeskError> {
        let mut tx = self.store.begin().await?;
        let Some(ticket) = tx.lock_ticket_of_timer(id).await? else { return Ok(false) };
        let mut change = Change::new(tx, ticket, self.clock.now(), None).await?;
        if !change.hear_late(written).await? {
            return Ok(false);
        }
        change.commit().await?;
        self.ring();
        Ok(true)
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

impl Change {
    /// Takes note of a message as written at that time. Returns whether it changed anything.
    async fn hear(&mut self, speaker: Speaker, message: Written, at: Timestamp) -> Result<bool, StoreError> {
        let Some((heard, what)) = self.ticket.clone().hear(speaker, message.id, at) else { return Ok(false) };
        self.ticket = heard;
        let shown = match what {
            Heard::WaitedFor => Some(What::WentOn),
            Heard::FirstAnswer => Some(What::Answered),
            Heard::Noted => None,
        };
        if let Some(what) = shown {
            self.tx.record(self.ticket.id, Some(message.author), &what, at).await?;
            self.follow_up(&[Job::UpdateCards]).await?;
        }
        Ok(true)
    }

    /// The same for messages that nobody heard, oldest first. Discord does not say what their writers are, so of staff only
    /// whoever has the ticket is known.
    pub(super) async fn hear_late(&mut self, written: &[Written]) -> Result<bool, StoreError> {
        let Some(after) = schedule::unheard_after(&self.ticket) else { return Ok(false) };
        let mut is_news = false;
        for message in written.iter().filter(|message| message.id > after) {
            let holder = self.ticket.status.holder().map(Holder::user);
            let speaker = if self.ticket.is_requester(message.author) {
                Speaker::Requester
            } else if holder == Some(message.author) {
                Speaker::Staff(message.author)
            } else {
                continue;
            };
            is_news |= self.hear(speaker, *message, message.at().min(self.now)).await?;
        }
        Ok(is_news)
    }
}
