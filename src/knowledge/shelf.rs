//! What one server adds to the articles that all servers share.
//!
//! A shelf holds the articles that were written on the server's desk and published, in a small index in memory. One
//! that has the name of a file's article stands in its place: for this server, the file's is not there. A shelf never
//! changes; a change makes a new one. It deliberately does not know where its articles are kept.
//!
//! Both indexes are searched for each question, and rarity is measured over both, so an article ranks the same here as
//! among the files. A file's article that is hidden still counts there, which makes the words that it shares with the
//! one in its place a little less rare than they are.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::article::{Article, ArticleId, Audience, Language};
use crate::knowledge::KnowledgeError;
use crate::knowledge::answer::Suggestion;
use crate::knowledge::catalog::Catalog;
use crate::knowledge::learned::Learned;
use crate::knowledge::suggest::Suggester;
use crate::search::index::Index;

/// What one server adds to the articles that all servers share. The default is a server that adds nothing.
#[derive(Debug, Default)]
pub struct Shelf {
    articles: Arc<HashMap<ArticleId, Arc<Article>>>,
    searchable: Option<Arc<Searchable>>,
    learned: Learned,
}

/// There only when there is an article: most servers have none, and an index of nothing would cost memory for each.
#[derive(Debug)]
struct Searchable {
    index: Index,
    catalog: Catalog,
    suggester: Suggester,
}

impl Shelf {
    /// A shelf with these articles, each of another name. Blocks for some milliseconds when there are any.
    pub fn new(articles: impl IntoIterator<Item = Article>) -> Result<Self, KnowledgeError> {
        let articles: HashMap<ArticleId, Arc<Article>> =
            articles.into_iter().map(|article| (article.id.clone(), Arc::new(article))).collect();
        if articles.is_empty() {
            return Ok(Self::default());
        }
        let mut ordered: Vec<&Arc<Article>> = articles.values().collect();
        ordered.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let mut catalog = Catalog::default();
        for article in &ordered {
            catalog.add(article);
        }
        let index = Index::in_memory(ordered.into_iter().map(|article| super::document(article)))?;
        let suggester = Suggester::new(&catalog);
        let searchable = Some(Arc::new(Searchable { index, catalog, suggester }));
        Ok(Self { articles: Arc::new(articles), searchable, learned: Learned::default() })
    }

    /// A shelf with these articles, as [`Self::new`] makes it. Where they are those of this shelf, nothing is indexed
    /// again.
    pub fn renewed(&self, articles: Vec<Article>) -> Result<Self, KnowledgeError> {
        let is_here = |article: &Article| self.article(&article.id).is_some_and(|known| **known == *article);
        if articles.len() != self.len() || !articles.iter().all(is_here) {
            return Self::new(articles);
        }
        let (articles, searchable) = (Arc::clone(&self.articles), self.searchable.clone());
        Ok(Self { articles, searchable, learned: Learned::default() })
    }

    /// The same with what the server was taught about articles, its own and those of all.
    #[must_use]
    pub fn with_lessons(self, learned: Learned) -> Self {
        Self { learned, ..self }
    }

    /// What the server was taught.
    pub fn learned(&self) -> &Learned {
        &self.learned
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether the server adds no article.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The articles, in no order.
    pub fn articles(&self) -> impl Iterator<Item = &Arc<Article>> {
        self.articles.values()
    }

    /// One of its articles, whoever may read it.
    pub fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        self.articles.get(id)
    }

    pub(super) fn index(&self) -> Option<&Index> {
        self.searchable.as_ref().map(|searchable| &searchable.index)
    }

    /// The names that the files' articles lose to this shelf.
    pub(super) fn names(&self) -> Vec<&str> {
        self.articles.keys().map(|id| id.0.as_str()).collect()
    }

    /// Suggestions with their scores.
    pub(super) fn suggest(
        &self,
        typed: &str,
        language: Language,
        audience: Audience,
    ) -> Vec<(f32, Suggestion)> {
        let suggest = |searchable: &Searchable| {
            searchable.suggester.scored(&searchable.catalog, typed, language, audience)
        };
        self.searchable.as_deref().map(suggest).unwrap_or_default()
    }
}
