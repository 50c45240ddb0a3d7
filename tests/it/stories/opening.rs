//! From an answer to a ticket.

use frontdesk::sandbox::RawInteraction;

use crate::office::{Acts as _, Office};

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_tells_its_story_from_the_start_and_its_requester_gets_the_link() {
    let office = Office::start().await;
    let ana = &office.ana;
    let answer = ana.asks(office.support, "my VPN does not connect").await;
    let offered = answer.embeds[0].title.clone().unwrap();
    let form = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    assert_eq!(form.fields[0].value, "my VPN does not connect", "the subject is prefilled");
    let details = form.fields[1].custom_id.clone();
    let told = ana.submits(&form, &[(&details, "Since this morning.")]).await.unwrap().expect_message();
    assert_eq!(told.id, answer.id, "the answer itself is replaced");
    assert!(told.contains("#1") && told.buttons.is_empty(), "{told}");

    let thread = ana.waits_for_thread("#1 my VPN does not connect").await;
    assert_eq!(thread.kind, "private_thread");
    let linked = ana
        .waits_for(office.support, |message| message.id == answer.id && message.contains("#1 my VPN"))
        .await;
    assert!(linked.content.contains(&format!("<#{}>", thread.id)), "{linked:?}");

    let card =
        ana.waits_for(thread.id, |message| message.from_bot && message.button("Claim").is_some()).await;
    for part in ["my VPN does not connect", "Since this morning.", &offered, "Ana"] {
        assert!(card.contains(part), "{part} in:\n{card}");
    }
    let labels: Vec<_> = card.buttons.iter().map(|button| button.label.as_str()).collect();
    assert_eq!(labels, ["Claim", "Escalate", "Resolve", "Close"], "{card}");
    assert!(card.pings_me, "the requester is called into the thread");

    let queue_card = office.ben.waits_for(office.queue, |message| message.contains("#1 ")).await;
    assert!(queue_card.content.is_empty() || !queue_card.pings_me, "a card pings nobody");
    office.settles().await;
    assert_eq!(office.mentioned(), [(ana.id(), card.id)], "one ping, to the requester");
    assert!(office.mia.sees_thread("#1").is_none(), "other employees do not see it");
    assert!(office.ben.sees_thread("#1").is_none(), "nor do agents before they claim it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_thread_is_told_only_after_the_ticket_is_recorded() {
    let office = Office::start().await;
    office.sandbox.forget_calls();
    office.opens_ticket(&office.ana, "my VPN does not connect").await;
    let calls: Vec<_> = office.sandbox.calls().into_iter().map(|call| call.path).collect();
    let at = |part: &str| {
        calls.iter().position(|path| path.contains(part)).unwrap_or_else(|| panic!("{calls:#?}"))
    };
    assert!(at("/threads") < at("@original"), "{calls:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_press_finds_the_same_ticket() {
    let office = Office::start().await;
    let ana = &office.ana;
    let answer = ana.asks(office.support, "xqzvw").await;
    let form = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    let submission = |form: &frontdesk::sandbox::SeenModal| RawInteraction::Modal {
        custom_id: form.custom_id.clone(),
        fields: form.fields.iter().map(|field| (field.custom_id.clone(), field.value.clone())).collect(),
        message: Some(answer.id),
    };
    let (one, two) = tokio::join!(
        ana.sends_interaction_raw(office.support, submission(&form)),
        ana.sends_interaction_raw(office.support, submission(&form)),
    );
    for told in [one.unwrap(), two.unwrap()] {
        assert!(told.message().is_some_and(|message| message.contains("#1")), "{told:?}");
    }
    ana.waits_for_thread("#1 ").await;
    office.settles().await;
    assert_eq!(office.guild.threads().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_subject_is_refused_and_loses_nothing() {
    let office = Office::start().await;
    let answer = office.ana.asks(office.support, "xqzvw").await;
    let form = office.ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    let raw = RawInteraction::Modal {
        custom_id: form.custom_id.clone(),
        fields: form.fields.iter().map(|field| (field.custom_id.clone(), "\u{200b} ".to_owned())).collect(),
        message: Some(answer.id),
    };
    let told = office.ana.sends_interaction_raw(office.support, raw).await.unwrap().expect_message();
    assert!(told.ephemeral, "{told}");
    assert!(office.guild.threads().is_empty());
    let answer = office.ana.sees_message(answer.id).unwrap();
    assert!(answer.button("Open a ticket").is_some(), "the button is still there: {answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_starts_from_a_message_as_well() {
    let office = Office::start().await;
    let message =
        office.mia.says(office.support, "Der Beamer in Raum 3 geht nicht\nseit gestern").await.unwrap();
    let form = office.mia.uses_on_message("Open a support ticket", message).await.unwrap().expect_modal();
    office.mia.submits(&form, &[(&form.fields[0].custom_id, "Beamer in Raum 3")]).await.unwrap();
    office.mia.waits_for_thread("#1 Beamer in Raum 3").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_people_at_once_get_a_ticket_each_with_numbers_in_a_row() {
    let office = Office::start().await;
    let mut asking = Vec::new();
    for who in [&office.ana, &office.mia, &office.ben, &office.bea, &office.sven, &office.olga] {
        for _ in 0..3 {
            asking.push(async {
                let answer = who.asks(office.support, "xqzvw").await;
                let open = answer.buttons.last().unwrap().label.clone();
                let form = who.presses(answer.id, &open).await.unwrap();
                let form = form.expect_modal();
                who.submits(&form, &[]).await.unwrap();
            });
        }
    }
    // One form can be open a person, so each person's are sent one after the other.
    for one in asking {
        one.await;
    }
    office.settles().await;
    let mut numbers: Vec<u64> = Vec::new();
    for who in [&office.ana, &office.mia, &office.ben, &office.bea, &office.sven, &office.olga] {
        for thread in who.sees_channels().into_iter().filter(|channel| channel.kind == "private_thread") {
            numbers.push(thread.name.split(' ').next().unwrap().trim_start_matches('#').parse().unwrap());
        }
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=18).collect::<Vec<_>>());
}
