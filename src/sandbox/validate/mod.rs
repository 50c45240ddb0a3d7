//! What Discord accepts in a form, and what it refuses with 50035 and nested `errors`.
//!
//! Each check knows the path of its field. After our own checks `twilight-validate`, another team's
//! reading of the same pages, has a second look; what it alone refuses is refused as well. Nothing here
//! looks at permissions or state.

mod command;
mod component;
mod embed;
mod message;
mod modal;

pub(crate) use command::{check_choice, command};
pub(crate) use component::{is_interactive, walk};
pub(crate) use message::{MOST_FILES, Place, UploadedFile, message};
pub(crate) use modal::modal;

use serde_json::Value;

use super::refusal::{FormFaults, below};

/// The code of a value that does not fit what its field may hold.
const CHOICES: &str = "BASE_TYPE_CHOICES";

/// A text field, missing when absent or null; anything else is a fault.
fn text_field<'a>(form: &'a Value, path: &str, name: &str, faults: &mut FormFaults) -> Option<&'a str> {
    match form.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text),
        Some(_) => {
            faults.add(&below(path, name), "BASE_TYPE_STRING", "Could not interpret value as string.");
            None
        }
    }
}

/// A list field; anything but a list is a fault.
fn list_field<'a>(form: &'a Value, path: &str, name: &str, faults: &mut FormFaults) -> &'a [Value] {
    match form.get(name) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list,
        Some(_) => {
            faults.add(&below(path, name), "BASE_TYPE_LIST", "Only iterables may be used in a ListType");
            &[]
        }
    }
}

/// Notes a list that is too short or too long.
fn list_length(list: &[Value], path: &str, min: usize, max: usize, faults: &mut FormFaults) {
    if list.len() < min || list.len() > max {
        faults.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."));
    }
}

/// Notes an address that is not one a message may carry.
fn address(text: &str, path: &str, schemes: &[&str], faults: &mut FormFaults) {
    if url::Url::parse(text).is_err() {
        faults.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
    } else if !schemes.iter().any(|scheme| text.starts_with(scheme)) {
        let allowed = schemes.iter().map(|scheme| scheme.trim_end_matches("://")).collect::<Vec<_>>();
        faults.add(
            path,
            "URL_TYPE_INVALID_SCHEME",
            format!("Scheme must be one of ('{}').", allowed.join("', '")),
        );
    }
}

/// A whole number within bounds; absent is fine.
fn number_field(
    form: &Value,
    path: &str,
    name: &str,
    bounds: (i64, i64),
    faults: &mut FormFaults,
) -> Option<i64> {
    let value = form.get(name).filter(|value| !value.is_null())?;
    let Some(number) = value.as_i64() else {
        faults.add(&below(path, name), "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not int."));
        return None;
    };
    if number < bounds.0 {
        faults.add(
            &below(path, name),
            "NUMBER_TYPE_MIN",
            format!("int value should be greater than or equal to {}.", bounds.0),
        );
    } else if number > bounds.1 {
        faults.add(
            &below(path, name),
            "NUMBER_TYPE_MAX",
            format!("int value should be less than or equal to {}.", bounds.1),
        );
    }
    Some(number)
}
