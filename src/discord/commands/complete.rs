//! Suggestions while somebody types. At most 25, and none longer than 100 characters (Discord docs,
//! interactions/application-commands, "Autocomplete").

use crate::discord::call::Call;
use crate::discord::views::words;
use crate::domain::article::Audience;
use crate::domain::calendar::zones;
use crate::knowledge::answer::Suggestion;

const SUGGESTIONS_MAX: usize = 25;
const LENGTH_MAX: usize = 100;

/// What an option is completed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Completion {
    /// Titles of articles, as questions.
    Questions,
    /// Articles, by title; their value is their id.
    Articles,
    /// The server's specialisms.
    Specialisms,
    /// Prepared replies, by title; their value is their name.
    Replies,
    /// Open incidents, by title; their value is their id.
    Incidents,
    /// The server's categories.
    Categories,
    /// Practice scenarios, by title; their value is their name.
    Scenarios,
    /// Time zones.
    Zones,
}

impl Completion {
    /// Whether it needs the server's desk, or the reader's roles.
    pub(super) fn asks_for_set_up(self) -> bool {
        match self {
            Self::Questions | Self::Zones => false,
            Self::Articles
            | Self::Specialisms
            | Self::Categories
            | Self::Replies
            | Self::Incidents
            | Self::Scenarios => true,
        }
    }

    /// Suggestions, as name and value.
    pub(super) async fn suggest(self, call: &Call<'_>, typed: &str) -> Vec<(String, String)> {
        match self {
            Self::Questions => {
                let suggestions = articles(call, typed, Audience::Everyone).await;
                fit(suggestions.into_iter().map(|suggestion| (suggestion.title.clone(), suggestion.title)))
            }
            Self::Articles => {
                let suggestions = articles(call, typed, audience(call)).await;
                fit(suggestions.into_iter().map(|suggestion| (suggestion.title, suggestion.article.0)))
            }
            Self::Replies => {
                if !call.actor.standing.is_staff() {
                    return Vec::new();
                }
                let replies = call.cx.desk.knowledge.replies();
                let replies = replies.suggest(typed, call.language());
                fit(replies.into_iter().map(|reply| (reply.title.clone(), reply.name.clone())))
            }
            Self::Zones => fit(zones(typed).map(|name| (name.to_owned(), name.to_owned()))),
            Self::Incidents => {
                let typed = typed.to_lowercase();
                let open = call.cx.desk.open_incidents(call.actor.guild).into_iter();
                fit(open
                    .filter(|incident| incident.title.to_lowercase().contains(&typed))
                    .map(|incident| (incident.title, incident.id.to_string())))
            }
            Self::Scenarios => {
                if !call.actor.standing.first_level {
                    return Vec::new();
                }
                let typed = typed.to_lowercase();
                let scenarios = call.cx.desk.knowledge.scenarios();
                let named = scenarios.in_language(call.language());
                let named = named.filter(|scenario| scenario.title.to_lowercase().contains(&typed));
                fit(named.map(|scenario| (scenario.title.clone(), scenario.name.clone())))
            }
            Self::Specialisms => {
                let specialisms = call.set_up.iter().flat_map(|set_up| &set_up.specialisms);
                let names = specialisms.map(|specialism| words::specialism_name(call.language(), specialism));
                with(typed, names)
            }
            Self::Categories => {
                let categories = call.set_up.iter().flat_map(|set_up| &set_up.categories);
                with(typed, categories.map(|category| category.label(call.language()).to_owned()))
            }
        }
    }
}

async fn articles(call: &Call<'_>, typed: &str, audience: Audience) -> Vec<Suggestion> {
    let desk = &call.cx.desk;
    let shelf = desk.shelf(call.actor.guild).await;
    desk.knowledge.suggest(&shelf, typed, call.language(), audience)
}

/// Which articles this person may read.
pub(super) fn audience(call: &Call<'_>) -> Audience {
    if call.actor.standing.is_staff() { Audience::Staff } else { Audience::Everyone }
}

/// The names that have what was typed in them. Names are read in either language, so they are their own values.
fn with(typed: &str, names: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let typed = typed.to_lowercase();
    fit(names.filter(|name| name.to_lowercase().contains(&typed)).map(|name| (name.clone(), name)))
}

fn fit(suggestions: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    suggestions
        // A value that is cut would mean something else; a name that is cut is still read.
        .filter(|(_, value)| value.chars().count() <= LENGTH_MAX)
        .map(|(name, value)| (name.chars().take(LENGTH_MAX).collect(), value))
        .take(SUGGESTIONS_MAX)
        .collect()
}
