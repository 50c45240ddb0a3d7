//! Figures that are looked up when somebody reads them, beside those that are counted as things happen.

use crate::discord::Cx;
use crate::domain::time::Timestamp;
use crate::meter::{labelled_level, level};
use crate::store::{StoreError, Vitals};

/// The size of a page of memory on Linux, where `/proc` is.
const PAGE_BYTES: f64 = 4096.0;

const UP: (&str, &str) = ("frontdesk_database_up", "1 when the database answers");
const WAITING: (&str, &str) = ("frontdesk_outbox_jobs", "Jobs that wait to be delivered");
const OLDEST: (&str, &str) = ("frontdesk_outbox_oldest_seconds", "For how long the first of them has waited");
const DEAD: (&str, &str) = ("frontdesk_outbox_dead_jobs", "Jobs that were given up and wait for an admin");
const TICKETS: (&str, &str) = ("frontdesk_tickets", "Tickets that are open, by state");
const HELD: (&str, &str) =
    ("frontdesk_gateway_shards_held", "Shards of Discord's that this process listens to");
const CONNECTED: (&str, &str) = ("frontdesk_gateway_shards_connected", "Those of them that are connected");
const ARTICLES: (&str, &str) = ("frontdesk_articles", "Articles from files that can be found");
const MEMORY: (&str, &str) = ("process_resident_memory_bytes", "Memory that the process holds");
const BUILD: (&str, &str) = ("frontdesk_build_info", "Which version runs");

/// Looks everything up. What cannot be looked up is no number rather than an old one.
pub(super) async fn refresh(cx: &Cx) {
    let now = cx.desk.clock.now();
    let vitals = cx.desk.store.vitals().await;
    level(UP.0, UP.1, if vitals.is_ok() { 1.0 } else { 0.0 });
    show(&vitals, now);
    let links = cx.links.look().await;
    level(HELD.0, HELD.1, count(links.held));
    level(CONNECTED.0, CONNECTED.1, count(links.connected));
    level(ARTICLES.0, ARTICLES.1, count(cx.desk.knowledge.len()));
    if let Some(bytes) = resident_bytes() {
        level(MEMORY.0, MEMORY.1, bytes);
    }
    labelled_level(BUILD.0, BUILD.1, ("version", env!("CARGO_PKG_VERSION").to_owned()), 1.0);
}

fn show(vitals: &Result<Vitals, StoreError>, now: Timestamp) {
    let vitals = vitals.as_ref().ok();
    let number = |value: Option<i64>| value.map_or(f64::NAN, whole);
    level(WAITING.0, WAITING.1, number(vitals.map(|vitals| vitals.backlog.waiting)));
    level(DEAD.0, DEAD.1, number(vitals.map(|vitals| vitals.dead_jobs)));
    let oldest =
        vitals.map(|vitals| vitals.backlog.oldest.map_or(0.0, |oldest| now.since(oldest).as_secs_f64()));
    level(OLDEST.0, OLDEST.1, oldest.unwrap_or(f64::NAN));
    for (status, tickets) in vitals.map(|vitals| &vitals.open_tickets).into_iter().flatten() {
        labelled_level(TICKETS.0, TICKETS.1, ("status", status.clone()), whole(*tickets));
    }
}

fn count(number: usize) -> f64 {
    whole(i64::try_from(number).unwrap_or(i64::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "far below what a float holds exactly")]
fn whole(number: i64) -> f64 {
    number as f64
}

/// From Linux's own account (`proc_pid_statm(5)`); elsewhere there is none.
fn resident_bytes() -> Option<f64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: f64 = statm.split(' ').nth(1)?.parse().ok()?;
    Some(pages * PAGE_BYTES)
}
