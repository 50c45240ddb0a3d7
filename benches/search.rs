//! Search at size: answers, suggestions, opening and disk space, beside `SQLite` FTS5 on the same articles.
//!
//! `cargo bench --bench search -- [articles]`. The articles are made up: words of a Zipf distribution, 120 a text,
//! half of them in each language; a question is four to eight words of one article. The same seed makes the same
//! articles. FTS5 is asked for the best five by BM25 and makes no passage; our figure is the whole answer.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use frontdesk::domain::article::{Article, ArticleId, Audience, Language};
use frontdesk::domain::id::GuildId;
use frontdesk::knowledge::answer::Question;
use frontdesk::knowledge::shelf::Shelf;
use frontdesk::knowledge::{Knowledge, KnowledgeOptions};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sqlx::{Connection, Row, SqliteConnection};

const QUESTIONS: usize = 2_000;
const VOCABULARY: usize = 50_000;

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let (articles, questions) = corpus(count);
    let folder = tempfile::tempdir()?;
    write_articles(&folder.path().join("kb"), &articles)?;
    let options =
        KnowledgeOptions { kb_folder: folder.path().join("kb"), index_folder: folder.path().join("index") };
    println!("articles                 {count}");
    println!("build                    {:?}", timed(|| Knowledge::open(&options)).0);
    let (opening, opened) = timed(|| Knowledge::open(&options));
    let (knowledge, _) = opened?;
    println!("open                     {opening:?}");
    let text: u64 = articles.iter().map(|article| (article.title.len() + article.body.len()) as u64).sum();
    let size = folder_size(&options.index_folder)?;
    println!("index beyond the text    {} bytes an article", size.saturating_sub(text) / count as u64);
    println!("suggestions ready        {:?}", timed(|| knowledge.warm_up()).0);
    report(
        "answer",
        questions
            .iter()
            .map(|question| timed(|| knowledge.answer_blocking(&Shelf::default(), question).is_ok()).0),
    );
    let typed = articles.iter().step_by(count.div_ceil(500)).flat_map(|article| {
        (1..article.title.len())
            .step_by(4)
            .map(|end| &article.title[..article.title.floor_char_boundary(end)])
    });
    report(
        "suggest",
        typed.map(|typed| {
            timed(|| knowledge.suggest(&Shelf::default(), typed, Language::De, Audience::Everyone)).0
        }),
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(fts5(&folder.path().join("fts.db"), &articles, &questions))
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let started = Instant::now();
    let result = std::hint::black_box(work());
    (started.elapsed(), result)
}

fn report(name: &str, times: impl Iterator<Item = Duration>) {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    println!("{name:<24} p50 {:?}, p99 {:?}, {} times", at(50), at(99), times.len());
}

/// Made-up articles and questions about them.
fn corpus(count: usize) -> (Vec<Article>, Vec<Question>) {
    let mut random = StdRng::seed_from_u64(7);
    let words = words(&mut random);
    let mut weights = Vec::with_capacity(words.len());
    let mut sum = 0.0;
    for rank in 0..u32::try_from(words.len()).unwrap_or(u32::MAX) {
        sum += 1.0 / (f64::from(rank) + 2.7);
        weights.push(sum);
    }
    let mut text = |length: usize| -> String {
        let mut word = || {
            let drawn = random.random_range(0.0..sum);
            words[weights.partition_point(|weight| *weight < drawn).min(words.len() - 1)].as_str()
        };
        (0..length).map(|_| word()).collect::<Vec<_>>().join(" ")
    };
    let articles: Vec<Article> = (0..count)
        .map(|number| Article {
            id: ArticleId(format!("{}/{number}", number / 1_000)),
            title: text(5),
            language: Language::ALL[number % 2],
            tags: Vec::new(),
            questions: vec![text(5)],
            category: None,
            audience: Audience::Everyone,
            owner: None,
            review_by: None,
            translation: None,
            body: format!(
                "{}.\n\n1. {}.\n2. {}.\n3. {}.\n\n{}.",
                text(40),
                text(15),
                text(15),
                text(15),
                text(25)
            ),
        })
        .collect();
    let questions = (0..QUESTIONS).map(|_| question(&articles, &mut random)).collect();
    (articles, questions)
}

fn question(articles: &[Article], random: &mut StdRng) -> Question {
    let article = &articles[random.random_range(0..articles.len())];
    let words: Vec<&str> = article.body.split_whitespace().filter(|word| word.len() > 2).collect();
    let length = random.random_range(4..=8);
    let asked: Vec<&str> = (0..length).map(|_| words[random.random_range(0..words.len())]).collect();
    Question {
        guild: GuildId(1),
        text: asked.join(" ").replace('.', ""),
        language: article.language,
        audience: Audience::Everyone,
    }
}

/// Words of one to four syllables, the commonest shortest.
fn words(random: &mut StdRng) -> Vec<String> {
    const STARTS: [&str; 20] = [
        "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "w", "z", "st", "sch", "pr", "dr",
        "kl",
    ];
    const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ei", "au", "ü"];
    const ENDS: [&str; 6] = ["", "", "n", "r", "t", "l"];
    let syllable = |random: &mut StdRng| {
        let pick = |list: &[&'static str], random: &mut StdRng| list[random.random_range(0..list.len())];
        format!("{}{}{}", pick(&STARTS, random), pick(&VOWELS, random), pick(&ENDS, random))
    };
    (0..VOCABULARY)
        .map(|rank| {
            let syllables =
                1 + usize::from(rank > 200) + usize::from(rank > 5_000) + random.random_range(0..2);
            (0..syllables).map(|_| syllable(random)).collect()
        })
        .collect()
}

fn write_articles(folder: &Path, articles: &[Article]) -> std::io::Result<()> {
    for article in articles {
        let path = folder.join(format!("{}.md", article.id.0));
        if let Some(parent) = path.parent().filter(|parent| !parent.exists()) {
            fs::create_dir_all(parent)?;
        }
        let (title, lang, question) = (&article.title, article.language.code(), &article.questions[0]);
        fs::write(
            path,
            format!("---\ntitle: {title}\nlang: {lang}\nquestions:\n  - {question}\n---\n{}\n", article.body),
        )?;
    }
    Ok(())
}

fn folder_size(folder: &Path) -> std::io::Result<u64> {
    let mut size = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        size +=
            if entry.file_type()?.is_dir() { folder_size(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(size)
}

async fn fts5(file: &Path, articles: &[Article], questions: &[Question]) -> Result<(), Box<dyn Error>> {
    let mut database = SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", file.display())).await?;
    sqlx::query("CREATE VIRTUAL TABLE articles USING fts5(title, body)").execute(&mut database).await?;
    let mut change = database.begin().await?;
    for article in articles {
        let insert = sqlx::query("INSERT INTO articles (title, body) VALUES ($1, $2)");
        insert.bind(&article.title).bind(&article.body).execute(&mut *change).await?;
    }
    change.commit().await?;
    let mut times = Vec::with_capacity(questions.len());
    // A tenth is enough: at this size FTS5 needs some ten milliseconds for each.
    for question in questions.iter().step_by(10) {
        let asked = question.text.split_whitespace().collect::<Vec<_>>().join(" OR ");
        let started = Instant::now();
        let best =
            sqlx::query("SELECT rowid FROM articles WHERE articles MATCH $1 ORDER BY bm25(articles) LIMIT 5");
        let rows = best.bind(asked).fetch_all(&mut database).await?;
        std::hint::black_box(rows.iter().map(|row| row.get::<i64, _>(0)).sum::<i64>());
        times.push(started.elapsed());
    }
    report("SQLite FTS5, no passage", times.into_iter());
    Ok(())
}
