//! What happens at a time, without anybody asking for it.

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// A deadline comes near.
    DueSoon,
    /// A deadline has passed.
    Overdue,
    /// A requester wrote and has no answer.
    AnswerOwed,
    /// Whoever has a ticket is not seen.
    Idle,
    /// A requester who is asked for something does not answer.
    Nudge,
    /// … and does not after that.
    StaleClose,
    /// A resolved ticket will be closed.
    ClosingSoon,
    /// Closes a resolved ticket whose requester says nothing.
    AutoClose,
    /// Nobody accepts an escalation: the next step of the ladder.
    Ladder,
    /// What the desk promises has changed, and with it every deadline.
    Recompute,
    /// The daily round of a desk.
    Daily,
    /// Compares a new ticket with others, which may be about the same incident.
    LookAlike,
    /// Closes the tickets of an incident that has ended.
    SettleIncident,
    /// Posts a server's weekly report.
    WeeklyReport,
    /// Empties the texts of tickets that ended long ago.
    Retention,
    /// An agent does nothing about a practice ticket.
    RemindOfPractice,
    /// … and has not after that.
    StopPractice,
}

impl Timer {
    /// Those that follow from a ticket as it is: saving it sets them anew.
    pub const OF_A_TICKET: [Self; 9] = [
        Self::DueSoon,
        Self::Overdue,
        Self::AnswerOwed,
        Self::Idle,
        Self::Nudge,
        Self::StaleClose,
        Self::ClosingSoon,
        Self::AutoClose,
        Self::Ladder,
    ];

    /// Whether it rings because somebody is silent: the requester, or whoever has the ticket.
    pub const fn is_of_silence(self) -> bool {
        matches!(
            self,
            Self::AnswerOwed
                | Self::Idle
                | Self::Nudge
                | Self::StaleClose
                | Self::ClosingSoon
                | Self::AutoClose
        )
    }

    /// Whether somebody is pinged when it rings, and so not at night.
    pub const fn calls_people(self) -> bool {
        match self {
            Self::DueSoon
            | Self::Overdue
            | Self::AnswerOwed
            | Self::Idle
            | Self::Nudge
            | Self::ClosingSoon
            | Self::Ladder
            | Self::RemindOfPractice => true,
            Self::StaleClose
            | Self::AutoClose
            | Self::Recompute
            | Self::Daily
            | Self::LookAlike
            | Self::SettleIncident
            | Self::WeeklyReport
            | Self::Retention
            | Self::StopPractice => false,
        }
    }

    /// All of them, with their codes.
    const CODES: [(Self, &'static str); 17] = [
        (Self::DueSoon, "due_soon"),
        (Self::Overdue, "overdue"),
        (Self::AnswerOwed, "answer_owed"),
        (Self::Idle, "idle"),
        (Self::Nudge, "nudge"),
        (Self::StaleClose, "stale_close"),
        (Self::ClosingSoon, "closing_soon"),
        (Self::AutoClose, "auto_close"),
        (Self::Ladder, "ladder"),
        (Self::Recompute, "recompute"),
        (Self::Daily, "daily"),
        (Self::LookAlike, "look_alike"),
        (Self::SettleIncident, "settle_incident"),
        (Self::WeeklyReport, "weekly_report"),
        (Self::Retention, "retention"),
        (Self::RemindOfPractice, "remind_of_practice"),
        (Self::StopPractice, "stop_practice"),
    ];

    /// As the database stores it.
    pub fn code(self) -> &'static str {
        Self::CODES.iter().find(|(timer, _)| *timer == self).map_or("", |(_, code)| code)
    }

    /// The codes of all of them.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        Self::CODES.iter().map(|(_, code)| *code)
    }

    /// The reverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::CODES.iter().find(|(_, known)| *known == code).map(|(timer, _)| *timer)
    }
}
