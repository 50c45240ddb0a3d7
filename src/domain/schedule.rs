//! When something is due. Wall-clock spans per priority until business hours are defined for a desk.

use std::time::Duration;

use super::ticket::{Priority, Status, Ticket};
use super::time::Timestamp;

const HOUR: Duration = Duration::from_hours(1);

/// A resolved ticket closes by itself after this silence of its requester.
pub const AUTO_CLOSE_AFTER: Duration = Duration::from_hours(3 * 24);

/// A closed ticket can be reopened for this long; after that a new one tells the story better.
pub const REOPEN_WITHIN: Duration = Duration::from_hours(14 * 24);

/// How soon somebody must take a ticket of this priority (Reaktionszeit).
pub const fn first_response_within(priority: Priority) -> Duration {
    match priority {
        Priority::P1 => Duration::from_mins(15),
        Priority::P2 => HOUR,
        Priority::P3 => Duration::from_hours(4),
        Priority::P4 => Duration::from_hours(8),
    }
}

/// How soon a ticket of this priority must be solved (Lösungszeit).
pub const fn resolution_within(priority: Priority) -> Duration {
    match priority {
        Priority::P1 => Duration::from_hours(4),
        Priority::P2 => Duration::from_hours(8),
        Priority::P3 => Duration::from_hours(24),
        Priority::P4 => Duration::from_hours(5 * 24),
    }
}

/// When the present responsibility is overdue: the first response while nobody has answered, then the solution;
/// an escalation has to be accepted as quickly as a new ticket has to be taken. `None` when nobody has to act.
pub fn due_at(ticket: &Ticket) -> Option<Timestamp> {
    let resolution = ticket.opened_at + resolution_within(ticket.priority);
    match ticket.status {
        Status::Queued if ticket.first_response_at.is_none() => {
            Some(ticket.opened_at + first_response_within(ticket.priority))
        }
        Status::Escalated(_) => Some(ticket.since + first_response_within(ticket.priority)),
        Status::Queued | Status::Claimed { .. } | Status::Accepted { .. } => Some(resolution),
        Status::Resolved { .. } | Status::Closed { .. } => None,
    }
}
