//! The sandbox, tried from outside: as a bot over real sockets and as people.

#![expect(clippy::unwrap_used, reason = "helpers that fail fail the test")]

mod bot;
mod client;
mod faults;
mod gateway;
mod interactions;
mod messages;
mod permissions;
mod refusals;
mod serenity;
mod threads;
