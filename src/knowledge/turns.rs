//! Turns at searching: as many at the same time as there are cores.
//!
//! More would make all of them late, and each needs a thread with its memory. Who waits too long is told so while they can be.
//!
//! A line that forms at once, as of people who all ask about the same failure, is worked off. One that does not end, because
//! more ask than can be answered, would make everybody wait for as long as anybody may; then newcomers wait for a moment
//! only, so that those who are answered are answered at once, and the others are told at once (controlled delay, as in
//! Ben Maurer, "Fail at Scale", ACM Queue 13(8), 2015).

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use super::KnowledgeError;

/// Discord waits three seconds for an answer, and this leaves some of them for the way.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// A line in which somebody stood for so long without a break does not end by itself.
const STANDING: Duration = Duration::from_millis(500);
/// How long a newcomer to such a line waits.
const PATIENCE_IN_STANDING_LINE: Duration = Duration::from_millis(100);

/// One for each core. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Turns {
    free: Arc<Semaphore>,
    line: Arc<Line>,
}

/// Those who wait for a turn.
#[derive(Debug)]
struct Line {
    began: Instant,
    /// When nobody stood in it last, in milliseconds since then.
    empty_at: AtomicU64,
}

/// Somebody's turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _permit: OwnedSemaphorePermit,
}

impl Default for Turns {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, NonZero::get);
        let line = Line { began: Instant::now(), empty_at: AtomicU64::new(0) };
        Self { free: Arc::new(Semaphore::new(cores)), line: Arc::new(line) }
    }
}

impl Turns {
    /// Waits for a turn; not for long.
    pub(super) async fn take(&self) -> Result<Turn, KnowledgeError> {
        // A turn that is given back goes to whoever waits, so one that is free says that nobody does.
        if let Ok(permit) = self.free.clone().try_acquire_owned() {
            self.line.ends();
            return Ok(Turn { _permit: permit });
        }
        match timeout(self.line.patience(), self.free.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Turn { _permit: permit }),
            // Nobody closes the semaphore, so what fails is the time.
            Ok(Err(_)) | Err(_) => Err(KnowledgeError::Busy),
        }
    }
}

impl Line {
    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn ends(&self) {
        self.empty_at.fetch_max(self.now(), Ordering::Relaxed);
    }

    /// How long somebody who comes now waits.
    fn patience(&self) -> Duration {
        let stood = self.now().saturating_sub(self.empty_at.load(Ordering::Relaxed));
        if Duration::from_millis(stood) < STANDING { PATIENCE } else { PATIENCE_IN_STANDING_LINE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_too_long_is_told_and_the_next_one_is_served_again() {
        let turns = Turns::default();
        let mut taken = Vec::new();
        while turns.free.available_permits() > 0 {
            taken.push(turns.take().await.unwrap());
        }
        assert!(matches!(turns.take().await, Err(KnowledgeError::Busy)));
        let next = tokio::spawn({
            let turns = turns.clone();
            async move { turns.take().await.is_ok() }
        });
        taken.pop();
        assert!(next.await.unwrap());
    }

    #[test]
    fn newcomers_to_a_line_that_does_not_end_wait_for_a_moment_only() {
        let began = Instant::now().checked_sub(STANDING * 2).unwrap();
        let line = Line { began, empty_at: AtomicU64::new(0) };
        assert_eq!(line.patience(), PATIENCE_IN_STANDING_LINE);
        line.ends();
        assert_eq!(line.patience(), PATIENCE, "it has only begun");
    }
}
