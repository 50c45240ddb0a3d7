//! What the store promises about opening hours, promises and the deadlines of many tickets, on both databases.

use std::time::Duration;

use frontdesk::domain::calendar::{Calendar, Range, Week, zone};
use frontdesk::domain::holidays::{DaysOff, MonthDay, Region};
use frontdesk::domain::id::{MessageId, TicketId};
use frontdesk::domain::job::{Job, Lane, Timer};
use frontdesk::domain::ladder::Climb;
use frontdesk::domain::schedule::{Sla, Span, Terms};
use frontdesk::domain::ticket::{CloseReason, Priority, Ticket};
use frontdesk::domain::watch::{Pause, Watch};
use frontdesk::store::{Store, TicketKey};

use crate::databases::{Fresh, on_both_databases};
use crate::store::{AGENT, GUILD, NOW, OTHER_GUILD, open, with_desks};

on_both_databases!(
    terms_come_back_as_they_were_saved_and_stay_in_their_server,
    a_watch_comes_back_as_it_was_saved,
    a_batch_gets_its_deadlines_timers_and_follow_ups_and_nothing_else_does,
);

fn calendar() -> Calendar {
    let mut days: [Vec<Range>; 7] = Default::default();
    days[0].push(Range { from: 480, to: 960 });
    let christmas = MonthDay { month: 12, day: 24 };
    Calendar {
        region: Some(Region::Augsburg),
        days_off: vec![DaysOff::Yearly { from: christmas, to: christmas }],
        ..Calendar::new(zone("Europe/Berlin").unwrap(), Week::new(days))
    }
}

async fn terms_come_back_as_they_were_saved_and_stay_in_their_server(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    assert_eq!(store.terms(GUILD).await.unwrap(), Terms::default());
    let mut sla = Sla { idle: Span::Minutes(90), ..Sla::default() };
    sla.of_mut(Priority::P1).around_the_clock = true;
    let terms = Terms { calendar: Some(calendar()), sla };
    let mut tx = store.begin().await.unwrap();
    tx.save_calendar(GUILD, terms.calendar.as_ref()).await.unwrap();
    tx.save_sla(GUILD, Some(&terms.sla)).await.unwrap();
    assert_eq!(tx.terms(GUILD).await.unwrap(), terms);
    tx.commit().await.unwrap();
    assert_eq!(store.terms(GUILD).await.unwrap(), terms);
    assert_eq!(store.terms(OTHER_GUILD).await.unwrap(), Terms::default());
    let mut tx = store.begin().await.unwrap();
    tx.save_calendar(GUILD, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.terms(GUILD).await.unwrap(), Terms { calendar: None, ..terms });
}

async fn a_watch_comes_back_as_it_was_saved(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let ticket = open(&store, GUILD, "question:1").await;
    assert_eq!(ticket.watch, Watch::default());
    let watch = Watch {
        stopped_since: Some(NOW),
        pauses: vec![Pause { from: NOW, to: NOW + Duration::from_secs(1) }],
        missed: Some(NOW),
        owed_since: Some(NOW),
        told_at: Some(NOW),
        heard: Some(MessageId(i64::MAX)),
        ..Watch::default()
    };
    let mut tx = store.begin().await.unwrap();
    tx.save_ticket(&Ticket { watch: watch.clone(), ..ticket.clone() }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.ticket(GUILD, TicketKey::Id(ticket.id)).await.unwrap().unwrap().watch, watch);
}

async fn a_batch_gets_its_deadlines_timers_and_follow_ups_and_nothing_else_does(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let mut tickets = Vec::new();
    for origin in ["question:1", "question:2", "question:3", "question:4"] {
        tickets.push(open(&store, GUILD, origin).await);
    }
    let foreign = open(&store, OTHER_GUILD, "question:1").await;
    let closed = tickets.remove(3);
    close(&store, closed).await;
    let mut tx = store.begin().await.unwrap();
    tx.set_timer(GUILD, Lane::Ticket(tickets[2].id), Timer::Idle, NOW).await.unwrap();
    tx.set_timer(GUILD, Lane::Desk(GUILD), Timer::Recompute, NOW).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.begin().await.unwrap();
    let batch = tx.lock_not_closed(GUILD, TicketId(0), 2).await.unwrap();
    let ids: Vec<_> = batch.iter().map(|ticket| ticket.id).collect();
    assert_eq!(ids, [tickets[0].id, tickets[1].id]);
    let rest = tx.lock_not_closed(GUILD, ids[1], 10).await.unwrap();
    assert_eq!(
        rest.iter().map(|ticket| ticket.id).collect::<Vec<_>>(),
        [tickets[2].id],
        "the closed one is not"
    );
    let later = NOW + Duration::from_hours(9);
    let ladder = Climb { steps: 0, next_at: Some(later) };
    let moved = Ticket { due_at: Some(later), ladder, ..batch[0].clone() };
    tx.save_deadlines(&[&moved, &Ticket { due_at: None, ..batch[1].clone() }]).await.unwrap();
    let timers = [(ids[0], Timer::DueSoon, NOW), (ids[0], Timer::Overdue, later)];
    tx.reset_ticket_timers(GUILD, &ids, &timers).await.unwrap();
    tx.reset_ticket_timers(GUILD, &ids, &timers).await.unwrap();
    let update = Job::UpdateCards;
    tx.enqueue_all(GUILD, &[ids[0], ids[1]].map(|id| (Lane::Ticket(id), &update)), NOW).await.unwrap();
    tx.save_deadlines(&[]).await.unwrap();
    tx.reset_ticket_timers(GUILD, &[], &[]).await.unwrap();
    tx.enqueue_all(GUILD, &[], NOW).await.unwrap();
    tx.commit().await.unwrap();

    let due_at = async |key| store.ticket_of_job(key).await.unwrap().unwrap().due_at;
    assert_eq!((due_at(ids[0]).await, due_at(ids[1]).await), (Some(later), None));
    assert_eq!(store.ticket_of_job(ids[0]).await.unwrap().unwrap().ladder, ladder);
    assert_eq!(due_at(tickets[2].id).await, tickets[2].due_at);
    assert_eq!(due_at(foreign.id).await, foreign.due_at);
    let mut due: Vec<_> =
        store.due_timers(later, 10).await.unwrap().into_iter().map(|due| (due.lane, due.timer)).collect();
    due.sort_unstable_by_key(|(lane, timer)| (*lane, timer.code()));
    let mine = Lane::Ticket(ids[0]);
    assert_eq!(
        due,
        [
            (mine, Timer::DueSoon),
            (mine, Timer::Overdue),
            (Lane::Ticket(tickets[2].id), Timer::Idle),
            (Lane::Desk(GUILD), Timer::Recompute),
        ]
    );
    assert_eq!(store.waiting_jobs().await.unwrap(), 2);
}

async fn close(store: &Store, ticket: Ticket) {
    let closed = ticket.close(Some(AGENT), CloseReason::NoAnswer, NOW).unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.save_ticket(&Ticket { due_at: None, ..closed }).await.unwrap();
    tx.commit().await.unwrap();
}
