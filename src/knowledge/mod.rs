//! The knowledge base: articles in, answers out.
//!
//! Articles are Markdown files under one folder. They are read at the start and again whenever they change; a faulty
//! one is left out and named, and the others serve. Out of them a search index is built, which is derived data: it
//! is opened when it was made from exactly these files, and built anew otherwise, beside the one that answers
//! meanwhile. A question is answered from one state of the index alone, with the passage that fits and a confidence
//! that says whether to show it.
//!
//! It fails when the folder of articles is missing, or the index can be neither read nor built. It deliberately
//! formats nothing for Discord, and checks the reader's audience itself at every look-up.

pub mod answer;
pub mod catalog;
pub mod confidence;
pub mod eval;
pub mod explain;
pub mod export;
pub mod front_matter;
mod fusion;
pub mod gaps;
pub mod gist;
mod home;
pub mod import;
pub mod learned;
pub mod likeness;
pub mod links;
pub mod lint;
pub mod markdown;
pub mod passage;
pub mod practice;
pub mod replies;
pub mod shelf;
pub mod source;
mod state;
pub mod suggest;
mod turns;
pub mod watch;

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwap;

use crate::domain::article::{Article, ArticleId, Audience, DueReview, Language};
use crate::search::index::{Index, SearchError};
use crate::search::rank::{Findings, Found, Request};
use crate::search::synonyms::Synonyms;

use answer::{Answer, Confidence, Hit, Passage, Question, Suggestion};
use catalog::Catalog;
use home::Home;
use practice::Scenarios;
use replies::Replies;
use shelf::Shelf;
use source::Fault;
use state::{Shared, decode, document, list};
use suggest::Suggester;
use turns::Turns;

/// The most hits an answer has.
pub const MAX_HITS: usize = 4;

/// Questions are read up to here, well above what Discord lets people type.
const MAX_QUESTION_CHARS: usize = 4_000;

/// Where articles are and where the index may be kept.
#[derive(Clone, Debug)]
pub struct KnowledgeOptions {
    /// The folder of articles.
    pub kb_folder: PathBuf,
    /// A folder for derived data, which may be deleted at any time while the desk is down.
    pub index_folder: PathBuf,
}

/// Why the knowledge base cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// The folder of articles is missing or unreadable.
    #[error("the folder of articles {} cannot be read: {reason}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The index can be neither read nor built.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// More is asked than can be searched for in time.
    #[error("too many questions wait for an answer")]
    Busy,
    /// The process is stopping.
    #[error("the search was interrupted because the desk is stopping")]
    Stopping,
}

/// How the index came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexOrigin {
    /// It was there and up to date.
    Opened,
    /// It was missing, or made from other articles.
    Built,
    /// It was damaged; the text says how.
    Replaced(String),
}

/// What was loaded.
#[derive(Clone, Debug)]
pub struct LoadReport {
    /// How many articles can be found.
    pub articles: usize,
    /// How many files of prepared replies there are.
    pub replies: usize,
    /// Files that were left out.
    pub faults: Vec<Fault>,
    /// How the index came about.
    pub index: IndexOrigin,
}

/// What a second look at the articles led to.
#[derive(Clone, Debug)]
pub enum Reloaded {
    /// Nothing has changed.
    Unchanged,
    /// The articles are answered from as they are now.
    Changed(LoadReport),
}

/// The knowledge base, open for questions. Clones share everything.
#[derive(Clone, Debug)]
pub struct Knowledge {
    /// Replaced as a whole when the articles change; a question keeps the one it began with.
    current: Arc<ArcSwap<Shared>>,
    /// Where to look for changes; none when the articles came from memory.
    options: Option<Arc<KnowledgeOptions>>,
    turns: Turns,
}

/// The words of a text as the search compares them: without case and accents.
pub fn words(text: &str) -> Vec<String> {
    let words = crate::search::analysis::words(text).into_iter();
    words.filter(|word| !word.glued).map(|word| word.folded).collect()
}

impl Knowledge {
    /// Reads the articles and opens or builds the index. Blocks; call it before serving or on a blocking thread.
    pub fn open(options: &KnowledgeOptions) -> Result<(Self, LoadReport), KnowledgeError> {
        let (shared, report) = Shared::open(options, None, &|| false)?;
        let current = Arc::new(ArcSwap::from_pointee(shared));
        Ok((Self { current, options: Some(Arc::new(options.clone())), turns: Turns::default() }, report))
    }

    /// Looks at the articles again and, if they have changed, makes a new index and then answers from it. Until then,
    /// and when it fails, the former one answers. Blocks; `is_stopping` is asked now and then and ends it early.
    pub fn reload(&self, is_stopping: &dyn Fn() -> bool) -> Result<Reloaded, KnowledgeError> {
        let Some(options) = &self.options else { return Ok(Reloaded::Unchanged) };
        let before = self.shared();
        if list(options)?.1 == before.fingerprint {
            return Ok(Reloaded::Unchanged);
        }
        let (shared, report) = Shared::open(options, Some(&before), is_stopping)?;
        shared.suggestions();
        self.current.store(Arc::new(shared));
        drop(before);
        Home::new(&options.index_folder).tidy();
        Ok(Reloaded::Changed(report))
    }

    /// A knowledge base in memory, from articles at hand.
    pub fn in_memory(
        articles: impl Iterator<Item = Article>,
        synonyms: &[Vec<String>],
    ) -> Result<Self, KnowledgeError> {
        let catalog = RefCell::new(Catalog::default());
        let documents = articles.map(|article| {
            catalog.borrow_mut().add(&article);
            document(&article)
        });
        let index = Index::in_memory(documents)?;
        let catalog = catalog.into_inner();
        let suggester = Suggester::new(&catalog);
        let shared = Shared {
            index,
            synonyms: Arc::new(Synonyms::new(synonyms)),
            replies: Arc::default(),
            scenarios: Arc::default(),
            fingerprint: String::new(),
            room: None,
            suggestions: OnceLock::from((catalog, suggester)),
        };
        Ok(Self { current: Arc::new(ArcSwap::from_pointee(shared)), options: None, turns: Turns::default() })
    }

    /// Answers a question asked in a server with this shelf. The work is done on a blocking thread.
    pub async fn answer(&self, shelf: &Arc<Shelf>, question: Question) -> Result<Answer, KnowledgeError> {
        let shelf = Arc::clone(shelf);
        self.blocking(move |knowledge| knowledge.answer_blocking(&shelf, &question)).await
    }

    /// Answers a question on this thread.
    pub fn answer_blocking(&self, shelf: &Shelf, question: &Question) -> Result<Answer, KnowledgeError> {
        let shared = self.shared();
        let (findings, score) = shared.rank(shelf, question, MAX_HITS)?;
        let confidence = if findings.hits.is_empty() { Confidence::None } else { confidence::grade(score) };
        let found = match confidence {
            Confidence::None => &[],
            Confidence::Maybe | Confidence::Confident => findings.hits.as_slice(),
        };
        let mut hits = Vec::with_capacity(MAX_HITS);
        for found in found.iter().take(MAX_HITS) {
            let article = shared.found_article(shelf, found)?;
            let is_shown = hits.is_empty();
            let passage = is_shown.then(|| passage::choose(&article, findings.matcher(found.language)));
            hits.push(hit(&article, found, passage.unwrap_or_default()));
        }
        Ok(Answer { confidence, score, hits })
    }

    /// What was found for a question and the confidence in the first article, for measuring.
    pub fn ranked(
        &self,
        shelf: &Shelf,
        question: &Question,
        depth: usize,
    ) -> Result<(Findings, f32), KnowledgeError> {
        self.shared().rank(shelf, question, depth)
    }

    /// The passage of one article that fits a question, for changing to another hit in place. `None` when the
    /// article is gone or not for this reader.
    pub async fn passage(
        &self,
        shelf: &Arc<Shelf>,
        article: ArticleId,
        question: Question,
    ) -> Result<Option<Hit>, KnowledgeError> {
        let shelf = Arc::clone(shelf);
        self.blocking(move |knowledge| knowledge.passage_blocking(&shelf, &article, &question)).await
    }

    /// The same on this thread.
    pub fn passage_blocking(
        &self,
        shelf: &Shelf,
        article: &ArticleId,
        question: &Question,
    ) -> Result<Option<Hit>, KnowledgeError> {
        let shared = self.shared();
        let findings = shared.find(shelf, question, 1, Some(article))?;
        let Some(found) = findings.hits.first() else { return Ok(None) };
        let article = shared.found_article(shelf, found)?;
        let passage = passage::choose(&article, findings.matcher(found.language));
        Ok(Some(hit(&article, found, passage)))
    }

    /// An article by its name, if this reader may see it.
    pub async fn article(
        &self,
        shelf: &Arc<Shelf>,
        article: ArticleId,
        audience: Audience,
    ) -> Result<Option<Arc<Article>>, KnowledgeError> {
        let shelf = Arc::clone(shelf);
        self.blocking(move |knowledge| knowledge.article_blocking(&shelf, &article, audience)).await
    }

    /// The same on this thread.
    pub fn article_blocking(
        &self,
        shelf: &Shelf,
        article: &ArticleId,
        audience: Audience,
    ) -> Result<Option<Arc<Article>>, KnowledgeError> {
        let article = match shelf.article(article) {
            Some(article) => Some(Arc::clone(article)),
            None => self.file_article(article)?.map(Arc::new),
        };
        Ok(article.filter(|article| audience.may_read(article.audience)))
    }

    /// The article of a file, whoever may read it and whatever a server has in its place.
    pub fn file_article(&self, article: &ArticleId) -> Result<Option<Article>, KnowledgeError> {
        let Some((source, _)) = self.shared().index.source(&article.0)? else { return Ok(None) };
        Ok(Some(decode(&source)?))
    }

    /// The name of the file's article with this code.
    pub fn file_article_with(&self, code: i64) -> Option<ArticleId> {
        let shared = self.shared();
        let (catalog, _) = shared.suggestions();
        catalog.entries.iter().find(|entry| entry.id.code() == code).map(|entry| entry.id.clone())
    }

    /// Titles and typical questions for what was typed so far, best first, each article once. All in memory and
    /// quick enough for an async thread, except that the first call reads the catalog: see [`Self::warm_up`].
    pub fn suggest(
        &self,
        shelf: &Shelf,
        typed: &str,
        language: Language,
        audience: Audience,
    ) -> Vec<Suggestion> {
        let shared = self.current.load();
        let (catalog, suggester) = shared.suggestions();
        if shelf.is_empty() {
            return suggester.suggest(catalog, typed, language, audience);
        }
        let mut of_files = suggester.scored(catalog, typed, language, audience);
        of_files.retain(|(_, suggestion)| shelf.article(&suggestion.article).is_none());
        suggest::best_of_both(shelf.suggest(typed, language, audience), of_files)
    }

    /// The articles of a server whose date of review has passed, the longest overdue first. The first call reads the
    /// catalog, as [`Self::suggest`] does.
    pub fn due_reviews(&self, shelf: &Shelf, today: chrono::NaiveDate) -> Vec<DueReview> {
        let shared = self.shared();
        let (catalog, _) = shared.suggestions();
        let of_files = catalog.entries.iter().filter(|entry| shelf.article(&entry.id).is_none());
        let of_files = of_files.map(|entry| (&entry.id, &entry.title, &entry.owner, entry.review_by));
        let own = shelf.articles();
        let own = own.map(|article| (&article.id, &article.title, &article.owner, article.review_by));
        let mut due: Vec<DueReview> = of_files
            .chain(own)
            .filter_map(|(article, title, owner, review_by)| {
                let review_by = review_by.filter(|review_by| *review_by < today)?;
                Some(DueReview {
                    article: article.clone(),
                    title: title.clone(),
                    owner: owner.clone(),
                    review_by,
                })
            })
            .collect();
        due.sort_by(|a, b| a.review_by.cmp(&b.review_by).then_with(|| a.article.cmp(&b.article)));
        due
    }

    /// Makes suggestions ready, so that the first person who types does not wait. Blocks.
    pub fn warm_up(&self) {
        self.shared().suggestions();
    }

    /// The article with exactly this title or typical question, but for case, accents and punctuation.
    pub fn find_title(
        &self,
        shelf: &Shelf,
        text: &str,
        audience: Audience,
    ) -> Result<Option<ArticleId>, KnowledgeError> {
        Ok(self.current.load().find_titled(shelf, text, audience)?.into_iter().next())
    }

    /// The prepared replies.
    pub fn replies(&self) -> Arc<Replies> {
        self.current.load().replies.clone()
    }

    /// The practice scenarios.
    pub fn scenarios(&self) -> Arc<Scenarios> {
        self.current.load().scenarios.clone()
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.current.load().index.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One state of the articles, for as long as a question takes.
    fn shared(&self) -> Arc<Shared> {
        self.current.load_full()
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, KnowledgeError> + Send + 'static,
    ) -> Result<T, KnowledgeError> {
        let turn = self.turns.take().await?;
        let knowledge = self.clone();
        let work = move || {
            // Held here, because work that was begun goes on also when nobody waits for it any more.
            let _turn = turn;
            work(&knowledge)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(result) => result,
            Err(failure) => match failure.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(KnowledgeError::Stopping),
            },
        }
    }
}

/// The language a text is written in; the given one where the text does not tell.
pub fn language_of(text: &str, otherwise: Language) -> Language {
    crate::search::language::of_question(text, &crate::search::analysis::words(text), otherwise)
}

/// The part of a question that is read.
fn clipped(text: &str) -> &str {
    text.char_indices().nth(MAX_QUESTION_CHARS).map_or(text, |(end, _)| &text[..end])
}

/// Asks for so many of all articles.
fn request(question: &Question, limit: usize) -> Request<'_> {
    Request {
        text: clipped(&question.text),
        language: question.language,
        staff: question.audience == Audience::Staff,
        limit,
        only: None,
        without: &[],
        beside: None,
    }
}

fn hit(article: &Article, found: &Found, passage: Passage) -> Hit {
    Hit {
        article: article.id.clone(),
        title: article.title.clone(),
        language: article.language,
        category: article.category.clone(),
        passage,
        score: found.score,
    }
}
