//! Faults from outside, and rate limits.

use std::time::{Duration, Instant};

use frontdesk::sandbox::{Fault, Route, Sandbox, SandboxOptions, Scope};
use serde_json::{Value, json};

use super::client::{Api, BOT, stage};

#[tokio::test]
async fn planned_faults_befall_the_calls_they_were_planned_for() {
    let (sandbox, guild, support, api) = stage().await;
    let ana = guild.add_member("Ana", "de", &[]);
    let path = format!("/channels/{support}/messages");
    let send = || Some(json!({ "content": "hello" }));
    sandbox.plan(Route::CreateMessage, Fault::Fail { status: 500, code: 0 }, 2);
    for expected in [500, 500, 200] {
        assert_eq!(api.post(&path, json!({ "content": "hello" })).await.status, expected);
    }
    sandbox.drop_before(Route::CreateMessage);
    assert!(api.try_call("POST", &path, send()).await.is_err());
    assert_eq!(ana.sees(support).len(), 1, "cut before: nothing happened");
    sandbox.drop_after(Route::CreateMessage);
    assert!(api.try_call("POST", &path, send()).await.is_err());
    assert_eq!(ana.sees(support).len(), 2, "cut after: it stands");
    sandbox.fail_next(Route::CreateThread, 403, 50013);
    assert_eq!(api.post(&path, json!({ "content": "other routes are spared" })).await.status, 200);
    assert_eq!(sandbox.clear_faults(), 1);
    sandbox.plan(Route::CreateMessage, Fault::Delay(Duration::from_millis(50)), 1);
    let began = Instant::now();
    assert_eq!(api.post(&path, json!({ "content": "late" })).await.status, 200);
    assert!(began.elapsed() >= Duration::from_millis(50));
    let statuses: Vec<u16> = sandbox.calls().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [500, 500, 200, 0, 200, 200, 200]);
}

#[tokio::test]
async fn a_bucket_runs_dry_and_fills_again() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let guild = sandbox.create_guild("Acme");
    let (support, other) = (guild.create_text_channel("a", &[]), guild.create_text_channel("b", &[]));
    guild.invite_bot(BOT);
    let api = Api::new(&sandbox);
    let path = format!("/channels/{support}/messages");
    for left in ["4", "3", "2", "1", "0"] {
        let sent = api.post(&path, json!({ "content": "x" })).await;
        assert_eq!((sent.status, sent.header("x-ratelimit-remaining")), (200, left));
    }
    let refused = api.post(&path, json!({ "content": "x" })).await;
    assert_eq!(refused.status, 429);
    assert_eq!((&refused.body["global"], refused.header("x-ratelimit-scope")), (&json!(false), "user"));
    let wait = refused.body["retry_after"].as_f64().unwrap();
    assert!((0.0..=5.0).contains(&wait) && !refused.header("retry-after").is_empty(), "{}", refused.body);
    assert!(!refused.header("x-ratelimit-bucket").is_empty());
    let elsewhere = api.post(&format!("/channels/{other}/messages"), json!({ "content": "x" })).await;
    assert_eq!(elsewhere.status, 200, "each channel has a bucket of its own");
    sandbox.advance(Duration::from_secs(6));
    assert_eq!(api.post(&path, json!({ "content": "x" })).await.status, 200);
}

#[tokio::test]
async fn renames_are_few_and_the_global_limit_spares_interactions() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let guild = sandbox.create_guild("Acme");
    let support = guild.create_text_channel("a", &[]);
    guild.invite_bot(BOT);
    let api = Api::new(&sandbox);
    let thread = format!("/channels/{}", api.thread(support, "t").await);
    for (name, status) in [("one", 200), ("two", 200), ("three", 429)] {
        assert_eq!(api.patch(&thread, json!({ "name": name })).await.status, status);
    }
    assert_eq!(api.patch(&thread, json!({ "archived": true })).await.status, 200, "only renames are counted");
    sandbox.set_rate_limit(Route::CurrentUser, 1_000, Duration::from_secs(1));
    sandbox.advance(Duration::from_secs(2));
    let mut last = 200;
    for _ in 0..51 {
        last = api.get("/users/@me").await.status;
    }
    assert_eq!(last, 429);
    let global = api.get("/gateway/bot").await;
    assert_eq!((&global.body["global"], global.header("x-ratelimit-global")), (&json!(true), "true"));
    let callback = api.post("/interactions/1/x/callback", json!({ "type": 5 })).await;
    assert_eq!(callback.verdict(), (404, 10062), "not limited, only unknown");
    sandbox.limit_rates(false);
    assert_eq!(api.get("/users/@me").await.status, 200);
    sandbox.plan(
        Route::CurrentUser,
        Fault::RateLimited { retry_after: Duration::from_millis(1500), scope: Scope::User },
        1,
    );
    let planned = api.get("/users/@me").await;
    assert_eq!((planned.status, planned.header("retry-after")), (429, "2"));
    assert_eq!(planned.body["retry_after"], 1.5);
}

#[tokio::test]
async fn the_audit_log_reason_and_the_body_are_kept() {
    let (sandbox, _guild, support, api) = stage().await;
    let form = json!({ "name": "t", "type": 12 });
    api.post(&format!("/channels/{support}/threads"), form.clone()).await;
    let call = sandbox.calls().pop().unwrap();
    assert_eq!((call.method.as_str(), call.route.as_str()), ("POST", "/channels/{channel}/threads"));
    assert_eq!((call.body, call.status, call.reason), (form, 201, None));
    sandbox.forget_calls();
    assert!(sandbox.calls().is_empty());
    assert_eq!(sandbox.call_count(), 1);
    let broken = api.call("POST", "/users/@me/channels", Value::Null).await;
    assert_eq!(broken.verdict(), (400, 50035));
}
