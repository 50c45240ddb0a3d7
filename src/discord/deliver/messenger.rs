//! Posting and editing messages so that doing it twice does no harm.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Deserialize;
use serenity::builder::{CreateThread, EditThread};
use serenity::http::{LightMethod, Route};
use serenity::model::channel::{AutoArchiveDuration, ChannelType, Nonce};
use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use super::mark;
use crate::discord::failure::{
    INVALID_WEBHOOK_TOKEN, THREAD_ARCHIVED, UNKNOWN_CHANNEL, UNKNOWN_MEMBER, UNKNOWN_MESSAGE, UNKNOWN_USER,
    UNKNOWN_WEBHOOK,
};
use crate::discord::rest::RestError;
use crate::discord::views::{View, orderly};
use crate::discord::{Cx, Identity};
use crate::domain::id;
use crate::domain::job::{Job, QueuedJob};
use crate::domain::time::Timestamp;
use crate::jobs::Failure;
use crate::store::StoreError;

/// How many of a channel's messages are searched for one that an earlier attempt may have posted.
const SEARCHED: &str = "100";

/// How often an answer is looked for before it counts as never given.
const LINK_ATTEMPTS: i64 = 2;

/// Longest name of a thread (resources/channel, start thread without message).
const THREAD_NAME_MAX: usize = 100;

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

/// What is read of a message.
#[derive(Deserialize)]
pub(super) struct Message {
    pub(super) id: MessageId,
    author: Author,
    #[serde(default)]
    embeds: Vec<Embed>,
    #[serde(default)]
    attachments: Vec<serde::de::IgnoredAny>,
}

impl Message {
    /// Whether files came with it.
    pub(super) fn has_files(&self) -> bool {
        !self.attachments.is_empty()
    }
}

#[derive(Deserialize)]
struct Author {
    id: UserId,
}

#[derive(Deserialize)]
struct Embed {
    footer: Option<Footer>,
}

#[derive(Deserialize)]
struct Footer {
    text: String,
}

/// The thread of a job's ticket.
#[derive(Clone, Copy)]
pub(super) struct JobThread {
    pub(super) thread: ChannelId,
    /// Whether the ticket is closed: whoever opens its thread sees to it that it is closed again.
    pub(super) is_closed: bool,
}

/// Posts and edits the messages of one job.
pub(super) struct Messenger<'a> {
    pub(super) cx: &'a Cx,
    pub(super) identity: Identity,
    pub(super) queued: &'a QueuedJob,
    pub(super) thread: Option<JobThread>,
    /// Set when that thread was found deleted.
    pub(super) is_gone: AtomicBool,
}

/// What became of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edited {
    /// The message shows what it should.
    Shown,
    /// Somebody has deleted it.
    Gone,
}

impl<'a> Messenger<'a> {
    pub(super) fn new(
        cx: &'a Cx,
        identity: Identity,
        queued: &'a QueuedJob,
        thread: Option<JobThread>,
    ) -> Self {
        Self { cx, identity, queued, thread, is_gone: AtomicBool::new(false) }
    }

    /// The ticket's thread, if it was found deleted.
    pub(super) fn thread_is_gone(&self) -> Option<ChannelId> {
        self.thread.map(|known| known.thread).filter(|_| self.is_gone.load(Ordering::Relaxed))
    }

    /// Posts a message once: found again when an earlier attempt got through.
    pub(super) async fn post(&self, channel_id: ChannelId, view: View) -> Result<MessageId, Failure> {
        if let Some(earlier) = self.posted_before(channel_id).await? {
            return Ok(earlier.id);
        }
        // A message opens an archived thread by itself, and nothing in Discord's answer tells.
        if self.thread.is_some_and(|known| known.thread == channel_id) {
            self.have_closed_again().await?;
        }
        self.post_marked(channel_id, view, &mark(self.queued)).await
    }

    /// Posts a message with a mark by which [`Self::marked`] finds it.
    pub(super) async fn post_marked(
        &self,
        channel_id: ChannelId,
        mut view: View,
        mark: &str,
    ) -> Result<MessageId, Failure> {
        let nonce = Nonce::String(format!("fd-{mark}"));
        let files = std::mem::take(&mut view.files);
        let body = view.marked(mark).into_message().nonce(nonce).enforce_nonce(true);
        let message: Message = self
            .in_open_thread(channel_id, || {
                let route = Route::ChannelMessages { channel_id };
                self.cx.rest.send_with_files(LightMethod::Post, route, &body, files.clone())
            })
            .await??;
        Ok(message.id)
    }

    /// A message that an earlier attempt posted without living to write it down.
    pub(super) async fn posted_before(&self, channel_id: ChannelId) -> Result<Option<Message>, Failure> {
        if self.queued.attempts == 0 {
            return Ok(None);
        }
        self.marked(channel_id, &mark(self.queued)).await
    }

    /// The message of ours with this mark, if it is among the latest of a channel.
    pub(super) async fn marked(&self, channel_id: ChannelId, mark: &str) -> Result<Option<Message>, Failure> {
        let route = Route::ChannelMessages { channel_id };
        let latest = self.cx.rest.get_with(route, vec![("limit", SEARCHED.to_owned())]).await;
        let latest: Vec<Message> = match latest {
            // Whoever posts there finds out.
            Err(error) if error.is_one_of(&[UNKNOWN_CHANNEL]) => return Ok(None),
            latest => latest?,
        };
        let ours = latest.into_iter().find(|message| {
            let footer = message.embeds.last().and_then(|embed| embed.footer.as_ref());
            message.author.id == self.identity.bot
                && footer.is_some_and(|footer| footer.text.rsplit(' ').next() == Some(mark))
        });
        Ok(ours)
    }

    /// Edits a message of ours, unless it shows that already.
    pub(super) async fn edit(
        &self,
        channel_id: ChannelId,
        card: id::MessageId,
        view: View,
    ) -> Result<Edited, Failure> {
        if self.cx.shown.shows(card, &view) {
            return Ok(Edited::Shown);
        }
        let writing = self.cx.shown.begin(card);
        let body = view.clone().into_edit();
        let edited: Result<serde_json::Value, RestError> = self
            .in_open_thread(channel_id, || {
                let message_id = MessageId::new(card.snowflake());
                let route = Route::ChannelMessage { channel_id, message_id };
                self.cx.rest.send_json(LightMethod::Patch, route, &body)
            })
            .await?;
        match edited {
            Ok(_) => {
                writing.done(&view);
                Ok(Edited::Shown)
            }
            // Deleted by hand. The other places still tell the truth, and so must this job's successors.
            Err(error) if error.is_one_of(&[UNKNOWN_MESSAGE]) => {
                tracing::warn!(lane = %self.queued.lane, "a card was deleted on Discord");
                Ok(Edited::Gone)
            }
            Err(error) if error.is_one_of(&[UNKNOWN_CHANNEL]) => {
                tracing::warn!(lane = %self.queued.lane, "a card's channel was deleted on Discord");
                // The thread's card comes with a new thread.
                Ok(if self.thread_is_gone().is_some() { Edited::Shown } else { Edited::Gone })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Makes a private thread once. Its prefix belongs to it alone: by that it is found again when an earlier attempt made
    /// it without living to write it down.
    pub(super) async fn private_thread(
        &self,
        guild: id::GuildId,
        parent: ChannelId,
        prefix: &str,
        rest: &str,
    ) -> Result<ChannelId, Failure> {
        if self.queued.attempts > 0 {
            let route = Route::GuildThreadsActive { guild_id: GuildId::new(guild.snowflake()) };
            let active: ActiveThreads = self.cx.rest.get(route).await?;
            let ours = active.threads.into_iter().find(|thread| {
                thread.parent_id == Some(parent)
                    && thread.owner_id == Some(self.identity.bot)
                    && thread.name.starts_with(prefix)
            });
            if let Some(earlier) = ours {
                return Ok(earlier.id);
            }
        }
        let name = format!("{prefix}{rest}");
        let thread = CreateThread::new(orderly(&name).chars().take(THREAD_NAME_MAX).collect::<String>())
            .kind(ChannelType::PrivateThread)
            .invitable(false)
            .auto_archive_duration(AutoArchiveDuration::OneWeek);
        let route = Route::ChannelThreads { channel_id: parent };
        let thread: Thread = self.cx.rest.send_json(LightMethod::Post, route, &thread).await?;
        Ok(thread.id)
    }

    /// Adds somebody to a thread.
    pub(super) async fn add_member(&self, channel_id: ChannelId, user: id::UserId) -> Result<(), Failure> {
        let user_id = UserId::new(user.snowflake());
        let route = Route::ChannelThreadMember { channel_id, user_id };
        let added = self.in_open_thread(channel_id, || self.cx.rest.call(LightMethod::Put, route)).await?;
        match added {
            // Whoever left the server needs no thread; the work goes on without them.
            Err(error) if error.is_one_of(&[UNKNOWN_MEMBER, UNKNOWN_USER]) => Ok(()),
            other => Ok(other?),
        }
    }

    /// Removes somebody from a thread.
    pub(super) async fn remove_member(&self, channel_id: ChannelId, user: id::UserId) -> Result<(), Failure> {
        let user_id = UserId::new(user.snowflake());
        let route = Route::ChannelThreadMember { channel_id, user_id };
        let removed =
            self.in_open_thread(channel_id, || self.cx.rest.call(LightMethod::Delete, route)).await?;
        match removed {
            // They left by themselves.
            Err(error) if error.is_one_of(&[UNKNOWN_MEMBER, UNKNOWN_USER]) => Ok(()),
            other => Ok(other?),
        }
    }

    /// Changes the answer that somebody has open, as long as Discord lets us.
    pub(super) async fn edit_answer(
        &self,
        token: &str,
        expires_at: Timestamp,
        view: View,
    ) -> Result<(), Failure> {
        if self.cx.desk.clock.now() >= expires_at {
            return Ok(());
        }
        self.is_answered(token)?;
        let route =
            Route::WebhookOriginalInteractionResponse { application_id: self.identity.application, token };
        let edited: Result<serde_json::Value, RestError> =
            self.cx.rest.send_json(LightMethod::Patch, route, &view.into_webhook_edit()).await;
        // Deferred meanwhile, the answer overwrites it.
        self.is_answered(token)?;
        match edited {
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

    /// Fails while the late answer to an interaction is still to come.
    fn is_answered(&self, token: &str) -> Result<(), Failure> {
        if self.cx.late.is_awaited(token) {
            return Err(Failure::Later { after: None, why: "the answer is still to come".to_owned() });
        }
        Ok(())
    }

    /// Does something in a thread, which may be archived: Discord archives by itself, and closed tickets are. Discord
    /// then refuses, so the thread is taken out first. Notes when it was deleted. The outer failure is the desk's own.
    pub(super) async fn in_open_thread<T, F>(
        &self,
        channel_id: ChannelId,
        attempt: impl Fn() -> F,
    ) -> Result<Result<T, RestError>, Failure>
    where
        F: Future<Output = Result<T, RestError>>,
    {
        let known = self.thread.filter(|known| known.thread == channel_id);
        let outcome = attempt().await;
        let (Err(error), Some(JobThread { thread, .. })) = (&outcome, known) else {
            return Ok(outcome);
        };
        if error.is_one_of(&[UNKNOWN_CHANNEL]) {
            self.is_gone.store(true, Ordering::Relaxed);
        }
        if !error.is_one_of(&[THREAD_ARCHIVED]) {
            return Ok(outcome);
        }
        self.have_closed_again().await?;
        if let Err(error) = self.patch_thread(thread, &EditThread::new().archived(false)).await {
            return Ok(Err(error));
        }
        match attempt().await {
            // Somebody was quicker; the next attempt opens it again.
            Err(error) if error.is_one_of(&[THREAD_ARCHIVED]) => {
                Err(Failure::Later { after: None, why: error.to_string() })
            }
            outcome => Ok(outcome),
        }
    }

    /// Whoever opens the thread of a closed ticket queues its closing first, behind what is being done: so it is closed
    /// again whatever dies in between, once for all that is said in it, and not when the ticket was reopened meanwhile.
    async fn have_closed_again(&self) -> Result<(), StoreError> {
        let is_closed = self.thread.is_some_and(|known| known.is_closed);
        if !is_closed || matches!(self.queued.job, Job::CloseThread) {
            return Ok(());
        }
        let mut tx = self.cx.desk.store.begin().await?;
        let now = self.cx.desk.clock.now();
        tx.enqueue_once(self.queued.guild, self.queued.lane, &Job::CloseThread, now).await?;
        tx.commit().await
    }

    pub(super) async fn patch_thread(
        &self,
        channel_id: ChannelId,
        edit: &EditThread<'_>,
    ) -> Result<(), RestError> {
        let route = Route::Channel { channel_id };
        self.cx.rest.send_json::<serde_json::Value>(LightMethod::Patch, route, edit).await.map(drop)
    }
}
