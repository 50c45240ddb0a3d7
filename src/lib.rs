//! frontdesk: a support front desk that lives in a company's Discord.
//!
//! ARCHITECTURE.md holds the map; a test keeps the arrows between these modules pointing inward.

pub mod app;
pub mod cli;
pub mod config;
pub mod desk;
pub mod discord;
pub mod doctor;
pub mod domain;
pub mod jobs;
pub mod knowledge;
pub mod meter;
pub mod monitor;
pub mod provider;
pub mod report;
pub mod sandbox;
pub mod search;
pub mod store;

mod demo;
mod text;
