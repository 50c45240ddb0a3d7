//! Everything that is wrong with a folder of articles, with file and line.
//!
//! What keeps an article from being served is a fault, and so is what makes it serve badly: a title that stands
//! twice, a translation that is none, a link that leads nowhere, synonyms of which the second group is a mistake. What
//! merely needs a person's eye is a warning.
//!
//! It reads every file and writes none. It fails only when the folder cannot be read at all.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::article::{Article, ArticleId, Language};
use crate::knowledge::links::{self, Target};
use crate::knowledge::practice::{self, ScenarioFile};
use crate::knowledge::replies::Replies;
use crate::knowledge::source::{Fault, Listing};
use crate::knowledge::{KnowledgeError, front_matter};
use crate::search::analysis;

/// What was found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Findings {
    /// How many articles can be served.
    pub articles: usize,
    /// How many prepared replies there are.
    pub replies: usize,
    /// How many practice scenarios there are.
    pub scenarios: usize,
    /// What must be put right, in the order of files and lines.
    pub faults: Vec<Fault>,
    /// What somebody should look at.
    pub warnings: Vec<Fault>,
}

struct Read {
    file: String,
    text: String,
    article: Article,
}

impl Read {
    fn fault(&self, line: u64, reason: String) -> Fault {
        Fault { file: self.file.clone(), line, reason }
    }

    fn key_line(&self, key: &str) -> u64 {
        front_matter::line_of_key(&self.text, key)
    }
}

/// Looks at every file of the folder.
pub fn lint(folder: &Path, today: NaiveDate) -> Result<Findings, KnowledgeError> {
    let listing =
        Listing::of(folder).map_err(|reason| KnowledgeError::Folder { folder: folder.to_owned(), reason })?;
    let (replies, faults) = Replies::read(folder);
    let (scenarios, of_scenarios) = practice::read_files(folder);
    let mut findings = Findings {
        replies: replies.len(),
        scenarios: scenarios.len(),
        faults: faults.into_iter().chain(of_scenarios).collect(),
        ..Findings::default()
    };
    let mut read = Vec::new();
    for text in listing.texts() {
        let parsed = text.and_then(|(file, text)| {
            let id = ArticleId(file.strip_suffix(".md").unwrap_or(&file).to_owned());
            match front_matter::parse(id, &text) {
                Ok(article) => Ok(Read { file, text, article }),
                Err(flaw) => Err(Fault { file, line: flaw.line, reason: flaw.reason }),
            }
        });
        match parsed {
            Ok(article) => read.push(article),
            Err(fault) => findings.faults.push(fault),
        }
    }
    findings.articles = read.len();
    findings.faults.extend(names(&read));
    findings.faults.extend(titles(&read));
    findings.faults.extend(translations(&read));
    findings.faults.extend(scenarios.iter().flat_map(|scenario| unknown_articles(scenario, &read)));
    findings.faults.extend(read.iter().flat_map(|article| dead_links(article, folder)));
    match listing.groups() {
        Ok(groups) => findings.faults.extend(synonyms(&groups)),
        Err(fault) => findings.faults.push(fault),
    }
    findings.warnings.extend(read.iter().filter_map(|article| overdue(article, today)));
    for found in [&mut findings.faults, &mut findings.warnings] {
        found.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
        found.dedup();
    }
    Ok(findings)
}

/// Files that are one and the same on some machines.
fn names(read: &[Read]) -> Vec<Fault> {
    let mut by_name: HashMap<String, &Read> = HashMap::new();
    let mut faults = Vec::new();
    for article in read {
        if let Some(first) = by_name.insert(article.file.to_lowercase(), article) {
            let reason = format!("differs from {} in upper and lower case only", first.file);
            faults.push(article.fault(0, reason));
        }
    }
    faults
}

fn titles(read: &[Read]) -> Vec<Fault> {
    let mut by_title: HashMap<(Language, String), &Read> = HashMap::new();
    let mut faults = Vec::new();
    for article in read {
        let key = (article.article.language, analysis::fold(&article.article.title));
        // Titles without a letter cannot be compared.
        if key.1.is_empty() {
            continue;
        }
        match by_title.get(&key) {
            Some(first) => {
                let reason = format!("{} has the same title", first.file);
                faults.push(article.fault(article.key_line("title"), reason));
            }
            None => drop(by_title.insert(key, article)),
        }
    }
    faults
}

/// A translation must be there, be in another language, and be a translation of this one and no other.
fn translations(read: &[Read]) -> Vec<Fault> {
    let by_id: HashMap<&ArticleId, &Read> =
        read.iter().map(|article| (&article.article.id, article)).collect();
    let mut faults = Vec::new();
    for article in read {
        let Some(translation) = &article.article.translation else { continue };
        let reason = match by_id.get(translation) {
            None => format!("there is no article {}", clip(&translation.0)),
            Some(other) if other.article.language == article.article.language => {
                format!("{} is in the same language", other.file)
            }
            Some(other) => match &other.article.translation {
                Some(back) if *back != article.article.id => {
                    format!("{} is a translation of {}", other.file, clip(&back.0))
                }
                _ => continue,
            },
        };
        faults.push(article.fault(article.key_line("translation"), reason));
    }
    faults
}

/// Articles that a scenario expects and nobody can choose.
fn unknown_articles(scenario: &ScenarioFile, read: &[Read]) -> Vec<Fault> {
    let expected = scenario.scenario.articles.iter();
    let unknown = expected.filter(|expected| read.iter().all(|known| known.article.id != **expected));
    unknown
        .map(|unknown| Fault {
            file: scenario.file.clone(),
            line: scenario.articles_line,
            reason: format!("there is no article {}", clip(&unknown.0)),
        })
        .collect()
}

fn dead_links(article: &Read, folder: &Path) -> Vec<Fault> {
    let (body, first_line) = front_matter::body(&article.text);
    let mut faults = Vec::new();
    for link in links::links(body) {
        let reason = match links::target(&article.file, &link.target) {
            Target::Address | Target::Here => continue,
            Target::File { path, .. } if folder.join(&path).exists() => continue,
            Target::File { .. } => "the link leads to no file",
            Target::Outside => "the link leads out of the folder of articles",
        };
        let lines = body[..link.place.start].matches('\n').count();
        let line = first_line + u64::try_from(lines).unwrap_or(u64::MAX);
        faults.push(article.fault(line, format!("{reason}: {}", clip(&link.target))));
    }
    faults
}

/// Words with the line that each stands in.
fn synonyms(groups: &[Vec<(String, u64)>]) -> Vec<Fault> {
    let mut first_lines: HashMap<String, (usize, u64)> = HashMap::new();
    let mut faults = Vec::new();
    let mut fault = |line, reason| faults.push(Fault { file: "synonyms.yaml".to_owned(), line, reason });
    for (number, group) in groups.iter().enumerate() {
        let line = group.first().map_or(0, |(_, line)| *line);
        if group.len() < 2 {
            fault(line, "a group needs two words or more".to_owned());
        }
        for (word, line) in group {
            let folded = analysis::fold(word);
            if folded.is_empty() {
                fault(*line, format!("there is no letter in {}", clip(word)));
                continue;
            }
            match first_lines.get(&folded) {
                Some((known, first)) if *known != number => {
                    fault(*line, format!("{} stands in the group of line {first} as well", clip(word)));
                }
                Some(_) => {}
                None => drop(first_lines.insert(folded, (number, *line))),
            }
        }
    }
    faults
}

fn overdue(article: &Read, today: NaiveDate) -> Option<Fault> {
    let date = article.article.review_by.filter(|date| *date < today)?;
    let owner =
        article.article.owner.as_deref().map_or_else(String::new, |owner| format!(" by {}", clip(owner)));
    Some(article.fault(article.key_line("review_by"), format!("was to be looked at{owner} until {date}")))
}

/// Foreign text in a message stays short, and on one line.
fn clip(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(160).collect()
}
