//! Days off from a calendar file (`iCalendar`, RFC 5545): whole days only, single or every year.
//!
//! What is no whole day (an appointment), or repeats in a way that is not yearly, is left out and counted. Everything is
//! bounded: the file, how deep it nests, how many days come of it.

use chrono::{Datelike as _, Days, NaiveDate};
use icalendar::parser::{Component, read_calendar, unfold};

use super::holidays::{DaysOff, MonthDay};

/// The largest file that is read.
pub const FILE_MAX: usize = 256 * 1024;
/// As many days off as a desk keeps from its file.
pub const IMPORTED_MAX: usize = 500;
/// A yearly event that ends is written out for so many years.
const YEARS_MAX: i32 = 30;
/// A calendar, an event, an alarm in it: nothing of use nests deeper, and a parser's stack has an end.
const DEPTH_MAX: usize = 4;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Its days off.
    pub days: Vec<DaysOff>,
    /// How many events were left out.
    pub left_out: usize,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IcsFault {
    /// It is none.
    #[error("this is no calendar file")]
    NotACalendar,
    /// It is too large.
    #[error("the file is larger than {FILE_MAX} bytes")]
    TooLarge,
    /// It has too many days.
    #[error("the file has more than {IMPORTED_MAX} days off")]
    TooMany,
    /// It has none.
    #[error("the file has no whole day")]
    Empty,
}

/// Reads a calendar file.
pub fn read(bytes: &[u8]) -> Result<Imported, IcsFault> {
    if bytes.len() > FILE_MAX {
        return Err(IcsFault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| IcsFault::NotACalendar)?;
    let text = unfold(text.trim_start_matches('\u{FEFF}'));
    if depth(&text) > DEPTH_MAX {
        return Err(IcsFault::NotACalendar);
    }
    let calendar = read_calendar(&text).map_err(|_| IcsFault::NotACalendar)?;
    let mut imported = Imported::default();
    for event in calendar.components.iter().filter(|component| component.name == "VEVENT") {
        if value(event, "STATUS") == Some("CANCELLED") {
            continue;
        }
        match days_of(event) {
            Some(days) => imported.days.extend(days),
            None => imported.left_out += 1,
        }
        if imported.days.len() > IMPORTED_MAX {
            return Err(IcsFault::TooMany);
        }
    }
    if imported.days.is_empty() { Err(IcsFault::Empty) } else { Ok(imported) }
}

fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for line in text.lines() {
        if line.to_ascii_uppercase().starts_with("BEGIN:") {
            depth += 1;
            deepest = deepest.max(depth);
        } else if line.to_ascii_uppercase().starts_with("END:") {
            depth = depth.saturating_sub(1);
        }
    }
    deepest
}

fn value<'a>(event: &'a Component<'_>, name: &str) -> Option<&'a str> {
    event.find_prop(name).map(|property| property.val.as_str())
}

fn date(text: &str) -> Option<NaiveDate> {
    (text.len() == 8).then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok())?
}

fn days_of(event: &Component<'_>) -> Option<Vec<DaysOff>> {
    let from = date(value(event, "DTSTART")?)?;
    let to = last_day(event, from)?;
    let Some(rule) = value(event, "RRULE") else { return Some(vec![DaysOff::Once { from, to }]) };
    if value(event, "EXDATE").is_some() {
        return None;
    }
    let rule = Yearly::read(rule, from)?;
    if rule.count.is_none() && rule.until.is_none() && rule.interval == 1 {
        return Some(vec![DaysOff::Yearly { from: MonthDay::of(from), to: MonthDay::of(to) }]);
    }
    let length = Days::new((to - from).num_days().unsigned_abs());
    let years =
        (0..rule.count.unwrap_or(YEARS_MAX).min(YEARS_MAX)).map(|time| from.year() + time * rule.interval);
    // A 29 February that a year does not have is left out, as the standard says.
    let starts = years.filter_map(|year| from.with_year(year));
    let starts = starts.take_while(|start| rule.until.is_none_or(|until| *start <= until));
    starts.map(|from| Some(DaysOff::Once { from, to: from.checked_add_days(length)? })).collect()
}

/// The end of an event is the day after its last; without an end it is one day long.
fn last_day(event: &Component<'_>, from: NaiveDate) -> Option<NaiveDate> {
    let to = match (value(event, "DTEND"), value(event, "DURATION")) {
        (Some(end), _) => date(end)?.pred_opt()?.max(from),
        (None, Some(duration)) => {
            let duration = duration.strip_prefix('P')?;
            let days = match (duration.strip_suffix('D'), duration.strip_suffix('W')) {
                (Some(days), _) => days.parse::<u64>().ok()?,
                (None, Some(weeks)) => weeks.parse::<u64>().ok()?.checked_mul(7)?,
                (None, None) => return None,
            };
            from.checked_add_days(Days::new(days.max(1) - 1))?
        }
        (None, None) => from,
    };
    ((to - from).num_days() < 366).then_some(to)
}

/// A rule that repeats the same days each year.
struct Yearly {
    interval: i32,
    count: Option<i32>,
    until: Option<NaiveDate>,
}

impl Yearly {
    fn read(rule: &str, from: NaiveDate) -> Option<Self> {
        let mut read = Self { interval: 1, count: None, until: None };
        let mut is_yearly = false;
        for part in rule.split(';') {
            let (name, value) = part.split_once('=')?;
            match name {
                "FREQ" => is_yearly = value == "YEARLY",
                "INTERVAL" => {
                    read.interval = value.parse().ok().filter(|interval| (1..=100).contains(interval))?;
                }
                "COUNT" => read.count = Some(value.parse().ok().filter(|count| *count > 0)?),
                "UNTIL" => read.until = Some(date(value.get(..8)?)?),
                "WKST" => {}
                "BYMONTH" if value.parse() == Ok(from.month()) => {}
                "BYMONTHDAY" if value.parse() == Ok(from.day()) => {}
                _ => return None,
            }
        }
        is_yearly.then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(events: &[&str]) -> String {
        let events: Vec<_> = events
            .iter()
            .map(|lines| format!("BEGIN:VEVENT\r\nUID:x\r\n{}\r\nEND:VEVENT\r\n", lines.replace('|', "\r\n")))
            .collect();
        let events = events.concat();
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{events}END:VCALENDAR\r\n")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn whole_days_are_taken_and_appointments_left_out() {
        let text = file(&[
            "SUMMARY:Betriebsausflug mit einem sehr langen Titel der umbrochen|  wird|DTSTART;VALUE=DATE:20260626",
            "SUMMARY:Summer|DTSTART;VALUE=DATE:20260803|DTEND;VALUE=DATE:20260815",
            "SUMMARY:Winter|DTSTART;VALUE=DATE:20261228|DURATION:P3D",
            "SUMMARY:Meeting|DTSTART:20260626T090000Z|DTEND:20260626T100000Z",
            "SUMMARY:Off|STATUS:CANCELLED|DTSTART;VALUE=DATE:20260627",
        ]);
        let once = |from: &str, to: &str| DaysOff::Once { from: day(from), to: day(to) };
        let expected = Imported {
            days: vec![
                once("2026-06-26", "2026-06-26"),
                once("2026-08-03", "2026-08-14"),
                once("2026-12-28", "2026-12-30"),
            ],
            left_out: 1,
        };
        assert_eq!(read(text.as_bytes()), Ok(expected));
    }

    #[test]
    fn yearly_events_repeat_and_other_rules_are_left_out() {
        let text = file(&[
            "DTSTART;VALUE=DATE:20201224|RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
            "DTSTART;VALUE=DATE:20240229|RRULE:FREQ=YEARLY;COUNT=5",
            "DTSTART;VALUE=DATE:20250701|RRULE:FREQ=YEARLY;INTERVAL=2;UNTIL=20290701T000000Z",
            "DTSTART;VALUE=DATE:20250701|RRULE:FREQ=WEEKLY",
            "DTSTART;VALUE=DATE:20251127|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        ]);
        let once = |date: &str| DaysOff::Once { from: day(date), to: day(date) };
        let christmas = MonthDay { month: 12, day: 24 };
        let imported = read(text.as_bytes()).unwrap();
        assert_eq!(
            imported.days,
            [
                DaysOff::Yearly { from: christmas, to: christmas },
                once("2024-02-29"),
                once("2028-02-29"),
                once("2025-07-01"),
                once("2027-07-01"),
                once("2029-07-01"),
            ]
        );
        assert_eq!(imported.left_out, 2);
    }

    #[test]
    fn what_is_no_calendar_or_too_much_is_refused() {
        assert_eq!(read(b"hello"), Err(IcsFault::NotACalendar));
        assert_eq!(read(&[0xFF, 0xFE, 0x00]), Err(IcsFault::NotACalendar));
        assert_eq!(read(&vec![b'x'; FILE_MAX + 1]), Err(IcsFault::TooLarge));
        assert_eq!(read(file(&[]).as_bytes()), Err(IcsFault::Empty));
        let deep = "BEGIN:VEVENT\r\n".repeat(10_000);
        assert_eq!(read(deep.as_bytes()), Err(IcsFault::NotACalendar));
        let many = file(&vec!["DTSTART;VALUE=DATE:20260101"; IMPORTED_MAX + 1]);
        assert_eq!(read(many.as_bytes()), Err(IcsFault::TooMany));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes);
        }

        #[test]
        fn any_event_is_read_or_refused(lines in "[A-Z;=:|0-9]{0,120}") {
            let _ = read(file(&[&format!("DTSTART;VALUE=DATE:20260101|{lines}")]).as_bytes());
        }
    }
}
