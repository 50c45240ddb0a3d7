//! Taking in what other processes have changed of the servers' articles.
//!
//! They say so with a notice. While there is no connection to hear notices on, the database is asked twice a second instead;
//! and now and then in any case, because a connection can be dead without anybody noticing.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{LONGEST_RETRY, back_off, chain};
use crate::desk::Desk;
use crate::store::{Notices, Store};

/// Between two looks without notices. With the time that reading and indexing a shelf take, a change is everywhere within a
/// second.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Between two looks with notices.
const LOOK_WITH_NOTICES_EVERY: Duration = Duration::from_secs(5);
/// How long after a connection for notices was lost, or not got, the next one is tried.
const RECONNECT_AFTER: Duration = Duration::from_secs(1);

/// Follows the changes of other processes until `stop`. Where there can be no other, there is nothing to follow.
pub async fn follow_shelves(desk: Desk, stop: CancellationToken) {
    if desk.store.is_exclusive() {
        return;
    }
    let mut listener = Listener { notices: None, next_try: Instant::now() };
    let (mut last_look, mut failures, mut was_told) = (desk.clock.now(), 0, false);
    loop {
        // Before the look, so that what is changed meanwhile is heard of.
        listener.connect(&desk.store).await;
        let now = desk.clock.now();
        let pause = match desk.follow_shelves(last_look).await {
            Ok(changed) => {
                if changed > 0 && !was_told {
                    listener.distrust();
                }
                (last_look, failures) = (now, 0);
                listener.pause()
            }
            Err(error) => {
                failures += 1;
                tracing::warn!(error = %chain(error), "could not look for changed articles; trying again");
                back_off(failures - 1, LONGEST_RETRY)
            }
        };
        was_told = tokio::select! {
            () = stop.cancelled() => return,
            () = listener.told() => true,
            () = tokio::time::sleep(pause) => false,
        };
    }
}

/// The connection for notices, or the wish for one.
struct Listener {
    notices: Option<Notices>,
    next_try: Instant,
}

impl Listener {
    async fn connect(&mut self, store: &Store) {
        if self.notices.is_some() || Instant::now() < self.next_try {
            return;
        }
        match store.hear_of_shelves().await {
            Ok(notices) => self.notices = notices,
            Err(error) => {
                tracing::debug!(error = %chain(error), "cannot hear of changed articles; asking for them");
                self.lose();
            }
        }
    }

    fn pause(&self) -> Duration {
        if self.notices.is_some() { LOOK_WITH_NOTICES_EVERY } else { LOOK_EVERY }
    }

    /// Waits until there is something to look for: a notice, or a time without any.
    async fn told(&mut self) {
        let Some(notices) = &mut self.notices else { return std::future::pending().await };
        match notices.next().await {
            Ok(true) => tracing::debug!("told that articles were changed"),
            Ok(false) => {
                tracing::info!("the connection that tells of changed articles was lost; asking for them");
                self.lose();
            }
            Err(error) => {
                tracing::warn!(error = %chain(error), "cannot be told of changed articles; asking for them");
                self.lose();
            }
        }
    }

    /// A change was found that nobody told of, so the connection may be dead.
    fn distrust(&mut self) {
        if self.notices.is_some() {
            self.lose();
        }
    }

    fn lose(&mut self) {
        self.notices = None;
        self.next_try = Instant::now() + RECONNECT_AFTER;
    }
}
