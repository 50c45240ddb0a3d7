//! Several processes on one database: each keeps itself known, and takes back what a dead one had begun.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::chain;
use crate::desk::Desk;

/// How often the others are looked at. What a dead process had is taken back after this long at the latest.
const EVERY: Duration = Duration::from_secs(2);

/// An interaction's token lives for 15 minutes; nobody is told of it after that.
const INTERACTIONS_KEPT: Duration = Duration::from_hours(1);

/// How many looks lie between two sweeps of what is past: ten minutes.
const LOOKS_PER_SWEEP: u32 = 300;

/// Does so until `stop`. A process that has its database for itself needs none of it.
pub async fn stay_present(desk: Desk, stop: CancellationToken) {
    if desk.store.is_exclusive() {
        return;
    }
    for look in 0_u32.. {
        match desk.store.keep_present().await {
            Ok(0) => {}
            Ok(jobs) => {
                tracing::info!(jobs, "took back deliveries of a process that is gone");
                desk.ring();
            }
            Err(error) => tracing::warn!(error = %chain(error), "could not look at the other processes"),
        }
        if look % LOOKS_PER_SWEEP == 0 {
            let before = desk.clock.now() - INTERACTIONS_KEPT;
            if let Err(error) = desk.store.forget_past(before).await {
                tracing::warn!(error = %chain(error), "could not forget old interactions and processes");
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
