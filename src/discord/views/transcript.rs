//! A transcript as two files: a page that any browser shows, and plain text.
//!
//! A transcript leaves Discord, so it must be harmless anywhere: everything that people wrote goes through an escaping
//! template, an address is a link only if it is http(s), and the page's own policy lets it load and run nothing.

use std::collections::HashMap;

use askama::Template;
use chrono::DateTime;
use url::Url;

use super::File;
use super::words::{self, Voice};
use crate::desk::{SetUp, Transcript};
use crate::domain::article::Language;
use crate::domain::id::UserId;
use crate::domain::time::Timestamp;
use crate::text;

/// What people are called.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(pub(crate) HashMap<UserId, String>);

/// What was written in the thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct Thread {
    /// Oldest first.
    pub(crate) said: Vec<Said>,
    /// Whether that is all of it.
    pub(crate) is_whole: bool,
}

/// One message.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) at: Timestamp,
    pub(crate) who: String,
    pub(crate) text: String,
    /// Names of its files.
    pub(crate) files: Vec<String>,
}

impl Said {
    /// How much of a file it takes, before it is escaped.
    pub(crate) fn size(&self) -> usize {
        self.who.len() + self.text.len() + self.files.iter().map(String::len).sum::<usize>()
    }
}

/// The page. Its one style is allowed by its hash; a test computes it again.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{{ style_hash }}'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<style>{{ style|safe }}</style>
</head>
<body>
<h1>{{ title }}</h1>
<dl>
{%- for (name, value) in facts %}
<dt>{{ name }}</dt>
<dd>{% for piece in value %}{% if piece.is_link %}<a href="{{ piece.text }}" rel="noreferrer noopener">{{ piece.text }}</a>{% else %}{{ piece.text }}{% endif %}{% endfor %}</dd>
{%- endfor %}
</dl>
{%- for part in parts %}
<h2>{{ part.title }}</h2>
{%- if !part.note.is_empty() %}
<p>{{ part.note }}</p>
{%- endif %}
<ol>
{%- for line in part.lines %}
<li><time>{{ line.at }}</time>{% if !line.who.is_empty() %} <b>{{ line.who }}</b>{% endif %} {% for piece in line.text %}{% if piece.is_link %}<a href="{{ piece.text }}" rel="noreferrer noopener">{{ piece.text }}</a>{% else %}{{ piece.text }}{% endif %}{% endfor %}</li>
{%- endfor %}
</ol>
{%- endfor %}
</body>
</html>
"#
)]
struct Page<'a> {
    style: &'static str,
    style_hash: &'static str,
    language: &'static str,
    title: &'a str,
    facts: Vec<(String, Vec<Piece>)>,
    parts: Vec<PagePart>,
}

struct PagePart {
    title: String,
    note: String,
    lines: Vec<PageLine>,
}

struct PageLine {
    at: String,
    who: String,
    text: Vec<Piece>,
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:48em;margin:2em auto;padding:0 1em;\
    color:#222;background:#fff}dt{font-weight:bold}dd,li{white-space:pre-wrap;overflow-wrap:anywhere}\
    time{color:#666}";
const STYLE_HASH: &str = "sha256-M3vhLGN3hmUljyU38IdHWK4vkDc5sXkOadGDRwJJM/U=";

/// A piece of a text: words, or an address that may be followed.
struct Piece {
    text: String,
    is_link: bool,
}

/// A transcript before it is a file.
struct Draft {
    title: String,
    facts: Vec<(String, String)>,
    parts: Vec<Part>,
}

struct Part {
    title: String,
    note: String,
    lines: Vec<Line>,
}

struct Line {
    at: String,
    who: String,
    text: String,
}

/// The page and the plain text.
pub(crate) fn files(
    language: Language,
    transcript: &Transcript,
    names: &Names,
    thread: Option<&Thread>,
    set_up: &SetUp,
) -> Vec<File> {
    let draft = draft(language, transcript, names, thread, set_up);
    let number = transcript.ticket.number;
    let file = |ending: &str, media_type, text: String| File {
        name: format!("ticket-{number}.{ending}"),
        media_type,
        description: None,
        bytes: text.into(),
    };
    vec![
        file("html", "text/html", page(language, &draft)),
        file("txt", "text/plain; charset=utf-8", plain(&draft)),
    ]
}

fn draft(
    language: Language,
    transcript: &Transcript,
    names: &Names,
    thread: Option<&Thread>,
    set_up: &SetUp,
) -> Draft {
    let ticket = &transcript.ticket;
    let fact = |name: String, value: Option<String>| value.map(|value| (name, value));
    let rating = ticket.kept.rating.as_ref().map(|rating| {
        let stars = text::card_rating_value(language, i64::from(rating.stars));
        rating.comment.as_ref().map_or_else(|| stars.clone(), |comment| format!("{stars}\n{comment}"))
    });
    let offered: Vec<_> = ticket.offered.iter().map(|offered| offered.title.as_str()).collect();
    let files: Vec<_> = ticket.files.iter().map(|file| file.name.as_str()).collect();
    let facts = [
        fact(text::card_state(language), Some(words::status(language, ticket.status.name()))),
        fact(text::card_requester(language), Some(names.person(ticket.requester))),
        fact(text::card_opened(language), Some(moment(ticket.opened_at))),
        fact(text::card_priority(language), Some(words::priority(language, ticket.priority))),
        fact(text::card_category(language), ticket.category.clone()),
        fact(text::packet_request(language), ticket.details.clone()),
        fact(text::card_question(language), ticket.question.clone()),
        fact(text::card_offered(language), (!offered.is_empty()).then(|| offered.join("\n"))),
        // Discord's addresses of files die within hours; the name is what lasts.
        fact(text::card_attachment(language), (!files.is_empty()).then(|| files.join("\n"))),
        fact(text::card_rating(language), rating),
    ];
    let story = transcript.events.iter().map(|event| Line {
        at: moment(event.at),
        who: String::new(),
        text: words::event_in(names, language, event, set_up),
    });
    let story = Part { title: text::packet_story(language), note: String::new(), lines: story.collect() };
    let said = thread.map(|thread| said(language, thread, names));
    Draft {
        title: text::card_title(language, ticket.number.0, ticket.subject.as_str()),
        facts: facts.into_iter().flatten().collect(),
        parts: std::iter::once(story).chain(said).collect(),
    }
}

fn said(language: Language, thread: &Thread, names: &Names) -> Part {
    let lines = thread.said.iter().map(|said| {
        let files = said.files.iter().map(|name| text::transcript_file(language, name.as_str()));
        let text: Vec<_> = std::iter::once(names.named_in(&said.text)).chain(files).collect();
        Line { at: moment(said.at), who: said.who.clone(), text: text.join("\n").trim().to_owned() }
    });
    let note = if thread.is_whole { String::new() } else { text::transcript_cut(language) };
    Part { title: text::transcript_said(language), note, lines: lines.collect() }
}

fn page(language: Language, draft: &Draft) -> String {
    let parts = draft.parts.iter().map(|part| PagePart {
        title: part.title.clone(),
        note: part.note.clone(),
        lines: part
            .lines
            .iter()
            .map(|line| PageLine { at: line.at.clone(), who: line.who.clone(), text: pieces(&line.text) })
            .collect(),
    });
    let page = Page {
        style: STYLE,
        style_hash: STYLE_HASH,
        language: language.code(),
        title: &draft.title,
        facts: draft.facts.iter().map(|(name, value)| (name.clone(), pieces(value))).collect(),
        parts: parts.collect(),
    };
    // Writing into a text cannot fail, and the template does nothing else.
    page.render().unwrap_or_default()
}

fn plain(draft: &Draft) -> String {
    let mut lines = vec![draft.title.clone(), String::new()];
    lines.extend(draft.facts.iter().map(|(name, value)| format!("{name}: {}", indented(value))));
    for part in &draft.parts {
        lines.extend([String::new(), format!("== {} ==", part.title)]);
        lines.extend((!part.note.is_empty()).then(|| part.note.clone()));
        lines.extend(part.lines.iter().map(|line| {
            let who = if line.who.is_empty() { String::new() } else { format!("{}: ", line.who) };
            format!("{}  {who}{}", line.at, indented(&line.text))
        }));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Further lines of a text stand below its first, so that none of them passes for a line of the transcript's own.
fn indented(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join("\n    ")
}

/// Addresses that may be followed stand by themselves.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let address = word.trim_end();
        if is_followed(address) {
            pieces.push(Piece { text: address.to_owned(), is_link: true });
            pieces.push(Piece { text: word[address.len()..].to_owned(), is_link: false });
        } else if let Some(last) = pieces.last_mut().filter(|last| !last.is_link) {
            last.text.push_str(word);
        } else {
            pieces.push(Piece { text: word.to_owned(), is_link: false });
        }
    }
    pieces
}

fn is_followed(word: &str) -> bool {
    let begins = word.starts_with("http://") || word.starts_with("https://");
    begins && Url::parse(word).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// In UTC, because a file has no reader whose zone is known.
fn moment(at: Timestamp) -> String {
    DateTime::from_timestamp_millis(at.0)
        .map_or_else(String::new, |at| at.format("%Y-%m-%d %H:%M UTC").to_string())
}

impl Names {
    /// A text with names in the place of mentions.
    fn named_in(&self, text: &str) -> String {
        let mut named = text.to_owned();
        for (user, name) in &self.0 {
            for mention in [format!("<@{user}>"), format!("<@!{user}>")] {
                if named.contains(&mention) {
                    named = named.replace(&mention, &format!("@{name}"));
                }
            }
        }
        named
    }
}

impl Voice for Names {
    fn person(&self, user: UserId) -> String {
        self.0.get(&user).cloned().unwrap_or_else(|| user.to_string())
    }

    fn moment(&self, at: Timestamp) -> String {
        moment(at)
    }

    fn said(&self, said: &str) -> String {
        said.to_owned()
    }
}

#[cfg(test)]
mod tests;
