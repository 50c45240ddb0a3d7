//! Many presses at once: of one button, of one person, of one server.

use frontdesk::domain::article::Language;
use frontdesk::domain::assessment::DecidedBy;
use frontdesk::domain::id::UserId;
use frontdesk::domain::ticket::Priority;
use frontdesk::sandbox::{OptionInput, Person, RawInteraction, SeenMessage};
use frontdesk::store::NewTicket;

use crate::databases::{Fresh, on_both_databases};
use crate::office::{Acts as _, Office};

on_both_databases!(
    a_form_sent_many_times_at_once_opens_one_ticket,
    one_person_cannot_flood_the_desk,
    many_people_cannot_flood_it_either,
);

/// What a person may have unsolved at the same time.
const MOST: usize = 25;

/// The form of a ticket about a question as it is sent. Sent by hand: a client has one form open at a time.
async fn form(office: &Office, who: &Person, question: &str) -> RawInteraction {
    let answer = who.asks(office.support, question).await;
    let open = answer.buttons.last().unwrap().label.clone();
    let form = who.presses(answer.id, &open).await.unwrap().expect_modal();
    let fields = form.fields.iter().map(|field| (field.custom_id.clone(), field.value.clone())).collect();
    RawInteraction::Modal { custom_id: form.custom_id, fields, message: Some(answer.id) }
}

/// Sends all of them at the same time.
async fn sent_at_once(
    office: &Office,
    who: &Person,
    forms: impl IntoIterator<Item = RawInteraction>,
) -> Vec<SeenMessage> {
    let channel = office.support;
    let sent: Vec<_> = forms
        .into_iter()
        .map(|form| {
            let who = who.clone();
            tokio::spawn(async move { who.sends_interaction_raw(channel, form).await })
        })
        .collect();
    let mut told = Vec::new();
    for one in sent {
        told.push(one.await.unwrap().unwrap().expect_message());
    }
    told
}

async fn tickets(office: &Office) -> usize {
    let guild = frontdesk::domain::id::GuildId::from_snowflake(office.guild.id);
    office.app().desk().store.queue(guild, 1000, 0).await.unwrap().len()
}

async fn a_form_sent_many_times_at_once_opens_one_ticket(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let form = form(&office, &office.ana, "my VPN does not connect").await;
    for told in sent_at_once(&office, &office.ana, vec![form; 20]).await {
        assert!(told.ephemeral && told.contains("#1"), "{told}");
    }
    office.settles().await;
    assert_eq!((tickets(&office).await, office.guild.threads().len()), (1, 1));
    let cards = office.ben.sees(office.queue).into_iter().filter(|message| message.contains("#1 ")).count();
    assert_eq!(cards, 1, "{}", office.ben.reads(office.queue));
}

async fn one_person_cannot_flood_the_desk(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let mut forms = Vec::new();
    for number in 0..MOST + 10 {
        forms.push(form(&office, &office.ana, &format!("xqzvw number {number}")).await);
    }
    let told = sent_at_once(&office, &office.ana, forms).await;
    let (opened, refused): (Vec<_>, Vec<_>) = told.into_iter().partition(|told| told.contains("is recorded"));
    assert_eq!((opened.len(), refused.len()), (MOST, 10), "{refused:?}");
    for told in refused {
        assert!(told.ephemeral && told.contains("You have 25 unsolved tickets"), "{told}");
    }
    office.settles().await;
    assert_eq!((tickets(&office).await, office.guild.threads().len()), (MOST, MOST));
    // Nobody else is held up, and what is settled makes room.
    let german = form(&office, &office.mia, "xqzvw").await;
    let told = sent_at_once(&office, &office.mia, [german]).await;
    assert!(told[0].contains("#26"), "{told:?}");
    let form = form(&office, &office.ana, "one more").await;
    let close = vec![
        ("number".to_owned(), OptionInput::Integer(3)),
        ("reason".to_owned(), OptionInput::from("settled")),
    ];
    office.ana.uses(office.support, "ticket close", close).await.unwrap();
    let told = sent_at_once(&office, &office.ana, [form]).await;
    assert!(told[0].contains("is recorded"), "{told:?}");
}

/// Whoever opens the last one that there is room for, it is one.
async fn many_people_cannot_flood_it_either(fresh: Fresh) {
    const ROOM: i64 = 1000;
    let office = Office::start_on(&fresh).await;
    let guild = frontdesk::domain::id::GuildId::from_snowflake(office.guild.id);
    let store = &office.app().desk().store;
    let mut tx = store.begin().await.unwrap();
    for number in 1..ROOM - 1 {
        let new = NewTicket {
            origin: format!("message:{number}:{number}"),
            requester: UserId(number),
            requester_name: "Somebody".to_owned(),
            language: Language::En,
            subject: "The printer is offline".to_owned(),
            details: None,
            question: None,
            offered: Vec::new(),
            files: Vec::new(),
            category: None,
            category_by: DecidedBy::Desk,
            priority: Priority::P3,
            vip: false,
            due_at: office.clock.now() + std::time::Duration::from_hours(24),
        };
        tx.insert_ticket(guild, &new, office.clock.now()).await.unwrap().unwrap();
    }
    tx.commit().await.unwrap();
    let people = [&office.ana, &office.ben, &office.bea, &office.sven, &office.olga];
    let mut opening = Vec::new();
    for who in people {
        let (who, channel, form) = (who.clone(), office.support, form(&office, who, "xqzvw").await);
        opening.push(tokio::spawn(async move { who.sends_interaction_raw(channel, form).await }));
    }
    let mut told = Vec::new();
    for one in opening {
        told.push(one.await.unwrap().unwrap().expect_message());
    }
    let (opened, refused): (Vec<_>, Vec<_>) = told.into_iter().partition(|told| told.contains("is recorded"));
    assert_eq!((opened.len(), refused.len()), (2, 3), "{refused:?}");
    assert!(
        refused.iter().all(|told| told.ephemeral && told.contains("1000 unsolved tickets")),
        "{refused:?}"
    );
}
