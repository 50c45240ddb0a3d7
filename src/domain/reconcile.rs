//! What is put right when Discord does not show what the desk holds: threads and cards that were deleted, archived or
//! locked by hand, and people who are not what they were.
//!
//! Deciding is pure. What is seen names what was looked at, so a decision from an old look changes nothing new. What could
//! not be looked at is left alone, and once everything that is decided here has been done, nothing is left to decide.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Event, What};
use super::id::{ChannelId, EscalationId, MessageId, UserId};
use super::job::Posted;
use super::ticket::{Status, Ticket};

/// What is seen of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThreadSight {
    /// It is not archived.
    Active {
        /// Whether only moderators can write in it, or wake it.
        locked: bool,
    },
    /// Discord or somebody has archived it.
    Archived,
    /// Somebody has deleted it.
    Gone,
    /// Discord did not say.
    Unknown,
}

/// What is seen of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageSight {
    /// It stands there.
    There,
    /// Somebody has deleted it.
    Gone,
    /// Discord did not say, or was not asked.
    Unknown,
}

/// What is seen of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonSight {
    /// In the server, with a role of first or second level.
    Staff,
    /// In the server, without one.
    Member,
    /// Not in the server any more.
    Left,
}

/// What Discord shows of one ticket, with the ids of what was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its thread.
    pub thread: Option<(ChannelId, ThreadSight)>,
    /// The card in the thread.
    pub thread_card: Option<(MessageId, MessageSight)>,
    /// The card in the queue channel.
    pub queue_card: Option<(MessageId, MessageSight)>,
    /// The packet of its open escalation.
    pub packet: Option<(MessageId, MessageSight)>,
    /// The people who were looked up; nothing is known of the others.
    pub people: BTreeMap<UserId, PersonSight>,
}

/// Who is in a ticket's thread, as its story tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// Those who are there because they worked on it as staff.
    pub staff: BTreeSet<UserId>,
    /// Those whom staff have added.
    pub guests: BTreeSet<UserId>,
    /// Whether its requester has left the server, as far as it was noticed.
    pub requester_left: bool,
}

impl Inside {
    /// Reads a ticket's story, oldest first.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut inside = Self::default();
        for event in events {
            inside.hear(event);
        }
        inside
    }

    /// Takes in one thing that happened.
    pub fn hear(&mut self, event: &Event) {
        match &event.what {
            What::Claimed | What::Escalated { .. } | What::Accepted => self.staff.extend(event.by),
            What::Assigned { agent } => _ = self.staff.insert(*agent),
            What::MemberAdded { user } => _ = self.guests.insert(*user),
            What::MemberRemoved { user } => {
                self.staff.remove(user);
                self.guests.remove(user);
            }
            What::RequesterLeft => self.requester_left = true,
            What::RequesterReturned => self.requester_left = false,
            _ => {}
        }
    }
}

/// A ticket with what the database knows beside its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The ticket.
    pub ticket: Ticket,
    /// Who is in its thread.
    pub inside: Inside,
    /// Where the packet of its open escalation stands.
    pub packet: Option<Posted>,
}

/// Something to put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// It has no thread, or not any more: one is made.
    MakeThread {
        /// The one that was deleted, if there was one.
        was: Option<ChannelId>,
    },
    /// Its thread is archived or locked although there is something to do in it.
    OpenThread,
    /// Its thread is open although the ticket is closed.
    CloseThread,
    /// The card in its thread is missing.
    PostThreadCard,
    /// The card in the queue channel is missing.
    PostQueueCard,
    /// The packet of its open escalation is missing.
    PostPacket {
        /// Which.
        escalation: EscalationId,
    },
    /// Whoever has it is not of staff any more: it goes back to where others can take it.
    TakeBack {
        /// Who has it.
        from: UserId,
    },
    /// Somebody who worked on it is not of staff any more.
    RemoveMember {
        /// Who.
        user: UserId,
    },
    /// Its requester has left the server.
    NoteRequesterLeft,
    /// Its requester is back.
    TakeRequesterIn,
}

/// What has to be put right about a ticket, in this order.
pub fn repairs(held: &Held, seen: &Seen) -> Vec<Repair> {
    let ticket = &held.ticket;
    if let Status::Closed { .. } = ticket.status {
        return closed(ticket, seen).into_iter().collect();
    }
    let mut repairs = people(held, seen);
    match thread(ticket, seen) {
        // Whoever makes a thread puts the card in it.
        Some(repair @ Repair::MakeThread { .. }) => repairs.push(repair),
        other => {
            repairs.extend(other);
            repairs.extend(
                is_missing(ticket.places.thread_card, seen.thread_card).then_some(Repair::PostThreadCard),
            );
        }
    }
    repairs.extend(is_missing(ticket.places.queue_card, seen.queue_card).then_some(Repair::PostQueueCard));
    if let Status::Escalated(escalation) = ticket.status
        && is_missing(held.packet.map(|packet| packet.message), seen.packet)
    {
        repairs.push(Repair::PostPacket { escalation: escalation.id });
    }
    repairs
}

fn closed(ticket: &Ticket, seen: &Seen) -> Option<Repair> {
    let (thread, sight) = seen.thread?;
    let is_open = ticket.places.thread == Some(thread) && matches!(sight, ThreadSight::Active { .. });
    is_open.then_some(Repair::CloseThread)
}

fn thread(ticket: &Ticket, seen: &Seen) -> Option<Repair> {
    let Some(thread) = ticket.places.thread else { return Some(Repair::MakeThread { was: None }) };
    let (looked_at, sight) = seen.thread?;
    if looked_at != thread {
        return None;
    }
    match sight {
        ThreadSight::Gone => Some(Repair::MakeThread { was: Some(thread) }),
        ThreadSight::Archived | ThreadSight::Active { locked: true } => Some(Repair::OpenThread),
        ThreadSight::Active { locked: false } | ThreadSight::Unknown => None,
    }
}

/// Whether a message that should stand somewhere was never posted, or was seen to be gone.
fn is_missing(posted: Option<MessageId>, seen: Option<(MessageId, MessageSight)>) -> bool {
    match posted {
        None => true,
        Some(message) => seen == Some((message, MessageSight::Gone)),
    }
}

fn people(held: &Held, seen: &Seen) -> Vec<Repair> {
    let (ticket, inside) = (&held.ticket, &held.inside);
    let mut repairs = Vec::new();
    let lost = |user: UserId| matches!(seen.people.get(&user), Some(PersonSight::Member | PersonSight::Left));
    let holder = ticket.status.holder().filter(|_| ticket.status.is_open());
    if let Some(holder) = holder.map(super::ticket::Holder::user).filter(|holder| lost(*holder)) {
        repairs.push(Repair::TakeBack { from: holder });
    }
    for user in &inside.staff {
        // Whoever was invited as a person stays one, and so does whoever asked.
        let stays = ticket.is_requester(*user) || inside.guests.contains(user);
        if lost(*user) && !stays {
            repairs.push(Repair::RemoveMember { user: *user });
        }
    }
    match (seen.people.get(&ticket.requester), inside.requester_left) {
        (Some(PersonSight::Left), false) => repairs.push(Repair::NoteRequesterLeft),
        (Some(PersonSight::Staff | PersonSight::Member), true) => repairs.push(Repair::TakeRequesterIn),
        _ => {}
    }
    repairs
}

#[cfg(test)]
mod tests;
