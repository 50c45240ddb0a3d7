//! A small bot built on serenity, over real sockets: what a real client library sees of the sandbox.
//!
//! The bot registers commands, answers one, opens a modal, makes a private thread, posts and edits. Any
//! event it cannot decode fails the test.

use super::bot::Bot;
use crate::logs;
use std::time::Duration;

use crate::office::BOT_PERMISSIONS;
use frontdesk::sandbox::{Outcome, PingReason, Sandbox, SandboxOptions, permissions as p};

/// Everything the sandbox can tell happens once; a library that cannot read an event only mumbles.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_event_is_read() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let guild = sandbox.create_guild("Acme");
    let support = guild.create_text_channel("support", &[]);
    guild.invite_bot(BOT_PERMISSIONS | p::MANAGE_CHANNELS);
    let bot = Bot::start(&sandbox, 1).await;
    sandbox.bot_is_ready().await;
    let http = bot.http.clone();
    let channel = serenity::all::ChannelId::from(support);
    let role = guild.create_role("Role").permissions(p::MANAGE_THREADS).mentionable(true);
    let ana = guild.add_member("Ana", "de", &[&role]);
    let eve = guild.add_member("Eve", "en-US", &[]);
    let said = ana.says(support, "hello <@&1> @everyone").await.unwrap();
    ana.replies(said, "and again").await.unwrap();
    let form = serenity::all::CreateThread::new("t").kind(serenity::all::ChannelType::PrivateThread);
    let thread = channel.create_thread(&http, form).await.unwrap();
    http.add_thread_channel_member(thread.id, ana.id().into()).await.unwrap();
    ana.adds_to_thread(thread.id.get(), &eve).await.unwrap();
    http.remove_thread_channel_member(thread.id, eve.id().into()).await.unwrap();
    let sent = thread.id.say(&http, format!("<@{}>", ana.id())).await.unwrap();
    http.edit_message(thread.id, sent.id, &serde_json::json!({ "content": "changed" }), vec![])
        .await
        .unwrap();
    sent.delete(&http).await.unwrap();
    let close = serenity::all::EditThread::new().archived(true).locked(true);
    thread.id.edit_thread(&http, close).await.unwrap();
    let archived = channel.get_archived_private_threads(&http, None, None).await.unwrap();
    assert!(archived.threads[0].thread_metadata.unwrap().locked);
    guild.set_archived(thread.id.get(), false);
    let guild_id = serenity::all::GuildId::from(guild.id);
    assert_eq!(guild_id.get_active_threads(&http).await.unwrap().threads.len(), 1);
    assert_eq!(guild_id.to_partial_guild(&http).await.unwrap().roles.len(), 3);
    assert_eq!(guild_id.channels(&http).await.unwrap().len(), 1);
    assert_eq!(guild_id.roles(&http).await.unwrap().len(), 3);
    assert_eq!(guild_id.member(&http, ana.id()).await.unwrap().roles.len(), 1);
    assert_eq!(channel.messages(&http, serenity::all::GetMessages::new()).await.unwrap().len(), 2);
    assert!(channel.to_channel(&http).await.unwrap().guild().is_some());
    assert_eq!(http.get_current_user().await.unwrap().id.get(), sandbox.bot_id());
    assert_eq!(http.get_current_application_info().await.unwrap().id.get(), sandbox.application_id());
    let direct = serenity::all::UserId::from(ana.id()).create_dm_channel(&http).await.unwrap();
    direct.id.say(&http, "psst").await.unwrap();
    guild.set_overwrites(support, &[frontdesk::sandbox::Overwrite::role(guild.id, 0, p::VIEW_CHANNEL)]);
    guild.set_overwrites(support, &[]);
    guild.rename(support, "help");
    guild.create_channel("voice", frontdesk::sandbox::ChannelType::Voice);
    guild.delete_channel(thread.id.get());
    role.delete();
    sandbox.disconnect_gateway(Some(4000));
    sandbox.create_guild("Second").invite_bot(0);
    guild.remove_bot();
    let resumed = ana.wait_until(|| (sandbox.gateway_counts() == (1, 1)).then_some(())).await;
    assert!(resumed.is_some(), "{:?}", sandbox.gateway_counts());
    let mut left = bot.left.clone();
    let told = tokio::time::timeout(Duration::from_secs(10), left.wait_for(|left| *left)).await;
    assert!(told.is_ok(), "the last event did not arrive");
    logs::assert_all_decoded();
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_becomes_a_ticket_in_a_private_thread() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let guild = sandbox.create_guild("Acme");
    let agents = guild.create_role("Agents").mentionable(true);
    let support = guild.create_text_channel("support", &[]);
    guild.invite_bot(BOT_PERMISSIONS);
    let ana = guild.add_member("Ana", "de", &[]);
    let ben = guild.add_member("Ben", "en-US", &[&agents]);
    let bot = Bot::start(&sandbox, agents.id).await;
    sandbox.bot_is_ready().await;
    let offered = ana.wait_until(|| Some(ana.commands(support)).filter(|list| !list.is_empty())).await;
    assert_eq!(offered.unwrap()[0].shown_name, "hilfe");

    let answer =
        ana.uses(support, "ask", vec![("question".into(), "How do I reset my VPN?".into())]).await.unwrap();
    let answer = answer.expect_message();
    assert_eq!(
        answer.to_string(),
        "frontdesk (only you):\n  You asked: How do I reset my VPN?\n  | Nothing found\n  | Ask a person instead.\n  [Open a ticket]\n"
    );
    assert!(ben.sees(support).is_empty(), "an ephemeral answer is for one person");

    let modal = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    assert_eq!(modal.field("Subject").unwrap().value, "prefilled");
    let opened = ana.submits(&modal, &[("Details", "It says error 42.")]).await.unwrap();
    assert!(matches!(opened.outcome, Outcome::Deferred(_)), "{opened:#?}");
    let thread = ana.waits_for_thread("#1 prefilled").await;
    let card = ana.waits_for(thread.id, |message| message.button("Claim").is_some()).await;
    assert!(card.contains("It says error 42."), "{card}");
    ana.waits_for(support, |message| message.contains("Your ticket: ##1 prefilled")).await;
    assert!(ben.sees_thread("#1").is_none(), "a private thread is for its members");
    assert_eq!(ana.pings().len(), 1, "{:?}", ana.pings());
    assert_eq!(ana.pings()[0].reason, PingReason::AddedToThread);

    let ping = ben.waits_for(support, |message| message.pings_me).await;
    assert_eq!(ping.text, "@Agents a new ticket");

    let claimed = ana.presses(card.id, "Claim").await.unwrap();
    let Outcome::Updated(changed) = claimed.outcome else { panic!("{claimed:#?}") };
    assert!(changed.button("Claim").unwrap().disabled);
    let refused = ana.presses(card.id, "Claim").await.unwrap_err();
    assert_eq!(refused.sentence, "The button `Claim` is disabled.");

    let suggestions = ana.types(support, "ask", vec![], "question", "vp").await.unwrap();
    assert_eq!(suggestions[0].name, "vp…");
    logs::assert_all_decoded();
    bot.stop().await;
    sandbox.shutdown().await;
}
