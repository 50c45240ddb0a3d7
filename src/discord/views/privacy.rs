//! One's own data, and how long texts are kept.

use serenity::model::Colour;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::escape_one_line;
use super::{View, button, row};
use crate::desk::SetUp;
use crate::discord::custom_id::CustomId;
use crate::domain::article::Language;
use crate::domain::category;
use crate::domain::file::File;
use crate::domain::privacy::{Export, Retention};
use crate::text;

const PLAIN: Colour = Colour::new(0x0058_65F2);

/// The file with everything about whoever asked.
pub(crate) fn export(language: Language, export: &Export) -> Result<View, serde_json::Error> {
    let file = File {
        name: "frontdesk.json".to_owned(),
        media_type: "application/json",
        description: None,
        bytes: serde_json::to_vec_pretty(export)?.into(),
    };
    Ok(View { files: vec![file], ..View::text(text::privacy_export(language)) })
}

/// The question whether somebody means it.
pub(crate) fn confirm(language: Language) -> View {
    let delete = button(CustomId::DeleteMyData, ButtonStyle::Danger, text::button_delete_my_data(language));
    View { rows: row(vec![delete]), ..View::text(text::privacy_confirm(language)) }
}

/// How long texts are kept.
pub(crate) fn retentions(language: Language, rules: &[Retention], set_up: &SetUp) -> View {
    if rules.is_empty() {
        return View::text(text::retention_none(language));
    }
    let lines = rules.iter().map(|rule| match &rule.category {
        Some(name) => {
            let known = category::named(&set_up.categories, name);
            let label = known.map_or(name.as_str(), |category| category.label(language));
            text::retention_line(language, rule.days, escape_one_line(label))
        }
        None => text::retention_others(language, rule.days),
    });
    let frame = Frame::new(PLAIN)
        .title(text::retention_title(language))
        .description(lines.collect::<Vec<_>>().join("\n"))
        .footer(text::retention_note(language));
    View { embeds: fit([frame]), ..View::default() }
}
