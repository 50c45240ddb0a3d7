//! How fast the desk answers, beside a bot that does nothing, and what it needs.
//!
//! Both bots run in this process against the same kind of sandbox over real sockets; figures are comparable within a
//! run and not between machines. Run with `cargo bench --bench desk`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and what fails ends it")]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use frontdesk::app::App;
use frontdesk::config::{Settings, Transcripts};
use frontdesk::domain::article::{Audience, Language};
use frontdesk::domain::id::GuildId;
use frontdesk::domain::time::Clock;
use frontdesk::knowledge::answer::Question;
use frontdesk::knowledge::shelf::Shelf;
use frontdesk::knowledge::{Knowledge, KnowledgeOptions};
use frontdesk::sandbox::{Guild, OptionInput, Person};
use frontdesk::sandbox::{Sandbox, SandboxOptions, permissions};
use frontdesk::store::Database;
use serenity::all::{
    ClientBuilder, CommandOptionType, Context, CreateActionRow, CreateButton, CreateCommand,
    CreateCommandOption, CreateEmbed, CreateInteractionResponse, CreateInteractionResponseMessage,
    CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, EventHandler, GatewayIntents,
    HttpBuilder, Interaction, Ready,
};
use serenity::async_trait;

/// Questions asked one after the other, for the time each takes.
const ONE_BY_ONE: usize = 2_000;
/// Questions before the clock runs.
const WARM_UP: usize = 300;
/// People who ask at the same time, for how many are answered a second.
const AT_ONCE: usize = 16;
/// Questions of each of them.
const EACH: usize = 300;

const QUESTIONS: [&str; 6] = [
    "my VPN does not connect from home",
    "how do I reset my password",
    "printer is offline again",
    "outlook does not send mails",
    "mein Drucker druckt nicht",
    "new phone and MFA does not work",
];

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let [echo, long_echo] = [Size::TwoLetters, Size::AnAnswer].map(|size| {
        runtime.block_on(async {
            let place = Place::open().await;
            let bot = tokio::spawn(echo_bot(place.sandbox.origin(), place.sandbox.token().to_owned(), size));
            let figures = place.measure("echo").await;
            bot.abort();
            figures
        })
    });
    let (support, start) = runtime.block_on(async {
        let place = Place::open().await;
        let data = tempfile::tempdir().unwrap();
        let settings = Settings {
            token: place.sandbox.token().into(),
            origin: place.sandbox.origin(),
            data: data.path().to_owned(),
            database: Database::Sqlite(data.path().join("frontdesk.db")),
            kb: Path::new(env!("CARGO_MANIFEST_DIR")).join("kb"),
            transcripts: Transcripts::default(),
            http: None,
        };
        let begin = Instant::now();
        let app = App::start(&settings, Clock::default()).await.unwrap();
        app.ready().await;
        let start = begin.elapsed();
        let figures = place.measure("support").await;
        app.stop().await;
        (figures, start)
    });
    let search = search_alone();
    let idle = runtime.block_on(idle());

    println!("{:<26}{:>12}{:>12}{:>14}", "", "p50", "p99", "answers/s");
    for (name, figures) in [
        ("echo of two letters", &echo),
        ("echo of an answer's size", &long_echo),
        ("/support (answers)", &support),
    ] {
        let (p50, p99) = (figures.p50, figures.p99);
        println!("{name:<26}{:>9.3} ms{:>9.3} ms{:>14.0}", ms(p50), ms(p99), figures.per_second);
    }
    for (echo, size) in [(&echo, "of two letters"), (&long_echo, "of its size")] {
        let times = support.p50.as_secs_f64() / echo.p50.as_secs_f64();
        println!("answer p50 is {times:.2} x that of an echo {size}");
    }
    println!("of that, finding and ranking: {:.3} ms", ms(search));
    println!("start to commands registered, index built: {:.0} ms", ms(start));
    println!("start to READY, index there (whole process): {:.0} ms", ms(idle.ready));
    println!("idle: {:.1} MiB resident", idle.resident_mib);
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

struct Place {
    sandbox: Sandbox,
    guild: Guild,
    channel: u64,
}

struct Figures {
    p50: Duration,
    p99: Duration,
    per_second: f64,
}

impl Place {
    async fn open() -> Self {
        let options = SandboxOptions { rate_limits: false, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let guild = sandbox.create_guild("Bench");
        guild.set_everyone(permissions::ALL & !permissions::ADMINISTRATOR);
        let channel = guild.create_text_channel("support", &[]);
        guild.invite_bot(permissions::ALL & !permissions::ADMINISTRATOR);
        Self { sandbox, guild, channel }
    }

    async fn measure(&self, command: &'static str) -> Figures {
        let person = self.guild.add_member("Ana", "en-US", &[]);
        let known = || person.commands(self.channel).iter().any(|seen| seen.name == command).then_some(());
        person.wait_until(known).await.expect("the command is registered");
        let mut times = Vec::with_capacity(ONE_BY_ONE);
        for index in 0..WARM_UP + ONE_BY_ONE {
            let took = ask(&person, self.channel, command, index).await;
            if index >= WARM_UP {
                times.push(took);
            }
        }
        times.sort_unstable();
        let begin = Instant::now();
        let crowd: Vec<_> = (0..AT_ONCE)
            .map(|number| {
                let person = self.guild.add_member(&format!("P{number}"), "en-US", &[]);
                let channel = self.channel;
                tokio::spawn(async move {
                    for index in 0..EACH {
                        ask(&person, channel, command, index).await;
                    }
                })
            })
            .collect();
        for one in crowd {
            one.await.unwrap();
        }
        let answered = f64::from(u32::try_from(AT_ONCE * EACH).unwrap());
        Figures {
            p50: times[times.len() / 2],
            p99: times[times.len() * 99 / 100],
            per_second: answered / begin.elapsed().as_secs_f64(),
        }
    }
}

async fn ask(person: &Person, channel: u64, command: &str, index: usize) -> Duration {
    let question = OptionInput::from(QUESTIONS[index % QUESTIONS.len()]);
    let reaction = person.uses(channel, command, vec![("question".to_owned(), question)]).await.unwrap();
    assert!(reaction.message().is_some(), "{reaction:?}");
    let took = reaction.took;
    if let Some(message) = reaction.message() {
        // As people do: they dismiss an answer before they ask again.
        let _ = person.deletes(message.id).await;
    }
    took
}

/// The least that a bot can do: two letters, or a message of the size and shape of an answer.
struct Echo(Size);

#[derive(Clone, Copy)]
enum Size {
    TwoLetters,
    AnAnswer,
}

/// An embed with a passage, a select with three titles, and two buttons.
fn as_long_as_an_answer() -> CreateInteractionResponseMessage {
    let passage = "Check that **the cable** is in. Then open *Settings* and choose `Network`.\n".repeat(12);
    let embed = CreateEmbed::new().title("The VPN does not connect").description(passage).colour(0x0058_65F2);
    let options =
        ["The VPN keeps dropping", "Slow internet in the home office", "Outlook does not send mail"];
    let options = options.map(|title| CreateSelectMenuOption::new(title, title)).to_vec();
    let select =
        CreateSelectMenu::new("s", CreateSelectMenuKind::String { options }).placeholder("Other answers");
    let buttons =
        vec![CreateButton::new("a").label("That solved it"), CreateButton::new("b").label("Open a ticket")];
    CreateInteractionResponseMessage::new()
        .embed(embed)
        .components(vec![CreateActionRow::SelectMenu(select), CreateActionRow::Buttons(buttons)])
}

#[async_trait]
impl EventHandler for Echo {
    async fn ready(&self, cx: Context, _: Ready) {
        let question = CreateCommandOption::new(CommandOptionType::String, "question", "?").required(true);
        let command = CreateCommand::new("echo").description("?").add_option(question);
        serenity::all::Command::set_global_commands(&cx.http, vec![command]).await.unwrap();
    }

    async fn interaction_create(&self, cx: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        let message = match self.0 {
            Size::TwoLetters => CreateInteractionResponseMessage::new().content("ok"),
            Size::AnAnswer => as_long_as_an_answer(),
        };
        let message = message.ephemeral(true);
        command.create_response(&cx.http, CreateInteractionResponse::Message(message)).await.unwrap();
    }
}

async fn echo_bot(origin: String, token: String, size: Size) {
    let http = HttpBuilder::new(&token).proxy(&origin).ratelimiter_disabled(true).build();
    let mut client = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS)
        .event_handler_arc(Arc::new(Echo(size)))
        .await
        .unwrap();
    client.start().await.unwrap();
}

/// The knowledge base by itself, without Discord around it: the median.
fn search_alone() -> Duration {
    let index = tempfile::tempdir().unwrap();
    let kb_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("kb");
    let options = KnowledgeOptions { kb_folder, index_folder: index.path().to_owned() };
    let (knowledge, _) = Knowledge::open(&options).unwrap();
    let mut times: Vec<_> = (0..WARM_UP + ONE_BY_ONE)
        .map(|index| {
            let question = Question {
                guild: GuildId(1),
                text: QUESTIONS[index % QUESTIONS.len()].to_owned(),
                language: Language::En,
                audience: Audience::Everyone,
            };
            let begin = Instant::now();
            knowledge.answer_blocking(&Shelf::default(), &question).unwrap();
            begin.elapsed()
        })
        .skip(WARM_UP)
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

struct Idle {
    ready: Duration,
    resident_mib: f64,
}

/// The program by itself, as people run it.
async fn idle() -> Idle {
    let place = Place::open().await;
    let data = tempfile::tempdir().unwrap();
    // The first start makes the database and the index.
    let (mut first, _) = start(&place.sandbox, data.path()).await;
    first.kill().unwrap();
    first.wait().unwrap();
    let place = Place::open().await;
    let (mut child, ready) = start(&place.sandbox, data.path()).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kib: f64 = resident.trim().trim_end_matches(" kB").trim().parse().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    Idle { ready, resident_mib: kib / 1024.0 }
}

async fn start(sandbox: &Sandbox, data: &Path) -> (Child, Duration) {
    let begin = Instant::now();
    let child = Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .arg("run")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("DISCORD_TOKEN", sandbox.token())
        .env("FRONTDESK_DISCORD_URL", sandbox.origin())
        .env("FRONTDESK_DATA", data)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sandbox.bot_is_ready().await;
    (child, begin.elapsed())
}
