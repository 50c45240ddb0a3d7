//! The piece of an article that fits a question, short enough for a chat message.
//!
//! A short article is shown whole. Of a long one, the section that holds most of the question's words is shown,
//! from the block on that fits best, and cut only between blocks or sentences. Words of the title do not count for
//! that: the whole article is about them, so a question that says no more than the title gets the beginning. Words that match are marked, whole.
//! Nothing here can fail.

use crate::domain::article::Article;
use crate::knowledge::answer::{Part, Passage};
use crate::knowledge::markdown::{self, Block, Inline, Section, Shape};
use crate::search::analysis::Cutter;
use crate::search::matcher::Matcher;

/// How much text a passage may have, in characters.
const MOST_CHARS: usize = 1_000;

/// A section shorter than this takes the following ones with it.
const SHORT_SECTION: usize = 350;

/// What a word in a heading counts beside one in the text.
const HEADING_WORTH: f32 = 1.5;

/// Words found with less certainty than this are not marked.
const LEAST_MARKED: f32 = 0.5;

/// The passage of an article that fits a question.
pub fn choose(article: &Article, matcher: &Matcher) -> Passage {
    let sections = markdown::sections(&article.body);
    let whole: usize = sections.iter().map(section_chars).sum();
    if whole <= MOST_CHARS {
        return compose(&sections, 0, 0, matcher);
    }
    let mut reader = Reader { matcher, cutter: Cutter::default() };
    let topic = reader.finds([article.title.as_str()], 1.0);
    let values: Vec<f32> =
        sections.iter().map(|section| section_value(section, &mut reader, &topic)).collect();
    let best = first_greatest(&values);
    let Some(section) = sections.get(best) else { return Passage::default() };
    let from_block =
        if section_chars(section) > MOST_CHARS { best_block(section, &mut reader, &topic) } else { 0 };
    compose(&sections, best, from_block, matcher)
}

/// From a block of a section on, as much as fits.
fn compose(sections: &[Section], from: usize, from_block: usize, matcher: &Matcher) -> Passage {
    let mut passage = Passage {
        heading: sections.get(from).and_then(|section| section.heading.clone()),
        ..Passage::default()
    };
    let mut room = MOST_CHARS;
    let mut taken = 0;
    let before = from > 0 || from_block > 0;
    for (number, section) in sections.iter().enumerate().skip(from) {
        let follows = number > from;
        if follows {
            let wanted = from == 0 || taken < SHORT_SECTION;
            // A heading with nothing of its section below it would promise what does not come.
            let begins = section.blocks.first().is_none_or(|first| block_chars(first) < room);
            if !wanted || !begins {
                passage.truncated = true;
                return passage;
            }
            passage.parts.extend(section.heading.clone().map(Part::Heading));
        }
        let skipped = if follows { 0 } else { from_block };
        for block in section.blocks.iter().skip(skipped) {
            let text = block_chars(block);
            if text > room {
                if taken == 0 {
                    add_block(&cut(block, room), matcher, &mut passage.parts);
                }
                passage.truncated = true;
                return passage;
            }
            add_block(block, matcher, &mut passage.parts);
            room -= text;
            taken += text;
        }
    }
    passage.truncated = before;
    passage
}

fn section_chars(section: &Section) -> usize {
    let heading = section.heading.as_ref().map_or(0, |heading| heading.chars().count());
    heading + section.blocks.iter().map(block_chars).sum::<usize>()
}

fn block_chars(block: &Block) -> usize {
    block.content.iter().map(|inline| inline.text().chars().count()).sum::<usize>() + 2
}

/// What a piece of text has of the question: for each of its words the best find. A question has few words.
#[derive(Default)]
struct Finds(Vec<(u8, f32)>);

impl Finds {
    fn add(&mut self, concept: u8, value: f32) {
        match self.0.iter_mut().find(|(known, _)| *known == concept) {
            Some((_, best)) => *best = best.max(value),
            None => self.0.push((concept, value)),
        }
    }

    fn has(&self, concept: u8) -> bool {
        self.0.iter().any(|(known, _)| *known == concept)
    }
}

/// Reads pieces of text for what they have of the question.
struct Reader<'a> {
    matcher: &'a Matcher,
    cutter: Cutter,
}

impl Reader<'_> {
    /// What stands in a text of several pieces.
    fn finds<'t>(&mut self, pieces: impl IntoIterator<Item = &'t str>, worth: f32) -> Finds {
        let mut finds = Finds::default();
        for piece in pieces {
            self.cutter.each(piece, |word| {
                if let Some(matched) = self.matcher.matches(&word.folded) {
                    finds.add(matched.concept, matched.value * worth);
                }
            });
        }
        finds
    }

    fn finds_in(&mut self, block: &Block) -> Finds {
        // Joined, because a word may be strong in part.
        match block.content.as_slice() {
            [only] => self.finds([only.text()], 1.0),
            _ => self.finds([block.text().as_str()], 1.0),
        }
    }
}

/// What all of these have together beyond the topic, each word once.
fn total<'a>(all: impl Iterator<Item = &'a Finds>, topic: &Finds) -> f32 {
    let mut best = Finds::default();
    for (concept, value) in all.flat_map(|finds| &finds.0).filter(|(concept, _)| !topic.has(*concept)) {
        best.add(*concept, *value);
    }
    best.0.iter().map(|(_, value)| value).sum()
}

/// What a section has of the question, each word once.
fn section_value(section: &Section, reader: &mut Reader<'_>, topic: &Finds) -> f32 {
    let heading = section.heading.as_deref();
    let mut all = vec![reader.finds(heading, HEADING_WORTH)];
    all.extend(section.blocks.iter().map(|block| reader.finds_in(block)));
    total(all.iter(), topic)
}

/// The first block of the stretch that has most of the question and fits into a passage.
fn best_block(section: &Section, reader: &mut Reader<'_>, topic: &Finds) -> usize {
    let all: Vec<(usize, Finds)> =
        section.blocks.iter().map(|block| (block_chars(block), reader.finds_in(block))).collect();
    let values: Vec<f32> = (0..all.len())
        .map(|start| {
            if all[start].1.0.is_empty() {
                return 0.0;
            }
            let mut room = MOST_CHARS;
            let fitting = all[start..].iter().take_while(|(chars, _)| {
                let fits = *chars <= room || room == MOST_CHARS;
                room = room.saturating_sub(*chars);
                fits
            });
            total(fitting.map(|(_, finds)| finds), topic)
        })
        .collect();
    first_greatest(&values)
}

fn first_greatest(values: &[f32]) -> usize {
    let mut best = 0;
    for (place, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = place;
        }
    }
    best
}

/// As much of a block as fits, up to the end of a sentence, else of a word.
fn cut(block: &Block, room: usize) -> Block {
    let mut left = room;
    let mut content = Vec::new();
    for inline in &block.content {
        let length = inline.text().chars().count();
        if length <= left {
            left -= length;
            content.push(inline.clone());
            continue;
        }
        match inline {
            Inline::Text(text) => content.push(Inline::Text(cut_text(text, left))),
            Inline::Code(text) if block.shape == Shape::Code => {
                content.push(Inline::Code(cut_text(text, left)));
            }
            _ => {}
        }
        break;
    }
    Block { shape: block.shape, content }
}

fn cut_text(text: &str, room: usize) -> String {
    let end = text.char_indices().nth(room).map_or(text.len(), |(end, _)| end);
    let head = &text[..end];
    let sentence = [". ", "! ", "? ", "\n"].iter().filter_map(|mark| head.rfind(mark)).max().map(|at| at + 1);
    let word = head.rfind(char::is_whitespace);
    // A sentence that ends far before the room does would lose too much.
    let end = sentence.filter(|at| *at >= head.len() / 2).or(word).unwrap_or(head.len());
    head[..end].trim_end().to_owned()
}

fn add_block(block: &Block, matcher: &Matcher, parts: &mut Vec<Part>) {
    match block.shape {
        Shape::Paragraph if parts.is_empty() => {}
        Shape::Paragraph => parts.push(Part::Paragraph),
        Shape::Item { depth, number: None } => parts.push(Part::Bullet(depth)),
        Shape::Item { depth, number: Some(number) } => parts.push(Part::Number { depth, number }),
        Shape::Code => {
            parts.push(Part::CodeBlock(block.text()));
            return;
        }
    }
    for inline in &block.content {
        match inline {
            Inline::Text(text) => mark(text, matcher, Part::Text, parts),
            Inline::Strong(text) => mark(text, matcher, Part::Strong, parts),
            Inline::Code(code) => parts.push(Part::Code(code.clone())),
            Inline::Link { label, url } => parts.push(Part::Link { label: label.clone(), url: url.clone() }),
            Inline::Break => parts.push(Part::LineBreak),
        }
    }
}

/// Text with the words that match the question set apart.
fn mark(text: &str, matcher: &Matcher, plain: fn(String) -> Part, parts: &mut Vec<Part>) {
    let mut done = 0;
    Cutter::default().each(text, |word| {
        let matched = matcher.matches(&word.folded).is_some_and(|matched| matched.worth >= LEAST_MARKED);
        if !matched || word.start < done {
            return;
        }
        if word.start > done {
            parts.push(plain(text[done..word.start].to_owned()));
        }
        parts.push(Part::Marked(text[word.start..word.end].to_owned()));
        done = word.end;
    });
    if done < text.len() {
        parts.push(plain(text[done..].to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_after_a_sentence_or_word() {
        assert_eq!(cut_text("One two. Three four. Five", 21), "One two. Three four.");
        assert_eq!(cut_text("Onetwothreefour five", 17), "Onetwothreefour");
        assert_eq!(cut_text("äöüäöü", 3), "äöü");
    }
}
