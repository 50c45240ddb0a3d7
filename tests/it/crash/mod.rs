//! The crash sweep: each story is played once to number every call of Discord's API and every commit of the
//! database; then it is played again for each of them, and the real program is killed just before it and just after it,
//! started again, and the story goes on. Discord outlives the program, as it does in life.
//!
//! What must hold each time: what a person saw confirmed is there; one thread, one card in it and one in the queue, one
//! ping for each call, one closing note per closing; the cards tell the truth; and whose click died clicks again and
//! gets the one outcome. Each story says what that comes to.

pub(crate) mod killer;
mod provider;
pub(crate) mod proxy;
mod stage;
mod stories;
pub(crate) mod story;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use frontdesk::domain::job::{Job, Timer};
use frontdesk::sandbox::Moment;

use crate::databases::Kind;
use killer::Point;
pub(crate) use stage::Ground;
pub(crate) use stories::STORIES;
use story::{End, Story};

/// How many stories are played side by side: a story mostly waits.
const SIDE_BY_SIDE: usize = 6;

/// Set to `all`, every point is tried, which takes long. Otherwise so many are, spread over all stories.
const SWEEP: &str = "FRONTDESK_SWEEP";
const QUICK: usize = 36;
/// Set to a part of a story's name, only that one is played.
const ONLY: &str = "FRONTDESK_STORY";

/// A library made from C in this folder of tests, to load before the program's own.
pub(crate) fn library(source: &str, folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(source);
    let library = folder.join(source.with_extension("so").file_name().unwrap());
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    library
}

/// The stories that are asked for.
pub(crate) fn chosen() -> impl Iterator<Item = &'static Story> {
    let only = std::env::var(ONLY).unwrap_or_default();
    STORIES.iter().filter(move |story| story.name.contains(&only))
}

/// Every chosen story with nothing going wrong, which it must come through.
pub(crate) async fn undisturbed(ground: &Arc<Ground>, side_by_side: usize) -> Vec<End> {
    let plays = chosen().map(|story| (story, None)).collect();
    let whole = story::play_each(plays, ground, side_by_side).await;
    let broken = story::broken(&whole);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    whole
}

/// Whether everything is to be tried and not a sample, however long it takes.
pub(crate) fn tries_all() -> bool {
    std::env::var_os(SWEEP).is_some_and(|asked| asked == "all")
}

/// Some of these, spread evenly, unless all are asked for.
pub(crate) fn sample<T>(points: Vec<T>, quick: usize) -> Vec<T> {
    let stride = if tries_all() { 1 } else { points.len().div_ceil(quick) };
    // From the middle of a stride on, so that not every story begins with its first.
    points.into_iter().skip(stride / 2).step_by(stride).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_call_and_every_commit_nothing_is_lost_or_doubled_on_sqlite() {
    sweep("SQLite", Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_call_and_every_commit_nothing_is_lost_or_doubled_on_postgres() {
    sweep("PostgreSQL", Kind::Postgres).await;
}

async fn sweep(name: &str, kind: Kind) {
    let ground = Arc::new(Ground::new(kind));
    let whole = undisturbed(&ground, SIDE_BY_SIDE).await;
    // Without PostgreSQL there is nothing to sweep, which `tests/run` never lets happen.
    if whole.is_empty() {
        return;
    }
    let all: Vec<_> = whole.iter().flat_map(|end| points(end).map(|point| (end.story, point))).collect();
    let planned = sample(all, QUICK);
    let tried = planned.len();
    let ends = story::try_each(planned, &ground, SIDE_BY_SIDE).await;
    let killed = ends.iter().filter(|end| end.played.met).count();
    let (lost, doubled) = story::lost_and_doubled(&ends);
    eprintln!(
        "crash sweep on {name}: {} stories, {} calls and {} commits, {killed} of {tried} points killed, \
         lost {lost}, doubled {doubled}",
        whole.len(),
        whole.iter().map(|end| end.played.calls.len()).sum::<usize>(),
        whole.iter().map(|end| end.played.commits - end.played.commits_before).sum::<u32>(),
    );
    let broken = story::broken(&ends);
    assert!(broken.is_empty(), "{} faults:\n{}", broken.len(), broken.join("\n"));
    // Some may come in no run but the first; most must.
    assert!(killed * 10 >= tried * 8, "only {killed} of {tried} points were reached");
}

/// Everywhere in a story where the program may die.
fn points(whole: &End) -> impl Iterator<Item = Point> {
    let calls = whole.played.calls.clone().into_iter();
    let calls =
        calls.flat_map(|call| [Moment::Arrived, Moment::Done].map(|moment| Point::Call { call, moment }));
    let commits = whole.played.commits_before + 1..=whole.played.commits;
    let commits = commits.flat_map(|number| ["before", "after"].map(|when| Point::Commit { number, when }));
    calls.chain(commits)
}

/// What is new must be in a story: each kind of delivery, and each kind of timer.
#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_delivery_and_of_timer_is_in_a_story() {
    let whole = undisturbed(&Arc::new(Ground::plain(Kind::Sqlite)), SIDE_BY_SIDE).await;
    let counted = |metric, label| -> BTreeSet<String> {
        whole.iter().flat_map(|end| end.played.counted(metric, label)).collect()
    };
    let jobs = counted("frontdesk_deliveries_total", "job");
    let timers = counted("frontdesk_timers_total", "timer");
    let missing: Vec<_> = Job::kinds().into_iter().filter(|kind| !jobs.contains(kind)).collect();
    let never: Vec<_> = Timer::codes().filter(|code| !timers.contains(*code)).collect();
    eprintln!("{} kinds of deliveries and {} of timers are in a story", jobs.len(), timers.len());
    assert!(missing.is_empty() && never.is_empty(), "in no story: {missing:?} and {never:?}");
}
