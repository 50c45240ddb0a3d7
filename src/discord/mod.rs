//! Discord: the commands, the one path of every interaction, and what people see.
//!
//! serenity is used here and nowhere else. This module decides no rights and writes no rows: it turns what people do
//! into calls of [`crate::desk`], and what comes back into messages.

pub mod custom_id;
pub mod shown;
pub mod views;

mod cx;
mod deliver;
mod failure;
mod rest;

pub use cx::{Cx, Identity};
pub use deliver::Courier;
