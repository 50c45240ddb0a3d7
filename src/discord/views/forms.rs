//! Forms: a title of at most 45 characters, and up to five fields whose labels are as short (Discord docs,
//! components/reference, "Modal").

use serenity::builder::{
    CreateActionRow, CreateInputText, CreateModal, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption,
};
use serenity::model::application::InputTextStyle;

use super::markdown::cut;
use super::{View, words};
use crate::desk::{SUBJECT_MAX, SetUp, TEXT_MAX};
use crate::discord::custom_id::{CustomId, Press, TicketForm};
use crate::domain::article::Language;
use crate::domain::id::SpecialismId;
use crate::domain::ticket::Ticket;
use crate::text;

/// The one line of an opening.
pub(crate) const SUBJECT: &str = "subject";
/// More of an opening.
pub(crate) const DETAILS: &str = "details";
/// What was tried before an escalation.
pub(crate) const TRIED: &str = "tried";
/// What is expected of an escalation.
pub(crate) const EXPECTED: &str = "expected";
/// The only text of every other form.
pub(crate) const TEXT: &str = "text";

/// Opens a ticket, with what is known already filled in.
pub(crate) fn opening(id: CustomId, language: Language, subject: &str, details: &str) -> CreateModal {
    let one_line = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let subject = CreateInputText::new(InputTextStyle::Short, text::form_open_subject(language), SUBJECT)
        .max_length(characters(SUBJECT_MAX))
        .required(true);
    let subject = prefilled(subject, &cut(&one_line, SUBJECT_MAX));
    let details =
        prefilled(paragraph(DETAILS, text::form_open_details(language), false), &cut(details, TEXT_MAX));
    form(id, text::form_open_title(language), [subject, details])
}

/// Hands a ticket over. One of the two fields has to be filled; which one, the desk does not care.
pub(crate) fn escalation(
    language: Language,
    ticket: &Ticket,
    specialism: Option<SpecialismId>,
) -> CreateModal {
    let id = CustomId::EscalateForm { ticket: ticket.id, specialism };
    let tried = paragraph(TRIED, text::form_escalate_tried(language), true);
    let expected = paragraph(EXPECTED, text::form_escalate_expected(language), false);
    form(id, text::form_escalate_title(language, ticket.number.0), [tried, expected])
}

/// Gives the solution.
pub(crate) fn solution(language: Language, ticket: &Ticket) -> CreateModal {
    let id = CustomId::TicketForm { form: TicketForm::Resolve, ticket: ticket.id };
    let input = paragraph(TEXT, text::form_resolve_text(language), true);
    form(id, text::form_resolve_title(language, ticket.number.0), [input])
}

/// Closes a ticket, with a reason if there is one to give.
pub(crate) fn closing(language: Language, ticket: &Ticket) -> CreateModal {
    let id = CustomId::TicketForm { form: TicketForm::Close, ticket: ticket.id };
    let input = paragraph(TEXT, text::form_close_text(language), false);
    form(id, text::form_close_title(language, ticket.number.0), [input])
}

/// Gives an escalation back.
pub(crate) fn hand_back(language: Language, ticket: &Ticket) -> CreateModal {
    let id = CustomId::TicketForm { form: TicketForm::HandBack, ticket: ticket.id };
    let input = paragraph(TEXT, text::form_hand_back_text(language), true);
    form(id, text::form_hand_back_title(language, ticket.number.0), [input])
}

/// Says more about a rating, in place of what was said before.
pub(crate) fn comment(language: Language, ticket: &Ticket) -> CreateModal {
    let id = CustomId::TicketForm { form: TicketForm::Comment, ticket: ticket.id };
    let said = ticket.kept.rating.as_ref().and_then(|rating| rating.comment.as_deref());
    let input = prefilled(paragraph(TEXT, text::form_comment_text(language), true), said.unwrap_or_default());
    form(id, text::form_comment_title(language, ticket.number.0), [input])
}

/// Writes an internal note.
pub(crate) fn note(language: Language, ticket: &Ticket) -> CreateModal {
    let id = CustomId::TicketForm { form: TicketForm::Note, ticket: ticket.id };
    let input = paragraph(TEXT, text::form_note_text(language), true);
    form(id, text::form_note_title(language, ticket.number.0), [input])
}

/// Asks to whom a ticket is to go, before the form; a form itself holds texts only.
pub(crate) fn specialism_select(language: Language, ticket: &Ticket, set_up: &SetUp) -> View {
    let options = set_up
        .specialisms
        .iter()
        .map(|specialism| {
            let name = words::specialism_name(language, specialism);
            CreateSelectMenuOption::new(cut(&name, 100), specialism.id.to_string())
        })
        .collect();
    let id = CustomId::Ticket { press: Press::EscalateTo, ticket: ticket.id }.to_string();
    let menu = CreateSelectMenu::new(id, CreateSelectMenuKind::String { options })
        .placeholder(text::select_specialism(language));
    let question = text::escalate_which(language, ticket.number.0);
    View { rows: vec![CreateActionRow::SelectMenu(menu)], ..View::text(question) }
}

fn form<const N: usize>(id: CustomId, title: String, inputs: [CreateInputText; N]) -> CreateModal {
    CreateModal::new(id.to_string(), title)
        .components(inputs.into_iter().map(CreateActionRow::InputText).collect())
}

fn paragraph(id: &str, label: String, required: bool) -> CreateInputText {
    CreateInputText::new(InputTextStyle::Paragraph, label, id)
        .max_length(characters(TEXT_MAX))
        .required(required)
}

/// Discord refuses a prefilled text that is empty.
fn prefilled(input: CreateInputText, value: &str) -> CreateInputText {
    if value.is_empty() { input } else { input.value(value) }
}

fn characters(max: usize) -> u16 {
    u16::try_from(max).unwrap_or(u16::MAX)
}
