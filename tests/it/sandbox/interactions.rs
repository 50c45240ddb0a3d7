//! The life of an interaction: three seconds, one callback, fifteen minutes of the token.

use std::time::Duration;

use frontdesk::sandbox::{
    Guild, OptionInput, Outcome, Person, RawInteraction, Reaction, Sandbox, permissions as p,
};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::client::{Api, Wire, stage};

/// A bot by hand: it sees interactions and answers with what the test says.
struct Desk {
    sandbox: Sandbox,
    guild: Guild,
    support: u64,
    api: Api,
    wire: Wire,
    ana: Person,
}

impl Desk {
    async fn open() -> Self {
        let (sandbox, guild, support, api) = stage().await;
        let path = format!("/applications/{}/commands", sandbox.application_id());
        let text =
            json!({ "type": 3, "name": "text", "description": "d", "autocomplete": true, "max_length": 10 });
        let sub = |name: &str, options: Value| json!({ "type": 1, "name": name, "description": "d", "options": options });
        let who = json!({ "type": 6, "name": "who", "description": "d", "required": true });
        let level = json!({ "type": 3, "name": "level", "description": "d",
            "choices": [{ "name": "high", "name_localizations": { "de": "hoch" }, "value": "h" }] });
        let commands = json!([
            { "name": "ask", "description": "d", "options": [text] },
            { "name": "ticket", "description": "d", "options": [sub("claim", json!([])), sub("add", json!([who, level]))] },
            { "name": "admin", "description": "d", "default_member_permissions": p::MANAGE_GUILD.to_string() },
            { "name": "kinds", "description": "d", "options": (3..=11)
                .map(|kind| json!({ "type": kind, "name": format!("o{kind}"), "description": "d" }))
                .collect::<Vec<_>>() },
            { "name": "Open a ticket", "name_localizations": { "de": "Ticket öffnen" }, "type": 3 },
        ]);
        let made = api.call("PUT", &path, commands).await;
        assert_eq!(made.status, 200, "{}", made.body);
        let (wire, _) = Wire::identified(&sandbox, 1).await;
        let ana = guild.add_member("Ana", "de", &[]);
        Self { sandbox, guild, support, api, wire, ana }
    }

    /// Ana uses a command; the interaction as the bot gets it, and what Ana will see.
    async fn asked(&mut self, command: &'static str) -> (Value, JoinHandle<Reaction>) {
        let (ana, support) = (self.ana.clone(), self.support);
        let seen = tokio::spawn(async move { ana.uses(support, command, vec![]).await.unwrap() });
        (self.wire.event("INTERACTION_CREATE").await, seen)
    }

    async fn answer(&self, interaction: &Value, body: Value) -> (u16, u64) {
        self.api.post(&callback(interaction), body).await.verdict()
    }

    fn hook(&self, interaction: &Value, rest: &str) -> String {
        let token = interaction["token"].as_str().unwrap();
        format!("/webhooks/{}/{token}{rest}", self.sandbox.application_id())
    }
}

fn callback(interaction: &Value) -> String {
    let (id, token) = (interaction["id"].as_str().unwrap(), interaction["token"].as_str().unwrap());
    format!("/interactions/{id}/{token}/callback")
}

#[tokio::test]
async fn the_first_callback_wins_and_later_ones_are_told() {
    let mut desk = Desk::open().await;
    let (interaction, seen) = desk.asked("ask").await;
    let hello = json!({ "type": 4, "data": { "content": "hello" } });
    assert_eq!(desk.answer(&interaction, hello.clone()).await, (204, 0));
    assert_eq!(desk.answer(&interaction, hello).await, (400, 40060));
    let message = seen.await.unwrap().expect_message();
    assert_eq!(message.answers.as_deref(), Some("Ana used /ask"));
    assert_eq!(message.to_string(), "frontdesk:\n  hello\n");
}

#[tokio::test]
async fn the_payload_is_discords() {
    let mut desk = Desk::open().await;
    let (interaction, seen) = desk.asked("ticket claim").await;
    assert_eq!(interaction["type"], 2);
    assert_eq!(interaction["application_id"], desk.sandbox.application_id().to_string());
    assert_eq!(interaction["data"]["options"][0], json!({ "name": "claim", "type": 1, "options": [] }));
    assert_eq!(interaction["context"], 0);
    assert_eq!((&interaction["locale"], &interaction["guild_locale"]), (&json!("de"), &json!("en-US")));
    assert_eq!(interaction["authorizing_integration_owners"]["0"], desk.guild.id.to_string());
    let bits: u64 = interaction["app_permissions"].as_str().unwrap().parse().unwrap();
    assert_eq!(bits, desk.guild.permissions_in(desk.support, desk.sandbox.bot_id()));
    let bits: u64 = interaction["member"]["permissions"].as_str().unwrap().parse().unwrap();
    assert_eq!(bits, desk.guild.permissions_in(desk.support, desk.ana.id()));
    assert_eq!(interaction["channel"]["id"], desk.support.to_string());
    assert_eq!(interaction["attachment_size_limit"], 10 * 1024 * 1024);
    let answered =
        desk.api.post(&format!("{}?with_response=true", callback(&interaction)), json!({ "type": 5 })).await;
    assert_eq!(answered.status, 200);
    assert_eq!(answered.body["interaction"]["response_message_loading"], true);
    seen.await.unwrap();
}

#[tokio::test]
async fn who_does_not_answer_in_three_seconds_has_failed() {
    let mut desk = Desk::open().await;
    let (interaction, seen) = desk.asked("ask").await;
    desk.sandbox.advance(Duration::from_secs(4));
    let reaction = seen.await.unwrap();
    assert!(matches!(reaction.outcome, Outcome::Failed(_)), "{reaction:#?}");
    assert!(reaction.took < Duration::from_secs(2), "pushing the time does not take time");
    assert_eq!(desk.answer(&interaction, json!({ "type": 5 })).await, (404, 10062));
    let follow_up = desk.api.post(&desk.hook(&interaction, ""), json!({ "content": "late" })).await;
    assert_eq!(follow_up.verdict(), (404, 10015));
}

#[tokio::test]
async fn the_token_is_good_for_fifteen_minutes() {
    let mut desk = Desk::open().await;
    let (interaction, seen) = desk.asked("ask").await;
    desk.answer(&interaction, json!({ "type": 5, "data": { "flags": 64 } })).await;
    let thinking = seen.await.unwrap().expect_message();
    assert!(thinking.loading && thinking.ephemeral);
    // The first follow-up after a deferred answer fills it, and it stays ephemeral.
    let filled = desk.api.post(&desk.hook(&interaction, ""), json!({ "content": "done" })).await;
    assert_eq!((filled.status, &filled.body["id"]), (200, &json!(thinking.id.to_string())));
    let more = desk.api.post(&desk.hook(&interaction, ""), json!({ "content": "more", "flags": 64 })).await;
    assert_ne!(more.body["id"], json!(thinking.id.to_string()));
    let original = desk.hook(&interaction, "/messages/@original");
    desk.api.patch(&original, json!({ "content": "done better" })).await;
    assert_eq!(
        desk.ana.reads(desk.support),
        "frontdesk (only you):\n  done better\nfrontdesk (only you):\n  more\n"
    );
    desk.sandbox.advance(Duration::from_mins(14));
    assert_eq!(desk.api.get(&original).await.status, 200);
    desk.sandbox.advance(Duration::from_mins(2));
    assert_eq!(desk.api.patch(&original, json!({ "content": "x" })).await.verdict(), (401, 50027));
}

#[tokio::test]
async fn answers_have_to_fit_the_question() {
    let mut desk = Desk::open().await;
    let (interaction, seen) = desk.asked("ask").await;
    for kind in [1, 6, 7, 8, 42] {
        assert_eq!(
            desk.answer(&interaction, json!({ "type": kind, "data": {} })).await,
            (400, 50035),
            "{kind}"
        );
    }
    let input = |id: &str| {
        json!({ "type": 1, "components": [
        { "type": 4, "custom_id": id, "label": "Subject", "style": 1, "max_length": 5 }] })
    };
    let modal = |title: &str, rows: Vec<Value>| {
        json!({ "type": 9, "data": {
        "custom_id": "m", "title": title, "components": rows } })
    };
    for bad in [
        modal(&"x".repeat(46), vec![input("a")]),
        modal("t", vec![]),
        modal("t", vec![input("a"), input("a")]),
        modal("t", vec![input("1"), input("2"), input("3"), input("4"), input("5"), input("6")]),
    ] {
        assert_eq!(desk.answer(&interaction, bad.clone()).await, (400, 50035), "{bad}");
    }
    assert_eq!(desk.answer(&interaction, modal("t", vec![input("a")])).await, (204, 0));
    let form = seen.await.unwrap().expect_modal();
    let too_long = desk.ana.submits(&form, &[("Subject", "123456")]).await.unwrap_err();
    assert_eq!(too_long.sentence, "Subject: This text is too long.");
    let missing = desk.ana.submits(&form, &[]).await.unwrap_err();
    assert_eq!(missing.sentence, "Subject: This field is required.");
    let (ana, sent) = (desk.ana.clone(), form.clone());
    let seen = tokio::spawn(async move { ana.submits(&sent, &[("a", "12345")]).await.unwrap() });
    let submitted = desk.wire.event("INTERACTION_CREATE").await;
    assert_eq!(submitted["type"], 5);
    assert_eq!(submitted["data"]["components"][0]["components"][0]["value"], "12345");
    // A modal is no answer to a modal, and an update needs a message to update.
    for kind in [9, 7, 6] {
        assert_eq!(
            desk.answer(&submitted, json!({ "type": kind, "data": {} })).await,
            (400, 50035),
            "{kind}"
        );
    }
    assert!(desk.ana.open_modal().is_some());
    desk.answer(&submitted, json!({ "type": 4, "data": { "content": "thanks" } })).await;
    seen.await.unwrap().expect_message();
    assert!(desk.ana.open_modal().is_none());
}

#[tokio::test]
async fn suggestions_are_limited_and_local_to_the_one_who_types() {
    let mut desk = Desk::open().await;
    let (ana, support) = (desk.ana.clone(), desk.support);
    let typed = tokio::spawn(async move { ana.types(support, "ask", vec![], "text", "vp").await });
    let interaction = desk.wire.event("INTERACTION_CREATE").await;
    let option = &interaction["data"]["options"][0];
    assert_eq!(option, &json!({ "name": "text", "type": 3, "value": "vp", "focused": true }));
    let choices = |count: usize| {
        let list: Vec<Value> =
            (0..count).map(|n| json!({ "name": n.to_string(), "value": n.to_string() })).collect();
        json!({ "type": 8, "data": { "choices": list } })
    };
    assert_eq!(desk.answer(&interaction, choices(26)).await, (400, 50035));
    let wrong_type = json!({ "type": 8, "data": { "choices": [{ "name": "n", "value": 1 }] } });
    assert_eq!(desk.answer(&interaction, wrong_type).await, (400, 50035));
    assert_eq!(desk.answer(&interaction, choices(25)).await, (204, 0));
    assert_eq!(typed.await.unwrap().unwrap().len(), 25);
}

#[tokio::test]
async fn the_picker_offers_what_one_may_use_and_checks_what_one_types() {
    let desk = Desk::open().await;
    let boss = desk.guild.create_role("Boss").permissions(p::MANAGE_GUILD);
    let eve = desk.guild.add_member("Eve", "en-US", &[&boss]);
    let names = |person: &Person| -> Vec<String> {
        person.commands(desk.support).into_iter().map(|command| command.shown_name).collect()
    };
    assert_eq!(names(&desk.ana), ["ask", "kinds", "ticket add", "ticket claim", "Ticket öffnen"]);
    assert_eq!(names(&eve), ["admin", "ask", "kinds", "ticket add", "ticket claim", "Open a ticket"]);
    let level = desk.ana.commands(desk.support)[2].options[1].choices[0].clone();
    assert_eq!(level.name, "hoch");
    let text = |value: &str| vec![("text".to_owned(), OptionInput::Text(value.to_owned()))];
    let who = |id: u64| vec![("who".to_owned(), OptionInput::User(id))];
    let with_level = |value: &str| [who(eve.id()), vec![("level".to_owned(), value.into())]].concat();
    for (command, options, sentence) in [
        ("admin", vec![], "There is no command /admin here."),
        ("ticket", vec![], "This command has sub-commands; pick one of them."),
        ("ticket add", vec![], "who: This option is required. Specify a value."),
        ("ticket add", who(5), "who: Nobody has this id."),
        ("ticket add", with_level("x"), "level: Choose one of the options that are offered."),
        ("ask", text("12345678901"), "text: The text must be between 0 and 10 characters long."),
        ("ask", vec![("nope".to_owned(), "x".into())], "There is no option `nope` here."),
    ] {
        let refused = desk.ana.uses(desk.support, command, options).await.unwrap_err();
        assert_eq!(refused.sentence, sentence, "{command}");
    }
    desk.guild.time_out(&desk.ana, Duration::from_mins(10));
    assert!(desk.ana.commands(desk.support).is_empty());
    assert_eq!(desk.ana.uses(desk.support, "ask", vec![]).await.unwrap_err().sentence, "You are timed out.");
    desk.sandbox.advance(Duration::from_mins(11));
    assert_eq!(desk.ana.commands(desk.support).len(), 5);
}

#[tokio::test]
async fn every_kind_of_option_is_sent_with_what_it_stands_for() {
    let mut desk = Desk::open().await;
    let role = desk.guild.create_role("Network");
    let ben = desk.guild.add_member("Ben", "en-US", &[&role]);
    let (ana, support) = (desk.ana.clone(), desk.support);
    let file = OptionInput::Attachment { name: "a.txt".into(), content_type: None, bytes: b"abc".to_vec() };
    let inputs = [
        OptionInput::Text("t".into()),
        OptionInput::Integer(4),
        OptionInput::Boolean(true),
        OptionInput::User(ben.id()),
        OptionInput::Channel(support),
        OptionInput::Role(role.id),
        OptionInput::User(ana.id()),
        OptionInput::Number(0.5),
        file,
    ];
    let options: Vec<_> = (3..).zip(inputs).map(|(kind, input)| (format!("o{kind}"), input)).collect();
    let seen = tokio::spawn(async move { ana.uses(support, "kinds", options).await });
    let interaction = desk.wire.event("INTERACTION_CREATE").await;
    let sent: Vec<&Value> = interaction["data"]["options"].as_array().unwrap().iter().collect();
    assert_eq!(sent.len(), 9);
    assert_eq!(sent[3]["value"], ben.id().to_string());
    let resolved = &interaction["data"]["resolved"];
    assert_eq!(resolved["users"].as_object().unwrap().len(), 2);
    assert_eq!(resolved["members"][ben.id().to_string()]["roles"], json!([role.id.to_string()]));
    assert_eq!(resolved["roles"][role.id.to_string()]["name"], "Network");
    let channel = &resolved["channels"][support.to_string()];
    assert!(channel["permissions"].is_string() && channel["app_permissions"].is_string());
    let file = resolved["attachments"].as_object().unwrap().values().next().unwrap();
    assert_eq!((&file["filename"], &file["ephemeral"]), (&json!("a.txt"), &json!(true)));
    let bytes = reqwest::get(file["url"].as_str().unwrap()).await.unwrap().bytes().await.unwrap();
    assert_eq!(&bytes[..], b"abc");
    desk.answer(&interaction, json!({ "type": 5 })).await;
    seen.await.unwrap().unwrap();
}

#[tokio::test]
async fn in_a_direct_conversation_there_is_a_user_and_no_member() {
    let mut desk = Desk::open().await;
    let (ana, direct) = (desk.ana.clone(), desk.ana.direct_channel());
    let seen = tokio::spawn(async move { ana.uses(direct, "ask", vec![]).await });
    let interaction = desk.wire.event("INTERACTION_CREATE").await;
    assert_eq!(interaction["context"], 1);
    assert_eq!(interaction["user"]["id"], desk.ana.id().to_string());
    assert!(interaction.get("member").is_none() && interaction.get("guild_id").is_none());
    assert_eq!(interaction["authorizing_integration_owners"]["0"], "0");
    desk.answer(&interaction, json!({ "type": 4, "data": { "content": "here" } })).await;
    assert_eq!(seen.await.unwrap().unwrap().expect_message().text, "here");
}

#[tokio::test]
async fn a_message_menu_carries_its_message_even_without_the_content_intent() {
    let mut desk = Desk::open().await;
    let target = desk.ana.says(desk.support, "my VPN is broken").await.unwrap();
    let ana = desk.ana.clone();
    let seen = tokio::spawn(async move { ana.uses_on_message("Ticket öffnen", target).await.unwrap() });
    let interaction = desk.wire.event("INTERACTION_CREATE").await;
    assert_eq!(interaction["data"]["target_id"], target.to_string());
    let resolved = &interaction["data"]["resolved"]["messages"][target.to_string()];
    assert_eq!(resolved["content"], "my VPN is broken");
    desk.answer(&interaction, json!({ "type": 5 })).await;
    seen.await.unwrap();
}

#[tokio::test]
async fn components_are_used_by_those_who_see_them() {
    let mut desk = Desk::open().await;
    let ben = desk.guild.add_member("Ben", "en-US", &[]);
    let (interaction, seen) = desk.asked("ask").await;
    let row = |parts: Value| json!({ "type": 1, "components": parts });
    let menu = json!([{ "type": 3, "custom_id": "m", "placeholder": "More", "options": [
        { "label": "One", "value": "1" }, { "label": "Two", "value": "2", "description": "second" }] }]);
    let people = json!([{ "type": 5, "custom_id": "p" }]);
    let data = json!({ "content": "x", "flags": 64, "components": [row(menu), row(people)] });
    desk.answer(&interaction, json!({ "type": 4, "data": data })).await;
    let message = seen.await.unwrap().expect_message();
    assert!(message.to_string().contains("<select: More | One | Two>"), "{message}");
    assert_eq!(
        ben.selects(message.id, "More", &["One"]).await.unwrap_err().sentence,
        "This message is gone."
    );
    assert!(desk.ana.selects(message.id, "More", &["Three"]).await.is_err());
    assert!(desk.ana.selects(message.id, "More", &["One", "Two"]).await.is_err());
    let (ana, id) = (desk.ana.clone(), message.id);
    let seen = tokio::spawn(async move { ana.selects(id, "More", &["Two"]).await.unwrap() });
    let chosen = desk.wire.event("INTERACTION_CREATE").await;
    assert_eq!((&chosen["data"]["values"], &chosen["data"]["id"]), (&json!(["2"]), &json!(2)));
    assert_eq!(chosen["message"]["id"], message.id.to_string());
    let update = json!({ "type": 7, "data": { "content": "second", "components": [] } });
    assert_eq!(desk.answer(&chosen, update).await, (204, 0));
    let Outcome::Updated(now) = seen.await.unwrap().outcome else { panic!("not updated") };
    assert_eq!((now.id, now.text.as_str()), (message.id, "second"));
    assert!(now.selects.is_empty() && now.ephemeral);
    // A modified client can send what stands nowhere.
    let raw = RawInteraction::Component {
        message: message.id,
        custom_id: "v1:close:1".into(),
        kind: 2,
        values: vec![],
    };
    let (ana, support) = (desk.ana.clone(), desk.support);
    let forged = tokio::spawn(async move { ana.sends_interaction_raw(support, raw).await.unwrap() });
    assert_eq!(desk.wire.event("INTERACTION_CREATE").await["data"]["custom_id"], "v1:close:1");
    desk.sandbox.advance(Duration::from_secs(4));
    assert!(matches!(forged.await.unwrap().outcome, Outcome::Failed(_)));
}

#[tokio::test]
async fn archived_threads_take_no_commands_and_no_presses() {
    let desk = Desk::open().await;
    let thread: u64 = desk.api.thread(desk.support, "t").await.parse().unwrap();
    let add = format!("/channels/{thread}/thread-members/{}", desk.ana.id());
    assert_eq!(desk.api.call("PUT", &add, Value::Null).await.status, 204);
    let button =
        json!([{ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Go", "custom_id": "g" }] }]);
    let sent = desk.api.post(&format!("/channels/{thread}/messages"), json!({ "components": button })).await;
    let message = sent.body["id"].as_str().unwrap().parse().unwrap();
    desk.guild.set_archived(thread, true);
    let refused = desk.ana.uses(thread, "ask", vec![]).await.unwrap_err();
    assert_eq!(refused.sentence, "This thread is archived.");
    assert_eq!(desk.ana.presses(message, "Go").await.unwrap_err(), refused);
}
