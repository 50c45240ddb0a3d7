//! Turns at searching: as many at the same time as there are cores.
//!
//! More would make all of them late, and each needs a thread with its memory. Who waits too long is told so while they can be.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::KnowledgeError;

/// Discord waits three seconds for an answer, and this leaves some of them for the way.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// One for each core. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Turns(Arc<Semaphore>);

/// Somebody's turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _permit: OwnedSemaphorePermit,
}

impl Default for Turns {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, NonZero::get);
        Self(Arc::new(Semaphore::new(cores)))
    }
}

impl Turns {
    /// Waits for a turn; not for long.
    pub(super) async fn take(&self) -> Result<Turn, KnowledgeError> {
        match timeout(PATIENCE, self.0.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Turn { _permit: permit }),
            // Nobody closes the semaphore, so what fails is the time.
            Ok(Err(_)) | Err(_) => Err(KnowledgeError::Busy),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_too_long_is_told_and_the_next_one_is_served_again() {
        let turns = Turns::default();
        let mut taken = Vec::new();
        while turns.0.available_permits() > 0 {
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
}
