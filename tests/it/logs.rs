//! What is logged while stories are told: an event that cannot be decoded must not pass unseen, and no secret may be
//! printed, however much is logged.

use std::fmt::Write as _;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once, RwLock};

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

static UNDECODED: Mutex<Vec<String>> = Mutex::new(Vec::new());
static WATCHING: Once = Once::new();

struct Watch;

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}

impl<S: Subscriber> Layer<S> for Watch {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        let undecoded =
            text.0.contains("could not be decoded") || text.0.contains("An unknown event was received");
        if undecoded && text.0.contains("INTERACTION_CREATE") {
            UNDECODED.lock().unwrap().push(text.0);
        }
    }
}

/// The password that every database of the tests is opened with: their server trusts everybody, and so takes any.
pub(crate) const PASSWORD: &str = "canary-of-the-database";

/// What opens a door, by its looks: that of every test, since all run in one process.
fn secret_in(text: &str) -> Option<&'static str> {
    if text.contains(PASSWORD) {
        return Some("the database's password");
    }
    if text.contains("aW50ZXJhY3Rpb246") {
        return Some("an interaction's token");
    }
    let begins_with = |part: &str, length: usize, is_sign: fn(u8) -> bool| {
        part.as_bytes().get(..length).is_some_and(|signs| signs.iter().all(|sign| is_sign(*sign)))
    };
    // Whoever has a file's signed address has the file.
    if text.split("hm=").skip(1).any(|rest| begins_with(rest, 64, |sign| sign.is_ascii_hexdigit())) {
        return Some("a file's signature");
    }
    // Three parts with dots between, the second of six signs, the third of 38.
    let is_sign = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_');
    let is_token = text.match_indices('.').any(|(dot, _)| {
        let rest = &text[dot + 1..];
        begins_with(rest, 6, is_sign)
            && rest[6..].strip_prefix('.').is_some_and(|last| begins_with(last, 38, is_sign))
    });
    is_token.then_some("the bot's token")
}

/// Reads everything that is logged at any level, and ends the tests at the first secret: whoever logs it is some task
/// of the desk, whose panic would fail no test.
struct Reader;

/// The origins of stand-ins that a bot of a test's own talks to, through serenity's client, which logs tokens; the desk's does not.
static OTHERS: RwLock<Vec<String>> = RwLock::new(Vec::new());

/// Leaves out what is logged about a call of this origin.
pub(crate) fn leave_out(origin: String) {
    OTHERS.write().unwrap().push(origin);
}

/// How many lines were read.
static READ: AtomicUsize = AtomicUsize::new(0);

impl io::Write for Reader {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        READ.fetch_add(1, Ordering::Relaxed);
        let text = String::from_utf8_lossy(line);
        let is_of_a_desk = || !OTHERS.read().unwrap().iter().any(|origin| text.contains(origin));
        if let Some(secret) = secret_in(&text).filter(|_| is_of_a_desk()) {
            // Not through the tests' own output, which nobody would read any more.
            let _ = writeln!(io::stderr().lock(), "{secret} was logged: {text}");
            std::process::abort();
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Watches from now on, once in the program's life. `RUST_LOG` still prints.
pub(crate) fn watch() {
    WATCHING.call_once(|| {
        let print = tracing_subscriber::fmt::layer()
            .with_test_writer()
            .with_filter(tracing_subscriber::EnvFilter::from_default_env());
        let watch = Watch.with_filter(filter_fn(|about| {
            let ours = ["serenity::client", "serenity::gateway", "frontdesk"]
                .iter()
                .any(|ours| about.target().starts_with(ours));
            ours && *about.level() <= tracing::Level::DEBUG
        }));
        let read = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| Reader);
        tracing_subscriber::registry().with(read).with(watch).with(print).with(crate::plans::layer()).init();
    });
}

/// Fails when an event could not be decoded; serenity says so at DEBUG and goes on.
pub(crate) fn assert_all_decoded() {
    let undecoded = UNDECODED.lock().unwrap();
    assert!(undecoded.is_empty(), "{undecoded:#?}");
}

#[test]
fn what_is_logged_is_read_at_every_level() {
    watch();
    let before = READ.load(Ordering::Relaxed);
    tracing::trace!(target: "anybody", "a line");
    assert!(READ.load(Ordering::Relaxed) > before);
}

#[test]
fn a_secret_is_known_by_its_looks() {
    let signature = "0f".repeat(32);
    for secret in [
        "TRACE h: POST /interactions/1/aW50ZXJhY3Rpb246abc/callback".to_owned(),
        format!("https://cdn.discordapp.com/a.png?ex=1&hm={signature}&"),
        format!("Bot MTAwMDAw.Abc-_9.{}", "x".repeat(38)),
        format!("postgres://frontdesk:{PASSWORD}@127.0.0.1/x"),
    ] {
        assert!(secret_in(&secret).is_some(), "{secret}");
    }
    for harmless in ["hm=abc", "DEBUG frontdesk::discord: asked in 12.345678.9 ms", ""] {
        assert_eq!(secret_in(harmless), None, "{harmless}");
    }
}
