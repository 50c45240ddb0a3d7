//! The index on disk: its schema, how it is written, and the snapshot of it that questions read.
//!
//! Every language has fields of its own, so that a word's rarity is measured among articles of its language. An
//! index carries a stamp that says from what it was made; opening it under another stamp, another schema version or
//! with a damaged file is an error, and the caller builds it anew. Building replaces the folder's content.
//!
//! It deliberately does not know where articles come from, nor what is shown of them: what the caller wants back
//! with a hit is kept as the text that it gave.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{DocAddress, DocSet, IndexReader, IndexWriter, Searcher, TantivyDocument, Term};

use crate::domain::article::Language;
use crate::search::vocabulary::Vocabulary;
use crate::search::{analysis, seal};

/// Raised whenever the schema or the analysis changes, so that older indexes are built anew.
const SCHEMA_VERSION: u32 = 4;

/// Memory in which one writer gathers articles before they go to disk.
const WRITER_BYTES: usize = 64 << 20;

/// Words at the end of one line or sentence and at the start of the next are this much further apart.
pub(crate) const BREAK_GAP: u32 = 4;

/// The mark at the start of every line.
pub(crate) const LINE_MARK: &str = "^";

/// Terms longer than this are not indexed; `analysis` cuts words far below it.
const MAX_TERM_BYTES: usize = 256;

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// There is no index, or it was made from something else. Build it.
    #[error("the search index is missing or was made from other articles")]
    Stale,
    /// A file of the index is missing or not as it was written. Build it.
    #[error("a file of the search index is damaged: {0}")]
    Damaged(String),
    /// A file of the index cannot be read or written.
    #[error("the search index cannot be used: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// The folder cannot be read or written.
    #[error("the folder of the search index cannot be used: {0}")]
    Folder(#[from] std::io::Error),
}

/// An article as it is indexed.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its stable name.
    pub id: String,
    /// The language it is written in.
    pub language: Language,
    /// Whether only staff may find it.
    pub staff_only: bool,
    /// Its title.
    pub title: String,
    /// The questions it answers, as people put them.
    pub questions: Vec<String>,
    /// Keywords.
    pub tags: Vec<String>,
    /// Headings within the text.
    pub headings: Vec<String>,
    /// The text without markup.
    pub text: String,
    /// What is handed back with a hit.
    pub source: String,
}

/// The fields of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LanguageFields {
    /// Everything, with positions.
    pub(crate) whole: Field,
    /// Title and typical questions.
    pub(crate) ask: Field,
    /// Tags and headings.
    pub(crate) label: Field,
    /// Where in `whole` every line or sentence starts, as positions of one mark, and where the last one ends.
    pub(crate) lines: Field,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    /// Folded titles, and folded questions after a mark.
    titles: Field,
    pub(crate) source: Field,
    facts: Field,
    languages: [LanguageFields; 2],
}

impl Fields {
    pub(crate) fn of(&self, language: Language) -> LanguageFields {
        self.languages[position(language)]
    }
}

/// Where a language stands in arrays of all of them.
pub(crate) const fn position(language: Language) -> usize {
    match language {
        Language::En => 0,
        Language::De => 1,
    }
}

/// What is held in memory of one language's articles.
#[derive(Debug)]
pub(crate) struct LanguagePart {
    pub(crate) articles: u32,
    pub(crate) vocabulary: Vocabulary,
    /// Mean number of words in the fields `whole`, `ask` and `label`.
    pub(crate) mean_words: [f32; 3],
}

/// One state of the index, unchanging while it is held.
pub(crate) struct Snapshot {
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    /// Per segment and article: bit 0 is set for staff only, bit 1 for the second language.
    pub(crate) facts: Vec<Vec<u8>>,
    pub(crate) parts: [LanguagePart; 2],
}

/// A search index, open for questions. Clones share everything.
#[derive(Clone)]
pub struct Index {
    snapshot: Arc<Snapshot>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("articles", &self.len()).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in a folder if it carries this stamp.
    pub fn open(folder: &Path, stamp: &str) -> Result<Self, SearchError> {
        if !folder.join("meta.json").is_file() {
            return Err(SearchError::Stale);
        }
        seal::check(folder)?;
        let inner = tantivy::Index::open_in_dir(folder)?;
        if let Some(file) = inner.validate_checksum()?.into_iter().next() {
            return Err(SearchError::Damaged(file.display().to_string()));
        }
        let (schema, fields) = schema();
        if inner.load_metas()?.payload.as_deref() != Some(&full_stamp(stamp)) || inner.schema() != schema {
            return Err(SearchError::Stale);
        }
        Self::read(&inner, fields)
    }

    /// Builds the index in a folder, whose former content goes away.
    pub fn build(
        folder: &Path,
        stamp: &str,
        documents: impl Iterator<Item = Document>,
    ) -> Result<Self, SearchError> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let (schema, fields) = schema();
        let inner = tantivy::Index::create_in_dir(folder, schema)?;
        let index = Self::fill(&inner, fields, stamp, documents)?;
        seal::write(folder)?;
        Ok(index)
    }

    /// Builds an index that lives in memory only.
    pub fn in_memory(documents: impl Iterator<Item = Document>) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let inner = tantivy::Index::create_in_ram(schema);
        Self::fill(&inner, fields, "", documents)
    }

    fn fill(
        inner: &tantivy::Index,
        fields: Fields,
        stamp: &str,
        documents: impl Iterator<Item = Document>,
    ) -> Result<Self, SearchError> {
        let mut writer: IndexWriter = inner.writer_with_num_threads(1, WRITER_BYTES)?;
        for document in documents {
            writer.add_document(fields.document(&document))?;
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&full_stamp(stamp));
        commit.commit()?;
        let segments = inner.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        Self::read(inner, fields)
    }

    fn read(inner: &tantivy::Index, fields: Fields) -> Result<Self, SearchError> {
        let reader: IndexReader =
            inner.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
        let snapshot = Snapshot::of(reader.searcher(), fields)?;
        Ok(Self { snapshot: Arc::new(snapshot) })
    }

    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.snapshot.parts.iter().map(|part| part.articles as usize).sum()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The article with exactly this title, or else with this typical question, but for case, accents and
    /// punctuation.
    pub fn titled(&self, text: &str, staff: bool) -> Result<Option<String>, SearchError> {
        let snapshot = self.snapshot();
        for is_question in [false, true] {
            let key = title_key(text, is_question);
            if key.len() < 2 {
                return Ok(None);
            }
            let term = Term::from_field_text(snapshot.fields.titles, &key);
            let visible = |address| staff || !snapshot.is_staff_only(address);
            if let Some(address) = snapshot.first_with(&term, visible)? {
                return Ok(Some(snapshot.id(address)?));
            }
        }
        Ok(None)
    }

    /// The text that was given with an article, and whether only staff may read it.
    pub fn source(&self, id: &str) -> Result<Option<(String, bool)>, SearchError> {
        let snapshot = self.snapshot();
        let Some(address) = snapshot.find(id)? else { return Ok(None) };
        let staff_only = snapshot.is_staff_only(address);
        Ok(Some((snapshot.source(address)?, staff_only)))
    }
}

/// A title or question as it is compared: folded, cut to what a term may hold, questions apart from titles.
fn title_key(text: &str, is_question: bool) -> String {
    let mut key = String::from(if is_question { "?" } else { "=" });
    key.push_str(&analysis::fold(text));
    let end = key.floor_char_boundary(MAX_TERM_BYTES);
    key.truncate(end);
    key
}

fn full_stamp(stamp: &str) -> String {
    format!("{SCHEMA_VERSION}/{stamp}")
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexed = |option| {
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer("raw").set_index_option(option))
    };
    let mut of_language = |language: Language| LanguageFields {
        whole: builder.add_text_field(
            &format!("whole_{}", language.code()),
            indexed(IndexRecordOption::WithFreqsAndPositions),
        ),
        ask: builder
            .add_text_field(&format!("ask_{}", language.code()), indexed(IndexRecordOption::WithFreqs)),
        lines: builder.add_text_field(
            &format!("lines_{}", language.code()),
            indexed(IndexRecordOption::WithFreqsAndPositions),
        ),
        label: builder
            .add_text_field(&format!("label_{}", language.code()), indexed(IndexRecordOption::WithFreqs)),
    };
    let languages = Language::ALL.map(&mut of_language);
    let id = builder.add_text_field("id", STRING | STORED);
    let titles = builder.add_text_field("titles", STRING);
    let source = builder.add_text_field("source", STORED);
    let facts = builder.add_u64_field("facts", NumericOptions::default().set_fast());
    (builder.build(), Fields { id, titles, source, facts, languages })
}

impl Fields {
    fn document(&self, document: &Document) -> TantivyDocument {
        let language = document.language;
        let fields = self.of(language);
        let mut ask = Tokens::new(language);
        ask.add(&document.title);
        document.questions.iter().for_each(|question| ask.add(question));
        let mut label = Tokens::new(language);
        document.tags.iter().chain(&document.headings).for_each(|text| label.add(text));
        let mut whole = ask.clone();
        document.tags.iter().for_each(|tag| whole.add(tag));
        whole.add(&document.text);
        let mut stored = TantivyDocument::default();
        stored.add_text(self.id, &document.id);
        stored.add_text(self.source, &document.source);
        stored.add_text(self.titles, title_key(&document.title, false));
        document
            .questions
            .iter()
            .for_each(|question| stored.add_text(self.titles, title_key(question, true)));
        stored.add_u64(self.facts, u64::from(document.staff_only) | u64::from(language == Language::De) << 1);
        stored.add_pre_tokenized_text(fields.lines, whole.lines());
        stored.add_pre_tokenized_text(fields.whole, whole.finish());
        stored.add_pre_tokenized_text(fields.ask, ask.finish());
        stored.add_pre_tokenized_text(fields.label, label.finish());
        stored
    }
}

/// Stems with positions, gathered from several texts.
#[derive(Clone)]
struct Tokens {
    language: Language,
    stems: Vec<Token>,
    next_position: usize,
    line_starts: Vec<usize>,
}

impl Tokens {
    fn new(language: Language) -> Self {
        Self { language, stems: Vec::new(), next_position: 0, line_starts: Vec::new() }
    }

    fn add(&mut self, text: &str) {
        for word in analysis::words(text) {
            if word.after_break {
                if self.next_position > 0 {
                    self.next_position += BREAK_GAP as usize;
                }
                self.line_starts.push(self.next_position);
            }
            let stem = analysis::stem(self.language, &word.folded);
            if stem.len() <= MAX_TERM_BYTES {
                self.stems.push(Token {
                    position: self.next_position,
                    text: stem.into_owned(),
                    ..Token::default()
                });
            }
            // A glued word stands where its first part stands.
            self.next_position += usize::from(!word.glued);
        }
    }

    /// The starts of all lines and the end of the last one.
    fn lines(&self) -> PreTokenizedString {
        let end = self.next_position + BREAK_GAP as usize;
        let mark = |position| Token { position, text: LINE_MARK.to_owned(), ..Token::default() };
        let tokens = self.line_starts.iter().copied().chain([end]).map(mark).collect();
        PreTokenizedString { text: String::new(), tokens }
    }

    fn finish(self) -> PreTokenizedString {
        PreTokenizedString { text: String::new(), tokens: self.stems }
    }
}

impl Snapshot {
    fn of(searcher: Searcher, fields: Fields) -> Result<Self, SearchError> {
        let mut facts = Vec::new();
        for reader in searcher.segment_readers() {
            let column = reader.fast_fields().u64("facts")?.first_or_default_col(0);
            let of_segment =
                (0..reader.max_doc()).map(|doc| u8::try_from(column.get_val(doc)).unwrap_or(1)).collect();
            facts.push(of_segment);
        }
        let mut parts = Vec::with_capacity(Language::ALL.len());
        for language in Language::ALL {
            parts.push(LanguagePart::read(&searcher, fields.of(language), language, &facts)?);
        }
        let parts = parts.try_into().map_err(|_| SearchError::Stale)?;
        Ok(Self { searcher, fields, facts, parts })
    }

    pub(crate) fn find(&self, id: &str) -> Result<Option<DocAddress>, SearchError> {
        self.first_with(&Term::from_field_text(self.fields.id, id), |_| true)
    }

    fn first_with(
        &self,
        term: &Term,
        wanted: impl Fn(DocAddress) -> bool,
    ) -> Result<Option<DocAddress>, SearchError> {
        for (ordinal, reader) in (0..).zip(self.searcher.segment_readers()) {
            let inverted = reader.inverted_index(term.field())?;
            let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            while postings.doc() != tantivy::TERMINATED {
                let address = DocAddress::new(ordinal, postings.doc());
                if !reader.is_deleted(address.doc_id) && wanted(address) {
                    return Ok(Some(address));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    pub(crate) fn is_staff_only(&self, address: DocAddress) -> bool {
        self.facts[address.segment_ord as usize][address.doc_id as usize] & 1 == 1
    }

    pub(crate) fn language(&self, address: DocAddress) -> Language {
        let second = self.facts[address.segment_ord as usize][address.doc_id as usize] & 2 == 2;
        if second { Language::De } else { Language::En }
    }

    pub(crate) fn id(&self, address: DocAddress) -> Result<String, SearchError> {
        Ok(stored_text(&self.searcher.doc(address)?, self.fields.id))
    }

    pub(crate) fn source(&self, address: DocAddress) -> Result<String, SearchError> {
        Ok(stored_text(&self.searcher.doc(address)?, self.fields.source))
    }
}

fn stored_text(document: &TantivyDocument, field: Field) -> String {
    document.get_first(field).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl LanguagePart {
    /// Mean number of words per field, over these articles and those of another index.
    pub(crate) fn mean_words_with(&self, other: Option<&Self>) -> [f32; 3] {
        let Some(other) = other else { return self.mean_words };
        #[expect(clippy::cast_precision_loss, reason = "a mean needs no more than a float's digits")]
        let (ours, theirs) = (self.articles as f32, other.articles as f32);
        let sum = |field: usize| self.mean_words[field] * ours + other.mean_words[field] * theirs;
        std::array::from_fn(|field| (sum(field) / (ours + theirs).max(1.0)).max(1.0))
    }

    fn read(
        searcher: &Searcher,
        fields: LanguageFields,
        language: Language,
        facts: &[Vec<u8>],
    ) -> Result<Self, SearchError> {
        let own_bit = u8::from(language == Language::De) << 1;
        let articles: usize = facts.iter().flatten().filter(|fact| **fact & 2 == own_bit).count();
        let mut words = [0_u64; 3];
        let mut terms: Vec<(String, u32)> = Vec::new();
        for reader in searcher.segment_readers() {
            for (sum, field) in words.iter_mut().zip([fields.whole, fields.ask, fields.label]) {
                *sum += reader.inverted_index(field)?.total_num_tokens();
            }
            let inverted = reader.inverted_index(fields.whole)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                if let Ok(term) = std::str::from_utf8(stream.key()) {
                    terms.push((term.to_owned(), stream.value().doc_freq));
                }
            }
        }
        if searcher.segment_readers().len() > 1 {
            terms.sort_unstable();
            terms.dedup_by(|later, earlier| {
                let same = later.0 == earlier.0;
                earlier.1 += if same { later.1 } else { 0 };
                same
            });
        }
        let mut vocabulary =
            Vocabulary::from_sorted(terms.iter().map(|(term, count)| (term.as_str(), *count)));
        for reader in searcher.segment_readers() {
            for (place, field) in [(1, fields.ask), (2, fields.label)] {
                let inverted = reader.inverted_index(field)?;
                let mut stream = inverted.terms().stream()?;
                while stream.advance() {
                    if let Ok(term) = std::str::from_utf8(stream.key()) {
                        vocabulary.note_presence(term, place);
                    }
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean needs no more than a float's digits")]
        let mean_words = words.map(|sum| (sum as f32 / articles.max(1) as f32).max(1.0));
        Ok(Self { articles: u32::try_from(articles).unwrap_or(u32::MAX), vocabulary, mean_words })
    }
}
