//! Component limits (Discord docs, components/reference).
//!
//! Messages of the older kind take up to five action rows; those with the components flag take up to
//! forty components in all. Custom ids may not repeat within a message, rows included.

use serde_json::Value;
use twilight_model::channel::message::Component;

use super::{CHOICES, address, list_field, list_length, number_field, text_field};
use crate::sandbox::refusal::{FormFaults, below};

const ACTION_ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const SECTION: u64 = 9;
const CONTAINER: u64 = 17;

/// Calls `visit` for every component, whatever it stands in, with its path.
pub(crate) fn walk<'a>(components: &'a [Value], path: &str, visit: &mut impl FnMut(&'a Value, &str)) {
    for (index, component) in components.iter().enumerate() {
        let here = below(path, index);
        visit(component, &here);
        if let Some(children) = component["components"].as_array() {
            walk(children, &below(&here, "components"), visit);
        }
        for single in ["accessory", "component"] {
            if let Some(child) = component.get(single).filter(|child| child.is_object()) {
                walk(std::slice::from_ref(child), &below(&here, single), visit);
            }
        }
    }
}

/// Whether people can use a component.
pub(crate) fn is_interactive(component: &Value) -> bool {
    matches!(component["type"].as_u64(), Some(2 | 3 | 5..=8))
}

/// Checks a message's components.
pub(super) fn check(components: &[Value], v2: bool, faults: &mut FormFaults) {
    if v2 {
        check_new_kind(components, faults);
    } else {
        list_length(components, "components", 0, 5, faults);
        for (index, row) in components.iter().enumerate() {
            if row["type"].as_u64() == Some(ACTION_ROW) {
                continue;
            }
            let path = format!("components.{index}.type");
            faults.add(&path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).");
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    walk(components, "components", &mut |component, path| {
        check_one(component, path, faults);
        if let Some(id) = component["custom_id"].as_str() {
            if seen.contains(&id) {
                faults.add(
                    &below(path, "custom_id"),
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    "Component custom id cannot be duplicated",
                );
            }
            seen.push(id);
        }
    });
    if faults.is_empty() {
        second_opinion(components, v2, faults);
    }
}

fn check_new_kind(components: &[Value], faults: &mut FormFaults) {
    let mut count = 0;
    let mut characters = 0;
    walk(components, "components", &mut |component, _| {
        count += 1;
        characters += component["content"].as_str().map_or(0, |text| text.chars().count());
    });
    if count > 40 {
        faults.add("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 40 in length.");
    }
    if characters > 4000 {
        faults.add(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            "Components displayable text size exceeds maximum size of 4000",
        );
    }
    for (index, component) in components.iter().enumerate() {
        if !matches!(component["type"].as_u64(), Some(1 | 9 | 10 | 12 | 13 | 14 | 17)) {
            faults.add(
                &format!("components.{index}.type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1, 9, 10, 12, 13, 14, 17).",
            );
        }
    }
}

fn check_one(component: &Value, path: &str, faults: &mut FormFaults) {
    match component["type"].as_u64() {
        Some(ACTION_ROW) => check_row(component, path, faults),
        Some(BUTTON) => check_button(component, path, faults),
        Some(3 | 5..=8) => check_select(component, path, faults),
        Some(SECTION) => {
            let parts = list_field(component, path, "components", faults);
            list_length(parts, &below(path, "components"), 1, 3, faults);
            if !component["accessory"].is_object() {
                faults.required(&below(path, "accessory"));
            }
        }
        Some(CONTAINER | 10..=14) => {}
        Some(_) => {
            faults.add(&below(path, "type"), CHOICES, "Value must be one of the known component types.");
        }
        None => faults.required(&below(path, "type")),
    }
}

fn check_row(row: &Value, path: &str, faults: &mut FormFaults) {
    let children = list_field(row, path, "components", faults);
    let place = below(path, "components");
    list_length(children, &place, 1, 5, faults);
    let buttons = children.iter().filter(|child| child["type"].as_u64() == Some(BUTTON)).count();
    if buttons != children.len() && children.len() > 1 {
        faults.add(
            &place,
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "Components displayed in an action row can take at most 5 in width; a select takes 5.",
        );
    }
    for (index, child) in children.iter().enumerate() {
        if !matches!(child["type"].as_u64(), Some(2 | 3 | 5..=8)) {
            faults.add(
                &format!("{place}.{index}.type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).",
            );
        }
    }
}

/// Notes a missing or overlong custom id.
pub(super) fn custom_id(component: &Value, path: &str, faults: &mut FormFaults) {
    match text_field(component, path, "custom_id", faults) {
        Some(id) => faults.length(&below(path, "custom_id"), id, 1, 100),
        None => faults.required(&below(path, "custom_id")),
    }
}

fn check_button(button: &Value, path: &str, faults: &mut FormFaults) {
    let style = button["style"].as_u64();
    if !matches!(style, Some(1..=6)) {
        faults.add(&below(path, "style"), CHOICES, "Value must be one of {1, 2, 3, 4, 5, 6}.");
    }
    if let Some(label) = text_field(button, path, "label", faults) {
        faults.length(&below(path, "label"), label, 0, 80);
    }
    let has_label = button["label"].as_str().is_some_and(|label| !label.trim().is_empty());
    if !has_label && !button["emoji"].is_object() && style != Some(6) {
        faults.add(
            path,
            "BUTTON_COMPONENT_INVALID_LABEL_OR_EMOJI",
            "A button must have a label or an emoji.",
        );
    }
    let address_given = text_field(button, path, "url", faults);
    match (style, address_given) {
        (Some(5), Some(url)) => {
            faults.length(&below(path, "url"), url, 1, 512);
            address(url, &below(path, "url"), &["http://", "https://", "discord://"], faults);
            if button.get("custom_id").is_some_and(Value::is_string) {
                let message = "A custom id and url cannot both be specified";
                faults.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
            }
        }
        (Some(5), None) => faults.required(&below(path, "url")),
        (Some(6), _) => {}
        (_, Some(_)) => {
            let message = "A url may only be given for link buttons";
            faults.add(path, "BUTTON_COMPONENT_URL_NOT_ALLOWED", message);
        }
        (_, None) => custom_id(button, path, faults),
    }
}

/// Checks a select menu of a message or a modal.
pub(super) fn check_select(select: &Value, path: &str, faults: &mut FormFaults) {
    custom_id(select, path, faults);
    if let Some(placeholder) = text_field(select, path, "placeholder", faults) {
        faults.length(&below(path, "placeholder"), placeholder, 0, 150);
    }
    let min = number_field(select, path, "min_values", (0, 25), faults).unwrap_or(1);
    let max = number_field(select, path, "max_values", (1, 25), faults).unwrap_or(1);
    if min > max {
        faults.add(
            &below(path, "min_values"),
            "BASE_TYPE_BAD_VALUE",
            "min_values may not exceed max_values.",
        );
    }
    if select["type"].as_u64() != Some(STRING_SELECT) {
        return;
    }
    let options = list_field(select, path, "options", faults);
    let place = below(path, "options");
    list_length(options, &place, 1, 25, faults);
    let mut values: Vec<&str> = Vec::new();
    for (index, option) in options.iter().enumerate() {
        let here = below(&place, index);
        for name in ["label", "value"] {
            match text_field(option, &here, name, faults) {
                Some(text) => faults.length(&below(&here, name), text, 1, 100),
                None => faults.required(&below(&here, name)),
            }
        }
        if let Some(text) = text_field(option, &here, "description", faults) {
            faults.length(&below(&here, "description"), text, 0, 100);
        }
        let value = option["value"].as_str().unwrap_or_default();
        if values.contains(&value) {
            faults.add(
                &below(&here, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
        values.push(value);
    }
    let defaults = options.iter().filter(|option| option["default"].as_bool() == Some(true)).count();
    if i64::try_from(defaults).unwrap_or(i64::MAX) > max {
        faults.add(&place, "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "More defaults than max_values.");
    }
}

fn second_opinion(components: &[Value], v2: bool, faults: &mut FormFaults) {
    let mut read: Vec<Component> = Vec::new();
    for (index, component) in components.iter().enumerate() {
        match serde_json::from_value(component.clone()) {
            Ok(component) => read.push(component),
            Err(error) => {
                faults.add(&format!("components.{index}"), "UNION_TYPE_CHOICES", error.to_string());
            }
        }
    }
    // Their limit for a single text display is older than Discord's of 4000 for all together, which is
    // checked above.
    if !v2 && let Err(error) = twilight_validate::message::components(&read, false) {
        faults.add("components", "BASE_TYPE_BAD_LENGTH", error.to_string());
    }
}
