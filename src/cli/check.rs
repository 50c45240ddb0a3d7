//! `frontdesk check`: everything that an admin should know about a desk, in sentences.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::config::Given;
use crate::doctor::{self, Diagnosis};
use crate::domain::diagnosis::Level;
use crate::domain::time::Clock;

/// What is to be looked over.
#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// For machines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    given: Given,
}

/// Prints what was found; 1 when something is broken.
pub(super) async fn run(wanted: Wanted) -> anyhow::Result<ExitCode> {
    let diagnosis = doctor::examine(wanted.given, &Clock::default()).await;
    let text = if wanted.json { machine(&diagnosis) } else { lines(&diagnosis) };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(if diagnosis.level() == Level::Fault { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn machine(diagnosis: &Diagnosis) -> String {
    let sections: serde_json::Map<_, _> = diagnosis
        .sections
        .iter()
        .map(|(section, findings)| ((*section).to_owned(), json!(findings)))
        .collect();
    let all = json!({ "level": diagnosis.level(), "sections": sections, "stored": diagnosis.stored });
    format!("{all:#}\n")
}

fn lines(diagnosis: &Diagnosis) -> String {
    let mut lines = Vec::new();
    for (section, findings) in &diagnosis.sections {
        for finding in findings {
            lines.push(format!("{:<8} {section}: {}", mark(finding.level), finding.sentence));
        }
        if *section == "database" {
            for (table, stored) in &diagnosis.stored {
                lines.push(format!("         {table:<22} {:>10} rows, {}", stored.rows, stored.kept));
            }
        }
    }
    let end = match diagnosis.level() {
        Level::Good => "all is well",
        Level::Warning => "it works; see the warnings",
        Level::Fault => "something is broken",
    };
    lines.push(format!("{end}\n"));
    lines.join("\n")
}

const fn mark(level: Level) -> &'static str {
    match level {
        Level::Good => "ok",
        Level::Warning => "warning",
        Level::Fault => "FAULT",
    }
}
