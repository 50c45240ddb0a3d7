//! Who may do what: the one place that decides it.
//!
//! [`check`] is asked inside the transaction that makes the change, with the roles the member has now.

use super::actor::Actor;
use super::id::{SpecialismId, UserId};
use super::ticket::{Status, Ticket};
use super::time::Timestamp;

/// Something a person wants to do to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Take it from the queue.
    Claim,
    /// Put it back into the queue.
    Release,
    /// Give it to an agent.
    Assign,
    /// Hand it over to second level.
    Escalate,
    /// Take an escalation.
    Accept,
    /// Give it back to first level.
    HandBack,
    /// Give the requester a solution.
    Resolve,
    /// Say that the solution works.
    Confirm,
    /// Close it.
    Close,
    /// Reopen it.
    Reopen,
    /// Stop its clock until its requester has answered, or let it go on.
    Wait,
    /// Change its priority.
    Prioritise,
    /// Change its category.
    Categorise,
    /// Say what it is about, whom it affects and how badly.
    Describe,
    /// Write an internal note.
    Note,
    /// Answer with a prepared reply.
    Reply,
    /// Close it because another one says the same, or let another one follow it.
    MarkDuplicate,
    /// Make it part of an incident.
    LinkIncident,
    /// Add somebody to its thread.
    AddMember,
    /// Read its facts.
    Info,
    /// Rate the help.
    Rate,
}

/// Something a person wants to do with an article of the knowledge base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleAction {
    /// Write one, or edit one; nobody is answered from it before it was reviewed.
    Write,
    /// Decide about one: publish, discard, take offline.
    Review,
}

/// Why something is not allowed, as far as a person can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Only first-level agents may.
    #[error("only first level may do this")]
    FirstLevelOnly,
    /// Only people of this specialism may.
    #[error("only members of specialism {specialism} may do this")]
    SpecialistsOnly {
        /// Which.
        specialism: SpecialismId,
    },
    /// Only second level, or whoever may manage the server, may.
    #[error("only second level and managers may do this")]
    SecondLevelOnly,
    /// Only first or second level may.
    #[error("only staff may do this")]
    StaffOnly,
    /// Only whoever has the ticket may.
    #[error("only {holder} may do this, who has had it since {since}")]
    HolderOnly {
        /// Who has it.
        holder: UserId,
        /// Since when.
        since: Timestamp,
    },
    /// Only the requester may.
    #[error("only the requester may do this")]
    RequesterOnly,
    /// Only people who may manage the server may.
    #[error("only people who may manage the server may do this")]
    ManagersOnly,
    /// Only whoever may decide about articles may.
    #[error("only second level, managers and the article's owner may do this")]
    ReviewersOnly,
    /// Only whoever practises may.
    #[error("only {agent} may do this, whose practice it is")]
    PractisingOnly {
        /// Who.
        agent: UserId,
    },
}

/// Whether `actor` may do `action` to `ticket` as it is now.
///
/// A move that the ticket's state does not offer is none of this function's business: it lets people pass who could
/// make the move in principle, so that they read what state the ticket is in and not that they lack a right.
pub fn check(actor: &Actor, action: Action, ticket: &Ticket) -> Result<(), Denied> {
    match action {
        Action::Claim => first_level(actor),
        Action::Release => holder(actor, ticket).or_else(|denied| manager(actor, denied)),
        Action::Assign => first_level(actor).or_else(|denied| manager(actor, denied)),
        Action::Escalate => {
            first_level(actor)?;
            holder(actor, ticket)
        }
        Action::Accept => specialist(actor, ticket),
        Action::HandBack => {
            specialist(actor, ticket)?;
            holder(actor, ticket)
        }
        Action::Wait => holder(actor, ticket),
        Action::Resolve => staff(actor).and_then(|()| resolver(actor, ticket)),
        Action::Confirm | Action::Rate => requester(actor, ticket),
        Action::Close | Action::Reopen | Action::Info | Action::Describe => {
            requester(actor, ticket).or_else(|_| staff(actor))
        }
        Action::Prioritise
        | Action::Categorise
        | Action::Note
        | Action::Reply
        | Action::MarkDuplicate
        | Action::LinkIncident
        | Action::AddMember => staff(actor),
    }
}

/// Whether `actor` may do `action` with an article that this account keeps true, if it is an account at all.
pub fn check_article(actor: &Actor, action: ArticleAction, owner: Option<UserId>) -> Result<(), Denied> {
    let is_owner = owner == Some(actor.user);
    match action {
        ArticleAction::Write => staff(actor).or_else(|denied| manager(actor, denied)),
        ArticleAction::Review if !actor.standing.specialisms.is_empty() || is_owner => Ok(()),
        ArticleAction::Review => manager(actor, Denied::ReviewersOnly),
    }
}

/// Something a person wants to do with what the desk knows about its articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnowledgeAction {
    /// See what came of answers and what nobody could answer.
    SeeFigures,
    /// Take back what was learned.
    Forget,
}

/// Whether `actor` may do `action` with what the desk knows.
pub fn check_knowledge(actor: &Actor, action: KnowledgeAction) -> Result<(), Denied> {
    match action {
        KnowledgeAction::SeeFigures => staff(actor).or_else(|denied| manager(actor, denied)),
        KnowledgeAction::Forget if actor.standing.specialisms.is_empty() => {
            manager(actor, Denied::SecondLevelOnly)
        }
        KnowledgeAction::Forget => Ok(()),
    }
}

/// Whether `actor` may open and close incidents.
pub fn check_incidents(actor: &Actor) -> Result<(), Denied> {
    staff(actor)
}

/// Something a person wants to do with practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PracticeAction {
    /// Begin.
    Start,
    /// Do something about a practice ticket.
    Act {
        /// Whose it is.
        agent: UserId,
    },
    /// See how somebody gets on.
    SeeProgress {
        /// Who.
        of: UserId,
    },
}

/// Whether `actor` may do `action` with practice. What somebody learns is theirs: nobody acts in their place, and only
/// whoever manages the server sees how they get on.
pub fn check_practice(actor: &Actor, action: PracticeAction) -> Result<(), Denied> {
    match action {
        PracticeAction::Start => first_level(actor),
        PracticeAction::Act { agent } if agent == actor.user => Ok(()),
        PracticeAction::Act { agent } => Err(Denied::PractisingOnly { agent }),
        PracticeAction::SeeProgress { of } if of == actor.user => Ok(()),
        PracticeAction::SeeProgress { .. } => manager(actor, Denied::ManagersOnly),
    }
}

/// Whether `actor` may read the desk's figures: staff, and whoever manages the server.
pub fn check_reports(actor: &Actor) -> Result<(), Denied> {
    staff(actor).or_else(|denied| manager(actor, denied))
}

/// Whether `actor` may set the desk up and look after it.
pub fn check_set_up(actor: &Actor) -> Result<(), Denied> {
    manager(actor, Denied::ManagersOnly)
}

fn first_level(actor: &Actor) -> Result<(), Denied> {
    if actor.standing.first_level { Ok(()) } else { Err(Denied::FirstLevelOnly) }
}

fn staff(actor: &Actor) -> Result<(), Denied> {
    if actor.standing.is_staff() { Ok(()) } else { Err(Denied::StaffOnly) }
}

fn manager(actor: &Actor, otherwise: Denied) -> Result<(), Denied> {
    if actor.standing.manager { Ok(()) } else { Err(otherwise) }
}

fn requester(actor: &Actor, ticket: &Ticket) -> Result<(), Denied> {
    if ticket.is_requester(actor.user) { Ok(()) } else { Err(Denied::RequesterOnly) }
}

/// Whoever has the ticket; everybody of staff while nobody has it.
fn holder(actor: &Actor, ticket: &Ticket) -> Result<(), Denied> {
    staff(actor)?;
    match ticket.status.holder() {
        Some(holder) if ticket.status.is_open() && holder.user() != actor.user => {
            Err(Denied::HolderOnly { holder: holder.user(), since: ticket.since })
        }
        _ => Ok(()),
    }
}

/// Members of the specialism it was escalated to; any specialist while it is not escalated.
fn specialist(actor: &Actor, ticket: &Ticket) -> Result<(), Denied> {
    match ticket.status.escalation() {
        Some(escalation) if !actor.standing.specialisms.contains(&escalation.specialism) => {
            Err(Denied::SpecialistsOnly { specialism: escalation.specialism })
        }
        None if actor.standing.specialisms.is_empty() => Err(Denied::StaffOnly),
        _ => Ok(()),
    }
}

/// Whoever is responsible: first level in the queue, the holder, or the one who escalated and the specialism.
fn resolver(actor: &Actor, ticket: &Ticket) -> Result<(), Denied> {
    match ticket.status {
        Status::Queued => first_level(actor),
        Status::Escalated(escalation) if escalation.by == actor.user => Ok(()),
        Status::Escalated(_) => specialist(actor, ticket),
        _ => holder(actor, ticket),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::actor::Standing;
    use crate::domain::article::Language;
    use crate::domain::id::GuildId;

    #[test]
    fn practice_is_for_first_level_and_its_progress_for_oneself_and_managers() {
        let actor = |standing| Actor {
            guild: GuildId(1),
            user: UserId(1),
            name: "x".to_owned(),
            language: Language::En,
            standing,
        };
        let first = actor(Standing { first_level: true, ..Standing::default() });
        let second = actor(Standing { specialisms: vec![SpecialismId(1)], ..Standing::default() });
        let manager = actor(Standing { manager: true, ..Standing::default() });
        let (own, other) = (UserId(1), UserId(2));
        for (actor, start, see) in [(&first, true, false), (&second, false, false), (&manager, false, true)] {
            assert_eq!(check_practice(actor, PracticeAction::Start).is_ok(), start, "{actor:?}");
            let act = |agent| check_practice(actor, PracticeAction::Act { agent });
            assert_eq!((act(own), act(other)), (Ok(()), Err(Denied::PractisingOnly { agent: other })));
            let see_of = |of| check_practice(actor, PracticeAction::SeeProgress { of }).is_ok();
            assert_eq!((see_of(own), see_of(other)), (true, see), "{actor:?}");
        }
    }

    #[test]
    fn staff_write_articles_and_second_level_managers_and_owners_decide() {
        let actor = |standing| Actor {
            guild: GuildId(1),
            user: UserId(1),
            name: "x".to_owned(),
            language: Language::En,
            standing,
        };
        let first = Standing { first_level: true, ..Standing::default() };
        let second = Standing { specialisms: vec![SpecialismId(1)], ..Standing::default() };
        let manager = Standing { manager: true, ..Standing::default() };
        let may = |standing: &Standing, action, owner| {
            check_article(&actor(standing.clone()), action, owner).is_ok()
        };
        for (standing, write, review) in [
            (Standing::default(), false, false),
            (first.clone(), true, false),
            (second, true, true),
            (manager, true, true),
        ] {
            assert_eq!(may(&standing, ArticleAction::Write, None), write, "{standing:?}");
            assert_eq!(may(&standing, ArticleAction::Review, None), review, "{standing:?}");
        }
        assert!(may(&first, ArticleAction::Review, Some(UserId(1))), "its owner");
        assert!(!may(&first, ArticleAction::Review, Some(UserId(2))), "somebody else's");
    }
}
