//! Writing articles on the desk: from a ticket, from a message, from nothing, or as an edit of what is there.
//!
//! What is saved goes to review (`review`); until somebody publishes it, nobody is answered from it. Saving from the
//! same ticket or message again is an edit of what was saved before, so that no two articles come of it.

use super::{Desk, DeskError, Gap, Refusal, TEXT_MAX, text};
use crate::domain::actor::Actor;
use crate::domain::article::{Article, ArticleId, Audience, Language};
use crate::domain::desk_article::{self, DeskArticle};
use crate::domain::event::What;
use crate::domain::id::{ChannelId, DeskArticleId, MessageId, QuestionId, TicketId};
use crate::domain::job::{Job, Lane};
use crate::domain::policy::{self, ArticleAction};
use crate::domain::ticket::Ticket;
use crate::knowledge::answer::{Confidence, Question};
use crate::knowledge::{self, KnowledgeError};
use crate::store::{ArticleKey, NewArticle, StoreError, TicketKey};

/// Longest title of an article: what an option of a select shows whole.
pub const TITLE_MAX: usize = 100;
/// Typical questions beyond these are not kept.
const QUESTIONS_MAX: usize = 20;
/// Longest typical question.
const QUESTION_MAX: usize = 200;
/// Tags beyond these are not kept.
const TAGS_MAX: usize = 20;
/// Longest tag.
const TAG_MAX: usize = 50;
/// How far back a ticket's solution is looked for.
const SOLUTION_EVENTS: i64 = 50;
/// How many articles that say nearly the same are named.
const ALIKE_MAX: usize = 3;

/// What is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writing {
    /// A new article; the number tells two forms apart.
    New(i64),
    /// The solution of a ticket.
    OfTicket(TicketId),
    /// What a message says, which may stand in a ticket's thread.
    OfMessage {
        /// The message.
        message: MessageId,
        /// Where it stands.
        channel: ChannelId,
    },
    /// A further version of what was written on this desk.
    Edit(DeskArticleId),
    /// The server's own version of a file's article.
    OfFile(ArticleId),
    /// What nobody could answer: the question that stands for its group.
    OfGap(QuestionId),
}

/// What an article's form is filled in with, or was sent with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleText {
    /// The heading.
    pub title: String,
    /// The text, Markdown.
    pub body: String,
    /// Typical questions, one a line.
    pub questions: String,
    /// Tags, with commas between them.
    pub tags: String,
    /// Whether only staff may read it.
    pub audience: Audience,
}

/// A form to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefilled {
    /// What it is for: an edit where there was something already.
    pub writing: Writing,
    /// What is in it.
    pub text: ArticleText,
}

/// What was saved.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The article, which waits for review now.
    pub article: DeskArticle,
    /// Articles that say nearly the same.
    pub alike: Vec<Alike>,
    /// Whether it will stand in the place of a file's article.
    pub instead_of_file: bool,
}

/// An article that says nearly the same as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Its name.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
}

impl Desk {
    /// What the form holds that writes this. Whoever may not write is told before they fill in anything.
    pub async fn prefilled(&self, actor: &Actor, writing: Writing) -> Result<Prefilled, DeskError> {
        policy::check_article(actor, ArticleAction::Write, None).map_err(Refusal::from)?;
        if let Some(article) = self.store.desk_article(actor.guild, &writing.key()).await? {
            let text = of_article(&self.basis(article.clone()).await?)?;
            return Ok(Prefilled { writing: Writing::Edit(article.id), text });
        }
        let text = match &writing {
            Writing::New(_) => ArticleText::default(),
            Writing::OfTicket(id) => self.of_ticket(actor, TicketKey::Id(*id)).await?,
            Writing::OfMessage { channel, .. } => {
                let ticket = self.store.ticket(actor.guild, TicketKey::Thread(*channel)).await?;
                ticket.map(|ticket| asked(&ticket)).unwrap_or_default()
            }
            Writing::Edit(_) => return Err(Refusal::NoSuchArticle.into()),
            Writing::OfFile(name) => of_article(&self.file_article(name).await?)?,
            Writing::OfGap(question) => of_gap(&self.gap(actor, *question).await?),
        };
        Ok(Prefilled { writing, text })
    }

    /// Saves what was written, which then waits for review.
    pub async fn save_article(
        &self,
        actor: &Actor,
        writing: Writing,
        given: &ArticleText,
    ) -> Result<Saved, DeskError> {
        policy::check_article(actor, ArticleAction::Write, None).map_err(Refusal::from)?;
        let settings = self.store.desk(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        let basis = self.basis_of(actor, &writing, settings.language).await?;
        let content = content(given, basis)?;
        let instead_of_file = self.is_of_file(&content.id).await?;
        let ticket = self.ticket_written_from(actor, &writing).await?.map(|ticket| ticket.id);
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let mut known = tx.lock_article(actor.guild, &writing.key()).await?;
        let mut content = content;
        if known.is_none() {
            // Also what serialises those who save from the same thing at once: whoever comes second finds the first's.
            let number = tx.take_article_number(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
            known = tx.lock_article(actor.guild, &writing.key()).await?;
            if !matches!(writing, Writing::OfFile(_)) {
                content.id = desk_article::name(number, &content.title);
            }
        }
        let article = match known {
            // Nobody has to read it anew.
            Some(known) if known.already_says(&content) => known,
            Some(known) => {
                let revised = known.revise(actor.user, content, now);
                tx.add_article_version(revised.id, &revised.newest).await?;
                tx.save_article(&revised).await?;
                revised
            }
            None if matches!(writing, Writing::Edit(_)) => return Err(Refusal::NoSuchArticle.into()),
            None => {
                let origin = writing.origin();
                let new = NewArticle { origin, ticket, author: actor.user, content };
                tx.insert_article(actor.guild, &new, now).await?
            }
        };
        // Posts the card, or brings the one that is there up to date.
        tx.enqueue(actor.guild, Lane::Article(article.id), &Job::ShowReview, now).await?;
        tx.commit().await?;
        let alike = self.alike(&article.newest.content, actor.guild).await.unwrap_or_default();
        Ok(Saved { article, alike, instead_of_file })
    }

    /// Articles that say nearly the same as this one, whoever may read them.
    pub async fn alike(
        &self,
        content: &Article,
        guild: crate::domain::id::GuildId,
    ) -> Result<Vec<Alike>, KnowledgeError> {
        let shelf = self.shelf(guild).await;
        let mut found: Vec<Alike> = Vec::new();
        for asked in std::iter::once(&content.title).chain(&content.questions) {
            let question = Question {
                guild,
                text: asked.clone(),
                language: content.language,
                audience: Audience::Staff,
            };
            let answer = self.knowledge.answer(&shelf, question).await?;
            // The measure by which a passage is shown as the answer: somebody who asks this would get that article.
            if answer.confidence != Confidence::Confident {
                continue;
            }
            let nearest = answer.hits.into_iter().find(|hit| hit.article != content.id);
            let known = |hit: &knowledge::answer::Hit| found.iter().any(|alike| alike.article == hit.article);
            let new = nearest.filter(|hit| !known(hit));
            found.extend(new.map(|hit| Alike { article: hit.article, title: hit.title }));
            if found.len() == ALIKE_MAX {
                break;
            }
        }
        Ok(found)
    }

    /// What an edit starts from: what waits for review, else what is live, else what was written last.
    async fn basis(&self, article: DeskArticle) -> Result<Article, StoreError> {
        let waits = matches!(article.review, desk_article::Review::Waiting { .. });
        let live = if waits { None } else { article.live };
        match live {
            Some(live) => {
                let version = self.store.article_version(article.guild, article.id, live).await?;
                Ok(version.map_or(article.newest.content, |version| version.content))
            }
            None => Ok(article.newest.content),
        }
    }

    /// What stays as it was before, where the form does not ask for it.
    async fn basis_of(
        &self,
        actor: &Actor,
        writing: &Writing,
        language: Language,
    ) -> Result<Article, DeskError> {
        if let Some(article) = self.store.desk_article(actor.guild, &writing.key()).await? {
            return Ok(self.basis(article).await?);
        }
        if let Writing::OfFile(name) = writing {
            return self.file_article(name).await;
        }
        let language = match writing {
            Writing::OfGap(id) => {
                let question = self.store.question(actor.guild, *id).await?;
                question.ok_or(Refusal::NoSuchGap)?.language
            }
            _ => language,
        };
        let ticket = self.ticket_written_from(actor, writing).await?;
        Ok(Article {
            id: ArticleId(String::new()),
            title: String::new(),
            language: ticket.as_ref().map_or(language, |ticket| ticket.language),
            tags: Vec::new(),
            questions: Vec::new(),
            category: ticket.and_then(|ticket| ticket.category),
            audience: Audience::Everyone,
            owner: None,
            review_by: None,
            translation: None,
            body: String::new(),
        })
    }

    async fn ticket_written_from(
        &self,
        actor: &Actor,
        writing: &Writing,
    ) -> Result<Option<Ticket>, StoreError> {
        let key = match writing {
            Writing::OfTicket(id) => TicketKey::Id(*id),
            Writing::OfMessage { channel, .. } => TicketKey::Thread(*channel),
            Writing::New(_) | Writing::Edit(_) | Writing::OfFile(_) | Writing::OfGap(_) => return Ok(None),
        };
        self.store.ticket(actor.guild, key).await
    }

    async fn of_ticket(&self, actor: &Actor, key: TicketKey) -> Result<ArticleText, DeskError> {
        let ticket = self.store.ticket(actor.guild, key).await?.ok_or(Refusal::NoSuchTicket)?;
        let events = self.store.events(ticket.id, SOLUTION_EVENTS).await?;
        let solution = events.into_iter().rev().find_map(|event| match event.what {
            What::Resolved { solution } => Some(solution),
            _ => None,
        });
        Ok(ArticleText { body: solution.unwrap_or_default(), ..asked(&ticket) })
    }

    async fn file_article(&self, name: &ArticleId) -> Result<Article, DeskError> {
        let (knowledge, name) = (self.knowledge.clone(), name.clone());
        let read = tokio::task::spawn_blocking(move || knowledge.file_article(&name)).await;
        let article = read.unwrap_or(Err(KnowledgeError::Stopping)).map_err(DeskError::Knowledge)?;
        Ok(article.ok_or(Refusal::NoSuchArticle)?)
    }

    pub(super) async fn is_of_file(&self, name: &ArticleId) -> Result<bool, DeskError> {
        match self.file_article(name).await {
            Ok(_) => Ok(true),
            Err(DeskError::Refused(Refusal::NoSuchArticle)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl Writing {
    /// What was written from this before is found by it.
    fn key(&self) -> ArticleKey {
        match self {
            Self::Edit(id) => ArticleKey::Id(*id),
            Self::OfFile(name) => ArticleKey::Name(name.clone()),
            Self::New(_) | Self::OfTicket(_) | Self::OfMessage { .. } | Self::OfGap(_) => {
                ArticleKey::Origin(self.origin())
            }
        }
    }

    /// Unique in its server.
    fn origin(&self) -> String {
        match self {
            Self::New(form) => format!("form:{form}"),
            Self::OfTicket(ticket) => format!("ticket:{ticket}"),
            Self::OfMessage { message, .. } => format!("message:{message}"),
            Self::Edit(id) => format!("article:{id}"),
            Self::OfFile(name) => format!("file:{}", name.0),
            Self::OfGap(question) => format!("gap:{question}"),
        }
    }
}

/// What a ticket's requester asked.
fn asked(ticket: &Ticket) -> ArticleText {
    let question = ticket.question.as_deref().unwrap_or(&ticket.subject);
    ArticleText {
        title: ticket.subject.chars().take(TITLE_MAX).collect(),
        questions: one_line(question, QUESTION_MAX),
        ..ArticleText::default()
    }
}

/// What people asked whom nobody could answer.
fn of_gap(gap: &Gap) -> ArticleText {
    let questions: Vec<String> = gap.examples.iter().map(|example| one_line(example, QUESTION_MAX)).collect();
    let title = gap.examples.first().map(|example| one_line(example, TITLE_MAX)).unwrap_or_default();
    ArticleText { title, questions: questions.join("\n"), ..ArticleText::default() }
}

/// What the form shows of an article. A text that no form holds would lose its end.
fn of_article(article: &Article) -> Result<ArticleText, Refusal> {
    if article.body.chars().count() > TEXT_MAX {
        return Err(Refusal::ArticleTooLong { max: TEXT_MAX });
    }
    Ok(ArticleText {
        title: article.title.clone(),
        body: article.body.clone(),
        questions: article.questions.join("\n"),
        tags: article.tags.join(", "),
        audience: article.audience,
    })
}

/// What was given, over what stays.
fn content(given: &ArticleText, basis: Article) -> Result<Article, Refusal> {
    let title = one_line(&text(&given.title, TEXT_MAX)?, TITLE_MAX);
    let body = text(&given.body, TEXT_MAX)?;
    let questions: Vec<String> = entries(given.questions.lines(), QUESTIONS_MAX, QUESTION_MAX);
    let tags: Vec<String> = entries(given.tags.split([',', '\n']), TAGS_MAX, TAG_MAX);
    let language = knowledge::language_of(&format!("{title}\n{body}"), basis.language);
    Ok(Article { title, body, questions, tags, audience: given.audience, language, ..basis })
}

/// Each once, without blanks around it, none empty.
fn entries<'a>(given: impl Iterator<Item = &'a str>, most: usize, longest: usize) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for entry in given.map(|entry| one_line(entry, longest)) {
        if entry.chars().any(super::is_readable) && !entries.contains(&entry) && entries.len() < most {
            entries.push(entry);
        }
    }
    entries
}

fn one_line(text: &str, max: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= max {
        return line;
    }
    line.chars().take(max - 1).chain(['…']).collect()
}
