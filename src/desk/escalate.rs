//! From first to second level and back.

use super::{Desk, DeskError, Refusal, SetUp, TEXT_MAX, optional_text, text};
use crate::domain::actor::Actor;
use crate::domain::category;
use crate::domain::desk::{Provider, Specialism};
use crate::domain::duty::Callees;
use crate::domain::event::{Event, HandOver, What};
use crate::domain::id::{EscalationId, SpecialismId, TicketId};
use crate::domain::job::{Job, Lane, Say};
use crate::domain::ladder::Climb;
use crate::domain::policy::Action;
use crate::domain::proposal::{self, EVIDENCE_MAX, Proposed};
use crate::domain::ticket::{Escalation, Ticket};
use crate::store::{StoreError, TicketKey};

/// How much of a ticket's story a packet tells.
const PACKET_EVENTS: i64 = 25;

/// What first level hands over.
#[derive(Clone, Copy, Debug, Default)]
pub struct Escalating<'a> {
    /// To whom; may be left out where there is only one.
    pub specialism: Option<SpecialismId>,
    /// What was tried.
    pub tried: Option<&'a str>,
    /// What is expected of second level. This or `tried` must be there.
    pub expected: Option<&'a str>,
}

/// All that a specialist needs to read.
#[derive(Clone, Debug)]
pub struct Packet {
    /// The ticket as it is now.
    pub ticket: Ticket,
    /// The hand-over.
    pub hand_over: HandOver,
    /// To whom.
    pub specialism: Specialism,
    /// The story so far, oldest first.
    pub events: Vec<Event>,
    /// Whom the specialism's own steps call.
    pub callees: Callees,
}

impl Desk {
    /// Hands a ticket over to second level.
    pub async fn escalate(
        &self,
        actor: &Actor,
        key: TicketKey,
        escalating: Escalating<'_>,
    ) -> Result<Ticket, DeskError> {
        let set_up = self.set_up(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        let mut change = self.change(actor, key, Action::Escalate).await?;
        let specialism = choose(&set_up, escalating.specialism)?;
        let tried = optional_text(escalating.tried, TEXT_MAX)?;
        let expected = optional_text(escalating.expected, TEXT_MAX)?;
        if tried.is_none() && expected.is_none() {
            return Err(Refusal::TextMissing.into());
        }
        let (ticket, now) = (change.ticket.clone(), change.now);
        let texts = (tried.as_deref(), expected.as_deref());
        let id = change.tx.insert_hand_over(ticket.id, specialism.id, actor.user, texts, now).await?;
        let escalation = Escalation { id, specialism: specialism.id, by: actor.user };
        let escalated = ticket.escalate(escalation, now).map_err(Refusal::from)?;
        let ladder = Climb::begin(&specialism.ladder, &change.terms, escalated.priority, now);
        let escalated = Ticket { ladder, ..escalated };
        change.save(escalated, &What::Escalated { escalation: id, specialism: specialism.id }).await?;
        change
            .follow_up(&[
                // Whoever escalates from the queue stays the requester's contact, so they belong in the thread.
                Job::AddMember { user: actor.user },
                Job::PostEscalation { escalation: id },
                Job::UpdateCards,
            ])
            .await?;
        if specialism.provider == Some(Provider::Webhook) {
            let job = Job::NotifyProvider { ticket: change.ticket.id, escalation: id };
            change.tx.enqueue(actor.guild, Lane::Provider(specialism.id), &job, now).await?;
        }
        change.commit().await
    }

    /// Takes an escalation. Of several specialists at once one wins.
    pub async fn accept(&self, actor: &Actor, key: TicketKey) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::Accept).await?;
        let accepted = change.ticket.clone().accept(actor.user, change.now).map_err(Refusal::from)?;
        let escalation = accepted.status.escalation();
        change.save(accepted, &What::Accepted).await?;
        change.follow_up(&[Job::AddMember { user: actor.user }]).await?;
        change.follow_up(&packet_update(escalation)).await?;
        change.follow_up(&[Job::UpdateCards]).await?;
        change.commit().await
    }

    /// Gives a ticket back to the agent who escalated it, who is told why.
    pub async fn hand_back(&self, actor: &Actor, key: TicketKey, reason: &str) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::HandBack).await?;
        let escalation = change.ticket.status.escalation();
        let handed_back = change.ticket.clone().hand_back(change.now).map_err(Refusal::from)?;
        let reason = text(reason, TEXT_MAX)?;
        change.save(handed_back, &What::HandedBack { reason: reason.clone() }).await?;
        change.follow_up(&packet_update(escalation)).await?;
        if let Some(escalation) = escalation {
            let what = Say::HandedBack { agent: escalation.by, reason };
            change.follow_up(&[Job::Say { what }]).await?;
        }
        change.follow_up(&[Job::UpdateCards]).await?;
        change.commit().await
    }

    /// What a specialist reads about an escalation. `None` when there is no such escalation of this ticket.
    pub async fn packet(&self, id: TicketId, escalation: EscalationId) -> Result<Option<Packet>, StoreError> {
        let Some(ticket) = self.store.ticket_of_job(id).await? else { return Ok(None) };
        let Some(hand_over) = self.store.hand_over(id, escalation).await? else { return Ok(None) };
        let Some(specialism) = self.store.specialism(ticket.guild, hand_over.specialism).await? else {
            return Ok(None);
        };
        let events = self.store.events(id, PACKET_EVENTS).await?;
        let callees = self.callees(ticket.guild, &specialism).await?;
        Ok(Some(Packet { ticket, hand_over, specialism, events, callees }))
    }

    /// To whom a ticket probably belongs, the likeliest first.
    pub async fn proposals(&self, ticket: &Ticket, set_up: &SetUp) -> Result<Vec<Proposed>, StoreError> {
        let Some(name) = ticket.category.as_deref() else {
            return Ok(proposal::order(&set_up.specialisms, None, &[]));
        };
        let category = category::named(&set_up.categories, name).map(|category| category.id);
        let solved = self.store.solved_by(ticket.guild, name, EVIDENCE_MAX).await?;
        Ok(proposal::order(&set_up.specialisms, category, &solved))
    }
}

/// The job that keeps the card of an escalation true.
pub(super) fn packet_update(escalation: Option<Escalation>) -> Vec<Job> {
    escalation.map(|escalation| Job::UpdateEscalation { escalation: escalation.id }).into_iter().collect()
}

fn choose(set_up: &SetUp, wanted: Option<SpecialismId>) -> Result<&Specialism, Refusal> {
    match (wanted, set_up.specialisms.as_slice()) {
        (Some(id), _) => set_up.specialism(id).ok_or(Refusal::NoSuchSpecialism),
        (None, [only]) => Ok(only),
        (None, several) => Err(Refusal::WhichSpecialism { specialisms: several.to_vec() }),
    }
}
