//! Everything that is tested from outside, in one program, because linking takes longer than testing.

mod architecture;
mod databases;
mod jobs;
mod knowledge;
mod lifecycle;
mod logs;
mod migrations;
mod office;
mod program;
mod sandbox;
mod store;
mod stories;
