//! A portable ZIP as BookStack exports it: `data.json` with a book, a chapter or a page, and files beside it.
//!
//! The format is described in BookStack's `dev/docs/portable-zip-file-format.md`. Only `data.json` is read, in memory
//! and up to a bound, so no name in the archive ever becomes a path, and no archive can fill the disk. A page's
//! Markdown is taken where it has some, and its HTML is made into Markdown otherwise.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use htmd::{HtmlToMarkdown, Node};
use serde::Deserialize;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Draft, Drafts, ImportError, MAX_FILES, at};

/// The text of a large handbook is a few MiB.
const MAX_DATA_BYTES: u64 = 64 << 20;

/// Elements within elements; what people write stays far below, and what reads them must not run out of stack.
const MAX_HTML_DEPTH: usize = 200;

/// Tags that may be open at once, closed or not; the HTML parser's time grows with their square.
const MAX_OPEN_TAGS: usize = 5_000;

const DATA: &str = "data.json";

#[derive(Deserialize)]
struct Export {
    book: Option<Book>,
    chapter: Option<Chapter>,
    page: Option<Page>,
}

#[derive(Deserialize)]
struct Book {
    name: String,
    chapters: Option<Vec<Chapter>>,
    pages: Option<Vec<Page>>,
    tags: Option<Vec<Tag>>,
}

#[derive(Deserialize)]
struct Chapter {
    name: String,
    pages: Option<Vec<Page>>,
    tags: Option<Vec<Tag>>,
}

#[derive(Deserialize)]
struct Page {
    id: Option<u64>,
    name: String,
    html: Option<String>,
    markdown: Option<String>,
    tags: Option<Vec<Tag>>,
    attachments: Option<Vec<serde::de::IgnoredAny>>,
}

#[derive(Deserialize)]
struct Tag {
    name: String,
    value: Option<String>,
}

/// Reads every page of the archive.
pub(super) fn read(file: &Path) -> Result<Drafts, ImportError> {
    let refused = |reason: String| ImportError::Source { path: file.to_owned(), reason };
    let data = data(file)?;
    let export: Export = serde_json::from_slice(&data)
        .map_err(|error| refused(format!("its {DATA} is not as BookStack writes it: {error}")))?;
    let mut drafts = Drafts::default();
    match export {
        Export { book: Some(book), .. } => {
            let tags = names(book.tags);
            add(&mut drafts, &[&book.name], &tags, book.pages);
            for chapter in book.chapters.unwrap_or_default() {
                let tags = [tags.clone(), names(chapter.tags)].concat();
                add(&mut drafts, &[&book.name, &chapter.name], &tags, chapter.pages);
            }
        }
        Export { chapter: Some(chapter), .. } => {
            add(&mut drafts, &[&chapter.name], &names(chapter.tags), chapter.pages);
        }
        Export { page: Some(page), .. } => add(&mut drafts, &[], &[], Some(vec![page])),
        Export { book: None, chapter: None, page: None } => {
            return Err(refused(format!("its {DATA} holds neither a book nor a chapter nor a page")));
        }
    }
    if drafts.all.len() > MAX_FILES {
        return Err(refused(format!("it holds more than {MAX_FILES} pages")));
    }
    Ok(drafts)
}

fn data(file: &Path) -> Result<Vec<u8>, ImportError> {
    let refused = |reason: String| ImportError::Source { path: file.to_owned(), reason };
    let opened = File::open(file).map_err(|reason| at(file, reason))?;
    let mut archive = ZipArchive::new(opened)
        .map_err(|error| refused(format!("it is neither a folder nor a ZIP that can be read ({error})")))?;
    if archive.len() > MAX_FILES {
        return Err(refused(format!("it holds more than {MAX_FILES} files")));
    }
    let entry = archive.by_name(DATA).map_err(|error| match error {
        ZipError::FileNotFound => refused(format!(
            "there is no {DATA} in it, so it is no portable ZIP of BookStack; unpack other archives and import the \
             folder"
        )),
        error => refused(format!("its {DATA} cannot be read ({error})")),
    })?;
    let mut data = Vec::new();
    // What the archive says about sizes need not be true.
    entry
        .take(MAX_DATA_BYTES + 1)
        .read_to_end(&mut data)
        .map_err(|error| refused(format!("its {DATA} cannot be read ({error})")))?;
    if data.len() as u64 > MAX_DATA_BYTES {
        return Err(refused(format!("its {DATA} is larger than {} MiB", MAX_DATA_BYTES >> 20)));
    }
    Ok(data)
}

fn names(tags: Option<Vec<Tag>>) -> Vec<String> {
    let tags = tags.unwrap_or_default().into_iter();
    tags.map(|tag| match tag.value.filter(|value| !value.is_empty()) {
        Some(value) => format!("{}: {value}", tag.name),
        None => tag.name,
    })
    .collect()
}

fn add(drafts: &mut Drafts, folders: &[&str], tags: &[String], pages: Option<Vec<Page>>) {
    for page in pages.unwrap_or_default() {
        let source: Vec<&str> = folders.iter().copied().chain([page.name.as_str()]).collect();
        let source = source.join(" / ");
        let number = drafts.all.len();
        let mut draft = Draft {
            key: page
                .id
                .map_or_else(|| format!("bsexport:nameless:{number}"), |id| format!("bsexport:page:{id}")),
            folders: folders.iter().map(|name| (*name).to_owned()).collect(),
            name: page.name.clone(),
            title: Some(page.name),
            tags: [tags.to_vec(), names(page.tags)].concat(),
            ..Draft::default()
        };
        if page.attachments.is_some_and(|attachments| !attachments.is_empty()) {
            draft.notes.push("its attachments were left out".to_owned());
        }
        let markdown = page.markdown.filter(|text| !text.trim().is_empty());
        let text = match (markdown, page.html) {
            (Some(markdown), _) => Ok(with_links(&markdown)),
            (None, Some(html)) => from_html(&with_links(&html)),
            (None, None) => Ok(String::new()),
        };
        match text {
            Ok(body) => drafts.all.push(Draft { source, body, ..draft }),
            Err(reason) => drafts.refuse(source, reason),
        }
    }
}

/// References between pages, `[[bsexport:page:40]]`, as addresses that can be in a link.
fn with_links(text: &str) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("[[bsexport:") {
        changed.push_str(&rest[..start]);
        let reference = &rest[start + 2..];
        let end = reference
            .find("]]")
            .filter(|end| !reference[..*end].contains(|c: char| c.is_whitespace() || "()<>\"".contains(c)));
        let Some(end) = end else {
            changed.push_str("[[");
            rest = reference;
            continue;
        };
        changed.push_str(&reference[..end]);
        rest = &reference[end + 2..];
    }
    changed.push_str(rest);
    changed
}

fn from_html(html: &str) -> Result<String, String> {
    if most_open_tags(html) > MAX_OPEN_TAGS {
        return Err(format!("more than {MAX_OPEN_TAGS} tags of its HTML are open at once"));
    }
    let converter = HtmlToMarkdown::builder().skip_tags(vec!["script", "style", "head"]).build();
    let tree = converter.html_to_tree(html).map_err(|error| format!("its HTML cannot be read: {error}"))?;
    if is_too_deep(&tree) {
        return Err(format!("its HTML is nested more than {MAX_HTML_DEPTH} deep"));
    }
    Ok(converter.tree_to_markdown(&tree))
}

/// At most so many tags are open at once; those that need no end are counted as well.
fn most_open_tags(html: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for (place, _) in html.match_indices('<') {
        match html.as_bytes().get(place + 1) {
            Some(b'/') => open = open.saturating_sub(1),
            Some(letter) if letter.is_ascii_alphabetic() => open += 1,
            _ => {}
        }
        most = most.max(open);
    }
    most
}

fn is_too_deep(tree: &std::rc::Rc<Node>) -> bool {
    let mut open = vec![(tree.clone(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > MAX_HTML_DEPTH {
            return true;
        }
        open.extend(node.children.borrow().iter().map(|child| (child.clone(), depth + 1)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_addresses_and_html_becomes_markdown() {
        let text =
            with_links("<p>See <a href=\"[[bsexport:page:40]]\">the <b>other</b></a>. [[bsexport: x</p>");
        assert_eq!(
            from_html(&text).expect("it is HTML"),
            "See [the **other**](bsexport:page:40). \\[\\[bsexport: x"
        );
        assert!(from_html(&"<div>".repeat(100_000)).is_err());
        assert!(from_html(&"<div>".repeat(MAX_HTML_DEPTH + 1)).is_err());
    }
}
