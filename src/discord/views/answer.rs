//! What the knowledge base has to say: under `/support` with the ways on, and under `/kb` without.

use serenity::builder::{
    CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};
use serenity::model::Colour;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::{article as whole, cut, escape_one_line, passage};
use super::{View, button};
use crate::discord::custom_id::CustomId;
use crate::domain::article::{Article, Language};
use crate::domain::id::QuestionId;
use crate::domain::question::{AskedQuestion, Offered};
use crate::knowledge::answer::{Answer, Confidence, Hit};
use crate::text;

const PASSAGE_MAX: usize = 3500;
/// The best answer and three more: what one looks through before asking a person.
const OFFERED_MAX: usize = 4;
/// Discord's limit for the label of a select's option.
const OPTION_MAX: usize = 100;

const ANSWER: Colour = Colour::new(0x0058_65F2);
const NOTHING: Colour = Colour::new(0x0095_A5A6);

/// The answer to `/support`, in the asker's language, with the ways on that fit it.
pub(crate) fn answer(asked: &AskedQuestion, answer: &Answer) -> View {
    let language = asked.language;
    match (answer.confidence, answer.hits.first()) {
        (Confidence::Confident, Some(best)) => article_shown(asked, 0, best),
        // The nearest is worth showing even then: its reader sees at once whether it fits.
        (Confidence::Maybe, Some(best)) => {
            View { content: Some(text::answer_maybe(language)), ..article_shown(asked, 0, best) }
        }
        (Confidence::None, _) | (_, None) => {
            let frame = Frame::new(NOTHING)
                .title(text::answer_none_title(language))
                .description(text::answer_none(language));
            let rows = vec![CreateActionRow::Buttons(vec![open_button(language, asked.id)])];
            View { embeds: fit([frame]), rows, ..View::default() }
        }
    }
}

/// One of the offered articles, with the others to choose from.
pub(crate) fn article_shown(asked: &AskedQuestion, position: u8, hit: &Hit) -> View {
    let language = asked.language;
    let mut rows = select(asked, position);
    let solved = CustomId::Solved { question: asked.id, position };
    rows.push(CreateActionRow::Buttons(vec![
        button(solved, ButtonStyle::Success, text::button_solved(language)),
        open_button(language, asked.id),
    ]));
    View { embeds: fit([frame(language, hit)]), rows, ..View::default() }
}

/// The answer to `/kb search`: the best passage, and the titles of the others.
pub(crate) fn found(language: Language, answer: &Answer) -> View {
    let Some(best) = answer.hits.first() else { return View::text(text::kb_nothing_found(language)) };
    let others: Vec<_> = answer
        .hits
        .iter()
        .skip(1)
        .take(OFFERED_MAX)
        .map(|hit| format!("- {} · `{}`", escape_one_line(&hit.title), hit.article.0.replace('`', "")))
        .collect();
    let others = (!others.is_empty()).then(|| others.join("\n"));
    let frame = frame(language, best).field(text::select_other_answers(language), others);
    View { embeds: fit([frame]), ..View::default() }
}

/// A whole article, as far as a message holds it.
pub(crate) fn article(language: Language, article: &Article) -> View {
    // Articles are the company's own Markdown, close enough to Discord's; an embed notifies nobody.
    let frame = Frame::new(ANSWER)
        .title(escape_one_line(&article.title))
        .description(whole(&article.body, PASSAGE_MAX))
        .footer(source(language, &article.id.0, article.language));
    View { embeds: fit([frame]), ..View::default() }
}

fn frame(language: Language, hit: &Hit) -> Frame {
    let shown = passage(&hit.passage, PASSAGE_MAX);
    let description = match &hit.passage.heading {
        Some(heading) if *heading != hit.title => format!("**{}**\n{shown}", escape_one_line(heading)),
        _ => shown,
    };
    Frame::new(ANSWER).title(escape_one_line(&hit.title)).description(description).footer(source(
        language,
        &hit.article.0,
        hit.language,
    ))
}

/// Where it is from, and its language when that is not the reader's.
fn source(reader: Language, article: &str, written_in: Language) -> String {
    match written_in {
        _ if reader == written_in => article.to_owned(),
        Language::En => format!("{article} · {}", text::language_mark_en(reader)),
        Language::De => format!("{article} · {}", text::language_mark_de(reader)),
    }
}

fn offered(asked: &AskedQuestion) -> impl Iterator<Item = (u8, &Offered)> {
    (0..).zip(&asked.offered).take(OFFERED_MAX)
}

/// The offered articles but the one that is shown.
fn select(asked: &AskedQuestion, shown: u8) -> Vec<CreateActionRow> {
    let options: Vec<_> = offered(asked)
        .filter(|(position, _)| *position != shown)
        .map(|(position, offered)| {
            CreateSelectMenuOption::new(cut(&offered.title, OPTION_MAX), position.to_string())
        })
        .collect();
    if options.is_empty() {
        return Vec::new();
    }
    let id = CustomId::OtherAnswers { question: asked.id }.to_string();
    let menu = CreateSelectMenu::new(id, CreateSelectMenuKind::String { options })
        .placeholder(text::select_other_answers(asked.language));
    vec![CreateActionRow::SelectMenu(menu)]
}

fn open_button(language: Language, question: QuestionId) -> CreateButton {
    button(CustomId::Open { question }, ButtonStyle::Primary, text::button_open(language))
}
