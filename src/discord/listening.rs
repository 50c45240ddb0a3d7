//! Which shards this process listens to, and so which servers are its business.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::domain::id::GuildId;

/// The shards that are connected, each with the number of all.
#[derive(Debug, Default)]
pub struct Listening {
    shards: Mutex<BTreeMap<u32, u32>>,
}

impl Listening {
    /// A shard is connected.
    pub(super) fn begin(&self, shard: u32, total: u32) {
        self.shards.lock().unwrap_or_else(PoisonError::into_inner).insert(shard, total);
    }

    /// These shards are let go of.
    pub(super) fn end(&self, shards: Range<u32>) {
        self.shards.lock().unwrap_or_else(PoisonError::into_inner).retain(|shard, _| !shards.contains(shard));
    }

    /// Whether a server's events come here (Discord docs, events/gateway, sharding: the formula).
    pub fn to(&self, guild: GuildId) -> bool {
        let shards = self.shards.lock().unwrap_or_else(PoisonError::into_inner);
        shards
            .iter()
            .any(|(shard, total)| (guild.snowflake() >> 22) % u64::from((*total).max(1)) == u64::from(*shard))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_belongs_to_the_shard_of_its_number() {
        let listening = Listening::default();
        let server = |number: u64| GuildId::from_snowflake(number << 22);
        assert!(!listening.to(server(4)), "nothing is connected yet");
        listening.begin(1, 3);
        assert!(listening.to(server(4)) && !listening.to(server(5)));
        listening.end(0..1);
        assert!(listening.to(server(4)), "another shard was let go of");
        listening.end(1..2);
        assert!(!listening.to(server(4)));
    }
}
