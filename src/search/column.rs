//! The fields of one language in one segment, opened once for all questions.
//!
//! Where each term's postings lie is read at the start, so that a question walks no dictionary. A small segment's
//! postings are decoded at the start as well: opening them again for each word costs more than everything that is
//! then done with them. Both ways give the same numbers. It fails if a file of the index cannot be read.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use crate::search::index::SearchError;
use crate::search::vocabulary::TermNumber;

/// One field of one segment.
pub(crate) struct Column {
    inverted: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
    /// By number of the term.
    spots: Vec<Spot>,
    decoded: Option<Decoded>,
}

/// Where a term's postings lie; all zero for a term that the field does not have.
#[derive(Clone, Copy, Default)]
struct Spot {
    articles: u32,
    postings: (u32, u32),
    positions: (u32, u32),
}

/// All postings of a field.
#[derive(Default)]
pub(crate) struct Decoded {
    /// Where each term's postings start, and where the last one's end.
    starts: Vec<u32>,
    articles: Vec<DocId>,
    times: Vec<u32>,
    /// Where each posting's positions start, and where the last one's end; empty in a field without positions.
    position_starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Column {
    /// Opens a field with the terms of a vocabulary, which are in ascending order.
    pub(crate) fn open<'a>(
        reader: &SegmentReader,
        field: Field,
        terms: impl Iterator<Item = &'a str>,
        decode: bool,
    ) -> Result<Self, SearchError> {
        let inverted = reader.inverted_index(field)?;
        let mut spots = Vec::with_capacity(terms.size_hint().0);
        let mut stream = inverted.terms().stream()?;
        let mut more = stream.advance();
        for term in terms {
            while more && stream.key() < term.as_bytes() {
                more = stream.advance();
            }
            let is_there = more && stream.key() == term.as_bytes();
            spots.push(if is_there { Spot::of(stream.value())? } else { Spot::default() });
        }
        let lengths = reader.get_fieldnorms_reader(field)?;
        let mut column = Self { inverted, lengths, spots, decoded: None };
        if decode {
            column.decoded = Some(column.decode()?);
        }
        Ok(column)
    }

    fn decode(&self) -> Result<Decoded, SearchError> {
        let mut decoded = Decoded::default();
        let mut positions = Vec::new();
        for spot in &self.spots {
            decoded.starts.push(small(decoded.articles.len())?);
            if spot.articles == 0 {
                continue;
            }
            let mut postings = self.on_disk(*spot, IndexRecordOption::WithFreqsAndPositions)?;
            while postings.doc() != TERMINATED {
                decoded.articles.push(postings.doc());
                decoded.times.push(postings.term_freq());
                postings.positions(&mut positions);
                decoded.position_starts.push(small(decoded.positions.len())?);
                decoded.positions.extend_from_slice(&positions);
                postings.advance();
            }
        }
        decoded.starts.push(small(decoded.articles.len())?);
        decoded.position_starts.push(small(decoded.positions.len())?);
        Ok(decoded)
    }

    fn on_disk(&self, spot: Spot, option: IndexRecordOption) -> Result<SegmentPostings, SearchError> {
        let info = TermInfo {
            doc_freq: spot.articles,
            postings_range: spot.postings.0 as usize..spot.postings.1 as usize,
            positions_range: spot.positions.0 as usize..spot.positions.1 as usize,
        };
        Ok(self.inverted.read_postings_from_terminfo(&info, option)?)
    }

    /// The postings of a term, if the field has it.
    pub(crate) fn postings(
        &self,
        term: TermNumber,
        option: IndexRecordOption,
    ) -> Result<Option<Cursor<'_>>, SearchError> {
        let number = term as usize;
        let spot = self.spots[number];
        if spot.articles == 0 {
            return Ok(None);
        }
        Ok(Some(match &self.decoded {
            Some(decoded) => {
                let (at, end) = (decoded.starts[number] as usize, decoded.starts[number + 1] as usize);
                Cursor::InMemory { decoded, at, end }
            }
            None => Cursor::OnDisk(Box::new(self.on_disk(spot, option)?)),
        }))
    }

    /// How many words an article's field has, approximately.
    #[expect(clippy::cast_precision_loss, reason = "stored lengths are approximate")]
    pub(crate) fn length(&self, article: DocId) -> f32 {
        self.lengths.fieldnorm(article) as f32
    }
}

impl Spot {
    fn of(info: &TermInfo) -> Result<Self, SearchError> {
        Ok(Self {
            articles: info.doc_freq,
            postings: (small(info.postings_range.start)?, small(info.postings_range.end)?),
            positions: (small(info.positions_range.start)?, small(info.positions_range.end)?),
        })
    }
}

/// No field of a segment is as large as four gibibytes; one that says so is not what we wrote.
fn small(number: usize) -> Result<u32, SearchError> {
    u32::try_from(number).map_err(|_| SearchError::Damaged("a list of terms".to_owned()))
}

/// The articles that have a term, in ascending order.
pub(crate) enum Cursor<'a> {
    InMemory { decoded: &'a Decoded, at: usize, end: usize },
    OnDisk(Box<SegmentPostings>),
}

impl Cursor<'_> {
    /// The article that it is at, or [`TERMINATED`].
    pub(crate) fn article(&self) -> DocId {
        match self {
            Self::InMemory { decoded, at, end } if at < end => decoded.articles[*at],
            Self::InMemory { .. } => TERMINATED,
            Self::OnDisk(postings) => postings.doc(),
        }
    }

    /// Moves on to the next article.
    pub(crate) fn advance(&mut self) {
        match self {
            Self::InMemory { at, .. } => *at += 1,
            Self::OnDisk(postings) => _ = postings.advance(),
        }
    }

    /// Moves on to an article; whether it has the term.
    pub(crate) fn stands_in(&mut self, article: DocId) -> bool {
        if self.article() < article {
            match self {
                Self::InMemory { decoded, at, end } => {
                    *at += decoded.articles[*at..*end].partition_point(|found| *found < article);
                }
                Self::OnDisk(postings) => _ = postings.seek(article),
            }
        }
        self.article() == article
    }

    /// How often the article has the term.
    pub(crate) fn times(&self) -> u32 {
        match self {
            Self::InMemory { decoded, at, .. } => decoded.times[*at],
            Self::OnDisk(postings) => postings.term_freq(),
        }
    }

    /// Where the article has the term, in a field with positions.
    pub(crate) fn positions<'a>(&'a mut self, scratch: &'a mut Vec<u32>) -> &'a [u32] {
        match self {
            Self::InMemory { decoded, at, .. } => {
                let (start, end) = (decoded.position_starts[*at], decoded.position_starts[*at + 1]);
                &decoded.positions[start as usize..end as usize]
            }
            Self::OnDisk(postings) => {
                postings.positions(scratch);
                scratch
            }
        }
    }
}
