//! The page's routes: what is served, who is let in, what a view shows, what doing something answers.

use super::bot::Bot;
use super::page_client::{Live, ask, get, post, post_form};
use crate::office::BOT_PERMISSIONS;
use frontdesk::sandbox::{Guild, Overwrite, Person, Role, Sandbox, SandboxOptions, page, permissions as p};
use serde_json::json;

struct Stage {
    sandbox: Sandbox,
    guild: Guild,
    agents: Role,
    support: u64,
    ana: Person,
    ben: Person,
}

async fn stage() -> Stage {
    let options = SandboxOptions { page: Some(page::router), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a port is free");
    let guild = sandbox.create_guild("Acme");
    let agents = guild.create_role("Agents").mentionable(true);
    let support = guild.create_text_channel("support", &[]);
    guild.invite_bot(BOT_PERMISSIONS);
    let ana = guild.add_member("Ana", "en-US", &[]);
    let ben = guild.add_member("Ben", "de", &[&agents]);
    Stage { sandbox, guild, agents, support, ana, ben }
}

#[tokio::test]
async fn the_page_is_served_with_a_strict_policy() {
    let origin = stage().await.sandbox.origin();
    for (path, kind) in
        [("/", "text/html"), ("/page/app.js", "text/javascript"), ("/page/chat.css", "text/css")]
    {
        let answer = get(&origin, path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.headers.contains(&format!("content-type: {kind}")), "{}", answer.headers);
        assert!(answer.headers.contains("content-security-policy: default-src 'self'"), "{}", answer.headers);
        assert!(answer.headers.contains("x-content-type-options: nosniff"), "{}", answer.headers);
    }
    assert_eq!(get(&origin, "/page/mod.rs").await.status, 404);
    assert_eq!(get(&origin, "/page/../Cargo.toml").await.status, 404);
}

#[tokio::test]
async fn other_hosts_and_other_sites_are_refused() {
    let Stage { sandbox, ana, support, .. } = stage().await;
    let origin = sandbox.origin();
    let body = json!({ "channel": support.to_string(), "content": "hello" }).to_string();
    let line = format!("POST /sandbox/people/{}/message", ana.id());
    let json = "content-type: application/json";
    for foreign in ["host: evil.example", "origin: http://evil.example", "origin: null"] {
        let answer = ask(&origin, &line, &[json, foreign], &body).await;
        assert_eq!(answer.status, 403, "{foreign}");
        assert_eq!(ask(&origin, "GET /sandbox/people", &[foreign], "").await.status, 403, "{foreign}");
    }
    assert!(ana.sees(support).is_empty(), "a refused request has no effect");
    let own = format!("origin: {origin}");
    assert_eq!(ask(&origin, &line, &[json, &own], &body).await.status, 200);
    assert_eq!(ana.sees(support).len(), 1);
}

#[tokio::test]
async fn the_people_come_with_their_highest_role() {
    let Stage { sandbox, ana, ben, .. } = stage().await;
    let people = get(&sandbox.origin(), "/sandbox/people").await.json();
    let expected = json!({ "people": [
        { "id": ana.id().to_string(), "name": "Ana", "role": "" },
        { "id": ben.id().to_string(), "name": "Ben", "role": "Agents" },
    ] });
    assert_eq!(people, expected);
}

#[tokio::test]
async fn a_view_follows_the_world_and_counts_what_is_unread() {
    let Stage { sandbox, guild, agents, support, ana, ben } = stage().await;
    let hidden =
        [Overwrite::role(guild.id, 0, p::VIEW_CHANNEL), Overwrite::role(agents.id, p::VIEW_CHANNEL, 0)];
    guild.create_text_channel("queue", &hidden);
    let origin = sandbox.origin();
    let mut anas = Live::open(&origin, ana.id(), "").await;
    let mut bens = Live::open(&origin, ben.id(), &format!("?channel={support}")).await;
    assert_eq!(anas.view["person"]["name"], "Ana");
    assert_eq!(anas.view["channel"]["id"], support.to_string(), "the first channel is open at first");
    assert!(anas.channel("queue").is_none(), "{:#}", anas.view);
    assert!(bens.channel("queue").is_some(), "{:#}", bens.view);

    ana.says(support, &format!("Hello <@{}>", ben.id())).await.unwrap();
    anas.until(|view| {
        view["messages"][0]["content"].as_str().is_some_and(|text| text.starts_with("Hello <@"))
    })
    .await;
    assert_eq!(anas.channel("support").unwrap()["unread"], 0, "one's own words are not news");
    bens.until(|view| view["messages"][0]["mentions_me"] == true).await;
    assert_eq!(bens.channel("support").unwrap()["unread"], 1);
    assert_eq!(bens.channel("support").unwrap()["mentions"], 1);
    assert_eq!(bens.messages()[0]["deletable"], false);

    bens.wish(json!({ "channel": support.to_string(), "looking": true })).await;
    bens.until(|view| view["channel"]["unread"] == 0 && view["channel"]["mentions"] == 0).await;
}

#[tokio::test]
async fn what_cannot_be_done_is_a_sentence() {
    let Stage { sandbox, support, ana, .. } = stage().await;
    let origin = sandbox.origin();
    let path = format!("/sandbox/people/{}/message", ana.id());
    let empty = post(&origin, &path, json!({ "channel": support.to_string(), "content": "" })).await;
    assert_eq!(empty.status, 422);
    assert!(empty.json()["refused"].as_str().is_some_and(|sentence| !sentence.is_empty()), "{empty:#?}");
    let broken = ask(&origin, &format!("POST {path}"), &["content-type: application/json"], "{").await;
    assert_eq!(broken.status, 422);
    assert!(broken.json()["refused"].is_string(), "{broken:#?}");
    let nobody = post(&origin, "/sandbox/people/7/message", json!({ "channel": "1", "content": "x" })).await;
    assert_eq!(nobody.status, 404);
    let bot = format!("/sandbox/people/{}/message", sandbox.bot_id());
    let bot = post(&origin, &bot, json!({ "channel": support.to_string(), "content": "x" })).await;
    assert_eq!(bot.status, 404, "the bot is nobody's to play");
    let form =
        post(&origin, &format!("/sandbox/people/{}/modal/submit", ana.id()), json!({ "fields": [] })).await;
    assert_eq!(form.json()["refused"], "No form is open.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_is_typed_answered_pressed_and_its_form_sent() {
    let Stage { sandbox, agents, support, ana, ben, .. } = stage().await;
    let origin = sandbox.origin();
    let bot = Bot::start(&sandbox, agents.id).await;
    sandbox.bot_is_ready().await;
    let mut anas = Live::open(&origin, ana.id(), "").await;
    let mut bens = Live::open(&origin, ben.id(), "").await;
    anas.until(|view| view["commands"][0]["path"] == "ask").await;
    let option = &anas.view["commands"][0]["options"][0];
    assert_eq!((&option["name"], &option["kind"]), (&json!("question"), &json!("string")));
    assert_eq!((&option["required"], &option["autocomplete"]), (&json!(true), &json!(true)));
    bens.until(|view| view["commands"][0]["shown"] == "hilfe").await;

    let path = |action: &str| format!("/sandbox/people/{}/{action}", ana.id());
    let channel = support.to_string();
    let typing =
        json!({ "channel": channel, "command": "ask", "options": [], "focused": "question", "text": "vp" });
    let suggestions = post(&origin, &path("autocomplete"), typing).await.json();
    assert_eq!(suggestions["choices"][0]["name"], "vp…");

    let incomplete = json!({ "channel": channel, "command": "ask", "options": [] });
    let incomplete = post_form(&origin, &path("command"), &incomplete, None).await;
    assert_eq!(incomplete.status, 422, "{incomplete:#?}");
    let file = json!({ "channel": channel, "command": "ask", "options": [{ "name": "question", "value": "error.log" }] });
    let file =
        post_form(&origin, &path("command"), &file, Some(("question", "a file where a text is wanted")))
            .await;
    assert_eq!(file.json()["refused"], "question: This value does not fit the option.");
    let complete =
        json!({ "channel": channel, "command": "ask", "options": [{ "name": "question", "value": "VPN?" }] });
    let came = post_form(&origin, &path("command"), &complete, None).await.json();
    assert_eq!((&came["kind"], &came["why"]), (&json!("message"), &json!(null)));
    anas.until(|view| view["messages"][0]["ephemeral"] == true).await;
    let answer = anas.messages()[0].clone();
    assert_eq!(answer["command"]["name"], "/ask");
    assert_eq!(answer["embeds"][0]["title"], "Nothing found");
    assert_eq!(answer["rows"][0][0]["label"], "Open a ticket");
    assert!(bens.messages().is_empty(), "an ephemeral answer is for one person");

    let press = json!({ "message": answer["id"], "custom_id": "open" });
    assert_eq!(post(&origin, &path("press"), press).await.json()["kind"], "modal");
    anas.until(|view| view["modal"]["title"] == "Open a ticket").await;
    assert_eq!(anas.view["modal"]["fields"][0]["value"], "prefilled");
    assert_eq!(anas.view["modal"]["fields"][1]["style"], "paragraph");
    let fields = json!({ "fields": [{ "custom_id": "details", "value": "It says error 42." }] });
    assert_eq!(post(&origin, &path("modal/submit"), fields).await.json()["kind"], "deferred");
    anas.until(|view| {
        let channels = view["channels"].as_array();
        view["modal"].is_null()
            && channels.is_some_and(|list| list.iter().any(|channel| channel["kind"] == "thread"))
    })
    .await;
    let thread = anas.channel("#1 prefilled").unwrap();
    assert_eq!((&thread["private"], &thread["parent"]), (&json!(true), &json!(channel)));
    bens.until(|view| view["messages"][0]["mentions_me"] == true).await;
    assert!(bens.channel("#1 prefilled").is_none(), "a private thread is for its members");
    bot.stop().await;
}
