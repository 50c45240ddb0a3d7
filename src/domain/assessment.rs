//! How urgent a ticket is, from whom it affects and how badly, and whose word on it counts.

use super::ticket::Priority;

/// How many people it affects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// Many, or the whole company.
    Many,
    /// A team.
    Team,
    /// One person.
    One,
}

/// How badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Work stands still.
    High,
    /// Work is harder than it should be.
    Normal,
    /// It can wait.
    Low,
}

impl Impact {
    /// All of them, the widest first.
    pub const ALL: [Self; 3] = [Self::Many, Self::Team, Self::One];

    /// As selects carry and the database stores it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Many => "many",
            Self::Team => "team",
            Self::One => "one",
        }
    }

    /// The reverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|impact| impact.code() == code)
    }
}

impl Urgency {
    /// All of them, the worst first.
    pub const ALL: [Self; 3] = [Self::High, Self::Normal, Self::Low];

    /// As selects carry and the database stores it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }

    /// The reverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|urgency| urgency.code() == code)
    }
}

/// Who has decided something about a ticket last. What staff decided, its requester does not change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecidedBy {
    /// A rule of the desk.
    #[default]
    Desk,
    /// The requester.
    Requester,
    /// Staff.
    Staff,
}

impl DecidedBy {
    const ALL: [Self; 3] = [Self::Desk, Self::Requester, Self::Staff];

    /// As the database stores it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Requester => "requester",
            Self::Staff => "staff",
        }
    }

    /// The reverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }
}

/// What is known about how urgent a ticket is, beside its priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// How many people it affects, once somebody said so.
    pub impact: Option<Impact>,
    /// How badly, once somebody said so.
    pub urgency: Option<Urgency>,
    /// Whether its requester is one of those whose tickets are one level up.
    pub vip: bool,
    /// Whose word the priority is.
    pub priority_by: DecidedBy,
    /// Whose word the category is.
    pub category_by: DecidedBy,
}

impl Assessment {
    /// The priority that follows. What nobody has said yet counts as the usual: one person, hindered. A category that
    /// is always urgent stays so, whatever is said.
    pub fn priority(&self, of_category: Option<Priority>) -> Priority {
        let is_said = self.impact.is_some() || self.urgency.is_some();
        let said = matrix(self.impact.unwrap_or(Impact::One), self.urgency.unwrap_or(Urgency::Normal));
        let priority = match of_category {
            Some(usual) if is_said => usual.min(said),
            Some(usual) => usual,
            None => said,
        };
        if self.vip { raised(priority) } else { priority }
    }
}

/// Priority from impact and urgency.
pub const fn matrix(impact: Impact, urgency: Urgency) -> Priority {
    match (impact, urgency) {
        (Impact::Many, Urgency::High) => Priority::P1,
        (Impact::Many, Urgency::Normal) | (Impact::Team | Impact::One, Urgency::High) => Priority::P2,
        (Impact::Many, Urgency::Low) | (Impact::Team | Impact::One, Urgency::Normal) => Priority::P3,
        (Impact::Team | Impact::One, Urgency::Low) => Priority::P4,
    }
}

/// One level up.
const fn raised(priority: Priority) -> Priority {
    match priority {
        Priority::P1 | Priority::P2 => Priority::P1,
        Priority::P3 => Priority::P2,
        Priority::P4 => Priority::P3,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn assessment() -> impl Strategy<Value = Assessment> {
        let impact = proptest::option::of((0..3_usize).prop_map(|index| Impact::ALL[index]));
        let urgency = proptest::option::of((0..3_usize).prop_map(|index| Urgency::ALL[index]));
        (impact, urgency, any::<bool>()).prop_map(|(impact, urgency, vip)| Assessment {
            impact,
            urgency,
            vip,
            ..Assessment::default()
        })
    }

    fn usual() -> impl Strategy<Value = Option<Priority>> {
        proptest::option::of((0..4_usize).prop_map(|index| Priority::ALL[index]))
    }

    #[test]
    fn the_matrix_as_the_readme_shows_it() {
        let rows = Impact::ALL.map(|impact| Urgency::ALL.map(|urgency| matrix(impact, urgency).code()));
        assert_eq!(rows, [["P1", "P2", "P3"], ["P2", "P3", "P4"], ["P2", "P3", "P4"]]);
    }

    #[test]
    fn nothing_said_is_the_usual() {
        assert_eq!(Assessment::default().priority(None), Priority::default());
        assert_eq!(Assessment::default().priority(Some(Priority::P4)), Priority::P4);
    }

    proptest! {
        #[test]
        fn worse_is_never_less_urgent(said in assessment(), usual in usual()) {
            let priority = said.priority(usual);
            for impact in Impact::ALL.into_iter().filter(|wider| Some(*wider) <= said.impact) {
                let worse = Assessment { impact: Some(impact), ..said }.priority(usual);
                prop_assert!(worse <= priority);
            }
            for urgency in Urgency::ALL.into_iter().filter(|worse| Some(*worse) <= said.urgency) {
                let worse = Assessment { urgency: Some(urgency), ..said }.priority(usual);
                prop_assert!(worse <= priority);
            }
        }

        #[test]
        fn the_rule_lifts_by_one_level_at_most_and_never_lowers(said in assessment(), usual in usual()) {
            let [plain, lifted] = [false, true].map(|vip| Assessment { vip, ..said }.priority(usual));
            let levels = |priority: Priority| Priority::ALL.iter().position(|one| *one == priority).unwrap();
            let expected = levels(plain).saturating_sub(1);
            prop_assert_eq!(levels(lifted), expected);
        }

        #[test]
        fn an_urgent_category_stays_urgent_whatever_is_said(said in assessment(), usual in usual()) {
            if let Some(usual) = usual && (said.impact.is_some() || said.urgency.is_some()) {
                prop_assert!(said.priority(Some(usual)) <= usual);
            }
        }
    }
}
