//! What a person sees of a change they made: the card they pressed as it is now, or a sentence.

use super::call::Call;
use super::reply::{Answer, Failure, Reply};
use super::views::{self, View, words};
use crate::domain::id::{EscalationId, TicketNumber, UserId};
use crate::domain::ticket::Ticket;
use crate::text;

/// What was done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Done {
    Claimed,
    Released,
    Assigned(UserId),
    Escalated,
    Accepted,
    HandedBack,
    Waiting,
    GoingOn,
    Resolved,
    Closed,
    Reopened,
    Prioritised,
    Categorised,
    Noted,
    Replied,
    Duplicate(TicketNumber),
    LinkedToIncident,
    Added(UserId),
}

/// On the card that was pressed, else as a sentence.
pub(crate) fn on_card(call: &Call<'_>, ticket: &Ticket, done: Done) -> Reply {
    let Some(pressed) = call.pressed else { return Ok(Answer::Ephemeral(sentence(call, ticket, done))) };
    if pressed.is_ephemeral {
        return Ok(Answer::Update(sentence(call, ticket, done)));
    }
    let set_up = call.set_up()?;
    // A card may be pressed before the outbox has noted which message it is; its channel is known by then.
    let in_thread = ticket.places.thread_card == Some(pressed.message)
        || ticket.places.thread == Some(call.place.channel);
    Ok(Answer::Card(if in_thread {
        views::thread_card(ticket, set_up)
    } else {
        views::queue_card(ticket, set_up)
    }))
}

/// On the escalation packet that was pressed, else as a sentence.
pub(crate) async fn on_packet(
    call: &Call<'_>,
    ticket: &Ticket,
    escalation: Option<EscalationId>,
    done: Done,
) -> Reply {
    let is_on_packet = call.pressed.is_some_and(|pressed| !pressed.is_ephemeral);
    let (true, Some(escalation)) = (is_on_packet, escalation) else {
        return Ok(Answer::Ephemeral(sentence(call, ticket, done)));
    };
    let packet = call.cx.desk.packet(ticket.id, escalation).await.map_err(Failure::from)?;
    Ok(match packet {
        Some(packet) => Answer::Card(views::packet(&packet, call.set_up()?)),
        None => Answer::Ephemeral(sentence(call, ticket, done)),
    })
}

/// What was done, in the person's own language.
pub(crate) fn sentence(call: &Call<'_>, ticket: &Ticket, done: Done) -> View {
    let (language, number) = (call.language(), ticket.number.0);
    let line = match done {
        Done::Claimed => text::done_claimed(language, number),
        Done::Released => text::done_released(language, number),
        Done::Assigned(agent) => text::done_assigned(language, number, words::person(agent)),
        Done::Escalated => text::done_escalated(language, number),
        Done::Accepted => text::done_accepted(language, number),
        Done::HandedBack => text::done_handed_back(language, number),
        Done::Waiting => text::done_waiting(language, number),
        Done::GoingOn => text::done_going_on(language, number),
        Done::Resolved => text::done_resolved(language, number),
        Done::Closed => text::done_closed(language, number),
        Done::Reopened => text::done_reopened(language, number),
        Done::Prioritised => {
            text::done_prioritised(language, number, words::priority(language, ticket.priority))
        }
        Done::Categorised => {
            let listed = call.set_up.as_ref().and_then(|set_up| words::category(language, ticket, set_up));
            let category =
                listed.unwrap_or_else(|| words::plain(ticket.category.as_deref().unwrap_or_default()));
            text::done_categorised(language, number, category)
        }
        Done::Noted => text::done_noted(language, number),
        Done::Replied => text::done_replied(language, number),
        Done::Duplicate(of) => text::done_duplicate(language, number, of.0),
        Done::LinkedToIncident => text::done_linked_to_incident(language, number),
        Done::Added(user) => text::done_added(language, words::person(user), number),
    };
    View::text(match ticket.places.thread {
        Some(thread) if call.place.channel != thread => format!("{line} {}", words::channel(thread)),
        _ => line,
    })
}
