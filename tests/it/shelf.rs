//! One server's own articles beside the files that all servers share.

use frontdesk::domain::article::{Article, ArticleId, Audience, Language};
use frontdesk::domain::id::GuildId;
use frontdesk::knowledge::Knowledge;
use frontdesk::knowledge::answer::{Confidence, Question};
use frontdesk::knowledge::shelf::Shelf;
use frontdesk::knowledge::source::Listing;
use proptest::prelude::*;

fn article(id: &str, title: &str, body: &str) -> Article {
    Article {
        id: ArticleId(id.to_owned()),
        title: title.to_owned(),
        language: Language::En,
        tags: Vec::new(),
        questions: Vec::new(),
        category: None,
        audience: Audience::Everyone,
        owner: None,
        review_by: None,
        translation: None,
        body: body.to_owned(),
    }
}

fn question(text: &str, language: Language, audience: Audience) -> Question {
    Question { guild: GuildId(1), text: text.to_owned(), language, audience }
}

fn knowledge(articles: impl IntoIterator<Item = Article>) -> Knowledge {
    Knowledge::in_memory(articles.into_iter(), &[]).expect("it is built")
}

/// The names and scores of an answer.
fn ranking(knowledge: &Knowledge, shelf: &Shelf, question: &Question) -> (f32, Vec<(String, f32)>) {
    let answer = knowledge.answer_blocking(shelf, question).expect("memory does not fail");
    (answer.score, answer.hits.into_iter().map(|hit| (hit.article.0, hit.score)).collect())
}

/// Made from few words, so that articles have much in common.
fn some_article(number: usize) -> impl Strategy<Value = Article> {
    let word = prop::sample::select(vec![
        "vpn", "connect", "printer", "paper", "password", "reset", "laptop", "battery", "invoice", "809",
        "mailbox", "full", "meeting", "room", "screen", "cable", "network", "slow", "update", "badge",
    ]);
    let text = |words| prop::collection::vec(word.clone(), words).prop_map(|words| words.join(" "));
    (text(1..4), text(0..5), text(3..40)).prop_map(move |(title, asked, body)| Article {
        questions: if asked.is_empty() { Vec::new() } else { vec![asked] },
        ..article(&format!("en/{number}"), &title, &format!("{body}."))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Where an article is kept must not matter: a server with three of its own must not think every word rare.
    #[test]
    fn an_article_ranks_the_same_on_the_shelf_as_among_the_files(
        articles in (0..12_usize).map(some_article).collect::<Vec<_>>(),
        moved in prop::collection::vec(any::<bool>(), 12),
        words in prop::collection::vec("(vpn|connect|printer|password|reset|809|mailbox|room|slow|zzqx)", 1..6),
    ) {
        let all = knowledge(articles.clone());
        let (on_shelf, in_files): (Vec<_>, Vec<_>) =
            articles.into_iter().zip(moved).partition(|(_, moved)| *moved);
        let files = knowledge(in_files.into_iter().map(|(article, _)| article));
        let shelf = Shelf::new(on_shelf.into_iter().map(|(article, _)| article)).expect("it is built");
        let asked = question(&words.join(" "), Language::En, Audience::Everyone);
        let (expected_score, expected) = ranking(&all, &Shelf::default(), &asked);
        let (score, found) = ranking(&files, &shelf, &asked);
        prop_assert!((score - expected_score).abs() < 0.02, "{score} for {expected_score}");
        // Of several with the very title that was asked, and of equals, another may come first.
        let by_score = |mut hits: Vec<(String, f32)>| {
            hits.sort_by(|a, b| b.1.total_cmp(&a.1));
            hits
        };
        let (found, expected) = (by_score(found), by_score(expected));
        prop_assert_eq!(found.len(), expected.len());
        for ((name, score), (_, expected_score)) in found.iter().zip(&expected) {
            prop_assert!((score - expected_score).abs() < 0.01, "{name}: {found:?} for {expected:?}");
        }
    }
}

#[test]
fn the_sample_articles_answer_their_questions_from_the_shelf_as_well() {
    let kb = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("kb");
    let articles: Vec<Article> = Listing::of(&kb).expect("a folder").articles(|_| {}).collect();
    let all = knowledge(articles.clone());
    let mut asked = 0;
    for group in 0..4 {
        let own = articles.iter().skip(group).step_by(4);
        let is_own = |article: &Article| own.clone().any(|own| own.id == article.id);
        let files = knowledge(articles.iter().filter(|article| !is_own(article)).cloned());
        let shelf = Shelf::new(own.clone().cloned()).expect("it is built");
        for (article, text) in own.clone().flat_map(|own| own.questions.iter().map(move |text| (own, text))) {
            // Not quite the words that the article has, so that it is not found by them alone.
            let text = format!("{text} please help");
            let question = question(&text, article.language, Audience::Staff);
            let (expected_score, expected) = ranking(&all, &Shelf::default(), &question);
            let (score, found) = ranking(&files, &shelf, &question);
            let first = |hits: &[(String, f32)]| hits.first().map(|(name, _)| name.clone());
            assert_eq!(first(&found), first(&expected), "{text}");
            assert!((score - expected_score).abs() < 0.05, "{text}: {score} for {expected_score}");
            asked += 1;
        }
    }
    assert!(asked > 100, "only {asked} questions were asked");
}

#[test]
fn an_article_on_the_shelf_stands_in_the_files_place_everywhere() {
    let knowledge = knowledge([
        article("en/vpn", "VPN does not connect", "Old advice: restart the modem."),
        article("en/printer", "The printer is stuck", "Open the tray."),
    ]);
    let own = article("en/vpn", "The tunnel fails", "New advice: renew the certificate of the VPN client.");
    let shelf = Shelf::new([own.clone()]).expect("it is built");
    let asked = question("renew the certificate of my vpn client please", Language::En, Audience::Everyone);
    let answer = knowledge.answer_blocking(&shelf, &asked).expect("readable");
    let of_own = answer.hits.iter().filter(|hit| hit.article == own.id).count();
    assert_eq!(of_own, 1, "{answer:?}");
    assert_eq!(answer.hits[0].title, "The tunnel fails");
    let shown = knowledge.article_blocking(&shelf, &own.id, Audience::Everyone).expect("readable");
    assert_eq!(shown.expect("it is there").body, own.body);
    let by_title = |title| knowledge.find_title(&shelf, title, Audience::Everyone).expect("readable");
    assert_eq!(by_title("the tunnel fails"), Some(own.id.clone()));
    assert_eq!(by_title("VPN does not connect"), None, "its old title is no longer there");
    let suggested = |typed| {
        let suggested = knowledge.suggest(&shelf, typed, Language::En, Audience::Everyone);
        suggested.into_iter().map(|suggestion| suggestion.title).collect::<Vec<_>>()
    };
    assert_eq!(suggested("tunn"), ["The tunnel fails"]);
    assert!(suggested("vpn does").is_empty());
    assert_eq!(suggested("").len(), 2);
    let passage =
        knowledge.passage_blocking(&shelf, &own.id, &asked).expect("readable").expect("it is there");
    assert_eq!(passage.title, "The tunnel fails");
}

#[test]
fn staff_articles_of_the_shelf_are_for_staff() {
    let files = [article("en/callers", "Verify a caller", "Ask for the employee number.")];
    let knowledge = knowledge(files);
    // One of the server's own, and one that hides a file's article that everybody could read.
    let own = ["desk/1-master-key", "en/callers"].map(|id| Article {
        audience: Audience::Staff,
        ..article(id, &format!("The master key {id}"), "The master key hangs behind the employee door.")
    });
    let shelf = Shelf::new(own.clone()).expect("it is built");
    for audience in [Audience::Everyone, Audience::Staff] {
        let may = audience == Audience::Staff;
        for article in &own {
            let asked = question("master key employee number", Language::En, audience);
            let answer = knowledge.answer_blocking(&shelf, &asked).expect("readable");
            assert_eq!(answer.hits.iter().any(|hit| hit.article == article.id), may);
            assert_eq!(answer.confidence != Confidence::None, may);
            assert_eq!(
                knowledge.passage_blocking(&shelf, &article.id, &asked).expect("readable").is_some(),
                may
            );
            assert_eq!(
                knowledge.article_blocking(&shelf, &article.id, audience).expect("readable").is_some(),
                may
            );
            assert_eq!(
                knowledge.find_title(&shelf, &article.title, audience).expect("readable").is_some(),
                may
            );
            for typed in ["", "mast", "verify"] {
                let suggested = knowledge.suggest(&shelf, typed, Language::En, audience);
                assert!(may || suggested.is_empty(), "{typed}: {suggested:?}");
            }
        }
    }
}

#[test]
fn of_several_with_the_title_that_was_asked_the_best_leads() {
    let german = |id: &str, body: &str| Article { language: Language::De, ..article(id, "Outlook", body) };
    let english = article("en/outlook", "Outlook", "Mail does not arrive: restart the program.");
    let files = [english.clone(), german("de/outlook", "Post kommt nicht an: das Programm neu starten.")];
    let filler = article("en/printer", "The printer is stuck", "Open the tray.");
    let knowledge = knowledge(files.into_iter().chain([filler]));
    let shelf =
        Shelf::new([german("desk/1-outlook", "Outlook, Outlook und noch einmal Outlook.")]).expect("built");
    let leads = |shelf: &Shelf, language| {
        let asked = question("outlook", language, Audience::Everyone);
        knowledge.answer_blocking(shelf, &asked).expect("readable").hits[0].article.0.clone()
    };
    for (language, of_files) in [(Language::De, "de/outlook"), (Language::En, "en/outlook")] {
        assert_eq!(leads(&Shelf::default(), language), of_files);
    }
    assert_eq!(leads(&shelf, Language::En), "en/outlook", "an own one in another language does not lead");
    // A title goes before a typical question, wherever the two are kept.
    let asks_so = Article {
        questions: vec!["The printer is stuck".to_owned()],
        ..article("desk/2", "Toner", "Refill.")
    };
    let shelf = Shelf::new([asks_so]).expect("it is built");
    let asked = question("the printer is stuck", Language::En, Audience::Everyone);
    assert_eq!(knowledge.answer_blocking(&shelf, &asked).expect("readable").hits[0].article.0, "en/printer");
}

#[test]
fn a_translation_on_the_shelf_is_preferred_to_the_file_that_it_translates() {
    let german = Article {
        language: Language::De,
        translation: Some(ArticleId("en/vpn".to_owned())),
        ..article("desk/1-vpn", "VPN verbindet nicht", "Port 500 freigeben.")
    };
    let english = Article {
        translation: Some(german.id.clone()),
        ..article("en/vpn", "VPN does not connect", "Error 809: open port 500.")
    };
    let knowledge = knowledge([english, article("en/other", "Printer", "Paper.")]);
    let shelf = Shelf::new([german]).expect("it is built");
    let asked = question("fehler 809", Language::De, Audience::Everyone);
    let answer = knowledge.answer_blocking(&shelf, &asked).expect("readable");
    assert_eq!(answer.hits[0].article.0, "desk/1-vpn");
}
