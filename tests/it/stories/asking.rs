//! Asking the knowledge base.

use frontdesk::sandbox::{OptionInput, Outcome, SeenMessage};

use crate::databases::{Fresh, Kind};
use crate::office::{Acts as _, Office};

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_shows_the_passage_with_the_matching_words_and_two_ways_on() {
    let office = Office::start().await;
    // What a look at Discord calls is not the answer's.
    office.one_pass().await;
    office.sandbox.forget_calls();
    let answer = office.ana.asks(office.support, "my VPN does not connect").await;
    assert!(answer.ephemeral);
    assert!(answer.contains("VPN"), "{answer}");
    assert!(answer.embeds[0].description.as_ref().unwrap().contains("**"), "marked words: {answer}");
    let buttons: Vec<_> = answer.buttons.iter().map(|button| button.label.as_str()).collect();
    assert_eq!(buttons, ["That solved it", "Open a ticket"], "{answer}");
    let callbacks = office.sandbox.calls().into_iter().filter(|call| call.path.contains("/callback")).count();
    assert_eq!((callbacks, office.sandbox.calls().len()), (1, 1), "one call: {:#?}", office.sandbox.calls());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_further_hit_takes_the_place_of_the_first_and_can_solve_it() {
    let office = Office::start().await;
    let answer = office.ana.asks(office.support, "outlook").await;
    let title = answer.embeds[0].title.clone();
    let select = answer.selects.first().unwrap_or_else(|| panic!("no further hits:\n{answer}")).clone();
    assert!((1..=3).contains(&select.options.len()), "{answer}");
    let chosen = select.options[0].value.clone();
    let reaction = office.ana.selects(answer.id, &select.custom_id, &[&chosen]).await.unwrap();
    let Outcome::Updated(swapped) = reaction.outcome else { panic!("{reaction:?}") };
    assert_eq!(swapped.id, answer.id);
    assert_ne!(swapped.embeds[0].title, title, "{swapped}");
    assert!(
        swapped.selects[0].options.iter().any(|option| Some(&option.label) == title.as_ref()),
        "{swapped}"
    );
    let solved = office.ana.presses(swapped.id, "That solved it").await.unwrap().expect_message();
    assert_eq!(solved.id, answer.id);
    assert!(solved.buttons.is_empty() && solved.selects.is_empty(), "nothing left to press: {solved}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_found_is_said_plainly_and_leads_to_a_ticket() {
    let office = Office::start().await;
    for question in ["xqzvw kjhgf", "🦀🦀🦀", "\u{200b}\u{200e}", "AND (\" title:", "***___~~~"] {
        let answer = office.ana.asks(office.support, question).await;
        let labels: Vec<_> = answer.buttons.iter().map(|button| button.label.as_str()).collect();
        assert_eq!(labels, ["Open a ticket"], "{question:?}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_answered_in_their_own_language() {
    let office = Office::start().await;
    let german = office.mia.asks(office.support, "mein Drucker druckt nicht").await;
    let labels: Vec<_> = german.buttons.iter().map(|button| button.label.as_str()).collect();
    assert_eq!(labels, ["Das hat geholfen", "Ticket öffnen"], "{german}");
    assert!(german.embeds[0].title.as_ref().unwrap().contains("Drucker"), "{german}");
    let commands = office.mia.commands(office.support);
    assert!(commands.iter().any(|command| command.shown_name == "ticket übernehmen"), "{commands:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_in_the_other_language_says_so() {
    let office = Office::start_with_articles(&[(
        "en/zorgmeter.md",
        "---\ntitle: The Zorgmeter E77 is stuck\nlang: en\ntags: [Zorgmeter]\n---\nHold the blue key.\n",
    )])
    .await;
    let footer = |answer: &SeenMessage| answer.embeds[0].footer.clone().unwrap_or_default();
    let german = office.mia.asks(office.support, "Zorgmeter E77").await;
    assert!(german.contains("blue key") && footer(&german).contains("auf Englisch"), "{german}");
    let english = office.ana.asks(office.support, "Zorgmeter E77").await;
    assert!(english.contains("blue key") && !footer(&english).contains("in English"), "{english}");
}

/// An answer waits for no database: here every table is locked, as by a migration or a stuck backup.
#[tokio::test(flavor = "multi_thread")]
async fn people_are_answered_while_the_database_stands_still() {
    let Some(fresh) = Fresh::new(Kind::Postgres).await else { return };
    let office = Office::start_on(&fresh).await;
    office.ana.asks(office.support, "my VPN does not connect").await;
    let locked = fresh.locks_everything().await;
    let answer = office.ana.asks(office.support, "printer is offline").await;
    assert!(answer.contains("printer") && answer.button("Open a ticket").is_some(), "{answer}");
    drop(locked);
    // What was asked meanwhile is written afterwards, and opens a ticket.
    let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    office.ana.submits(&form, &[]).await.unwrap();
    office.ben.waits_for(office.queue, |message| message.contains("printer is offline")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_are_offered_while_typing_and_an_exact_title_is_found() {
    let office = Office::start().await;
    let choices = office.ana.types(office.support, "support", Vec::new(), "question", "passw").await.unwrap();
    assert!(!choices.is_empty() && choices.len() <= 25, "{choices:?}");
    assert!(choices.iter().any(|choice| choice.name.to_lowercase().contains("password")), "{choices:?}");
    let title = choices[0].value.as_str().unwrap().to_owned();
    let answer = office.ana.asks(office.support, &title).await;
    assert!(answer.embeds[0].title.as_ref().unwrap().contains(&title), "{answer}");
    let starters = office.ana.types(office.support, "support", Vec::new(), "question", "").await.unwrap();
    assert!(!starters.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_typed_nobody_is_pinged_and_nothing_breaks_out() {
    let office = Office::start().await;
    let long = "vpn ".repeat(500);
    let role = format!("<@&{}> vpn", office.second_level.id);
    let questions = [
        "@everyone vpn",
        "@here <@1> vpn",
        &role,
        "``` vpn ```",
        "[vpn](javascript:alert(1)) ||vpn||",
        "\u{202e}vpn\u{2066} \u{200f}",
        long.as_str(),
    ];
    for question in questions {
        let answer = office.ana.asks(office.support, question).await;
        assert!(answer.button("Open a ticket").is_some(), "{question:?}: {answer}");
    }
    assert!(office.sandbox.pings().is_empty(), "{:?}", office.sandbox.pings());
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_articles_are_not_for_employees() {
    let office = Office::start().await;
    for who in [&office.ana, &office.ben] {
        let answer =
            office.ana.asks(office.support, "verify identity of a caller before a password reset").await;
        assert!(!answer.contains("staff"), "{}: {answer}", who.name());
    }
    let query = "verify identity of a caller";
    let found = office.ben.runs(office.queue, "kb search", &[("query", query)]).await.expect_message();
    assert!(found.contains("dentity"), "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_comes_along() {
    let office = Office::start().await;
    let file = OptionInput::Attachment {
        name: "error [1](x).png".to_owned(),
        content_type: Some("image/png".to_owned()),
        bytes: vec![0x89, b'P', b'N', b'G'],
    };
    let options = vec![("question".to_owned(), OptionInput::from("xqzvw")), ("attachment".to_owned(), file)];
    let answer = office.ana.uses(office.support, "support", options).await.unwrap().expect_message();
    let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    office.ana.submits(&form, &[]).await.unwrap();
    let thread = office.ana.waits_for_thread("#1 ").await;
    office.ana.waits_for(thread.id, |message| message.contains("error")).await;
}
