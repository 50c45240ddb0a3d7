//! The figures of a period: an embed to read at a glance, the picture in it, and the tables attached.

use serenity::model::Colour;

use super::frame::{Frame, fit};
use super::markdown::escape_one_line;
use super::{View, set_up};
use crate::discord::set_up_check::Finding;
use crate::domain::article::Language;
use crate::domain::file::File;
use crate::domain::report::Report;
use crate::report::{self, Section};
use crate::text;

const REPORT: Colour = Colour::new(0x0034_98DB);

/// A report with its files, the first of which is the picture.
pub(crate) fn report(language: Language, figures: &Report, files: Vec<File>) -> View {
    let mut frame =
        Frame::new(REPORT).title(report::title(language, figures)).footer(text::report_files(language));
    for section in report::sections(language, figures) {
        let lines = lines(&section);
        frame = frame.beside(section.title, lines);
    }
    let mut embeds = fit([frame]);
    if let Some(picture) = files.first() {
        let address = format!("attachment://{}", picture.name);
        embeds = embeds.into_iter().map(|embed| embed.image(address.clone())).collect();
    }
    View { embeds, files, ..View::default() }
}

/// Why there will be no weekly report in a channel.
pub(crate) fn weekly_refused(language: Language, findings: &[Finding]) -> View {
    let lines: Vec<_> =
        findings.iter().map(|finding| format!("- {}", set_up::finding_line(language, finding))).collect();
    View::text(format!("{}\n{}", text::report_weekly_refused(language), lines.join("\n")))
}

/// Each figure on a line; none where there is nothing to say.
fn lines(section: &Section) -> Option<String> {
    let lines = section.lines.iter();
    // Categories are what people called them.
    let lines: Vec<_> =
        lines.map(|(label, value)| format!("{}: **{value}**", escape_one_line(label))).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
