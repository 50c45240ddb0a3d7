//! Learning from what came of answers, and taking it back.

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::article::{ArticleId, Audience};
use crate::domain::id::LessonId;
use crate::domain::lesson::{Lesson, LessonKind};
use crate::domain::policy::{self, KnowledgeAction};
use crate::domain::question::AskedQuestion;
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::Timestamp;
use crate::store::{ArticleFigures, StoreError, Tx};

use super::figures::FIGURES_SPAN;

/// How many lessons about an article are shown: as many as a select can offer.
const LESSONS_SHOWN: i64 = 25;

/// How many words of a solution are looked up as names of articles, and how many articles it may name.
const NAMES_LOOKED_UP: usize = 12;
const NAMED_MAX: usize = 3;

/// What an article was taught, and what came of showing it.
#[derive(Clone, Debug)]
pub struct ArticleLessons {
    /// The article.
    pub article: ArticleId,
    /// Its title, as long as it is there.
    pub title: Option<String>,
    /// What came of showing it.
    pub figures: ArticleFigures,
    /// The newest lessons.
    pub lessons: Vec<(LessonId, Lesson)>,
}

/// What to take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgetting {
    /// One lesson.
    One(LessonId),
    /// Everything about the article that this lesson is about.
    ArticleOf(LessonId),
}

impl Desk {
    /// What was taught about an article, for staff.
    pub async fn article_lessons(
        &self,
        actor: &Actor,
        article: ArticleId,
    ) -> Result<ArticleLessons, DeskError> {
        policy::check_knowledge(actor, KnowledgeAction::SeeFigures).map_err(Refusal::from)?;
        self.write_questions().await;
        let since = self.clock.now() - FIGURES_SPAN;
        let figures = self.store.article_figures(actor.guild, since).await?.remove(&article);
        let lessons = self.store.lessons_about(actor.guild, &article, LESSONS_SHOWN).await?;
        let shelf = self.shelf(actor.guild).await;
        let found = self.knowledge.article(&shelf, article.clone(), Audience::Staff).await;
        let title = found.map_err(DeskError::Knowledge)?.map(|article| article.title.clone());
        Ok(ArticleLessons { article, title, figures: figures.unwrap_or_default(), lessons })
    }

    /// Takes lessons back. What is gone already is no mistake: nobody is to learn from it, and nobody does.
    pub async fn forget(&self, actor: &Actor, what: Forgetting) -> Result<ArticleLessons, DeskError> {
        policy::check_knowledge(actor, KnowledgeAction::Forget).map_err(Refusal::from)?;
        let (Forgetting::One(lesson) | Forgetting::ArticleOf(lesson)) = what;
        let article = self.store.lesson_article(actor.guild, lesson).await?.ok_or(Refusal::NoSuchLesson)?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        match what {
            Forgetting::One(lesson) => {
                tx.forget_lesson(actor.guild, lesson, actor.user, now).await?;
            }
            Forgetting::ArticleOf(_) => {
                tx.forget_article(actor.guild, &article, actor.user, now).await?;
            }
        }
        tx.raise_shelf_revision(actor.guild, now).await?;
        tx.commit().await?;
        self.renew_shelf(actor.guild).await;
        self.article_lessons(actor, article).await
    }

    /// The articles that a solution names, by their stable names or titles: those it was solved with. What only staff
    /// may read is not among them, because its requester cannot have read it. An index that cannot be read names none.
    pub(super) async fn named_in_solution(&self, ticket: &Ticket) -> Vec<ArticleId> {
        let Status::Resolved { solution, .. } = &ticket.status else { return Vec::new() };
        let shelf = self.shelf(ticket.guild).await;
        let mut named: Vec<ArticleId> = Vec::new();
        let offered = ticket.offered.iter().filter(|offered| solution.contains(&offered.title));
        let offered = offered.map(|offered| offered.article.clone());
        let looks_like_a_name = |word: &&str| word.contains('/') && !word.contains("//");
        let words = solution.split(|sign: char| sign.is_whitespace() || "()<>[]`\"'*,;:".contains(sign));
        let words = words.map(|word| word.trim_end_matches(['.', '!', '?'])).filter(looks_like_a_name);
        let candidates = offered.chain(words.take(NAMES_LOOKED_UP).map(|word| ArticleId(word.to_owned())));
        for candidate in candidates {
            let found = self.knowledge.article(&shelf, candidate.clone(), Audience::Everyone).await;
            if found.is_ok_and(|found| found.is_some()) && !named.contains(&candidate) {
                named.push(candidate);
            }
        }
        named.truncate(NAMED_MAX);
        named
    }
}

/// Writes down what came of an answer.
pub(super) async fn learn_from_question(
    tx: &mut Tx,
    question: &AskedQuestion,
    article: &ArticleId,
    kind: LessonKind,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let lesson = Lesson {
        article: article.clone(),
        text: question.text.clone(),
        language: question.language,
        kind,
        by: question.asker,
        at: now,
    };
    let is_new = tx.teach(question.guild, &format!("question:{}", question.id), &lesson).await?;
    if is_new {
        tx.raise_shelf_revision(question.guild, now).await?;
    }
    Ok(is_new)
}

/// Writes down that a ticket was opened although an article had been shown. What else was offered was a title in a
/// list, and not picking it says little.
pub(super) async fn reject_shown(
    tx: &mut Tx,
    question: &AskedQuestion,
    now: Timestamp,
) -> Result<bool, StoreError> {
    match question.offered.first() {
        Some(shown) => learn_from_question(tx, question, &shown.article, LessonKind::Rejected, now).await,
        None => Ok(false),
    }
}

/// Writes down that the solution of a ticket named these articles, or became one of them.
pub(super) async fn learn_from_ticket(
    tx: &mut Tx,
    ticket: &Ticket,
    articles: &[ArticleId],
    now: Timestamp,
) -> Result<(), StoreError> {
    for article in articles {
        let lesson = Lesson {
            article: article.clone(),
            text: ticket.question.clone().unwrap_or_else(|| ticket.subject.clone()),
            language: ticket.language,
            kind: LessonKind::Resolved,
            by: ticket.requester,
            at: now,
        };
        tx.teach(ticket.guild, &format!("ticket:{}", ticket.id), &lesson).await?;
    }
    if !articles.is_empty() {
        tx.raise_shelf_revision(ticket.guild, now).await?;
    }
    Ok(())
}
