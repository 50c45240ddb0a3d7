//! `frontdesk kb …`: looking at the knowledge base from the command line.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::kb_files;
use crate::config::Place;
use crate::domain::article::{Article, Audience, Language};
use crate::domain::id::GuildId;
use crate::knowledge::answer::{Answer, Confidence, Part, Question};
use crate::knowledge::eval::{EvalOptions, run_eval, run_learning_eval};
use crate::knowledge::explain::Explanation;
use crate::knowledge::export::ExportOptions;
use crate::knowledge::import::ImportOptions;
use crate::knowledge::shelf::Shelf;
use crate::knowledge::{Knowledge, KnowledgeOptions};

/// Far more than a server may publish.
const MOST_EXPORTED: i64 = 100_000;

/// What can be done with the articles.
#[derive(Debug, Subcommand)]
pub(super) enum Kb {
    /// Name every fault in the articles, with file and line; exit code 1 when there is one
    Lint {
        /// Folder of articles
        #[arg(long, env = "FRONTDESK_KB", default_value = "kb")]
        kb: PathBuf,
        /// Warnings count as faults
        #[arg(long)]
        strict: bool,
        /// For machines
        #[arg(long)]
        json: bool,
    },
    /// Take over articles from a folder of Markdown or a portable ZIP of BookStack; nothing is overwritten
    Import {
        /// The folder or the ZIP
        source: PathBuf,
        /// Folder of articles
        #[arg(long, env = "FRONTDESK_KB", default_value = "kb")]
        into: PathBuf,
        /// Language of articles that do not show theirs: en or de
        #[arg(long, default_value = "en", value_parser = language)]
        lang: Language,
        /// Only say what would be done
        #[arg(long)]
        dry_run: bool,
        /// For machines
        #[arg(long)]
        json: bool,
    },
    /// Write the articles that were published on a server's desk into files, for a folder under version control
    Export {
        /// The server's id: right-click it in Discord and choose Copy Server ID (developer mode)
        #[arg(long, value_name = "ID")]
        guild: u64,
        /// Folder for the files, such as the folder of articles itself
        into: PathBuf,
        /// Files that say something else give way
        #[arg(long)]
        replace: bool,
        /// Only say what would be done
        #[arg(long)]
        dry_run: bool,
        /// For machines
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Ask a question as an employee would
    Search {
        /// The question
        question: String,
        /// The asker's language: en or de
        #[arg(long, default_value = "en", value_parser = language)]
        lang: Language,
        /// Search what is for staff only as well
        #[arg(long)]
        staff: bool,
        /// Show why each article was found, and what the confidence is made of
        #[arg(long)]
        explain: bool,
        /// Folder of articles
        #[arg(long, env = "FRONTDESK_KB", default_value = "kb")]
        kb: PathBuf,
        /// For machines
        #[arg(long)]
        json: bool,
    },
    /// Measure the search on a set of labelled questions
    Eval {
        /// One article a line: {"id","title","text","lang"}
        #[arg(long)]
        corpus: PathBuf,
        /// One question a line: {"id","text","lang"}
        #[arg(long)]
        queries: PathBuf,
        /// Question, article and grade, separated by tabs
        #[arg(long)]
        qrels: PathBuf,
        /// Ids of questions that nothing in the corpus answers, one a line
        #[arg(long)]
        no_answer: Option<PathBuf>,
        /// Take half of the questions as confirmed, and ask the other half without and with what was learned
        #[arg(long)]
        learning: bool,
        /// For machines
        #[arg(long)]
        json: bool,
    },
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_locale(code).ok_or_else(|| "en or de".to_owned())
}

/// Runs it.
pub(super) async fn run(command: Kb) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout();
    match command {
        Kb::Lint { kb, strict, json } => kb_files::lint(&mut out, &kb, strict, json),
        Kb::Import { source, into, lang, dry_run, json } => {
            let options = ImportOptions { source, into, language: lang, dry_run };
            kb_files::import(&mut out, &options, json)
        }
        Kb::Export { guild, into, replace, dry_run, json, place } => {
            let options = ExportOptions { into, replace, dry_run };
            let articles = published(GuildId::from_snowflake(guild), place).await?;
            kb_files::export(&mut out, &articles, &options, json)
        }
        Kb::Search { question, lang, staff, explain, kb, json } => {
            let audience = if staff { Audience::Staff } else { Audience::Everyone };
            let knowledge = open(&kb)?;
            let question = Question { guild: GuildId(0), text: question, language: lang, audience };
            let shelf = Shelf::default();
            let mut answer = knowledge.answer_blocking(&shelf, &question)?;
            for hit in answer.hits.iter_mut().skip(1) {
                if let Some(found) = knowledge.passage_blocking(&shelf, &hit.article, &question)? {
                    hit.passage = found.passage;
                }
            }
            let explanation = explain.then(|| knowledge.explain(&question)).transpose()?;
            if json {
                write_json(&mut out, &as_json(&answer, explanation.as_ref()))?;
                return Ok(ExitCode::SUCCESS);
            }
            show(&mut out, &answer)?;
            if let Some(explanation) = explanation {
                write!(out, "\n{explanation}")?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Kb::Eval { corpus, queries, qrels, no_answer, learning, json } => {
            let options = EvalOptions { corpus, queries, qrels, no_answer };
            let (shown, as_json) = if learning {
                let report = run_learning_eval(&options)?;
                (format!("{report}\n"), serde_json::to_value(&report)?)
            } else {
                let report = run_eval(&options)?;
                (report.to_string(), serde_json::to_value(&report)?)
            };
            if json {
                write_json(&mut out, &as_json)?;
            } else {
                write!(out, "{shown}")?;
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// What was published on the desk of a server.
async fn published(guild: GuildId, place: Place) -> anyhow::Result<Vec<Article>> {
    let store = super::store_with(guild, place).await?;
    let articles = store.live_articles(guild, MOST_EXPORTED).await?;
    store.close().await;
    Ok(articles)
}

/// The articles with an index of their own for this once, so that a running desk is not disturbed.
fn open(kb: &Path) -> anyhow::Result<Knowledge> {
    let index = tempfile::tempdir()?;
    let options = KnowledgeOptions { kb_folder: kb.to_owned(), index_folder: index.path().to_owned() };
    Ok(Knowledge::open(&options)?.0)
}

fn show(out: &mut impl Write, answer: &Answer) -> std::io::Result<()> {
    let verdict = match answer.confidence {
        Confidence::Confident => "This answers it",
        Confidence::Maybe => "One of these may help",
        Confidence::None => "Nothing answers it",
    };
    writeln!(out, "{verdict} ({:.2})", answer.score)?;
    for hit in &answer.hits {
        writeln!(out, "\n{} ({})", hit.title, hit.article.0)?;
        let passage = hit.passage.parts.iter().map(plain).collect::<String>();
        for line in passage.lines() {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

/// A piece of a passage as a terminal shows it.
fn plain(part: &Part) -> String {
    match part {
        Part::Text(text) | Part::Strong(text) => text.clone(),
        Part::Marked(text) => format!("*{text}*"),
        Part::Code(text) => format!("`{text}`"),
        Part::CodeBlock(text) | Part::Heading(text) => format!("\n{text}\n"),
        Part::Link { label, url } => format!("{label} <{url}>"),
        Part::LineBreak | Part::Paragraph => "\n".to_owned(),
        Part::Bullet(depth) => format!("\n{}- ", "  ".repeat(usize::from(*depth))),
        Part::Number { depth, number } => format!("\n{}{number}. ", "  ".repeat(usize::from(*depth))),
    }
}

fn as_json(answer: &Answer, explanation: Option<&Explanation>) -> serde_json::Value {
    let confidence = match answer.confidence {
        Confidence::Confident => "confident",
        Confidence::Maybe => "maybe",
        Confidence::None => "none",
    };
    let hits = answer.hits.iter().map(|hit| {
        json!({
            "article": hit.article,
            "title": hit.title,
            "language": hit.language,
            "score": hit.score,
            "passage": hit.passage.parts.iter().map(plain).collect::<String>().trim(),
        })
    });
    let mut value =
        json!({ "confidence": confidence, "score": answer.score, "hits": hits.collect::<Vec<_>>() });
    if let Some(explanation) = explanation {
        value["explanation"] = json!(explanation);
    }
    value
}

pub(super) fn write_json(out: &mut impl Write, value: &serde_json::Value) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    Ok(writeln!(out)?)
}
