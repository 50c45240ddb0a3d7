//! Identifiers, one type each, so that a channel can never be passed where a role is meant.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// From Discord's unsigned snowflake. Snowflakes use 63 bits until the year 2084, so none is lost.
            pub const fn from_snowflake(snowflake: u64) -> Self {
                Self(snowflake.cast_signed())
            }

            /// The unsigned number that Discord uses.
            pub const fn snowflake(self) -> u64 {
                self.0.cast_unsigned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A Discord server.
    GuildId
);
id!(
    /// A Discord channel or thread.
    ChannelId
);
id!(
    /// A Discord message.
    MessageId
);
id!(
    /// A Discord role.
    RoleId
);
id!(
    /// A Discord account.
    UserId
);
id!(
    /// A ticket's row, unique over all servers. People see its [`TicketNumber`] instead.
    TicketId
);
id!(
    /// A ticket's number within its server, counted from 1 without gaps.
    TicketNumber
);
id!(
    /// One escalation of one ticket.
    EscalationId
);
id!(
    /// A specialism (second level) of a server.
    SpecialismId
);
id!(
    /// A category of tickets of a server.
    CategoryId
);
id!(
    /// A question that somebody asked, with what was offered as its answer.
    QuestionId
);
id!(
    /// Something that many people report.
    IncidentId
);
id!(
    /// Tickets that look like one incident.
    ProposalId
);
id!(
    /// An article written on a desk, unique over all servers. People see its title instead.
    DeskArticleId
);
id!(
    /// What somebody taught about an article.
    LessonId
);
id!(
    /// One practice ticket of one agent.
    PracticeId
);
id!(
    /// A follow-up in the outbox.
    JobId
);
