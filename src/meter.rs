//! What is measured while the desk runs, in one place: names, labels and units.
//!
//! Names follow Prometheus (naming best practices): base units, `_total` for what only grows. Labels have few values and
//! never name people, servers or tickets. Without somebody who reads them (`FRONTDESK_HTTP`), nothing here does anything.

use std::time::{Duration, Instant};

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

use crate::domain::job::Job;

const INTERACTIONS: &str = "frontdesk_interactions_total";
const INTERACTION_SECONDS: &str = "frontdesk_interaction_seconds";
const INTERACTIONS_TOO_LATE: &str = "frontdesk_interactions_too_late_total";
const INCIDENTS: &str = "frontdesk_incidents_total";
const ANSWERS: &str = "frontdesk_answers_total";
const ANSWER_SECONDS: &str = "frontdesk_answer_seconds";
const TICKET_EVENTS: &str = "frontdesk_ticket_events_total";
const DELIVERIES: &str = "frontdesk_deliveries_total";
const DELIVERY_SECONDS: &str = "frontdesk_delivery_seconds";
const TIMERS: &str = "frontdesk_timers_total";
const DISCORD_CALLS: &str = "frontdesk_discord_calls_total";
const DISCORD_CALL_SECONDS: &str = "frontdesk_discord_call_seconds";
const DISCORD_WAIT_SECONDS: &str = "frontdesk_discord_wait_seconds";
const DATABASE_SECONDS: &str = "frontdesk_database_seconds";
const DATABASE_ERRORS: &str = "frontdesk_database_errors_total";

/// Describes every metric that is counted as it happens, for whoever reads them.
pub fn describe() {
    describe_counter!(INTERACTIONS, "What people did, by what and what came of it");
    describe_histogram!(INTERACTION_SECONDS, Unit::Seconds, "From the interaction to its answer");
    describe_counter!(INTERACTIONS_TOO_LATE, "Interactions that had waited too long to be answered");
    describe_counter!(INCIDENTS, "Faults of the desk's own; each is one line in the log");
    describe_counter!(ANSWERS, "Questions answered, by the confidence of the answer");
    describe_histogram!(ANSWER_SECONDS, Unit::Seconds, "Finding an answer in the articles");
    describe_counter!(TICKET_EVENTS, "What happened to tickets, by kind");
    describe_counter!(DELIVERIES, "Jobs of the outbox, by kind and what came of them");
    describe_histogram!(DELIVERY_SECONDS, Unit::Seconds, "Delivering a job of the outbox");
    describe_counter!(TIMERS, "Timers that rang, by kind and whether they did what they are for");
    describe_counter!(DISCORD_CALLS, "Calls of Discord's API, by route and what came of them");
    describe_histogram!(DISCORD_CALL_SECONDS, Unit::Seconds, "A call of Discord's API");
    describe_histogram!(DISCORD_WAIT_SECONDS, Unit::Seconds, "Waits for Discord's rate limits before a call");
    describe_histogram!(DATABASE_SECONDS, Unit::Seconds, "Using the database, by what for");
    describe_counter!(DATABASE_ERRORS, "Failures of the database");
}

/// Something that somebody did was dealt with.
pub fn interaction(what: &str, outcome: &'static str, took: Duration) {
    counter!(INTERACTIONS, "what" => what.to_owned(), "outcome" => outcome).increment(1);
    histogram!(INTERACTION_SECONDS, "outcome" => outcome).record(took);
}

/// An interaction was left alone, because Discord takes no answer to it any more.
pub fn too_late() {
    counter!(INTERACTIONS_TOO_LATE).increment(1);
}

/// A fault of ours was told and logged.
pub fn incident() {
    counter!(INCIDENTS).increment(1);
}

/// A question was answered.
pub fn answer(confidence: &'static str, took: Duration) {
    counter!(ANSWERS, "confidence" => confidence).increment(1);
    histogram!(ANSWER_SECONDS).record(took);
}

/// Something happened to a ticket and is written down. What its transaction takes back is counted all the same.
pub fn ticket_event(kind: &str) {
    counter!(TICKET_EVENTS, "kind" => kind.to_owned()).increment(1);
}

/// A job was tried.
pub fn delivery(job: &Job, outcome: &'static str, took: Duration) {
    counter!(DELIVERIES, "job" => job.kind(), "outcome" => outcome).increment(1);
    histogram!(DELIVERY_SECONDS).record(took);
}

/// A timer rang.
pub fn timer(code: &'static str, outcome: &'static str) {
    counter!(TIMERS, "timer" => code, "outcome" => outcome).increment(1);
}

/// A call was made. `route` has no ids in it.
pub fn discord_call(route: String, outcome: &'static str, took: Duration) {
    counter!(DISCORD_CALLS, "route" => route.clone(), "outcome" => outcome).increment(1);
    histogram!(DISCORD_CALL_SECONDS, "route" => route).record(took);
}

/// A call had to wait, because Discord allows only so many.
pub fn discord_wait(wait: Duration) {
    histogram!(DISCORD_WAIT_SECONDS).record(wait);
}

/// Measures a use of the database until it is dropped.
#[derive(Debug)]
pub struct Timed {
    operation: &'static str,
    began: Instant,
}

/// The database is used now.
pub fn database(operation: &'static str) -> Timed {
    Timed { operation, began: Instant::now() }
}

impl Drop for Timed {
    fn drop(&mut self) {
        histogram!(DATABASE_SECONDS, "operation" => self.operation).record(self.began.elapsed());
    }
}

/// The database failed.
pub fn database_failed() {
    counter!(DATABASE_ERRORS).increment(1);
}

/// Something that goes up and down, as it is now, with its unit in its name.
pub fn level(name: &'static str, about: &'static str, value: f64) {
    describe_gauge!(name, about);
    gauge!(name).set(value);
}

/// The same with one label.
pub fn labelled_level(name: &'static str, about: &'static str, label: (&'static str, String), value: f64) {
    describe_gauge!(name, about);
    gauge!(name, label.0 => label.1).set(value);
}
