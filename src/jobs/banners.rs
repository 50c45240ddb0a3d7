//! Keeps the open incidents in memory as the database has them, whichever process changed it.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::desk::Desk;

/// How often the database is asked: an incident shows everywhere within a second.
const EVERY: Duration = Duration::from_millis(500);

/// Looks until `stop`. A database that is away for a while is reported once.
pub async fn keep_incidents(desk: Desk, stop: CancellationToken) {
    let mut is_away = false;
    loop {
        match desk.refresh_incidents().await {
            Ok(()) => is_away = false,
            Err(error) if !is_away => {
                is_away = true;
                tracing::error!(error = %super::chain(error), "the open incidents cannot be read; trying again");
            }
            Err(_) => {}
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
