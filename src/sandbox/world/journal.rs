//! What was asked of the API, kept for assertions.
//!
//! Bounded: the oldest calls are forgotten first, and `total` keeps counting. Bodies are kept as they
//! came, so a test can look at `allowed_mentions` of every message that was ever sent.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

/// One request and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct Call {
    /// When it came, in milliseconds since 1970 on the sandbox's clock.
    pub at_ms: u64,
    /// The HTTP method.
    pub method: String,
    /// The route with its parameters' names, such as `/channels/{channel}/messages`.
    pub route: String,
    /// The path as it was called, without `/api/v10`.
    pub path: String,
    /// The JSON body, or null.
    pub body: Value,
    /// How many files came along.
    pub files: usize,
    /// The HTTP status of the answer; 0 when the connection was cut by a planned fault.
    pub status: u16,
    /// Discord's JSON error code, when it was refused.
    pub code: Option<u64>,
    /// The `X-Audit-Log-Reason`, when one was given.
    pub reason: Option<String>,
}

/// The last calls.
#[derive(Debug)]
pub(crate) struct Journal {
    calls: VecDeque<Call>,
    keep: usize,
    total: u64,
}

impl Journal {
    /// A journal that remembers so many calls.
    pub(crate) fn new(keep: usize) -> Self {
        Self { calls: VecDeque::new(), keep, total: 0 }
    }

    /// Notes a call.
    pub(crate) fn note(&mut self, call: Call) {
        self.total += 1;
        if self.keep == 0 {
            return;
        }
        if self.calls.len() == self.keep {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }

    /// What is remembered, oldest first.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.iter().cloned().collect()
    }

    /// How many calls there ever were.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// Forgets the calls so far, not their number.
    pub(crate) fn clear(&mut self) {
        self.calls.clear();
    }
}
