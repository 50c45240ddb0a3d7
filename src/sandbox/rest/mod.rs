//! The REST API, version 10: one table of routes, one place that admits a call, synchronous handlers.
//!
//! A call is admitted in `admit` (planned faults, user agent, token, rate limits), acts under the world's
//! lock, and is noted in the journal. Handlers read a `Request`, change the `World` and give a `Reply`
//! or a `Refusal`. Routes that the table lacks are answered with 404, other methods with 405; that a
//! route of Discord's is missing here says nothing about Discord.

mod access;
mod admit;
mod applications;
mod callback;
pub(crate) mod cdn;
mod channels;
mod commands;
mod follow_ups;
mod guilds;
mod messages;
mod request;
mod routes;
mod threads;
mod uploads;

pub(crate) use admit::serve;
pub(crate) use cdn::serve_file;
pub(crate) use request::{Reply, Request};
pub use routes::Route;
