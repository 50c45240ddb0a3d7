//! What is known about somebody: given to them, or taken away.

use rand::RngExt;

use super::{Desk, DeskError, Refusal, retention};
use crate::domain::actor::Actor;
use crate::domain::privacy::{self, Export, ExportedEvent, ExportedPractice, ExportedTicket};
use crate::domain::ticket::Ticket;
use crate::store::{Renaming, StoreError};

/// More tickets, events and practice than these nobody has, and a file that Discord takes holds no more.
const MOST: i64 = 10_000;
/// So many tickets that have to be finished first are named.
const NAMED_MAX: i64 = 10;

/// What was taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// How many tickets were emptied.
    pub tickets: usize,
}

impl Desk {
    /// Everything that this server's desk knows about whoever asks. What is between staff is left out.
    pub async fn export(&self, actor: &Actor) -> Result<Export, DeskError> {
        let (guild, person) = (actor.guild, actor.user);
        self.write_questions().await;
        let mut tickets = Vec::new();
        for ticket in self.store.tickets_of(guild, person, MOST, 0).await? {
            tickets.push(self.exported(&ticket).await?);
        }
        let now = self.clock.now();
        let on_duty = self.store.on_duty(guild, now).await?;
        let (_, practised) = self.store.finished_practice(guild, person, MOST).await?;
        Ok(Export {
            server: guild,
            person,
            made_at: now.0,
            questions: self.store.questions_of(guild, person).await?,
            tickets,
            work: self.store.work_of(guild, person).await?,
            hand_overs: self.store.hand_overs_of(guild, person).await?,
            articles: self.store.articles_of(guild, person).await?,
            lessons: self.store.lessons_of(guild, person).await?,
            on_duty_since: on_duty.iter().find(|duty| duty.user == person).map(|duty| duty.since.0),
            practice: practised
                .into_iter()
                .map(|practised| ExportedPractice {
                    title: practised.title,
                    at: practised.at.0,
                    score: practised.score,
                    points: practised.score.points(),
                })
                .collect(),
        })
    }

    async fn exported(&self, ticket: &Ticket) -> Result<ExportedTicket, StoreError> {
        let events = self.store.events(ticket.id, MOST).await?.into_iter();
        let story = events.filter(|event| !event.what.is_between_staff()).map(|event| ExportedEvent {
            at: event.at.0,
            by_you: event.by == Some(ticket.requester),
            what: event.what,
        });
        let rating = ticket.kept.rating.as_ref();
        Ok(ExportedTicket {
            number: ticket.number,
            name: ticket.requester_name.clone(),
            subject: ticket.subject.clone(),
            details: ticket.details.clone(),
            question: ticket.question.clone(),
            category: ticket.category.clone(),
            priority: ticket.priority.code(),
            state: ticket.status.name().code(),
            opened_at: ticket.opened_at.0,
            rating: rating.map(|rating| rating.stars),
            comment: rating.and_then(|rating| rating.comment.clone()),
            story: story.collect(),
        })
    }

    /// Takes away what this server's desk knows about whoever asks: a pseudonym stands in their place, and their words are
    /// gone. What somebody still waits for has to be finished before.
    pub async fn forget_person(&self, actor: &Actor) -> Result<Forgotten, DeskError> {
        let (guild, person) = (actor.guild, actor.user);
        self.write_questions().await;
        let now = self.clock.now();
        let renaming = Renaming { guild, person, pseudonym: privacy::pseudonym(rand::rng().random()) };
        let mut tx = self.store.begin().await?;
        // No ticket is opened by them in between: that waits for the desk as well.
        tx.lock_desk(guild).await?;
        let unfinished = tx.unfinished_tickets(guild, person, NAMED_MAX).await?;
        if !unfinished.is_empty() {
            return Err(Refusal::UnfinishedTickets { numbers: unfinished }.into());
        }
        let own = tx.all_tickets_of(guild, person).await?;
        let mut files = Vec::new();
        for ticket in &own {
            files.push(tx.empty_ticket(*ticket, now).await?);
        }
        tx.rename_person(renaming, now).await?;
        for (ticket, files) in own.iter().zip(files) {
            retention::follow_up(&mut tx, guild, *ticket, &files, now).await?;
        }
        tx.raise_shelf_revision(guild, now).await?;
        tx.commit().await?;
        self.renew_shelf(guild).await;
        Ok(Forgotten { tickets: own.len() })
    }
}
