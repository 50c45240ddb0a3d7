//! Who was notified by what.

use serde::Serialize;

/// Why someone was notified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PingReason {
    /// Their name was mentioned.
    User,
    /// A role they hold was mentioned.
    Role,
    /// `@everyone` or `@here`.
    Everyone,
    /// Someone answered their message.
    Reply,
    /// Someone else added them to a thread.
    AddedToThread,
    /// A direct message.
    Direct,
}

/// One notification of one person.
#[derive(Debug, Clone, Serialize)]
pub struct Ping {
    /// Who was notified.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub person: u64,
    /// By which message; for an addition to a thread the notice about it.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub message: u64,
    /// Where it stands.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub channel: u64,
    /// Who wrote it.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub author: u64,
    /// Why.
    pub reason: PingReason,
    /// When, in milliseconds since 1970 on the sandbox's clock.
    pub at_ms: u64,
}
