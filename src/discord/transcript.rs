//! Makes the files of a transcript: the story from the database, names from Discord and, where the company has decided
//! so, what was written in the thread.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serenity::http::Route;
use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use super::Cx;
use super::failure::{UNKNOWN_CHANNEL, UNKNOWN_MEMBER, UNKNOWN_USER};
use super::rest::RestError;
use super::views::transcript::{self, Names, Said, Thread};
use crate::config::Transcripts;
use crate::desk::{Reader, SetUp, Transcript};
use crate::domain::event::What;
use crate::domain::file::File;
use crate::domain::id;
use crate::domain::time::Timestamp;

/// So many people are asked for by name; the others stay numbers.
const ASKED_MAX: usize = 25;
/// So many pages of a hundred messages are read, the latest first.
const PAGES_MAX: usize = 20;
/// So many bytes of what was written are kept. Both files together stay far below Discord's 10 MiB, even if every sign
/// of it has to be escaped.
const SAID_MAX: usize = 1_000_000;

/// What is read of a member.
#[derive(Deserialize)]
struct Member {
    nick: Option<String>,
    user: User,
}

#[derive(Deserialize)]
struct User {
    username: String,
    global_name: Option<String>,
}

/// What is read of a message.
#[derive(Deserialize)]
struct Message {
    id: MessageId,
    author: User,
    content: String,
    timestamp: DateTime<Utc>,
    #[serde(default)]
    attachments: Vec<Attachment>,
    #[serde(default)]
    embeds: Vec<Embed>,
}

#[derive(Deserialize)]
struct Attachment {
    filename: String,
}

#[derive(Deserialize)]
struct Embed {
    title: Option<String>,
    description: Option<String>,
}

/// The files of a transcript, as a page and as plain text.
pub(super) async fn files(cx: &Cx, transcript: &Transcript, set_up: &SetUp) -> Result<Vec<File>, RestError> {
    let thread = match (cx.transcripts, transcript.ticket.places.thread) {
        (Transcripts::Messages, Some(thread)) => Some(read(cx, thread).await?),
        _ => None,
    };
    let language = match transcript.reader {
        Reader::Staff => set_up.settings.language,
        Reader::Requester => transcript.ticket.language,
    };
    let names = names(cx, transcript).await?;
    Ok(transcript::files(language, transcript, &names, thread.as_ref(), set_up))
}

/// What everybody in the story is called, as far as somebody knows it.
async fn names(cx: &Cx, transcript: &Transcript) -> Result<Names, RestError> {
    let ticket = &transcript.ticket;
    let mut people: BTreeSet<id::UserId> = BTreeSet::new();
    for event in &transcript.events {
        people.extend(event.by);
        match &event.what {
            What::Assigned { agent } => _ = people.insert(*agent),
            What::MemberAdded { user } | What::MemberRemoved { user } | What::TakenBack { from: user } => {
                people.insert(*user);
            }
            _ => {}
        }
    }
    people.extend(ticket.kept.notes.iter().map(|note| note.by));
    let mut names = HashMap::from([(ticket.requester, ticket.requester_name.clone())]);
    let mut asked = 0;
    for person in people {
        if names.contains_key(&person) {
            continue;
        }
        let name = match cx.names.find(ticket.guild, person) {
            Some(name) => Some(name),
            None if asked < ASKED_MAX => {
                asked += 1;
                ask(cx, ticket.guild, person).await?
            }
            None => None,
        };
        names.extend(name.map(|name| (person, name)));
    }
    Ok(Names(names))
}

/// The name of a member; none of somebody who has left.
async fn ask(cx: &Cx, guild: id::GuildId, user: id::UserId) -> Result<Option<String>, RestError> {
    let guild_id = GuildId::new(guild.snowflake());
    let route = Route::GuildMember { guild_id, user_id: UserId::new(user.snowflake()) };
    let member: Member = match cx.rest.get(route).await {
        Ok(member) => member,
        Err(error) if error.is_one_of(&[UNKNOWN_MEMBER, UNKNOWN_USER]) => return Ok(None),
        Err(error) => return Err(error),
    };
    let name = member.nick.unwrap_or_else(|| shown(&member.user));
    cx.names.note(guild, user, &name);
    Ok(Some(name))
}

fn shown(user: &User) -> String {
    user.global_name.clone().unwrap_or_else(|| user.username.clone())
}

/// What was written in the thread, the latest first and as much as is kept.
async fn read(cx: &Cx, thread: id::ChannelId) -> Result<Thread, RestError> {
    let channel_id = ChannelId::new(thread.snowflake());
    let (mut said, mut bytes, mut before) = (Vec::new(), 0, None::<MessageId>);
    for _ in 0..PAGES_MAX {
        let mut parameters = vec![("limit", "100".to_owned())];
        parameters.extend(before.map(|before| ("before", before.get().to_string())));
        let page: Result<Vec<Message>, RestError> =
            cx.rest.get_with(Route::ChannelMessages { channel_id }, parameters).await;
        let page = match page {
            // Deleted by hand: the story is all that is left.
            Err(error) if error.is_one_of(&[UNKNOWN_CHANNEL]) => Vec::new(),
            other => other?,
        };
        let Some(last) = page.last() else { return Ok(oldest_first(said, true)) };
        before = Some(last.id);
        for message in page {
            let message = Said::from(message);
            bytes += message.size();
            if bytes > SAID_MAX {
                return Ok(oldest_first(said, false));
            }
            said.push(message);
        }
    }
    Ok(oldest_first(said, false))
}

fn oldest_first(mut said: Vec<Said>, is_whole: bool) -> Thread {
    said.reverse();
    Thread { said, is_whole }
}

impl From<Message> for Said {
    fn from(message: Message) -> Self {
        let embeds = message.embeds.into_iter().flat_map(|embed| [embed.title, embed.description]);
        let parts = std::iter::once(message.content).chain(embeds.flatten());
        let text: Vec<_> = parts.filter(|part| !part.trim().is_empty()).collect();
        Self {
            at: Timestamp(message.timestamp.timestamp_millis()),
            who: shown(&message.author),
            text: text.join("\n"),
            files: message.attachments.into_iter().map(|file| file.filename).collect(),
        }
    }
}
