//! Keeps the knowledge base true to its folder of articles while the desk runs.
//!
//! The system tells of changes; when it has been quiet for a moment the folder is looked at, and if anything is
//! different the articles are indexed anew on a blocking thread, while questions are answered as before. Network
//! drives and linked files change without a word, so it looks every now and then as well. Each fault is logged once,
//! for as long as it lasts.
//!
//! It never fails: a folder that is gone leaves the desk with the articles it had.

use std::collections::HashSet;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::knowledge::source::Fault;
use crate::knowledge::{Knowledge, KnowledgeError, LoadReport, Reloaded};

/// Files are written in several steps; after this long without a change they are taken to be whole.
const QUIET: Duration = Duration::from_millis(100);

/// A folder that is never quiet is looked at after so many waits for quiet.
const MOST_WAITS: u32 = 5;

/// How often to look without being told. Looking at 100,000 files takes a fraction of a second.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// Says what was found wrong with the articles, each fault once for as long as it lasts.
#[derive(Debug, Default)]
pub struct Faults {
    known: HashSet<Fault>,
}

impl Faults {
    /// Logs what is new.
    pub fn tell(&mut self, report: &LoadReport) {
        for fault in report.faults.iter().filter(|fault| !self.known.contains(fault)) {
            tracing::warn!("a file was left out: {fault}");
        }
        self.known = report.faults.iter().cloned().collect();
    }
}

/// Watches until it is stopped. `faults` are those that have been told already.
pub async fn run(knowledge: Knowledge, faults: Faults, stop: CancellationToken) {
    let Some(options) = knowledge.options.clone() else { return };
    let mut eyes = Eyes::new(faults);
    loop {
        let (knowledge, folder, stopping) = (knowledge.clone(), options.kb_folder.clone(), stop.clone());
        let looked = tokio::task::spawn_blocking(move || {
            eyes.watch(&folder);
            let found = knowledge.reload(&|| stopping.is_cancelled());
            eyes.tell(found);
            eyes
        });
        eyes = looked.await.unwrap_or_else(|failure| {
            tracing::error!(%failure, "reading the articles again broke off");
            Eyes::new(Faults::default())
        });
        tokio::select! {
            () = stop.cancelled() => return,
            () = eyes.change() => {}
        }
    }
}

struct Eyes {
    changed: Arc<Notify>,
    /// With the folder's device and number: a folder put in its place has others.
    watcher: Option<(RecommendedWatcher, (u64, u64))>,
    faults: Faults,
    /// What was said last of a failure of the whole; said again only when it is another.
    failure: Option<String>,
    is_blind: bool,
}

impl Eyes {
    fn new(faults: Faults) -> Self {
        Self { changed: Arc::new(Notify::new()), watcher: None, faults, failure: None, is_blind: false }
    }

    /// Watches the folder that is there now.
    fn watch(&mut self, folder: &Path) {
        let Ok(metadata) = std::fs::metadata(folder) else {
            self.watcher = None;
            return;
        };
        let identity = (metadata.dev(), metadata.ino());
        if self.watcher.as_ref().is_some_and(|(_, watched)| *watched == identity) {
            return;
        }
        let changed = self.changed.clone();
        let tell = move |event: notify::Result<Event>| {
            if event.map_or(true, |event| is_change(event.kind)) {
                changed.notify_one();
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(tell, config).and_then(|mut watcher| {
            watcher.watch(folder, RecursiveMode::Recursive)?;
            Ok(watcher)
        });
        match watcher {
            Ok(watcher) => {
                self.watcher = Some((watcher, identity));
                self.is_blind = false;
            }
            Err(error) => {
                self.watcher = None;
                if !self.is_blind {
                    tracing::warn!(%error, every_s = LOOK_EVERY.as_secs(), "changed articles are only looked for");
                }
                self.is_blind = true;
            }
        }
    }

    /// Waits for a change that is complete, or for the next look.
    async fn change(&self) {
        if tokio::time::timeout(LOOK_EVERY, self.changed.notified()).await.is_err() {
            return;
        }
        for _ in 0..MOST_WAITS {
            if tokio::time::timeout(QUIET, self.changed.notified()).await.is_err() {
                return;
            }
        }
    }

    fn tell(&mut self, found: Result<Reloaded, KnowledgeError>) {
        match found {
            Ok(Reloaded::Unchanged) => self.failure = None,
            Ok(Reloaded::Changed(report)) => {
                self.failure = None;
                self.faults.tell(&report);
                tracing::info!(articles = report.articles, "the articles have changed");
            }
            Err(KnowledgeError::Stopping) => {}
            Err(error) => {
                let failure = error.to_string();
                if self.failure.as_ref() != Some(&failure) {
                    tracing::warn!("the articles stay as they were: {failure}");
                }
                self.failure = Some(failure);
            }
        }
    }
}

/// Whether files may be different afterwards; being read is an event, too, and our own reading must not wake us.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
