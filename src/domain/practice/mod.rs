//! Practice: pretended tickets on which first level trains.
//!
//! A practice ticket is no ticket. It has no number, no place in the queue and no deadline, nobody is called for it, and
//! no report counts it. What becomes of it is pure; who may do what is [`super::policy`]'s question.

mod progress;
mod score;

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::article::{ArticleId, Language};
use super::category::{self, Category};
use super::desk::Specialism;
use super::id::{ChannelId, GuildId, MessageId, PracticeId, UserId};
use super::question::Offered;
use super::time::Timestamp;

pub use progress::{LATEST, Practised, Progress, Trend, progress};
pub use score::{RESPONSE_GOOD, Score, Skill, Verdict};

/// Whoever does nothing about a practice ticket for so long is reminded of it …
pub const REMIND_AFTER: Duration = Duration::from_hours(2 * 24);
/// … and if they still do nothing for so long after that, it is given up.
pub const STOP_AFTER: Duration = Duration::from_hours(3 * 24);
/// Stands for a desk's second level where that has no name of its own.
pub const SECOND_LEVEL: &str = "*";
/// As many as a select can offer.
pub const CHOICES_MAX: usize = 25;
/// A shorter keyword is found as a whole word only; a longer one also where a word begins with it.
const STEM_MIN: usize = 4;

/// What a pretended requester wants, says when asked, and what the right thing to do is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// What it is called by, the same in every language.
    pub name: String,
    /// Its language.
    pub language: Language,
    /// What it is about, in one line.
    pub title: String,
    /// The pretended requester.
    pub requester: String,
    /// How they ask for help.
    pub opening: String,
    /// The category it belongs into.
    pub category: String,
    /// The articles of which any helps; none when no article does.
    pub articles: Vec<ArticleId>,
    /// The specialism it has to be handed over to, if first level cannot solve it.
    pub escalation: Option<String>,
    /// Why all of this is right.
    pub why: String,
    /// What one asks oneself about one's own tone, at the end.
    pub tone: Vec<String>,
    /// What the pretended requester says.
    pub script: Script,
}

/// What a pretended requester says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// When nothing else fits.
    pub otherwise: String,
    /// When asked for something.
    pub when: Vec<Line>,
    /// When given a solution.
    pub solved: Option<String>,
    /// When handed over.
    pub escalated: Option<String>,
}

/// An answer of a pretended requester, and what it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Words and phrases, one of which has to be asked.
    pub keywords: Vec<String>,
    /// The answer.
    pub text: String,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Scenario {
    /// The same with the names that a desk has for its category and its specialism. Where a desk has one second level for
    /// everything, that is where it belongs.
    #[must_use]
    pub fn on_desk(self, categories: &[Category], specialisms: &[Specialism]) -> Self {
        let category = match category::named(categories, &self.category) {
            Some(known) => known.name.clone(),
            None => self.category,
        };
        let escalation = self.escalation.map(|wanted| match specialisms {
            [_] => SECOND_LEVEL.to_owned(),
            several => {
                let known = several.iter().find(|specialism| is_called(specialism, &wanted));
                known.map_or(wanted, specialism_value)
            }
        });
        Self { category, escalation, ..self }
    }

    /// What the pretended requester answers: the line with the most keywords in the question, of several the first.
    /// `words` cuts a text into words to compare.
    pub fn answer(&self, asked: &str, words: impl Fn(&str) -> Vec<String>) -> &str {
        let asked = words(asked);
        let mut best: Option<(usize, &Line)> = None;
        for line in &self.script.when {
            let found = line.keywords.iter().filter(|keyword| is_asked(&words(keyword), &asked)).count();
            if found > best.map_or(0, |(most, _)| most) {
                best = Some((found, line));
            }
        }
        best.map_or(&self.script.otherwise, |(_, line)| &line.text)
    }

    /// The categories to choose from: the desk's and those of other scenarios, so that the right one is not alone.
    pub fn categories<'a>(
        &self,
        known: &[Category],
        of_scenarios: impl Iterator<Item = &'a str>,
    ) -> Vec<Choice> {
        let canonical = |name: &str| match category::named(known, name) {
            Some(category) => choice(&category.name, category.label(self.language)),
            None => choice(name, name),
        };
        let of_desk = known.iter().map(|category| choice(&category.name, category.label(self.language)));
        choices(canonical(&self.category), of_desk.chain(of_scenarios.map(canonical)))
    }

    /// The specialisms to choose from; one alone needs no choice.
    pub fn specialisms(&self, known: &[Specialism]) -> Vec<Choice> {
        let of_desk = known.iter().map(|specialism| {
            let value = specialism_value(specialism);
            let german = specialism.german.clone().filter(|_| self.language == Language::De);
            Choice { label: german.unwrap_or_else(|| value.clone()), value }
        });
        match &self.escalation {
            Some(expected) => {
                let listed = of_desk.clone().find(|choice| same(&choice.value, expected));
                choices(listed.unwrap_or_else(|| choice(expected, expected)), of_desk)
            }
            None => of_desk.take(CHOICES_MAX).collect(),
        }
    }
}

/// The right one among others, each once, in the order of their labels, so that no place tells which one is right.
fn choices(right: Choice, others: impl Iterator<Item = Choice>) -> Vec<Choice> {
    let mut chosen = vec![right];
    for other in others {
        if chosen.len() < CHOICES_MAX && !chosen.iter().any(|known| same(&known.value, &other.value)) {
            chosen.push(other);
        }
    }
    chosen.sort_by_key(|choice| choice.label.to_lowercase());
    chosen
}

fn choice(value: &str, label: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned() }
}

fn specialism_value(specialism: &Specialism) -> String {
    specialism.name.clone().unwrap_or_else(|| SECOND_LEVEL.to_owned())
}

fn is_called(specialism: &Specialism, wanted: &str) -> bool {
    [&specialism.name, &specialism.german].into_iter().flatten().any(|name| same(name, wanted))
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn is_asked(phrase: &[String], asked: &[String]) -> bool {
    let fits = |keyword: &String, word: &String| {
        word == keyword || (keyword.chars().count() >= STEM_MIN && word.starts_with(keyword.as_str()))
    };
    !phrase.is_empty()
        && asked
            .windows(phrase.len())
            .any(|window| phrase.iter().zip(window).all(|(keyword, word)| fits(keyword, word)))
}

/// One practice ticket of one agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its row.
    pub id: PracticeId,
    /// Its server.
    pub guild: GuildId,
    /// Who trains.
    pub user: UserId,
    /// The scenario as it was at the start: its file may change meanwhile.
    pub scenario: Scenario,
    /// Since when.
    pub started_at: Timestamp,
    /// Its thread, once there is one.
    pub thread: Option<ChannelId>,
    /// Its card there.
    pub card: Option<MessageId>,
    /// When the card was posted: a response time begins when there is something to respond to.
    pub shown_at: Option<Timestamp>,
    /// When its agent did something first.
    pub first_action_at: Option<Timestamp>,
    /// The article they chose.
    pub article: Option<Offered>,
    /// The category they chose.
    pub category: Option<String>,
    /// The specialism they chose, before they hand it over.
    pub specialism: Option<String>,
    /// How far they are.
    pub stage: Stage,
}

/// How far somebody is with a practice ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// The pretended requester waits.
    Working,
    /// It is decided; the agent goes through the questions about their own tone.
    Reviewing {
        /// What they decided.
        ending: Ending,
        /// The questions they said yes to, by their place.
        kept: BTreeSet<usize>,
    },
    /// It is scored.
    Finished {
        /// When.
        at: Timestamp,
        /// What they decided.
        ending: Ending,
        /// What it comes to.
        score: Score,
    },
    /// It was given up, and counts for nothing.
    Stopped {
        /// When.
        at: Timestamp,
    },
}

/// What became of a practice ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ending", rename_all = "snake_case")]
pub enum Ending {
    /// The agent gave a solution.
    Resolved,
    /// The agent handed it over.
    Escalated {
        /// To which specialism.
        to: String,
    },
}

/// Why something cannot be done with a practice ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PracticeError {
    /// It is solved or handed over already.
    #[error("it is decided already")]
    Decided,
    /// It has to be solved or handed over first.
    #[error("it is not decided yet")]
    Undecided,
    /// It is over.
    #[error("it is over")]
    Over,
    /// Nobody was chosen to hand it over to.
    #[error("it is not said to whom it goes")]
    ToWhom,
}

impl Attempt {
    /// When it ended, however it did.
    pub fn over_at(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Finished { at, .. } | Stage::Stopped { at } => Some(at),
            Stage::Working | Stage::Reviewing { .. } => None,
        }
    }

    /// What it comes to, once it is finished.
    pub fn score(&self) -> Option<&Score> {
        match &self.stage {
            Stage::Finished { score, .. } => Some(score),
            Stage::Working | Stage::Reviewing { .. } | Stage::Stopped { .. } => None,
        }
    }

    /// Does something about the request that leaves no trace but the time: asking, searching.
    pub fn act(self, now: Timestamp) -> Result<Self, PracticeError> {
        match self.stage {
            Stage::Working => Ok(Self { first_action_at: self.first_action_at.or(Some(now)), ..self }),
            Stage::Reviewing { .. } => Err(PracticeError::Decided),
            Stage::Finished { .. } | Stage::Stopped { .. } => Err(PracticeError::Over),
        }
    }

    /// Chooses the article that helps.
    pub fn choose_article(self, article: Offered, now: Timestamp) -> Result<Self, PracticeError> {
        Ok(Self { article: Some(article), ..self.act(now)? })
    }

    /// Chooses the category.
    pub fn choose_category(self, category: String, now: Timestamp) -> Result<Self, PracticeError> {
        Ok(Self { category: Some(category), ..self.act(now)? })
    }

    /// Chooses to whom it will be handed over.
    pub fn choose_specialism(self, specialism: String, now: Timestamp) -> Result<Self, PracticeError> {
        Ok(Self { specialism: Some(specialism), ..self.act(now)? })
    }

    /// Gives a solution.
    pub fn resolve(self, now: Timestamp) -> Result<Self, PracticeError> {
        Ok(self.act(now)?.end(Ending::Resolved))
    }

    /// Hands it over to the specialism that was chosen.
    pub fn escalate(self, now: Timestamp) -> Result<Self, PracticeError> {
        let acted = self.act(now)?;
        let to = acted.specialism.clone().ok_or(PracticeError::ToWhom)?;
        Ok(acted.end(Ending::Escalated { to }))
    }

    fn end(self, ending: Ending) -> Self {
        Self { stage: Stage::Reviewing { ending, kept: BTreeSet::new() }, ..self }
    }

    /// Says yes to a question about one's own tone, or takes that back.
    pub fn keep(self, item: usize) -> Result<Self, PracticeError> {
        let (ending, mut kept) = self.stage.reviewing()?;
        if item < self.scenario.tone.len() && !kept.remove(&item) {
            kept.insert(item);
        }
        Ok(Self { stage: Stage::Reviewing { ending, kept }, ..self })
    }

    /// Ends it with a score.
    pub fn finish(self, now: Timestamp) -> Result<Self, PracticeError> {
        let (ending, kept) = self.stage.reviewing()?;
        let score = score::score(&self, &ending, kept.len());
        Ok(Self { stage: Stage::Finished { at: now, ending, score }, ..self })
    }

    /// Gives it up.
    pub fn stop(self, now: Timestamp) -> Result<Self, PracticeError> {
        match self.stage {
            Stage::Working | Stage::Reviewing { .. } => {
                Ok(Self { stage: Stage::Stopped { at: now }, ..self })
            }
            Stage::Finished { .. } | Stage::Stopped { .. } => Err(PracticeError::Over),
        }
    }
}

impl Stage {
    fn reviewing(&self) -> Result<(Ending, BTreeSet<usize>), PracticeError> {
        match self {
            Self::Reviewing { ending, kept } => Ok((ending.clone(), kept.clone())),
            Self::Working => Err(PracticeError::Undecided),
            Self::Finished { .. } | Self::Stopped { .. } => Err(PracticeError::Over),
        }
    }
}

#[cfg(test)]
mod tests;
