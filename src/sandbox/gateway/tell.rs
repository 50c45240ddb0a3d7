//! Which sessions hear of what: by shard, intents and message content.

use serde_json::{Value, json};

use super::{intents, session::Session};
use crate::sandbox::world::{World, render};

impl World {
    /// Tells the sessions of a guild's shard, if the bot is in the guild.
    pub(crate) fn tell_guild(&mut self, event: &'static str, guild: u64, wanted: u64, data: &Value) {
        if !self.hub.anyone() || !self.bot_in(guild) {
            return;
        }
        let text = data.to_string();
        let pick = |session: &Session| -> Option<&str> {
            (session.has_guild(guild) && session.wants(wanted)).then_some(text.as_str())
        };
        self.hub.dispatch(event, self.options.replay_buffer, pick);
    }

    /// Tells about a guild's messages: without the content intent the version that hides it.
    pub(crate) fn tell_guild_messages(
        &mut self,
        event: &'static str,
        guild: u64,
        full: &Value,
        stripped: Option<&Value>,
    ) {
        if !self.hub.anyone() || !self.bot_in(guild) {
            return;
        }
        let full = full.to_string();
        let stripped = stripped.map(Value::to_string);
        let pick = |session: &Session| -> Option<&str> {
            if !session.has_guild(guild) || !session.wants(intents::GUILD_MESSAGES) {
                return None;
            }
            let reads = session.wants(intents::MESSAGE_CONTENT);
            Some(stripped.as_deref().filter(|_| !reads).unwrap_or(&full))
        };
        self.hub.dispatch(event, self.options.replay_buffer, pick);
    }

    /// Tells about a direct conversation.
    pub(crate) fn tell_direct(&mut self, event: &'static str, wanted: u64, data: &Value) {
        let text = data.to_string();
        let pick = |session: &Session| -> Option<&str> {
            (session.has_direct_messages() && session.wants(wanted)).then_some(text.as_str())
        };
        self.hub.dispatch(event, self.options.replay_buffer, pick);
    }

    /// Sends an interaction; no intent is needed.
    pub(crate) fn tell_interaction(&mut self, guild: Option<u64>, data: &Value) {
        match guild {
            Some(guild) => self.tell_guild("INTERACTION_CREATE", guild, 0, data),
            None => self.tell_direct("INTERACTION_CREATE", 0, data),
        }
    }

    /// Tells the bot that it is in a new guild.
    pub(crate) fn tell_guild_create(&mut self, guild: u64) {
        if !self.hub.anyone() {
            return;
        }
        let few = render::guild_create(self, guild, false).to_string();
        let all = render::guild_create(self, guild, true).to_string();
        let pick = |session: &Session| -> Option<&str> {
            if !session.has_guild(guild) || !session.wants(intents::GUILDS) {
                return None;
            }
            Some(if session.wants(intents::GUILD_MEMBERS) { &all } else { &few })
        };
        self.hub.dispatch("GUILD_CREATE", self.options.replay_buffer, pick);
    }

    /// Sends the members that a session asked for, unless it gets nothing any more.
    pub(crate) fn tell_members(&mut self, session: &str, guild: u64, named: &[u64], nonce: &Value) {
        let Some(found) = self.guilds.get(&guild) else { return };
        let (here, gone): (Vec<u64>, Vec<u64>) =
            named.iter().partition(|user| found.members.contains_key(user));
        let members: Vec<Value> = here.iter().map(|user| render::member(self, guild, *user)).collect();
        let chunk = json!({
            "guild_id": guild.to_string(),
            "members": members,
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": gone.iter().map(u64::to_string).collect::<Vec<_>>(),
            "nonce": nonce,
        });
        let (text, keep) = (chunk.to_string(), self.options.replay_buffer);
        self.hub.dispatch("GUILD_MEMBERS_CHUNK", keep, |one| (one.id == session).then_some(text.as_str()));
    }

    /// Sends READY and the guilds of the shard to a session that just identified.
    pub(crate) fn welcome(&mut self, session: &str) {
        let keep = self.options.replay_buffer;
        let bot = self.app.bot_id;
        let Some(found) = self.hub.session_mut(session) else { return };
        let (shard, wanted) = (found.shard, found.intents);
        let guilds: Vec<u64> = self
            .guilds
            .values()
            .filter(|guild| guild.members.contains_key(&bot))
            .filter(|guild| (guild.id >> 22) % shard.1.max(1) == shard.0)
            .map(|guild| guild.id)
            .collect();
        let ready = json!({
            "v": 10,
            "user_settings": {},
            "user": render::current_user(self),
            "session_type": "normal",
            "session_id": session,
            "resume_gateway_url": self.gateway_address(),
            "relationships": [],
            "private_channels": [],
            "presences": [],
            "guilds": guilds
                .iter()
                .map(|guild| json!({ "id": guild.to_string(), "unavailable": true }))
                .collect::<Vec<_>>(),
            "guild_join_requests": [],
            "geo_ordered_rtc_regions": [],
            "auth": {},
            "application": { "id": self.app.id.to_string(), "flags": 0 },
            "_trace": ["sandbox"],
            "shard": [shard.0, shard.1],
        });
        let mut events = vec![("READY", ready)];
        if wanted & intents::GUILDS != 0 {
            let all = wanted & intents::GUILD_MEMBERS != 0;
            for guild in guilds {
                events.push(("GUILD_CREATE", render::guild_create(self, guild, all)));
            }
        }
        let Some(found) = self.hub.session_mut(session) else { return };
        for (event, data) in events {
            found.send(event, &data.to_string(), keep);
        }
        found.ready = true;
    }

    /// Where the gateway listens.
    pub(crate) fn gateway_address(&self) -> String {
        format!("{}/gateway", self.origin.replacen("http", "ws", 1))
    }
}
