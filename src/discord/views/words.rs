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
    close_reason_in(&Markup, language, reason)
}

fn close_reason_in(voice: &impl Voice, language: Language, reason: &CloseReason) -> String {
    match reason {
        CloseReason::Confirmed => text::close_reason_confirmed(language),
        CloseReason::Silence => text::close_reason_silence(language),
        CloseReason::Manual { text: Some(said) } => voice.said(said),
        CloseReason::Duplicate { of } => text::close_reason_duplicate(language, of.0),
        CloseReason::Incident { title } => text::close_reason_incident(language, voice.said(title)),
        CloseReason::Manual { text: None } => text::close_reason_manual(language),
    }
}

/// How a line of a story names people and repeats what they said.
pub(crate) trait Voice {
    /// A person.
    fn person(&self, user: UserId) -> String;
    /// What somebody wrote, on one line or more.
    fn said(&self, said: &str) -> String;
}

/// In Discord's markup, which shows names by itself.
struct Markup;

impl Voice for Markup {
    fn person(&self, user: UserId) -> String {
        person(user)
    }

    fn said(&self, said: &str) -> String {
        escape_one_line(said)
    }
}

/// One line of a ticket's story.
pub(super) fn event(language: Language, event: &Event, set_up: &SetUp) -> String {
    format!("{} {}", moment(event.at), event_in(&Markup, language, event, set_up))
}

/// The same in another voice, without its time.
pub(crate) fn event_in(voice: &impl Voice, language: Language, event: &Event, set_up: &SetUp) -> String {
    let who = event.by.map_or_else(|| text::event_by_the_desk(language), |user| voice.person(user));
    match &event.what {
        What::Opened => text::event_opened(language, who),
        What::Claimed => text::event_claimed(language, who),
        What::Released => text::event_released(language, who),
        What::Assigned { agent } => text::event_assigned(language, voice.person(*agent), who),
        What::Escalated { specialism, .. } => {
            let name = set_up.specialism(*specialism).map_or_else(
                || text::level_second(language),
                |specialism| voice.said(&specialism_name(language, specialism)),
            );
            text::event_escalated(language, name, who)
        }
        What::Accepted => text::event_accepted(language, who),
        What::HandedBack { reason } => text::event_handed_back(language, who, voice.said(reason)),
        What::Resolved { solution } => text::event_resolved(language, who, voice.said(solution)),
        What::Closed { reason } => {
            text::event_closed(language, who, close_reason_in(voice, language, reason))
        }
        What::Reopened => text::event_reopened(language, who),
        What::Prioritised { from, to } => text::event_prioritised(language, from.code(), to.code(), who),
        What::Categorised { to } => text::event_categorised(language, voice.said(to), who),
        What::Noted { text: note } => text::event_noted(language, who, voice.said(note)),
        What::Replied { name, text: said } => {
            text::event_replied(language, who, voice.said(name), voice.said(said))
        }
        What::Followed { number } => text::event_followed(language, number.0, who),
        What::LinkedToIncident { title } => text::event_linked_to_incident(language, voice.said(title), who),
        What::MemberAdded { user } => text::event_member_added(language, voice.person(*user), who),
        What::Rated { stars } => text::event_rated(language, i64::from(*stars), who),
        What::RatingCommented { text: said } => text::event_rating_commented(language, who, voice.said(said)),
    }
}
