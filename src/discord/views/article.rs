//! Articles on their way: the card on which one is reviewed, what its author reads, and its versions.

use serenity::builder::{CreateActionRow, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption};
use serenity::model::Colour;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::{article as whole, cut, escape, escape_one_line};
use super::{Pings, View, button, row, words};
use crate::desk::{Alike, ReviewSheet, Saved, SetUp};
use crate::discord::custom_id::{ArticlePress, CustomId};
use crate::domain::article::{Article, Audience, Language};
use crate::domain::desk_article::{DeskArticle, Review, Version};
use crate::domain::id::DeskArticleId;
use crate::domain::time::Timestamp;
use crate::text;

/// So much of the text is on a card; the form shows the whole of it.
const BODY_MAX: usize = 2800;
const QUESTIONS_MAX: usize = 900;
/// A title in a sentence; articles of files may have longer ones than the form takes.
const TITLE_MAX: usize = 300;
const REASON_MAX: usize = 500;
/// Discord's limits for the value, and for the label of a select's option.
const OPTION_MAX: usize = 100;
/// Discord's limit for a select.
const OPTIONS_MAX: usize = 25;

const WAITING: Colour = Colour::new(0x00E6_7E22);
const PUBLISHED: Colour = Colour::new(0x002E_CC71);
const OVER: Colour = Colour::new(0x0095_A5A6);

/// The card on which an article is reviewed, in the desk's language. Pings its reviewers while it waits.
pub fn review_card(sheet: &ReviewSheet, set_up: &SetUp) -> View {
    let language = set_up.settings.language;
    let article = &sheet.article;
    let content = &article.newest.content;
    let waiting = matches!(article.review, Review::Waiting { .. });
    let ticket = sheet.ticket.as_ref();
    let frame = Frame::new(colour(&article.review))
        .title(text::review_title(language, escape_one_line(&content.title)))
        .description(format!("{}\n\n{}", headline(language, &article.review), whole(&content.body, BODY_MAX)))
        .field(text::review_questions(language), lines(&content.questions))
        .beside(text::review_version(language), Some(version_line(language, &article.newest)))
        .beside(text::review_audience(language), Some(audience(language, content.audience)))
        .beside(text::review_language(language), Some(language_name(content.language)))
        .beside(
            text::review_tags(language),
            (!content.tags.is_empty()).then(|| escape_one_line(&content.tags.join(", "))),
        )
        .beside(
            text::review_ticket(language),
            ticket.map(|ticket| match ticket.places.thread {
                Some(thread) => words::channel(thread),
                None => format!("#{}", ticket.number),
            }),
        )
        .field(
            text::review_instead(language),
            sheet.instead_of_file.then(|| format!("`{}`", article.name().0.replace('`', ""))),
        )
        .field(text::review_alike(language), alike_lines(&sheet.alike));
    let press = |press, style, label| button(press_id(press, article), style, label);
    let mut rows = Vec::new();
    if waiting {
        rows.extend(row(vec![
            press(ArticlePress::Publish, ButtonStyle::Success, text::button_publish(language)),
            press(ArticlePress::Edit, ButtonStyle::Secondary, text::button_edit(language)),
            press(ArticlePress::Discard, ButtonStyle::Danger, text::button_discard(language)),
        ]));
        rows.extend(alike_select(language, &sheet.alike));
    }
    let (content, pings) = if waiting { reviewers(content, set_up) } else { (None, Pings::default()) };
    View { content, embeds: fit([frame]), rows, pings, number: None, files: Vec::new() }
}

/// The article's owner where that is a person here, else second level.
fn reviewers(content: &Article, set_up: &SetUp) -> (Option<String>, Pings) {
    if let Some(owner) = content.owner_account() {
        return (Some(words::person(owner)), Pings::user(owner));
    }
    let role = set_up.settings.second_level;
    (Some(words::role(role)), Pings::role(role))
}

/// What its author reads in the staff's channel once somebody has decided.
pub fn decided(article: &DeskArticle, set_up: &SetUp) -> View {
    let language = set_up.settings.language;
    let author = article.newest.by;
    let title = cut(&escape_one_line(&article.newest.content.title), TITLE_MAX);
    let line = match &article.review {
        Review::Published { by, .. } => text::review_told_published(language, title, words::person(*by)),
        Review::Discarded { by, reason: Some(reason), .. } => text::review_told_discarded_because(
            language,
            title,
            words::person(*by),
            cut(&escape(reason), REASON_MAX),
        ),
        Review::Discarded { by, reason: None, .. } => {
            text::review_told_discarded(language, title, words::person(*by))
        }
        Review::Withdrawn { by, .. } => text::review_told_withdrawn(language, title, words::person(*by)),
        Review::Waiting { .. } => text::review_told_waiting(language, title),
    };
    // Nobody needs to be called for what they did themselves.
    let call = match &article.review {
        Review::Published { by, .. } | Review::Discarded { by, .. } | Review::Withdrawn { by, .. } => {
            *by != author
        }
        Review::Waiting { .. } => false,
    };
    View {
        content: call.then(|| words::person(author)),
        embeds: fit([Frame::new(colour(&article.review)).description(line)]),
        pings: if call { Pings::user(author) } else { Pings::default() },
        ..View::default()
    }
}

/// What whoever saved it reads.
pub(crate) fn saved(language: Language, saved: &Saved) -> View {
    let title = cut(&escape_one_line(&saved.article.newest.content.title), TITLE_MAX);
    let mut line = text::article_saved(language, title);
    if saved.instead_of_file {
        line = format!("{line} {}", text::article_saved_instead(language));
    }
    let Some(alike) = alike_lines(&saved.alike) else { return View::text(line) };
    let frame = Frame::new(WAITING).title(text::review_alike(language)).description(alike);
    let rows = alike_select(language, &saved.alike);
    View { content: Some(line), embeds: fit([frame]), rows, ..View::default() }
}

/// `/kb review`
pub(crate) fn waiting(language: Language, articles: &[DeskArticle]) -> View {
    if articles.is_empty() {
        return View::text(text::review_list_empty(language));
    }
    let lines: Vec<_> = articles.iter().map(|article| waiting_line(language, article)).collect();
    let frame = Frame::new(WAITING)
        .title(text::review_list_title(language, i64::try_from(articles.len()).unwrap_or(i64::MAX)))
        .description(lines.join("\n"));
    View { embeds: fit([frame]), ..View::default() }
}

fn waiting_line(language: Language, article: &DeskArticle) -> String {
    let title = cut(&escape_one_line(&article.newest.content.title), OPTION_MAX);
    let title = match article.card {
        Some(card) => format!("[{title}]({})", words::address(article.guild, card)),
        None => title,
    };
    format!("- {title} · {}", version_line(language, &article.newest))
}

/// Beside a whole article, for staff: which version this is, and the earlier ones to look at.
pub(crate) fn with_versions(
    shown: View,
    language: Language,
    article: &DeskArticle,
    versions: &[Version],
) -> View {
    let line = match &article.review {
        Review::Waiting { .. } => {
            text::article_version_waiting(language, version_line(language, &article.newest))
        }
        _ => text::article_version(language, version_line(language, &article.newest)),
    };
    let options: Vec<_> = versions
        .iter()
        .take(OPTIONS_MAX)
        .map(|version| {
            let label = text::article_version_option(language, version.number, date(version.at));
            CreateSelectMenuOption::new(cut(&label, OPTION_MAX), version.number.to_string())
                .description(cut(&version.content.title, OPTION_MAX))
        })
        .collect();
    let mut rows = Vec::new();
    if !options.is_empty() {
        let id = press_id(ArticlePress::Versions, article).to_string();
        let menu = CreateSelectMenu::new(id, CreateSelectMenuKind::String { options })
            .placeholder(text::select_versions(language));
        rows.push(CreateActionRow::SelectMenu(menu));
    }
    let edit =
        button(press_id(ArticlePress::Edit, article), ButtonStyle::Secondary, text::button_edit(language));
    let withdraw = article.live.is_some().then(|| {
        button(
            press_id(ArticlePress::Withdraw, article),
            ButtonStyle::Danger,
            text::button_withdraw(language),
        )
    });
    rows.extend(row(std::iter::once(edit).chain(withdraw).collect()));
    View { content: Some(line), rows, ..shown }
}

/// An earlier version, with the way to bring it back.
pub(crate) fn version(language: Language, id: DeskArticleId, version: &Version, is_newest: bool) -> View {
    let content = &version.content;
    let frame = Frame::new(OVER)
        .title(escape_one_line(&content.title))
        .description(whole(&content.body, BODY_MAX))
        .field(text::review_questions(language), lines(&content.questions));
    let number = u32::try_from(version.number).unwrap_or(u32::MAX);
    let restore = CustomId::Article { press: ArticlePress::Restore, article: id, version: number };
    let restore = button(restore, ButtonStyle::Secondary, text::button_restore(language));
    View {
        content: Some(text::article_version(language, version_line(language, version))),
        embeds: fit([frame]),
        rows: if is_newest { Vec::new() } else { row(vec![restore]) },
        ..View::default()
    }
}

fn press_id(press: ArticlePress, article: &DeskArticle) -> CustomId {
    let version = u32::try_from(article.newest.number).unwrap_or(u32::MAX);
    CustomId::Article { press, article: article.id, version }
}

/// `version 3 by Ben, an hour ago`
fn version_line(language: Language, version: &Version) -> String {
    text::article_version_line(
        language,
        version.number,
        words::person(version.by),
        words::relative(version.at),
    )
}

/// As options of a select show it, which know no markup.
fn date(at: Timestamp) -> String {
    let day = chrono::DateTime::from_timestamp_millis(at.0).map(|time| time.date_naive());
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn headline(language: Language, review: &Review) -> String {
    match review {
        Review::Waiting { by, since } => {
            text::review_waiting(language, words::person(*by), words::relative(*since))
        }
        Review::Published { by, at } => {
            text::review_published(language, words::person(*by), words::relative(*at))
        }
        Review::Withdrawn { by, at } => {
            text::review_withdrawn(language, words::person(*by), words::relative(*at))
        }
        Review::Discarded { by, at, reason } => {
            let line = text::review_discarded(language, words::person(*by), words::relative(*at));
            match reason {
                Some(reason) => format!("{line} {}", cut(&escape_one_line(reason), REASON_MAX)),
                None => line,
            }
        }
    }
}

fn colour(review: &Review) -> Colour {
    match review {
        Review::Waiting { .. } => WAITING,
        Review::Published { .. } => PUBLISHED,
        Review::Discarded { .. } | Review::Withdrawn { .. } => OVER,
    }
}

fn audience(language: Language, audience: Audience) -> String {
    match audience {
        Audience::Everyone => text::audience_everyone(language),
        Audience::Staff => text::audience_staff(language),
    }
}

/// Each language by its own name.
fn language_name(language: Language) -> String {
    match language {
        Language::En => "English".to_owned(),
        Language::De => "Deutsch".to_owned(),
    }
}

fn lines(entries: &[String]) -> Option<String> {
    let lines: Vec<_> = entries.iter().map(|entry| format!("- {}", escape_one_line(entry))).collect();
    (!lines.is_empty()).then(|| cut(&lines.join("\n"), QUESTIONS_MAX))
}

fn alike_lines(alike: &[Alike]) -> Option<String> {
    let lines: Vec<_> = alike
        .iter()
        .map(|alike| format!("- {} · `{}`", escape_one_line(&alike.title), alike.article.0.replace('`', "")))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The way to read what says nearly the same. A name that no option can carry is read with `/kb show`.
fn alike_select(language: Language, alike: &[Alike]) -> Vec<CreateActionRow> {
    let options: Vec<_> = alike
        .iter()
        .filter(|alike| alike.article.0.chars().count() <= OPTION_MAX)
        .map(|alike| CreateSelectMenuOption::new(cut(&alike.title, OPTION_MAX), alike.article.0.clone()))
        .collect();
    if options.is_empty() {
        return Vec::new();
    }
    let menu =
        CreateSelectMenu::new(CustomId::ShowArticle.to_string(), CreateSelectMenuKind::String { options })
            .placeholder(text::select_alike(language));
    vec![CreateActionRow::SelectMenu(menu)]
}

#[cfg(test)]
mod tests;
