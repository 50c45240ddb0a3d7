//! From a question to the articles that answer it, best first, each with what speaks for it.
//!
//! Two steps. *Gathering* walks the postings of the question's terms and keeps the most promising articles; the
//! commonest words are left out once enough postings were read, so that a question of little words costs no more
//! than any other. *Examining* scores those candidates exactly, over all fields and with positions.
//!
//! The score is a sum, and it is comparable between questions as the share of what a perfect article would get:
//! a second ranker can be added to it by weight. It fails only if a file of the index cannot be read.

use std::collections::HashSet;

use tantivy::DocAddress;

use crate::domain::article::Language;
use crate::search::evidence::{Evidence, QuestionEvidence};
use crate::search::gather::CANDIDATES;
use crate::search::index::{Index, SearchError, position};
use crate::search::matcher::Matcher;
use crate::search::plan::{Asked, Beside, Ground, Plan, idf};
use crate::search::scorer::Scorer;
use crate::search::synonyms::Synonyms;
use crate::search::tuning::Tuning;

/// What to look for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The question, any text.
    pub text: &'a str,
    /// The person's own language.
    pub language: Language,
    /// Whether articles for staff may be found.
    pub staff: bool,
    /// How many articles are wanted.
    pub limit: usize,
    /// Look at this article alone.
    pub only: Option<&'a str>,
    /// Articles that are not to be found.
    pub without: &'a [&'a str],
    /// Another index that answers the same question, so that scores can be compared.
    pub beside: Option<&'a Index>,
}

/// An article that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its stable name.
    pub id: String,
    /// Its language.
    pub language: Language,
    /// The share of a perfect article's score, weighed down when it is in the other language: by a factor, and to
    /// less than the best article in the person's own when that one fits.
    pub score: f32,
    /// What speaks for it.
    pub evidence: Evidence,
    pub(super) address: DocAddress,
}

/// What was found for a question.
#[derive(Debug, Default)]
pub struct Findings {
    /// Best first.
    pub hits: Vec<Found>,
    /// The language it was asked in.
    pub language: Option<Language>,
    /// What the question itself says.
    pub question: QuestionEvidence,
    /// Which words of an article match the question, per language of the article, as far as articles were found.
    matchers: [Matcher; 2],
}

impl Findings {
    /// Takes in what another index has found for the same question beside this one.
    pub fn take_in(&mut self, other: Self, limit: usize) {
        self.hits.extend(other.hits);
        self.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        self.hits.truncate(limit);
        if self.question == QuestionEvidence::default() {
            self.question = other.question;
        }
        for (ours, theirs) in self.matchers.iter_mut().zip(other.matchers) {
            ours.take_in(theirs);
        }
    }

    /// Tells which words of an article in a language match the question.
    pub fn matcher(&self, language: Language) -> &Matcher {
        &self.matchers[position(language)]
    }
}

impl Index {
    /// Finds the articles that answer a question best.
    pub fn search(
        &self,
        request: &Request<'_>,
        synonyms: &Synonyms,
        tuning: &Tuning,
    ) -> Result<Findings, SearchError> {
        let snapshot = self.snapshot();
        let asked = Asked::new(request.text, request.language);
        let asked_in = asked.language;
        let mut findings = Findings { language: Some(asked_in), ..Findings::default() };
        let mut plans = [Plan::default(), Plan::default()];
        let mut ranked: Vec<(f32, DocAddress, Evidence)> = Vec::new();
        let only = request.only.map(|id| snapshot.find(id)).transpose()?;
        let without: HashSet<DocAddress> = request
            .without
            .iter()
            .filter_map(|id| snapshot.find(id).transpose())
            .collect::<Result<_, _>>()?;
        // Their own language first: it decides what the other one has to surpass.
        for language in [asked_in, asked_in.other()] {
            let part = &snapshot.parts[position(language)];
            if part.articles == 0 {
                continue;
            }
            let other = request.beside.map(|index| &index.snapshot().parts[position(language)]);
            let beside = other.map(|part| Beside { articles: part.articles, vocabulary: &part.vocabulary });
            let articles = part.articles;
            let vocabulary = &part.vocabulary;
            let ground = Ground { language, articles, vocabulary, synonyms, tuning, beside };
            let plan = Plan::new(&ground, &asked);
            if language == asked_in || findings.question == QuestionEvidence::default() {
                findings.question = question_evidence(&plan);
            }
            let mean_words = part.mean_words_with(other);
            let scorer = Scorer::new(snapshot, part, &plan, tuning, mean_words, &without);
            let candidates = match only {
                None if language == asked_in => scorer.gather(request.staff, CANDIDATES)?,
                None => scorer.gather(request.staff, CANDIDATES / 2)?,
                Some(Some(address)) if snapshot.language(address) == language => vec![address],
                Some(_) => Vec::new(),
            };
            let factor = if language == asked_in { 1.0 } else { tuning.other_language };
            let floor = least_wanted(&ranked, request.limit) / factor;
            for (address, evidence) in scorer.examine(&candidates, request.limit, floor)? {
                let visible = request.staff || !snapshot.is_staff_only(address);
                if visible && !without.contains(&address) {
                    ranked.push((evidence.relevance * factor, address, evidence));
                }
            }
            plans[position(language)] = plan;
        }
        prefer_own(&mut ranked, |address| snapshot.language(address) == asked_in);
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(request.limit);
        for (score, address, evidence) in ranked {
            let (id, language) = (snapshot.id(address)?, snapshot.language(address));
            let matcher = &mut findings.matchers[position(language)];
            if !matcher.is_for(language) {
                let vocabulary = &snapshot.parts[position(language)].vocabulary;
                *matcher = Matcher::new(language, &plans[position(language)], vocabulary);
            }
            findings.hits.push(Found { id, language, score, evidence, address });
        }
        Ok(findings)
    }

    /// The text that was given with an article that was found.
    pub fn source_of(&self, found: &Found) -> Result<String, SearchError> {
        self.snapshot().source(found.address)
    }
}

/// An article fits that says nearly as much of the question in one place as the other does, be it in synonyms.
const FITS: f32 = 0.8;

/// Puts what is in the other language right behind the best article in the person's own, where that one fits.
fn prefer_own(ranked: &mut [(f32, DocAddress, Evidence)], is_own: impl Fn(DocAddress) -> bool) {
    let own = ranked.iter().filter(|(_, address, _)| is_own(*address));
    let Some((best, _, evidence)) = own.max_by(|a, b| a.0.total_cmp(&b.0)).copied() else { return };
    for (score, address, other) in ranked.iter_mut().filter(|(score, ..)| *score >= best) {
        if !is_own(*address) && evidence.window >= FITS * other.window {
            // Just behind, and still in the order of their scores.
            *score = best * (1.0 - 0.001 / (1.0 + *score));
        }
    }
}

/// The score that a further article needs to be among so many.
fn least_wanted(ranked: &[(f32, DocAddress, Evidence)], wanted: usize) -> f32 {
    let mut scores: Vec<f32> = ranked.iter().map(|(score, ..)| *score).collect();
    if scores.len() < wanted || wanted == 0 {
        return 0.0;
    }
    *scores.select_nth_unstable_by(wanted - 1, |a, b| b.total_cmp(a)).1
}

fn question_evidence(plan: &Plan) -> QuestionEvidence {
    let unknown: f32 = plan.concepts.iter().filter(|c| !c.known).map(|c| c.weight * c.idf).sum();
    QuestionEvidence {
        unknown: unknown / plan.full_worth().max(f32::MIN_POSITIVE),
        worth: plan.full_worth() / idf(plan.articles, 1),
    }
}
