//! The gateway: sessions, the events they get, and the faults that can befall them.
//!
//! `Hub` lives in the world, under its lock, so events are numbered in the order in which things
//! happened. A session is kept after its connection is gone and may resume for some minutes. What
//! travels over a socket is in `socket`; opcodes and close codes are those of Discord docs,
//! topics/opcodes-and-status-codes, behaviour that of events/gateway.

pub(crate) mod intents;
mod session;
mod socket;
mod tell;

pub use session::Withheld;
pub(crate) use session::{Hub, Outgoing};
pub(crate) use socket::{Manner, accept};
