//! The steps of an escalation that nobody accepts. Each is a timer's, taken in one transaction with what it records and
//! the one message it sends, so that it happens once whatever dies in between.

use super::change::Change;
use super::escalate::Packet;
use super::{Desk, DeskError};
use crate::domain::desk::Specialism;
use crate::domain::duty::{self, Callees};
use crate::domain::event::What;
use crate::domain::id::{EscalationId, GuildId, TicketId};
use crate::domain::job::Job;
use crate::domain::ladder::Rung;
use crate::domain::ticket::{Status, Ticket};
use crate::store::StoreError;

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

/// Takes the next step of a ticket's ladder, if there is one.
pub(super) async fn climb(mut change: Change) -> Result<Ticket, DeskError> {
    let Status::Escalated(escalation) = change.ticket.status else { return change.commit().await };
    let specialism = change.tx.specialism(change.ticket.guild, escalation.specialism).await?;
    let next = specialism.and_then(|specialism| {
        let rung = change.ticket.ladder.next(&specialism.ladder)?;
        Some((specialism, rung))
    });
    match next {
        Some((specialism, rung)) => step(&mut change, escalation.id, &specialism, rung).await?,
        // The specialism is out of use, or its ladder was made shorter.
        None => change.ticket.ladder.next_at = None,
    }
    change.commit().await
}

async fn step(
    change: &mut Change,
    escalation: EscalationId,
    specialism: &Specialism,
    rung: Rung,
) -> Result<(), StoreError> {
    let rule = &specialism.ladder;
    let (ladder, priority) = (change.ticket.ladder, change.ticket.priority);
    change.ticket.ladder = ladder.up(rule, &change.terms, priority, change.now);
    let (user, role) = match rung {
        Rung::Asked | Rung::AskedAgain => (None, Some(specialism.role)),
        Rung::NextGroup => (None, rule.next_role),
        Rung::Lead => (rule.lead, None),
        Rung::Admin => (change.tx.desk_people(change.ticket.guild).await?.admin, None),
    };
    change.record(&What::Called { rung, user, role }).await?;
    let jobs = [Job::Call { escalation, rung }, Job::UpdateEscalation { escalation }, Job::UpdateCards];
    change.follow_up(&jobs).await
}

/// A ticket that has become more urgent does not wait for a step that was set when it was not.
pub(super) async fn hurry(change: &mut Change) -> Result<(), StoreError> {
    let Status::Escalated(escalation) = change.ticket.status else { return Ok(()) };
    let guild = change.ticket.guild;
    let Some(specialism) = change.tx.specialism(guild, escalation.specialism).await? else { return Ok(()) };
    let (ladder, priority) = (change.ticket.ladder, change.ticket.priority);
    change.ticket.ladder = ladder.hurried(&specialism.ladder, &change.terms, priority, change.now);
    Ok(())
}
