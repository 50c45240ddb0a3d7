//! Asking the knowledge base: first level's first level.

use std::collections::HashMap;
use std::sync::Mutex;

use rand::RngExt;

use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::article::{ArticleId, Audience};
use crate::domain::id::QuestionId;
use crate::domain::lesson::LessonKind;
use crate::domain::question::{AskedQuestion, Attachment, Offered};
use crate::knowledge::KnowledgeError;
use crate::knowledge::answer::{Answer, Question};
use crate::store::StoreError;

/// What somebody asks.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Their words, as they typed them.
    pub text: String,
    /// The category they picked.
    pub category: Option<String>,
    /// The file they sent along.
    pub attachment: Option<Attachment>,
}

impl Desk {
    /// Answers from the articles that every employee may read, without touching the database once the server's shelf
    /// is in memory. The question has its id at once; [`Self::remember`] writes it down after the person has their answer.
    pub async fn ask(
        &self,
        actor: &Actor,
        asking: Asking,
    ) -> Result<(AskedQuestion, Answer), KnowledgeError> {
        let shelf = self.shelf(actor.guild).await;
        let answer = self.knowledge.answer(&shelf, question(actor, &asking.text)).await?;
        let offered = answer
            .hits
            .iter()
            .map(|hit| Offered { article: hit.article.clone(), title: hit.title.clone() })
            .collect();
        let asked = AskedQuestion {
            id: QuestionId(rand::rng().random_range(1..=i64::MAX)),
            guild: actor.guild,
            asker: actor.user,
            text: asking.text,
            language: actor.language,
            category: asking.category,
            attachment: asking.attachment,
            offered,
            asked_at: self.clock.now(),
        };
        self.unwritten.add(&asked);
        Ok((asked, answer))
    }

    /// Writes a question down: what a ticket from it starts with, and what gaps are counted from.
    pub async fn remember(&self, question: &AskedQuestion) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        tx.insert_question(question).await?;
        tx.commit().await?;
        self.unwritten.remove(question.id);
        Ok(())
    }

    /// A question of this server, also one that is about to be written down.
    pub(super) async fn question(
        &self,
        actor: &Actor,
        id: QuestionId,
    ) -> Result<Option<AskedQuestion>, StoreError> {
        let question = match self.unwritten.get(id) {
            Some(question) => Some(question),
            None => self.store.question(actor.guild, id).await?,
        };
        Ok(question.filter(|question| question.guild == actor.guild && question.asker == actor.user))
    }

    /// The actor's own question, to show its answer again or to open a ticket from it.
    pub async fn own_question(&self, actor: &Actor, id: QuestionId) -> Result<AskedQuestion, DeskError> {
        Ok(self.question(actor, id).await?.ok_or(Refusal::NoSuchQuestion)?)
    }

    /// The asker says that an article solved it. Saying it again changes nothing.
    pub async fn solved(&self, actor: &Actor, id: QuestionId, article: &ArticleId) -> Result<(), DeskError> {
        let question = self.own_question(actor, id).await?;
        if !question.offered.iter().any(|offered| offered.article == *article) {
            return Err(Refusal::NoSuchQuestion.into());
        }
        let mut tx = self.store.begin().await?;
        let now = self.clock.now();
        // A press may come sooner than the question's row; whoever writes it second changes nothing.
        if self.unwritten.get(id).is_some() {
            tx.insert_question(&question).await?;
        }
        let is_new = tx.solve_question(actor.guild, id, actor.user, article, now).await?;
        let learned = is_new && tx.learn_from_question(&question, article, LessonKind::Solved, now).await?;
        tx.commit().await?;
        if learned {
            self.renew_shelf(actor.guild).await;
        }
        Ok(())
    }
}

/// A question as the knowledge base takes it, from somebody who may read what every employee may.
pub(super) fn question(actor: &Actor, text: &str) -> Question {
    Question {
        guild: actor.guild,
        text: text.to_owned(),
        language: actor.language,
        audience: Audience::Everyone,
    }
}

/// Questions that are answered and not yet written down, for presses that come sooner than the disk. Losing them costs
/// a prefilled form and nothing else.
#[derive(Debug, Default)]
pub(super) struct Unwritten(Mutex<HashMap<QuestionId, AskedQuestion>>);

impl Unwritten {
    /// Far more than can be under way; what is left of failed writes goes when it is reached.
    const MAX: usize = 1000;

    fn add(&self, question: &AskedQuestion) {
        if let Ok(mut questions) = self.0.lock() {
            if questions.len() >= Self::MAX {
                questions.clear();
            }
            questions.insert(question.id, question.clone());
        }
    }

    fn get(&self, id: QuestionId) -> Option<AskedQuestion> {
        self.0.lock().ok()?.get(&id).cloned()
    }

    fn remove(&self, id: QuestionId) {
        if let Ok(mut questions) = self.0.lock() {
            questions.remove(&id);
        }
    }
}
