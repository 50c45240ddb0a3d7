//! A folder of Markdown, as people or other programs keep it.
//!
//! Front matter is read leniently: what frontdesk knows is taken, everything else is named and left out. Programs
//! that add an id of 32 hexadecimal digits to every name (Notion does) get it taken off again. Linked files and
//! folders are not followed, so nothing outside the folder is read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Draft, Drafts, ImportError, MAX_FILES, at};
use crate::domain::article::{ArticleId, Audience, Language};
use crate::knowledge::front_matter;
use crate::knowledge::source::MAX_FILE_BYTES;

/// Reads every Markdown file below the folder.
pub(super) fn read(root: &Path) -> Result<Drafts, ImportError> {
    let mut drafts = Drafts::default();
    let mut folders = vec![Vec::<String>::new()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let path = folder.iter().fold(root.to_owned(), |path, name| path.join(name));
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(reason) if folder.is_empty() => return Err(at(root, reason)),
            Err(reason) => {
                drafts.refuse(folder.join("/"), format!("the folder cannot be read: {reason}"));
                continue;
            }
        };
        for entry in entries {
            let entry = entry.map_err(|reason| at(&path, reason))?;
            let Ok(name) = entry.file_name().into_string() else {
                drafts.refuse(entry.file_name().to_string_lossy(), "the name is not UTF-8 text");
                continue;
            };
            let place: Vec<String> = folder.iter().cloned().chain([name.clone()]).collect();
            match entry.file_type() {
                // What programs keep for themselves.
                _ if name.starts_with('.') => {}
                Ok(kind) if kind.is_dir() => folders.push(place),
                Ok(kind) if kind.is_file() => files.push(place),
                Ok(_) => drafts.skip(place.join("/"), "it is a link or no file, and not followed"),
                Err(reason) => drafts.refuse(place.join("/"), reason.to_string()),
            }
        }
        if files.len() + folders.len() > MAX_FILES {
            let reason = format!("it holds more than {MAX_FILES} files; import its folders one by one");
            return Err(ImportError::Source { path: root.to_owned(), reason });
        }
    }
    files.sort();
    for place in files {
        read_file(root, &place, &mut drafts);
    }
    Ok(drafts)
}

fn read_file(root: &Path, place: &[String], drafts: &mut Drafts) {
    let source = place.join("/");
    let (name, folders) = place.split_last().expect("a file has a name");
    let stem = name.rsplit_once('.').filter(|(_, ending)| is_markdown(ending)).map(|(stem, _)| stem);
    let Some(stem) = stem else {
        return drafts.skip(source, "it is not Markdown");
    };
    match text(&root.join(&source)) {
        Ok(text) => {
            let mut draft = Draft {
                key: source.clone(),
                source,
                folders: folders.iter().map(|name| without_id(name).to_owned()).collect(),
                name: without_id(stem).to_owned(),
                ..Draft::default()
            };
            draft.body = match front_matter::parts(&text) {
                Some((yaml, body)) if take_head(&mut draft, yaml) => body.to_owned(),
                Some(_) => {
                    draft.notes.push("its front matter cannot be read and was kept as text".to_owned());
                    text
                }
                None => text,
            };
            drafts.all.push(draft);
        }
        Err(reason) => drafts.refuse(source, reason),
    }
}

fn is_markdown(ending: &str) -> bool {
    ["md", "markdown"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn text(file: &Path) -> Result<String, String> {
    let size = fs::metadata(file).map_err(|error| error.to_string())?.len();
    if size > MAX_FILE_BYTES {
        return Err(format!("it is larger than {} KiB", MAX_FILE_BYTES / 1024));
    }
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())?;
    if text.contains('\0') {
        return Err("it is not text".to_owned());
    }
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Takes over what is understood. False when it is no front matter at all.
fn take_head(draft: &mut Draft, yaml: &str) -> bool {
    let Ok(head) = serde_saphyr::from_str::<Option<BTreeMap<String, Value>>>(yaml) else { return false };
    for (key, value) in head.unwrap_or_default() {
        let is_known = match key.to_lowercase().as_str() {
            "title" => set(&mut draft.title, word(&value).map(Some)),
            "lang" | "language" => {
                set(&mut draft.language, word(&value).and_then(|code| Language::from_locale(&code)).map(Some))
            }
            "tags" | "keywords" => set(&mut draft.tags, words(&value)),
            "questions" | "aliases" => set(&mut draft.questions, words(&value)),
            "category" => set(&mut draft.category, word(&value).map(Some)),
            "owner" => set(&mut draft.owner, word(&value).map(Some)),
            "translation" => set(&mut draft.translation, word(&value).map(ArticleId).map(Some)),
            "review_by" => {
                set(&mut draft.review_by, word(&value).and_then(|date| date.trim().parse().ok()).map(Some))
            }
            // Better seen by too few than by too many.
            "audience" => {
                draft.audience = Audience::Staff;
                set(&mut draft.audience, serde_json::from_value(value).ok())
            }
            _ => false,
        };
        if !is_known {
            let name: String = key.chars().take(40).collect();
            draft.notes.push(format!("left out of its front matter: {name}"));
        }
    }
    true
}

/// Whether there was something to set.
fn set<T>(place: &mut T, value: Option<T>) -> bool {
    let is_set = value.is_some();
    if let Some(value) = value {
        *place = value;
    }
    is_set
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A list, or one text with commas.
fn words(value: &Value) -> Option<Vec<String>> {
    let words: Vec<String> = match value {
        Value::Array(list) => list.iter().map(word).collect::<Option<_>>()?,
        Value::Null => Vec::new(),
        one => word(one)?.split(',').map(str::to_owned).collect(),
    };
    Some(words.into_iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect())
}

/// A name without the id that some programs put at its end.
fn without_id(name: &str) -> &str {
    let Some((rest, id)) = name.rsplit_once([' ', '-', '_']) else { return name };
    let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id && !rest.trim().is_empty() { rest } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_id_is_taken_off_a_name() {
        let id = "0123456789abcdef0123456789ABCDEF";
        assert_eq!(without_id(&format!("Set up the phone {id}")), "Set up the phone");
        assert_eq!(without_id(id), id);
        assert_eq!(without_id("Error 0123456789abcdef"), "Error 0123456789abcdef");
    }
}
