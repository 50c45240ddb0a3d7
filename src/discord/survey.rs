//! Looks at what stands on Discord, for the comparison with the desk. Reads only.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use serenity::http::Route;
use serenity::model::id::{ChannelId, GuildId, MessageId, RoleId, UserId};

use super::failure::{UNKNOWN_CHANNEL, UNKNOWN_MEMBER, UNKNOWN_MESSAGE, UNKNOWN_USER};
use super::rest::RestError;
use super::{Cx, Identity, hearing};
use crate::desk::{Inventory, number_in_name};
use crate::domain::actor::Standing;
use crate::domain::id;
use crate::domain::job::Posted;
use crate::domain::reconcile::{Held, MessageSight, PersonSight, Seen, ThreadSight};
use crate::domain::schedule;
use crate::domain::ticket::Holder;
use crate::domain::watch::Written;
use crate::jobs::{Failure, Survey, Surveyed};

/// So many pages of a hundred messages are read of a channel in which cards stand.
const PAGES_MAX: usize = 5;
/// So many messages are looked at one by one in a pass; the others have their turn in the next ones.
const MESSAGES_MAX: usize = 50;
/// So many people are looked up in a pass.
const PEOPLE_MAX: usize = 100;
/// In so many threads it is read in a pass what nobody heard.
const READ_MAX: usize = 50;

/// What is read of a thread.
#[derive(Deserialize)]
struct Thread {
    id: ChannelId,
    #[serde(default)]
    name: String,
    parent_id: Option<ChannelId>,
    owner_id: Option<UserId>,
    #[serde(rename = "thread_metadata")]
    state: Option<ThreadState>,
    last_message_id: Option<MessageId>,
}

#[derive(Clone, Copy, Deserialize)]
struct ThreadState {
    archived: bool,
    #[serde(default)]
    locked: bool,
}

#[derive(Deserialize)]
struct ActiveThreads {
    threads: Vec<Thread>,
}

/// What is read of a member.
#[derive(Deserialize)]
struct Member {
    roles: Vec<RoleId>,
}

/// What is read of a message: that it is there.
#[derive(Deserialize)]
struct Message {
    id: MessageId,
}

/// Looks at servers, each time some further of what Discord has no list of.
#[derive(Debug)]
pub struct Surveyor {
    cx: Arc<Cx>,
    identity: Identity,
    /// How much of each server's messages and people has had its turn.
    turns: Mutex<HashMap<id::GuildId, Turns>>,
}

#[derive(Clone, Debug, Default)]
struct Turns {
    messages: usize,
    people: usize,
    /// Up to which message the threads were read.
    read: HashMap<id::ChannelId, id::MessageId>,
}

/// What is seen of a ticket's thread.
#[derive(Clone, Copy)]
struct InThread {
    sight: ThreadSight,
    latest: Option<id::MessageId>,
}

impl InThread {
    const fn is_there(&self) -> bool {
        matches!(self.sight, ThreadSight::Active { .. } | ThreadSight::Archived)
    }
}

impl Surveyor {
    /// One that uses the bot's client.
    pub fn new(cx: Arc<Cx>, identity: Identity) -> Self {
        Self { cx, identity, turns: Mutex::default() }
    }

    /// Where the next part begins of what has been looked at so far, and that it has now.
    fn turn(&self, guild: id::GuildId, of: impl Fn(&mut Turns) -> &mut usize, count: usize) -> usize {
        self.of_turns(guild, |turns| {
            let place = of(turns);
            let begin = *place;
            *place = place.wrapping_add(count);
            begin
        })
    }

    fn of_turns<T>(&self, guild: id::GuildId, act: impl FnOnce(&mut Turns) -> T) -> T {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        act(turns.entry(guild).or_default())
    }
}

impl Survey for Surveyor {
    fn listens_to(&self, guild: id::GuildId) -> bool {
        self.cx.listening.to(guild)
    }

    async fn survey(&self, inventory: &Inventory) -> Result<Surveyed, Failure> {
        let guild = inventory.set_up.settings.guild;
        let look = Look { surveyor: self, inventory, guild, calls: AtomicU32::new(0) };
        Ok(look.all().await?)
    }
}

struct Look<'a> {
    surveyor: &'a Surveyor,
    inventory: &'a Inventory,
    guild: id::GuildId,
    calls: AtomicU32,
}

impl Look<'_> {
    async fn all(&self) -> Result<Surveyed, RestError> {
        let active: ActiveThreads =
            self.get(Route::GuildThreadsActive { guild_id: guild_id(self.guild) }).await?;
        let strays = active.threads.iter().filter_map(|thread| self.stray(thread)).collect();
        let threads = self.threads(&active.threads).await?;
        let messages = self.messages(&threads).await?;
        let people = self.people().await?;
        let written = self.written(&threads).await?;
        let tickets = self.inventory.tickets.iter().map(|held| {
            let places = held.ticket.places;
            let seen_of = |message: id::MessageId| {
                (message, messages.get(&message).copied().unwrap_or(MessageSight::Unknown))
            };
            let seen = Seen {
                thread: places.thread.and_then(|thread| Some((thread, threads.get(&thread)?.sight))),
                thread_card: places.thread_card.map(seen_of),
                queue_card: places.queue_card.map(seen_of),
                packet: held.packet.map(|packet| seen_of(packet.message)),
                people: of(held).filter_map(|user| people.get(&user).map(|sight| (user, *sight))).collect(),
            };
            (held.ticket.id, seen)
        });
        Ok(Surveyed {
            tickets: tickets.collect(),
            strays,
            written,
            calls: self.calls.load(Ordering::Relaxed),
        })
    }

    /// A thread that looks like one of ours and belongs to none of the tickets that we know of.
    fn stray(&self, thread: &Thread) -> Option<(id::ChannelId, id::TicketNumber)> {
        let support = self.inventory.set_up.settings.support_channel;
        let is_ours = thread.parent_id == Some(channel_id(support))
            && thread.owner_id == Some(self.surveyor.identity.bot);
        let id = id::ChannelId::from_snowflake(thread.id.get());
        let number = number_in_name(&thread.name).filter(|_| is_ours)?;
        (!self.inventory.threads.contains(&id)).then_some((id, number))
    }

    /// The tickets' threads. One that is not among the active ones was archived or deleted; which it is, is asked for by
    /// itself.
    async fn threads(&self, active: &[Thread]) -> Result<HashMap<id::ChannelId, InThread>, RestError> {
        let active: HashMap<ChannelId, &Thread> = active.iter().map(|thread| (thread.id, thread)).collect();
        let mut threads = HashMap::new();
        for thread in self.inventory.tickets.iter().filter_map(|held| held.ticket.places.thread) {
            let channel_id = channel_id(thread);
            let unseen = |sight| InThread { sight, latest: None };
            let seen = match active.get(&channel_id) {
                Some(thread) => in_thread(thread),
                None => match self.get::<Thread>(Route::Channel { channel_id }).await {
                    Ok(thread) => in_thread(&thread),
                    Err(error) if error.is_one_of(&[UNKNOWN_CHANNEL]) => unseen(ThreadSight::Gone),
                    Err(error) if hides(&error) => unseen(ThreadSight::Unknown),
                    Err(error) => return Err(error),
                },
            };
            threads.insert(thread, seen);
        }
        Ok(threads)
    }

    /// What was written where silence has consequences, after the last that was heard. A thread is read
    /// only when its latest message is newer than that, and than what an earlier look has read.
    async fn written(
        &self,
        threads: &HashMap<id::ChannelId, InThread>,
    ) -> Result<Vec<(id::TicketId, Vec<Written>)>, RestError> {
        let alive = &self.inventory.threads;
        let read = self.surveyor.of_turns(self.guild, |turns| {
            turns.read.retain(|thread, _| alive.contains(thread));
            turns.read.clone()
        });
        let news = self.inventory.tickets.iter().filter_map(|held| {
            let (thread, heard) = (held.ticket.places.thread?, schedule::unheard_after(&held.ticket)?);
            let (latest, read) = (threads.get(&thread)?.latest?, read.get(&thread).copied());
            let known = read.map_or(heard, |read| read.max(heard));
            (latest > known).then_some((held.ticket.id, thread, known, latest))
        });
        let mut found = Vec::new();
        for (ticket, thread, known, latest) in news.take(READ_MAX) {
            let rest = &self.surveyor.cx.rest;
            let (written, calls) = hearing::written_after(rest, thread, known).await?;
            self.calls.fetch_add(calls, Ordering::Relaxed);
            self.surveyor.of_turns(self.guild, |turns| turns.read.insert(thread, latest));
            if !written.is_empty() {
                found.push((ticket, written));
            }
        }
        Ok(found)
    }

    /// Which of our messages stand where they should. Those outside of threads come from their channels' latest pages, as
    /// far as these reach; the others are looked at one by one.
    async fn messages(
        &self,
        threads: &HashMap<id::ChannelId, InThread>,
    ) -> Result<HashMap<id::MessageId, MessageSight>, RestError> {
        let mut outside: BTreeMap<id::ChannelId, BTreeSet<id::MessageId>> = BTreeMap::new();
        let mut single = Vec::new();
        for held in &self.inventory.tickets {
            for place in outside_of_threads(held) {
                outside.entry(place.channel).or_default().insert(place.message);
            }
            let places = held.ticket.places;
            // An archived thread can be read as well, and what is missing in it comes again when it is opened.
            let thread = places.thread.filter(|thread| threads.get(thread).is_some_and(InThread::is_there));
            single
                .extend(thread.zip(places.thread_card).map(|(channel, message)| Posted { channel, message }));
        }
        let mut seen = HashMap::new();
        for (channel, wanted) in outside {
            let beyond = self.latest(channel, &wanted, &mut seen).await?;
            single.extend(beyond.into_iter().map(|message| Posted { channel, message }));
        }
        let count = single.len().min(MESSAGES_MAX);
        let begin = self.surveyor.turn(self.guild, |turns| &mut turns.messages, count);
        for place in (0..count).filter_map(|step| single.get(begin.wrapping_add(step) % single.len())) {
            seen.insert(place.message, self.message(*place).await?);
        }
        Ok(seen)
    }

    /// Notes which messages are among a channel's latest. Returns those that are older than what was read.
    async fn latest(
        &self,
        channel: id::ChannelId,
        wanted: &BTreeSet<id::MessageId>,
        seen: &mut HashMap<id::MessageId, MessageSight>,
    ) -> Result<Vec<id::MessageId>, RestError> {
        let channel_id = channel_id(channel);
        let Some(oldest) = wanted.first().map(|message| message.snowflake()) else { return Ok(Vec::new()) };
        let mut there: HashSet<u64> = HashSet::new();
        let mut read_from = u64::MAX;
        for _ in 0..PAGES_MAX {
            let mut parameters = vec![("limit", "100".to_owned())];
            parameters.extend((read_from != u64::MAX).then(|| ("before", read_from.to_string())));
            let page: Vec<Message> =
                match self.get_with(Route::ChannelMessages { channel_id }, parameters).await {
                    Ok(page) => page,
                    // A channel that was deleted took its messages along.
                    Err(error) if error.is_one_of(&[UNKNOWN_CHANNEL]) => Vec::new(),
                    Err(error) if hides(&error) => break,
                    Err(error) => return Err(error),
                };
            there.extend(page.iter().map(|message| message.id.get()));
            // A page that is not full is the last.
            read_from = if page.len() < 100 { 0 } else { page.last().map_or(0, |last| last.id.get()) };
            if read_from <= oldest {
                break;
            }
        }
        let (near, beyond): (Vec<id::MessageId>, _) =
            wanted.iter().copied().partition(|message| message.snowflake() >= read_from);
        seen.extend(near.into_iter().map(|message| {
            let is_there = there.contains(&message.snowflake());
            (message, if is_there { MessageSight::There } else { MessageSight::Gone })
        }));
        Ok(beyond)
    }

    async fn message(&self, place: Posted) -> Result<MessageSight, RestError> {
        let route = Route::ChannelMessage {
            channel_id: channel_id(place.channel),
            message_id: MessageId::new(place.message.snowflake()),
        };
        match self.get::<Message>(route).await {
            Ok(_) => Ok(MessageSight::There),
            Err(error) if error.is_one_of(&[UNKNOWN_MESSAGE]) => Ok(MessageSight::Gone),
            Err(error) if hides(&error) || error.is_one_of(&[UNKNOWN_CHANNEL]) => Ok(MessageSight::Unknown),
            Err(error) => Err(error),
        }
    }

    /// What became of the people that the tickets are about. The desk has no list of members, which needs a privileged
    /// intent, so they are looked up one by one.
    async fn people(&self) -> Result<HashMap<id::UserId, PersonSight>, RestError> {
        let all: BTreeSet<id::UserId> = self.inventory.tickets.iter().flat_map(of).collect();
        let all: Vec<id::UserId> = all.into_iter().collect();
        let count = all.len().min(PEOPLE_MAX);
        let begin = self.surveyor.turn(self.guild, |turns| &mut turns.people, count);
        let mut seen = HashMap::new();
        for user in (0..count).filter_map(|step| all.get(begin.wrapping_add(step) % all.len())) {
            let route =
                Route::GuildMember { guild_id: guild_id(self.guild), user_id: UserId::new(user.snowflake()) };
            let sight = match self.get::<Member>(route).await {
                Ok(member) => self.standing(*user, &member),
                Err(error) if error.is_one_of(&[UNKNOWN_MEMBER, UNKNOWN_USER]) => PersonSight::Left,
                Err(error) => return Err(error),
            };
            seen.insert(*user, sight);
        }
        Ok(seen)
    }

    fn standing(&self, user: id::UserId, member: &Member) -> PersonSight {
        let roles: Vec<id::RoleId> =
            member.roles.iter().map(|role| id::RoleId::from_snowflake(role.get())).collect();
        let set_up = &self.inventory.set_up;
        let standing = Standing::of_member((user, &roles), false, &set_up.settings, &set_up.specialisms);
        if standing.is_staff() { PersonSight::Staff } else { PersonSight::Member }
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, route: Route<'_>) -> Result<T, RestError> {
        self.get_with(route, Vec::new()).await
    }

    async fn get_with<T: serde::de::DeserializeOwned>(
        &self,
        route: Route<'_>,
        parameters: Vec<(&'static str, String)>,
    ) -> Result<T, RestError> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        self.surveyor.cx.rest.get_with(route, parameters).await
    }
}

/// The people whose standing matters for a ticket.
fn of(held: &Held) -> impl Iterator<Item = id::UserId> + '_ {
    let holder = held.ticket.status.holder().map(Holder::user);
    held.inside.staff.iter().copied().chain(holder).chain([held.ticket.requester])
}

/// The messages about a ticket that stand in other channels than its thread.
fn outside_of_threads(held: &Held) -> impl Iterator<Item = Posted> {
    let places = held.ticket.places;
    let card = places.queue_channel.zip(places.queue_card);
    card.map(|(channel, message)| Posted { channel, message }).into_iter().chain(held.packet)
}

fn in_thread(thread: &Thread) -> InThread {
    let sight = match thread.state {
        Some(ThreadState { archived: true, .. }) => ThreadSight::Archived,
        Some(ThreadState { locked, .. }) => ThreadSight::Active { locked },
        None => ThreadSight::Unknown,
    };
    InThread { sight, latest: thread.last_message_id.map(|id| id::MessageId::from_snowflake(id.get())) }
}

/// Whether Discord does not let us look: nothing is known then, and nothing is put right.
fn hides(error: &RestError) -> bool {
    matches!(error, RestError::Refused { status: 403, .. })
}

fn channel_id(id: id::ChannelId) -> ChannelId {
    ChannelId::new(id.snowflake())
}

fn guild_id(id: id::GuildId) -> GuildId {
    GuildId::new(id.snowflake())
}
