//! A file that the desk makes, or passes on.

use bytes::Bytes;

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What kind of file it is.
    pub media_type: &'static str,
    /// What it holds, for those who cannot see it; absent where the name says enough.
    pub description: Option<String>,
    /// Its bytes; copying them costs nothing.
    pub bytes: Bytes,
}
