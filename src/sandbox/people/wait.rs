//! Waiting for what is to be seen, instead of for a while.
//!
//! Made for tests: a wait that is in vain panics after half a minute and prints what was there.

use std::time::Duration;

use super::{Person, SeenChannel, SeenMessage};

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
