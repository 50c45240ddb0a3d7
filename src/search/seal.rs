//! A list of the index's files and their sizes, written last.
//!
//! tantivy takes a file that was cut short for a mistake of its own and panics. So sizes are compared before it sees
//! the files; what is inside them it checks itself. An index without a seal was not finished.

use std::fs;
use std::path::Path;

use crate::search::index::SearchError;

const FILE: &str = "seal";

/// Writes the list of the folder's files.
pub(crate) fn write(folder: &Path) -> Result<(), SearchError> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Locks and the engine's own list of files change when the index is merely opened.
        if !name.starts_with('.') && entry.path().extension().is_none_or(|extension| extension != "lock") {
            lines.push(format!("{} {name}", entry.metadata()?.len()));
        }
    }
    Ok(fs::write(folder.join(FILE), lines.join("\n"))?)
}

/// Compares the folder's files with the list.
pub(crate) fn check(folder: &Path) -> Result<(), SearchError> {
    let list = fs::read_to_string(folder.join(FILE)).map_err(|_| SearchError::Stale)?;
    for line in list.lines() {
        let (size, name) = line.split_once(' ').ok_or(SearchError::Stale)?;
        let found = fs::metadata(folder.join(name)).map(|metadata| metadata.len().to_string());
        if found.ok().as_deref() != Some(size) {
            return Err(SearchError::Damaged(name.to_owned()));
        }
    }
    Ok(())
}
