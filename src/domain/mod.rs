//! What the desk is about, pure: no database, no Discord, no clock of its own.

pub mod article;
pub mod id;
