//! What the sandbox refuses, as a table: request, status, code, and Discord's page for it.

use super::client::{Api, BOT, stage};
use frontdesk::sandbox::{Overwrite, permissions as p};
use serde_json::{Value, json};

/// One row: method, path, body, status, code, page.
type Row = (&'static str, String, Value, u16, u64, &'static str);

async fn check(api: &Api, rows: Vec<Row>) {
    for (method, path, body, status, code, page) in rows {
        let answer = api.call(method, &path, body.clone()).await;
        assert_eq!(answer.verdict(), (status, code), "{method} {path} {body} ({page}): {}", answer.body);
    }
}

#[tokio::test]
async fn what_is_not_there_is_unknown() {
    let (_sandbox, guild, support, api) = stage().await;
    let page = "topics/opcodes-and-status-codes";
    let strange = "1234567890123456789";
    check(
        &api,
        vec![
            ("GET", format!("/channels/{strange}"), Value::Null, 404, 10003, page),
            ("GET", format!("/guilds/{strange}"), Value::Null, 404, 10004, page),
            ("GET", format!("/guilds/{}/members/{strange}", guild.id), Value::Null, 404, 10013, page),
            ("GET", format!("/guilds/{}/roles/{strange}", guild.id), Value::Null, 404, 10011, page),
            ("GET", format!("/channels/{support}/messages/{strange}"), Value::Null, 404, 10008, page),
            ("GET", "/users/12345678901234567".to_owned(), Value::Null, 404, 10013, page),
            ("POST", format!("/webhooks/{strange}/abc"), json!({"content": "x"}), 404, 10015, page),
            ("POST", format!("/interactions/{strange}/abc/callback"), json!({"type": 5}), 404, 10062, page),
            ("GET", format!("/applications/{strange}/commands"), Value::Null, 404, 10002, page),
            ("GET", "/channels/abc".to_owned(), Value::Null, 400, 50035, "reference: snowflakes"),
            ("GET", "/nothing/here".to_owned(), Value::Null, 404, 0, "reference: http api"),
            ("PUT", "/gateway/bot".to_owned(), Value::Null, 405, 0, "reference: http api"),
        ],
    )
    .await;
}

#[tokio::test]
async fn who_does_not_say_who_they_are_is_refused() {
    let (sandbox, _guild, support, api) = stage().await;
    let path = format!("/channels/{support}");
    let stranger = Api::new(&sandbox).with_token("Bot wrong");
    assert_eq!(stranger.get(&path).await.verdict(), (401, 0));
    let nobody = Api::new(&sandbox).with_token("");
    assert_eq!(nobody.get(&path).await.verdict(), (401, 0));
    let bare = Api::new(&sandbox).with_token(sandbox.token());
    assert_eq!(bare.get(&path).await.verdict(), (401, 0), "the token needs its `Bot ` in front");
    let mut browser = api.clone();
    browser.agent = "Mozilla/5.0";
    assert_eq!(browser.get(&path).await.verdict(), (403, 40333));
    assert_eq!(nobody.get("/gateway").await.status, 200);
}

#[tokio::test]
async fn permissions_are_asked_for_by_place() {
    let (_sandbox, guild, support, api) = stage().await;
    let hidden = guild.create_text_channel("hidden", &[Overwrite::role(guild.id, 0, p::VIEW_CHANNEL)]);
    let other = guild.create_channel("voice", frontdesk::sandbox::ChannelType::Category);
    let ana = guild.add_member("Ana", "de", &[]);
    let hers = ana.says(support, "hello").await.unwrap();
    guild.set_bot_permissions(p::VIEW_CHANNEL | p::READ_MESSAGE_HISTORY);
    guild.set_everyone(p::VIEW_CHANNEL);
    let say = json!({ "content": "hello" });
    let thread = json!({ "name": "t", "type": 12 });
    let page = "topics/permissions";
    check(
        &api,
        vec![
            ("GET", format!("/channels/{hidden}"), Value::Null, 403, 50001, page),
            ("POST", format!("/channels/{support}/messages"), say.clone(), 403, 50013, page),
            ("POST", format!("/channels/{support}/threads"), thread.clone(), 403, 50013, page),
            ("POST", format!("/channels/{other}/threads"), thread, 400, 50024, "topics/threads"),
            ("POST", format!("/channels/{other}/messages"), say, 400, 50024, "resources/channel"),
            ("DELETE", format!("/channels/{support}/messages/{hers}"), Value::Null, 403, 50013, page),
            (
                "PATCH",
                format!("/channels/{support}/messages/{hers}"),
                json!({"content": "x"}),
                403,
                50005,
                page,
            ),
            ("PATCH", format!("/channels/{support}"), json!({"name": "x"}), 403, 50013, page),
            (
                "GET",
                format!("/guilds/{}/members?limit=5", guild.id),
                Value::Null,
                403,
                50001,
                "resources/guild",
            ),
            (
                "GET",
                format!("/channels/{support}/threads/archived/private"),
                Value::Null,
                403,
                50013,
                "resources/channel",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn forms_are_checked_and_faults_named_by_path() {
    let (_sandbox, _guild, support, api) = stage().await;
    let send = format!("/channels/{support}/messages");
    let button = |id: &str| json!({ "type": 2, "style": 1, "label": "x", "custom_id": id });
    let row = |parts: Vec<Value>| json!({ "type": 1, "components": parts });
    let field = json!({ "name": "n", "value": "v".repeat(1024) });
    let option = |n: usize| json!({ "label": "l", "value": n.to_string() });
    let select = |count: usize| {
        let options: Vec<Value> = (0..count).map(option).collect();
        json!({ "type": 3, "custom_id": "s", "options": options })
    };
    let cases: Vec<(Value, &str)> = vec![
        (json!({ "content": "x".repeat(2001) }), "content"),
        (json!({ "embeds": [{ "title": "x".repeat(257) }] }), "embeds.0.title"),
        (json!({ "embeds": [{ "description": "x".repeat(4097) }] }), "embeds.0.description"),
        (json!({ "embeds": [{ "fields": vec![field.clone(); 26] }] }), "embeds.0.fields"),
        (json!({ "embeds": [{ "fields": vec![field; 6] }] }), "embeds.0"),
        (json!({ "embeds": [{ "fields": [{ "name": "", "value": "v" }] }] }), "embeds.0.fields.0.name"),
        (json!({ "embeds": vec![json!({ "title": "x" }); 11] }), "embeds"),
        (json!({ "embeds": [{ "title": "x", "url": "ftp://x" }] }), "embeds.0.url"),
        (json!({ "content": "x", "components": vec![row(vec![button("a")]); 6] }), "components"),
        (json!({ "content": "x", "components": [row(vec![])] }), "components.0.components"),
        (json!({ "content": "x", "components": [button("a")] }), "components.0.type"),
        (
            json!({ "content": "x", "components": [row(vec![button("a")]), row(vec![button("a")])] }),
            "components.1.components.0.custom_id",
        ),
        (
            json!({ "content": "x", "components": [row(vec![button(&"x".repeat(101))])] }),
            "components.0.components.0.custom_id",
        ),
        (
            json!({ "content": "x", "components": [row(vec![json!({ "type": 2, "style": 1, "custom_id": "a" })])] }),
            "components.0.components.0",
        ),
        (
            json!({ "content": "x", "components": [row(vec![select(26)])] }),
            "components.0.components.0.options",
        ),
        (
            json!({ "content": "x", "components": [row(vec![select(1), button("a")])] }),
            "components.0.components",
        ),
        (json!({ "content": "x", "nonce": "x".repeat(26) }), "nonce"),
        (
            json!({ "content": "x", "allowed_mentions": { "parse": ["users"], "users": ["1"] } }),
            "allowed_mentions",
        ),
        (json!({ "content": "x", "allowed_mentions": { "parse": ["all"] } }), "allowed_mentions.parse.0"),
        (json!({ "content": "x", "message_reference": { "message_id": "1" } }), "message_reference"),
        (json!({ "content": "x", "flags": 1 << 15, "components": [] }), "content"),
    ];
    for (body, path) in cases {
        let answer = api.post(&send, body.clone()).await;
        assert_eq!(answer.verdict(), (400, 50035), "{path}: {body} -> {}", answer.body);
        let fault = path.split('.').fold(&answer.body["errors"], |node, key| &node[key]);
        assert!(fault["_errors"][0]["code"].is_string(), "{path} not in {}", answer.body);
    }
    assert_eq!(api.post(&send, json!({ "content": "  " })).await.verdict(), (400, 50006));
    assert_eq!(api.post(&send, json!({ "embeds": [{}] })).await.verdict(), (400, 50006));
    let fine = api.post(&send, json!({ "content": "x".repeat(2000) })).await;
    assert_eq!(fine.status, 200);
}

#[tokio::test]
async fn commands_are_checked_as_well() {
    let (sandbox, _guild, _support, api) = stage().await;
    let path = format!("/applications/{}/commands", sandbox.application_id());
    let command = |extra: Value| {
        let mut form = json!({ "name": "ask", "description": "d" });
        for (name, value) in extra.as_object().unwrap() {
            form[name] = value.clone();
        }
        form
    };
    let text = |name: &str, required: bool| json!({ "type": 3, "name": name, "description": "d", "required": required });
    let choices: Vec<Value> =
        (0..26).map(|n| json!({ "name": n.to_string(), "value": n.to_string() })).collect();
    let cases = vec![
        (command(json!({ "name": "Ask" })), "name"),
        (command(json!({ "name": "x".repeat(33) })), "name"),
        (command(json!({ "description": "" })), "description"),
        (command(json!({ "description": "x".repeat(101) })), "description"),
        (command(json!({ "name_localizations": { "de-DE": "x" } })), "name_localizations.de-DE"),
        (command(json!({ "options": [text("a", false), text("b", true)] })), "options"),
        (command(json!({ "options": [text("a", false), text("a", false)] })), "options.1.name"),
        (
            command(
                json!({ "options": [{ "type": 3, "name": "a", "description": "d", "choices": choices }] }),
            ),
            "options.0.choices",
        ),
        (command(json!({ "type": 3 })), "description"),
        (command(json!({ "default_member_permissions": 8 })), "default_member_permissions"),
        (command(json!({ "contexts": [7] })), "contexts.0"),
    ];
    for (body, path_of_fault) in cases {
        let answer = api.post(&path, body.clone()).await;
        assert_eq!(answer.verdict(), (400, 50035), "{path_of_fault}: {body} -> {}", answer.body);
        let fault = path_of_fault.split('.').fold(&answer.body["errors"], |node, key| &node[key]);
        assert!(fault["_errors"].is_array(), "{path_of_fault} not in {}", answer.body);
    }
    assert_eq!(api.post(&path, command(json!({}))).await.status, 201);
    assert_eq!(api.post(&path, command(json!({}))).await.status, 200, "the same name again is an update");
    // `ask`, `d`, and options of 99 characters each; Discord counts 8000 for one command.
    let long = |last: usize| {
        let option =
            |n: usize| json!({ "type": 3, "name": format!("n{n:02}"), "description": "x".repeat(96) });
        let mut group: Vec<Value> = (0..4)
            .map(|group| {
                let options: Vec<Value> = (0..20).map(option).collect();
                json!({ "type": 1, "name": format!("g{group}"), "description": "d", "options": options })
            })
            .collect();
        group.push(json!({ "type": 1, "name": "g4", "description": "d".repeat(last) }));
        command(json!({ "options": group }))
    };
    // 4 + 4 * (3 + 20 * 99) + 2 is 7938 without the last description.
    assert_eq!(api.post(&path, long(62)).await.status, 200);
    assert_eq!(api.post(&path, long(63)).await.verdict(), (400, 50035));
    let many: Vec<Value> = (0..101).map(|n| json!({ "name": format!("c{n}"), "description": "d" })).collect();
    assert_eq!(api.call("PUT", &path, json!(many)).await.verdict(), (400, 30032));
}

#[tokio::test]
async fn archived_and_locked_threads_say_no() {
    let (_sandbox, guild, support, api) = stage().await;
    let thread = api.thread(support, "one").await;
    let id: u64 = thread.parse().unwrap();
    let say = json!({ "content": "hello" });
    let sent = api.post(&format!("/channels/{thread}/messages"), say.clone()).await;
    let message = sent.body["id"].as_str().unwrap().to_owned();
    guild.set_archived(id, true);
    let edit = format!("/channels/{thread}/messages/{message}");
    assert_eq!(api.patch(&edit, json!({ "content": "x" })).await.verdict(), (400, 50083));
    assert_eq!(
        api.patch(&format!("/channels/{thread}"), json!({ "name": "x" })).await.verdict(),
        (400, 50083)
    );
    let ana = guild.add_member("Ana", "de", &[]);
    let add = format!("/channels/{thread}/thread-members/{}", ana.id());
    assert_eq!(api.call("PUT", &add, Value::Null).await.verdict(), (400, 50083));
    // Renaming and waking in one call is fine, and any message wakes an unlocked thread.
    let both = json!({ "name": "x", "archived": false });
    assert_eq!(api.patch(&format!("/channels/{thread}"), both).await.status, 200);
    guild.set_archived(id, true);
    assert_eq!(api.post(&format!("/channels/{thread}/messages"), say.clone()).await.status, 200);
    assert_eq!(guild.thread_state(id), Some((false, false)));
    // Without MANAGE_THREADS a locked thread is closed to the bot, though it made it.
    guild.set_locked(id, true);
    guild.set_bot_permissions(BOT & !p::MANAGE_THREADS);
    assert_eq!(api.post(&format!("/channels/{thread}/messages"), say).await.verdict(), (400, 160_005));
    assert_eq!(api.patch(&edit, json!({ "content": "x" })).await.verdict(), (400, 160_005));
    let unlock = json!({ "locked": false });
    assert_eq!(api.patch(&format!("/channels/{thread}"), unlock).await.verdict(), (403, 50013));
}

#[tokio::test]
async fn there_is_a_most_of_active_threads() {
    let options = frontdesk::sandbox::SandboxOptions { active_threads_per_guild: 2, ..Default::default() };
    let sandbox = frontdesk::sandbox::Sandbox::start(options).await.unwrap();
    let guild = sandbox.create_guild("Acme");
    let support = guild.create_text_channel("support", &[]);
    guild.invite_bot(BOT);
    let api = Api::new(&sandbox);
    let first = api.thread(support, "one").await;
    api.thread(support, "two").await;
    let form = json!({ "name": "three", "type": 12 });
    let path = format!("/channels/{support}/threads");
    assert_eq!(api.post(&path, form.clone()).await.verdict(), (400, 160_006));
    guild.set_archived(first.parse().unwrap(), true);
    assert_eq!(api.post(&path, form).await.status, 201);
}

#[tokio::test]
async fn direct_messages_may_be_closed() {
    let (sandbox, guild, _support, api) = stage().await;
    let ana = guild.add_member("Ana", "de", &[]);
    let opened = api.post("/users/@me/channels", json!({ "recipient_id": ana.id().to_string() })).await;
    let path = format!("/channels/{}/messages", opened.body["id"].as_str().unwrap());
    assert_eq!(api.post(&path, json!({ "content": "hello" })).await.status, 200);
    assert_eq!(ana.sees(ana.direct_channel()).len(), 1);
    guild.close_direct_messages(&ana, true).unwrap();
    assert_eq!(api.post(&path, json!({ "content": "hello" })).await.verdict(), (403, 50007));
    guild.close_direct_messages(&ana, false).unwrap();
    guild.remove_member(&ana);
    assert_eq!(api.post(&path, json!({ "content": "hello" })).await.verdict(), (403, 50278));
    assert_eq!(sandbox.calls().last().unwrap().code, Some(50278));
}
