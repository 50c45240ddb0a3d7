//! From text to words: cutting, folding and stemming, the same for articles and questions.
//!
//! A word is a run of letters and digits. Runs joined by a single `-`, `.`, `_`, `/`, `:` or `@` (`Wi-Fi`, `5.1.90`,
//! `srv-file01`) also give one glued word, so that every spelling meets. Letters lose case and accents; invisible
//! characters vanish. Words with digits are never stemmed. No input fails.
//!
//! It deliberately knows nothing of meaning: synonyms, compounds and typing errors are the matter of `plan`.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use crate::domain::article::Language;

/// Longer runs are cut here: nobody asks for them, and terms have a size limit.
const MAX_WORD_CHARS: usize = 48;

/// Room for most words, so that they need no more of it while they grow.
const USUAL_WORD_BYTES: usize = 16;

/// How many runs may be glued into one word; longer chains are addresses or rows of dots.
const MAX_GLUED_RUNS: usize = 4;

/// One word of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Where it starts in the text, in bytes.
    pub start: usize,
    /// Where it ends in the text, in bytes.
    pub end: usize,
    /// The word without case and accents.
    pub folded: String,
    /// Whether it was glued from the runs that follow it, and so repeats them.
    pub glued: bool,
    /// Whether a line or sentence ended before it.
    pub after_break: bool,
}

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));
static GERMAN: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::German));

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    Cutter::default().each(text, |word| words.push(word.clone()));
    words
}

/// Cuts texts into words, one text after the other with the same memory: an article has hundreds of words, and making
/// each of them anew would be most of the work.
#[derive(Debug, Default)]
pub struct Cutter {
    /// The runs of the text at hand come first; the others are room from former ones.
    runs: Vec<Word>,
    /// How many runs the text at hand has.
    count: usize,
    glued: Word,
}

impl Cutter {
    /// Shows the words of a text, in order.
    pub fn each(&mut self, text: &str, mut see: impl FnMut(&Word)) {
        self.cut(text);
        let mut rest = &self.runs[..self.count];
        while !rest.is_empty() {
            let chain = chain_length(text, rest);
            if (2..=MAX_GLUED_RUNS).contains(&chain) && self.glued.glue(&rest[..chain]) {
                see(&self.glued);
            }
            for run in &rest[..chain] {
                see(run);
            }
            rest = &rest[chain..];
        }
    }

    /// Finds every run of letters and digits, folded.
    fn cut(&mut self, text: &str) {
        self.count = 0;
        let mut in_word = false;
        let mut after_break = true;
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            if is_invisible(character) {
                continue;
            }
            let next_is_letter = characters.peek().is_some_and(|(_, next)| next.is_alphabetic());
            let inner_apostrophe = matches!(character, '\'' | '’') && in_word && next_is_letter;
            if character.is_alphanumeric() || is_combining(character) || inner_apostrophe {
                if !in_word {
                    self.start_run(at, after_break);
                    in_word = true;
                }
                after_break = false;
                let word = &mut self.runs[self.count];
                word.end = at + character.len_utf8();
                if inner_apostrophe {
                    word.folded.push('\'');
                } else {
                    fold_into(character, &mut word.folded);
                }
                continue;
            }
            if std::mem::take(&mut in_word) {
                self.end_run();
            }
            let next_is_space = characters.peek().is_none_or(|(_, next)| next.is_whitespace());
            if character == '\n' || (matches!(character, '.' | '!' | '?' | ';') && next_is_space) {
                after_break = true;
            }
        }
        if in_word {
            self.end_run();
        }
    }

    fn start_run(&mut self, at: usize, after_break: bool) {
        if self.count == self.runs.len() {
            self.runs.push(Word { folded: String::with_capacity(USUAL_WORD_BYTES), ..Word::default() });
        }
        let word = &mut self.runs[self.count];
        word.folded.clear();
        (word.start, word.after_break) = (at, after_break);
    }

    fn end_run(&mut self) {
        let folded = &mut self.runs[self.count].folded;
        if let Some((stem, ending)) = folded.split_once('\'') {
            // "printer's" is the printer's, "don't" is one word of its own.
            *folded = if ending == "s" { stem.to_owned() } else { folded.replace('\'', "") };
        }
        if folded.len() > MAX_WORD_CHARS
            && let Some((cut, _)) = folded.char_indices().nth(MAX_WORD_CHARS)
        {
            folded.truncate(cut);
        }
        self.count += usize::from(!folded.is_empty());
    }
}

impl Word {
    /// Becomes all of these in one; `false` when that would be too long.
    fn glue(&mut self, members: &[Self]) -> bool {
        let (Some(first), Some(last)) = (members.first(), members.last()) else { return false };
        self.folded.clear();
        self.folded.extend(members.iter().map(|member| member.folded.as_str()));
        (self.start, self.end, self.glued, self.after_break) =
            (first.start, last.end, true, first.after_break);
        self.folded.chars().count() <= MAX_WORD_CHARS
    }
}

/// How many runs from the first on hang together by single connecting characters.
fn chain_length(text: &str, runs: &[Word]) -> usize {
    let mut length = 1;
    for pair in runs.windows(2) {
        let between = &text[pair[0].end..pair[1].start];
        if !matches!(between, "-" | "." | "_" | "/" | ":" | "@" | "\u{2010}" | "\u{2011}") {
            break;
        }
        length += 1;
    }
    length
}

/// Appends a character without case and accents; `ß` becomes `ss`.
fn fold_into(character: char, folded: &mut String) {
    match character {
        'a'..='z' | '0'..='9' => folded.push(character),
        'A'..='Z' => folded.push(character.to_ascii_lowercase()),
        'ß' | 'ẞ' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        _ => {
            for part in std::iter::once(character).nfkd() {
                if part.is_alphanumeric() && !is_combining(part) {
                    folded.extend(part.to_lowercase().filter(|lower| !is_combining(*lower)));
                }
            }
        }
    }
}

/// Text without case, accents and invisible characters, for comparing what people typed.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in words(text).iter().filter(|word| !word.glued) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word.folded);
    }
    folded
}

fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Zero-width characters, direction marks, soft hyphens and variation selectors: never part of a word.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// The stem of a folded word in a language. Words with digits are their own stem.
pub fn stem(language: Language, folded: &str) -> Cow<'_, str> {
    if folded.bytes().any(|byte| byte.is_ascii_digit()) || folded.len() < 3 {
        return Cow::Borrowed(folded);
    }
    match language {
        Language::En => ENGLISH.stem(folded),
        Language::De => german_stem(folded),
    }
}

fn german_stem(folded: &str) -> Cow<'_, str> {
    let spelled = fold_german_digraphs(folded);
    let base = separable_participle(&spelled).map_or(spelled, Cow::Owned);
    match GERMAN.stem(&base) {
        Cow::Borrowed(stem) if stem.len() == folded.len() => Cow::Borrowed(folded),
        stem => Cow::Owned(stem.into_owned()),
    }
}

/// `ae`, `oe`, `ue` as umlauts are typed without them. `ue` after a vowel or `q` is two sounds (`neue`, `Queue`).
fn fold_german_digraphs(folded: &str) -> Cow<'_, str> {
    if !["ae", "oe", "ue"].iter().any(|digraph| folded.contains(digraph)) {
        return Cow::Borrowed(folded);
    }
    let mut spelled = String::with_capacity(folded.len());
    let mut previous = ' ';
    for character in folded.chars() {
        let digraph = character == 'e' && matches!(previous, 'a' | 'o' | 'u');
        let before = spelled.chars().rev().nth(1).unwrap_or(' ');
        if !digraph || matches!(before, 'a' | 'e' | 'i' | 'o' | 'u' | 'q') {
            spelled.push(character);
        }
        previous = character;
    }
    Cow::Owned(spelled)
}

/// Prefixes that verbs separate, folded, longest first.
const SEPARABLE: [&str; 19] = [
    "zusammen", "zuruck", "weiter", "wieder", "nach", "fest", "frei", "los", "auf", "aus", "bei", "ein",
    "her", "hin", "mit", "vor", "weg", "ab", "an",
];

/// `zurückgesetzt` and `zurückzusetzen` are forms of `zurücksetzen`; Snowball's rules leave them apart.
fn separable_participle(word: &str) -> Option<String> {
    let prefix = SEPARABLE.iter().find(|prefix| word.starts_with(*prefix))?;
    let rest = &word[prefix.len()..];
    if let Some(verb) = rest.strip_prefix("ge") {
        let root = verb.strip_suffix("et").or_else(|| {
            let root = verb.strip_suffix('t')?;
            (!root.ends_with(['a', 'e', 'i', 'o', 'u'])).then_some(root)
        })?;
        return (root.len() >= 3 && !root.ends_with("schaf")).then(|| format!("{prefix}{root}en"));
    }
    let verb = rest.strip_prefix("zu")?;
    (verb.len() >= 5 && verb.ends_with("en")).then(|| format!("{prefix}{verb}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn spellings_of_one_word_meet() {
        assert_eq!(folded("Wi-Fi"), ["wifi", "wi", "fi"]);
        assert_eq!(folded("Straße STRASSE strasse"), ["strasse"; 3]);
        assert_eq!(
            folded("pass\u{200b}word \u{202e}pässword"),
            ["password", "passwort".replace("rt", "rd").as_str()]
        );
        assert_eq!(folded("the printer's don't"), ["the", "printer", "dont"]);
        for spelling in ["Drücker", "Druecker", "Drucker"] {
            assert_eq!(stem(Language::De, &fold(spelling)), "druck", "{spelling}");
        }
    }

    #[test]
    fn codes_stay_whole() {
        assert_eq!(folded("0x80070005"), ["0x80070005"]);
        assert_eq!(folded("error 5.1.90"), ["error", "5190", "5", "1", "90"]);
        assert_eq!(stem(Language::En, "0x80070005s"), "0x80070005s");
    }

    #[test]
    fn separated_verbs_meet_their_infinitive() {
        let infinitive = stem(Language::De, "zurucksetzen").into_owned();
        assert_eq!(stem(Language::De, "zuruckgesetzt"), infinitive);
        assert_eq!(stem(Language::De, "zuruckzusetzen"), infinitive);
        assert_eq!(stem(Language::De, "angebot"), stem(Language::De, "angebote"));
    }

    #[test]
    fn breaks_are_seen() {
        let words = words("One two. Three\nfour");
        let breaks: Vec<bool> = words.iter().map(|word| word.after_break).collect();
        assert_eq!(breaks, [true, false, true, true]);
    }
}
