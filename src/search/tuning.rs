//! The numbers of the ranking, all in one place.
//!
//! They were fitted once over question sets of different kinds at the same time (README, "Search"); no set, no
//! language and no company has numbers of its own.

/// Every weight of the ranking.
#[derive(Clone, Copy, Debug)]
pub struct Tuning {
    /// BM25: how soon repeating a word stops to count.
    pub k1: f32,
    /// BM25: how much long articles are held back.
    pub b: f32,
    /// The share of a little word's weight that is kept.
    pub stopword: f32,
    /// Exponent over how often the question says a word.
    pub repeat: f32,
    /// Weight of title and typical questions beside the whole text.
    pub ask: f32,
    /// Weight of tags and headings.
    pub label: f32,
    /// Weight of the words standing close together.
    pub window: f32,
    /// Weight of the words standing in the question's order.
    pub order: f32,
    /// Weight of the one line that fits best.
    pub line: f32,
    /// How much words of that line that the question lacks speak against it.
    pub line_precision: f32,
    /// How many words wide the closest place is.
    pub window_words: u32,
    /// What a synonym is worth beside the word itself.
    pub synonym: f32,
    /// What a compound is worth that ends or begins with the word.
    pub compound: f32,
    /// What the parts of a compound are worth together beside the whole.
    pub parts: f32,
    /// What a word with a typing error is worth.
    pub typo: f32,
    /// What a word of the same letters, as derivations are, is worth.
    pub alike: f32,
    /// The least likeness of such a word.
    pub least_alike: f32,
    /// Exponent over the likeness.
    pub alike_power: f32,
    /// Factor on articles in the other language.
    pub other_language: f32,
}

impl Tuning {
    /// The numbers in use.
    pub const FITTED: Self = Self {
        k1: 1.2,
        b: 0.7,
        stopword: 0.45,
        repeat: 0.7,
        ask: 0.5,
        label: 0.2,
        window: 0.6,
        order: 0.3,
        line: 0.4,
        line_precision: 0.3,
        window_words: 24,
        synonym: 0.85,
        compound: 0.6,
        parts: 0.8,
        typo: 0.65,
        alike: 0.6,
        least_alike: 0.4,
        alike_power: 1.5,
        other_language: 0.8,
    };
}
