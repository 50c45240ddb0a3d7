//! The crash sweep: a whole ticket is played once to number every call of Discord's API and every commit of the
//! database; then it is played again for each of them, and the real program is killed just before it and just after it,
//! started again, and the story goes on. Discord outlives the program, as it does in life.
//!
//! What must hold each time: what a person saw confirmed is there; one thread, one card in it and one in the queue, one
//! ping per escalation, one closing note per closing; the cards tell the truth; and whose click died clicks again and
//! gets the one outcome.

pub(crate) mod killer;
pub(crate) mod proxy;
pub(crate) mod story;

use std::path::{Path, PathBuf};
use std::process::Command;

use frontdesk::sandbox::Moment;

use killer::Point;
use story::Ground;

/// How many stories are played side by side: a story mostly waits.
const SIDE_BY_SIDE: usize = 6;

/// Set to `all`, every point is tried, which takes minutes. Otherwise one in [`QUICK_STRIDE`] is.
const SWEEP: &str = "FRONTDESK_SWEEP";
const QUICK_STRIDE: usize = 11;

/// A library made from C in this folder of tests, to load before the program's own.
pub(crate) fn library(source: &str, folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(source);
    let library = folder.join("library.so");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    library
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_call_and_every_commit_nothing_is_lost_or_doubled_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    // It ends the program at a commit of SQLite's.
    sweep("SQLite", Ground::Sqlite(library("crash/commits.c", folder.path()).into())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_call_and_every_commit_nothing_is_lost_or_doubled_on_postgres() {
    sweep("PostgreSQL", Ground::Postgres).await;
}

async fn sweep(name: &str, ground: Ground) {
    // Without PostgreSQL there is nothing to sweep, which `tests/run` never lets happen.
    let Some(whole) = story::play(None, &ground).await else { return };
    whole.must_hold();
    let calls = (1..=whole.calls)
        .flat_map(|number| [Moment::Arrived, Moment::Done].map(|moment| Point::Call { number, moment }));
    let commits = (whole.commits_before + 1..=whole.commits)
        .flat_map(|number| ["before", "after"].map(|when| Point::Commit { number, when }));
    let stride = if std::env::var_os(SWEEP).is_some_and(|asked| asked == "all") { 1 } else { QUICK_STRIDE };
    let points: Vec<Point> = calls.chain(commits).step_by(stride).collect();

    let ends = story::play_each(&points, ground, SIDE_BY_SIDE).await;
    let killed = ends.iter().filter(|(_, played)| played.met).count();
    let broken = story::broken(&ends);
    eprintln!(
        "crash sweep on {name}: {} calls and {} commits, {killed} of {} points killed, lost or doubled {}",
        whole.calls,
        whole.commits - whole.commits_before,
        points.len(),
        broken.len()
    );
    assert!(broken.is_empty(), "{} faults:\n{}", broken.len(), broken.join("\n"));
    // The order of calls differs a little from run to run, so the last ones may not come; most must.
    assert!(killed * 10 >= points.len() * 8, "only {killed} of {} points were reached", points.len());
}
