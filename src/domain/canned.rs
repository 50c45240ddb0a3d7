//! A reply that is ready before anybody asks, with places for what differs from ticket to ticket.

use super::article::Language;

/// A prepared reply in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannedReply {
    /// What it is called by, the same in every language.
    pub name: String,
    /// Its language.
    pub language: Language,
    /// What staff pick it by.
    pub title: String,
    /// The text, Markdown, with placeholders such as `{requester}`.
    pub text: String,
}

/// A place that is filled in for each ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// Whose ticket it is.
    Requester,
    /// Who answers.
    Agent,
    /// The ticket's number.
    Number,
    /// What the ticket is about.
    Subject,
}

impl Placeholder {
    /// All of them, with their names in a text.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Requester, "requester"),
        (Self::Agent, "agent"),
        (Self::Number, "number"),
        (Self::Subject, "subject"),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(placeholder, _)| placeholder)
    }
}

/// A placeholder that nothing fills in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no placeholder {{{name}}}")]
pub struct UnknownPlaceholder {
    /// Its name.
    pub name: String,
    /// Where it begins in the text, in bytes.
    pub at: usize,
}

/// A text with its placeholders filled in. A brace that encloses no name is text like any other.
pub fn fill(text: &str, value: impl Fn(Placeholder) -> String) -> Result<String, UnknownPlaceholder> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(name) = enclosed_name(rest) else {
            filled.push('{');
            rest = &rest[1..];
            continue;
        };
        let placeholder = Placeholder::named(name)
            .ok_or_else(|| UnknownPlaceholder { name: name.to_owned(), at: text.len() - rest.len() })?;
        filled.push_str(&value(placeholder));
        rest = &rest[name.len() + 2..];
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The name in the braces with which a text begins.
fn enclosed_name(text: &str) -> Option<&str> {
    let name = &text[1..text.find('}')?];
    let is_name = !name.is_empty() && name.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn named(placeholder: Placeholder) -> String {
        format!("<{placeholder:?}>")
    }

    #[test]
    fn placeholders_are_filled_and_other_braces_stay() {
        let text = "Hi {requester}, #{number} { x } {} {Y} {";
        assert_eq!(fill(text, named).unwrap(), "Hi <Requester>, #<Number> { x } {} {Y} {");
        let unknown = fill("Hi\n{salary}", named).unwrap_err();
        assert_eq!(unknown, UnknownPlaceholder { name: "salary".to_owned(), at: 3 });
    }

    proptest! {
        #[test]
        fn any_text_is_filled_or_refused(text in "\\PC{0,60}|([a-z{} ]){0,60}") {
            if let Ok(filled) = fill(&text, |_| String::new()) {
                prop_assert!(filled.len() <= text.len());
            }
        }

        #[test]
        fn what_is_filled_in_is_not_read_again(value in "[a-z{}]{0,20}") {
            prop_assert_eq!(fill("a{agent}b", |_| value.clone()), Ok(format!("a{value}b")));
        }
    }
}
