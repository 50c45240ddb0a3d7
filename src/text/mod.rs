//! Every word that people read, in German and English.
//!
//! `en.ftl` and `de.ftl` are part of the binary. The build turns each message into a function that takes its
//! variables, so a missing key, language or variable fails the build and cannot fail here. What people wrote is passed
//! in as it must be shown: escaping is the views' business.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::article::Language;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

const ENGLISH: &str = include_str!("en.ftl");
const GERMAN: &str = include_str!("de.ftl");

static ENGLISH_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::En));
static GERMAN_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::De));

/// A text of the command table by its key (`command-…`). `None` when there is no such key.
pub(crate) fn command_text(language: Language, key: &str) -> Option<String> {
    find(language, key, &FluentArgs::new())
}

fn render<const N: usize>(
    language: Language,
    key: &str,
    arguments: [(&'static str, FluentValue<'_>); N],
) -> String {
    let mut given = FluentArgs::with_capacity(N);
    for (name, value) in arguments {
        given.set(name, value);
    }
    find(language, key, &given).expect("the build found this key in every language")
}

fn find(language: Language, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    let bundle = match language {
        Language::En => &ENGLISH_BUNDLE,
        Language::De => &GERMAN_BUNDLE,
    };
    let pattern = bundle.get_message(key)?.value()?;
    // Formatting reports what it had to leave out; the build has checked that there is nothing.
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned())
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let source = match language {
        Language::En => ENGLISH,
        Language::De => GERMAN,
    };
    let locale: LanguageIdentifier = language.code().parse().expect("an ISO code is a language identifier");
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks keep directions apart, but Discord's Markdown and code would show or break on them.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of a file, with the text of those that have it on the same line.
    fn lines(source: &str) -> impl Iterator<Item = (&str, &str)> {
        source.lines().filter(|line| !line.starts_with(['#', ' '])).filter_map(|line| line.split_once(" ="))
    }

    #[test]
    fn both_files_are_read_whole() {
        for source in [ENGLISH, GERMAN] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }

    #[test]
    fn labels_are_as_short_as_discord_wants_them() {
        for (source, language) in [(ENGLISH, Language::En), (GERMAN, Language::De)] {
            for (key, text) in lines(source) {
                let text = text.replace("{ $number }", "1234567");
                let length = text.trim().chars().count();
                // Discord docs, components/reference: buttons 38 with no icon, titles and labels of forms 45.
                let max = match key.split('-').next() {
                    Some("button") => 38,
                    Some("form") => 45,
                    _ => continue,
                };
                assert!((1..=max).contains(&length), "{key} in {} has {length}", language.code());
            }
        }
    }

    #[test]
    fn the_labels_of_the_contract_stand() {
        let labels = [
            button_solved(Language::En),
            button_open(Language::En),
            button_claim(Language::En),
            button_escalate(Language::En),
            button_resolve(Language::En),
            button_close(Language::En),
            button_accept(Language::En),
            button_hand_back(Language::En),
            button_reopen(Language::En),
            button_publish(Language::En),
            button_edit(Language::En),
            button_discard(Language::En),
            button_save_solution(Language::En),
        ];
        let expected = [
            "That solved it",
            "Open a ticket",
            "Claim",
            "Escalate",
            "Resolve",
            "Close",
            "Accept",
            "Hand back",
            "Reopen",
            "Publish",
            "Edit",
            "Discard",
            "Save as solution",
        ];
        assert_eq!(labels, expected);
    }

    #[test]
    fn plurals_and_variables_are_filled_in() {
        assert_eq!(times(Language::En, 1), "once");
        assert_eq!(times(Language::De, 3), "3-mal");
        assert_eq!(done_claimed(Language::En, 1234), "#1234 is yours now.");
    }
}
