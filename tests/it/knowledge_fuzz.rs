//! Any bytes may come: as an article, as a synonym, as a question, as something half typed.

use frontdesk::domain::article::{Article, ArticleId, Audience, Language};
use frontdesk::domain::id::GuildId;
use frontdesk::knowledge::answer::{Part, Passage, Question};
use frontdesk::knowledge::import::{ImportOptions, import};
use frontdesk::knowledge::lint::lint;
use frontdesk::knowledge::shelf::Shelf;
use frontdesk::knowledge::{Knowledge, front_matter, markdown};
use proptest::prelude::*;

fn article(title: String, body: String, language: Language) -> Article {
    Article {
        id: ArticleId("en/any".to_owned()),
        title,
        language,
        tags: Vec::new(),
        questions: Vec::new(),
        category: None,
        audience: Audience::Everyone,
        owner: None,
        review_by: None,
        translation: None,
        body,
    }
}

/// Text that looks like an article, with anything in between.
fn nearly_an_article() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("---".to_owned()),
        Just("title: x".to_owned()),
        Just("lang: de".to_owned()),
        Just("tags: [a, b".to_owned()),
        Just("questions:".to_owned()),
        Just("  - &a *a".to_owned()),
        Just("review_by: 2027-13-01".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

/// Text of characters that have surprised searches before.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[a-zäöüß0-9 .:@'_/-]{0,40}",
        Just("AND (\" title:*~2^".to_owned()),
        Just("\u{200b}\u{202e}\u{301}\u{ad}".to_owned()),
        Just("ﬁŉǅİ𝟘①".to_owned()),
        Just("a-".repeat(60)),
    ];
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.join(" "))
}

fn passage_text(passage: &Passage) -> String {
    let mut text = String::new();
    for part in &passage.parts {
        match part {
            Part::Text(piece)
            | Part::Marked(piece)
            | Part::Strong(piece)
            | Part::Code(piece)
            | Part::CodeBlock(piece)
            | Part::Heading(piece)
            | Part::Link { label: piece, .. } => text.push_str(piece),
            Part::LineBreak | Part::Paragraph | Part::Bullet(_) | Part::Number { .. } => {}
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn front_matter_is_read_or_refused_with_a_line(text in nearly_an_article()) {
        match front_matter::parse(ArticleId("x".to_owned()), &text) {
            Ok(article) => prop_assert!(!article.title.is_empty() && !article.body.is_empty()),
            Err(flaw) => {
                prop_assert!(!flaw.reason.is_empty());
                prop_assert!(flaw.line <= text.lines().count() as u64 + 1, "{flaw:?}");
            }
        }
    }

    #[test]
    fn what_is_written_is_read_as_the_same_article(
        texts in proptest::collection::vec(odd_text(), 8),
        body in odd_text(),
        days in 0_i32..200_000,
        choices in any::<[bool; 4]>(),
    ) {
        let [german, staff, dated, translated] = choices;
        let mut given = article(
            texts[0].trim().to_owned(),
            body.trim().to_owned(),
            if german { Language::De } else { Language::En },
        );
        prop_assume!(!given.title.is_empty() && !given.body.is_empty());
        given.tags = texts[1..3].to_vec();
        given.questions = texts[3..5].to_vec();
        given.category = staff.then(|| texts[5].clone());
        given.owner = dated.then(|| texts[6].clone());
        given.audience = if staff { Audience::Staff } else { Audience::Everyone };
        given.review_by = dated.then(|| chrono::NaiveDate::from_num_days_from_ce_opt(700_000 + days).unwrap());
        given.translation = translated.then(|| ArticleId(texts[7].clone()));
        let file = front_matter::render(&given);
        prop_assert_eq!(front_matter::parse(given.id.clone(), &file), Ok(given), "{}", file);
    }

    #[test]
    fn whatever_is_imported_passes_the_lint(
        files in proptest::collection::vec(("[a-zäß ._-]{0,12}", nearly_an_article(), odd_text()), 1..5),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (source, into) = (folder.path().join("source"), folder.path().join("kb"));
        std::fs::create_dir_all(source.join("Sub Folder")).unwrap();
        for (name, text, more) in &files {
            let text = format!("{text}\n{more}\n[x](<{name}.md>) [y](../{name}.md) ![z](a.png)\n");
            std::fs::write(source.join(format!("Sub Folder/{name}.md")), &text).unwrap();
            std::fs::write(source.join(format!("{name}.md")), text).unwrap();
        }
        let options = ImportOptions { source, into: into.clone(), language: Language::En, dry_run: false };
        let imported = import(&options).unwrap();
        let all = imported.taken.len() + imported.skipped.len() + imported.refused.len();
        prop_assert!(all > 0 || files.iter().all(|(name, ..)| name.starts_with('.') || name.is_empty()));
        if !imported.taken.is_empty() {
            let today = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
            let found = lint(&into, today).unwrap();
            prop_assert!(found.faults.is_empty(), "{:#?}", found.faults);
            prop_assert_eq!(found.articles, imported.taken.len());
        }
    }

    #[test]
    fn links_are_web_addresses(text in any::<String>(), url in "[a-zA-Z]{0,10}:[ -~]{0,20}") {
        for section in markdown::sections(&format!("{text}\n\n[x](<{url}>)\n\n{text}")) {
            for inline in section.blocks.iter().flat_map(|block| &block.content) {
                if let markdown::Inline::Link { url, .. } = inline {
                    let url = url.to_ascii_lowercase();
                    prop_assert!(url.starts_with("http:") || url.starts_with("https:"), "{url}");
                }
            }
        }
    }

    #[test]
    fn any_question_to_any_article_gets_an_answer(
        title in odd_text(),
        body in odd_text(),
        asked in odd_text(),
        synonyms in proptest::collection::vec(proptest::collection::vec(odd_text(), 0..4), 0..4),
        german in any::<bool>(),
    ) {
        let language = if german { Language::De } else { Language::En };
        let knowledge = Knowledge::in_memory(std::iter::once(article(title.clone(), body, language)), &synonyms)
            .expect("memory does not fail");
        for text in [asked, title] {
            let question = Question { guild: GuildId(1), text, language, audience: Audience::Everyone };
            let answer = knowledge.answer_blocking(&Shelf::default(), &question).expect("memory does not fail");
            prop_assert!(answer.score.is_finite() && (0.0..=1.0).contains(&answer.score));
            for hit in &answer.hits {
                prop_assert!(hit.score.is_finite());
                prop_assert!(passage_text(&hit.passage).chars().count() <= 1_200);
            }
            knowledge.suggest(&Shelf::default(), &question.text, language, Audience::Everyone);
        }
    }
}
