//! When the desk is open, and what it promises.

use chrono::NaiveDate;
use serenity::model::Colour;

use super::View;
use super::frame::{Frame, fit};
use crate::domain::article::Language;
use crate::domain::calendar::{Calendar, Range, Week};
use crate::domain::holidays::{DaysOff, MonthDay};
use crate::domain::schedule::{Promise, Span, Terms};
use crate::domain::ticket::Priority;
use crate::text;

const TERMS: Colour = Colour::new(0x0058_65F2);

/// The opening hours.
pub(crate) fn hours(language: Language, terms: &Terms, left_out: usize) -> View {
    let frame = Frame::new(TERMS).title(text::hours_title(language));
    let Some(calendar) = &terms.calendar else {
        return View { embeds: fit([frame.description(text::hours_always(language))]), ..View::default() };
    };
    let frame = frame
        .description(week(language, &calendar.week))
        .beside(text::hours_zone(language), Some(calendar.zone.name().to_owned()))
        .beside(text::hours_holidays(language), region(language, calendar))
        .field(text::hours_days_off(language), days_off(language, &calendar.days_off))
        .field(text::hours_imported(language), days_off(language, &calendar.imported))
        .field(
            text::hours_left_out(language),
            (left_out > 0).then(|| text::hours_left_out_why(language, left_out)),
        );
    View { embeds: fit([frame]), ..View::default() }
}

/// What is promised.
pub(crate) fn sla(language: Language, terms: &Terms) -> View {
    let frame = Frame::new(TERMS).title(text::sla_title(language)).description(match &terms.calendar {
        Some(_) => text::sla_business(language),
        None => text::sla_wall_clock(language),
    });
    let frame = Priority::ALL.into_iter().fold(frame, |frame, priority| {
        let line = promise(language, terms.sla.of(priority), terms.calendar.is_some());
        frame.field(super::words::priority(language, priority), Some(line))
    });
    let frame = frame
        .beside(text::sla_idle(language), Some(span(language, terms.sla.idle)))
        .beside(text::sla_answer(language), Some(span(language, terms.sla.answer)));
    View { embeds: fit([frame]), ..View::default() }
}

fn promise(language: Language, promise: &Promise, is_bound: bool) -> String {
    let (first, solved) = (span(language, promise.first_response), span(language, promise.resolution));
    if promise.around_the_clock && is_bound {
        text::sla_promise_always(language, first, solved)
    } else {
        text::sla_promise(language, first, solved)
    }
}

fn span(language: Language, span: Span) -> String {
    match span {
        Span::Minutes(minutes) if minutes % 60 == 0 => text::span_hours(language, i64::from(minutes / 60)),
        Span::Minutes(minutes) => text::span_minutes(language, i64::from(minutes)),
        Span::Days(days) => text::span_days(language, i64::from(days)),
    }
}

fn region(language: Language, calendar: &Calendar) -> Option<String> {
    let region = calendar.region?;
    text::command_text(language, &format!("command-choice-region-{}", region.code()))
}

/// One line for neighbouring days with the same times.
fn week(language: Language, week: &Week) -> String {
    let names = [
        text::weekday_1(language),
        text::weekday_2(language),
        text::weekday_3(language),
        text::weekday_4(language),
        text::weekday_5(language),
        text::weekday_6(language),
        text::weekday_7(language),
    ];
    let days: Vec<_> = names.iter().zip(week.days()).collect();
    let alike = days.chunk_by(|(_, ranges), (_, next)| ranges == next);
    let lines = alike.filter_map(|days| match days {
        [(_, ranges), ..] if ranges.is_empty() => None,
        [(day, ranges)] => Some(format!("{day} {}", times(ranges))),
        [(first, ranges), .., (last, _)] => Some(format!("{first}-{last} {}", times(ranges))),
        [] => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn times(ranges: &[Range]) -> String {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    ranges
        .iter()
        .map(|range| format!("{}-{}", time(range.from), time(range.to)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn days_off(language: Language, days: &[DaysOff]) -> Option<String> {
    let shown: Vec<_> = days
        .iter()
        .map(|days| match *days {
            DaysOff::Once { from, to } if from == to => date(language, from),
            DaysOff::Once { from, to } => format!("{} – {}", date(language, from), date(language, to)),
            DaysOff::Yearly { from, to } if from == to => yearly(language, from),
            DaysOff::Yearly { from, to } => format!("{} – {}", yearly(language, from), yearly(language, to)),
        })
        .collect();
    (!shown.is_empty()).then(|| shown.join(", "))
}

fn date(language: Language, date: NaiveDate) -> String {
    date.format(match language {
        Language::En => "%Y-%m-%d",
        Language::De => "%d.%m.%Y",
    })
    .to_string()
}

fn yearly(language: Language, day: MonthDay) -> String {
    match language {
        Language::En => format!("{:02}-{:02}", day.month, day.day),
        Language::De => format!("{:02}.{:02}.", day.day, day.month),
    }
}
