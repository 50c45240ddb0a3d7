//! The selects by which a ticket is described: what it is about, whom it affects, how badly.

use serenity::builder::{CreateActionRow, CreateSelectMenuOption};

use super::markdown::cut;
use super::{select, words};
use crate::desk::SetUp;
use crate::discord::custom_id::{CustomId, Press};
use crate::domain::article::Language;
use crate::domain::assessment::{DecidedBy, Impact, Urgency};
use crate::domain::category;
use crate::domain::ticket::Ticket;
use crate::text;

/// Discord's limit for the label of a select's option.
const OPTION_MAX: usize = 100;

/// For staff, on the card: all of them while the ticket is open.
pub(super) fn of_staff(language: Language, ticket: &Ticket, set_up: &SetUp) -> Vec<CreateActionRow> {
    if !ticket.status.is_open() {
        return Vec::new();
    }
    let mut rows = about(language, ticket, set_up);
    rows.extend(how_urgent(language, ticket));
    rows
}

/// For the requester: what staff have not decided.
pub(super) fn of_requester(language: Language, ticket: &Ticket, set_up: &SetUp) -> Vec<CreateActionRow> {
    if !ticket.status.is_open() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    if ticket.assessment.category_by != DecidedBy::Staff {
        rows.extend(about(language, ticket, set_up));
    }
    if ticket.assessment.priority_by != DecidedBy::Staff {
        rows.extend(how_urgent(language, ticket));
    }
    rows
}

/// Nothing where the desk has no categories, because Discord refuses a select without options.
fn about(language: Language, ticket: &Ticket, set_up: &SetUp) -> Vec<CreateActionRow> {
    let present = ticket.category.as_deref().and_then(|name| category::named(&set_up.categories, name));
    let options: Vec<_> = set_up
        .categories
        .iter()
        .map(|category| {
            CreateSelectMenuOption::new(cut(category.label(language), OPTION_MAX), category.id.to_string())
                .default_selection(present.is_some_and(|present| present.id == category.id))
        })
        .collect();
    if options.is_empty() {
        return Vec::new();
    }
    vec![select(id(Press::SetCategory, ticket), text::select_category(language), options)]
}

fn how_urgent(language: Language, ticket: &Ticket) -> [CreateActionRow; 2] {
    let said = ticket.assessment;
    let impacts = Impact::ALL.map(|impact| {
        CreateSelectMenuOption::new(words::impact(language, impact), impact.code())
            .default_selection(said.impact == Some(impact))
    });
    let urgencies = Urgency::ALL.map(|urgency| {
        CreateSelectMenuOption::new(words::urgency(language, urgency), urgency.code())
            .default_selection(said.urgency == Some(urgency))
    });
    [
        select(id(Press::SetImpact, ticket), text::select_impact(language), impacts.to_vec()),
        select(id(Press::SetUrgency, ticket), text::select_urgency(language), urgencies.to_vec()),
    ]
}

fn id(press: Press, ticket: &Ticket) -> CustomId {
    CustomId::Ticket { press, ticket: ticket.id }
}
