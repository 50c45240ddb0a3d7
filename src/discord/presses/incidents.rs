//! Buttons and forms about incidents: on the banner, on the proposal, on the staff's card.

use crate::discord::call::{Call, Filled};
use crate::discord::reply::{Answer, Reply};
use crate::discord::views::{View, forms, incidents};
use crate::domain::id::{IncidentId, ProposalId};
use crate::text;

/// "Me too" on a banner.
pub(super) async fn me_too(call: &Call<'_>, incident: IncidentId) -> Reply {
    let joined = call.cx.desk.join_incident(&call.actor, incident).await?;
    let (language, others) = (call.language(), joined.incident.people - 1);
    Ok(Answer::Ephemeral(View::text(if joined.again {
        text::me_too_again(language)
    } else {
        text::me_too(language, others)
    })))
}

/// "Open an incident" under a proposal: the form, with the subject of the first ticket.
pub(super) async fn open(call: &Call<'_>, proposal: ProposalId) -> Reply {
    call.cx.desk.may_lead_incidents(&call.actor)?;
    let info = call.cx.desk.proposal(call.actor.guild, proposal).await?;
    let info = info.ok_or(crate::desk::Refusal::NoSuchIncident)?;
    if info.proposal.incident.is_some() {
        return Err(crate::desk::Refusal::ProposalTaken.into());
    }
    let subject = info.tickets.first().map(|ticket| ticket.subject.as_str()).unwrap_or_default();
    Ok(Answer::Form(forms::incident(call.language(), Some(proposal), subject, "")))
}

/// The form of a new incident was sent.
pub(super) async fn open_sent(call: &Call<'_>, proposal: Option<ProposalId>, filled: &Filled<'_>) -> Reply {
    let given = (filled.text(forms::SUBJECT), filled.text(forms::TEXT));
    let incident = call.cx.desk.open_incident(&call.actor, given, proposal).await?;
    let opened = View::text(text::incident_is_open(call.language(), incident.tickets));
    let (Some(proposal), Some(_)) = (proposal, call.pressed) else { return Ok(Answer::Ephemeral(opened)) };
    match call.cx.desk.proposal(call.actor.guild, proposal).await? {
        Some(info) => Ok(Answer::Card(incidents::proposal(&info, call.set_up()?))),
        None => Ok(Answer::Ephemeral(opened)),
    }
}

/// "Solved" on the staff's card: the form of the solution.
pub(super) fn solve(call: &Call<'_>, incident: IncidentId) -> Reply {
    call.cx.desk.may_lead_incidents(&call.actor)?;
    Ok(Answer::Form(forms::incident_solution(call.language(), incident)))
}

/// The form of the solution was sent.
pub(super) async fn solve_sent(call: &Call<'_>, incident: IncidentId, filled: &Filled<'_>) -> Reply {
    let closed = call.cx.desk.close_incident(&call.actor, incident, filled.text(forms::TEXT)).await?;
    let is_card =
        call.pressed.is_some_and(|pressed| closed.card.is_some_and(|card| card.message == pressed.message));
    Ok(if is_card {
        Answer::Card(incidents::card(&closed, call.set_up()?))
    } else {
        Answer::Ephemeral(View::text(text::incident_is_closed(call.language(), closed.tickets)))
    })
}
