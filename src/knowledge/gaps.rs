//! Questions that nothing answered, grouped by likeness: what is worth writing about.

use crate::domain::article::Language;
use crate::knowledge::likeness::Texts;

/// From here on two questions are about the same thing.
const ALIKE: f32 = 0.45;

/// Groups questions by likeness. Each is the place of a question that stands for its group, followed by those like it;
/// a question is in one group alone, and earlier ones stand for later ones.
pub fn group<'a>(questions: impl Iterator<Item = (&'a str, Language)>) -> Vec<Vec<usize>> {
    let texts = Texts::new(questions);
    let mut grouped = vec![false; texts.len()];
    let mut groups = Vec::new();
    for question in 0..texts.len() {
        if grouped[question] {
            continue;
        }
        grouped[question] = true;
        let mut group = vec![question];
        for (other, likeness) in texts.like_own(question) {
            if likeness >= ALIKE && !grouped[other] {
                grouped[other] = true;
                group.push(other);
            }
        }
        groups.push(group);
    }
    groups
}

/// Which of the further texts is about the same as the first, counted from 0 after it: the most alike, if any is.
pub fn alike_with_first<'a>(texts: impl Iterator<Item = (&'a str, Language)>) -> Option<usize> {
    let texts = Texts::new(texts);
    if texts.is_empty() {
        return None;
    }
    let others = texts.like_own(0).into_iter().filter(|(text, likeness)| *text > 0 && *likeness >= ALIKE);
    others.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(text, _)| text - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_alike_is_together() {
        let questions = [
            "how do I get a parking space",
            "the coffee machine is broken",
            "where can I get a parking space?",
            "coffee machine broken again",
            "parking spaces",
            "kann ich einen parkplatz bekommen",
        ];
        let groups = group(questions.iter().map(|question| (*question, Language::En)));
        assert_eq!(groups, [vec![0, 2, 4], vec![1, 3], vec![5]]);
    }

    proptest! {
        #[test]
        fn every_question_is_in_one_group(questions in proptest::collection::vec("\\PC{0,30}", 0..30)) {
            let groups = group(questions.iter().map(|question| (question.as_str(), Language::De)));
            let mut members: Vec<usize> = groups.into_iter().flatten().collect();
            members.sort_unstable();
            prop_assert_eq!(members, (0..questions.len()).collect::<Vec<_>>());
        }
    }
}
