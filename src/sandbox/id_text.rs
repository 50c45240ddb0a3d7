//! Ids in JSON: as text, because a browser's numbers cannot hold them.

use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// Writes an id as text.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
pub(crate) fn serialize<S: Serializer>(id: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}

/// Reads an id from text.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| D::Error::custom("an id is a number written as text"))
}

/// Writes an id as text, or null.
#[expect(clippy::ref_option, reason = "the shape serde asks for")]
pub(crate) fn optional<S: Serializer>(id: &Option<u64>, serializer: S) -> Result<S::Ok, S::Error> {
    match id {
        Some(id) => serializer.collect_str(id),
        None => serializer.serialize_none(),
    }
}
