//! What a refusal of Discord means for a delivery (topics/opcodes-and-status-codes, JSON error codes).

use super::rest::RestError;
use crate::jobs::Failure;

/// Unknown channel, guild member, message, role, user: the thing is gone.
pub(super) const UNKNOWN_CHANNEL: u64 = 10003;
pub(super) const UNKNOWN_MEMBER: u64 = 10007;
pub(super) const UNKNOWN_MESSAGE: u64 = 10008;
pub(super) const UNKNOWN_USER: u64 = 10013;
/// Unknown webhook: the interaction's token is spent.
pub(super) const UNKNOWN_WEBHOOK: u64 = 10015;
/// The interaction's token is invalid by now.
pub(super) const INVALID_WEBHOOK_TOKEN: u64 = 50027;
/// The thread is archived.
pub(super) const THREAD_ARCHIVED: u64 = 50083;
/// Busy resources of Discord (130000) and its own overload: worth another try although the status says 4xx.
const RESOURCE_OVERLOADED: u64 = 130_000;
/// Something between us and Discord's own servers fails; the docs give no more than "internal network error".
const INTERNAL_NETWORK_ERROR: u64 = 40_333;
/// The server has as many active threads as Discord allows; others will be archived.
const MAX_ACTIVE_THREADS: u64 = 160_006;

impl RestError {
    /// Whether the call was refused with one of these codes.
    pub(super) fn is_one_of(&self, codes: &[u64]) -> bool {
        self.code().is_some_and(|code| codes.contains(&code))
    }
}

impl From<RestError> for Failure {
    fn from(error: RestError) -> Self {
        let why = error.to_string();
        match error {
            RestError::RateLimited { after } => Self::Later { after: Some(after), why },
            RestError::Failed { .. }
            | RestError::Unreached(_)
            | RestError::Refused { code: RESOURCE_OVERLOADED | MAX_ACTIVE_THREADS | INTERNAL_NETWORK_ERROR, .. }
            // A refused token is the admin's to mend; what waits must wait for that.
            | RestError::Refused { status: 401, .. } => Self::Later { after: None, why },
            RestError::Refused { .. } | RestError::Unexpected(_) => Self::GiveUp { why },
        }
    }
}
