//! A report as people get it: lines to read, a picture, and tables for other programs. Made from the figures alone, the
//! same for a channel on Discord and for the command line.

mod chart;
mod table;
mod words;

use crate::domain::article::Language;
use crate::domain::file::File;
use crate::domain::report::Report;

pub use chart::chart;
pub use table::csv;
pub use words::{Section, sections, title};

/// A report could not be brought into a form.
#[derive(Debug, thiserror::Error)]
#[error("the report could not be made as {form}: {why}")]
pub struct Unmade {
    form: &'static str,
    why: String,
}

impl Unmade {
    fn new(form: &'static str, why: &dyn std::fmt::Display) -> Self {
        Self { form, why: why.to_string() }
    }
}

/// A report with its files, made where blocking is allowed: drawing takes some milliseconds.
pub async fn made(language: Language, report: Report) -> Result<(Report, Vec<File>), Unmade> {
    let work = move || files(language, &report).map(|files| (report, files));
    match tokio::task::spawn_blocking(work).await {
        Ok(made) => made,
        Err(failure) => match failure.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Unmade::new("files", &"the program is stopping")),
        },
    }
}

/// The files of a report: the picture first, then CSV and JSON.
pub fn files(language: Language, report: &Report) -> Result<Vec<File>, Unmade> {
    let name = format!("frontdesk-{}-to-{}", report.first_day, report.last_day);
    let picture = File {
        name: format!("{name}.png"),
        media_type: "image/png",
        description: Some(words::described(language, report)),
        bytes: chart(language, report)?.into(),
    };
    let other = |ending: &str, media_type, bytes: Vec<u8>| File {
        name: format!("{name}.{ending}"),
        media_type,
        description: None,
        bytes: bytes.into(),
    };
    let table = other("csv", "text/csv", csv(report)?);
    let data = other("json", "application/json", json(report)?);
    Ok(vec![picture, table, data])
}

/// The whole report for other programs.
pub fn json(report: &Report) -> Result<Vec<u8>, Unmade> {
    let mut text = serde_json::to_vec_pretty(report).map_err(|error| Unmade::new("JSON", &error))?;
    text.push(b'\n');
    Ok(text)
}
