//! Markdown into sections of blocks that can be measured, cut and shown anywhere.
//!
//! What a chat cannot show becomes text: tables one row a line, pictures their description. HTML is dropped. Links
//! survive only with an `http` or `https` address. Any text is valid Markdown, so nothing fails.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A heading and what stands under it, up to the next heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading; none before the first one.
    pub heading: Option<String>,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// A paragraph, list item or piece of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub shape: Shape,
    /// Its text.
    pub content: Vec<Inline>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Running text.
    Paragraph,
    /// An item of a list, at a depth counted from 0.
    Item {
        /// How many lists it lies within, beyond the first.
        depth: u8,
        /// Its number in a numbered list.
        number: Option<u64>,
    },
    /// Lines of code.
    Code,
}

/// A piece of a block's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Emphasised text.
    Strong(String),
    /// Code within a line.
    Code(String),
    /// A link.
    Link {
        /// Its text.
        label: String,
        /// Its address, `http` or `https`.
        url: String,
    },
    /// A new line.
    Break,
}

impl Inline {
    /// The text a person reads.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Strong(text) | Self::Code(text) | Self::Link { label: text, .. } => text,
            Self::Break => "\n",
        }
    }
}

impl Block {
    /// The text a person reads.
    pub fn text(&self) -> String {
        self.content.iter().map(Inline::text).collect()
    }
}

/// The sections of a Markdown text, in order.
pub fn sections(markdown: &str) -> Vec<Section> {
    let mut reader = Reader { sections: vec![Section::default()], ..Reader::default() };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        reader.event(event);
    }
    reader.end_block();
    reader.sections.retain(|section| section.heading.is_some() || !section.blocks.is_empty());
    reader.sections
}

#[derive(Default)]
struct Reader {
    sections: Vec<Section>,
    block: Option<Block>,
    /// The next number of each open list; none for bullets.
    lists: Vec<Option<u64>>,
    strong: usize,
    link: Option<(String, String)>,
    heading: Option<String>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => match &mut self.heading {
                Some(heading) => heading.push_str(&code),
                None => self.push(Inline::Code(code.into_string())),
            },
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.push(Inline::Break),
            Event::Rule => self.end_block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.end_block();
                self.heading = Some(String::new());
            }
            Tag::Paragraph => match &self.block {
                // A further paragraph of the same list item.
                Some(block) if !block.content.is_empty() => self.push(Inline::Break),
                Some(_) => {}
                None => self.begin(Shape::Paragraph),
            },
            Tag::CodeBlock(_) => self.begin(Shape::Code),
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_block();
                let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
                let number = self.lists.last_mut().and_then(|next| {
                    let number = (*next)?;
                    *next = Some(number.saturating_add(1));
                    Some(number)
                });
                self.begin(Shape::Item { depth, number });
            }
            Tag::TableHead | Tag::TableRow => self.begin(Shape::Paragraph),
            Tag::TableCell if self.block.as_ref().is_some_and(|block| !block.content.is_empty()) => {
                self.text(" | ");
            }
            Tag::Strong | Tag::Emphasis => self.strong += 1,
            Tag::Link { dest_url, .. } => self.link = Some((String::new(), dest_url.into_string())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let heading = self.heading.take().map(|text| text.trim().to_owned());
                self.sections.push(Section { heading, blocks: Vec::new() });
            }
            TagEnd::Paragraph if self.lists.is_empty() => self.end_block(),
            TagEnd::CodeBlock | TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => self.end_block(),
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::Strong | TagEnd::Emphasis => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => self.end_link(),
            _ => {}
        }
    }

    fn end_link(&mut self) {
        let Some((label, url)) = self.link.take() else { return };
        let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let safe = matches!(scheme.as_deref(), Some("http" | "https")) && !url.contains(char::is_whitespace);
        match (safe, label.is_empty()) {
            (true, true) => self.push(Inline::Link { label: url.clone(), url }),
            (true, false) => self.push(Inline::Link { label, url }),
            (false, _) => self.push(Inline::Text(label)),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        } else if let Some((label, _)) = &mut self.link {
            label.push_str(text);
        } else if self.strong > 0 {
            self.push(Inline::Strong(text.to_owned()));
        } else {
            self.push(Inline::Text(text.to_owned()));
        }
    }

    fn push(&mut self, inline: Inline) {
        let block = self.block.get_or_insert_with(|| Block { shape: Shape::Paragraph, content: Vec::new() });
        match (block.content.last_mut(), &inline) {
            (Some(Inline::Text(before)), Inline::Text(text))
            | (Some(Inline::Strong(before)), Inline::Strong(text)) => before.push_str(text),
            _ => block.content.push(inline),
        }
    }

    fn begin(&mut self, shape: Shape) {
        self.end_block();
        self.block = Some(Block { shape, content: Vec::new() });
    }

    fn end_block(&mut self) {
        let Some(mut block) = self.block.take() else { return };
        if let (Shape::Code, Some(Inline::Text(code))) = (block.shape, block.content.last_mut()) {
            code.truncate(code.trim_end().len());
        }
        let is_empty = block.content.iter().all(|inline| inline.text().trim().is_empty());
        if let (false, Some(section)) = (is_empty, self.sections.last_mut()) {
            section.blocks.push(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_survives() {
        let sections = sections(
            "Intro **now**.\n\n## Steps\n\n1. Open [the page](https://x.example).\n2. Type `ping`\n   - or not\n\n\
             ```\ncode\n```\n[bad](javascript:alert(1))\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        );
        assert_eq!(sections.len(), 2);
        let shapes: Vec<Shape> = sections[1].blocks.iter().map(|block| block.shape).collect();
        let item = |depth, number| Shape::Item { depth, number };
        assert_eq!(
            shapes,
            [
                item(0, Some(1)),
                item(0, Some(2)),
                item(1, None),
                Shape::Code,
                Shape::Paragraph,
                Shape::Paragraph,
                Shape::Paragraph
            ]
        );
        assert_eq!(sections[1].blocks[4].content, [Inline::Text("bad".to_owned())]);
        assert_eq!(sections[1].blocks[6].text(), "1 | 2");
    }
}
