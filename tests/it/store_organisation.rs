//! Categories, specialisms, duties, and what earlier tickets say, on both databases.

use std::time::Duration;

use frontdesk::domain::article::Language;
use frontdesk::domain::assessment::{Assessment, DecidedBy, Impact, Urgency};
use frontdesk::domain::category::Category;
use frontdesk::domain::desk::{DeskPeople, Provider, Specialism, Webhook};
use frontdesk::domain::duty::OnDuty;
use frontdesk::domain::id::{CategoryId, ChannelId, GuildId, RoleId, SpecialismId, UserId};
use frontdesk::domain::ladder::{Climb, LadderRule, Timeouts};
use frontdesk::domain::ticket::{Escalation, Priority, Ticket};
use frontdesk::domain::time::Timestamp;
use frontdesk::store::{NewTicket, Store, TicketKey};
use secrecy::ExposeSecret as _;

use crate::databases::{Fresh, on_both_databases};
use crate::store::{GUILD, NOW, OTHER_GUILD, with_desks};

on_both_databases!(
    categories_come_back_as_they_were_saved,
    a_specialism_keeps_what_is_not_changed_and_hides_its_webhook,
    duties_begin_end_and_run_out,
    what_is_said_about_a_ticket_comes_back,
    a_place_in_the_queue_counts_those_who_wait_before,
    experience_is_counted_per_category_and_server,
);

async fn open(store: &Store, guild: GuildId, origin: &str, at: Timestamp) -> Ticket {
    let new = NewTicket {
        origin: origin.to_owned(),
        requester: UserId(10),
        requester_name: "Ana".to_owned(),
        language: Language::De,
        subject: "Toner".to_owned(),
        details: None,
        question: None,
        offered: Vec::new(),
        files: Vec::new(),
        category: Some("Printing".to_owned()),
        category_by: DecidedBy::Requester,
        priority: Priority::P3,
        vip: true,
        due_at: at + Duration::from_hours(4),
    };
    let mut tx = store.begin().await.unwrap();
    let ticket = tx.insert_ticket(guild, &new, at).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    ticket
}

async fn save(store: &Store, ticket: &Ticket) {
    let mut tx = store.begin().await.unwrap();
    tx.lock_ticket(ticket.guild, TicketKey::Id(ticket.id)).await.unwrap().unwrap();
    tx.save_ticket(ticket).await.unwrap();
    tx.commit().await.unwrap();
}

async fn categories_come_back_as_they_were_saved(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let mut tx = store.begin().await.unwrap();
    let added = tx.add_category(GUILD, "Printing").await.unwrap();
    tx.add_category(OTHER_GUILD, "Printing").await.unwrap();
    let saved = Category {
        german: Some("Drucken".to_owned()),
        keywords: vec!["toner".to_owned(), "paper jam, \"A4\"".to_owned()],
        priority: Some(Priority::P2),
        ..added
    };
    tx.update_category(GUILD, &saved).await.unwrap();
    tx.set_vip(GUILD, Some(RoleId(7))).await.unwrap();
    tx.set_up_by(GUILD, UserId(9)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.categories(GUILD).await.unwrap(), std::slice::from_ref(&saved));
    assert_eq!(
        store.categories(OTHER_GUILD).await.unwrap()[0].keywords,
        [""; 0],
        "the other server's is its own"
    );
    let people = DeskPeople { vip: Some(RoleId(7)), admin: Some(UserId(9)) };
    assert_eq!(store.desk_people(GUILD).await.unwrap(), people);
    assert_eq!(store.desk_people(OTHER_GUILD).await.unwrap(), DeskPeople::default());

    let mut tx = store.begin().await.unwrap();
    tx.retire_category(OTHER_GUILD, saved.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.categories(GUILD).await.unwrap().len(), 1, "nobody retires another server's");
    let mut tx = store.begin().await.unwrap();
    tx.retire_category(GUILD, saved.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.categories(GUILD).await.unwrap(), []);
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.add_category(GUILD, "Printing").await.unwrap(), saved, "and comes back as it was");
    tx.commit().await.unwrap();
}

async fn a_specialism_keeps_what_is_not_changed_and_hides_its_webhook(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let mut tx = store.begin().await.unwrap();
    let added = tx.save_specialism(GUILD, "Printers", RoleId(300), None).await.unwrap();
    let saved = Specialism {
        german: Some("Drucker".to_owned()),
        channel: Some(ChannelId(5)),
        note: Some("Paper, toner".to_owned()),
        serves: vec![CategoryId(3), CategoryId(4)],
        ladder: LadderRule {
            lead: Some(UserId(6)),
            next_role: Some(RoleId(7)),
            timeouts: Some("1 2 3 4".parse::<Timeouts>().unwrap()),
            reaction: Some(Duration::from_hours(4)),
        },
        provider: Some(Provider::ByHand),
        ..added
    };
    tx.update_specialism(GUILD, &saved).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.specialism(GUILD, saved.id).await.unwrap(), Some(saved.clone()));
    assert!(store.webhook(GUILD, saved.id).await.unwrap().is_none());

    let mut tx = store.begin().await.unwrap();
    let webhook = Webhook { url: "https://p.example/canary".into(), secret: "canary".into() };
    assert!(!format!("{webhook:?}").contains("canary"));
    tx.set_webhook(GUILD, saved.id, Some(&webhook)).await.unwrap();
    tx.commit().await.unwrap();
    let with_webhook = store.specialism(GUILD, saved.id).await.unwrap().unwrap();
    assert_eq!(with_webhook, Specialism { provider: Some(Provider::Webhook), ..saved.clone() });
    let read = store.webhook(GUILD, saved.id).await.unwrap().unwrap();
    assert_eq!(
        (read.url.expose_secret(), read.secret.expose_secret()),
        ("https://p.example/canary", "canary")
    );
    assert!(store.webhook(OTHER_GUILD, saved.id).await.unwrap().is_none());

    let mut tx = store.begin().await.unwrap();
    assert!(tx.retire_specialism(GUILD, "Printers").await.unwrap());
    let back = tx.save_specialism(GUILD, "Printers", RoleId(301), None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((back.role, back.channel, back.ladder), (RoleId(301), None, saved.ladder));
}

async fn duties_begin_end_and_run_out(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let duty = |user, until| OnDuty {
        user: UserId(user),
        first_level: user == 1,
        specialisms: vec![SpecialismId(user)],
        since: NOW,
        until,
    };
    let hour = Duration::from_hours(1);
    let mut tx = store.begin().await.unwrap();
    for duty in [duty(1, None), duty(2, Some(NOW + hour)), duty(3, None)] {
        tx.begin_duty(GUILD, &duty).await.unwrap();
    }
    tx.begin_duty(GUILD, &duty(3, Some(NOW + hour * 2))).await.unwrap();
    tx.commit().await.unwrap();
    let now = store.on_duty(GUILD, NOW).await.unwrap();
    assert_eq!(now, [duty(1, None), duty(2, Some(NOW + hour)), duty(3, Some(NOW + hour * 2))]);
    assert_eq!(store.on_duty(GUILD, NOW + hour).await.unwrap().len(), 2, "the second's has run out");
    assert_eq!(store.on_duty(OTHER_GUILD, NOW).await.unwrap(), []);
    let mut tx = store.begin().await.unwrap();
    tx.end_duty(GUILD, UserId(1)).await.unwrap();
    tx.end_duty(GUILD, UserId(1)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.on_duty(GUILD, NOW + hour).await.unwrap(), [duty(3, Some(NOW + hour * 2))]);
}

async fn what_is_said_about_a_ticket_comes_back(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let ticket = open(&store, GUILD, "question:1", NOW).await;
    let assessment = Assessment { category_by: DecidedBy::Requester, vip: true, ..Assessment::default() };
    assert_eq!((ticket.assessment, ticket.ladder), (assessment, Climb::default()));
    let said = Ticket {
        assessment: Assessment {
            impact: Some(Impact::Team),
            urgency: Some(Urgency::High),
            vip: true,
            priority_by: DecidedBy::Staff,
            category_by: DecidedBy::Desk,
        },
        ladder: Climb { steps: 2, next_at: Some(NOW) },
        ..ticket
    };
    save(&store, &said).await;
    assert_eq!(store.ticket(GUILD, TicketKey::Id(said.id)).await.unwrap(), Some(said));
}

async fn a_place_in_the_queue_counts_those_who_wait_before(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let minute = |minutes| NOW + Duration::from_mins(minutes);
    let first = open(&store, GUILD, "question:1", minute(0)).await;
    let second = open(&store, GUILD, "question:2", minute(1)).await;
    let third = open(&store, GUILD, "question:3", minute(2)).await;
    open(&store, OTHER_GUILD, "question:4", minute(0)).await;
    let before = async |ticket: &Ticket| store.before_in_queue(ticket).await.unwrap();
    assert_eq!([before(&first).await, before(&second).await, before(&third).await], [0, 1, 2]);
    save(&store, &first.claim(UserId(20), minute(3)).unwrap()).await;
    let urgent = Ticket { due_at: Some(minute(17)), ..third.prioritise(Priority::P1) };
    save(&store, &urgent).await;
    assert_eq!(
        [before(&urgent).await, before(&second).await],
        [0, 1],
        "urgent ones come first, taken ones are gone"
    );
}

async fn experience_is_counted_per_category_and_server(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let specialism = store.specialisms(GUILD).await.unwrap()[0].id;
    let minute = |minutes| NOW + Duration::from_mins(minutes);
    for number in 0..3 {
        let ticket = open(&store, GUILD, &format!("question:{number}"), minute(number)).await;
        let mut tx = store.begin().await.unwrap();
        let id = tx.insert_hand_over(ticket.id, specialism, UserId(20), (None, None), NOW).await.unwrap();
        tx.commit().await.unwrap();
        let escalation = Escalation { id, specialism, by: UserId(20) };
        let escalated = ticket.escalate(escalation, minute(10)).unwrap();
        let accepted = escalated.accept(UserId(30), minute(11)).unwrap();
        // The last one is not solved yet.
        let now = match number {
            2 => accepted,
            _ => accepted.resolve(UserId(30), "Toner".to_owned(), minute(12 + number)).unwrap(),
        };
        save(&store, &now).await;
    }
    let solved = async |guild, category, limit| store.solved_by(guild, category, limit).await.unwrap();
    assert_eq!(solved(GUILD, "Printing", 10).await, [(specialism, 2)]);
    assert_eq!(solved(GUILD, "Printing", 1).await, [(specialism, 1)], "bounded");
    assert_eq!(solved(GUILD, "Access", 10).await, []);
    assert_eq!(solved(OTHER_GUILD, "Printing", 10).await, []);
    let responses = store.responses(GUILD, minute(1), 10).await.unwrap();
    assert_eq!(responses, [(minute(2), minute(10)), (minute(1), minute(10))], "since then, latest first");
    assert_eq!(store.responses(GUILD, minute(0), 2).await.unwrap().len(), 2);
    assert_eq!(store.responses(OTHER_GUILD, minute(0), 9).await.unwrap(), []);
}
