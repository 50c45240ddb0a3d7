//! Lists of tickets, and the facts of one.

use serenity::builder::CreateButton;
use serenity::model::Colour;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::{cut, escape_one_line};
use super::{View, button, cards, row, words};
use crate::desk::{Page, SetUp, TicketInfo};
use crate::discord::custom_id::{CustomId, List};
use crate::domain::article::Language;
use crate::domain::ticket::Ticket;
use crate::text;

const LIST: Colour = Colour::new(0x0058_65F2);
const EVENT_MAX: usize = 250;

/// A page of a list.
pub(crate) fn page(language: Language, list: List, page: &Page) -> View {
    if page.total == 0 {
        return View::text(match list {
            List::Mine => text::list_mine_empty(language),
            List::Queue => text::list_queue_empty(language),
        });
    }
    let title = match list {
        List::Mine => text::list_mine_title(language, page.total),
        List::Queue => text::list_queue_title(language, page.total),
    };
    let lines: Vec<_> = page.tickets.iter().map(|ticket| line(language, list, ticket)).collect();
    let mut frame = Frame::new(LIST).title(title).description(lines.join("\n"));
    if page.pages() > 1 {
        frame = frame.footer(text::list_page(language, page.page + 1, page.pages()));
    }
    View { embeds: fit([frame]), rows: row(turns(language, list, page)), ..View::default() }
}

/// The facts of one ticket and, for staff, its story.
pub(crate) fn info(language: Language, info: &TicketInfo, set_up: &SetUp) -> View {
    let ticket = &info.ticket;
    let frame = Frame::new(words::colour(ticket.status.name())).title(cards::title(language, ticket));
    let frame = cards::state(frame, language, ticket, set_up)
        .beside(text::card_requester(language), Some(words::person(ticket.requester)))
        .beside(text::card_opened(language), Some(words::relative(ticket.opened_at)))
        .beside(text::card_thread(language), ticket.places.thread.map(words::channel));
    let frame = cards::kept(frame, language, ticket);
    if info.events.is_empty() {
        return View { embeds: fit([frame]), ..View::default() };
    }
    let lines: Vec<_> =
        info.events.iter().map(|event| cut(&words::event(language, event, set_up), EVENT_MAX)).collect();
    let story = Frame::new(words::colour(ticket.status.name()))
        .title(text::packet_story(language))
        .description(lines.join("\n"));
    View { embeds: fit([frame, story]), ..View::default() }
}

fn line(language: Language, list: List, ticket: &Ticket) -> String {
    let mut line = format!(
        "**#{}** {} · {}",
        ticket.number,
        escape_one_line(&ticket.subject),
        words::state(language, ticket)
    );
    let priority = ticket.priority.code();
    let when = match (list, ticket.due_at, ticket.waiting_since()) {
        (List::Mine, Some(_), _) => Some(words::relative(ticket.since)),
        (List::Queue, Some(due), _) => Some(text::list_due(language, priority, words::relative(due))),
        (List::Queue, None, Some(since)) => {
            Some(text::list_waiting(language, priority, words::relative(since)))
        }
        (_, None, _) => None,
    };
    if let Some(when) = when {
        line = format!("{line} · {when}");
    }
    if let Some(thread) = ticket.places.thread {
        line = format!("{line} · {}", words::channel(thread));
    }
    line
}

fn turns(language: Language, list: List, page: &Page) -> Vec<CreateButton> {
    let turn = |to: i64, label| {
        let page = u32::try_from(to).ok()?;
        Some(button(CustomId::Page { list, page }, ButtonStyle::Secondary, label))
    };
    let back = (page.page > 0).then(|| turn(page.page - 1, text::button_previous(language))).flatten();
    let on =
        (page.page + 1 < page.pages()).then(|| turn(page.page + 1, text::button_next(language))).flatten();
    back.into_iter().chain(on).collect()
}
