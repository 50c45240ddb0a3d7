//! Sessions and their replay buffers.
//!
//! A session outlives its connection for three minutes of the sandbox's clock; Discord says "a few
//! minutes". Its buffer is bounded: who missed more than it holds has to identify anew.

use std::{collections::VecDeque, sync::Arc};

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

use crate::sandbox::token;

/// For so long a session without a connection may be resumed.
const RESUMABLE_MS: u64 = 3 * 60_000;

/// What a connection is told to send or do.
#[derive(Debug, Clone)]
pub(crate) enum Outgoing {
    Frame(Arc<str>),
    /// Close with a code.
    Close(u16, &'static str),
    /// Cut the connection without a word.
    Cut,
}

/// One gateway session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) intents: u64,
    pub(crate) shard: (u64, u64),
    seq: u64,
    buffer: VecDeque<(u64, Arc<str>)>,
    wire: Option<(u64, UnboundedSender<Outgoing>)>,
    left_ms: Option<u64>,
    /// Whether READY and the guilds have been sent.
    pub(crate) ready: bool,
    /// Which of all that ever identified it is, from 1 on.
    number: u64,
}

/// What a session does not get any more although its heartbeats are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// No event at all.
    Everything,
    /// No interactions. Seen in February 2026 (github.com/discord/discord-api-docs, issue 8162).
    Interactions,
}

/// All sessions of the bot.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    sessions: Vec<Session>,
    connections: u64,
    identified: u64,
    resumed: u64,
    /// Whether every connection has gone deaf and dumb.
    pub(crate) silent: bool,
    /// The code with which whoever identifies or resumes is turned away.
    pub(crate) turned_away_with: Option<u16>,
    /// How many of the next events are sent twice.
    pub(crate) duplicate_next: u32,
    /// How many of the next events come only after the one that follows them.
    pub(crate) swap_next: u32,
    held: Vec<Held>,
    /// Connections up to this number have gone deaf and dumb.
    deaf_to: u64,
    /// What sessions up to this number do not get any more.
    withheld: Option<(u64, Withheld)>,
    /// How often members were asked for.
    pub(crate) member_requests: u64,
}

/// An event that comes after the next one.
#[derive(Debug)]
struct Held {
    session: String,
    event: String,
    data: String,
}

/// Why a session cannot be resumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResumeRefused {
    UnknownSession,
    BadSequence,
}

impl Hub {
    /// A number for a new connection.
    pub(crate) fn next_connection(&mut self) -> u64 {
        self.connections += 1;
        self.connections
    }

    /// Whether there is any session to tell things to.
    pub(crate) fn anyone(&self) -> bool {
        !self.sessions.is_empty()
    }

    /// How many sessions have a connection and have been sent everything.
    pub(crate) fn ready_sessions(&self) -> usize {
        self.sessions.iter().filter(|session| session.ready && session.wire.is_some()).count()
    }

    /// How often a client identified, and how often it resumed.
    pub(crate) fn counts(&self) -> (u64, u64) {
        (self.identified, self.resumed)
    }

    /// Starts a session on a connection.
    pub(crate) fn identify(
        &mut self,
        connection: u64,
        wire: UnboundedSender<Outgoing>,
        intents: u64,
        shard: (u64, u64),
    ) -> String {
        let id = token::session_id();
        self.identified += 1;
        self.sessions.push(Session {
            id: id.clone(),
            intents,
            shard,
            seq: 0,
            buffer: VecDeque::new(),
            wire: Some((connection, wire)),
            left_ms: None,
            ready: false,
            number: self.identified,
        });
        id
    }

    /// The session with this id.
    pub(crate) fn session_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }

    /// Takes a session up again on a new connection, and sends what was missed.
    pub(crate) fn resume(
        &mut self,
        id: &str,
        seq: u64,
        connection: u64,
        wire: UnboundedSender<Outgoing>,
    ) -> Result<(), ResumeRefused> {
        let known = Some(id).filter(|id| !id.is_empty());
        let session = known.and_then(|id| self.session_mut(id)).ok_or(ResumeRefused::UnknownSession)?;
        if seq > session.seq {
            return Err(ResumeRefused::BadSequence);
        }
        let oldest = session.buffer.front().map_or(session.seq + 1, |(number, _)| *number);
        if seq + 1 < oldest {
            return Err(ResumeRefused::UnknownSession);
        }
        if let Some((_, old)) = session.wire.take() {
            // The old connection may be gone already.
            let _ = old.send(Outgoing::Close(4009, "Session timed out."));
        }
        for (_, frame) in session.buffer.iter().filter(|(number, _)| *number > seq) {
            let _ = wire.send(Outgoing::Frame(frame.clone()));
        }
        session.wire = Some((connection, wire));
        session.left_ms = None;
        self.resumed += 1;
        Ok(())
    }

    /// A connection is gone; its session waits to be resumed, or ends at once.
    pub(crate) fn leave(&mut self, connection: u64, ends: bool, now_ms: u64) {
        let of_connection =
            |session: &Session| session.wire.as_ref().is_some_and(|(number, _)| *number == connection);
        if ends {
            self.sessions.retain(|session| !of_connection(session));
            return;
        }
        for session in self.sessions.iter_mut().filter(|session| of_connection(session)) {
            session.wire = None;
            session.left_ms = Some(now_ms);
        }
    }

    /// Drops sessions that nobody came back to.
    pub(crate) fn forget_old(&mut self, now_ms: u64) {
        self.sessions.retain(|session| session.left_ms.is_none_or(|left| left + RESUMABLE_MS > now_ms));
    }

    /// Whether a connection plays dead.
    pub(crate) fn is_deaf(&self, connection: u64) -> bool {
        self.silent || connection <= self.deaf_to
    }

    /// Makes the connections that there are deaf and dumb; new ones are as always.
    pub(crate) fn deafen(&mut self) {
        self.deaf_to = self.connections;
    }

    /// Withholds something from the sessions that there are; new ones are as always.
    pub(crate) fn withhold(&mut self, what: Withheld) {
        self.withheld = Some((self.identified, what));
    }

    fn gets(&self, session: &Session, event: &str) -> bool {
        match self.withheld {
            Some((to, what)) if session.number <= to => {
                what == Withheld::Interactions && event != "INTERACTION_CREATE"
            }
            _ => true,
        }
    }

    /// Drops every session, so that resuming is refused; connections stay open but get nothing more.
    pub(crate) fn forget_all(&mut self) {
        for session in &mut self.sessions {
            session.id = String::new();
        }
        self.sessions.retain(|session| session.wire.is_some());
    }

    /// Tells every connection the same.
    pub(crate) fn tell_connections(&self, what: &Outgoing) {
        for (_, wire) in self.sessions.iter().filter_map(|session| session.wire.as_ref()) {
            // A connection that is just closing needs no telling.
            let _ = wire.send(what.clone());
        }
    }

    /// Sends an event to the sessions that want it; `pick` gives each its version.
    pub(crate) fn dispatch<'a>(
        &mut self,
        event: &str,
        keep: usize,
        pick: impl Fn(&Session) -> Option<&'a str>,
    ) {
        let twice = self.duplicate_next > 0;
        self.duplicate_next = self.duplicate_next.saturating_sub(1);
        let holds = self.swap_next > 0 && self.held.is_empty();
        let mut sessions = std::mem::take(&mut self.sessions);
        for session in &mut sessions {
            let Some(data) = pick(session).filter(|_| self.gets(session, event)) else { continue };
            if holds {
                let (session, event, data) = (session.id.clone(), event.to_owned(), data.to_owned());
                self.held.push(Held { session, event, data });
                continue;
            }
            let aloud = !session.wire.as_ref().is_some_and(|(number, _)| self.is_deaf(*number));
            for _ in 0..if twice { 2 } else { 1 } {
                session.deliver(event, data, keep, aloud);
            }
        }
        self.sessions = sessions;
        if holds {
            self.swap_next -= 1;
            return;
        }
        for held in std::mem::take(&mut self.held) {
            let silent = self.silent;
            if let Some(session) = self.session_mut(&held.session) {
                session.deliver(&held.event, &held.data, keep, !silent);
            }
        }
    }
}

impl Session {
    /// Numbers an event, keeps it for a replay, and sends it.
    pub(crate) fn send(&mut self, event: &str, data: &str, keep: usize) {
        self.deliver(event, data, keep, true);
    }

    /// Numbers and keeps an event, and sends it unless the gateway plays dead.
    fn deliver(&mut self, event: &str, data: &str, keep: usize, aloud: bool) {
        self.seq += 1;
        let frame: Arc<str> = format!(r#"{{"t":"{event}","s":{},"op":0,"d":{data}}}"#, self.seq).into();
        if self.buffer.len() >= keep.max(1) {
            self.buffer.pop_front();
        }
        self.buffer.push_back((self.seq, frame.clone()));
        if let Some((_, wire)) = self.wire.as_ref().filter(|_| aloud) {
            // The connection may be closing; a resume replays the event.
            let _ = wire.send(Outgoing::Frame(frame));
        }
    }

    /// Whether this session's shard is the guild's (Discord docs, events/gateway: sharding).
    pub(crate) fn has_guild(&self, guild: u64) -> bool {
        (guild >> 22) % self.shard.1.max(1) == self.shard.0
    }

    /// Direct messages go to the first shard.
    pub(crate) fn has_direct_messages(&self) -> bool {
        self.shard.0 == 0
    }

    /// Whether any of these intents was asked for; none wanted is always so.
    pub(crate) fn wants(&self, intents: u64) -> bool {
        intents == 0 || self.intents & intents != 0
    }
}

/// JSON text of a payload that is not an event.
pub(crate) fn plain_frame(op: u8, data: &Value) -> Arc<str> {
    format!(r#"{{"t":null,"s":null,"op":{op},"d":{data}}}"#).into()
}
