use chrono_tz::{America, Australia, Europe};
use proptest::prelude::*;

use super::*;
use crate::domain::holidays::MonthDay;

const HOUR: Duration = Duration::from_hours(1);

fn week(open: &[(usize, u16, u16)]) -> Week {
    let mut days: [Vec<Range>; 7] = Default::default();
    for (day, from, to) in open {
        days[*day].push(Range { from: from * 60, to: to * 60 });
    }
    Week::new(days)
}

/// Monday to Friday, 8 to 12 and 13 to 17.
fn office(zone: Tz) -> Calendar {
    let days: Vec<_> = (0..5).flat_map(|day| [(day, 8, 12), (day, 13, 17)]).collect();
    Calendar::new(zone, week(&days))
}

fn always(zone: Tz) -> Calendar {
    let days: Vec<_> = (0..7).map(|day| (day, 0, 24)).collect();
    Calendar::new(zone, week(&days))
}

/// A moment as a clock in Berlin shows it, with its distance from UTC.
fn at(text: &str) -> Timestamp {
    Timestamp(DateTime::parse_from_rfc3339(text).expect("a time").timestamp_millis())
}

#[test]
fn a_span_goes_on_after_lunch_after_the_night_and_after_the_weekend() {
    let office = office(Europe::Berlin);
    let cases = [
        // 2026-11-20 is a Friday.
        ("2026-11-20T09:00:00+01:00", 1, "2026-11-20T10:00:00+01:00"),
        ("2026-11-20T11:00:00+01:00", 2, "2026-11-20T14:00:00+01:00"),
        ("2026-11-20T12:30:00+01:00", 1, "2026-11-20T14:00:00+01:00"),
        ("2026-11-20T16:00:00+01:00", 4, "2026-11-23T11:00:00+01:00"),
        ("2026-11-21T10:00:00+01:00", 8, "2026-11-23T17:00:00+01:00"),
        ("2026-11-20T08:00:00+01:00", 40, "2026-11-26T17:00:00+01:00"),
    ];
    for (start, hours, end) in cases {
        assert_eq!(office.add_business(at(start), HOUR * hours), at(end), "{hours} h from {start}");
    }
    assert_eq!(office.working_day(), HOUR * 8);
}

#[test]
fn it_opens_again_when_it_says_so() {
    let office = office(Europe::Berlin);
    let friday_evening = at("2026-11-20T17:00:00+01:00");
    assert!(!office.is_open(friday_evening), "the end is not part of the day");
    assert_eq!(office.next_opening(friday_evening), Some(at("2026-11-23T08:00:00+01:00")));
    let noon = at("2026-11-23T11:59:59+01:00");
    assert_eq!(office.next_opening(noon), Some(noon));
}

#[test]
fn holidays_are_no_business_time() {
    let mut office = office(Europe::Berlin);
    office.region = Some(Region::Berlin);
    office.days_off =
        vec![DaysOff::Yearly { from: MonthDay { month: 12, day: 24 }, to: MonthDay { month: 12, day: 31 } }];
    // Thursday before Good Friday to the Tuesday after Easter.
    let thursday = at("2026-04-02T16:00:00+02:00");
    assert_eq!(office.add_business(thursday, HOUR * 2), at("2026-04-07T09:00:00+02:00"));
    // Christmas to the new year: 1 January 2027 is a Friday and a holiday.
    let before = at("2026-12-23T17:00:00+01:00");
    assert_eq!(office.next_opening(before), Some(at("2027-01-04T08:00:00+01:00")));
    assert_eq!(office.business_between(before, at("2027-01-04T09:00:00+01:00")), HOUR);
}

#[test]
fn days_with_23_and_25_hours_have_as_many() {
    let always = always(Europe::Berlin);
    // Clocks went forward on 29 March and back on 25 October 2026.
    let spring = (at("2026-03-29T00:00:00+01:00"), at("2026-03-30T00:00:00+02:00"));
    let autumn = (at("2026-10-25T00:00:00+02:00"), at("2026-10-26T00:00:00+01:00"));
    assert_eq!(always.business_between(spring.0, spring.1), HOUR * 23);
    assert_eq!(always.business_between(autumn.0, autumn.1), HOUR * 25);
    assert_eq!(always.add_business(spring.0, HOUR * 23), spring.1);
    assert_eq!(always.add_business(autumn.0, HOUR * 25), autumn.1);
    // An office day keeps its eight hours, whatever the night did.
    let office = office(Europe::Berlin);
    assert_eq!(
        office.add_business(at("2026-03-27T16:00:00+01:00"), HOUR * 2),
        at("2026-03-30T09:00:00+02:00")
    );
}

#[test]
fn an_hour_that_is_skipped_is_not_open_and_one_that_is_doubled_counts_twice() {
    let night = Calendar::new(Europe::Berlin, week(&[(6, 2, 3)]));
    assert_eq!(
        night.business_between(at("2026-03-29T00:00:00+01:00"), at("2026-03-30T00:00:00+02:00")),
        Duration::ZERO
    );
    assert_eq!(
        night.business_between(at("2026-10-25T00:00:00+02:00"), at("2026-10-26T00:00:00+01:00")),
        HOUR * 2
    );
}

#[test]
fn a_calendar_that_never_opens_ends_every_walk() {
    let never = Calendar::new(Europe::Berlin, Week::default());
    let now = at("2026-11-20T09:00:00+01:00");
    assert!(never.week.is_empty());
    assert_eq!(never.next_opening(now), None);
    assert_eq!(never.add_business(now, HOUR), now);
    let mut closed = office(Europe::Berlin);
    closed.days_off =
        vec![DaysOff::Yearly { from: MonthDay { month: 1, day: 1 }, to: MonthDay { month: 12, day: 31 } }];
    assert_eq!(closed.next_opening(now), None);
    assert_eq!(closed.add_business(now, HOUR), now);
    assert_eq!(closed.add_business(Timestamp(i64::MAX), HOUR), Timestamp(i64::MAX));
}

#[test]
fn ranges_that_touch_or_overlap_are_one() {
    let week = week(&[(0, 13, 17), (0, 8, 13), (0, 9, 10), (1, 5, 5)]);
    assert_eq!(week.days()[0], [Range { from: 8 * 60, to: 17 * 60 }]);
    assert!(week.days()[1].is_empty());
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let zones = prop::sample::select(vec![
        Europe::Berlin,
        Europe::London,
        America::New_York,
        America::Havana,
        Australia::Lord_Howe,
        Tz::UTC,
    ]);
    let range = (0_u16..MINUTES_A_DAY, 1_u16..=MINUTES_A_DAY).prop_map(|(from, to)| Range { from, to });
    let days = prop::array::uniform7(prop::collection::vec(range, 0..4));
    let region = prop::option::of(prop::sample::select(Region::ALL.map(|(region, _)| region).to_vec()));
    (zones, days, region).prop_filter_map("never open", |(zone, days, region)| {
        let calendar = Calendar { region, ..Calendar::new(zone, Week::new(days)) };
        (!calendar.week.is_empty()).then_some(calendar)
    })
}

/// Some moment in 2024 to 2027, to the second.
fn moments() -> impl Strategy<Value = Timestamp> {
    (1_704_067_200_i64..1_830_297_600).prop_map(|seconds| Timestamp(seconds * 1000))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn adding_is_undone_by_counting(calendar in calendars(), start in moments(), minutes in 0_u64..3000) {
        let span = Duration::from_mins(minutes);
        let end = calendar.add_business(start, span);
        prop_assert!(end >= start);
        prop_assert_eq!(calendar.business_between(start, end), span);
    }

    #[test]
    fn adding_twice_is_adding_the_sum(
        calendar in calendars(), start in moments(), first in 0_u64..2000, second in 1_u64..2000
    ) {
        let (first, second) = (Duration::from_mins(first), Duration::from_mins(second));
        let in_two = calendar.add_business(calendar.add_business(start, first), second);
        prop_assert_eq!(in_two, calendar.add_business(start, first + second));
    }

    #[test]
    fn a_later_start_never_ends_earlier(
        calendar in calendars(), start in moments(), later in 0_u64..10_000, minutes in 0_u64..3000
    ) {
        let span = Duration::from_mins(minutes);
        let after = start + Duration::from_mins(later);
        prop_assert!(calendar.add_business(start, span) <= calendar.add_business(after, span));
    }

    #[test]
    fn business_time_adds_up_and_is_never_more_than_time(
        calendar in calendars(), start in moments(), first in 0_u64..20_000, second in 0_u64..20_000
    ) {
        let middle = start + Duration::from_mins(first);
        let end = middle + Duration::from_mins(second);
        let parts = calendar.business_between(start, middle) + calendar.business_between(middle, end);
        prop_assert_eq!(parts, calendar.business_between(start, end));
        prop_assert!(parts <= end.since(start));
        prop_assert_eq!(calendar.business_between(end, start), Duration::ZERO);
    }

    #[test]
    fn nothing_is_open_before_the_next_opening(calendar in calendars(), at in moments()) {
        let Some(opening) = calendar.next_opening(at) else { return Ok(()) };
        prop_assert!(opening >= at && calendar.is_open(opening));
        prop_assert_eq!(calendar.business_between(at, opening), Duration::ZERO);
    }
}
