//! The picture of a report: what came in and what was done about it, step by step.
//!
//! Drawn twice as large as Discord shows it (about 550 pixels wide), so that it stays sharp, on a light card of its own,
//! which reads well on light and dark. The font is part of the program: machines without fonts draw the same picture.

use std::sync::LazyLock;

use chrono::Datelike as _;
use plotters::backend::{BitMapBackend, DrawingBackend};
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea as _};
use plotters::element::{Circle, PathElement, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontStyle, IntoFont as _, RGBColor, TextStyle, register_font};

use super::{Unmade, words};
use crate::domain::article::Language;
use crate::domain::period::Step;
use crate::domain::report::{Report, Tally};
use crate::text;

const WIDTH: u32 = 1100;
const HEIGHT: u32 = 620;
/// Room for the heading of the questions below the plot, and for each of them.
const GAPS_TOP: u32 = 56;
const GAP_LINE: u32 = 40;
/// Where the bars stand: left, top, right, bottom.
const PLOT: (i32, i32, i32, i32) = (70, 130, 1075, 560);

const FONT: &str = "frontdesk";
const TITLE_SIZE: f64 = 34.0;
const LABEL_SIZE: f64 = 25.0;

const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
const INK: RGBColor = RGBColor(0x2B, 0x2D, 0x31);
const FAINT_INK: RGBColor = RGBColor(0x5C, 0x60, 0x68);
const GRID: RGBColor = RGBColor(0xE3, 0xE5, 0xE8);
// Told apart by those who do not see red and green as others do, too; the third is a line besides.
const OPENED: RGBColor = RGBColor(0xE6, 0x7E, 0x22);
const SOLVED: RGBColor = RGBColor(0x34, 0x78, 0xC8);
const DEFLECTED: RGBColor = RGBColor(0x1B, 0x7F, 0x4C);

/// Lines across the plot at most, without the one at zero.
const GRID_LINES: u32 = 5;
/// Room that a label below the plot needs at least.
const LABEL_ROOM: i32 = 105;

/// Registered once in a process's life. `false` only if the font's bytes were no font.
static HAS_FONT: LazyLock<bool> = LazyLock::new(|| {
    register_font(FONT, FontStyle::Normal, dejavu::sans::regular()).is_ok()
        && register_font(FONT, FontStyle::Bold, dejavu::sans::bold()).is_ok()
});

type Area<'a> = DrawingArea<BitMapBackend<'a>, plotters::coord::Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<<BitMapBackend<'static> as DrawingBackend>::ErrorType>>;

/// The report's picture as PNG.
pub fn chart(language: Language, report: &Report) -> Result<Vec<u8>, Unmade> {
    if !*HAS_FONT {
        return Err(Unmade::new("PNG", &"its font cannot be read"));
    }
    let height = height(report);
    let mut pixels = vec![0; (WIDTH * height * 3) as usize];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (WIDTH, height)).into_drawing_area();
        draw(&area, language, report).map_err(|error| Unmade::new("PNG", &error))?;
    }
    encode(&pixels, height).map_err(|error| Unmade::new("PNG", &error))
}

/// As high as it takes: below the plot stand the questions that nothing solved.
fn height(report: &Report) -> u32 {
    match report.gaps.len() {
        0 => HEIGHT,
        gaps => HEIGHT + GAPS_TOP + GAP_LINE * u32::try_from(gaps).unwrap_or_default(),
    }
}

fn encode(pixels: &[u8], height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}

fn draw(area: &Area<'_>, language: Language, report: &Report) -> Drawn {
    area.fill(&PAPER)?;
    let title = match report.step {
        Step::Day => text::report_chart_title_day(language),
        Step::Week => text::report_chart_title_week(language),
        Step::Month => text::report_chart_title_month(language),
    };
    area.draw_text(&title, &bold(TITLE_SIZE), (24, 20))?;
    legend(area, language)?;
    let scale = Scale::of(&report.series);
    scale.grid(area)?;
    bars(area, &report.series, scale)?;
    // What lies ahead is not drawn as if nothing had happened.
    let ahead = report.series.partition_point(|tally| tally.from <= report.made_at);
    line(area, &report.series, ahead, scale)?;
    labels(area, language, report)?;
    gaps(area, language, report)?;
    if scale.is_empty {
        let middle = (i32::midpoint(PLOT.0, PLOT.2), i32::midpoint(PLOT.1, PLOT.3));
        let style = plain(LABEL_SIZE, &FAINT_INK).pos(Pos::new(HPos::Center, VPos::Center));
        area.draw_text(&text::report_chart_empty(language), &style, middle)?;
    }
    area.present()
}

fn legend(area: &Area<'_>, language: Language) -> Drawn {
    let mut left = 26;
    let style = plain(LABEL_SIZE, &INK);
    for (colour, label) in [
        (OPENED, text::report_chart_opened(language)),
        (SOLVED, text::report_chart_solved(language)),
        (DEFLECTED, text::report_chart_deflected(language)),
    ] {
        if colour == DEFLECTED {
            area.draw(&PathElement::new([(left, 84), (left + 28, 84)], colour.stroke_width(5)))?;
            area.draw(&Circle::new((left + 14, 84), 8, colour.filled()))?;
        } else {
            area.draw(&Rectangle::new([(left, 73), (left + 22, 95)], colour.filled()))?;
        }
        area.draw_text(&label, &style, (left + 36, 76))?;
        let (width, _) = area.estimate_text_size(&label, &style)?;
        left += 36 + i32::try_from(width).unwrap_or_default() + 34;
    }
    Ok(())
}

/// From counts to heights.
#[derive(Clone, Copy)]
struct Scale {
    top: u32,
    line_every: u32,
    is_empty: bool,
}

impl Scale {
    fn of(series: &[Tally]) -> Self {
        let largest =
            series.iter().flat_map(|tally| [tally.opened, tally.solved, tally.deflected]).max().unwrap_or(0);
        let line_every = even_step(largest.max(1));
        let top = largest.max(1).div_ceil(line_every) * line_every;
        Self { top, line_every, is_empty: largest == 0 }
    }

    fn height(self, count: u32) -> i32 {
        let share = f64::from(count) / f64::from(self.top);
        PLOT.3 - rounded(share * f64::from(PLOT.3 - PLOT.1))
    }

    fn grid(self, area: &Area<'_>) -> Drawn {
        let style = plain(LABEL_SIZE, &FAINT_INK).pos(Pos::new(HPos::Right, VPos::Center));
        for count in (0..=self.top).step_by(self.line_every as usize) {
            let y = self.height(count);
            let colour = if count == 0 { FAINT_INK } else { GRID };
            area.draw(&PathElement::new([(PLOT.0, y), (PLOT.2, y)], colour.stroke_width(2)))?;
            area.draw_text(&count.to_string(), &style, (PLOT.0 - 12, y + 4))?;
        }
        Ok(())
    }
}

/// The smallest of 1, 2, 5, 10, 20, … with which no more lines are needed than there is room for.
fn even_step(largest: u32) -> u32 {
    let decades = std::iter::successors(Some(1_u32), |decade| decade.checked_mul(10));
    let mut steps = decades.flat_map(|decade| [1, 2, 5].map(|step| decade.saturating_mul(step)));
    steps.find(|step| largest.div_ceil(*step) <= GRID_LINES).unwrap_or(largest)
}

/// The left edge and the width of a step.
fn slot(index: usize, count: usize) -> (i32, i32) {
    let edge = |index: usize| {
        let all = i64::from(PLOT.2 - PLOT.0);
        let (index, count) =
            (i64::try_from(index).unwrap_or_default(), i64::try_from(count.max(1)).unwrap_or(1));
        PLOT.0 + i32::try_from(index * all / count).unwrap_or_default()
    };
    (edge(index), edge(index + 1) - edge(index))
}

fn bars(area: &Area<'_>, series: &[Tally], scale: Scale) -> Drawn {
    for (index, tally) in series.iter().enumerate() {
        let (left, width) = slot(index, series.len());
        let gap = (width / 8).clamp(2, 40);
        let middle = left + width / 2;
        for (colour, count, from, to) in [
            (OPENED, tally.opened, left + gap, middle - 1),
            (SOLVED, tally.solved, middle + 1, left + width - gap),
        ] {
            if count > 0 {
                let corners = [(from, scale.height(count)), (to.max(from + 1), PLOT.3 - 1)];
                area.draw(&Rectangle::new(corners, colour.filled()))?;
            }
        }
    }
    Ok(())
}

fn line(area: &Area<'_>, series: &[Tally], until: usize, scale: Scale) -> Drawn {
    if series.iter().all(|tally| tally.deflected == 0) {
        return Ok(());
    }
    let points: Vec<_> = series
        .iter()
        .enumerate()
        .take(until)
        .map(|(index, tally)| {
            let (left, width) = slot(index, series.len());
            (left + width / 2, scale.height(tally.deflected))
        })
        .collect();
    area.draw(&PathElement::new(points.clone(), DEFLECTED.stroke_width(4)))?;
    for point in points {
        area.draw(&Circle::new(point, 6, DEFLECTED.filled()))?;
    }
    Ok(())
}

/// The steps below the plot, as many as there is room for.
fn labels(area: &Area<'_>, language: Language, report: &Report) -> Drawn {
    let count = report.series.len();
    let (_, width) = slot(0, count);
    let every = usize::try_from(LABEL_ROOM / width.max(1)).unwrap_or(0) + 1;
    let style = plain(LABEL_SIZE, &FAINT_INK).pos(Pos::new(HPos::Center, VPos::Top));
    for (index, tally) in report.series.iter().enumerate().step_by(every) {
        let (left, width) = slot(index, count);
        let label = match report.step {
            Step::Month => words::month(language, tally.day),
            Step::Day | Step::Week => words::day(language, tally.day),
        };
        area.draw_text(&label, &style, (left + width / 2, PLOT.3 + 16))?;
    }
    let year = report.last_day.year().to_string();
    let corner = plain(LABEL_SIZE, &FAINT_INK).pos(Pos::new(HPos::Right, VPos::Top));
    area.draw_text(&year, &corner, (PLOT.2, 26))
}

/// What was asked and not solved, each on a line with by how many people.
fn gaps(area: &Area<'_>, language: Language, report: &Report) -> Drawn {
    if report.gaps.is_empty() {
        return Ok(());
    }
    let place = |line: u32| i32::try_from(HEIGHT + line).unwrap_or_default();
    area.draw_text(&text::report_gaps(language), &bold(LABEL_SIZE), (26, place(14)))?;
    let (said, count) = (plain(LABEL_SIZE, &INK), plain(LABEL_SIZE, &FAINT_INK));
    let count = count.pos(Pos::new(HPos::Right, VPos::Top));
    let mut line = GAPS_TOP;
    for gap in &report.gaps {
        let people = text::report_people(language, gap.people);
        let (taken, _) = area.estimate_text_size(&people, &count)?;
        let question = fitting(area, &gap.question, &said, WIDTH.saturating_sub(26 + 25 + 40 + taken))?;
        area.draw_text(&question, &said, (26, place(line)))?;
        area.draw_text(&people, &count, (PLOT.2, place(line)))?;
        line += GAP_LINE;
    }
    Ok(())
}

/// As much of a text as there is room for.
fn fitting(
    area: &Area<'_>,
    said: &str,
    style: &TextStyle<'_>,
    room: u32,
) -> Result<String, DrawingAreaErrorKind<<BitMapBackend<'static> as DrawingBackend>::ErrorType>> {
    let mut shown = words::one_line(said).chars().filter(|sign| !sign.is_control()).collect::<String>();
    let mut is_cut = false;
    loop {
        let text = if is_cut { format!("{}…", shown.trim_end()) } else { shown.clone() };
        let (width, _) = area.estimate_text_size(&text, style)?;
        if width <= room || shown.pop().is_none() {
            return Ok(text);
        }
        is_cut = true;
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a style borrows its colour")]
fn plain(size: f64, colour: &'static RGBColor) -> TextStyle<'static> {
    TextStyle::from((FONT, size).into_font()).color(colour)
}

fn bold(size: f64) -> TextStyle<'static> {
    TextStyle::from((FONT, size, FontStyle::Bold).into_font()).color(&INK)
}

#[expect(clippy::cast_possible_truncation, reason = "a place in a picture of a thousand pixels")]
fn rounded(place: f64) -> i32 {
    place.round() as i32
}

#[cfg(test)]
mod tests {
    use super::even_step;

    #[test]
    fn lines_are_at_round_numbers_and_few() {
        for (largest, step) in [(1, 1), (5, 1), (6, 2), (10, 2), (11, 5), (25, 5), (26, 10), (240, 50)] {
            assert_eq!(even_step(largest), step, "{largest}");
        }
        assert!(even_step(u32::MAX) > 0);
    }
}
