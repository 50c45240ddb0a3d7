//! What a desk's work comes to in a period: the figures, and the rule by which each is counted.
//!
//! The rules stand beside the figures, and in the README for those who read them. Two groups of tickets are counted:
//! those *opened* in the period, for what came in and how quickly it was met, and those *solved* in it, for how they
//! were solved. A ticket that was reopened is solved when its last solution is given, so each counts once. Nothing is
//! counted about a person, and practice tickets never get here.
//!
//! A figure that nothing was counted for is absent and never zero: no tickets is not a bad rate.

mod count;

use std::time::Duration;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::period::{Period, Step, readable};
use super::ticket::{Priority, StatusName};
use super::time::Timestamp;
use super::watch::Watch;

pub use count::count;

/// A question whose asker opens a ticket within this time was not answered by the article, whatever the ticket says.
pub const ASK_AGAIN_WITHIN: Duration = Duration::from_hours(24);
/// How many categories a report names.
pub const CATEGORIES: usize = 5;
/// How many groups of unsolved questions it names.
pub const GAPS: usize = 5;

/// A ticket as far as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When somebody of staff first took it or wrote in its thread.
    pub first_response_at: Option<Timestamp>,
    /// When its last solution was given; absent while it waits for one, also after a reopen.
    pub resolved_at: Option<Timestamp>,
    /// Where it stands now.
    pub status: StatusName,
    /// How urgent it is.
    pub priority: Priority,
    /// What it is about, if that is known.
    pub category: Option<String>,
    /// Whether it was ever handed over to second level.
    pub is_escalated: bool,
    /// How often second level handed it back.
    pub bounces: i64,
    /// How often it was reopened.
    pub reopened: i64,
    /// How often it changed hands: claimed, assigned, released, handed back or put back because nothing was seen of it.
    pub takes: i64,
    /// Its requester's rating.
    pub rating: Option<i64>,
    /// When its clock stood, and how its promises were kept.
    pub watch: Watch,
}

/// A question as far as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// When.
    pub at: Timestamp,
    /// Whether anything was offered as an answer.
    pub is_answered: bool,
    /// Whether its asker said that an article solved it.
    pub is_solved: bool,
    /// Whether a ticket was opened from it.
    pub became_ticket: bool,
    /// When the same person next opened any ticket.
    pub next_ticket_at: Option<Timestamp>,
}

/// A ticket that somebody still has to act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When the present responsibility is overdue; `None` while its requester is asked for something.
    pub due_at: Option<Timestamp>,
    /// Whether second level has it.
    pub is_second_level: bool,
}

/// Everything that a report is counted from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The tickets that were opened or solved in the period.
    pub cases: Vec<Case>,
    /// The questions that were asked in it.
    pub questions: Vec<Asked>,
    /// The tickets that are open now.
    pub waiting: Vec<Waiting>,
    /// How many tickets were closed in the period without a solution.
    pub closed_unsolved: u32,
    /// The questions that were asked in it and not said to be solved, grouped by likeness.
    pub gaps: Vec<Gap>,
}

/// Alike questions that no article solved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The newest of them, which stands for all.
    pub question: String,
    /// By how many people they were asked.
    pub people: u32,
    /// How often.
    pub times: u32,
    /// From how many a ticket was opened.
    pub tickets: u32,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// How many it is true of.
    pub count: u32,
    /// How many were looked at.
    pub of: u32,
}

impl Rate {
    /// The share, from 0 to 1; absent when nothing was looked at.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.count) / f64::from(self.of))
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut fields = serializer.serialize_struct("Rate", 3)?;
        fields.serialize_field("count", &self.count)?;
        fields.serialize_field("of", &self.of)?;
        fields.serialize_field("share", &self.share())?;
        fields.end()
    }
}

/// How long something took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Half of them took no longer: the middle one, or what lies midway between the two in the middle.
    #[serde(rename = "median_s", serialize_with = "whole_seconds")]
    pub median: Duration,
    /// Nine in ten took no longer: the smallest that is true of.
    #[serde(rename = "p90_s", serialize_with = "whole_seconds")]
    pub p90: Duration,
}

/// What became of the questions that were asked with `/support` in the period. Each belongs to one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Questions {
    /// All of them.
    pub asked: u32,
    /// Their asker said that an article solved it, and opened no ticket from it.
    pub confirmed: u32,
    /// An answer was shown and its asker opened no ticket within 24 hours, but did not say that it helped either.
    pub assumed: u32,
    /// A ticket was opened from it, or its asker opened another one within 24 hours without saying that it was solved.
    pub ticket: u32,
    /// Nothing was found for it, and no ticket followed: somebody gave up.
    pub given_up: u32,
    /// Asked less than 24 hours ago and still open.
    pub undecided: u32,
}

impl Questions {
    fn decided(self) -> u32 {
        self.asked - self.undecided
    }

    /// Deflection, strictly: confirmed, of all questions but the undecided ones.
    pub fn deflection_confirmed(self) -> Rate {
        Rate { count: self.confirmed, of: self.decided() }
    }

    /// Deflection as it is usually told: confirmed or assumed, of all questions but the undecided ones.
    pub fn deflection(self) -> Rate {
        Rate { count: self.confirmed + self.assumed, of: self.decided() }
    }
}

/// Tickets that are open at the moment of the report, whenever they were opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Backlog {
    /// All that are neither solved nor closed.
    pub open: u32,
    /// Of these, handed over to second level.
    pub second_level: u32,
    /// Of these, waiting for their requester, who was asked for something.
    pub waiting_for_requester: u32,
    /// Of these, overdue. What waits for its requester is not.
    pub overdue: u32,
    /// How long half of them have been open at most.
    #[serde(rename = "median_age_s", serialize_with = "seconds_if_any")]
    pub median_age: Option<Duration>,
    /// How long the oldest has been open.
    #[serde(rename = "oldest_age_s", serialize_with = "seconds_if_any")]
    pub oldest_age: Option<Duration>,
}

/// What requesters of solved tickets said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Rating {
    /// How many rated.
    pub count: u32,
    /// Their mean, from 1 to 5.
    pub mean: Option<f64>,
}

/// A category with its tickets opened in the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Category {
    /// Its name; absent for tickets without one.
    pub name: Option<String>,
    /// How many tickets.
    pub tickets: u32,
}

/// One step of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The day on which it begins, where the desk is.
    pub day: NaiveDate,
    /// When that is.
    #[serde(serialize_with = "readable")]
    pub from: Timestamp,
    /// Tickets opened.
    pub opened: u32,
    /// Tickets solved.
    pub solved: u32,
    /// Questions answered without a ticket, confirmed or assumed.
    pub deflected: u32,
}

/// The figures of one desk and one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// What it is about.
    pub period: Period,
    /// Its first day, where the desk is.
    pub first_day: NaiveDate,
    /// Its last day.
    pub last_day: NaiveDate,
    /// When it was counted.
    #[serde(serialize_with = "readable")]
    pub made_at: Timestamp,
    /// Questions, and what became of them.
    pub questions: Questions,
    /// [`Questions::deflection`]
    pub deflection: Rate,
    /// [`Questions::deflection_confirmed`]
    pub deflection_confirmed: Rate,
    /// Tickets opened in the period.
    pub opened: u32,
    /// Tickets solved in the period: their last solution was given in it, and they were not reopened since.
    pub solved: u32,
    /// Tickets closed in the period without a solution.
    pub closed_unsolved: u32,
    /// First level resolution (Erstlösungsquote): solved tickets that were never handed over to second level.
    pub first_level_resolution: Rate,
    /// First contact resolution: solved tickets that changed hands at most once (somebody took them), were never
    /// handed over and never reopened.
    pub first_contact_resolution: Rate,
    /// Reopen rate: solved tickets that had been reopened at least once.
    pub reopened: Rate,
    /// Escalation rate: opened tickets that were handed over to second level by now.
    pub escalated: Rate,
    /// Bounce rate: of those handed over, the ones that second level handed back at least once.
    pub bounced: Rate,
    /// First response within the promised time: opened tickets that had one in time, of those that had one or are
    /// overdue. Counted in working time, by what was promised for the ticket's priority when the response came; what is
    /// overdue, by what is promised now.
    pub first_response_in_time: Rate,
    /// Resolution within the promised time: opened tickets solved in time, of those solved or overdue, counted likewise.
    /// Reopened and not solved again counts as not solved; closed without a solution does not count at all.
    pub resolution_in_time: Rate,
    /// Whether the desk has opening hours now. Without them working time is all time but that in which a clock stood.
    pub has_opening_hours: bool,
    /// Time to first response (Reaktionszeit) by the clock on the wall: from opening until somebody of staff took it or
    /// wrote in its thread, of tickets opened in the period.
    pub first_response: Option<Spread>,
    /// The same in working time: while the desk was open by its hours of then, or at all hours for a priority that ran
    /// around the clock.
    pub first_response_working: Option<Spread>,
    /// Time to resolution (Lösungszeit) by the clock on the wall: from opening to the last solution, of tickets solved in
    /// the period.
    pub resolution: Option<Spread>,
    /// The same in working time, without the times in which the ticket waited for its requester or was solved or closed.
    pub resolution_working: Option<Spread>,
    /// What is open now.
    pub backlog: Backlog,
    /// Ratings of tickets solved in the period.
    pub rating: Rating,
    /// The categories with the most tickets opened in the period, the largest first.
    pub categories: Vec<Category>,
    /// Questions of the period that nobody said were solved, grouped by likeness; those of the most people first.
    pub gaps: Vec<Gap>,
    /// What one step of the series is.
    pub step: Step,
    /// The period step by step.
    pub series: Vec<Tally>,
}

fn whole_seconds<S: Serializer>(span: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(span.as_secs())
}

#[expect(clippy::ref_option, reason = "serde passes fields by reference")]
fn seconds_if_any<S: Serializer>(span: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    span.map(|span| span.as_secs()).serialize(serializer)
}

#[cfg(test)]
mod tests;
