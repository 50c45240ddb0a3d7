//! One state of the articles, opened or built from the files, and what it finds for a question.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use crate::domain::article::{Article, ArticleId, Audience};
use crate::search::index::{Document, Index, SearchError};
use crate::search::rank::{Findings, Found, Request};
use crate::search::synonyms::Synonyms;
use crate::search::tuning::Tuning;

use super::answer::Question;
use super::catalog::{self, Catalog};
use super::home::{Home, Room};
use super::practice::{self, Scenarios};
use super::replies::{self, Replies};
use super::shelf::Shelf;
use super::source::{Fault, Listing};
use super::suggest::Suggester;
use super::{
    IndexOrigin, KnowledgeError, KnowledgeOptions, LoadReport, MAX_HITS, clipped, confidence, markdown,
    request,
};

/// One state of the articles.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) index: Index,
    pub(super) synonyms: Arc<Synonyms>,
    pub(super) replies: Arc<Replies>,
    pub(super) scenarios: Arc<Scenarios>,
    /// Of the files that this was made from.
    pub(super) fingerprint: String,
    /// Where the index and the catalog lie; none when they are in memory from the start.
    pub(super) room: Option<Room>,
    /// Made at the first use: only suggestions need it, and questions should not wait for it.
    pub(super) suggestions: OnceLock<(Catalog, Suggester)>,
}

impl Shared {
    /// Opens the index that was made from the articles as they are, or else makes it.
    pub(super) fn open(
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

    /// The articles with exactly this title, or else with this typical question, the shelf's before the files'.
    pub(super) fn find_titled(
        &self,
        shelf: &Shelf,
        text: &str,
        audience: Audience,
    ) -> Result<Vec<ArticleId>, KnowledgeError> {
        let staff = audience == Audience::Staff;
        for is_question in [false, true] {
            let own = shelf.index().map(|index| index.titled(text, is_question, staff)).transpose()?;
            let own = own.unwrap_or_default().into_iter().map(ArticleId);
            let of_files = self.index.titled(text, is_question, staff)?.into_iter().map(ArticleId);
            let titled: Vec<_> = own.chain(of_files.filter(|id| shelf.article(id).is_none())).collect();
            if !titled.is_empty() {
                return Ok(titled);
            }
        }
        Ok(Vec::new())
    }

    /// The best articles, and the probability that the first one answers the question.
    pub(super) fn rank(
        &self,
        shelf: &Shelf,
        question: &Question,
        depth: usize,
    ) -> Result<(Findings, f32), KnowledgeError> {
        let mut findings = self.find(shelf, question, depth, None)?;
        let titled = self.find_titled(shelf, clipped(&question.text), question.audience)?;
        if titled.is_empty() {
            let learned = self.take_lessons(shelf, &mut findings, question, depth)?;
            let score = confidence::probability(&findings, learned);
            self.prefer_translations(shelf, &mut findings, question)?;
            return Ok((findings, score));
        }
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
    pub(super) fn find(
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

    /// Moves the best of some articles to the first place, also when the ranking had none of them: of two with the same
    /// title in two languages, say, the one in the person's own.
    fn put_first(
        &self,
        shelf: &Shelf,
        findings: &mut Findings,
        question: &Question,
        articles: &[ArticleId],
    ) -> Result<(), KnowledgeError> {
        let known =
            findings.hits.iter().position(|found| articles.iter().any(|article| found.id == article.0));
        let mut first = known.map(|place| findings.hits.remove(place));
        if first.is_none() {
            for article in articles {
                let found = self.find(shelf, question, 1, Some(article))?.hits.into_iter().next();
                let is_better = |found: &Found| first.as_ref().is_none_or(|best| found.score > best.score);
                first = found.filter(is_better).or(first);
            }
        }
        findings.hits.splice(0..0, first);
        Ok(())
    }

    /// An article that was found. Whatever has the name of one on the shelf was found there.
    pub(super) fn found_article(&self, shelf: &Shelf, found: &Found) -> Result<Arc<Article>, KnowledgeError> {
        match shelf.article(&ArticleId(found.id.clone())) {
            Some(article) => Ok(Arc::clone(article)),
            None => Ok(Arc::new(decode(&self.index.source_of(found)?)?)),
        }
    }

    pub(super) fn suggestions(&self) -> &(Catalog, Suggester) {
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

/// The files of the articles, and a text that changes whenever any file does.
pub(super) fn list(options: &KnowledgeOptions) -> Result<(Listing, String), KnowledgeError> {
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
pub(super) fn document(article: &Article) -> Document {
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

pub(super) fn decode(source: &str) -> Result<Article, SearchError> {
    serde_json::from_str(source).map_err(|_| SearchError::Stale)
}
