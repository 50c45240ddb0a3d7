//! Business time: when a desk is open, in its own time zone, and how much of that lies between two points in time.
//!
//! A local time becomes a point in time in one way only: the first of two when clocks are set back, the moment of the
//! change when they are set forward over it. So later local times never become earlier points, opening times never
//! overlap, and a day of 23 or 25 hours has as many. A calendar that never opens is refused where it is configured;
//! should one get here nevertheless, every walk through it ends after `CLOSED_DAYS_MAX` closed days in a row.

use std::time::Duration;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::holidays::{DaysOff, Region};
use super::time::Timestamp;

/// Minutes of a day, and so the latest end of a range.
pub const MINUTES_A_DAY: u16 = 24 * 60;

/// So many closed days in a row are taken for the end of all opening.
const CLOSED_DAYS_MAX: u32 = 400;

/// The time zone of a name, however its letters are written.
pub fn zone(name: &str) -> Option<Tz> {
    let name = name.trim();
    chrono_tz::TZ_VARIANTS.into_iter().find(|zone| zone.name().eq_ignore_ascii_case(name))
}

/// The names of time zones that contain what was typed.
pub fn zones(typed: &str) -> impl Iterator<Item = &'static str> {
    let typed = typed.trim().to_ascii_lowercase().replace(' ', "_");
    let names = chrono_tz::TZ_VARIANTS.into_iter().map(Tz::name);
    names.filter(move |name| name.to_ascii_lowercase().contains(&typed))
}

/// A part of a day in minutes since midnight, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Range {
    /// When it begins.
    pub from: u16,
    /// When it ends; at most [`MINUTES_A_DAY`].
    pub to: u16,
}

/// The opening times of a week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Week {
    /// From Monday on, each day in order and without overlaps.
    days: [Vec<Range>; 7],
}

impl Week {
    /// From Monday on. Ranges are put in order and joined where they touch; empty ones are left out.
    pub fn new(mut days: [Vec<Range>; 7]) -> Self {
        for ranges in &mut days {
            ranges.retain(|range| range.from < range.to && range.to <= MINUTES_A_DAY);
            ranges.sort_unstable();
            ranges.dedup_by(|later, earlier| {
                let touch = later.from <= earlier.to;
                if touch {
                    earlier.to = earlier.to.max(later.to);
                }
                touch
            });
        }
        Self { days }
    }

    /// The ranges of each day, from Monday on.
    pub const fn days(&self) -> &[Vec<Range>; 7] {
        &self.days
    }

    /// Whether it has no opening time at all.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }
}

/// When a desk is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Where the times of the week hold.
    pub zone: Tz,
    /// The opening times.
    pub week: Week,
    /// Whose public holidays are kept.
    pub region: Option<Region>,
    /// The company's own, as they were typed.
    pub days_off: Vec<DaysOff>,
    /// The company's own, from its calendar file.
    pub imported: Vec<DaysOff>,
}

impl Calendar {
    /// Open all week in a time zone, with no holidays.
    pub const fn new(zone: Tz, week: Week) -> Self {
        Self { zone, week, region: None, days_off: Vec::new(), imported: Vec::new() }
    }

    /// Whether it is open at this moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.next_opening(at) == Some(at)
    }

    /// The first moment from here on at which it is open; this one if it is. `None` when it does not open again.
    pub fn next_opening(&self, at: Timestamp) -> Option<Timestamp> {
        let mut date = self.local_date(at)?;
        for _ in 0..=CLOSED_DAYS_MAX {
            if let Some((open, _)) = self.openings(date).find(|(_, close)| *close > at) {
                return Some(open.max(at));
            }
            date = date.succ_opt()?;
        }
        None
    }

    /// The moment at which so much business time has passed since `start`.
    pub fn add_business(&self, start: Timestamp, span: Duration) -> Timestamp {
        let mut left = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        let (mut end, mut closed_days) = (start, 0);
        let mut next = self.local_date(start).filter(|_| left > 0);
        while let Some(date) = next {
            closed_days += 1;
            for (open, close) in self.openings(date) {
                let open = open.max(start);
                if close <= open {
                    continue;
                }
                closed_days = 0;
                let room = close.0 - open.0;
                if left <= room {
                    return Timestamp(open.0 + left);
                }
                left -= room;
                end = close;
            }
            next = date.succ_opt().filter(|_| closed_days <= CLOSED_DAYS_MAX);
        }
        end
    }

    /// How much business time lies between two moments; none when `to` is not after `from`.
    pub fn business_between(&self, from: Timestamp, to: Timestamp) -> Duration {
        let (Some(first), Some(last)) = (self.local_date(from), self.local_date(to)) else {
            return Duration::ZERO;
        };
        let days = first.iter_days().take_while(|date| *date <= last);
        let parts = days.flat_map(|date| self.openings(date).collect::<Vec<_>>());
        parts.map(|(open, close)| close.min(to).since(open.max(from))).sum()
    }

    /// What people mean by a working day: the open time of a week, shared among its open days.
    pub fn working_day(&self) -> Duration {
        let minutes =
            |ranges: &Vec<Range>| ranges.iter().map(|range| u64::from(range.to - range.from)).sum::<u64>();
        let open: Vec<_> = self.week.days.iter().map(minutes).filter(|minutes| *minutes > 0).collect();
        let days = u64::try_from(open.len()).unwrap_or(7).max(1);
        Duration::from_mins(open.iter().sum::<u64>() / days)
    }

    /// Whether nobody works on this day.
    pub fn is_day_off(&self, date: NaiveDate) -> bool {
        self.region.is_some_and(|region| region.is_holiday(date))
            || self.days_off.iter().chain(&self.imported).any(|days| days.contains(date))
    }

    /// The opening times of a day, in order, as points in time.
    fn openings(&self, date: NaiveDate) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let weekday = date.weekday().num_days_from_monday();
        let ranges = usize::try_from(weekday).ok().and_then(|day| self.week.days.get(day));
        // The law is asked only where there is something to close.
        let ranges = ranges.filter(|ranges| !ranges.is_empty() && !self.is_day_off(date));
        let of_day =
            move |range: &Range| Some((self.moment(date, range.from)?, self.moment(date, range.to)?));
        ranges.into_iter().flatten().filter_map(of_day)
    }

    fn local_date(&self, at: Timestamp) -> Option<NaiveDate> {
        let utc: DateTime<Utc> = DateTime::from_timestamp_millis(at.0)?;
        Some(utc.with_timezone(&self.zone).date_naive())
    }

    /// The one point in time of a local time.
    fn moment(&self, date: NaiveDate, minute: u16) -> Option<Timestamp> {
        let local = date.and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::minutes(i64::from(minute)))?;
        // Clocks are set forward by an hour at most places; one island skipped a whole day.
        (0..=i64::from(MINUTES_A_DAY)).find_map(|skipped| self.earliest(local, skipped))
    }

    fn earliest(&self, local: NaiveDateTime, skipped: i64) -> Option<Timestamp> {
        let local = local.checked_add_signed(TimeDelta::minutes(skipped))?;
        let moment = self.zone.from_local_datetime(&local).earliest()?;
        Some(Timestamp(moment.timestamp_millis()))
    }
}

#[cfg(test)]
mod tests;
