//! The names of people who have used the bot lately, for what is kept outside of Discord, where an id says nothing.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::domain::id::{GuildId, UserId};

/// More names than this are forgotten at once; they are asked for again.
const NAMES_MAX: usize = 20_000;

/// Names as they are shown in each server.
#[derive(Debug, Default)]
pub struct Names(Mutex<HashMap<(GuildId, UserId), String>>);

impl Names {
    /// Notes how somebody is called there now.
    pub fn note(&self, guild: GuildId, user: UserId, name: &str) {
        let Ok(mut names) = self.0.lock() else { return };
        match names.get_mut(&(guild, user)) {
            Some(known) if known == name => {}
            Some(known) => name.clone_into(known),
            None => {
                if names.len() >= NAMES_MAX {
                    names.clear();
                }
                names.insert((guild, user), name.to_owned());
            }
        }
    }

    /// Forgets how somebody is called there.
    pub fn forget(&self, guild: GuildId, user: UserId) {
        if let Ok(mut names) = self.0.lock() {
            names.remove(&(guild, user));
        }
    }

    /// How somebody is called there.
    pub fn find(&self, guild: GuildId, user: UserId) -> Option<String> {
        self.0.lock().ok()?.get(&(guild, user)).cloned()
    }
}
