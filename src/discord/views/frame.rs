//! Embeds within Discord's limits (Discord docs, resources/message, "Embed Limits"): each part has its own, and all
//! embeds of a message share 6000 characters. Parts come in order of importance: what no longer fits is cut with an
//! ellipsis or left out, never refused by Discord.

use serenity::builder::CreateEmbed;
use serenity::model::Colour;

use super::markdown::cut;

const TITLE_MAX: usize = 256;
const DESCRIPTION_MAX: usize = 4096;
const FIELD_NAME_MAX: usize = 256;
const FIELD_MAX: usize = 1024;
const FIELDS_MAX: usize = 25;
/// Of the 6000, some are kept for the footer by which a message is recognised.
const TOTAL_MAX: usize = 6000 - 100;

/// A part of an embed so short says nothing.
const TOO_SHORT: usize = 8;

/// An embed before it is fitted.
#[derive(Debug, Default)]
pub(super) struct Frame {
    colour: Colour,
    title: Option<String>,
    description: Option<String>,
    fields: Vec<(String, String, bool)>,
    footer: Option<String>,
}

impl Frame {
    pub(super) fn new(colour: Colour) -> Self {
        Self { colour, ..Self::default() }
    }

    pub(super) fn title(mut self, title: String) -> Self {
        self.title = Some(title);
        self
    }

    pub(super) fn description(mut self, description: String) -> Self {
        self.description = Some(description);
        self
    }

    /// A field over the whole width; left out when it has nothing to say.
    pub(super) fn field(mut self, name: String, value: Option<String>) -> Self {
        self.fields.extend(value.map(|value| (name, value, false)));
        self
    }

    /// A field beside others; left out when it has nothing to say.
    pub(super) fn beside(mut self, name: String, value: Option<String>) -> Self {
        self.fields.extend(value.map(|value| (name, value, true)));
        self
    }

    pub(super) fn footer(mut self, footer: String) -> Self {
        self.footer = Some(footer);
        self
    }
}

/// The embeds of one message.
pub(super) fn fit<const N: usize>(frames: [Frame; N]) -> Vec<CreateEmbed> {
    let mut room = Room { left: TOTAL_MAX };
    frames.into_iter().map(|frame| room.embed(frame)).collect()
}

/// What is left of the characters that all embeds share.
struct Room {
    left: usize,
}

impl Room {
    fn take(&mut self, text: &str, max: usize) -> Option<String> {
        let max = max.min(self.left);
        if text.trim().is_empty() || (max < TOO_SHORT && text.chars().count() > max) {
            return None;
        }
        let taken = cut(text, max);
        self.left -= taken.chars().count();
        Some(taken)
    }

    fn embed(&mut self, frame: Frame) -> CreateEmbed {
        let mut embed = CreateEmbed::new().colour(frame.colour);
        if let Some(title) = frame.title.and_then(|title| self.take(&title, TITLE_MAX)) {
            embed = embed.title(title);
        }
        if let Some(footer) = frame.footer.and_then(|footer| self.take(&footer, TITLE_MAX)) {
            embed = embed.footer(serenity::builder::CreateEmbedFooter::new(footer));
        }
        if let Some(description) = frame.description.and_then(|text| self.take(&text, DESCRIPTION_MAX)) {
            embed = embed.description(description);
        }
        for (name, value, inline) in frame.fields.into_iter().take(FIELDS_MAX) {
            let Some(name) = self.take(&name, FIELD_NAME_MAX) else { continue };
            let Some(value) = self.take(&value, FIELD_MAX) else { continue };
            embed = embed.field(name, value, inline);
        }
        embed
    }
}
