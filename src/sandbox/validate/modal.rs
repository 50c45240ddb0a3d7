//! Modal limits (Discord docs, interactions/receiving-and-responding: modal; components/reference).

use serde_json::Value;

use super::{
    CHOICES,
    component::{check_select, custom_id},
    list_field, list_length, number_field, text_field,
};
use crate::sandbox::refusal::{FormFaults, Refusal, below};

const ACTION_ROW: u64 = 1;
const TEXT_INPUT: u64 = 4;
const TEXT_DISPLAY: u64 = 10;
const LABEL: u64 = 18;

/// Checks the data of a modal callback.
pub(crate) fn modal(form: &Value) -> Result<(), Refusal> {
    let mut faults = FormFaults::default();
    for (name, max) in [("custom_id", 100), ("title", 45)] {
        match text_field(form, "data", name, &mut faults) {
            Some(text) => faults.length(&below("data", name), text, 1, max),
            None => faults.required(&below("data", name)),
        }
    }
    let rows = list_field(form, "data", "components", &mut faults);
    list_length(rows, "data.components", 1, 5, &mut faults);
    let mut seen: Vec<&str> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let path = format!("data.components.{index}");
        check_row(row, &path, &mut faults);
        let fields = row["components"].as_array().map(Vec::as_slice).unwrap_or_default();
        for field in fields.iter().chain(row.get("component")) {
            let Some(id) = field["custom_id"].as_str() else { continue };
            if seen.contains(&id) {
                faults.add(
                    &path,
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    "Component custom id cannot be duplicated",
                );
            }
            seen.push(id);
        }
    }
    faults.into_result()
}

fn check_row(row: &Value, path: &str, faults: &mut FormFaults) {
    match row["type"].as_u64() {
        Some(ACTION_ROW) => {
            let children = list_field(row, path, "components", faults);
            list_length(children, &below(path, "components"), 1, 1, faults);
            for (index, child) in children.iter().enumerate() {
                let here = format!("{path}.components.{index}");
                if child["type"].as_u64() == Some(TEXT_INPUT) {
                    check_text_input(child, &here, true, faults);
                } else {
                    let message = "Value of field \"type\" must be one of (4,).";
                    faults.add(&below(&here, "type"), "UNION_TYPE_CHOICES", message);
                }
            }
        }
        Some(LABEL) => check_label(row, path, faults),
        Some(TEXT_DISPLAY) => {}
        _ => faults.add(
            &below(path, "type"),
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" must be one of (1, 10, 18).",
        ),
    }
}

fn check_label(label: &Value, path: &str, faults: &mut FormFaults) {
    match text_field(label, path, "label", faults) {
        Some(text) => faults.length(&below(path, "label"), text, 1, 45),
        None => faults.required(&below(path, "label")),
    }
    if let Some(text) = text_field(label, path, "description", faults) {
        faults.length(&below(path, "description"), text, 0, 100);
    }
    let here = below(path, "component");
    let child = &label["component"];
    match child["type"].as_u64() {
        Some(TEXT_INPUT) => check_text_input(child, &here, false, faults),
        Some(3 | 5..=8) => check_select(child, &here, faults),
        Some(19 | 21 | 22 | 23) => custom_id(child, &here, faults),
        _ => faults.add(&here, "UNION_TYPE_CHOICES", "Not a component that a label may hold."),
    }
}

fn check_text_input(input: &Value, path: &str, labelled: bool, faults: &mut FormFaults) {
    custom_id(input, path, faults);
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        faults.add(&below(path, "style"), CHOICES, "Value must be one of {1, 2}.");
    }
    match text_field(input, path, "label", faults) {
        Some(text) => faults.length(&below(path, "label"), text, 1, 45),
        None if labelled => faults.required(&below(path, "label")),
        None => {}
    }
    let min = number_field(input, path, "min_length", (0, 4000), faults);
    let max = number_field(input, path, "max_length", (1, 4000), faults);
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        faults.add(
            &below(path, "min_length"),
            "BASE_TYPE_BAD_VALUE",
            "min_length may not exceed max_length.",
        );
    }
    if let Some(text) = text_field(input, path, "placeholder", faults) {
        faults.length(&below(path, "placeholder"), text, 0, 100);
    }
    if let Some(text) = text_field(input, path, "value", faults) {
        let longest = max.and_then(|max| usize::try_from(max).ok()).unwrap_or(4000);
        faults.length(&below(path, "value"), text, 0, longest.min(4000));
    }
}
