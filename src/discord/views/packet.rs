//! The escalation packet: all that a specialist needs to read, so that nobody has to read a chat log.

use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::{cut, escape, escape_one_line};
use super::{Pings, View, button, cards, row, words};
use crate::desk::{Call, Packet, SetUp};
use crate::discord::custom_id::{CustomId, Press};
use crate::domain::article::Language;
use crate::domain::event::What;
use crate::domain::id::UserId;
use crate::domain::ticket::{Status, StatusName};
use crate::domain::time::Timestamp;
use crate::text;

/// What was tried and what is expected stand nowhere else, so they come before all that also stands in the thread.
const HAND_OVER_MAX: usize = 1900;
const REQUEST_MAX: usize = 1000;
const STORY_MAX: usize = 1500;
const EVENT_MAX: usize = 300;

/// What became of an escalation.
enum Outcome<'a> {
    Waiting,
    Accepted { by: UserId, since: Timestamp },
    HandedBack { by: Option<UserId>, at: Timestamp, reason: &'a str },
    Over(StatusName),
}

/// The packet of one escalation, in the desk's language. Pings those on duty, else the role, while nobody has accepted.
pub fn packet(packet: &Packet, set_up: &SetUp) -> View {
    let language = set_up.settings.language;
    let outcome = outcome(packet);
    // Outside of duty hours the packet is there and calls nobody; the ladder does so when they begin.
    let is_called = matches!(outcome, Outcome::Waiting) && packet.ticket.ladder.steps > 0;
    let called = is_called.then_some(&packet.callees);
    let hand_over = hand_over(packet, &outcome, set_up);
    let request = request(language, packet);
    let story = Frame::new(words::colour(packet.ticket.status.name()))
        .title(text::packet_story(language))
        .description(story(language, packet, set_up));
    let press =
        |press, style, label| button(CustomId::Ticket { press, ticket: packet.ticket.id }, style, label);
    let accept = || press(Press::Accept, ButtonStyle::Primary, text::button_accept(language));
    let hand_back = || press(Press::HandBack, ButtonStyle::Secondary, text::button_hand_back(language));
    let buttons = match outcome {
        Outcome::Waiting => vec![accept(), hand_back()],
        Outcome::Accepted { .. } if packet.ticket.status.is_open() => vec![hand_back()],
        Outcome::Accepted { .. } | Outcome::HandedBack { .. } | Outcome::Over(_) => Vec::new(),
    };
    View {
        content: called.map(words::callees),
        embeds: fit([hand_over, request, story]),
        rows: row(buttons),
        pings: called.map(Pings::of).unwrap_or_default(),
        number: Some(packet.ticket.number),
        ..View::default()
    }
}

fn hand_over(packet: &Packet, outcome: &Outcome<'_>, set_up: &SetUp) -> Frame {
    let (ticket, language) = (&packet.ticket, set_up.settings.language);
    let reaction = packet.specialism.ladder.reaction.filter(|_| packet.specialism.provider.is_some());
    Frame::new(words::colour(ticket.status.name()))
        .title(text::packet_title(language, ticket.number.0, escape_one_line(&ticket.subject)))
        .description(format!(
            "{}\n\n{}\n\n{}",
            headline(language, outcome),
            said(language, &text::packet_tried(language), packet.hand_over.tried.as_deref()),
            said(language, &text::packet_expected(language), packet.hand_over.expected.as_deref()),
        ))
        .beside(text::packet_to(language), Some(words::specialism_label(language, &packet.specialism)))
        .beside(
            text::packet_by(language),
            Some(format!("{} {}", words::person(packet.hand_over.by), words::relative(packet.hand_over.at))),
        )
        .beside(text::card_requester(language), Some(words::person(ticket.requester)))
        .beside(text::card_priority(language), Some(words::priority(language, ticket.priority)))
        .beside(text::card_due(language), ticket.due_at.map(words::relative))
        .beside(text::card_thread(language), ticket.places.thread.map(words::channel))
        .beside(text::card_category(language), words::category(language, ticket, set_up))
        .beside(
            text::packet_reaction(language),
            reaction.map(|reaction| words::relative(packet.hand_over.at + reaction)),
        )
        .beside(
            text::card_bounces(language),
            (ticket.bounces > 0).then(|| text::times(language, ticket.bounces)),
        )
        .field(
            text::card_ladder(language),
            words::ladder(language, ticket, set_up).filter(|_| matches!(outcome, Outcome::Waiting)),
        )
}

/// A step of the ladder: one message beside the packet, for whomever it calls.
pub fn call(call: &Call, set_up: &SetUp) -> View {
    let (language, ticket) = (set_up.settings.language, &call.packet.ticket);
    let whom = call.whom.as_ref().map(words::callees);
    let link = call.packet.hand_over.packet.map(|packet| words::address(ticket.guild, packet));
    let lines = [
        Some(words::rung(language, call.rung, whom.as_deref())),
        Some(text::call_waits(language, words::relative(call.packet.hand_over.at))),
        link.map(|link| text::call_packet(language, link)),
    ];
    let frame = Frame::new(words::colour(ticket.status.name()))
        .title(text::packet_title(language, ticket.number.0, escape_one_line(&ticket.subject)))
        .description(lines.into_iter().flatten().collect::<Vec<_>>().join("\n"))
        .beside(text::card_priority(language), Some(words::priority(language, ticket.priority)))
        .beside(text::card_due(language), ticket.due_at.map(words::relative));
    View {
        content: whom,
        embeds: fit([frame]),
        pings: call.whom.as_ref().map(Pings::of).unwrap_or_default(),
        number: Some(ticket.number),
        ..View::default()
    }
}

fn said(language: Language, heading: &str, said: Option<&str>) -> String {
    let said = said.map_or_else(|| text::packet_not_said(language), escape);
    format!("**{heading}**\n{}", cut(&said, HAND_OVER_MAX))
}

fn request(language: Language, packet: &Packet) -> Frame {
    let ticket = &packet.ticket;
    Frame::new(words::colour(ticket.status.name()))
        .title(text::packet_request(language))
        .description(cut(&cards::request(language, ticket), REQUEST_MAX))
        .field(text::card_attachment(language), cards::files(ticket))
        .field(text::card_question(language), cards::question(ticket).map(|question| cut(&question, 300)))
        .field(
            text::card_offered(language),
            cards::offered(&ticket.offered).map(|offered| cut(&offered, 300)),
        )
}

fn headline(language: Language, outcome: &Outcome<'_>) -> String {
    match outcome {
        Outcome::Waiting => text::packet_waiting(language),
        Outcome::Accepted { by, since } => {
            text::packet_accepted(language, words::person(*by), words::relative(*since))
        }
        Outcome::HandedBack { by, at, reason } => text::packet_handed_back(
            language,
            by.map_or_else(|| text::event_by_the_desk(language), words::person),
            words::relative(*at),
            cut(&escape_one_line(reason), EVENT_MAX),
        ),
        Outcome::Over(status) => text::packet_over(language, words::status(language, *status)),
    }
}

/// The latest events that fit, oldest of them first.
fn story(language: Language, packet: &Packet, set_up: &SetUp) -> String {
    let mut lines = Vec::new();
    let mut room = STORY_MAX;
    for event in packet.events.iter().rev() {
        let line = cut(&words::event(language, event, set_up), EVENT_MAX);
        let length = line.chars().count() + 1;
        if length > room {
            break;
        }
        room -= length;
        lines.push(line);
    }
    lines.reverse();
    lines.join("\n")
}

fn outcome(packet: &Packet) -> Outcome<'_> {
    let this = packet.hand_over.id;
    match &packet.ticket.status {
        Status::Escalated(escalation) if escalation.id == this => return Outcome::Waiting,
        Status::Accepted { specialist, escalation } if escalation.id == this => {
            return Outcome::Accepted { by: *specialist, since: packet.ticket.since };
        }
        _ => {}
    }
    let after = packet
        .events
        .iter()
        .skip_while(|event| !matches!(event.what, What::Escalated { escalation, .. } if escalation == this))
        .skip(1);
    let mut accepted = None;
    for event in after {
        match &event.what {
            What::Accepted => accepted = event.by.map(|by| (by, event.at)),
            What::SpecialistIdle { .. } | What::TakenBack { .. } => accepted = None,
            What::HandedBack { reason } => {
                return Outcome::HandedBack { by: event.by, at: event.at, reason };
            }
            // A later escalation has a packet of its own.
            What::Escalated { .. } => break,
            _ => {}
        }
    }
    match accepted {
        Some((by, since)) => Outcome::Accepted { by, since },
        None => Outcome::Over(packet.ticket.status.name()),
    }
}
