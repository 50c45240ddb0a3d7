//! Forms: a title of at most 45 characters, and up to five fields whose labels are as short (Discord docs,
//! components/reference, "Modal").

use serenity::builder::{CreateActionRow, CreateInputText, CreateModal, CreateSelectMenuOption};
use serenity::model::application::InputTextStyle;

use super::markdown::cut;
use super::{View, select, words};
use crate::desk::{
    INCIDENT_TEXT_MAX, INCIDENT_TITLE_MAX, PRACTICE_TEXT_MAX, Prefilled, SUBJECT_MAX, SetUp, TEXT_MAX,
    TITLE_MAX, Writing,
};
use crate::discord::custom_id::{ArticleForm, ArticlePress, CustomId, PracticePress, Press, TicketForm};
use crate::domain::article::{Audience, Language};
use crate::domain::desk_article::DeskArticle;
use crate::domain::id::{IncidentId, ProposalId, SpecialismId};
use crate::domain::practice::Attempt;
use crate::domain::proposal::Proposed;
use crate::domain::ticket::Ticket;
use crate::text;

/// Discord's limit for the label and the description of a select's option.
const OPTION_MAX: usize = 100;

/// The one line of an opening.
pub(crate) const SUBJECT: &str = "subject";
/// More of an opening.
pub(crate) const DETAILS: &str = "details";
/// What was tried before an escalation.
pub(crate) const TRIED: &str = "tried";
/// What is expected of an escalation.
pub(crate) const EXPECTED: &str = "expected";
/// The only text of every other form, and the body of an article.
pub(crate) const TEXT: &str = "text";
/// An article's heading.
pub(crate) const TITLE: &str = "title";
/// An article's typical questions.
pub(crate) const QUESTIONS: &str = "questions";
/// An article's tags.
pub(crate) const TAGS: &str = "tags";
/// Whom an article is for.
pub(crate) const AUDIENCE: &str = "audience";

/// Longest line of tags.
const TAGS_MAX: u16 = 1000;
/// Longest word for whom an article is for.
const AUDIENCE_MAX: u16 = 20;

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

/// Writes an article.
pub(crate) fn article(language: Language, filled: &Prefilled) -> CreateModal {
    let (form, id) = match &filled.writing {
        Writing::New(form) => (ArticleForm::New, *form),
        Writing::OfTicket(ticket) => (ArticleForm::OfTicket, ticket.0),
        Writing::OfMessage { message, .. } => (ArticleForm::OfMessage, message.0),
        Writing::Edit(article) => (ArticleForm::Edit, article.0),
        Writing::OfFile(name) => (ArticleForm::OfFile, name.code()),
        Writing::OfGap(question) => (ArticleForm::OfGap, question.0),
    };
    let title = match form {
        ArticleForm::New | ArticleForm::OfTicket | ArticleForm::OfMessage | ArticleForm::OfGap => {
            text::form_article_title(language)
        }
        ArticleForm::Edit | ArticleForm::OfFile => text::form_article_edit_title(language),
    };
    let given = &filled.text;
    let short = |id, label, max| CreateInputText::new(InputTextStyle::Short, label, id).max_length(max);
    let heading = short(TITLE, text::form_article_heading(language), characters(TITLE_MAX));
    let audience = match given.audience {
        Audience::Everyone => text::audience_everyone(language),
        Audience::Staff => text::audience_staff(language),
    };
    let inputs = [
        prefilled(heading, &cut(&given.title, TITLE_MAX)),
        prefilled(paragraph(TEXT, text::form_article_body(language), true), &cut(&given.body, TEXT_MAX)),
        prefilled(
            paragraph(QUESTIONS, text::form_article_questions(language), false),
            &cut(&given.questions, TEXT_MAX),
        ),
        prefilled(
            short(TAGS, text::form_article_tags(language), TAGS_MAX).required(false),
            &cut(&given.tags, usize::from(TAGS_MAX)),
        ),
        prefilled(
            short(AUDIENCE, text::form_article_audience(language), AUDIENCE_MAX).required(false),
            &audience,
        ),
    ];
    self::form(CustomId::ArticleForm { form, id }, title, inputs)
}

/// Turns an article down, with a reason if there is one to give.
pub(crate) fn discarding(language: Language, article: &DeskArticle) -> CreateModal {
    let version = u32::try_from(article.newest.number).unwrap_or(u32::MAX);
    let id = CustomId::Article { press: ArticlePress::Discard, article: article.id, version };
    let input = paragraph(TEXT, text::form_discard_reason(language), false);
    form(id, text::form_discard_title(language), [input])
}

/// Opens an incident, with what is known already filled in.
pub(crate) fn incident(
    language: Language,
    proposal: Option<ProposalId>,
    title: &str,
    known: &str,
) -> CreateModal {
    let input = CreateInputText::new(InputTextStyle::Short, text::form_incident_subject(language), SUBJECT)
        .max_length(characters(INCIDENT_TITLE_MAX))
        .required(true);
    let title = prefilled(input, &cut(title, INCIDENT_TITLE_MAX));
    let input = CreateInputText::new(InputTextStyle::Paragraph, text::form_incident_text(language), TEXT)
        .max_length(characters(INCIDENT_TEXT_MAX))
        .required(true);
    let known = prefilled(input, &cut(known, INCIDENT_TEXT_MAX));
    form(CustomId::IncidentForm { proposal }, text::form_incident_title(language), [title, known])
}

/// Ends an incident with a solution for everybody.
pub(crate) fn incident_solution(language: Language, incident: IncidentId) -> CreateModal {
    let input = paragraph(TEXT, text::form_incident_solution(language), true);
    form(CustomId::SolveIncidentForm { incident }, text::form_incident_solve_title(language), [input])
}

/// Asks, searches, solves or hands over in practice, in the words of the real forms.
pub(crate) fn practice(attempt: &Attempt, press: PracticePress) -> CreateModal {
    let language = attempt.scenario.language;
    let (title, label) = match press {
        PracticePress::Ask => (text::form_practice_ask(language), text::form_practice_ask_text(language)),
        PracticePress::Search => {
            (text::button_practice_search(language), text::form_practice_search_text(language))
        }
        PracticePress::Escalate => {
            (text::form_practice_escalate(language), text::form_escalate_tried(language))
        }
        PracticePress::Resolve
        | PracticePress::Article
        | PracticePress::Category
        | PracticePress::EscalateTo
        | PracticePress::Finish => (text::form_practice_resolve(language), text::form_resolve_text(language)),
    };
    let input = CreateInputText::new(InputTextStyle::Paragraph, label, TEXT)
        .max_length(characters(PRACTICE_TEXT_MAX))
        .required(true);
    form(CustomId::Practice { press, practice: attempt.id }, title, [input])
}

/// Writes an internal note.
pub(crate) fn note(language: Language, ticket: &Ticket) -> CreateModal {
    let id = CustomId::TicketForm { form: TicketForm::Note, ticket: ticket.id };
    let input = paragraph(TEXT, text::form_note_text(language), true);
    form(id, text::form_note_title(language, ticket.number.0), [input])
}

/// Asks to whom a ticket is to go, before the form; a form itself holds texts only. The likeliest comes first and says
/// why; nothing is chosen beforehand, because Discord sends no choice that was there already.
pub(crate) fn specialism_select(
    language: Language,
    ticket: &Ticket,
    set_up: &SetUp,
    proposed: &[Proposed],
) -> View {
    let known =
        proposed.iter().filter_map(|proposed| Some((proposed, set_up.specialism(proposed.specialism)?)));
    let options = known
        .map(|(proposed, specialism)| {
            let name = words::specialism_name(language, specialism);
            let option = CreateSelectMenuOption::new(cut(&name, OPTION_MAX), specialism.id.to_string());
            let why = why(language, proposed).into_iter().chain(specialism.note.clone());
            let why = why.collect::<Vec<_>>().join(" · ");
            if why.is_empty() { option } else { option.description(cut(&why, OPTION_MAX)) }
        })
        .collect();
    let id = CustomId::Ticket { press: Press::EscalateTo, ticket: ticket.id };
    let row = select(id, text::select_specialism(language), options);
    View { rows: vec![row], ..View::text(text::escalate_which(language, ticket.number.0)) }
}

fn why(language: Language, proposed: &Proposed) -> Option<String> {
    match (proposed.serves, proposed.solved) {
        (true, _) => Some(text::proposal_serves(language)),
        (false, 1..) => Some(text::proposal_solved(language, proposed.solved)),
        (false, _) => None,
    }
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
