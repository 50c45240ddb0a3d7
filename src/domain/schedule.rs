//! When something is due: what a desk promises for each priority, in its business time or around the clock, and every
//! timer that follows from a ticket as it is.

use std::time::Duration;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::id::MessageId;
use super::job::Timer;
use super::ticket::{Priority, Status, Ticket};
use super::time::Timestamp;
use super::watch::{Met, Watch};

const DAY: Duration = Duration::from_hours(24);

/// A resolved ticket closes by itself after this silence of its requester.
pub const AUTO_CLOSE_AFTER: Duration = Duration::from_hours(3 * 24);

/// A closed ticket can be reopened for this long; after that a new one tells the story better.
pub const REOPEN_WITHIN: Duration = Duration::from_hours(14 * 24);

/// Whoever is asked for something and does not answer is asked once more after this time …
const NUDGE_AFTER: Duration = Duration::from_hours(2 * 24);
/// … and their ticket closes after this one.
const STALE_AFTER: Duration = Duration::from_hours(5 * 24);

/// Whoever is responsible is warned when so much of the time is used up, in per cent.
const WARN_AT: u32 = 75;

/// A length of time as people promise it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// So many minutes.
    Minutes(u32),
    /// So many working days, as long as the desk is open on one; days of 24 hours where the clock does not stop.
    Days(u32),
}

/// What is promised for one priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// How soon a person of staff takes it or writes (Reaktionszeit).
    pub first_response: Span,
    /// How soon it is solved (Lösungszeit).
    pub resolution: Span,
    /// Whether the clock runs and people are pinged outside of opening hours, too.
    pub around_the_clock: bool,
}

/// What is promised, and what is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sla {
    /// For each priority, from P1 on.
    pub promises: [Promise; 4],
    /// A ticket of whose holder nothing is seen for this long goes back to where others of the same level can take it.
    pub idle: Span,
    /// A requester who writes and gets no answer for this long is brought to mind.
    pub answer: Span,
}

impl Default for Sla {
    fn default() -> Self {
        let promise =
            |first_response, resolution| Promise { first_response, resolution, around_the_clock: false };
        Self {
            promises: [
                promise(Span::Minutes(15), Span::Minutes(4 * 60)),
                promise(Span::Minutes(60), Span::Minutes(8 * 60)),
                promise(Span::Minutes(4 * 60), Span::Days(1)),
                promise(Span::Minutes(8 * 60), Span::Days(5)),
            ],
            idle: Span::Days(2),
            answer: Span::Minutes(4 * 60),
        }
    }
}

impl Sla {
    /// What is promised for a priority.
    pub const fn of(&self, priority: Priority) -> &Promise {
        let [p1, p2, p3, p4] = &self.promises;
        match priority {
            Priority::P1 => p1,
            Priority::P2 => p2,
            Priority::P3 => p3,
            Priority::P4 => p4,
        }
    }

    /// The same, to be changed.
    pub const fn of_mut(&mut self, priority: Priority) -> &mut Promise {
        let [p1, p2, p3, p4] = &mut self.promises;
        match priority {
            Priority::P1 => p1,
            Priority::P2 => p2,
            Priority::P3 => p3,
            Priority::P4 => p4,
        }
    }
}

/// What a desk works by. Without opening hours all time is business time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// When it is open.
    pub calendar: Option<Calendar>,
    /// What it promises.
    pub sla: Sla,
}

impl Terms {
    /// The opening hours that count for a priority; `None` when its clock does not stop at night.
    pub fn hours(&self, priority: Priority) -> Option<&Calendar> {
        self.calendar.as_ref().filter(|_| !self.sla.of(priority).around_the_clock)
    }

    /// How long a span is for a priority.
    pub fn length(&self, priority: Priority, span: Span) -> Duration {
        match span {
            Span::Minutes(minutes) => Duration::from_mins(u64::from(minutes)),
            Span::Days(days) => self.hours(priority).map_or(DAY, Calendar::working_day) * days,
        }
    }

    /// The moment at which so much of a priority's time has passed.
    pub fn add(&self, priority: Priority, start: Timestamp, length: Duration) -> Timestamp {
        self.hours(priority).map_or_else(|| start + length, |hours| hours.add_business(start, length))
    }

    /// How much of a priority's time lies between two moments.
    pub fn between(&self, priority: Priority, from: Timestamp, to: Timestamp) -> Duration {
        self.hours(priority).map_or_else(|| to.since(from), |hours| hours.business_between(from, to))
    }

    /// The first moment from here on at which people may be pinged about a ticket of this priority.
    pub fn on_duty(&self, priority: Priority, at: Timestamp) -> Timestamp {
        self.hours(priority).and_then(|hours| hours.next_opening(at)).unwrap_or(at)
    }

    /// How long a clock under this watch has run from `start` until `now`, in its priority's time.
    pub fn ran(&self, priority: Priority, watch: &Watch, start: Timestamp, now: Timestamp) -> Duration {
        let until = watch.stopped_since.map_or(now, |stopped| stopped.min(now));
        let within = |at: Timestamp| at.max(start).min(until);
        let stood =
            watch.pauses.iter().map(|pause| self.between(priority, within(pause.from), within(pause.to)));
        self.between(priority, start, until).saturating_sub(stood.sum())
    }

    /// Where the desk's days begin.
    pub fn zone(&self) -> Tz {
        self.calendar.as_ref().map_or(Tz::UTC, |calendar| calendar.zone)
    }

    /// The moment at which the clock of a ticket, begun at `start`, has run for so long. `None` when it stands before.
    fn after_running(&self, ticket: &Ticket, start: Timestamp, length: Duration) -> Option<Timestamp> {
        let (mut at, mut left) = (start, length);
        for pause in ticket.watch.pauses.iter().filter(|pause| pause.to > start) {
            let ran = self.between(ticket.priority, at, pause.from);
            if ran >= left {
                break;
            }
            left -= ran;
            at = pause.to.max(at);
        }
        let end = self.add(ticket.priority, at, left);
        ticket.watch.stopped_since.is_none_or(|stopped| end <= stopped).then_some(end)
    }
}

/// From when the present responsibility is measured, and how long it may take: the first response while nobody has
/// answered, then the solution; an escalation has to be accepted as quickly as a new ticket has to be taken.
fn measure(ticket: &Ticket, terms: &Terms) -> Option<(Timestamp, Duration)> {
    let promise = terms.sla.of(ticket.priority);
    let (start, span) = match ticket.status {
        Status::Queued if ticket.first_response_at.is_none() => (ticket.opened_at, promise.first_response),
        Status::Escalated(_) => (ticket.since, promise.first_response),
        Status::Queued | Status::Claimed { .. } | Status::Accepted { .. } => {
            (ticket.opened_at, promise.resolution)
        }
        Status::Resolved { .. } | Status::Closed { .. } => return None,
    };
    Some((start, terms.length(ticket.priority, span)))
}

/// When the present responsibility is overdue. `None` when nobody of staff has to act: it is solved, or waits for its
/// requester.
pub fn due_at(ticket: &Ticket, terms: &Terms) -> Option<Timestamp> {
    if ticket.waiting_since().is_some() {
        return None;
    }
    let (start, length) = measure(ticket, terms)?;
    terms.after_running(ticket, start, length)
}

/// When it has to be solved, whoever has it now. `None` when its clock stands before that.
pub fn resolution_at(ticket: &Ticket, terms: &Terms) -> Option<Timestamp> {
    let length = terms.length(ticket.priority, terms.sla.of(ticket.priority).resolution);
    terms.after_running(ticket, ticket.opened_at, length)
}

/// Notes how the promises of a ticket were kept, each at the moment at which it was, by what is promised at that moment.
pub fn note_met(ticket: &mut Ticket, terms: &Terms) {
    let promise = terms.sla.of(ticket.priority);
    let met = |done_at: Option<Timestamp>, span| {
        let took = terms.ran(ticket.priority, &ticket.watch, ticket.opened_at, done_at?);
        Some(Met::new(took, terms.length(ticket.priority, span)))
    };
    let response = ticket.watch.response.or_else(|| met(ticket.first_response_at, promise.first_response));
    let solution = ticket.watch.solution.or_else(|| met(ticket.resolved_at, promise.resolution));
    ticket.watch.response = response;
    ticket.watch.solution = solution.filter(|_| ticket.resolved_at.is_some());
}

/// When a solved ticket closes if its requester stays silent, or one that waits for its requester: not before they have had
/// a day since they were told, which may be late where nobody is told anything at the weekend.
pub fn closes_at(ticket: &Ticket) -> Option<Timestamp> {
    let after_silence = match (&ticket.status, ticket.waiting_since()) {
        (Status::Resolved { .. }, _) => silent_since(ticket) + AUTO_CLOSE_AFTER,
        (_, Some(since)) => since + STALE_AFTER,
        _ => return None,
    };
    Some(ticket.watch.told_at.map_or(after_silence, |told| after_silence.max(told + DAY)))
}

/// The message after which somebody may have written without being heard, where that has consequences.
pub fn unheard_after(ticket: &Ticket) -> Option<MessageId> {
    let watch = &ticket.watch;
    let since = match (&ticket.status, ticket.waiting_since(), watch.owed_since) {
        (Status::Closed { .. }, ..) => return None,
        (Status::Resolved { .. }, ..) => silent_since(ticket),
        (_, Some(waiting), _) => waiting,
        // Nobody has answered at all yet, and that has a deadline of its own.
        (Status::Queued, ..) if ticket.first_response_at.is_none() => return None,
        (_, _, Some(owed)) => owed,
        // What was written before the last answer is answered.
        _ => watch.answered_at.map_or(ticket.since, |answered| answered.max(ticket.since)),
    };
    let before = MessageId::from_snowflake(since.first_snowflake());
    Some(watch.heard.map_or(before, |heard| heard.max(before)))
}

fn silent_since(ticket: &Ticket) -> Timestamp {
    ticket.watch.silent_since.map_or(ticket.since, |spoke| spoke.max(ticket.since))
}

/// Every timer that a ticket has as it is now, each with its time. Whoever saves a ticket sets these and no others.
pub fn timers(ticket: &Ticket, terms: &Terms) -> Vec<(Timer, Timestamp)> {
    let mut timers = deadline_timers(ticket, terms);
    let (watch, priority) = (&ticket.watch, ticket.priority);
    let duty = |at| terms.on_duty(priority, at);
    let after = |since, span| duty(terms.add(priority, since, terms.length(priority, span)));
    if let (Status::Escalated(_), Some(next_at)) = (&ticket.status, ticket.ladder.next_at) {
        timers.push((Timer::Ladder, duty(next_at)));
    }
    if let Some(since) = watch.owed_since.filter(|_| !watch.reminded) {
        timers.push((Timer::AnswerOwed, after(since, terms.sla.answer)));
    }
    let is_held = matches!(ticket.status, Status::Claimed { .. } | Status::Accepted { .. });
    if is_held && ticket.waiting_since().is_none() {
        // As long as the requester is asked for something, there is nothing to be seen.
        let went_on = watch.pauses.last().map(|pause| pause.to);
        let seen = [watch.acted_at, went_on].into_iter().flatten().fold(ticket.since, Timestamp::max);
        timers.push((Timer::Idle, after(seen, terms.sla.idle)));
    }
    let (notice, close) = match (&ticket.status, ticket.waiting_since()) {
        (Status::Resolved { .. }, _) => {
            ((Timer::ClosingSoon, silent_since(ticket) + AUTO_CLOSE_AFTER - DAY), Timer::AutoClose)
        }
        (_, Some(since)) => ((Timer::Nudge, since + NUDGE_AFTER), Timer::StaleClose),
        _ => return timers,
    };
    match watch.told_at {
        None => timers.push((notice.0, duty(notice.1))),
        Some(_) => timers.extend(closes_at(ticket).map(|closes| (close, closes))),
    }
    timers
}

/// The same for setting them at a moment: what should have rung by then and calls people waits until somebody is on duty.
pub fn timers_at(ticket: &Ticket, terms: &Terms, now: Timestamp) -> Vec<(Timer, Timestamp)> {
    let on_duty = terms.on_duty(ticket.priority, now);
    let mut timers = timers(ticket, terms);
    for (timer, at) in &mut timers {
        if *at <= now && timer.calls_people() {
            *at = on_duty;
        }
    }
    timers
}

fn deadline_timers(ticket: &Ticket, terms: &Terms) -> Vec<(Timer, Timestamp)> {
    let (watch, priority) = (&ticket.watch, ticket.priority);
    let (Some(due), Some((start, length))) = (due_at(ticket, terms), measure(ticket, terms)) else {
        return Vec::new();
    };
    if watch.missed == Some(due) {
        return Vec::new();
    }
    let mut timers = vec![(Timer::Overdue, terms.on_duty(priority, due))];
    // An escalation belongs to a whole specialism; nobody of it is warned before somebody has taken it.
    let is_personal = !matches!(ticket.status, Status::Escalated(_));
    if is_personal && watch.warned != Some(due) {
        let soon = terms.after_running(ticket, start, length * WARN_AT / 100);
        timers.extend(soon.map(|soon| (Timer::DueSoon, terms.on_duty(priority, soon))));
    }
    timers
}
