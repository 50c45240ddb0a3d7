//! What came of answers, in figures; and what nobody could answer.

use std::collections::HashSet;
use std::time::Duration;

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::article::{Article, ArticleId, Audience, DueReview, Language};
use crate::domain::id::{QuestionId, TicketNumber};
use crate::domain::period::Period;
use crate::domain::policy::{self, KnowledgeAction};
use crate::domain::question::AskedQuestion;
use crate::domain::time::Timestamp;
use crate::knowledge::{KnowledgeError, gaps};
use crate::store::{ArticleFigures, QuestionFigures, StoreError};

/// The time that figures of articles and gaps look back on.
pub(super) const FIGURES_SPAN: Duration = Duration::from_hours(90 * 24);

/// The time that the share of questions without a ticket looks back on.
const DEFLECTION_SPAN: Duration = Duration::from_hours(30 * 24);

/// How many questions are grouped, the newest.
pub(super) const GAP_QUESTIONS: i64 = 2_000;

/// How many groups a page shows: as many as a message has room for.
const GAPS_PAGE: usize = 8;

/// How many articles a page shows.
const ARTICLES_PAGE: usize = 12;

/// How many different questions of a group are kept as examples.
const EXAMPLES: usize = 5;

/// How many drafts are compared with.
const DRAFTS: i64 = 200;

/// How many articles past their date of review are shown.
const STALE_SHOWN: usize = 10;

/// A page of what is worth writing about.
#[derive(Clone, Debug)]
pub struct Gaps {
    /// The groups of this page, the most asked first.
    pub groups: Vec<Gap>,
    /// Which page this is, from 0.
    pub page: usize,
    /// How many pages there are; at least one.
    pub pages: usize,
}

/// Alike questions that no article solved.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The newest of them, which stands for all.
    pub question: QuestionId,
    /// Different ones of them, the newest first.
    pub examples: Vec<String>,
    /// The language of the newest.
    pub language: Language,
    /// How often.
    pub times: usize,
    /// By how many people.
    pub people: usize,
    /// From how many a ticket was opened.
    pub tickets: usize,
    /// When last.
    pub last: Timestamp,
    /// What was shown for the newest of them, if anything.
    pub shown: Option<String>,
    /// The title of an article written since or being written, whose questions say the same.
    pub draft: Option<String>,
}

/// A page of what came of answers.
#[derive(Clone, Debug)]
pub struct Statistics {
    /// Of the last 30 days.
    pub lately: QuestionFigures,
    /// Of the last 90 days.
    pub whole: QuestionFigures,
    /// The articles of this page, those that failed most often first.
    pub articles: Vec<ArticleLine>,
    /// Articles past their date of review, the longest overdue first.
    pub stale: Vec<DueReview>,
    /// How many there are.
    pub stale_count: usize,
    /// Which page this is, from 0.
    pub page: usize,
    /// How many pages there are; at least one.
    pub pages: usize,
}

/// What came of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleLine {
    /// The article.
    pub article: ArticleId,
    /// Its title, as long as it is there.
    pub title: Option<String>,
    /// What came of it.
    pub figures: ArticleFigures,
}

impl Desk {
    /// Questions of the last 90 days that no article solved, grouped by likeness. Staff only.
    pub async fn gaps(&self, actor: &Actor, page: usize) -> Result<Gaps, DeskError> {
        policy::check_knowledge(actor, KnowledgeAction::SeeFigures).map_err(Refusal::from)?;
        // What was asked a moment ago counts as well.
        self.write_questions().await;
        let mut groups = self.gap_groups(actor).await?;
        let pages = groups.len().div_ceil(GAPS_PAGE).max(1);
        let page = page.min(pages - 1);
        let mut groups: Vec<Gap> = groups.drain(..).skip(page * GAPS_PAGE).take(GAPS_PAGE).collect();
        self.note_drafts(actor, &mut groups).await?;
        Ok(Gaps { groups, page, pages })
    }

    /// The group that a question stands for, to write about it.
    pub async fn gap(&self, actor: &Actor, question: QuestionId) -> Result<Gap, DeskError> {
        policy::check_knowledge(actor, KnowledgeAction::SeeFigures).map_err(Refusal::from)?;
        let group = self.gap_groups(actor).await?.into_iter().find(|gap| gap.question == question);
        Ok(group.ok_or(Refusal::NoSuchGap)?)
    }

    /// Notes where an article about the same is being written, or was since.
    async fn note_drafts(&self, actor: &Actor, groups: &mut [Gap]) -> Result<(), StoreError> {
        let waiting = self.store.waiting_articles(actor.guild, DRAFTS).await?;
        let shelf = self.shelf(actor.guild).await;
        let waiting = waiting.iter().map(|draft| &draft.newest.content);
        let own: Vec<&Article> = waiting.chain(shelf.articles().map(AsRef::as_ref)).collect();
        for group in groups {
            let questions = group.examples.iter().take(1).map(|example| (example.as_str(), group.language));
            let said = own.iter().flat_map(|article| {
                let texts = std::iter::once(&article.title).chain(&article.questions);
                texts.map(|text| (text.as_str(), article.language))
            });
            let of_article: Vec<&str> = own
                .iter()
                .flat_map(|article| std::iter::repeat_n(article.title.as_str(), article.questions.len() + 1))
                .collect();
            group.draft = gaps::alike_with_first(questions.chain(said))
                .and_then(|place| of_article.get(place))
                .map(|title| (*title).to_owned());
        }
        Ok(())
    }

    async fn gap_groups(&self, actor: &Actor) -> Result<Vec<Gap>, DeskError> {
        let period = Period { from: self.clock.now() - FIGURES_SPAN, to: Timestamp(i64::MAX) };
        let questions = self.store.unsolved_questions(actor.guild, period, GAP_QUESTIONS).await?;
        // Thousands of comparisons are no work for a thread that answers people.
        let grouped = tokio::task::spawn_blocking(move || grouped(&questions));
        grouped.await.map_err(|_| DeskError::Knowledge(KnowledgeError::Stopping))
    }

    /// What came of answers, and which articles have to be looked at. Staff only.
    pub async fn statistics(&self, actor: &Actor, page: usize) -> Result<Statistics, DeskError> {
        policy::check_knowledge(actor, KnowledgeAction::SeeFigures).map_err(Refusal::from)?;
        self.write_questions().await;
        let now = self.clock.now();
        let lately = self.store.question_figures(actor.guild, now - DEFLECTION_SPAN).await?;
        let whole = self.store.question_figures(actor.guild, now - FIGURES_SPAN).await?;
        let figures = self.store.article_figures(actor.guild, now - FIGURES_SPAN).await?;
        let mut figures: Vec<(ArticleId, ArticleFigures)> = figures.into_iter().collect();
        figures.sort_by_key(|(_, figures)| {
            (std::cmp::Reverse(figures.rejected), figures.solved, std::cmp::Reverse(figures.shown))
        });
        let pages = figures.len().div_ceil(ARTICLES_PAGE).max(1);
        let page = page.min(pages - 1);
        let shelf = self.shelf(actor.guild).await;
        let mut articles = Vec::new();
        for (article, figures) in figures.into_iter().skip(page * ARTICLES_PAGE).take(ARTICLES_PAGE) {
            let found = self.knowledge.article(&shelf, article.clone(), Audience::Staff).await;
            let title = found.map_err(DeskError::Knowledge)?.map(|article| article.title.clone());
            articles.push(ArticleLine { article, title, figures });
        }
        let mut stale = self.knowledge.due_reviews(&shelf, now.date());
        let stale_count = stale.len();
        stale.truncate(STALE_SHOWN);
        Ok(Statistics { lately, whole, articles, stale, stale_count, page, pages })
    }
}

/// Questions grouped by likeness, those of the most people first; each with the ticket that was opened from it.
pub(super) fn grouped(questions: &[(AskedQuestion, Option<TicketNumber>)]) -> Vec<Gap> {
    let texts = questions.iter().map(|(question, _)| (question.text.as_str(), question.language));
    let mut groups: Vec<Gap> = gaps::group(texts)
        .into_iter()
        .map(|places| Gap::of(&places.into_iter().map(|place| &questions[place]).collect::<Vec<_>>()))
        .collect();
    // Whoever asks ten times is one person in need.
    groups.sort_by_key(|gap| std::cmp::Reverse((gap.people, gap.times, gap.last)));
    groups
}

impl Gap {
    /// From alike questions, the newest first; there is at least one.
    fn of(questions: &[&(AskedQuestion, Option<TicketNumber>)]) -> Self {
        let newest = &questions[0].0;
        let mut said = HashSet::new();
        let different = questions.iter().filter(|(question, _)| said.insert(question.text.to_lowercase()));
        let examples = different.take(EXAMPLES).map(|(question, _)| question.text.clone()).collect();
        Self {
            question: newest.id,
            examples,
            language: newest.language,
            times: questions.len(),
            people: questions.iter().map(|(question, _)| question.asker).collect::<HashSet<_>>().len(),
            tickets: questions.iter().filter(|(_, ticket)| ticket.is_some()).count(),
            last: newest.asked_at,
            shown: newest.offered.first().map(|offered| offered.title.clone()),
            draft: None,
        }
    }
}
