//! Taking in what other processes have changed of the servers' articles.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{LONGEST_RETRY, back_off, chain};
use crate::desk::Desk;

/// Between two looks. With the time that reading and indexing a shelf take, a change is everywhere within a second.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Follows the changes of other processes until `stop`. Where there can be no other, there is nothing to follow.
pub async fn follow_shelves(desk: Desk, stop: CancellationToken) {
    if desk.store.is_exclusive() {
        return;
    }
    let mut last_look = desk.clock.now();
    let mut failures = 0;
    loop {
        let pause = match failures {
            0 => LOOK_EVERY,
            _ => back_off(failures - 1, LONGEST_RETRY),
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        match desk.follow_shelves(last_look).await {
            Ok(look) => (last_look, failures) = (look, 0),
            Err(error) => {
                failures += 1;
                tracing::warn!(error = %chain(error), "could not look for changed articles; trying again");
            }
        }
    }
}
