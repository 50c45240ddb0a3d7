//! Waiting for what is to be seen, instead of for a while.
//!
//! Made for tests: a wait that is in vain panics after half a minute and prints what was there.

use std::time::Duration;

use super::{Outcome, Person, Reaction, SeenChannel, SeenMessage};
use crate::sandbox::world::Progress;

/// So long one waits for what should appear: long enough for a busy machine, since only a failing test waits it out.
const PATIENCE: Duration = Duration::from_secs(30);

impl Person {
    /// Waits until a message in a channel is as wanted; the youngest of several is returned.
    ///
    /// # Panics
    /// When there is none after half a minute; prints the whole channel.
    pub async fn waits_for(&self, channel: u64, wanted: impl Fn(&SeenMessage) -> bool) -> SeenMessage {
        let look = || self.sees(channel).into_iter().rev().find(|message| wanted(message));
        self.wait_until(look).await.unwrap_or_else(|| {
            panic!("{} waited in vain; the channel:\n{}", self.name(), self.reads(channel))
        })
    }

    /// Waits until they see a thread whose name contains this; the youngest of several is returned.
    ///
    /// # Panics
    /// When there is none after half a minute; prints the channels.
    pub async fn waits_for_thread(&self, name_part: &str) -> SeenChannel {
        self.wait_until(|| self.sees_thread(name_part)).await.unwrap_or_else(|| {
            panic!("{} saw no thread `{name_part}`; the channels: {:#?}", self.name(), self.sees_channels())
        })
    }

    /// What a deferred answer becomes; any other is returned as it is. Failed if nothing comes within half a minute.
    pub async fn waits_for_answer(&self, reaction: Reaction) -> Reaction {
        if !matches!(reaction.outcome, Outcome::Deferred(_) | Outcome::DeferredUpdate) {
            return reaction;
        }
        let look = || {
            let (filled, follow_up) = self.sandbox.read(|world| {
                let found = world.interactions.get(&reaction.interaction)?;
                let is_answered = found.progress == Progress::Answered;
                is_answered.then(|| (found.original, found.follow_ups.last().copied()))
            })?;
            let id = follow_up.or(filled)?;
            let seen = self.sees_message(id)?;
            let is_new = follow_up.is_some() || matches!(reaction.outcome, Outcome::Deferred(_));
            Some(if is_new { Outcome::Message(seen) } else { Outcome::Updated(seen) })
        };
        let outcome = self.wait_until(look).await;
        let outcome = outcome.unwrap_or_else(|| Outcome::Failed("The answer never came".to_owned()));
        Reaction { outcome, ..reaction }
    }

    /// Waits until something they can tell from what they see is there; none after half a minute.
    pub async fn wait_until<T>(&self, mut look: impl FnMut() -> Option<T>) -> Option<T> {
        let mut changes = self.sandbox.changes();
        let found = async {
            loop {
                // Marked as seen before looking, so that no change in between is missed.
                changes.borrow_and_update();
                if let Some(found) = look() {
                    return Some(found);
                }
                if changes.changed().await.is_err() {
                    return None;
                }
            }
        };
        tokio::time::timeout(PATIENCE, found).await.ok().flatten()
    }

    /// A whole channel as text, as this person reads it.
    pub fn reads(&self, channel: u64) -> String {
        self.sees(channel).iter().map(ToString::to_string).collect()
    }
}
