//! `/desk incident`: the twin of the buttons, and linking a ticket.

use crate::desk::Refusal;
use crate::discord::call::{Call, Given};
use crate::discord::outcome::{self, Done};
use crate::discord::reply::{Answer, Failure, Mistake, Reply};
use crate::discord::views::{View, forms, incidents};
use crate::domain::id::IncidentId;
use crate::text;

pub(super) async fn incident(call: &Call<'_>, given: Given<'_>) -> Reply {
    call.cx.desk.may_lead_incidents(&call.actor)?;
    let language = call.language();
    match given.text("action") {
        Some("open") => {
            let (title, known) = (given.filled("title"), given.filled("text"));
            let (Some(title), Some(known)) = (title, known) else {
                let (title, known) = (title.unwrap_or_default(), known.unwrap_or_default());
                return Ok(Answer::Form(forms::incident(language, None, title, known)));
            };
            let opened = call.cx.desk.open_incident(&call.actor, (title, known), None).await?;
            Ok(Answer::Ephemeral(View::text(text::incident_is_open(language, opened.tickets))))
        }
        Some("close") => {
            let incident = meant(call, &given)?;
            let Some(solution) = given.filled("text") else {
                return Ok(Answer::Form(forms::incident_solution(language, incident)));
            };
            let closed = call.cx.desk.close_incident(&call.actor, incident, solution).await?;
            Ok(Answer::Ephemeral(View::text(text::incident_is_closed(language, closed.tickets))))
        }
        Some("link") => {
            let (incident, key) = (meant(call, &given)?, call.ticket(&given)?);
            let linked = call.cx.desk.link_to_incident(&call.actor, key, incident).await?;
            outcome::on_card(call, &linked, Done::LinkedToIncident)
        }
        Some("list") => {
            let open = call.cx.desk.open_incidents(call.actor.guild);
            Ok(Answer::Ephemeral(incidents::list(language, &open)))
        }
        _ => Err(Mistake::UnknownCommand.into()),
    }
}

/// The incident that was named, by a suggestion or by its title; the open one where there is only one.
fn meant(call: &Call<'_>, given: &Given<'_>) -> Result<IncidentId, Failure> {
    let open = call.cx.desk.open_incidents(call.actor.guild);
    let Some(named) = given.filled("incident") else {
        return match open.as_slice() {
            [only] => Ok(only.id),
            [] => Err(Refusal::NoSuchIncident.into()),
            several => {
                let titles = several.iter().map(|incident| incident.title.clone()).collect();
                Err(Refusal::WhichIncident { titles }.into())
            }
        };
    };
    let named = named.trim();
    let found = open.iter().find(|incident| {
        incident.id.to_string() == named || incident.title.to_lowercase() == named.to_lowercase()
    });
    Ok(found.ok_or(Refusal::NoSuchIncident)?.id)
}
