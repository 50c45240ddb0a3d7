//! The sandbox: a stand-in for Discord that bots connect to over real sockets and people use from code.
//!
//! It is a model of Discord, made from Discord's documentation, that knows nothing of any bot: REST
//! version 10 and the gateway on a loopback port, one application with one bot, any number of guilds
//! and people. It refuses what Discord refuses, with Discord's status and code, and cites the page where
//! it does. People are driven through `Person`, which refuses what Discord's client would not let them
//! do. Faults are planned from outside, and time can be pushed forward.
//!
//! What it does not do: voice, reactions, invitations, webhooks of one's own, more than one application,
//! anything that survives a restart. It listens on 127.0.0.1 alone and is no server for the world.

mod clock;
mod control;
mod faults;
mod gateway;
mod id_text;
mod interactions;
mod options;
pub mod page;
mod people;
pub mod permissions;
mod ratelimit;
mod refusal;
mod rest;
mod server;
mod snowflake;
mod token;
mod validate;
mod world;

pub use faults::{Fault, FileTrouble, Moment, Verdict};
pub use gateway::Withheld;
pub use options::{RouterHook, SandboxOptions};
pub use people::{
    ChannelType, Choice, Guild, OptionInput, Outcome, Overwrite, Person, PersonError, RawInteraction,
    Reaction, Role, SeenAttachment, SeenButton, SeenChannel, SeenChoice, SeenCommand, SeenEmbed,
    SeenEmbedField, SeenField, SeenMessage, SeenModal, SeenOption, SeenSelect, SeenSelectOption,
};
pub use ratelimit::Scope;
pub use rest::Route;
pub use server::Sandbox;
pub use world::{Call, Ping, PingReason};
