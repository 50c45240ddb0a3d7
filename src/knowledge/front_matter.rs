//! An article's file: YAML front matter between two lines of `---`, then Markdown.
//!
//! Unknown keys, wrong types and impossible values are faults with the line they stand in; nothing is guessed.
//! It deliberately reads text, not files, so that any bytes can be tried on it. What [`render`] writes is read as the
//! same article.

use std::fmt::Write as _;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::source::MAX_FILE_BYTES;
use crate::domain::article::{Article, ArticleId, Audience, Language};

/// Why an article cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The line of the file, counted from 1.
    pub line: u64,
    /// What is wrong, as a sentence without a full stop.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    title: String,
    lang: Language,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    questions: Vec<String>,
    category: Option<String>,
    #[serde(default)]
    audience: Audience,
    owner: Option<String>,
    review_by: Option<String>,
    translation: Option<String>,
}

/// A file that begins with front matter.
pub(super) struct Parts<'a, F> {
    /// What the front matter says.
    pub(super) front: F,
    /// The same as it is written, to find the line of a key in.
    pub(super) yaml: &'a str,
    /// The text after it.
    pub(super) body: &'a str,
    /// The line of the file in which that begins.
    pub(super) body_line: u64,
}

/// Reads front matter of any kind.
pub(super) fn read<F: DeserializeOwned>(file: &str) -> Result<Parts<'_, F>, Flaw> {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    let (yaml, body, body_line) = split(file)?;
    let front = serde_saphyr::from_str(yaml).map_err(|error| Flaw {
        // The opening line of `---` is not part of the YAML.
        line: error.location().map_or(1, |location| location.line() + 1),
        reason: first_line(&error.to_string()),
    })?;
    Ok(Parts { front, yaml, body, body_line })
}

/// Reads an article from the text of its file.
pub fn parse(id: ArticleId, file: &str) -> Result<Article, Flaw> {
    let Parts { front, yaml, body, body_line } = read::<FrontMatter>(file)?;
    let title = front.title.trim().to_owned();
    if title.is_empty() {
        return Err(Flaw { line: line_of(yaml, "title"), reason: "the title is empty".to_owned() });
    }
    if body.trim().is_empty() {
        return Err(Flaw { line: body_line, reason: "there is no text after the front matter".to_owned() });
    }
    let review_by = front.review_by.map(|date| parse_date(&date, yaml)).transpose()?;
    Ok(Article {
        id,
        title,
        language: front.lang,
        tags: front.tags,
        questions: front.questions,
        category: front.category,
        audience: front.audience,
        owner: front.owner,
        review_by,
        translation: front.translation.map(ArticleId),
        body: body.trim().to_owned(),
    })
}

/// The front matter and the text after it; `None` when there is no front matter.
pub fn parts(file: &str) -> Option<(&str, &str)> {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    split(file).ok().map(|(yaml, body, _)| (yaml, body))
}

/// The text after the front matter, and the line of the file in which it begins.
pub fn body(file: &str) -> (&str, u64) {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    split(file).map_or((file, 1), |(_, body, line)| (body, line))
}

/// The line of the file that a key of its front matter stands in; the first when it has no such key.
pub fn line_of_key(file: &str, key: &str) -> u64 {
    parts(file).map_or(1, |(yaml, _)| line_of(yaml, key))
}

/// The file of an article.
pub fn render(article: &Article) -> String {
    let quoted_all = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>();
    let mut lines = vec![
        "---".to_owned(),
        format!("title: {}", quoted(&article.title)),
        format!("lang: {}", article.language.code()),
    ];
    if !article.tags.is_empty() {
        lines.push(format!("tags: [{}]", quoted_all(&article.tags).join(", ")));
    }
    if !article.questions.is_empty() {
        lines.push("questions:".to_owned());
        lines.extend(quoted_all(&article.questions).iter().map(|question| format!("  - {question}")));
    }
    lines.extend(article.category.as_ref().map(|category| format!("category: {}", quoted(category))));
    lines.push(match article.audience {
        Audience::Everyone => "audience: everyone".to_owned(),
        Audience::Staff => "audience: staff".to_owned(),
    });
    lines.extend(article.owner.as_ref().map(|owner| format!("owner: {}", quoted(owner))));
    lines.extend(article.review_by.map(|date| format!("review_by: {}", date.format("%Y-%m-%d"))));
    lines.extend(article.translation.as_ref().map(|id| format!("translation: {}", quoted(&id.0))));
    lines.extend(["---".to_owned(), String::new(), article.body.trim().to_owned(), String::new()]);
    lines.join("\n")
}

/// The article's file, if it will be read as the same article again; else why it would not.
pub fn checked(article: &Article) -> Result<String, String> {
    if article.body.is_empty() {
        return Err("there is no text in it".to_owned());
    }
    let text = render(article);
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err(format!("it is larger than {} KiB", MAX_FILE_BYTES / 1024));
    }
    if text.contains('\0') {
        return Err("it is not text".to_owned());
    }
    parse(article.id.clone(), &text).map_err(|flaw| flaw.reason)?;
    Ok(text)
}

/// A text as YAML: as it is where nobody could take it for anything else, and else in quotes.
fn quoted(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.ends_with(char::is_alphanumeric)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.'))
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null" | "nan" | "inf"
        );
    if is_plain {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            // Breaks, direction marks and whatever an editor would not show.
            c if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                let _ = write!(quoted, "\\U{:08x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The YAML, the text after it, and the line on which that text starts.
fn split(file: &str) -> Result<(&str, &str, u64), Flaw> {
    let missing = |line, reason: &str| Flaw { line, reason: reason.to_owned() };
    let first = file.lines().next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Err(missing(1, "the file does not start with front matter (a line of ---)"));
    }
    let start = file.find('\n').map_or(file.len(), |end| end + 1);
    let mut offset = start;
    for (number, line) in (2..).zip(file[start..].split_inclusive('\n')) {
        if line.trim_end() == "---" {
            return Ok((&file[start..offset], &file[offset + line.len()..], number + 1));
        }
        offset += line.len();
    }
    Err(missing(1, "the front matter is not closed by a second line of ---"))
}

fn parse_date(date: &str, yaml: &str) -> Result<chrono::NaiveDate, Flaw> {
    chrono::NaiveDate::parse_from_str(date.trim(), "%Y-%m-%d").map_err(|_| Flaw {
        line: line_of(yaml, "review_by"),
        reason: format!("review_by is not a date such as 2027-06-30: {}", clip(date)),
    })
}

/// The line of the file that a key stands in.
pub(super) fn line_of(yaml: &str, key: &str) -> u64 {
    (2..)
        .zip(yaml.lines())
        .find(|(_, line)| line.trim_start().starts_with(key))
        .map_or(1, |(number, _)| number)
}

fn first_line(text: &str) -> String {
    clip(text.lines().next().unwrap_or("the front matter is not valid YAML"))
}

/// Foreign text in a message stays short.
fn clip(text: &str) -> String {
    text.chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_text(text: &str) -> Result<Article, Flaw> {
        parse(ArticleId("en/test".to_owned()), text)
    }

    #[test]
    fn a_complete_article_is_read() {
        let file = "---\ntitle: Reset your password\nlang: en\ntags: [password, 2]\nquestions:\n  - I forgot it\n\
                    category: access\naudience: staff\nowner: it\nreview_by: 2027-06-30\ntranslation: de/x\n---\n\
                    Do this.\n";
        let article = parse_text(file).expect("it is valid");
        assert_eq!((article.title.as_str(), article.language), ("Reset your password", Language::En));
        assert_eq!((article.tags.len(), article.audience), (2, Audience::Staff));
        assert_eq!(article.body, "Do this.");
    }

    #[test]
    fn faults_name_their_line() {
        let flaw = |text: &str| parse_text(text).expect_err("it is faulty");
        assert_eq!(flaw("Just text").line, 1);
        assert_eq!(flaw("---\ntitle: x\nlang: en\n").line, 1);
        let unknown = flaw("---\ntitle: x\nlang: en\ncolour: red\n---\ntext");
        assert!(unknown.line == 4 && unknown.reason.contains("colour"), "{unknown:?}");
        let language = flaw("---\ntitle: x\nlang: fr\n---\ntext");
        assert_eq!(language.line, 3, "{language:?}");
        assert_eq!(flaw("---\ntitle: x\nlang: en\nreview_by: soon\n---\ntext").line, 4);
        assert_eq!(flaw("---\ntitle: x\nlang: en\n---\n\n").line, 5);
    }
}
