//! Deliveries about incidents and proposals of them.

use super::messenger::Messenger;
use super::{channel, give_up, posted};
use crate::desk::SetUp;
use crate::discord::views::incidents;
use crate::domain::id::{IncidentId, ProposalId};
use crate::domain::incident::Incident;
use crate::domain::job::Job;
use crate::jobs::Failure;

/// Delivers a job about an incident, or about tickets that look like one.
pub(super) async fn deliver(messenger: &Messenger<'_>, job: &Job) -> Result<(), Failure> {
    let Some(set_up) = messenger.cx.desk.set_up(messenger.queued.guild).await? else {
        return Err(give_up("its desk is gone"));
    };
    match *job {
        Job::PostProposal { proposal } => post_proposal(messenger, proposal, &set_up).await,
        Job::UpdateProposal { proposal } => update_proposal(messenger, proposal, &set_up).await,
        Job::PostIncidentCard { incident } => post_card(messenger, incident, &set_up).await,
        Job::UpdateIncidentCard { incident } => update_card(messenger, incident, &set_up).await,
        Job::PostIncidentNote { incident } => post_note(messenger, incident, &set_up).await,
        _ => Err(give_up("it is about no incident")),
    }
}

async fn post_proposal(messenger: &Messenger<'_>, id: ProposalId, set_up: &SetUp) -> Result<(), Failure> {
    let desk = &messenger.cx.desk;
    let Some(info) = desk.proposal(messenger.queued.guild, id).await? else { return Ok(()) };
    if info.proposal.posted.is_some() {
        return Ok(());
    }
    let queue = set_up.settings.queue_channel;
    let message = messenger.post(channel(queue), incidents::proposal(&info, set_up)).await?;
    let mut tx = desk.store.begin().await?;
    tx.proposal_posted(id, posted(queue, message)).await?;
    Ok(tx.commit().await?)
}

async fn update_proposal(messenger: &Messenger<'_>, id: ProposalId, set_up: &SetUp) -> Result<(), Failure> {
    let info = messenger.cx.desk.proposal(messenger.queued.guild, id).await?;
    let Some((info, place)) = info.and_then(|info| info.proposal.posted.map(|place| (info, place))) else {
        return Ok(());
    };
    messenger.edit(channel(place.channel), place.message, incidents::proposal(&info, set_up)).await.map(drop)
}

async fn post_card(messenger: &Messenger<'_>, id: IncidentId, set_up: &SetUp) -> Result<(), Failure> {
    let incident = incident(messenger, id).await?;
    if incident.card.is_some() {
        return Ok(());
    }
    let desk = &messenger.cx.desk;
    // Whoever sees the card finds the incident above their answer.
    desk.refresh_incidents().await?;
    let queue = set_up.settings.queue_channel;
    let message = messenger.post(channel(queue), incidents::card(&incident, set_up)).await?;
    let mut tx = desk.store.begin().await?;
    tx.incident_card_posted(id, posted(queue, message)).await?;
    Ok(tx.commit().await?)
}

async fn update_card(messenger: &Messenger<'_>, id: IncidentId, set_up: &SetUp) -> Result<(), Failure> {
    let incident = incident(messenger, id).await?;
    let Some(place) = incident.card else { return Ok(()) };
    messenger.edit(channel(place.channel), place.message, incidents::card(&incident, set_up)).await.map(drop)
}

async fn post_note(messenger: &Messenger<'_>, id: IncidentId, set_up: &SetUp) -> Result<(), Failure> {
    let incident = incident(messenger, id).await?;
    let support = channel(set_up.settings.support_channel);
    messenger.post(support, incidents::note(&incident, set_up)).await.map(drop)
}

async fn incident(messenger: &Messenger<'_>, id: IncidentId) -> Result<Incident, Failure> {
    let incident = messenger.cx.desk.store.incident(messenger.queued.guild, id).await?;
    incident.ok_or_else(|| give_up("its incident is gone"))
}
