//! The shelves of servers in memory: what each of them adds to the articles of all.
//!
//! A shelf is read at a server's first question and kept. Every change of one raises its revision in the same
//! transaction; this process takes its own changes in at once, those of others by asking which revisions were raised
//! lately: when it is told that there was one, and now and then (`jobs::follow_shelves`). A shelf in use is never waited
//! for: until the new one is there, the old one answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::Desk;
use crate::domain::id::GuildId;
use crate::domain::time::Timestamp;
use crate::knowledge::KnowledgeError;
use crate::knowledge::learned::Learned;
use crate::knowledge::shelf::Shelf;
use crate::store::StoreError;

/// More shelves than this are not kept; all are forgotten and read again as they are asked for.
const MOST_KEPT: usize = 1_000;

/// The most articles that one server's shelf holds, so that no server can fill the memory of all.
const MOST_ARTICLES: i64 = 2_000;

/// The newest lessons are what a shelf learns from.
const MOST_LESSONS: i64 = 5_000;

/// Revisions are asked for from this long before the last look: clocks of several machines differ, and a change is
/// seen only after its transaction has ended.
const LOOK_BACK: Duration = Duration::from_mins(1);

/// Why a shelf could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// It cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It cannot be indexed.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
}

/// What is kept.
#[derive(Debug, Default)]
pub(super) struct Shelves(Mutex<HashMap<GuildId, Kept>>);

#[derive(Clone, Debug)]
struct Kept {
    revision: i64,
    shelf: Arc<Shelf>,
}

impl Shelves {
    fn get(&self, guild: GuildId) -> Option<Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&guild).cloned()
    }

    fn forget(&self, guild: GuildId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&guild);
    }

    /// Keeps a shelf unless a newer one is there already.
    fn keep(&self, guild: GuildId, kept: Kept) {
        let mut shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shelves.get(&guild).is_some_and(|known| known.revision > kept.revision) {
            return;
        }
        if shelves.len() >= MOST_KEPT && !shelves.contains_key(&guild) {
            shelves.clear();
        }
        shelves.insert(guild, kept);
    }
}

impl Desk {
    /// What a server adds to the articles of all. Touches the database at the server's first question only. Should that
    /// fail, people are answered from the files meanwhile.
    pub async fn shelf(&self, guild: GuildId) -> Arc<Shelf> {
        if let Some(kept) = self.shelves.get(guild) {
            return kept.shelf;
        }
        match self.read_shelf(guild).await {
            Ok(shelf) => shelf,
            Err(error) => {
                tracing::warn!(
                    guild.id = guild.0,
                    error = format!("{:#}", anyhow::Error::from(error)),
                    "the articles of a server cannot be read; it is answered from the files alone"
                );
                Arc::default()
            }
        }
    }

    /// Takes a change of a server's shelf in that this process has committed.
    pub(super) async fn renew_shelf(&self, guild: GuildId) {
        if let Err(error) = self.read_shelf(guild).await {
            // The next question tries again; an answer from before the change would be wrong.
            self.shelves.forget(guild);
            tracing::warn!(
                guild.id = guild.0,
                error = format!("{:#}", anyhow::Error::from(error)),
                "the articles of a server could not be read after a change"
            );
        }
    }

    /// Reads a server's shelf anew.
    async fn read_shelf(&self, guild: GuildId) -> Result<Arc<Shelf>, ShelfError> {
        // The revision first: a change in between makes it too old, and the shelf is read once more, never too seldom.
        let revision = self.store.shelf_revision(guild).await?;
        let articles = self.store.live_articles(guild, MOST_ARTICLES).await?;
        let lessons = self.store.lessons(guild, MOST_LESSONS).await?;
        let now = self.clock.now();
        let shelf = if articles.is_empty() && lessons.is_empty() {
            Shelf::default()
        } else {
            let before = self.shelves.get(guild).map(|kept| kept.shelf).unwrap_or_default();
            let shelf = tokio::task::spawn_blocking(move || {
                let shelf = before.renewed(articles)?;
                Ok::<_, KnowledgeError>(shelf.with_lessons(Learned::new(&lessons, now)))
            });
            shelf.await.map_err(|_| KnowledgeError::Stopping)??
        };
        let shelf = Arc::new(shelf);
        tracing::debug!(guild.id = guild.0, revision, "a server's shelf was read");
        self.shelves.keep(guild, Kept { revision, shelf: Arc::clone(&shelf) });
        Ok(shelf)
    }

    /// Takes in what other processes have changed since the last look. How many shelves that were.
    pub async fn follow_shelves(&self, last_look: Timestamp) -> Result<usize, ShelfError> {
        let mut changed = 0;
        let since = Timestamp(last_look.0.saturating_sub(i64::try_from(LOOK_BACK.as_millis()).unwrap_or(0)));
        for (guild, revision) in self.store.shelf_revisions_since(since).await? {
            // What nobody here has asked for is read when somebody does.
            if self.shelves.get(guild).is_some_and(|kept| kept.revision < revision) {
                self.read_shelf(guild).await?;
                changed += 1;
            }
        }
        Ok(changed)
    }
}
