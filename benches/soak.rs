//! Many people for a long time: whether everybody is answered within Discord's three seconds, how long that takes, whether
//! memory stays flat, and whether the outbox keeps up with what Discord allows.
//!
//! The real program in a process of its own, over sockets, against a sandbox that enforces Discord's limits. Run with
//! `cargo bench --bench soak -- [--minutes 5] [--rate 2000] [--postgres postgres://…]`; without them it takes ten seconds.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and what fails ends it")]

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use frontdesk::sandbox::{Guild, OptionInput, Person, Sandbox, SandboxOptions, permissions};

/// Servers, and people in each.
const SERVERS: usize = 20;
const PEOPLE: usize = 25;
/// Of so many interactions one opens a ticket if it is a question, as six in ten are: what follows from five a second is
/// about six calls each, of 50 a second. No multiple of what the servers are counted by, so that all have some.
const TICKET_EVERY: u64 = 241;
/// How often a batch of interactions is sent.
const BEAT: Duration = Duration::from_millis(10);
/// At most so many wait for an answer at the same time; more are not sent, and counted.
const AT_ONCE: u64 = 4_000;

const QUESTIONS: [&str; 4] =
    ["my VPN does not connect", "how do I reset my password", "mein Drucker druckt nicht", "outlook is slow"];

/// What somebody reads who is to ask again in a moment.
const PUT_OFF: &str = "Very many people are asking right now";

struct Wanted {
    length: Duration,
    rate: u64,
    postgres: Option<String>,
}

fn wanted() -> Wanted {
    let given: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let place = given.iter().position(|argument| argument == name)?;
        given.get(place + 1).cloned()
    };
    let minutes = value("--minutes").map(|minutes| minutes.parse::<u64>().unwrap());
    Wanted {
        length: minutes.map_or(Duration::from_secs(10), Duration::from_mins),
        rate: value("--rate").map_or(2_000, |rate| rate.parse().unwrap()),
        postgres: value("--postgres"),
    }
}

#[derive(Default)]
struct Counts {
    sent: AtomicU64,
    answered: AtomicU64,
    late: AtomicU64,
    /// Answered with the request to try again in a moment, because too many asked at once.
    put_off: AtomicU64,
    withheld: AtomicU64,
    waiting: AtomicU64,
    /// How often an answer took so many milliseconds; the last place holds what took longer.
    times: Times,
}

struct Times(Vec<AtomicU64>);

impl Default for Times {
    fn default() -> Self {
        Self((0..=3_000).map(|_| AtomicU64::new(0)).collect())
    }
}

impl Times {
    fn note(&self, took: Duration) {
        let place = usize::try_from(took.as_millis()).unwrap_or(usize::MAX).min(self.0.len() - 1);
        self.0[place].fetch_add(1, Ordering::Relaxed);
    }

    fn percentile(&self, percent: u64) -> usize {
        let all: u64 = self.0.iter().map(|count| count.load(Ordering::Relaxed)).sum();
        let mut seen = 0;
        let reaches = self.0.iter().position(|count| {
            seen += count.load(Ordering::Relaxed);
            seen * 100 >= all * percent
        });
        reaches.unwrap_or(0)
    }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(soak(wanted()));
}

async fn soak(wanted: Wanted) {
    let options = SandboxOptions { remembered_calls: 1_000, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let servers: Vec<Server> = (0..SERVERS).map(|number| Server::open(&sandbox, number)).collect();
    let data = tempfile::tempdir().unwrap();
    let mut program = start(&sandbox, data.path(), wanted.postgres.as_deref());
    sandbox.bot_is_ready().await;
    for server in &servers {
        server.set_up().await;
    }
    let servers: Arc<[Server]> = servers.into();
    let counts: Arc<Counts> = Arc::default();
    let begin = Instant::now();
    let (mut beat, mut resident) = (tokio::time::interval(BEAT), Vec::new());
    let mut next: u64 = 0;
    while begin.elapsed() < wanted.length {
        beat.tick().await;
        let due = u64::try_from(begin.elapsed().as_millis()).unwrap() * wanted.rate / 1_000;
        for number in next..due {
            send(number, &servers, &counts);
        }
        next = due.max(next);
        if begin.elapsed().as_secs() >= 10 * resident.len() as u64 {
            resident.push(resident_mib(&program));
        }
    }
    while counts.waiting.load(Ordering::Relaxed) > 0 {
        tokio::time::sleep(BEAT).await;
    }
    let took = begin.elapsed();
    let drained = drain(&sandbox).await;
    let after = resident_mib(&program);
    let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
    let (sent, answered) = (read(&counts.sent), read(&counts.answered));
    println!("database: {}", if wanted.postgres.is_some() { "PostgreSQL" } else { "SQLite" });
    println!(
        "{sent} interactions in {:.0} s ({:.0} a second, {} asked for); not sent because {AT_ONCE} waited: {}",
        took.as_secs_f64(),
        f64::from(u32::try_from(sent).unwrap_or(u32::MAX)) / took.as_secs_f64(),
        wanted.rate,
        read(&counts.withheld),
    );
    println!(
        "answered in time: {answered}, of them asked to try again: {}; not: {}",
        read(&counts.put_off),
        read(&counts.late)
    );
    println!("p50 {} ms, p99 {} ms", counts.times.percentile(50), counts.times.percentile(99));
    println!("memory every ten seconds, and at the end (MiB): {resident:.1?}, {after:.1}");
    println!("outbox drained {:.0} s after the last answer", drained.as_secs_f64());
    program.kill().unwrap();
    program.wait().unwrap();
}

/// One of a mixture: mostly questions, some typing and looking, now and then a ticket.
fn send(number: u64, servers: &Arc<[Server]>, counts: &Arc<Counts>) {
    if counts.waiting.load(Ordering::Relaxed) >= AT_ONCE {
        counts.withheld.fetch_add(1, Ordering::Relaxed);
        return;
    }
    counts.sent.fetch_add(1, Ordering::Relaxed);
    counts.waiting.fetch_add(1, Ordering::Relaxed);
    let (servers, counts) = (servers.clone(), counts.clone());
    tokio::spawn(async move {
        let begin = Instant::now();
        let place = usize::try_from(number).unwrap();
        let server = &servers[place % SERVERS];
        let who = &server.people[place / SERVERS % PEOPLE];
        let question = QUESTIONS[place % QUESTIONS.len()];
        let is_answered = match number % 10 {
            0..=2 => {
                let typed = who.types(server.support, "support", Vec::new(), "question", question).await;
                typed.is_ok()
            }
            3 => who
                .uses(server.support, "tickets", Vec::new())
                .await
                .is_ok_and(|seen| seen.message().is_some()),
            _ => ask(who, server.support, question, number.is_multiple_of(TICKET_EVERY), &counts).await,
        };
        let took = begin.elapsed();
        counts.times.note(took);
        let place =
            if is_answered && took < Duration::from_secs(3) { &counts.answered } else { &counts.late };
        place.fetch_add(1, Ordering::Relaxed);
        counts.waiting.fetch_sub(1, Ordering::Relaxed);
    });
}

/// Asks, and opens a ticket from the answer if that is wanted.
async fn ask(who: &Person, channel: u64, question: &str, opens: bool, counts: &Counts) -> bool {
    let given = vec![("question".to_owned(), OptionInput::from(question))];
    let Ok(reaction) = who.uses(channel, "support", given).await else { return false };
    let Some(answer) = reaction.message() else { return false };
    if answer.contains(PUT_OFF) {
        counts.put_off.fetch_add(1, Ordering::Relaxed);
        return true;
    }
    let id = answer.id;
    let mut is_answered = true;
    if opens {
        is_answered = match who.presses(id, "Open a ticket").await {
            Ok(reaction) => match reaction.outcome {
                frontdesk::sandbox::Outcome::Modal(form) => who.submits(&form, &[]).await.is_ok(),
                _ => false,
            },
            Err(_) => false,
        };
    } else {
        // As people do: they dismiss an answer before they ask again.
        let _ = who.deletes(id).await;
    }
    is_answered
}

/// Waits until the program asks nothing of Discord any more, for a while.
async fn drain(sandbox: &Sandbox) -> Duration {
    let begin = Instant::now();
    let mut last = (sandbox.call_count(), Instant::now());
    while last.1.elapsed() < Duration::from_secs(5) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let count = sandbox.call_count();
        if count != last.0 {
            last = (count, Instant::now());
        }
    }
    last.1.duration_since(begin)
}

fn resident_mib(program: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kib: f64 = resident.trim().trim_end_matches(" kB").trim().parse().unwrap();
    kib / 1024.0
}

struct Server {
    guild: Guild,
    support: u64,
    queue: u64,
    admin: Person,
    people: Vec<Person>,
}

impl Server {
    fn open(sandbox: &Sandbox, number: usize) -> Self {
        let guild = sandbox.create_guild(&format!("Server {number}"));
        let all = permissions::ALL & !permissions::ADMINISTRATOR;
        guild.set_everyone(all & !permissions::MANAGE_GUILD);
        let support = guild.create_text_channel("support", &[]);
        let queue = guild.create_text_channel("queue", &[]);
        guild.invite_bot(all);
        let role = guild.create_role("Admin").permissions(permissions::MANAGE_GUILD);
        let admin = guild.add_member("Dora", "en-US", &[&role]);
        let people =
            (0..PEOPLE).map(|person| guild.add_member(&format!("P{person}"), "en-US", &[])).collect();
        Self { guild, support, queue, admin, people }
    }

    async fn set_up(&self) {
        let known = || (!self.admin.commands(self.support).is_empty()).then_some(());
        self.admin.wait_until(known).await.expect("the commands are registered");
        let (first, second) = (
            self.guild.create_role("First").mentionable(true),
            self.guild.create_role("Second").mentionable(true),
        );
        let given = vec![
            ("support_channel".to_owned(), OptionInput::Channel(self.support)),
            ("queue_channel".to_owned(), OptionInput::Channel(self.queue)),
            ("first_level".to_owned(), OptionInput::Role(first.id)),
            ("second_level".to_owned(), OptionInput::Role(second.id)),
        ];
        let told = self.admin.uses(self.support, "desk setup", given).await.unwrap().expect_message();
        self.admin.waits_for(told.channel, |message| message.id == told.id && !message.loading).await;
    }
}

fn start(sandbox: &Sandbox, data: &std::path::Path, postgres: Option<&str>) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command
        .arg("run")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("DISCORD_TOKEN", sandbox.token())
        .env("FRONTDESK_DISCORD_URL", sandbox.origin())
        .env("FRONTDESK_DATA", data)
        .stderr(Stdio::null());
    if let Some(url) = postgres {
        command.env("DATABASE_URL", url);
    }
    command.spawn().unwrap()
}
