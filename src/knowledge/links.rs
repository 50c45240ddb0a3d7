//! The links of a Markdown text: where they are, where they lead, and putting others in their place.
//!
//! A real Markdown parser says what is a link, so code that looks like one is left alone. Any text is valid
//! Markdown, so nothing fails.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// A link or picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it stands, with all its signs.
    pub place: Range<usize>,
    /// Where its text stands.
    pub label: Range<usize>,
    /// Where it leads.
    pub target: String,
    /// Whether it is a picture.
    pub is_picture: bool,
}

/// What becomes of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stays.
    Keep,
    /// Its text stays.
    Unlink,
    /// It leads somewhere else.
    Lead(String),
}

/// What kind of place a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An address with a scheme, such as `https:` or `mailto:`.
    Address,
    /// A heading of the same text.
    Here,
    /// A file, as a path from the folder that all belong to, and what follows after `#`.
    File {
        /// The path, without `.` and `..`.
        path: String,
        /// With its `#`; empty when there is none.
        fragment: String,
    },
    /// Above the folder that all belong to, or nowhere at all.
    Outside,
}

/// The links and pictures of a text, in order.
pub fn links(markdown: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut open: Vec<Link> = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, place) in Parser::new_ext(markdown, options).into_offset_iter() {
        for link in &mut open {
            if link.place != place {
                let start = if link.label.is_empty() { place.start } else { link.label.start };
                link.label = start..place.end.max(link.label.end);
            }
        }
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) if is_written_out(link_type) => {
                open.push(new_link(place, dest_url.into_string(), false));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                open.push(new_link(place, dest_url.into_string(), true));
            }
            Event::End(TagEnd::Link | TagEnd::Image)
                if open.last().is_some_and(|link| link.place == place) =>
            {
                found.extend(open.pop());
            }
            _ => {}
        }
    }
    found.sort_by_key(|link| link.place.start);
    found
}

/// Bare addresses have no text of their own to keep.
fn is_written_out(link_type: LinkType) -> bool {
    !matches!(link_type, LinkType::Autolink | LinkType::Email)
}

fn new_link(place: Range<usize>, target: String, is_picture: bool) -> Link {
    let label = place.start..place.start;
    Link { place, label, target, is_picture }
}

/// The text with its links changed; pictures first, because a link may be around one.
pub fn rewrite(markdown: &str, mut decide: impl FnMut(&Link) -> Change) -> String {
    let mut text = markdown.to_owned();
    for pictures in [true, false] {
        let mut changed = String::with_capacity(text.len());
        let mut end = 0;
        for link in links(&text).into_iter().filter(|link| link.is_picture == pictures) {
            if link.place.start < end {
                continue;
            }
            let label = &text[link.label.clone()];
            let instead = match decide(&link) {
                Change::Keep => continue,
                Change::Unlink => label.to_owned(),
                Change::Lead(target) => format!("{}[{label}]({target})", if pictures { "!" } else { "" }),
            };
            changed.push_str(&text[end..link.place.start]);
            changed.push_str(&instead);
            end = link.place.end;
        }
        changed.push_str(&text[end..]);
        text = changed;
    }
    text
}

/// Where a link in a file leads. `file` is the file's path from the folder that all belong to.
pub fn target(file: &str, link: &str) -> Target {
    let link = link.trim();
    if link.starts_with('#') {
        return Target::Here;
    }
    let scheme = link.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    if scheme.is_some_and(is_scheme) || link.starts_with("//") {
        return Target::Address;
    }
    let end = link.find(['#', '?']).unwrap_or(link.len());
    let fragment = link[end..].find('#').map_or_else(String::new, |start| link[end + start..].to_owned());
    let path = percent_decode_str(&link[..end]).decode_utf8_lossy();
    if path.is_empty() || path.starts_with('/') {
        return Target::Outside;
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." if parts.pop().is_none() => return Target::Outside,
            "" | "." | ".." => {}
            name => parts.push(name),
        }
    }
    Target::File { path: parts.join("/"), fragment }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_changed_and_what_only_looks_like_one_is_not() {
        let text = "See [the *other* one](b%20c.md \"t\"), [x][r] and ![pic](p.png). `[no](b.md)`\n\n\
                    [![pic](p.png)](https://x.example)\n\n[r]: d.md\n";
        let changed = rewrite(text, |link| match (link.is_picture, link.target.as_str()) {
            (true, _) | (false, "d.md") => Change::Unlink,
            (false, "https://x.example") => Change::Keep,
            _ => Change::Lead("new.md".to_owned()),
        });
        assert_eq!(
            changed,
            "See [the *other* one](new.md), x and pic. `[no](b.md)`\n\n[pic](https://x.example)\n\n[r]: d.md\n"
        );
    }

    #[test]
    fn targets_are_paths_from_the_common_folder() {
        let file = |path: &str, fragment: &str| Target::File {
            path: path.to_owned(),
            fragment: fragment.to_owned(),
        };
        assert_eq!(target("en/a.md", "../de/b%20c.md#x"), file("de/b c.md", "#x"));
        assert_eq!(target("en/a.md", "./b.md?x#y"), file("en/b.md", "#y"));
        assert_eq!(target("en/a.md", "../../b.md"), Target::Outside);
        assert_eq!(target("en/a.md", "/etc/passwd"), Target::Outside);
        assert_eq!(target("en/a.md", "mailto:x@example.com"), Target::Address);
        assert_eq!(target("en/a.md", "#below"), Target::Here);
    }
}
