//! What the desk is about, pure: no database, no Discord, no clock and no randomness of its own.

pub mod id;
pub mod time;

pub mod actor;
pub mod article;
pub mod calendar;
pub mod canned;
pub mod desk;
pub mod desk_article;
pub mod event;
pub mod holidays;
pub mod ics;
pub mod job;
pub mod kept;
pub mod policy;
pub mod question;
pub mod schedule;
pub mod ticket;
pub mod typed;
pub mod watch;
