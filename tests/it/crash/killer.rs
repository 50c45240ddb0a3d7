//! The program under test, killed at a planned moment and started again whenever it is dead.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use frontdesk::domain::time::{Clock, Timestamp};
use frontdesk::sandbox::{Fault, Guild, Moment, Route, Sandbox, Verdict};

use super::proxy::Proxy;
use crate::program::frontdesk_in_background;

/// A call of a story. Lanes run side by side, so the calls of one route keep their order better than all together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Nth {
    pub(crate) route: Route,
    /// Which of the route's, counted from one.
    pub(crate) number: u32,
}

/// Where the program is killed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Point {
    /// At a call of Discord's API.
    Call { call: Nth, moment: Moment },
    /// At a commit of the database, counted from the program's start on.
    Commit { number: u32, when: &'static str },
    /// Nowhere; instead this goes wrong with a call.
    Fault { call: Nth, fault: Fault },
    /// Nowhere; instead every thread is archived just before a call.
    Archive { call: Nth },
}

/// The program, and whoever starts it again.
pub(crate) struct Keeper {
    shared: Arc<Shared>,
}

/// What a program's life is watched and bent with: libraries to load before its own.
#[derive(Clone)]
pub(crate) struct Libraries {
    /// Moves its clock.
    pub(crate) clock: Arc<Path>,
    /// Ends it at a commit of SQLite's.
    pub(crate) commits: Arc<Path>,
}

/// The database, and how its commits are seen.
pub(crate) enum Base {
    /// A file, whose log is watched by a library in the program.
    Sqlite,
    /// A file, and nobody watches.
    PlainSqlite,
    /// A server's database behind a proxy.
    Postgres {
        /// The proxy.
        proxy: Proxy,
        /// The database's address there.
        url: String,
    },
}

struct Shared {
    sandbox: Sandbox,
    data: PathBuf,
    base: Base,
    libraries: Libraries,
    /// The program's clock, how far it is ahead, and where the program reads that.
    clock: Clock,
    ahead_ms: AtomicI64,
    clock_file: File,
    pid: Mutex<Option<u32>>,
    over: AtomicBool,
    /// How often it was found dead.
    deaths: AtomicU32,
    /// Whether the planned fault has happened.
    is_met: AtomicBool,
    /// What the program said last, for a failing test.
    log: PathBuf,
}

/// The calls of a story so far.
#[derive(Default)]
struct Seen {
    in_order: Vec<Nth>,
    arrived: HashMap<Route, u32>,
    done: HashMap<Route, u32>,
}

impl Seen {
    fn count(&mut self, route: Route, moment: Moment) -> Nth {
        let counts = match moment {
            Moment::Arrived => &mut self.arrived,
            Moment::Done => &mut self.done,
        };
        let number = counts.entry(route).or_default();
        *number += 1;
        let call = Nth { route, number: *number };
        if moment == Moment::Arrived {
            self.in_order.push(call);
        }
        call
    }
}

/// Counts the calls of a story.
pub(crate) struct Calls(Arc<Mutex<Seen>>);

impl Calls {
    /// Those so far, in the order in which they came.
    pub(crate) fn so_far(&self) -> Vec<Nth> {
        self.0.lock().unwrap().in_order.clone()
    }
}

impl Keeper {
    /// Starts the program; a commit to die at holds for this first life alone.
    pub(crate) fn start(
        sandbox: Sandbox,
        data: &Path,
        base: Base,
        libraries: Libraries,
        point: Option<Point>,
    ) -> Self {
        std::fs::write(data.join("clock"), 0_i64.to_ne_bytes()).unwrap();
        let shared = Arc::new(Shared {
            sandbox,
            data: data.to_owned(),
            base,
            libraries,
            clock: Clock::default(),
            ahead_ms: AtomicI64::new(0),
            clock_file: File::options().write(true).open(data.join("clock")).unwrap(),
            pid: Mutex::new(None),
            over: AtomicBool::new(false),
            deaths: AtomicU32::new(0),
            is_met: AtomicBool::new(false),
            log: data.join("log"),
        });
        let mut first = shared.command();
        if point.is_none() {
            // Nothing is planned, so what it does can be counted.
            first.env("FRONTDESK_HTTP", "0");
        }
        if let Some(Point::Commit { number, when }) = point {
            first.env("COMMITS_DIE_AT", number.to_string()).env("COMMITS_DIE", when);
            if let Base::Postgres { proxy, .. } = &shared.base {
                let watching = Arc::downgrade(&shared);
                proxy.watch(move |at, moment| {
                    let Some(shared) = watching.upgrade() else { return false };
                    let is_it = at == number && moment == when && shared.deaths.load(Ordering::Relaxed) == 0;
                    if is_it {
                        shared.kill();
                    }
                    is_it
                });
            }
        }
        let (started, is_started) = mpsc::channel();
        let keeping = shared.clone();
        std::thread::spawn(move || keeping.keep(first, &started));
        is_started.recv().unwrap();
        Self { shared }
    }

    /// Does what is planned at this call of the story, once.
    pub(crate) fn watch_calls(&self, wanted: Option<Point>, guild: Guild) -> Calls {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (counting, shared) = (seen.clone(), self.shared.clone());
        self.shared.sandbox.watch_calls(move |route, moment| {
            let call = counting.lock().unwrap().count(route, moment);
            match wanted {
                Some(Point::Call { call: at, moment: when })
                    if at == call && when == moment && shared.deaths.load(Ordering::Relaxed) == 0 =>
                {
                    shared.kill();
                    Verdict::Cut
                }
                Some(Point::Fault { call: at, fault }) if at == call && moment == Moment::Arrived => {
                    shared.is_met.store(true, Ordering::Relaxed);
                    Verdict::Fault(fault)
                }
                Some(Point::Archive { call: at }) if at == call && moment == Moment::Arrived => {
                    shared.is_met.store(true, Ordering::Relaxed);
                    for thread in guild.threads() {
                        guild.set_archived(thread, true);
                    }
                    Verdict::GoOn
                }
                _ => Verdict::GoOn,
            }
        });
        Calls(seen)
    }

    pub(crate) fn was_killed(&self) -> bool {
        self.shared.deaths.load(Ordering::Relaxed) > 0
    }

    /// Whether what was planned has happened.
    pub(crate) fn was_disturbed(&self) -> bool {
        self.was_killed() || self.shared.is_met.load(Ordering::Relaxed)
    }

    /// As if so much time had passed, for the program and for Discord.
    pub(crate) fn pass(&self, time: Duration) {
        let shared = &self.shared;
        let time_ms = i64::try_from(time.as_millis()).unwrap();
        let ahead = shared.ahead_ms.fetch_add(time_ms, Ordering::Relaxed) + time_ms;
        shared.clock_file.write_all_at(&ahead.to_ne_bytes(), 0).unwrap();
        shared.clock.advance(time);
        shared.sandbox.advance(time);
    }

    /// What the program's clock says.
    pub(crate) fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    /// How many commits the program that runs has made.
    pub(crate) fn commits(&self) -> u32 {
        match &self.shared.base {
            Base::Postgres { proxy, .. } => proxy.commits(),
            Base::PlainSqlite => 0,
            Base::Sqlite => {
                let text = std::fs::read_to_string(self.shared.data.join("commits")).unwrap_or_default();
                text.trim().parse().unwrap_or(0)
            }
        }
    }

    /// What the program has counted, where it was asked to show it.
    pub(crate) async fn figures(&self) -> String {
        let said = self.said();
        let Some((_, served)) = said.split_once("health and metrics are served at ") else {
            return String::new();
        };
        let origin = served.split("/readyz").next().unwrap_or_default();
        let answer = reqwest::get(format!("{origin}/metrics")).await.unwrap();
        answer.text().await.unwrap()
    }

    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(&self.shared.log).unwrap_or_default()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Relaxed);
        self.shared.kill();
    }
}

impl Shared {
    fn command(&self) -> Command {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&self.log).unwrap();
        let clock = self.libraries.clock.display();
        let mut command = frontdesk_in_background();
        command
            .arg("run")
            .env("DISCORD_TOKEN", self.sandbox.token())
            .env("FRONTDESK_DISCORD_URL", self.sandbox.origin())
            .env("FRONTDESK_DATA", &self.data)
            .env("LD_PRELOAD", clock.to_string())
            .env("CLOCK_FILE", self.data.join("clock"))
            .stdout(Stdio::null())
            .stderr(log);
        match &self.base {
            Base::PlainSqlite => &mut command,
            Base::Sqlite => command
                .env("LD_PRELOAD", format!("{clock}:{}", self.libraries.commits.display()))
                .env("COMMITS_FILE", self.data.join("commits")),
            Base::Postgres { url, .. } => command.env("DATABASE_URL", url),
        };
        command
    }

    /// Runs the program, again and again, until the story is over.
    fn keep(&self, first: Command, started: &mpsc::Sender<()>) {
        let mut command = first;
        while !self.over.load(Ordering::Relaxed) {
            let mut child: Child = command.spawn().unwrap();
            *self.pid.lock().unwrap() = Some(child.id());
            // Nobody waits for it but the first time.
            let _ = started.send(());
            child.wait().unwrap();
            *self.pid.lock().unwrap() = None;
            if self.over.load(Ordering::Relaxed) {
                return;
            }
            self.deaths.fetch_add(1, Ordering::Relaxed);
            // Whoever waits for an answer of the dead learns at once that there is none.
            self.sandbox.advance(Duration::from_secs(4));
            command = self.command();
        }
    }

    /// Ends it at once, and returns when it can do nothing any more.
    fn kill(&self) {
        let Some(pid) = *self.pid.lock().unwrap() else { return };
        // It may be gone by itself.
        let _ = Command::new("kill").args(["-9", &pid.to_string()]).stderr(Stdio::null()).status();
        while self.pid.lock().unwrap().is_some_and(|now| now == pid) {
            std::thread::yield_now();
        }
    }
}
