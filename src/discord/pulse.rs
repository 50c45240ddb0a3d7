//! Whether a session with Discord's gateway still gives what it should, although it says it is alive.
//!
//! Heartbeats show that a connection lives, not that events come. In February 2026 sessions stopped getting interactions, with
//! heartbeats and other events as usual, until they were made anew (github.com/discord/discord-api-docs, issue 8162). So
//! two things are looked at. When there was no event for a while, the gateway is asked for something that it has to
//! answer with an event. And a session that brought no interaction for an hour is replaced: either nobody
//! needed it, and nothing is lost, or it was broken.

use std::time::Duration;

use crate::domain::time::Timestamp;

/// After so long without an event the gateway is asked for one.
const QUIET: Duration = Duration::from_mins(5);
/// It has so long to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// After so long without an interaction a session is replaced.
const WITHOUT_INTERACTION: Duration = Duration::from_hours(1);
/// The same for each shard that there is: a bot may identify 1,000 times a day (Discord docs, events/gateway, session start
/// limits), and this takes 480 at most.
const PER_SHARD: Duration = Duration::from_mins(3);

/// What was heard of late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pulse {
    event: Timestamp,
    interaction: Timestamp,
    asked: Option<Timestamp>,
}

/// What to make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// Nothing.
    Fine,
    /// It should be asked for an event.
    Ask,
    /// It answers nothing, or brings nobody's interactions.
    Broken(&'static str),
}

impl Pulse {
    /// A session that begins now.
    pub(super) fn new(now: Timestamp) -> Self {
        Self { event: now, interaction: now, asked: None }
    }

    /// An event came.
    pub(super) fn hear(&mut self, now: Timestamp) {
        (self.event, self.asked) = (now, None);
    }

    /// An interaction came.
    pub(super) fn hear_interaction(&mut self, now: Timestamp) {
        self.interaction = now;
        self.hear(now);
    }

    /// It was asked for an event.
    pub(super) fn ask(&mut self, now: Timestamp) {
        self.asked = Some(now);
    }

    /// What to make of it, for a bot with so many shards.
    pub(super) fn look(&self, now: Timestamp, shards: u32) -> Finding {
        if now.since(self.interaction) >= WITHOUT_INTERACTION.max(PER_SHARD.saturating_mul(shards)) {
            return Finding::Broken("no interaction came for a long time");
        }
        match self.asked {
            Some(asked) if now.since(asked) >= ANSWER_WITHIN => {
                Finding::Broken("the gateway does not answer, although it says it is alive")
            }
            None if now.since(self.event) >= QUIET => Finding::Ask,
            _ => Finding::Fine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_000_000);

    #[test]
    fn silence_is_asked_about_and_an_answer_is_enough() {
        let mut pulse = Pulse::new(START);
        assert_eq!(pulse.look(START + Duration::from_secs(299), 1), Finding::Fine);
        let quiet = START + QUIET;
        assert_eq!(pulse.look(quiet, 1), Finding::Ask);
        pulse.ask(quiet);
        assert_eq!(pulse.look(quiet + Duration::from_secs(29), 1), Finding::Fine, "it has some time");
        assert!(matches!(pulse.look(quiet + ANSWER_WITHIN, 1), Finding::Broken(_)));
        pulse.hear(quiet + ANSWER_WITHIN);
        assert_eq!(pulse.look(quiet + ANSWER_WITHIN, 1), Finding::Fine);
    }

    #[test]
    fn events_without_interactions_are_not_enough() {
        let mut pulse = Pulse::new(START);
        let hour = START + WITHOUT_INTERACTION;
        pulse.hear(hour);
        assert!(matches!(pulse.look(hour, 1), Finding::Broken(_)));
        assert_eq!(pulse.look(hour, 100), Finding::Fine, "many shards take turns");
        assert!(matches!(pulse.look(START + Duration::from_hours(5), 100), Finding::Broken(_)));
        pulse.hear_interaction(hour);
        assert_eq!(pulse.look(hour, 1), Finding::Fine);
    }
}
