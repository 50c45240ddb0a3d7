//! How the words of a question stand together in an article.
//!
//! Three views of the same places: all within a stretch of so many words, within one line or sentence, and next to
//! each other in the question's order. Pure functions over positions; they cannot fail.

use crate::search::index::BREAK_GAP;
use crate::search::plan::Concept;

/// Neighbours may have this many positions between them and still stand in order.
const NEIGHBOUR_DISTANCE: u32 = 2;

/// Where a word of the question stands in an article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The position.
    pub(crate) at: u32,
    /// The concept's place in the plan.
    pub(crate) concept: usize,
    /// How well it is found there, 0 to 1.
    pub(crate) worth: f32,
}

/// Sums what is found of each concept at its best.
struct Tally<'a> {
    concepts: &'a [Concept],
    strongest: Vec<f32>,
}

impl<'a> Tally<'a> {
    fn new(concepts: &'a [Concept]) -> Self {
        Self { concepts, strongest: vec![0.0; concepts.len()] }
    }

    /// The weighted and the plain sum over some places.
    fn of<'p>(&mut self, places: impl Iterator<Item = &'p Place> + Clone) -> (f32, f32) {
        let (mut weighted, mut plain) = (0.0, 0.0);
        for place in places.clone() {
            let strongest = &mut self.strongest[place.concept];
            if place.worth > *strongest {
                weighted += (place.worth - *strongest) * self.concepts[place.concept].worth();
                plain += place.worth - *strongest;
                *strongest = place.worth;
            }
        }
        for place in places {
            self.strongest[place.concept] = 0.0;
        }
        (weighted, plain)
    }
}

/// The most that is found within so many words. Stretches start at a word that carries meaning, if there is one.
pub(crate) fn closest(places: &[Place], concepts: &[Concept], width: u32) -> f32 {
    let all_little = places.iter().all(|place| concepts[place.concept].little);
    let mut tally = Tally::new(concepts);
    let mut best = 0.0_f32;
    for (start, first) in places.iter().enumerate() {
        if all_little || !concepts[first.concept].little {
            let within = places[start..].iter().take_while(|place| place.at - first.at < width);
            best = best.max(tally.of(within).0);
        }
    }
    best
}

/// The most that one line says of the question, less for what else it says. `lines` are the starts of all lines and
/// the end of the last one.
pub(crate) fn best_line(places: &[Place], lines: &[u32], concepts: &[Concept], precision: f32) -> f32 {
    let mut tally = Tally::new(concepts);
    let mut best = 0.0_f32;
    let mut rest = places;
    for line in lines.windows(2) {
        let (start, end) = (line[0], line[1]);
        rest = &rest[rest.partition_point(|place| place.at < start)..];
        let within = &rest[..rest.partition_point(|place| place.at < end)];
        if within.is_empty() {
            continue;
        }
        let (weighted, found) = tally.of(within.iter());
        if weighted <= best {
            continue;
        }
        let words = u16::try_from((end - start).saturating_sub(BREAK_GAP).max(1)).unwrap_or(u16::MAX);
        best = best.max(weighted * (found / f32::from(words)).min(1.0).powf(precision));
    }
    best
}

/// The weighted share of neighbours in the question that are neighbours in the article.
pub(crate) fn in_order(places: &[Place], concepts: &[Concept]) -> f32 {
    let mut found = vec![0.0_f32; concepts.len()];
    for (start, first) in places.iter().enumerate() {
        for second in places[start + 1..].iter().take_while(|place| place.at - first.at <= NEIGHBOUR_DISTANCE)
        {
            if second.concept == first.concept + 1 && second.at > first.at {
                found[second.concept] = found[second.concept].max(first.worth.min(second.worth));
            }
        }
    }
    share_of_pairs(concepts, |second| found[second])
}

/// The most that [`in_order`] can be, from how well each concept was found at all.
pub(crate) fn most_in_order(strength: &[f32], concepts: &[Concept]) -> f32 {
    share_of_pairs(concepts, |second| strength[second - 1].min(strength[second]))
}

/// What was found of each pair of neighbours, named by its second, over what all pairs are worth.
fn share_of_pairs(concepts: &[Concept], found: impl Fn(usize) -> f32) -> f32 {
    let (mut sum, mut all) = (0.0, 0.0);
    for second in 1..concepts.len() {
        let worth = concepts[second - 1].worth().min(concepts[second].worth());
        sum += worth * found(second);
        all += worth;
    }
    if all > 0.0 { sum / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concepts(count: usize) -> Vec<Concept> {
        (0..count).map(|number| Concept::for_test(&format!("w{number}"))).collect()
    }

    fn places(positions: &[(u32, usize)]) -> Vec<Place> {
        positions.iter().map(|(at, concept)| Place { at: *at, concept: *concept, worth: 1.0 }).collect()
    }

    #[test]
    fn words_far_apart_are_not_close() {
        let concepts = concepts(3);
        let scattered = places(&[(0, 0), (40, 1), (42, 2), (90, 0)]);
        assert!((closest(&scattered, &concepts, 10) - 2.0).abs() < 1e-6);
        assert!((closest(&scattered, &concepts, 100) - 3.0).abs() < 1e-6);
    }

    #[test]
    fn a_line_that_says_just_this_is_the_best() {
        let concepts = concepts(2);
        let found = places(&[(0, 0), (1, 1), (20, 0), (25, 1)]);
        let short_first = best_line(&found, &[0, 2 + BREAK_GAP, 60], &concepts, 0.5);
        assert!((short_first - 2.0).abs() < 1e-6);
        let long_only = best_line(&found[2..], &[0, 2 + BREAK_GAP, 60], &concepts, 0.5);
        assert!(long_only < 1.0);
    }

    #[test]
    fn order_is_the_questions() {
        let concepts = concepts(3);
        assert!((in_order(&places(&[(0, 0), (1, 1), (2, 2)]), &concepts) - 1.0).abs() < 1e-6);
        assert!((in_order(&places(&[(0, 1), (1, 0)]), &concepts)).abs() < 1e-6);
    }
}
