//! Why a question has the answer that it has, for whoever keeps the articles.
//!
//! It speaks of the articles from files alone: it is asked for from the command line, which knows of no server.

use std::fmt;

use serde::Serialize;

use super::confidence::Parts;
use super::shelf::Shelf;
use super::{Knowledge, KnowledgeError, MAX_HITS, clipped, request};
use crate::domain::article::Language;
use crate::knowledge::answer::Question;
use crate::search::explain::{FoundAs, Part, Reasons, WordReason};
use crate::search::plan::Kinship;
use crate::search::tuning::Tuning;

/// Why a question has the answer that it has. As text it is for people, as JSON for machines.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The language it was taken to be asked in.
    pub asked_in: Option<Language>,
    /// Whether it is the very title or typical question of the first article, which decides by itself.
    pub is_title: bool,
    /// What the confidence in the first article is made of; none when nothing was found.
    pub confidence: Option<Parts>,
    /// Why each article was found, in the order of the answer.
    pub hits: Vec<Explained>,
}

/// Why an article was found.
#[derive(Clone, Debug, Serialize)]
pub struct Explained {
    /// The article.
    pub article: String,
    /// Its score.
    pub score: f32,
    /// What the score is made of.
    pub reasons: Reasons,
}

impl Knowledge {
    /// Explains the answer to a question, also one whose articles are not shown because nothing is sure enough.
    pub fn explain(&self, question: &Question) -> Result<Explanation, KnowledgeError> {
        let shelf = Shelf::default();
        let shared = self.shared();
        let (findings, _) = shared.rank(&shelf, question, MAX_HITS)?;
        let titled = shared.find_titled(&shelf, clipped(&question.text), question.audience)?;
        let request = request(question, MAX_HITS);
        let mut hits = Vec::with_capacity(findings.hits.len());
        for found in &findings.hits {
            let reasons = shared.index.explain(&request, found, &shared.synonyms, &Tuning::FITTED)?;
            hits.push(Explained { article: found.id.clone(), score: found.score, reasons });
        }
        Ok(Explanation {
            asked_in: findings.language,
            is_title: !titled.is_empty(),
            // As the ranking has it, before a translation may take the first place.
            confidence: Parts::of(&shared.find(&shelf, question, 1, None)?, 0.0),
            hits,
        })
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Why")?;
        if let Some(language) = self.asked_in {
            writeln!(f, "  asked in: {}", language.code())?;
        }
        match &self.confidence {
            _ if self.is_title => {
                writeln!(f, "  confidence: it is the title or a typical question of the first article")?;
            }
            Some(parts) => write!(f, "{parts}")?,
            None => writeln!(f, "  confidence: no article has a word of it")?,
        }
        self.hits.iter().try_for_each(|hit| write!(f, "{hit}"))
    }
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The command line asks for no server, which alone learns.
        let Self { bias, of_score, of_title_and_questions, learned: _, of_code } = self;
        writeln!(
            f,
            "  confidence: {bias:+.2} to begin with, {of_score:+.2} for the score, {of_title_and_questions:+.2} for \
             title and questions: a probability of {:.2}",
            self.probability()
        )?;
        if *of_code > 0.0 {
            writeln!(f, "  the first article has a rare code of the question: at least {of_code:.2}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reasons { words, together, in_line, in_order, language } = &self.reasons;
        writeln!(f, "\n  {}: score {:.3}", self.article, self.score)?;
        for word in words {
            writeln!(f, "    {:<20} {}", word.word, finds(word))?;
        }
        let places =
            [("close together", together), ("in one line", in_line), ("in the same order", in_order)];
        for (what, added) in places {
            writeln!(f, "    {what:<20} {added:+.3}")?;
        }
        if *language < 0.999 {
            writeln!(f, "    {:<20} x {language:.2}", "other language")?;
        }
        Ok(())
    }
}

/// As what a word was found: `+0.412  text: printer, the same, 3 x; title and questions: …`.
fn finds(word: &WordReason) -> String {
    let kind = if word.little { " (little word)" } else { "" };
    if word.found.is_empty() {
        let unknown = if word.known { "not here" } else { "in no article" };
        return format!("        {unknown}{kind}");
    }
    let added: f32 = word.found.iter().map(|found| found.added).sum();
    let found: Vec<String> = word.found.iter().map(find).collect();
    format!("{added:+.3}  {}{kind}", found.join("; "))
}

fn find(found: &FoundAs) -> String {
    let part = match found.part {
        Part::Text => "text",
        Part::TitleAndQuestions => "title and questions",
        Part::TagsAndHeadings => "tags and headings",
    };
    let kinship = match found.kinship {
        Kinship::Same => "the same",
        Kinship::Synonym => "a synonym",
        Kinship::Compound => "a compound or its part",
        Kinship::Typo => "a typing error",
        Kinship::Alike => "alike",
    };
    format!("{part}: {}, {kinship}, {} x", found.term, found.times)
}
