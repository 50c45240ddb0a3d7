//! Messages: pings, nonces, paging, files, deletion.

use std::time::Duration;

use frontdesk::sandbox::{PingReason, permissions as p};
use serde_json::{Value, json};

use super::client::stage;

#[tokio::test]
async fn a_message_pings_whom_it_is_allowed_to() {
    let (_sandbox, guild, support, api) = stage().await;
    let open = guild.create_role("Open").mentionable(true);
    let quiet = guild.create_role("Quiet");
    let ana = guild.add_member("Ana", "de", &[&open]);
    let ben = guild.add_member("Ben", "de", &[&quiet]);
    let everything = format!("<@{}> <@&{}> <@&{}> @everyone", ben.id(), open.id, quiet.id);
    let path = format!("/channels/{support}/messages");
    let none = api.post(&path, json!({ "content": everything, "allowed_mentions": { "parse": [] } })).await;
    assert_eq!((&none.body["mentions"], &none.body["mention_roles"]), (&json!([]), &json!([])));
    assert!(ana.pings().is_empty() && ben.pings().is_empty());
    // By default everything that is written counts, but a quiet role and everyone need a permission.
    let all = api.post(&path, json!({ "content": everything })).await;
    assert_eq!(all.body["mention_roles"], json!([open.id.to_string()]));
    assert_eq!(all.body["mention_everyone"], false);
    assert_eq!(ana.pings()[0].reason, PingReason::Role);
    assert_eq!(ben.pings()[0].reason, PingReason::User);
    guild.set_bot_permissions(super::client::BOT | p::MENTION_EVERYONE);
    let only = json!({ "content": everything, "allowed_mentions": { "roles": [quiet.id.to_string()] } });
    api.post(&path, only).await;
    assert_eq!((ana.pings().len(), ben.pings().len()), (1, 2));
    let edited = format!("{path}/{}", all.body["id"].as_str().unwrap());
    api.patch(&edited, json!({ "content": "<@1>" })).await;
    assert_eq!(ben.pings().len(), 2, "an edit pings nobody");
}

#[tokio::test]
async fn the_same_nonce_gives_the_same_message() {
    let (sandbox, _guild, support, api) = stage().await;
    let path = format!("/channels/{support}/messages");
    let send = json!({ "content": "once", "nonce": "42", "enforce_nonce": true });
    let first = api.post(&path, send.clone()).await.body;
    assert_eq!(first["nonce"], "42");
    assert_eq!(api.post(&path, send.clone()).await.body["id"], first["id"]);
    let unenforced = json!({ "content": "again", "nonce": "42" });
    assert_ne!(api.post(&path, unenforced).await.body["id"], first["id"]);
    let delete = format!("{path}/{}", first["id"].as_str().unwrap());
    assert_eq!(api.call("DELETE", &delete, Value::Null).await.status, 204);
    assert_eq!(api.post(&path, send.clone()).await.verdict(), (404, 10008), "its first message is gone");
    sandbox.advance(Duration::from_mins(10));
    assert_eq!(api.post(&path, send).await.status, 200, "after some minutes it is forgotten");
}

#[tokio::test]
async fn history_is_paged_like_discords() {
    let (_sandbox, _guild, support, api) = stage().await;
    let path = format!("/channels/{support}/messages");
    let mut ids = Vec::new();
    for number in 0..6 {
        let sent = api.post(&path, json!({ "content": number.to_string() })).await;
        ids.push(sent.body["id"].as_str().unwrap().to_owned());
    }
    let contents = |body: &Value| -> String {
        body.as_array().unwrap().iter().map(|message| message["content"].as_str().unwrap()).collect()
    };
    for (query, expected) in [
        ("?limit=3".to_owned(), "543"),
        (format!("?limit=2&before={}", ids[3]), "21"),
        (format!("?limit=2&after={}", ids[1]), "32"),
        (format!("?limit=3&around={}", ids[3]), "432"),
    ] {
        assert_eq!(contents(&api.get(&format!("{path}{query}")).await.body), expected, "{query}");
    }
    assert_eq!(api.get(&format!("{path}?limit=101")).await.verdict(), (400, 50035));
}

#[tokio::test]
async fn files_travel_and_are_served() {
    let (sandbox, guild, support, api) = stage().await;
    let ana = guild.add_member("Ana", "de", &[]);
    let path = format!("/channels/{support}/messages");
    let body = json!({ "content": "see", "attachments": [{ "id": 0, "description": "a log" }] });
    let sent = api.upload(&path, &body, &[("log.txt", b"one\ntwo")]).await;
    assert_eq!(sent.status, 200, "{}", sent.body);
    let file = &sent.body["attachments"][0];
    assert_eq!(
        (&file["filename"], &file["size"], &file["description"]),
        (&json!("log.txt"), &json!(7), &json!("a log"))
    );
    let bytes = reqwest::get(file["url"].as_str().unwrap()).await.unwrap().bytes().await.unwrap();
    assert_eq!(&bytes[..], b"one\ntwo");
    assert_eq!(ana.reads(support), "frontdesk:\n  see\n  (file log.txt)\n");
    let lost = json!({ "content": "x", "attachments": [{ "id": 7 }] });
    assert_eq!(api.post(&path, lost).await.verdict(), (400, 50035));
    let huge = vec![0; 10 * 1024 * 1024 + 1];
    assert_eq!(api.upload(&path, &json!({}), &[("huge", &huge)]).await.verdict(), (413, 40005));
    let call = sandbox.calls().into_iter().find(|call| call.files == 1).unwrap();
    assert_eq!((call.route.as_str(), call.status), ("/channels/{channel}/messages", 200));
}

#[tokio::test]
async fn an_embed_shows_a_picture_that_comes_with_it_and_no_other() {
    let (_sandbox, _guild, support, api) = stage().await;
    let path = format!("/channels/{support}/messages");
    let files: [(&str, &[u8]); 2] = [("a.png", b"picture"), ("b.txt", b"text")];
    for (named, is_shown) in [("a.png", true), ("b.txt", false), ("c.png", false)] {
        let image = json!({ "url": format!("attachment://{named}") });
        let body = json!({ "embeds": [{ "title": "See", "image": image }] });
        let sent = api.upload(&path, &body, &files).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        let shown = sent.body["embeds"][0]["image"]["url"].as_str();
        assert_eq!(shown.is_some(), is_shown, "{named}: {}", sent.body);
        if let Some(url) = shown {
            assert_eq!(reqwest::get(url).await.unwrap().bytes().await.unwrap(), &files[0].1);
        }
    }
}

#[tokio::test]
async fn names_stand_where_ids_were_sent() {
    let (sandbox, guild, support, api) = stage().await;
    let role = guild.create_role("Network");
    let ana = guild.add_member("Ana", "de", &[]);
    let soon = sandbox.now_ms() / 1000 + 4 * 3600;
    let text = format!("<@{}> <@&{}> <#{support}> </ask:1> <t:{soon}:R> a<b", ana.id(), role.id);
    let sent = api.post(&format!("/channels/{support}/messages"), json!({ "content": text })).await;
    let seen = ana.sees_message(sent.body["id"].as_str().unwrap().parse().unwrap()).unwrap();
    assert_eq!(seen.text, "@Ana @Network #support /ask in 4 hours a<b");
    assert_eq!(seen.names[&format!("<@{}>", ana.id())], "@Ana");
    let json = serde_json::to_value(&seen).unwrap();
    assert_eq!(json["id"], sent.body["id"], "ids are text in JSON");
}

#[tokio::test]
async fn people_are_held_to_what_their_client_lets_them_do() {
    let (_sandbox, guild, support, api) = stage().await;
    let ana = guild.add_member("Ana", "de", &[]);
    let sent = api.post(&format!("/channels/{support}/messages"), json!({ "content": "x" })).await;
    let message = sent.body["id"].as_str().unwrap().parse().unwrap();
    assert!(ana.deletes(message).await.is_err());
    assert!(ana.says(support, &"x".repeat(2001)).await.is_err());
    assert!(ana.says(support, "   ").await.is_err());
    assert!(ana.presses(message, "Nothing").await.unwrap_err().sentence.starts_with("There is no button"));
    guild.set_everyone(p::VIEW_CHANNEL | p::READ_MESSAGE_HISTORY);
    assert!(ana.says(support, "hello").await.is_err());
    assert_eq!(guild.owner().unwrap().says(support, "I may").await.map(|_| ()), Ok(()));
    guild.remove_member(&ana);
    assert!(ana.sees(support).is_empty() && ana.sees_channels().is_empty());
}
