//! Mentions and times as people read them.

use std::{collections::BTreeMap, fmt::Write};

use crate::sandbox::world::World;

/// Replaces mentions by names and relative times by words; everything else stays.
pub(super) fn readable(world: &World, guild: Option<u64>, text: &str) -> String {
    rewrite(text, |code| name_of(world, guild, code))
}

/// The names behind the mentions of a text, by the mention as written.
pub(super) fn names(world: &World, guild: Option<u64>, text: &str, into: &mut BTreeMap<String, String>) {
    rewrite(text, |code| {
        let name = name_of(world, guild, code);
        if let Some(name) = name.as_ref().filter(|_| !code.starts_with("t:")) {
            into.insert(format!("<{code}>"), name.clone());
        }
        name
    });
}

/// Replaces every `<…>` for which there is something better.
fn rewrite(text: &str, mut better: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let replaced = after.find('>').and_then(|end| better(&after[..end]).map(|name| (name, end)));
        if let Some((name, end)) = replaced {
            out.push_str(&name);
            rest = &after[end + 1..];
        } else {
            out.push('<');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn name_of(world: &World, guild: Option<u64>, code: &str) -> Option<String> {
    if let Some(role) = code.strip_prefix("@&") {
        let role: u64 = role.parse().ok()?;
        let found = world.guilds.get(&guild?)?.roles.get(&role)?;
        return Some(format!("@{}", found.name));
    }
    if let Some(user) = code.strip_prefix("@!").or_else(|| code.strip_prefix('@')) {
        let user: u64 = user.parse().ok()?;
        return Some(format!("@{}", world.display_name(guild, user)));
    }
    if let Some(channel) = code.strip_prefix('#') {
        let channel: u64 = channel.parse().ok()?;
        let name = world.channels.get(&channel).map_or("unknown", |channel| channel.name.as_str());
        return Some(format!("#{name}"));
    }
    if let Some(command) = code.strip_prefix('/') {
        let (name, id) = command.rsplit_once(':')?;
        id.parse::<u64>().ok()?;
        return Some(format!("/{name}"));
    }
    let time = code.strip_prefix("t:")?;
    let (seconds, style) = time.split_once(':').unwrap_or((time, "f"));
    let seconds: i64 = seconds.parse().ok()?;
    let now = i64::try_from(world.now_ms() / 1000).unwrap_or(i64::MAX);
    Some(if style == "R" { relative(seconds - now) } else { absolute(seconds) })
}

/// "in 4 hours", "2 days ago", rounded to the nearest.
fn relative(seconds: i64) -> String {
    let away = seconds.unsigned_abs();
    let units =
        [(31_536_000, "year"), (2_592_000, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute")];
    let fitting = units.into_iter().find(|(length, _)| away + length / 2 >= *length);
    let (length, unit) = fitting.unwrap_or((1, "second"));
    let count = (away + length / 2) / length;
    let mut text = format!("{count} {unit}");
    if count != 1 {
        text.push('s');
    }
    if seconds < 0 { format!("{text} ago") } else { format!("in {text}") }
}

fn absolute(seconds: i64) -> String {
    let mut text = String::new();
    if let Some(time) = chrono::DateTime::from_timestamp(seconds, 0) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{}", time.format("%Y-%m-%d %H:%M UTC"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rounded_to_the_nearest_unit() {
        assert_eq!(relative(4 * 3600 - 3), "in 4 hours");
        assert_eq!(relative(-86_400), "1 day ago");
        assert_eq!(relative(20), "in 20 seconds");
    }

    #[test]
    fn what_is_no_mention_stays() {
        let unchanged = "a < b and <script> and <@x>";
        assert_eq!(rewrite(unchanged, |_| None), unchanged);
        assert_eq!(rewrite("<@1>!", |_| Some("@ana".to_owned())), "@ana!");
    }
}
