//! A report as CSV: one figure a row, so that a spreadsheet can filter it, in names that no language changes.

use csv::Writer;

use super::Unmade;
use crate::domain::report::{Rate, Report, Spread};

/// The figures as rows of `figure,label,value,unit,count,of`.
pub fn csv(report: &Report) -> Result<Vec<u8>, Unmade> {
    let mut table = Writer::from_writer(Vec::new());
    fill(&mut table, report).map_err(|error| Unmade::new("CSV", &error))?;
    table.into_inner().map_err(|error| Unmade::new("CSV", &error))
}

fn fill(table: &mut Writer<Vec<u8>>, report: &Report) -> csv::Result<()> {
    table.write_record(["figure", "label", "value", "unit", "count", "of"])?;
    for (figure, day) in [("first_day", report.first_day), ("last_day", report.last_day)] {
        table.write_record([figure, "", &day.to_string(), "date", "", ""])?;
    }
    let (questions, backlog) = (report.questions, report.backlog);
    for (figure, count) in [
        ("questions_asked", questions.asked),
        ("questions_confirmed", questions.confirmed),
        ("questions_assumed", questions.assumed),
        ("questions_ticket", questions.ticket),
        ("questions_given_up", questions.given_up),
        ("questions_undecided", questions.undecided),
        ("tickets_opened", report.opened),
        ("tickets_solved", report.solved),
        ("tickets_closed_unsolved", report.closed_unsolved),
        ("backlog_open", backlog.open),
        ("backlog_second_level", backlog.second_level),
        ("backlog_waiting_for_requester", backlog.waiting_for_requester),
        ("backlog_overdue", backlog.overdue),
        ("ratings", report.rating.count),
    ] {
        table.write_record([figure, "", &count.to_string(), "count", "", ""])?;
    }
    for (figure, rate) in rates(report) {
        let share = rate.share().map(|share| format!("{share:.4}")).unwrap_or_default();
        table.write_record([figure, "", &share, "share", &rate.count.to_string(), &rate.of.to_string()])?;
    }
    for (figure, spread) in [
        ("first_response", report.first_response),
        ("first_response_working", report.first_response_working),
        ("resolution", report.resolution),
        ("resolution_working", report.resolution_working),
    ] {
        spread_rows(table, figure, spread)?;
    }
    for (figure, age) in
        [("backlog_median_age", backlog.median_age), ("backlog_oldest_age", backlog.oldest_age)]
    {
        let seconds = age.map(|age| age.as_secs().to_string()).unwrap_or_default();
        table.write_record([figure, "", &seconds, "seconds", "", ""])?;
    }
    let mean = report.rating.mean.map(|mean| format!("{mean:.2}")).unwrap_or_default();
    table.write_record(["rating_mean", "", &mean, "1-5", "", ""])?;
    for category in &report.categories {
        let name = category.name.as_deref().map(cell).unwrap_or_default();
        table.write_record(["category", &name, &category.tickets.to_string(), "count", "", ""])?;
    }
    for gap in &report.gaps {
        for (figure, count) in
            [("gap_people", gap.people), ("gap_times", gap.times), ("gap_tickets", gap.tickets)]
        {
            table.write_record([figure, &cell(&gap.question), &count.to_string(), "count", "", ""])?;
        }
    }
    for tally in &report.series {
        let day = tally.day.to_string();
        for (figure, count) in [
            ("opened_per_step", tally.opened),
            ("solved_per_step", tally.solved),
            ("deflected_per_step", tally.deflected),
        ] {
            table.write_record([figure, &day, &count.to_string(), "count", "", ""])?;
        }
    }
    Ok(())
}

fn rates(report: &Report) -> [(&'static str, Rate); 9] {
    [
        ("deflection", report.deflection),
        ("deflection_confirmed", report.deflection_confirmed),
        ("first_level_resolution", report.first_level_resolution),
        ("first_contact_resolution", report.first_contact_resolution),
        ("reopened", report.reopened),
        ("escalated", report.escalated),
        ("bounced", report.bounced),
        ("first_response_in_time", report.first_response_in_time),
        ("resolution_in_time", report.resolution_in_time),
    ]
}

fn spread_rows(table: &mut Writer<Vec<u8>>, figure: &str, spread: Option<Spread>) -> csv::Result<()> {
    for (part, span) in
        [("median", spread.map(|spread| spread.median)), ("p90", spread.map(|spread| spread.p90))]
    {
        let seconds = span.map(|span| span.as_secs().to_string()).unwrap_or_default();
        table.write_record([&format!("{figure}_{part}"), "", &seconds, "seconds", "", ""])?;
    }
    Ok(())
}

/// What people wrote, as a spreadsheet shows it and never runs it: what begins like a formula gets an apostrophe.
fn cell(text: &str) -> String {
    let is_formula =
        text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r', '\n']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        for text in ["printing", "e-mail", "a=b", ""] {
            assert_eq!(cell(text), text);
        }
    }
}
