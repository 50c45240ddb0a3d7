//! Full-text search in this process: a tantivy index on disk, and our own analysis and ranking over its postings.
//!
//! The index is derived data. A missing, damaged or outdated one is an error that the caller answers by building
//! it anew; nothing here is ever the only copy of anything. tantivy keeps terms, postings, positions and the
//! stored text; what a question means (stems, compounds, synonyms, typing errors) is decided at question time
//! against the vocabulary that the index really contains, so no dictionary is shipped and none goes stale.
//!
//! It deliberately does not use tantivy's query language: a question is text of any kind, never syntax.

pub mod analysis;
mod column;
pub mod evidence;
mod examine;
pub mod explain;
mod gather;
pub mod index;
pub mod language;
pub mod matcher;
mod places;
pub mod plan;
pub mod rank;
mod scorer;
mod seal;
pub mod stopwords;
pub mod synonyms;
pub mod tuning;
pub mod vocabulary;
