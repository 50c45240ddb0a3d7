//! The rules against a month that was counted by hand, and over generated facts.

use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;
use crate::domain::calendar::{Calendar, Range, Week};
use crate::domain::schedule::{Span, Terms};
use crate::domain::watch::{Met, Pause};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// Sunday, 1 November 2026, 00:00 UTC.
const NOVEMBER: i64 = 1_793_491_200_000;
const MONTH: Period = Period { from: Timestamp(NOVEMBER), to: Timestamp(NOVEMBER + 30 * DAY) };
/// 10 December, long after everything.
const NOW: Timestamp = Timestamp(NOVEMBER + 39 * DAY);

/// A moment of November; the 31st is the first of December.
fn at(day: i64, hour: i64, minute: i64) -> Timestamp {
    Timestamp(NOVEMBER + (day - 1) * DAY + hour * HOUR + minute * 60_000)
}

/// A ticket of priority P3 (first response within 4 hours, solution within 24), solved by its one agent and closed.
fn case(opened: Timestamp, taken: Timestamp, solved: Timestamp) -> Case {
    Case {
        opened_at: opened,
        first_response_at: Some(taken),
        resolved_at: Some(solved),
        status: StatusName::Closed,
        priority: Priority::P3,
        category: None,
        is_escalated: false,
        bounces: 0,
        reopened: 0,
        takes: 1,
        rating: None,
        watch: Watch::default(),
    }
}

fn in_category(category: &str, case: Case) -> Case {
    Case { category: Some(category.to_owned()), ..case }
}

fn cases() -> Vec<Case> {
    vec![
        // 1: taken after 10 minutes, solved after 2 hours.
        in_category("printing", Case { rating: Some(5), ..case(at(2, 9, 0), at(2, 9, 10), at(2, 11, 0)) }),
        // 2: taken after 30 minutes, handed over, solved after 48 hours: too late.
        in_category(
            "network",
            Case { is_escalated: true, rating: Some(3), ..case(at(3, 9, 0), at(3, 9, 30), at(5, 9, 0)) },
        ),
        // 3: taken after 5 hours: too late. Handed over, handed back, solved after 12 hours.
        in_category(
            "network",
            Case {
                is_escalated: true,
                bounces: 1,
                takes: 2,
                ..case(at(4, 9, 0), at(4, 14, 0), at(4, 21, 0))
            },
        ),
        // 4: taken after 20 minutes, reopened, solved again exactly 24 hours after it was opened: just in time.
        in_category("printing", Case { reopened: 1, ..case(at(5, 10, 0), at(5, 10, 20), at(6, 10, 0)) }),
        // 5: taken after an hour, solved, reopened and not solved again: overdue.
        Case {
            resolved_at: None,
            reopened: 1,
            status: StatusName::Claimed,
            ..case(at(28, 9, 0), at(28, 10, 0), at(28, 11, 0))
        },
        // 6: opened in the last minute of the month and never taken: overdue in both.
        Case {
            first_response_at: None,
            resolved_at: None,
            takes: 0,
            status: StatusName::Queued,
            ..case(at(30, 23, 59), at(30, 23, 59), at(30, 23, 59))
        },
        // 7: opened twelve days before the month, through three hands, solved in its first instant.
        Case {
            takes: 3,
            ..case(Timestamp(NOVEMBER - 12 * DAY), Timestamp(NOVEMBER - 11 * DAY), at(1, 0, 0))
        },
        // 8: taken after 40 minutes, solved in the first instant of December, after 36 hours: too late.
        case(at(29, 12, 0), at(29, 12, 40), at(31, 0, 0)),
        // 9: closed by its requester before anybody took it.
        Case {
            first_response_at: None,
            resolved_at: None,
            takes: 0,
            ..case(at(10, 9, 0), at(10, 9, 0), at(10, 9, 0))
        },
    ]
}

fn asked(day: i64) -> Asked {
    Asked {
        at: at(day, 12, 0),
        is_answered: true,
        is_solved: false,
        became_ticket: false,
        next_ticket_at: None,
    }
}

fn questions_of_november() -> Vec<Asked> {
    let a_day_later = at(6, 12, 0);
    vec![
        // Confirmed, in the first instant of the month.
        Asked { at: at(1, 0, 0), is_solved: true, ..asked(1) },
        // Assumed: answered, and nothing more was heard.
        asked(2),
        // A ticket from it.
        Asked { became_ticket: true, next_ticket_at: Some(at(3, 12, 1)), ..asked(3) },
        // Another ticket a minute before 24 hours were over.
        Asked { next_ticket_at: Some(at(5, 11, 59)), ..asked(4) },
        // Another ticket when 24 hours were over: assumed.
        Asked { next_ticket_at: Some(a_day_later), ..asked(5) },
        // Nothing found, no ticket: given up.
        Asked { is_answered: false, ..asked(7) },
        // Confirmed, and an hour later a ticket about something else.
        Asked { is_solved: true, next_ticket_at: Some(at(8, 13, 0)), ..asked(8) },
        // Said to be solved, then a ticket from it after all.
        Asked { is_solved: true, became_ticket: true, next_ticket_at: Some(at(9, 13, 0)), ..asked(9) },
        // In the first instant of December: not November's.
        Asked { at: at(31, 0, 0), ..asked(31) },
    ]
}

fn facts_of_november() -> Facts {
    let waiting =
        |opened_at, due_at, is_second_level| Waiting { opened_at, due_at: Some(due_at), is_second_level };
    Facts {
        cases: cases(),
        questions: questions_of_november(),
        waiting: vec![
            // 5 and 6, overdue, and one of December that is not.
            waiting(at(28, 9, 0), at(29, 9, 0), false),
            waiting(at(30, 23, 59), at(31, 3, 59), false),
            waiting(at(38, 0, 0), at(41, 0, 0), true),
            // One whose requester was asked for something: long open, and not overdue.
            Waiting { opened_at: at(20, 0, 0), due_at: None, is_second_level: false },
        ],
        closed_unsolved: 1,
        gaps: gaps_of_november(),
    }
}

/// Seven groups of unsolved questions, of which a report names five.
fn gaps_of_november() -> Vec<Gap> {
    let gap = |question: &str, people, times, tickets| Gap {
        question: question.to_owned(),
        people,
        times,
        tickets,
    };
    vec![
        gap("Where is the moon?", 1, 1, 0),
        gap("How do I share a calendar?", 3, 4, 2),
        gap("Where is the sun?", 1, 9, 0),
        gap("How do I scan?", 3, 4, 3),
        gap("Where is the car park?", 2, 2, 0),
        gap("Where is the canteen?", 2, 2, 0),
        gap("Who has the key?", 1, 1, 1),
    ]
}

fn november() -> Report {
    count(MONTH, NOW, &facts_of_november(), &Terms::default())
}

/// Monday to Friday, 8 to 16 in UTC: a working day of eight hours. P3 is promised a first response within 4 hours and a
/// solution within a day.
fn office_hours() -> Terms {
    let mut days: [Vec<Range>; 7] = Default::default();
    for day in &mut days[..5] {
        day.push(Range { from: 8 * 60, to: 16 * 60 });
    }
    Terms { calendar: Some(Calendar::new(Tz::UTC, Week::new(days))), ..Terms::default() }
}

fn rate(count: u32, of: u32) -> Rate {
    Rate { count, of }
}

#[test]
fn tickets_are_counted_as_by_hand() {
    let report = november();
    // Opened: all but 7. Solved: 1, 2, 3, 4 and 7.
    assert_eq!((report.opened, report.solved, report.closed_unsolved), (8, 5, 1));
    // Never handed over: 1, 4 and 7.
    assert_eq!(report.first_level_resolution, rate(3, 5));
    // Of these 4 was reopened and 7 went through three hands.
    assert_eq!(report.first_contact_resolution, rate(1, 5));
    assert_eq!(report.reopened, rate(1, 5));
    // 2 and 3; of these 3 came back.
    assert_eq!(report.escalated, rate(2, 8));
    assert_eq!(report.bounced, rate(1, 2));
    // In time 1, 2, 4, 5 and 8, late 3, overdue 6; nothing owed to 9.
    assert_eq!(report.first_response_in_time, rate(5, 7));
    // In time 1, 3 and 4, late 2 and 8, overdue 5 and 6; nothing owed to 9.
    assert_eq!(report.resolution_in_time, rate(3, 7));
    // 5 and 3.
    assert_eq!(report.rating, Rating { count: 2, mean: Some(4.0) });
}

#[test]
fn times_are_counted_as_by_hand() {
    let report = november();
    // Minutes: 10, 20, 30, 40, 60 and 300. The middle lies between 30 and 40; nine in ten of six are all six.
    let minutes = Duration::from_mins;
    assert_eq!(report.first_response, Some(Spread { median: minutes(35), p90: minutes(300) }));
    // Hours: 2, 12, 24, 48 and 288.
    let hours = Duration::from_hours;
    assert_eq!(report.resolution, Some(Spread { median: hours(24), p90: hours(288) }));
    let backlog = Backlog {
        open: 4,
        second_level: 1,
        waiting_for_requester: 1,
        overdue: 2,
        // Days: 2, 9 and a minute, 11 and 15 hours, 20. The middle lies between the two in it.
        median_age: Some((hours(9 * 24) + minutes(1) + hours(11 * 24 + 15)) / 2),
        oldest_age: Some(hours(20 * 24)),
    };
    assert_eq!(report.backlog, backlog);
}

#[test]
fn working_time_is_counted_as_by_hand() {
    let report = count(MONTH, NOW, &facts_of_november(), &office_hours());
    let (minutes, hours) = (Duration::from_mins, Duration::from_hours);
    // By the clock on the wall nothing is different.
    assert_eq!(report.first_response, november().first_response);
    assert_eq!(report.resolution, november().resolution);
    // Minutes: 5 and 8 were taken on a weekend and none passed; then 10 (1), 20 (4), 30 (2) and 300 (3).
    assert_eq!(report.first_response_working, Some(Spread { median: minutes(15), p90: minutes(300) }));
    // Hours: 1 in 2; 2 in 7 of Tuesday, 8 of Wednesday and 1 of Thursday; 3 in 7 of the 12, because the desk closed;
    // 4 in 6 and 2; 7 in 9 days of 8. So 2, 7, 8, 16 and 72.
    assert_eq!(report.resolution_working, Some(Spread { median: hours(8), p90: hours(72) }));
    // As by the clock: only 3 is late.
    assert_eq!(report.first_response_in_time, rate(5, 7));
    // In time 1, 3, 4 (after exactly a working day) and 8, whose Sunday does not count; late 2; overdue 5 and 6.
    assert_eq!(report.resolution_in_time, rate(4, 7));
    assert!(report.has_opening_hours && !november().has_opening_hours);
}

#[test]
fn a_wait_for_the_requester_is_not_working_time() {
    let mut facts = facts_of_november();
    // From 10 on Tuesday until 8 on Thursday the requester of 2 was asked for something: an hour before and one after.
    facts.cases[1].watch =
        Watch { pauses: vec![Pause { from: at(3, 10, 0), to: at(5, 8, 0) }], ..Watch::default() };
    let report = count(MONTH, NOW, &facts, &office_hours());
    assert_eq!(report.resolution, november().resolution, "the requester had to wait for all of it");
    // Hours: 2, 2, 7, 8 and 72.
    let hours = Duration::from_hours;
    assert_eq!(report.resolution_working, Some(Spread { median: hours(7), p90: hours(72) }));
    assert_eq!(report.resolution_in_time, rate(5, 7));
    // Without opening hours the same is 2 hours of 48, and in time as well.
    let report = count(MONTH, NOW, &facts, &Terms::default());
    assert_eq!(report.resolution_working, Some(Spread { median: hours(12), p90: hours(288) }));
    assert_eq!(report.resolution_in_time, rate(4, 7));
}

#[test]
fn what_was_promised_when_it_was_done_counts_whatever_is_promised_now() {
    let (minutes, hours) = (Duration::from_mins, Duration::from_hours);
    let met = |took, promised| Some(Met::new(took, promised));
    let mut facts = facts_of_november();
    // 1 was urgent when it was taken (10 minutes of 15) and solved (2 hours of 4). 2 was promised 5 minutes and taken after
    // 30, and 3 days for its solution of 2. 4 had its first response of 20 minutes of 15 measured, and its solution not.
    facts.cases[0].watch = Watch {
        response: met(minutes(10), minutes(15)),
        solution: met(hours(2), hours(4)),
        ..Watch::default()
    };
    facts.cases[1].watch = Watch {
        response: met(minutes(30), minutes(5)),
        solution: met(hours(48), hours(72)),
        ..Watch::default()
    };
    facts.cases[3].watch = Watch { response: met(minutes(20), minutes(15)), ..Watch::default() };
    let report = count(MONTH, NOW, &facts, &Terms::default());
    // In time 1, 5 and 8, late 2, 3 and 4, overdue 6.
    assert_eq!(report.first_response_in_time, rate(3, 7));
    // In time 1, 2, 3 and 4, late 8, overdue 5 and 6.
    assert_eq!(report.resolution_in_time, rate(4, 7));

    // Then five minutes are promised for everything, and the desk opens on Sundays only.
    let mut terms = Terms::default();
    let mut days: [Vec<Range>; 7] = Default::default();
    days[6].push(Range { from: 0, to: 24 * 60 });
    terms.calendar = Some(Calendar::new(Tz::UTC, Week::new(days)));
    for priority in Priority::ALL {
        let promise = terms.sla.of_mut(priority);
        (promise.first_response, promise.resolution) = (Span::Minutes(5), Span::Minutes(5));
    }
    let changed = count(MONTH, NOW, &Facts { cases: facts.cases[..2].to_vec(), ..facts }, &terms);
    assert_eq!((changed.first_response_in_time, changed.resolution_in_time), (rate(1, 2), rate(2, 2)));
    let spread = |median, p90| Some(Spread { median, p90 });
    assert_eq!(changed.first_response_working, spread(minutes(20), minutes(30)), "no Sunday is among them");
    assert_eq!(changed.resolution_working, spread(hours(25), hours(48)));
}

#[test]
fn gaps_are_ordered_by_people_and_the_first_are_named() {
    let named: Vec<_> = november().gaps.into_iter().map(|gap| gap.question).collect();
    let expected = [
        // 3 people, 4 times; more tickets first.
        "How do I scan?",
        "How do I share a calendar?",
        // Among equals by their words.
        "Where is the canteen?",
        "Where is the car park?",
        // 1 person, 9 times.
        "Where is the sun?",
    ];
    assert_eq!(named, expected);
}

#[test]
fn days_begin_where_the_desk_is() {
    let hours = office_hours().calendar.map(|calendar| Calendar { zone: Tz::Europe__Berlin, ..calendar });
    let terms = Terms { calendar: hours, ..Terms::default() };
    // November in Berlin begins an hour before UTC's, and so does each day of it.
    let period = Period { from: Timestamp(MONTH.from.0 - HOUR), to: Timestamp(MONTH.to.0 - HOUR) };
    let report = count(period, NOW, &facts_of_november(), &terms);
    assert_eq!(
        (report.first_day.to_string(), report.last_day.to_string()),
        ("2026-11-01".into(), "2026-11-30".into())
    );
    assert_eq!(report.series[1].from, at(1, 23, 0));
}

#[test]
fn questions_are_counted_as_by_hand() {
    let report = november();
    let expected = Questions { asked: 8, confirmed: 2, assumed: 2, ticket: 3, given_up: 1, undecided: 0 };
    assert_eq!(report.questions, expected);
    assert_eq!(report.deflection_confirmed, rate(2, 8));
    assert_eq!(report.deflection, rate(4, 8));
    // Half an hour after the question of the second, only the first one's fate is known.
    let early = count(
        MONTH,
        at(2, 12, 30),
        &Facts { questions: questions_of_november()[..2].to_vec(), ..Facts::default() },
        &Terms::default(),
    );
    assert_eq!((early.questions.undecided, early.deflection), (1, rate(1, 1)));
}

#[test]
fn categories_and_days_are_counted_as_by_hand() {
    let report = november();
    let categories: Vec<_> =
        report.categories.iter().map(|category| (category.name.as_deref(), category.tickets)).collect();
    assert_eq!(categories, [(None, 4), (Some("network"), 2), (Some("printing"), 2)]);
    assert_eq!((report.step, report.series.len()), (Step::Day, 30));
    let day = |day: usize| {
        let tally = report.series[day - 1];
        (tally.opened, tally.solved, tally.deflected)
    };
    // 7 solved and the first question confirmed; 1 opened and solved; 4 solved; 8 opened.
    assert_eq!(day(1), (0, 1, 1));
    assert_eq!(day(2), (1, 1, 1));
    assert_eq!(day(6), (0, 1, 0));
    assert_eq!(day(29), (1, 0, 0));
}

#[test]
fn an_empty_month_has_no_figures_instead_of_bad_ones() {
    let report = count(MONTH, NOW, &Facts::default(), &Terms::default());
    assert_eq!((report.opened, report.solved, report.questions.asked), (0, 0, 0));
    assert_eq!((report.first_response, report.resolution, report.rating.mean), (None, None, None));
    assert_eq!((report.backlog.median_age, report.backlog.oldest_age), (None, None));
    for rate in rates(&report) {
        assert_eq!((rate.of, rate.share()), (0, None));
    }
    assert!(report.categories.is_empty());
}

fn rates(report: &Report) -> [Rate; 9] {
    [
        report.deflection,
        report.deflection_confirmed,
        report.first_level_resolution,
        report.first_contact_resolution,
        report.reopened,
        report.escalated,
        report.bounced,
        report.first_response_in_time,
        report.resolution_in_time,
    ]
}

/// A moment up to ten days around the month.
fn moment() -> impl Strategy<Value = Timestamp> {
    (-10 * DAY..40 * DAY).prop_map(|offset| Timestamp(NOVEMBER + offset))
}

fn later(than: Timestamp) -> impl Strategy<Value = Option<Timestamp>> {
    proptest::option::of((0..20 * DAY).prop_map(move |offset| Timestamp(than.0 + offset)))
}

fn any_case() -> impl Strategy<Value = Case> {
    let status = (0..StatusName::ALL.len()).prop_map(|index| StatusName::ALL[index]);
    let priority = (0..Priority::ALL.len()).prop_map(|index| Priority::ALL[index]);
    let name = proptest::option::of("[a-c]");
    let facts = (status, priority, name, any::<bool>(), 0_i64..3, 0_i64..3, 0_i64..5);
    let rating = proptest::option::of(1_i64..=5);
    moment().prop_flat_map(move |opened_at| {
        let times = (later(opened_at), later(opened_at), later(opened_at));
        (times, facts.clone(), rating.clone()).prop_map(move |((taken, solved, waited), facts, rating)| {
            // Asked for something at once, until then.
            let pauses = waited.map(|to| Pause { from: opened_at, to }).into_iter().collect();
            let watch = Watch { pauses, ..Watch::default() };
            let (status, priority, category, is_escalated, bounces, reopened, takes) = facts;
            Case {
                opened_at,
                first_response_at: taken,
                resolved_at: solved,
                status,
                priority,
                category,
                is_escalated,
                bounces,
                reopened,
                takes,
                rating,
                watch,
            }
        })
    })
}

fn any_asked() -> impl Strategy<Value = Asked> {
    moment().prop_flat_map(|at| {
        (any::<[bool; 3]>(), later(at)).prop_map(move |([is_answered, is_solved, became_ticket], next)| {
            Asked { at, is_answered, is_solved, became_ticket, next_ticket_at: next }
        })
    })
}

fn facts() -> impl Strategy<Value = Facts> {
    let cases = proptest::collection::vec(any_case(), 0..30);
    let questions = proptest::collection::vec(any_asked(), 0..30);
    (cases, questions).prop_map(|(cases, questions)| Facts { cases, questions, ..Facts::default() })
}

proptest! {
    #[test]
    fn rates_are_shares_and_parts_add_up(facts in facts(), now in moment()) {
        let report = count(MONTH, now, &facts, &Terms::default());
        for rate in rates(&report) {
            prop_assert!(rate.count <= rate.of);
            if let Some(share) = rate.share() {
                prop_assert!((0.0..=1.0).contains(&share));
            }
        }
        if let Some(mean) = report.rating.mean {
            prop_assert!((1.0..=5.0).contains(&mean));
        }
        for terms in [Terms::default(), office_hours()] {
            let report = count(MONTH, now, &facts, &terms);
            for (clock, working) in [
                (report.first_response, report.first_response_working),
                (report.resolution, report.resolution_working),
            ] {
                prop_assert_eq!(clock.is_some(), working.is_some());
                let Some((clock, working)) = clock.zip(working) else { continue };
                prop_assert!(clock.median <= clock.p90 && working.median <= working.p90);
                prop_assert!(working.median <= clock.median && working.p90 <= clock.p90);
            }
        }
        let questions = report.questions;
        let parts = questions.confirmed + questions.assumed + questions.ticket + questions.given_up + questions.undecided;
        prop_assert_eq!(parts, questions.asked);
        let sum = |part: fn(&Tally) -> u32| report.series.iter().map(part).sum::<u32>();
        prop_assert_eq!(sum(|tally| tally.opened), report.opened);
        prop_assert_eq!(sum(|tally| tally.solved), report.solved);
        prop_assert_eq!(sum(|tally| tally.deflected), report.deflection.count);
        let json = serde_json::to_string(&report).expect("a report has a JSON form");
        prop_assert!(!json.contains("NaN") && !json.contains("inf"));
    }

    #[test]
    fn two_halves_count_what_the_whole_counts(facts in facts(), cut in 1..30 * DAY) {
        let middle = Timestamp(NOVEMBER + cut);
        let whole = count(MONTH, NOW, &facts, &Terms::default());
        let first = count(Period { to: middle, ..MONTH }, NOW, &facts, &Terms::default());
        let second = count(Period { from: middle, ..MONTH }, NOW, &facts, &Terms::default());
        prop_assert_eq!(first.opened + second.opened, whole.opened);
        prop_assert_eq!(first.solved + second.solved, whole.solved);
        prop_assert_eq!(first.questions.asked + second.questions.asked, whole.questions.asked);
        prop_assert_eq!(first.escalated.count + second.escalated.count, whole.escalated.count);
    }
}
