//! Practice: the card of a pretended ticket, what is said under it, what it comes to, and how somebody gets on.
//!
//! A scenario's texts are the company's own Markdown, as articles are; what the agent writes is escaped.

use serenity::builder::{CreateActionRow, CreateSelectMenuOption};
use serenity::model::Colour;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::{article as own, cut, escape, escape_one_line};
use super::{Pings, View, answer, button, row, select, words};
use crate::desk::{PracticeSheet, SetUp};
use crate::discord::custom_id::{CustomId, PracticePress};
use crate::domain::article::Language;
use crate::domain::id::{PracticeId, UserId};
use crate::domain::practice::{
    Attempt, Choice, Ending, Practised, Progress, RESPONSE_GOOD, SECOND_LEVEL, Score, Skill, Stage, Verdict,
};
use crate::domain::time::Timestamp;
use crate::knowledge::answer::Answer;
use crate::text;

/// No state of a ticket has this colour, so that nobody takes practice for one.
const PRACTICE: Colour = Colour::new(0x001A_BC9C);
const OVER: Colour = Colour::new(0x0095_A5A6);
/// Discord's limit for a select's option.
const OPTION_MAX: usize = 100;
/// Discord's limit for the label of a button.
const LABEL_MAX: usize = 80;
/// Discord's limit for a field of an embed.
const FIELD_MAX: usize = 1024;

/// What its thread's name begins with, which belongs to this ticket alone, and how it goes on.
pub(crate) fn thread_name(attempt: &Attempt) -> (String, String) {
    let prefix = text::practice_thread(attempt.scenario.language, attempt.id.0);
    (format!("{prefix} "), attempt.scenario.title.clone())
}

/// What its agent reads where they began it.
pub(crate) fn started(attempt: &Attempt) -> View {
    let language = attempt.scenario.language;
    View::text(match attempt.thread {
        Some(thread) => text::practice_started(language, words::channel(thread)),
        None => text::practice_starting(language),
    })
}

/// A word to its agent, who has left it lying.
pub(crate) fn reminder(attempt: &Attempt, stops: Timestamp) -> View {
    let line = text::practice_reminder(attempt.scenario.language, words::relative(stops));
    View {
        content: Some(words::person(attempt.user)),
        embeds: fit([Frame::new(PRACTICE).description(line)]),
        pings: Pings::user(attempt.user),
        ..View::default()
    }
}

/// The card in its thread: the pretended request, what was done about it, and in the end what was expected.
pub(crate) fn card(sheet: &PracticeSheet, set_up: &SetUp) -> View {
    let attempt = &sheet.attempt;
    let (language, scenario) = (attempt.scenario.language, &attempt.scenario);
    let requester = escape_one_line(&scenario.requester);
    let colour = if attempt.over_at().is_some() { OVER } else { PRACTICE };
    let title = text::practice_title(language, escape_one_line(&scenario.title));
    let request = Frame::new(colour)
        .description(own(&scenario.opening, FIELD_MAX * 2))
        .beside(text::card_requester(language), Some(text::practice_pretended(language, requester.clone())));
    let chosen = |frame: Frame| {
        let article = attempt.article.as_ref().map(|chosen| escape_one_line(&chosen.title));
        let category = attempt.category.as_deref().map(|value| category(sheet, value));
        frame
            .beside(text::card_category(language), category)
            .beside(text::practice_article(language), article)
    };
    match &attempt.stage {
        Stage::Working => View {
            content: Some(text::practice_working(language, requester)),
            embeds: fit([chosen(request.title(title))]),
            rows: working(language, sheet),
            ..View::default()
        },
        Stage::Reviewing { ending, kept } => {
            let done = did(language, ending, set_up);
            View {
                content: Some(text::practice_reviewing(language)),
                embeds: fit([
                    chosen(request.title(title)).beside(text::practice_escalation(language), Some(done))
                ]),
                rows: reviewing(language, attempt, |item| kept.contains(&item)),
                ..View::default()
            }
        }
        Stage::Finished { ending, score, .. } => View {
            content: Some(text::practice_finished(language, i64::from(score.points()))),
            embeds: fit([feedback(sheet, (ending, score), set_up).title(title), request]),
            ..View::default()
        },
        Stage::Stopped { .. } => View {
            content: Some(text::practice_given_up(language)),
            embeds: fit([request.title(title)]),
            ..View::default()
        },
    }
}

fn working(language: Language, sheet: &PracticeSheet) -> Vec<CreateActionRow> {
    let attempt = &sheet.attempt;
    let press = |press, style, label| button(id(press, attempt.id), style, label);
    let options = sheet.categories.iter().map(|choice| {
        CreateSelectMenuOption::new(cut(&choice.label, OPTION_MAX), choice.value.clone())
            .default_selection(attempt.category.as_deref() == Some(choice.value.as_str()))
    });
    vec![
        CreateActionRow::Buttons(vec![
            press(PracticePress::Ask, ButtonStyle::Primary, text::button_practice_ask(language)),
            press(PracticePress::Search, ButtonStyle::Primary, text::button_practice_search(language)),
            press(PracticePress::Escalate, ButtonStyle::Secondary, text::button_escalate(language)),
            press(PracticePress::Resolve, ButtonStyle::Success, text::button_resolve(language)),
        ]),
        select(id(PracticePress::Category, attempt.id), text::select_category(language), options.collect()),
    ]
}

fn reviewing(language: Language, attempt: &Attempt, is_kept: impl Fn(usize) -> bool) -> Vec<CreateActionRow> {
    let questions = (0_u8..).zip(&attempt.scenario.tone).map(|(item, question)| {
        let (style, mark) = if is_kept(usize::from(item)) {
            (ButtonStyle::Success, "☑")
        } else {
            (ButtonStyle::Secondary, "☐")
        };
        let label = cut(&format!("{mark} {question}"), LABEL_MAX);
        button(CustomId::PracticeKept { practice: attempt.id, item }, style, label)
    });
    let finish = id(PracticePress::Finish, attempt.id);
    let mut rows = row(questions.collect());
    rows.extend(row(vec![button(finish, ButtonStyle::Primary, text::button_practice_finish(language))]));
    rows
}

/// What it comes to, what was expected, and why.
fn feedback(sheet: &PracticeSheet, (ending, score): (&Ending, &Score), set_up: &SetUp) -> Frame {
    let attempt = &sheet.attempt;
    let (language, scenario) = (attempt.scenario.language, &attempt.scenario);
    let response = text::practice_score_response(
        language,
        words::span(language, score.response_time),
        words::span(language, RESPONSE_GOOD),
    );
    let expected: Vec<_> = sheet.expected.iter().map(|title| escape_one_line(title)).collect();
    let chosen = attempt.article.as_ref().map(|chosen| escape_one_line(&chosen.title));
    let article = match score.article {
        Some(verdict) => {
            let line = text::practice_score_article(
                language,
                chosen.unwrap_or_else(|| text::practice_none_chosen(language)),
                expected.join(", "),
            );
            marked(verdict, &line)
        }
        None => text::practice_score_no_article(language),
    };
    let category_line = text::practice_score_category(
        language,
        match &attempt.category {
            Some(chosen) => category(sheet, chosen),
            None => text::practice_none_chosen(language),
        },
        category(sheet, &scenario.category),
    );
    let right = match &scenario.escalation {
        Some(to) => text::practice_right_escalated(language, specialism(language, to, set_up)),
        None => text::practice_right_resolved(language),
    };
    let escalation = text::practice_score_escalation(language, did(language, ending, set_up), right);
    let tone = text::practice_score_tone(language, count(score.kept), count(score.of));
    let field = |frame: Frame, skill, line: String| frame.field(skill_name(language, skill), Some(line));
    let frame = Frame::new(PRACTICE);
    let frame = field(frame, Skill::Escalation, marked(score.escalation, &escalation));
    let frame = field(frame, Skill::Article, article);
    let frame = field(frame, Skill::Category, marked(score.category, &category_line));
    let frame = field(frame, Skill::Response, marked(score.response, &response));
    let frame = field(frame, Skill::Tone, tone);
    frame.field(text::practice_why(language), Some(own(&scenario.why, FIELD_MAX)))
}

fn marked(verdict: Verdict, line: &str) -> String {
    let mark = match verdict {
        Verdict::Right => "✅",
        Verdict::Partly => "🟨",
        Verdict::Wrong => "❌",
    };
    format!("{mark} {line}")
}

/// What the agent wrote, and what the pretended requester answers.
pub(crate) fn said(attempt: &Attempt, said: &str, answer: Option<&str>) -> View {
    let language = attempt.scenario.language;
    let requester = escape_one_line(&attempt.scenario.requester);
    let frame = Frame::new(PRACTICE)
        .field(text::practice_you(language), Some(cut(&escape(said), FIELD_MAX)))
        .field(text::practice_pretended(language, requester), answer.map(|answer| own(answer, FIELD_MAX)));
    View { embeds: fit([frame]), ..View::default() }
}

/// What was found, to choose from.
pub(crate) fn articles(language: Language, practice: PracticeId, found: &Answer) -> View {
    let options: Vec<_> = found
        .hits
        .iter()
        // A value that is cut would mean another article.
        .filter(|hit| hit.article.0.chars().count() <= OPTION_MAX)
        .map(|hit| CreateSelectMenuOption::new(cut(&hit.title, OPTION_MAX), hit.article.0.clone()))
        .collect();
    let rows = if options.is_empty() {
        Vec::new()
    } else {
        vec![select(id(PracticePress::Article, practice), text::select_practice_article(language), options)]
    };
    View { rows, ..answer::found(language, found) }
}

/// Asks to whom it is to go, before the form.
pub(crate) fn specialism_select(attempt: &Attempt, choices: &[Choice]) -> View {
    let language = attempt.scenario.language;
    let options = choices.iter().map(|choice| {
        let label = if choice.value == SECOND_LEVEL {
            text::specialism_default(language)
        } else {
            choice.label.clone()
        };
        CreateSelectMenuOption::new(cut(&label, OPTION_MAX), choice.value.clone())
    });
    let menu = select(
        id(PracticePress::EscalateTo, attempt.id),
        text::select_specialism(language),
        options.collect(),
    );
    View { rows: vec![menu], ..View::text(text::practice_to_whom(language)) }
}

/// How somebody gets on.
pub(crate) fn progress(language: Language, of: UserId, progress: &Progress) -> View {
    let Some(mean) = progress.mean else {
        return View::text(text::practice_progress_none(language, words::person(of)));
    };
    let points = |points: u32| text::practice_points(language, i64::from(points));
    let trend = progress
        .trend
        .map(|trend| text::practice_trend(language, i64::from(trend.before), i64::from(trend.lately)));
    let train = match progress.train {
        Some(skill) => skill_name(language, skill),
        None => text::practice_nothing_to_train(language),
    };
    let line = |practised: &Practised| {
        let title = escape_one_line(&practised.title);
        format!("- {title} · {} · {}", points(practised.score.points()), words::relative(practised.at))
    };
    let lines: Vec<_> = progress.latest.iter().map(line).collect();
    let frame = Frame::new(PRACTICE)
        .description(lines.join("\n"))
        .beside(text::practice_progress_finished(language), Some(progress.finished.to_string()))
        .beside(text::practice_progress_mean(language), Some(points(mean)))
        .beside(text::practice_progress_trend(language), trend)
        .field(text::practice_progress_train(language), Some(train));
    View { embeds: fit([frame]), ..View::text(text::practice_progress_of(language, words::person(of))) }
}

fn id(press: PracticePress, practice: PracticeId) -> CustomId {
    CustomId::Practice { press, practice }
}

fn skill_name(language: Language, skill: Skill) -> String {
    match skill {
        Skill::Response => text::practice_response(language),
        Skill::Article => text::practice_article(language),
        Skill::Category => text::card_category(language),
        Skill::Escalation => text::practice_escalation(language),
        Skill::Tone => text::practice_tone(language),
    }
}

/// What was done in the end.
fn did(language: Language, ending: &Ending, set_up: &SetUp) -> String {
    match ending {
        Ending::Resolved => text::practice_did_resolve(language),
        Ending::Escalated { to } => text::practice_did_escalate(language, specialism(language, to, set_up)),
    }
}

/// A category as its reader calls it.
fn category(sheet: &PracticeSheet, value: &str) -> String {
    let known = sheet.categories.iter().find(|choice| choice.value == value);
    escape_one_line(known.map_or(value, |choice| &choice.label))
}

/// A specialism as its reader calls it.
fn specialism(language: Language, value: &str, set_up: &SetUp) -> String {
    if value == SECOND_LEVEL {
        return text::specialism_default(language);
    }
    let named = |specialism: &&crate::domain::desk::Specialism| specialism.name.as_deref() == Some(value);
    match set_up.specialisms.iter().find(named) {
        Some(specialism) => words::specialism_label(language, specialism),
        None => escape_one_line(value),
    }
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
