//! Modals: the form on a person's screen, and filling it in.

use serde::Serialize;
use serde_json::{Value, json};

use super::{PersonError, SeenSelectOption, show};

/// A modal that somebody has open.
#[derive(Debug, Clone)]
pub(crate) struct OpenModal {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    /// The interaction it answered.
    pub(crate) opener: u64,
    /// The message whose component opened it.
    pub(crate) source: Option<u64>,
    /// The callback's data.
    pub(crate) form: Value,
}

/// A modal as a person sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenModal {
    /// Tells it from others; not known to the application.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub id: u64,
    /// The channel it was opened in.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub channel: u64,
    /// What the application gets.
    pub custom_id: String,
    /// The title.
    pub title: String,
    /// The fields.
    pub fields: Vec<SeenField>,
}

/// A field of a modal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenField {
    /// What the application gets.
    pub custom_id: String,
    /// What stands above it.
    pub label: String,
    /// What stands below the label.
    pub description: Option<String>,
    /// Discord's component type: 4 text, 3 and 5 to 8 selects.
    pub kind: u64,
    /// Whether it is a field of several lines.
    pub long: bool,
    /// What stands in it while it is empty.
    pub placeholder: Option<String>,
    /// What stands in it already.
    pub value: String,
    /// Whether something has to stand in it.
    pub required: bool,
    /// How many characters at least.
    pub min_length: Option<u64>,
    /// How many characters at most.
    pub max_length: Option<u64>,
    /// What can be chosen, for a select.
    pub options: Vec<SeenSelectOption>,
}

impl SeenModal {
    /// The field with this label or custom id.
    pub fn field(&self, label_or_id: &str) -> Option<&SeenField> {
        let by_label = self.fields.iter().find(|field| field.label == label_or_id);
        by_label.or_else(|| self.fields.iter().find(|field| field.custom_id == label_or_id))
    }
}

impl OpenModal {
    /// As its owner sees it.
    pub(crate) fn show(&self) -> SeenModal {
        let rows = self.form["components"].as_array().map(Vec::as_slice).unwrap_or_default();
        SeenModal {
            id: self.id,
            channel: self.channel,
            custom_id: self.form["custom_id"].as_str().unwrap_or_default().to_owned(),
            title: self.form["title"].as_str().unwrap_or_default().to_owned(),
            fields: rows.iter().filter_map(field_of_row).collect(),
        }
    }

    /// The data of the submission: what was typed, or what stood there already.
    pub(crate) fn fill(&self, given: &[(&str, &str)]) -> Result<Value, PersonError> {
        let seen = self.show();
        for (name, _) in given {
            if seen.field(name).is_none() {
                return Err(PersonError::new(format!("The form has no field `{name}`.")));
            }
        }
        let rows = self.form["components"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut filled = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let Some(field) = field_of_row(row) else { continue };
            let typed = given.iter().find(|(name, _)| *name == field.label || *name == field.custom_id);
            let value = typed.map_or(field.value.as_str(), |(_, value)| *value);
            check(&field, value)?;
            filled.push(wire(row, &field, value, index as u64 * 2 + 1));
        }
        Ok(json!({ "custom_id": seen.custom_id, "components": filled }))
    }
}

fn field_of_row(row: &Value) -> Option<SeenField> {
    let inner = match row["type"].as_u64() {
        Some(18) => &row["component"],
        _ => row["components"].get(0)?,
    };
    let kind = inner["type"].as_u64()?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let label = text(&row["label"]).or_else(|| text(&inner["label"])).unwrap_or_default();
    Some(SeenField {
        custom_id: text(&inner["custom_id"])?,
        label,
        description: text(&row["description"]),
        kind,
        long: inner["style"].as_u64() == Some(2),
        placeholder: text(&inner["placeholder"]),
        value: text(&inner["value"]).unwrap_or_default(),
        required: inner["required"].as_bool().unwrap_or(true),
        min_length: inner["min_length"].as_u64(),
        max_length: inner["max_length"].as_u64(),
        options: show::select(inner, kind, 0).options,
    })
}

/// What the client checks before it sends.
fn check(field: &SeenField, value: &str) -> Result<(), PersonError> {
    let length = value.chars().count() as u64;
    let label = &field.label;
    if field.required && value.trim().is_empty() {
        return Err(PersonError::new(format!("{label}: This field is required.")));
    }
    if !value.is_empty() && field.min_length.is_some_and(|min| length < min) {
        return Err(PersonError::new(format!("{label}: This text is too short.")));
    }
    if length > field.max_length.unwrap_or(4000) {
        return Err(PersonError::new(format!("{label}: This text is too long.")));
    }
    let choosable =
        field.kind != 3 || value.is_empty() || field.options.iter().any(|option| option.value == value);
    if choosable { Ok(()) } else { Err(PersonError::new(format!("{label}: Choose one of the options."))) }
}

fn wire(row: &Value, field: &SeenField, value: &str, id: u64) -> Value {
    let mut inner = json!({ "type": field.kind, "id": id + 1, "custom_id": field.custom_id });
    if field.kind == 4 {
        inner["value"] = json!(value);
    } else {
        inner["values"] = if value.is_empty() { json!([]) } else { json!([value]) };
    }
    match row["type"].as_u64() {
        Some(18) => json!({ "type": 18, "id": id, "component": inner }),
        _ => json!({ "type": 1, "id": id, "components": [inner] }),
    }
}
