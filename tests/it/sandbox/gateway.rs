//! Connections to the gateway: close codes, resuming, intents, compression, several sessions.

use std::time::Duration;

use frontdesk::sandbox::{Overwrite, permissions as p};
use serde_json::{Value, json};

use super::client::{Came, Wire, stage};

const GUILDS: u64 = 1;
const MESSAGES: u64 = 1 << 9;
const CONTENT: u64 = 1 << 15;

#[tokio::test]
async fn who_identifies_wrongly_is_told_why() {
    let (sandbox, ..) = stage().await;
    let token = sandbox.token().to_owned();
    let identify =
        |token: &str, intents: u64| json!({ "token": token, "intents": intents, "properties": {} });
    let mut sharded = identify(&token, GUILDS);
    sharded["shard"] = json!([2, 2]);
    let cases = [
        (2, identify("wrong", GUILDS), 4004, "a wrong token"),
        (2, identify(&token, 1 << 30), 4013, "an intent that does not exist"),
        (2, identify(&token, GUILDS | 2), 4014, "a privileged intent that was not switched on"),
        (2, sharded, 4010, "a shard beyond the last"),
        (3, json!({}), 4003, "presence before identifying"),
        (99, json!({}), 4001, "an opcode that does not exist"),
        (6, json!({ "token": "wrong", "session_id": "x", "seq": 0 }), 4004, "resuming with a wrong token"),
    ];
    for (op, data, code, what) in cases {
        let mut wire = Wire::open(&sandbox, "?v=10&encoding=json").await;
        wire.send(op, data).await;
        assert_eq!(wire.close_code().await, Some(code), "{what}");
    }
    let mut old = Wire::open(&sandbox, "?v=8&encoding=json").await;
    assert_eq!(old.close_code().await, Some(4012));
    let (mut twice, _) = Wire::identified(&sandbox, GUILDS).await;
    twice.identify(&token, GUILDS).await;
    assert_eq!(twice.close_code().await, Some(4005));
    let (mut busy, _) = Wire::identified(&sandbox, GUILDS).await;
    for _ in 0..121 {
        busy.send(1, Value::Null).await;
    }
    assert_eq!(busy.close_code().await, Some(4008));
}

#[tokio::test]
async fn ready_is_followed_by_the_guilds() {
    let (sandbox, guild, support, api) = stage().await;
    guild.add_member("Ana", "de", &[]);
    let thread = api.thread(support, "open").await;
    let closed = api.thread(support, "closed").await;
    guild.set_archived(closed.parse().unwrap(), true);
    let mut wire = Wire::open(&sandbox, "?v=10&encoding=json").await;
    let hello = wire.op(10).await;
    assert_eq!(hello["d"]["heartbeat_interval"], 41_250);
    wire.identify(sandbox.token(), GUILDS).await;
    let ready = wire.event("READY").await;
    assert_eq!(ready["application"]["id"], sandbox.application_id().to_string());
    assert_eq!(ready["user"]["id"], sandbox.bot_id().to_string());
    assert!(ready["resume_gateway_url"].as_str().unwrap().starts_with("ws://127.0.0.1"));
    let there = wire.event("GUILD_CREATE").await;
    assert_eq!(there["threads"].as_array().unwrap().len(), 1, "archived threads are not synced");
    assert_eq!(there["threads"][0]["id"], thread);
    assert_eq!(there["threads"][0]["member"]["user_id"], sandbox.bot_id().to_string());
    assert_eq!(there["members"].as_array().unwrap().len(), 1, "without the members intent the bot alone");
    assert_eq!(there["member_count"], 3);
    wire.send(1, json!(wire.seq)).await;
    wire.op(11).await;
}

#[tokio::test]
async fn a_resumed_session_misses_nothing() {
    let (sandbox, guild, support, _) = stage().await;
    let ana = guild.add_member("Ana", "de", &[]);
    let (mut wire, session) = Wire::identified(&sandbox, GUILDS | MESSAGES).await;
    wire.event("GUILD_CREATE").await;
    ana.says(support, "one").await.unwrap();
    wire.event("MESSAGE_CREATE").await;
    let seq = wire.seq;
    sandbox.disconnect_gateway(None);
    assert_eq!(wire.close_code().await, None, "cut without a word");
    let second = ana.says(support, "two").await.unwrap();
    let mut wire = Wire::open(&sandbox, "?v=10&encoding=json").await;
    wire.resume(sandbox.token(), &session, seq).await;
    assert_eq!(wire.event("MESSAGE_CREATE").await["id"], second.to_string());
    wire.event("RESUMED").await;
    assert_eq!(sandbox.gateway_counts(), (1, 1));
    // A sequence number from the future cannot be.
    let mut liar = Wire::open(&sandbox, "?v=10&encoding=json").await;
    liar.resume(sandbox.token(), &session, 1_000).await;
    assert_eq!(liar.close_code().await, Some(4007));
}

#[tokio::test]
async fn a_session_that_is_gone_has_to_be_begun_anew() {
    let (sandbox, guild, support, _) = stage().await;
    let (wire, ended) = Wire::identified(&sandbox, GUILDS).await;
    wire.close(1000).await;
    let (kept_wire, kept) = Wire::identified(&sandbox, GUILDS).await;
    kept_wire.close(4000).await;
    let (old_wire, old) = Wire::identified(&sandbox, GUILDS).await;
    old_wire.close(4000).await;
    for (session, refused) in [(&ended, true), (&kept, false)] {
        let mut wire = Wire::open(&sandbox, "?v=10&encoding=json").await;
        wire.resume(sandbox.token(), session, 2).await;
        if refused {
            assert_eq!(wire.op(9).await["d"], false);
        } else {
            wire.event("RESUMED").await;
        }
    }
    sandbox.advance(Duration::from_mins(4));
    let mut wire = Wire::open(&sandbox, "?v=10&encoding=json").await;
    wire.resume(sandbox.token(), &old, 2).await;
    assert_eq!(wire.op(9).await["d"], false, "nobody came back for four minutes");
    let (mut wire, forgotten) = Wire::identified(&sandbox, GUILDS | MESSAGES).await;
    wire.event("GUILD_CREATE").await;
    sandbox.forget_sessions();
    sandbox.ask_to_reconnect();
    wire.op(7).await;
    let mut again = Wire::open(&sandbox, "?v=10&encoding=json").await;
    again.resume(sandbox.token(), &forgotten, wire.seq).await;
    assert_eq!(again.op(9).await["d"], false);
    again.identify(sandbox.token(), GUILDS | MESSAGES).await;
    again.event("GUILD_CREATE").await;
    let ana = guild.add_member("Ana", "de", &[]);
    ana.says(support, "still there?").await.unwrap();
    again.event("MESSAGE_CREATE").await;
}

#[tokio::test]
async fn content_is_for_those_who_may_read_it() {
    let options = frontdesk::sandbox::SandboxOptions { privileged_intents: CONTENT, ..Default::default() };
    let sandbox = frontdesk::sandbox::Sandbox::start(options).await.unwrap();
    let guild = sandbox.create_guild("Acme");
    let support = guild.create_text_channel("support", &[]);
    guild.invite_bot(super::client::BOT);
    let ana = guild.add_member("Ana", "de", &[]);
    let (mut blind, _) = Wire::identified(&sandbox, GUILDS | MESSAGES).await;
    let (mut reading, _) = Wire::identified(&sandbox, GUILDS | MESSAGES | CONTENT).await;
    let (mut deaf, _) = Wire::identified(&sandbox, GUILDS).await;
    ana.says(support, "secret").await.unwrap();
    ana.says(support, &format!("hey <@{}>", sandbox.bot_id())).await.unwrap();
    assert_eq!(blind.event("MESSAGE_CREATE").await["content"], "");
    assert!(blind.event("MESSAGE_CREATE").await["content"].as_str().unwrap().starts_with("hey"));
    assert_eq!(reading.event("MESSAGE_CREATE").await["content"], "secret");
    let role = guild.create_role("new");
    assert_eq!(deaf.event("GUILD_ROLE_CREATE").await["role"]["id"], role.id.to_string());
}

#[tokio::test]
async fn events_come_in_one_zlib_stream_when_asked_for() {
    let (sandbox, ..) = stage().await;
    let mut wire = Wire::open(&sandbox, "?v=10&encoding=json&compress=zlib-stream").await;
    let mut stream = flate2::Decompress::new(true);
    let mut inflate = |bytes: &[u8]| {
        assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
        let mut out = Vec::with_capacity(1 << 20);
        stream.decompress_vec(bytes, &mut out, flate2::FlushDecompress::Sync).unwrap();
        serde_json::from_slice::<Value>(&out).unwrap()
    };
    let Came::Binary(hello) = wire.next().await else { panic!("not compressed") };
    assert_eq!(inflate(&hello)["op"], 10);
    wire.identify(sandbox.token(), GUILDS).await;
    let Came::Binary(ready) = wire.next().await else { panic!("not compressed") };
    assert_eq!(inflate(&ready)["t"], "READY");
    let Came::Binary(guild) = wire.next().await else { panic!("not compressed") };
    assert_eq!(inflate(&guild)["t"], "GUILD_CREATE");
}

#[tokio::test]
async fn a_silent_client_is_given_up_and_a_silent_gateway_says_nothing() {
    let options = frontdesk::sandbox::SandboxOptions { heartbeat_interval_ms: 100, ..Default::default() };
    let sandbox = frontdesk::sandbox::Sandbox::start(options).await.unwrap();
    let (mut wire, _) = Wire::identified(&sandbox, GUILDS).await;
    assert_eq!(wire.close_code().await, Some(4009), "no heartbeat came");
    let (mut zombie, _) = Wire::identified(&sandbox, GUILDS).await;
    sandbox.go_silent(true);
    zombie.send(1, Value::Null).await;
    sandbox.create_guild("Acme").invite_bot(0);
    sandbox.go_silent(false);
    zombie.send(1, Value::Null).await;
    // Only the second heartbeat is acknowledged, and what happened in between never arrives.
    let Came::Json(next) = zombie.next().await else { panic!("closed") };
    assert_eq!(next["op"], 11);
}

#[tokio::test]
async fn events_can_come_twice_and_to_several_sessions_by_shard() {
    let (sandbox, guild, support, _) = stage().await;
    let ana = guild.add_member("Ana", "de", &[]);
    let (mut first, _) = Wire::identified(&sandbox, GUILDS | MESSAGES).await;
    let (mut second, _) = Wire::identified(&sandbox, GUILDS | MESSAGES).await;
    sandbox.duplicate_events(1);
    let sent = ana.says(support, "twice").await.unwrap().to_string();
    for wire in [&mut first, &mut second] {
        assert_eq!(wire.event("MESSAGE_CREATE").await["id"], sent);
        assert_eq!(wire.event("MESSAGE_CREATE").await["id"], sent);
    }
    let shard = (guild.id >> 22) % 2;
    let mut ready = Vec::new();
    for number in 0..2 {
        let mut wire = Wire::open(&sandbox, "?v=10&encoding=json").await;
        let form =
            json!({ "token": sandbox.token(), "intents": GUILDS, "properties": {}, "shard": [number, 2] });
        wire.send(2, form).await;
        ready.push(wire.event("READY").await["guilds"].as_array().unwrap().len() as u64);
    }
    assert_eq!(ready, if shard == 0 { [1, 0] } else { [0, 1] });
}

#[tokio::test]
async fn gaining_and_losing_a_channel_is_told_as_discord_tells_it() {
    let (sandbox, guild, support, api) = stage().await;
    let thread = api.thread(support, "open").await;
    let (mut wire, _) = Wire::identified(&sandbox, GUILDS | MESSAGES).await;
    wire.event("GUILD_CREATE").await;
    guild.set_overwrites(support, &[Overwrite::role(guild.id, 0, p::VIEW_CHANNEL)]);
    assert_eq!(wire.event("CHANNEL_UPDATE").await["id"], support.to_string());
    guild.owner().unwrap().says(support, "unheard").await.unwrap();
    guild.set_overwrites(support, &[]);
    wire.event("CHANNEL_UPDATE").await;
    assert_eq!(wire.event("THREAD_LIST_SYNC").await["threads"][0]["id"], thread);
    guild.set_archived(thread.parse().unwrap(), true);
    assert_eq!(wire.event("THREAD_UPDATE").await["thread_metadata"]["archived"], true);
    guild.set_archived(thread.parse().unwrap(), false);
    assert_eq!(wire.event("THREAD_UPDATE").await["thread_metadata"]["archived"], false);
    assert_eq!(wire.event("THREAD_MEMBER_UPDATE").await["user_id"], sandbox.bot_id().to_string());
    guild.delete_channel(support);
    assert_eq!(wire.event("CHANNEL_DELETE").await["id"], support.to_string());
    guild.remove_bot();
    assert_eq!(wire.event("GUILD_DELETE").await["id"], guild.id.to_string());
    guild.invite_bot(0);
    assert_eq!(wire.event("GUILD_CREATE").await["id"], guild.id.to_string());
}
