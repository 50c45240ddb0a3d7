//! Delivers the outbox to Discord, one call a job where that is possible.
//!
//! What makes a second attempt harmless: a thread is looked for by its ticket's number and adopted; a message carries
//! a nonce that Discord enforces for some minutes, and a mark in its footer by which it is found after that; edits,
//! members, archive and lock are the same when done twice.

mod messenger;
mod review;

use std::sync::Arc;

use serde::Deserialize;
use serenity::builder::{CreateThread, EditThread};
use serenity::http::{LightMethod, Route};
use serenity::model::channel::{AutoArchiveDuration, ChannelType};
use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use super::failure::{INVALID_WEBHOOK_TOKEN, UNKNOWN_CHANNEL, UNKNOWN_MEMBER, UNKNOWN_USER, UNKNOWN_WEBHOOK};
use super::rest::RestError;
use super::views;
use super::{Cx, Identity};
use messenger::{JobThread, Messenger};

use crate::desk::SetUp;
use crate::domain::id;
use crate::domain::job::{Job, Lane, Posted, QueuedJob, Say};
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::Timestamp;
use crate::jobs::{Deliver, Failure};

/// How often an answer is looked for before it counts as never given.
const LINK_ATTEMPTS: i64 = 2;

/// Longest name of a thread (resources/channel, start thread without message).
const THREAD_NAME_MAX: usize = 100;

/// The deliverer.
#[derive(Debug)]
pub struct Courier {
    cx: Arc<Cx>,
    identity: Identity,
}

impl Courier {
    /// A deliverer that uses the bot's clients.
    pub fn new(cx: Arc<Cx>, identity: Identity) -> Self {
        Self { cx, identity }
    }
}

impl Deliver for Courier {
    async fn deliver(&self, queued: &QueuedJob) -> Result<(), Failure> {
        let ticket = match queued.lane {
            Lane::Ticket(ticket) => ticket,
            Lane::Article(article) => {
                let messenger = Messenger { cx: &self.cx, identity: self.identity, queued, thread: None };
                return review::deliver(&messenger, article, &queued.job).await;
            }
            Lane::Desk(_) => return Err(give_up("it is about no ticket")),
        };
        let Some(ticket) = self.cx.desk.ticket_of_job(ticket).await? else {
            return Err(give_up("its ticket is gone"));
        };
        let Some(set_up) = self.cx.desk.set_up(ticket.guild).await? else {
            return Err(give_up("its desk is gone"));
        };
        let is_closed = matches!(ticket.status, Status::Closed { .. });
        let thread = ticket.places.thread.map(|thread| JobThread { thread: channel(thread), is_closed });
        let messenger = Messenger { cx: &self.cx, identity: self.identity, queued, thread };
        let delivery = Delivery { cx: &self.cx, identity: self.identity, queued, messenger, ticket, set_up };
        match &queued.job {
            Job::CreateThread => delivery.create_thread().await,
            Job::AddMember { user } => delivery.add_member(*user).await,
            Job::PostThreadCard => delivery.post_thread_card().await,
            Job::PostQueueCard => delivery.post_queue_card().await,
            Job::LinkThread { token, expires_at } => delivery.link_thread(token.expose(), *expires_at).await,
            Job::UpdateCards => delivery.update_cards().await,
            Job::UpdateQueueCard => delivery.update_queue_card().await,
            Job::PostEscalation { escalation } => delivery.post_escalation(*escalation).await,
            Job::UpdateEscalation { escalation } => delivery.update_escalation(*escalation).await,
            Job::Say { what } => delivery.say(what).await,
            Job::CloseThread => delivery.close_thread().await,
            Job::OpenThread => delivery.open_thread().await,
            Job::PostClosingNote => delivery.post_closing_note().await,
            Job::ShowReview | Job::TellAuthor => Err(give_up("it is about no ticket")),
        }
    }
}

/// What is read of a thread, and nothing more: what Discord adds or leaves out elsewhere is no concern of ours.
#[derive(Deserialize)]
struct Thread {
    id: ChannelId,
    #[serde(default)]
    name: String,
    parent_id: Option<ChannelId>,
    owner_id: Option<UserId>,
}

#[derive(Deserialize)]
struct ActiveThreads {
    threads: Vec<Thread>,
}

/// One job with what it is about, as it is now.
struct Delivery<'a> {
    cx: &'a Cx,
    identity: Identity,
    queued: &'a QueuedJob,
    messenger: Messenger<'a>,
    ticket: Ticket,
    set_up: SetUp,
}

impl Delivery<'_> {
    async fn create_thread(&self) -> Result<(), Failure> {
        if self.ticket.places.thread.is_some() {
            return Ok(());
        }
        let thread = match self.earlier_thread().await? {
            Some(thread) => thread,
            None => self.new_thread().await?,
        };
        let mut tx = self.cx.desk.store.begin().await?;
        tx.thread_made(self.ticket.id, id::ChannelId::from_snowflake(thread.get())).await?;
        Ok(tx.commit().await?)
    }

    async fn new_thread(&self) -> Result<ChannelId, Failure> {
        let name = format!("{} {}", self.number(), self.ticket.subject);
        let thread = CreateThread::new(name.chars().take(THREAD_NAME_MAX).collect::<String>())
            .kind(ChannelType::PrivateThread)
            .invitable(false)
            .auto_archive_duration(AutoArchiveDuration::OneWeek);
        let route = Route::ChannelThreads { channel_id: channel(self.set_up.settings.support_channel) };
        let thread: Thread = self.cx.rest.send_json(LightMethod::Post, route, &thread).await?;
        Ok(thread.id)
    }

    /// A thread that an earlier attempt made without living to write it down.
    async fn earlier_thread(&self) -> Result<Option<ChannelId>, Failure> {
        if self.queued.attempts == 0 {
            return Ok(None);
        }
        let guild_id = GuildId::new(self.ticket.guild.snowflake());
        let route = Route::GuildThreadsActive { guild_id };
        let active: ActiveThreads = self.cx.rest.get(route).await?;
        let support_channel = channel(self.set_up.settings.support_channel);
        let prefix = format!("{} ", self.number());
        let ours = active.threads.into_iter().find(|thread| {
            thread.parent_id == Some(support_channel)
                && thread.owner_id == Some(self.identity.bot)
                && thread.name.starts_with(&prefix)
        });
        Ok(ours.map(|thread| thread.id))
    }

    async fn add_member(&self, user: id::UserId) -> Result<(), Failure> {
        let channel_id = self.thread()?;
        let user_id = UserId::new(user.snowflake());
        let route = Route::ChannelThreadMember { channel_id, user_id };
        let added = self.messenger.in_open_thread(|| self.cx.rest.call(LightMethod::Put, route)).await;
        match added {
            // Whoever left the server needs no thread; the ticket goes on without them.
            Err(error) if error.is_one_of(&[UNKNOWN_MEMBER, UNKNOWN_USER]) => Ok(()),
            other => Ok(other?),
        }
    }

    async fn post_thread_card(&self) -> Result<(), Failure> {
        if self.ticket.places.thread_card.is_some() {
            return Ok(());
        }
        let view = views::thread_card(&self.ticket, &self.set_up);
        let card = self.messenger.post(self.thread()?, view).await?;
        let mut tx = self.cx.desk.store.begin().await?;
        tx.thread_card_posted(self.ticket.id, id::MessageId::from_snowflake(card.get())).await?;
        Ok(tx.commit().await?)
    }

    async fn post_queue_card(&self) -> Result<(), Failure> {
        if self.ticket.places.queue_card.is_some() {
            return Ok(());
        }
        let queue = self.set_up.settings.queue_channel;
        let card = self.messenger.post(channel(queue), views::queue_card(&self.ticket, &self.set_up)).await?;
        let mut tx = self.cx.desk.store.begin().await?;
        tx.queue_card_posted(self.ticket.id, posted(queue, card)).await?;
        Ok(tx.commit().await?)
    }

    async fn link_thread(&self, token: &str, expires_at: Timestamp) -> Result<(), Failure> {
        if self.cx.desk.clock.now() >= expires_at {
            return Ok(());
        }
        let view = views::opened(&self.ticket, self.ticket.language);
        let route =
            Route::WebhookOriginalInteractionResponse { application_id: self.identity.application, token };
        let linked: Result<serde_json::Value, RestError> =
            self.cx.rest.send_json(LightMethod::Patch, route, &view.into_webhook_edit()).await;
        match linked {
            // The answer that is to be edited may still be on its way.
            Err(error) if error.is_one_of(&[UNKNOWN_WEBHOOK]) && self.queued.attempts < LINK_ATTEMPTS => {
                Err(Failure::Later { after: None, why: error.to_string() })
            }
            // They dismissed the answer, or Discord forgot it. The thread itself has called them.
            Err(RestError::Refused { status: 401 | 404, .. }) => Ok(()),
            Err(error) if error.is_one_of(&[INVALID_WEBHOOK_TOKEN]) => Ok(()),
            other => Ok(other.map(drop)?),
        }
    }

    async fn update_cards(&self) -> Result<(), Failure> {
        let places = self.ticket.places;
        if let (Some(thread), Some(card)) = (places.thread, places.thread_card) {
            self.messenger
                .edit(channel(thread), card, views::thread_card(&self.ticket, &self.set_up))
                .await?;
        }
        self.update_queue_card().await
    }

    async fn update_queue_card(&self) -> Result<(), Failure> {
        let places = self.ticket.places;
        if let (Some(queue), Some(card)) = (places.queue_channel, places.queue_card) {
            self.messenger.edit(channel(queue), card, views::queue_card(&self.ticket, &self.set_up)).await?;
        }
        Ok(())
    }

    async fn post_escalation(&self, escalation: id::EscalationId) -> Result<(), Failure> {
        let Some(packet) = self.cx.desk.packet(self.ticket.id, escalation).await? else {
            return Err(give_up("its escalation is gone"));
        };
        if packet.hand_over.packet.is_some() {
            return Ok(());
        }
        let target = packet.specialism.packet_channel(&self.set_up.settings);
        let message = self.messenger.post(channel(target), views::packet(&packet, &self.set_up)).await?;
        let mut tx = self.cx.desk.store.begin().await?;
        tx.packet_posted(escalation, posted(target, message)).await?;
        Ok(tx.commit().await?)
    }

    async fn update_escalation(&self, escalation: id::EscalationId) -> Result<(), Failure> {
        let Some(packet) = self.cx.desk.packet(self.ticket.id, escalation).await? else {
            return Err(give_up("its escalation is gone"));
        };
        let Some(place) = packet.hand_over.packet else { return Ok(()) };
        self.messenger.edit(channel(place.channel), place.message, views::packet(&packet, &self.set_up)).await
    }

    async fn say(&self, what: &Say) -> Result<(), Failure> {
        if what.is_moot(&self.ticket) {
            return Ok(());
        }
        let place = match what {
            // Between the people of staff: it is not the requester's to read.
            Say::HandedBack { .. }
            | Say::DueSoon { .. }
            | Say::Overdue { .. }
            | Say::AnswerOwed { .. }
            | Say::FoundIdle { .. } => channel(self.set_up.settings.queue_channel),
            Say::Solution { .. }
            | Say::Canned { .. }
            | Say::Documented { .. }
            | Say::Reopened { .. }
            | Say::Waiting { .. }
            | Say::Nudge { .. }
            | Say::ClosingSoon { .. } => self.thread()?,
        };
        self.messenger.post(place, views::say(what, &self.ticket, &self.set_up)).await.map(drop)
    }

    async fn close_thread(&self) -> Result<(), Failure> {
        self.edit_thread(closed()).await
    }

    async fn open_thread(&self) -> Result<(), Failure> {
        self.edit_thread(EditThread::new().archived(false).locked(false)).await
    }

    async fn edit_thread(&self, edit: EditThread<'_>) -> Result<(), Failure> {
        let thread = self.thread()?;
        match self.messenger.in_open_thread(|| self.messenger.patch_thread(thread, &edit)).await {
            // Deleted by hand: there is nothing left to close, and the ticket lives in the database.
            Err(error) if error.is_one_of(&[UNKNOWN_CHANNEL]) => {
                tracing::warn!(ticket.id = self.ticket.id.0, "a ticket's thread was deleted on Discord");
                Ok(())
            }
            other => Ok(other?),
        }
    }

    async fn post_closing_note(&self) -> Result<(), Failure> {
        let support_channel = channel(self.set_up.settings.support_channel);
        let view = views::closing_note(&self.ticket, &self.set_up);
        self.messenger.post(support_channel, view).await.map(drop)
    }

    fn thread(&self) -> Result<ChannelId, Failure> {
        self.ticket.places.thread.map(channel).ok_or_else(|| give_up("its ticket has no thread"))
    }

    fn number(&self) -> String {
        format!("#{}", self.ticket.number)
    }
}

/// The thread of a closed ticket: out of the way, and kept as it is.
fn closed() -> EditThread<'static> {
    EditThread::new().archived(true).locked(true)
}

/// The mark of a job's message: its row and when it was queued, in base 36. Short, and never used twice, not even by
/// another database behind the same bot.
fn mark(queued: &QueuedJob) -> String {
    format!("{}-{}", base36(queued.id.0), base36(queued.queued_at.0))
}

fn base36(number: i64) -> String {
    let mut rest = number.unsigned_abs();
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(rest % 36).ok().and_then(|digit| char::from_digit(digit, 36));
        digits.extend(digit);
        rest /= 36;
        if rest == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

fn give_up(why: &str) -> Failure {
    Failure::GiveUp { why: why.to_owned() }
}

fn channel(id: id::ChannelId) -> ChannelId {
    ChannelId::new(id.snowflake())
}

fn posted(channel: id::ChannelId, message: MessageId) -> Posted {
    Posted { channel, message: id::MessageId::from_snowflake(message.get()) }
}
