//! What people and articles wrote, as Discord's Markdown that cannot break out of where it stands.
//!
//! Escaping takes away the meaning of every sign that formats, quotes, mentions, or hides an address behind other
//! words. Plain addresses stay as they are, because people send them to be followed. Signs that turn the direction of
//! the text around them are dropped.

use url::Url;

use crate::knowledge::answer::{Part, Passage};

const ELLIPSIS: char = '…';

/// Text of any number of lines.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            escaped.push('\n');
        }
        escape_line(line, &mut escaped);
    }
    escaped
}

/// Text as one line, however many it had.
pub(super) fn escape_one_line(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    escape_line(&text.split_whitespace().collect::<Vec<_>>().join(" "), &mut escaped);
    escaped
}

fn escape_line(line: &str, escaped: &mut String) {
    let begin = line.trim_start();
    escaped.push_str(&line[..line.len() - begin.len()]);
    let body = match begin.chars().next() {
        // Headings, small print and lists begin a line with these.
        Some(sign @ ('#' | '-' | '+')) => {
            escaped.push('\\');
            escaped.push(sign);
            &begin[1..]
        }
        Some('0'..='9') => {
            let digits = begin.trim_start_matches(|character: char| character.is_ascii_digit());
            escaped.push_str(&begin[..begin.len() - digits.len()]);
            match digits.strip_prefix('.') {
                Some(rest) => {
                    escaped.push_str("\\.");
                    rest
                }
                None => digits,
            }
        }
        _ => begin,
    };
    for word in body.split_inclusive(char::is_whitespace) {
        if is_plain_address(word.trim_end()) {
            escaped.push_str(word);
        } else {
            escape_word(word, escaped);
        }
    }
}

fn escape_word(word: &str, escaped: &mut String) {
    for (index, character) in word.char_indices() {
        match character {
            '\\' | '*' | '_' | '~' | '|' | '`' | '[' | ']' | '<' | '>' => escaped.extend(['\\', character]),
            '@' => {
                escaped.push('@');
                let rest = &word[index + 1..];
                // Shown as a mention even where it notifies nobody; an invisible sign between keeps it plain.
                if rest.starts_with("everyone") || rest.starts_with("here") {
                    escaped.push('\u{200B}');
                }
            }
            _ if is_disorderly(character) => {}
            _ => escaped.push(character),
        }
    }
}

/// Control characters, and those that change the direction of what follows beyond their own text.
fn is_disorderly(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || (character.is_control() && !character.is_whitespace())
}

/// An address that Discord makes a link of as it stands, with no sign in it that could end or hide it.
fn is_plain_address(word: &str) -> bool {
    let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && rest.chars().all(|character| {
                character.is_ascii_alphanumeric() || "-._~:/?#@!$&'+,;=%".contains(character)
            })
    })
}

/// Without what would disturb the text around it, for places that show text as it is.
pub(crate) fn orderly(text: &str) -> String {
    text.chars().filter(|character| !is_disorderly(*character)).collect()
}

/// At most `max` characters, with an ellipsis in place of what is missing; orderly.
pub(super) fn cut(text: &str, max: usize) -> String {
    let text = orderly(text);
    if text.chars().count() <= max {
        return text;
    }
    let mut kept: String = text.chars().take(max.saturating_sub(1)).collect();
    // An escape without the sign it escapes would take the ellipsis instead.
    let escapes = kept.chars().rev().take_while(|character| *character == '\\').count();
    if escapes % 2 == 1 {
        kept.pop();
    }
    kept.truncate(kept.trim_end().len());
    kept.push(ELLIPSIS);
    kept
}

/// A link whose address can be trusted to be one; only its words when it is not http(s).
pub(super) fn link(label: &str, address: &str) -> String {
    let label = escape_one_line(label);
    match Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            // The signs that would end the link early are rare in addresses, and have a form that does not.
            let url = url.as_str().replace('<', "%3C").replace('>', "%3E").replace(')', "%29");
            format!("[{label}](<{url}>)")
        }
        _ => label,
    }
}

/// Code within a line.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if text.contains('`') {
        format!("`` {} ``", text.replace("``", "`\u{200B}`"))
    } else {
        format!("`{text}`")
    }
}

fn code_block(text: &str) -> String {
    format!("```\n{}\n```", text.replace("```", "`\u{200B}``").trim_end())
}

/// A whole article in Markdown of its own, at most `max` characters; code that is cut is still closed.
pub(super) fn article(body: &str, max: usize) -> String {
    const FENCE: &str = "```";
    let shown = cut(body, max.saturating_sub(FENCE.len() + 1));
    if shown.matches(FENCE).count() % 2 == 1 { format!("{shown}\n{FENCE}") } else { shown }
}

/// A passage of an article, at most `max` characters, never cut within code or a link.
pub(super) fn passage(passage: &Passage, max: usize) -> String {
    let mut page = Page { text: String::new(), max };
    for part in &passage.parts {
        if !page.add(part) {
            return page.text;
        }
    }
    if passage.truncated && !page.text.ends_with(ELLIPSIS) {
        page.text.truncate(page.text.trim_end().len());
        page.text.push_str(" …");
    }
    page.text
}

struct Page {
    text: String,
    max: usize,
}

impl Page {
    /// Adds a part. `false` when it did not fit, and the page is full.
    fn add(&mut self, part: &Part) -> bool {
        match part {
            Part::Text(text) => self.words(text, ""),
            Part::Marked(text) => self.words(text, "**"),
            // Not bold: that is what shows the words of the question.
            Part::Strong(text) => self.words(text, "*"),
            Part::Code(text) => self.whole(&code(text)),
            Part::CodeBlock(text) => {
                self.begin_line();
                self.whole(&code_block(text)) && self.whole("\n")
            }
            Part::Link { label, url } => self.whole(&link(label, url)),
            Part::LineBreak => self.whole("\n"),
            Part::Paragraph => {
                self.begin_line();
                self.text.is_empty() || self.whole("\n")
            }
            Part::Heading(text) => {
                self.begin_line();
                self.words(text, "__") && self.whole("\n")
            }
            Part::Bullet(depth) => {
                self.begin_line();
                self.whole(&format!("{}- ", "  ".repeat(usize::from(*depth).min(4))))
            }
            Part::Number { depth, number } => {
                self.begin_line();
                self.whole(&format!("{}{number}. ", "   ".repeat(usize::from(*depth).min(4))))
            }
        }
    }

    fn begin_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Room for more, with three characters kept for an ellipsis.
    fn room(&self) -> usize {
        self.max.saturating_sub(self.text.chars().count() + 3)
    }

    fn whole(&mut self, markdown: &str) -> bool {
        if markdown.chars().count() > self.room() {
            self.text.truncate(self.text.trim_end().len());
            self.text.push_str(" …");
            return false;
        }
        self.text.push_str(markdown);
        true
    }

    fn words(&mut self, text: &str, around: &str) -> bool {
        // Blanks inside of the marks would keep Discord from reading them as marks.
        let inner = text.trim();
        if inner.is_empty() {
            return self.whole(text);
        }
        let begin = &text[..text.len() - text.trim_start().len()];
        let end = &text[text.trim_end().len()..];
        let escaped = escape(inner);
        let room = self.room().saturating_sub(2 * around.len() + begin.len() + end.len());
        let fits = escaped.chars().count() <= room;
        if !fits && room < 20 {
            return self.whole(&escaped);
        }
        let shown = cut(&escaped, room);
        self.text.extend([begin, around, &shown, around]);
        if fits {
            self.text.push_str(end);
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_formats_mentions_or_hides_an_address_is_taken_its_meaning() {
        for (said, shown) in [
            (
                "**bold** _it_ ~~no~~ ||spoiler||",
                "\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\|\\|spoiler\\|\\|",
            ),
            ("```code```", "\\`\\`\\`code\\`\\`\\`"),
            ("<@123> <@&4> <#5> <t:0:R>", "\\<@123\\> \\<@&4\\> \\<#5\\> \\<t:0:R\\>"),
            ("@everyone @here @ana", "@\u{200B}everyone @\u{200B}here @ana"),
            ("[click](https://evil.example)", "\\[click\\](https://evil.example)"),
            ("# big\n- item\n1. one\n> quote", "\\# big\n\\- item\n1\\. one\n\\> quote"),
            ("C:\\temp", "C:\\\\temp"),
            ("see https://wiki.example/a_b_c now", "see https://wiki.example/a_b_c now"),
            ("https://wiki.example/a)[b](c", "https://wiki.example/a)\\[b\\](c"),
            ("turn \u{202E}around\u{2066}", "turn around"),
            ("10 printers, 3.5 hours", "10 printers, 3.5 hours"),
        ] {
            assert_eq!(escape(said), shown);
        }
    }

    #[test]
    fn a_cut_takes_no_escape_apart() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdef", 5), "abcd…");
        assert_eq!(cut(&escape("ab*cd"), 4), "ab…");
        assert_eq!(cut("ab cdef", 4), "ab…");
    }

    #[test]
    fn links_are_http_or_words() {
        assert_eq!(link("a [b]", "https://x.example/p?q=1"), "[a \\[b\\]](<https://x.example/p?q=1>)");
        assert_eq!(link("a", "javascript:alert(1)"), "a");
        assert_eq!(link("a", "https://x.example/a)b>c"), "[a](<https://x.example/a%29b%3Ec>)");
    }

    fn shown(parts: Vec<Part>, truncated: bool, max: usize) -> String {
        passage(&Passage { heading: None, parts, truncated }, max)
    }

    #[test]
    fn a_passage_is_discords_markdown() {
        let parts = vec![
            Part::Text("Restart the ".to_owned()),
            Part::Marked("VPN".to_owned()),
            Part::Text(" client:".to_owned()),
            Part::Number { depth: 0, number: 1 },
            Part::Text("Quit it *completely*".to_owned()),
            Part::Number { depth: 0, number: 2 },
            Part::Text("Run ".to_owned()),
            Part::Code("vpn --reset".to_owned()),
            Part::Bullet(1),
            Part::Text("see the ".to_owned()),
            Part::Link { label: "wiki".to_owned(), url: "https://wiki.example/vpn".to_owned() },
            Part::CodeBlock("line 1\n```\nline 2".to_owned()),
        ];
        insta::assert_snapshot!(shown(parts, true, 1000).replace('\u{200B}', "{zwsp}"), @r"
        Restart the **VPN** client:
        1. Quit it \*completely\*
        2. Run `vpn --reset`
          - see the [wiki](<https://wiki.example/vpn>)
        ```
        line 1
        `{zwsp}``
        line 2
        ``` …
        ");
    }

    #[test]
    fn an_article_that_is_cut_in_its_code_is_closed() {
        assert_eq!(article("Run:\n```\nline 1\nline 2\n```", 21), "Run:\n```\nline 1…\n```");
        assert_eq!(article("Run `x`.", 21), "Run `x`.");
    }

    #[test]
    fn a_full_page_ends_between_parts_or_within_words() {
        let code = Part::Code("0123456789".to_owned());
        assert_eq!(shown(vec![Part::Text("Use ".to_owned()), code], false, 12), "Use …");
        let long = Part::Text("word ".repeat(50));
        let cut = shown(vec![long], false, 60);
        assert!(cut.ends_with('…') && cut.chars().count() <= 60, "{cut}");
    }

    proptest! {
        #[test]
        fn no_text_breaks_out(said in "\\PC{0,200}") {
            let shown = escape(&said);
            prop_assert!(!shown.contains("@everyone") && !shown.contains("@here"));
            let mut before = None;
            for character in shown.chars() {
                if matches!(character, '<' | '[' | '`' | '|') {
                    prop_assert_eq!(before, Some('\\'), "{} in {}", character, shown);
                }
                // An escaped backslash escapes nothing.
                before = if before == Some('\\') && character == '\\' { None } else { Some(character) };
            }
        }

        #[test]
        fn a_page_is_never_longer_than_it_may_be(said in "\\PC{0,300}", max in 30_usize..200) {
            let parts = vec![Part::Text(said.clone()), Part::Code(said.clone()), Part::Marked(said)];
            prop_assert!(shown(parts, true, max).chars().count() <= max);
        }
    }
}
