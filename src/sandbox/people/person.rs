//! A person: reading, writing, and the other things done by hand.

use super::{PersonError, SeenChannel, SeenCommand, SeenMessage, SeenModal, picker, seen, show};
use crate::sandbox::{
    Sandbox,
    interactions::ATTACHMENT_SIZE_LIMIT,
    permissions,
    refusal::Refusal,
    validate::MOST_FILES,
    world::{Channel, Draft, MessageKind, Ping, World, file_name},
};

/// A handle to somebody.
#[derive(Clone, Debug)]
pub struct Person {
    pub(super) sandbox: Sandbox,
    pub(super) id: u64,
    name: String,
}

impl From<Refusal> for PersonError {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.message)
    }
}

/// The channel, if the person sees it.
pub(super) fn visible(world: &World, channel: u64, person: u64) -> Result<&Channel, PersonError> {
    let found = world.channels.get(&channel).filter(|_| permissions::sees(world, channel, person));
    found.ok_or_else(|| PersonError::new("You do not have access to this channel."))
}

impl Person {
    pub(crate) fn new(sandbox: Sandbox, id: u64, name: &str) -> Self {
        Self { sandbox, id, name: name.to_owned() }
    }

    /// Their id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The language their client is set to.
    pub fn locale(&self) -> String {
        self.sandbox
            .read(|world| world.users.get(&self.id).map(|user| user.locale.clone()).unwrap_or_default())
    }

    /// Sets their client to another language.
    pub fn set_locale(&self, locale: &str) {
        self.sandbox.change(|world| {
            if let Some(user) = world.users.get_mut(&self.id) {
                locale.clone_into(&mut user.locale);
            }
        });
    }

    /// Writes in a channel or thread; returns the message's id.
    #[expect(clippy::unused_async, reason = "people act in time; a client would have to ask the server")]
    pub async fn says(&self, channel: u64, content: &str) -> Result<u64, PersonError> {
        self.writes(channel, content, &[], None)
    }

    /// Writes in a channel or thread, and sends files along, each with its name; returns the message's id.
    #[expect(clippy::unused_async, reason = "people act in time; a client would have to ask the server")]
    pub async fn sends(
        &self,
        channel: u64,
        content: &str,
        files: &[(&str, &[u8])],
    ) -> Result<u64, PersonError> {
        self.writes(channel, content, files, None)
    }

    /// Writes an answer to a message.
    #[expect(clippy::unused_async, reason = "people act in time; a client would have to ask the server")]
    pub async fn replies(&self, message: u64, content: &str) -> Result<u64, PersonError> {
        let channel = self.sandbox.read(|world| world.find_message(message).map(|message| message.channel));
        let channel = channel.ok_or_else(|| PersonError::new("This message is gone."))?;
        self.writes(channel, content, &[], Some(message))
    }

    fn writes(
        &self,
        channel: u64,
        content: &str,
        files: &[(&str, &[u8])],
        reply_to: Option<u64>,
    ) -> Result<u64, PersonError> {
        let content = content.trim();
        self.sandbox.change(|world| {
            let found = visible(world, channel, self.id)?;
            if !seen::can_write(world, self.id, found) {
                return Err(PersonError::new("You do not have permission to send messages here."));
            }
            if content.is_empty() && files.is_empty() {
                return Err(PersonError::new("There is nothing to send."));
            }
            if !files.is_empty() && !permissions::may(world, channel, self.id, permissions::ATTACH_FILES) {
                return Err(PersonError::new("You do not have permission to send files here."));
            }
            if files.len() > MOST_FILES {
                return Err(PersonError::new("Too many files: 10 are the limit."));
            }
            if files.iter().any(|(_, bytes)| bytes.len() as u64 > ATTACHMENT_SIZE_LIMIT) {
                return Err(PersonError::new("Your files are too powerful: 10 MiB are the limit."));
            }
            if content.chars().count() > 2000 {
                return Err(PersonError::new("Your message is too long: 2000 characters are the limit."));
            }
            let mut draft = Draft::text(content);
            let kept =
                files.iter().map(|(name, bytes)| world.keep_file(channel, file_name(name), None, bytes));
            draft.attachments = kept.collect();
            draft.reply_to = reply_to;
            draft.kind = reply_to.map_or(MessageKind::Default, |_| MessageKind::Reply);
            Ok(world.post(channel, self.id, draft))
        })
    }

    /// The direct conversation with the bot.
    pub fn direct_channel(&self) -> u64 {
        self.sandbox.change(|world| world.direct_channel(self.id))
    }

    /// Deletes a message: one's own, or anybody's with the permission for it, or dismisses an ephemeral
    /// one.
    #[expect(clippy::unused_async, reason = "people act in time; a client would have to ask the server")]
    pub async fn deletes(&self, message: u64) -> Result<(), PersonError> {
        self.sandbox.change(|world| {
            let found =
                world.find_message(message).ok_or_else(|| PersonError::new("This message is gone."))?;
            let (channel, author, only_mine) = (found.channel, found.author, found.visible_to);
            visible(world, channel, self.id)?;
            let manages = permissions::may(world, channel, self.id, permissions::MANAGE_MESSAGES);
            if author != self.id && only_mine != Some(self.id) && !manages {
                return Err(PersonError::new("You may not delete what others wrote."));
            }
            world.delete_message(message);
            Ok(())
        })
    }

    /// Archives a thread: their own, or any with the permission to manage threads.
    #[expect(clippy::unused_async, reason = "people act in time; a client would have to ask the server")]
    pub async fn archives(&self, thread: u64) -> Result<(), PersonError> {
        self.changes_thread(thread, true)
    }

    /// Wakes an archived thread.
    #[expect(clippy::unused_async, reason = "people act in time; a client would have to ask the server")]
    pub async fn unarchives(&self, thread: u64) -> Result<(), PersonError> {
        self.changes_thread(thread, false)
    }

    fn changes_thread(&self, thread: u64, archived: bool) -> Result<(), PersonError> {
        self.sandbox.change(|world| {
            let found = visible(world, thread, self.id)?;
            let settings = found.thread.as_ref().ok_or_else(|| PersonError::new("This is no thread."))?;
            let manages = permissions::may(world, thread, self.id, permissions::MANAGE_THREADS);
            let owns = settings.owner == self.id;
            // Discord docs, topics/threads: members may wake an unlocked thread, only its creator and
            // moderators may archive it.
            let member_wakes = !archived && !settings.locked && settings.members.contains_key(&self.id);
            let may = manages || member_wakes || (owns && !settings.locked);
            if !may {
                return Err(PersonError::new("You do not have permission to do that to this thread."));
            }
            world.change_thread(thread, |channel| {
                if let Some(settings) = &mut channel.thread {
                    settings.archived = archived;
                }
            });
            Ok(())
        })
    }

    /// Joins a thread they can see.
    #[expect(clippy::unused_async, reason = "people act in time; a client would have to ask the server")]
    pub async fn joins_thread(&self, thread: u64) -> Result<(), PersonError> {
        self.sandbox.change(|world| {
            let found = visible(world, thread, self.id)?;
            if found.thread.as_ref().is_none_or(|settings| settings.archived) {
                return Err(PersonError::new("This thread is archived."));
            }
            world.add_thread_member(thread, self.id, self.id)?;
            Ok(())
        })
    }

    /// Leaves a thread.
    #[expect(clippy::unused_async, reason = "people act in time; a client would have to ask the server")]
    pub async fn leaves_thread(&self, thread: u64) -> Result<(), PersonError> {
        self.sandbox.change(|world| {
            visible(world, thread, self.id)?;
            world.remove_thread_member(thread, self.id, self.id)?;
            Ok(())
        })
    }

    /// Adds somebody to a thread they are in.
    #[expect(clippy::unused_async, reason = "people act in time; a client would have to ask the server")]
    pub async fn adds_to_thread(&self, thread: u64, who: &Self) -> Result<(), PersonError> {
        self.sandbox.change(|world| {
            let found = visible(world, thread, self.id)?;
            let settings = found.thread.as_ref().ok_or_else(|| PersonError::new("This is no thread."))?;
            let manages = permissions::may(world, thread, self.id, permissions::MANAGE_THREADS);
            if !settings.invitable && settings.owner != self.id && !manages {
                return Err(PersonError::new("Only moderators may add people to this thread."));
            }
            let parent = found.parent.unwrap_or_default();
            if !permissions::sees(world, parent, who.id) {
                return Err(PersonError::new(format!("{} cannot see the channel.", who.name)));
            }
            world.add_thread_member(thread, who.id, self.id)?;
            Ok(())
        })
    }

    /// The commands they are offered in a channel: slash commands, with sub-commands one by one, and
    /// those in the menus.
    pub fn commands(&self, channel: u64) -> Vec<SeenCommand> {
        self.sandbox.read(|world| picker::offered(world, channel, self.id))
    }

    /// What stands in a channel for them, oldest first, with what only they see.
    pub fn sees(&self, channel: u64) -> Vec<SeenMessage> {
        self.sandbox.read(|world| {
            let Ok(found) = visible(world, channel, self.id) else { return Vec::new() };
            let history = permissions::may(world, channel, self.id, permissions::READ_MESSAGE_HISTORY);
            let shown = found.messages.values().filter(|message| match message.visible_to {
                Some(only) => only == self.id,
                None => history,
            });
            shown.map(|message| show::message(world, self.id, message)).collect()
        })
    }

    /// A single message, if they see it.
    pub fn sees_message(&self, message: u64) -> Option<SeenMessage> {
        self.sandbox.read(|world| {
            let found = world.find_message(message)?;
            visible(world, found.channel, self.id).ok()?;
            let mine = found.visible_to.is_none_or(|only| only == self.id);
            mine.then(|| show::message(world, self.id, found))
        })
    }

    /// The channels and threads they see, threads below their channel.
    pub fn sees_channels(&self) -> Vec<SeenChannel> {
        self.sandbox.read(|world| seen::channels(world, self.id))
    }

    /// The thread whose name contains this, if they see one; the youngest of several.
    pub fn sees_thread(&self, name_part: &str) -> Option<SeenChannel> {
        let threads = self.sees_channels().into_iter().filter(|channel| channel.kind.ends_with("thread"));
        threads.filter(|thread| thread.name.contains(name_part)).max_by_key(|thread| thread.id)
    }

    /// The modal they have open.
    pub fn open_modal(&self) -> Option<SeenModal> {
        self.sandbox.read(|world| world.modals.get(&self.id).map(super::OpenModal::show))
    }

    /// Closes the modal without sending it; the application does not hear of it.
    pub fn dismiss_modal(&self) {
        self.sandbox.change(|world| world.modals.remove(&self.id));
    }

    /// What notified them, oldest first.
    pub fn pings(&self) -> Vec<Ping> {
        self.sandbox.read(|world| world.pings.iter().filter(|ping| ping.person == self.id).cloned().collect())
    }
}
