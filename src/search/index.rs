//! The index on disk: its schema, how it is written, and the snapshot of it that questions read.
//!
//! Every language has fields of its own, so that a word's rarity is measured among articles of its language. An
//! index carries a stamp that says from what it was made; opening it under another stamp, another schema version or
//! with a damaged file is an error, and the caller builds it anew. Building replaces the folder's content.
//!
//! It deliberately does not know where articles come from, nor what is shown of them: what the caller wants back
//! with a hit is kept as the text that it gave.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{DocAddress, DocSet, IndexReader, IndexWriter, Searcher, SegmentReader, TantivyDocument, Term};

use crate::domain::article::Language;
use crate::search::column::Column;
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

/// A language's words in a segment, up to which its postings are decoded when the index is opened: some thousands of
/// articles, which then take a few megabytes.
const MOST_DECODED_WORDS: u64 = 500_000;

/// Terms longer than this are not indexed; `analysis` cuts words far below it.
const MAX_TERM_BYTES: usize = 256;

/// So many of the articles that have the same title are looked at.
const SAME_TITLE_MAX: usize = 8;

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

impl LanguageFields {
    /// Those that words are looked up in: `whole`, `ask` and `label`.
    const fn scored(self) -> [Field; 3] {
        [self.whole, self.ask, self.label]
    }
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
pub(crate) struct LanguagePart {
    pub(crate) articles: u32,
    pub(crate) vocabulary: Vocabulary,
    /// By segment.
    pub(crate) columns: Vec<Columns>,
    /// Mean number of words in the fields `whole`, `ask` and `label`.
    pub(crate) mean_words: [f32; 3],
}

/// The fields of one language in one segment.
pub(crate) struct Columns {
    /// `whole`, `ask` and `label`.
    pub(crate) scored: [Column; 3],
    /// `lines`, whose only term is [`LINE_MARK`].
    pub(crate) lines: Column,
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
        if let Some(file) = damaged_file(&inner)? {
            return Err(SearchError::Damaged(file.display().to_string()));
        }
        let (schema, fields) = schema();
        if inner.load_metas()?.payload.as_deref() != Some(&full_stamp(stamp)) || inner.schema() != schema {
            return Err(SearchError::Stale);
        }
        Self::read(&inner, fields, MOST_DECODED_WORDS)
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
        Self::fill(&inner, fields, stamp, documents)?;
        seal::write(folder)?;
        Self::read(&inner, fields, MOST_DECODED_WORDS)
    }

    /// Builds an index that lives in memory only.
    pub fn in_memory(documents: impl Iterator<Item = Document>) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let inner = tantivy::Index::create_in_ram(schema);
        Self::fill(&inner, fields, "", documents)?;
        Self::read(&inner, fields, MOST_DECODED_WORDS)
    }

    fn fill(
        inner: &tantivy::Index,
        fields: Fields,
        stamp: &str,
        documents: impl Iterator<Item = Document>,
    ) -> Result<(), SearchError> {
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
        Ok(writer.wait_merging_threads()?)
    }

    fn read(inner: &tantivy::Index, fields: Fields, most_decoded: u64) -> Result<Self, SearchError> {
        let reader: IndexReader =
            inner.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
        let snapshot = Snapshot::of(reader.searcher(), fields, most_decoded)?;
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

    /// The articles with exactly this title, or with this typical question, but for case, accents and punctuation: the first
    /// few, where many have the same.
    pub fn titled(&self, text: &str, is_question: bool, staff: bool) -> Result<Vec<String>, SearchError> {
        let snapshot = self.snapshot();
        let key = title_key(text, is_question);
        if key.len() < 2 {
            return Ok(Vec::new());
        }
        let term = Term::from_field_text(snapshot.fields.titles, &key);
        let visible = |address| staff || !snapshot.is_staff_only(address);
        let titled = snapshot.first_with(&term, visible, SAME_TITLE_MAX)?;
        titled.into_iter().map(|address| snapshot.id(address)).collect()
    }

    /// The text that was given with an article, and whether only staff may read it.
    pub fn source(&self, id: &str) -> Result<Option<(String, bool)>, SearchError> {
        let snapshot = self.snapshot();
        let Some(address) = snapshot.find(id)? else { return Ok(None) };
        let staff_only = snapshot.is_staff_only(address);
        Ok(Some((snapshot.source(address)?, staff_only)))
    }
}

/// A file whose content is not what was written. Reading them all is most of opening a large index, so they are read
/// at the same time.
fn damaged_file(inner: &tantivy::Index) -> Result<Option<PathBuf>, SearchError> {
    let directory = inner.directory();
    let written = directory.list_managed_files();
    // The list names files that a segment may have, and not all of them do.
    let files = inner.load_metas()?.list_segment_files().into_iter().filter(|file| written.contains(file));
    std::thread::scope(|scope| {
        let check = |file: PathBuf| scope.spawn(move || (directory.validate_checksum(&file), file));
        let checks: Vec<_> = files.map(check).collect();
        let mut damaged = None;
        for check in checks {
            let (is_whole, file) =
                check.join().map_err(|_| SearchError::Damaged("a file that cannot be read".to_owned()))?;
            if !is_whole.map_err(tantivy::TantivyError::from)? {
                damaged = Some(file);
            }
        }
        Ok(damaged)
    })
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
    fn of(searcher: Searcher, fields: Fields, most_decoded: u64) -> Result<Self, SearchError> {
        let mut facts: Vec<Vec<u8>> = Vec::new();
        for reader in searcher.segment_readers() {
            let column = reader.fast_fields().u64("facts")?.first_or_default_col(0);
            let of_segment =
                (0..reader.max_doc()).map(|doc| u8::try_from(column.get_val(doc)).unwrap_or(1)).collect();
            facts.push(of_segment);
        }
        let read = |language: Language| {
            let own_bit = u8::from(language == Language::De) << 1;
            let articles = facts.iter().flatten().filter(|fact| **fact & 2 == own_bit).count();
            LanguagePart::read(&searcher, fields.of(language), articles, most_decoded)
        };
        // Both at the same time: of a large index this is a good part of opening it.
        let [first, second] = Language::ALL;
        let (first, second) = std::thread::scope(|scope| {
            let second = scope.spawn(|| read(second));
            (read(first), second.join())
        });
        let second = second.map_err(|_| SearchError::Damaged("a list of terms".to_owned()))?;
        let parts = [first?, second?];
        Ok(Self { searcher, fields, facts, parts })
    }

    pub(crate) fn find(&self, id: &str) -> Result<Option<DocAddress>, SearchError> {
        Ok(self.first_with(&Term::from_field_text(self.fields.id, id), |_| true, 1)?.first().copied())
    }

    /// The first that have a term, at most so many.
    fn first_with(
        &self,
        term: &Term,
        wanted: impl Fn(DocAddress) -> bool,
        most: usize,
    ) -> Result<Vec<DocAddress>, SearchError> {
        let mut found = Vec::new();
        for (ordinal, reader) in (0..).zip(self.searcher.segment_readers()) {
            if found.len() == most {
                break;
            }
            let inverted = reader.inverted_index(term.field())?;
            let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            while postings.doc() != tantivy::TERMINATED && found.len() < most {
                let address = DocAddress::new(ordinal, postings.doc());
                if !reader.is_deleted(address.doc_id) && wanted(address) {
                    found.push(address);
                }
                postings.advance();
            }
        }
        Ok(found)
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
        articles: usize,
        most_decoded: u64,
    ) -> Result<Self, SearchError> {
        let mut words = [0_u64; 3];
        let mut terms: Vec<(String, u32)> = Vec::new();
        for reader in searcher.segment_readers() {
            for (sum, field) in words.iter_mut().zip(fields.scored()) {
                *sum += reader.inverted_index(field)?.total_num_tokens();
            }
            let inverted = reader.inverted_index(fields.whole)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                terms.push((term.to_owned(), stream.value().doc_freq));
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
        let vocabulary = Vocabulary::from_sorted(terms.iter().map(|(term, count)| (term.as_str(), *count)));
        let mut columns = Vec::with_capacity(searcher.segment_readers().len());
        for reader in searcher.segment_readers() {
            columns.push(Columns::open(reader, fields, &vocabulary, most_decoded)?);
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean needs no more than a float's digits")]
        let mean_words = words.map(|sum| (sum as f32 / articles.max(1) as f32).max(1.0));
        let articles = u32::try_from(articles).unwrap_or(u32::MAX);
        Ok(Self { articles, vocabulary, columns, mean_words })
    }
}

impl Columns {
    fn open(
        reader: &SegmentReader,
        fields: LanguageFields,
        vocabulary: &Vocabulary,
        most_decoded: u64,
    ) -> Result<Self, SearchError> {
        let decode = reader.inverted_index(fields.whole)?.total_num_tokens() <= most_decoded;
        let [whole, ask, label] =
            fields.scored().map(|field| Column::open(reader, field, vocabulary.terms(), decode));
        let lines = Column::open(reader, fields.lines, [LINE_MARK].into_iter(), decode)?;
        Ok(Self { scored: [whole?, ask?, label?], lines })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;
    use crate::search::rank::{Found, Request};
    use crate::search::synonyms::Synonyms;
    use crate::search::tuning::Tuning;

    const WORDS: [&str; 16] = [
        "printer",
        "drucker",
        "queue",
        "warteschlange",
        "druckerwarteschlange",
        "vpn",
        "password",
        "passwort",
        "does",
        "not",
        "der",
        "die",
        "reset",
        "error",
        "0x80070005",
        "portal",
    ];

    fn text() -> impl Strategy<Value = String> {
        let words = prop::collection::vec(prop::sample::select(WORDS.as_slice()), 1..12);
        words.prop_map(|words| {
            words.iter().enumerate().fold(String::new(), |mut text, (place, word)| {
                let _ = write!(text, "{word}{}", if place % 5 == 4 { ". " } else { " " });
                text
            })
        })
    }

    fn document() -> impl Strategy<Value = Document> {
        (text(), text(), any::<bool>(), any::<bool>()).prop_map(|(title, text, german, staff_only)| {
            Document {
                id: String::new(),
                language: if german { Language::De } else { Language::En },
                staff_only,
                tags: Vec::new(),
                questions: vec![title.chars().rev().collect()],
                headings: vec![title.clone()],
                title,
                text,
                source: String::new(),
            }
        })
    }

    /// The same articles, once with postings in memory and once without.
    fn both(documents: &[Document]) -> [Index; 2] {
        [MOST_DECODED_WORDS, 0].map(|most_decoded| {
            let (schema, fields) = schema();
            let inner = tantivy::Index::create_in_ram(schema);
            let numbered = documents.iter().cloned().enumerate();
            let documents =
                numbered.map(|(number, document)| Document { id: number.to_string(), ..document });
            Index::fill(&inner, fields, "", documents).expect("memory can be written");
            Index::read(&inner, fields, most_decoded).expect("memory can be read")
        })
    }

    fn anybody(text: &str) -> Request<'_> {
        let (language, staff) = (Language::En, false);
        Request { text, language, staff, limit: 10, only: None, without: &[], beside: None }
    }

    fn found(index: &Index, text: &str, limit: usize) -> Vec<Found> {
        let request = Request { limit, ..anybody(text) };
        index.search(&request, &synonyms(), &Tuning::FITTED).expect("memory can be read").hits
    }

    fn synonyms() -> Synonyms {
        Synonyms::new([&vec!["passwort".to_owned(), "password".to_owned()]])
    }

    fn names(found: &[Found]) -> Vec<&str> {
        found.iter().map(|found| found.id.as_str()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn postings_in_memory_and_on_disk_say_the_same(
            documents in prop::collection::vec(document(), 1..60),
            question in text(),
        ) {
            let [memory, disk] = both(&documents);
            let (memory, disk) = (found(&memory, &question, 10), found(&disk, &question, 10));
            prop_assert_eq!(names(&memory), names(&disk));
            for (memory, disk) in memory.iter().zip(&disk) {
                prop_assert_eq!(memory.evidence, disk.evidence);
            }
        }

        #[test]
        fn fewer_wanted_are_the_first_of_many(
            documents in prop::collection::vec(document(), 1..60),
            question in text(),
        ) {
            let [index, _] = both(&documents);
            let (few, many) = (found(&index, &question, 4), found(&index, &question, 1_000));
            prop_assert_eq!(names(&few), names(&many[..many.len().min(4)]));
        }

        #[test]
        fn the_reasons_add_up_to_the_score(
            documents in prop::collection::vec(document(), 1..30),
            question in text(),
        ) {
            let [index, _] = both(&documents);
            let request = Request { limit: 5, ..anybody(&question) };
            for found in found(&index, &question, 5) {
                let reasons = index.explain(&request, &found, &synonyms(), &Tuning::FITTED).expect("readable");
                prop_assert!((reasons.score() - found.score).abs() < 1e-3, "{reasons:#?} {found:?}");
            }
        }
    }
}
