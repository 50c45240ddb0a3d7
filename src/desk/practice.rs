//! Practice for first level: pretended tickets from scenarios.
//!
//! A practice ticket lives in a table of its own. Nothing of it is written down as a question, a ticket or a lesson, so no
//! report and no ranking ever sees it.

use super::{Desk, DeskError, Refusal, ReplyToken, SetUp, text};
use crate::domain::actor::Actor;
use crate::domain::article::{ArticleId, Audience};
use crate::domain::id::{PracticeId, UserId};
use crate::domain::job::{Job, Lane, Timer};
use crate::domain::policy::{self, PracticeAction};
use crate::domain::practice::{
    self, Attempt, Choice, LATEST, PracticeError, Progress, REMIND_AFTER, STOP_AFTER, Scenario, Stage,
};
use crate::domain::question::Offered;
use crate::domain::ticket::Priority;
use crate::domain::time::Timestamp;
use crate::knowledge;
use crate::knowledge::answer::{Answer, Question};
use crate::store::{StoreError, Tx};

/// Longest question, solution or hand-over in practice: Discord's limit for a field of an embed, with room for an
/// ellipsis.
pub const PRACTICE_TEXT_MAX: usize = 1000;

/// What follows when a practice ticket is over.
const OVER: [Job; 2] = [Job::UpdatePracticeCard, Job::CloseThread];

/// A practice ticket with what is needed to show it.
#[derive(Clone, Debug)]
pub struct PracticeSheet {
    /// The ticket.
    pub attempt: Attempt,
    /// The categories to choose from.
    pub categories: Vec<Choice>,
    /// The titles of the articles that help, once it is finished.
    pub expected: Vec<String>,
}

/// What is chosen in practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PracticeChoice {
    /// The article that helps.
    Article(ArticleId),
    /// The category, by its name.
    Category(String),
    /// To whom it will be handed over, by name.
    Specialism(String),
}

/// How somebody ends a practice ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PracticeEnd {
    /// With a solution.
    Resolve,
    /// By handing it over to the specialism that was chosen.
    Escalate,
}

impl Desk {
    /// Begins practice: the scenario of this name, else the one that this person has had least.
    pub async fn start_practice(
        &self,
        actor: &Actor,
        wanted: Option<&str>,
        reply: ReplyToken,
    ) -> Result<Attempt, DeskError> {
        policy::check_practice(actor, PracticeAction::Start).map_err(Refusal::from)?;
        let set_up = self.set_up(actor.guild).await?.ok_or(Refusal::NotSetUp)?;
        let scenario = self.scenario(actor, wanted).await?;
        let scenario = scenario.on_desk(&set_up.categories, &set_up.specialisms);
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let Some(attempt) = tx.insert_practice(actor.guild, actor.user, &scenario, now).await? else {
            drop(tx);
            let running = self.store.running_practice(actor.guild, actor.user).await?;
            let thread = running.and_then(|running| running.thread);
            return Err(Refusal::PracticeRunning { thread }.into());
        };
        let jobs = [
            Job::CreateThread,
            Job::AddMember { user: actor.user },
            Job::LinkThread { token: reply.token, expires_at: reply.expires_at },
            Job::PostPracticeCard,
        ];
        follow_up(&mut tx, &attempt, &jobs, now).await?;
        set_timers(&mut tx, &attempt, now).await?;
        tx.commit().await?;
        Ok(attempt)
    }

    async fn scenario(&self, actor: &Actor, wanted: Option<&str>) -> Result<Scenario, DeskError> {
        let scenarios = self.knowledge.scenarios();
        if let Some(wanted) = wanted {
            let found = scenarios.find(wanted, actor.language).ok_or(Refusal::NoSuchScenario)?;
            return Ok(found.clone());
        }
        let times = self.store.practice_times(actor.guild, actor.user).await?;
        let had = |scenario: &&Scenario| {
            times.iter().find(|(name, _)| *name == scenario.name).map_or(0, |(_, times)| *times)
        };
        let least = scenarios.in_language(actor.language).min_by_key(had);
        Ok(least.ok_or(Refusal::NoScenarios)?.clone())
    }

    /// Gives up what this person is at.
    pub async fn stop_practice(&self, actor: &Actor) -> Result<Attempt, DeskError> {
        let running = self.store.running_practice(actor.guild, actor.user).await?;
        let running = running.ok_or(Refusal::NoPractice)?;
        self.change_practice(actor, running.id, &OVER, Attempt::stop).await
    }

    /// How somebody gets on: oneself, or for managers anybody.
    pub async fn practice_progress(&self, actor: &Actor, of: UserId) -> Result<Progress, DeskError> {
        policy::check_practice(actor, PracticeAction::SeeProgress { of }).map_err(Refusal::from)?;
        let latest = i64::try_from(LATEST).unwrap_or(i64::MAX);
        let (finished, latest) = self.store.finished_practice(actor.guild, of, latest).await?;
        Ok(practice::progress(finished, latest))
    }

    /// A practice ticket that this person can still do something about.
    pub async fn practising(&self, actor: &Actor, id: PracticeId) -> Result<Attempt, DeskError> {
        let found = self.store.practice_of_job(id).await?.filter(|attempt| attempt.guild == actor.guild);
        let attempt = found.ok_or(Refusal::NoSuchPractice)?;
        policy::check_practice(actor, PracticeAction::Act { agent: attempt.user }).map_err(Refusal::from)?;
        Ok(attempt.act(self.clock.now()).map_err(Refusal::from)?)
    }

    /// Asks the pretended requester, whose answer comes as a message.
    pub async fn ask_in_practice(
        &self,
        actor: &Actor,
        id: PracticeId,
        asked: &str,
    ) -> Result<Attempt, DeskError> {
        let asked = text(asked, PRACTICE_TEXT_MAX)?;
        let attempt = self.practising(actor, id).await?;
        let answer = Some(attempt.scenario.answer(&asked, knowledge::words).to_owned());
        let jobs = [Job::SayInPractice { said: asked, answer }];
        self.change_practice(actor, id, &jobs, Attempt::act).await
    }

    /// Looks for articles, as for a ticket; nobody counts it as a question.
    pub async fn search_in_practice(
        &self,
        actor: &Actor,
        id: PracticeId,
        query: &str,
    ) -> Result<Answer, DeskError> {
        let query = text(query, PRACTICE_TEXT_MAX)?;
        self.change_practice(actor, id, &[], Attempt::act).await?;
        let shelf = self.shelf(actor.guild).await;
        let question =
            Question { guild: actor.guild, text: query, language: actor.language, audience: Audience::Staff };
        self.knowledge.answer(&shelf, question).await.map_err(DeskError::Knowledge)
    }

    /// Chooses something. What is not offered is not chosen.
    pub async fn choose_in_practice(
        &self,
        actor: &Actor,
        id: PracticeId,
        choice: PracticeChoice,
    ) -> Result<Attempt, DeskError> {
        let attempt = self.practising(actor, id).await?;
        let update = [Job::UpdatePracticeCard];
        match choice {
            PracticeChoice::Article(article) => {
                let title = self.article_title(actor, &article).await?.ok_or(Refusal::NoSuchArticle)?;
                let offered = Offered { article, title };
                self.change_practice(actor, id, &update, |attempt, now| attempt.choose_article(offered, now))
                    .await
            }
            PracticeChoice::Category(name) => {
                let offered = self.categories_of(&attempt).await?;
                let chosen = offered.into_iter().find(|offered| offered.value == name);
                let name = chosen.ok_or(Refusal::NoSuchCategory { name: None })?.value;
                self.change_practice(actor, id, &update, |attempt, now| attempt.choose_category(name, now))
                    .await
            }
            PracticeChoice::Specialism(name) => {
                let offered = self.practice_specialisms(&attempt).await?;
                let chosen = offered.into_iter().find(|offered| offered.value == name);
                let name = chosen.ok_or(Refusal::NoSuchSpecialism)?.value;
                self.change_practice(actor, id, &[], |attempt, now| attempt.choose_specialism(name, now))
                    .await
            }
        }
    }

    /// Gives a solution, or hands it over.
    pub async fn end_practice(
        &self,
        actor: &Actor,
        id: PracticeId,
        end: PracticeEnd,
        said: &str,
    ) -> Result<Attempt, DeskError> {
        let said = text(said, PRACTICE_TEXT_MAX)?;
        let script = self.practising(actor, id).await?.scenario.script;
        let answer = match end {
            PracticeEnd::Resolve => script.solved,
            PracticeEnd::Escalate => script.escalated,
        };
        let jobs = [Job::SayInPractice { said, answer }, Job::UpdatePracticeCard];
        let end = match end {
            PracticeEnd::Resolve => Attempt::resolve,
            PracticeEnd::Escalate => Attempt::escalate,
        };
        self.change_practice(actor, id, &jobs, end).await
    }

    /// Says yes to a question about one's own tone, or takes that back.
    pub async fn keep_in_practice(
        &self,
        actor: &Actor,
        id: PracticeId,
        item: usize,
    ) -> Result<Attempt, DeskError> {
        self.change_practice(actor, id, &[Job::UpdatePracticeCard], |attempt, _| attempt.keep(item)).await
    }

    /// Ends it with a score.
    pub async fn finish_practice(&self, actor: &Actor, id: PracticeId) -> Result<Attempt, DeskError> {
        self.change_practice(actor, id, &OVER, Attempt::finish).await
    }

    /// Everything that a practice ticket's card shows.
    pub async fn practice_sheet(&self, attempt: Attempt) -> Result<PracticeSheet, DeskError> {
        let categories = self.categories_of(&attempt).await?;
        let mut expected = Vec::new();
        if matches!(attempt.stage, Stage::Finished { .. }) {
            let shelf = self.shelf(attempt.guild).await;
            for id in &attempt.scenario.articles {
                let found = self.knowledge.article(&shelf, id.clone(), Audience::Staff).await;
                let article = found.map_err(DeskError::Knowledge)?;
                expected.push(article.map_or_else(|| id.0.clone(), |article| article.title.clone()));
            }
        }
        Ok(PracticeSheet { attempt, categories, expected })
    }

    /// To whom a practice ticket can be handed over; one alone needs no choice.
    pub async fn practice_specialisms(&self, attempt: &Attempt) -> Result<Vec<Choice>, DeskError> {
        let SetUp { specialisms, .. } = self.set_up(attempt.guild).await?.ok_or(Refusal::NotSetUp)?;
        Ok(attempt.scenario.specialisms(&specialisms))
    }

    async fn categories_of(&self, attempt: &Attempt) -> Result<Vec<Choice>, StoreError> {
        let known = self.store.categories(attempt.guild).await?;
        let scenarios = self.knowledge.scenarios();
        let others = scenarios.in_language(attempt.scenario.language);
        Ok(attempt.scenario.categories(&known, others.map(|scenario| scenario.category.as_str())))
    }

    async fn article_title(&self, actor: &Actor, article: &ArticleId) -> Result<Option<String>, DeskError> {
        let shelf = self.shelf(actor.guild).await;
        let found = self.knowledge.article(&shelf, article.clone(), Audience::Staff).await;
        Ok(found.map_err(DeskError::Knowledge)?.map(|article| article.title.clone()))
    }

    /// One change of a practice ticket by its agent, with what follows from it.
    async fn change_practice(
        &self,
        actor: &Actor,
        id: PracticeId,
        jobs: &[Job],
        change: impl FnOnce(Attempt, Timestamp) -> Result<Attempt, PracticeError>,
    ) -> Result<Attempt, DeskError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let attempt = tx.lock_practice(actor.guild, id).await?.ok_or(Refusal::NoSuchPractice)?;
        policy::check_practice(actor, PracticeAction::Act { agent: attempt.user }).map_err(Refusal::from)?;
        let changed = change(attempt, now).map_err(Refusal::from)?;
        tx.save_practice(&changed).await?;
        follow_up(&mut tx, &changed, jobs, now).await?;
        set_timers(&mut tx, &changed, now).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Nothing was done about a practice ticket for long: its agent is reminded once, and then it is given up.
    pub async fn practice_timer(&self, id: PracticeId, timer: Timer) -> Result<(), DeskError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let attempt = tx.lock_practice_of_timer(id).await?;
        let is_ours = tx.cancel_timer(Lane::Practice(id), timer).await?;
        // Whoever wants what is known about them forgotten takes their practice with it.
        if let (true, Some(attempt)) = (is_ours, attempt.filter(|attempt| attempt.over_at().is_none())) {
            if timer == Timer::StopPractice {
                give_up(&mut tx, attempt, now).await?;
            } else {
                remind(&mut tx, &attempt, now).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}

/// Whoever does something has time again; what is over needs no reminder.
async fn set_timers(tx: &mut Tx, attempt: &Attempt, now: Timestamp) -> Result<(), StoreError> {
    let lane = Lane::Practice(attempt.id);
    tx.cancel_timer(lane, Timer::StopPractice).await?;
    match attempt.over_at() {
        None => tx.set_timer(attempt.guild, lane, Timer::RemindOfPractice, now + REMIND_AFTER).await,
        Some(_) => tx.cancel_timer(lane, Timer::RemindOfPractice).await.map(drop),
    }
}

async fn remind(tx: &mut Tx, attempt: &Attempt, now: Timestamp) -> Result<(), StoreError> {
    let lane = Lane::Practice(attempt.id);
    // Practice is the least urgent of all.
    let on_duty = tx.terms(attempt.guild).await?.on_duty(Priority::P4, now);
    if on_duty > now {
        return tx.set_timer(attempt.guild, lane, Timer::RemindOfPractice, on_duty).await;
    }
    let stops = now + STOP_AFTER;
    tx.set_timer(attempt.guild, lane, Timer::StopPractice, stops).await?;
    follow_up(tx, attempt, &[Job::RemindOfPractice { stops }], now).await
}

async fn give_up(tx: &mut Tx, attempt: Attempt, now: Timestamp) -> Result<(), DeskError> {
    let stopped = attempt.stop(now).map_err(Refusal::from)?;
    tx.save_practice(&stopped).await?;
    Ok(follow_up(tx, &stopped, &OVER, now).await?)
}

async fn follow_up(tx: &mut Tx, attempt: &Attempt, jobs: &[Job], now: Timestamp) -> Result<(), StoreError> {
    let jobs: Vec<_> = jobs.iter().map(|job| (Lane::Practice(attempt.id), job)).collect();
    tx.enqueue_all(attempt.guild, &jobs, now).await
}
