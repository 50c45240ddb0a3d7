//! The counting itself, in one pass over each kind of fact.

use std::collections::HashMap;
use std::time::Duration;

use chrono_tz::Tz;

use super::{
    ASK_AGAIN_WITHIN, Asked, Backlog, CATEGORIES, Case, Category, Facts, GAPS, Gap, Questions, Rate, Rating,
    Report, Spread, Tally, Waiting,
};
use crate::domain::period::{Period, date};
use crate::domain::schedule::{Promise, Span, Terms};
use crate::domain::ticket::StatusName;
use crate::domain::time::Timestamp;
use crate::domain::watch::Met;

/// Counts the figures of a period as they are now. Cases that were neither opened nor solved in it do not count.
pub fn count(period: Period, now: Timestamp, facts: &Facts, terms: &Terms) -> Report {
    let zone = terms.zone();
    let opened: Vec<_> = facts.cases.iter().filter(|case| period.contains(case.opened_at)).collect();
    let solved: Vec<_> = facts
        .cases
        .iter()
        .filter_map(|case| case.resolved_at.filter(|at| period.contains(*at)).map(|at| (case, at)))
        .collect();
    let (step, begins) = period.steps(&zone);
    let mut series = Series::new(&begins, zone);
    for case in &opened {
        series.at(case.opened_at).opened += 1;
    }
    for (_, at) in &solved {
        series.at(*at).solved += 1;
    }
    let asked = facts.questions.iter().filter(|asked| period.contains(asked.at));
    let questions = questions(asked, now, &mut series);
    let responses = || opened.iter().filter_map(|case| Some((*case, case.first_response_at?)));
    let escalated: Vec<_> = opened.iter().filter(|case| case.is_escalated).collect();
    Report {
        period,
        first_day: date(period.from, &zone),
        last_day: date(Timestamp(period.to.0 - 1), &zone),
        made_at: now,
        questions,
        deflection: questions.deflection(),
        deflection_confirmed: questions.deflection_confirmed(),
        opened: number(opened.len()),
        solved: number(solved.len()),
        closed_unsolved: facts.closed_unsolved,
        first_level_resolution: rate(&solved, |(case, _)| !case.is_escalated),
        first_contact_resolution: rate(&solved, |(case, _)| is_first_contact(case)),
        reopened: rate(&solved, |(case, _)| case.reopened > 0),
        escalated: rate(&opened, |case| case.is_escalated),
        bounced: rate(&escalated, |case| case.bounces > 0),
        first_response_in_time: in_time(opened.iter().filter_map(|case| first_response(case, now, terms))),
        resolution_in_time: in_time(opened.iter().filter_map(|case| resolution(case, now, terms))),
        has_opening_hours: terms.calendar.is_some(),
        first_response: spread(responses().map(|(case, at)| at.since(case.opened_at)).collect()),
        first_response_working: spread(responses().map(|(case, at)| responded(case, at, terms)).collect()),
        resolution: spread(solved.iter().map(|(case, at)| at.since(case.opened_at)).collect()),
        resolution_working: spread(solved.iter().map(|(case, at)| solved_after(case, *at, terms)).collect()),
        backlog: backlog(&facts.waiting, now),
        rating: rating(solved.iter().filter_map(|(case, _)| case.rating)),
        categories: categories(&opened),
        gaps: gaps(&facts.gaps),
        step,
        series: series.tallies,
    }
}

/// The steps of the period while they are filled.
struct Series {
    tallies: Vec<Tally>,
}

impl Series {
    fn new(begins: &[Timestamp], zone: Tz) -> Self {
        let empty = |from: &Timestamp| Tally {
            day: date(*from, &zone),
            from: *from,
            opened: 0,
            solved: 0,
            deflected: 0,
        };
        Self { tallies: begins.iter().map(empty).collect() }
    }

    /// The step of a moment in the period.
    fn at(&mut self, at: Timestamp) -> &mut Tally {
        let after = self.tallies.partition_point(|tally| tally.from <= at);
        &mut self.tallies[after.saturating_sub(1)]
    }
}

/// What became of one question.
enum Fate {
    Confirmed,
    Assumed,
    Ticket,
    GivenUp,
    Undecided,
}

fn fate(asked: &Asked, now: Timestamp) -> Fate {
    let decided_at = asked.at + ASK_AGAIN_WITHIN;
    let opened_soon = asked.next_ticket_at.is_some_and(|at| at < decided_at);
    if asked.became_ticket {
        Fate::Ticket
    } else if asked.is_solved {
        Fate::Confirmed
    } else if opened_soon {
        Fate::Ticket
    } else if now < decided_at {
        Fate::Undecided
    } else if asked.is_answered {
        Fate::Assumed
    } else {
        Fate::GivenUp
    }
}

fn questions<'a>(asked: impl Iterator<Item = &'a Asked>, now: Timestamp, series: &mut Series) -> Questions {
    let mut questions = Questions::default();
    for asked in asked {
        questions.asked += 1;
        match fate(asked, now) {
            Fate::Confirmed => {
                questions.confirmed += 1;
                series.at(asked.at).deflected += 1;
            }
            Fate::Assumed => {
                questions.assumed += 1;
                series.at(asked.at).deflected += 1;
            }
            Fate::Ticket => questions.ticket += 1,
            Fate::GivenUp => questions.given_up += 1,
            Fate::Undecided => questions.undecided += 1,
        }
    }
    questions
}

fn is_first_contact(case: &Case) -> bool {
    !case.is_escalated && case.reopened == 0 && case.takes <= 1
}

/// How much of the time that is promised about a case had passed at a moment, by the opening hours of now.
fn worked(case: &Case, at: Timestamp, terms: &Terms) -> Duration {
    terms.ran(case.priority, &case.watch, case.opened_at, at)
}

/// How much had passed until its first response, by the opening hours of then.
fn responded(case: &Case, at: Timestamp, terms: &Terms) -> Duration {
    case.watch.response.map_or_else(|| worked(case, at, terms), Met::took)
}

/// How much had passed until its last solution, by the opening hours of then.
fn solved_after(case: &Case, at: Timestamp, terms: &Terms) -> Duration {
    case.watch.solution.map_or_else(|| worked(case, at, terms), Met::took)
}

/// Whether the first response came in time; absent while there still is time.
fn first_response(case: &Case, now: Timestamp, terms: &Terms) -> Option<bool> {
    let done = (case.first_response_at, case.watch.response);
    is_in_time(case, done, now, terms, |promise| promise.first_response)
}

/// Whether the solution came in time; absent while there still is time, and when none is owed.
fn resolution(case: &Case, now: Timestamp, terms: &Terms) -> Option<bool> {
    is_in_time(case, (case.resolved_at, case.watch.solution), now, terms, |promise| promise.resolution)
}

/// By what was promised when it was done; what is not done yet by what is promised now. A ticket of which nobody measured
/// that at the time, because it is older than the measuring, is measured by now.
fn is_in_time(
    case: &Case,
    (done_at, met): (Option<Timestamp>, Option<Met>),
    now: Timestamp,
    terms: &Terms,
    promised: fn(&Promise) -> Span,
) -> Option<bool> {
    let length = terms.length(case.priority, promised(terms.sla.of(case.priority)));
    match (done_at, case.status) {
        (Some(at), _) => Some(met.map_or_else(|| worked(case, at, terms) <= length, Met::is_in_time)),
        // Closed before that: nothing is owed any more.
        (None, StatusName::Closed) => None,
        (None, _) => (worked(case, now, terms) > length).then_some(false),
    }
}

fn in_time(outcomes: impl Iterator<Item = bool>) -> Rate {
    outcomes.fold(Rate::default(), |rate, in_time| Rate {
        count: rate.count + u32::from(in_time),
        of: rate.of + 1,
    })
}

fn rate<T>(all: &[T], is_counted: impl Fn(&T) -> bool) -> Rate {
    Rate { count: number(all.iter().filter(|one| is_counted(one)).count()), of: number(all.len()) }
}

fn spread(mut spans: Vec<Duration>) -> Option<Spread> {
    spans.sort_unstable();
    // The smallest span that nine in ten do not exceed.
    let p90 = *spans.get((spans.len() * 9).div_ceil(10).checked_sub(1)?)?;
    Some(Spread { median: median(&spans)?, p90 })
}

/// Of sorted spans.
fn median(spans: &[Duration]) -> Option<Duration> {
    let above = *spans.get(spans.len() / 2)?;
    Some(if spans.len() % 2 == 1 { above } else { (above + spans[spans.len() / 2 - 1]) / 2 })
}

fn backlog(waiting: &[Waiting], now: Timestamp) -> Backlog {
    let mut ages: Vec<_> = waiting.iter().map(|case| now.since(case.opened_at)).collect();
    ages.sort_unstable();
    let how_many = |is_counted: fn(&Waiting, Timestamp) -> bool| {
        number(waiting.iter().filter(|case| is_counted(case, now)).count())
    };
    Backlog {
        open: number(waiting.len()),
        second_level: how_many(|case, _| case.is_second_level),
        waiting_for_requester: how_many(|case, _| case.due_at.is_none()),
        overdue: how_many(|case, now| case.due_at.is_some_and(|due| due < now)),
        median_age: median(&ages),
        oldest_age: ages.last().copied(),
    }
}

fn rating(stars: impl Iterator<Item = i64>) -> Rating {
    let (count, sum) = stars
        .filter_map(|stars| u32::try_from(stars).ok())
        .fold((0, 0), |(count, sum), stars| (count + 1, sum + stars));
    let mean = (count > 0).then(|| f64::from(sum) / f64::from(count));
    Rating { count, mean }
}

fn categories(opened: &[&Case]) -> Vec<Category> {
    let mut counts: HashMap<Option<&str>, u32> = HashMap::new();
    for case in opened {
        *counts.entry(case.category.as_deref()).or_default() += 1;
    }
    let mut categories: Vec<_> = counts
        .into_iter()
        .map(|(name, tickets)| Category { name: name.map(str::to_owned), tickets })
        .collect();
    // By name among equals, so that the same facts always give the same report.
    categories.sort_by(|one, other| {
        other
            .tickets
            .cmp(&one.tickets)
            .then_with(|| one.name.is_none().cmp(&other.name.is_none()))
            .then_with(|| one.name.cmp(&other.name))
    });
    categories.truncate(CATEGORIES);
    categories
}

fn gaps(groups: &[Gap]) -> Vec<Gap> {
    let mut gaps = groups.to_vec();
    // Whoever asks ten times is one person in need. By their words among equals, like categories.
    gaps.sort_by(|one, other| {
        let size = |gap: &Gap| (gap.people, gap.times, gap.tickets);
        size(other).cmp(&size(one)).then_with(|| one.question.cmp(&other.question))
    });
    gaps.truncate(GAPS);
    gaps
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
