//! Practice scenarios: Markdown files under `practice/` of the folder of articles, one a language.
//!
//! The front matter says what is asked and what is expected; the text is what the pretended requester says: first, when
//! nothing else fits, then under `## when: keyword, keyword`, `## solved` and `## escalated`. They are no articles: no
//! question finds them. A faulty file is left out and named, like an article's.

use std::path::Path;

use serde::Deserialize;

use crate::domain::article::{ArticleId, Language};
use crate::domain::practice::{Line, Scenario, Script};
use crate::knowledge::front_matter::{Flaw, Parts, line_of, read};
use crate::knowledge::source::{Fault, Listing};

/// The folder under the folder of articles.
const FOLDER: &str = "practice";

/// Longest name, title, requester, category and specialism: what fits on a suggestion and into a thread's name.
const NAME_MAX: usize = 60;
/// Longest opening.
const OPENING_MAX: usize = 2000;
/// Longest answer, and longest reason: Discord's limit for a field of an embed, with room to close code.
const ANSWER_MAX: usize = 1000;
/// So many questions about one's tone fit into a row of buttons, each with a mark before it.
const TONE_MAX: usize = 5;
/// Longest of them.
const TONE_LENGTH_MAX: usize = 70;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    name: String,
    title: String,
    lang: Language,
    requester: String,
    opening: String,
    category: String,
    #[serde(default)]
    articles: Vec<String>,
    escalation: Option<String>,
    why: String,
    tone: Vec<String>,
}

/// Changes whenever a file does.
pub(super) fn fingerprint(kb_folder: &Path) -> String {
    Listing::of(&kb_folder.join(FOLDER)).map_or_else(|_| String::new(), |listing| listing.fingerprint)
}

/// The scenarios of a folder.
#[derive(Debug, Default)]
pub struct Scenarios {
    /// By name, then language.
    scenarios: Vec<Scenario>,
}

impl Scenarios {
    /// Reads them; none when there is no such folder. Also says which files had to be left out.
    pub fn read(kb_folder: &Path) -> (Self, Vec<Fault>) {
        let (read, faults) = read_files(kb_folder);
        let mut scenarios: Vec<Scenario> = read.into_iter().map(|file| file.scenario).collect();
        scenarios.sort_by(|one, other| (&one.name, one.language).cmp(&(&other.name, other.language)));
        (Self { scenarios }, faults)
    }

    /// The scenario of a name, or of a title as somebody typed it, in this language where there is one.
    pub fn find(&self, wanted: &str, language: Language) -> Option<&Scenario> {
        let wanted = wanted.trim().to_lowercase();
        let is_meant =
            |scenario: &&Scenario| scenario.name == wanted || scenario.title.to_lowercase() == wanted;
        let meant = self.scenarios.iter().find(is_meant)?;
        self.in_language(language).find(|scenario| scenario.name == meant.name)
    }

    /// Each scenario once, in this language where there is a version in it.
    pub fn in_language(&self, language: Language) -> impl Iterator<Item = &Scenario> {
        self.scenarios.chunk_by(|one, other| one.name == other.name).filter_map(move |versions| {
            versions.iter().find(|version| version.language == language).or(versions.first())
        })
    }
}

/// A scenario with what a fault in it needs to be named.
pub(super) struct ScenarioFile {
    pub(super) file: String,
    pub(super) articles_line: u64,
    pub(super) scenario: Scenario,
}

/// Reads every file; those that cannot be used become faults.
pub(super) fn read_files(kb_folder: &Path) -> (Vec<ScenarioFile>, Vec<Fault>) {
    let Ok(listing) = Listing::of(&kb_folder.join(FOLDER)) else { return (Vec::new(), Vec::new()) };
    let (mut read, mut faults) = (Vec::<ScenarioFile>::new(), Vec::new());
    for text in listing.texts() {
        let parsed = text.and_then(|(file, text)| {
            let fault = |flaw: Flaw| Fault { file: file.clone(), line: flaw.line, reason: flaw.reason };
            let (scenario, articles_line) = parse(&text).map_err(fault)?;
            let same = |known: &&ScenarioFile| {
                known.scenario.name == scenario.name && known.scenario.language == scenario.language
            };
            match read.iter().find(same) {
                None => Ok(ScenarioFile { file: format!("{FOLDER}/{file}"), articles_line, scenario }),
                Some(_) => Err(fault(Flaw {
                    line: 1,
                    reason: format!("there is a scenario {} in this language already", scenario.name),
                })),
            }
        });
        match parsed {
            Ok(file) => read.push(file),
            Err(fault) => faults.push(Fault { file: format!("{FOLDER}/{}", fault.file), ..fault }),
        }
    }
    (read, faults)
}

/// The scenario, and the line that its articles stand in.
fn parse(file: &str) -> Result<(Scenario, u64), Flaw> {
    let Parts { front, yaml, body, body_line } = read::<FrontMatter>(file)?;
    let flaw = |key: &str, reason: String| Flaw { line: line_of(yaml, key), reason };
    let is_name = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    if !(1..=NAME_MAX).contains(&front.name.len()) || !front.name.chars().all(is_name) {
        let reason = "the name is not made of small letters, digits and hyphens, or is longer than 60";
        return Err(flaw("name", reason.to_owned()));
    }
    let text = |key: &str, given: &str, max: usize| {
        let given = given.trim();
        if given.is_empty() || given.chars().count() > max {
            return Err(flaw(key, format!("{key} is empty or longer than {max} characters")));
        }
        Ok(given.to_owned())
    };
    if front.articles.is_empty() && front.escalation.is_none() {
        return Err(flaw("category", "neither an article nor an escalation is expected".to_owned()));
    }
    if !(1..=TONE_MAX).contains(&front.tone.len()) {
        return Err(flaw("tone", format!("tone has no question, or more than {TONE_MAX}")));
    }
    let tone = front.tone.iter().map(|item| text("tone", item, TONE_LENGTH_MAX));
    let scenario = Scenario {
        title: text("title", &front.title, NAME_MAX)?,
        requester: text("requester", &front.requester, NAME_MAX)?,
        opening: text("opening", &front.opening, OPENING_MAX)?,
        category: text("category", &front.category, NAME_MAX)?,
        escalation: front.escalation.map(|name| text("escalation", &name, NAME_MAX)).transpose()?,
        why: text("why", &front.why, ANSWER_MAX)?,
        tone: tone.collect::<Result<_, _>>()?,
        articles: front.articles.into_iter().map(ArticleId).collect(),
        script: script(body, body_line)?,
        name: front.name,
        language: front.lang,
    };
    Ok((scenario, line_of(yaml, "articles")))
}

/// What stands between two headings.
struct Section<'a> {
    heading: Option<&'a str>,
    line: u64,
    text: String,
}

fn script(body: &str, body_line: u64) -> Result<Script, Flaw> {
    let mut sections = vec![Section { heading: None, line: body_line, text: String::new() }];
    for (number, line) in (body_line..).zip(body.lines()) {
        if let Some(heading) = line.strip_prefix("## ") {
            sections.push(Section { heading: Some(heading.trim()), line: number, text: String::new() });
        } else if let Some(section) = sections.last_mut() {
            section.text.push_str(line);
            section.text.push('\n');
        }
    }
    let mut script = Script { otherwise: String::new(), when: Vec::new(), solved: None, escalated: None };
    for section in sections {
        let flaw = |reason: String| Flaw { line: section.line, reason };
        let text = section.text.trim().to_owned();
        if text.is_empty() || text.chars().count() > ANSWER_MAX {
            return Err(flaw(format!("the answer is empty or longer than {ANSWER_MAX} characters")));
        }
        match section.heading {
            None => script.otherwise = text,
            Some("solved") if script.solved.is_none() => script.solved = Some(text),
            Some("escalated") if script.escalated.is_none() => script.escalated = Some(text),
            Some(heading) => {
                let listed = heading.strip_prefix("when:").ok_or_else(|| {
                    let headings = "## when: word, word; and once ## solved, ## escalated";
                    flaw(format!("this heading means nothing here or stands twice; there are {headings}"))
                })?;
                let keywords = crate::domain::category::keywords(listed);
                if !keywords.iter().any(|keyword| keyword.chars().any(char::is_alphanumeric)) {
                    return Err(flaw("there is no word after when:".to_owned()));
                }
                script.when.push(Line { keywords, text });
            }
        }
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "---\nname: vpn\ntitle: VPN\nlang: en\nrequester: Jo\nopening: Help\ncategory: network\n\
                        articles: [en/vpn]\nwhy: So\ntone: [Kind?]\n---\n";

    fn flaw(text: &str) -> Flaw {
        parse(text).expect_err("it is faulty")
    }

    #[test]
    fn a_scenario_says_what_its_requester_answers() {
        let body = "I do not know.\n\n## when: error, which message\nIt says *809*.\n\nNothing else.\n## solved\nThanks\n";
        let (scenario, articles_line) = parse(&format!("{HEAD}{body}")).expect("it is valid");
        assert_eq!(articles_line, 8);
        let line = Line {
            keywords: vec!["error".to_owned(), "which message".to_owned()],
            text: "It says *809*.\n\nNothing else.".to_owned(),
        };
        let script = Script {
            otherwise: "I do not know.".to_owned(),
            when: vec![line],
            solved: Some("Thanks".to_owned()),
            escalated: None,
        };
        assert_eq!(scenario.script, script);
        assert_eq!((scenario.escalation, scenario.articles[0].0.as_str()), (None, "en/vpn"));
    }

    #[test]
    fn faults_name_their_line() {
        assert_eq!(flaw(&HEAD.replace("name: vpn", "name: V P N")).line, 2);
        assert_eq!(flaw(&HEAD.replace("title: VPN", "title: ''")).line, 3);
        assert_eq!(flaw(&HEAD.replace("[en/vpn]", "[]")).line, 7);
        assert_eq!(flaw(&HEAD.replace("[Kind?]", "[]")).line, 10);
        assert_eq!(flaw(&HEAD.replace("why: So\n", "")).line, 9);
        assert_eq!(flaw(&HEAD.replace("why: So", "colour: red")).line, 9);
        assert_eq!(flaw(HEAD).line, 12, "nothing is said");
        let long = "x".repeat(ANSWER_MAX + 1);
        for (body, line) in [
            ("Hm.\n\n## when:\nYes", 14),
            ("Hm.\n## whenever: x\nYes", 13),
            ("Hm.\n## when: x\n\n## solved\nYes", 13),
            ("Hm.\n## solved\nYes\n## solved\nNo", 15),
            (long.as_str(), 12),
        ] {
            assert_eq!(flaw(&format!("{HEAD}{body}")).line, line, "{body}");
        }
    }

    #[test]
    fn each_scenario_is_there_once_in_the_language_of_its_reader() {
        let folder = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let path = folder.path().join("practice").join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let german = HEAD.replace("lang: en", "lang: de").replace("title: VPN", "title: Kein VPN");
        write("en/vpn.md", &format!("{HEAD}Hm."));
        write("de/vpn.md", &format!("{german}Hm."));
        write("de/zwilling.md", &format!("{german}Hm."));
        write("en/mail.md", &format!("{}Hm.", HEAD.replace("vpn", "mail").replace("VPN", "Mail")));
        let (scenarios, faults) = Scenarios::read(folder.path());
        let named: Vec<_> = faults.iter().map(|fault| fault.file.as_str()).collect();
        assert_eq!(named, ["practice/de/zwilling.md"], "{faults:?}");
        let titles = |language| -> Vec<&str> {
            scenarios.in_language(language).map(|scenario| scenario.title.as_str()).collect()
        };
        assert_eq!(titles(Language::De), ["Mail", "Kein VPN"]);
        assert_eq!(titles(Language::En), ["Mail", "VPN"]);
        assert_eq!(scenarios.find("kein vpn ", Language::En).unwrap().title, "VPN");
        assert!(scenarios.find("nothing", Language::De).is_none());
    }
}
