//! A ticket's life and who may lead it, over generated histories.

use std::time::Duration;

use frontdesk::domain::actor::{Actor, Standing};
use frontdesk::domain::article::Language;
use frontdesk::domain::assessment::Assessment;
use frontdesk::domain::calendar::{Calendar, Range, Week};
use frontdesk::domain::id::{EscalationId, GuildId, MessageId, SpecialismId, TicketId, TicketNumber, UserId};
use frontdesk::domain::job::Timer;
use frontdesk::domain::kept::Kept;
use frontdesk::domain::ladder::Climb;
use frontdesk::domain::policy::{Action, Denied, check};
use frontdesk::domain::schedule::{
    REOPEN_WITHIN, Terms, closes_at, due_at, note_met, resolution_at, timers, timers_at,
};
use frontdesk::domain::ticket::{
    CloseReason, Escalation, Places, Priority, Status, StatusName, Ticket, TransitionError,
};
use frontdesk::domain::time::Timestamp;
use frontdesk::domain::watch::{Speaker, Watch};
use proptest::prelude::*;

const NETWORK: SpecialismId = SpecialismId(1);
const REQUESTER: UserId = UserId(1);
const BEN: UserId = UserId(2);
const BEA: UserId = UserId(3);
const SVEN: UserId = UserId(4);
const START: Timestamp = Timestamp(1_800_000_000_000);

fn ticket() -> Ticket {
    Ticket {
        id: TicketId(1),
        guild: GuildId(1),
        number: TicketNumber(1),
        requester: REQUESTER,
        requester_name: "Ana".to_owned(),
        language: Language::En,
        subject: "VPN".to_owned(),
        details: None,
        question: None,
        offered: Vec::new(),
        files: Vec::new(),
        category: None,
        priority: Priority::P3,
        assessment: Assessment::default(),
        status: Status::Queued,
        since: START,
        opened_at: START,
        first_response_at: None,
        resolved_at: None,
        due_at: Some(START),
        bounces: 0,
        reopened: 0,
        ladder: Climb::default(),
        watch: Watch::default(),
        places: Places::default(),
        kept: Kept::default(),
    }
}

fn escalation() -> Escalation {
    Escalation { id: EscalationId(1), specialism: NETWORK, by: BEN }
}

#[derive(Clone, Debug)]
enum Move {
    Claim(UserId),
    Release,
    Assign(UserId),
    Escalate,
    Accept,
    HandBack,
    TakeBack,
    Resolve(UserId),
    Close,
    Reopen,
    Prioritise(Priority),
    Wait,
    GoOn,
    Hear(Speaker),
}

fn moves() -> impl Strategy<Value = Move> {
    let agent = prop_oneof![Just(BEN), Just(BEA), Just(SVEN)];
    prop_oneof![
        agent.clone().prop_map(Move::Claim),
        Just(Move::Release),
        agent.clone().prop_map(Move::Assign),
        Just(Move::Escalate),
        Just(Move::Accept),
        Just(Move::HandBack),
        Just(Move::TakeBack),
        agent.prop_map(Move::Resolve),
        Just(Move::Close),
        Just(Move::Reopen),
        proptest::sample::select(&Priority::ALL[..]).prop_map(Move::Prioritise),
        Just(Move::Wait),
        Just(Move::GoOn),
        Just(Move::Hear(Speaker::Requester)),
        prop_oneof![Just(BEN), Just(SVEN)].prop_map(|user| Move::Hear(Speaker::Staff(user))),
    ]
}

fn make(ticket: Ticket, made: &Move, now: Timestamp) -> Result<Ticket, TransitionError> {
    match *made {
        Move::Claim(agent) => ticket.claim(agent, now),
        Move::Release => ticket.release(now),
        Move::Assign(agent) => ticket.assign(agent, now),
        Move::Escalate => ticket.escalate(escalation(), now),
        Move::Accept => ticket.accept(SVEN, now),
        Move::HandBack => ticket.hand_back(now),
        Move::TakeBack => ticket.take_back(now),
        Move::Resolve(solver) => ticket.resolve(solver, "done".to_owned(), now),
        Move::Close => ticket.close(None, CloseReason::Silence, now),
        Move::Reopen => ticket.reopen(now),
        Move::Prioritise(priority) => Ok(ticket.prioritise(priority)),
        Move::Wait => ticket.wait(now),
        Move::GoOn => ticket.go_on(now),
        Move::Hear(speaker) => {
            let message = MessageId(now.0);
            Ok(ticket.clone().hear(speaker, message, now).map_or(ticket, |(heard, _)| heard))
        }
    }
}

proptest! {
    #[test]
    fn no_history_reaches_an_impossible_state(history in prop::collection::vec((moves(), 0_u64..600), 0..60)) {
        let mut ticket = ticket();
        let mut now = START;
        for (made, minutes) in history {
            now = now + Duration::from_mins(minutes);
            let before = ticket.clone();
            let Ok(mut after) = make(ticket.clone(), &made, now) else { continue };
            note_met(&mut after, &office_hours());
            let (response, solution) = (after.watch.response, after.watch.solution);
            prop_assert_eq!(response.is_some(), after.first_response_at.is_some());
            prop_assert_eq!(solution.is_some(), after.resolved_at.is_some());
            prop_assert!(before.watch.response.is_none() || response == before.watch.response, "measured once");
            let is_waited_for = after.waiting_since().is_some();
            for terms in [Terms::default(), office_hours()] {
                let due = due_at(&after, &terms);
                prop_assert_eq!(due.is_some(), after.status.is_open() && !is_waited_for, "{:?}", after.status);
                // Whatever people do, the time that was promised to the requester never becomes less.
                if let (Some(due), Some(before)) = (resolution_at(&after, &terms), resolution_at(&before, &terms))
                    && !matches!(made, Move::Prioritise(_))
                {
                    prop_assert!(due >= before, "{made:?} moved {before} back to {due}");
                }
                let set = timers(&after, &terms);
                for (timer, at) in timers_at(&after, &terms, now) {
                    let rings_now = at <= now;
                    let is_on_duty = terms.on_duty(after.priority, now) == now;
                    prop_assert!(!rings_now || is_on_duty || !timer.calls_people(), "{timer:?} rings at night");
                }
                let mut kinds: Vec<_> = set.iter().map(|(timer, _)| timer.code()).collect();
                kinds.sort_unstable();
                kinds.dedup();
                prop_assert_eq!(kinds.len(), set.len(), "a timer is there twice");
                prop_assert_eq!(set.is_empty(), matches!(after.status, Status::Closed { .. }));
            }
            let has_somebody_to_wait = matches!(after.status.name(), StatusName::Claimed | StatusName::Accepted);
            prop_assert!(!is_waited_for || has_somebody_to_wait);
            prop_assert_eq!(after.watch.stopped_since.is_some(), !after.status.is_open() || is_waited_for);
            prop_assert!(after.watch.pauses.is_sorted_by(|one, next| one.from <= one.to && one.to <= next.from));
            prop_assert_eq!(
                after.resolved_at.is_some() && after.status.is_open(), false,
                "an open ticket is not resolved"
            );
            let has_holder = matches!(after.status.name(), StatusName::Claimed | StatusName::Accepted | StatusName::Resolved);
            prop_assert!(!has_holder || after.status.holder().is_some());
            prop_assert!(after.bounces >= before.bounces && after.reopened >= before.reopened);
            prop_assert!(before.first_response_at.is_none() || after.first_response_at == before.first_response_at);
            prop_assert_eq!(after.requester, before.requester);
            if !matches!(made, Move::Prioritise(_) | Move::Wait | Move::GoOn | Move::Hear(_)) {
                prop_assert_eq!(after.since, now);
                prop_assert_ne!(&after.status, &before.status);
            }
            ticket = after;
        }
    }
}

/// Monday to Friday, 8 to 16 in Berlin.
fn office_hours() -> Terms {
    let mut days: [Vec<Range>; 7] = Default::default();
    for day in &mut days[..5] {
        day.push(Range { from: 8 * 60, to: 16 * 60 });
    }
    let zone = frontdesk::domain::calendar::zone("Europe/Berlin").unwrap();
    Terms { calendar: Some(Calendar::new(zone, Week::new(days))), ..Terms::default() }
}

fn berlin(text: &str) -> Timestamp {
    Timestamp(chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis())
}

#[test]
fn the_clock_stands_while_the_requester_is_waited_for_and_while_it_is_solved() {
    let terms = office_hours();
    // A Friday. P3 has one working day of eight hours.
    let opened = berlin("2026-11-20T14:00:00+01:00");
    let ticket = Ticket { opened_at: opened, since: opened, ..ticket() };
    assert_eq!(due_at(&ticket, &terms), Some(berlin("2026-11-23T10:00:00+01:00")), "four hours to answer");
    let claimed = ticket.claim(BEN, opened).unwrap();
    assert_eq!(due_at(&claimed, &terms), Some(berlin("2026-11-23T14:00:00+01:00")));
    let waiting = claimed.wait(berlin("2026-11-20T15:00:00+01:00")).unwrap();
    assert_eq!((due_at(&waiting, &terms), resolution_at(&waiting, &terms)), (None, None));
    let back = berlin("2026-11-24T12:00:00+01:00");
    let (answered, _) = waiting.clone().hear(Speaker::Requester, MessageId(1), back).unwrap();
    // One hour was used on Friday; the other seven begin on Tuesday at noon.
    assert_eq!(due_at(&answered, &terms), Some(berlin("2026-11-25T11:00:00+01:00")));
    assert_eq!(terms.ran(answered.priority, &answered.watch, opened, back), Duration::from_hours(1));
    let late = waiting.hear(Speaker::Requester, MessageId(1), back).unwrap().0;
    assert_eq!(
        late.hear(Speaker::Requester, MessageId(1), back),
        None,
        "an event that comes twice counts once"
    );

    let solved = answered.resolve(BEN, "done".to_owned(), berlin("2026-11-24T14:00:00+01:00")).unwrap();
    let reopened = solved.reopen(berlin("2026-11-30T08:00:00+01:00")).unwrap();
    assert_eq!(due_at(&reopened, &terms), Some(berlin("2026-11-30T13:00:00+01:00")), "five hours are left");
}

#[test]
fn pings_wait_for_the_next_opening_unless_a_priority_runs_around_the_clock() {
    let mut terms = office_hours();
    let evening = berlin("2026-11-20T15:50:00+01:00");
    let urgent = Ticket { opened_at: evening, since: evening, priority: Priority::P1, ..ticket() };
    let when = |ticket: &Ticket, terms: &Terms, wanted: Timer| {
        timers(ticket, terms).into_iter().find(|(timer, _)| *timer == wanted).map(|(_, at)| at)
    };
    assert_eq!(when(&urgent, &terms, Timer::Overdue), Some(berlin("2026-11-23T08:05:00+01:00")));
    let last_minute = Ticket { opened_at: berlin("2026-11-20T15:45:00+01:00"), ..urgent.clone() };
    assert_eq!(due_at(&last_minute, &terms), Some(berlin("2026-11-20T16:00:00+01:00")));
    assert_eq!(when(&last_minute, &terms, Timer::Overdue), Some(berlin("2026-11-23T08:00:00+01:00")));
    terms.sla.of_mut(Priority::P1).around_the_clock = true;
    assert_eq!(when(&urgent, &terms, Timer::Overdue), Some(berlin("2026-11-20T16:05:00+01:00")));
    assert_eq!(when(&urgent, &terms, Timer::DueSoon), Some(evening + Duration::from_secs(15 * 45)));
}

#[test]
fn a_requester_who_writes_after_the_solution_is_not_silent() {
    let solved = ticket().claim(BEN, START).unwrap().resolve(BEN, "done".to_owned(), START).unwrap();
    let day = Duration::from_hours(24);
    assert_eq!(closes_at(&solved), Some(START + day * 3));
    let (thanked, _) = solved.clone().hear(Speaker::Requester, MessageId(1), START + day).unwrap();
    assert_eq!(closes_at(&thanked), Some(START + day * 4));
    assert!(timers(&thanked, &Terms::default()).iter().any(|(timer, _)| *timer == Timer::AnswerOwed));
    let closes = |ticket: &Ticket| {
        let timers = timers(ticket, &office_hours()).into_iter();
        timers.filter(|(timer, _)| *timer == Timer::AutoClose).map(|(_, at)| at).next()
    };
    assert_eq!(closes(&solved), None, "nobody was told");
    let told = |at| Ticket { watch: Watch { told_at: Some(at), ..solved.watch.clone() }, ..solved.clone() };
    assert_eq!(closes(&told(START + day * 2)), Some(START + day * 3));
    assert_eq!(closes(&told(START + day * 4)), Some(START + day * 5));
}

#[test]
fn of_two_claims_the_second_learns_who_was_first() {
    let claimed = ticket().claim(BEN, START).unwrap();
    let later = START + Duration::from_secs(1);
    assert_eq!(claimed.claim(BEA, later), Err(TransitionError::Taken { holder: BEN, since: START }));
}

#[test]
fn a_handed_back_ticket_returns_to_the_agent_who_escalated_it() {
    let accepted = ticket().claim(BEN, START).unwrap().escalate(escalation(), START).unwrap();
    let back = accepted.accept(SVEN, START).unwrap().hand_back(START).unwrap();
    assert_eq!(back.status, Status::Claimed { agent: BEN });
    assert_eq!(back.bounces, 1);
}

#[test]
fn an_accepted_ticket_that_is_taken_back_waits_for_its_specialism_and_is_no_bounce() {
    let escalated = ticket().claim(BEN, START).unwrap().escalate(escalation(), START).unwrap();
    let accepted = escalated.accept(SVEN, START).unwrap();
    let idle = timers(&accepted, &Terms::default()).into_iter().find(|(timer, _)| *timer == Timer::Idle);
    let (_, idle) = idle.expect("second level can be idle, too");
    assert_eq!(idle, START + Duration::from_hours(2 * 24));
    let back = accepted.take_back(idle).unwrap();
    assert_eq!((&back.status, back.bounces), (&Status::Escalated(escalation()), 0));
    assert_eq!(Climb::anew(&Terms::default(), back.priority, idle), Climb { steps: 0, next_at: Some(idle) });
}

#[test]
fn a_reopened_ticket_returns_to_whoever_solved_it_but_not_for_ever() {
    let solved = ticket().escalate(escalation(), START).unwrap().accept(SVEN, START).unwrap();
    let closed = solved
        .resolve(SVEN, "new route".to_owned(), START)
        .unwrap()
        .close(Some(REQUESTER), CloseReason::Confirmed, START)
        .unwrap();
    let reopened = closed.clone().reopen(START + REOPEN_WITHIN).unwrap();
    assert_eq!(reopened.status, Status::Accepted { specialist: SVEN, escalation: escalation() });
    let too_late = START + REOPEN_WITHIN + Duration::from_millis(1);
    assert_eq!(closed.reopen(too_late), Err(TransitionError::TooLate { closed: START }));
}

fn actor(user: UserId, standing: Standing) -> Actor {
    Actor { guild: GuildId(1), user, name: String::new(), language: Language::En, standing }
}

#[test]
fn everybody_may_do_what_is_theirs_and_nothing_else() {
    let first_level = Standing { first_level: true, ..Standing::default() };
    let network = Standing { specialisms: vec![NETWORK], ..Standing::default() };
    let other = Standing { specialisms: vec![SpecialismId(2)], ..Standing::default() };
    let (ana, ben, bea) =
        (actor(REQUESTER, Standing::default()), actor(BEN, first_level.clone()), actor(BEA, first_level));
    let (sven, olga) = (actor(SVEN, network), actor(UserId(5), other));
    let stranger = actor(UserId(6), Standing::default());
    let manager = actor(UserId(7), Standing { manager: true, ..Standing::default() });

    let queued = ticket();
    let claimed = ticket().claim(BEN, START).unwrap();
    let escalated = claimed.clone().escalate(escalation(), START).unwrap();
    let accepted = escalated.clone().accept(SVEN, START).unwrap();

    let by_ben = Denied::HolderOnly { holder: BEN, since: START };
    let by_sven = Denied::HolderOnly { holder: SVEN, since: START };
    let network_only = Denied::SpecialistsOnly { specialism: NETWORK };
    let cases = [
        (&ana, Action::Claim, &queued, Err(Denied::FirstLevelOnly)),
        (&sven, Action::Claim, &queued, Err(Denied::FirstLevelOnly)),
        (&ben, Action::Claim, &queued, Ok(())),
        (&bea, Action::Release, &claimed, Err(by_ben)),
        (&manager, Action::Release, &claimed, Ok(())),
        (&bea, Action::Assign, &claimed, Ok(())),
        (&bea, Action::Escalate, &claimed, Err(by_ben)),
        (&ben, Action::Escalate, &claimed, Ok(())),
        (&sven, Action::Escalate, &claimed, Err(Denied::FirstLevelOnly)),
        (&sven, Action::Accept, &escalated, Ok(())),
        (&olga, Action::Accept, &escalated, Err(network_only)),
        (&ben, Action::Accept, &escalated, Err(network_only)),
        (&sven, Action::HandBack, &accepted, Ok(())),
        (&ben, Action::HandBack, &accepted, Err(network_only)),
        (&ben, Action::Wait, &claimed, Ok(())),
        (&bea, Action::Wait, &claimed, Err(by_ben)),
        (&ana, Action::Wait, &claimed, Err(Denied::StaffOnly)),
        (&ben, Action::Wait, &accepted, Err(by_sven)),
        (&ben, Action::Resolve, &escalated, Ok(())),
        (&bea, Action::Resolve, &escalated, Err(network_only)),
        (&ben, Action::Resolve, &accepted, Err(by_sven)),
        (&sven, Action::Resolve, &accepted, Ok(())),
        (&ana, Action::Resolve, &claimed, Err(Denied::StaffOnly)),
        (&ana, Action::Confirm, &claimed, Ok(())),
        (&ben, Action::Confirm, &claimed, Err(Denied::RequesterOnly)),
        (&ana, Action::Close, &claimed, Ok(())),
        (&stranger, Action::Close, &claimed, Err(Denied::StaffOnly)),
        (&stranger, Action::Info, &claimed, Err(Denied::StaffOnly)),
        (&stranger, Action::Reopen, &claimed, Err(Denied::StaffOnly)),
        (&ana, Action::Note, &claimed, Err(Denied::StaffOnly)),
        (&manager, Action::Note, &claimed, Err(Denied::StaffOnly)),
        (&ana, Action::Rate, &claimed, Ok(())),
        (&ben, Action::Rate, &claimed, Err(Denied::RequesterOnly)),
    ];
    for (who, action, ticket, expected) in cases {
        assert_eq!(check(who, action, ticket), expected, "{action:?} by {} on {:?}", who.user, ticket.status);
    }
}
