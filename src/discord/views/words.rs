//! The words for states, people and times that several views share.

use serenity::model::Colour;

use super::markdown::escape_one_line;
use crate::desk::SetUp;
use crate::domain::article::Language;
use crate::domain::desk::Specialism;
use crate::domain::event::{Event, What};
use crate::domain::id::{ChannelId, RoleId, UserId};
use crate::domain::ticket::{CloseReason, Holder, Priority, Status, StatusName, Ticket};
use crate::domain::time::Timestamp;
use crate::text;

/// A person, as Discord's markup names them.
pub(crate) fn person(user: UserId) -> String {
    format!("<@{user}>")
}

/// A role, as Discord's markup names it.
pub(crate) fn role(role: RoleId) -> String {
    format!("<@&{role}>")
}

/// A channel or thread, as Discord's markup links it.
pub(crate) fn channel(channel: ChannelId) -> String {
    format!("<#{channel}>")
}

/// How long ago or ahead, in the reader's own words and zone.
pub(crate) fn relative(at: Timestamp) -> String {
    format!("<t:{}:R>", at.seconds())
}

/// A day and time, in the reader's own words and zone.
pub(crate) fn moment(at: Timestamp) -> String {
    format!("<t:{}:f>", at.seconds())
}

/// The name of a state.
pub(crate) fn status(language: Language, name: StatusName) -> String {
    match name {
        StatusName::Queued => text::status_queued(language),
        StatusName::Claimed => text::status_claimed(language),
        StatusName::Escalated => text::status_escalated(language),
        StatusName::Accepted => text::status_accepted(language),
        StatusName::Resolved => text::status_resolved(language),
        StatusName::Closed => text::status_closed(language),
    }
}

/// The state of a ticket, or that it waits for its requester.
pub(crate) fn state(language: Language, ticket: &Ticket) -> String {
    match ticket.waiting_since() {
        Some(_) => text::status_waiting(language),
        None => status(language, ticket.status.name()),
    }
}

/// Until when somebody has to act, with a mark when that has passed.
pub(super) fn due(language: Language, ticket: &Ticket) -> Option<String> {
    let due = ticket.due_at?;
    let when = relative(due);
    Some(if ticket.watch.missed == Some(due) { text::card_overdue(language, when) } else { when })
}

/// What a priority means.
pub(crate) fn priority(language: Language, priority: Priority) -> String {
    match priority {
        Priority::P1 => text::priority_p1(language),
        Priority::P2 => text::priority_p2(language),
        Priority::P3 => text::priority_p3(language),
        Priority::P4 => text::priority_p4(language),
    }
}

/// A specialism's name as it was given, not escaped; the default one has its name from the reader's language.
pub(crate) fn specialism_name(language: Language, specialism: &Specialism) -> String {
    specialism.name.clone().unwrap_or_else(|| text::specialism_default(language))
}

/// The same, to be shown.
pub(crate) fn specialism_label(language: Language, specialism: &Specialism) -> String {
    escape_one_line(&specialism_name(language, specialism))
}

/// What somebody wrote, as one line to be shown.
pub(crate) fn plain(said: &str) -> String {
    escape_one_line(said)
}

/// The colour of a state, the same on every card.
pub(super) fn colour(name: StatusName) -> Colour {
    match name {
        StatusName::Queued => Colour::new(0x00E6_7E22),
        StatusName::Claimed => Colour::new(0x0034_98DB),
        StatusName::Escalated => Colour::new(0x00C0_392B),
        StatusName::Accepted => Colour::new(0x009B_59B6),
        StatusName::Resolved => Colour::new(0x002E_CC71),
        StatusName::Closed => Colour::new(0x0095_A5A6),
    }
}

/// First or second level, with the specialism where it has a name of its own.
pub(super) fn level(language: Language, ticket: &Ticket, set_up: &SetUp) -> String {
    let Some(escalation) = ticket.status.escalation() else { return text::level_first(language) };
    let named = set_up.specialism(escalation.specialism).and_then(|specialism| specialism.name.as_deref());
    match named {
        Some(name) => text::level_second_named(language, escape_one_line(name)),
        None => text::level_second(language),
    }
}

/// The one person or role that is responsible now, and since when.
pub(super) fn responsible(language: Language, ticket: &Ticket, set_up: &SetUp) -> Option<String> {
    let holder = match &ticket.status {
        Status::Queued => role(set_up.settings.first_level),
        Status::Escalated(escalation) => match set_up.specialism(escalation.specialism) {
            Some(specialism) => role(specialism.role),
            None => text::level_second(language),
        },
        Status::Claimed { .. } | Status::Accepted { .. } | Status::Resolved { .. } => {
            person(ticket.status.holder().map(Holder::user)?)
        }
        Status::Closed { .. } => return None,
    };
    Some(text::holder_since(language, holder, relative(ticket.since)))
}

/// Why a ticket was closed.
pub(super) fn close_reason(language: Language, reason: &CloseReason) -> String {
    match reason {
        CloseReason::Confirmed => text::close_reason_confirmed(language),
        CloseReason::Silence => text::close_reason_silence(language),
        CloseReason::NoAnswer => text::close_reason_no_answer(language),
        CloseReason::Manual { text: Some(said) } => escape_one_line(said),
        CloseReason::Manual { text: None } => text::close_reason_manual(language),
    }
}

/// One line of a ticket's story.
pub(super) fn event(language: Language, event: &Event, set_up: &SetUp) -> String {
    let who = event.by.map_or_else(|| text::event_by_the_desk(language), person);
    let what = match &event.what {
        What::Opened => text::event_opened(language, who),
        What::Claimed => text::event_claimed(language, who),
        What::Released => text::event_released(language, who),
        What::Assigned { agent } => text::event_assigned(language, person(*agent), who),
        What::Escalated { specialism, .. } => {
            let name = set_up.specialism(*specialism).map_or_else(
                || text::level_second(language),
                |specialism| specialism_label(language, specialism),
            );
            text::event_escalated(language, name, who)
        }
        What::Accepted => text::event_accepted(language, who),
        What::HandedBack { reason } => text::event_handed_back(language, who, escape_one_line(reason)),
        What::Resolved { solution } => text::event_resolved(language, who, escape_one_line(solution)),
        What::Closed { reason } => text::event_closed(language, who, close_reason(language, reason)),
        What::Reopened => text::event_reopened(language, who),
        What::Waiting => text::event_waiting(language, who),
        What::WentOn => text::event_went_on(language, who),
        What::Answered => text::event_answered(language, who),
        What::FoundIdle { agent } => text::event_found_idle(language, person(*agent)),
        What::Overdue { due } => text::event_overdue(language, moment(*due)),
        What::Prioritised { from, to } => text::event_prioritised(language, from.code(), to.code(), who),
        What::Categorised { to } => text::event_categorised(language, escape_one_line(to), who),
        What::Noted { text: note } => text::event_noted(language, who, escape_one_line(note)),
        What::Replied { name, text: said } => {
            text::event_replied(language, who, escape_one_line(name), escape_one_line(said))
        }
        What::MemberAdded { user } => text::event_member_added(language, person(*user), who),
        What::Rated { stars } => text::event_rated(language, i64::from(*stars), who),
        What::RatingCommented { text: said } => {
            text::event_rating_commented(language, who, escape_one_line(said))
        }
    };
    format!("{} {what}", moment(event.at))
}
