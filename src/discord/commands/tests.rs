//! The table against its texts and Discord's limits (Discord docs, interactions/application-commands).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{COMMANDS, Leaf, OptionKind, Shape, definitions};
use crate::domain::article::Language;
use crate::domain::holidays::Region;
use crate::domain::period::Choice;
use crate::text::command_text;

/// Every key that the table uses.
fn keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for spec in COMMANDS {
        keys.insert(format!("command-{}-name", spec.key));
        keys.insert(format!("command-{}-description", spec.key));
        match &spec.shape {
            Shape::Slash(leaf) | Shape::Message(leaf) => add_options(leaf, &mut keys),
            Shape::Group(subs) => {
                for sub in *subs {
                    keys.insert(format!("command-{}-name", sub.key));
                    keys.insert(format!("command-{}-description", sub.key));
                    add_options(&sub.leaf, &mut keys);
                }
            }
        }
    }
    keys
}

fn add_options(leaf: &Leaf, keys: &mut BTreeSet<String>) {
    for option in leaf.options {
        keys.insert(format!("command-option-{}-name", option.key));
        keys.insert(format!("command-option-{}-description", option.key));
        if let OptionKind::Choice(choices) = option.kind {
            keys.extend(choices.iter().map(|choice| format!("command-choice-{}", choice.key)));
        }
    }
}

fn json() -> Vec<Value> {
    definitions().iter().map(|command| serde_json::to_value(command).unwrap()).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn every_text_of_the_table_is_there_and_none_is_left_over() {
    let used = keys();
    for language in Language::ALL {
        for key in &used {
            assert!(command_text(language, key).is_some(), "{key} is missing in {}", language.code());
        }
    }
    let written: BTreeSet<String> = include_str!("../../text/en.ftl")
        .lines()
        .filter(|line| line.starts_with("command-"))
        .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
        .collect();
    assert_eq!(written.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn texts_name_commands_as_their_readers_see_them() {
    let files = [("en-US", include_str!("../../text/en.ftl")), ("de", include_str!("../../text/de.ftl"))];
    for (locale, texts) in files {
        let known = written_names(locale);
        let named: Vec<&str> =
            texts.split("`/").skip(1).filter_map(|rest| Some(rest.split_once('`')?.0)).collect();
        assert!(named.len() > 20, "{locale}: {named:?}");
        for command in named {
            let words: Vec<&str> = command.split(' ').take(2).collect();
            assert!(known.contains(&words.join(" ")), "{locale}: there is no `/{command}`");
        }
    }
}

/// Every command and subcommand, and those of their options that a text may name, as somebody with this locale writes them.
fn written_names(locale: &str) -> BTreeSet<String> {
    let name = |named: &Value| text(&named["name_localizations"][locale]).to_owned();
    let mut known = BTreeSet::new();
    for command in json() {
        known.insert(name(&command));
        for option in list(&command["options"]) {
            known.insert(format!("{} {}", name(&command), name(option)));
        }
    }
    known
}

#[test]
fn english_names_are_those_that_are_registered() {
    for command in json() {
        check_english(&command);
    }
}

fn check_english(named: &Value) {
    for locale in ["en-US", "en-GB"] {
        assert_eq!(named["name_localizations"][locale], named["name"]);
    }
    list(&named["options"]).iter().for_each(check_english);
}

#[test]
fn names_and_descriptions_are_as_discord_wants_them() {
    for command in json() {
        let is_menu = command["type"] == 3;
        for name in names(&command) {
            assert!((1..=32).contains(&name.chars().count()), "{name}");
            assert!(is_menu || is_slash_name(name), "{name}");
        }
        assert_eq!(command["contexts"], serde_json::json!([0]));
        assert_eq!(command["integration_types"], serde_json::json!([0]));
        if !is_menu {
            check_descriptions(&command);
        }
        check_options(&command);
        assert!(size(&command) <= 8000, "{} has {}", command["name"], size(&command));
    }
}

fn names(named: &Value) -> Vec<&str> {
    let localised = named["name_localizations"].as_object().into_iter().flat_map(|map| map.values());
    std::iter::once(&named["name"]).chain(localised).map(text).collect()
}

fn is_slash_name(name: &str) -> bool {
    name.chars().all(|character| {
        character.is_numeric()
            || character == '_'
            || character == '-'
            || (character.is_alphabetic() && !character.is_uppercase())
    })
}

fn check_descriptions(described: &Value) {
    let localised = described["description_localizations"].as_object().unwrap().values();
    for description in std::iter::once(&described["description"]).chain(localised).map(text) {
        assert!((1..=100).contains(&description.chars().count()), "{description}");
    }
}

fn check_options(owner: &Value) {
    let options = list(&owner["options"]);
    assert!(options.len() <= 25);
    let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut optional = false;
    for option in options {
        let required = option["required"] == true;
        assert!(!(required && optional), "{} comes after optional ones", option["name"]);
        optional = !required;
        check_descriptions(option);
        for name in names(option) {
            assert!((1..=32).contains(&name.chars().count()) && is_slash_name(name), "{name}");
        }
        for (locale, name) in option["name_localizations"].as_object().unwrap() {
            assert!(seen.entry(locale).or_default().insert(text(name)), "{name} is there twice in {locale}");
        }
        let choices = list(&option["choices"]);
        assert!(choices.len() <= 25 && (choices.is_empty() || option["autocomplete"] != true));
        for choice in choices {
            assert!(text(&choice["value"]).chars().count() <= 100);
            assert!(names(choice).iter().all(|name| (1..=100).contains(&name.chars().count())));
        }
        check_options(option);
    }
}

/// Discord counts names, descriptions and values, of localisations the longest.
fn size(owner: &Value) -> usize {
    let longest = |field: &str| {
        let localised = owner[format!("{field}_localizations")].as_object();
        let localised = localised.into_iter().flat_map(|map| map.values());
        localised.chain([&owner[field]]).map(|value| text(value).chars().count()).max().unwrap_or(0)
    };
    let inner = list(&owner["options"]).iter().chain(list(&owner["choices"])).map(size).sum::<usize>();
    longest("name") + longest("description") + text(&owner["value"]).chars().count() + inner
}

#[test]
fn no_command_is_hidden_from_whom_a_part_of_it_is_for() {
    for command in json() {
        assert_eq!(text(&command["default_member_permissions"]), "", "{}", command["name"]);
    }
}

#[test]
fn the_periods_that_are_offered_are_those_that_there_are() {
    let offered = json().into_iter().find(|command| command["name"] == "desk").unwrap();
    let report = list(&offered["options"]).iter().find(|sub| sub["name"] == "report").unwrap();
    let values: Vec<_> =
        list(&report["options"][0]["choices"]).iter().map(|choice| text(&choice["value"])).collect();
    assert_eq!(values, Choice::ALL.map(Choice::code));
}

#[test]
fn the_list_of_commands_reads_well() {
    insta::assert_snapshot!(super::markdown(Language::En), @r"
    | | |
    |---|---|
    | `/support question [category] [attachment]` | Ask for help: an answer at once, or a ticket |
    | `/tickets [queue]` | Your tickets; for staff also the queue |
    | `/ticket claim [number]` | Take a ticket from the queue |
    | `/ticket release [number]` | Put your ticket back into the queue |
    | `/ticket assign user [number]` | Give a ticket to a first-level agent |
    | `/ticket escalate [specialism] [reason] [number]` | Hand a ticket over to second level |
    | `/ticket accept [number]` | Take an escalation |
    | `/ticket handback reason [number]` | Give an escalation back to first level |
    | `/ticket wait [number] [over]` | Stop the clock until the requester answers |
    | `/ticket resolve [solution] [number]` | Give the requester a solution |
    | `/ticket close [reason] [number]` | Close a ticket |
    | `/ticket reopen [number]` | Open a solved or closed ticket again |
    | `/ticket priority level [number] [reason]` | Change how urgent a ticket is |
    | `/ticket category name [number]` | Put a ticket into a category |
    | `/ticket note text [number]` | Write a note that only staff can read |
    | `/ticket add user [number]` | Add somebody to a ticket's thread |
    | `/ticket duplicate of [number]` | Close a ticket because another one says the same |
    | `/ticket reply name [number]` | Answer with a prepared reply |
    | `/ticket info [number]` | Where a ticket stands and what happened |
    | `/kb search query` | Search the knowledge base |
    | `/kb show article` | Read an article |
    | `/kb new` | Write an article |
    | `/kb edit article` | Change an article |
    | `/kb review` | The articles that wait for review |
    | `/kb gaps` | Questions that no article solved, grouped |
    | `/kb stats [article]` | What came of answers; of one article, also what it has learned |
    | `/desk setup support_channel queue_channel first_level second_level [language]` | Choose the desk's channels and roles; safe to run again |
    | `/desk check` | Check permissions and deliveries |
    | `/desk specialism name [role] [channel] [remove] [german] [categories] [note] [lead] [next_role] [timeouts] [provider] [reaction] [webhook]` | Add, change or remove a field of second-level work |
    | `/desk category [name] [german] [keywords] [priority] [vip_role] [remove]` | What tickets are about: add, change, remove or list |
    | `/desk duty [state] [until]` | Go on or off duty, and see who is |
    | `/desk incident action [title] [text] [incident] [number]` | Something that many report: open, close, link a ticket, list |
    | `/desk report [period] [weekly] [stop]` | The figures of a period: what came in, how it was solved, what is open |
    | `/desk practice action [scenario] [user]` | Practise on pretended tickets, and see your progress |
    | `/desk hours [zone] [week] [state] [days_off] [calendar] [clear]` | When the desk is open: show or change |
    | `/desk sla [priority] [first_response] [resolution] [around_the_clock] [idle] [answer] [reset]` | What is promised for each priority: show or change |
    | `/desk retention [days] [category] [forever]` | How long the texts of closed tickets are kept |
    | `/privacy export` | Everything that this desk knows about you, as a file |
    | `/privacy delete` | Delete what this desk knows about you |
    | **Open a support ticket** | In the menu of a message: open a ticket from it |
    | **Save as solution** | In the menu of a message: make an article of it |
    ");
}

#[test]
fn every_state_with_its_holidays_can_be_chosen() {
    let desk = COMMANDS.iter().find(|spec| spec.name == "desk");
    let Some(Shape::Group(subs)) = desk.map(|spec| &spec.shape) else { panic!("no /desk") };
    let hours = subs.iter().find(|sub| sub.name == "hours").unwrap();
    let state = hours.leaf.options.iter().find(|option| option.name == "state").unwrap();
    let OptionKind::Choice(choices) = state.kind else { panic!("no choice") };
    let offered: Vec<_> = choices.iter().map(|choice| choice.value).collect();
    let known = Region::ALL.into_iter().map(|(_, code)| code).chain(["none"]);
    assert_eq!(offered, known.collect::<Vec<_>>());
}
