//! The shards that this process listens to, as somebody sees them who asks whether it is connected.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serenity::gateway::{ConnectionStage, ShardManager};

use super::Cx;

/// All sessions of a process, of one shard each.
#[derive(Default)]
pub struct Links {
    held: Mutex<Vec<Arc<ShardManager>>>,
    others_have_all: AtomicBool,
}

impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Links").field("held", &self.lock().len()).finish_non_exhaustive()
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

/// Held for as long as the session is wanted.
pub(super) struct Held {
    cx: Arc<Cx>,
    manager: Arc<ShardManager>,
}

impl Held {
    /// A session is wanted from now on.
    pub(super) fn new(cx: Arc<Cx>, manager: Arc<ShardManager>) -> Self {
        cx.links.lock().push(manager.clone());
        Self { cx, manager }
    }
}

impl Links {
    /// Whether other processes have everything there is.
    pub(super) fn others_have_all(&self, yes: bool) {
        self.others_have_all.store(yes, Ordering::Relaxed);
    }

    /// How the sessions stand.
    pub async fn look(&self) -> LinkState {
        let managers = self.lock().clone();
        let mut connected = 0;
        for manager in &managers {
            let runners = manager.runners.lock().await;
            connected += runners.values().filter(|runner| runner.stage == ConnectionStage::Connected).count();
        }
        let others_have_all = self.others_have_all.load(Ordering::Relaxed);
        LinkState { held: managers.len(), connected, others_have_all }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Arc<ShardManager>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.cx.links.lock().retain(|manager| !Arc::ptr_eq(manager, &self.manager));
    }
}
