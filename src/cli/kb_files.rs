//! `frontdesk kb lint`, `kb import` and `kb export`: what is done with the files of the articles.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use chrono::DateTime;

use super::kb::write_json;
use crate::domain::article::Article;
use crate::domain::time::Clock;
use crate::knowledge::export::{ExportOptions, Exported, Fate, export as export_articles};
use crate::knowledge::import::{ImportOptions, import as import_articles};
use crate::knowledge::lint::lint as lint_articles;

/// Names every fault; exit code 1 when there is one.
pub(super) fn lint(out: &mut impl Write, kb: &Path, strict: bool, json: bool) -> anyhow::Result<ExitCode> {
    let today = DateTime::from_timestamp_millis(Clock::default().now().0).unwrap_or_default().date_naive();
    let found = lint_articles(kb, today)?;
    if json {
        write_json(out, &serde_json::to_value(&found)?)?;
    } else {
        for fault in &found.faults {
            writeln!(out, "{}/{fault}", kb.display())?;
        }
        for warning in &found.warnings {
            writeln!(out, "{}/{}:{}: warning: {}", kb.display(), warning.file, warning.line, warning.reason)?;
        }
        let (faults, warnings) = (found.faults.len(), found.warnings.len());
        let (articles, replies, scenarios) = (found.articles, found.replies, found.scenarios);
        writeln!(
            out,
            "{articles} articles, {replies} replies, {scenarios} scenarios, {faults} faults, {warnings} warnings"
        )?;
    }
    let passes = found.faults.is_empty() && (!strict || found.warnings.is_empty());
    Ok(if passes { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Imports; exit code 1 when something should have come along and could not.
pub(super) fn import(out: &mut impl Write, options: &ImportOptions, json: bool) -> anyhow::Result<ExitCode> {
    let imported = import_articles(options)?;
    if json {
        write_json(out, &serde_json::to_value(&imported)?)?;
    } else {
        for taken in &imported.taken {
            let file = options.into.join(&taken.file);
            writeln!(out, "taken    {} -> {}", shown(&taken.source), file.display())?;
            for note in &taken.notes {
                writeln!(out, "         {}", shown(note))?;
            }
        }
        for (word, left) in [("skipped", &imported.skipped), ("refused", &imported.refused)] {
            for left in left {
                writeln!(out, "{word}  {}: {}", shown(&left.source), shown(&left.reason))?;
            }
        }
        let counts = [imported.taken.len(), imported.skipped.len(), imported.refused.len()];
        let would = if options.dry_run { " (only tried, nothing was written)" } else { "" };
        writeln!(out, "{} taken, {} skipped, {} refused{would}", counts[0], counts[1], counts[2])?;
    }
    Ok(if imported.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Exports; exit code 1 when an article is not in its file afterwards.
pub(super) fn export(
    out: &mut impl Write,
    articles: &[Article],
    options: &ExportOptions,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let exported = export_articles(articles, options);
    let is_missing = |fate: &Fate| matches!(fate, Fate::Kept | Fate::Refused(_));
    let missing = exported.iter().filter(|exported| is_missing(&exported.fate)).count();
    if json {
        write_json(out, &serde_json::to_value(&exported)?)?;
    } else {
        for Exported { file, title, fate } in &exported {
            let (word, why) = match fate {
                Fate::Written => ("written", None),
                Fate::Replaced => ("replaced", None),
                Fate::Unchanged => ("unchanged", None),
                Fate::Kept => ("kept", Some("the file says something else; --replace makes it give way")),
                Fate::Refused(reason) => ("refused", Some(reason.as_str())),
            };
            let why = why.map(|why| format!(": {}", shown(why))).unwrap_or_default();
            writeln!(out, "{word:<9} {}  {}{why}", options.into.join(file).display(), shown(title))?;
        }
        let would = if options.dry_run { " (only tried, nothing was written)" } else { "" };
        writeln!(out, "{} articles, {missing} not in their files{would}", exported.len())?;
    }
    Ok(if missing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Foreign text for a terminal, which would obey control characters.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
