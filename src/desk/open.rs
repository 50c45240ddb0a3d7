//! Opening a ticket.

use super::{Desk, DeskError, Refusal, SUBJECT_MAX, TEXT_MAX, optional_text, text};
use crate::domain::actor::Actor;
use crate::domain::event::What;
use crate::domain::id::{MessageId, QuestionId};
use crate::domain::job::{InteractionToken, Job, Lane};
use crate::domain::question::Attachment;
use crate::domain::schedule;
use crate::domain::ticket::{Priority, Ticket};
use crate::domain::time::Timestamp;
use crate::store::NewTicket;

/// What a ticket is opened from. Opening from the same again finds the ticket that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From an answer of `/support`.
    Question(QuestionId),
    /// From a message, by the person who is acting.
    Message(MessageId),
}

/// The open answer in which the requester waits for the thread's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyToken {
    /// Discord's token of the interaction.
    pub token: InteractionToken,
    /// When Discord forgets it.
    pub expires_at: Timestamp,
}

/// What somebody wants opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// What from.
    pub origin: Origin,
    /// One line.
    pub subject: String,
    /// More.
    pub details: Option<String>,
    /// A file of the message it is opened from; one of a question is known already.
    pub attachment: Option<Attachment>,
    /// Where to give the link.
    pub reply: Option<ReplyToken>,
}

/// A ticket that is open now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The ticket.
    pub ticket: Ticket,
    /// Whether it had been opened before, by an earlier press of the same button.
    pub again: bool,
}

impl Desk {
    /// Opens a ticket. When this returns, it is in the database with everything that has to follow.
    pub async fn open(&self, actor: &Actor, opening: Opening) -> Result<Opened, DeskError> {
        let subject = one_line(&text(&opening.subject, TEXT_MAX)?);
        let details = optional_text(opening.details.as_deref(), TEXT_MAX)?;
        let question = match opening.origin {
            // A question is written down right after its answer. Should that have failed, the ticket counts more.
            Origin::Question(id) => self.question(actor, id).await?,
            Origin::Message(_) => None,
        };
        let now = self.clock.now();
        let origin = opening.origin.key(actor);
        let mut tx = self.store.begin().await?;
        let link =
            opening.reply.map(|reply| Job::LinkThread { token: reply.token, expires_at: reply.expires_at });
        if let Some(ticket) = tx.ticket_from(actor.guild, &origin).await? {
            if let (Some(link), None) = (link, ticket.places.thread) {
                tx.enqueue(ticket.guild, Lane::Ticket(ticket.id), &link, now).await?;
            }
            tx.commit().await?;
            return Ok(Opened { ticket, again: true });
        }
        let (question_text, offered, asked_attachment, category) = match question {
            Some(asked) => (Some(asked.text), asked.offered, asked.attachment, asked.category),
            None => (None, Vec::new(), None, None),
        };
        let priority = Priority::default();
        let terms = tx.terms(actor.guild).await?;
        let within = terms.length(priority, terms.sla.of(priority).first_response);
        let new = NewTicket {
            origin,
            requester: actor.user,
            requester_name: actor.name.clone(),
            language: actor.language,
            subject,
            details,
            question: question_text,
            offered,
            attachment: asked_attachment.or(opening.attachment),
            category,
            priority,
            due_at: terms.add(priority, now, within),
        };
        let ticket = tx.insert_ticket(actor.guild, &new, now).await?.ok_or(Refusal::NotSetUp)?;
        tx.record(ticket.id, Some(actor.user), &What::Opened, now).await?;
        let jobs =
            [Job::CreateThread, Job::AddMember { user: actor.user }, Job::PostThreadCard, Job::PostQueueCard];
        // The link comes as soon as there is a thread to link to; the cards can wait for it.
        for job in jobs[..2].iter().chain(link.as_ref()).chain(&jobs[2..]) {
            tx.enqueue(ticket.guild, Lane::Ticket(ticket.id), job, now).await?;
        }
        let timers = schedule::timers(&ticket, &terms).into_iter().map(|(timer, at)| (ticket.id, timer, at));
        tx.reset_ticket_timers(ticket.guild, &[ticket.id], &timers.collect::<Vec<_>>()).await?;
        tx.commit().await?;
        Ok(Opened { ticket, again: false })
    }
}

impl Origin {
    /// The unique key of a ticket opened from this by this person.
    fn key(self, actor: &Actor) -> String {
        match self {
            Self::Question(id) => format!("question:{id}:{}", actor.user),
            Self::Message(id) => format!("message:{id}:{}", actor.user),
        }
    }
}

/// A subject is one line that fits beside a ticket's number; a longer one is cut with an ellipsis, because the whole
/// text stays in the question or the details.
fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SUBJECT_MAX {
        return line;
    }
    line.chars().take(SUBJECT_MAX - 1).chain(['…']).collect()
}
