//! A report in words: short labels with their figures, grouped as people ask about them.

use std::time::Duration;

use chrono::{Datelike as _, NaiveDate};

use crate::domain::article::Language;
use crate::domain::report::{Gap, Rate, Report, Spread};
use crate::text;

/// Longest question that a report repeats.
const QUESTION_MAX: usize = 90;

/// Figures that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What they are about.
    pub title: String,
    /// Each figure with its label; what people wrote is in it as they wrote it.
    pub lines: Vec<(String, String)>,
}

/// What the report is about.
pub fn title(language: Language, report: &Report) -> String {
    text::report_title(language, day(language, report.first_day), day_and_year(language, report.last_day))
}

/// All figures in words. What nothing was counted for says so.
pub fn sections(language: Language, report: &Report) -> Vec<Section> {
    let section = |title: String, lines: Vec<(String, String)>| Section { title, lines };
    vec![
        section(text::report_questions(language), questions(language, report)),
        section(text::report_tickets(language), tickets(language, report)),
        section(text::report_levels(language), levels(language, report)),
        section(text::report_times(language), times(language, report)),
        section(text::report_backlog(language), backlog(language, report)),
        section(text::report_categories(language), categories(language, report)),
        section(text::report_gaps(language), gaps(language, report)),
    ]
}

/// The picture for those who cannot see it.
pub(super) fn described(language: Language, report: &Report) -> String {
    let deflected: u32 = report.series.iter().map(|tally| tally.deflected).sum();
    text::report_chart_described(
        language,
        day(language, report.first_day),
        day_and_year(language, report.last_day),
        report.opened,
        report.solved,
        deflected,
    )
}

fn questions(language: Language, report: &Report) -> Vec<(String, String)> {
    vec![
        (text::report_asked(language), report.questions.asked.to_string()),
        (text::report_deflection(language), rate(language, report.deflection)),
        (text::report_deflection_confirmed(language), rate(language, report.deflection_confirmed)),
    ]
}

fn tickets(language: Language, report: &Report) -> Vec<(String, String)> {
    let mut lines = vec![
        (text::report_opened(language), report.opened.to_string()),
        (text::report_solved(language), report.solved.to_string()),
    ];
    if report.closed_unsolved > 0 {
        lines.push((text::report_closed_unsolved(language), report.closed_unsolved.to_string()));
    }
    lines.push((text::report_reopened(language), rate(language, report.reopened)));
    let rating = match report.rating.mean {
        Some(mean) => text::report_stars(language, decimal(language, mean), report.rating.count),
        None => text::report_no_data(language),
    };
    lines.push((text::report_rating(language), rating));
    lines
}

fn levels(language: Language, report: &Report) -> Vec<(String, String)> {
    vec![
        (text::report_first_level(language), rate(language, report.first_level_resolution)),
        (text::report_first_contact(language), rate(language, report.first_contact_resolution)),
        (text::report_escalated(language), rate(language, report.escalated)),
        (text::report_bounced(language), rate(language, report.bounced)),
    ]
}

fn times(language: Language, report: &Report) -> Vec<(String, String)> {
    let working = |figure: Option<Spread>| {
        let line = || (text::report_working(language), spread(language, figure, working_span));
        report.has_opening_hours.then(line)
    };
    let lines = [
        Some((text::report_first_response(language), spread(language, report.first_response, span))),
        working(report.first_response_working),
        Some((text::report_in_time(language), rate(language, report.first_response_in_time))),
        Some((text::report_resolution(language), spread(language, report.resolution, span))),
        working(report.resolution_working),
        Some((text::report_in_time(language), rate(language, report.resolution_in_time))),
    ];
    lines.into_iter().flatten().collect()
}

fn backlog(language: Language, report: &Report) -> Vec<(String, String)> {
    let backlog = report.backlog;
    let mut lines = vec![
        (text::report_open(language), backlog.open.to_string()),
        (text::report_overdue(language), backlog.overdue.to_string()),
        (text::report_second_level(language), backlog.second_level.to_string()),
        (text::report_waiting_for_requester(language), backlog.waiting_for_requester.to_string()),
    ];
    if let (Some(median), Some(oldest)) = (backlog.median_age, backlog.oldest_age) {
        let age = text::report_ages(language, span(language, median), span(language, oldest));
        lines.push((text::report_age(language), age));
    }
    lines
}

fn categories(language: Language, report: &Report) -> Vec<(String, String)> {
    let name = |name: Option<&String>| name.cloned().unwrap_or_else(|| text::report_no_category(language));
    let lines = report.categories.iter();
    lines.map(|category| (name(category.name.as_ref()), category.tickets.to_string())).collect()
}

/// What was asked and not solved, with by how many people.
fn gaps(language: Language, report: &Report) -> Vec<(String, String)> {
    let people = |gap: &Gap| text::report_people(language, gap.people);
    report.gaps.iter().map(|gap| (one_line(&gap.question), people(gap))).collect()
}

/// A question as far as it fits on a line.
pub(super) fn one_line(question: &str) -> String {
    let line = question.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUESTION_MAX {
        return line;
    }
    line.chars().take(QUESTION_MAX - 1).chain(['…']).collect()
}

/// So many percent, and of how many: few tickets make rates that say little.
fn rate(language: Language, rate: Rate) -> String {
    match rate.share() {
        Some(share) => text::report_rate(language, (share * 100.0).round(), rate.count, rate.of),
        None => text::report_no_data(language),
    }
}

fn spread(language: Language, spread: Option<Spread>, told: fn(Language, Duration) -> String) -> String {
    match spread {
        Some(spread) => {
            text::report_spread(language, told(language, spread.median), told(language, spread.p90))
        }
        None => text::report_no_data(language),
    }
}

/// How long, in the two largest units.
fn span(language: Language, span: Duration) -> String {
    let minutes = span.as_secs() / 60;
    let (days, hours, minutes) = (minutes / (24 * 60), minutes / 60 % 24, minutes % 60);
    match (days, hours) {
        (0, 0) => text::figure_minutes(language, minutes),
        (0, _) => text::figure_hours(language, hours, minutes),
        _ => text::figure_days(language, days, hours),
    }
}

/// The same of working time, which has no days of 24 hours.
fn working_span(language: Language, span: Duration) -> String {
    let minutes = span.as_secs() / 60;
    match minutes / 60 {
        0 => text::figure_minutes(language, minutes),
        hours => text::figure_hours(language, hours, minutes % 60),
    }
}

fn decimal(language: Language, number: f64) -> String {
    let shown = format!("{number:.1}");
    match language {
        Language::En => shown,
        Language::De => shown.replace('.', ","),
    }
}

/// A day within a year that is clear.
pub(super) fn day(language: Language, day: NaiveDate) -> String {
    text::day_of_month(language, day.day(), month(language, day))
}

fn day_and_year(language: Language, day: NaiveDate) -> String {
    text::day_and_year(language, self::day(language, day), day.year().to_string())
}

/// The short name of a day's month.
pub(super) fn month(language: Language, day: NaiveDate) -> String {
    text::month_short(language, day.month())
}
