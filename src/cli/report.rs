//! `frontdesk report`: the figures of a server on the command line, from the database alone.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use crate::config::Place;
use crate::desk;
use crate::domain::article::Language;
use crate::domain::id::GuildId;
use crate::domain::period::Choice;
use crate::domain::report::Report;
use crate::domain::time::Clock;
use crate::report;

/// What is wanted of a report.
#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// The server's id: right-click it in Discord and choose Copy Server ID (developer mode)
    #[arg(long, value_name = "ID")]
    guild: u64,
    /// Which days
    #[arg(long, default_value = Choice::Last30Days.code(), value_parser = choices())]
    period: String,
    /// The language of words and picture
    #[arg(long, default_value = "en", value_parser = ["en", "de"])]
    lang: String,
    /// Everything as JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Every figure as CSV
    #[arg(long)]
    csv: bool,
    /// Draw the picture into this file as well
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

fn choices() -> Vec<&'static str> {
    Choice::ALL.map(Choice::code).to_vec()
}

/// Prints what is wanted.
pub(super) async fn run(wanted: Wanted) -> anyhow::Result<ExitCode> {
    let Wanted { guild, period, lang, json, csv, png, place } = wanted;
    let language = Language::from_locale(&lang).unwrap_or(Language::En);
    let choice = Choice::from_code(&period).unwrap_or_default();
    let guild = GuildId::from_snowflake(guild);
    let store = super::store_with(guild, place).await?;
    let figures = desk::report::chosen(&store, &Clock::default(), guild, choice).await?;
    store.close().await;
    if let Some(file) = png {
        let picture = report::chart(language, &figures)?;
        std::fs::write(&file, picture).with_context(|| format!("cannot write {}", file.display()))?;
    }
    let text = if json {
        report::json(&figures)?
    } else if csv {
        report::csv(&figures)?
    } else {
        lines(language, &figures).into_bytes()
    };
    std::io::stdout().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn lines(language: Language, figures: &Report) -> String {
    let mut lines = vec![report::title(language, figures)];
    for section in report::sections(language, figures) {
        lines.push(String::new());
        lines.push(section.title);
        lines.extend(section.lines.into_iter().map(|(label, value)| format!("  {label}: {value}")));
    }
    lines.push(String::new());
    lines.join("\n")
}
