//! The sandbox by itself: as a bot over real sockets that is not the desk, and as people.

mod bot;
mod client;
mod faults;
mod gateway;
mod interactions;
mod messages;
mod page;
mod page_client;
mod permissions;
mod refusals;
mod serenity;
mod threads;
