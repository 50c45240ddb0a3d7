//! Scenarios, attempts, scores and progress.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::domain::id::{CategoryId, RoleId, SpecialismId};

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn words(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn scenario() -> Scenario {
    let line = |keywords: &[&str], text: &str| Line {
        keywords: keywords.iter().map(|keyword| (*keyword).to_owned()).collect(),
        text: text.to_owned(),
    };
    Scenario {
        name: "vpn".to_owned(),
        language: Language::De,
        title: "VPN".to_owned(),
        requester: "Jonas".to_owned(),
        opening: "Es geht nicht".to_owned(),
        category: "Netzwerk".to_owned(),
        articles: vec![ArticleId("de/vpn".to_owned()), ArticleId("en/vpn".to_owned())],
        escalation: Some("Network".to_owned()),
        why: "Darum".to_owned(),
        tone: vec!["Freundlich?".to_owned(), "Klar?".to_owned()],
        script: Script {
            otherwise: "Weiß nicht".to_owned(),
            when: vec![
                line(&["fehler", "meldung"], "809"),
                line(&["seit wann", "gestern"], "Seit heute"),
                line(&["os"], "Windows"),
            ],
            solved: None,
            escalated: None,
        },
    }
}

fn attempt() -> Attempt {
    Attempt {
        id: PracticeId(1),
        guild: GuildId(1),
        user: UserId(2),
        scenario: scenario(),
        started_at: NOW,
        thread: None,
        card: None,
        shown_at: None,
        first_action_at: None,
        article: None,
        category: None,
        specialism: None,
        stage: Stage::Working,
    }
}

fn offered(article: &str) -> Offered {
    Offered { article: ArticleId(article.to_owned()), title: article.to_owned() }
}

fn specialism(id: i64, name: Option<&str>, german: Option<&str>) -> Specialism {
    let named = Specialism::new(SpecialismId(id), name.map(str::to_owned), RoleId(9));
    Specialism { german: german.map(str::to_owned), ..named }
}

fn category(name: &str, german: Option<&str>) -> Category {
    Category {
        id: CategoryId(1),
        name: name.to_owned(),
        german: german.map(str::to_owned),
        keywords: Vec::new(),
        priority: None,
    }
}

#[test]
fn the_pretended_requester_answers_what_was_asked() {
    let scenario = scenario();
    let answer = |asked| scenario.answer(asked, words);
    assert_eq!(answer("Welche Fehlermeldung siehst du?"), "809", "a word may go on");
    assert_eq!(answer("Seit wann ist das so?"), "Seit heute");
    assert_eq!(answer("Wann seit?"), "Weiß nicht", "a phrase stands in its order");
    assert_eq!(answer("Fehler? Seit wann? War es gestern?"), "Seit heute", "more of it");
    assert_eq!(answer("Bist du in Oslo?"), "Weiß nicht", "a short word is meant whole");
    assert_eq!(answer(""), "Weiß nicht");
}

#[test]
fn names_are_the_desks_own() {
    let categories = [category("network", Some("Netzwerk")), category("mail", None)];
    let specialisms = [specialism(1, None, None), specialism(2, Some("NOC"), Some("Network"))];
    let own = scenario().on_desk(&categories, &specialisms);
    assert_eq!((own.category.as_str(), own.escalation.as_deref()), ("network", Some("NOC")));
    let one = scenario().on_desk(&[], &specialisms[..1]);
    assert_eq!((one.category.as_str(), one.escalation.as_deref()), ("Netzwerk", Some(SECOND_LEVEL)));
    let other = scenario().on_desk(&[], &[specialism(1, None, None), specialism(2, Some("SAP"), None)]);
    assert_eq!(other.escalation.as_deref(), Some("Network"));

    let labels = |choices: Vec<Choice>| -> Vec<String> {
        choices.into_iter().map(|choice| format!("{}={}", choice.value, choice.label)).collect()
    };
    assert_eq!(
        labels(own.categories(&categories, ["Netzwerk", "Sicherheit", "sicherheit"].into_iter())),
        ["mail=mail", "network=Netzwerk", "Sicherheit=Sicherheit"]
    );
    assert_eq!(labels(own.specialisms(&specialisms)), ["*=*", "NOC=Network"]);
    assert_eq!(labels(one.specialisms(&specialisms[..1])), ["*=*"], "nothing to choose");
}

#[test]
fn everything_right_is_a_hundred_points_and_the_tone_is_no_part_of_them() {
    let done = attempt()
        .choose_article(offered("en/vpn"), NOW + Duration::from_mins(5))
        .and_then(|attempt| attempt.choose_category("netzwerk".to_owned(), NOW + Duration::from_hours(1)))
        .and_then(|attempt| attempt.choose_specialism("Network".to_owned(), NOW + Duration::from_hours(1)))
        .and_then(|attempt| attempt.escalate(NOW + Duration::from_hours(2)))
        .unwrap();
    assert_eq!(done.clone().resolve(NOW), Err(PracticeError::Decided));
    let finished = done.keep(1).unwrap().finish(NOW + Duration::from_hours(3)).unwrap();
    let score = *finished.score().unwrap();
    let expected = Score {
        response_time: Duration::from_mins(5),
        response: Verdict::Right,
        article: Some(Verdict::Right),
        category: Verdict::Right,
        escalation: Verdict::Right,
        kept: 1,
        of: 2,
    };
    assert_eq!((score, score.points()), (expected, 100));
    assert_eq!(score.percent(Skill::Tone), Some(50));
    assert_eq!(finished.stop(NOW), Err(PracticeError::Over));
}

#[test]
fn each_part_counts_by_its_weight() {
    let late = NOW + Duration::from_mins(15);
    let wrong_people = Attempt { specialism: Some("SAP".to_owned()), ..attempt() };
    let points = |attempt: Attempt| attempt.finish(late).unwrap().score().unwrap().points();
    // A quarter of an hour is half of 20, other people are half of 30; no article, no category.
    assert_eq!(points(wrong_people.clone().escalate(late).unwrap()), 25);
    let solved = attempt().choose_category("Netzwerk".to_owned(), NOW).unwrap().resolve(late).unwrap();
    assert_eq!(points(solved), 40, "it was to be handed over");
    let no_article = Scenario { articles: Vec::new(), escalation: None, ..scenario() };
    let easy = Attempt { scenario: no_article, ..attempt() };
    let solved = easy.resolve(NOW).unwrap();
    assert_eq!(points(solved), 71, "50 of 70: what is not needed does not count");
    // The clock starts when there is something to see.
    let shown = Attempt { shown_at: Some(late), ..wrong_people };
    assert_eq!(points(shown.escalate(late).unwrap()), 35);
}

#[test]
fn progress_says_where_it_goes_and_what_to_train() {
    let right = attempt()
        .choose_article(offered("de/vpn"), NOW)
        .and_then(|attempt| attempt.choose_category("Netzwerk".to_owned(), NOW))
        .and_then(|attempt| attempt.choose_specialism("Network".to_owned(), NOW))
        .and_then(|attempt| attempt.escalate(NOW))
        .unwrap();
    let practised = |attempt: Attempt| Practised {
        title: "VPN".to_owned(),
        at: NOW,
        score: *attempt.finish(NOW).unwrap().score().unwrap(),
    };
    let good = practised(right.clone().keep(0).unwrap().keep(1).unwrap());
    let poor = practised(Attempt { article: None, ..right });
    let none = progress(0, Vec::new());
    assert_eq!((none.mean, none.trend, none.train), (None, None, None));
    let first = progress(1, vec![good.clone()]);
    assert_eq!((first.mean, first.trend, first.train), (Some(100), None, None));
    let later = progress(3, vec![good, poor.clone(), poor]);
    assert_eq!(later.mean, Some(80));
    assert_eq!(later.trend, Some(Trend { before: 70, lately: 100 }));
    assert_eq!(later.train, Some(Skill::Article), "as weak as the tone, and weighs more");
}

#[derive(Clone, Copy, Debug)]
enum Move {
    Act,
    Specialism,
    Resolve,
    Escalate,
    Keep(usize),
    Finish,
    Stop,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        Just(Move::Act),
        Just(Move::Specialism),
        Just(Move::Resolve),
        Just(Move::Escalate),
        (0_usize..4).prop_map(Move::Keep),
        Just(Move::Finish),
        Just(Move::Stop),
    ];
    prop::collection::vec(one, 0..20)
}

proptest! {
    #[test]
    fn whatever_is_done_what_is_over_stays_as_it_is(moves in moves()) {
        let mut attempt = attempt();
        for (now, step) in (NOW.0..).map(Timestamp).zip(moves) {
            let before = attempt.clone();
            let after = match step {
                Move::Act => before.clone().act(now),
                Move::Specialism => before.clone().choose_specialism("SAP".to_owned(), now),
                Move::Resolve => before.clone().resolve(now),
                Move::Escalate => before.clone().escalate(now),
                Move::Keep(item) => before.clone().keep(item),
                Move::Finish => before.clone().finish(now),
                Move::Stop => before.clone().stop(now),
            };
            prop_assert!(before.over_at().is_none() || after.is_err());
            let Ok(after) = after else { continue };
            prop_assert!(before.first_action_at.is_none() || after.first_action_at == before.first_action_at);
            if let Some(score) = after.score() {
                prop_assert!(score.points() <= 100 && score.kept <= score.of);
                let was_decided = matches!(before.stage, Stage::Reviewing { .. });
                prop_assert!(was_decided);
            }
            attempt = after;
        }
    }

    #[test]
    fn the_right_choice_is_always_there_and_each_is_there_once(names in prop::collection::vec("[a-c]{1,3}", 0..40)) {
        let scenario = scenario();
        let choices = scenario.categories(&[], names.iter().map(String::as_str));
        prop_assert!(choices.len() <= CHOICES_MAX);
        prop_assert_eq!(choices.iter().filter(|choice| choice.value == "Netzwerk").count(), 1);
        let values: BTreeSet<_> = choices.iter().map(|choice| choice.value.to_lowercase()).collect();
        prop_assert_eq!(values.len(), choices.len());
    }
}
