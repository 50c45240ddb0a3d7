//! What tickets are about, how urgent they are, to whom they go, and what those who wait are told.

use std::time::Duration;

use frontdesk::sandbox::{OptionInput, Person, RawInteraction, SeenMessage};

use crate::office::{Acts as _, Office, Opened};

/// A command of the desk's manager with options of every kind.
pub(super) async fn manages(office: &Office, command: &str, options: &[(&str, OptionInput)]) -> SeenMessage {
    let options = options.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    office.dora.uses(office.support, command, options).await.unwrap().expect_message()
}

async fn category(office: &Office, name: &str, german: &str, keywords: &str) -> SeenMessage {
    let options = [("name", name.into()), ("german", german.into()), ("keywords", keywords.into())];
    let options: Vec<_> = options.into_iter().filter(|(_, value)| *value != "".into()).collect();
    manages(office, "desk category", &options).await
}

async fn chooses(who: &Person, message: u64, menu: &str, value: &str) -> SeenMessage {
    let reaction = who.selects(message, menu, &[value]).await.unwrap();
    reaction.message().unwrap_or_else(|| panic!("{reaction:?}")).clone()
}

async fn card(office: &Office, ticket: &Opened) -> SeenMessage {
    office.settles().await;
    office.ben.sees_message(ticket.queue_card).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_ticket_finds_its_category_and_people_change_it() {
    let office = Office::start().await;
    let listed = category(&office, "Printing", "Drucken", "toner, paper jam").await;
    assert!(listed.contains("Printing") && listed.contains("paper jam"), "{listed}");
    category(&office, "Access", "Zugang", "").await;

    let jam = office.opens_ticket(&office.ana, "xqzvw: a PAPER JAM again").await;
    assert!(card(&office, &jam).await.contains("Category: Printing"), "by its keywords");
    let vpn = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    assert!(card(&office, &vpn).await.contains("Category: network"), "by the article that was offered");

    let options = [("question", "toner is empty"), ("category", "access")];
    let answer = office.ana.runs(office.support, "support", &options).await.expect_message();
    let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    office.ana.submits(&form, &[]).await.unwrap();
    let named = |message: &SeenMessage| message.contains("#3") && message.contains("Category: Access");
    office.ben.waits_for(office.queue, named).await;

    let told = chooses(&office.ana, jam.answer, "What is it about?", "Access").await;
    assert!(told.contains("#1"), "{told}");
    assert!(card(&office, &jam).await.contains("Category: Access"), "its requester knows better");
    chooses(&office.ben, jam.queue_card, "What is it about?", "Printing").await;
    let last = card(&office, &jam).await;
    assert!(last.contains("Category: Printing"), "{last}");
    let refused = chooses_in_vain(&office.ana, &jam, "v1:set-category:1", "2").await;
    assert!(refused.contains("has decided this already"), "{refused}");
}

/// What somebody could still choose before the menu went away.
async fn chooses_in_vain(who: &Person, ticket: &Opened, id: &str, value: &str) -> SeenMessage {
    let (custom_id, values) = (id.to_owned(), vec![value.to_owned()]);
    let press = RawInteraction::Component { message: ticket.answer, custom_id, kind: 3, values };
    let channel = who.sees_message(ticket.answer).unwrap().channel;
    who.sends_interaction_raw(channel, press).await.unwrap().expect_message()
}

#[tokio::test(flavor = "multi_thread")]
async fn die_eigene_sprache_gilt_auch_in_den_menues() {
    let office = Office::start().await;
    category(&office, "Printing", "Drucken", "Toner").await;
    let ticket = office.opens_ticket(&office.mia, "xqzvw ist der TONER leer?").await;
    let confirmed = office.mia.sees_message(ticket.answer).unwrap();
    let about = confirmed.select("Worum geht es?").unwrap();
    let chosen: Vec<_> = about.options.iter().filter(|option| option.default).collect();
    assert_eq!(chosen.iter().map(|option| option.label.as_str()).collect::<Vec<_>>(), ["Drucken"]);
    assert!(confirmed.contains("Kein Ticket ist vor deinem dran."), "{confirmed}");
    chooses(&office.mia, ticket.answer, "Wen betrifft es?", "Viele oder die ganze Firma").await;
    chooses(&office.mia, ticket.answer, "Wie sehr?", "Die Arbeit steht still").await;
    assert!(card(&office, &ticket).await.contains("P1"));
    let listed = office.mia.types(office.support, "support", Vec::new(), "category", "druck").await.unwrap();
    assert!(format!("{listed:?}").contains("Drucken"), "{listed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn impact_and_urgency_make_the_priority_until_staff_decide() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    assert!(card(&office, &ticket).await.contains("Priority: P3"));
    chooses(&office.ana, ticket.answer, "Whom does it affect?", "Many, or the whole company").await;
    assert!(card(&office, &ticket).await.contains("Priority: P2"));
    chooses(&office.ana, ticket.answer, "How badly?", "Work stands still").await;
    assert!(card(&office, &ticket).await.contains("Priority: P1"));

    let options = [("level", "P4"), ("number", "1"), ("reason", "It is the test system")];
    let options = options.map(|(name, value)| match name {
        "number" => (name.to_owned(), OptionInput::Integer(1)),
        _ => (name.to_owned(), OptionInput::from(value)),
    });
    office.ben.uses(office.queue, "ticket priority", options.to_vec()).await.unwrap();
    assert!(card(&office, &ticket).await.contains("Priority: P4"));
    let number = vec![("number".to_owned(), OptionInput::Integer(1))];
    let story = office.ben.uses(office.queue, "ticket info", number).await.unwrap().expect_message();
    assert!(story.contains("P1 changed to P4") && story.contains("It is the test system"), "{story}");
    let refused = chooses_in_vain(&office.ana, &ticket, "v1:set-impact:1", "many").await;
    assert!(refused.contains("has decided this already"), "{refused}");
    assert!(card(&office, &ticket).await.contains("Priority: P4"), "what staff decided stays");

    chooses(&office.ben, ticket.queue_card, "How badly?", "It can wait").await;
    assert!(card(&office, &ticket).await.contains("Priority: P3"), "many, and it can wait");
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_of_some_people_and_categories_start_higher() {
    let office = Office::start().await;
    let board = office.guild.create_role("Board");
    office.guild.give_role(&office.mia, &board);
    let listed = manages(&office, "desk category", &[("vip_role", OptionInput::Role(board.id))]).await;
    assert!(listed.contains("one level up"), "{listed}");
    let options = [("name", "Security".into()), ("keywords", "phishing".into()), ("priority", "P2".into())];
    manages(&office, "desk category", &options).await;
    let usual = office.opens_ticket(&office.ana, "xqzvw").await;
    assert!(card(&office, &usual).await.contains("Priority: P3"));
    let vip = office.opens_ticket(&office.mia, "xqzvw").await;
    assert!(card(&office, &vip).await.contains("Priority: P2"));
    let phishing = office.opens_ticket(&office.ana, "xqzvw phishing").await;
    assert!(card(&office, &phishing).await.contains("Priority: P2"));
    let both = office.opens_ticket(&office.mia, "xqzvw Phishing!").await;
    assert!(card(&office, &both).await.contains("Priority: P1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_escalation_proposes_who_serves_and_pings_nobody_else() {
    let office = Office::start().await;
    let printers = office.guild.create_role("Printer people").mentionable(true);
    let paul = office.guild.add_member("Paul", "en-US", &[&printers, &office.second_level]);
    office.guild.take_role(&paul, &office.second_level);
    category(&office, "Printing", "Drucken", "toner").await;
    let options = [
        ("name", "Printers".into()),
        ("role", OptionInput::Role(printers.id)),
        ("channel", OptionInput::Channel(office.support)),
        ("categories", "printing".into()),
        ("note", "Paper, toner, drivers".into()),
    ];
    let listed = manages(&office, "desk specialism", &options).await;
    assert!(listed.contains("serves Printing") && listed.contains("Paper, toner, drivers"), "{listed}");
    let unknown = [("name", "Printers".into()), ("categories", "Plumbing".into())];
    let told = manages(&office, "desk specialism", &unknown).await;
    assert!(told.contains("Plumbing"), "{told}");

    let ticket = office.opens_ticket(&office.ana, "xqzvw toner").await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    let asked = office.ben.presses(ticket.queue_card, "Escalate").await.unwrap().expect_message();
    let menu = asked.select("To whom?").unwrap();
    assert_eq!(menu.options[0].label, "Printers");
    let why = menu.options[0].description.clone().unwrap_or_default();
    assert!(why.contains("serves this category") && why.contains("Paper, toner, drivers"), "{why}");
    let form = office.ben.selects(asked.id, "To whom?", &["Printers"]).await.unwrap().expect_modal();
    office.ben.submits(&form, &[(&form.fields[0].custom_id, "Shook the cartridge")]).await.unwrap();
    paul.waits_for(office.support, |message| message.button("Accept").is_some() && message.pings_me).await;
    office.settles().await;
    let pinged = office.mentioned();
    assert!(
        pinged.iter().all(|(person, _)| ![office.sven.id(), office.olga.id()].contains(person)),
        "{pinged:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn experience_is_proposed_where_no_rule_is() {
    let office = Office::start().await;
    let options = [("name", "Printers".into()), ("role", OptionInput::Role(office.second_level.id))];
    manages(&office, "desk specialism", &options).await;
    category(&office, "Printing", "Drucken", "toner").await;
    for _ in 0..2 {
        let ticket = office.opens_ticket(&office.ana, "xqzvw toner").await;
        let options = [("specialism", "Printers"), ("reason", "Shook it")];
        office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
        office.settles().await;
        office.ben.runs(ticket.thread, "ticket escalate", &options).await;
        let mark = ticket.number.clone();
        let waiting = |message: &SeenMessage| message.button("Accept").is_some() && message.contains(&mark);
        let packet = office.sven.waits_for(office.queue, waiting).await;
        office.sven.presses(packet.id, "Accept").await.unwrap();
        office.settles().await;
        office.sven.runs(ticket.thread, "ticket resolve", &[("solution", "New toner")]).await;
        office.settles().await;
    }
    let ticket = office.opens_ticket(&office.ana, "xqzvw toner").await;
    let asked = office.ben.presses(ticket.queue_card, "Escalate").await.unwrap().expect_message();
    let first = &asked.select("To whom?").unwrap().options[0];
    assert_eq!(first.label, "Printers");
    assert!(first.description.as_deref().unwrap_or_default().contains("solved 2 like it"), "{first:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_is_told_their_place_who_is_there_and_what_is_usual() {
    let office = Office::start().await;
    office.ben.runs(office.queue, "desk duty", &[("state", "on")]).await;
    for before in 0..5 {
        let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
        let told = office.ana.sees_message(ticket.answer).unwrap();
        assert!(told.contains("No ticket is before yours.") && told.contains("On duty: @Ben"), "{told}");
        assert!(!told.contains("usually"), "{before} samples say nothing: {told}");
        office.pass(Duration::from_mins(10));
        office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
        office.settles().await;
    }
    office.opens_ticket(&office.ana, "xqzvw").await;
    let pings = office.mentioned().len();
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    let told = office.ana.sees_message(ticket.answer).unwrap();
    assert!(told.contains("One ticket is before yours."), "{told}");
    assert!(told.contains("A first answer usually comes within 1"), "{told}");
    let pinged: Vec<_> = office.mentioned().split_off(pings);
    assert!(pinged.iter().all(|(person, _)| *person == office.ana.id()), "names, no pings: {pinged:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_managers_organise_and_only_staff_is_on_duty() {
    let office = Office::start().await;
    let told =
        office.ben.runs(office.support, "desk category", &[("name", "Printing")]).await.expect_message();
    assert!(told.contains("manage the server"), "{told}");
    let told =
        office.ben.runs(office.support, "desk specialism", &[("name", "Printers")]).await.expect_message();
    assert!(told.contains("manage the server"), "{told}");
    let told = office.ana.runs(office.support, "desk duty", &[("state", "on")]).await.expect_message();
    assert!(told.contains("first and second level"), "{told}");
    let none = manages(&office, "desk category", &[]).await;
    assert!(none.contains("none yet"), "{none}");
}
