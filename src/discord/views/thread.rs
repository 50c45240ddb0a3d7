//! What the desk says to a ticket's people: in its thread, and after that is closed, beside it.

use serenity::model::Colour;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::{article, cut, escape, escape_one_line};
use super::{File, Pings, View, button, row, words};
use crate::desk::SetUp;
use crate::discord::custom_id::{CustomId, Press};
use crate::discord::file_kind::{Unkept, Unwelcome};
use crate::discord::files::FileFault;
use crate::domain::article::Language;
use crate::domain::canned::{self, Placeholder};
use crate::domain::duty::Callees;
use crate::domain::id::{TicketNumber, UserId};
use crate::domain::job::{Say, Whom};
use crate::domain::schedule::{AUTO_CLOSE_AFTER, REOPEN_WITHIN};
use crate::domain::ticket::{Holder, Status, StatusName, Ticket};
use crate::text;

/// Room for a prepared reply; what is filled in comes on top.
const CANNED_MAX: usize = 2500;
/// Room for a solution from elsewhere, with a word after it.
const FOLLOWED_MAX: usize = 3600;

/// Something said in the thread: a solution in the requester's language, everything else in the desk's. `first_level` is
/// called where nobody has the ticket.
pub fn say(say: &Say, ticket: &Ticket, set_up: &SetUp, first_level: &Callees) -> View {
    let language = set_up.settings.language;
    let staff = |whom: Whom, line| match whom {
        Whom::Person(user) => staff(ticket, &Callees::People(vec![user]), line),
        Whom::FirstLevel => staff(ticket, first_level, line),
    };
    match say {
        Say::Solution { text: solution } => self::solution(solution, ticket),
        Say::HandedBack { agent, reason } => {
            let line =
                text::say_handed_back(language, ticket.number.0, words::person(*agent), escape(reason));
            told(ticket, StatusName::Claimed, line, Some(*agent))
        }
        Say::Canned { by, text: canned } => self::canned(canned, *by, ticket),
        Say::Documented { title } => {
            let line = text::say_documented(ticket.language, escape_one_line(title));
            told(ticket, StatusName::Resolved, line, None)
        }
        Say::Duplicate { of } => follow(ticket, None, text::say_duplicate(ticket.language, of.0)),
        Say::Followed { of, solution } => followed(*of, solution.as_deref(), ticket),
        Say::PartOfIncident { title } => {
            follow(ticket, None, text::say_part_of_incident(ticket.language, escape_one_line(title)))
        }
        Say::IncidentSolved { title, text: solution } => {
            let language = ticket.language;
            let title = text::incident_solved_title(language, escape_one_line(title));
            follow(
                ticket,
                Some(title),
                format!("{}\n\n{}", cut(&escape(solution), FOLLOWED_MAX), text::say_solved_for_all(language)),
            )
        }
        Say::ThreadAnew => told(ticket, StatusName::Queued, text::say_thread_anew(ticket.language), None),
        Say::ThreadDeleted => {
            let thread = ticket.places.thread.map(words::channel).unwrap_or_default();
            let line = text::say_thread_deleted(language, ticket.number.0, thread);
            told(ticket, StatusName::Queued, line, None)
        }
        Say::TakenBack { from } => taken_back(*from, ticket, set_up),
        Say::RequesterLeft => {
            let requester = words::person(ticket.requester);
            let line = text::say_requester_left(language, ticket.number.0, requester);
            let holder = ticket.status.holder().filter(|_| ticket.status.is_open());
            told(ticket, StatusName::Queued, line, holder.map(Holder::user))
        }
        Say::DueSoon { whom, due } => {
            staff(*whom, text::say_due_soon(language, place(ticket), words::relative(*due)))
        }
        Say::Overdue { whom, due, above } => {
            let told = staff(*whom, text::say_overdue(language, place(ticket), words::relative(*due)));
            match above {
                Some(above) => also(told, *above),
                None => told,
            }
        }
        Say::AnswerOwed { whom, since } => {
            staff(*whom, text::say_answer_owed(language, place(ticket), words::relative(*since)))
        }
        Say::FoundIdle { agent } => {
            staff(Whom::Person(*agent), text::say_found_idle(language, place(ticket)))
        }
        Say::SpecialistIdle { specialist, specialism } => {
            let role = set_up
                .specialism(*specialism)
                .map_or_else(|| text::level_second(language), |specialism| words::role(specialism.role));
            let line = text::say_specialist_idle(language, place(ticket), role);
            staff(Whom::Person(*specialist), line)
        }
        Say::Waiting { by } => requester(ticket, text::say_waiting(ticket.language, words::person(*by))),
        Say::Nudge { closes } => {
            requester(ticket, text::say_nudge(ticket.language, words::relative(*closes)))
        }
        Say::ClosingSoon { closes } => {
            requester(ticket, text::say_closing_soon(ticket.language, words::relative(*closes)))
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

/// The ticket's number, with the way to its thread.
fn place(ticket: &Ticket) -> String {
    match ticket.places.thread {
        Some(thread) => format!("#{} ({})", ticket.number, words::channel(thread)),
        None => format!("#{}", ticket.number),
    }
}

/// A word to whoever is responsible, and to nobody else.
fn staff(ticket: &Ticket, whom: &Callees, line: String) -> View {
    let told = told(ticket, ticket.status.name(), line, None);
    View { content: Some(words::callees(whom)), pings: Pings::of(whom), ..told }
}

/// The same word to one more person.
fn also(mut told: View, user: UserId) -> View {
    told.content = told.content.map(|named| format!("{named} {}", words::person(user)));
    told.pings.users.push(user);
    told
}

/// A word to the requester, in their language.
fn requester(ticket: &Ticket, line: String) -> View {
    told(ticket, ticket.status.name(), line, Some(ticket.requester))
}

fn told(ticket: &Ticket, colour: StatusName, line: String, whom: Option<UserId>) -> View {
    View {
        content: whom.map(words::person),
        embeds: fit([Frame::new(words::colour(colour)).description(line)]),
        pings: whom.map(Pings::user).unwrap_or_default(),
        number: Some(ticket.number),
        ..View::default()
    }
}

/// The file that came with the request.
pub(crate) fn file_kept(ticket: &Ticket, file: File) -> View {
    let line = text::say_file_kept(ticket.language, escape_one_line(&file.name));
    View { files: vec![file], ..told(ticket, StatusName::Queued, line, None) }
}

/// Why that file is not here, and what its sender can do.
pub(crate) fn file_left(ticket: &Ticket, name: &str, unkept: Unkept) -> View {
    let (language, name) = (ticket.language, escape_one_line(name));
    let line = match unkept {
        Unkept::Unfetched(FileFault::TooLarge) => text::say_file_too_large(language, name),
        Unkept::Unfetched(FileFault::Missing) => text::say_file_missing(language, name),
        Unkept::Unfetched(FileFault::Unreached) => text::say_file_unreached(language, name),
        Unkept::Unfetched(FileFault::Elsewhere) => text::say_file_elsewhere(language, name),
        Unkept::Unwelcome(Unwelcome::Runs) => text::say_file_runs(language, name),
        Unkept::Unwelcome(Unwelcome::Disguised) => text::say_file_disguised(language, name),
    };
    requester(ticket, line)
}

/// It names its specialism, and the ladder's next step calls it; first level reads its queue.
fn taken_back(from: UserId, ticket: &Ticket, set_up: &SetUp) -> View {
    let (language, number, from) = (set_up.settings.language, ticket.number.0, words::person(from));
    let specialism = match ticket.status {
        Status::Escalated(escalation) => set_up.specialism(escalation.specialism),
        _ => None,
    };
    match specialism {
        None => told(ticket, StatusName::Queued, text::say_taken_back_queue(language, from, number), None),
        Some(specialism) => {
            let line = text::say_taken_back_second(language, from, number, words::role(specialism.role));
            told(ticket, StatusName::Escalated, line, None)
        }
    }
}

/// In a thread that belongs to no ticket.
pub fn stray_note(set_up: &SetUp) -> View {
    let line = text::say_stray(set_up.settings.language);
    View { embeds: fit([Frame::new(words::colour(StatusName::Closed)).description(line)]), ..View::default() }
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
        ..View::default()
    }
}

/// What became of a ticket that this one follows.
fn followed(of: TicketNumber, solution: Option<&str>, ticket: &Ticket) -> View {
    let language = ticket.language;
    let Some(solution) = solution else {
        return follow(ticket, None, text::say_followed_closed(language, of.0));
    };
    let title = text::say_followed_title(language, of.0);
    let line = format!("{}\n\n{}", cut(&escape(solution), FOLLOWED_MAX), text::say_solved_for_all(language));
    follow(ticket, Some(title), line)
}

/// Something from elsewhere that concerns this ticket's requester, in their language.
fn follow(ticket: &Ticket, title: Option<String>, line: String) -> View {
    let frame = Frame::new(words::colour(StatusName::Resolved)).description(line);
    let frame = match title {
        Some(title) => frame.title(title),
        None => frame,
    };
    View {
        content: Some(words::person(ticket.requester)),
        embeds: fit([frame]),
        pings: Pings::user(ticket.requester),
        number: Some(ticket.number),
        ..View::default()
    }
}

/// A prepared reply, in the requester's language, with who answers. Its text is the company's own Markdown; what is
/// filled in is not.
fn canned(canned: &str, by: UserId, ticket: &Ticket) -> View {
    let language = ticket.language;
    let filled = canned::fill(&article(canned, CANNED_MAX), |placeholder| match placeholder {
        Placeholder::Requester => words::person(ticket.requester),
        Placeholder::Agent => words::person(by),
        Placeholder::Number => ticket.number.to_string(),
        Placeholder::Subject => escape_one_line(&ticket.subject),
    });
    // A file with an unknown placeholder is a fault; should one get here all the same, it is shown as it stands.
    let filled = filled.unwrap_or_else(|_| canned.to_owned());
    let from = text::say_canned_from(language, words::person(by));
    View {
        content: Some(words::person(ticket.requester)),
        embeds: fit([
            Frame::new(words::colour(StatusName::Claimed)).description(format!("{from}\n\n{filled}"))
        ]),
        pings: Pings::user(ticket.requester),
        number: Some(ticket.number),
        ..View::default()
    }
}

/// The note in the support channel after a ticket is closed: outside its locked thread, with Reopen and the rating.
/// Others can read it, so it names the number only.
pub fn closing_note(ticket: &Ticket, _set_up: &SetUp) -> View {
    let language = ticket.language;
    if let Status::Closed { .. } = ticket.status {
        let until = words::moment(ticket.since + REOPEN_WITHIN);
        if let Some(of) = ticket.kept.duplicate_of {
            // Nothing was done here yet that could be rated.
            let line = text::closing_duplicate(language, of.0, until);
            let title = text::closing_title(language, ticket.number.0);
            return note(ticket, title, line, row(vec![reopen(language, ticket)]));
        }
        let mut rows = row(vec![reopen(language, ticket), transcript(language, ticket)]);
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

/// The same note once its requester has rated the help: thanks, a way to say more, and Reopen. A ticket that was reopened meanwhile
/// has no more to say here than that.
pub fn rated_note(ticket: &Ticket, set_up: &SetUp) -> View {
    let Status::Closed { .. } = ticket.status else { return closing_note(ticket, set_up) };
    let language = ticket.language;
    let until = words::moment(ticket.since + REOPEN_WITHIN);
    let title = text::closing_title(language, ticket.number.0);
    let id = CustomId::Ticket { press: Press::Comment, ticket: ticket.id };
    let comment = button(id, ButtonStyle::Secondary, text::button_comment(language));
    let rows = row(vec![comment, reopen(language, ticket), transcript(language, ticket)]);
    let is_commented = ticket.kept.rating.as_ref().is_some_and(|rating| rating.comment.is_some());
    let thanks = if is_commented {
        text::closing_commented(language, until)
    } else {
        text::closing_rated(language, until)
    };
    note(ticket, title, thanks, rows)
}

/// The staff's copy of a transcript, in the queue channel.
pub fn transcript_note(ticket: &Ticket, set_up: &SetUp, files: Vec<File>) -> View {
    let language = set_up.settings.language;
    let line = text::transcript_note(language, ticket.number.0, escape_one_line(&ticket.subject));
    View {
        embeds: fit([Frame::new(words::colour(StatusName::Closed)).description(line)]),
        number: Some(ticket.number),
        files,
        ..View::default()
    }
}

/// The requester's copy, which only they see.
pub fn transcript_copy(language: Language, ticket: &Ticket, files: Vec<File>) -> View {
    View { files, ..View::text(text::transcript_copy(language, ticket.number.0)) }
}

fn note(ticket: &Ticket, title: String, line: String, rows: Vec<serenity::builder::CreateActionRow>) -> View {
    View {
        content: Some(words::person(ticket.requester)),
        embeds: fit([Frame::new(Colour::new(0x0095_A5A6)).title(title).description(line)]),
        rows,
        pings: Pings::user(ticket.requester),
        number: Some(ticket.number),
        ..View::default()
    }
}

fn reopen(language: Language, ticket: &Ticket) -> serenity::builder::CreateButton {
    let id = CustomId::Ticket { press: Press::Reopen, ticket: ticket.id };
    button(id, ButtonStyle::Secondary, text::button_reopen(language))
}

fn transcript(language: Language, ticket: &Ticket) -> serenity::builder::CreateButton {
    let id = CustomId::Ticket { press: Press::Transcript, ticket: ticket.id };
    button(id, ButtonStyle::Secondary, text::button_transcript(language))
}

fn rating(ticket: &Ticket, stars: u8) -> serenity::builder::CreateButton {
    button(CustomId::Rate { ticket: ticket.id, stars }, ButtonStyle::Secondary, stars.to_string())
}
