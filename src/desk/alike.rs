//! Tickets that look like one incident: looked for after a ticket is opened, so that nobody waits for it.

use super::{Desk, DeskError};
use crate::domain::id::{GuildId, ProposalId, TicketId};
use crate::domain::incident::{ALIKE_WITHIN, Finding, Proposal, find};
use crate::domain::job::{Job, Lane};
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::Timestamp;
use crate::knowledge::gist::Gist;
use crate::store::{StoreError, Timer};

/// So many of a server's latest tickets are compared; a busier hour shows its incident in fewer.
const COMPARED_MAX: i64 = 60;

/// A proposal with its tickets, as staff are shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalInfo {
    /// The proposal.
    pub proposal: Proposal,
    /// Its tickets, as they are now.
    pub tickets: Vec<Ticket>,
}

impl Desk {
    /// Compares a new ticket with the others of the last hour, and proposes an incident where enough are alike.
    pub async fn look_for_incident(&self, id: TicketId) -> Result<(), DeskError> {
        let ticket = self.store.ticket_of_job(id).await?;
        let alike = match &ticket {
            Some(ticket) => self.alike_tickets(ticket).await?,
            None => Some(Vec::new()),
        };
        // The process is stopping; the timer stays set for the next start.
        let Some(alike) = alike else { return Ok(()) };
        let mut tx = self.store.begin().await?;
        // Looking for a proposal and adding one is a single step.
        if let Some(ticket) = &ticket {
            tx.lock_desk(ticket.guild).await?;
        }
        let is_ours = tx.cancel_timer(Lane::Ticket(id), Timer::LookAlike).await?;
        let (true, Some(ticket)) = (is_ours, ticket) else { return Ok(tx.commit().await?) };
        let (guild, now) = (ticket.guild, self.clock.now());
        let proposals = tx.proposals_since(guild, before(ticket.opened_at)).await?;
        match find(id, &alike, &proposals) {
            Finding::Nothing => {}
            Finding::New(tickets) => {
                let proposal = tx.insert_proposal(guild, &tickets, ticket.opened_at).await?;
                tx.enqueue(guild, Lane::Desk(guild), &Job::PostProposal { proposal }, now).await?;
            }
            Finding::Joins(joined) => {
                let proposal = proposals.into_iter().find(|proposal| proposal.id == joined);
                if let Some(mut proposal) = proposal {
                    proposal.tickets.push(id);
                    tx.save_proposal(&proposal).await?;
                    let update = Job::UpdateProposal { proposal: joined };
                    tx.enqueue_once(guild, Lane::Desk(guild), &update, now).await?;
                }
            }
        }
        Ok(tx.commit().await?)
    }

    /// A proposal of a server, with its tickets.
    pub async fn proposal(&self, guild: GuildId, id: ProposalId) -> Result<Option<ProposalInfo>, StoreError> {
        let Some(proposal) = self.store.proposal(guild, id).await? else { return Ok(None) };
        let mut tickets = Vec::new();
        for ticket in &proposal.tickets {
            tickets.extend(self.store.ticket_of_job(*ticket).await?);
        }
        Ok(Some(ProposalInfo { proposal, tickets }))
    }

    /// The other tickets of the hour before it that are like this one and belong to nothing yet; `None` when there is
    /// no time left to compare them.
    async fn alike_tickets(&self, ticket: &Ticket) -> Result<Option<Vec<TicketId>>, StoreError> {
        let mut others = self.store.latest_tickets(ticket.guild, COMPARED_MAX).await?;
        others.retain(|other| {
            other.id != ticket.id
                && (before(ticket.opened_at)..=ticket.opened_at).contains(&other.opened_at)
                && other.kept.incident.is_none()
                && other.kept.duplicate_of.is_none()
                && !matches!(other.status, Status::Closed { .. })
        });
        let ticket = ticket.clone();
        let compared = tokio::task::spawn_blocking(move || {
            let own = gist(&ticket);
            others.into_iter().filter(|other| gist(other).is_like(&own)).map(|other| other.id).collect()
        });
        Ok(compared.await.ok())
    }
}

fn gist(ticket: &Ticket) -> Gist {
    let question = ticket.question.as_deref().unwrap_or_default();
    Gist::of(&format!("{}\n{question}", ticket.subject), ticket.language)
}

/// An hour before.
fn before(at: Timestamp) -> Timestamp {
    Timestamp(at.0.saturating_sub(i64::try_from(ALIKE_WITHIN.as_millis()).unwrap_or(i64::MAX)))
}
