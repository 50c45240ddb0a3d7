//! Application command limits (Discord docs, interactions/application-commands).

use serde_json::{Value, json};
use twilight_validate::command::CommandValidationErrorType;

use super::{CHOICES, list_field, list_length, text_field};
use crate::sandbox::{
    refusal::{FormFaults, Refusal, below},
    world::CommandKind,
};

/// Names, descriptions and values of a command together.
const MOST_CHARACTERS: usize = 8000;

/// The languages Discord knows (Discord docs, reference: locales).
const LOCALES: [&str; 32] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
    "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko",
];

const SUB_COMMAND: u64 = 1;
const SUB_COMMAND_GROUP: u64 = 2;

/// Checks a command's form; `prefix` is the path of the form in the body.
pub(crate) fn command(form: &Value, prefix: &str) -> Result<(), Refusal> {
    let mut faults = FormFaults::default();
    let kind = CommandKind::read(form);
    check_name(form, prefix, kind == CommandKind::ChatInput, &mut faults);
    check_description(form, prefix, kind, &mut faults);
    let options = list_field(form, prefix, "options", &mut faults);
    if kind != CommandKind::ChatInput && !options.is_empty() {
        let message = "Context menu commands cannot have options";
        faults.add(
            &below(prefix, "options"),
            "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED",
            message,
        );
    }
    check_options(options, &below(prefix, "options"), 0, &mut faults);
    check_permissions(form, prefix, &mut faults);
    for (name, known) in [("contexts", 0..=2), ("integration_types", 0..=1)] {
        for (index, value) in list_field(form, prefix, name, &mut faults).iter().enumerate() {
            if !value.as_u64().is_some_and(|value| known.contains(&value)) {
                let path = below(&below(prefix, name), index);
                faults.add(&path, CHOICES, format!("Value must be one of {known:?}."));
            }
        }
    }
    let characters = count_characters(form);
    if characters > MOST_CHARACTERS {
        faults.add(
            prefix,
            "APPLICATION_COMMAND_TOO_LARGE",
            format!("Command exceeds maximum size ({MOST_CHARACTERS})"),
        );
    }
    if faults.is_empty() {
        second_opinion(form, prefix, &mut faults);
    }
    faults.into_result()
}

/// Letters, numbers, dash, underscore and apostrophe, with no capital where there is a small one.
fn is_chat_input_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || "-_'".contains(letter);
    (1..=32).contains(&name.chars().count())
        && name.chars().all(fits)
        && name.chars().all(|letter| !letter.is_uppercase())
}

fn check_name(form: &Value, path: &str, strict: bool, faults: &mut FormFaults) {
    let mut check = |name: &str, place: &str, faults: &mut FormFaults| {
        faults.length(place, name, 1, 32);
        if strict && (1..=32).contains(&name.chars().count()) && !is_chat_input_name(name) {
            faults.add(place, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
    };
    match text_field(form, path, "name", faults) {
        Some(name) => check(name, &below(path, "name"), faults),
        None => faults.required(&below(path, "name")),
    }
    localised(form, path, "name_localizations", faults, &mut check);
}

fn localised(
    form: &Value,
    path: &str,
    field: &str,
    faults: &mut FormFaults,
    check: &mut impl FnMut(&str, &str, &mut FormFaults),
) {
    let Some(map) = form.get(field).and_then(Value::as_object) else { return };
    for (locale, text) in map {
        let place = below(&below(path, field), locale);
        if !LOCALES.contains(&locale.as_str()) {
            faults.add(&place, "APPLICATION_COMMAND_INVALID_LOCALE", "Unsupported locale");
        }
        match text.as_str() {
            Some(text) => check(text, &place, faults),
            None if text.is_null() => {}
            None => faults.add(&place, "BASE_TYPE_STRING", "Could not interpret value as string."),
        }
    }
}

fn check_description(form: &Value, path: &str, kind: CommandKind, faults: &mut FormFaults) {
    let given = text_field(form, path, "description", faults).unwrap_or_default();
    if kind != CommandKind::ChatInput {
        if !given.is_empty() {
            let message = "Context menu commands cannot have description";
            let place = below(path, "description");
            faults.add(&place, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED", message);
        }
        return;
    }
    if given.is_empty() {
        faults.required(&below(path, "description"));
    } else {
        faults.length(&below(path, "description"), given, 1, 100);
    }
    localised(form, path, "description_localizations", faults, &mut |text, place, faults| {
        faults.length(place, text, 1, 100);
    });
}

fn check_permissions(form: &Value, path: &str, faults: &mut FormFaults) {
    let place = below(path, "default_member_permissions");
    match form.get("default_member_permissions") {
        None | Some(Value::Null) => {}
        Some(Value::String(bits)) if bits.parse::<u64>().is_ok() => {}
        Some(other) => {
            faults.add(
                &place,
                "NUMBER_TYPE_COERCE",
                format!("Value {other} is not a string of permission bits."),
            );
        }
    }
}

fn check_options(options: &[Value], path: &str, depth: u8, faults: &mut FormFaults) {
    list_length(options, path, 0, 25, faults);
    let mut names: Vec<&str> = Vec::new();
    let mut optional_seen = false;
    let has_sub = options.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2)));
    for (index, option) in options.iter().enumerate() {
        let here = below(path, index);
        check_option(option, &here, depth, faults);
        let name = option["name"].as_str().unwrap_or_default();
        if names.contains(&name) {
            faults.add(
                &below(&here, "name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
                "Option names must be unique",
            );
        }
        names.push(name);
        let is_sub = matches!(option["type"].as_u64(), Some(1 | 2));
        if has_sub && !is_sub {
            let message =
                "Sub-command and sub-command group option types are mutually exclusive to all other types";
            faults.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
        }
        let required = option["required"].as_bool().unwrap_or(false);
        if required && optional_seen {
            faults.add(
                path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional_seen |= !required && !is_sub;
    }
}

fn check_option(option: &Value, path: &str, depth: u8, faults: &mut FormFaults) {
    check_name(option, path, true, faults);
    check_description(option, path, CommandKind::ChatInput, faults);
    let children = list_field(option, path, "options", faults);
    match option["type"].as_u64() {
        Some(SUB_COMMAND) if depth < 2 => check_options(children, &below(path, "options"), 2, faults),
        Some(SUB_COMMAND_GROUP) if depth == 0 => check_options(children, &below(path, "options"), 1, faults),
        Some(SUB_COMMAND | SUB_COMMAND_GROUP) => {
            let message = "Sub-commands can be nested one level deep within a group alone";
            faults.add(&below(path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
        }
        Some(3..=11) => check_choices(option, path, faults),
        _ => faults.add(
            &below(path, "type"),
            CHOICES,
            "Value must be one of {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}.",
        ),
    }
}

fn check_choices(option: &Value, path: &str, faults: &mut FormFaults) {
    let choices = list_field(option, path, "choices", faults);
    let place = below(path, "choices");
    list_length(choices, &place, 0, 25, faults);
    let kind = option["type"].as_u64().unwrap_or_default();
    let autocomplete = option["autocomplete"].as_bool().unwrap_or(false);
    if autocomplete && !choices.is_empty() {
        let message = "Options with choices cannot use autocomplete";
        faults.add(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", message);
    }
    if (autocomplete || !choices.is_empty()) && !matches!(kind, 3 | 4 | 10) {
        let message = "Choices and autocomplete are for string, integer and number options";
        faults.add(path, "APPLICATION_COMMAND_OPTIONS_CHOICES_TYPE", message);
    }
    let mut names: Vec<&str> = Vec::new();
    for (index, choice) in choices.iter().enumerate() {
        let here = below(&place, index);
        check_choice(choice, kind, &here, faults);
        let name = choice["name"].as_str().unwrap_or_default();
        if names.contains(&name) {
            let message = "Choice names must be unique";
            faults.add(&below(&here, "name"), "APPLICATION_COMMAND_OPTIONS_CHOICES_NAME_EXISTS", message);
        }
        names.push(name);
    }
}

/// Checks one choice, of an option or of an autocomplete answer.
pub(crate) fn check_choice(choice: &Value, kind: u64, path: &str, faults: &mut FormFaults) {
    match text_field(choice, path, "name", faults) {
        Some(name) => faults.length(&below(path, "name"), name, 1, 100),
        None => faults.required(&below(path, "name")),
    }
    localised(choice, path, "name_localizations", faults, &mut |text, place, faults| {
        faults.length(place, text, 1, 100);
    });
    let place = below(path, "value");
    match (&choice["value"], kind) {
        (Value::String(value), 3) => faults.length(&place, value, 1, 100),
        (Value::Number(value), 4) if value.is_i64() => {}
        (Value::Number(_), 10) => {}
        (Value::Null, _) => faults.required(&place),
        _ => faults.add(&place, "BASE_TYPE_BAD_TYPE", "The value does not have the option's type."),
    }
}

/// The longest of a text and its translations counts (Discord docs, application-commands: limits).
fn longest(form: &Value, field: &str) -> usize {
    let plain = form[field].as_str().map_or(0, |text| text.chars().count());
    let localised = form.get(format!("{field}_localizations")).and_then(Value::as_object);
    let translated = localised.into_iter().flat_map(|map| map.values());
    translated.filter_map(Value::as_str).map(|text| text.chars().count()).fold(plain, usize::max)
}

fn count_characters(form: &Value) -> usize {
    let mut total = longest(form, "name") + longest(form, "description");
    for option in form["options"].as_array().into_iter().flatten() {
        total += count_characters(option);
        for choice in option["choices"].as_array().into_iter().flatten() {
            total +=
                longest(choice, "name") + choice["value"].as_str().map_or(0, |text| text.chars().count());
        }
    }
    total
}

fn second_opinion(form: &Value, path: &str, faults: &mut FormFaults) {
    // Their model is of a stored command, which has what Discord adds.
    let mut stored = form.clone();
    stored["version"] = json!("1");
    stored["type"] = json!(CommandKind::read(form) as u8);
    stored["description"] = json!(form["description"].as_str().unwrap_or_default());
    stored["options"] =
        form.get("options").filter(|options| options.is_array()).cloned().unwrap_or_else(|| json!([]));
    match serde_json::from_value::<twilight_model::application::command::Command>(stored) {
        Err(error) => faults.add(path, "MODEL_TYPE_CONVERT", error.to_string()),
        Ok(command) => {
            let whole = match twilight_validate::command::command(&command) {
                // Theirs is half of what Discord has come to allow (interactions/application-commands: 8000).
                Err(error) if matches!(error.kind(), CommandValidationErrorType::CommandTooLarge { .. }) => {
                    Ok(())
                }
                checked => checked,
            };
            let checked = whole.and_then(|()| twilight_validate::command::options(&command.options));
            if let Err(error) = checked {
                faults.add(path, "APPLICATION_COMMAND_INVALID", error.to_string());
            }
        }
    }
}
