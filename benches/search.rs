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

/// So many articles are suggested from at most: people pick from titles in desks of this size.
const SUGGESTED: usize = 10_000;

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let (articles, questions) = corpus(count);
    let folder = tempfile::tempdir()?;
    write_articles(&folder.path().join("kb"), &articles)?;
    let options =
        KnowledgeOptions { kb_folder: folder.path().join("kb"), index_folder: folder.path().join("index") };
    let (building, built) = timed(|| Knowledge::open(&options));
    drop(built?);
    let (opening, opened) = timed(|| Knowledge::open(&options));
    let (knowledge, _) = opened?;
    let text: u64 = articles.iter().map(|article| (article.title.len() + article.body.len()) as u64).sum();
    let per_article = |size: u64| size.saturating_sub(text) / count as u64;
    let size = per_article(folder_size(&options.index_folder)?);
    let shelf = Shelf::default();
    let answers = times(&questions, |question| knowledge.answer_blocking(&shelf, question).is_ok());
    drop(knowledge);
    let suggestions = suggestions(&articles[..count.min(SUGGESTED)])?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let file = folder.path().join("fts.db");
    let (filling, fts5) = runtime.block_on(fts5(&file, &articles, &questions))?;
    let fts5_size = per_article(fs::metadata(&file)?.len());

    println!("{count} articles of 120 words, {} questions of 4 to 8 words", questions.len());
    println!("{:<42}{:>14}{:>14}", "", "frontdesk", "SQLite FTS5");
    row("answer, p50 (FTS5: ids, no passage)", &ms(at(&answers, 50)), &ms(at(&fts5, 50)));
    row("answer, p99", &ms(at(&answers, 99)), &ms(at(&fts5, 99)));
    row("build", &ms(building), &ms(filling));
    row("open", &ms(opening), "");
    row("bytes an article beyond its text", &size.to_string(), &fts5_size.to_string());
    let of = count.min(SUGGESTED);
    row(&format!("suggestion of {of}, p50"), &ms(at(&suggestions, 50)), "");
    row(&format!("suggestion of {of}, p99"), &ms(at(&suggestions, 99)), "");
    Ok(())
}

fn row(name: &str, ours: &str, theirs: &str) {
    println!("{name:<42}{ours:>14}{theirs:>14}");
}

fn ms(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1_000.0)
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let started = Instant::now();
    let result = std::hint::black_box(work());
    (started.elapsed(), result)
}

/// How long each takes, the quickest first.
fn times<A, T>(all: &[A], mut work: impl FnMut(&A) -> T) -> Vec<Duration> {
    let mut times: Vec<Duration> = all.iter().map(|one| timed(|| work(one)).0).collect();
    times.sort_unstable();
    times
}

fn at(times: &[Duration], percent: usize) -> Duration {
    times.get(times.len() * percent / 100).copied().unwrap_or_default()
}

/// Typing titles, a suggestion asked for at every fourth letter.
fn suggestions(articles: &[Article]) -> Result<Vec<Duration>, Box<dyn Error>> {
    let knowledge = Knowledge::in_memory(articles.iter().cloned(), &[])?;
    let typed: Vec<&str> = articles
        .iter()
        .step_by(articles.len().div_ceil(500))
        .flat_map(|article| {
            let ends = (1..article.title.len()).step_by(4);
            ends.map(|end| &article.title[..article.title.floor_char_boundary(end)])
        })
        .collect();
    let shelf = Shelf::default();
    Ok(times(&typed, |typed| knowledge.suggest(&shelf, typed, Language::De, Audience::Everyone)))
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

/// How long filling takes, and each question.
async fn fts5(
    file: &Path,
    articles: &[Article],
    questions: &[Question],
) -> Result<(Duration, Vec<Duration>), Box<dyn Error>> {
    let mut database = SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", file.display())).await?;
    let started = Instant::now();
    sqlx::query("CREATE VIRTUAL TABLE articles USING fts5(title, body)").execute(&mut database).await?;
    let mut change = database.begin().await?;
    for article in articles {
        let insert = sqlx::query("INSERT INTO articles (title, body) VALUES ($1, $2)");
        insert.bind(&article.title).bind(&article.body).execute(&mut *change).await?;
    }
    change.commit().await?;
    let filling = started.elapsed();
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
    times.sort_unstable();
    Ok((filling, times))
}
