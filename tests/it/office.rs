//! A company for stories: a server on the sandbox, people with their roles, and a desk that serves them.
//!
//! The desk is the real one, over real sockets and a real database; only Discord is a model.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use frontdesk::app::App;
use frontdesk::config::{Settings, Transcripts};
use frontdesk::domain::time::Clock;
use frontdesk::sandbox::{Fault, Guild, Moment, OptionInput, Overwrite, Person, PingReason, Reaction, Role};
use frontdesk::sandbox::{Route, Sandbox, SandboxOptions, SeenMessage, Verdict, permissions};
use frontdesk::store::Database;

use crate::databases::Fresh;

/// How long a desk may take to connect on a slow machine.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// The intent without which Discord hides what people write (events/gateway, list of intents).
const MESSAGE_CONTENT: u64 = 1 << 15;

pub(crate) const BOT_PERMISSIONS: u64 = permissions::VIEW_CHANNEL
    | permissions::SEND_MESSAGES
    | permissions::EMBED_LINKS
    | permissions::ATTACH_FILES
    | permissions::READ_MESSAGE_HISTORY
    | permissions::MANAGE_THREADS
    | permissions::CREATE_PRIVATE_THREADS
    | permissions::SEND_MESSAGES_IN_THREADS;

const MEMBER_PERMISSIONS: u64 = permissions::VIEW_CHANNEL
    | permissions::SEND_MESSAGES
    | permissions::SEND_MESSAGES_IN_THREADS
    | permissions::READ_MESSAGE_HISTORY
    | permissions::ATTACH_FILES
    | permissions::USE_APPLICATION_COMMANDS;

/// A server with its people.
pub(crate) struct Company {
    pub(crate) guild: Guild,
    pub(crate) support: u64,
    pub(crate) queue: u64,
    pub(crate) first_level: Role,
    pub(crate) second_level: Role,
    /// May manage the server.
    pub(crate) dora: Person,
    /// Employees: one reads English, one German.
    pub(crate) ana: Person,
    pub(crate) mia: Person,
    /// First level.
    pub(crate) ben: Person,
    pub(crate) bea: Person,
    /// Second level.
    pub(crate) sven: Person,
    pub(crate) olga: Person,
}

impl Company {
    /// A server that the bot was invited to and nobody has set up.
    pub(crate) fn open(sandbox: &Sandbox, name: &str) -> Self {
        let guild = sandbox.create_guild(name);
        guild.set_everyone(MEMBER_PERMISSIONS);
        let admin = guild.create_role("Admin").permissions(permissions::MANAGE_GUILD);
        let first_level = guild.create_role("First Level").mentionable(true);
        let second_level = guild.create_role("Network").mentionable(true);
        let support = guild.create_text_channel("support", &[]);
        guild.invite_bot(BOT_PERMISSIONS);
        let staff_only = [
            Overwrite::role(guild.id, 0, permissions::VIEW_CHANNEL),
            Overwrite::role(admin.id, permissions::VIEW_CHANNEL, 0),
            Overwrite::role(first_level.id, permissions::VIEW_CHANNEL, 0),
            Overwrite::role(second_level.id, permissions::VIEW_CHANNEL, 0),
            Overwrite::member(sandbox.bot_id(), permissions::VIEW_CHANNEL, 0),
        ];
        let queue = guild.create_text_channel("support-queue", &staff_only);
        let join = |name: &str, locale: &str, roles: &[&Role]| guild.add_member(name, locale, roles);
        Self {
            support,
            queue,
            dora: join("Dora", "en-US", &[&admin]),
            ana: join("Ana", "en-US", &[]),
            mia: join("Mia", "de", &[]),
            ben: join("Ben", "en-US", &[&first_level]),
            bea: join("Bea", "en-US", &[&first_level]),
            sven: join("Sven", "en-US", &[&second_level]),
            olga: join("Olga", "en-US", &[&second_level]),
            first_level,
            second_level,
            guild,
        }
    }

    /// `/desk setup` with what this server has.
    pub(crate) async fn set_up(&self) -> Reaction {
        self.dora.uses(self.support, "desk setup", self.set_up_options()).await.unwrap()
    }

    /// A private thread in the support channel that the bot's account has started, and that no desk knows of.
    pub(crate) async fn bot_starts_thread(&self, sandbox: &Sandbox, name: &str) -> u64 {
        let url = format!("{}/api/v10/channels/{}/threads", sandbox.origin(), self.support);
        let request = reqwest::Client::new()
            .post(url)
            .header("authorization", format!("Bot {}", sandbox.token()))
            .header("user-agent", "DiscordBot (https://example.org, 1)")
            .header("content-type", "application/json")
            .body(serde_json::json!({ "name": name, "type": 12 }).to_string());
        let made = request.send().await.unwrap().error_for_status().unwrap().text().await.unwrap();
        let made: serde_json::Value = serde_json::from_str(&made).unwrap();
        made["id"].as_str().unwrap().parse().unwrap()
    }

    /// The same, until it is done.
    pub(crate) async fn gets_set_up(&self) {
        let told = self.set_up().await.expect_message();
        self.dora.waits_for(told.channel, |message| message.id == told.id && !message.loading).await;
    }

    pub(crate) fn set_up_options(&self) -> Vec<(String, OptionInput)> {
        vec![
            ("support_channel".to_owned(), OptionInput::Channel(self.support)),
            ("queue_channel".to_owned(), OptionInput::Channel(self.queue)),
            ("first_level".to_owned(), OptionInput::Role(self.first_level.id)),
            ("second_level".to_owned(), OptionInput::Role(self.second_level.id)),
        ]
    }
}

/// A company with a running desk.
pub(crate) struct Office {
    pub(crate) sandbox: Sandbox,
    pub(crate) company: Company,
    pub(crate) clock: Clock,
    pub(crate) settings: Settings,
    app: Option<App>,
    _data: tempfile::TempDir,
}

impl std::ops::Deref for Office {
    type Target = Company;

    fn deref(&self) -> &Company {
        &self.company
    }
}

impl Office {
    /// A desk that is set up and ready, on SQLite.
    pub(crate) async fn start() -> Self {
        Self::start_bare().await.set_up_by_dora().await
    }

    /// The same on a database of the test's own choice.
    pub(crate) async fn start_on(fresh: &Fresh) -> Self {
        Self::start_with(Some(fresh.database.clone())).await.set_up_by_dora().await
    }

    /// A desk that runs in a server where nobody has set it up.
    pub(crate) async fn start_bare() -> Self {
        Self::start_with(None).await
    }

    /// A desk that is set up, over articles of the test's own in the folder `settings.kb`.
    pub(crate) async fn start_with_articles(articles: &[(&str, &str)]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let kb = data.path().join("kb");
        for (name, text) in articles {
            let file = kb.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        Self::start_in(data, None, kb).await.set_up_by_dora().await
    }

    /// A desk on a sandbox of the test's own choice.
    pub(crate) async fn start_on_sandbox(options: SandboxOptions) -> Self {
        Self::start_on_both(None, options).await
    }

    /// A desk on a database and in front of a Discord of the test's own choice.
    pub(crate) async fn start_on_both(fresh: Option<&Fresh>, options: SandboxOptions) -> Self {
        let data = tempfile::tempdir().unwrap();
        let shards = usize::try_from(options.shards).unwrap();
        let database = fresh.map(|fresh| fresh.database.clone());
        let office =
            Self::start_as(data, database, sample_articles(), (options, Transcripts::default())).await;
        let are_ready = || (office.sandbox.ready_sessions() >= shards).then_some(());
        assert!(office.ana.wait_until(are_ready).await.is_some(), "not all shards are connected");
        office.set_up_by_dora().await
    }

    /// What it says when Discord ends the connection for good.
    pub(crate) async fn ended(&mut self) -> String {
        self.app.as_mut().expect("the desk runs").ended().await.to_string()
    }

    async fn set_up_by_dora(self) -> Self {
        self.gets_set_up().await;
        assert!(self.desk_is_set_up().await, "{}", self.dora.reads(self.support));
        self
    }

    /// A desk whose transcripts hold what was written; Discord shows it to the bot, or does not.
    pub(crate) async fn start_with_messages(is_shown: bool) -> Self {
        let privileged_intents = if is_shown { MESSAGE_CONTENT } else { 0 };
        let sandbox = SandboxOptions { privileged_intents, ..Self::sandbox_options() };
        Self::start_as(
            tempfile::tempdir().unwrap(),
            None,
            sample_articles(),
            (sandbox, Transcripts::Messages),
        )
        .await
        .set_up_by_dora()
        .await
    }

    async fn start_with(database: Option<Database>) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), database, sample_articles()).await
    }

    async fn start_in(data: tempfile::TempDir, database: Option<Database>, kb: PathBuf) -> Self {
        Self::start_as(data, database, kb, (Self::sandbox_options(), Transcripts::default())).await
    }

    pub(crate) fn sandbox_options() -> SandboxOptions {
        SandboxOptions { rate_limits: false, ..SandboxOptions::default() }
    }

    async fn start_as(
        data: tempfile::TempDir,
        database: Option<Database>,
        kb: PathBuf,
        (options, transcripts): (SandboxOptions, Transcripts),
    ) -> Self {
        crate::logs::watch();
        let sandbox = Sandbox::start(options).await.unwrap();
        let company = Company::open(&sandbox, "Nordlicht");
        let settings = Settings {
            token: sandbox.token().into(),
            origin: sandbox.origin(),
            data: data.path().to_owned(),
            database: database.unwrap_or_else(|| Database::Sqlite(data.path().join("frontdesk.db"))),
            kb,
            transcripts,
            http: None,
        };
        let mut office = Self { sandbox, company, clock: Clock::default(), settings, app: None, _data: data };
        office.start_desk().await;
        office
    }

    /// Starts the desk, again if it was stopped.
    pub(crate) async fn start_desk(&mut self) {
        let app = App::start(&self.settings, self.clock.clone()).await.unwrap();
        let ready = tokio::time::timeout(READY_WITHIN, app.ready()).await;
        assert!(ready.is_ok(), "the desk did not get ready; calls: {:#?}", self.sandbox.calls());
        self.app = Some(app);
    }

    pub(crate) async fn stop_desk(&mut self) {
        self.app.take().expect("the desk runs").stop().await;
    }

    pub(crate) fn app(&self) -> &App {
        self.app.as_ref().expect("the desk runs")
    }

    pub(crate) fn is_running(&self) -> bool {
        self.app.is_some()
    }

    pub(crate) async fn desk_is_set_up(&self) -> bool {
        let guild = frontdesk::domain::id::GuildId::from_snowflake(self.guild.id);
        self.app().desk().set_up(guild).await.unwrap().is_some()
    }

    /// As if this long had passed, for the desk.
    pub(crate) fn pass(&self, time: Duration) {
        self.clock.advance(time);
        self.app().desk().ring();
    }

    /// Whom messages have pinged so far, and which. Being added to a thread notifies as well, and is left out.
    pub(crate) fn mentioned(&self) -> Vec<(u64, u64)> {
        let pings = self.sandbox.pings().into_iter();
        pings
            .filter(|ping| ping.reason != PingReason::AddedToThread)
            .map(|ping| (ping.person, ping.message))
            .collect()
    }

    /// Waits until every timer has rung whose time has come, and nothing is left to deliver.
    pub(crate) async fn settles(&self) {
        let store = &self.app().desk().store;
        let is_due = async || store.next_timer().await.unwrap().is_some_and(|next| next <= self.clock.now());
        let settled = async {
            let mut changes = self.sandbox.changes();
            while is_due().await || store.waiting_jobs().await.unwrap() > 0 {
                // Whatever is delivered changes the sandbox; the last one's row goes shortly after.
                let _ = tokio::time::timeout(Duration::from_millis(20), changes.changed()).await;
            }
        };
        let settled = tokio::time::timeout(Duration::from_secs(20), settled).await;
        assert!(settled.is_ok(), "deliveries are stuck; calls: {:#?}", self.sandbox.calls());
    }

    /// Has the desk compared with Discord once more, and says what was written because of it.
    pub(crate) async fn writes_of_another_pass(&self) -> Vec<String> {
        self.settles().await;
        self.one_pass().await;
        self.sandbox.forget_calls();
        self.one_pass().await;
        let calls = self.sandbox.calls().into_iter();
        calls
            .filter(|call| call.method != "GET")
            .map(|call| format!("{} {} {}", call.method, call.path, call.body))
            .collect()
    }

    /// Has the desk compared with Discord once, and waits until all that follows from it is delivered.
    pub(crate) async fn one_pass(&self) {
        self.looks_again().await;
        self.look_ends().await;
    }

    /// Starts the desk again, and waits until all that follows from its first look is delivered, before it looks once more.
    pub(crate) async fn starts_and_looks_once(&mut self) {
        self.sandbox.forget_calls();
        self.start_desk().await;
        let looked = || (self.looks() > 0).then_some(());
        assert!(self.ana.wait_until(looked).await.is_some(), "nobody looked at the start");
        self.look_ends().await;
    }

    /// A look is over when the next one begins, and that one is not let see anything.
    async fn look_ends(&self) {
        let refused = Fault::Fail { status: 500, code: 0 };
        self.sandbox.plan(Route::ActiveThreads, refused, u32::MAX);
        self.looks_again().await;
        self.settles().await;
        self.sandbox.clear_faults();
    }

    /// How often the desk has begun to look at Discord.
    fn looks(&self) -> usize {
        let calls = self.sandbox.calls();
        calls.iter().filter(|call| call.path.ends_with("/threads/active")).count()
    }

    /// Waits until a look has begun that was asked for now.
    pub(crate) async fn looks_again(&self) {
        let guild = frontdesk::domain::id::GuildId::from_snowflake(self.guild.id);
        let before = self.looks();
        let looked = async {
            let mut changes = self.sandbox.changes();
            while self.looks() == before {
                self.app().desk().look_soon(guild);
                // What is done by hand comes in bursts, so there is a short time between two looks.
                self.clock.advance(Duration::from_secs(3));
                let _ = tokio::time::timeout(Duration::from_millis(500), changes.changed()).await;
            }
        };
        let looked = tokio::time::timeout(Duration::from_secs(30), looked).await;
        assert!(looked.is_ok(), "nobody looked; calls: {:#?}", self.sandbox.calls());
    }

    /// As long as it is set, no thread can be edited: neither closed nor opened.
    pub(crate) fn threads_stay_as_they_are(&self) -> Arc<AtomicBool> {
        let stay = Arc::new(AtomicBool::new(true));
        let is_set = stay.clone();
        self.sandbox.watch_calls(move |route, moment| {
            if route == Route::EditChannel && moment == Moment::Arrived && is_set.load(Ordering::Relaxed) {
                return Verdict::Fault(Fault::Fail { status: 500, code: 0 });
            }
            Verdict::GoOn
        });
        stay
    }

    /// Why deliveries were given up.
    pub(crate) async fn dead_letters(&self) -> Vec<String> {
        let guild = frontdesk::domain::id::GuildId::from_snowflake(self.guild.id);
        let dead = self.app().desk().store.dead_jobs(guild, 100).await.unwrap();
        dead.into_iter().map(|dead| format!("{:?}: {}", dead.job.job, dead.error)).collect()
    }

    pub(crate) async fn bot_starts_thread(&self, name: &str) -> u64 {
        self.company.bot_starts_thread(&self.sandbox, name).await
    }

    /// Waits until the connections counted (identified, resumed) are as wanted.
    pub(crate) async fn sandbox_counts(&self, wanted: impl Fn((u64, u64)) -> bool) {
        let sandbox = &self.sandbox;
        let ready = || (wanted(sandbox.gateway_counts()) && sandbox.ready_sessions() > 0).then_some(());
        let seen = self.ana.wait_until(ready).await;
        assert!(seen.is_some(), "identified and resumed: {:?}", sandbox.gateway_counts());
    }

    /// Asks, and opens a ticket from the answer.
    pub(crate) async fn opens_ticket(&self, who: &Person, question: &str) -> Opened {
        let answer = who.asks(self.support, question).await;
        let open = answer.buttons.last().expect("an answer has a button").label.clone();
        let form = who.presses(answer.id, &open).await.unwrap().expect_modal();
        let before: Vec<u64> = self.guild.threads();
        who.submits(&form, &[]).await.unwrap();
        let thread = who
            .wait_until(|| {
                let threads = who.sees_channels().into_iter().filter(|channel| channel.joined);
                threads.rev().find(|thread| thread.kind == "private_thread" && !before.contains(&thread.id))
            })
            .await
            .unwrap_or_else(|| panic!("no thread:\n{}", who.reads(self.support)));
        let number = thread.name.split(' ').next().unwrap().to_owned();
        let mark = format!("{number} ");
        let card = who.waits_for(thread.id, |message| message.contains(&mark)).await;
        let in_queue = |message: &SeenMessage| {
            message.from_bot && message.contains(&mark) && !message.buttons.is_empty()
        };
        let queue_card = self.ben.waits_for(self.queue, in_queue).await;
        self.settles().await;
        Opened { thread: thread.id, number, card: card.id, queue_card: queue_card.id, answer: answer.id }
    }

    /// A ticket that Ben has claimed.
    pub(crate) async fn claimed(&self, who: &Person, question: &str) -> Opened {
        let ticket = self.opens_ticket(who, question).await;
        self.ben.presses(ticket.queue_card, "Claim").await.unwrap();
        self.ben.waits_for_thread(&ticket.number).await;
        self.settles().await;
        ticket
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            crate::logs::assert_all_decoded();
        }
    }
}

/// Where a ticket shows.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) thread: u64,
    /// With its sign: `#1`.
    pub(crate) number: String,
    pub(crate) card: u64,
    pub(crate) queue_card: u64,
    pub(crate) answer: u64,
}

/// What people do, in the words of a story.
pub(crate) trait Acts {
    async fn asks(&self, channel: u64, question: &str) -> SeenMessage;
    /// Uses a command with text options.
    async fn runs(&self, channel: u64, command: &str, options: &[(&str, &str)]) -> Reaction;
    /// Presses a button that opens a form, and sends the form with its first text filled in.
    async fn fills(&self, message: u64, button: &str, text: &str) -> Reaction;
    /// The channels and threads that they see by now.
    fn knows(&self) -> BTreeSet<u64>;
    /// Waits for a message in a private thread that they did not know.
    async fn finds(
        &self,
        known: &BTreeSet<u64>,
        wanted: impl Fn(&SeenMessage) -> bool,
    ) -> Option<SeenMessage>;
}

impl Acts for Person {
    async fn asks(&self, channel: u64, question: &str) -> SeenMessage {
        self.runs(channel, "support", &[("question", question)]).await.expect_message()
    }

    async fn runs(&self, channel: u64, command: &str, options: &[(&str, &str)]) -> Reaction {
        let options = options.iter().map(|(name, text)| ((*name).to_owned(), OptionInput::from(*text)));
        self.uses(channel, command, options.collect()).await.unwrap()
    }

    async fn fills(&self, message: u64, button: &str, text: &str) -> Reaction {
        let form = self.presses(message, button).await.unwrap().expect_modal();
        let field = form.fields[0].custom_id.clone();
        self.submits(&form, &[(&field, text)]).await.unwrap()
    }

    fn knows(&self) -> BTreeSet<u64> {
        self.sees_channels().into_iter().map(|channel| channel.id).collect()
    }

    async fn finds(
        &self,
        known: &BTreeSet<u64>,
        wanted: impl Fn(&SeenMessage) -> bool,
    ) -> Option<SeenMessage> {
        let look = || {
            let channels = self.sees_channels().into_iter();
            let threads =
                channels.filter(|channel| channel.kind == "private_thread" && !known.contains(&channel.id));
            threads.rev().find_map(|thread| self.sees(thread.id).into_iter().find(&wanted))
        };
        self.wait_until(look).await
    }
}

fn sample_articles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("kb")
}
