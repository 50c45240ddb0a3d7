//! What the desk consists of: its specialisms, its categories, and who is on duty.

use secrecy::{ExposeSecret, SecretString};
use serenity::model::Colour;

use super::frame::{Frame, fit};
use super::markdown::{cut, escape_one_line};
use super::{View, words};
use crate::desk::{Duty, SetUp};
use crate::domain::article::Language;
use crate::domain::category::Category;
use crate::domain::desk::{Provider, Specialism};
use crate::domain::duty::OnDuty;
use crate::text;

const PLAIN: Colour = Colour::new(0x0058_65F2);
/// 25 of them fit into one embed.
const LINE_MAX: usize = 160;

/// The specialisms as they are now, and the secret of a webhook that was just given.
pub(crate) fn specialisms(language: Language, set_up: &SetUp, secret: Option<&SecretString>) -> View {
    let lines = set_up.specialisms.iter().map(|specialism| specialism_line(language, specialism, set_up));
    let secret =
        secret.map(|secret| format!("{}\n`{}`", text::webhook_secret(language), secret.expose_secret()));
    let frame = Frame::new(PLAIN)
        .title(text::specialisms_title(language))
        .field(text::webhook_secret_title(language), secret)
        .description(lines.collect::<Vec<_>>().join("\n"))
        .footer(text::specialisms_check(language));
    View { embeds: fit([frame]), ..View::default() }
}

fn specialism_line(language: Language, specialism: &Specialism, set_up: &SetUp) -> String {
    let ladder = &specialism.ladder;
    let serves: Vec<_> = set_up
        .categories
        .iter()
        .filter(|category| specialism.serves.contains(&category.id))
        .map(|category| escape_one_line(category.label(language)))
        .collect();
    let parts = [
        Some(words::role(specialism.role)),
        Some(words::channel(specialism.packet_channel(&set_up.settings))),
        (!serves.is_empty()).then(|| text::specialism_serves(language, serves.join(", "))),
        specialism.note.as_deref().map(escape_one_line),
        ladder.next_role.map(|role| text::specialism_next(language, words::role(role))),
        ladder.lead.map(|lead| text::specialism_lead(language, words::person(lead))),
        ladder.timeouts.map(|timeouts| text::specialism_timeouts(language, timeouts.to_string())),
        specialism.provider.map(|_| text::specialism_provider(language)),
        ladder.reaction.map(|reaction| text::specialism_reaction(language, words::span(language, reaction))),
        (specialism.provider == Some(Provider::Webhook)).then(|| text::specialism_webhook(language)),
    ];
    let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    format!("- **{}** · {parts}", words::specialism_label(language, specialism))
}

/// The categories as they are now, and whose tickets are one level up.
pub(crate) fn categories(language: Language, set_up: &SetUp) -> View {
    let mut lines: Vec<_> =
        set_up.categories.iter().map(|category| category_line(language, category)).collect();
    if lines.is_empty() {
        lines.push(text::categories_empty(language));
    }
    lines.extend(set_up.people.vip.map(|role| text::categories_vip(language, words::role(role))));
    let frame = Frame::new(PLAIN).title(text::categories_title(language)).description(lines.join("\n"));
    View { embeds: fit([frame]), ..View::default() }
}

fn category_line(language: Language, category: &Category) -> String {
    let german = category.german.as_deref().map(escape_one_line);
    let found_by = (!category.keywords.is_empty())
        .then(|| text::category_found_by(language, escape_one_line(&category.keywords.join(", "))));
    let starts = category.priority.map(|priority| text::category_starts(language, priority.code()));
    let parts = [german, starts, found_by].into_iter().flatten();
    let line = [format!("- **{}**", escape_one_line(&category.name))].into_iter().chain(parts);
    cut(&line.collect::<Vec<_>>().join(" · "), LINE_MAX)
}

/// Who is on duty, and whether the reader is.
pub(crate) fn duty(language: Language, duty: &Duty, set_up: &SetUp) -> View {
    let lines: Vec<_> = duty.on_duty.iter().map(|on_duty| duty_line(language, on_duty, set_up)).collect();
    let listed = if lines.is_empty() { text::duty_nobody(language) } else { lines.join("\n") };
    let own = if duty.own.is_some() { text::duty_on(language) } else { text::duty_off(language) };
    let frame = Frame::new(PLAIN).title(text::duty_title(language)).description(listed);
    View { embeds: fit([frame]), ..View::text(own) }
}

fn duty_line(language: Language, on_duty: &OnDuty, set_up: &SetUp) -> String {
    let first = on_duty.first_level.then(|| text::level_first(language));
    let second = on_duty.specialisms.iter().filter_map(|id| set_up.specialism(*id));
    let what: Vec<_> = first
        .into_iter()
        .chain(second.map(|specialism| words::specialism_label(language, specialism)))
        .collect();
    let (person, what, since) = (words::person(on_duty.user), what.join(", "), words::moment(on_duty.since));
    match on_duty.until {
        Some(until) => text::duty_line_until(language, person, what, since, words::moment(until)),
        None => text::duty_line(language, person, what, since),
    }
}
