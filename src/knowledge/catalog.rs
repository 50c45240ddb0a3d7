//! What is kept in memory of every article: its name, title, typical questions and readers.
//!
//! The catalog lies beside the index as one file, so that a start reads neither the articles nor the index for it.
//! It is derived data: a missing or unreadable one means that the index is built anew.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::domain::article::{Article, ArticleId, Audience, Language};
use crate::knowledge::comparable;
use crate::knowledge::source::Fault;

const FILE: &str = "catalog.json";

/// All articles in short, and the faults of those that were left out.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Catalog {
    /// Every article that can be found.
    pub entries: Vec<Entry>,
    /// Files that were left out.
    pub faults: Vec<Fault>,
    /// Folded titles and typical questions, each with its articles.
    #[serde(skip)]
    by_title: HashMap<String, Vec<u32>>,
}

/// An article in short.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its stable name.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// The questions it answers.
    pub questions: Vec<String>,
    /// Its language.
    pub language: Language,
    /// Who may read it.
    pub audience: Audience,
    /// The category of ticket it belongs to.
    pub category: Option<String>,
}

impl Catalog {
    /// Adds an article.
    pub fn add(&mut self, article: &Article) {
        self.entries.push(Entry {
            id: article.id.clone(),
            title: article.title.clone(),
            questions: article.questions.clone(),
            language: article.language,
            audience: article.audience,
            category: article.category.clone(),
        });
        self.index_titles(self.entries.len() - 1);
    }

    fn index_titles(&mut self, place: usize) {
        let Ok(number) = u32::try_from(place) else { return };
        let entry = &self.entries[place];
        for text in std::iter::once(&entry.title).chain(&entry.questions) {
            let titled = self.by_title.entry(comparable(text)).or_default();
            // Titles before questions: a title names its article more surely than a question does.
            let at = if *text == entry.title { 0 } else { titled.len() };
            titled.insert(at, number);
        }
    }

    /// Reads the catalog beside an index.
    pub fn read(folder: &Path) -> Option<Self> {
        let bytes = fs::read(folder.join(FILE)).ok()?;
        let mut catalog: Self = serde_json::from_slice(&bytes).ok()?;
        for place in 0..catalog.entries.len() {
            catalog.index_titles(place);
        }
        Some(catalog)
    }

    /// Writes the catalog beside an index.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        let text = serde_json::to_vec(self).map_err(std::io::Error::other)?;
        fs::write(folder.join(FILE), text)
    }

    /// The article with exactly this title or typical question that the reader may see.
    pub fn titled(&self, text: &str, audience: Audience) -> Option<&ArticleId> {
        let folded = comparable(text);
        if folded.is_empty() {
            return None;
        }
        let numbers = self.by_title.get(&folded)?;
        let entries = numbers.iter().filter_map(|number| self.entries.get(*number as usize));
        entries
            .map(|entry| (entry, audience.may_read(entry.audience)))
            .find(|(_, may)| *may)
            .map(|(entry, _)| &entry.id)
    }
}
