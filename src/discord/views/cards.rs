//! A ticket's two cards, and what its requester reads when it is opened.

use serenity::builder::CreateButton;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::{cut, escape, escape_one_line, link};
use super::{Pings, View, button, row, selects, words};
use crate::desk::SetUp;
use crate::discord::custom_id::{CustomId, Press};
use crate::domain::article::Language;
use crate::domain::question::{Fate, Offered};
use crate::domain::ticket::{Status, Ticket};
use crate::domain::waiting::{Usual, Waiting};
use crate::text;

/// So much of the request is in the queue; the whole of it is in the thread.
const EXCERPT_MAX: usize = 400;
/// Discord's own limit for an embed's field is 1024; its signed addresses take about half of this.
const LINK_MAX: usize = 700;
/// So much of a field the files have.
const FILES_MAX: usize = 1000;
/// So many people on duty are named to a requester.
const NAMED_MAX: usize = 8;
/// So much of a solution is on a card; the whole of it is a message of its own.
const SOLUTION_MAX: usize = 300;
/// Three notes of this length fit a field with who wrote them and when.
const NOTE_MAX: usize = 270;
/// So much of a rating's comment is on a card.
const COMMENT_MAX: usize = 700;

/// The opening message of a ticket's thread: the request, and the state it is in now.
pub fn thread_card(ticket: &Ticket, set_up: &SetUp) -> View {
    let language = set_up.settings.language;
    let frame = Frame::new(words::colour(ticket.status.name()))
        .title(title(language, ticket))
        .description(request(language, ticket));
    let frame = state(frame, language, ticket, set_up)
        .field(text::card_attachment(language), files(ticket))
        .field(text::card_question(language), question(ticket))
        .field(text::card_offered(language), offered(&ticket.offered));
    View {
        content: Some(words::person(ticket.requester)),
        embeds: fit([frame]),
        rows: row(buttons(language, ticket)),
        pings: Pings::user(ticket.requester),
        number: Some(ticket.number),
        ..View::default()
    }
}

/// The live card in the staff's channel.
pub fn queue_card(ticket: &Ticket, set_up: &SetUp) -> View {
    let language = set_up.settings.language;
    let frame = Frame::new(words::colour(ticket.status.name()))
        .title(title(language, ticket))
        .description(cut(&request(language, ticket), EXCERPT_MAX));
    let frame = state(frame, language, ticket, set_up)
        .beside(text::card_requester(language), Some(words::person(ticket.requester)))
        .beside(text::card_opened(language), Some(words::relative(ticket.opened_at)))
        .beside(text::card_thread(language), ticket.places.thread.map(words::channel))
        .field(text::card_attachment(language), files(ticket));
    let frame = kept(frame, language, ticket);
    let mut rows = row(staff_buttons(language, ticket));
    rows.extend(selects::of_staff(language, ticket, set_up));
    View { embeds: fit([frame]), rows, number: Some(ticket.number), ..View::default() }
}

/// What the requester reads, in their own language, once their ticket is recorded: what they may expect, and menus to
/// say more about it as long as nobody else has decided.
pub fn opened(ticket: &Ticket, language: Language, set_up: &SetUp, waiting: &Waiting) -> View {
    let mut lines = vec![match ticket.places.thread {
        Some(thread) => text::opened_linked(language, ticket.number.0, words::channel(thread)),
        None => text::opened_unlinked(language, ticket.number.0),
    }];
    if let Some(before) = waiting.before {
        let on_duty: Vec<_> =
            waiting.on_duty.iter().take(NAMED_MAX).map(|user| words::person(*user)).collect();
        let told = [
            Some(text::opened_before(language, before)),
            (!on_duty.is_empty()).then(|| text::opened_on_duty(language, on_duty.join(", "))),
            waiting.usual.map(|usual| match usual {
                Usual::ByTheClock(span) => text::opened_usual(language, words::span(language, span)),
                Usual::OfOpeningHours(span) => {
                    text::opened_usual_open(language, words::open_span(language, span))
                }
            }),
            waiting.opens_at.map(|opens| text::opened_opens(language, words::relative(opens))),
        ];
        lines.push(told.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    let rows = selects::of_requester(language, ticket, set_up);
    if !rows.is_empty() {
        lines.push(text::opened_describe(language));
    }
    View { rows, ..View::text(lines.join("\n")) }
}

/// What staff read beside a ticket's state: notes and the rating. Never for a message that others see.
pub(super) fn kept(frame: Frame, language: Language, ticket: &Ticket) -> Frame {
    let rating = ticket.kept.rating.as_ref().map(|rating| {
        let stars = text::card_rating_value(language, i64::from(rating.stars));
        match &rating.comment {
            Some(comment) => format!("{stars}\n{}", cut(&escape(comment), COMMENT_MAX)),
            None => stars,
        }
    });
    let notes = ticket.kept.notes.iter().map(|note| {
        let said = cut(&escape_one_line(&note.text), NOTE_MAX);
        format!("- {said} · {} {}", words::person(note.by), words::relative(note.at))
    });
    let notes = notes.collect::<Vec<_>>().join("\n");
    let follows = ticket.kept.duplicate_of.map(|of| format!("#{of}"));
    let incident = ticket.kept.incident.map(|_| text::card_incident_value(language));
    frame
        .beside(text::card_duplicate_of(language), follows)
        .beside(text::card_incident(language), incident)
        .field(text::card_notes(language), (!notes.is_empty()).then_some(notes))
        .field(text::card_rating(language), rating)
}

/// `#12 · VPN drops`
pub(super) fn title(language: Language, ticket: &Ticket) -> String {
    text::card_title(language, ticket.number.0, escape_one_line(&ticket.subject))
}

/// What the requester wrote, or asked when they wrote no more.
pub(super) fn request(language: Language, ticket: &Ticket) -> String {
    match ticket.details.as_deref().or(ticket.question.as_deref()) {
        Some(said) => escape(said),
        None => text::card_no_details(language),
    }
}

/// The question, unless it is shown as the request already.
pub(super) fn question(ticket: &Ticket) -> Option<String> {
    ticket.question.as_deref().filter(|_| ticket.details.is_some()).map(escape)
}

pub(super) fn offered(offered: &[Offered]) -> Option<String> {
    let titles: Vec<_> =
        offered.iter().map(|offered| format!("- {}", escape_one_line(&offered.title))).collect();
    (!titles.is_empty()).then(|| titles.join("\n"))
}

/// The files, one a line, as far as there is room. A link that is cut leads nowhere; the name still says that there is a
/// file.
pub(super) fn files(ticket: &Ticket) -> Option<String> {
    let (mut lines, mut room) = (Vec::new(), FILES_MAX);
    for file in &ticket.files {
        let name = escape_one_line(&file.name);
        let linked = match file.fate {
            None => link(&file.name, &file.url),
            Some(Fate::Posted(place)) => link(&file.name, &words::address(ticket.guild, place)),
            Some(Fate::Refused) => name.clone(),
        };
        let length = |line: &String| line.chars().count() + 1;
        let shown = [linked, name].into_iter().find(|line| length(line) <= room.min(LINK_MAX));
        room -= shown.as_ref().map_or(0, length);
        lines.extend(shown);
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What state a ticket is in, who is responsible, and until when.
pub(super) fn state(frame: Frame, language: Language, ticket: &Ticket, set_up: &SetUp) -> Frame {
    let times = |count: i64| (count > 0).then(|| text::times(language, count));
    let (solution, closed) = match &ticket.status {
        Status::Resolved { solution, .. } => (Some(cut(&escape(solution), SOLUTION_MAX)), None),
        Status::Closed { reason, .. } => (None, Some(words::close_reason(language, reason))),
        _ => (None, None),
    };
    frame
        .beside(text::card_state(language), Some(words::state(language, ticket)))
        .beside(text::card_waiting(language), ticket.waiting_since().map(words::relative))
        .beside(text::card_responsible(language), words::responsible(language, ticket, set_up))
        .beside(text::card_level(language), Some(words::level(language, ticket, set_up)))
        .beside(text::card_priority(language), Some(words::priority(language, ticket.priority)))
        .beside(text::card_category(language), words::category(language, ticket, set_up))
        .beside(text::card_due(language), words::due(language, ticket))
        .beside(text::card_bounces(language), times(ticket.bounces))
        .beside(text::card_reopened(language), times(ticket.reopened))
        .field(text::card_ladder(language), words::ladder(language, ticket, set_up))
        .field(text::card_closed(language), closed)
        .field(text::card_solution(language), solution)
}

/// The same, and what only staff is interested in.
fn staff_buttons(language: Language, ticket: &Ticket) -> Vec<CreateButton> {
    let save = CustomId::Ticket { press: Press::SaveSolution, ticket: ticket.id };
    let save = button(save, ButtonStyle::Secondary, text::button_save_solution(language));
    let is_solved = matches!(ticket.status, Status::Resolved { .. } | Status::Closed { .. });
    buttons(language, ticket).into_iter().chain(is_solved.then_some(save)).collect()
}

/// What can be done with a ticket in this state. Whether this reader may, is asked when they press.
fn buttons(language: Language, ticket: &Ticket) -> Vec<CreateButton> {
    let press = |press, style, label| button(CustomId::Ticket { press, ticket: ticket.id }, style, label);
    let claim = || press(Press::Claim, ButtonStyle::Primary, text::button_claim(language));
    let escalate = || press(Press::Escalate, ButtonStyle::Secondary, text::button_escalate(language));
    let resolve = || press(Press::Resolve, ButtonStyle::Success, text::button_resolve(language));
    let close = || press(Press::Close, ButtonStyle::Secondary, text::button_close(language));
    let wait = || match ticket.waiting_since() {
        None => press(Press::Wait, ButtonStyle::Secondary, text::button_wait(language)),
        Some(_) => press(Press::GoOn, ButtonStyle::Secondary, text::button_go_on(language)),
    };
    match ticket.status {
        Status::Queued => vec![claim(), escalate(), resolve(), close()],
        Status::Claimed { .. } => vec![escalate(), resolve(), close(), wait()],
        Status::Escalated(_) => vec![resolve(), close()],
        Status::Accepted { .. } => vec![resolve(), close(), wait()],
        Status::Resolved { .. } => vec![close()],
        Status::Closed { .. } => Vec::new(),
    }
}
