//! Opening times, days off and spans as people type them, in German and English.
//!
//! `Mo-Fr 08:00-12:00, 13:00-17:00; Sa 9-12`, `24.12.-31.12., 2026-05-15`, `4h`, `2 Tage`. What cannot be read is named.

use chrono::{Datelike as _, NaiveDate};

use super::calendar::{MINUTES_A_DAY, Range, Week};
use super::holidays::{DaysOff, MonthDay};
use super::schedule::Span;

/// As many days off as a desk keeps from what was typed.
pub const DAYS_OFF_MAX: usize = 100;
/// The longest span that is promised.
const SPAN_MAX_DAYS: u32 = 90;

/// The part of a text that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedFault {
    /// No day of the week.
    #[error("`{0}` is no day of the week")]
    Weekday(String),
    /// No time of a day.
    #[error("`{0}` is no time")]
    Time(String),
    /// A time without a day before it.
    #[error("`{0}` stands without a day")]
    WeekdayMissing(String),
    /// It ends before it begins.
    #[error("`{0}` ends before it begins")]
    Backwards(String),
    /// It overlaps with another range of the same day.
    #[error("`{0}` overlaps with another time")]
    Overlap(String),
    /// No date.
    #[error("`{0}` is no date")]
    Date(String),
    /// No span of time.
    #[error("`{0}` is no span of time")]
    Span(String),
    /// More days off than are kept.
    #[error("more than {DAYS_OFF_MAX} days off")]
    TooMany,
}

/// The full names of the days, from Monday on; any two letters or more of one are understood.
const WEEKDAYS: [&[&str]; 7] = [
    &["montag", "monday"],
    &["dienstag", "tuesday"],
    &["mittwoch", "wednesday"],
    &["donnerstag", "thursday"],
    &["freitag", "friday"],
    &["samstag", "saturday", "sonnabend"],
    &["sonntag", "sunday"],
];

/// Opening times of a week.
pub fn week(text: &str) -> Result<Week, TypedFault> {
    let words =
        plain(text).replace(" und ", ",").replace(" and ", ",").replace("uhr", " ").replace('\n', ";");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = words.replace(" - ", "-").replace(" -", "-").replace("- ", "-");
    let mut days: [Vec<Range>; 7] = Default::default();
    let (mut current, mut used) = (Vec::new(), true);
    for piece in text.split([',', ';', '\n']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let (named, times) =
            piece.split_at(piece.find(|sign: char| sign.is_ascii_digit()).unwrap_or(piece.len()));
        let named = named.trim().trim_end_matches(':').trim();
        if !named.is_empty() {
            if used {
                current.clear();
                used = false;
            }
            current.extend(weekdays(named)?);
        }
        for time in times.split_whitespace() {
            if current.is_empty() {
                return Err(TypedFault::WeekdayMissing(piece.to_owned()));
            }
            let range = range(time)?;
            for day in &current {
                let ranges = &mut days[*day];
                if ranges.iter().any(|other| other.from < range.to && range.from < other.to) {
                    return Err(TypedFault::Overlap(time.to_owned()));
                }
                ranges.push(range);
            }
            used = true;
        }
    }
    if !used || days.iter().all(Vec::is_empty) {
        return Err(TypedFault::Time(text.trim().to_owned()));
    }
    Ok(Week::new(days))
}

/// Days off: single ones, spans, and those of every year, which have no year.
pub fn days_off(text: &str) -> Result<Vec<DaysOff>, TypedFault> {
    let text = plain(text).replace(" - ", "..");
    if matches!(text.trim(), "" | "-" | "none" | "keine") {
        return Ok(Vec::new());
    }
    let pieces = text.split([',', ';', '\n']).map(str::trim).filter(|piece| !piece.is_empty());
    let days = pieces.map(days_off_piece).collect::<Result<Vec<_>, _>>()?;
    if days.len() > DAYS_OFF_MAX { Err(TypedFault::TooMany) } else { Ok(days) }
}

/// A span of time: `30m`, `4 Std.`, `2d`.
pub fn span(text: &str) -> Result<Span, TypedFault> {
    let fault = || TypedFault::Span(text.trim().to_owned());
    let typed = plain(text);
    let typed = typed.trim();
    let (count, unit) = typed.split_at(typed.find(|sign: char| !sign.is_ascii_digit()).ok_or_else(fault)?);
    let count: u32 = count.parse().map_err(|_| fault())?;
    let minutes = |each: u32| count.checked_mul(each).map(Span::Minutes);
    let span = match unit.trim().trim_end_matches('.') {
        "m" | "min" | "mins" | "minute" | "minuten" | "minutes" => minutes(1),
        "h" | "std" | "stunde" | "stunden" | "hour" | "hours" => minutes(60),
        "d" | "t" | "tag" | "tage" | "day" | "days" => Some(Span::Days(count)),
        _ => None,
    };
    let most = |span: &Span| match *span {
        Span::Minutes(minutes) => minutes <= SPAN_MAX_DAYS * 24 * 60,
        Span::Days(days) => days <= SPAN_MAX_DAYS,
    };
    span.filter(|span| count > 0 && most(span)).ok_or_else(fault)
}

/// In small letters, with one kind of dash.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().replace(['–', '—', '−'], "-");
    text.replace(" bis ", "-").replace(" to ", "-")
}

fn weekdays(text: &str) -> Result<Vec<usize>, TypedFault> {
    if matches!(text, "täglich" | "daily" | "every day") {
        return Ok((0..7).collect());
    }
    let mut found = Vec::new();
    for word in text.split(|sign: char| sign.is_whitespace() || sign == '/').filter(|word| !word.is_empty()) {
        match word.split_once('-') {
            None => found.push(weekday(word)?),
            Some((first, last)) => {
                let (first, last) = (weekday(first)?, weekday(last)?);
                let length = (last + 7 - first) % 7;
                found.extend((first..=first + length).map(|day| day % 7));
            }
        }
    }
    Ok(found)
}

fn weekday(word: &str) -> Result<usize, TypedFault> {
    let word = word.trim().trim_end_matches('.');
    let fault = || TypedFault::Weekday(word.to_owned());
    if word.chars().count() < 2 {
        return Err(fault());
    }
    // "So" is the usual short form of Sonntag, and of nothing else.
    if word == "so" {
        return Ok(6);
    }
    let matches = |names: &&[&str]| names.iter().any(|name| name.starts_with(word));
    WEEKDAYS.iter().position(matches).ok_or_else(fault)
}

fn range(text: &str) -> Result<Range, TypedFault> {
    let fault = || TypedFault::Time(text.to_owned());
    let (from, to) = text.split_once('-').ok_or_else(fault)?;
    let (from, to) = (time(from).ok_or_else(fault)?, time(to).ok_or_else(fault)?);
    if from < to { Ok(Range { from, to }) } else { Err(TypedFault::Backwards(text.to_owned())) }
}

fn time(text: &str) -> Option<u16> {
    let text = text.trim().trim_end_matches('h');
    let (hours, minutes) = text.split_once([':', '.']).unwrap_or((text, "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60).then(|| hours * 60 + minutes).filter(|minute| *minute <= MINUTES_A_DAY)
}

/// One end of days off.
#[derive(Clone, Copy)]
enum Day {
    Of(NaiveDate),
    Yearly(MonthDay),
}

fn days_off_piece(piece: &str) -> Result<DaysOff, TypedFault> {
    let fault = || TypedFault::Date(piece.to_owned());
    let is_dotted = piece.contains('.') && !piece.contains("..");
    let ends = if is_dotted { piece.split_once('-') } else { piece.split_once("..") };
    let (from, to) = ends.unwrap_or((piece, piece));
    let (from, to) = (day(from).ok_or_else(fault)?, day(to).ok_or_else(fault)?);
    match (from, to) {
        (Day::Of(from), Day::Of(to)) if from > to => Err(TypedFault::Backwards(piece.to_owned())),
        (Day::Of(from), Day::Of(to)) => Ok(DaysOff::Once { from, to }),
        (Day::Yearly(from), Day::Yearly(to)) => Ok(DaysOff::Yearly { from, to }),
        // "24.12.-31.12.2026" is all of one year.
        (Day::Yearly(from), Day::Of(to)) => {
            let from = NaiveDate::from_ymd_opt(to.year(), from.month, from.day).ok_or_else(fault)?;
            if from > to {
                Err(TypedFault::Backwards(piece.to_owned()))
            } else {
                Ok(DaysOff::Once { from, to })
            }
        }
        (Day::Of(_), Day::Yearly(_)) => Err(fault()),
    }
}

fn day(text: &str) -> Option<Day> {
    let text = text.trim();
    if let Ok(date) = text.parse::<NaiveDate>() {
        return (1900..=2999).contains(&date.year()).then_some(Day::Of(date));
    }
    if let Some((month, day)) = text.split_once('-') {
        return MonthDay::new(month.parse().ok()?, day.parse().ok()?).map(Day::Yearly);
    }
    let mut parts = text.trim_end_matches('.').split('.').map(str::trim);
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    match year {
        None => MonthDay::new(month, day).map(Day::Yearly),
        Some(year) if year.len() == 4 => NaiveDate::from_ymd_opt(year.parse().ok()?, month, day).map(Day::Of),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(week: &Week) -> String {
        let time = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
        let day = |ranges: &Vec<Range>| {
            ranges
                .iter()
                .map(|range| format!("{}-{}", time(range.from), time(range.to)))
                .collect::<Vec<_>>()
                .join("+")
        };
        week.days().iter().map(day).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn opening_times_are_read_in_both_languages() {
        let usual = "8:00-12:00+13:00-17:00|".repeat(5) + "|";
        for text in [
            "Mo-Fr 08:00-12:00, 13:00-17:00",
            "Mon-Fri 8-12, 13-17",
            "Montag bis Freitag 8.00 Uhr - 12.00 Uhr und 13.00-17.00 Uhr",
            "Monday to Friday: 8:00–12:00 13:00–17:00",
            "mo, di, mi, do, fr 8-12; mo-fr 13-17",
        ] {
            assert_eq!(week(text).map(|week| shown(&week)), Ok(usual.clone()), "{text}");
        }
        assert_eq!(
            week("Fr-Mo 9-10").map(|week| shown(&week)).unwrap(),
            "9:00-10:00||||9:00-10:00|9:00-10:00|9:00-10:00"
        );
        assert_eq!(week("täglich 0-24").map(|week| shown(&week)).unwrap(), ["0:00-24:00"; 7].join("|"));
        assert_eq!(week("So 10-12").map(|week| shown(&week)).unwrap(), "||||||10:00-12:00");
    }

    #[test]
    fn the_faulty_part_of_opening_times_is_named() {
        let cases = [
            ("Mo-Xy 8-12", TypedFault::Weekday("xy".to_owned())),
            ("Mo 8-25", TypedFault::Time("8-25".to_owned())),
            ("Mo 8:60-9", TypedFault::Time("8:60-9".to_owned())),
            ("Mo 8", TypedFault::Time("8".to_owned())),
            ("Mo 17-8", TypedFault::Backwards("17-8".to_owned())),
            ("8-12", TypedFault::WeekdayMissing("8-12".to_owned())),
            ("Mo 8-12, 11-13", TypedFault::Overlap("11-13".to_owned())),
            ("Mo-Fr", TypedFault::Time("mo-fr".to_owned())),
            ("", TypedFault::Time(String::new())),
            ("M 8-12", TypedFault::Weekday("m".to_owned())),
        ];
        for (text, fault) in cases {
            assert_eq!(week(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn days_off_are_read_in_both_forms() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let yearly = |month, day| MonthDay { month, day };
        let expected = vec![
            DaysOff::Yearly { from: yearly(12, 24), to: yearly(12, 24) },
            DaysOff::Yearly { from: yearly(12, 27), to: yearly(1, 2) },
            DaysOff::Once { from: date("2026-05-15"), to: date("2026-05-15") },
            DaysOff::Once { from: date("2026-08-03"), to: date("2026-08-14") },
        ];
        for text in [
            "24.12., 27.12.-2.1., 15.05.2026, 3.8.2026 - 14.8.2026",
            "12-24; 12-27..01-02; 2026-05-15; 2026-08-03..2026-08-14",
            "24.12.; 27.12. bis 02.01.; 2026-05-15; 03.08.-14.08.2026",
        ] {
            assert_eq!(days_off(text), Ok(expected.clone()), "{text}");
        }
        for (text, fault) in [
            ("30.2.", TypedFault::Date("30.2.".to_owned())),
            ("24.12., soon", TypedFault::Date("soon".to_owned())),
            ("2026-08-14..2026-08-03", TypedFault::Backwards("2026-08-14..2026-08-03".to_owned())),
            ("15.05.26", TypedFault::Date("15.05.26".to_owned())),
        ] {
            assert_eq!(days_off(text), Err(fault), "{text}");
        }
        assert_eq!(days_off(&"24.12.,".repeat(101)), Err(TypedFault::TooMany));
    }

    #[test]
    fn spans_are_read_in_both_languages() {
        for (text, expected) in [
            ("30m", Span::Minutes(30)),
            ("4 Std.", Span::Minutes(240)),
            ("2h", Span::Minutes(120)),
            ("2 Tage", Span::Days(2)),
            ("1d", Span::Days(1)),
        ] {
            assert_eq!(span(text), Ok(expected), "{text}");
        }
        for text in ["", "4", "h", "0h", "91d", "4 weeks", "-1h", "99999999999h"] {
            assert_eq!(span(text), Err(TypedFault::Span(text.to_owned())), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
            let _ = (week(&text), days_off(&text), span(&text));
        }

        #[test]
        fn likely_signs_are_read_or_refused(text in "[MoFrDi0-9:., ;\\-Tt]{0,40}") {
            if let Ok(week) = week(&text) {
                prop_assert!(!week.is_empty());
            }
            let _ = (days_off(&text), span(&text));
        }
    }
}
