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
pub mod suggest;
pub mod watch;

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwap;

use crate::domain::article::{Article, ArticleId, Audience, DueReview, Language};
use crate::search::index::{Document, Index, SearchError};
use crate::search::rank::{Findings, Found, Request};
use crate::search::synonyms::Synonyms;
use crate::search::tuning::Tuning;

use answer::{Answer, Confidence, Hit, Passage, Question, Suggestion};
use catalog::Catalog;
use home::{Home, Room};
use practice::Scenarios;
use replies::Replies;
use shelf::Shelf;
use source::{Fault, Listing};
use suggest::Suggester;

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
}

/// One state of the articles.
#[derive(Debug)]
struct Shared {
    index: Index,
    synonyms: Arc<Synonyms>,
    replies: Arc<Replies>,
    scenarios: Arc<Scenarios>,
    /// Of the files that this was made from.
    fingerprint: String,
    /// Where the index and the catalog lie; none when they are in memory from the start.
    room: Option<Room>,
    /// Made at the first use: only suggestions need it, and questions should not wait for it.
    suggestions: OnceLock<(Catalog, Suggester)>,
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
        Ok((Self { current, options: Some(Arc::new(options.clone())) }, report))
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
        Ok(Self { current: Arc::new(ArcSwap::from_pointee(shared)), options: None })
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
        self.current.load().find_title(shelf, text, audience)
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
        let knowledge = self.clone();
        match tokio::task::spawn_blocking(move || work(&knowledge)).await {
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

impl Shared {
    /// Opens the index that was made from the articles as they are, or else makes it.
    fn open(
        options: &KnowledgeOptions,
        before: Option<&Self>,
        is_stopping: &dyn Fn() -> bool,
    ) -> Result<(Self, LoadReport), KnowledgeError> {
        let (listing, fingerprint) = list(options)?;
        let mut faults = Vec::new();
        let synonyms = match listing.synonyms() {
            Ok(synonyms) => Arc::new(Synonyms::new(&synonyms)),
            Err(fault) => {
                faults.push(fault);
                // Yesterday's synonyms are better than none.
                before.map_or_else(Arc::default, |before| before.synonyms.clone())
            }
        };
        let home = Home::new(&options.index_folder);
        let mut origin = IndexOrigin::Built;
        let mut opened = None;
        for room in home.rooms(&listing.fingerprint) {
            let read = Index::open(room.folder(), &listing.fingerprint)
                .and_then(|index| Ok((index, catalog::read_faults(room.folder())?)));
            match read {
                Ok((index, of_articles)) => {
                    origin = IndexOrigin::Opened;
                    opened = Some((room, index, of_articles));
                    break;
                }
                Err(SearchError::Stale) => {}
                Err(damaged) => origin = IndexOrigin::Replaced(damaged.to_string()),
            }
        }
        let (room, index, of_articles) = match opened {
            Some(opened) => opened,
            None => build_index(&home, &listing, is_stopping)?,
        };
        if before.is_none() {
            home.tidy();
        }
        faults.extend(of_articles);
        let (replies, of_replies) = Replies::read(&options.kb_folder);
        faults.extend(of_replies);
        let (scenarios, of_scenarios) = Scenarios::read(&options.kb_folder);
        faults.extend(of_scenarios);
        let report = LoadReport { articles: index.len(), replies: replies.len(), faults, index: origin };
        let (replies, scenarios) = (Arc::new(replies), Arc::new(scenarios));
        let suggestions = OnceLock::new();
        let room = Some(room);
        let shared = Self { index, synonyms, replies, scenarios, fingerprint, room, suggestions };
        Ok((shared, report))
    }

    fn find_title(
        &self,
        shelf: &Shelf,
        text: &str,
        audience: Audience,
    ) -> Result<Option<ArticleId>, KnowledgeError> {
        let staff = audience == Audience::Staff;
        let own = shelf.index().map(|index| index.titled(text, staff)).transpose()?.flatten();
        if own.is_some() {
            return Ok(own.map(ArticleId));
        }
        let of_files = self.index.titled(text, staff)?.map(ArticleId);
        Ok(of_files.filter(|id| shelf.article(id).is_none()))
    }

    /// The best articles, and the probability that the first one answers the question.
    fn rank(
        &self,
        shelf: &Shelf,
        question: &Question,
        depth: usize,
    ) -> Result<(Findings, f32), KnowledgeError> {
        let mut findings = self.find(shelf, question, depth, None)?;
        let Some(titled) = self.find_title(shelf, clipped(&question.text), question.audience)? else {
            let learned = self.take_lessons(shelf, &mut findings, question, depth)?;
            let score = confidence::probability(&findings, learned);
            self.prefer_translations(shelf, &mut findings, question)?;
            return Ok((findings, score));
        };
        self.put_first(shelf, &mut findings, question, &titled)?;
        Ok((findings, confidence::EXACT_TITLE))
    }

    /// Puts an article in the question's language before or in place of the one that it is a translation of.
    fn prefer_translations(
        &self,
        shelf: &Shelf,
        findings: &mut Findings,
        question: &Question,
    ) -> Result<(), KnowledgeError> {
        for place in 0..findings.hits.len().min(MAX_HITS) {
            let hit = &findings.hits[place];
            if Some(hit.language) == findings.language {
                continue;
            }
            let Some(translation) = self.found_article(shelf, hit)?.translation.clone() else { continue };
            match findings.hits.iter().position(|found| found.id == translation.0) {
                Some(later) if later > place => findings.hits[place..=later].rotate_right(1),
                Some(_) => {}
                None => {
                    let found = self.find(shelf, question, 1, Some(&translation))?.hits.into_iter().next();
                    let fitting = found.filter(|found| Some(found.language) == findings.language);
                    findings.hits.splice(place..place + usize::from(fitting.is_some()), fitting);
                }
            }
        }
        Ok(())
    }

    /// What the shelf and the files have, each measured as if both were one.
    fn find(
        &self,
        shelf: &Shelf,
        question: &Question,
        depth: usize,
        only: Option<&ArticleId>,
    ) -> Result<Findings, KnowledgeError> {
        let names = shelf.names();
        let only = only.map(|id| id.0.as_str());
        let request = Request { only, without: &names, beside: shelf.index(), ..request(question, depth) };
        let mut findings = self.index.search(&request, &self.synonyms, &Tuning::FITTED)?;
        if let Some(index) = shelf.index() {
            let request = Request { without: &[], beside: Some(&self.index), ..request };
            findings.take_in(index.search(&request, &self.synonyms, &Tuning::FITTED)?, depth);
        }
        Ok(findings)
    }

    /// Moves an article to the first place, also when the ranking did not have it.
    fn put_first(
        &self,
        shelf: &Shelf,
        findings: &mut Findings,
        question: &Question,
        article: &ArticleId,
    ) -> Result<(), KnowledgeError> {
        let known = findings.hits.iter().position(|found| found.id == article.0);
        let first = match known {
            Some(place) => Some(findings.hits.remove(place)),
            None => self.find(shelf, question, 1, Some(article))?.hits.into_iter().next(),
        };
        findings.hits.splice(0..0, first);
        Ok(())
    }

    /// An article that was found. Whatever has the name of one on the shelf was found there.
    fn found_article(&self, shelf: &Shelf, found: &Found) -> Result<Arc<Article>, KnowledgeError> {
        match shelf.article(&ArticleId(found.id.clone())) {
            Some(article) => Ok(Arc::clone(article)),
            None => Ok(Arc::new(decode(&self.index.source_of(found)?)?)),
        }
    }

    fn suggestions(&self) -> &(Catalog, Suggester) {
        self.suggestions.get_or_init(|| {
            let read = self
                .room
                .as_ref()
                .map_or_else(|| Ok(Catalog::default()), |room| Catalog::read(room.folder()));
            let catalog = read.unwrap_or_else(|error| {
                tracing::warn!(%error, "the catalog of articles cannot be read; nothing is suggested");
                Catalog::default()
            });
            let suggester = Suggester::new(&catalog);
            (catalog, suggester)
        })
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

/// The files of the articles, and a text that changes whenever any file does.
fn list(options: &KnowledgeOptions) -> Result<(Listing, String), KnowledgeError> {
    let listing = Listing::of(&options.kb_folder)
        .map_err(|reason| KnowledgeError::Folder { folder: options.kb_folder.clone(), reason })?;
    let fingerprint = format!(
        "{}{}{}",
        listing.fingerprint,
        replies::fingerprint(&options.kb_folder),
        practice::fingerprint(&options.kb_folder)
    );
    Ok((listing, fingerprint))
}

fn build_index(
    home: &Home,
    listing: &Listing,
    is_stopping: &dyn Fn() -> bool,
) -> Result<(Room, Index, Vec<Fault>), KnowledgeError> {
    let room = home.new_room(&listing.fingerprint).map_err(SearchError::from)?;
    let catalog = RefCell::new(Catalog::default());
    let faults = RefCell::new(Vec::new());
    let articles = listing.articles(|fault| faults.borrow_mut().push(fault));
    let documents = articles.take_while(|_| !is_stopping()).map(|article| {
        catalog.borrow_mut().add(&article);
        document(&article)
    });
    let index = Index::build(room.folder(), &listing.fingerprint, documents)?;
    if is_stopping() {
        return Err(KnowledgeError::Stopping);
    }
    let faults = faults.into_inner();
    catalog.into_inner().write(room.folder()).map_err(SearchError::from)?;
    // Written last, and wanted by whoever opens the index: without it the rest may be incomplete.
    catalog::write_faults(room.folder(), &faults).map_err(SearchError::from)?;
    Ok((room, index, faults))
}

/// What the index is given of an article.
fn document(article: &Article) -> Document {
    let sections = markdown::sections(&article.body);
    let mut text = String::with_capacity(article.body.len());
    for section in &sections {
        for line in section.heading.iter().cloned().chain(section.blocks.iter().map(markdown::Block::text)) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    Document {
        id: article.id.0.clone(),
        language: article.language,
        staff_only: article.audience == Audience::Staff,
        title: article.title.clone(),
        questions: article.questions.clone(),
        tags: article.tags.clone(),
        headings: sections.into_iter().filter_map(|section| section.heading).collect(),
        text,
        source: serde_json::to_string(article).expect("an article has only strings as keys"),
    }
}

fn decode(source: &str) -> Result<Article, SearchError> {
    serde_json::from_str(source).map_err(|_| SearchError::Stale)
}
