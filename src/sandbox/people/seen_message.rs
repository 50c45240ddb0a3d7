//! A message as it stands on somebody's screen, and its rendering as plain text.
//!
//! The text form is made for reviewed snapshots: names instead of ids, no times of day, one line per
//! row of buttons.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

/// A message as one person sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a view for people and JSON, not a state")]
pub struct SeenMessage {
    /// Its id.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub id: u64,
    /// The channel it stands in.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub channel: u64,
    /// Who wrote it.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub author_id: u64,
    /// Their name here.
    pub author: String,
    /// Whether an application wrote it.
    pub from_bot: bool,
    /// What stands in it, with mentions as they are sent.
    pub content: String,
    /// What stands in it, with mentions as names.
    pub text: String,
    /// The names behind the mentions, by the mention as written.
    pub names: BTreeMap<String, String>,
    /// Its embeds.
    pub embeds: Vec<SeenEmbed>,
    /// Its buttons.
    pub buttons: Vec<SeenButton>,
    /// Its select menus.
    pub selects: Vec<SeenSelect>,
    /// Its files.
    pub attachments: Vec<SeenAttachment>,
    /// Whether this person alone sees it.
    pub ephemeral: bool,
    /// Whether the application is still thinking.
    pub loading: bool,
    /// Whether it was changed.
    pub edited: bool,
    /// Whether it notified this person.
    pub pings_me: bool,
    /// Whether Discord wrote it: somebody was added, a name changed.
    pub notice: bool,
    /// The command it answers, and who used it.
    pub answers: Option<String>,
    /// The message it replies to.
    #[serde(serialize_with = "crate::sandbox::id_text::optional")]
    pub reply_to: Option<u64>,
    /// When it was sent, in milliseconds since 1970.
    pub sent_ms: u64,
}

/// An embed.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SeenEmbed {
    /// The title.
    pub title: Option<String>,
    /// The text below it.
    pub description: Option<String>,
    /// Where the title leads.
    pub url: Option<String>,
    /// The bar's colour.
    pub color: Option<u64>,
    /// The author's line.
    pub author: Option<String>,
    /// The footer.
    pub footer: Option<String>,
    /// The time beside the footer.
    pub timestamp: Option<String>,
    /// A picture.
    pub image: Option<String>,
    /// A small picture.
    pub thumbnail: Option<String>,
    /// Fields.
    pub fields: Vec<SeenEmbedField>,
}

/// A field of an embed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenEmbedField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Whether it stands beside others.
    pub inline: bool,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenButton {
    /// The row it stands in.
    pub row: usize,
    /// What is on it.
    pub label: String,
    /// The emoji on it.
    pub emoji: Option<String>,
    /// What the application gets; link buttons have none.
    pub custom_id: Option<String>,
    /// 1 primary, 2 secondary, 3 success, 4 danger, 5 link.
    pub style: u64,
    /// Whether it cannot be pressed.
    pub disabled: bool,
    /// Where it leads.
    pub url: Option<String>,
}

/// A select menu.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenSelect {
    /// The row it stands in.
    pub row: usize,
    /// What the application gets.
    pub custom_id: String,
    /// Discord's component type: 3 texts, 5 users, 6 roles, 7 both, 8 channels.
    pub kind: u64,
    /// What stands there before anything is chosen.
    pub placeholder: Option<String>,
    /// What can be chosen.
    pub options: Vec<SeenSelectOption>,
    /// How many at least.
    pub min_values: u64,
    /// How many at most.
    pub max_values: u64,
    /// Whether it cannot be used.
    pub disabled: bool,
}

/// One option of a select menu.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenSelectOption {
    /// What is read.
    pub label: String,
    /// What is sent.
    pub value: String,
    /// The line below.
    pub description: Option<String>,
    /// Whether it is chosen already.
    pub default: bool,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenAttachment {
    /// Its id.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub id: u64,
    /// Its name.
    pub file_name: String,
    /// Its media type.
    pub content_type: Option<String>,
    /// Its size in bytes.
    pub size: usize,
    /// Where it is served.
    pub url: String,
}

impl SeenMessage {
    /// The button with this label or custom id.
    pub fn button(&self, label_or_id: &str) -> Option<&SeenButton> {
        let by_label = self.buttons.iter().find(|button| button.label == label_or_id);
        by_label
            .or_else(|| self.buttons.iter().find(|button| button.custom_id.as_deref() == Some(label_or_id)))
    }

    /// The select menu with this custom id or placeholder.
    pub fn select(&self, id_or_placeholder: &str) -> Option<&SeenSelect> {
        self.selects.iter().find(|select| {
            select.custom_id == id_or_placeholder || select.placeholder.as_deref() == Some(id_or_placeholder)
        })
    }

    /// Whether a text stands anywhere in it: content, embeds, labels.
    pub fn contains(&self, text: &str) -> bool {
        self.to_string().contains(text)
    }
}

impl fmt::Display for SeenMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whom = if self.ephemeral { " (only you)" } else { "" };
        writeln!(f, "{}{whom}:", self.author)?;
        if self.loading {
            writeln!(f, "  (thinking)")?;
        }
        for line in self.text.lines() {
            writeln!(f, "  {line}")?;
        }
        for embed in &self.embeds {
            write!(f, "{embed}")?;
        }
        for file in &self.attachments {
            writeln!(f, "  (file {})", file.file_name)?;
        }
        let rows =
            self.buttons.iter().map(|button| button.row).chain(self.selects.iter().map(|select| select.row));
        for row in 0..rows.max().map_or(0, |last| last + 1) {
            self.write_row(f, row)?;
        }
        Ok(())
    }
}

impl SeenMessage {
    fn write_row(&self, f: &mut fmt::Formatter<'_>, row: usize) -> fmt::Result {
        let buttons = self.buttons.iter().filter(|button| button.row == row).map(ToString::to_string);
        let selects = self.selects.iter().filter(|select| select.row == row).map(ToString::to_string);
        let parts: Vec<String> = buttons.chain(selects).collect();
        if parts.is_empty() { Ok(()) } else { writeln!(f, "  {}", parts.join(" ")) }
    }
}

impl fmt::Display for SeenEmbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = [&self.author, &self.title, &self.description];
        for line in texts.into_iter().flatten().flat_map(|text| text.lines()) {
            writeln!(f, "  | {line}")?;
        }
        for field in &self.fields {
            let mut lines = field.value.lines();
            writeln!(f, "  | {}: {}", field.name, lines.next().unwrap_or_default())?;
            for line in lines {
                writeln!(f, "  |   {line}")?;
            }
        }
        for line in self.footer.iter().flat_map(|text| text.lines()) {
            writeln!(f, "  | ({line})")?;
        }
        Ok(())
    }
}

impl fmt::Display for SeenButton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let emoji = self.emoji.as_deref().unwrap_or_default();
        let gap = if emoji.is_empty() || self.label.is_empty() { "" } else { " " };
        let state = if self.disabled { " (disabled)" } else { "" };
        write!(f, "[{emoji}{gap}{}{state}]", self.label)
    }
}

impl fmt::Display for SeenSelect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels: Vec<&str> = self.options.iter().map(|option| option.label.as_str()).collect();
        let state = if self.disabled { " (disabled)" } else { "" };
        write!(f, "<select{state}: {}", self.placeholder.as_deref().unwrap_or("…"))?;
        if !labels.is_empty() {
            write!(f, " | {}", labels.join(" | "))?;
        }
        write!(f, ">")
    }
}
