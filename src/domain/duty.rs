//! Who is on duty, and who is called: those people if there are any, else the whole role.

use std::time::Duration;

use chrono::{DateTime, TimeZone as _};
use chrono_tz::Tz;

use super::id::{RoleId, SpecialismId, UserId};
use super::time::Timestamp;

/// How many people one call names. More than that is a crowd in which nobody feels meant.
pub const CALLED_MAX: usize = 5;

/// Somebody on duty, with what they were to the desk when they said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// Who.
    pub user: UserId,
    /// Whether they are first level.
    pub first_level: bool,
    /// The specialisms they belong to.
    pub specialisms: Vec<SpecialismId>,
    /// Since when.
    pub since: Timestamp,
    /// Until when, if they said.
    pub until: Option<Timestamp>,
}

/// Who is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callees {
    /// These people, and nobody else.
    People(Vec<UserId>),
    /// Everybody who has this role.
    Role(RoleId),
}

/// The people of a specialism who are on duty, the longest first.
pub fn of_specialism(on_duty: &[OnDuty], specialism: SpecialismId) -> Vec<UserId> {
    let theirs = on_duty.iter().filter(|duty| duty.specialisms.contains(&specialism));
    longest_first(theirs)
}

/// The people of first level who are on duty, the longest first.
pub fn of_first_level(on_duty: &[OnDuty]) -> Vec<UserId> {
    longest_first(on_duty.iter().filter(|duty| duty.first_level))
}

/// Why a text names no end of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchEnd {
    /// It is no span within a week, and no time of a day.
    #[error("an end of a duty is a span within a week, or a time of the day")]
    Unreadable,
    /// A time of the day says nothing as long as nobody has said where the desk is.
    #[error("a time of the day needs the desk's time zone")]
    NoZone,
}

/// Longest duty, in minutes: a week.
const MINUTES_MAX: u64 = 7 * 24 * 60;

/// When a duty ends that somebody gives as a span (`4h`, `90m`, `7h30m`) or as the time of the day at which it will
/// next be, where the desk is (`17:00`, `17.30`, `17 Uhr`).
pub fn end(typed: &str, now: Timestamp, zone: Option<Tz>) -> Result<Timestamp, NoSuchEnd> {
    let typed = typed.trim().to_lowercase().replace([' ', '+'], "");
    if let Some(minute) = minute_of_day(&typed) {
        return next_time(minute, now, zone.ok_or(NoSuchEnd::NoZone)?).ok_or(NoSuchEnd::Unreadable);
    }
    let unreadable = |_| NoSuchEnd::Unreadable;
    let (hours, rest) = match typed.split_once('h') {
        Some((hours, rest)) => (hours.parse().map_err(unreadable)?, rest),
        None => (0, typed.as_str()),
    };
    let minutes: u64 = match rest.strip_suffix("min").or(rest.strip_suffix('m')).unwrap_or(rest) {
        "" if typed.contains('h') => 0,
        // A bare number would be hours to some and minutes to others.
        minutes if minutes.len() < rest.len() || typed.contains('h') => {
            minutes.parse().map_err(unreadable)?
        }
        _ => return Err(NoSuchEnd::Unreadable),
    };
    let span = u64::saturating_mul(hours, 60).saturating_add(minutes);
    if (1..=MINUTES_MAX).contains(&span) {
        Ok(now + Duration::from_mins(span))
    } else {
        Err(NoSuchEnd::Unreadable)
    }
}

/// The minute of a day that a time names, or `None` where the text is no time at all.
fn minute_of_day(typed: &str) -> Option<u32> {
    let bare = typed.strip_suffix("uhr");
    let (hour, minute) = match bare.unwrap_or(typed).split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if bare.is_some() => (bare?, "0"),
        _ => return None,
    };
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// When it will next be this time of the day somewhere. A time that the clocks skip is none of that day.
fn next_time(minute: u32, now: Timestamp, zone: Tz) -> Option<Timestamp> {
    let today = DateTime::from_timestamp_millis(now.0)?.with_timezone(&zone).date_naive();
    let times = today.iter_days().take(3).filter_map(|day| {
        let local = day.and_hms_opt(minute / 60, minute % 60, 0)?;
        Some(Timestamp(zone.from_local_datetime(&local).earliest()?.timestamp_millis()))
    });
    times.into_iter().find(|time| *time > now)
}

/// Whom to call: those on duty, else the role.
pub fn callees(mut on_duty: Vec<UserId>, role: RoleId) -> Callees {
    on_duty.truncate(CALLED_MAX);
    if on_duty.is_empty() { Callees::Role(role) } else { Callees::People(on_duty) }
}

fn longest_first<'a>(on_duty: impl Iterator<Item = &'a OnDuty>) -> Vec<UserId> {
    let mut found: Vec<_> = on_duty.map(|duty| (duty.since, duty.user)).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, user)| user).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on_duty() -> impl Strategy<Value = Vec<OnDuty>> {
        let one = (
            1..50_i64,
            any::<bool>(),
            proptest::collection::vec((1..4_i64).prop_map(SpecialismId), 0..3),
            0..9_i64,
        )
            .prop_map(|(user, first_level, specialisms, since)| OnDuty {
                user: UserId(user),
                first_level,
                specialisms,
                since: Timestamp(since),
                until: None,
            });
        proptest::collection::vec(one, 0..12)
    }

    #[test]
    fn an_end_is_a_span_within_a_week() {
        let minutes = |typed| end(typed, Timestamp(0), None).map(|end| end.0 / 60_000);
        for (typed, expected) in [
            ("4h", 240),
            ("90m", 90),
            ("7h30m", 450),
            (" 7h 30 ", 450),
            ("+2H", 120),
            ("45 min", 45),
            ("168h", 10_080),
        ] {
            assert_eq!(minutes(typed), Ok(expected), "{typed}");
        }
        for wrong in ["", "8", "0h", "169h", "h", "m", "4h90x", "-1h", "tomorrow", "99999999999999999999h"] {
            assert_eq!(minutes(wrong), Err(NoSuchEnd::Unreadable), "{wrong}");
        }
    }

    #[test]
    fn an_end_is_the_next_such_time_where_the_desk_is() {
        let berlin = |text: &str| Timestamp(DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis());
        let zone = Some(chrono_tz::Europe::Berlin);
        let morning = berlin("2026-11-20T08:00:00+01:00");
        for typed in ["17:00", "17.00", "17 Uhr", " 17:00 uhr "] {
            assert_eq!(end(typed, morning, zone), Ok(berlin("2026-11-20T17:00:00+01:00")), "{typed}");
        }
        assert_eq!(end("7:30", morning, zone), Ok(berlin("2026-11-21T07:30:00+01:00")), "tomorrow");
        assert_eq!(end("8:00", morning, zone), Ok(berlin("2026-11-21T08:00:00+01:00")), "not at once");
        // The night in which clocks are set forward has no half past two.
        let night = berlin("2026-03-29T01:00:00+01:00");
        assert_eq!(end("2:30", night, zone), Ok(berlin("2026-03-30T02:30:00+02:00")));
        assert_eq!(end("17:00", morning, None), Err(NoSuchEnd::NoZone));
        for wrong in ["24:00", "17:60", "17:5", ":", "uhr", "17:00:00", "-1:00", "1:-1"] {
            assert_eq!(end(wrong, morning, zone), Err(NoSuchEnd::Unreadable), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn only_people_of_the_specialism_are_called_and_never_a_crowd(on_duty in on_duty()) {
            let theirs = of_specialism(&on_duty, SpecialismId(1));
            match callees(theirs.clone(), RoleId(7)) {
                Callees::Role(role) => {
                    prop_assert_eq!(role, RoleId(7));
                    prop_assert!(theirs.is_empty(), "the role is called only when nobody is on duty");
                }
                Callees::People(people) => {
                    prop_assert!((1..=CALLED_MAX).contains(&people.len()));
                    for person in people {
                        let meant = |duty: &OnDuty| duty.user == person && duty.specialisms.contains(&SpecialismId(1));
                        prop_assert!(on_duty.iter().any(meant));
                    }
                }
            }
        }
    }
}
