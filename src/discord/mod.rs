//! Discord: the commands, the one path of every interaction, and what people see.
//!
//! serenity is used here and nowhere else. This module decides no rights and writes no rows: it turns what people do
//! into calls of [`crate::desk`], and what comes back into messages. An interaction is answered once, within three
//! seconds (Discord docs, interactions/receiving-and-responding); everything that takes longer is the outbox's.

pub mod pipeline;

mod call;
pub mod commands;
pub mod custom_id;
mod presses;

mod forms;
pub mod incident;
mod outcome;
mod reply;

pub mod names;
pub mod register;
pub mod set_up_check;
pub mod shown;
pub mod views;

mod cx;
mod delays;
mod deliver;
pub mod examine;
mod failure;
mod file_kind;
mod files;
mod gateway;
mod hearing;
mod invalid;
mod late;
mod limits;
mod links;
pub mod listening;
mod pulse;
mod recent;
mod refused;
mod rest;
mod route_class;
mod session;
mod shards;
mod survey;
mod transcript;

pub use cx::{Cx, Identity};
pub use deliver::Courier;
pub use gateway::{Address, GatewayFault, invitation, run};
pub use links::{LinkState, Links};
pub use register::register as register_commands;
pub use survey::Surveyor;
