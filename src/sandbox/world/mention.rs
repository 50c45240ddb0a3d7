//! Whom a message may ping: the mentions in its text, cut down by `allowed_mentions`.
//!
//! Follows Discord docs, resources/message: allowed mentions object. A mention that is not allowed
//! stays in the text and pings nobody. Role and everyone mentions also need the role to be mentionable
//! or the author to have `MENTION_EVERYONE` there.

use serde_json::Value;

use super::World;
use crate::sandbox::{
    permissions,
    refusal::{FormFaults, Refusal},
};

/// What may ping.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "the field of a form, switch by switch")]
pub(crate) struct AllowedMentions {
    pub(crate) every_user: bool,
    pub(crate) every_role: bool,
    pub(crate) everyone: bool,
    pub(crate) users: Vec<u64>,
    pub(crate) roles: Vec<u64>,
    pub(crate) replied_user: bool,
}

impl AllowedMentions {
    /// The default of an ordinary message: whatever stands in it.
    pub(crate) fn all() -> Self {
        Self {
            every_user: true,
            every_role: true,
            everyone: true,
            users: Vec::new(),
            roles: Vec::new(),
            replied_user: true,
        }
    }

    /// The default in interactions and webhooks: users alone.
    pub(crate) fn users_only() -> Self {
        Self { every_role: false, everyone: false, ..Self::all() }
    }

    /// Reads the field, and refuses what Discord refuses.
    pub(crate) fn read(value: &Value) -> Result<Self, Refusal> {
        let mut faults = FormFaults::default();
        let kinds = texts(value.get("parse"));
        let users = ids(value.get("users"), "allowed_mentions.users", &mut faults);
        let roles = ids(value.get("roles"), "allowed_mentions.roles", &mut faults);
        for (index, kind) in kinds.iter().enumerate() {
            if !["users", "roles", "everyone"].contains(&kind.as_str()) {
                faults.add(
                    &format!("allowed_mentions.parse.{index}"),
                    "BASE_TYPE_CHOICES",
                    "Value must be one of ('users', 'everyone', 'roles').",
                );
            }
        }
        let every = |name: &str| kinds.iter().any(|kind| kind == name);
        for (name, listed) in [("users", &users), ("roles", &roles)] {
            if every(name) && !listed.is_empty() {
                faults.add(
                    "allowed_mentions",
                    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    format!("parse:[\"{name}\"] and {name}: [ids...] are mutually exclusive."),
                );
            }
        }
        faults.into_result()?;
        Ok(Self {
            every_user: every("users"),
            every_role: every("roles"),
            everyone: every("everyone"),
            users,
            roles,
            replied_user: value.get("replied_user").and_then(Value::as_bool).unwrap_or(false),
        })
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn ids(value: Option<&Value>, path: &str, faults: &mut FormFaults) -> Vec<u64> {
    let listed = texts(value);
    if listed.len() > 100 {
        faults.add(path, "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 100 in length.");
    }
    let mut found = Vec::new();
    for (index, text) in listed.iter().enumerate() {
        match text.parse() {
            Ok(id) => found.push(id),
            Err(_) => faults.add(
                &format!("{path}.{index}"),
                "NUMBER_TYPE_COERCE",
                format!("Value \"{text}\" is not snowflake."),
            ),
        }
    }
    found
}

/// Whom a message really mentions.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Mentions {
    pub(crate) users: Vec<u64>,
    pub(crate) roles: Vec<u64>,
    pub(crate) everyone: bool,
}

/// What stands in a text, whether allowed or not.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Written {
    pub(crate) users: Vec<u64>,
    pub(crate) roles: Vec<u64>,
    pub(crate) everyone: bool,
}

/// Finds mentions in a text; those inside code are not mentions.
pub(crate) fn written_in(text: &str) -> Written {
    let mut found = Written::default();
    for part in outside_code(text) {
        found.everyone |= part.contains("@everyone") || part.contains("@here");
        for piece in part.split("<@").skip(1) {
            let Some((inside, _)) = piece.split_once('>') else { continue };
            let (list, digits) = match inside.as_bytes().first() {
                Some(b'&') => (&mut found.roles, &inside[1..]),
                Some(b'!') => (&mut found.users, &inside[1..]),
                _ => (&mut found.users, inside),
            };
            if let Ok(id) = digits.parse()
                && !list.contains(&id)
            {
                list.push(id);
            }
        }
    }
    found
}

/// The parts of a text that are neither in a code block nor in a code span.
fn outside_code(text: &str) -> Vec<&str> {
    let outside_blocks = text.split("```").step_by(2);
    outside_blocks.flat_map(|part| part.split('`').step_by(2)).collect()
}

impl World {
    /// Resolves the mentions of a text written by someone in a channel.
    pub(crate) fn resolve_mentions(
        &self,
        channel: u64,
        author: u64,
        text: &str,
        allowed: &AllowedMentions,
    ) -> Mentions {
        let written = written_in(text);
        let bits = permissions::in_channel(self, channel, author);
        let may_mention_all = bits & permissions::MENTION_EVERYONE != 0;
        let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
        let roles = guild.and_then(|guild| self.guilds.get(&guild)).map(|guild| &guild.roles);
        let users = written
            .users
            .into_iter()
            .filter(|user| self.users.contains_key(user))
            .filter(|user| allowed.every_user || allowed.users.contains(user))
            .collect();
        let roles = written
            .roles
            .into_iter()
            .filter(|role| allowed.every_role || allowed.roles.contains(role))
            .filter(|role| {
                roles
                    .and_then(|roles| roles.get(role))
                    .is_some_and(|role| role.mentionable || may_mention_all)
            })
            .collect();
        Mentions { users, roles, everyone: written.everyone && allowed.everyone && may_mention_all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_found_outside_code_only() {
        let found = written_in("<@1> <@!2> <@&3> `<@4>` ```\n<@5> @everyone\n``` <@1>");
        assert_eq!(found, Written { users: vec![1, 2], roles: vec![3], everyone: false });
        assert!(written_in("hello @here").everyone);
    }
}
