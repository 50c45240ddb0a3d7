//! For how long the rows of each table are kept: what an admin is told, and has to tell others.

use std::fmt;

/// When a row goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Never by itself.
    ForGood,
    /// Never by itself; what people wrote in it for as long as the server keeps the texts of tickets.
    WithoutTexts,
    /// Never by itself; what led to a ticket without its texts, as that.
    WithoutTextsOfTickets,
    /// As soon as it has done what it is for.
    UntilDone,
    /// So many hours after it was written.
    Hours(u32),
    /// It is changed, and does not get more.
    OneEach(&'static str),
}

/// Every table. A test compares it with the databases' own lists.
pub const KEEPING: &[(&str, Keeping)] = &[
    ("article_versions", Keeping::ForGood),
    ("articles", Keeping::ForGood),
    ("categories", Keeping::ForGood),
    ("command_registrations", Keeping::OneEach("bot")),
    ("desk_terms", Keeping::OneEach("server")),
    ("desks", Keeping::OneEach("server")),
    ("digests", Keeping::OneEach("server")),
    ("duties", Keeping::OneEach("member of staff")),
    ("escalations", Keeping::WithoutTexts),
    ("feedback", Keeping::WithoutTextsOfTickets),
    ("incident_people", Keeping::ForGood),
    ("incident_proposals", Keeping::ForGood),
    ("incidents", Keeping::ForGood),
    ("outbox", Keeping::UntilDone),
    ("practice_attempts", Keeping::ForGood),
    ("processes", Keeping::OneEach("running process")),
    ("questions", Keeping::WithoutTextsOfTickets),
    ("review_reminders", Keeping::ForGood),
    ("retentions", Keeping::OneEach("category of a server")),
    ("shard_leases", Keeping::OneEach("shard")),
    ("shelf_revisions", Keeping::OneEach("server")),
    ("specialisms", Keeping::ForGood),
    ("taken_interactions", Keeping::Hours(1)),
    ("ticket_events", Keeping::WithoutTexts),
    ("tickets", Keeping::WithoutTexts),
    ("timers", Keeping::UntilDone),
];

/// For how long a table's rows are kept.
pub fn keeping(table: &str) -> Option<Keeping> {
    KEEPING.iter().find(|(name, _)| *name == table).map(|(_, keeping)| *keeping)
}

impl fmt::Display for Keeping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForGood => f.write_str("kept for good"),
            Self::WithoutTexts => f.write_str("kept for good, its texts as said under retention"),
            Self::WithoutTextsOfTickets => {
                f.write_str("kept for good, texts that led to a ticket as said under retention")
            }
            Self::UntilDone => f.write_str("kept until done"),
            Self::Hours(1) => f.write_str("kept for an hour"),
            Self::Hours(hours) => write!(f, "kept for {hours} hours"),
            Self::OneEach(what) => write!(f, "one for each {what}"),
        }
    }
}
