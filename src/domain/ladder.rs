//! The ladder: whom an escalation calls, one after the other, until somebody accepts.
//!
//! There are two directions, as the practice names them. A **functional** escalation asks people who can solve it: the
//! specialism, and after it another group. A **hierarchical** one tells somebody above them: a lead, and at last
//! whoever set the desk up. Each step is taken once, at its time, and calls one person or group.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::id::{RoleId, UserId};
use super::schedule::Terms;
use super::ticket::Priority;
use super::time::Timestamp;

/// Longest time between two steps, in minutes: a week.
const MINUTES_MAX: u32 = 7 * 24 * 60;

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The specialism is asked.
    Asked,
    /// It is asked once more.
    AskedAgain,
    /// Another group is asked.
    NextGroup,
    /// The specialism's lead is told.
    Lead,
    /// Whoever set the desk up is told.
    Admin,
}

/// Which way an escalation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To people who can solve it.
    Functional,
    /// To somebody above them.
    Hierarchical,
}

impl Rung {
    /// Which way this step goes.
    pub const fn direction(self) -> Direction {
        match self {
            Self::Asked | Self::AskedAgain | Self::NextGroup => Direction::Functional,
            Self::Lead | Self::Admin => Direction::Hierarchical,
        }
    }
}

/// How long each step waits for somebody to accept, in minutes for P1 to P4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timeouts([u32; 4]);

impl Default for Timeouts {
    fn default() -> Self {
        Self([5, 15, 60, 240])
    }
}

/// A text that is no four times in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("four times in minutes are needed")]
pub struct NotFourTimes;

impl Timeouts {
    /// How long to wait for a ticket of this priority.
    pub fn of(self, priority: Priority) -> Duration {
        let [p1, p2, p3, p4] = self.0;
        let minutes = match priority {
            Priority::P1 => p1,
            Priority::P2 => p2,
            Priority::P3 => p3,
            Priority::P4 => p4,
        };
        Duration::from_mins(u64::from(minutes))
    }
}

/// As people type it: `5 15 60 240`, for P1 to P4.
impl FromStr for Timeouts {
    type Err = NotFourTimes;

    fn from_str(typed: &str) -> Result<Self, NotFourTimes> {
        let parts = typed.split([' ', ',', '/', ';']).filter(|part| !part.is_empty());
        let minutes = parts.map(|part| match part.parse::<u32>() {
            Ok(minutes @ 1..=MINUTES_MAX) => Ok(minutes),
            _ => Err(NotFourTimes),
        });
        let minutes: Vec<u32> = minutes.collect::<Result<_, _>>()?;
        Ok(Self(minutes.try_into().map_err(|_| NotFourTimes)?))
    }
}

impl fmt::Display for Timeouts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p1, p2, p3, p4] = self.0;
        write!(f, "{p1} {p2} {p3} {p4}")
    }
}

/// How a specialism wants to be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LadderRule {
    /// Who leads it.
    pub lead: Option<UserId>,
    /// The group that is asked when it stays silent.
    pub next_role: Option<RoleId>,
    /// How long each step waits, if not as usual.
    pub timeouts: Option<Timeouts>,
    /// How long it has to react, whatever the priority: what an outside provider has promised.
    pub reaction: Option<Duration>,
}

impl LadderRule {
    /// The steps, in order.
    pub fn rungs(&self) -> Vec<Rung> {
        let mut rungs = vec![Rung::Asked, Rung::AskedAgain];
        rungs.extend(self.next_role.map(|_| Rung::NextGroup));
        rungs.extend(self.lead.map(|_| Rung::Lead));
        rungs.push(Rung::Admin);
        rungs
    }

    /// How long to wait for somebody to accept after this many steps.
    pub fn patience(&self, steps: i64, priority: Priority) -> Patience {
        match self.reaction {
            Some(reaction) if steps <= 1 => Patience::Theirs(reaction),
            _ => Patience::Ours(self.timeouts.unwrap_or_default().of(priority)),
        }
    }
}

/// How long a step waits for somebody to accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// So much of the time in which the desk works.
    Ours(Duration),
    /// So long by the clock: what an outside provider has promised does not depend on when the desk is open.
    Theirs(Duration),
}

impl Patience {
    /// When it has come to its end and people may be called.
    fn ends(self, terms: &Terms, priority: Priority, now: Timestamp) -> Timestamp {
        let end = match self {
            Self::Ours(span) => terms.add(priority, now, span),
            Self::Theirs(span) => now + span,
        };
        terms.on_duty(priority, end)
    }
}

/// How far the open escalation of a ticket has climbed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Climb {
    /// How many steps were taken.
    pub steps: i64,
    /// When the next one is due; `None` when there is none.
    pub next_at: Option<Timestamp>,
}

impl Climb {
    /// The step that was taken last.
    pub fn last(self, rule: &LadderRule) -> Option<Rung> {
        let last = usize::try_from(self.steps).ok()?.checked_sub(1)?;
        // A ladder that was made shorter meanwhile was climbed to its end.
        let rungs = rule.rungs();
        rungs.get(last).or(rungs.last()).copied()
    }

    /// The step that comes next.
    pub fn next(self, rule: &LadderRule) -> Option<Rung> {
        rule.rungs().get(usize::try_from(self.steps).ok()?).copied()
    }

    /// An escalation begins: its people are asked with it, or when they are next on duty.
    pub fn begin(rule: &LadderRule, terms: &Terms, priority: Priority, now: Timestamp) -> Self {
        match terms.on_duty(priority, now) {
            opening if opening > now => Self { steps: 0, next_at: Some(opening) },
            _ => Self::default().up(rule, terms, priority, now),
        }
    }

    /// The same people are asked anew, because whoever had accepted does not have it any more: its first step is due when
    /// they are on duty.
    pub fn anew(terms: &Terms, priority: Priority, now: Timestamp) -> Self {
        Self { steps: 0, next_at: Some(terms.on_duty(priority, now)) }
    }

    /// One step further, with the time of the next one, if there is one.
    #[must_use]
    pub fn up(self, rule: &LadderRule, terms: &Terms, priority: Priority, now: Timestamp) -> Self {
        let taken = Self { steps: self.steps + 1, next_at: None };
        let next = taken.next(rule);
        let next_at = next.map(|_| rule.patience(taken.steps, priority).ends(terms, priority, now));
        Self { next_at, ..taken }
    }

    /// The same with the next step no later than this priority allows from now on.
    #[must_use]
    pub fn hurried(self, rule: &LadderRule, terms: &Terms, priority: Priority, now: Timestamp) -> Self {
        let sooner = match self.steps {
            0 => terms.on_duty(priority, now),
            steps => rule.patience(steps, priority).ends(terms, priority, now),
        };
        Self { next_at: self.next_at.map(|next_at| next_at.min(sooner)), ..self }
    }

    /// The same under other hours or promises: the next step is no later than they allow from now on, and when people are
    /// on duty.
    #[must_use]
    pub fn moved(self, rule: &LadderRule, terms: &Terms, priority: Priority, now: Timestamp) -> Self {
        let hurried = self.hurried(rule, terms, priority, now);
        Self { next_at: hurried.next_at.map(|next_at| terms.on_duty(priority, next_at)), ..hurried }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::calendar::{Calendar, Range, Week};

    fn rule() -> impl Strategy<Value = LadderRule> {
        let timeouts = proptest::option::of(proptest::array::uniform4(1..=MINUTES_MAX).prop_map(Timeouts));
        let reaction = proptest::option::of((1..10_000_u64).prop_map(Duration::from_mins));
        (any::<bool>(), any::<bool>(), timeouts, reaction).prop_map(|(lead, next, timeouts, reaction)| {
            LadderRule {
                lead: lead.then_some(UserId(1)),
                next_role: next.then_some(RoleId(2)),
                timeouts,
                reaction,
            }
        })
    }

    #[test]
    fn four_times_are_read_and_nothing_else() {
        assert_eq!("5 15 60 240".parse(), Ok(Timeouts::default()));
        assert_eq!("5, 15,60/240".parse(), Ok(Timeouts::default()));
        for wrong in ["", "5", "5 15 60", "5 15 60 240 1", "0 1 1 1", "1 1 1 10081", "a b c d", "-1 1 1 1"] {
            assert_eq!(wrong.parse::<Timeouts>(), Err(NotFourTimes), "{wrong}");
        }
    }

    #[test]
    fn a_provider_has_the_time_it_promised_and_then_the_usual() {
        let rule = LadderRule { reaction: Some(Duration::from_hours(4)), ..LadderRule::default() };
        assert_eq!(rule.patience(1, Priority::P1), Patience::Theirs(Duration::from_hours(4)));
        assert_eq!(rule.patience(2, Priority::P1), Patience::Ours(Duration::from_mins(5)));
    }

    proptest! {
        #[test]
        fn times_are_read_as_they_are_written(minutes in proptest::array::uniform4(1..=MINUTES_MAX)) {
            prop_assert_eq!(Timeouts(minutes).to_string().parse(), Ok(Timeouts(minutes)));
        }

        #[test]
        fn other_hours_move_a_step_into_them_and_never_further_away(rule in rule(), level in 0..4_usize, steps in 0..6_i64,
            waited in 0..20_000_u64, now in 0..20_000_u64)
        {
            let (priority, start) = (Priority::ALL[level], Timestamp(1_800_000_000_000));
            let now = start + Duration::from_mins(now);
            let mut days: [Vec<Range>; 7] = Default::default();
            days[2].push(Range { from: 8 * 60, to: 16 * 60 });
            let hours = Some(Calendar::new(chrono_tz::Europe::Berlin, Week::new(days)));
            for terms in [Terms::default(), Terms { calendar: hours, ..Terms::default() }] {
                let climb = Climb { steps, next_at: Some(start + Duration::from_mins(waited)) };
                let moved = climb.moved(&rule, &terms, priority, now);
                let next_at = moved.next_at.unwrap();
                prop_assert_eq!(moved.steps, steps);
                prop_assert_eq!(terms.on_duty(priority, next_at), next_at);
                prop_assert!(next_at <= terms.on_duty(priority, climb.next_at.unwrap()));
                prop_assert_eq!(moved.moved(&rule, &terms, priority, now), moved, "the same again changes nothing");
                let ended = Climb { next_at: None, ..climb };
                prop_assert_eq!(ended.moved(&rule, &terms, priority, now), ended);
            }
        }

        #[test]
        fn every_step_is_taken_once_in_order_and_later_than_the_one_before(rule in rule(), level in 0..4_usize) {
            let (priority, mut now) = (Priority::ALL[level], Timestamp(0));
            let terms = Terms::default();
            let (mut climb, mut taken) = (Climb::default(), Vec::new());
            while let Some(rung) = climb.next(&rule) {
                taken.push(rung);
                climb = climb.up(&rule, &terms, priority, now);
                prop_assert_eq!(climb.last(&rule), Some(rung));
                prop_assert_eq!(climb.next_at.is_some(), climb.next(&rule).is_some());
                prop_assert!(climb.next_at.is_none_or(|next_at| next_at > now));
                now = climb.next_at.unwrap_or(now);
            }
            prop_assert_eq!(&taken, &rule.rungs());
            prop_assert_eq!(taken[0], Rung::Asked);
            prop_assert_eq!(taken.last(), Some(&Rung::Admin), "somebody is responsible at the end");
            let above = taken.iter().position(|rung| rung.direction() == Direction::Hierarchical).unwrap();
            prop_assert!(taken[above..].iter().all(|rung| rung.direction() == Direction::Hierarchical));
        }
    }
}
