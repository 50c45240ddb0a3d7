//! The program under test, killed at a planned moment and started again whenever it is dead.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use frontdesk::sandbox::{Fault, Guild, Moment, Sandbox, Verdict};

use super::proxy::Proxy;
use crate::program::frontdesk_in_background;

/// Where the program is killed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Point {
    /// At a call of Discord's API, counted from the first question on.
    Call { number: u32, moment: Moment },
    /// At a commit of the database, counted from the program's start on.
    Commit { number: u32, when: &'static str },
    /// Nowhere; instead this goes wrong with a call.
    Fault { number: u32, fault: Fault },
    /// Nowhere; instead every thread is archived just before a call.
    Archive { number: u32 },
}

/// A planned kill.
#[derive(Debug)]
pub(crate) struct Kill {
    pub(crate) point: Point,
}

impl Kill {
    pub(crate) fn at(point: Point) -> Self {
        Self { point }
    }
}

/// The program, and whoever starts it again.
pub(crate) struct Keeper {
    shared: Arc<Shared>,
}

/// The database, and how its commits are seen.
pub(crate) enum Base {
    /// A file, whose log is watched by a library in the program.
    Sqlite {
        /// The library.
        library: Arc<Path>,
    },
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
    pid: Mutex<Option<u32>>,
    over: AtomicBool,
    /// How often it was found dead.
    deaths: AtomicU32,
    /// Whether the planned fault has happened.
    is_met: AtomicBool,
    /// What the program said last, for a failing test.
    log: PathBuf,
}

impl Keeper {
    /// Starts the program; a commit to die at holds for this first life alone.
    pub(crate) fn start(sandbox: Sandbox, data: &Path, base: Base, point: Option<Point>) -> Self {
        let shared = Arc::new(Shared {
            sandbox,
            data: data.to_owned(),
            base,
            pid: Mutex::new(None),
            over: AtomicBool::new(false),
            deaths: AtomicU32::new(0),
            is_met: AtomicBool::new(false),
            log: data.join("log"),
        });
        let mut first = shared.command();
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
    pub(crate) fn watch_calls(&self, wanted: Option<Point>, guild: Guild) -> Arc<AtomicU32> {
        let seen = Arc::new(AtomicU32::new(0));
        let (counted, shared) = (seen.clone(), self.shared.clone());
        self.shared.sandbox.watch_calls(move |_, moment| {
            let number = match moment {
                Moment::Arrived => counted.fetch_add(1, Ordering::Relaxed) + 1,
                Moment::Done => counted.load(Ordering::Relaxed),
            };
            match wanted {
                Some(Point::Call { number: at, moment: when })
                    if at == number && when == moment && shared.deaths.load(Ordering::Relaxed) == 0 =>
                {
                    shared.kill();
                    Verdict::Cut
                }
                Some(Point::Fault { number: at, fault }) if at == number && moment == Moment::Arrived => {
                    shared.is_met.store(true, Ordering::Relaxed);
                    Verdict::Fault(fault)
                }
                Some(Point::Archive { number: at }) if at == number && moment == Moment::Arrived => {
                    shared.is_met.store(true, Ordering::Relaxed);
                    for thread in guild.threads() {
                        guild.set_archived(thread, true);
                    }
                    Verdict::GoOn
                }
                _ => Verdict::GoOn,
            }
        });
        seen
    }

    pub(crate) fn was_killed(&self) -> bool {
        self.shared.deaths.load(Ordering::Relaxed) > 0
    }

    /// Whether what was planned has happened.
    pub(crate) fn was_disturbed(&self) -> bool {
        self.was_killed() || self.shared.is_met.load(Ordering::Relaxed)
    }

    /// How many commits the program that runs has made.
    pub(crate) fn commits(&self) -> u32 {
        match &self.shared.base {
            Base::Postgres { proxy, .. } => proxy.commits(),
            Base::PlainSqlite => 0,
            Base::Sqlite { .. } => {
                let text = std::fs::read_to_string(self.shared.data.join("commits")).unwrap_or_default();
                text.trim().parse().unwrap_or(0)
            }
        }
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
        let mut command = frontdesk_in_background();
        command
            .arg("run")
            .env("DISCORD_TOKEN", self.sandbox.token())
            .env("FRONTDESK_DISCORD_URL", self.sandbox.origin())
            .env("FRONTDESK_DATA", &self.data)
            .stdout(Stdio::null())
            .stderr(log);
        match &self.base {
            Base::PlainSqlite => &mut command,
            Base::Sqlite { library } => {
                command.env("LD_PRELOAD", &**library).env("COMMITS_FILE", self.data.join("commits"))
            }
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
            self.deaths.fetch_add(1, Ordering::Relaxed);
            // Whoever waits for an answer of the dead learns at once that there is none.
            self.sandbox.advance(std::time::Duration::from_secs(4));
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
