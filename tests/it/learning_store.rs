//! What the store promises about lessons and figures, on both databases.

use std::time::Duration;

use frontdesk::domain::article::{Article, ArticleId, Audience, Language};
use frontdesk::domain::id::{GuildId, LessonId, QuestionId, UserId};
use frontdesk::domain::lesson::{Lesson, LessonKind};
use frontdesk::domain::period::Period;
use frontdesk::domain::question::{AskedQuestion, Offered};
use frontdesk::domain::time::Timestamp;
use frontdesk::knowledge::Knowledge;
use frontdesk::knowledge::answer::Question;
use frontdesk::knowledge::learned::Learned;
use frontdesk::knowledge::shelf::Shelf;
use frontdesk::store::{ArticleFigures, QuestionFigures, Store};
use proptest::prelude::*;

use crate::databases::{Fresh, Kind, on_both_databases};
use crate::store::{GUILD, NOW, OTHER_GUILD};

on_both_databases!(
    the_same_again_teaches_nothing,
    what_is_taken_back_is_gone_and_nothing_else,
    lessons_of_one_server_do_not_reach_another,
    figures_are_what_was_shown_and_what_came_of_it,
    unsolved_questions_come_newest_first,
    an_owner_is_told_once_for_each_date,
);

const STAFF: UserId = UserId(30);

fn article(name: &str) -> ArticleId {
    ArticleId(name.to_owned())
}

fn lesson(name: &str, text: &str, kind: LessonKind, by: i64) -> Lesson {
    let (article, text) = (article(name), text.to_owned());
    Lesson { article, text, language: Language::De, kind, by: UserId(by), at: NOW }
}

async fn teach(store: &Store, guild: GuildId, source: &str, lesson: &Lesson) -> bool {
    let mut tx = store.begin().await.unwrap();
    let is_new = tx.teach(guild, source, lesson).await.unwrap();
    tx.commit().await.unwrap();
    is_new
}

async fn ask(store: &Store, id: i64, offered: &[&str], asked_at: Timestamp) {
    let offered = offered.iter().map(|name| Offered { article: article(name), title: (*name).to_owned() });
    let question = AskedQuestion {
        id: QuestionId(id),
        guild: GUILD,
        asker: UserId(10),
        text: format!("frage {id}"),
        language: Language::De,
        category: None,
        attachment: None,
        offered: offered.collect(),
        asked_at,
    };
    let mut tx = store.begin().await.unwrap();
    tx.insert_question(&question).await.unwrap();
    tx.commit().await.unwrap();
}

async fn solve(store: &Store, id: i64, name: &str) {
    let mut tx = store.begin().await.unwrap();
    assert!(tx.solve_question(GUILD, QuestionId(id), UserId(10), &article(name), NOW).await.unwrap());
    tx.commit().await.unwrap();
}

async fn the_same_again_teaches_nothing(fresh: Fresh) {
    let store = fresh.store().await;
    let solved = lesson("vpn", "'; DROP TABLE feedback 🔑", LessonKind::Solved, 10);
    assert!(teach(&store, GUILD, "question:1", &solved).await);
    assert!(!teach(&store, GUILD, "question:1", &solved).await);
    assert!(teach(&store, GUILD, "question:2", &solved).await);
    assert_eq!(store.lessons(GUILD, 10).await.unwrap(), [solved.clone(), solved]);
}

async fn what_is_taken_back_is_gone_and_nothing_else(fresh: Fresh) {
    let store = fresh.store().await;
    for (source, name) in [("question:1", "vpn"), ("question:2", "vpn"), ("question:3", "printer")] {
        teach(&store, GUILD, source, &lesson(name, source, LessonKind::Solved, 10)).await;
    }
    let lessons = store.lessons_about(GUILD, &article("vpn"), 10).await.unwrap();
    assert_eq!(lessons.len(), 2);
    let one = lessons[0].0;
    let mut tx = store.begin().await.unwrap();
    assert!(!tx.forget_lesson(OTHER_GUILD, one, STAFF, NOW).await.unwrap(), "another server's");
    assert!(tx.forget_lesson(GUILD, one, STAFF, NOW).await.unwrap());
    assert!(!tx.forget_lesson(GUILD, one, STAFF, NOW).await.unwrap(), "it is gone already");
    tx.commit().await.unwrap();
    assert_eq!(store.lesson_article(GUILD, one).await.unwrap(), Some(article("vpn")));
    assert_eq!(store.lesson_article(OTHER_GUILD, one).await.unwrap(), None);
    assert_eq!(store.lesson_article(GUILD, LessonId(999)).await.unwrap(), None);
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.forget_article(OTHER_GUILD, &article("vpn"), STAFF, NOW).await.unwrap(), 0);
    assert_eq!(tx.forget_article(GUILD, &article("vpn"), STAFF, NOW).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let left = store.lessons(GUILD, 10).await.unwrap();
    assert_eq!(left, [lesson("printer", "question:3", LessonKind::Solved, 10)]);
    let again = lesson("vpn", "question:1", LessonKind::Solved, 10);
    assert!(!teach(&store, GUILD, "question:1", &again).await, "forgotten is not the same as never said");
}

async fn lessons_of_one_server_do_not_reach_another(fresh: Fresh) {
    let store = fresh.store().await;
    let ours = lesson("vpn", "ours", LessonKind::Solved, 10);
    let theirs = lesson("vpn", "theirs", LessonKind::Rejected, 10);
    assert!(teach(&store, GUILD, "question:1", &ours).await);
    assert!(teach(&store, OTHER_GUILD, "question:1", &theirs).await);
    assert_eq!(store.lessons(GUILD, 10).await.unwrap(), [ours]);
    assert_eq!(store.lessons(OTHER_GUILD, 10).await.unwrap(), [theirs]);
    assert_eq!(store.lessons_about(GUILD, &article("vpn"), 10).await.unwrap().len(), 1);
}

async fn figures_are_what_was_shown_and_what_came_of_it(fresh: Fresh) {
    let store = fresh.store().await;
    let long_ago = NOW - Duration::from_hours(100 * 24);
    ask(&store, 1, &["vpn", "wifi"], NOW).await;
    ask(&store, 2, &["vpn"], NOW).await;
    ask(&store, 3, &["vpn"], NOW).await;
    ask(&store, 4, &[], NOW).await;
    ask(&store, 5, &["vpn"], long_ago).await;
    solve(&store, 1, "wifi").await;
    solve(&store, 2, "vpn").await;
    teach(&store, GUILD, "question:3", &lesson("vpn", "frage 3", LessonKind::Rejected, 10)).await;
    let since = NOW - Duration::from_hours(90 * 24);
    let figures = store.article_figures(GUILD, since).await.unwrap();
    let expected = [
        (article("vpn"), ArticleFigures { shown: 3, solved: 1, rejected: 1 }),
        (article("wifi"), ArticleFigures { shown: 1, solved: 1, rejected: 0 }),
    ];
    assert_eq!(figures.into_iter().collect::<Vec<_>>(), expected);
    let questions = store.question_figures(GUILD, since).await.unwrap();
    assert_eq!(questions, QuestionFigures { asked: 4, answered: 3, solved: 2, tickets: 0 });
    assert_eq!(store.article_figures(OTHER_GUILD, since).await.unwrap().len(), 0);
    assert_eq!(store.question_figures(OTHER_GUILD, since).await.unwrap(), QuestionFigures::default());
}

async fn unsolved_questions_come_newest_first(fresh: Fresh) {
    let store = fresh.store().await;
    // The fourth comes when the period is over.
    for (id, minutes) in [(1, 3), (2, 1), (3, 2), (4, 0), (5, 61)] {
        ask(&store, id, &["vpn"], NOW - Duration::from_mins(minutes)).await;
    }
    solve(&store, 3, "vpn").await;
    let period = Period { from: NOW - Duration::from_hours(1), to: NOW };
    let unsolved = store.unsolved_questions(GUILD, period, 10).await.unwrap();
    let ids: Vec<_> = unsolved.iter().map(|(question, ticket)| (question.id.0, *ticket)).collect();
    assert_eq!(ids, [(2, None), (1, None)]);
    assert_eq!(store.unsolved_questions(GUILD, period, 1).await.unwrap().len(), 1);
    assert_eq!(store.unsolved_questions(OTHER_GUILD, period, 10).await.unwrap(), []);
}

async fn an_owner_is_told_once_for_each_date(fresh: Fresh) {
    let store = fresh.store().await;
    let date = |day| chrono::NaiveDate::from_ymd_opt(2027, 1, day).unwrap();
    let mut tx = store.begin().await.unwrap();
    assert!(tx.note_review_reminder(GUILD, &article("vpn"), date(1), NOW).await.unwrap());
    assert!(!tx.note_review_reminder(GUILD, &article("vpn"), date(1), NOW).await.unwrap());
    assert!(tx.note_review_reminder(GUILD, &article("vpn"), date(2), NOW).await.unwrap());
    assert!(tx.note_review_reminder(OTHER_GUILD, &article("vpn"), date(1), NOW).await.unwrap());
    tx.commit().await.unwrap();
}

/// What somebody in a server does about an article.
#[derive(Clone, Debug)]
enum Deed {
    Teach { guild: i64, source: u8, article: &'static str, text: String, kind: LessonKind, by: i64 },
    ForgetArticle { guild: i64, article: &'static str },
}

impl Deed {
    const fn guild(&self) -> GuildId {
        let (Self::Teach { guild, .. } | Self::ForgetArticle { guild, .. }) = self;
        GuildId(*guild)
    }

    async fn is_done(&self, store: &Store) {
        match self {
            Self::Teach { source, article: name, text, kind, by, .. } => {
                let lesson = Lesson { language: Language::En, ..lesson(name, text, *kind, *by) };
                teach(store, self.guild(), &format!("question:{source}"), &lesson).await;
            }
            Self::ForgetArticle { article: name, .. } => {
                let mut tx = store.begin().await.unwrap();
                tx.forget_article(self.guild(), &article(name), STAFF, NOW).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
    }
}

const WORDS: [&str; 9] =
    ["vpn", "printer", "password", "mailbox", "full", "reset", "paper", "zorbulator", "slow"];
const ARTICLES: [&str; 4] = ["vpn", "printer", "password", "mailbox"];

fn some_words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..5).prop_map(|words| words.join(" "))
}

fn some_deed() -> impl Strategy<Value = Deed> {
    let kind = prop::sample::select(vec![LessonKind::Solved, LessonKind::Rejected]);
    let name = || prop::sample::select(&ARTICLES[..]);
    prop_oneof![
        8 => (1..4_i64, any::<u8>(), name(), some_words(), kind, 10..14_i64)
            .prop_map(|(guild, source, article, text, kind, by)| {
                Deed::Teach { guild, source, article, text, kind, by }
            }),
        1 => (1..4_i64, name()).prop_map(|(guild, article)| Deed::ForgetArticle { guild, article }),
    ]
}

/// What a server is answered after all this was done: names, scores and the confidence.
async fn answers(deeds: impl Iterator<Item = &Deed>, asked: &[String]) -> Vec<(f32, Vec<(String, f32)>)> {
    let fresh = Fresh::new(Kind::Sqlite).await.unwrap();
    let store = fresh.store().await;
    for deed in deeds {
        deed.is_done(&store).await;
    }
    let learned = Learned::new(&store.lessons(GUILD, 100).await.unwrap(), NOW);
    let shelf = Shelf::default().with_lessons(learned);
    let articles = ARTICLES.map(|name| Article {
        id: article(name),
        title: format!("The {name}"),
        language: Language::En,
        tags: Vec::new(),
        questions: Vec::new(),
        category: None,
        audience: Audience::Everyone,
        owner: None,
        review_by: None,
        translation: None,
        body: format!("What to do about the {name} when it is slow or full."),
    });
    let knowledge = Knowledge::in_memory(articles.into_iter(), &[]).unwrap();
    let answered = asked.iter().map(|text| {
        let (text, audience) = (text.clone(), Audience::Everyone);
        let question = Question { guild: GUILD, text, language: Language::En, audience };
        let answer = knowledge.answer_blocking(&shelf, &question).unwrap();
        (answer.score, answer.hits.into_iter().map(|hit| (hit.article.0, hit.score)).collect())
    });
    answered.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever other servers say, take back and say again: this one is answered as if it were alone.
    #[test]
    fn no_feedback_from_one_server_reaches_another(
        deeds in prop::collection::vec(some_deed(), 0..24),
        asked in prop::collection::vec(some_words(), 1..6),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let among_others = answers(deeds.iter(), &asked).await;
            let alone = answers(deeds.iter().filter(|deed| deed.guild() == GUILD), &asked).await;
            prop_assert_eq!(among_others, alone);
            Ok(())
        })?;
    }
}
