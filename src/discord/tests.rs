//! The path of an interaction from what Discord sends to what it is answered, against a listener that keeps answers.
//!
//! Stories over several people and the outbox are told against the sandbox; here stands what is one interaction long.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use serde_json::{Value, json};
use serenity::model::application::Interaction;
use serenity::model::id::{ApplicationId, UserId};

use super::Cx;
use super::pipeline::handle;
use crate::desk::{Desk, SpecialismChange};
use crate::domain::actor::{Actor, Standing};
use crate::domain::article::Language;
use crate::domain::desk::DeskSettings;
use crate::domain::id::{self, ChannelId, GuildId, RoleId, TicketNumber};
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::Clock;
use crate::knowledge::Knowledge;
use crate::store::{Database, Store, TicketKey};

const GUILD: u64 = 1;
const SUPPORT: u64 = 10;
const QUEUE: u64 = 11;
const FIRST: u64 = 21;
const SECOND: u64 = 22;
const MANAGE_SERVER: &str = "32";

/// What was sent, as method, path and body.
type Sent = Arc<Mutex<Vec<(Method, String, Value)>>>;

struct World {
    cx: Cx,
    sent: Sent,
    _folder: tempfile::TempDir,
}

/// Somebody who acts: an account with roles.
#[derive(Clone, Copy)]
struct Person(u64, &'static [u64], &'static str);

const MIA: Person = Person(7, &[], "en-US");
const ANA: Person = Person(8, &[FIRST], "en-US");
const BEN: Person = Person(9, &[FIRST], "de");
const NIKO: Person = Person(6, &[SECOND], "en-US");

async fn answer_as_discord(State(sent): State<Sent>, method: Method, uri: Uri, body: Bytes) -> Response {
    let path = uri.path().trim_start_matches("/api/v10").to_owned();
    let body = serde_json::from_slice(&body).unwrap_or_default();
    sent.lock().unwrap().push((method, path.clone(), body));
    let role = |id: u64, mentionable: bool| {
        json!({"id": id.to_string(), "name": "r", "color": 0, "colors": {"primary_color": 0}, "hoist": false,
            "managed": false, "mentionable": mentionable, "permissions": "412317248576", "position": 1,
            "flags": 0})
    };
    let channel =
        |id: u64| json!({"id": id.to_string(), "type": 0, "guild_id": "1", "name": "c", "position": 0});
    if path.contains("/gone/") {
        let over = json!({"code": 10062, "message": "Unknown interaction"});
        return (StatusCode::NOT_FOUND, over.to_string()).into_response();
    }
    match path.as_str() {
        "/guilds/1/roles" => {
            let roles = [role(GUILD, false), role(FIRST, false), role(SECOND, false)];
            json!(roles).to_string().into_response()
        }
        "/guilds/1/channels" => json!([channel(SUPPORT), channel(QUEUE)]).to_string().into_response(),
        "/guilds/1/members/99" => json!(member(Person(99, &[], "en-US"), "0")).to_string().into_response(),
        _ if path.ends_with("/messages/@original") => json!(message(1, SUPPORT)).to_string().into_response(),
        _ => StatusCode::NO_CONTENT.into_response(),
    }
}

async fn start() -> World {
    let sent = Sent::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer_as_discord).with_state(Arc::clone(&sent));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Database::Sqlite(folder.path().join("desk.db"))).await.unwrap();
    let knowledge = Knowledge::in_memory(std::iter::empty(), &[]).unwrap();
    let desk = Desk::new(store, Clock::default(), knowledge);
    let cx = Cx::new(desk, &origin, &SecretString::from("token")).unwrap();
    cx.identify(ApplicationId::new(99), UserId::new(99));
    World { cx, sent, _folder: folder }
}

async fn start_with_desk() -> World {
    let world = start().await;
    let settings = DeskSettings {
        guild: GuildId::from_snowflake(GUILD),
        support_channel: ChannelId::from_snowflake(SUPPORT),
        queue_channel: ChannelId::from_snowflake(QUEUE),
        first_level: RoleId::from_snowflake(FIRST),
        second_level: RoleId::from_snowflake(SECOND),
        language: Language::En,
    };
    world.cx.desk.save_set_up(&manager(), &settings).await.unwrap();
    world
}

fn manager() -> Actor {
    Actor {
        guild: GuildId::from_snowflake(GUILD),
        user: id::UserId(5),
        name: "Max".to_owned(),
        language: Language::En,
        standing: Standing { manager: true, ..Standing::default() },
    }
}

impl World {
    /// What the last interaction was answered with.
    async fn answer(&self, interaction: Value) -> Value {
        self.sent.lock().unwrap().clear();
        handle(&self.cx, serde_json::from_value::<Interaction>(interaction).unwrap()).await;
        self.sent.lock().unwrap().last().map(|(_, _, body)| body.clone()).unwrap_or_default()
    }

    /// Mia opens a ticket with the form under an answer.
    async fn opens(&self) -> Value {
        let fields = [("subject", "VPN drops"), ("details", "Since Monday")];
        self.answer(form(MIA, "v1:open-form:4711", &fields)).await
    }

    async fn ticket(&self) -> Ticket {
        let key = TicketKey::Number(TicketNumber(1));
        self.cx.desk.store.ticket(GuildId::from_snowflake(GUILD), key).await.unwrap().unwrap()
    }
}

fn user(id: u64) -> Value {
    json!({"id": id.to_string(), "username": format!("u{id}"), "discriminator": "0", "avatar": null})
}

fn member(person: Person, permissions: &str) -> Value {
    let roles: Vec<_> = person.1.iter().map(ToString::to_string).collect();
    json!({"user": user(person.0), "roles": roles, "joined_at": "2024-01-01T00:00:00Z", "deaf": false,
        "mute": false, "flags": 0, "permissions": permissions})
}

fn message(id: u64, channel: u64) -> Value {
    json!({"id": id.to_string(), "channel_id": channel.to_string(), "author": user(99), "content": "",
        "timestamp": "2024-01-01T00:00:00Z", "edited_timestamp": null, "tts": false, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0,
        "flags": 0})
}

fn interaction(kind: u8, person: Person, data: &Value) -> Value {
    json!({"id": "100", "application_id": "99", "type": kind, "token": "t", "version": 1, "data": data,
        "guild_id": GUILD.to_string(), "channel_id": QUEUE.to_string(),
        "channel": {"id": QUEUE.to_string(), "type": 0}, "member": member(person, "0"), "locale": person.2,
        "guild_locale": "en-US", "app_permissions": "0", "entitlements": [],
        "authorizing_integration_owners": {}, "attachment_size_limit": 1000})
}

fn press(person: Person, custom_id: &str) -> Value {
    let mut press = interaction(3, person, &json!({"custom_id": custom_id, "component_type": 2}));
    press["message"] = message(41, QUEUE);
    press
}

fn form(person: Person, custom_id: &str, fields: &[(&str, &str)]) -> Value {
    let rows = fields
        .iter()
        .map(|(id, value)| json!({"type": 1, "components": [{"type": 4, "custom_id": id, "value": value}]}));
    let rows: Vec<_> = rows.collect();
    interaction(5, person, &json!({"custom_id": custom_id, "components": rows}))
}

fn command(person: Person, name: &str, sub: &str, options: &Value) -> Value {
    let sub = json!([{"name": sub, "type": 1, "options": options}]);
    interaction(2, person, &json!({"id": "1", "name": name, "type": 1, "options": sub}))
}

fn content(answer: &Value) -> &str {
    answer["data"]["content"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_sent_form_is_a_ticket_before_it_is_confirmed() {
    let world = start_with_desk().await;
    let answer = world.opens().await;
    assert_eq!(answer["type"], 4);
    assert_eq!(answer["data"]["flags"], 64);
    assert_eq!(content(&answer), "Ticket #1 is recorded. The link to its thread follows in a moment.");
    let ticket = world.ticket().await;
    assert_eq!((ticket.subject.as_str(), ticket.details.as_deref()), ("VPN drops", Some("Since Monday")));
    // Sending the same form again finds the same ticket.
    world.opens().await;
    assert_eq!(world.cx.desk.store.queue_length(ticket.guild).await.unwrap(), 1);
}

#[tokio::test]
async fn of_two_who_claim_the_second_reads_who_was_first() {
    let world = start_with_desk().await;
    world.opens().await;
    let id = world.ticket().await.id;
    let answer = world.answer(press(ANA, &format!("v1:claim:{id}"))).await;
    assert_eq!(answer["type"], 7);
    let since = world.ticket().await.since.seconds();
    let answer = world.answer(press(BEN, &format!("v1:claim:{id}"))).await;
    assert_eq!(answer["type"], 4);
    assert_eq!(answer["data"]["allowed_mentions"]["parse"], json!([]));
    assert_eq!(
        content(&answer),
        format!(
            "<@8> hat dieses Ticket seit <t:{since}:R>. Sprecht euch ab, oder nimm ein anderes aus `/tickets warteschlange`."
        )
    );
}

#[tokio::test]
async fn strangers_and_other_servers_change_nothing() {
    let world = start_with_desk().await;
    world.opens().await;
    let id = world.ticket().await.id;
    let answer = world.answer(press(MIA, &format!("v1:claim:{id}"))).await;
    assert_eq!(
        content(&answer),
        "Only members of <@&21> can do this. Ask one of them, or in the ticket's thread."
    );
    let mut elsewhere = press(ANA, &format!("v1:close:{id}"));
    elsewhere["guild_id"] = json!("2");
    let answer = world.answer(elsewhere).await;
    assert_eq!(content(&answer), "There is no such ticket here. `/tickets` lists yours.");
    assert_eq!(world.ticket().await.status, Status::Queued);
}

#[tokio::test]
async fn old_buttons_and_forms_on_buttons_explain_themselves() {
    let world = start_with_desk().await;
    for custom_id in ["v0:claim:1", "ticket-close", "v1:open-form:1", "v1:resolve-form:1"] {
        let answer = world.answer(press(MIA, custom_id)).await;
        assert_eq!(
            content(&answer),
            "This button is from an older version. Use `/ticket` or ask again with `/support`."
        );
    }
}

#[tokio::test]
async fn outside_of_a_server_there_is_no_desk() {
    let world = start().await;
    let mut direct = press(MIA, "v1:claim:1");
    direct["user"] = user(7);
    for field in ["guild_id", "member"] {
        direct.as_object_mut().unwrap().remove(field);
    }
    let answer = world.answer(direct).await;
    assert_eq!(content(&answer), "I work inside a server only. Use me in the server of your company.");
}

#[tokio::test]
async fn a_fault_of_ours_has_an_incident_id() {
    let world = start_with_desk().await;
    world.cx.desk.store.close().await;
    let answer = world.answer(press(ANA, "v1:claim:1")).await;
    let incident = content(&answer).rsplit("**").nth(1).unwrap_or_default();
    assert_eq!(incident.len(), 8, "{answer}");
}

#[tokio::test]
async fn what_is_over_is_dropped_but_done() {
    let world = start_with_desk().await;
    world.opens().await;
    let id = world.ticket().await.id;
    let mut late = press(ANA, &format!("v1:claim:{id}"));
    late["token"] = json!("gone");
    world.answer(late).await;
    assert_eq!(world.sent.lock().unwrap().len(), 1, "nothing is sent after the refused answer");
    assert_eq!(world.ticket().await.status, Status::Claimed { agent: id::UserId(8) });
}

#[tokio::test]
async fn with_several_specialisms_an_escalation_asks_to_whom_first() {
    let world = start_with_desk().await;
    let network = SpecialismChange::Save { role: RoleId(23), channel: None };
    world.cx.desk.change_specialism(&manager(), "Network", network).await.unwrap();
    world.opens().await;
    let id = world.ticket().await.id;
    let answer = world.answer(press(ANA, &format!("v1:escalate:{id}"))).await;
    assert_eq!(answer["type"], 4);
    let select = &answer["data"]["components"][0]["components"][0];
    assert_eq!(select["options"][1]["label"], "Network");
    let chosen = select["options"][0]["value"].as_str().unwrap();
    let mut choice = press(ANA, select["custom_id"].as_str().unwrap());
    choice["data"]["component_type"] = json!(3);
    choice["data"]["values"] = json!([chosen]);
    let answer = world.answer(choice).await;
    assert_eq!(answer["type"], 9);
    let sent = form(ANA, answer["data"]["custom_id"].as_str().unwrap(), &[("tried", "Reinstalled")]);
    world.answer(sent).await;
    assert!(matches!(world.ticket().await.status, Status::Escalated(_)));
    let answer = world.answer(press(NIKO, &format!("v1:accept:{id}"))).await;
    assert_eq!(answer["type"], 7);
    assert_eq!(answer["data"]["content"], "");
    let description = answer["data"]["embeds"][0]["description"].as_str().unwrap();
    assert!(description.starts_with("Accepted by <@6>"), "{description}");
}

#[tokio::test]
async fn a_command_outside_of_a_thread_asks_for_the_number() {
    let world = start_with_desk().await;
    world.opens().await;
    let answer = world.answer(command(ANA, "ticket", "claim", &json!([]))).await;
    assert!(content(&answer).starts_with("Which ticket?"), "{answer}");
    let number = json!([{"name": "number", "type": 4, "value": 1}]);
    let answer = world.answer(command(ANA, "ticket", "claim", &number)).await;
    assert_eq!(content(&answer), "#1 is yours now.");
    let answer = world.answer(command(ANA, "ticket", "resolve", &number)).await;
    assert_eq!(answer["type"], 9, "a missing text is asked for");
}

#[tokio::test]
async fn setting_up_is_deferred_and_names_what_is_missing() {
    let world = start().await;
    let option = |name: &str, kind: u8, id: u64| json!({"name": name, "type": kind, "value": id.to_string()});
    let options = json!([
        option("support_channel", 7, SUPPORT),
        option("queue_channel", 7, QUEUE),
        option("first_level", 8, FIRST),
        option("second_level", 8, SECOND)
    ]);
    let mut set_up = command(Person(5, &[], "en-US"), "desk", "setup", &options);
    let channel = |id: u64| json!({"id": id.to_string(), "type": 0, "name": "c", "permissions": "0"});
    let role = |id: u64| {
        json!({"id": id.to_string(), "name": "r", "color": 0, "colors": {"primary_color": 0}, "hoist": false,
            "managed": false, "mentionable": false, "permissions": "0", "position": 1, "flags": 0})
    };
    set_up["data"]["resolved"] = json!({
        "channels": {SUPPORT.to_string(): channel(SUPPORT), QUEUE.to_string(): channel(QUEUE)},
        "roles": {FIRST.to_string(): role(FIRST), SECOND.to_string(): role(SECOND)}
    });
    let answer = world.answer(set_up.clone()).await;
    let refused = answer["content"].as_str().unwrap_or_default();
    assert!(refused.starts_with("Only people who may manage the server"), "{answer}");
    set_up["member"]["permissions"] = json!(MANAGE_SERVER);
    let edit = world.answer(set_up).await;
    let first = world.sent.lock().unwrap()[0].2.clone();
    assert_eq!((&first["type"], &first["data"]["flags"]), (&json!(5), &json!(64)));
    let description = edit["embeds"][0]["description"].as_str().unwrap_or_default();
    assert!(description.contains("I cannot mention <@&22> in <#11>."), "{edit}");
    let saved = world.cx.desk.set_up(GuildId::from_snowflake(GUILD)).await.unwrap();
    assert_eq!(saved, None, "nothing is saved while something is missing");
}

#[test]
fn an_interaction_can_be_answered_on_any_thread() {
    fn is_send<T: Send>(_: fn(&'static Cx, Interaction) -> T) {}
    is_send(handle);
}
