//! What the desk says to a ticket's people: in its thread, and after that is closed, beside it.

use serenity::model::Colour;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::escape;
use super::{Pings, View, button, row, words};
use crate::desk::SetUp;
use crate::discord::custom_id::{CustomId, Press};
use crate::domain::article::Language;
use crate::domain::job::Say;
use crate::domain::schedule::{AUTO_CLOSE_AFTER, REOPEN_WITHIN};
use crate::domain::ticket::{Status, StatusName, Ticket};
use crate::text;

/// Something said in the thread: a solution in the requester's language, everything else in the desk's.
pub fn say(say: &Say, ticket: &Ticket, set_up: &SetUp) -> View {
    let language = set_up.settings.language;
    match say {
        Say::Solution { text: solution } => self::solution(solution, ticket),
        Say::HandedBack { agent, reason } => {
            let line =
                text::say_handed_back(language, ticket.number.0, words::person(*agent), escape(reason));
            told(ticket, StatusName::Claimed, line, Some(*agent))
        }
        Say::Reopened { by, holder } => {
            let (by, number) = (words::person(*by), ticket.number.0);
            let line = match holder {
                Some(holder) => text::say_reopened_held(language, by, number, words::person(*holder)),
                None => text::say_reopened_queue(language, by, number),
            };
            told(ticket, StatusName::Queued, line, *holder)
        }
    }
}

fn told(ticket: &Ticket, colour: StatusName, line: String, whom: Option<crate::domain::id::UserId>) -> View {
    View {
        content: whom.map(words::person),
        embeds: fit([Frame::new(words::colour(colour)).description(line)]),
        pings: whom.map(Pings::user).unwrap_or_default(),
        number: Some(ticket.number),
        ..View::default()
    }
}

fn solution(solution: &str, ticket: &Ticket) -> View {
    let language = ticket.language;
    let open = matches!(&ticket.status, Status::Resolved { solution: present, .. } if present == solution);
    let press = |press, style, label| button(CustomId::Ticket { press, ticket: ticket.id }, style, label);
    let works = || press(Press::Works, ButtonStyle::Success, text::button_works(language));
    let still =
        || press(Press::StillAProblem, ButtonStyle::Secondary, text::button_still_a_problem(language));
    let given = Frame::new(words::colour(StatusName::Resolved))
        .title(text::say_solution_title(language, ticket.number.0))
        .description(escape(solution));
    let asked = text::say_solution_question(language, words::relative(ticket.since + AUTO_CLOSE_AFTER));
    let asking = Frame::new(words::colour(StatusName::Resolved)).description(asked);
    View {
        content: Some(words::person(ticket.requester)),
        embeds: if open { fit([given, asking]) } else { fit([given]) },
        rows: if open { row(vec![works(), still()]) } else { Vec::new() },
        pings: Pings::user(ticket.requester),
        number: Some(ticket.number),
    }
}

/// The note in the support channel after a ticket is closed: outside its locked thread, with Reopen and the rating.
/// Others can read it, so it names the number only.
pub fn closing_note(ticket: &Ticket, _set_up: &SetUp) -> View {
    let language = ticket.language;
    if let Status::Closed { .. } = ticket.status {
        let until = words::moment(ticket.since + REOPEN_WITHIN);
        let mut rows = row(vec![reopen(language, ticket)]);
        rows.extend(row((1..=5).map(|stars| rating(ticket, stars)).collect()));
        return note(
            ticket,
            text::closing_title(language, ticket.number.0),
            text::closing_text(language, until),
            rows,
        );
    }
    let title = text::closing_reopened_title(language, ticket.number.0);
    let line = match ticket.places.thread {
        Some(thread) => text::closing_reopened_text(language, words::channel(thread)),
        None => text::closing_reopened_text_unlinked(language),
    };
    note(ticket, title, line, Vec::new())
}

/// The same note once its requester has rated the help: thanks, and Reopen only. A ticket that was reopened meanwhile
/// has no more to say here than that.
pub fn rated_note(ticket: &Ticket, set_up: &SetUp) -> View {
    let Status::Closed { .. } = ticket.status else { return closing_note(ticket, set_up) };
    let language = ticket.language;
    let until = words::moment(ticket.since + REOPEN_WITHIN);
    let title = text::closing_title(language, ticket.number.0);
    note(ticket, title, text::closing_rated(language, until), row(vec![reopen(language, ticket)]))
}

fn note(ticket: &Ticket, title: String, line: String, rows: Vec<serenity::builder::CreateActionRow>) -> View {
    View {
        content: Some(words::person(ticket.requester)),
        embeds: fit([Frame::new(Colour::new(0x0095_A5A6)).title(title).description(line)]),
        rows,
        pings: Pings::user(ticket.requester),
        number: Some(ticket.number),
    }
}

fn reopen(language: Language, ticket: &Ticket) -> serenity::builder::CreateButton {
    let id = CustomId::Ticket { press: Press::Reopen, ticket: ticket.id };
    button(id, ButtonStyle::Secondary, text::button_reopen(language))
}

fn rating(ticket: &Ticket, stars: u8) -> serenity::builder::CreateButton {
    button(CustomId::Rate { ticket: ticket.id, stars }, ButtonStyle::Secondary, stars.to_string())
}
