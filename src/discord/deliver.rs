//! Delivers the outbox to Discord, one call a job where that is possible.
//!
//! What makes a second attempt harmless: a thread is looked for by its ticket's number and adopted; a message carries
//! a nonce that Discord enforces for some minutes, and a mark in its footer by which it is found after that; edits,
//! members, archive and lock are the same when done twice.

mod announce;
mod desk;
mod file;
mod messenger;
mod practice;
mod review;
mod stray;
mod weekly;

use std::sync::Arc;

use serde::Deserialize;
use serenity::builder::EditThread;
use serenity::http::Route;
use serenity::model::id::{ChannelId, GuildId, MessageId, RoleId, UserId};

use super::failure::{UNKNOWN_MEMBER, UNKNOWN_USER};
use super::views;
use super::{Cx, Identity, hearing, transcript};
use messenger::{Edited, JobThread, Messenger};

use crate::desk::{DeskError, Missing, SetUp};
use crate::domain::duty::{self, Callees};
use crate::domain::id;
use crate::domain::job::{Job, Lane, NO_THREAD, Posted, QueuedJob, Say, Whom};
use crate::domain::ladder::Rung;
use crate::domain::schedule;
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::Timestamp;
use crate::jobs::{Deliver, Failure};
use crate::provider::CallError;

/// The deliverer.
#[derive(Debug)]
pub struct Courier {
    cx: Arc<Cx>,
    identity: Identity,
}

impl Courier {
    /// A deliverer that uses the bot's clients.
    pub fn new(cx: Arc<Cx>, identity: Identity) -> Self {
        Self { cx, identity }
    }
}

impl Deliver for Courier {
    async fn deliver(&self, queued: &QueuedJob) -> Result<(), Failure> {
        let messenger = || Messenger::new(&self.cx, self.identity, queued, None);
        let ticket = match (queued.lane, &queued.job) {
            (_, Job::NotifyProvider { ticket, .. }) => *ticket,
            (Lane::Ticket(ticket), _) => ticket,
            (Lane::Provider(_), _) => return Err(give_up("it is about no ticket")),
            (Lane::Practice(practice), _) => return practice::deliver(messenger(), practice).await,
            (Lane::Article(article), _) => return review::deliver(&messenger(), article, &queued.job).await,
            (Lane::Desk(guild), Job::RemindOfReview { .. }) => {
                return desk::deliver(&messenger(), guild, &queued.job).await;
            }
            (Lane::Desk(guild), Job::PostReport { .. }) => {
                return weekly::deliver(&messenger(), guild, &queued.job).await;
            }
            (Lane::Desk(_), Job::CloseStray { thread }) => return stray::close(&messenger(), *thread).await,
            (Lane::Desk(_) | Lane::Incident(_), _) => {
                return announce::deliver(&messenger(), &queued.job).await;
            }
        };
        let Some(ticket) = self.cx.desk.ticket_of_job(ticket).await? else {
            return Err(give_up("its ticket is gone"));
        };
        let Some(set_up) = self.cx.desk.set_up(ticket.guild).await? else {
            return Err(give_up("its desk is gone"));
        };
        let is_closed = matches!(ticket.status, Status::Closed { .. });
        let thread = ticket.places.thread.map(|thread| JobThread { thread: channel(thread), is_closed });
        let messenger = Messenger::new(&self.cx, self.identity, queued, thread);
        let delivery = Delivery { cx: &self.cx, queued, messenger, ticket, set_up };
        let outcome = delivery.make(&queued.job).await;
        delivery.find_thread_gone(outcome).await
    }
}

impl Delivery<'_> {
    async fn make(&self, job: &Job) -> Result<(), Failure> {
        match job {
            Job::CreateThread => self.create_thread().await,
            Job::AddMember { user } => self.messenger.add_member(self.thread()?, *user).await,
            Job::RemoveMember { user } => self.messenger.remove_member(self.thread()?, *user).await,
            Job::PostThreadCard => self.post_thread_card().await,
            Job::PostQueueCard => self.post_queue_card().await,
            Job::PostFile { file } => self.post_file(*file).await,
            Job::RemoveFile { place } => self.remove_file(channel(place.channel), place.message).await,
            Job::LinkThread { token, expires_at } => self.link_thread(token.expose(), *expires_at).await,
            Job::UpdateCards => self.update_cards().await,
            Job::UpdateQueueCard => self.update_queue_card().await,
            Job::PostEscalation { escalation } => self.post_escalation(*escalation).await,
            Job::UpdateEscalation { escalation } => self.update_escalation(*escalation).await,
            Job::Call { escalation, rung } => self.call(*escalation, *rung).await,
            Job::NotifyProvider { escalation, .. } => self.notify_provider(*escalation).await,
            Job::Say { what } => self.say(what).await,
            Job::EndSilence => self.end_silence().await,
            Job::CloseThread => self.close_thread().await,
            Job::OpenThread => self.open_thread().await,
            Job::ClearThreadName => {
                self.edit_thread(EditThread::new().name(format!("#{}", self.ticket.number))).await
            }
            Job::PostClosingNote => self.post_closing_note().await,
            Job::PostTranscript => self.post_transcript().await,
            Job::ShowReview
            | Job::TellAuthor
            | Job::PostReport { .. }
            | Job::CloseStray { .. }
            | Job::RemindOfReview { .. }
            | Job::PostProposal { .. }
            | Job::UpdateProposal { .. }
            | Job::PostIncidentCard { .. }
            | Job::UpdateIncidentCard { .. }
            | Job::PostIncidentNote { .. }
            | Job::PostPracticeCard
            | Job::UpdatePracticeCard
            | Job::RemindOfPractice { .. }
            | Job::SayInPractice { .. } => Err(give_up("it is about no ticket")),
        }
    }
}

/// What is read of a member.
#[derive(Deserialize)]
struct Member {
    roles: Vec<RoleId>,
}

/// One job with what it is about, as it is now.
struct Delivery<'a> {
    cx: &'a Cx,
    queued: &'a QueuedJob,
    messenger: Messenger<'a>,
    ticket: Ticket,
    set_up: SetUp,
}

impl Delivery<'_> {
    /// When the ticket's thread was found deleted, and the ticket goes on, the job waits for the new one.
    async fn find_thread_gone(&self, outcome: Result<(), Failure>) -> Result<(), Failure> {
        let Some(thread) = self.messenger.thread_is_gone() else { return outcome };
        let thread = id::ChannelId::from_snowflake(thread.get());
        match self.cx.desk.thread_is_gone(self.ticket.id, thread, self.queued.id).await {
            Ok(true) => Err(Failure::Moved),
            // The ticket lives in the database, and where it is closed there is nothing left to show in the thread.
            Ok(false) => {
                tracing::warn!(
                    ticket.id = self.ticket.id.0,
                    "a closed ticket's thread was deleted on Discord"
                );
                Ok(())
            }
            Err(error) => Err(later(error)),
        }
    }

    async fn create_thread(&self) -> Result<(), Failure> {
        if self.ticket.places.thread.is_some() {
            return Ok(());
        }
        let parent = channel(self.set_up.settings.support_channel);
        let prefix = format!("#{} ", self.ticket.number);
        let thread =
            self.messenger.private_thread(self.ticket.guild, parent, &prefix, &self.ticket.subject).await?;
        let mut tx = self.cx.desk.store.begin().await?;
        tx.thread_made(self.ticket.id, id::ChannelId::from_snowflake(thread.get())).await?;
        Ok(tx.commit().await?)
    }

    async fn post_thread_card(&self) -> Result<(), Failure> {
        if self.ticket.places.thread_card.is_some() {
            return Ok(());
        }
        let view = views::thread_card(&self.ticket, &self.set_up);
        let card = self.messenger.post(self.thread()?, view).await?;
        let mut tx = self.cx.desk.store.begin().await?;
        tx.thread_card_posted(self.ticket.id, id::MessageId::from_snowflake(card.get())).await?;
        Ok(tx.commit().await?)
    }

    async fn post_queue_card(&self) -> Result<(), Failure> {
        if self.ticket.places.queue_card.is_some() {
            return Ok(());
        }
        let queue = self.set_up.settings.queue_channel;
        let card = self.messenger.post(channel(queue), views::queue_card(&self.ticket, &self.set_up)).await?;
        let mut tx = self.cx.desk.store.begin().await?;
        tx.queue_card_posted(self.ticket.id, posted(queue, card)).await?;
        Ok(tx.commit().await?)
    }

    async fn link_thread(&self, token: &str, expires_at: Timestamp) -> Result<(), Failure> {
        let waiting = self.cx.desk.waiting(&self.ticket).await?;
        let view = views::opened(&self.ticket, self.ticket.language, &self.set_up, &waiting);
        self.messenger.edit_answer(token, expires_at, view).await
    }

    async fn update_cards(&self) -> Result<(), Failure> {
        let places = self.ticket.places;
        if let (Some(thread), Some(card)) = (places.thread, places.thread_card) {
            let view = views::thread_card(&self.ticket, &self.set_up);
            let edited = self.messenger.edit(channel(thread), card, view).await?;
            self.post_anew(edited, Missing::ThreadCard(card)).await?;
        }
        self.update_queue_card().await
    }

    async fn update_queue_card(&self) -> Result<(), Failure> {
        let places = self.ticket.places;
        if let (Some(queue), Some(card)) = (places.queue_channel, places.queue_card) {
            let view = views::queue_card(&self.ticket, &self.set_up);
            let edited = self.messenger.edit(channel(queue), card, view).await?;
            self.post_anew(edited, Missing::QueueCard(card)).await?;
        }
        Ok(())
    }

    /// A message that was deleted by hand comes again, behind what waits.
    async fn post_anew(&self, edited: Edited, message: Missing) -> Result<(), Failure> {
        match edited {
            Edited::Shown => Ok(()),
            Edited::Gone => self.cx.desk.message_is_gone(self.ticket.id, message).await.map_err(later),
        }
    }

    async fn post_escalation(&self, escalation: id::EscalationId) -> Result<(), Failure> {
        let Some(mut packet) = self.cx.desk.packet(self.ticket.id, escalation).await? else {
            return Err(give_up("its escalation is gone"));
        };
        if packet.hand_over.packet.is_some() {
            return Ok(());
        }
        packet.callees = self.still_serving(packet.callees, packet.specialism.role).await?;
        let target = packet.specialism.packet_channel(&self.set_up.settings);
        let message = self.messenger.post(channel(target), views::packet(&packet, &self.set_up)).await?;
        let mut tx = self.cx.desk.store.begin().await?;
        tx.packet_posted(escalation, posted(target, message)).await?;
        Ok(tx.commit().await?)
    }

    async fn update_escalation(&self, escalation: id::EscalationId) -> Result<(), Failure> {
        let Some(packet) = self.cx.desk.packet(self.ticket.id, escalation).await? else {
            return Err(give_up("its escalation is gone"));
        };
        let Some(place) = packet.hand_over.packet else { return Ok(()) };
        let view = views::packet(&packet, &self.set_up);
        let edited = self.messenger.edit(channel(place.channel), place.message, view).await?;
        self.post_anew(edited, Missing::Packet(place.message)).await
    }

    /// The next step of the ladder, unless somebody has accepted meanwhile.
    async fn call(&self, escalation: id::EscalationId, rung: Rung) -> Result<(), Failure> {
        let Some(mut call) = self.cx.desk.call(self.ticket.id, escalation, rung).await? else {
            return Ok(());
        };
        if let Rung::Asked | Rung::AskedAgain = rung
            && let Some(callees) = call.whom.take()
        {
            call.whom = Some(self.still_serving(callees, call.packet.specialism.role).await?);
        }
        let target = call.packet.specialism.packet_channel(&self.set_up.settings);
        self.messenger.post(channel(target), views::call(&call, &self.set_up)).await.map(drop)
    }

    /// Those on duty who have the role; the role itself when none of them has. Somebody who has lost it, or
    /// left, would be called in vain; and a lead's turn comes later.
    async fn still_serving(&self, callees: Callees, role: id::RoleId) -> Result<Callees, Failure> {
        let Callees::People(people) = callees else { return Ok(callees) };
        let mut serving = Vec::new();
        for user in people {
            let route = Route::GuildMember {
                guild_id: GuildId::new(self.ticket.guild.snowflake()),
                user_id: UserId::new(user.snowflake()),
            };
            match self.cx.rest.get::<Member>(route).await {
                Ok(member) => {
                    let role = RoleId::new(role.snowflake());
                    serving.extend(member.roles.contains(&role).then_some(user));
                }
                Err(error) if error.is_one_of(&[UNKNOWN_MEMBER, UNKNOWN_USER]) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(duty::callees(serving, role))
    }

    /// Calls an outside provider's own system, unless it has none any more.
    async fn notify_provider(&self, escalation: id::EscalationId) -> Result<(), Failure> {
        let Some(packet) = self.cx.desk.packet(self.ticket.id, escalation).await? else {
            return Err(give_up("its escalation is gone"));
        };
        let webhook = self.cx.desk.store.webhook(self.ticket.guild, packet.specialism.id).await?;
        let Some(webhook) = webhook else { return Ok(()) };
        let now = self.cx.desk.clock.now();
        match self.cx.provider.call(&webhook, &packet, &mark(self.queued), now).await {
            Ok(()) => Ok(()),
            Err(error @ CallError::Unreached(_)) => {
                Err(Failure::Later { after: None, why: error.to_string() })
            }
            Err(error @ (CallError::Unsafe(_) | CallError::Refused(_))) => {
                Err(Failure::GiveUp { why: error.to_string() })
            }
        }
    }

    async fn say(&self, what: &Say) -> Result<(), Failure> {
        if what.is_moot(&self.ticket) {
            return Ok(());
        }
        let place = match what {
            // Between the people of staff: it is not the requester's to read.
            Say::HandedBack { .. }
            | Say::ThreadDeleted
            | Say::TakenBack { .. }
            | Say::RequesterLeft
            | Say::DueSoon { .. }
            | Say::Overdue { .. }
            | Say::AnswerOwed { .. }
            | Say::FoundIdle { .. }
            | Say::SpecialistIdle { .. } => self.staff_channel(what),
            Say::Solution { .. }
            | Say::Canned { .. }
            | Say::Documented { .. }
            | Say::Duplicate { .. }
            | Say::Followed { .. }
            | Say::PartOfIncident { .. }
            | Say::IncidentSolved { .. }
            | Say::ThreadAnew
            | Say::Reopened { .. }
            | Say::Waiting { .. }
            | Say::Nudge { .. }
            | Say::ClosingSoon { .. } => self.thread()?,
        };
        let first_level = self.first_level(what).await?;
        let said = views::say(what, &self.ticket, &self.set_up, &first_level);
        self.messenger.post(place, said).await.map(drop)
    }

    /// Whom a word calls that is for first level: those on duty, else the role.
    async fn first_level(&self, what: &Say) -> Result<Callees, Failure> {
        let role = self.set_up.settings.first_level;
        if what.whom() != Some(Whom::FirstLevel) {
            return Ok(Callees::Role(role));
        }
        let desk = &self.cx.desk;
        let on_duty = desk.store.on_duty(self.ticket.guild, desk.clock.now()).await?;
        self.still_serving(duty::callees(duty::of_first_level(&on_duty), role), role).await
    }

    /// Where whoever it is said to reads: a specialism with a channel of its own need not see the queue.
    fn staff_channel(&self, what: &Say) -> ChannelId {
        let settings = &self.set_up.settings;
        let specialism = match (what, &self.ticket.status) {
            (Say::SpecialistIdle { specialism, .. }, _) => Some(*specialism),
            (_, Status::Accepted { specialist, escalation })
                if what.whom() == Some(Whom::Person(*specialist)) =>
            {
                Some(escalation.specialism)
            }
            _ => None,
        };
        let specialism = specialism.and_then(|id| self.set_up.specialism(id));
        channel(specialism.map_or(settings.queue_channel, |specialism| specialism.packet_channel(settings)))
    }

    async fn end_silence(&self) -> Result<(), Failure> {
        let unheard = self.ticket.places.thread.zip(schedule::unheard_after(&self.ticket));
        let written = match unheard {
            Some((thread, after)) => hearing::written_after(&self.cx.rest, thread, after).await?.0,
            None => Vec::new(),
        };
        self.cx.desk.end_silence(self.ticket.id, &written).await.map(drop).map_err(later)
    }

    async fn close_thread(&self) -> Result<(), Failure> {
        // Reopened meanwhile.
        if !matches!(self.ticket.status, Status::Closed { .. }) {
            return Ok(());
        }
        self.edit_thread(closed()).await
    }

    async fn open_thread(&self) -> Result<(), Failure> {
        self.edit_thread(EditThread::new().archived(false).locked(false)).await
    }

    async fn edit_thread(&self, edit: EditThread<'_>) -> Result<(), Failure> {
        let thread = self.thread()?;
        let edited =
            self.messenger.in_open_thread(thread, || self.messenger.patch_thread(thread, &edit)).await?;
        Ok(edited?)
    }

    async fn post_closing_note(&self) -> Result<(), Failure> {
        let support_channel = channel(self.set_up.settings.support_channel);
        let view = views::closing_note(&self.ticket, &self.set_up);
        self.messenger.post(support_channel, view).await.map(drop)
    }

    async fn post_transcript(&self) -> Result<(), Failure> {
        let transcript = self.cx.desk.transcript_for_staff(self.ticket.id).await?;
        let transcript = transcript.ok_or_else(|| give_up("its ticket is gone"))?;
        let files = transcript::files(self.cx, &transcript, &self.set_up).await?;
        let queue = channel(self.set_up.settings.queue_channel);
        let note = views::transcript_note(&self.ticket, &self.set_up, files);
        self.messenger.post(queue, note).await.map(drop)
    }

    fn thread(&self) -> Result<ChannelId, Failure> {
        self.ticket.places.thread.map(channel).ok_or_else(|| give_up(NO_THREAD))
    }
}

/// The thread of a closed ticket: out of the way, and kept as it is.
fn closed() -> EditThread<'static> {
    EditThread::new().archived(true).locked(true)
}

/// The mark of a job's message: its row and when it was queued, in base 36. Short, and never used twice, not even by
/// another database behind the same bot.
fn mark(queued: &QueuedJob) -> String {
    format!("{}-{}", base36(queued.id.0), base36(queued.queued_at.0))
}

fn base36(number: i64) -> String {
    let mut rest = number.unsigned_abs();
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(rest % 36).ok().and_then(|digit| char::from_digit(digit, 36));
        digits.extend(digit);
        rest /= 36;
        if rest == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

/// The desk's own trouble passes.
fn later(error: DeskError) -> Failure {
    Failure::Later { after: None, why: format!("{:#}", anyhow::Error::from(error)) }
}

fn give_up(why: &str) -> Failure {
    Failure::GiveUp { why: why.to_owned() }
}

fn channel(id: id::ChannelId) -> ChannelId {
    ChannelId::new(id.snowflake())
}

fn posted(channel: id::ChannelId, message: MessageId) -> Posted {
    Posted { channel, message: id::MessageId::from_snowflake(message.get()) }
}
