//! The commands, as one table: registration, dispatch, suggestions and the list in the README all read it.
//!
//! Names are those of the English texts; every other word comes from the locale files by key (`command-…`). A command
//! file holds handlers only. Discord's client checks types and lengths, but nothing keeps anybody from sending
//! something else, so handlers take what they get.

mod complete;
mod define;
mod desk;
mod incident;
mod kb;
mod list;
mod practice;
mod privacy;
mod report;
mod support;
mod table;
mod terms;
mod ticket;
mod tickets;

use futures_util::future::BoxFuture;
use serenity::model::application::{CommandData, CommandType, ResolvedTarget, ResolvedValue};

use super::call::{Call, Given};
use super::pipeline::Needs;
use super::reply::Reply;
use complete::Completion;

pub use define::definitions;
pub(crate) use kb::shown_article;
pub use list::markdown;
pub(crate) use table::COMMANDS;

#[cfg(test)]
mod tests;

/// One command. Discord shows each to everybody: many people use a part of `/desk` or `/ticket`, Discord can hide
/// whole commands only, and every handler asks who may do it anyway.
pub(crate) struct CommandSpec {
    /// As it is registered and called.
    name: &'static str,
    /// Its texts: `command-<key>-description` and, in languages that name it otherwise, `command-<key>-name`.
    key: &'static str,
    shape: Shape,
}

/// What a command consists of.
enum Shape {
    /// `/name options`
    Slash(Leaf),
    /// `/name sub options`
    Group(&'static [SubSpec]),
    /// In the menu of a message.
    Message(Leaf),
}

/// `/name sub`
struct SubSpec {
    name: &'static str,
    /// Its texts, as above.
    key: &'static str,
    leaf: Leaf,
}

/// What can be called.
struct Leaf {
    /// Required ones first; Discord insists.
    options: &'static [OptionSpec],
    needs: Needs,
    run: Run,
}

/// A handler.
type Run = for<'a> fn(&'a Call<'a>, Given<'a>) -> BoxFuture<'a, Reply>;

/// One option.
struct OptionSpec {
    name: &'static str,
    /// Its texts: `command-option-<key>-name` and `-description`.
    key: &'static str,
    kind: OptionKind,
    required: bool,
}

/// What an option takes.
enum OptionKind {
    Text { max: u16, complete: Option<Completion> },
    Choice(&'static [Choice]),
    Number,
    Flag,
    TextChannel,
    Role,
    User,
    File,
}

/// One choice; its text is `command-choice-<key>`.
struct Choice {
    value: &'static str,
    key: &'static str,
}

/// A command that was used, with what was given to it.
pub(crate) struct Invocation<'a> {
    spec: &'static CommandSpec,
    sub: Option<&'static SubSpec>,
    leaf: &'static Leaf,
    given: Given<'a>,
}

/// The command of the table that an interaction means. `None` for one of an older or a newer set.
pub(crate) fn find(data: &CommandData) -> Option<Invocation<'_>> {
    let spec = COMMANDS.iter().find(|spec| spec.name == data.name)?;
    let options = data.options();
    match (&spec.shape, data.kind) {
        (Shape::Slash(leaf), CommandType::ChatInput) => {
            Some(Invocation { spec, sub: None, leaf, given: Given { options, message: None } })
        }
        (Shape::Group(subs), CommandType::ChatInput) => {
            let called = options.into_iter().next()?;
            let sub = subs.iter().find(|sub| sub.name == called.name)?;
            let ResolvedValue::SubCommand(options) = called.value else { return None };
            Some(Invocation {
                spec,
                sub: Some(sub),
                leaf: &sub.leaf,
                given: Given { options, message: None },
            })
        }
        (Shape::Message(leaf), CommandType::Message) => {
            let Some(ResolvedTarget::Message(message)) = data.target() else { return None };
            let given = Given { options, message: Some(message) };
            Some(Invocation { spec, sub: None, leaf, given })
        }
        _ => None,
    }
}

impl<'i> Invocation<'i> {
    /// `ticket claim`, for logs.
    pub(crate) fn name(&self) -> String {
        match self.sub {
            Some(sub) => format!("{} {}", self.spec.name, sub.name),
            None => self.spec.name.to_owned(),
        }
    }

    pub(crate) fn needs(&self) -> Needs {
        self.leaf.needs
    }

    pub(crate) async fn run<'a>(self, call: &'a Call<'a>) -> Reply
    where
        'i: 'a,
    {
        (self.leaf.run)(call, self.given).await
    }

    /// The option that is being typed, with what it is completed from.
    fn typing(&self) -> Option<(Completion, &'i str)> {
        self.given.options.iter().find_map(|option| {
            let ResolvedValue::Autocomplete { value, .. } = option.value else { return None };
            let spec = self.leaf.options.iter().find(|spec| spec.name == option.name)?;
            match spec.kind {
                OptionKind::Text { complete: Some(completion), .. } => Some((completion, value)),
                _ => None,
            }
        })
    }

    /// Whether suggestions need the server's desk.
    pub(crate) fn completes_from_set_up(&self) -> bool {
        self.typing().is_some_and(|(completion, _)| completion.asks_for_set_up())
    }

    /// Suggestions for what is being typed, as name and value.
    pub(crate) async fn complete(&self, call: &Call<'_>) -> Vec<(String, String)> {
        match self.typing() {
            Some((completion, typed)) => completion.suggest(call, typed).await,
            None => Vec::new(),
        }
    }
}
