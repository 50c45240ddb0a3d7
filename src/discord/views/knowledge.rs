//! What staff see of the knowledge base from behind: its figures, its gaps, and what it has learned.

use serenity::builder::{CreateActionRow, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption};
use serenity::model::Colour;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::{cut, escape_one_line};
use super::{Pings, View, button, row, words};
use crate::desk::{ArticleLessons, ArticleLine, Gap, Gaps, SetUp, Statistics};
use crate::discord::custom_id::{CustomId, Overview};
use crate::domain::article::{ArticleId, DueReview, Language, Owner};
use crate::domain::id::LessonId;
use crate::domain::lesson::{Lesson, LessonKind};
use crate::store::ArticleFigures;
use crate::text;

const COLOUR: Colour = Colour::new(0x0058_65F2);
/// How much of a question is shown in a line of a list.
const QUESTION_MAX: usize = 140;
/// Discord's limit for the text of a message.
const CONTENT_MAX: usize = 2000;
/// Discord's limit for the label of a select's option.
const OPTION_MAX: usize = 100;
/// How many lessons are listed; a select offers all that were read.
const LESSONS_LISTED: usize = 15;

/// What nobody could answer.
pub(crate) fn gaps(language: Language, gaps: &Gaps) -> View {
    if gaps.groups.is_empty() {
        return View::text(text::gaps_none(language));
    }
    let lines: Vec<_> = gaps.groups.iter().map(|gap| gap_lines(language, gap)).collect();
    let frame = Frame::new(COLOUR).title(text::gaps_title(language)).description(lines.join("\n\n"));
    let frame = paged(frame, language, gaps.page, gaps.pages);
    let mut rows = write_select(language, gaps);
    rows.extend(turns(language, Overview::Gaps, gaps.page, gaps.pages));
    View { embeds: fit([frame]), rows, ..View::default() }
}

/// Which of the shown groups to write about.
fn write_select(language: Language, gaps: &Gaps) -> Vec<CreateActionRow> {
    let option = |gap: &Gap| {
        let example = gap.examples.first().map(String::as_str).unwrap_or_default();
        CreateSelectMenuOption::new(cut(example, OPTION_MAX), gap.question.to_string())
    };
    let options = gaps.groups.iter().map(option).collect();
    let menu =
        CreateSelectMenu::new(CustomId::WriteGap.to_string(), CreateSelectMenuKind::String { options })
            .placeholder(text::select_write_gap(language));
    vec![CreateActionRow::SelectMenu(menu)]
}

fn gap_lines(language: Language, gap: &Gap) -> String {
    let example = gap.examples.first().map(String::as_str).unwrap_or_default();
    let example = escape_one_line(&cut(example, QUESTION_MAX));
    let counts = text::gaps_counts(
        language,
        count(gap.people),
        text::times(language, count(gap.times)),
        words::relative(gap.last),
        count(gap.tickets),
    );
    let note = match (&gap.draft, &gap.shown) {
        (Some(draft), _) => text::gaps_draft(language, escape_one_line(draft)),
        (None, Some(shown)) => text::gaps_shown(language, escape_one_line(shown)),
        (None, None) => text::gaps_unanswered(language),
    };
    format!("**{example}**\n{counts}\n{note}")
}

/// What came of answers.
pub(crate) fn statistics(language: Language, statistics: &Statistics) -> View {
    let (lately, whole) = (statistics.lately, statistics.whole);
    let totals = |figures: crate::store::QuestionFigures| {
        text::stats_totals(
            language,
            figures.asked,
            figures.answered,
            percent(figures.asked - figures.tickets, figures.asked),
            figures.solved,
            percent(figures.solved, figures.asked),
            figures.tickets,
        )
    };
    let lines: Vec<_> = statistics.articles.iter().map(|line| article_line(language, line)).collect();
    let stale: Vec<_> = statistics.stale.iter().map(|due| stale_line(language, due)).collect();
    let frame = Frame::new(COLOUR)
        .title(text::stats_title(language))
        .description(if lines.is_empty() { text::stats_none(language) } else { lines.join("\n") })
        .field(text::stats_lately(language), Some(totals(lately)))
        .field(text::stats_whole(language), Some(totals(whole)))
        .field(
            text::stats_stale(language, count(statistics.stale_count)),
            (!stale.is_empty()).then(|| stale.join("\n")),
        );
    let frame = paged(frame, language, statistics.page, statistics.pages);
    let rows = turns(language, Overview::Statistics, statistics.page, statistics.pages);
    View { embeds: fit([frame]), rows, ..View::default() }
}

fn article_line(language: Language, line: &ArticleLine) -> String {
    let name = article_name(&line.article, line.title.as_deref());
    format!("{name}\n{}", figures(language, &line.figures))
}

fn figures(language: Language, figures: &ArticleFigures) -> String {
    let share = percent(figures.solved, figures.shown);
    text::stats_article(language, figures.shown, figures.solved, share, figures.rejected)
}

fn stale_line(language: Language, due: &DueReview) -> String {
    let name = article_name(&due.article, Some(&due.title));
    let owner = due.owner.as_deref().map_or_else(|| text::stats_no_owner(language), escape_one_line);
    format!("{name} · {} · {owner}", due.review_by)
}

/// A word to the owner of an article past its date of review, who is called if Discord knows them.
pub fn review_reminder(review: &DueReview, set_up: &SetUp) -> View {
    let language = set_up.settings.language;
    let named = review.owner.as_deref();
    let (owner, pings) = match named.map(Owner::of) {
        Some(Owner::Account(user)) => (words::person(user), Pings::user(user)),
        // The role of everybody has the server's own id; nobody means that.
        Some(Owner::Role(role)) if role.0 != set_up.settings.guild.0 => {
            (words::role(role), Pings::role(role))
        }
        Some(Owner::Role(_) | Owner::Named) => (escape_one_line(named.unwrap_or_default()), Pings::default()),
        None => (text::stats_no_owner(language), Pings::default()),
    };
    let name = article_name(&review.article, Some(&review.title));
    let content = text::review_due(language, owner, name, review.review_by.to_string());
    View { content: Some(cut(&content, CONTENT_MAX)), pings, ..View::default() }
}

/// What an article was taught, with the ways to take it back for those who may.
pub(crate) fn lessons(language: Language, about: &ArticleLessons, may_forget: bool) -> View {
    let lines: Vec<_> =
        about.lessons.iter().take(LESSONS_LISTED).map(|(_, lesson)| line(language, lesson)).collect();
    let frame = Frame::new(COLOUR)
        .title(about.title.as_deref().map_or_else(|| about.article.0.clone(), escape_one_line))
        .description(if lines.is_empty() { text::lessons_none(language) } else { lines.join("\n") })
        .field(text::stats_whole(language), Some(figures(language, &about.figures)))
        .footer(about.article.0.clone());
    let newest = about.lessons.first().filter(|_| may_forget).map(|(id, _)| *id);
    let rows = newest.map(|newest| forget_rows(language, newest, &about.lessons)).unwrap_or_default();
    View { embeds: fit([frame]), rows, ..View::default() }
}

fn line(language: Language, lesson: &Lesson) -> String {
    let said = escape_one_line(&cut(&lesson.text, QUESTION_MAX));
    format!("- {said} · {} · {}", kind(language, lesson.kind), words::relative(lesson.at))
}

fn kind(language: Language, kind: LessonKind) -> String {
    match kind {
        LessonKind::Solved => text::lesson_solved(language),
        LessonKind::Resolved => text::lesson_resolved(language),
        LessonKind::Rejected => text::lesson_rejected(language),
    }
}

fn forget_rows(language: Language, newest: LessonId, lessons: &[(LessonId, Lesson)]) -> Vec<CreateActionRow> {
    let option = |(id, lesson): &(LessonId, Lesson)| {
        let label = format!("{} · {}", kind(language, lesson.kind), lesson.text);
        CreateSelectMenuOption::new(cut(&label, OPTION_MAX), id.to_string())
    };
    let options = lessons.iter().map(option).collect();
    let id = CustomId::Forget { lesson: newest }.to_string();
    let menu = CreateSelectMenu::new(id, CreateSelectMenuKind::String { options })
        .placeholder(text::select_forget(language));
    let all = button(
        CustomId::ForgetAll { lesson: newest },
        ButtonStyle::Danger,
        text::button_forget_all(language),
    );
    vec![CreateActionRow::SelectMenu(menu), CreateActionRow::Buttons(vec![all])]
}

fn article_name(id: &ArticleId, title: Option<&str>) -> String {
    let id = format!("`{}`", id.0.replace('`', ""));
    title.map_or_else(|| id.clone(), |title| format!("**{}** {id}", escape_one_line(title)))
}

fn paged(frame: Frame, language: Language, page: usize, pages: usize) -> Frame {
    if pages < 2 { frame } else { frame.footer(text::list_page(language, count(page + 1), count(pages))) }
}

fn turns(language: Language, overview: Overview, page: usize, pages: usize) -> Vec<CreateActionRow> {
    let turn = |to: usize, label| {
        let page = u32::try_from(to).ok()?;
        Some(button(CustomId::Overview { overview, page }, ButtonStyle::Secondary, label))
    };
    let back = page.checked_sub(1).and_then(|to| turn(to, text::button_previous(language)));
    let on = (page + 1 < pages).then(|| turn(page + 1, text::button_next(language))).flatten();
    row(back.into_iter().chain(on).collect())
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A share in whole percent; of nothing it is 0.
fn percent(part: i64, whole: i64) -> i64 {
    if whole <= 0 { 0 } else { (part.clamp(0, whole) * 200 + whole) / (2 * whole) }
}
