//! What the desk is about, pure: no database, no Discord, no clock and no randomness of its own.

pub mod id;
pub mod time;

pub mod actor;
pub mod article;
pub mod assessment;
pub mod calendar;
pub mod canned;
pub mod category;
pub mod desk;
pub mod desk_article;
pub mod duty;
pub mod event;
pub mod file;
pub mod holidays;
pub mod ics;
pub mod incident;
pub mod job;
pub mod kept;
pub mod ladder;
pub mod lesson;
pub mod period;
pub mod policy;
pub mod practice;
pub mod proposal;
pub mod question;
pub mod reconcile;
pub mod report;
pub mod schedule;
pub mod ticket;
pub mod typed;
pub mod waiting;
pub mod watch;
pub mod webhook;
