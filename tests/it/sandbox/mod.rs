//! The sandbox by itself, driven by a small bot that is not the desk.

mod bot;
mod page;
mod page_client;
mod serenity;
