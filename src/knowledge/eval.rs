//! Measuring the search on labelled questions.
//!
//! A set is a corpus, questions, relevance labels, and optionally the questions that nothing in the corpus answers.
//! Every question goes the same way as a person's, with no setting of its own; `lang` of a question stands for the
//! person's locale. Files that cannot be read, and labels of questions or articles that are not there, are errors that
//! name the file and line; questions without a label are left out of the figures that need one.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::domain::article::{Article, ArticleId, Audience, Language};
use crate::domain::id::GuildId;
use crate::knowledge::answer::Question;
use crate::knowledge::shelf::Shelf;
use crate::knowledge::{Knowledge, KnowledgeError};

/// How deep a ranking is judged.
const DEPTH: usize = 10;

/// The shares of all questions at which precision is told, in percent.
const COVERAGES: [usize; 3] = [50, 70, 90];

/// Where a set lies.
#[derive(Clone, Debug)]
pub struct EvalOptions {
    /// One article a line: `{"id","title","text","lang"}`.
    pub corpus: PathBuf,
    /// One question a line: `{"id","text","lang"}`.
    pub queries: PathBuf,
    /// Question, article and grade, separated by tabs.
    pub qrels: PathBuf,
    /// Names of questions without an answer, one a line.
    pub no_answer: Option<PathBuf>,
}

/// Why a set cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A file cannot be read.
    #[error("{} cannot be read: {reason}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// A line of a file is not what it should be.
    #[error("{}:{line}: {reason}", file.display())]
    Line {
        /// The file.
        file: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// No question of the set has a label.
    #[error("no question has a relevant article")]
    NoLabels,
    /// The search failed.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
}

/// The figures of one set. Those of confidence are absent where every question has an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvalReport {
    /// How well the first ten are ordered, by grades.
    pub ndcg_at_10: f64,
    /// The mean of one over the place of the first relevant article.
    pub mrr_at_10: f64,
    /// How often the first article is relevant.
    pub success_at_1: f64,
    /// How often one of the first three is.
    pub success_at_3: f64,
    /// The share of all relevant articles among the first ten.
    pub recall_at_10: f64,
    /// The probability that a question with an answer has more confidence than one without.
    pub auroc: Option<f64>,
    /// Of that share of all questions with the highest confidence, how many have a right first article.
    pub precision_at_coverage: BTreeMap<String, f64>,
    /// The time from question to answer, passages included.
    pub latency_ms: Latency,
    /// How many questions were asked.
    pub questions: usize,
    /// How many articles there are.
    pub articles: usize,
}

/// Times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Latency {
    /// Half of the questions are quicker.
    pub p50: f64,
    /// One in a hundred is slower.
    pub p99: f64,
}

impl std::fmt::Display for EvalReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{:<22}{:>8}", "articles", self.articles)?;
        writeln!(f, "{:<22}{:>8}", "questions", self.questions)?;
        for (name, figure) in [
            ("nDCG@10", self.ndcg_at_10),
            ("MRR@10", self.mrr_at_10),
            ("success@1", self.success_at_1),
            ("success@3", self.success_at_3),
            ("recall@10", self.recall_at_10),
        ] {
            writeln!(f, "{name:<22}{figure:>8.3}")?;
        }
        if let Some(auroc) = self.auroc {
            writeln!(f, "{:<22}{auroc:>8.3}", "AUROC of confidence")?;
        }
        for (coverage, precision) in &self.precision_at_coverage {
            writeln!(f, "{:<22}{precision:>8.3}", format!("right at {coverage} %"))?;
        }
        writeln!(f, "{:<22}{:>8.2}", "p50, ms", self.latency_ms.p50)?;
        write!(f, "{:<22}{:>8.2}", "p99, ms", self.latency_ms.p99)
    }
}

#[derive(Deserialize)]
struct CorpusLine {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
    lang: String,
}

#[derive(Deserialize)]
struct QueryLine {
    id: String,
    text: String,
    lang: String,
}

/// A set as read from its files.
#[derive(Debug)]
pub struct QuestionSet {
    articles: Vec<Article>,
    queries: Vec<(String, Question)>,
    grades: HashMap<String, HashMap<String, f64>>,
    no_answer: HashSet<String>,
}

/// What came of one question.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The names of the first articles.
    pub ranking: Vec<String>,
    /// The probability that the first one is right.
    pub confidence: f32,
    /// How long it took, in milliseconds.
    pub milliseconds: f64,
}

/// Reads a set, asks every question and judges the answers.
pub fn run_eval(options: &EvalOptions) -> Result<EvalReport, EvalError> {
    let set = QuestionSet::read(options)?;
    let knowledge = Knowledge::in_memory(set.articles.iter().cloned(), &[])?;
    set.judge(&knowledge)
}

impl QuestionSet {
    /// Reads the files.
    pub fn read(options: &EvalOptions) -> Result<Self, EvalError> {
        let articles = json_lines(&options.corpus, |line: CorpusLine| Article {
            id: ArticleId(line.id),
            title: line.title,
            language: Language::from_locale(&line.lang).unwrap_or(Language::En),
            tags: Vec::new(),
            questions: Vec::new(),
            category: None,
            audience: Audience::Everyone,
            owner: None,
            review_by: None,
            translation: None,
            body: line.text,
        })?;
        let queries = json_lines(&options.queries, |line: QueryLine| {
            let language = Language::from_locale(&line.lang).unwrap_or(Language::En);
            let question =
                Question { guild: GuildId(0), text: line.text, language, audience: Audience::Everyone };
            (line.id, question)
        })?;
        let known = Known {
            articles: articles.iter().map(|article: &Article| article.id.0.as_str()).collect(),
            queries: queries.iter().map(|(id, _): &(String, Question)| id.as_str()).collect(),
        };
        let grades = known.grades(&options.qrels)?;
        let no_answer =
            options.no_answer.as_deref().map(|path| known.no_answer(path)).transpose()?.unwrap_or_default();
        Ok(Self { articles, queries, grades, no_answer })
    }

    /// The articles of the set.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// The questions with their names.
    pub fn queries(&self) -> &[(String, Question)] {
        &self.queries
    }

    /// Whether a question is one that nothing answers.
    pub fn is_unanswerable(&self, query: &str) -> bool {
        self.no_answer.contains(query)
    }

    /// The grade of an article for a question, 0 when it is not relevant.
    pub fn grade(&self, query: &str, article: &str) -> f64 {
        self.grades.get(query).and_then(|grades| grades.get(article)).copied().unwrap_or(0.0)
    }

    /// Asks every question and judges the answers.
    pub fn judge(&self, knowledge: &Knowledge) -> Result<EvalReport, EvalError> {
        let mut outcomes = Vec::with_capacity(self.queries.len());
        for (_, question) in &self.queries {
            let started = Instant::now();
            std::hint::black_box(knowledge.answer_blocking(&Shelf::default(), question)?);
            let milliseconds = started.elapsed().as_secs_f64() * 1_000.0;
            let (findings, confidence) = knowledge.ranked(question, DEPTH)?;
            let ranking = findings.hits.into_iter().map(|found| found.id).collect();
            outcomes.push(Outcome { ranking, confidence, milliseconds });
        }
        self.report(&outcomes)
    }

    /// Judges what came of every question, in their order.
    pub fn report(&self, outcomes: &[Outcome]) -> Result<EvalReport, EvalError> {
        let mut sums = [0.0; 5];
        let mut labelled = 0_usize;
        for ((id, _), outcome) in self.queries.iter().zip(outcomes) {
            let Some(grades) = self.grades.get(id).filter(|grades| grades.values().any(|grade| *grade > 0.0))
            else {
                continue;
            };
            labelled += 1;
            for (sum, figure) in sums.iter_mut().zip(figures(grades, &outcome.ranking)) {
                *sum += figure;
            }
        }
        if labelled == 0 {
            return Err(EvalError::NoLabels);
        }
        let [ndcg_at_10, mrr_at_10, success_at_1, success_at_3, recall_at_10] =
            sums.map(|sum| sum / count(labelled));
        let mut times: Vec<f64> = outcomes.iter().map(|outcome| outcome.milliseconds).collect();
        times.sort_by(f64::total_cmp);
        let percentile = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or(0.0);
        Ok(EvalReport {
            ndcg_at_10,
            mrr_at_10,
            success_at_1,
            success_at_3,
            recall_at_10,
            auroc: self.auroc(outcomes),
            precision_at_coverage: self.precision(outcomes),
            latency_ms: Latency { p50: percentile(50), p99: percentile(99) },
            questions: self.queries.len(),
            articles: self.articles.len(),
        })
    }

    /// By ranks: the probability that an answerable question has more confidence than an unanswerable one.
    fn auroc(&self, outcomes: &[Outcome]) -> Option<f64> {
        let mut scored: Vec<(f32, bool)> = Vec::new();
        for ((id, _), outcome) in self.queries.iter().zip(outcomes) {
            if self.grades.contains_key(id) || self.is_unanswerable(id) {
                scored.push((outcome.confidence, !self.is_unanswerable(id)));
            }
        }
        scored.sort_by(|a, b| a.0.total_cmp(&b.0));
        let answerable = scored.iter().filter(|(_, answerable)| *answerable).count();
        let unanswerable = scored.len() - answerable;
        if answerable == 0 || unanswerable == 0 {
            return None;
        }
        let mut below = 0_usize;
        let mut sum = 0.0;
        for tied in scored.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
            let without = tied.iter().filter(|(_, answerable)| !answerable).count();
            sum += count(tied.len() - without) * (count(below) + count(without) / 2.0);
            below += without;
        }
        Some(sum / (count(answerable) * count(unanswerable)))
    }

    fn precision(&self, outcomes: &[Outcome]) -> BTreeMap<String, f64> {
        let mut scored: Vec<(f32, bool)> = Vec::new();
        for ((id, _), outcome) in self.queries.iter().zip(outcomes) {
            let right = outcome.ranking.first().is_some_and(|first| self.grade(id, first) > 0.0);
            scored.push((outcome.confidence, right));
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let at = |percent: usize| {
            let taken = (scored.len() * percent).div_ceil(100).max(1);
            let right = scored.iter().take(taken).filter(|(_, right)| *right).count();
            (percent.to_string(), count(right) / count(taken))
        };
        if self.no_answer.is_empty() { BTreeMap::new() } else { COVERAGES.into_iter().map(at).collect() }
    }
}

/// nDCG, reciprocal rank, success at 1 and 3, and recall of one ranking.
fn figures(grades: &HashMap<String, f64>, ranking: &[String]) -> [f64; 5] {
    let grade = |id: &String| grades.get(id).copied().unwrap_or(0.0);
    let gain = |(place, grade): (usize, f64)| grade / (count(place) + 2.0).log2();
    let reached: f64 = ranking.iter().map(grade).enumerate().map(gain).sum();
    let mut best: Vec<f64> = grades.values().copied().collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let possible: f64 = best.iter().copied().take(DEPTH).enumerate().map(gain).sum();
    let first = ranking.iter().position(|id| grade(id) > 0.0);
    let found = ranking.iter().filter(|id| grade(id) > 0.0).count();
    let relevant = best.iter().filter(|grade| **grade > 0.0).count();
    let success = |within: usize| if first.is_some_and(|place| place < within) { 1.0 } else { 0.0 };
    let reciprocal = first.map_or(0.0, |place| 1.0 / (count(place) + 1.0));
    [reached / possible, reciprocal, success(1), success(3), count(found) / count(relevant)]
}

/// The names that labels may use.
struct Known<'a> {
    articles: HashSet<&'a str>,
    queries: HashSet<&'a str>,
}

impl Known<'_> {
    fn grades(&self, path: &Path) -> Result<HashMap<String, HashMap<String, f64>>, EvalError> {
        let mut grades: HashMap<String, HashMap<String, f64>> = HashMap::new();
        for (line, text) in (1..).zip(read(path)?.lines()).filter(|(_, text)| !text.trim().is_empty()) {
            let wrong = |reason: &str| wrong_line(path, line, reason);
            let mut columns = text.split('\t').map(str::trim);
            let (Some(query), Some(article)) = (columns.next(), columns.next()) else {
                return Err(wrong("expected question, article and grade, separated by tabs"));
            };
            if !self.queries.contains(query) {
                return Err(wrong(&format!("there is no question {query}")));
            }
            if !self.articles.contains(article) {
                return Err(wrong(&format!("there is no article {article}")));
            }
            let grade =
                columns.next().map_or(Ok(1.0), str::parse).map_err(|_| wrong("the grade is not a number"))?;
            grades.entry(query.to_owned()).or_default().insert(article.to_owned(), grade);
        }
        Ok(grades)
    }

    fn no_answer(&self, path: &Path) -> Result<HashSet<String>, EvalError> {
        let mut found = HashSet::new();
        for (line, id) in (1..).zip(read(path)?.lines().map(str::trim)).filter(|(_, id)| !id.is_empty()) {
            if !self.queries.contains(id) {
                return Err(wrong_line(path, line, &format!("there is no question {id}")));
            }
            found.insert(id.to_owned());
        }
        Ok(found)
    }
}

fn wrong_line(path: &Path, line: usize, reason: &str) -> EvalError {
    EvalError::Line { file: path.to_owned(), line, reason: reason.to_owned() }
}

fn json_lines<L: for<'de> Deserialize<'de>, T>(
    path: &Path,
    make: impl Fn(L) -> T,
) -> Result<Vec<T>, EvalError> {
    let mut values = Vec::new();
    for (line, text) in (1..).zip(read(path)?.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let parsed = serde_json::from_str(text).map_err(|error| EvalError::Line {
            file: path.to_owned(),
            line,
            reason: error.to_string(),
        })?;
        values.push(make(parsed));
    }
    Ok(values)
}

fn read(path: &Path) -> Result<String, EvalError> {
    fs::read_to_string(path).map_err(|reason| EvalError::File { file: path.to_owned(), reason })
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions are far below a float's limit")]
fn count(number: usize) -> f64 {
    number as f64
}
