//! Opening a ticket.

use super::assess::usual_priority;
use super::learn::reject_shown;
use super::{Desk, DeskError, Refusal, SUBJECT_MAX, TEXT_MAX, optional_text, text};
use crate::domain::actor::Actor;
use crate::domain::article::Audience;
use crate::domain::assessment::{Assessment, DecidedBy};
use crate::domain::category;
use crate::domain::event::What;
use crate::domain::id::{GuildId, MessageId, QuestionId};
use crate::domain::job::{InteractionToken, Job, Lane};
use crate::domain::question::{AskedQuestion, Attachment};
use crate::domain::schedule;
use crate::domain::ticket::{Priority, Ticket};
use crate::domain::time::Timestamp;
use crate::knowledge::words;
use crate::store::{NewTicket, Timer};

/// More unsolved tickets of one person than this help nobody, and are a flood.
const OWN_MAX: i64 = 25;
/// As many threads as Discord keeps active in a server, by all that is known of it (error 160006); each ticket has one.
const OPEN_MAX: i64 = 1000;

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
    /// The files of the message it is opened from; one of a question is known already.
    pub files: Vec<Attachment>,
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
        let sorted =
            self.sort(actor, question.as_ref(), [Some(subject.as_str()), details.as_deref()]).await?;
        let now = self.clock.now();
        let origin = opening.origin.key(actor);
        let mut tx = self.store.begin().await?;
        // One after the other: of many presses of one button the first opens the ticket, and the others find it.
        tx.lock_desk(actor.guild).await?;
        let link =
            opening.reply.map(|reply| Job::LinkThread { token: reply.token, expires_at: reply.expires_at });
        if let Some(ticket) = tx.ticket_from(actor.guild, &origin).await? {
            if let (Some(link), None) = (link, ticket.places.thread) {
                tx.enqueue(ticket.guild, Lane::Ticket(ticket.id), &link, now).await?;
            }
            tx.commit().await?;
            return Ok(Opened { ticket, again: true });
        }
        let rejected = match &question {
            Some(asked) => reject_shown(&mut tx, asked, now).await?,
            None => false,
        };
        let (question_text, offered, asked_attachment) = match question {
            Some(asked) => (Some(asked.text), asked.offered, asked.attachment),
            None => (None, Vec::new(), None),
        };
        let priority = sorted.priority;
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
            files: asked_attachment.into_iter().chain(opening.files).collect(),
            category: sorted.category,
            category_by: sorted.by,
            priority,
            vip: actor.standing.vip,
            due_at: terms.add(priority, now, within),
        };
        let ticket = tx.insert_ticket(actor.guild, &new, now).await?.ok_or(Refusal::NotSetUp)?;
        let open = tx.open_tickets(actor.guild, actor.user).await?;
        if open.own > OWN_MAX {
            return Err(Refusal::TooManyOwnTickets { max: OWN_MAX }.into());
        }
        if open.all > OPEN_MAX {
            return Err(Refusal::TooManyTickets { max: OPEN_MAX }.into());
        }
        tx.record(ticket.id, Some(actor.user), &What::Opened, now).await?;
        let jobs =
            [Job::CreateThread, Job::AddMember { user: actor.user }, Job::PostThreadCard, Job::PostQueueCard];
        // The link comes as soon as there is a thread to link to; the cards can wait for it, and files for everything.
        let files: Vec<_> = post_files(&ticket).collect();
        let jobs = jobs[..2].iter().chain(link.as_ref()).chain(&jobs[2..]).chain(&files);
        let jobs: Vec<_> = jobs.map(|job| (Lane::Ticket(ticket.id), job)).collect();
        tx.enqueue_all(ticket.guild, &jobs, now).await?;
        let timers = schedule::timers_at(&ticket, &terms, now).into_iter().chain([(Timer::LookAlike, now)]);
        let timers: Vec<_> = timers.map(|(timer, at)| (ticket.id, timer, at)).collect();
        tx.set_ticket_timers(ticket.guild, &timers).await?;
        tx.commit().await?;
        if rejected {
            self.renew_shelf(actor.guild).await;
        }
        Ok(Opened { ticket, again: false })
    }
}

/// The jobs that put a ticket's files into its thread.
pub(super) fn post_files(ticket: &Ticket) -> impl Iterator<Item = Job> {
    (0..ticket.files.len()).map(|file| Job::PostFile { file })
}

/// What a new ticket is about, as far as that is known.
struct Sorted {
    category: Option<String>,
    by: DecidedBy,
    priority: Priority,
}

impl Desk {
    /// The category that its requester picked counts; else that of the desk's keywords, which somebody chose for this
    /// very purpose; else that of the article that was offered first.
    async fn sort(
        &self,
        actor: &Actor,
        asked: Option<&AskedQuestion>,
        texts: [Option<&str>; 2],
    ) -> Result<Sorted, DeskError> {
        let categories = self.store.categories(actor.guild).await?;
        let listed = |name: &str| category::named(&categories, name).map(|category| category.name.clone());
        let picked = asked.and_then(|asked| asked.category.as_deref());
        let (category, by) = if let Some(picked) = picked {
            (Some(listed(picked).unwrap_or_else(|| picked.to_owned())), DecidedBy::Requester)
        } else {
            let question = asked.map(|asked| asked.text.as_str());
            let said = texts.into_iter().chain([question]).flatten().collect::<Vec<_>>().join("\n");
            let by_keywords = category::by_keywords(&categories, &said, words);
            let category = match by_keywords {
                Some(category) => Some(category.name.clone()),
                None => self
                    .category_of_article(actor.guild, asked)
                    .await
                    .map(|name| listed(&name).unwrap_or(name)),
            };
            (category, DecidedBy::Desk)
        };
        let usual = usual_priority(&categories, category.as_deref());
        let priority = Assessment { vip: actor.standing.vip, ..Assessment::default() }.priority(usual);
        Ok(Sorted { category, by, priority })
    }

    /// A ticket is opened even when its articles cannot be read.
    async fn category_of_article(&self, guild: GuildId, asked: Option<&AskedQuestion>) -> Option<String> {
        let offered = asked?.offered.first()?;
        let shelf = self.shelf(guild).await;
        match self.knowledge.article(&shelf, offered.article.clone(), Audience::Everyone).await {
            Ok(article) => article?.category.clone(),
            Err(error) => {
                tracing::warn!(%error, "an article could not be read for its category");
                None
            }
        }
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
