//! The spans of time that reports are about, cut where a desk's own days begin.
//!
//! A span is half-open: what happens at its first instant belongs to it, what happens at its end to the next one. So
//! spans that follow each other count everything once.

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveTime, TimeZone, Weekday};
use serde::{Serialize, Serializer};

use super::time::Timestamp;

/// Longest span that is shown day by day.
const DAYS_SHOWN: i64 = 45;
/// Longest span that is shown week by week.
const WEEKS_SHOWN: i64 = 130;
/// Far more than any choice needs; a span of the far future must not fill the memory.
const STEPS_MAX: usize = 1000;

/// A half-open span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Its first instant.
    #[serde(serialize_with = "readable")]
    pub from: Timestamp,
    /// The first instant after it.
    #[serde(serialize_with = "readable")]
    pub to: Timestamp,
}

/// The spans that people can choose from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Today and the six days before.
    Last7Days,
    /// Today and the 29 days before.
    #[default]
    Last30Days,
    /// From the first of this month.
    ThisMonth,
    /// The month before this one.
    LastMonth,
    /// From the first of January, April, July or October.
    ThisQuarter,
    /// From the first of January.
    ThisYear,
}

/// What one step of a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// A day.
    Day,
    /// A week from Monday; the first and last may be cut by the period.
    Week,
    /// A calendar month.
    Month,
}

impl Choice {
    /// All of them, the shortest first.
    pub const ALL: [Self; 6] = [
        Self::Last7Days,
        Self::Last30Days,
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThisQuarter,
        Self::ThisYear,
    ];

    /// As it is chosen.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Last7Days => "7-days",
            Self::Last30Days => "30-days",
            Self::ThisMonth => "month",
            Self::LastMonth => "last-month",
            Self::ThisQuarter => "quarter",
            Self::ThisYear => "year",
        }
    }

    /// The reverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }

    /// The span that it means at this moment.
    pub fn period(self, now: Timestamp, zone: &impl TimeZone) -> Period {
        let today = date(now, zone);
        let tomorrow = today + Days::new(1);
        let month = today.with_day(1).unwrap_or(today);
        let (from, to) = match self {
            Self::Last7Days => (today - Days::new(6), tomorrow),
            Self::Last30Days => (today - Days::new(29), tomorrow),
            Self::ThisMonth => (month, month + Months::new(1)),
            Self::LastMonth => (month - Months::new(1), month),
            Self::ThisQuarter => {
                let quarter = month - Months::new(month.month0() % 3);
                (quarter, quarter + Months::new(3))
            }
            Self::ThisYear => {
                let year = month - Months::new(month.month0());
                (year, year + Months::new(12))
            }
        };
        Period { from: beginning(from, zone), to: beginning(to, zone) }
    }
}

impl Period {
    /// Whether something that happened then belongs to it.
    pub fn contains(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// The week from Monday to Monday that ended last.
    pub fn last_week(now: Timestamp, zone: &impl TimeZone) -> Self {
        let monday = monday(date(now, zone));
        Self { from: beginning(monday - Days::new(7), zone), to: beginning(monday, zone) }
    }

    /// Its steps: what they are, and where each begins. The first begins with the period.
    pub fn steps(self, zone: &impl TimeZone) -> (Step, Vec<Timestamp>) {
        let (first, end) = (date(self.from, zone), self.to);
        let days = (date(end, zone) - first).num_days();
        let step = if days <= DAYS_SHOWN {
            Step::Day
        } else if days <= WEEKS_SHOWN {
            Step::Week
        } else {
            Step::Month
        };
        let next = |day: NaiveDate| match step {
            Step::Day => day + Days::new(1),
            Step::Week => monday(day) + Days::new(7),
            Step::Month => day.with_day(1).unwrap_or(day) + Months::new(1),
        };
        let rest = std::iter::successors(Some(next(first)), |day| Some(next(*day)))
            .map(|day| beginning(day, zone))
            .take_while(|begins| *begins < end)
            .take(STEPS_MAX);
        (step, std::iter::once(self.from).chain(rest).collect())
    }
}

/// The next Monday at this hour of the day, after now.
pub fn next_monday(now: Timestamp, hour: u32, zone: &impl TimeZone) -> Timestamp {
    let this = monday(date(now, zone));
    let at = |day: NaiveDate| {
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        instant(day, time, zone)
    };
    if at(this) > now { at(this) } else { at(this + Days::new(7)) }
}

/// The day on which a moment falls.
pub fn date(at: Timestamp, zone: &impl TimeZone) -> NaiveDate {
    let utc = DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    utc.with_timezone(zone).date_naive()
}

fn beginning(day: NaiveDate, zone: &impl TimeZone) -> Timestamp {
    instant(day, NaiveTime::MIN, zone)
}

/// When a clock on the wall first shows this. Where it never does, because summer time skips it, an hour later.
fn instant(day: NaiveDate, time: NaiveTime, zone: &impl TimeZone) -> Timestamp {
    let shown = day.and_time(time);
    let found = zone.from_local_datetime(&shown).earliest();
    let found = found.or_else(|| zone.from_local_datetime(&(shown + chrono::TimeDelta::hours(1))).earliest());
    // A gap of more than an hour has never been a zone's.
    Timestamp(found.map_or_else(|| shown.and_utc().timestamp_millis(), |at| at.timestamp_millis()))
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().days_since(Weekday::Mon)))
}

/// As machines and people read it: `2026-11-01T00:00:00Z`.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
pub(super) fn readable<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    let utc = DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    serializer.serialize_str(&utc.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

#[cfg(test)]
mod tests {
    use chrono::{FixedOffset, Utc};
    use proptest::prelude::*;

    use super::*;

    /// A moment as a person writes it.
    fn at(text: &str) -> Timestamp {
        Timestamp(DateTime::parse_from_rfc3339(text).expect("a moment").timestamp_millis())
    }

    fn shown(period: Period) -> String {
        serde_json::to_string(&period).expect("a period has a JSON form").replace('"', "")
    }

    #[test]
    fn each_choice_is_the_span_that_its_name_says() {
        // A Tuesday.
        let now = at("2026-11-24T15:27:00Z");
        let expected = [
            "{from:2026-11-18T00:00:00Z,to:2026-11-25T00:00:00Z}",
            "{from:2026-10-26T00:00:00Z,to:2026-11-25T00:00:00Z}",
            "{from:2026-11-01T00:00:00Z,to:2026-12-01T00:00:00Z}",
            "{from:2026-10-01T00:00:00Z,to:2026-11-01T00:00:00Z}",
            "{from:2026-10-01T00:00:00Z,to:2027-01-01T00:00:00Z}",
            "{from:2026-01-01T00:00:00Z,to:2027-01-01T00:00:00Z}",
        ];
        assert_eq!(Choice::ALL.map(|choice| shown(choice.period(now, &Utc))), expected);
        for choice in Choice::ALL {
            assert_eq!(Choice::from_code(choice.code()), Some(choice));
        }
    }

    #[test]
    fn a_day_begins_where_the_desk_is() {
        let east = FixedOffset::east_opt(3600).expect("an offset");
        // In Berlin's winter it is the first of December already.
        let period = Choice::ThisMonth.period(at("2026-11-30T23:30:00Z"), &east);
        assert_eq!(shown(period), "{from:2026-11-30T23:00:00Z,to:2026-12-31T23:00:00Z}");
    }

    #[test]
    fn a_week_is_reported_on_the_monday_after_it() {
        let sunday = at("2026-11-22T23:59:59Z");
        assert_eq!(next_monday(sunday, 8, &Utc), at("2026-11-23T08:00:00Z"));
        let monday = at("2026-11-23T08:00:00Z");
        assert_eq!(next_monday(monday, 8, &Utc), at("2026-11-30T08:00:00Z"));
        let period = Period::last_week(monday, &Utc);
        assert_eq!(shown(period), "{from:2026-11-16T00:00:00Z,to:2026-11-23T00:00:00Z}");
    }

    #[test]
    fn a_year_is_shown_by_months_a_quarter_by_weeks_and_a_month_by_days() {
        let now = at("2026-11-24T15:27:00Z");
        let steps = |choice: Choice| choice.period(now, &Utc).steps(&Utc);
        let (step, begins) = steps(Choice::ThisYear);
        assert_eq!((step, begins.len()), (Step::Month, 12));
        // The first of October is a Thursday: a cut week, then thirteen from Monday.
        let (step, begins) = steps(Choice::ThisQuarter);
        assert_eq!((step, begins.len()), (Step::Week, 14));
        assert_eq!(begins[1], at("2026-10-05T00:00:00Z"));
        let (step, begins) = steps(Choice::ThisMonth);
        assert_eq!((step, begins.len()), (Step::Day, 30));
    }

    proptest! {
        #[test]
        fn now_lies_in_every_present_choice_and_steps_cut_it_without_a_gap(
            now in 0_i64..4_000_000_000_000,
            hours in -12..=14_i32,
        ) {
            let zone = FixedOffset::east_opt(hours * 3600).expect("an offset");
            let now = Timestamp(now);
            for choice in Choice::ALL {
                let period = choice.period(now, &zone);
                prop_assert!(period.from < period.to);
                prop_assert_eq!(period.contains(now), choice != Choice::LastMonth);
                prop_assert!(period.contains(period.from) && !period.contains(period.to));
                let (_, steps) = period.steps(&zone);
                prop_assert_eq!(steps[0], period.from);
                prop_assert!(steps.is_sorted_by(|earlier, later| earlier < later));
                prop_assert!(steps.len() <= 45 && steps.iter().all(|begins| period.contains(*begins)));
            }
            let last = Choice::LastMonth.period(now, &zone);
            prop_assert_eq!(last.to, Choice::ThisMonth.period(now, &zone).from);
            let monday = next_monday(now, 8, &zone);
            prop_assert!(monday > now && monday <= now + std::time::Duration::from_hours(7 * 24));
        }
    }
}
