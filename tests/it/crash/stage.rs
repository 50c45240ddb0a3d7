//! Where stories are played: a sandbox, a company, the real program with its keeper, and what people do there, who try
//! again when they get no answer.

use std::sync::Arc;
use std::time::Duration;

use frontdesk::domain::id::{ChannelId, GuildId, MessageId};
use frontdesk::sandbox::{
    OptionInput, Outcome, Person, PersonError, Reaction, Sandbox, SandboxOptions, SeenMessage, permissions,
};
use frontdesk::store::{Database, Store, TicketKey};
use secrecy::ExposeSecret as _;

use super::killer::{Base, Keeper, Libraries, Point};
use super::library;
use super::provider::Provider;
use super::proxy::Proxy;
use crate::databases::{Fresh, Kind};
use crate::office::Company;

/// How often somebody tries before giving up. One kill costs one try.
const TRIES: usize = 10;
/// How long everything may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two comparisons of Discord with the desk.
pub(crate) const BETWEEN_PASSES: Duration = Duration::from_mins(5);
/// How soon one of them is done, and how many are waited for.
const COMPARED_WITHIN: Duration = Duration::from_secs(20);
const PASSES: usize = 3;
/// How long somebody waits for an answer that is being thought about.
const THINKS_FOR: Duration = Duration::from_secs(8);
/// What people are told who are to try again. Very busy machines bring it about as well.
const TRY_AGAIN: [&str; 6] = [
    "went wrong on our side",
    "took longer than it may",
    "Very many people are asking right now",
    "ging auf unserer Seite schief",
    "hat zu lange gedauert",
    "Gerade fragen sehr viele auf einmal",
];
/// The pause between two looks at the database, at most.
const LOOK_EVERY: Duration = Duration::from_millis(20);

type Options = Vec<(String, OptionInput)>;

/// What stories are played on.
pub(crate) struct Ground {
    kind: Kind,
    are_commits_seen: bool,
    libraries: Libraries,
    /// Holds the libraries.
    _folder: Arc<tempfile::TempDir>,
}

impl Ground {
    /// A database whose commits are seen.
    pub(crate) fn new(kind: Kind) -> Self {
        Self { are_commits_seen: true, ..Self::plain(kind) }
    }

    /// A database alone.
    pub(crate) fn plain(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let libraries = Libraries {
            clock: library("crash/clock.c", folder.path()).into(),
            commits: library("crash/commits.c", folder.path()).into(),
        };
        Self { kind, are_commits_seen: false, libraries, _folder: Arc::new(folder) }
    }

    async fn base(&self, fresh: &Fresh) -> Base {
        match &fresh.database {
            Database::Sqlite(_) if self.are_commits_seen => Base::Sqlite,
            Database::Sqlite(_) => Base::PlainSqlite,
            Database::Postgres(url) => {
                let mut url = url::Url::parse(url.expose_secret()).unwrap();
                let server = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
                let proxy = Proxy::start(server).await;
                url.set_port(Some(proxy.port)).unwrap();
                // Encrypted, the proxy could not read along.
                url.set_query(Some("sslmode=disable"));
                Base::Postgres { proxy, url: url.into() }
            }
        }
    }
}

/// A running program, and everybody who has to do with it.
pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    pub(crate) company: Company,
    pub(crate) keeper: Keeper,
    pub(crate) store: Store,
    /// Sees everything, and does nothing.
    pub(crate) onlooker: Person,
    pub(crate) provider: Provider,
    _data: tempfile::TempDir,
}

impl Stage {
    /// A desk that is set up. `None` without PostgreSQL where it is asked for, which `tests/run` never lets happen.
    pub(crate) async fn build(ground: &Ground, point: Option<Point>) -> Option<Self> {
        let fresh = Fresh::new(ground.kind).await?;
        let options = SandboxOptions { rate_limits: false, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let company = Company::open(&sandbox, "Nordlicht");
        let sees_all = company.guild.create_role("Audit").permissions(permissions::ADMINISTRATOR);
        let onlooker = company.guild.add_member("Ida", "en-US", &[&sees_all]);
        let data = tempfile::tempdir().unwrap();
        let (base, libraries) = (ground.base(&fresh).await, ground.libraries.clone());
        let keeper = Keeper::start(sandbox.clone(), data.path(), base, libraries, point);
        sandbox.bot_is_ready().await;
        let ana = &company.ana;
        let registered = ana.wait_until(|| (!ana.commands(company.support).is_empty()).then_some(())).await;
        assert!(registered.is_some(), "{}", keeper.said());
        let store = match &fresh.database {
            Database::Sqlite(_) => {
                Store::open(&Database::Sqlite(data.path().join("frontdesk.db"))).await.unwrap()
            }
            Database::Postgres(_) => fresh.store().await,
        };
        let provider = Provider::listen().await;
        let stage = Self { sandbox, company, keeper, store, onlooker, provider, _data: data };
        stage.company.gets_set_up().await;
        Some(stage)
    }

    pub(crate) async fn tear_down(self) {
        self.store.close().await;
        drop(self.keeper);
        self.sandbox.shutdown().await;
    }

    pub(crate) fn guild(&self) -> GuildId {
        GuildId::from_snowflake(self.company.guild.id)
    }

    /// As if so much time had passed.
    pub(crate) fn pass(&self, time: Duration) {
        self.keeper.pass(time);
    }

    /// Does something until it is answered, as people do whose click went nowhere. `None` when what is to be pressed
    /// has gone, because the click that went nowhere did its work.
    pub(crate) async fn insists<F>(
        &self,
        who: &Person,
        what: &str,
        mut act: impl FnMut() -> F,
    ) -> Option<Reaction>
    where
        F: Future<Output = Result<Reaction, PersonError>>,
    {
        for _ in 0..TRIES {
            self.sandbox.bot_is_ready().await;
            match act().await {
                Ok(reaction) => {
                    if let Some(answered) = answered(who, reaction).await {
                        return Some(answered);
                    }
                }
                Err(error) if self.opens_again(who, &error).await => {}
                Err(_) if self.keeper.was_disturbed() => return None,
                Err(error) => panic!("{what}: {error}"),
            }
        }
        panic!("{what} was not answered {TRIES} times:\n{}", self.keeper.said());
    }

    /// Takes threads out of the archive, as people do who are told that theirs is in it. Whether that can have been what was
    /// wrong.
    async fn opens_again(&self, who: &Person, error: &PersonError) -> bool {
        let mut is_open = false;
        if error.sentence.contains("archived") {
            let guild = &self.company.guild;
            // One that is locked as well is closed.
            let is_archived = |id: &u64| guild.thread_state(*id) == Some((true, false));
            for thread in guild.threads().into_iter().filter(is_archived) {
                is_open |= who.unarchives(thread).await.is_ok();
            }
        }
        is_open
    }

    /// Presses a button until that is answered.
    pub(crate) async fn presses(&self, who: &Person, message: u64, button: &str) -> Option<Reaction> {
        self.insists(who, button, || who.presses(message, button)).await
    }

    /// Uses a command until it is answered.
    pub(crate) async fn uses(
        &self,
        who: &Person,
        channel: u64,
        command: &str,
        options: &[(&str, OptionInput)],
    ) -> Reaction {
        let used = self.insists(who, command, || who.uses(channel, command, owned(options))).await;
        used.unwrap_or_else(|| panic!("{} cannot use {command}", who.name()))
    }

    /// Does something that would be done anew each time: who gets no answer looks first whether it is done.
    pub(crate) async fn once<F>(
        &self,
        who: &Person,
        what: &str,
        mut act: impl FnMut() -> F,
        is_done: impl Fn() -> bool,
    ) where
        F: Future<Output = Result<Reaction, PersonError>>,
    {
        for _ in 0..TRIES {
            self.sandbox.bot_is_ready().await;
            match act().await {
                Ok(reaction) => {
                    if answered(who, reaction).await.is_some() {
                        return;
                    }
                }
                Err(error) => _ = self.opens_again(who, &error).await,
            }
            self.sandbox.bot_is_ready().await;
            self.settles().await;
            if is_done() {
                return;
            }
        }
        panic!("{what} was not answered {TRIES} times:\n{}", self.keeper.said());
    }

    /// Presses a button that opens a form, and sends the form with these texts; a text that is left out stays as it is
    /// filled in.
    pub(crate) async fn fills(&self, who: &Person, message: u64, button: &str, texts: &[&str]) {
        self.fills_from(who, button, texts, || who.presses(message, button)).await;
    }

    /// The same for a form that something else opens.
    pub(crate) async fn fills_from<F>(
        &self,
        who: &Person,
        what: &str,
        texts: &[&str],
        mut opens: impl FnMut() -> F,
    ) where
        F: Future<Output = Result<Reaction, PersonError>>,
    {
        for _ in 0..TRIES {
            self.sandbox.bot_is_ready().await;
            let opened = match opens().await {
                Ok(reaction) => answered(who, reaction).await,
                Err(error) if self.opens_again(who, &error).await => continue,
                // Gone when an earlier try did its work.
                Err(_) if self.keeper.was_disturbed() => return,
                Err(error) => panic!("{what}: {error}"),
            };
            match opened.map(|reaction| reaction.outcome) {
                None => {}
                Some(Outcome::Modal(form)) => {
                    let fields = form.fields.iter().map(|field| field.custom_id.as_str());
                    let texts: Vec<(&str, &str)> = fields.zip(texts.iter().copied()).collect();
                    if let Ok(sent) = who.submits(&form, &texts).await
                        && answered(who, sent).await.is_some()
                    {
                        return;
                    }
                }
                // It is told that this was done already.
                Some(_) => return,
            }
        }
        panic!("{what} was not answered {TRIES} times:\n{}", self.keeper.said());
    }

    /// Asks and opens a ticket, and waits for its thread and its card in the queue.
    pub(crate) async fn opens_ticket(&self, who: &Person, number: &str, question: &str) -> Ticket {
        let support = self.company.support;
        let answer = self.uses(who, support, "support", &[("question", question.into())]).await;
        // The subject is filled in with the question, unless the program died before it had written that down.
        let label = answer.message().unwrap().buttons.last().unwrap().label.clone();
        self.fills(who, answer.expect_message().id, &label, &[question]).await;
        let mark = format!("{number} ");
        let thread = who.wait_until(|| who.sees_thread(&mark)).await;
        let thread = thread.unwrap_or_else(|| panic!("no thread:\n{}", self.keeper.said())).id;
        let is_card = |message: &SeenMessage| message.contains(&mark) && message.button("Claim").is_some();
        let card = self.waits(&self.company.ben, self.company.queue, is_card).await.id;
        Ticket { thread, card }
    }

    /// The option that names a ticket.
    pub(crate) const fn number(number: i64) -> (&'static str, OptionInput) {
        ("number", OptionInput::Integer(number))
    }

    /// A ticket that was opened before, by its number as its thread begins: `#1 `.
    pub(crate) fn ticket(&self, mark: &str) -> Ticket {
        let queue = self.onlooker.sees(self.company.queue).into_iter();
        let card = queue.rev().find(|message| message.contains("State") && message.contains(mark));
        Ticket {
            thread: self.onlooker.sees_thread(mark).expect("it has a thread").id,
            card: card.expect("it has a card").id,
        }
    }

    /// Writes in a ticket's thread, once, and waits until the desk has heard it: at once, or afterwards, if it was away.
    pub(crate) async fn says(&self, who: &Person, thread: u64, words: &str) {
        let message = MessageId::from_snowflake(who.says(thread, words).await.unwrap());
        for _ in 0..PASSES {
            if tokio::time::timeout(COMPARED_WITHIN, self.hears(thread, message)).await.is_ok() {
                return;
            }
            self.pass(BETWEEN_PASSES);
        }
        panic!("nobody heard {words}:\n{}", self.keeper.said());
    }

    async fn hears(&self, thread: u64, message: MessageId) {
        let key = TicketKey::Thread(ChannelId::from_snowflake(thread));
        while self.store.ticket(self.guild(), key).await.unwrap().unwrap().watch.heard != Some(message) {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits for what the next comparison of Discord with the desk brings, or the one after it, if Discord fails the first.
    pub(crate) async fn comes_right<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        self.comes_right_again(what, look, || {}).await
    }

    /// The same for what has to be done again before each further comparison.
    pub(crate) async fn comes_right_again<T>(
        &self,
        what: &str,
        look: impl Fn() -> Option<T>,
        again: impl Fn(),
    ) -> T {
        for _ in 0..PASSES {
            let seen = self.onlooker.wait_until(&look);
            if let Ok(Some(seen)) = tokio::time::timeout(COMPARED_WITHIN, seen).await {
                return seen;
            }
            again();
            self.pass(BETWEEN_PASSES);
        }
        panic!("{what} did not come right:\n{}", self.keeper.said());
    }

    pub(crate) async fn waits(
        &self,
        who: &Person,
        channel: u64,
        wanted: impl Fn(&SeenMessage) -> bool,
    ) -> SeenMessage {
        let seen =
            who.wait_until(|| who.sees(channel).into_iter().rev().find(|message| wanted(message))).await;
        seen.unwrap_or_else(|| {
            let (name, channel, said) = (who.name(), who.reads(channel), self.keeper.said());
            panic!("{name} waited in vain; the channel:\n{channel}\nthe program said:\n{said}")
        })
    }

    /// Waits for a message that says something.
    pub(crate) async fn reads(&self, who: &Person, channel: u64, words: &str) -> SeenMessage {
        self.waits(who, channel, |message| message.contains(words)).await
    }

    /// Waits until a message says all of this.
    pub(crate) async fn shows(&self, message: u64, words: &[&str]) {
        let seen = |message: SeenMessage| words.iter().all(|word| message.contains(word)).then_some(());
        let shown = self.onlooker.wait_until(|| self.onlooker.sees_message(message).and_then(seen)).await;
        assert!(
            shown.is_some(),
            "no {words:?} in:\n{}\nthe program said:\n{}",
            self.onlooker.sees_message(message).map(|message| message.to_string()).unwrap_or_default(),
            self.keeper.said()
        );
    }

    /// Waits until nothing is left to deliver and no timer is due. Panics when that does not come to be.
    pub(crate) async fn settles(&self) {
        assert!(self.rests(&|| true).await, "deliveries are stuck:\n{}", self.keeper.said());
    }

    /// The same until all is as it should be, too; `false` when it does not come to that.
    pub(crate) async fn rests(&self, is_well: &(dyn Fn() -> bool + Sync)) -> bool {
        let rests = async {
            let mut changes = self.sandbox.changes();
            while self.has_work().await || !is_well() {
                // Whatever is delivered changes the sandbox; the last one's row goes shortly after.
                let _ = tokio::time::timeout(LOOK_EVERY, changes.changed()).await;
            }
        };
        tokio::time::timeout(PATIENCE, rests).await.is_ok()
    }

    async fn has_work(&self) -> bool {
        let is_due = self.store.next_timer().await.unwrap().is_some_and(|due| due <= self.keeper.now());
        is_due || self.store.waiting_jobs().await.unwrap() > 0
    }
}

/// Where a ticket shows.
pub(crate) struct Ticket {
    pub(crate) thread: u64,
    /// In the queue channel.
    pub(crate) card: u64,
}

/// A command's options as the sandbox takes them.
pub(crate) fn owned(options: &[(&str, OptionInput)]) -> Options {
    options.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// What somebody is answered, at once or after a deferral. `None` for what makes people try again: silence, also of a program
/// that died while it thought, and the words that ask for it.
async fn answered(who: &Person, reaction: Reaction) -> Option<Reaction> {
    let answer = tokio::time::timeout(THINKS_FOR, who.waits_for_answer(reaction)).await.ok()?;
    let is_asked_again = |message: &SeenMessage| TRY_AGAIN.iter().any(|words| message.contains(words));
    let is_nothing =
        matches!(answer.outcome, Outcome::Failed(_)) || answer.message().is_some_and(is_asked_again);
    (!is_nothing).then_some(answer)
}
