//! What somebody who waits can honestly be told.

use std::time::Duration;

use super::id::UserId;
use super::time::Timestamp;

/// How far back the usual time to a first response looks.
pub const LOOK_BACK: Duration = Duration::from_hours(30 * 24);
/// Fewer tickets than this say nothing about the next one.
pub const SAMPLES_MIN: usize = 5;
/// How many of the latest tickets are looked at.
pub const SAMPLES_MAX: i64 = 500;

/// What the requester of a new ticket is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many tickets are before theirs; `None` when it waits no more.
    pub before: Option<i64>,
    /// The people of first level who are on duty.
    pub on_duty: Vec<UserId>,
    /// How long a first response usually takes.
    pub usual: Option<Usual>,
    /// When the desk opens again; `None` while it is open.
    pub opens_at: Option<Timestamp>,
}

/// How long something usually takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usual {
    /// By the clock.
    ByTheClock(Duration),
    /// Of the time in which the desk is open.
    OfOpeningHours(Duration),
}

/// The middle one of enough samples: half were faster. Of two in the middle, the slower one, so as not to promise more
/// than was kept.
pub fn usual(mut samples: Vec<Duration>) -> Option<Duration> {
    if samples.len() < SAMPLES_MIN {
        return None;
    }
    samples.sort_unstable();
    samples.get(samples.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_middle_of_enough() {
        let minutes = |minutes: &[u64]| usual(minutes.iter().map(|m| Duration::from_mins(*m)).collect());
        assert_eq!(minutes(&[9, 1, 5, 3]), None, "four are too few");
        assert_eq!(minutes(&[900, 1, 5, 3, 7]), Some(Duration::from_mins(5)));
        assert_eq!(minutes(&[900, 1, 5, 3, 7, 8]), Some(Duration::from_mins(7)));
    }

    proptest! {
        #[test]
        fn at_least_half_were_no_slower(samples in proptest::collection::vec(0..100_000_u64, 5..60)) {
            let samples: Vec<_> = samples.into_iter().map(Duration::from_millis).collect();
            let middle = usual(samples.clone()).unwrap();
            let no_slower = samples.iter().filter(|sample| **sample <= middle).count();
            prop_assert!(2 * no_slower >= samples.len());
            prop_assert!(samples.contains(&middle));
        }
    }
}
