//! Asking the knowledge base: first level's first level.
//!
//! Nobody waits for a question to be written down. Questions are kept in memory and written a few times a second,
//! all that came meanwhile in one transaction: one after each answer would make the next answer wait for the disk.
//! A press that comes sooner finds its question in memory. What a process that dies has not written is lost, and
//! costs a prefilled form and nothing else; an orderly stop writes everything.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::learn::learn_from_question;
use super::{Desk, DeskError, Refusal};
use crate::domain::actor::Actor;
use crate::domain::article::{ArticleId, Audience};
use crate::domain::id::QuestionId;
use crate::domain::lesson::LessonKind;
use crate::domain::question::{AskedQuestion, Attachment, Offered};
use crate::knowledge::KnowledgeError;
use crate::knowledge::answer::{Answer, Confidence, Question};
use crate::meter;
use crate::store::StoreError;

/// What somebody asks.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The question's number, made of the interaction that it came with: however many processes are told of that, it is one
    /// question.
    pub id: QuestionId,
    /// Their words, as they typed them.
    pub text: String,
    /// The category they picked.
    pub category: Option<String>,
    /// The file they sent along.
    pub attachment: Option<Attachment>,
}

impl Desk {
    /// Answers from the articles that every employee may read, without touching the database once the server's shelf
    /// is in memory. The question is written down a little later, at once when a file came with it.
    pub async fn ask(
        &self,
        actor: &Actor,
        asking: Asking,
    ) -> Result<(AskedQuestion, Answer), KnowledgeError> {
        let shelf = self.shelf(actor.guild).await;
        let began = Instant::now();
        let answer = self.knowledge.answer(&shelf, question(actor, &asking.text)).await?;
        meter::answer(confidence_label(answer.confidence), began.elapsed());
        let offered = answer
            .hits
            .iter()
            .map(|hit| Offered { article: hit.article.clone(), title: hit.title.clone() })
            .collect();
        let asked = AskedQuestion {
            id: asking.id,
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
        if asked.attachment.is_some() {
            // What was asked can be filled in again; a file would be gone without a word if the program died before it is
            // written down. A database that stands still holds up no answer: then it is written with the others.
            _ = tokio::time::timeout(WITH_FILE_WITHIN, self.write(std::slice::from_ref(&asked))).await;
        }
        Ok((asked, answer))
    }

    /// Writes questions down a few times a second, until `stop`.
    pub async fn keep_questions(&self, stop: CancellationToken) {
        let some = async || {
            self.unwritten.came.notified().await;
            tokio::time::sleep(WRITE_EVERY).await;
        };
        while stop.run_until_cancelled(some()).await.is_some() {
            self.write_questions().await;
        }
    }

    /// Writes down every question that waits for it: what gaps are counted from. One that cannot be written does not
    /// hold up the others, and stays in memory for the presses on its answer.
    pub async fn write_questions(&self) {
        let waiting = self.unwritten.take_waiting();
        if waiting.len() > 1 && self.write(&waiting).await.is_ok() {
            return;
        }
        for question in waiting {
            if let Err(error) = self.write(std::slice::from_ref(&question)).await {
                tracing::error!(%error, question.id = question.id.0, "a question was not written down");
            }
        }
    }

    async fn write(&self, questions: &[AskedQuestion]) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        for question in questions {
            tx.insert_question(question).await?;
        }
        tx.commit().await?;
        self.unwritten.forget(questions);
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
        let learned =
            is_new && learn_from_question(&mut tx, &question, article, LessonKind::Solved, now).await?;
        tx.commit().await?;
        if learned {
            self.renew_shelf(actor.guild).await;
        }
        Ok(())
    }
}

fn confidence_label(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::None => "none",
        Confidence::Maybe => "maybe",
        Confidence::Confident => "confident",
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

/// So long an answer waits at most for its question to be written down, if a file came with it.
const WITH_FILE_WITHIN: Duration = Duration::from_millis(500);
/// How long questions wait for others to be written with.
const WRITE_EVERY: Duration = Duration::from_millis(200);

/// Questions that are answered and not yet written down.
#[derive(Debug, Default)]
pub(super) struct Unwritten {
    questions: Mutex<Questions>,
    came: Notify,
}

#[derive(Debug, Default)]
struct Questions {
    by_id: HashMap<QuestionId, AskedQuestion>,
    /// Those that nobody is writing yet.
    waiting: Vec<QuestionId>,
}

impl Unwritten {
    /// Far more than come in the meantime; what is left of failed writes goes when it is reached.
    const MAX: usize = 10_000;

    fn add(&self, question: &AskedQuestion) {
        if let Ok(mut questions) = self.questions.lock() {
            if questions.by_id.len() >= Self::MAX {
                questions.by_id.clear();
                questions.waiting.clear();
            }
            questions.by_id.insert(question.id, question.clone());
            questions.waiting.push(question.id);
        }
        self.came.notify_one();
    }

    fn get(&self, id: QuestionId) -> Option<AskedQuestion> {
        self.questions.lock().ok()?.by_id.get(&id).cloned()
    }

    fn take_waiting(&self) -> Vec<AskedQuestion> {
        let Ok(mut questions) = self.questions.lock() else { return Vec::new() };
        let waiting = std::mem::take(&mut questions.waiting);
        waiting.iter().filter_map(|id| questions.by_id.get(id).cloned()).collect()
    }

    fn forget(&self, written: &[AskedQuestion]) {
        if let Ok(mut questions) = self.questions.lock() {
            for question in written {
                questions.by_id.remove(&question.id);
            }
        }
    }
}
