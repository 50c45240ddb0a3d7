//! Deliveries about practice tickets.

use serenity::model::id::ChannelId;

use super::messenger::{JobThread, Messenger};
use super::{channel, closed, give_up, later};
use crate::desk::SetUp;
use crate::discord::failure::UNKNOWN_CHANNEL;
use crate::discord::views::practice as views;
use crate::domain::id::{self, PracticeId};
use crate::domain::job::Job;
use crate::domain::practice::Attempt;
use crate::jobs::Failure;

/// Delivers a job about a practice ticket.
pub(super) async fn deliver(messenger: Messenger<'_>, id: PracticeId) -> Result<(), Failure> {
    let desk = &messenger.cx.desk;
    let Some(attempt) = desk.store.practice_of_job(id).await? else {
        return Err(give_up("its practice ticket is gone"));
    };
    let Some(set_up) = desk.set_up(attempt.guild).await? else {
        return Err(give_up("its desk is gone"));
    };
    let is_closed = attempt.over_at().is_some();
    let thread = attempt.thread.map(|thread| JobThread { thread: channel(thread), is_closed });
    Delivery { messenger: Messenger { thread, ..messenger }, attempt, set_up }.deliver().await
}

/// One job with what it is about, as it is now.
struct Delivery<'a> {
    messenger: Messenger<'a>,
    attempt: Attempt,
    set_up: SetUp,
}

impl Delivery<'_> {
    async fn deliver(&self) -> Result<(), Failure> {
        match &self.messenger.queued.job {
            Job::CreateThread => self.create_thread().await,
            Job::AddMember { user } => self.messenger.add_member(self.thread()?, *user).await,
            Job::LinkThread { token, expires_at } => {
                let view = views::started(&self.attempt);
                self.messenger.edit_answer(token.expose(), *expires_at, view).await
            }
            Job::PostPracticeCard => self.post_card().await,
            Job::UpdatePracticeCard => self.update_card().await,
            Job::SayInPractice { said, answer } => {
                let view = views::said(&self.attempt, said, answer.as_deref());
                self.messenger.post(self.thread()?, view).await.map(drop)
            }
            Job::RemindOfPractice { .. } if self.attempt.over_at().is_some() => Ok(()),
            Job::RemindOfPractice { stops } => {
                self.messenger.post(self.thread()?, views::reminder(&self.attempt, *stops)).await.map(drop)
            }
            Job::CloseThread => self.close_thread().await,
            _ => Err(give_up("it is about no practice ticket")),
        }
    }

    async fn create_thread(&self) -> Result<(), Failure> {
        if self.attempt.thread.is_some() {
            return Ok(());
        }
        let parent = channel(self.set_up.settings.support_channel);
        let (prefix, rest) = views::thread_name(&self.attempt);
        let thread = self.messenger.private_thread(self.attempt.guild, parent, &prefix, &rest).await?;
        let mut tx = self.messenger.cx.desk.store.begin().await?;
        tx.practice_thread_made(self.attempt.id, id::ChannelId::from_snowflake(thread.get())).await?;
        Ok(tx.commit().await?)
    }

    async fn post_card(&self) -> Result<(), Failure> {
        if self.attempt.card.is_some() {
            return Ok(());
        }
        let desk = &self.messenger.cx.desk;
        let sheet = desk.practice_sheet(self.attempt.clone()).await.map_err(later)?;
        let card = self.messenger.post(self.thread()?, views::card(&sheet, &self.set_up)).await?;
        let mut tx = desk.store.begin().await?;
        let card = id::MessageId::from_snowflake(card.get());
        tx.practice_card_posted(self.attempt.id, card, desk.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    async fn update_card(&self) -> Result<(), Failure> {
        let Some(card) = self.attempt.card else { return Ok(()) };
        let sheet = self.messenger.cx.desk.practice_sheet(self.attempt.clone()).await.map_err(later)?;
        self.messenger.edit(self.thread()?, card, views::card(&sheet, &self.set_up)).await.map(drop)
    }

    async fn close_thread(&self) -> Result<(), Failure> {
        let (thread, edit) = (self.thread()?, closed());
        match self.messenger.in_open_thread(thread, || self.messenger.patch_thread(thread, &edit)).await? {
            Err(error) if error.is_one_of(&[UNKNOWN_CHANNEL]) => Ok(()),
            other => Ok(other?),
        }
    }

    fn thread(&self) -> Result<ChannelId, Failure> {
        self.attempt.thread.map(channel).ok_or_else(|| give_up("its practice ticket has no thread"))
    }
}
