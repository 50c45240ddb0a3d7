//! The table as people read it in the README.

use std::fmt::Write as _;

use super::define::text;
use super::{COMMANDS, Leaf, Shape};
use crate::domain::article::Language;

/// Every command with its options and what it does, as a Markdown table.
pub fn markdown(language: Language) -> String {
    let mut table = "| | |\n|---|---|\n".to_owned();
    for spec in COMMANDS {
        let name = text(language, &format!("command-{}-name", spec.key));
        match &spec.shape {
            Shape::Slash(leaf) => {
                let description = text(language, &format!("command-{}-description", spec.key));
                add(&mut table, &format!("`/{name}{}`", options(language, leaf)), &description);
            }
            Shape::Group(subs) => {
                for sub in *subs {
                    let sub_name = text(language, &format!("command-{}-name", sub.key));
                    let description = text(language, &format!("command-{}-description", sub.key));
                    let called = format!("`/{name} {sub_name}{}`", options(language, &sub.leaf));
                    add(&mut table, &called, &description);
                }
            }
            // A message command has no description on Discord; the README's comes from the same place.
            Shape::Message(_) => {
                let description = text(language, &format!("command-{}-description", spec.key));
                add(&mut table, &format!("**{name}**"), &description);
            }
        }
    }
    table
}

fn add(table: &mut String, called: &str, description: &str) {
    _ = writeln!(table, "| {called} | {description} |");
}

fn options(language: Language, leaf: &Leaf) -> String {
    let names = leaf.options.iter().map(|option| {
        let name = text(language, &format!("command-option-{}-name", option.key));
        if option.required { format!(" {name}") } else { format!(" [{name}]") }
    });
    names.collect()
}
