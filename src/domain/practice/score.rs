//! How well a practice ticket was done.
//!
//! What the scenario expects is compared with what was done. One's own tone is judged by oneself, so it is shown beside
//! the points and is no part of them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Attempt, Ending, same};

/// Whoever does something within this time was quick.
pub const RESPONSE_GOOD: Duration = Duration::from_mins(5);
/// Whoever takes longer than this was slow.
const RESPONSE_FAIR: Duration = Duration::from_mins(15);

/// What one part of it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As expected.
    Right,
    /// Nearly.
    Partly,
    /// Not as expected, or not at all.
    Wrong,
}

impl Verdict {
    const fn percent(self) -> u32 {
        match self {
            Self::Right => 100,
            Self::Partly => 50,
            Self::Wrong => 0,
        }
    }
}

/// What somebody can be good at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skill {
    /// Answering soon.
    Response,
    /// Finding the article.
    Article,
    /// Seeing what it is about.
    Category,
    /// Knowing what to solve and what to hand over, and to whom.
    Escalation,
    /// Being friendly and clear, in one's own eyes.
    Tone,
}

impl Skill {
    /// All of them, those that weigh most first.
    pub const ALL: [Self; 5] = [Self::Escalation, Self::Article, Self::Response, Self::Category, Self::Tone];

    const fn weight(self) -> u32 {
        match self {
            Self::Escalation | Self::Article => 30,
            Self::Response | Self::Category => 20,
            Self::Tone => 0,
        }
    }
}

/// What a practice ticket comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// How long it took until something was done.
    pub response_time: Duration,
    /// Whether that was soon.
    pub response: Verdict,
    /// Whether the article was right; none when no article helps.
    pub article: Option<Verdict>,
    /// Whether the category was right.
    pub category: Verdict,
    /// Whether it was rightly solved, or handed over to the right people.
    pub escalation: Verdict,
    /// How many of the questions about one's own tone were answered with yes.
    pub kept: usize,
    /// How many there were.
    pub of: usize,
}

impl Score {
    /// What a skill comes to, in percent; none when it was not needed.
    pub fn percent(&self, skill: Skill) -> Option<u32> {
        match skill {
            Skill::Response => Some(self.response.percent()),
            Skill::Article => self.article.map(Verdict::percent),
            Skill::Category => Some(self.category.percent()),
            Skill::Escalation => Some(self.escalation.percent()),
            Skill::Tone => {
                let percent = |kept: usize| u32::try_from(kept * 100 / self.of).unwrap_or(100);
                (self.of > 0).then(|| percent(self.kept.min(self.of)))
            }
        }
    }

    /// Out of 100: the mean of what was needed, by its weight.
    pub fn points(&self) -> u32 {
        let needed = Skill::ALL.into_iter().filter_map(|skill| Some((skill.weight(), self.percent(skill)?)));
        let (weights, sum) = needed
            .fold((0, 0), |(weights, sum), (weight, percent)| (weights + weight, sum + weight * percent));
        (sum + weights / 2) / weights.max(1)
    }
}

/// Scores an attempt that was ended like this.
pub(super) fn score(attempt: &Attempt, ending: &Ending, kept: usize) -> Score {
    let scenario = &attempt.scenario;
    let seen = attempt.shown_at.unwrap_or(attempt.started_at);
    let response_time = attempt.first_action_at.map_or(Duration::ZERO, |first| first.since(seen));
    let response = match response_time {
        time if time <= RESPONSE_GOOD => Verdict::Right,
        time if time <= RESPONSE_FAIR => Verdict::Partly,
        _ => Verdict::Wrong,
    };
    let right = |is_right| if is_right { Verdict::Right } else { Verdict::Wrong };
    let chosen = attempt.article.as_ref();
    let article = right(chosen.is_some_and(|chosen| scenario.articles.contains(&chosen.article)));
    let category = attempt.category.as_ref();
    Score {
        response_time,
        response,
        article: (!scenario.articles.is_empty()).then_some(article),
        category: right(category.is_some_and(|category| same(category, &scenario.category))),
        escalation: match (ending, &scenario.escalation) {
            (Ending::Resolved, None) => Verdict::Right,
            (Ending::Escalated { to }, Some(expected)) if same(to, expected) => Verdict::Right,
            (Ending::Escalated { .. }, Some(_)) => Verdict::Partly,
            (Ending::Resolved, Some(_)) | (Ending::Escalated { .. }, None) => Verdict::Wrong,
        },
        kept,
        of: scenario.tone.len(),
    }
}
