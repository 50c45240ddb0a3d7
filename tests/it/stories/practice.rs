//! First level practises on pretended tickets.

use std::time::Duration;

use chrono::Weekday;
use frontdesk::sandbox::{OptionInput, Person, RawInteraction, Route, SeenMessage, permissions};

use super::deadlines::{hours, pass_until};
use super::organisation::manages;
use crate::office::{Acts as _, Office};

/// A practice ticket that somebody has begun.
struct Practice {
    thread: u64,
    card: u64,
}

async fn starts(office: &Office, who: &Person, scenario: Option<&str>) -> Practice {
    let options: Vec<_> =
        std::iter::once(("action", "start")).chain(scenario.map(|scenario| ("scenario", scenario))).collect();
    // An earlier practice's card may show its buttons for a moment longer.
    let known = who.knows();
    let answer = who.runs(office.support, "desk practice", &options).await.expect_message();
    assert!(answer.ephemeral, "{answer}");
    let card = |message: &SeenMessage| message.from_bot && message.buttons.len() >= 4;
    let seen = who.finds(&known, card).await;
    let card = seen.unwrap_or_else(|| panic!("no practice ticket:\n{}", who.reads(office.support)));
    office.settles().await;
    let linked = who.sees_message(answer.id).unwrap();
    assert!(linked.contains("#Practice") || linked.contains("#Übung"), "{linked}");
    Practice { thread: card.channel, card: card.id }
}

/// Fills in the form of a button and reads what comes under the card.
async fn asks(who: &Person, practice: &Practice, button: &str, asked: &str, answer: &str) -> SeenMessage {
    who.fills(practice.card, button, asked).await;
    who.waits_for(practice.thread, |message| message.contains(asked) && message.contains(answer)).await
}

async fn chooses_article(who: &Person, practice: &Practice, button: &str, query: &str, article: &str) {
    let found = who.fills(practice.card, button, query).await.expect_message();
    assert!(found.ephemeral && found.selects.len() == 1, "{found}");
    let menu = found.selects[0].custom_id.clone();
    who.selects(found.id, &menu, &[article]).await.unwrap();
}

/// Presses a button of the card, once nothing is left to deliver: until then it may show for a moment what it showed
/// before.
async fn presses(office: &Office, who: &Person, practice: &Practice, button: &str) -> SeenMessage {
    office.settles().await;
    who.presses(practice.card, button).await.unwrap().message().unwrap().clone()
}

async fn progress(office: &Office, who: &Person, of: Option<&Person>) -> SeenMessage {
    let mut options = vec![("action".to_owned(), OptionInput::from("progress"))];
    options.extend(of.map(|of| ("user".to_owned(), OptionInput::User(of.id()))));
    who.uses(office.support, "desk practice", options).await.unwrap().expect_message()
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_done_right_is_praised_and_leaves_the_desk_as_it_was() {
    let office = Office::start().await;
    let report = async || office.dora.runs(office.support, "desk report", &[]).await.expect_message();
    report().await;
    office.settles().await;
    let figures = || office.dora.sees(office.support).pop().unwrap().to_string();
    let before = figures();

    let practice = starts(&office, &office.ben, Some("vpn-error-809")).await;
    let card = office.ben.sees_message(practice.card).unwrap();
    assert!(card.contains("This is practice.") && card.contains("Jonas Weber (pretended)"), "{card}");
    assert!(card.contains("offer that has to go out at noon"), "{card}");
    for other in [&office.ana, &office.bea, &office.sven] {
        assert!(other.sees(practice.thread).is_empty(), "{} sees somebody's practice", other.name());
    }
    asks(&office.ben, &practice, "Ask the requester", "What does the message say?", "error 809").await;
    let said = asks(&office.ben, &practice, "Ask the requester", "Do you like tea?", "What exactly").await;
    assert!(said.contains("Jonas Weber (pretended)"), "{said}");
    let article = "en/vpn-does-not-connect";
    chooses_article(&office.ben, &practice, "Find the article", "vpn error 809", article).await;
    office.ben.selects(practice.card, "What is it about?", &["Network"]).await.unwrap();
    office.settles().await;
    let card = office.ben.sees_message(practice.card).unwrap();
    assert!(card.contains("The VPN does not connect") && card.contains("Category: Network"), "{card}");

    office.ben.fills(practice.card, "Resolve", "Please switch on IPsec passthrough in the router.").await;
    office.ben.waits_for(practice.thread, |message| message.contains("N: is there. Thank you")).await;
    presses(&office, &office.ben, &practice, "☐ I gave steps, in order").await;
    presses(&office, &office.ben, &practice, "☐ I asked one thing at a time").await;
    let card = presses(&office, &office.ben, &practice, "☑ I gave steps, in order").await;
    assert!(card.button("☑ I asked one thing at a time").is_some(), "{card}");
    let feedback = presses(&office, &office.ben, &practice, "Finish").await;
    assert!(feedback.contains("100 of 100 points") && feedback.buttons.is_empty(), "{feedback}");
    assert!(feedback.contains("You solved it. Right: first level solves it."), "{feedback}");
    assert!(feedback.contains("1 of 4, in your own eyes") && feedback.contains("UDP 500"), "{feedback}");
    office.settles().await;
    assert_eq!(office.guild.thread_state(practice.thread), Some((true, true)), "it is put away");

    let own = progress(&office, &office.ben, None).await;
    assert!(own.contains("100 of 100") && own.contains("Finished: 1"), "{own}");
    assert!(own.contains("To train: Tone"), "{own}");

    assert!(office.mentioned().is_empty(), "nobody is called: {:?}", office.mentioned());
    assert!(office.ben.sees(office.queue).iter().all(|message| message.ephemeral), "nothing is in the queue");
    report().await;
    office.settles().await;
    assert_eq!(figures(), before, "no figure has changed");
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    assert_eq!(ticket.number, "#1", "practice takes no numbers");
}

#[tokio::test(flavor = "multi_thread")]
async fn wer_es_falsch_macht_liest_was_richtig_war_und_was_zu_ueben_ist() {
    let office = Office::start().await;
    let security = office.guild.create_role("Security").mentionable(true);
    let named = [
        ("name", "Security".into()),
        ("german", "IT-Sicherheit".into()),
        ("role", OptionInput::Role(security.id)),
    ];
    manages(&office, "desk specialism", &named).await;
    manages(&office, "desk category", &[("name", "security".into()), ("german", "Sicherheit".into())]).await;
    office.bea.set_locale("de");
    let practice = starts(&office, &office.bea, Some("Geklickt, und jetzt die Sorge")).await;
    office.pass(Duration::from_mins(20));
    asks(
        &office.bea,
        &practice,
        "Nachfragen",
        "Hast du dein Kennwort eingetippt?",
        "Benutzername und Kennwort",
    )
    .await;
    office.bea.selects(practice.card, "Worum geht es?", &["Netzwerk"]).await.unwrap();
    let finish = office.bea.presses(practice.card, "Abschließen").await;
    assert!(finish.is_err(), "it is not decided: {finish:?}");
    office.bea.fills(practice.card, "Lösen", "Ändere dein Kennwort.").await;
    let feedback = presses(&office, &office.bea, &practice, "Abschließen").await;
    assert!(feedback.contains("0 von 100 Punkten"), "{feedback}");
    for line in [
        "❌ Du hast gelöst. Richtig: es geht an IT-Sicherheit.",
        "❌ Gewählt: nichts gewählt. Es hilft: Verdächtige E-Mail erkennen und melden (Phishing)",
        "❌ Gewählt: Netzwerk. Richtig: Sicherheit",
        "❌ Nach 20 Minuten; gut ist innerhalb von 5 Minuten.",
        "gehört sofort zur IT-Sicherheit",
    ] {
        assert!(feedback.contains(line), "{line}\n{feedback}");
    }

    // To somebody else than expected is half of it.
    let practice = starts(&office, &office.bea, Some("phishing-clicked")).await;
    let which = office.bea.presses(practice.card, "Eskalieren").await.unwrap().expect_message();
    let menu = which.select("An wen?").unwrap();
    let labels: Vec<_> = menu.options.iter().map(|option| option.label.as_str()).collect();
    assert_eq!(labels, ["Second Level", "IT-Sicherheit"], "{which}");
    let form = office.bea.selects(which.id, "An wen?", &["*"]).await.unwrap().expect_modal();
    let field = form.fields[0].custom_id.clone();
    let said = office.bea.submits(&form, &[(&field, "Kennwort auf fremder Seite, 10 Uhr, Notebook")]).await;
    assert!(said.unwrap().message().unwrap().contains("Weiter geht es"), "on what was pressed");
    office.bea.waits_for(practice.thread, |message| message.contains("man kann mich anrufen")).await;
    office.bea.waits_for(practice.thread, |message| message.button("Abschließen").is_some()).await;
    let feedback = presses(&office, &office.bea, &practice, "Abschließen").await;
    assert!(
        feedback.contains("🟨 Du hast an Second Level übergeben. Richtig: es geht an IT-Sicherheit."),
        "{feedback}"
    );
    let own = progress(&office, &office.bea, None).await;
    assert!(own.contains("Zu üben: Artikel") && own.contains("von 0 auf 35"), "{own}");
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_is_ones_own_and_its_progress_is_private() {
    let office = Office::start().await;
    let moderators = office.guild.create_role("Moderators").permissions(permissions::MANAGE_THREADS);
    let max = office.guild.add_member("Max", "en-US", &[&moderators, &office.first_level]);
    for who in [&office.ana, &office.sven, &office.dora] {
        let refused =
            who.runs(office.support, "desk practice", &[("action", "start")]).await.expect_message();
        assert!(refused.contains("Only members of @First Level"), "{}: {refused}", who.name());
    }
    let practice = starts(&office, &office.ben, Some("vpn-error-809")).await;
    for button in ["Ask the requester", "Find the article", "Escalate", "Resolve"] {
        let refused = max.presses(practice.card, button).await.unwrap().expect_message();
        assert!(refused.ephemeral && refused.contains("practice of @Ben"), "{button}: {refused}");
    }
    let refused =
        max.selects(practice.card, "What is it about?", &["Access"]).await.unwrap().expect_message();
    assert!(refused.contains("practice of @Ben"), "{refused}");
    let (custom_id, values) = ("v1:practice-category:1".to_owned(), vec!["Made up".to_owned()]);
    let forged = RawInteraction::Component { message: practice.card, custom_id, kind: 3, values };
    let refused = office.ben.sends_interaction_raw(practice.thread, forged).await.unwrap().expect_message();
    assert!(refused.contains("no such category"), "{refused}");
    let (custom_id, fields) = ("v1:practice-resolve:1".to_owned(), vec![("text".to_owned(), "x".to_owned())]);
    let forged = RawInteraction::Modal { custom_id, fields, message: Some(practice.card) };
    let refused = max.sends_interaction_raw(practice.thread, forged).await.unwrap().expect_message();
    assert!(refused.contains("practice of @Ben"), "{refused}");
    let card = office.ben.sees_message(practice.card).unwrap();
    assert!(!card.contains("Category: Access"), "{card}");

    let again =
        office.ben.runs(office.support, "desk practice", &[("action", "start")]).await.expect_message();
    assert!(again.contains("You are practising already, in #Practice 1"), "{again}");
    let options = vec![
        ("action".to_owned(), OptionInput::from("stop")),
        ("user".to_owned(), OptionInput::User(office.ben.id())),
    ];
    let refused = office.dora.uses(office.support, "desk practice", options).await.unwrap().expect_message();
    assert!(refused.contains("their own practice"), "{refused}");
    let stopped =
        office.ben.runs(office.support, "desk practice", &[("action", "stop")]).await.expect_message();
    assert!(stopped.contains("counts for nothing"), "{stopped}");
    office.settles().await;
    let card = office.ben.sees_message(practice.card).unwrap();
    assert!(card.contains("given up") && card.buttons.is_empty() && card.selects.is_empty(), "{card}");
    let nothing =
        office.ben.runs(office.support, "desk practice", &[("action", "stop")]).await.expect_message();
    assert!(nothing.contains("not practising anything"), "{nothing}");

    // The next one is one that Ben has not had.
    let next = starts(&office, &office.ben, None).await;
    assert!(!office.ben.reads(next.thread).contains("Jonas Weber"), "{}", office.ben.reads(next.thread));
    // Where there is one second level for everything, there is nothing to choose.
    office.ben.fills(next.card, "Escalate", "Somebody in a hurry wants a password").await;
    let feedback = presses(&office, &office.ben, &next, "Finish").await;
    assert!(feedback.contains("✅ You handed it over to Second level."), "{feedback}");
    for nosy in [&office.ana, &office.bea, &office.sven, &max] {
        let refused = progress(&office, nosy, Some(&office.ben)).await;
        assert!(refused.contains("may manage the server"), "{}: {refused}", nosy.name());
    }
    let seen = progress(&office, &office.dora, Some(&office.ben)).await;
    assert!(
        seen.ephemeral && seen.contains("The practice of @Ben") && seen.contains("Finished: 1"),
        "{seen}"
    );
    let none = progress(&office, &office.bea, None).await;
    assert!(none.contains("@Bea has not finished"), "{none}");

    let typed = async |who: &Person, typed| {
        let given = vec![("action".to_owned(), OptionInput::from("start"))];
        who.types(office.support, "desk practice", given, "scenario", typed).await.unwrap()
    };
    let offered = typed(&office.ben, "clicked").await;
    assert_eq!(offered.len(), 1, "{offered:?}");
    assert_eq!(offered[0].value.as_str(), Some("phishing-clicked"));
    assert!(typed(&office.ana, "").await.is_empty(), "what is asked in practice is no employee's to read");
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_that_is_left_lying_is_brought_to_mind_once_and_then_put_away() {
    let day = Duration::from_hours(24);
    let office = Office::start().await;
    let practice = starts(&office, &office.ben, Some("vpn-error-809")).await;
    office.pass(day);
    asks(&office.ben, &practice, "Ask the requester", "What does the message say?", "error 809").await;
    office.settles().await;
    office.pass(day + Duration::from_hours(1));
    office.settles().await;
    assert!(office.mentioned().is_empty(), "whoever does something has time: {:?}", office.mentioned());

    office.pass(day);
    let is_reminder = |message: &SeenMessage| message.contains("Your practice is still here.");
    let reminder = office.ben.waits_for(practice.thread, is_reminder).await;
    office.settles().await;
    assert_eq!(office.mentioned(), [(office.ben.id(), reminder.id)], "nobody else");
    office.pass(day * 2);
    office.settles().await;
    assert_eq!(office.ben.sees(practice.thread).into_iter().filter(is_reminder).count(), 1, "once");
    let card = office.ben.sees_message(practice.card).unwrap();
    assert!(card.button("Resolve").is_some(), "there is still time: {card}");

    office.pass(day + Duration::from_hours(1));
    let given_up =
        |message: &SeenMessage| message.id == practice.card && message.contains("This practice was given up");
    office.ben.waits_for(practice.thread, given_up).await;
    office.settles().await;
    assert_eq!(office.guild.thread_state(practice.thread), Some((true, true)), "it is put away");
    let own = progress(&office, &office.ben, None).await;
    assert!(own.contains("has not finished any practice yet"), "it counts for nothing: {own}");
    starts(&office, &office.ben, Some("vpn-error-809")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_einem_freien_tag_wird_niemand_an_seine_uebung_erinnert() {
    let office = Office::start().await;
    hours(&office, &[("zone", "Europe/Berlin"), ("week", "Mon-Fri 8-16")]).await;
    pass_until(&office, Weekday::Thu, 12);
    office.ben.set_locale("de");
    let practice = starts(&office, &office.ben, Some("vpn-error-809")).await;
    pass_until(&office, Weekday::Sun, 12);
    office.settles().await;
    assert!(office.mentioned().is_empty(), "{:?}", office.mentioned());
    pass_until(&office, Weekday::Mon, 9);
    let is_reminder = |message: &SeenMessage| message.contains("Deine Übung liegt noch hier.");
    office.ben.waits_for(practice.thread, is_reminder).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_between_changes_nothing() {
    let scenario = |title: &str, opening: &str| {
        format!(
            "---\nname: toner\ntitle: {title}\nlang: en\nrequester: Kim\nopening: {opening}\ncategory: Printing\n\
             articles: [toner]\nwhy: It is empty.\ntone: [Was I kind?]\n---\nNo idea.\n## when: colour\nPink.\n"
        )
    };
    let toner = "---\ntitle: Change the toner\nlang: en\n---\nOpen the lid and change the cartridge.\n";
    let first = scenario("Pale pages", "All my pages are pale.");
    let mut office = Office::start_with_articles(&[("toner.md", toner), ("practice/toner.md", &first)]).await;
    // The thread is made and the card is posted, but the answers to both are lost.
    office.sandbox.drop_after(Route::CreateThread);
    office.sandbox.drop_after(Route::CreateMessage);
    office.ben.runs(office.support, "desk practice", &[("action", "start")]).await.expect_message();
    office.stop_desk().await;
    let later = scenario("Other", "Something else.");
    std::fs::write(office.settings.kb.join("practice/toner.md"), later).unwrap();
    office.clock.advance(Duration::from_mins(1));
    office.start_desk().await;
    let thread = office.ben.waits_for_thread("Practice 1 · Pale pages").await;
    office.ben.waits_for(thread.id, |message| message.button("Resolve").is_some()).await;
    office.clock.advance(Duration::from_mins(1));
    office.pass(Duration::from_mins(5));
    office.settles().await;
    assert_eq!(office.guild.threads(), [thread.id], "one thread");
    let messages = office.ben.sees(thread.id);
    let cards: Vec<_> = messages.iter().filter(|message| message.button("Resolve").is_some()).collect();
    assert_eq!(cards.len(), 1, "one card: {}", office.ben.reads(thread.id));
    let practice = Practice { thread: thread.id, card: cards[0].id };

    asks(&office.ben, &practice, "Ask the requester", "Which colour?", "Pink.").await;
    chooses_article(&office.ben, &practice, "Find the article", "change the toner", "toner").await;
    office.stop_desk().await;
    office.start_desk().await;
    let card = office.ben.selects(practice.card, "What is it about?", &["Printing"]).await.unwrap();
    assert!(
        card.message().unwrap().contains("Change the toner"),
        "what was chosen before is there: {card:?}"
    );
    office.ben.fills(practice.card, "Resolve", "Change the cartridge.").await;
    let feedback = presses(&office, &office.ben, &practice, "Finish").await;
    assert!(feedback.contains("What helps: Change the toner") && feedback.contains("pale"), "{feedback}");
    let asked = office.ben.sees(thread.id).into_iter().filter(|message| message.contains("Pink.")).count();
    assert_eq!(asked, 1, "said once");
    let started = office.ben.runs(office.support, "desk practice", &[("action", "start")]).await;
    assert!(started.expect_message().contains("practice ticket"), "the next one, from the file as it is now");
    office.ben.waits_for_thread("Practice 2 · Other").await;
    office.settles().await;
}
