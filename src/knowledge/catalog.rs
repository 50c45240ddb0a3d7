//! What lies beside the index: every article in short, for suggestions, and the files that were left out.
//!
//! Both are files of their own, so that a start reads neither the articles nor their texts in the index. They are
//! derived data like the index.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::domain::article::{Article, ArticleId, Audience, Language};
use crate::knowledge::source::Fault;

const FILE: &str = "catalog.json";

const FAULTS_FILE: &str = "faults.json";

/// All articles in short.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Catalog {
    /// Every article that can be found.
    pub entries: Vec<Entry>,
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
    /// The person or team that keeps it true.
    pub owner: Option<String>,
    /// When it must be looked at again.
    pub review_by: Option<chrono::NaiveDate>,
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
            owner: article.owner.clone(),
            review_by: article.review_by,
        });
    }

    /// Reads the catalog beside an index.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        serde_json::from_slice(&fs::read(folder.join(FILE))?).map_err(std::io::Error::other)
    }

    /// Writes the catalog beside an index.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        fs::write(folder.join(FILE), serde_json::to_vec(self).map_err(std::io::Error::other)?)
    }
}

/// Reads which files were left out when the index was built.
pub fn read_faults(folder: &Path) -> std::io::Result<Vec<Fault>> {
    serde_json::from_slice(&fs::read(folder.join(FAULTS_FILE))?).map_err(std::io::Error::other)
}

/// Writes which files were left out when the index was built.
pub fn write_faults(folder: &Path, faults: &[Fault]) -> std::io::Result<()> {
    fs::write(folder.join(FAULTS_FILE), serde_json::to_vec(faults).map_err(std::io::Error::other)?)
}
