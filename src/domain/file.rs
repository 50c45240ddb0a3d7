//! A file that the desk makes.

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What kind of file it is.
    pub media_type: &'static str,
    /// What it holds, for those who cannot see it; absent where the name says enough.
    pub description: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
