//! What the people of one server have taught about its articles, as a second ranker beside the text.
//!
//! It is made from lessons: questions after which somebody said that an article solved it, and questions after which
//! somebody was shown it and opened a ticket all the same. For a new question it says what speaks for and against
//! an article: the lessons about alike questions, older ones less, each further one less, so that neither a
//! hundred clicks nor a single person can make it certain. A person counts once for an article and alike
//! questions, with what they said last. Questions that are not alike are never touched.
//!
//! Bounded: the newest lessons of an article; whoever hands them over bounds those of a server. It is derived data, made anew when a lesson comes or
//! is forgotten.

use std::collections::HashMap;

use crate::domain::article::{ArticleId, Language};
use crate::domain::lesson::Lesson;
use crate::domain::time::Timestamp;
use crate::knowledge::likeness::Texts;

/// How many lessons about one article are used, the newest.
const OF_ARTICLE_MAX: usize = 100;

/// How many lessons about one article have a say in one question.
const COUNTED: usize = 3;
const COUNTED_SHARE: f32 = 3.0;

/// From here on two questions of one person are the same one.
const SAME_QUESTION: f32 = 0.6;

const DAY_SECONDS: f32 = 86_400.0;

/// The numbers of learning, fitted once over question sets of different kinds at the same time, half of each set's
/// questions as lessons and the other half asked (README, "Learning").
#[derive(Clone, Copy, Debug)]
pub struct Tuning {
    /// Questions that are less alike than this teach each other nothing.
    pub least_likeness: f32,
    /// How far one fresh lesson about the very same question goes towards certainty.
    pub reach: f32,
    /// Exponent over its likeness: what is half alike says next to nothing by itself.
    pub alone: f32,
    /// How far lessons go together, when all that have a say are about the very same question.
    pub together: f32,
    /// After this long a lesson counts half.
    pub half_life_days: f32,
    /// What certainty adds to an article's score.
    pub support: f32,
    /// The share of the text's score that unanimous rejection takes away.
    pub opposition: f32,
    /// What certainty adds to the confidence, before the logistic function.
    pub confidence: f32,
    /// What unanimous rejection takes away there.
    pub doubt: f32,
}

impl Tuning {
    /// The numbers in use.
    pub const FITTED: Self = Self {
        least_likeness: 0.2,
        reach: 0.6,
        alone: 5.0,
        together: 0.8,
        half_life_days: 180.0,
        support: 1.5,
        opposition: 0.4,
        confidence: 6.0,
        doubt: 1.5,
    };
}

/// What a server was taught.
#[derive(Debug, Default)]
pub struct Learned {
    texts: Texts,
    /// By place of the text; none for one that is not used.
    lessons: Vec<Option<Kept>>,
    articles: Vec<ArticleId>,
}

#[derive(Clone, Copy, Debug)]
struct Kept {
    article: usize,
    is_for: bool,
    days: f32,
}

/// What lessons say about one article as the answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Taught {
    /// The article.
    pub article: ArticleId,
    /// What speaks for it, from 0 to less than 1.
    pub supports: f32,
    /// What speaks against it, from 0 to less than 1.
    pub opposes: f32,
}

impl Taught {
    /// What speaks against it and is not outweighed: where many were helped, a few who were not say little.
    fn doubt(&self) -> f32 {
        self.opposes * (1.0 - self.supports)
    }

    /// The score of the article beside others, from what its text scores.
    pub fn score(&self, of_text: f32, tuning: &Tuning) -> f32 {
        of_text * (1.0 - tuning.opposition * self.doubt()) + tuning.support * self.supports
    }

    /// What it adds to the confidence in the article, before the logistic function.
    pub fn confidence(&self, tuning: &Tuning) -> f32 {
        tuning.confidence * self.supports - tuning.doubt * self.doubt()
    }
}

impl Learned {
    /// From the lessons of one server, newest first, as much as they count now.
    pub fn new(lessons: &[Lesson], now: Timestamp) -> Self {
        let texts = Texts::new(lessons.iter().map(|lesson| (lesson.text.as_str(), lesson.language)));
        let mut articles: Vec<ArticleId> = Vec::new();
        let mut numbers: HashMap<&ArticleId, usize> = HashMap::new();
        let mut said: HashMap<(usize, i64), Vec<usize>> = HashMap::new();
        let mut counts: Vec<usize> = Vec::new();
        let mut kept = Vec::with_capacity(lessons.len());
        for (place, lesson) in lessons.iter().enumerate() {
            let article = *numbers.entry(&lesson.article).or_insert_with(|| {
                articles.push(lesson.article.clone());
                counts.push(0);
                articles.len() - 1
            });
            let before = said.entry((article, lesson.by.0)).or_default();
            let again = before.iter().any(|earlier| texts.between(*earlier, place) >= SAME_QUESTION);
            let used = !again && counts[article] < OF_ARTICLE_MAX;
            if used {
                before.push(place);
                counts[article] += 1;
            }
            let days = now.since(lesson.at).as_secs_f32() / DAY_SECONDS;
            kept.push(used.then_some(Kept { article, is_for: lesson.kind.is_for(), days }));
        }
        Self { texts, lessons: kept, articles }
    }

    /// Whether nothing was taught.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// What speaks for and against articles as the answer to a question, the most supported first.
    pub fn about(&self, question: &str, own: Language, tuning: &Tuning) -> Vec<Taught> {
        let mut said: HashMap<usize, [Vec<Said>; 2]> = HashMap::new();
        for (place, likeness) in self.texts.like(question, own) {
            let (Some(kept), true) = (self.lessons[place], likeness >= tuning.least_likeness) else {
                continue;
            };
            let freshness = (-kept.days / tuning.half_life_days).exp2();
            said.entry(kept.article).or_default()[usize::from(!kept.is_for)]
                .push(Said { likeness, freshness });
        }
        let mut taught: Vec<Taught> = said
            .into_iter()
            .map(|(article, [supports, opposes])| Taught {
                article: self.articles[article].clone(),
                supports: certainty(supports, tuning),
                opposes: certainty(opposes, tuning),
            })
            .collect();
        taught.sort_by(|a, b| b.supports.total_cmp(&a.supports).then_with(|| a.article.cmp(&b.article)));
        taught
    }
}

/// One lesson's say in one question.
#[derive(Clone, Copy, Debug)]
struct Said {
    likeness: f32,
    freshness: f32,
}

/// How certain lessons make. By itself each goes a part of the way that the others have left, and only one about nearly
/// the same question goes far: it may be alike in words that the article's text shares with many. Several that are
/// somewhat alike are no accident, and say more together. Only the weightiest have a say.
fn certainty(mut said: Vec<Said>, tuning: &Tuning) -> f32 {
    said.sort_unstable_by(|a, b| (b.likeness * b.freshness).total_cmp(&(a.likeness * a.freshness)));
    said.truncate(COUNTED);
    let alone = |said: &Said| 1.0 - tuning.reach * said.freshness * said.likeness.powf(tuning.alone);
    let open: f32 = said.iter().map(alone).product();
    let mean = said.iter().map(|said| said.likeness * said.freshness).sum::<f32>() / COUNTED_SHARE;
    1.0 - open * (1.0 - tuning.together * mean * mean)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::id::UserId;
    use crate::domain::lesson::LessonKind;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);
    const DAY: i64 = 86_400_000;

    fn lesson(article: &str, text: &str, kind: LessonKind, by: i64) -> Lesson {
        let article = ArticleId(article.to_owned());
        Lesson { article, text: text.to_owned(), language: Language::En, kind, by: UserId(by), at: NOW }
    }

    fn about(lessons: &[Lesson], question: &str) -> Vec<Taught> {
        Learned::new(lessons, NOW).about(question, Language::En, &Tuning::FITTED)
    }

    #[test]
    fn more_people_make_it_more_certain_and_one_person_counts_once() {
        let text = "the badge reader blinks red";
        let once = [lesson("door", text, LessonKind::Solved, 1)];
        let one_often: Vec<_> =
            (0..50).map(|_| lesson("door", "The badge reader blinks red!", LessonKind::Solved, 1)).collect();
        let three: Vec<_> = (1..4).map(|by| lesson("door", text, LessonKind::Resolved, by)).collect();
        let support = |lessons: &[Lesson]| about(lessons, text)[0].supports;
        assert!((0.6..0.7).contains(&support(&once)), "{}", support(&once));
        assert!((support(&one_often) - support(&once)).abs() < 0.01);
        assert!(support(&three) > 0.9 && support(&three) < 1.0);
    }

    #[test]
    fn the_last_word_of_a_person_counts() {
        let text = "the badge reader blinks red";
        let newest_first =
            [lesson("door", text, LessonKind::Solved, 1), lesson("door", text, LessonKind::Rejected, 1)];
        let taught = about(&newest_first, text);
        assert!(taught[0].supports > 0.5 && taught[0].opposes == 0.0, "{taught:?}");
    }

    #[test]
    fn lessons_grow_old() {
        let text = "the badge reader blinks red";
        let old = Lesson { at: Timestamp(NOW.0 - 180 * DAY), ..lesson("door", text, LessonKind::Solved, 1) };
        assert!((about(&[old], text)[0].supports - 0.32).abs() < 0.02);
    }

    #[test]
    fn questions_that_are_not_alike_are_never_touched() {
        let rejected: Vec<_> = (0..100)
            .map(|by| lesson("vpn", "the tunnel breaks on the train", LessonKind::Rejected, by))
            .collect();
        assert_eq!(about(&rejected, "my password has expired"), []);
        assert_eq!(about(&rejected, ""), []);
    }

    proptest! {
        #[test]
        fn rejection_alone_never_takes_more_than_its_share(
            score in 0.0_f32..3.0,
            people in 0_i64..200,
        ) {
            let text = "the tunnel breaks on the train";
            let rejected: Vec<_> =
                (0..people).map(|by| lesson("vpn", text, LessonKind::Rejected, by)).collect();
            for taught in about(&rejected, text) {
                let left = taught.score(score, &Tuning::FITTED);
                prop_assert!(left >= score * (1.0 - Tuning::FITTED.opposition) - 1e-4 && left <= score);
            }
        }

        #[test]
        fn everything_stays_within_bounds(
            lessons in proptest::collection::vec(
                ("[ab]", "[a-d ]{0,12}", 0_usize..3, 0_i64..4, 0_i64..1000), 0..40),
            question in "\\PC{0,20}|[a-d ]{0,12}",
        ) {
            let lessons: Vec<_> = lessons
                .into_iter()
                .map(|(article, text, kind, by, days)| Lesson {
                    at: Timestamp(NOW.0 - days * DAY),
                    ..lesson(&article, &text, LessonKind::ALL[kind], by)
                })
                .collect();
            for taught in about(&lessons, &question) {
                prop_assert!((0.0..1.0).contains(&taught.supports), "{:?}", taught);
                prop_assert!((0.0..1.0).contains(&taught.opposes), "{:?}", taught);
            }
        }
    }
}
