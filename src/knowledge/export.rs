//! Articles that were written on a desk as files, for a folder under version control.
//!
//! Every article keeps its name: one that was begun on a desk goes to `desk/`, one that stands in the place of a file
//! goes to that file's path. So the file takes over as the same article, with what was learned about it. A file that
//! says something else is left alone unless it may be replaced, and then replaced as a whole: who reads along sees the
//! former or the new one.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use serde::Serialize;

use super::front_matter;
use crate::domain::article::Article;

/// Where to, and what may happen there.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    /// The folder of files. It is made when it is missing.
    pub into: PathBuf,
    /// A file that differs from its article gives way.
    pub replace: bool,
    /// Only say what would be done.
    pub dry_run: bool,
}

/// What became of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// There is a new file.
    Written,
    /// Its file has given way.
    Replaced,
    /// Its file says the same.
    Unchanged,
    /// Its file says something else and was left alone.
    Kept,
    /// It cannot be a file, and why.
    Refused(String),
}

/// An article and its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// The file, relative to the folder.
    pub file: String,
    /// The article's title.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
}

/// Writes each article into its file. Fails never as a whole: what cannot be written is refused by itself.
pub fn export(articles: &[Article], options: &ExportOptions) -> Vec<Exported> {
    let exported = |article: &Article| Exported {
        file: format!("{}.md", article.id.0),
        title: article.title.clone(),
        fate: write(article, options).unwrap_or_else(Fate::Refused),
    };
    articles.iter().map(exported).collect()
}

fn write(article: &Article, options: &ExportOptions) -> Result<Fate, String> {
    let text = front_matter::checked(article)?;
    let name = PathBuf::from(format!("{}.md", article.id.0));
    // Names come from a database that others may have written to; none leads out of the folder.
    if !name.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err("its name is not a path in a folder".to_owned());
    }
    let file = options.into.join(name);
    let fate = match fs::read(&file) {
        Ok(there) if there == text.as_bytes() => return Ok(Fate::Unchanged),
        Ok(_) if options.replace => Fate::Replaced,
        Ok(_) => return Ok(Fate::Kept),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Fate::Written,
        Err(error) => return Err(error.to_string()),
    };
    if !options.dry_run {
        put(&file, &text).map_err(|error| error.to_string())?;
    }
    Ok(fate)
}

fn put(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut new = tempfile::Builder::new().permissions(readable()).tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().sync_all()?;
    new.persist(file)?;
    Ok(())
}

/// As other files are; a temporary one is for its owner alone otherwise.
fn readable() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    fs::Permissions::from_mode(0o644)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::article::{ArticleId, Audience, Language};

    fn named(id: &str) -> Article {
        Article {
            id: ArticleId(id.to_owned()),
            title: "x".to_owned(),
            language: Language::En,
            tags: Vec::new(),
            questions: Vec::new(),
            category: None,
            audience: Audience::Everyone,
            owner: None,
            review_by: None,
            translation: None,
            body: "x".to_owned(),
        }
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("kb");
        let elsewhere = folder.path().join("elsewhere").display().to_string();
        let options = ExportOptions { into, replace: true, dry_run: false };
        for id in ["../out", "a/../../out", elsewhere.as_str()] {
            let done = export(&[named(id)], &options);
            assert!(matches!(done[0].fate, Fate::Refused(_)), "{id}: {done:?}");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
