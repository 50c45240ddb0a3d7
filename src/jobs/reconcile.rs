//! The desk and Discord in step: every few minutes each server's tickets are compared with what stands on Discord, in both
//! directions, and put right in one pass. The first pass comes at the start, for what happened while nobody listened.
//!
//! A pass is cheap: lists are read where Discord has them, and single things some at a time. Servers come one after the
//! other, so that passes never take more than a small part of what Discord allows. Only the process that listens to a
//! server looks at it. Should two do so for a moment, the database lets each repair happen once.

use std::collections::{BTreeSet, HashMap};
use std::future::Future;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use super::{Failure, chain};
use crate::desk::{Desk, Inventory};
use crate::domain::id::{ChannelId, GuildId, TicketId, TicketNumber};
use crate::domain::reconcile::{Seen, repairs};
use crate::domain::time::Timestamp;
use crate::domain::watch::Written;
use crate::store::StoreError;

/// Between two passes over one server.
const EVERY: Duration = Duration::from_mins(5);
/// Between two passes over one server when events ask for one: what is done by hand is often done many times in a row.
const EVENTS_EVERY: Duration = Duration::from_secs(3);
/// The next pass over a server that the bot may not look at: it was probably thrown out.
const NOT_OURS: Duration = Duration::from_hours(1);
/// Between two looks at which servers are due.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// What passes take of Discord's 50 calls a second at most: ten.
const PER_CALL: Duration = Duration::from_millis(100);
/// The longest a pass may take.
const PASS_WITHIN: Duration = Duration::from_mins(4);

/// What Discord shows of a server's tickets.
#[derive(Clone, Debug, Default)]
pub struct Surveyed {
    /// Each ticket that was looked at.
    pub tickets: Vec<(TicketId, Seen)>,
    /// Active threads of ours that are named like a ticket's and that no ticket of the inventory has.
    pub strays: Vec<(ChannelId, TicketNumber)>,
    /// What was written in threads of silent requesters and not heard, oldest first.
    pub written: Vec<(TicketId, Vec<Written>)>,
    /// How many calls that took.
    pub calls: u32,
}

/// Looks at what is on Discord.
pub trait Survey: Send + Sync + 'static {
    /// Whether this process listens to a server.
    fn listens_to(&self, guild: GuildId) -> bool;

    /// Looks at everything that a desk holds. Changes nothing.
    fn survey(&self, inventory: &Inventory) -> impl Future<Output = Result<Surveyed, Failure>> + Send;
}

/// Compares and puts right until `stop`.
pub async fn keep_in_step(desk: Desk, survey: impl Survey, stop: CancellationToken) {
    let mut passes = Passes { desk, survey, next: HashMap::new() };
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
        let due = match passes.due().await {
            Ok(due) => due,
            Err(error) => {
                tracing::warn!(error = %chain(error), "could not look which servers are to be compared");
                continue;
            }
        };
        for guild in due {
            let pause = tokio::select! {
                () = stop.cancelled() => return,
                pause = passes.pass(guild) => pause,
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }
}

struct Passes<S> {
    desk: Desk,
    survey: S,
    /// When a server's turn comes again; at once for one that is not in here.
    next: HashMap<GuildId, Turn>,
}

#[derive(Clone, Copy)]
struct Turn {
    last: Timestamp,
    at: Timestamp,
}

impl<S: Survey> Passes<S> {
    /// The servers whose turn it is.
    async fn due(&mut self) -> Result<Vec<GuildId>, StoreError> {
        let now = self.desk.clock.now();
        let asked_for: BTreeSet<GuildId> = self.desk.asked_to_look();
        let mut due = Vec::new();
        for guild in self.desk.store.desk_guilds().await? {
            let turn = self.next.get(&guild).copied();
            let is_asked = asked_for.contains(&guild);
            let by_event = is_asked && turn.is_none_or(|turn| now.since(turn.last) >= EVENTS_EVERY);
            if !self.survey.listens_to(guild) {
                // Whoever gets the shard again looks at once.
                self.next.remove(&guild);
            } else if by_event || turn.is_none_or(|turn| turn.at <= now) {
                due.push(guild);
            } else if is_asked {
                self.desk.look_soon(guild);
            }
        }
        Ok(due)
    }

    /// One pass over a server. Returns how long to leave Discord alone after it.
    async fn pass(&mut self, guild: GuildId) -> Duration {
        // Counted from its beginning: what happens during a pass may be too late for it.
        let began = self.desk.clock.now();
        let span = tracing::info_span!("reconcile", guild.id = guild.0);
        let passed = tokio::time::timeout(PASS_WITHIN, self.compare(guild).instrument(span)).await;
        let (next, calls) = match passed {
            Ok(Ok(calls)) => (EVERY, calls),
            Ok(Err(Failure::GiveUp { why })) => {
                tracing::warn!(guild.id = guild.0, why, "a server cannot be compared with its desk");
                (NOT_OURS, 1)
            }
            Ok(Err(Failure::Later { after, why })) => {
                tracing::warn!(
                    guild.id = guild.0,
                    why,
                    "a server was not compared with its desk; trying again"
                );
                (after.unwrap_or_default().max(EVERY), 1)
            }
            Ok(Err(Failure::Moved)) => (EVERY, 1),
            Err(_) => {
                tracing::warn!(guild.id = guild.0, "comparing a server with its desk took too long");
                (EVERY, 1)
            }
        };
        self.next.insert(guild, Turn { last: began, at: began + next });
        PER_CALL.saturating_mul(calls)
    }

    async fn compare(&self, guild: GuildId) -> Result<u32, Failure> {
        let Some(inventory) = self.desk.inventory(guild).await? else { return Ok(0) };
        let surveyed = self.survey.survey(&inventory).await?;
        let held: HashMap<TicketId, _> =
            inventory.tickets.iter().map(|held| (held.ticket.id, held)).collect();
        for (ticket, seen) in &surveyed.tickets {
            if held.get(ticket).is_none_or(|held| repairs(held, seen).is_empty()) {
                continue;
            }
            // One ticket's trouble must not keep the others from being put right.
            match self.desk.put_right(*ticket, seen).await {
                Ok(wrong) if wrong.is_empty() => {}
                Ok(wrong) => tracing::info!(ticket.id = ticket.0, ?wrong, "put right on Discord"),
                Err(error) => {
                    tracing::error!(ticket.id = ticket.0, error = %chain(error), "a ticket could not be put right");
                }
            }
        }
        for (thread, number) in &surveyed.strays {
            match self.desk.put_stray_right(guild, *thread, *number).await {
                Ok(false) => {}
                Ok(true) => tracing::info!(thread.id = thread.0, "a thread belongs to no open ticket"),
                Err(error) => {
                    tracing::error!(thread.id = thread.0, error = %chain(error), "a thread could not be put right");
                }
            }
        }
        // After the repairs, which leave a ticket alone about which something is under way.
        for (ticket, written) in &surveyed.written {
            match self.desk.hear_late(*ticket, written).await {
                Ok(false) => {}
                Ok(true) => {
                    tracing::info!(ticket.id = ticket.0, "heard what was written while nobody listened");
                }
                Err(error) => {
                    tracing::error!(ticket.id = ticket.0, error = %chain(error), "a message could not be taken note of");
                }
            }
        }
        Ok(surveyed.calls)
    }
}
