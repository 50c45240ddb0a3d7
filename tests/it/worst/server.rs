//! PostgreSQL: the connection lost in the middle of a commit, and the server restarted while people are served.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use frontdesk::store::Database;
use secrecy::ExposeSecret as _;
use sqlx::{Connection as _, PgConnection};

use super::{answer, confirmed, insists, is_honest, nothing_is_lost_or_doubled, tries};
use crate::crash::proxy::Proxy;
use crate::databases::{Fresh, Kind};
use crate::watched::Watched;

/// How many people open tickets while the server is restarted, how many tickets each, and how often it is.
const PEOPLE: usize = 8;
const TICKETS_EACH: usize = 10;
const RESTARTS: usize = 3;

/// Cut just before and just after, people click again and get the one outcome.
#[tokio::test(flavor = "multi_thread")]
async fn the_connection_is_lost_in_the_middle_of_a_commit() {
    let Some(fresh) = Fresh::new(Kind::Postgres).await else { return };
    let Database::Postgres(url) = &fresh.database else { unreachable!() };
    let mut through = url::Url::parse(url.expose_secret()).unwrap();
    let proxy = Proxy::start(format!("{}:{}", through.host_str().unwrap(), through.port().unwrap())).await;
    through.set_port(Some(proxy.port)).unwrap();
    // Encrypted, the proxy could not read along.
    through.set_query(Some("sslmode=disable"));
    let (before, after, cuts) =
        (<Arc<AtomicBool>>::default(), <Arc<AtomicBool>>::default(), <Arc<AtomicU32>>::default());
    let (cut_before, cut_after, counted) = (before.clone(), after.clone(), cuts.clone());
    proxy.watch(move |_, moment| {
        let armed = if moment == "before" { &cut_before } else { &cut_after };
        let is_cut = armed.load(Ordering::Relaxed);
        counted.fetch_add(u32::from(is_cut), Ordering::Relaxed);
        is_cut
    });
    let watched = Watched::start(|command| {
        command.env("DATABASE_URL", through.as_str());
    })
    .await;
    let company = &watched.company;
    let mut numbers = BTreeSet::new();
    let mut honest = 0;
    for (round, armed) in [before, after].into_iter().enumerate() {
        let answer = answer(company.support, &company.ana, &format!("xqzvw {round}")).await;
        watched.falls_to("frontdesk_outbox_jobs", 0.0).await;
        armed.store(true, Ordering::Relaxed);
        let told = tries(&company.ana, answer).await.expect("a sentence");
        assert!(is_honest(&told) && confirmed(&told).is_none(), "{told}");
        watched.becomes(false, "database").await;
        armed.store(false, Ordering::Relaxed);
        watched.becomes(true, "database").await;
        let (number, _) = insists(&company.ana, answer).await;
        numbers.insert(number.clone());
        let card = watched.card(&number).await;
        watched.falls_to("frontdesk_outbox_jobs", 0.0).await;
        armed.store(true, Ordering::Relaxed);
        let told = company.ben.presses(card.id, "Claim").await.unwrap();
        let told = company.ben.waits_for_answer(told).await.expect_message();
        assert!(is_honest(&told), "{told}");
        armed.store(false, Ordering::Relaxed);
        watched.becomes(true, "database").await;
        // Whether the first click was committed, only the database knows; the second one finds out.
        company.ben.presses(card.id, "Claim").await.unwrap();
        company.ben.waits_for(company.queue, |seen| seen.id == card.id && seen.contains("In progress")).await;
        honest += 2;
    }
    nothing_is_lost_or_doubled(&watched, &numbers).await;
    let mut connection = PgConnection::connect(url.expose_secret()).await.unwrap();
    let counts: (i64, i64) = sqlx::query_as(
        "SELECT count(*) FILTER (WHERE kind = 'opened'), count(*) FILTER (WHERE kind = 'claimed') FROM ticket_events",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap();
    assert_eq!(counts, (2, 2));
    let cuts = cuts.load(Ordering::Relaxed);
    assert!(cuts >= 4, "{cuts}");
    eprintln!(
        "PostgreSQL cut at {cuts} commits: {honest} told with an incident, 2 tickets, lost 0, doubled 0"
    );
}

/// A server of the test's own, which it may stop as it likes.
struct Server {
    bin: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    user: Option<&'static str>,
}

impl Server {
    fn start() -> Self {
        let bin = bin().expect("the server for tests runs, so there is one to start");
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // PostgreSQL refuses to run as root, so root hands it to somebody else.
        let is_root = std::fs::read_to_string("/proc/self/status").unwrap().contains("Uid:\t0\t");
        let knows =
            |user: &str| Command::new("id").arg(user).output().is_ok_and(|output| output.status.success());
        let user = is_root.then(|| if knows("postgres") { "postgres" } else { "nobody" });
        if let Some(user) = user {
            assert!(Command::new("chown").arg(user).arg(folder.path()).status().unwrap().success());
        }
        let server = Self { bin, folder, port, user };
        server.does("initdb", &["-U", "frontdesk", "-A", "trust", "-E", "UTF8", "--no-sync"]);
        server.control("start");
        server
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn url(&self) -> String {
        format!("postgres://frontdesk@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it, or stops it as a power cut does and starts it again.
    fn control(&self, what: &str) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={}",
            self.port,
            self.folder.path().display()
        );
        let log = self.folder.path().join("log");
        self.does("pg_ctl", &["-w", "-m", "immediate", "-l", log.to_str().unwrap(), "-o", &options, what]);
    }

    fn does(&self, program: &str, arguments: &[&str]) {
        let program = self.bin.join(program);
        let mut command = match self.user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(&program);
                command
            }
            None => Command::new(&program),
        };
        command.arg("-D").arg(self.data()).args(arguments).current_dir("/");
        // What it starts would keep a pipe open.
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(status.success(), "{} {arguments:?}", program.display());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.control("stop");
        }
    }
}

/// Where Debian, or the path, has PostgreSQL's programs, as `tests/run` looks for them.
fn bin() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<_> = debian.map(|version| version.path().join("bin")).collect();
    found.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = |folder: &PathBuf| Path::new(&folder.join("initdb")).exists();
    found.into_iter().rev().chain(std::env::split_paths(&path)).find(is_there)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_is_restarted_while_people_are_served() {
    // Where there is no PostgreSQL to test on, there is none to start either.
    if Fresh::new(Kind::Postgres).await.is_none() {
        return;
    }
    let server = tokio::task::spawn_blocking(Server::start).await.unwrap();
    let watched = Watched::start(|command| {
        command.env("DATABASE_URL", server.url());
    })
    .await;
    watched.becomes(true, "database").await;
    let done = Arc::new(AtomicU32::new(0));
    let mut people = tokio::task::JoinSet::new();
    for place in 0..PEOPLE {
        let who = watched.company.guild.add_member(&format!("Person {place}"), "en-US", &[]);
        let (support, done) = (watched.company.support, done.clone());
        people.spawn(async move {
            let (mut numbers, mut failures) = (Vec::new(), 0);
            for ticket in 0..TICKETS_EACH {
                let answer = answer(support, &who, &format!("xqzvw {place} {ticket}")).await;
                let (number, failed) = insists(&who, answer).await;
                numbers.push(number);
                failures += failed;
                done.fetch_add(1, Ordering::Relaxed);
            }
            (numbers, failures)
        });
    }
    let (mut ends, mut changes) = (Vec::new(), watched.sandbox.changes());
    for restart in 1..=RESTARTS {
        let wanted = u32::try_from(restart * PEOPLE * TICKETS_EACH / (RESTARTS + 1)).unwrap();
        while done.load(Ordering::Relaxed) < wanted {
            tokio::select! {
                Some(end) = people.join_next() => ends.push(end.unwrap()),
                changed = changes.changed() => changed.unwrap(),
            }
        }
        server.control("stop");
        watched.becomes(false, "database").await;
        server.control("start");
        watched.becomes(true, "database").await;
    }
    while let Some(end) = people.join_next().await {
        ends.push(end.unwrap());
    }
    let (mut numbers, mut failures, mut confirmed) = (BTreeSet::new(), 0, 0);
    for (theirs, failed) in ends {
        confirmed += theirs.len();
        numbers.extend(theirs);
        failures += failed;
    }
    assert_eq!((confirmed, numbers.len()), (PEOPLE * TICKETS_EACH, PEOPLE * TICKETS_EACH), "{numbers:?}");
    watched.becomes(true, "gateway").await;
    nothing_is_lost_or_doubled(&watched, &numbers).await;
    let mut connection = PgConnection::connect(&server.url()).await.unwrap();
    let tickets: i64 =
        sqlx::query_scalar("SELECT count(*) FROM tickets").fetch_one(&mut connection).await.unwrap();
    assert_eq!(usize::try_from(tickets).unwrap(), confirmed);
    connection.close().await.unwrap();
    eprintln!(
        "PostgreSQL restarted {RESTARTS} times: {confirmed} tickets confirmed, {failures} clicks failed with a sentence, \
         lost 0, doubled 0"
    );
    drop(watched);
    tokio::task::spawn_blocking(move || drop(server)).await.unwrap();
}
