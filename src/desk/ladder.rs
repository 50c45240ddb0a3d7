//! The steps of an escalation that nobody accepts. Each is a timer's, taken in one transaction with what it records and
//! the one message it sends, so that it happens once whatever dies in between.

use super::change::Change;
use super::escalate::Packet;
use super::{Desk, DeskError};
use crate::domain::desk::Specialism;
use crate::domain::duty::{self, Callees};
use crate::domain::event::What;
use crate::domain::id::{EscalationId, GuildId, TicketId};
use crate::domain::job::{Job, Lane};
use crate::domain::ladder::{Climb, Rung};
use crate::domain::ticket::{Status, Ticket};
use crate::store::{StoreError, Timer};

/// One step as it is to be told.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it is about.
    pub packet: Packet,
    /// Which step.
    pub rung: Rung,
    /// Who is called; `None` when nobody is known who could be.
    pub whom: Option<Callees>,
}

impl Desk {
    /// Takes the next step of a ticket's ladder, if somebody still has to accept it.
    pub async fn climb(&self, id: TicketId) -> Result<(), DeskError> {
        let mut tx = self.store.begin().await?;
        if !tx.cancel_timer(Lane::Ticket(id), Timer::Ladder).await? {
            return Ok(());
        }
        let Some(ticket) = tx.lock_ticket_of_timer(id).await? else { return Ok(()) };
        let mut change = Change::new(tx, ticket, self.clock.now(), None);
        if let Status::Escalated(escalation) = change.ticket.status
            && let Some(specialism) = change.tx.specialism(change.ticket.guild, escalation.specialism).await?
        {
            step(&mut change, escalation.id, &specialism).await?;
        }
        change.commit().await?;
        Ok(())
    }

    /// A step of the ladder as it is to be told now. `None` when somebody has accepted meanwhile.
    pub async fn call(
        &self,
        ticket: TicketId,
        escalation: EscalationId,
        rung: Rung,
    ) -> Result<Option<Call>, StoreError> {
        let Some(packet) = self.packet(ticket, escalation).await? else { return Ok(None) };
        if !matches!(packet.ticket.status, Status::Escalated(open) if open.id == escalation) {
            return Ok(None);
        }
        let rule = &packet.specialism.ladder;
        let whom = match rung {
            Rung::Asked | Rung::AskedAgain => Some(packet.callees.clone()),
            Rung::NextGroup => rule.next_role.map(Callees::Role),
            Rung::Lead => rule.lead.map(|lead| Callees::People(vec![lead])),
            Rung::Admin => {
                let people = self.store.desk_people(packet.ticket.guild).await?;
                people.admin.map(|admin| Callees::People(vec![admin]))
            }
        };
        Ok(Some(Call { packet, rung, whom }))
    }

    /// Whom the specialism's own steps call.
    pub(super) async fn callees(
        &self,
        guild: GuildId,
        specialism: &Specialism,
    ) -> Result<Callees, StoreError> {
        let on_duty = self.store.on_duty(guild, self.clock.now()).await?;
        Ok(duty::callees(duty::of_specialism(&on_duty, specialism.id), specialism.role))
    }
}

async fn step(
    change: &mut Change,
    escalation: EscalationId,
    specialism: &Specialism,
) -> Result<(), StoreError> {
    let (rule, ticket, now) = (specialism.ladder, change.ticket.clone(), change.now);
    let Some(rung) = ticket.ladder.next(&rule) else { return Ok(()) };
    let ladder = ticket.ladder.up(&rule, |patience| now + patience, ticket.priority);
    let (user, role) = match rung {
        Rung::Asked | Rung::AskedAgain => (None, Some(specialism.role)),
        Rung::NextGroup => (None, rule.next_role),
        Rung::Lead => (rule.lead, None),
        Rung::Admin => (change.tx.desk_people(ticket.guild).await?.admin, None),
    };
    change.reschedule(Ticket { ladder, ..ticket }).await?;
    change.record(&What::Called { rung, user, role }).await?;
    let jobs = [Job::Call { escalation, rung }, Job::UpdateEscalation { escalation }, Job::UpdateCards];
    change.follow_up(&jobs).await
}

/// A ticket that has become more urgent does not wait for a step that was set when it was not.
pub(super) async fn hurry(change: &mut Change) -> Result<(), StoreError> {
    let ticket = change.ticket.clone();
    let (Status::Escalated(escalation), Some(next_at)) = (&ticket.status, ticket.ladder.next_at) else {
        return Ok(());
    };
    let Some(specialism) = change.tx.specialism(ticket.guild, escalation.specialism).await? else {
        return Ok(());
    };
    let rule = specialism.ladder;
    let sooner = change.now + rule.patience(ticket.ladder.steps, ticket.priority);
    if sooner >= next_at {
        return Ok(());
    }
    let ladder = Climb { next_at: Some(sooner), ..ticket.ladder };
    change.reschedule(Ticket { ladder, ..ticket }).await
}
