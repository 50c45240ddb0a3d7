//! What a story is, how it is played, and how what is there afterwards is counted.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Arc;

use frontdesk::sandbox::{Person, PingReason, SeenMessage};
use tokio::sync::Semaphore;

use super::killer::{Nth, Point};
use super::stage::{Ground, Stage};

/// What somebody does on a stage.
pub(crate) type Act<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// One thing that is counted after a story: what it is, how often it must be there, and how it is counted.
pub(crate) type Wanted = (&'static str, usize, fn(&Seen<'_>) -> usize);

/// Something that people do from beginning to end.
pub(crate) struct Story {
    pub(crate) name: &'static str,
    /// What was before, of which nothing is counted and during which nothing goes wrong.
    pub(crate) before: for<'a> fn(&'a Stage) -> Act<'a>,
    /// What people do.
    pub(crate) tell: for<'a> fn(&'a Stage) -> Act<'a>,
    /// What must be there afterwards, whatever went wrong meanwhile.
    pub(crate) wanted: &'static [Wanted],
}

/// What everybody together sees after a story.
pub(crate) struct Seen<'a> {
    pub(crate) stage: &'a Stage,
}

impl Seen<'_> {
    /// The messages of the desk in a channel that are for everybody there and say this.
    pub(crate) fn said(&self, channel: u64, words: &str) -> Vec<SeenMessage> {
        let seen = self.stage.onlooker.sees(channel).into_iter();
        seen.filter(|message| message.from_bot && !message.notice && message.contains(words)).collect()
    }

    /// How many messages in a channel say this.
    pub(crate) fn in_channel(&self, channel: u64, words: &str) -> usize {
        self.said(channel, words).len()
    }

    pub(crate) fn in_queue(&self, words: &str) -> usize {
        self.in_channel(self.stage.company.queue, words)
    }

    pub(crate) fn in_support(&self, words: &str) -> usize {
        self.in_channel(self.stage.company.support, words)
    }

    pub(crate) fn in_threads(&self, words: &str) -> usize {
        self.stage.company.guild.threads().into_iter().map(|thread| self.in_channel(thread, words)).sum()
    }

    /// How many messages in a channel carry this file.
    pub(crate) fn files_in(&self, channel: u64, name: &str) -> usize {
        let files = self.said(channel, "").into_iter().flat_map(|message| message.attachments);
        files.filter(|file| file.file_name == name).count()
    }

    pub(crate) fn threads(&self) -> usize {
        self.stage.company.guild.threads().len()
    }

    /// How many threads are archived and locked.
    pub(crate) fn closed_threads(&self) -> usize {
        let guild = &self.stage.company.guild;
        guild.threads().into_iter().filter(|id| guild.thread_state(*id) == Some((true, true))).count()
    }

    /// Whether somebody is in a thread, for each thread.
    pub(crate) fn threads_with(&self, who: &Person) -> usize {
        let guild = &self.stage.company.guild;
        guild.threads().into_iter().filter(|id| guild.thread_members(*id).contains(&who.id())).count()
    }

    /// How often messages that say this have pinged somebody.
    pub(crate) fn pings(&self, who: &Person, words: &str) -> usize {
        let pings = self.stage.sandbox.pings().into_iter();
        let by_words = pings.filter(|ping| {
            ping.person == who.id()
                && ping.reason != PingReason::AddedToThread
                && self.stage.onlooker.sees_message(ping.message).is_some_and(|one| one.contains(words))
        });
        by_words.count()
    }
}

/// What is to be seen after a story.
#[derive(Debug)]
pub(crate) struct Played {
    /// Whether what was planned has happened.
    pub(crate) met: bool,
    /// The calls of the story, in order.
    pub(crate) calls: Vec<Nth>,
    pub(crate) commits_before: u32,
    pub(crate) commits: u32,
    /// What was not there as often as it must be: what it is, how often it was there, how often it must be.
    wrong: Vec<(&'static str, usize, usize)>,
    /// What was there to be read, if something was wrong.
    read: String,
    /// What the program counted, where nothing was to go wrong.
    pub(crate) figures: String,
}

impl Played {
    /// A story that did not come to its end.
    fn stuck(why: &str) -> Self {
        Self {
            met: true,
            calls: Vec::new(),
            commits_before: 0,
            commits: 0,
            wrong: vec![("ends", 0, 1)],
            read: why.to_owned(),
            figures: String::new(),
        }
    }

    /// What is lost, doubled or untrue.
    pub(crate) fn faults(&self) -> Vec<String> {
        let wrong =
            self.wrong.iter().map(|(what, found, wanted)| format!("{found} {what} instead of {wanted}"));
        let mut faults: Vec<String> = wrong.collect();
        if !faults.is_empty() {
            faults.push(self.read.clone());
        }
        faults
    }

    /// How much of what must be there is missing, and how much is there too often.
    fn lost_and_doubled(&self) -> (usize, usize) {
        let lost = self.wrong.iter().map(|(_, found, wanted)| wanted.saturating_sub(*found)).sum();
        let doubled = self.wrong.iter().map(|(_, found, wanted)| found.saturating_sub(*wanted)).sum();
        (lost, doubled)
    }

    /// The labels with which the program counted something as done, such as each kind of job.
    pub(crate) fn counted(&self, metric: &str, label: &str) -> BTreeSet<String> {
        let lines = self.figures.lines().filter(|line| line.starts_with(metric));
        let lines = lines.filter(|line| line.contains("outcome=\"done\""));
        let mark = format!("{label}=\"");
        let values = lines.filter_map(|line| line.split_once(&mark)?.1.split_once('"'));
        values.map(|(value, _)| value.to_owned()).collect()
    }
}

/// A story that was played with something planned.
pub(crate) struct End {
    pub(crate) story: &'static Story,
    pub(crate) point: Option<Point>,
    pub(crate) played: Played,
}

impl End {
    /// What was planned, at the last call or commit of its kind that came.
    fn last_that_came(&self) -> Option<Point> {
        let last = |Nth { route, .. }| {
            let number = self.played.calls.iter().filter(|call| call.route == route).count();
            (number > 0).then(|| Nth { route, number: u32::try_from(number).unwrap() })
        };
        match self.point? {
            Point::Call { call, moment } => Some(Point::Call { call: last(call)?, moment }),
            Point::Fault { call, fault } => Some(Point::Fault { call: last(call)?, fault }),
            Point::Archive { call } => Some(Point::Archive { call: last(call)? }),
            Point::Commit { when, .. } => Some(Point::Commit { number: self.played.commits, when }),
        }
    }
}

/// Plays a story for each point, some side by side: a story mostly waits. Without PostgreSQL nothing is played on it.
pub(crate) async fn play_each(
    plays: Vec<(&'static Story, Option<Point>)>,
    ground: &Arc<Ground>,
    side_by_side: usize,
) -> Vec<End> {
    let places = Arc::new(Semaphore::new(side_by_side));
    let stories: Vec<_> = plays
        .into_iter()
        .map(|(story, point)| {
            let (places, ground) = (places.clone(), ground.clone());
            tokio::spawn(async move {
                let _place = places.acquire().await.unwrap();
                let played = play_apart(story, point, ground).await?;
                Some(End { story, point, played })
            })
        })
        .collect();
    let mut ends = Vec::new();
    for story in stories {
        ends.extend(story.await.unwrap());
    }
    ends
}

/// Plays a story for each point. The order and the number of calls differ from run to run, more so on a busy machine: what
/// did not come is tried once more at the last of its kind that did.
pub(crate) async fn try_each(
    points: Vec<(&'static Story, Point)>,
    ground: &Arc<Ground>,
    side_by_side: usize,
) -> Vec<End> {
    let plays = points.into_iter().map(|(story, point)| (story, Some(point))).collect();
    let mut ends = play_each(plays, ground, side_by_side).await;
    let missed = ends.iter().filter(|end| !end.played.met);
    let again = missed.filter_map(|end| Some((end.story, Some(end.last_that_came()?)))).collect();
    ends.extend(play_each(again, ground, side_by_side).await);
    ends
}

/// Plays it apart from the others, so that one that gets stuck is a fault among others.
async fn play_apart(story: &'static Story, point: Option<Point>, ground: Arc<Ground>) -> Option<Played> {
    let playing = tokio::spawn(async move { play(story, point, &ground).await });
    playing.await.unwrap_or_else(|stuck| Some(Played::stuck(&stuck.to_string())))
}

/// Everything that is wrong after these stories, with where.
pub(crate) fn broken(ends: &[End]) -> Vec<String> {
    let faults = ends.iter().flat_map(|end| {
        let at = format!("{}, {:?}", end.story.name, end.point);
        end.played.faults().into_iter().map(move |fault| format!("{at}: {fault}"))
    });
    faults.collect()
}

/// How much is lost and how much is doubled after all of these.
pub(crate) fn lost_and_doubled(ends: &[End]) -> (usize, usize) {
    let each = ends.iter().map(|end| end.played.lost_and_doubled());
    each.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// Plays it, with something going wrong as planned.
async fn play(story: &Story, point: Option<Point>, ground: &Ground) -> Option<Played> {
    let stage = Stage::build(ground, point).await?;
    (story.before)(&stage).await;
    stage.settles().await;
    let commits_before = stage.keeper.commits();
    let calls = stage.keeper.watch_calls(point, stage.company.guild.clone());
    (story.tell)(&stage).await;
    let is_well = || wrong(story, &Seen { stage: &stage }).is_empty();
    // What never comes to be as it should is counted as it is.
    stage.rests(&is_well).await;
    let mut wrong = wrong(story, &Seen { stage: &stage });
    let dead = stage.store.dead_jobs(stage.guild(), 100).await.unwrap().len();
    wrong.extend((dead > 0).then_some(("deliveries given up", dead, 0)));
    let played = Played {
        met: stage.keeper.was_disturbed(),
        calls: calls.so_far(),
        commits_before,
        commits: stage.keeper.commits(),
        read: if wrong.is_empty() { String::new() } else { read(&stage) },
        wrong,
        figures: stage.keeper.figures().await,
    };
    stage.tear_down().await;
    Some(played)
}

fn wrong(story: &Story, seen: &Seen<'_>) -> Vec<(&'static str, usize, usize)> {
    let counted = story.wanted.iter().map(|(what, wanted, count)| (*what, count(seen), *wanted));
    counted.filter(|(_, found, wanted)| found != wanted).collect()
}

/// Everything that stands anywhere, and what the program said.
fn read(stage: &Stage) -> String {
    let channels = stage.onlooker.sees_channels().into_iter();
    let channels = channels.map(|channel| format!("{}:\n{}", channel.name, stage.onlooker.reads(channel.id)));
    format!("{}\nthe program said:\n{}", channels.collect::<String>(), stage.keeper.said())
}
