//! The words for states, people and times that several views share.

use std::time::Duration;

use serenity::model::Colour;

use super::markdown::escape_one_line;
use crate::desk::SetUp;
use crate::domain::article::Language;
use crate::domain::assessment::{Impact, Urgency};
use crate::domain::category;
use crate::domain::desk::Specialism;
use crate::domain::duty::Callees;
use crate::domain::event::{Event, What};
use crate::domain::id::{ChannelId, GuildId, RoleId, UserId};
use crate::domain::job::Posted;
use crate::domain::ladder::{Direction, Rung};
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

/// Where a message stands, for a link.
pub(super) fn address(guild: GuildId, place: Posted) -> String {
    format!("https://discord.com/channels/{guild}/{}/{}", place.channel, place.message)
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
    let german = specialism.german.as_ref().filter(|_| language == Language::De);
    german.or(specialism.name.as_ref()).cloned().unwrap_or_else(|| text::specialism_default(language))
}

/// A category as its reader calls it, escaped.
pub(crate) fn category(language: Language, ticket: &Ticket, set_up: &SetUp) -> Option<String> {
    let name = ticket.category.as_deref()?;
    let listed = category::named(&set_up.categories, name);
    Some(escape_one_line(listed.map_or(name, |category| category.label(language))))
}

/// How many people it affects.
pub(super) fn impact(language: Language, impact: Impact) -> String {
    match impact {
        Impact::Many => text::impact_many(language),
        Impact::Team => text::impact_team(language),
        Impact::One => text::impact_one(language),
    }
}

/// How badly.
pub(super) fn urgency(language: Language, urgency: Urgency) -> String {
    match urgency {
        Urgency::High => text::urgency_high(language),
        Urgency::Normal => text::urgency_normal(language),
        Urgency::Low => text::urgency_low(language),
    }
}

/// A span, rounded up to what people say; in German as it stands after "innerhalb von".
pub(super) fn span(language: Language, span: Duration) -> String {
    let minutes = i64::try_from(span.as_secs().div_ceil(60)).unwrap_or(i64::MAX).max(1);
    match minutes {
        ..=90 => text::span_minutes(language, minutes),
        91..=2160 => text::span_hours(language, minutes.saturating_add(59) / 60),
        _ => text::span_days(language, minutes.saturating_add(1439) / 1440),
    }
}

/// The same of opening hours, which have no days of 24 of them.
pub(super) fn open_span(language: Language, span: Duration) -> String {
    let minutes = i64::try_from(span.as_secs().div_ceil(60)).unwrap_or(i64::MAX).max(1);
    if minutes <= 90 {
        text::span_minutes(language, minutes)
    } else {
        text::span_hours(language, minutes.saturating_add(59) / 60)
    }
}

/// Whom a call names.
pub(super) fn callees(callees: &Callees) -> String {
    match callees {
        Callees::People(people) => people.iter().map(|user| person(*user)).collect::<Vec<_>>().join(" "),
        Callees::Role(called) => role(*called),
    }
}

/// A step of the ladder with the direction it goes.
pub(super) fn rung(language: Language, rung: Rung, whom: Option<&str>) -> String {
    let Some(whom) = whom else { return text::ladder_told_nobody(language) };
    match (rung, rung.direction()) {
        (Rung::AskedAgain, _) => text::ladder_asked_again(language, whom),
        (_, Direction::Functional) => text::ladder_asked(language, whom),
        (_, Direction::Hierarchical) => text::ladder_told(language, whom),
    }
}

/// How far an open escalation has climbed, and what comes next.
pub(super) fn ladder(language: Language, ticket: &Ticket, set_up: &SetUp) -> Option<String> {
    let Status::Escalated(escalation) = &ticket.status else { return None };
    let specialism = set_up.specialism(escalation.specialism)?;
    let rule = &specialism.ladder;
    let step = |rung| {
        let whom = match rung {
            Rung::Asked | Rung::AskedAgain => Some(role(specialism.role)),
            Rung::NextGroup => rule.next_role.map(role),
            Rung::Lead => rule.lead.map(person),
            Rung::Admin => set_up.people.admin.map(person),
        };
        self::rung(language, rung, whom.as_deref())
    };
    let taken = ticket.ladder.last(rule).map(step);
    let next = ticket.ladder.next(rule).zip(ticket.ladder.next_at);
    let next = next.map(|(rung, at)| text::ladder_next(language, relative(at), step(rung)));
    let lines: Vec<_> = taken.into_iter().chain(next).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
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
        CloseReason::NoAnswer => text::close_reason_no_answer(language),
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
    /// A point in time.
    fn moment(&self, at: Timestamp) -> String;
    /// What somebody wrote, on one line or more.
    fn said(&self, said: &str) -> String;
}

/// In Discord's markup, which shows names by itself.
struct Markup;

impl Voice for Markup {
    fn person(&self, user: UserId) -> String {
        person(user)
    }

    fn moment(&self, at: Timestamp) -> String {
        moment(at)
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
        What::Waiting => text::event_waiting(language, who),
        What::WentOn => text::event_went_on(language, who),
        What::Answered => text::event_answered(language, who),
        What::FoundIdle { agent } => text::event_found_idle(language, voice.person(*agent)),
        What::SpecialistIdle { specialist } => {
            text::event_specialist_idle(language, voice.person(*specialist))
        }
        What::Overdue { due } => text::event_overdue(language, voice.moment(*due)),
        What::Prioritised { from, to, reason: None } => {
            text::event_prioritised(language, from.code(), to.code(), who)
        }
        What::Prioritised { from, to, reason: Some(reason) } => {
            text::event_prioritised_why(language, from.code(), to.code(), who, voice.said(reason))
        }
        What::Called { rung, user, role: group } => {
            let whom = user.map(|user| voice.person(user)).or(group.map(role));
            self::rung(language, *rung, whom.as_deref())
        }
        What::Categorised { to } => text::event_categorised(language, voice.said(to), who),
        What::Noted { text: note } => text::event_noted(language, who, voice.said(note)),
        What::Replied { name, text: said } => {
            text::event_replied(language, who, voice.said(name), voice.said(said))
        }
        What::Followed { number } => text::event_followed(language, number.0, who),
        What::LinkedToIncident { title } => text::event_linked_to_incident(language, voice.said(title), who),
        What::MemberAdded { user } => text::event_member_added(language, voice.person(*user), who),
        What::MemberRemoved { user } => text::event_member_removed(language, voice.person(*user)),
        What::TakenBack { from } => text::event_taken_back(language, voice.person(*from)),
        What::RequesterLeft => text::event_requester_left(language),
        What::RequesterReturned => text::event_requester_returned(language),
        What::ThreadDeleted => text::event_thread_deleted(language),
        What::Rated { stars } => text::event_rated(language, i64::from(*stars), who),
        What::RatingCommented { text: said } => text::event_rating_commented(language, who, voice.said(said)),
    }
}
