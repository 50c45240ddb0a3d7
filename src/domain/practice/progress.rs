//! How somebody gets on with practice, over several tickets.

use super::score::{Score, Skill};
use crate::domain::time::Timestamp;

/// So many of the latest say how it goes now.
pub const LATEST: usize = 10;
/// A skill below this needs training.
const GOOD: u32 = 80;

/// One practice ticket that was finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practised {
    /// What it was about.
    pub title: String,
    /// When it was finished.
    pub at: Timestamp,
    /// What it came to.
    pub score: Score,
}

/// How somebody gets on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many they have finished.
    pub finished: i64,
    /// The mean of the latest, in points; none before the first.
    pub mean: Option<u32>,
    /// Where it goes; none before the second.
    pub trend: Option<Trend>,
    /// What to train most, if anything.
    pub train: Option<Skill>,
    /// The latest, newest first.
    pub latest: Vec<Practised>,
}

/// The means of the latest, in points: of their older and of their newer half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trend {
    /// Of the older half.
    pub before: u32,
    /// Of the newer half.
    pub lately: u32,
}

/// From how many were finished, and the latest of them, newest first.
pub fn progress(finished: i64, mut latest: Vec<Practised>) -> Progress {
    latest.truncate(LATEST);
    let points: Vec<u32> = latest.iter().map(|practised| practised.score.points()).collect();
    let (lately, before) = points.split_at(points.len() / 2);
    let trend = mean(lately).zip(mean(before)).map(|(lately, before)| Trend { before, lately });
    let weakest = Skill::ALL
        .into_iter()
        .filter_map(|skill| {
            let percents: Vec<u32> =
                latest.iter().filter_map(|practised| practised.score.percent(skill)).collect();
            Some((mean(&percents)?, skill))
        })
        // Of several as weak, the one that weighs most.
        .min_by_key(|(percent, _)| *percent);
    let train = weakest.filter(|(percent, _)| *percent < GOOD).map(|(_, skill)| skill);
    Progress { finished, mean: mean(&points), trend, train, latest }
}

fn mean(of: &[u32]) -> Option<u32> {
    let count = u32::try_from(of.len()).ok().filter(|count| *count > 0)?;
    Some((of.iter().sum::<u32>() + count / 2) / count)
}
