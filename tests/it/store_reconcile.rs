//! What the comparison with Discord reads and forgets, on both databases.

use frontdesk::domain::article::Language;
use frontdesk::domain::assessment::DecidedBy;
use frontdesk::domain::event::{Event, What};
use frontdesk::domain::id::{ChannelId, MessageId, TicketId, UserId};
use frontdesk::domain::job::{Job, Lane, NO_THREAD, Posted};
use frontdesk::domain::reconcile::Inside;
use frontdesk::domain::ticket::{CloseReason, Escalation, Priority, Ticket};
use frontdesk::store::{NewTicket, Store, TicketKey};

use crate::databases::{Fresh, on_both_databases};
use crate::store::{GUILD, NOW, with_desks_of};

on_both_databases!(
    what_is_alive_is_read_page_by_page_with_its_people_and_packets,
    what_was_seen_to_be_gone_is_forgotten,
    a_lane_is_put_in_another_order,
);

const BEN: UserId = UserId(20);

async fn open(store: &Store, origin: &str) -> Ticket {
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
        category: None,
        category_by: DecidedBy::Desk,
        priority: Priority::P3,
        vip: false,
        due_at: NOW,
    };
    let mut tx = store.begin().await.unwrap();
    let ticket = tx.insert_ticket(GUILD, &new, NOW).await.unwrap().unwrap();
    tx.record(ticket.id, Some(UserId(10)), &What::Opened, NOW).await.unwrap();
    tx.commit().await.unwrap();
    ticket
}

/// Ben claims it and hands it over; the packet is posted.
async fn escalate(store: &Store, ticket: &Ticket) -> Ticket {
    let specialism = store.specialisms(GUILD).await.unwrap()[0].id;
    let mut tx = store.begin().await.unwrap();
    let id = tx.insert_hand_over(ticket.id, specialism, BEN, (Some("x"), None), NOW).await.unwrap();
    let escalation = Escalation { id, specialism, by: BEN };
    let escalated = ticket.clone().claim(BEN, NOW).unwrap().escalate(escalation, NOW).unwrap();
    tx.save_ticket(&escalated).await.unwrap();
    tx.record(ticket.id, Some(BEN), &What::Claimed, NOW).await.unwrap();
    tx.record(ticket.id, Some(BEN), &What::MemberAdded { user: UserId(30) }, NOW).await.unwrap();
    tx.packet_posted(id, Posted { channel: ChannelId(101), message: MessageId(7) }).await.unwrap();
    tx.commit().await.unwrap();
    escalated
}

async fn what_is_alive_is_read_page_by_page_with_its_people_and_packets(fresh: Fresh) {
    let store = with_desks_of(&fresh, &[GUILD]).await;
    let (first, second, third) = (open(&store, "a").await, open(&store, "b").await, open(&store, "c").await);
    escalate(&store, &second).await;
    let mut tx = store.begin().await.unwrap();
    let closed = first.clone().close(None, CloseReason::Silence, NOW).unwrap();
    tx.save_ticket(&closed).await.unwrap();
    tx.commit().await.unwrap();
    let page = |after: TicketId| store.alive_tickets(GUILD, after, 1);
    assert_eq!(page(TicketId(0)).await.unwrap()[0].id, second.id, "the closed one is left out");
    assert_eq!(page(second.id).await.unwrap()[0].id, third.id);
    assert_eq!(page(third.id).await.unwrap(), Vec::new());

    let range = (second.id, third.id);
    let packets = store.packets(GUILD, range).await.unwrap();
    assert_eq!(packets.len(), 1);
    assert_eq!(packets[&second.id], Posted { channel: ChannelId(101), message: MessageId(7) });
    let told = store.memberships(GUILD, range).await.unwrap();
    let events: Vec<Event> = told
        .into_iter()
        .map(|(ticket, event)| {
            assert_eq!(ticket, second.id);
            event
        })
        .collect();
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.membership(second.id).await.unwrap(), events, "one and all say the same");
    let inside = Inside::of(&events);
    assert!(inside.staff.contains(&BEN) && inside.guests.contains(&UserId(30)), "{inside:?}");
    // Every kind that the story is read for is one that the query asks for.
    for what in [
        What::Assigned { agent: BEN },
        What::Accepted,
        What::MemberRemoved { user: BEN },
        What::RequesterLeft,
        What::RequesterReturned,
    ] {
        tx.record(third.id, Some(BEN), &what, NOW).await.unwrap();
    }
    assert_eq!(tx.membership(third.id).await.unwrap().len(), 5);
    assert_eq!(store.desk_guilds().await.unwrap(), [GUILD]);
}

async fn what_was_seen_to_be_gone_is_forgotten(fresh: Fresh) {
    let store = with_desks_of(&fresh, &[GUILD]).await;
    let ticket = open(&store, "a").await;
    let escalated = escalate(&store, &ticket).await;
    let mut tx = store.begin().await.unwrap();
    tx.thread_made(ticket.id, ChannelId(5)).await.unwrap();
    tx.thread_card_posted(ticket.id, MessageId(6)).await.unwrap();
    tx.queue_card_posted(ticket.id, Posted { channel: ChannelId(101), message: MessageId(8) }).await.unwrap();
    tx.commit().await.unwrap();
    let places = async || store.ticket(GUILD, TicketKey::Id(ticket.id)).await.unwrap().unwrap().places;

    let mut tx = store.begin().await.unwrap();
    tx.forget_thread_card(ticket.id).await.unwrap();
    tx.forget_queue_card(ticket.id).await.unwrap();
    tx.forget_packet(escalated.status.escalation().unwrap().id).await.unwrap();
    assert_eq!(tx.packet_of(ticket.id).await.unwrap(), None);
    tx.commit().await.unwrap();
    let after = places().await;
    assert_eq!((after.thread, after.thread_card), (Some(ChannelId(5)), None));
    assert_eq!((after.queue_channel, after.queue_card), (None, None));
    assert!(store.packets(GUILD, (ticket.id, ticket.id)).await.unwrap().is_empty());

    let mut tx = store.begin().await.unwrap();
    tx.thread_card_posted(ticket.id, MessageId(9)).await.unwrap();
    tx.forget_thread(ticket.id).await.unwrap();
    tx.commit().await.unwrap();
    let after = places().await;
    assert_eq!((after.thread, after.thread_card), (None, None), "the card went with its thread");
}

async fn a_lane_is_put_in_another_order(fresh: Fresh) {
    let store = with_desks_of(&fresh, &[GUILD]).await;
    let ticket = open(&store, "a").await;
    let lane = Lane::Ticket(ticket.id);
    let mut tx = store.begin().await.unwrap();
    assert!(!tx.is_busy(lane).await.unwrap());
    for job in [Job::CreateThread, Job::UpdateCards, Job::CloseThread] {
        tx.enqueue(GUILD, lane, &job, NOW).await.unwrap();
    }
    let begun = tx.lease_job(lane, NOW, NOW, None).await.unwrap().unwrap();
    tx.bury_job(&begun, NO_THREAD).await.unwrap();
    assert!(tx.is_busy(lane).await.unwrap());
    tx.commit().await.unwrap();
    let deliveries = store.deliveries(GUILD).await.unwrap();
    assert!(deliveries.busy.contains(&lane));
    assert_eq!(deliveries.failed.get(&lane), Some(&NOW));

    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.take_out(lane).await.unwrap(), [Job::UpdateCards, Job::CloseThread]);
    assert!(!tx.is_busy(lane).await.unwrap(), "what was given up does not wait");
    tx.forget_dead(lane, &Job::UpdateCards).await.unwrap();
    assert_eq!(tx.take_dead(lane, "something else").await.unwrap(), []);
    assert_eq!(tx.take_dead(lane, NO_THREAD).await.unwrap(), [Job::CreateThread]);
    tx.enqueue(GUILD, lane, &Job::OpenThread, NOW).await.unwrap();
    let begun = tx.lease_job(lane, NOW, NOW, None).await.unwrap().unwrap();
    assert_eq!((&begun.job, begun.attempts), (&Job::OpenThread, 0));
    tx.bury_job(&begun, "refused").await.unwrap();
    tx.forget_dead(lane, &Job::OpenThread).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.dead_jobs(GUILD, 9).await.unwrap().is_empty());
}
