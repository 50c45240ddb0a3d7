//! The loop closed: what solved one ticket answers the next person who asks.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use frontdesk::app::App;
use frontdesk::config::Settings;
use frontdesk::domain::actor::{Actor, Standing};
use frontdesk::domain::article::Language;
use frontdesk::domain::id::{GuildId, UserId};
use frontdesk::domain::time::Clock;
use frontdesk::sandbox::{Outcome, Person, RawInteraction, Sandbox, SandboxOptions, SeenMessage};

use crate::databases::{Fresh, Kind};
use crate::office::{Acts as _, Company, Office, Opened};
use crate::program::frontdesk;

const QUESTION: &str = "The zorgmeter shows E77";
const SOLUTION: &str = "1. Hold the blue key for ten seconds.\n2. Wait for the zorgmeter to beep twice.";

/// A ticket about what no article knows, solved.
async fn solved(office: &Office, question: &str) -> Opened {
    let ticket = office.opens_ticket(&office.ana, question).await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.fills(ticket.queue_card, "Resolve", SOLUTION).await;
    office.settles().await;
    ticket
}

/// Ben writes an article from the ticket as the form is filled in, and it waits for review.
async fn saved(office: &Office, ticket: &Opened) -> SeenMessage {
    let form = office.ben.presses(ticket.queue_card, "Save as solution").await.unwrap().expect_modal();
    let told = office.ben.submits(&form, &[]).await.unwrap().expect_message();
    assert!(told.ephemeral && told.contains("waits for review"), "{told}");
    review_card(office).await
}

async fn review_card(office: &Office) -> SeenMessage {
    let card = office.sven.waits_for(office.queue, |message| message.button("Publish").is_some()).await;
    office.settles().await;
    card
}

/// What somebody is answered, as they see it.
async fn answer(who: &Person, office: &Office, question: &str) -> SeenMessage {
    who.asks(office.support, question).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_solved_a_ticket_answers_the_next_person_who_asks() {
    let office = Office::start().await;
    let ticket = solved(&office, QUESTION).await;
    assert!(!answer(&office.mia, &office, QUESTION).await.contains("blue key"));

    let form = office.ben.presses(ticket.queue_card, "Save as solution").await.unwrap().expect_modal();
    let filled: Vec<_> = form.fields.iter().map(|field| field.value.as_str()).collect();
    assert_eq!(filled, [QUESTION, SOLUTION, QUESTION, "", "everyone"], "all is filled in");
    let title = form.fields[0].custom_id.clone();
    let told =
        office.ben.submits(&form, &[(&title, "Zorgmeter stuck at E77")]).await.unwrap().expect_message();
    assert!(told.contains("Zorgmeter stuck at E77"), "{told}");

    let card = review_card(&office).await;
    for part in ["Zorgmeter stuck at E77", "blue key", QUESTION, "Ben", &ticket.number] {
        assert!(card.contains(part), "{part} in:\n{card}");
    }
    assert!(card.pings_me, "second level is called, once");
    assert!(!answer(&office.mia, &office, QUESTION).await.contains("blue key"), "not before it is published");

    office.sandbox.forget_calls();
    let published = office.sven.presses(card.id, "Publish").await.unwrap();
    let Outcome::Updated(card) = &published.outcome else { panic!("{published:?}") };
    assert!(card.contains("Published by @Sven") && card.buttons.is_empty(), "{card}");
    let next = answer(&office.mia, &office, "zorgmeter E77").await;
    assert!(next.contains("Zorgmeter stuck at E77") && next.contains("blue key"), "at once: {next}");
    let choices = office.mia.types(office.support, "support", Vec::new(), "question", "zorgm").await.unwrap();
    assert!(format!("{choices:?}").contains("Zorgmeter stuck at E77"), "{choices:?}");

    office.settles().await;
    let told = |message: &SeenMessage| message.contains("is published by") && message.contains("Zorgmeter");
    let to_ben = office.ben.waits_for(office.queue, told).await;
    assert!(to_ben.pings_me, "its author is told");
    let to_ana =
        office.ana.waits_for(ticket.thread, |message| message.contains("has become an article")).await;
    assert!(to_ana.contains("Zorgmeter stuck at E77"), "{to_ana}");
}

/// A ticket that is closed, and the card of the article that was written from it.
async fn closed_with_article(office: &Office) -> (Opened, SeenMessage) {
    let ticket = solved(office, QUESTION).await;
    let card = saved(office, &ticket).await;
    office.ben.runs(ticket.thread, "ticket close", &[("reason", "Done.")]).await;
    office.ana.waits_for(office.support, |message| message.button("Reopen").is_some()).await;
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)));
    (ticket, card)
}

fn times_told(office: &Office, ticket: &Opened) -> usize {
    let seen = office.ana.sees(ticket.thread).into_iter();
    seen.filter(|message| message.contains("has become an article")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_about_a_closed_ticket_leaves_its_thread_closed() {
    let office = Office::start().await;
    let (ticket, card) = closed_with_article(&office).await;
    office.sven.presses(card.id, "Publish").await.unwrap();
    office.ana.waits_for(ticket.thread, |message| message.contains("has become an article")).await;
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_was_opened_for_a_word_is_closed_by_whoever_goes_on_after_a_stop() {
    let mut office = Office::start().await;
    let (ticket, card) = closed_with_article(&office).await;
    let stay = office.threads_stay_as_they_are();
    office.sven.presses(card.id, "Publish").await.unwrap();
    office.ana.waits_for(ticket.thread, |message| message.contains("has become an article")).await;
    let refused = || office.sandbox.calls().iter().any(|call| call.status == 500).then_some(());
    assert!(office.ana.wait_until(refused).await.is_some(), "it is to be closed again");
    office.stop_desk().await;
    stay.store(false, Ordering::Relaxed);
    office.start_desk().await;
    office.pass(Duration::from_mins(1));
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)));
    assert_eq!(times_told(&office, &ticket), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_was_opened_for_a_word_stays_open_when_its_ticket_is_reopened_meanwhile() {
    let office = Office::start().await;
    let (ticket, card) = closed_with_article(&office).await;
    let stay = office.threads_stay_as_they_are();
    office.sven.presses(card.id, "Publish").await.unwrap();
    office.ana.waits_for(ticket.thread, |message| message.contains("has become an article")).await;
    let note = office.ana.waits_for(office.support, |message| message.button("Reopen").is_some()).await;
    office.ana.presses(note.id, "Reopen").await.unwrap();
    stay.store(false, Ordering::Relaxed);
    office.pass(Duration::from_mins(1));
    office.ben.waits_for(ticket.thread, |message| message.pings_me && message.contains("Ana")).await;
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((false, false)));
    assert_eq!(times_told(&office, &ticket), 1);
}

/// `frontdesk kb export` beside the running desk.
fn exports(office: &Office, into: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut export = frontdesk();
    export.args(["kb", "export", "--guild", &office.guild.id.to_string()]).arg(into).args(more);
    let output = export.env("FRONTDESK_DATA", &office.settings.data).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn published_articles_become_files_for_version_control() {
    let office = Office::start().await;
    let ticket = solved(&office, QUESTION).await;
    let card = saved(&office, &ticket).await;
    let git = tempfile::tempdir().unwrap();
    let (code, said) = exports(&office, git.path(), &[]);
    assert!(
        code == Some(0) && said.contains("0 articles"),
        "what waits for review is nobody's answer: {said}"
    );

    office.sven.presses(card.id, "Publish").await.unwrap();
    let file = git.path().join("desk/1-the-zorgmeter-shows-e77.md");
    let (code, said) = exports(&office, git.path(), &["--dry-run"]);
    assert!(code == Some(0) && said.contains("nothing was written") && !file.exists(), "{said}");
    let (code, said) = exports(&office, git.path(), &[]);
    assert!(code == Some(0) && said.contains("written"), "{said}");
    let written = std::fs::read_to_string(&file).unwrap();
    for part in [&format!("title: {QUESTION}\nlang: en\n"), "audience: everyone\n", SOLUTION] {
        assert!(written.contains(part), "{part} in:\n{written}");
    }
    let (code, said) = exports(&office, git.path(), &[]);
    assert!(code == Some(0) && said.contains("unchanged"), "{said}");

    // It is an article like any other, and has the name that it had.
    let search = ["kb", "search", "zorgmeter E77", "--json", "--kb"];
    let found = frontdesk().args(search).arg(git.path()).output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(found["hits"][0]["article"], "desk/1-the-zorgmeter-shows-e77", "{found:#}");

    // What somebody wrote into the file is theirs, until they say otherwise.
    let edited = written.replace("twice", "three times");
    std::fs::write(&file, &edited).unwrap();
    let (code, said) = exports(&office, git.path(), &[]);
    assert!(code == Some(1) && said.contains("kept") && said.contains("--replace"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), edited);
    let (code, said) = exports(&office, git.path(), &["--replace"]);
    assert!(code == Some(0) && said.contains("replaced"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written);

    let mut unknown = frontdesk();
    unknown
        .args(["kb", "export", "--guild", "1"])
        .arg(git.path())
        .env("FRONTDESK_DATA", &office.settings.data);
    let unknown = unknown.output().unwrap();
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no desk of a server 1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_german_solution_becomes_a_german_article() {
    let office = Office::start().await;
    let frage = "Der Zorgmesser zeigt F77";
    let ticket = office.opens_ticket(&office.mia, frage).await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office
        .ben
        .fills(ticket.queue_card, "Resolve", "Die blaue Taste zehn Sekunden lang gedrückt halten.")
        .await;
    office.settles().await;
    let said = office.mia.waits_for(ticket.thread, |message| message.contains("blaue Taste")).await;
    office.ben.presses(ticket.queue_card, "Close").await.unwrap();
    office.ben.set_locale("de");
    // From the desk's own message in the thread: the solution as it was given, without what stands around it.
    let form = office.ben.uses_on_message("Save as solution", said.id).await;
    let form = form.unwrap().expect_modal();
    assert_eq!(form.title, "Einen Artikel schreiben");
    assert_eq!(form.fields[1].value, "Die blaue Taste zehn Sekunden lang gedrückt halten.");
    assert_eq!(form.fields[4].value, "alle");
    office.ben.submits(&form, &[]).await.unwrap().expect_message();
    let card = review_card(&office).await;
    assert!(card.contains("Deutsch"), "{card}");
    office.sven.presses(card.id, "Publish").await.unwrap();
    office.settles().await;
    let told = |message: &SeenMessage| message.contains("ist ein Artikel geworden");
    office.mia.waits_for(ticket.thread, told).await;
    let next = answer(&office.mia, &office, "Zorgmesser F77").await;
    assert!(next.contains("blaue Taste"), "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn first_level_writes_and_second_level_decides_once() {
    let office = Office::start().await;
    let ticket = solved(&office, QUESTION).await;
    let first = saved(&office, &ticket).await;
    // Who got no answer saves it again, and that is the same.
    let card = saved(&office, &ticket).await;
    assert!(card.id == first.id && card.contains("version 1 by @Ben"), "{card}");
    for button in ["Publish", "Discard"] {
        let refused = office.bea.presses(card.id, button).await.unwrap().expect_message();
        assert!(refused.ephemeral && refused.contains("Only second level"), "{refused}");
    }
    assert!(!answer(&office.mia, &office, QUESTION).await.contains("blue key"));
    let listed = office.bea.uses(office.queue, "kb review", Vec::new()).await.unwrap().expect_message();
    assert!(listed.contains(QUESTION) && listed.contains("1 article waits"), "{listed}");

    let press = |custom_id: String| RawInteraction::Component {
        message: card.id,
        custom_id,
        kind: 2,
        values: Vec::new(),
    };
    let publish = card.button("Publish").unwrap().custom_id.clone().unwrap();
    office.sven.presses(card.id, "Publish").await.unwrap();
    let late = office.olga.sends_interaction_raw(office.queue, press(publish)).await.unwrap();
    let late = late.message().unwrap().clone();
    assert!(late.ephemeral && late.contains("@Sven has published this"), "{late}");
    let none = office.bea.uses(office.queue, "kb review", Vec::new()).await.unwrap().expect_message();
    assert!(none.contains("No article waits"), "{none}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_publishes_what_was_changed_after_they_read_it() {
    let office = Office::start().await;
    let ticket = solved(&office, QUESTION).await;
    let card = saved(&office, &ticket).await;
    let publish = card.button("Publish").unwrap().custom_id.clone().unwrap();
    let form = office.sven.presses(card.id, "Edit").await.unwrap().expect_modal();
    let body = form.fields[1].custom_id.clone();
    office.sven.submits(&form, &[(&body, "Pull the plug.")]).await.unwrap().expect_message();
    office.settles().await;
    let card = office.sven.waits_for(office.queue, |message| message.contains("Pull the plug.")).await;
    assert!(card.contains("version 2 by @Sven"), "the same card: {card}");
    let stale =
        RawInteraction::Component { message: card.id, custom_id: publish, kind: 2, values: Vec::new() };
    let refused = office.olga.sends_interaction_raw(office.queue, stale).await.unwrap();
    let refused = refused.message().unwrap().clone();
    assert!(refused.contains("saved a newer version"), "{refused}");
    office.olga.presses(card.id, "Publish").await.unwrap();
    assert!(answer(&office.mia, &office, QUESTION).await.contains("Pull the plug."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_article_answers_nobody_and_its_author_learns_why() {
    let office = Office::start().await;
    let ticket = solved(&office, QUESTION).await;
    let card = saved(&office, &ticket).await;
    let discarded = office.sven.fills(card.id, "Discard", "Only true for the old model.").await;
    let Outcome::Updated(card) = &discarded.outcome else { panic!("{discarded:?}") };
    assert!(card.contains("Discarded by @Sven") && card.buttons.is_empty(), "{card}");
    office.settles().await;
    let told = office.ben.waits_for(office.queue, |message| message.contains("was discarded by")).await;
    assert!(told.pings_me && told.contains("Only true for the old model."), "{told}");
    assert!(!answer(&office.mia, &office, QUESTION).await.contains("blue key"));
    assert!(!office.ana.reads(ticket.thread).contains("article"), "the requester is not told");
    // Saving it again takes it up where it was.
    let again = saved(&office, &ticket).await;
    assert_ne!(again.id, card.id, "a new round has a card of its own");
    assert!(again.contains("version 2 by @Ben"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buttons_of_a_review_work_after_a_restart() {
    let mut office = Office::start().await;
    let ticket = solved(&office, QUESTION).await;
    let card = saved(&office, &ticket).await;
    office.stop_desk().await;
    office.start_desk().await;
    office.sven.presses(card.id, "Publish").await.unwrap();
    office.stop_desk().await;
    office.start_desk().await;
    assert!(answer(&office.mia, &office, QUESTION).await.contains("blue key"), "and what is published stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edit_of_a_files_article_takes_its_place_and_can_be_undone() {
    let office = Office::start().await;
    let name = "en/out-of-office";
    let form = office.ben.runs(office.queue, "kb edit", &[("article", name)]).await.expect_modal();
    assert_eq!(form.title, "Edit the article");
    let before = form.fields[1].value.clone();
    let (title, body) = (form.fields[0].custom_id.clone(), form.fields[1].custom_id.clone());
    let fields = [(title.as_str(), "Absence notes"), (body.as_str(), "Ask the quokka at the desk.")];
    let told = office.ben.submits(&form, &fields).await.unwrap().expect_message();
    assert!(told.contains("takes the place of the file's article"), "{told}");
    let shown = async |who: &Person| who.runs(office.support, "kb show", &[("article", name)]).await;
    assert!(!shown(&office.ana).await.expect_message().contains("quokka"), "not before it is published");
    let card = review_card(&office).await;
    office.sven.presses(card.id, "Publish").await.unwrap();
    let new = shown(&office.ana).await.expect_message();
    assert!(new.contains("Absence notes") && new.contains("quokka") && new.buttons.is_empty(), "{new}");
    assert!(answer(&office.ana, &office, "absence quokka").await.contains("quokka"));

    let for_staff = shown(&office.sven).await.expect_message();
    assert!(for_staff.contains("version 1 by @Ben"), "{for_staff}");
    office.sven.presses(for_staff.id, "Take offline").await.unwrap();
    let old = shown(&office.ana).await.expect_message();
    assert!(!old.contains("quokka") && !old.contains("Absence notes"), "the file's is there again: {old}");
    assert!(old.contains(before.lines().next().unwrap().split('*').next().unwrap()), "{old}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_version_is_brought_back_through_review() {
    let office = Office::start().await;
    let ticket = solved(&office, QUESTION).await;
    let card = saved(&office, &ticket).await;
    office.sven.presses(card.id, "Publish").await.unwrap();
    let edit = office.bea.runs(office.queue, "kb edit", &[("article", QUESTION)]).await.expect_modal();
    let body = edit.fields[1].custom_id.clone();
    office.bea.submits(&edit, &[(&body, "Pull the plug.")]).await.unwrap().expect_message();
    let card = review_card(&office).await;
    assert!(answer(&office.mia, &office, QUESTION).await.contains("blue key"), "until it is published");
    office.sven.presses(card.id, "Publish").await.unwrap();
    assert!(answer(&office.mia, &office, QUESTION).await.contains("Pull the plug."));

    let shown = office.ben.runs(office.queue, "kb show", &[("article", QUESTION)]).await.expect_message();
    let earlier = office.ben.selects(shown.id, "Versions", &["1"]).await.unwrap().expect_message();
    assert!(earlier.contains("blue key") && earlier.contains("version 1 by @Ben"), "{earlier}");
    office.ben.presses(earlier.id, "Bring this version back").await.unwrap();
    let card = review_card(&office).await;
    assert!(card.contains("blue key") && card.contains("version 3 by @Ben"), "{card}");
    office.sven.presses(card.id, "Publish").await.unwrap();
    assert!(answer(&office.mia, &office, QUESTION).await.contains("blue key"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_staff_reaches_no_employee() {
    let office = Office::start().await;
    let form = office.ben.uses(office.queue, "kb new", Vec::new()).await.unwrap().expect_modal();
    let ids: Vec<_> = form.fields.iter().map(|field| field.custom_id.clone()).collect();
    let fields = [
        (ids[0].as_str(), "Zorgmeter master code"),
        (ids[1].as_str(), "The master code hangs behind the quokka."),
        (ids[2].as_str(), "what is the master code of the zorgmeter"),
        (ids[4].as_str(), "staff"),
    ];
    office.ben.submits(&form, &fields).await.unwrap().expect_message();
    let card = review_card(&office).await;
    assert!(card.contains("staff only"), "{card}");
    office.sven.presses(card.id, "Publish").await.unwrap();
    for question in ["zorgmeter master code", "what is the master code of the zorgmeter"] {
        let answer = answer(&office.ana, &office, question).await;
        assert!(!answer.contains("quokka") && !answer.contains("Zorgmeter master code"), "{answer}");
        let searched = office.ana.runs(office.support, "kb search", &[("query", question)]).await;
        assert!(!searched.expect_message().contains("quokka"));
        let shown = office.ana.runs(office.support, "kb show", &[("article", question)]).await;
        assert!(!shown.expect_message().contains("quokka"));
        let found = office.ben.runs(office.queue, "kb search", &[("query", question)]).await;
        assert!(found.expect_message().contains("quokka"), "staff find it");
    }
    let typed = async |who: &Person| {
        let choices = who.types(office.support, "kb show", Vec::new(), "article", "zorg").await;
        format!("{:?}", choices.unwrap())
    };
    assert!(!typed(&office.ana).await.contains("master"));
    assert!(typed(&office.ben).await.contains("master"));
    let refused = office.ana.uses(office.support, "kb new", Vec::new()).await.unwrap().expect_message();
    assert!(refused.ephemeral && refused.contains("Only first and second level"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn author_and_reviewer_see_what_says_nearly_the_same() {
    let office = Office::start().await;
    let form = office.ben.uses(office.queue, "kb new", Vec::new()).await.unwrap().expect_modal();
    let ids: Vec<_> = form.fields.iter().map(|field| field.custom_id.clone()).collect();
    let fields = [
        (ids[0].as_str(), "My VPN does not connect from home"),
        (ids[1].as_str(), "Restart the client."),
        (ids[2].as_str(), "vpn does not connect"),
    ];
    let told = office.ben.submits(&form, &fields).await.unwrap().expect_message();
    assert!(told.contains("The VPN does not connect"), "{told}");
    let read = office.ben.selects(told.id, "Read what says nearly the same", &["en/vpn-does-not-connect"]);
    let read = read.await.unwrap().expect_message();
    assert!(read.ephemeral && read.contains("The VPN joins your notebook"), "{read}");
    let card = review_card(&office).await;
    assert!(
        card.contains("These say nearly the same") && card.contains("The VPN does not connect"),
        "{card}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_without_a_ticket_becomes_an_article_and_a_manager_may_decide() {
    let office = Office::start().await;
    let said = office.bea.says(office.support, "Zorgmeter tip\nHold the green key.").await.unwrap();
    let refused = office.ana.uses_on_message("Save as solution", said).await.unwrap().expect_message();
    assert!(refused.contains("Only first and second level"), "{refused}");
    let form = office.ben.uses_on_message("Save as solution", said).await.unwrap().expect_modal();
    assert_eq!(form.fields[0].value, "Zorgmeter tip");
    office.ben.submits(&form, &[]).await.unwrap().expect_message();
    let card = review_card(&office).await;
    office.dora.presses(card.id, "Publish").await.unwrap();
    assert!(answer(&office.mia, &office, "zorgmeter tip").await.contains("green key"), "managers may, too");
    // Whoever saves the same message again edits what came of it.
    let again = office.ben.uses_on_message("Save as solution", said).await.unwrap().expect_modal();
    assert_eq!(again.title, "Edit the article");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_too_long_for_a_form_is_not_cut() {
    let office = Office::start().await;
    let refused = office.ben.runs(office.queue, "kb edit", &[("article", "en/vpn-does-not-connect")]).await;
    let refused = refused.expect_message();
    assert!(refused.ephemeral && refused.contains("edit its file"), "{refused}");
}

/// Everything about a server's articles that an intruder could change.
async fn state(office: &Office) -> String {
    let store = &office.app().desk().store;
    let guild = GuildId::from_snowflake(office.guild.id);
    let waiting = store.waiting_articles(guild, 100).await.unwrap();
    let live = store.live_articles(guild, 100).await.unwrap();
    let mut versions = Vec::new();
    for article in &waiting {
        versions.extend(store.article_versions(guild, article.id, 100).await.unwrap());
    }
    format!("{waiting:?}{live:?}{versions:?}")
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_reads_and_changes_nothing() {
    let office = Office::start().await;
    let other = Company::open(&office.sandbox, "Elsewhere");
    other.gets_set_up().await;
    let ticket = solved(&office, QUESTION).await;
    let form = office.ben.presses(ticket.queue_card, "Save as solution").await.unwrap().expect_modal();
    office.ben.submits(&form, &[]).await.unwrap().expect_message();
    let card = review_card(&office).await;
    let queue_card = office.ben.sees_message(ticket.queue_card).unwrap();
    let buttons = card.buttons.iter().chain(&queue_card.buttons);
    let mut ids: Vec<String> = buttons.filter_map(|button| button.custom_id.clone()).collect();
    let (article, _) = ids[0].rsplit_once(':').unwrap();
    let row = article.rsplit(':').next().unwrap().to_owned();
    ids.extend(["restore", "withdraw", "discard"].map(|word| format!("v1:{word}:{row}:1")));
    assert!(ids.iter().any(|id| id.contains("save-solution")), "{ids:?}");
    let said = other.sven.says(other.queue, "look").await.unwrap();
    let before = state(&office).await;
    for id in &ids {
        for who in [&other.sven, &other.dora] {
            let press = RawInteraction::Component {
                message: said,
                custom_id: id.clone(),
                kind: 2,
                values: vec!["1".to_owned()],
            };
            let told = who.sends_interaction_raw(other.queue, press).await.unwrap();
            let message = told.message().unwrap_or_else(|| panic!("{id} got {told:?}")).clone();
            assert!(message.ephemeral && !message.contains("zorgmeter"), "{id}: {message}");
        }
    }
    for custom_id in [format!("v1:article-edit:{row}"), format!("v1:discard:{row}:1")] {
        let form = RawInteraction::Modal {
            custom_id,
            fields: [("title", "Mine"), ("text", "Mine")]
                .map(|(id, text)| (id.to_owned(), text.to_owned()))
                .to_vec(),
            message: None,
        };
        let told = other.sven.sends_interaction_raw(other.queue, form).await.unwrap();
        assert!(told.message().is_some_and(|message| message.ephemeral), "{told:?}");
    }
    assert_eq!(state(&office).await, before);
    office.sven.presses(card.id, "Publish").await.unwrap();
    let theirs = other.ana.asks(other.support, QUESTION).await;
    assert!(!theirs.contains("blue key"), "articles of one server are no other's: {theirs}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_process_answers_from_it_within_a_second() {
    let Some(fresh) = Fresh::new(Kind::Postgres).await else { return };
    let office = Office::start_on(&fresh).await;
    // The other process has its own connection to Discord, and the same database.
    let elsewhere = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let data = tempfile::tempdir().unwrap();
    let settings = Settings {
        token: elsewhere.token().into(),
        origin: elsewhere.origin(),
        data: data.path().to_owned(),
        ..office.settings.clone()
    };
    let other = App::start(&settings, Clock::default()).await.unwrap();
    let guild = GuildId::from_snowflake(office.guild.id);
    let mia = Actor {
        guild,
        user: UserId(1),
        name: "Mia".to_owned(),
        language: Language::En,
        standing: Standing::default(),
    };
    let asks = async || {
        let asking = frontdesk::desk::Asking {
            id: frontdesk::domain::id::QuestionId(7),
            text: QUESTION.to_owned(),
            category: None,
            attachment: None,
        };
        let (_, answer) = other.desk().ask(&mia, asking).await.unwrap();
        answer.hits.first().map(|hit| hit.title.clone()).unwrap_or_default()
    };
    let ticket = solved(&office, QUESTION).await;
    let card = saved(&office, &ticket).await;
    assert_ne!(asks().await, QUESTION, "its shelf is in memory now, and empty");
    office.sven.presses(card.id, "Publish").await.unwrap();
    let seen = async {
        let mut changes = tokio::time::interval(Duration::from_millis(20));
        while asks().await != QUESTION {
            changes.tick().await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(20), seen).await.is_ok(), "the other never saw it");
    other.stop().await;
}
