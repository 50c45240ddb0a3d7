//! Turns the words that people read (`src/text/*.ftl`) into one typed function a message, in `OUT_DIR/texts.rs`.
//!
//! The build fails, naming every fault, when a file does not parse, when a message is missing in one language, or when
//! two languages use different variables. A function nobody calls is dead code, and so a warning of its own. Messages
//! whose key begins with `command-` are looked up by key instead (the command table does it) and get no function.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// The first is the one whose order of variables the functions take.
const LANGUAGES: [&str; 2] = ["en", "de"];
const LOOKED_UP_BY_KEY: &str = "command-";

/// A message's variables, in the order of their first use.
type Messages = BTreeMap<String, Vec<String>>;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/text");
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), Vec<String>> {
    let mut faults = Vec::new();
    let mut languages = Vec::new();
    for language in LANGUAGES {
        let path = PathBuf::from("src/text").join(format!("{language}.ftl"));
        languages.push(read(&path, &mut faults));
    }
    let [english, others @ ..] = languages.as_slice() else { return Err(faults) };
    for (other, language) in others.iter().zip(&LANGUAGES[1..]) {
        compare(english, other, language, &mut faults);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let target = std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or(["OUT_DIR is not set".to_owned()])?;
    std::fs::write(target.join("texts.rs"), functions(english)).map_err(|error| vec![error.to_string()])
}

fn read(path: &Path, faults: &mut Vec<String>) -> Messages {
    let mut messages = Messages::new();
    let source = match std::fs::read_to_string(path) {
        Ok(source) => source,
        Err(error) => {
            faults.push(format!("{}: {error}", path.display()));
            return messages;
        }
    };
    let resource = match fluent_syntax::parser::parse(source.as_str()) {
        Ok(resource) => resource,
        Err((_, errors)) => {
            faults.extend(errors.iter().map(|error| {
                let line = source[..error.pos.start].lines().count();
                format!("{}:{line}: {}", path.display(), error.kind)
            }));
            return messages;
        }
    };
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name.to_owned();
        let Some(pattern) = message.value else {
            faults.push(format!("{}: {key} has no text", path.display()));
            continue;
        };
        let mut variables = Vec::new();
        walk_pattern(&pattern, &mut variables);
        if messages.insert(key.clone(), variables).is_some() {
            faults.push(format!("{}: {key} is there twice", path.display()));
        }
    }
    messages
}

fn compare(english: &Messages, other: &Messages, language: &str, faults: &mut Vec<String>) {
    for (key, variables) in english {
        match other.get(key) {
            None => faults.push(format!("{key} is missing in {language}")),
            Some(theirs) => {
                let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) =
                    (variables.iter().collect(), theirs.iter().collect());
                if ours != theirs {
                    faults.push(format!(
                        "{key} uses {ours:?} in {} and {theirs:?} in {language}",
                        LANGUAGES[0]
                    ));
                }
            }
        }
    }
    for key in other.keys().filter(|key| !english.contains_key(*key)) {
        faults.push(format!("{key} is missing in {}", LANGUAGES[0]));
    }
}

fn walk_pattern(pattern: &Pattern<&str>, variables: &mut Vec<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            walk_expression(expression, variables);
        }
    }
}

fn walk_expression(expression: &Expression<&str>, variables: &mut Vec<String>) {
    match expression {
        Expression::Inline(inline) => walk_inline(inline, variables),
        Expression::Select { selector, variants } => {
            walk_inline(selector, variables);
            for variant in variants {
                walk_pattern(&variant.value, variables);
            }
        }
    }
}

fn walk_inline(inline: &InlineExpression<&str>, variables: &mut Vec<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            let name = id.name.to_owned();
            if !variables.contains(&name) {
                variables.push(name);
            }
        }
        InlineExpression::FunctionReference { arguments: given, .. }
        | InlineExpression::TermReference { arguments: Some(given), .. } => {
            for positional in &given.positional {
                walk_inline(positional, variables);
            }
        }
        InlineExpression::Placeable { expression } => walk_expression(expression, variables),
        _ => {}
    }
}

fn functions(messages: &Messages) -> String {
    let mut code = String::new();
    for (key, variables) in messages.iter().filter(|(key, _)| !key.starts_with(LOOKED_UP_BY_KEY)) {
        let name = key.replace('-', "_");
        let mut parameters = String::new();
        let mut arguments = String::new();
        for variable in variables {
            let parameter = variable.replace('-', "_");
            _ = write!(parameters, ", {parameter}: impl Into<FluentValue<'a>>");
            _ = write!(arguments, "(\"{variable}\", {parameter}.into()), ");
        }
        let lifetime = if variables.is_empty() { "" } else { "<'a>" };
        _ = writeln!(
            code,
            "/// `{key}`\npub(crate) fn {name}{lifetime}(language: Language{parameters}) -> String {{\n    \
             render(language, \"{key}\", [{arguments}])\n}}\n"
        );
    }
    code
}
