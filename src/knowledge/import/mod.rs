//! Articles from elsewhere into the folder of articles: a folder of Markdown, or a portable ZIP of BookStack.
//!
//! A source gives drafts (`Draft`): what it knows of each article, with links as they were. Placing (`place`)
//! finds each a file of its own, makes links lead to the new files or turns them into text, and writes what can be
//! served. What is there already is never touched, and nothing is taken in silence: every file of the source is
//! named as taken, skipped or refused.
//!
//! It deliberately takes words only: pictures and attachments stay where they are, because Discord shows none of them
//! in an answer.

mod bookstack;
mod folder;
mod place;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::domain::article::{ArticleId, Audience, Language};

/// More files than a company has articles, and few enough to be read while one waits.
const MAX_FILES: usize = 20_000;

/// What can be chosen.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// A folder of Markdown, or a ZIP.
    pub source: PathBuf,
    /// The folder of articles.
    pub into: PathBuf,
    /// The language of articles that do not show theirs.
    pub language: Language,
    /// Only say what would be done.
    pub dry_run: bool,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file or folder cannot be read or written.
    #[error("{} cannot be used: {reason}", path.display())]
    Path {
        /// Which.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The source is none of what can be imported.
    #[error("{}: {reason}", path.display())]
    Source {
        /// The source.
        path: PathBuf,
        /// What is wrong with it and what to do.
        reason: String,
    },
}

/// What was imported.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Imported {
    /// New articles.
    pub taken: Vec<Taken>,
    /// What is not for import or is there already, and why.
    pub skipped: Vec<Left>,
    /// What should have come along and cannot, and why.
    pub refused: Vec<Left>,
}

/// A new article.
#[derive(Clone, Debug, Serialize)]
pub struct Taken {
    /// What it was in the source.
    pub source: String,
    /// Its file, relative to the folder of articles.
    pub file: String,
    /// What is different from the source.
    pub notes: Vec<String>,
}

/// Something that was left where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Left {
    /// What it is in the source.
    pub source: String,
    /// Why.
    pub reason: String,
}

/// What a source knows of an article.
#[derive(Debug, Default)]
struct Draft {
    /// What people call it.
    source: String,
    /// By which links find it.
    key: String,
    /// The folders it lies in, and its name, as people wrote them.
    folders: Vec<String>,
    name: String,
    title: Option<String>,
    language: Option<Language>,
    tags: Vec<String>,
    questions: Vec<String>,
    category: Option<String>,
    audience: Audience,
    owner: Option<String>,
    review_by: Option<chrono::NaiveDate>,
    translation: Option<ArticleId>,
    body: String,
    notes: Vec<String>,
}

/// What a source holds.
#[derive(Debug, Default)]
struct Drafts {
    all: Vec<Draft>,
    skipped: Vec<Left>,
    refused: Vec<Left>,
}

impl Drafts {
    fn skip(&mut self, source: impl Into<String>, reason: impl Into<String>) {
        self.skipped.push(Left { source: source.into(), reason: reason.into() });
    }

    fn refuse(&mut self, source: impl Into<String>, reason: impl Into<String>) {
        self.refused.push(Left { source: source.into(), reason: reason.into() });
    }
}

/// Imports what can be imported.
pub fn import(options: &ImportOptions) -> Result<Imported, ImportError> {
    let source = &options.source;
    let metadata = std::fs::metadata(source).map_err(|reason| at(source, reason))?;
    let drafts = if metadata.is_dir() { folder::read(source)? } else { bookstack::read(source)? };
    place::place(drafts, options)
}

fn at(path: &Path, reason: std::io::Error) -> ImportError {
    ImportError::Path { path: path.to_owned(), reason }
}
