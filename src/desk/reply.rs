//! Answering with a prepared reply.

use std::time::Duration;

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::canned::{self, Placeholder};
use crate::domain::event::What;
use crate::domain::job::{Job, Say};
use crate::domain::policy::Action;
use crate::domain::ticket::Ticket;
use crate::store::TicketKey;

/// The same reply by the same person within this time is one that arrived twice.
const SAID_JUST_NOW: Duration = Duration::from_secs(10);

impl Desk {
    /// Answers the requester, in their language if the reply has it. Counts as a first response; whoever has the
    /// ticket keeps it.
    pub async fn reply(&self, actor: &Actor, key: TicketKey, wanted: &str) -> Result<Ticket, DeskError> {
        let mut change = self.change(actor, key, Action::Reply).await?;
        let replies = self.knowledge.replies();
        let reply = replies.find(wanted, change.ticket.language).ok_or(Refusal::NoSuchReply)?;
        let responded = change.ticket.clone().respond(change.now).map_err(Refusal::from)?;
        // Discord may deliver a command twice; the requester reads the reply once.
        let last = self.store.events(responded.id, 1).await?.pop();
        let is_again = last.is_some_and(|last| {
            let is_same = matches!(&last.what, What::Replied { name, .. } if *name == reply.name);
            is_same && last.by == Some(actor.user) && change.now.since(last.at) < SAID_JUST_NOW
        });
        if is_again {
            return Ok(change.ticket);
        }
        let read = canned::fill(&reply.text, |placeholder| match placeholder {
            Placeholder::Requester => responded.requester_name.clone(),
            Placeholder::Agent => actor.name.clone(),
            Placeholder::Number => responded.number.to_string(),
            Placeholder::Subject => responded.subject.clone(),
        });
        // A file with an unknown placeholder is a fault and never gets here.
        let read = read.unwrap_or_else(|_| reply.text.clone());
        let what = Say::Canned { by: actor.user, text: reply.text.clone() };
        change.save(responded, &What::Replied { name: reply.name.clone(), text: read }).await?;
        change.follow_up(&[Job::Say { what }, Job::UpdateCards]).await?;
        change.commit().await
    }
}
