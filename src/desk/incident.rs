//! Something that many report: one place for it, one solution for all.

use super::change::Change;
use super::close::close_within;
use super::{Desk, DeskError, Refusal, TEXT_MAX, text};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::id::{IncidentId, ProposalId};
use crate::domain::incident::{End, Incident};
use crate::domain::job::{Job, Lane, Say};
use crate::domain::policy::{self, Action};
use crate::domain::ticket::{CloseReason, Status, Ticket};
use crate::store::{StoreError, TicketKey, Timer, Tx};

/// Longest title of an incident.
pub const INCIDENT_TITLE_MAX: usize = 100;
/// Longest text of an incident: everybody reads it above the answer they came for.
pub const INCIDENT_TEXT_MAX: usize = 1000;

/// So many tickets of an incident are closed in one transaction.
const SETTLED_AT_ONCE: i64 = 25;

/// Somebody who has the problem, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The incident.
    pub incident: Incident,
    /// Whether they had said so before.
    pub again: bool,
}

impl Desk {
    /// Whether the actor may lead incidents: asked before a form is shown. The change itself asks again.
    pub fn may_lead_incidents(&self, actor: &Actor) -> Result<(), DeskError> {
        Ok(policy::check_incidents(actor).map_err(Refusal::from)?)
    }

    /// Opens an incident; from a proposal with its tickets, once.
    pub async fn open_incident(
        &self,
        actor: &Actor,
        (title, known): (&str, &str),
        from: Option<ProposalId>,
    ) -> Result<Incident, DeskError> {
        self.may_lead_incidents(actor)?;
        let title = text(title, INCIDENT_TITLE_MAX)?.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = text(known, INCIDENT_TEXT_MAX)?;
        if self.store.desk(actor.guild).await?.is_none() {
            return Err(Refusal::NotSetUp.into());
        }
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        tx.lock_desk(actor.guild).await?;
        // Discord may deliver a command twice, and two people may say the same at once: one title is one incident.
        let before = match tx.open_incident_titled(actor.guild, &title).await? {
            Some(id) => tx.lock_incident(actor.guild, id).await?,
            None => None,
        };
        // It may have ended while somebody else had it.
        let before = before.filter(|incident| incident.end.is_none());
        let proposal = match from {
            Some(id) => Some(tx.lock_proposal(actor.guild, id).await?.ok_or(Refusal::NoSuchIncident)?),
            None => None,
        };
        if proposal.as_ref().is_some_and(|proposal| proposal.incident.is_some()) {
            return Err(Refusal::ProposalTaken.into());
        }
        let id = if let Some(before) = before {
            before.id
        } else {
            let id = tx.insert_incident(actor.guild, (&title, &known), actor.user, now).await?;
            tx.enqueue(actor.guild, Lane::Incident(id), &Job::PostIncidentCard { incident: id }, now).await?;
            id
        };
        if let Some(mut proposal) = proposal {
            proposal.incident = Some(id);
            tx.save_proposal(&proposal).await?;
            let update = Job::UpdateProposal { proposal: proposal.id };
            tx.enqueue(actor.guild, Lane::Desk(actor.guild), &update, now).await?;
            for ticket in proposal.tickets {
                let ticket = tx.lock_ticket(actor.guild, TicketKey::Id(ticket)).await?;
                let Some(ticket) = ticket.filter(|ticket| is_linkable(ticket).is_ok()) else { continue };
                let mut change = Change::new(tx, ticket, now, Some(actor.user)).await?;
                link(&mut change, id, &title).await?;
                tx = change.into_tx().await?;
            }
        }
        tx.commit().await?;
        self.show_incidents().await;
        Ok(self.store.incident(actor.guild, id).await?.ok_or(Refusal::NoSuchIncident)?)
    }

    /// Makes a ticket part of an incident. Its requester is told, and counted once.
    pub async fn link_to_incident(
        &self,
        actor: &Actor,
        key: TicketKey,
        incident: IncidentId,
    ) -> Result<Ticket, DeskError> {
        let mut tx = self.store.begin().await?;
        tx.lock_desk(actor.guild).await?;
        let mut change = self.change_in(tx, actor, key, Action::LinkIncident).await?;
        is_linkable(&change.ticket)?;
        let incident = open(&mut change.tx, actor, incident).await?;
        link(&mut change, incident.id, &incident.title).await?;
        let ticket = change.commit().await?;
        self.show_incidents().await;
        Ok(ticket)
    }

    /// Somebody has the problem, too. They need no ticket for it, and count once.
    pub async fn join_incident(&self, actor: &Actor, id: IncidentId) -> Result<Joined, DeskError> {
        let mut tx = self.store.begin().await?;
        let mut incident = open(&mut tx, actor, id).await?;
        let now = self.clock.now();
        let is_new = tx.join_incident(id, actor.user, now).await?;
        if is_new {
            incident.people += 1;
            update_card(&mut tx, &incident, now).await?;
        }
        tx.commit().await?;
        self.show_incidents().await;
        Ok(Joined { incident, again: !is_new })
    }

    /// Ends an incident with a solution for everybody. Its tickets are closed right after.
    pub async fn close_incident(
        &self,
        actor: &Actor,
        id: IncidentId,
        solution: &str,
    ) -> Result<Incident, DeskError> {
        self.may_lead_incidents(actor)?;
        let solution = text(solution, TEXT_MAX)?;
        let mut tx = self.store.begin().await?;
        let mut incident = open(&mut tx, actor, id).await?;
        let now = self.clock.now();
        let end = End { by: actor.user, at: now, solution };
        tx.close_incident(id, &end).await?;
        incident.end = Some(end);
        let lane = Lane::Incident(id);
        tx.set_timer(actor.guild, lane, Timer::SettleIncident, now).await?;
        let (update, note) =
            (Job::UpdateIncidentCard { incident: id }, Job::PostIncidentNote { incident: id });
        tx.enqueue_all(actor.guild, &[(lane, &update), (lane, &note)], now).await?;
        tx.commit().await?;
        self.show_incidents().await;
        Ok(incident)
    }

    /// Closes the tickets of an incident that has ended, some at a time; the timer stays set until there are none.
    pub async fn settle_incident(&self, id: IncidentId) -> Result<(), DeskError> {
        let lane = Lane::Incident(id);
        let Some(incident) = self.store.incident_of_job(id).await? else { return Ok(()) };
        let mut tx = self.store.begin().await?;
        tx.lock_desk(incident.guild).await?;
        if !tx.cancel_timer(lane, Timer::SettleIncident).await? {
            return Ok(());
        }
        let Some(end) = incident.end else { return Ok(tx.commit().await?) };
        let now = self.clock.now();
        let tickets = tx.open_tickets_of(id, SETTLED_AT_ONCE).await?;
        let is_more = i64::try_from(tickets.len()).unwrap_or(i64::MAX) == SETTLED_AT_ONCE;
        for ticket in tickets {
            let Some(ticket) = tx.lock_ticket_of_timer(ticket).await? else { continue };
            // Between the two looks somebody may have closed it, or taken it out by reopening it.
            if ticket.kept.incident != Some(id) || matches!(ticket.status, Status::Closed { .. }) {
                continue;
            }
            let mut change = Change::new(tx, ticket, now, Some(end.by)).await?;
            settle(&mut change, &incident.title, &end).await?;
            tx = change.into_tx().await?;
        }
        if is_more {
            tx.set_timer(incident.guild, lane, Timer::SettleIncident, now).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// An incident of the actor's server that is open, kept from everybody else until the transaction ends.
async fn open(tx: &mut Tx, actor: &Actor, id: IncidentId) -> Result<Incident, DeskError> {
    let incident = tx.lock_incident(actor.guild, id).await?.ok_or(Refusal::NoSuchIncident)?;
    match &incident.end {
        Some(end) => Err(Refusal::IncidentOver { by: end.by, at: end.at }.into()),
        None => Ok(incident),
    }
}

fn is_linkable(ticket: &Ticket) -> Result<(), Refusal> {
    match ticket.status {
        Status::Closed { .. } => {
            Err(crate::domain::ticket::TransitionError::Wrong { now: ticket.status.name() }.into())
        }
        _ if ticket.kept.incident.is_some() => Err(Refusal::PartOfIncident),
        _ => Ok(()),
    }
}

async fn link(change: &mut Change, incident: IncidentId, title: &str) -> Result<(), StoreError> {
    let (id, requester, guild, now) =
        (change.ticket.id, change.ticket.requester, change.ticket.guild, change.now);
    change.tx.link_incident(id, Some(incident)).await?;
    change.tx.join_incident(incident, requester, now).await?;
    change.ticket.kept.incident = Some(incident);
    change.record(&What::LinkedToIncident { title: title.to_owned() }).await?;
    change.follow_up(&[Job::Say { what: Say::PartOfIncident { title: title.to_owned() } }]).await?;
    change.follow_up(&[Job::UpdateQueueCard]).await?;
    let update = Job::UpdateIncidentCard { incident };
    change.tx.enqueue_once(guild, Lane::Incident(incident), &update, now).await
}

async fn update_card(
    tx: &mut Tx,
    incident: &Incident,
    now: crate::domain::time::Timestamp,
) -> Result<(), StoreError> {
    let update = Job::UpdateIncidentCard { incident: incident.id };
    tx.enqueue_once(incident.guild, Lane::Incident(incident.id), &update, now).await
}

/// One ticket of an incident that has ended: solved like the incident, and closed.
async fn settle(change: &mut Change, title: &str, end: &End) -> Result<(), DeskError> {
    let what = Say::IncidentSolved { title: title.to_owned(), text: end.solution.clone() };
    change.follow_up(&[Job::Say { what }]).await?;
    let (ticket, now) = (change.ticket.clone(), change.now);
    if ticket.status.is_open() {
        let resolved = ticket.resolve(end.by, end.solution.clone(), now).map_err(Refusal::from)?;
        change.save(resolved, &What::Resolved { solution: end.solution.clone() }).await?;
        change.inform_followers(Some(&end.solution)).await?;
    }
    close_within(change, Some(end.by), CloseReason::Incident { title: title.to_owned() }).await
}
