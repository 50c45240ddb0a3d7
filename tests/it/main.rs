//! Everything that is tested from outside, in one program, because linking takes longer than testing.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "what fails fails the test, and skipping is said"
)]

mod architecture;
mod article_store;
mod attack;
mod browser;
mod check;
mod crash;
mod databases;
mod deadlines;
mod faults;
mod jobs;
mod knowledge;
mod knowledge_files;
mod knowledge_fuzz;
mod learning_store;
mod lifecycle;
mod logs;
mod measuring;
mod migrations;
mod monitor;
mod moving;
mod office;
mod parallel;
mod plans;
mod practice_store;
mod privacy;
mod processes;
mod program;
mod readme;
mod reconcile;
mod sandbox;
mod secrets;
mod shelf;
mod store;
mod store_organisation;
mod store_reconcile;
mod stories;
mod watched;
mod worst;
mod year;
