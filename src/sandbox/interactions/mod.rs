//! Interactions as people cause them: checked like Discord's client checks, sent like Discord sends.
//!
//! `options` reads what was typed after a command, `payload` makes the JSON of `INTERACTION_CREATE`,
//! `begin` starts one and hands out where its first answer will arrive.

mod begin;
mod options;
mod payload;

pub(crate) use begin::{Begin, begin};
pub(crate) use options::{Resolved, Typed, find_leaf, read_options};
pub(crate) use payload::ATTACHMENT_SIZE_LIMIT;
