//! Prepared replies: Markdown files under `replies/` of the folder of articles, one a language.
//!
//! They are not articles: no question finds them. A faulty file is left out and named, like an article's.

use std::path::Path;

use serde::Deserialize;

use crate::domain::article::Language;
use crate::domain::canned::{self, CannedReply, Placeholder};
use crate::knowledge::front_matter::{Flaw, Parts, line_of, read};
use crate::knowledge::source::{Fault, Listing};

/// The folder under the folder of articles.
const FOLDER: &str = "replies";

/// Longest text of a reply: with everything filled in it still fits a message.
const TEXT_MAX: usize = 2000;

/// Longest name and title: what fits on a suggestion in Discord.
const NAME_MAX: usize = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    name: String,
    title: String,
    lang: Language,
}

/// Changes whenever a file does.
pub(super) fn fingerprint(kb_folder: &Path) -> String {
    Listing::of(&kb_folder.join(FOLDER)).map_or_else(|_| String::new(), |listing| listing.fingerprint)
}

/// The prepared replies of a folder.
#[derive(Debug, Default)]
pub struct Replies {
    /// By name, then language.
    replies: Vec<CannedReply>,
}

impl Replies {
    /// Reads them; none when there is no such folder. Also says which files had to be left out.
    pub fn read(kb_folder: &Path) -> (Self, Vec<Fault>) {
        let Ok(listing) = Listing::of(&kb_folder.join(FOLDER)) else { return (Self::default(), Vec::new()) };
        let (mut replies, mut faults) = (Vec::<CannedReply>::new(), Vec::new());
        for read in listing.texts() {
            let parsed = read.and_then(|(file, text)| {
                let reply = parse(&text);
                let fault = |flaw: Flaw| Fault { file: file.clone(), line: flaw.line, reason: flaw.reason };
                let reply = reply.map_err(fault)?;
                let same =
                    |known: &&CannedReply| known.name == reply.name && known.language == reply.language;
                match replies.iter().find(same) {
                    None => Ok(reply),
                    Some(_) => Err(fault(Flaw {
                        line: 1,
                        reason: format!("there is a reply {} in this language already", reply.name),
                    })),
                }
            });
            match parsed {
                Ok(reply) => replies.push(reply),
                Err(fault) => faults.push(Fault { file: format!("{FOLDER}/{}", fault.file), ..fault }),
            }
        }
        replies.sort_by(|one, other| (&one.name, one.language).cmp(&(&other.name, other.language)));
        (Self { replies }, faults)
    }

    /// The reply of a name, or of a title as somebody typed it, in this language where there is one.
    pub fn find(&self, wanted: &str, language: Language) -> Option<&CannedReply> {
        let wanted = wanted.trim().to_lowercase();
        let meant =
            self.replies.iter().find(|reply| reply.name == wanted || reply.title.to_lowercase() == wanted)?;
        self.versions(&meant.name).find(|reply| reply.language == language).or(Some(meant))
    }

    /// Each reply whose name or title has what was typed, once, as it is called in this language.
    pub fn suggest(&self, typed: &str, language: Language) -> Vec<&CannedReply> {
        let typed = typed.trim().to_lowercase();
        let has =
            |reply: &CannedReply| reply.name.contains(&typed) || reply.title.to_lowercase().contains(&typed);
        let mut suggested: Vec<&CannedReply> = Vec::new();
        for reply in self.replies.iter().filter(|reply| has(reply)) {
            if suggested.last().is_none_or(|last| last.name != reply.name) {
                let own = self.versions(&reply.name).find(|version| version.language == language);
                suggested.push(own.unwrap_or(reply));
            }
        }
        suggested
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.replies.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.replies.is_empty()
    }

    fn versions<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a CannedReply> {
        self.replies.iter().filter(move |reply| reply.name == name)
    }
}

fn parse(file: &str) -> Result<CannedReply, Flaw> {
    let Parts { front, yaml, body, body_line } = read::<FrontMatter>(file)?;
    let flaw = |line, reason: &str| Flaw { line, reason: reason.to_owned() };
    let is_name = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    if !(1..=NAME_MAX).contains(&front.name.len()) || !front.name.chars().all(is_name) {
        let reason = "the name is not made of small letters, digits and hyphens, or is longer than 60";
        return Err(flaw(line_of(yaml, "name"), reason));
    }
    let title = front.title.trim();
    if title.is_empty() || title.chars().count() > NAME_MAX {
        return Err(flaw(line_of(yaml, "title"), "the title is empty or longer than 60 characters"));
    }
    let text = body.trim();
    if text.is_empty() {
        return Err(flaw(body_line, "there is no text after the front matter"));
    }
    if text.chars().count() > TEXT_MAX {
        return Err(Flaw {
            line: body_line,
            reason: format!("the text is longer than {TEXT_MAX} characters"),
        });
    }
    // Looked for in the whole body, so that its line is the one in the file.
    canned::fill(body, |_| String::new()).map_err(|unknown| {
        let lines = body[..unknown.at].matches('\n').count();
        let known = Placeholder::ALL.map(|(_, name)| format!("{{{name}}}"));
        Flaw {
            line: body_line + u64::try_from(lines).unwrap_or_default(),
            reason: format!("{unknown}; there are {}", known.join(", ")),
        }
    })?;
    Ok(CannedReply { name: front.name, language: front.lang, title: title.to_owned(), text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaw(text: &str) -> Flaw {
        parse(text).expect_err("it is faulty")
    }

    #[test]
    fn faults_name_their_line() {
        let unknown = flaw("---\nname: a\ntitle: A\nlang: en\n---\nHello\n\nyour {salary}");
        assert_eq!(unknown.line, 8);
        assert!(unknown.reason.contains("{salary}") && unknown.reason.contains("{agent}"), "{unknown:?}");
        assert_eq!(flaw("---\nname: A b\ntitle: A\nlang: en\n---\nx").line, 2);
        assert_eq!(flaw("---\nname: a\ntitle: ''\nlang: en\n---\nx").line, 3);
        assert_eq!(flaw("---\nname: a\ntitle: A\nlang: en\n---\n\n").line, 6);
        assert_eq!(flaw("---\nname: a\ntitle: A\nlang: en\ntags: [a]\n---\nx").line, 5);
        assert_eq!(flaw("hello").line, 1);
        let long = format!("---\nname: a\ntitle: A\nlang: en\n---\n{}", "x".repeat(2001));
        assert_eq!(flaw(&long).line, 6);
    }

    #[test]
    fn each_reply_is_suggested_once_and_found_in_the_language_of_its_reader() {
        let folder = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let path = folder.path().join("replies").join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("en/wait.md", "---\nname: wait\ntitle: Please wait\nlang: en\n---\nWait, {requester}");
        write("de/wait.md", "---\nname: wait\ntitle: Bitte warten\nlang: de\n---\nWarte");
        write("en/more.md", "---\nname: more\ntitle: More details\nlang: en\n---\nMore");
        write("de/zwilling.md", "---\nname: wait\ntitle: Noch eins\nlang: de\n---\nWarte");
        let (replies, faults) = Replies::read(folder.path());
        assert_eq!(replies.len(), 3);
        let named: Vec<_> = faults.iter().map(|fault| fault.file.as_str()).collect();
        assert_eq!(named, ["replies/de/zwilling.md"], "{faults:?}");
        let titles = |typed| -> Vec<String> {
            replies.suggest(typed, Language::De).iter().map(|reply| reply.title.clone()).collect()
        };
        assert_eq!(titles(""), ["More details", "Bitte warten"]);
        assert_eq!(titles("please"), ["Bitte warten"]);
        assert_eq!(replies.find("bitte WARTEN ", Language::En).unwrap().text, "Wait, {requester}");
        assert_eq!(replies.find("more", Language::De).unwrap().language, Language::En);
        assert!(replies.find("nothing", Language::De).is_none());
    }
}
