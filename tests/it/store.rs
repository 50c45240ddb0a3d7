//! What the store promises, on both databases.

use std::time::Duration;

use frontdesk::domain::article::{ArticleId, Language};
use frontdesk::domain::assessment::DecidedBy;
use frontdesk::domain::desk::DeskSettings;
use frontdesk::domain::event::What;
use frontdesk::domain::id::{
    ChannelId, EscalationId, GuildId, MessageId, ProposalId, QuestionId, RoleId, TicketId, TicketNumber,
    UserId,
};
use frontdesk::domain::incident::End;
use frontdesk::domain::job::{Job, Lane, Posted};
use frontdesk::domain::kept::{Kept, Rating};
use frontdesk::domain::question::{AskedQuestion, Attachment, Offered};
use frontdesk::domain::ticket::{CloseReason, Escalation, Priority, Ticket};
use frontdesk::domain::time::Timestamp;
use frontdesk::store::{ConnectError, NewTicket, Store, TicketKey, Timer};

use crate::databases::{Fresh, Kind, on_both_databases};

on_both_databases!(
    numbers_count_per_server_without_gaps_or_doubles,
    every_state_comes_back_as_it_was_saved,
    nothing_of_one_server_is_found_from_another,
    one_origin_is_one_ticket,
    jobs_run_in_order_and_one_at_a_time_for_each_ticket,
    whoever_was_too_slow_with_a_job_writes_nothing_about_it,
    servers_take_turns,
    a_failed_job_holds_up_its_ticket_and_a_buried_one_does_not,
    a_transaction_that_is_dropped_leaves_nothing,
    timers_come_due_once,
    a_question_is_solved_once_and_by_its_asker,
    set_up_again_keeps_numbers_and_specialisms,
    the_queue_begins_with_the_earliest_deadline_and_ends_with_what_waits_for_its_requester,
    what_is_kept_beside_the_state_comes_back,
    followers_are_found_and_redirected,
    an_incident_counts_each_person_and_ticket_once,
    a_job_that_waits_untouched_is_not_queued_again,
    a_newer_database_is_refused,
);

pub(crate) const GUILD: GuildId = GuildId(1);
pub(crate) const OTHER_GUILD: GuildId = GuildId(2);
pub(crate) const NOW: Timestamp = Timestamp(1_800_000_000_000);
const REQUESTER: UserId = UserId(10);
pub(crate) const AGENT: UserId = UserId(20);
const SPECIALIST: UserId = UserId(30);

fn settings(guild: GuildId) -> DeskSettings {
    DeskSettings {
        guild,
        support_channel: ChannelId(100),
        queue_channel: ChannelId(101),
        first_level: RoleId(200),
        second_level: RoleId(201),
        language: Language::En,
    }
}

fn new_ticket(origin: &str) -> NewTicket {
    NewTicket {
        origin: origin.to_owned(),
        requester: REQUESTER,
        requester_name: "Ana".to_owned(),
        language: Language::De,
        subject: "Drucker 'offline'; DROP TABLE tickets".to_owned(),
        details: Some("Seit heute früh 🖨️".to_owned()),
        question: Some("drucker offline".to_owned()),
        offered: vec![Offered { article: ArticleId("de/drucker".to_owned()), title: "Drucker".to_owned() }],
        files: ["a.png", "b.png"]
            .map(|name| Attachment {
                name: name.to_owned(),
                url: format!("https://x/{name}"),
                size: 7,
                fate: None,
            })
            .to_vec(),
        category: Some("printing".to_owned()),
        category_by: DecidedBy::Requester,
        priority: Priority::P2,
        vip: true,
        due_at: NOW + Duration::from_hours(1),
    }
}

pub(crate) async fn with_desks(fresh: &Fresh) -> Store {
    with_desks_of(fresh, &[GUILD, OTHER_GUILD]).await
}

pub(crate) async fn with_desks_of(fresh: &Fresh, guilds: &[GuildId]) -> Store {
    let store = fresh.store().await;
    let mut tx = store.begin().await.unwrap();
    for guild in guilds {
        tx.save_desk(&settings(*guild), NOW).await.unwrap();
    }
    tx.commit().await.unwrap();
    store
}

pub(crate) async fn open(store: &Store, guild: GuildId, origin: &str) -> Ticket {
    let mut tx = store.begin().await.unwrap();
    let ticket = tx.insert_ticket(guild, &new_ticket(origin), NOW).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    ticket
}

async fn numbers_count_per_server_without_gaps_or_doubles(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let mut tasks = tokio::task::JoinSet::new();
    for attempt in 0..40 {
        let store = store.clone();
        tasks.spawn(async move {
            let guild = if attempt % 2 == 0 { GUILD } else { OTHER_GUILD };
            let mut tx = store.begin().await.unwrap();
            let origin = format!("question:{attempt}");
            let ticket = tx.insert_ticket(guild, &new_ticket(&origin), NOW).await.unwrap().unwrap();
            // Every fourth is undone after it took its number.
            if attempt % 4 < 2 {
                tx.commit().await.unwrap();
                Some((guild, ticket.number))
            } else {
                None
            }
        });
    }
    let mut numbers: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
    numbers.sort_unstable();
    let expected: Vec<_> = [GUILD, OTHER_GUILD]
        .into_iter()
        .flat_map(|guild| (1..=10).map(move |number| (guild, TicketNumber(number))))
        .collect();
    assert_eq!(numbers, expected);
    let mut tx = store.begin().await.unwrap();
    let nowhere = tx.insert_ticket(GuildId(3), &new_ticket("question:x"), NOW).await.unwrap();
    assert!(nowhere.is_none(), "a server without a desk has no tickets");
}

async fn every_state_comes_back_as_it_was_saved(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let queued = open(&store, GUILD, "question:1").await;
    assert_eq!(queued.subject, new_ticket("").subject);
    assert_eq!(queued.offered, new_ticket("").offered);
    assert_eq!(queued.files, new_ticket("").files);
    let specialism = store.specialisms(GUILD).await.unwrap()[0].id;
    let mut tx = store.begin().await.unwrap();
    let texts = (Some("cable"), None);
    let hand_over = tx.insert_hand_over(queued.id, specialism, AGENT, texts, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let escalation = Escalation { id: hand_over, specialism, by: AGENT };

    let at = |minutes: u64| NOW + Duration::from_mins(minutes);
    let claimed = queued.clone().claim(AGENT, at(1)).unwrap();
    let escalated = claimed.clone().escalate(escalation, at(2)).unwrap();
    let accepted = escalated.clone().accept(SPECIALIST, at(3)).unwrap();
    let handed_back = accepted.clone().hand_back(at(4)).unwrap();
    let resolved_first = handed_back.clone().resolve(AGENT, "new toner".to_owned(), at(5)).unwrap();
    let resolved_second = accepted.clone().resolve(SPECIALIST, "new switch".to_owned(), at(5)).unwrap();
    let closed_second =
        resolved_second.clone().close(Some(REQUESTER), CloseReason::Confirmed, at(6)).unwrap();
    let states = [
        claimed.clone().release(at(2)).unwrap(),
        claimed,
        escalated,
        accepted,
        handed_back,
        resolved_first.clone(),
        resolved_second,
        resolved_first.clone().close(None, CloseReason::Silence, at(7)).unwrap(),
        closed_second.clone(),
        closed_second.reopen(at(8)).unwrap(),
        queued
            .clone()
            .close(Some(REQUESTER), CloseReason::Manual { text: Some("never mind".to_owned()) }, at(2))
            .unwrap(),
        queued.prioritise(Priority::P1),
    ];
    for state in states {
        let mut tx = store.begin().await.unwrap();
        tx.lock_ticket(GUILD, TicketKey::Id(state.id)).await.unwrap().unwrap();
        tx.save_ticket(&state).await.unwrap();
        tx.commit().await.unwrap();
        let read = store.ticket(GUILD, TicketKey::Id(state.id)).await.unwrap().unwrap();
        assert_eq!(read, state);
    }
}

async fn nothing_of_one_server_is_found_from_another(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let ticket = open(&store, GUILD, "question:1").await;
    let mut tx = store.begin().await.unwrap();
    tx.thread_made(ticket.id, ChannelId(500)).await.unwrap();
    tx.commit().await.unwrap();
    let keys =
        [TicketKey::Id(ticket.id), TicketKey::Number(ticket.number), TicketKey::Thread(ChannelId(500))];
    for key in keys {
        assert!(store.ticket(GUILD, key).await.unwrap().is_some(), "{key:?}");
        assert!(store.ticket(OTHER_GUILD, key).await.unwrap().is_none(), "{key:?}");
        let mut tx = store.begin().await.unwrap();
        assert!(tx.lock_ticket(OTHER_GUILD, key).await.unwrap().is_none(), "{key:?}");
    }
    assert!(store.tickets_of(OTHER_GUILD, REQUESTER, 10, 0).await.unwrap().is_empty());
    assert!(store.queue(OTHER_GUILD, 10, 0).await.unwrap().is_empty());
    let specialism = store.specialisms(GUILD).await.unwrap()[0].id;
    assert!(store.specialism(OTHER_GUILD, specialism).await.unwrap().is_none());
}

async fn one_origin_is_one_ticket(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let first = open(&store, GUILD, "question:1").await;
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.ticket_from(GUILD, "question:1").await.unwrap(), Some(first));
    assert_eq!(tx.ticket_from(OTHER_GUILD, "question:1").await.unwrap(), None);
    assert!(tx.insert_ticket(GUILD, &new_ticket("question:1"), NOW).await.is_err());
}

async fn jobs_run_in_order_and_one_at_a_time_for_each_ticket(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let (one, two) = (open(&store, GUILD, "question:1").await, open(&store, GUILD, "question:2").await);
    let mut tx = store.begin().await.unwrap();
    for (ticket, job) in
        [(&one, Job::CreateThread), (&two, Job::CreateThread), (&one, Job::AddMember { user: REQUESTER })]
    {
        tx.enqueue(GUILD, Lane::Ticket(ticket.id), &job, NOW).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(ready(&store, NOW).await, [Lane::Ticket(one.id), Lane::Ticket(two.id)]);
    assert_eq!(store.waiting_jobs().await.unwrap(), 3);

    let until = NOW + Duration::from_secs(30);
    let mut tx = store.begin().await.unwrap();
    let first = tx.lease_job(Lane::Ticket(one.id), NOW, until, store.process()).await.unwrap().unwrap();
    assert_eq!((&first.job, first.attempts), (&Job::CreateThread, 0));
    assert!(tx.lease_job(Lane::Ticket(one.id), NOW, until, None).await.unwrap().is_none(), "leased already");
    tx.commit().await.unwrap();
    assert_eq!(ready(&store, NOW).await, [Lane::Ticket(two.id)]);
    assert_eq!(ready(&store, until).await, [Lane::Ticket(one.id), Lane::Ticket(two.id)], "a lease runs out");

    let mut tx = store.begin().await.unwrap();
    let again = tx.lease_job(Lane::Ticket(one.id), until, until, store.process()).await.unwrap().unwrap();
    assert_eq!((again.id, again.attempts), (first.id, 1), "a second attempt knows of the first");
    tx.job_done(&again).await.unwrap();
    let second = tx.lease_job(Lane::Ticket(one.id), until, until, store.process()).await.unwrap().unwrap();
    assert_eq!(second.job, Job::AddMember { user: REQUESTER });
}

async fn whoever_was_too_slow_with_a_job_writes_nothing_about_it(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let ticket = open(&store, GUILD, "question:1").await;
    let lane = Lane::Ticket(ticket.id);
    let mut tx = store.begin().await.unwrap();
    tx.enqueue(GUILD, lane, &Job::CreateThread, NOW).await.unwrap();
    let slow = tx.lease_job(lane, NOW, NOW, store.process()).await.unwrap().unwrap();
    let quick = tx.lease_job(lane, NOW, NOW, store.process()).await.unwrap().unwrap();
    assert_eq!(slow.id, quick.id);
    assert!(!tx.job_done(&slow).await.unwrap());
    assert!(!tx.job_later(&slow, NOW + Duration::from_hours(1), "too slow").await.unwrap());
    assert!(!tx.bury_job(&slow, "too slow").await.unwrap());
    tx.commit().await.unwrap();
    assert!(store.dead_jobs(GUILD, 10).await.unwrap().is_empty());
    assert_eq!(store.next_delivery().await.unwrap(), Some(NOW), "it is as the other one left it");
    let mut tx = store.begin().await.unwrap();
    assert!(tx.job_done(&quick).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(store.waiting_jobs().await.unwrap(), 0);
}

/// The lanes with something to deliver, whatever their servers.
async fn ready(store: &Store, now: Timestamp) -> Vec<Lane> {
    store.ready_lanes(now, 10).await.unwrap().into_iter().map(|(_, lane)| lane).collect()
}

async fn servers_take_turns(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let mut lanes = Vec::new();
    for (guild, origin) in [(GUILD, "a"), (GUILD, "b"), (GUILD, "c"), (OTHER_GUILD, "d")] {
        let ticket = open(&store, guild, origin).await;
        let lane = Lane::Ticket(ticket.id);
        let mut tx = store.begin().await.unwrap();
        tx.enqueue(guild, lane, &Job::CreateThread, NOW).await.unwrap();
        tx.commit().await.unwrap();
        lanes.push(lane);
    }
    let turns = store.ready_lanes(NOW, 3).await.unwrap();
    assert_eq!(turns, [(GUILD, lanes[0]), (OTHER_GUILD, lanes[3]), (GUILD, lanes[1])]);
}

async fn a_failed_job_holds_up_its_ticket_and_a_buried_one_does_not(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let ticket = open(&store, GUILD, "question:1").await;
    let mut tx = store.begin().await.unwrap();
    tx.enqueue(GUILD, Lane::Ticket(ticket.id), &Job::CreateThread, NOW).await.unwrap();
    tx.enqueue(GUILD, Lane::Ticket(ticket.id), &Job::PostQueueCard, NOW).await.unwrap();
    let job = tx.lease_job(Lane::Ticket(ticket.id), NOW, NOW, store.process()).await.unwrap().unwrap();
    let later = NOW + Duration::from_secs(9);
    tx.job_later(&job, later, "Discord failed with 500").await.unwrap();
    assert!(
        tx.lease_job(Lane::Ticket(ticket.id), NOW, NOW, store.process()).await.unwrap().is_none(),
        "not before its time"
    );
    tx.commit().await.unwrap();
    assert!(store.ready_lanes(NOW, 10).await.unwrap().is_empty());
    assert_eq!(store.next_delivery().await.unwrap(), Some(NOW), "the second is due and waits for the first");

    let mut tx = store.begin().await.unwrap();
    tx.bury_job(&job, "Discord refused with 403").await.unwrap();
    let next = tx.lease_job(Lane::Ticket(ticket.id), NOW, NOW, store.process()).await.unwrap().unwrap();
    assert_eq!(next.job, Job::PostQueueCard);
    tx.commit().await.unwrap();
    let dead = store.dead_jobs(GUILD, 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].error, "Discord refused with 403");
    assert!(store.dead_jobs(OTHER_GUILD, 10).await.unwrap().is_empty());
}

async fn a_transaction_that_is_dropped_leaves_nothing(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let ticket = open(&store, GUILD, "question:1").await;
    {
        let mut tx = store.begin().await.unwrap();
        let locked = tx.lock_ticket(GUILD, TicketKey::Id(ticket.id)).await.unwrap().unwrap();
        let claimed = locked.claim(AGENT, NOW).unwrap();
        tx.save_ticket(&claimed).await.unwrap();
        tx.record(ticket.id, Some(AGENT), &What::Claimed, NOW).await.unwrap();
        tx.enqueue(GUILD, Lane::Ticket(ticket.id), &Job::UpdateCards, NOW).await.unwrap();
    }
    assert_eq!(store.ticket(GUILD, TicketKey::Id(ticket.id)).await.unwrap(), Some(ticket.clone()));
    assert!(store.events(ticket.id, 10).await.unwrap().is_empty());
    assert_eq!(store.waiting_jobs().await.unwrap(), 0);
}

/// A process that was stopped, or whose machine is gone, cannot say that it needs a row no more.
#[tokio::test]
async fn on_postgresql_whoever_stands_still_in_a_transaction_loses_what_it_has_locked() {
    let Some(fresh) = Fresh::new(Kind::Postgres).await else { return };
    let (still, other) = (with_desks(&fresh).await, fresh.store().await);
    let ticket = open(&still, GUILD, "question:1").await;
    let mut held = still.begin().await.unwrap();
    held.lock_ticket(GUILD, TicketKey::Id(ticket.id)).await.unwrap().unwrap();
    let mut tx = other.begin().await.unwrap();
    let locked =
        tokio::time::timeout(Duration::from_secs(15), tx.lock_ticket(GUILD, TicketKey::Id(ticket.id)));
    assert_eq!(locked.await.expect("it is let go").unwrap(), Some(ticket.clone()));
    assert!(held.save_ticket(&ticket).await.is_err(), "nothing can be written in the old transaction");
}

async fn timers_come_due_once(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let ticket = open(&store, GUILD, "question:1").await;
    let mut tx = store.begin().await.unwrap();
    tx.set_timer(GUILD, Lane::Ticket(ticket.id), Timer::AutoClose, NOW).await.unwrap();
    tx.set_timer(GUILD, Lane::Ticket(ticket.id), Timer::AutoClose, NOW + Duration::from_secs(5))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(store.due_timers(NOW, 10).await.unwrap().is_empty(), "set anew");
    assert_eq!(store.next_timer().await.unwrap(), Some(NOW + Duration::from_secs(5)));
    let due = store.due_timers(NOW + Duration::from_secs(5), 10).await.unwrap();
    assert_eq!(
        due.iter().map(|due| (due.lane, due.timer)).collect::<Vec<_>>(),
        [(Lane::Ticket(ticket.id), Timer::AutoClose)]
    );
    let mut tx = store.begin().await.unwrap();
    assert!(tx.cancel_timer(Lane::Ticket(ticket.id), Timer::AutoClose).await.unwrap());
    assert!(!tx.cancel_timer(Lane::Ticket(ticket.id), Timer::AutoClose).await.unwrap());
}

async fn a_question_is_solved_once_and_by_its_asker(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let question = AskedQuestion {
        id: QuestionId(77),
        guild: GUILD,
        asker: REQUESTER,
        text: "how\u{200b} do I…".to_owned(),
        language: Language::En,
        category: None,
        attachment: None,
        offered: new_ticket("").offered,
        asked_at: NOW,
    };
    let mut tx = store.begin().await.unwrap();
    tx.insert_question(&question).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.question(GUILD, question.id).await.unwrap(), Some(question.clone()));
    assert_eq!(store.question(OTHER_GUILD, question.id).await.unwrap(), None);
    let article = ArticleId("de/drucker".to_owned());
    let mut tx = store.begin().await.unwrap();
    assert!(!tx.solve_question(GUILD, question.id, AGENT, &article, NOW).await.unwrap());
    assert!(tx.solve_question(GUILD, question.id, REQUESTER, &article, NOW).await.unwrap());
    assert!(!tx.solve_question(GUILD, question.id, REQUESTER, &article, NOW).await.unwrap());
}

async fn set_up_again_keeps_numbers_and_specialisms(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    open(&store, GUILD, "question:1").await;
    let before = store.specialisms(GUILD).await.unwrap();
    let changed = DeskSettings { second_level: RoleId(299), language: Language::De, ..settings(GUILD) };
    let mut tx = store.begin().await.unwrap();
    tx.save_desk(&changed, NOW).await.unwrap();
    tx.save_specialism(GUILD, "Network", RoleId(300), None).await.unwrap();
    tx.save_specialism(GUILD, "Network", RoleId(301), Some(ChannelId(7))).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.desk(GUILD).await.unwrap(), Some(changed));
    assert_eq!(store.desk(GuildId(3)).await.unwrap(), None);
    let after = store.specialisms(GUILD).await.unwrap();
    assert_eq!(after[0].id, before[0].id);
    assert_eq!(after[0].role, RoleId(299));
    assert_eq!((after[1].role, after[1].channel), (RoleId(301), Some(ChannelId(7))));
    assert_eq!(open(&store, GUILD, "question:2").await.number, TicketNumber(2));

    let mut tx = store.begin().await.unwrap();
    assert!(tx.retire_specialism(GUILD, "Network").await.unwrap());
    assert!(!tx.retire_specialism(GUILD, "Network").await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(store.specialisms(GUILD).await.unwrap().len(), 1);
    assert!(store.specialism(GUILD, after[1].id).await.unwrap().is_some(), "its tickets still name it");
}

async fn the_queue_begins_with_the_earliest_deadline_and_ends_with_what_waits_for_its_requester(
    fresh: Fresh,
) {
    let store = with_desks(&fresh).await;
    let (waiting, calm, urgent, done) = (
        open(&store, GUILD, "question:0").await,
        open(&store, GUILD, "question:1").await,
        open(&store, GUILD, "question:2").await,
        open(&store, GUILD, "question:3").await,
    );
    let sooner = Some(NOW + Duration::from_mins(15));
    let done = done.close(None, CloseReason::Silence, NOW).unwrap();
    let waits = waiting.clone().claim(AGENT, NOW).unwrap().wait(NOW).unwrap();
    let saved = [
        Ticket { due_at: None, ..waits },
        Ticket { due_at: sooner, ..urgent.clone() },
        Ticket { due_at: None, ..done },
    ];
    for ticket in saved {
        let mut tx = store.begin().await.unwrap();
        tx.save_ticket(&ticket).await.unwrap();
        tx.commit().await.unwrap();
    }
    let queue = store.queue(GUILD, 10, 0).await.unwrap();
    assert_eq!(queue.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [urgent.id, calm.id, waiting.id]);
    let second_page: Vec<_> =
        store.queue(GUILD, 2, 2).await.unwrap().iter().map(|ticket| ticket.id).collect();
    assert_eq!((second_page, store.queue_length(GUILD).await.unwrap()), (vec![waiting.id], 3));
    assert_eq!(store.ticket_count_of(GUILD, REQUESTER).await.unwrap(), 4);
    let mut tx = store.begin().await.unwrap();
    let card = Posted { channel: ChannelId(101), message: MessageId(9) };
    tx.queue_card_posted(calm.id, card).await.unwrap();
    tx.thread_card_posted(calm.id, MessageId(8)).await.unwrap();
    tx.rate_ticket(calm.id, &Rating { stars: 5, comment: None }).await.unwrap();
    tx.commit().await.unwrap();
    let places = store.ticket_of_job(calm.id).await.unwrap().unwrap().places;
    assert_eq!((places.queue_channel, places.queue_card), (Some(ChannelId(101)), Some(MessageId(9))));
    assert!(store.hand_over(TicketId(1), EscalationId(1)).await.unwrap().is_none());
}

async fn what_is_kept_beside_the_state_comes_back(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let ticket = open(&store, GUILD, "question:1").await;
    assert_eq!(ticket.kept, Kept::default());
    let mut kept = Kept::default();
    kept.add_note(AGENT, NOW, "He said “it's 'broken'” 🖨️");
    kept.add_note(SPECIALIST, NOW, "Cable");
    kept.rating = Some(Rating { stars: 2, comment: Some("slow".to_owned()) });
    let mut tx = store.begin().await.unwrap();
    tx.save_notes(ticket.id, &kept.notes).await.unwrap();
    tx.rate_ticket(ticket.id, kept.rating.as_ref().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.ticket_of_job(ticket.id).await.unwrap().unwrap().kept, kept);
    let mut tx = store.begin().await.unwrap();
    tx.rate_ticket(ticket.id, &Rating { stars: 4, comment: None }).await.unwrap();
    tx.commit().await.unwrap();
    let rated = store.ticket_of_job(ticket.id).await.unwrap().unwrap().kept.rating;
    assert_eq!(rated, Some(Rating { stars: 4, comment: None }), "a later rating takes the comment with it");
}

async fn followers_are_found_and_redirected(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let mut tickets = Vec::new();
    for origin in ["question:1", "question:2", "question:3"] {
        tickets.push(open(&store, GUILD, origin).await);
    }
    let elsewhere = open(&store, OTHER_GUILD, "question:1").await;
    let numbers: Vec<_> = tickets.iter().map(|ticket| ticket.number).collect();
    let mut tx = store.begin().await.unwrap();
    tx.link_duplicate(tickets[1].id, Some(numbers[0])).await.unwrap();
    assert_eq!(tx.followers(GUILD, numbers[0]).await.unwrap(), [tickets[1].id]);
    assert_eq!(tx.followers(OTHER_GUILD, elsewhere.number).await.unwrap(), []);
    tx.redirect_followers(OTHER_GUILD, numbers[0], numbers[2]).await.unwrap();
    assert_eq!(
        tx.followers(GUILD, numbers[0]).await.unwrap(),
        [tickets[1].id],
        "another server changes nothing"
    );
    tx.redirect_followers(GUILD, numbers[0], numbers[2]).await.unwrap();
    assert_eq!(tx.followers(GUILD, numbers[2]).await.unwrap(), [tickets[1].id]);
    tx.link_duplicate(tickets[1].id, None).await.unwrap();
    assert_eq!(tx.followers(GUILD, numbers[2]).await.unwrap(), []);
    tx.commit().await.unwrap();
    let latest = store.latest_tickets(GUILD, 2).await.unwrap();
    assert_eq!(latest.iter().map(|ticket| ticket.number).collect::<Vec<_>>(), [numbers[2], numbers[1]]);
}

async fn an_incident_counts_each_person_and_ticket_once(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let ticket = open(&store, GUILD, "question:1").await;
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.open_incident_titled(GUILD, "Mail").await.unwrap(), None);
    let id = tx.insert_incident(GUILD, ("Mail", "slow"), AGENT, NOW).await.unwrap();
    assert_eq!(tx.open_incident_titled(GUILD, "Mail").await.unwrap(), Some(id));
    tx.link_incident(ticket.id, Some(id)).await.unwrap();
    assert!(tx.join_incident(id, REQUESTER, NOW).await.unwrap());
    assert!(!tx.join_incident(id, REQUESTER, NOW).await.unwrap());
    assert!(tx.join_incident(id, AGENT, NOW).await.unwrap());
    assert_eq!(tx.open_tickets_of(id, 10).await.unwrap(), [ticket.id]);
    tx.commit().await.unwrap();
    assert!(store.incident(OTHER_GUILD, id).await.unwrap().is_none());
    let open = store.open_incidents(10).await.unwrap();
    assert_eq!((open.len(), open[0].people, open[0].tickets), (1, 2, 1));
    assert_eq!(store.ticket_of_job(ticket.id).await.unwrap().unwrap().kept.incident, Some(id));

    let mut tx = store.begin().await.unwrap();
    assert!(tx.lock_incident(OTHER_GUILD, id).await.unwrap().is_none());
    assert!(tx.lock_incident(GUILD, id).await.unwrap().is_some());
    let end = End { by: SPECIALIST, at: NOW, solution: "new disk".to_owned() };
    tx.close_incident(id, &end).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.incident_of_job(id).await.unwrap().unwrap().end, Some(end));
    assert!(store.open_incidents(10).await.unwrap().is_empty());
}

async fn a_job_that_waits_untouched_is_not_queued_again(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let (lane, job) = (Lane::Desk(GUILD), Job::UpdateProposal { proposal: ProposalId(1) });
    let mut tx = store.begin().await.unwrap();
    for _ in 0..3 {
        tx.enqueue_once(GUILD, lane, &job, NOW).await.unwrap();
    }
    tx.enqueue_once(GUILD, lane, &Job::UpdateProposal { proposal: ProposalId(2) }, NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.waiting_jobs().await.unwrap(), 2);
    // One that is under way may have read what was there before.
    let mut tx = store.begin().await.unwrap();
    tx.lease_job(lane, NOW, NOW + Duration::from_secs(30), store.process()).await.unwrap().unwrap();
    tx.enqueue_once(GUILD, lane, &job, NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.waiting_jobs().await.unwrap(), 3);
}

async fn a_newer_database_is_refused(fresh: Fresh) {
    let store = fresh.store().await;
    store.close().await;
    let insert = "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, \
        execution_time) VALUES (9999, 'future', CURRENT_TIMESTAMP, TRUE, '', 0)";
    match &fresh.database {
        frontdesk::store::Database::Sqlite(path) => {
            let mut connection = connect_sqlite(path).await;
            sqlx::raw_sql(insert).execute(&mut connection).await.unwrap();
        }
        frontdesk::store::Database::Postgres(url) => {
            use secrecy::ExposeSecret as _;
            use sqlx::Connection as _;
            let mut connection = sqlx::PgConnection::connect(url.expose_secret()).await.unwrap();
            sqlx::raw_sql(insert).execute(&mut connection).await.unwrap();
        }
    }
    let refused = Store::open(&fresh.database).await.unwrap_err();
    assert!(matches!(refused, ConnectError::Newer(9999)), "{refused}");
}

async fn connect_sqlite(path: &std::path::Path) -> sqlx::SqliteConnection {
    use sqlx::ConnectOptions as _;
    sqlx::sqlite::SqliteConnectOptions::new().filename(path).connect().await.unwrap()
}
