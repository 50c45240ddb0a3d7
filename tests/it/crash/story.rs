//! The story: asked, opened, claimed, escalated, accepted, resolved, confirmed, reopened, closed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use frontdesk::domain::id::{GuildId, UserId};
use frontdesk::sandbox::{
    OptionInput, Outcome, Person, PersonError, PingReason, Reaction, Sandbox, SandboxOptions, SeenMessage,
};
use frontdesk::store::{Database, Store};
use secrecy::ExposeSecret as _;
use tokio::sync::Semaphore;

use super::killer::{Base, Keeper, Kill, Point};
use super::proxy::Proxy;
use crate::databases::{Fresh, Kind};
use crate::office::Company;

/// How often somebody tries before giving up. One kill costs one try.
const TRIES: usize = 10;

/// What is to be seen after a story.
#[derive(Debug)]
pub(crate) struct Played {
    /// Whether what was planned has happened.
    pub(crate) met: bool,
    pub(crate) calls: u32,
    pub(crate) commits_before: u32,
    pub(crate) commits: u32,
    /// Each thing that is counted, with how often it is there.
    counts: BTreeMap<&'static str, usize>,
    cards: Vec<String>,
    log: String,
}

/// How often each thing must be there.
const WANTED: [(&str, usize); 11] = [
    ("tickets", 1),
    ("threads", 1),
    ("cards in the thread", 1),
    ("solutions", 1),
    ("words about the reopening", 1),
    ("cards and packets in the queue", 2),
    ("closing notes", 2),
    ("transcripts", 2),
    ("pings of Sven by the packet", 1),
    ("pings of Olga by the packet", 1),
    ("deliveries given up", 0),
];

impl Played {
    /// What is lost, doubled or untrue.
    pub(crate) fn faults(&self) -> Vec<String> {
        let counted = WANTED.iter().filter_map(|(what, wanted)| {
            let found = self.counts.get(what).copied().unwrap_or(0);
            (found != *wanted).then(|| format!("{found} {what} instead of {wanted}"))
        });
        let untrue = self.cards.iter().filter(|card| !card.contains("Closed"));
        let untrue = untrue.map(|card| format!("a card does not say that the ticket is closed:\n{card}"));
        let mut faults: Vec<String> = counted.chain(untrue).collect();
        if !faults.is_empty() {
            faults.push(format!("the program said:\n{}", self.log));
        }
        faults
    }

    /// How much of what must be there is missing, and how much is there too often.
    pub(crate) fn lost_and_doubled(&self) -> (usize, usize) {
        let found = |what| self.counts.get(what).copied().unwrap_or(0);
        let lost = WANTED.iter().map(|(what, wanted)| wanted.saturating_sub(found(what))).sum();
        let doubled = WANTED.iter().map(|(what, wanted)| found(what).saturating_sub(*wanted)).sum();
        (lost, doubled)
    }

    pub(crate) fn must_hold(&self) {
        assert!(self.faults().is_empty(), "{:#?}", self.faults());
    }
}

/// Whether somebody has an answer: not silence, and not an incident of ours, after which people try again as well.
fn is_answered(reaction: &Reaction) -> bool {
    !matches!(reaction.outcome, Outcome::Failed(_)) && !reaction.message().is_some_and(is_our_fault)
}

fn is_our_fault(message: &SeenMessage) -> bool {
    message.contains("went wrong on our side")
}

struct Stage {
    sandbox: Sandbox,
    company: Company,
    keeper: Keeper,
    store: Store,
}

/// Plays it once for each point, some side by side: a story mostly waits.
pub(crate) async fn play_each(points: &[Point], ground: Ground, side_by_side: usize) -> Vec<(Point, Played)> {
    let (places, ground) = (Arc::new(Semaphore::new(side_by_side)), Arc::new(ground));
    let stories: Vec<_> = points
        .iter()
        .map(|point| {
            let (places, ground, point) = (places.clone(), ground.clone(), *point);
            tokio::spawn(async move {
                let _place = places.acquire().await.unwrap();
                (point, play(Some(Kill::at(point)), &ground).await.unwrap())
            })
        })
        .collect();
    let mut ends = Vec::new();
    for story in stories {
        ends.push(story.await.unwrap());
    }
    ends
}

/// Everything that is wrong after these stories, with where.
pub(crate) fn broken(ends: &[(Point, Played)]) -> Vec<String> {
    let faults = ends.iter().flat_map(|(point, played)| {
        played.faults().into_iter().map(move |fault| format!("{point:?}: {fault}"))
    });
    faults.collect()
}

/// Plays it, with the program killed as planned.
pub(crate) async fn play(kill: Option<Kill>, kind: &Ground) -> Option<Played> {
    let fresh = Fresh::new(kind.kind()).await?;
    let options = SandboxOptions { rate_limits: false, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let company = Company::open(&sandbox, "Nordlicht");
    let data = tempfile::tempdir().unwrap();
    let point = kill.map(|kill| kill.point);
    let base = kind.base(&fresh).await;
    let keeper = Keeper::start(sandbox.clone(), data.path(), base, point);
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
    let stage = Stage { sandbox, company, keeper, store };
    stage.set_up().await;
    let commits_before = stage.keeper.commits();
    let calls = stage.keeper.watch_calls(point, stage.company.guild.clone());
    stage.ticket().await;
    stage.settles().await;
    let played = Played {
        met: stage.keeper.was_disturbed(),
        calls: calls.load(Ordering::Relaxed),
        commits_before,
        commits: stage.keeper.commits(),
        counts: stage.counts().await,
        cards: stage.cards(),
        log: stage.keeper.said(),
    };
    stage.store.close().await;
    drop(stage.keeper);
    stage.sandbox.shutdown().await;
    Some(played)
}

/// What a story is played on.
pub(crate) enum Ground {
    /// SQLite, with the library that watches its commits.
    Sqlite(Arc<Path>),
    /// SQLite alone.
    PlainSqlite,
    /// The PostgreSQL server for tests.
    Postgres,
}

impl Ground {
    fn kind(&self) -> Kind {
        match self {
            Self::Sqlite(_) | Self::PlainSqlite => Kind::Sqlite,
            Self::Postgres => Kind::Postgres,
        }
    }

    async fn base(&self, fresh: &Fresh) -> Base {
        match (self, &fresh.database) {
            (Self::Postgres, Database::Postgres(url)) => {
                let mut url = url::Url::parse(url.expose_secret()).unwrap();
                let server = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
                let proxy = Proxy::start(server).await;
                url.set_port(Some(proxy.port)).unwrap();
                // Encrypted, the proxy could not read along.
                url.set_query(Some("sslmode=disable"));
                Base::Postgres { proxy, url: url.into() }
            }
            (Self::PlainSqlite, _) => Base::PlainSqlite,
            (Self::Sqlite(library), _) => Base::Sqlite { library: library.clone() },
            (Self::Postgres, Database::Sqlite(_)) => unreachable!("asked for PostgreSQL"),
        }
    }
}

impl Stage {
    async fn set_up(&self) {
        let company = &self.company;
        let saved = company.set_up().await.expect_message();
        company.dora.waits_for(saved.channel, |message| message.id == saved.id && !message.loading).await;
    }

    async fn ticket(&self) {
        let Company { ana, ben, sven, support, queue, .. } = &self.company;
        let (support, queue) = (*support, *queue);
        let question = || vec![("question".to_owned(), "my VPN does not connect".into())];
        let answer = self.insists("ask", || ana.uses(support, "support", question())).await;
        let answer = answer.unwrap().expect_message().id;
        // The subject is filled in with the question, unless the program died before it had written that down.
        self.fills(ana, answer, "Open a ticket", &["my VPN does not connect"]).await;
        let thread = self.thread(ana).await;
        let card = self.waits(ben, queue, |message| message.button("Claim").is_some()).await.id;
        self.insists("claim", || ben.presses(card, "Claim")).await;
        self.waits(ben, queue, |message| message.id == card && message.contains("In progress")).await;
        self.fills(ben, card, "Escalate", &["Restarted the client."]).await;
        let packet = self.waits(sven, queue, |message| message.button("Accept").is_some()).await.id;
        self.insists("accept", || sven.presses(packet, "Accept")).await;
        let accepted = |message: &SeenMessage| message.id == packet && message.button("Accept").is_none();
        self.waits(sven, queue, accepted).await;
        let resolve = || {
            vec![
                ("solution".to_owned(), "A new certificate.".into()),
                ("number".to_owned(), OptionInput::Integer(1)),
            ]
        };
        self.insists("resolve", || sven.uses(queue, "ticket resolve", resolve())).await;
        let solution = self.waits(ana, thread, |message| message.button("That works").is_some()).await.id;
        self.insists("confirm", || ana.presses(solution, "That works")).await;
        let note = self.waits(ana, support, |message| message.button("Reopen").is_some()).await.id;
        self.insists("reopen", || ana.presses(note, "Reopen")).await;
        self.waits(ana, thread, |message| message.pings_me || message.contains("reopened")).await;
        let close = || {
            vec![("reason".to_owned(), "All is well.".into()), ("number".to_owned(), OptionInput::Integer(1))]
        };
        self.insists("close", || sven.uses(queue, "ticket close", close())).await;
        self.waits(ana, support, |message| message.id != note && message.button("Reopen").is_some()).await;
    }

    /// Does something until it is answered, as people do whose click went nowhere. `None` when what is to be pressed
    /// has gone, because the click that went nowhere did its work.
    async fn insists<F>(&self, what: &str, mut act: impl FnMut() -> F) -> Option<Reaction>
    where
        F: Future<Output = Result<Reaction, PersonError>>,
    {
        for _ in 0..TRIES {
            self.sandbox.bot_is_ready().await;
            match act().await {
                Ok(reaction) if is_answered(&reaction) => return Some(reaction),
                Err(_) if self.keeper.was_disturbed() => return None,
                // Silence and incidents have reasons other than a kill on a machine that is very busy.
                Ok(_) => {}
                Err(error) => panic!("{what}: {error}"),
            }
        }
        panic!("{what} was not answered {TRIES} times:\n{}", self.keeper.said());
    }

    /// Presses a button that opens a form, and sends the form with these texts.
    async fn fills(&self, who: &Person, message: u64, button: &str, texts: &[&str]) {
        for _ in 0..TRIES {
            self.sandbox.bot_is_ready().await;
            // Gone when an earlier try did its work.
            let Ok(reaction) = who.presses(message, button).await else { return };
            match reaction.outcome {
                Outcome::Failed(_) => {}
                Outcome::Modal(form) => {
                    let fields = form.fields.iter().map(|field| field.custom_id.as_str());
                    let texts: Vec<(&str, &str)> = fields.zip(texts.iter().copied()).collect();
                    match who.submits(&form, &texts).await {
                        Ok(sent) if is_answered(&sent) => return,
                        _ => {}
                    }
                }
                // It is told that this was done already, or that it went wrong and is to be tried again.
                Outcome::Message(message) if is_our_fault(&message) => {}
                _ => return,
            }
        }
        panic!("{button} was not answered {TRIES} times:\n{}", self.keeper.said());
    }

    async fn waits(&self, who: &Person, channel: u64, wanted: impl Fn(&SeenMessage) -> bool) -> SeenMessage {
        let seen =
            who.wait_until(|| who.sees(channel).into_iter().rev().find(|message| wanted(message))).await;
        seen.unwrap_or_else(|| {
            let (name, channel, said) = (who.name(), who.reads(channel), self.keeper.said());
            panic!("{name} waited in vain; the channel:\n{channel}\nthe program said:\n{said}")
        })
    }

    async fn thread(&self, who: &Person) -> u64 {
        let seen = who.wait_until(|| who.sees_thread("#1 ")).await;
        seen.unwrap_or_else(|| panic!("no thread; the program said:\n{}", self.keeper.said())).id
    }

    /// Waits until nothing is left to deliver and the thread is closed again.
    async fn settles(&self) {
        let settled = async {
            let mut changes = self.sandbox.changes();
            loop {
                let threads = self.company.guild.threads();
                let closed =
                    threads.iter().all(|id| self.company.guild.thread_state(*id) == Some((true, true)));
                if closed && self.store.waiting_jobs().await.unwrap() == 0 {
                    return;
                }
                // Whatever is delivered changes the sandbox; the last one's row goes shortly after.
                let _ = tokio::time::timeout(std::time::Duration::from_millis(20), changes.changed()).await;
            }
        };
        let settled = tokio::time::timeout(std::time::Duration::from_secs(30), settled).await;
        assert!(settled.is_ok(), "deliveries are stuck:\n{}", self.keeper.said());
    }

    async fn counts(&self) -> BTreeMap<&'static str, usize> {
        let company = &self.company;
        let threads = company.guild.threads();
        let by_bot = |channel: u64, part: &str| {
            let seen = company.sven.sees(channel).into_iter();
            seen.filter(|message| message.from_bot && !message.ephemeral && message.contains(part)).count()
        };
        let in_threads = |part: &str| threads.iter().map(|thread| by_bot(*thread, part)).sum::<usize>();
        let packets: Vec<u64> = company
            .sven
            .sees(company.queue)
            .iter()
            .filter(|message| message.contains("What was tried"))
            .map(|message| message.id)
            .collect();
        let pings = |who: &Person| {
            let pings = self.sandbox.pings().into_iter();
            let by_packet = pings.filter(|ping| {
                ping.person == who.id()
                    && ping.reason != PingReason::AddedToThread
                    && packets.contains(&ping.message)
            });
            by_packet.count()
        };
        let guild = GuildId::from_snowflake(company.guild.id);
        let tickets =
            self.store.ticket_count_of(guild, UserId::from_snowflake(company.ana.id())).await.unwrap();
        let dead = self.store.dead_jobs(guild, 100).await.unwrap();
        BTreeMap::from([
            ("tickets", usize::try_from(tickets).unwrap()),
            ("threads", threads.len()),
            ("cards in the thread", in_threads("State")),
            ("solutions", in_threads("A new certificate.")),
            ("words about the reopening", in_threads("reopened")),
            (
                "cards and packets in the queue",
                by_bot(company.queue, "#1 ·") - by_bot(company.queue, "transcript"),
            ),
            ("transcripts", by_bot(company.queue, "transcript")),
            ("closing notes", by_bot(company.support, "#1")),
            ("pings of Sven by the packet", pings(&company.sven)),
            ("pings of Olga by the packet", pings(&company.olga)),
            ("deliveries given up", dead.len()),
        ])
    }

    fn cards(&self) -> Vec<String> {
        let company = &self.company;
        let places = company.guild.threads().into_iter().chain([company.queue]);
        let seen = places.flat_map(|place| company.sven.sees(place));
        seen.filter(|message| message.contains("State")).map(|message| message.to_string()).collect()
    }
}
