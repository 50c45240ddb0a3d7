//! Interactions of late, so that one that Discord tells of twice acts once.
//!
//! Discord may deliver an event again after a resume. Several processes settle it in the database; within one, this is
//! enough and costs nothing.

use std::collections::{HashSet, VecDeque};
use std::sync::Mutex;

/// How many are remembered: minutes of a busy bot's, and an event is repeated within seconds.
const MOST: usize = 8192;

/// The latest interactions.
#[derive(Debug, Default)]
pub(crate) struct Recent(Mutex<(HashSet<u64>, VecDeque<u64>)>);

impl Recent {
    /// Whether this one is new; from now on it is not.
    pub(crate) fn is_new(&self, interaction: u64) -> bool {
        let Ok(mut recent) = self.0.lock() else { return true };
        let (known, order) = &mut *recent;
        if !known.insert(interaction) {
            return false;
        }
        order.push_back(interaction);
        if order.len() > MOST
            && let Some(oldest) = order.pop_front()
        {
            known.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Recent};

    #[test]
    fn each_is_new_once_and_the_oldest_are_forgotten() {
        let recent = Recent::default();
        assert!(recent.is_new(1));
        assert!(!recent.is_new(1));
        for other in 2..=u64::try_from(MOST).unwrap() + 1 {
            assert!(recent.is_new(other));
        }
        assert!(recent.is_new(1), "forgotten by now");
    }
}
