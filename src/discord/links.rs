//! The shards that this process listens to, as somebody sees them who asks whether it is connected.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serenity::gateway::{ConnectionStage, ShardManager};

/// All connections of a process.
#[derive(Debug, Default)]
pub struct Links {
    held: Mutex<Vec<Link>>,
    others_have_all: AtomicBool,
}

/// Some shards with one manager.
#[derive(Clone)]
struct Link {
    shards: usize,
    manager: Arc<ShardManager>,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").field("shards", &self.shards).finish_non_exhaustive()
    }
}

/// What was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkState {
    /// How many shards this process listens to.
    pub held: usize,
    /// How many of them are connected.
    pub connected: usize,
    /// Whether there is nothing left for this process, because others have every shard.
    pub others_have_all: bool,
}

/// Held for as long as the connection is wanted.
pub(super) struct Held<'a> {
    links: &'a Links,
    manager: Arc<ShardManager>,
}

impl Links {
    /// A connection to so many shards is wanted from now on.
    pub(super) fn hold(&self, shards: usize, manager: Arc<ShardManager>) -> Held<'_> {
        self.lock().push(Link { shards, manager: manager.clone() });
        Held { links: self, manager }
    }

    /// Whether other processes have everything there is.
    pub(super) fn others_have_all(&self, yes: bool) {
        self.others_have_all.store(yes, Ordering::Relaxed);
    }

    /// How the connections stand.
    pub async fn look(&self) -> LinkState {
        let links: Vec<Link> = self.lock().clone();
        let (mut held, mut connected) = (0, 0);
        for Link { shards, manager } in links {
            held += shards;
            let runners = manager.runners.lock().await;
            connected += runners.values().filter(|runner| runner.stage == ConnectionStage::Connected).count();
        }
        LinkState { held, connected, others_have_all: self.others_have_all.load(Ordering::Relaxed) }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Link>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.links.lock().retain(|link| !Arc::ptr_eq(&link.manager, &self.manager));
    }
}
