//! The same, said by many: duplicates, and incidents with one solution for all.

use frontdesk::app::App;
use frontdesk::domain::time::Clock;
use frontdesk::sandbox::{OptionInput, Outcome, Person, Reaction, SeenMessage};

use crate::databases::{Fresh, Kind, on_both_databases};
use crate::office::{Acts as _, Company, Office, Opened};

on_both_databases!(three_alike_become_one_incident_and_one_solution_closes_them);

fn number(number: i64) -> (String, OptionInput) {
    ("number".to_owned(), OptionInput::Integer(number))
}

fn of(number: i64) -> (String, OptionInput) {
    ("of".to_owned(), OptionInput::Integer(number))
}

async fn incident(who: &Person, channel: u64, action: &str, options: &[(&str, &str)]) -> Reaction {
    let action = [("action", action)];
    who.runs(channel, "desk incident", &[&action[..], options].concat()).await
}

async fn closing_note(office: &Office, who: &Person, ticket: &Opened) -> SeenMessage {
    who.waits_for(office.support, |message| {
        message.contains(&format!("{} ", ticket.number)) && !message.buttons.is_empty() && !message.ephemeral
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicate_is_closed_and_hears_of_the_solution_of_the_other() {
    let office = Office::start().await;
    let first = office.opens_ticket(&office.ana, "xqzvw my VPN does not connect").await;
    let second = office.opens_ticket(&office.mia, "xqzvw VPN geht nicht").await;
    let linked = office.ben.uses(office.queue, "ticket duplicate", vec![of(1), number(2)]).await.unwrap();
    assert!(linked.expect_message().contains("#2"));
    let told = office.mia.waits_for(second.thread, |message| message.contains("#1")).await;
    assert!(told.pings_me && told.contains("sagt dasselbe wie #1"), "{told}");
    let note = closing_note(&office, &office.mia, &second).await;
    let labels: Vec<_> = note.buttons.iter().map(|button| button.label.as_str()).collect();
    assert!(!labels.contains(&"5") && labels.contains(&"Wieder öffnen"), "nothing to rate yet: {note}");
    office.settles().await;
    assert_eq!(office.guild.thread_state(second.thread), Some((true, true)));
    let card = office.ben.sees_message(second.queue_card).unwrap();
    assert!(card.contains("says the same as #1") && card.contains("Closed"), "{card}");

    office.ben.fills(first.queue_card, "Resolve", "New *certificate* installed.").await;
    let solution = office.mia.waits_for(second.thread, |message| message.contains("certificate")).await;
    assert!(solution.pings_me && solution.contains("Die Lösung von #1"), "{solution}");
    office.settles().await;
    assert_eq!(office.guild.thread_state(second.thread), Some((true, true)), "and it is closed again");
    assert!(office.guild.thread_members(second.thread).iter().all(|member| *member != office.ana.id()));

    // Reopened, it has a life of its own.
    office.mia.presses(note.id, "Wieder öffnen").await.unwrap();
    office.settles().await;
    let note = office.ana.presses(
        office.ana.waits_for(first.thread, |message| message.button("Still a problem").is_some()).await.id,
        "Still a problem",
    );
    note.await.unwrap();
    office.settles().await;
    office.ben.fills(first.queue_card, "Resolve", "Second try.").await;
    office.ana.waits_for(first.thread, |message| message.contains("Second try.")).await;
    office.settles().await;
    assert!(!office.mia.reads(second.thread).contains("Second try."));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_a_duplicate_follows_on_and_nothing_follows_itself_or_what_is_closed() {
    let office = Office::start().await;
    let one = office.opens_ticket(&office.ana, "xqzvw one").await;
    let two = office.opens_ticket(&office.mia, "xqzvw zwei").await;
    let three = office.opens_ticket(&office.ana, "xqzvw three").await;
    let says = |options| async {
        office.ben.uses(office.queue, "ticket duplicate", options).await.unwrap().expect_message()
    };
    assert!(says(vec![of(1), number(1)]).await.contains("itself"));
    assert!(says(vec![of(9), number(1)]).await.contains("no such ticket"));
    let refused =
        office.ana.uses(one.thread, "ticket duplicate", vec![of(3)]).await.unwrap().expect_message();
    assert!(refused.contains("first and second level"), "{refused}");
    says(vec![of(1), number(2)]).await;
    office.settles().await;
    assert!(says(vec![of(2), number(3)]).await.contains("#2 is closed"));
    says(vec![of(3), number(1)]).await;
    office.mia.waits_for(two.thread, |message| message.contains("#1")).await;
    office.settles().await;
    office.ben.fills(three.queue_card, "Close", "Not ours").await;
    let told = office.mia.waits_for(two.thread, |message| message.contains("#3")).await;
    assert!(told.contains("ohne Lösung geschlossen"), "{told}");
    office
        .ana
        .waits_for(one.thread, |message| message.contains("#3") && message.contains("without a solution"))
        .await;
    office.settles().await;
}

async fn three_alike_become_one_incident_and_one_solution_closes_them(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let first = office.opens_ticket(&office.ana, "xqzvw the VPN does not connect").await;
    office.opens_ticket(&office.ana, "xqzvw printer on floor three is on fire").await;
    let third = office.opens_ticket(&office.mia, "xqzvw VPN does not connect at all").await;
    let fourth = office.opens_ticket(&office.dora, "xqzvw VPN connect does not work").await;
    let proposal =
        office.ben.waits_for(office.queue, |message| message.contains("look like one problem")).await;
    assert!(["#1", "#3", "#4"].iter().all(|named| proposal.contains(named)), "{proposal}");
    assert!(!proposal.contains("printer") && proposal.contains("3 tickets"), "{proposal}");
    // A fifth joins the same proposal.
    let fifth = office.opens_ticket(&office.ana, "xqzvw VPN will not connect").await;
    office.ben.waits_for(office.queue, |message| message.id == proposal.id && message.contains("#5")).await;

    let form = office.ben.presses(proposal.id, "Open an incident").await.unwrap().expect_modal();
    assert!(form.fields[0].value.contains("VPN"), "{form:?}");
    let (title, known) = (form.fields[0].custom_id.clone(), form.fields[1].custom_id.clone());
    let filled =
        [(title.as_str(), "VPN is *down*"), (known.as_str(), "The gateway restarts. Use **webmail**.")];
    let opened = office.ben.submits(&form, &filled).await.unwrap();
    assert!(matches!(&opened.outcome, Outcome::Updated(message) if message.buttons.is_empty()), "{opened:?}");
    let card = office.ben.waits_for(office.queue, |message| message.button("Solved").is_some()).await;
    for (who, ticket) in [(&office.ana, &first), (&office.dora, &fourth), (&office.ana, &fifth)] {
        let told = who.waits_for(ticket.thread, |message| message.contains("known problem")).await;
        assert!(told.pings_me, "{told}");
    }
    office.mia.waits_for(third.thread, |message| message.contains("Das Problem ist bekannt")).await;

    // Whoever asks sees it above the answer, and says "me too" with one press.
    office.settles().await;
    // What a look at Discord calls is not the answer's.
    office.one_pass().await;
    office.sandbox.forget_calls();
    let answer = office.sven.asks(office.support, "VPN drops").await;
    assert_eq!(office.sandbox.calls().len(), 1, "{:#?}", office.sandbox.calls());
    assert!(answer.embeds[0].title.as_ref().unwrap().contains("Known problem: VPN is"), "{answer}");
    assert!(answer.embeds.len() == 2 && answer.button("Open a ticket").is_some(), "{answer}");
    let thanks = office.sven.presses(answer.id, "Me too").await.unwrap().expect_message();
    assert!(thanks.ephemeral && thanks.contains("3 others"), "Ana counts once: {thanks}");
    let again = office.sven.presses(answer.id, "Me too").await.unwrap().expect_message();
    assert!(again.contains("already"), "{again}");
    office
        .ben
        .waits_for(office.queue, |message| message.id == card.id && message.contains("People: 4"))
        .await;
    let german = office.mia.asks(office.support, "VPN").await;
    assert!(german.contains("Bekannte Störung") && german.button("Ich auch").is_some(), "{german}");
    // Another of the articles keeps the banner.
    if let Some(select) = answer.selects.first() {
        let chosen = select.options[0].value.clone();
        let swapped = office.sven.selects(answer.id, &select.custom_id, &[&chosen]).await.unwrap();
        assert!(swapped.message().is_some_and(|message| message.button("Me too").is_some()), "{swapped:?}");
    }

    office.ben.fills(card.id, "Solved", "The gateway has a new *certificate*.").await;
    for (who, ticket) in [(&office.ana, &first), (&office.dora, &fourth), (&office.ana, &fifth)] {
        let told = who.waits_for(ticket.thread, |message| message.contains("certificate")).await;
        assert!(told.pings_me && told.contains("is solved"), "{told}");
        closing_note(&office, who, ticket).await;
    }
    let told = office.mia.waits_for(third.thread, |message| message.contains("certificate")).await;
    assert!(told.contains("behoben"), "{told}");
    let note = office
        .sven
        .waits_for(office.support, |message| message.contains("certificate") && message.contains("4 people"));
    let note = note.await;
    let names = ["Ana", "Mia", "Dora", "Sven", "Ben"];
    assert!(!names.iter().any(|name| note.contains(name)) && !note.pings_me, "it names nobody: {note}");
    office.settles().await;
    for ticket in [&first, &third, &fourth, &fifth] {
        assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)), "{}", ticket.number);
    }
    let open =
        office.ben.uses(office.queue, "tickets", vec![("queue".to_owned(), OptionInput::Boolean(true))]);
    let open = open.await.unwrap().expect_message();
    assert!(open.contains("printer") && !open.contains("VPN"), "{open}");
    let answer = office.sven.asks(office.support, "VPN drops").await;
    assert!(answer.button("Me too").is_none(), "{answer}");
    let late = office.mia.presses(german.id, "Ich auch").await.unwrap().expect_message();
    assert!(late.contains("geschlossen"), "{late}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_is_led_by_command_too_and_only_by_staff() {
    let office = Office::start().await;
    let elsewhere = Company::open(&office.sandbox, "Elsewhere");
    elsewhere.gets_set_up().await;
    let none = incident(&office.ben, office.queue, "list", &[]).await.expect_message();
    assert!(none.contains("No incident"), "{none}");
    let refused = incident(&office.ana, office.support, "open", &[("title", "x"), ("text", "y")]).await;
    assert!(refused.expect_message().contains("first and second level"));
    let both = [("title", "Mail is slow"), ("text", "We are looking.")];
    let opened = incident(&office.ben, office.queue, "open", &both).await.expect_message();
    assert!(opened.contains("is open"), "{opened}");
    let card = office.ben.waits_for(office.queue, |message| message.button("Solved").is_some()).await;

    let ticket = office.opens_ticket(&office.ana, "xqzvw outlook hangs").await;
    let link = vec![("action".to_owned(), OptionInput::from("link")), number(1)];
    let linked = office.ben.uses(office.queue, "desk incident", link.clone()).await.unwrap().expect_message();
    assert!(linked.contains("part of the incident"), "{linked}");
    office.ana.waits_for(ticket.thread, |message| message.contains("Mail is slow")).await;
    let again = office.ben.uses(office.queue, "desk incident", link).await.unwrap().expect_message();
    assert!(again.contains("already"), "{again}");

    // Another server sees none of it, whatever it sends.
    let answer = elsewhere.ana.asks(elsewhere.support, "mail is slow").await;
    assert!(answer.button("Me too").is_none() && !answer.contains("Mail is slow"), "{answer}");
    for code in ["v1:me-too:1", "v1:incident-solve-form:1", "v1:incident-solve:1", "v1:incident:1"] {
        let raw = frontdesk::sandbox::RawInteraction::Component {
            message: answer.id,
            custom_id: code.to_owned(),
            kind: 2,
            values: Vec::new(),
        };
        let told =
            elsewhere.ana.sends_interaction_raw(elsewhere.support, raw).await.unwrap().expect_message();
        assert!(told.ephemeral && !told.contains("Mail"), "{code}: {told}");
    }
    let close =
        incident(&elsewhere.ben, elsewhere.queue, "close", &[("text", "done")]).await.expect_message();
    assert!(close.contains("no such incident"), "{close}");

    let choices = office.ben.types(
        office.queue,
        "desk incident",
        vec![("action".to_owned(), OptionInput::from("close"))],
        "incident",
        "mail",
    );
    assert_eq!(choices.await.unwrap().len(), 1);
    let closed =
        incident(&office.sven, office.queue, "close", &[("text", "Disk replaced.")]).await.expect_message();
    assert!(closed.contains("Its ticket is closed"), "{closed}");
    office.ana.waits_for(ticket.thread, |message| message.contains("Disk replaced.")).await;
    office.ana.waits_for(office.support, |message| message.contains("Disk replaced.")).await;
    office.settles().await;
    let card = office.ben.sees_message(card.id).unwrap();
    assert!(card.buttons.is_empty() && card.contains("@Sven"), "{card}");
    let note = closing_note(&office, &office.ana, &ticket).await;
    office.ana.presses(note.id, "Reopen").await.unwrap();
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((false, false)), "reopened, it stays open");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_shows_in_every_process_and_survives_a_restart() {
    let Some(fresh) = Fresh::new(Kind::Postgres).await else { return };
    let mut office = Office::start_on(&fresh).await;
    let data = tempfile::tempdir().unwrap();
    let settings = frontdesk::config::Settings { data: data.path().to_owned(), ..office.settings.clone() };
    let other = App::start(&settings, Clock::default()).await.unwrap();
    let both = [("title", "Mail is slow"), ("text", "We are looking.")];
    incident(&office.ben, office.queue, "open", &both).await.expect_message();
    let guild = frontdesk::domain::id::GuildId::from_snowflake(office.guild.id);
    let shown = async {
        while other.desk().open_incidents(guild).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    let shown = tokio::time::timeout(std::time::Duration::from_secs(10), shown).await;
    assert!(shown.is_ok(), "the other process shows it");
    other.stop().await;
    office.stop_desk().await;
    office.start_desk().await;
    let answer = office.ana.asks(office.support, "mail").await;
    assert!(answer.button("Me too").is_some(), "it is open after a restart as well: {answer}");
    office.settles().await;
}
