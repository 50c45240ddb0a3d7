//! Private threads: who sees them, who joins how, when they sleep.

use std::time::Duration;

use frontdesk::sandbox::{PingReason, permissions as p};
use serde_json::{Value, json};

use super::client::{BOT, Wire, stage};

#[tokio::test]
async fn a_private_thread_is_seen_by_members_and_moderators() {
    let (sandbox, guild, support, api) = stage().await;
    let moderator = guild.create_role("Mod").permissions(p::MANAGE_THREADS);
    let ana = guild.add_member("Ana", "de", &[]);
    let mia = guild.add_member("Mia", "de", &[&moderator]);
    let thread = api.thread(support, "#1 VPN").await;
    let id: u64 = thread.parse().unwrap();
    assert!(ana.sees_thread("VPN").is_none());
    assert!(!mia.sees_thread("VPN").unwrap().joined);
    assert_eq!(ana.says(id, "hi").await.unwrap_err().sentence, "You do not have access to this channel.");
    let (mut wire, _) = Wire::identified(&sandbox, 1).await;
    assert_eq!(
        api.call("PUT", &format!("/channels/{thread}/thread-members/{}", ana.id()), Value::Null).await.status,
        204
    );
    assert_eq!(ana.pings()[0].reason, PingReason::AddedToThread);
    assert_eq!(ana.reads(id), "frontdesk:\n  added Ana to the thread.\n");
    assert!(ana.adds_to_thread(id, &mia).await.is_err(), "invitable is false");
    mia.says(id, "hello").await.unwrap();
    assert!(guild.thread_members(id).contains(&mia.id()), "who writes is a member");
    ana.leaves_thread(id).await.unwrap();
    assert!(ana.sees_thread("VPN").is_none());
    // Without the members intent the bot hears nothing of others who join or leave.
    guild.set_locked(id, true);
    let next = loop {
        match wire.next().await {
            super::client::Came::Json(frame) if frame["t"] == "GUILD_CREATE" || frame["op"] != 0 => {}
            super::client::Came::Json(frame) => break frame,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(next["t"], "THREAD_UPDATE");
    assert_eq!(next["d"]["thread_metadata"]["locked"], true);
}

#[tokio::test]
async fn mentions_bring_people_in_but_a_bots_role_mention_does_not() {
    let (_sandbox, guild, support, api) = stage().await;
    let role = guild.create_role("Network").mentionable(true);
    let (ana, ben) = (guild.add_member("Ana", "de", &[]), guild.add_member("Ben", "de", &[&role]));
    let hidden = guild.create_role("Hidden");
    let eve = guild.add_member("Eve", "de", &[&hidden]);
    guild.set_overwrites(support, &[frontdesk::sandbox::Overwrite::role(hidden.id, 0, p::VIEW_CHANNEL)]);
    let thread = api.thread(support, "one").await;
    let id: u64 = thread.parse().unwrap();
    let path = format!("/channels/{thread}/messages");
    let quiet = json!({ "content": format!("<@{}>", ana.id()), "allowed_mentions": { "parse": [] } });
    api.post(&path, quiet).await;
    assert!(!guild.thread_members(id).contains(&ana.id()), "what may not ping brings nobody in");
    let text = format!("<@{}> <@{}> <@&{}>", ana.id(), eve.id(), role.id);
    api.post(&path, json!({ "content": text })).await;
    let members = guild.thread_members(id);
    assert!(members.contains(&ana.id()));
    assert!(!members.contains(&eve.id()), "who cannot see the channel stays out");
    assert!(!members.contains(&ben.id()) && ben.pings().is_empty());
    // Nobody is added who cannot see the channel around the thread.
    let add = format!("/channels/{thread}/thread-members/{}", eve.id());
    assert_eq!(api.call("PUT", &add, Value::Null).await.verdict(), (403, 50001));
}

#[tokio::test]
async fn threads_fall_asleep_and_are_listed_by_page() {
    let (sandbox, guild, support, api) = stage().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        let form = json!({ "name": format!("t{number}"), "type": 12, "auto_archive_duration": 60 });
        let made = api.post(&format!("/channels/{support}/threads"), form).await;
        ids.push(made.body["id"].as_str().unwrap().to_owned());
        sandbox.advance(Duration::from_mins(1));
    }
    let active = format!("/guilds/{}/threads/active", guild.id);
    assert_eq!(api.get(&active).await.body["threads"].as_array().unwrap().len(), 5);
    let early = guild.thread_state(ids[0].parse().unwrap());
    sandbox.advance(Duration::from_mins(50));
    assert_eq!(guild.thread_state(ids[0].parse().unwrap()), early, "not yet");
    for _ in 0..15 {
        sandbox.advance(Duration::from_mins(1));
    }
    assert_eq!(api.get(&active).await.body["threads"], json!([]));
    let archived = format!("/channels/{support}/threads/archived/private");
    let first = api.get(&format!("{archived}?limit=3")).await.body;
    assert_eq!(first["has_more"], true);
    assert_eq!(first["threads"][0]["id"], ids[4], "the last archived first");
    let last = first["threads"][2]["thread_metadata"]["archive_timestamp"].as_str().unwrap();
    let before = last.replace('+', "%2B");
    let second = api.get(&format!("{archived}?limit=3&before={before}")).await.body;
    assert_eq!((second["threads"].as_array().unwrap().len(), &second["has_more"]), (2, &json!(false)));
    let wrong = json!({ "name": "x", "auto_archive_duration": 61 });
    assert_eq!(api.post(&format!("/channels/{support}/threads"), wrong).await.verdict(), (400, 50035));
}

#[tokio::test]
async fn members_are_read_and_removed() {
    let (sandbox, guild, support, api) = stage().await;
    let ana = guild.add_member("Ana", "de", &[]);
    let thread = api.thread(support, "one").await;
    let members = format!("/channels/{thread}/thread-members");
    let hers = format!("{members}/{}", ana.id());
    assert_eq!(api.get(&members).await.verdict(), (403, 50001), "needs the members intent");
    assert_eq!(api.get(&hers).await.verdict(), (404, 10007));
    assert_eq!(api.call("DELETE", &hers, Value::Null).await.verdict(), (404, 10007));
    api.call("PUT", &hers, Value::Null).await;
    assert_eq!(api.get(&hers).await.body["user_id"], ana.id().to_string());
    // The creator of a private thread may remove people without MANAGE_THREADS.
    guild.set_bot_permissions(BOT & !p::MANAGE_THREADS);
    assert_eq!(api.call("DELETE", &hers, Value::Null).await.status, 204);
    assert_eq!(api.get(&hers).await.verdict(), (404, 10007), "the notice about it brings nobody back");
    let bot = format!("{members}/@me");
    assert_eq!(api.call("DELETE", &bot, Value::Null).await.status, 204);
    assert_eq!(api.get(&format!("/channels/{thread}")).await.verdict(), (403, 50001), "left for good");
    assert!(sandbox.calls().len() > 5);
}
