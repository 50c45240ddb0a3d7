//! The table as Discord wants it registered, with the words of both languages.
//!
//! English stands as `en-US` and `en-GB` of its own as well: Discord would otherwise show a British client whatever
//! other localisation it finds closest (Discord docs, interactions/application-commands, "Localization").

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::{CommandOptionType, CommandType, InstallationContext, InteractionContext};
use serenity::model::channel::ChannelType;

use super::{COMMANDS, CommandSpec, Leaf, OptionKind, OptionSpec, Shape, SubSpec};
use crate::domain::article::Language;
use crate::text::command_text;

/// Discord's locales with the language that they read.
const LOCALES: [(&str, Language); 3] =
    [("en-US", Language::En), ("en-GB", Language::En), ("de", Language::De)];

/// Every command, ready to be registered.
pub fn definitions() -> Vec<CreateCommand> {
    COMMANDS.iter().map(command).collect()
}

/// The text of a key, or the key itself where it has none; a test sees to it that all have.
pub(super) fn text(language: Language, key: &str) -> String {
    command_text(language, key).unwrap_or_else(|| key.to_owned())
}

fn command(spec: &CommandSpec) -> CreateCommand {
    let mut command = CreateCommand::new(spec.name)
        .contexts(vec![InteractionContext::Guild])
        .integration_types(vec![InstallationContext::Guild]);
    let name_key = format!("command-{}-name", spec.key);
    for (locale, language) in LOCALES {
        command = command.name_localized(locale, text(language, &name_key));
    }
    if let Shape::Message(_) = spec.shape {
        return command.kind(CommandType::Message);
    }
    let description_key = format!("command-{}-description", spec.key);
    command = command.kind(CommandType::ChatInput).description(text(Language::En, &description_key));
    for (locale, language) in LOCALES {
        command = command.description_localized(locale, text(language, &description_key));
    }
    match &spec.shape {
        Shape::Slash(leaf) | Shape::Message(leaf) => command.set_options(options(leaf)),
        Shape::Group(subs) => command.set_options(subs.iter().map(sub_command).collect()),
    }
}

fn sub_command(sub: &SubSpec) -> CreateCommandOption {
    let described = described(CommandOptionType::SubCommand, sub.name, &format!("command-{}", sub.key));
    described.set_sub_options(options(&sub.leaf))
}

fn options(leaf: &Leaf) -> Vec<CreateCommandOption> {
    leaf.options.iter().map(option).collect()
}

fn option(spec: &OptionSpec) -> CreateCommandOption {
    let kind = match spec.kind {
        OptionKind::Text { .. } | OptionKind::Choice(_) => CommandOptionType::String,
        OptionKind::Number => CommandOptionType::Integer,
        OptionKind::Flag => CommandOptionType::Boolean,
        OptionKind::TextChannel => CommandOptionType::Channel,
        OptionKind::Role => CommandOptionType::Role,
        OptionKind::User => CommandOptionType::User,
        OptionKind::File => CommandOptionType::Attachment,
    };
    let option = described(kind, spec.name, &format!("command-option-{}", spec.key)).required(spec.required);
    match spec.kind {
        OptionKind::Text { max, complete } => option.max_length(max).set_autocomplete(complete.is_some()),
        OptionKind::Choice(choices) => choices.iter().fold(option, |option, choice| {
            let key = format!("command-choice-{}", choice.key);
            let localised = LOCALES.map(|(locale, language)| (locale, text(language, &key)));
            option.add_string_choice_localized(text(Language::En, &key), choice.value, localised)
        }),
        OptionKind::Number => option.min_int_value(1),
        OptionKind::TextChannel => option.channel_types(vec![ChannelType::Text]),
        OptionKind::Flag | OptionKind::Role | OptionKind::User | OptionKind::File => option,
    }
}

fn described(kind: CommandOptionType, name: &str, key: &str) -> CreateCommandOption {
    let description_key = format!("{key}-description");
    let mut option = CreateCommandOption::new(kind, name, text(Language::En, &description_key));
    for (locale, language) in LOCALES {
        option = option
            .name_localized(locale, text(language, &format!("{key}-name")))
            .description_localized(locale, text(language, &description_key));
    }
    option
}
