//! A small bot built on serenity, over real sockets: what a real client library sees of the sandbox.
//!
//! The bot registers commands, answers one, opens a modal, makes a private thread, posts and edits. Any
//! event it cannot decode fails the test.

use super::bot::Bot;
use frontdesk::sandbox::{Outcome, PingReason, Sandbox, SandboxOptions, permissions as p};

/// What the small bot needs.
const BOT_PERMISSIONS: u64 = p::VIEW_CHANNEL
    | p::SEND_MESSAGES
    | p::CREATE_PRIVATE_THREADS
    | p::SEND_MESSAGES_IN_THREADS
    | p::MANAGE_THREADS
    | p::READ_MESSAGE_HISTORY
    | p::EMBED_LINKS
    | p::ATTACH_FILES;

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
    bot.stop().await;
    sandbox.shutdown().await;
}
