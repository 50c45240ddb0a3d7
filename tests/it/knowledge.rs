//! The knowledge base as the desk uses it: a folder of articles in, answers out.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use frontdesk::domain::article::{ArticleId, Audience, Language};
use frontdesk::domain::id::GuildId;
use frontdesk::knowledge::answer::{Answer, Confidence, Part, Question};
use frontdesk::knowledge::shelf::Shelf;
use frontdesk::knowledge::{IndexOrigin, Knowledge, KnowledgeError, KnowledgeOptions, LoadReport, Reloaded};
use tempfile::TempDir;

const PRINTER: &str = "---\ntitle: Druckaufträge bleiben hängen\nlang: de\ntags: [drucker]\nquestions:\n  - mein drucker \
    druckt nicht\ncategory: printing\n---\nDie **Druckerwarteschlange** ist voll.\n\n1. Öffnen Sie die Dienste.\n\
    2. Starten Sie `Spooler` neu.\n3. Löschen Sie die Aufträge.\n";
const PASSWORD_EN: &str = "---\ntitle: Reset your password\nlang: en\ntags: [account]\nquestions:\n  - I forgot my \
    password\ncategory: access\n---\nOpen the [portal](https://intranet.example.com/portal) and choose a new password.\n";
const PASSWORD_DE: &str = "---\ntitle: Passwort zurücksetzen\nlang: de\ntags: [Konto]\nquestions:\n  - ich habe mein \
    passwort vergessen\ncategory: access\n---\nÖffnen Sie das Portal und wählen Sie ein neues Passwort.\n";
const STAFF: &str = "---\ntitle: Verify a caller\nlang: en\naudience: staff\n---\nAsk for the employee number before \
    any password reset.\n";

struct Desk {
    folder: TempDir,
    knowledge: Knowledge,
    report: LoadReport,
}

fn options(folder: &Path) -> KnowledgeOptions {
    KnowledgeOptions { kb_folder: folder.join("kb"), index_folder: folder.join("index") }
}

fn desk(files: &[(&str, &str)]) -> Desk {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join("kb").join(name);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let (knowledge, report) = Knowledge::open(&options(folder.path())).expect("it opens");
    Desk { folder, knowledge, report }
}

fn sample() -> Desk {
    desk(&[
        ("de/drucker.md", PRINTER),
        ("en/password.md", PASSWORD_EN),
        ("de/passwort.md", PASSWORD_DE),
        ("en/staff-verify.md", STAFF),
        ("synonyms.yaml", "- [Kennwort, Passwort, password]\n"),
    ])
}

fn question(text: &str, language: Language, audience: Audience) -> Question {
    Question { guild: GuildId(1), text: text.to_owned(), language, audience }
}

impl Desk {
    fn asked(&self, text: &str, language: Language) -> Answer {
        let question = question(text, language, Audience::Everyone);
        self.knowledge.answer_blocking(&Shelf::default(), &question).expect("the index is readable")
    }

    /// The best article, also where it is not sure enough to be shown.
    fn first_ranked(&self, text: &str, language: Language) -> String {
        let question = question(text, language, Audience::Everyone);
        let (findings, _) = self.knowledge.ranked(&question, 4).expect("the index is readable");
        findings.hits.first().map_or_else(String::new, |found| found.id.clone())
    }

    fn first(&self, text: &str, language: Language) -> String {
        self.asked(text, language).hits.first().map_or_else(String::new, |hit| hit.article.0.clone())
    }
}

#[test]
fn people_find_what_they_mean_however_they_spell_it() {
    let desk = sample();
    for text in [
        "Warteschlange des Druckers",
        "druckerwarteschlange",
        "Drücker druckt nicht",
        "drucker warte schlange",
    ] {
        assert_eq!(desk.first(text, Language::De), "de/drucker", "{text}");
    }
    for text in ["Kennwort vergessen", "passwort zurückgesetzt", "Pasword vergesen", "passwoerter"] {
        assert_eq!(desk.first(text, Language::De), "de/passwort", "{text}");
    }
    for text in ["forgot password", "how do i reset my pasword", "the password's reset"] {
        assert_eq!(desk.first(text, Language::En), "en/password", "{text}");
    }
}

const CODES: &str = "---\ntitle: Zugriff verweigert\nlang: de\n---\nDer Fehler 0x80070005 auf srv-file01 verschwindet \
    mit dem Client 5.1.90. Prüfen Sie die Rechte in Outlook und im W-LAN.\n";
const ACCESS: &str = "---\ntitle: Zugriff beantragen\nlang: de\n---\nDas Formular für den Zugriff auf Ordner liegt im \
    Portal. Die Größe der Ablage steht in der Straßenliste. Was ist was?\n";

#[test]
fn codes_names_and_spellings_find_the_very_article() {
    let desk = desk(&[("de/codes.md", CODES), ("de/zugriff.md", ACCESS), ("de/drucker.md", PRINTER)]);
    for (text, expected) in [
        ("0x80070005", "de/codes"),
        ("Fehler 0X80070005", "de/codes"),
        ("client 5.1.90", "de/codes"),
        ("srv-file01", "de/codes"),
        ("srvfile01 geht nicht", "de/codes"),
        ("Outlok", "de/codes"),
        ("outlooks Rechte", "de/codes"),
        ("WLAN", "de/codes"),
        ("W LAN", "de/codes"),
        ("groesse", "de/zugriff"),
        ("Grosse der Ablage", "de/zugriff"),
        ("STRASSENLISTE", "de/zugriff"),
        ("straßenliste", "de/zugriff"),
        ("Strassen Liste", "de/zugriff"),
        ("was ist was", "de/zugriff"),
        ("druckaufträge löschen", "de/drucker"),
        ("druckauftraege loeschen", "de/drucker"),
        ("Aufträge des Druckers", "de/drucker"),
        ("Druckerwarte schlange", "de/drucker"),
    ] {
        assert_eq!(desk.first_ranked(text, Language::De), expected, "{text}");
    }
}

#[test]
fn the_other_language_never_comes_before_an_article_that_fits() {
    let desk = sample();
    for text in ["Kennwort", "password", "Passwort", "vpn password"] {
        for (language, expected) in [(Language::De, "de/passwort"), (Language::En, "en/password")] {
            assert_eq!(desk.first_ranked(text, language), expected, "{text} for {language:?}");
        }
    }
}

#[test]
fn an_article_in_the_other_language_is_better_than_none() {
    let desk = desk(&[
        ("de/drucker.md", PRINTER),
        ("en/password.md", PASSWORD_EN),
        ("synonyms.yaml", "- [Kennwort, password]\n"),
    ]);
    let answer = desk.asked("Kennwort", Language::De);
    assert_eq!(answer.hits[0].article.0, "en/password");
    assert_eq!(answer.hits[0].language, Language::En);
}

#[test]
fn a_translation_is_preferred_to_what_it_translates() {
    let english =
        "---\ntitle: VPN does not connect\nlang: en\ntranslation: de/vpn\n---\nError 809: open port 500.\n";
    let german = "---\ntitle: VPN verbindet nicht\nlang: de\ntranslation: en/vpn\n---\nPort 500 freigeben.\n";
    let desk = desk(&[("en/vpn.md", english), ("de/vpn.md", german), ("de/drucker.md", PRINTER)]);
    let answer = desk.asked("fehler 809", Language::De);
    assert_eq!(answer.hits[0].article.0, "de/vpn");
    assert_eq!(desk.first("error 809", Language::En), "en/vpn");
    assert_eq!(desk.asked("809", Language::En).confidence, Confidence::Maybe);
}

#[test]
fn staff_articles_are_for_staff() {
    let desk = sample();
    let id = ArticleId("en/staff-verify".to_owned());
    for audience in [Audience::Everyone, Audience::Staff] {
        let may = audience == Audience::Staff;
        let asked = question("verify a caller employee number", Language::En, audience);
        let answer = desk.knowledge.answer_blocking(&Shelf::default(), &asked).expect("readable");
        assert_eq!(answer.hits.iter().any(|hit| hit.article == id), may);
        assert_eq!(
            desk.knowledge.passage_blocking(&Shelf::default(), &id, &asked).expect("readable").is_some(),
            may
        );
        assert_eq!(
            desk.knowledge.article_blocking(&Shelf::default(), &id, audience).expect("readable").is_some(),
            may
        );
        let suggested = desk.knowledge.suggest(&Shelf::default(), "verif", Language::En, audience);
        assert_eq!(suggested.iter().any(|suggestion| suggestion.article == id), may);
        assert_eq!(
            desk.knowledge
                .find_title(&Shelf::default(), "Verify a caller", audience)
                .expect("readable")
                .is_some(),
            may
        );
    }
}

#[test]
fn a_title_typed_in_full_finds_its_article_surely() {
    let desk = sample();
    let answer = desk.asked("passwort zurücksetzen!", Language::En);
    assert_eq!(answer.hits[0].article.0, "de/passwort");
    assert_eq!(answer.confidence, Confidence::Confident);
}

#[test]
fn passages_mark_whole_words_and_keep_structure() {
    let desk = sample();
    let answer = desk.asked("warteschlange vom drucker", Language::De);
    let parts = &answer.hits[0].passage.parts;
    assert!(parts.contains(&Part::Marked("Druckerwarteschlange".to_owned())), "{parts:?}");
    assert!(parts.contains(&Part::Number { depth: 0, number: 2 }), "{parts:?}");
    assert!(parts.contains(&Part::Code("Spooler".to_owned())), "{parts:?}");
}

#[test]
fn any_text_is_a_question() {
    let desk = sample();
    let long = "wie ".repeat(500);
    let odd = [
        "",
        " ",
        "🙂🙂",
        "AND (\" title:",
        "\u{202e}\u{200b}",
        "*:*",
        "\0",
        "<@123> **x**",
        "+-&|!(){}[]^~?:\\/",
        &long,
    ];
    for text in odd {
        for language in Language::ALL {
            let answer = desk.asked(text, language);
            assert_eq!(answer.confidence, Confidence::None, "{text}");
            desk.knowledge.suggest(&Shelf::default(), text, language, Audience::Everyone);
        }
    }
}

#[test]
fn a_broken_article_is_named_and_the_others_serve() {
    let desk = desk(&[
        ("en/password.md", PASSWORD_EN),
        ("en/broken.md", "---\ntitle: x\nlang: en\ncolour: red\n---\nx"),
    ]);
    assert_eq!(desk.report.articles, 1);
    let fault = &desk.report.faults[0];
    assert_eq!((fault.file.as_str(), fault.line), ("en/broken.md", 4));
    let (_, again) = Knowledge::open(&options(desk.folder.path())).expect("it opens");
    assert_eq!((again.index, again.faults.len()), (IndexOrigin::Opened, 1));
}

#[test]
fn the_index_is_rebuilt_when_it_is_missing_damaged_or_outdated() {
    let mut desk = sample();
    assert_eq!(desk.report.index, IndexOrigin::Built);
    // Nobody holds the index from here on.
    desk.knowledge = Knowledge::in_memory(std::iter::empty(), &[]).expect("memory does not fail");
    let index = || index_folders(desk.folder.path()).pop().expect("there is an index");
    let reopen = || Knowledge::open(&options(desk.folder.path())).expect("it opens").1.index;
    assert_eq!(reopen(), IndexOrigin::Opened);
    for file in fs::read_dir(index()).expect("a folder") {
        let path = file.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "idx" || extension == "term") {
            fs::write(path, "rubbish").expect("writable");
        }
    }
    assert!(matches!(reopen(), IndexOrigin::Replaced(_)));
    for file in fs::read_dir(index()).expect("a folder") {
        let path = file.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "idx" || extension == "store") {
            let size = fs::metadata(&path).expect("a size").len();
            fs::write(path, "x".repeat(usize::try_from(size).expect("it is small"))).expect("writable");
        }
    }
    assert!(matches!(reopen(), IndexOrigin::Replaced(_)), "same sizes, other content");
    fs::remove_dir_all(index()).expect("removable");
    assert_eq!(reopen(), IndexOrigin::Built);
    fs::remove_file(index().join("faults.json")).expect("removable");
    assert!(matches!(reopen(), IndexOrigin::Replaced(_)), "a crash left it unfinished");
    assert_eq!(reopen(), IndexOrigin::Opened);
    fs::write(desk.folder.path().join("kb/en/new.md"), PASSWORD_EN).expect("writable");
    assert_eq!(reopen(), IndexOrigin::Built);
    assert_eq!(index_folders(desk.folder.path()).len(), 1, "older ones are gone");
}

fn index_folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("index")).expect("a folder");
    entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect()
}

#[test]
fn of_two_processes_with_one_folder_neither_takes_the_others_index() {
    let desk = sample();
    let (other, report) = Knowledge::open(&options(desk.folder.path())).expect("it opens");
    assert_eq!(report.index, IndexOrigin::Opened);
    let kb = desk.folder.path().join("kb");
    for round in 0..3 {
        fs::write(kb.join("en/new.md"), format!("{PASSWORD_EN}Round {round}.\n")).expect("writable");
        assert!(matches!(desk.knowledge.reload(&|| false), Ok(Reloaded::Changed(_))));
    }
    assert!(matches!(desk.knowledge.reload(&|| false), Ok(Reloaded::Unchanged)));
    assert_eq!(index_folders(desk.folder.path()).len(), 2, "the one that the other reads, and the newest");
    // The other reads its catalog only now.
    assert_eq!(other.suggest(&Shelf::default(), "verif", Language::En, Audience::Staff).len(), 1);
    let asked = question("forgot password", Language::En, Audience::Everyone);
    assert_eq!(
        other.answer_blocking(&Shelf::default(), &asked).expect("readable").hits[0].article.0,
        "en/password"
    );
    assert!(
        matches!(other.reload(&|| false), Ok(Reloaded::Changed(report)) if report.index == IndexOrigin::Opened)
    );
    assert_eq!(index_folders(desk.folder.path()).len(), 1);
}

#[test]
fn what_goes_wrong_with_the_articles_later_leaves_the_rest_as_it_was() {
    let desk = sample();
    let kb = desk.folder.path().join("kb");
    let reload = || desk.knowledge.reload(&|| false);
    fs::write(kb.join("synonyms.yaml"), "- [Kennwort, Passwort\n").expect("writable");
    fs::write(kb.join("de/passwort.md"), "---\ntitle: x\nlang: xx\n---\nx").expect("writable");
    let Ok(Reloaded::Changed(report)) = reload() else { panic!("it has changed") };
    let faults: Vec<_> = report.faults.iter().map(|fault| (fault.file.as_str(), fault.line)).collect();
    assert_eq!(faults, [("synonyms.yaml", 1), ("de/passwort.md", 3)]);
    let asked = question("Kennwort", Language::De, Audience::Everyone);
    let (found, _) = desk.knowledge.ranked(&asked, 1).expect("readable");
    assert_eq!(found.hits.first().map(|hit| hit.id.as_str()), Some("en/password"), "the former synonyms");
    fs::rename(&kb, desk.folder.path().join("away")).expect("movable");
    assert!(matches!(reload(), Err(KnowledgeError::Folder { .. })));
    assert_eq!(desk.first("forgot password", Language::En), "en/password");
    fs::rename(desk.folder.path().join("away"), &kb).expect("movable");
    fs::write(kb.join("en/new.md"), PASSWORD_EN).expect("writable");
    assert!(matches!(desk.knowledge.reload(&|| true), Err(KnowledgeError::Stopping)));
    assert!(matches!(reload(), Ok(Reloaded::Changed(report)) if report.articles == 4));
}

#[test]
fn a_missing_folder_is_a_clear_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let error = Knowledge::open(&options(folder.path())).expect_err("there is no folder");
    assert!(matches!(error, KnowledgeError::Folder { .. }));
    assert!(error.to_string().contains("kb"), "{error}");
}

#[test]
fn suggestions_grow_with_what_is_typed() {
    let desk = sample();
    let titles = |typed: &str, language| {
        let suggested = desk.knowledge.suggest(&Shelf::default(), typed, language, Audience::Everyone);
        suggested.into_iter().map(|suggestion| suggestion.title).collect::<Vec<_>>()
    };
    assert_eq!(titles("", Language::De).len(), 2);
    assert_eq!(titles("pass", Language::De)[0], "Passwort zurücksetzen");
    assert_eq!(titles("pass", Language::En)[0], "Reset your password");
    assert_eq!(titles("reset pasw", Language::En)[0], "Reset your password");
    assert_eq!(titles("Druckauftr", Language::En), ["Druckaufträge bleiben hängen"]);
    assert!(titles("zzzz", Language::En).is_empty());
}

#[tokio::test]
async fn questions_leave_the_async_thread() {
    let desk = sample();
    let asked = question("Kennwort", Language::De, Audience::Everyone);
    let answer = desk.knowledge.answer(&Arc::default(), asked.clone()).await.expect("readable");
    let other = answer.hits.last().expect("there is a hit").article.clone();
    let hit = desk
        .knowledge
        .passage(&Arc::default(), other.clone(), asked)
        .await
        .expect("readable")
        .expect("it is there");
    assert_eq!(hit.article, other);
}

#[test]
fn a_question_that_says_no_more_than_the_title_gets_the_beginning() {
    let filler = "Ein Satz, der Platz braucht und sonst nichts sagt. ".repeat(20);
    let article = format!(
        "---\ntitle: Der Drucker druckt nicht\nlang: de\n---\nZuerst das Kabel prüfen. {filler}\n\n## Farbe\n\nDer \
         Drucker druckt nicht in Farbe: Toner wechseln. {filler}\n"
    );
    let desk = desk(&[("drucker.md", &article)]);
    let passage = |text: &str| {
        let question = Question {
            guild: GuildId(1),
            text: text.to_owned(),
            language: Language::De,
            audience: Audience::Everyone,
        };
        desk.knowledge
            .answer_blocking(&Shelf::default(), &question)
            .expect("it answers")
            .hits
            .remove(0)
            .passage
    };
    assert_eq!(passage("mein Drucker druckt nicht").heading, None);
    assert_eq!(passage("Drucker druckt keine Farbe").heading.as_deref(), Some("Farbe"));
}
