//! The incidents that are open, in memory: every answer of `/support` shows them, and an answer waits for no database.

use std::collections::HashMap;
use std::sync::RwLock;

use tokio::sync::Mutex;

use super::Desk;
use crate::domain::id::{GuildId, IncidentId};
use crate::domain::incident::Incident;
use crate::store::StoreError;

/// More incidents than this at once, over all servers, are not shown.
const OPEN_MAX: i64 = 1000;

/// The open incidents.
#[derive(Debug, Default)]
pub(super) struct Banners {
    /// By server, oldest first.
    open: RwLock<HashMap<GuildId, Vec<Incident>>>,
    /// Held while they are read anew, so that what was read before a change never takes the place of what was read after it.
    reading: Mutex<()>,
}

impl Desk {
    /// The open incidents of a server, as of less than a second ago.
    pub fn open_incidents(&self, guild: GuildId) -> Vec<Incident> {
        self.banners.open.read().ok().and_then(|open| open.get(&guild).cloned()).unwrap_or_default()
    }

    /// One of them.
    pub fn open_incident_known(&self, guild: GuildId, id: IncidentId) -> Option<Incident> {
        self.open_incidents(guild).into_iter().find(|incident| incident.id == id)
    }

    /// Reads them anew; any process may have changed them.
    pub async fn refresh_incidents(&self) -> Result<(), StoreError> {
        let _reading = self.banners.reading.lock().await;
        let mut by_guild: HashMap<GuildId, Vec<Incident>> = HashMap::new();
        for incident in self.store.open_incidents(OPEN_MAX).await? {
            by_guild.entry(incident.guild).or_default().push(incident);
        }
        if let Ok(mut open) = self.banners.open.write() {
            *open = by_guild;
        }
        Ok(())
    }

    /// The same after a change of our own. Should it fail, the change still counts, and the next look shows it.
    pub(super) async fn show_incidents(&self) {
        if let Err(error) = self.refresh_incidents().await {
            tracing::warn!(%error, "the open incidents could not be read again");
        }
    }
}
