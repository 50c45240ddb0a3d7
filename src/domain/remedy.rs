//! What an admin can do about a delivery that was given up, judged by what Discord said at last.

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Grant the bot what it lacks, then try again.
    Grant,
    /// What it was about was deleted: there is nothing to deliver any more.
    Discard,
    /// Make room for threads, then try again.
    MakeRoom,
    /// Discord had trouble for long; try again.
    TryAgain,
    /// It will fail again: a fault of the desk's own.
    Report,
}

impl Remedy {
    /// By the last error of a delivery. The codes are Discord's (topics/opcodes-and-status-codes, JSON error codes).
    pub fn of(error: &str) -> Self {
        match code(error) {
            // Missing access, missing permissions.
            Some(50_001 | 50_013) => Self::Grant,
            // Unknown channel, guild, member, message, role, user, webhook; an interaction's token is spent.
            Some(10_003 | 10_004 | 10_007 | 10_008 | 10_011 | 10_013 | 10_015 | 50_027) => Self::Discard,
            // The most active threads a server may have.
            Some(160_006) => Self::MakeRoom,
            // Code 0 is none: a refusal by status alone, as from something between Discord and us.
            Some(0) => Self::TryAgain,
            Some(_) => Self::Report,
            None if error.contains(" is gone") => Self::Discard,
            None if error.contains("unexpected") || error.contains("it is about") => Self::Report,
            None => Self::TryAgain,
        }
    }
}

fn code(error: &str) -> Option<u64> {
    let (_, rest) = error.split_once("code ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_end_has_its_remedy() {
        let cases = [
            ("Discord refused with 403, code 50013: Missing Permissions", Remedy::Grant),
            ("Discord refused with 404, code 10003: Unknown Channel", Remedy::Discard),
            ("its ticket is gone", Remedy::Discard),
            (
                "Discord refused with 400, code 160006: Maximum number of active threads reached",
                Remedy::MakeRoom,
            ),
            ("Discord failed with 502", Remedy::TryAgain),
            ("no answer in time", Remedy::TryAgain),
            ("Discord refused with 403, code 0: ", Remedy::TryAgain),
            ("Discord refused with 400, code 50035: Invalid Form Body at embeds", Remedy::Report),
            ("Discord answered something unexpected: line 1", Remedy::Report),
        ];
        for (error, remedy) in cases {
            assert_eq!(Remedy::of(error), remedy, "{error}");
        }
    }
}
