//! What a ticket is about and how urgent it is: said by its requester, decided by staff.

use super::change::Change;
use super::ladder::hurry;
use super::{Desk, DeskError, Refusal, TEXT_MAX, optional_text, text};
use crate::domain::actor::Actor;
use crate::domain::assessment::{Assessment, DecidedBy, Impact, Urgency};
use crate::domain::category::{self, Category};
use crate::domain::event::What;
use crate::domain::id::CategoryId;
use crate::domain::job::Job;
use crate::domain::policy::Action;
use crate::domain::ticket::{Priority, Ticket, TransitionError};
use crate::store::TicketKey;

/// One thing that is said about a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Description {
    /// What it is about.
    Category(CategoryId),
    /// How many people it affects.
    Impact(Impact),
    /// How badly.
    Urgency(Urgency),
}

impl Desk {
    /// Changes how urgent it is, and with it its deadline.
    pub async fn prioritise(
        &self,
        actor: &Actor,
        key: TicketKey,
        to: Priority,
        reason: Option<&str>,
    ) -> Result<Ticket, DeskError> {
        let change = self.change(actor, key, Action::Prioritise).await?;
        let reason = optional_text(reason, TEXT_MAX)?;
        let by = decides(actor, &change.ticket, change.ticket.assessment.priority_by)?;
        let assessment = Assessment { priority_by: by, ..change.ticket.assessment };
        decide(change, assessment, to, reason).await
    }

    /// Puts it under a category. One that the desk does not list is taken as it was typed.
    pub async fn categorise(&self, actor: &Actor, key: TicketKey, name: &str) -> Result<Ticket, DeskError> {
        let categories = self.store.categories(actor.guild).await?;
        let change = self.change(actor, key, Action::Categorise).await?;
        let name = text(name, category::NAME_MAX)?;
        let by = decides(actor, &change.ticket, change.ticket.assessment.category_by)?;
        match category::named(&categories, &name) {
            Some(listed) => recategorise(change, listed.name.clone(), listed.priority, by).await,
            None => recategorise(change, name, None, by).await,
        }
    }

    /// Takes down what its requester or staff say about it, and what follows from that.
    pub async fn describe(
        &self,
        actor: &Actor,
        key: TicketKey,
        said: Description,
    ) -> Result<Ticket, DeskError> {
        let categories = self.store.categories(actor.guild).await?;
        let change = self.change(actor, key, Action::Describe).await?;
        let ticket = &change.ticket;
        if !ticket.status.is_open() {
            return Err(Refusal::from(TransitionError::Wrong { now: ticket.status.name() }).into());
        }
        let before = ticket.assessment;
        let after = match said {
            Description::Category(id) => {
                let by = decides(actor, ticket, before.category_by)?;
                let chosen = categories.iter().find(|category| category.id == id);
                let chosen = chosen.ok_or(Refusal::NoSuchCategory { name: None })?;
                return recategorise(change, chosen.name.clone(), chosen.priority, by).await;
            }
            Description::Impact(impact) => Assessment { impact: Some(impact), ..before },
            Description::Urgency(urgency) => Assessment { urgency: Some(urgency), ..before },
        };
        let after = Assessment { priority_by: decides(actor, ticket, before.priority_by)?, ..after };
        let usual = usual_priority(&categories, ticket.category.as_deref());
        decide(change, after, after.priority(usual), None).await
    }
}

async fn recategorise(
    mut change: Change,
    name: String,
    usual: Option<Priority>,
    by: DecidedBy,
) -> Result<Ticket, DeskError> {
    let before = change.ticket.clone();
    let assessment = Assessment { category_by: by, ..before.assessment };
    let categorised = Ticket { category: Some(name.clone()), assessment, ..before.clone() };
    if before.category.as_deref() != Some(name.as_str()) {
        change.save(categorised, &What::Categorised { to: name }).await?;
    }
    // The category's own urgency follows, unless staff have said how urgent this one is.
    let priority = match assessment.priority_by {
        DecidedBy::Staff => before.priority,
        DecidedBy::Desk | DecidedBy::Requester => assessment.priority(usual),
    };
    decide(change, assessment, priority, None).await
}

async fn decide(
    mut change: Change,
    assessment: Assessment,
    to: Priority,
    reason: Option<String>,
) -> Result<Ticket, DeskError> {
    let from = change.ticket.priority;
    let decided = Ticket { assessment, ..change.ticket.clone() };
    if from == to {
        change.ticket = decided;
    } else {
        change.save(decided.prioritise(to), &What::Prioritised { from, to, reason }).await?;
        hurry(&mut change).await?;
    }
    change.follow_up(&[Job::UpdateCards]).await?;
    change.commit().await
}

/// In whose name somebody decides. A requester who is staff is a requester here.
fn decides(actor: &Actor, ticket: &Ticket, before: DecidedBy) -> Result<DecidedBy, Refusal> {
    match (ticket.is_requester(actor.user), before) {
        (false, _) => Ok(DecidedBy::Staff),
        (true, DecidedBy::Staff) => Err(Refusal::DecidedByStaff),
        (true, DecidedBy::Desk | DecidedBy::Requester) => Ok(DecidedBy::Requester),
    }
}

/// What a ticket of this category starts with.
pub(super) fn usual_priority(categories: &[Category], name: Option<&str>) -> Option<Priority> {
    category::named(categories, name?)?.priority
}
