//! To whom an escalation probably belongs, from what a specialism says it serves and from who has solved such tickets.

use super::desk::Specialism;
use super::id::{CategoryId, SpecialismId};

/// How many of the latest solved tickets of a category are looked at.
pub const EVIDENCE_MAX: i64 = 200;

/// A specialism with what speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Which.
    pub specialism: SpecialismId,
    /// Whether it serves the ticket's category.
    pub serves: bool,
    /// How many tickets of that category it has solved lately.
    pub solved: i64,
}

impl Proposed {
    /// Whether anything speaks for it.
    pub const fn is_likely(&self) -> bool {
        self.serves || self.solved > 0
    }
}

/// All specialisms, the likeliest first: those that serve the category, then those that have solved such tickets, then
/// the rest as they are.
pub fn order(
    specialisms: &[Specialism],
    category: Option<CategoryId>,
    solved: &[(SpecialismId, i64)],
) -> Vec<Proposed> {
    let mut proposed: Vec<_> = specialisms
        .iter()
        .map(|specialism| Proposed {
            specialism: specialism.id,
            serves: category.is_some_and(|category| specialism.serves.contains(&category)),
            solved: solved.iter().find(|(id, _)| *id == specialism.id).map_or(0, |(_, count)| *count),
        })
        .collect();
    // Stable: what is alike stays in its order.
    proposed.sort_by_key(|proposed| (!proposed.serves, -proposed.solved));
    proposed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::id::RoleId;

    fn specialism(id: i64, serves: &[i64]) -> Specialism {
        Specialism {
            serves: serves.iter().map(|id| CategoryId(*id)).collect(),
            ..Specialism::new(SpecialismId(id), None, RoleId(id))
        }
    }

    fn ids(proposed: &[Proposed]) -> Vec<i64> {
        proposed.iter().map(|proposed| proposed.specialism.0).collect()
    }

    #[test]
    fn who_serves_comes_first_then_who_has_solved() {
        let all = [specialism(1, &[]), specialism(2, &[]), specialism(3, &[7]), specialism(4, &[7])];
        let solved = [(SpecialismId(2), 9), (SpecialismId(4), 1)];
        let proposed = order(&all, Some(CategoryId(7)), &solved);
        assert_eq!(ids(&proposed), [4, 3, 2, 1]);
        assert_eq!(proposed.iter().map(Proposed::is_likely).collect::<Vec<_>>(), [true, true, true, false]);
        assert_eq!(ids(&order(&all, None, &[])), [1, 2, 3, 4], "nothing known, nothing moved");
    }

    proptest! {
        #[test]
        fn nobody_is_lost_or_added(serving in proptest::collection::vec(proptest::collection::vec(1..4_i64, 0..3), 0..8),
            category in proptest::option::of((1..4_i64).prop_map(CategoryId)),
            solved in proptest::collection::vec(((0..9_i64).prop_map(SpecialismId), 1..50_i64), 0..6))
        {
            let all: Vec<_> =
                (0..).zip(&serving).map(|(id, serves): (i64, &Vec<i64>)| specialism(id, serves)).collect();
            let mut ids = ids(&order(&all, category, &solved));
            ids.sort_unstable();
            prop_assert_eq!(ids, all.iter().map(|specialism| specialism.id.0).collect::<Vec<_>>());
        }
    }
}
