//! Measuring what learning is worth: half of a set's questions that have an answer are taken as confirmed by a person
//! each, the other half is asked, once without and once with what was learned from the first.
//!
//! A question belongs to the one half or the other by a hash of its name, so the halves are the same in every run.
//! Questions without an answer are all asked, since nobody could have confirmed anything.

use serde::Serialize;

use super::{EvalError, EvalOptions, EvalReport, QuestionSet};
use crate::domain::article::ArticleId;
use crate::domain::id::UserId;
use crate::domain::lesson::{Lesson, LessonKind};
use crate::domain::time::Timestamp;
use crate::knowledge::Knowledge;
use crate::knowledge::learned::Learned;
use crate::knowledge::shelf::Shelf;

/// The same questions asked without and with what was learned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LearningReport {
    /// How many questions were taken as confirmed.
    pub confirmed: usize,
    /// As if nobody had confirmed anything.
    pub without: EvalReport,
    /// With what was learned.
    pub with: EvalReport,
}

impl std::fmt::Display for LearningReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} questions confirmed, {} asked\n", self.confirmed, self.with.questions)?;
        writeln!(f, "Without learning\n{}\n", self.without)?;
        write!(f, "With learning\n{}", self.with)
    }
}

/// Reads a set, learns from one half of it and asks the other.
pub fn run_learning_eval(options: &EvalOptions) -> Result<LearningReport, EvalError> {
    let mut set = QuestionSet::read(options)?;
    let knowledge = Knowledge::in_memory(set.articles.iter().cloned(), &[])?;
    let lessons = set.take_lessons();
    let shelf = Shelf::default().with_lessons(Learned::new(&lessons, NOW));
    Ok(LearningReport {
        confirmed: lessons.len(),
        without: set.judge(&knowledge, &Shelf::default())?,
        with: set.judge(&knowledge, &shelf)?,
    })
}

/// When everything is confirmed and asked; any time will do.
const NOW: Timestamp = Timestamp(0);

impl QuestionSet {
    /// Takes half of the answerable questions out of the set, each as confirmed for its best article by a person of
    /// its own.
    fn take_lessons(&mut self) -> Vec<Lesson> {
        let (confirmed, asked): (Vec<_>, Vec<_>) = std::mem::take(&mut self.queries)
            .into_iter()
            .partition(|(id, _)| self.best(id).is_some() && is_confirmed(id));
        self.queries = asked;
        let lesson = |(person, (id, question)): (i64, &(String, super::Question))| {
            let article = ArticleId(self.best(id)?.to_owned());
            let (text, language) = (question.text.clone(), question.language);
            Some(Lesson { article, text, language, kind: LessonKind::Solved, by: UserId(person), at: NOW })
        };
        (0..).zip(&confirmed).filter_map(lesson).collect()
    }

    /// The article with the highest grade for a question.
    fn best(&self, query: &str) -> Option<&str> {
        let grades = self.grades.get(query)?.iter().filter(|(_, grade)| **grade > 0.0);
        let best = grades.max_by(|a, b| a.1.total_cmp(b.1).then_with(|| b.0.cmp(a.0)));
        best.map(|(article, _)| article.as_str())
    }
}

/// Whether a question is in the half that is confirmed: one bit of its name's FNV-1a hash, mixed once more, because the
/// last characters of a name reach few bits by themselves.
fn is_confirmed(id: &str) -> bool {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed >> 63 == 1
}
