//! The file that came with a request, put into the ticket's thread. Where it was sent with a command, Discord keeps it for
//! about a day; posted again it stays for as long as the thread does.
//!
//! It is fetched when the thread is there, after everything else about the new ticket. Whatever cannot be kept is said in the
//! thread, once; a file is no reason to hold up a ticket, so it is tried twice and no more.

use std::time::Duration;

use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, MessageId};

use super::{Delivery, channel, posted};
use crate::discord::failure::{UNKNOWN_CHANNEL, UNKNOWN_MESSAGE};
use crate::discord::file_kind::{self, Unkept};
use crate::discord::files::FileFault;
use crate::discord::views;
use crate::domain::file::File;
use crate::domain::id;
use crate::domain::job::{Job, Lane, Posted};
use crate::domain::question::{Attachment, Fate};
use crate::jobs::Failure;

/// How often a file is tried to be fetched.
const ATTEMPTS: i64 = 2;
/// How long it is tried to be sent on: a slow line must not hold up its ticket for a day.
const TRIED_FOR: Duration = Duration::from_mins(10);

impl Delivery<'_> {
    pub(super) async fn post_file(&self, file: usize) -> Result<(), Failure> {
        // Emptied meanwhile.
        let Some(attachment) = self.ticket.files.get(file) else { return Ok(()) };
        let thread = self.thread()?;
        match attachment.fate {
            Some(Fate::Refused) => return Ok(()),
            Some(Fate::Posted(place)) if channel(place.channel) == thread => return Ok(()),
            Some(Fate::Posted(_)) | None => {}
        }
        // What an earlier attempt said is the truth, even if the file could be had now.
        if let Some(earlier) = self.messenger.posted_before(thread).await? {
            let fate = earlier.has_files().then(|| file_at(thread, earlier.id));
            return self.settle(file, thread, fate).await;
        }
        // Each is held in memory as a whole, so there are few at a time.
        let _turn = self.cx.files.acquire().await;
        let (view, fate) = match self.fetch(attachment).await {
            Ok(fetched) => (views::file_kept(&self.ticket, fetched), None),
            Err(Unkept::Unfetched(FileFault::Unreached)) if self.queued.attempts + 1 < ATTEMPTS => {
                return Err(Failure::Later { after: None, why: FileFault::Unreached.to_string() });
            }
            Err(unkept) => {
                tracing::info!(ticket.id = self.ticket.id.0, ?unkept, "a file was not put into its thread");
                let is_refused =
                    matches!(unkept, Unkept::Unwelcome(_) | Unkept::Unfetched(FileFault::Elsewhere));
                (
                    views::file_left(&self.ticket, &attachment.name, unkept),
                    is_refused.then_some(Fate::Refused),
                )
            }
        };
        let is_kept = !view.files.is_empty();
        let message = self.messenger.post(thread, view).await?;
        let fate = if is_kept { Some(file_at(thread, message)) } else { fate };
        self.settle(file, thread, fate).await
    }

    async fn fetch(&self, attachment: &Attachment) -> Result<File, Unkept> {
        // Where sending it on fails again and again, the ticket has waited long enough.
        if self.cx.desk.clock.now().since(self.queued.queued_at) > TRIED_FOR {
            return Err(Unkept::Unfetched(FileFault::Unreached));
        }
        if attachment.size > file_kind::MAX as u64 {
            return Err(Unkept::Unfetched(FileFault::TooLarge));
        }
        let fetched = self.cx.rest.file(&attachment.url, file_kind::MAX).await;
        let bytes = fetched.map_err(Unkept::Unfetched)?;
        let name = file_kind::clean_name(&attachment.name);
        let media_type = file_kind::look(&name, &bytes).map_err(Unkept::Unwelcome)?;
        Ok(File { name, media_type, description: None, bytes: bytes.into() })
    }

    /// Writes down what became of a file, and has the cards show it. No other delivery about the ticket runs meanwhile, so
    /// nothing has become of its other files since.
    async fn settle(&self, file: usize, thread: ChannelId, fate: Option<Fate>) -> Result<(), Failure> {
        let Some(fate) = fate else { return Ok(()) };
        let mut files = self.ticket.files.clone();
        for file in files.iter_mut().skip(file).take(1) {
            file.fate = Some(fate);
        }
        let mut tx = self.cx.desk.store.begin().await?;
        let is_there = tx.files_settled(self.ticket.id, &files).await?;
        if is_there {
            let (now, lane) = (self.cx.desk.clock.now(), Lane::Ticket(self.ticket.id));
            tx.enqueue_once(self.ticket.guild, lane, &Job::UpdateCards, now).await?;
        }
        tx.commit().await?;
        match fate {
            // Its ticket was emptied while it was on its way.
            Fate::Posted(place) if !is_there => self.remove_file(thread, place.message).await,
            Fate::Posted(_) | Fate::Refused => Ok(()),
        }
    }

    /// Deletes the message with the file.
    pub(super) async fn remove_file(&self, thread: ChannelId, message: id::MessageId) -> Result<(), Failure> {
        let message_id = MessageId::new(message.snowflake());
        let route = Route::ChannelMessage { channel_id: thread, message_id };
        let removed =
            self.messenger.in_open_thread(thread, || self.cx.rest.call(LightMethod::Delete, route)).await?;
        match removed {
            Err(error) if error.is_one_of(&[UNKNOWN_MESSAGE, UNKNOWN_CHANNEL]) => Ok(()),
            other => Ok(other?),
        }
    }
}

fn file_at(thread: ChannelId, message: MessageId) -> Fate {
    let Posted { channel, message } = posted(id::ChannelId::from_snowflake(thread.get()), message);
    Fate::Posted(Posted { channel, message })
}
