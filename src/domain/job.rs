//! What must follow from a change on Discord. Jobs are rows of the outbox, committed with the change they follow
//! from, delivered at least once and in order for each lane.
//!
//! A job names things and carries no content that could grow old: what it shows is read when it is delivered.

mod say;
mod timer;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::article::DueReview;
use super::id::{
    ChannelId, DeskArticleId, EscalationId, GuildId, IncidentId, JobId, PracticeId, ProposalId, SpecialismId,
    TicketId, UserId,
};
use super::ladder::Rung;
use super::time::Timestamp;

pub use say::{Say, Whom};
pub use timer::Timer;

/// The secret with which one answer to one interaction can be edited, for 15 minutes. It does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InteractionToken(String);

impl InteractionToken {
    /// From what Discord sent.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// The secret itself, for the call that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for InteractionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InteractionToken(..)")
    }
}

/// What a job or a timer is about. Jobs of one lane run in order, those of different lanes side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    /// One ticket.
    Ticket(TicketId),
    /// A server's desk as a whole.
    Desk(GuildId),
    /// One article written on a desk.
    Article(DeskArticleId),
    /// One incident.
    Incident(IncidentId),
    /// What an outside provider is sent: its trouble must not hold up the tickets.
    Provider(SpecialismId),
    /// One practice ticket.
    Practice(PracticeId),
}

impl Lane {
    /// The ticket, if it is about one.
    pub const fn ticket(self) -> Option<TicketId> {
        match self {
            Self::Ticket(ticket) => Some(ticket),
            Self::Desk(_) | Self::Article(_) | Self::Incident(_) | Self::Provider(_) | Self::Practice(_) => {
                None
            }
        }
    }
}

/// As the database stores it: `ticket:12`.
impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ticket(ticket) => write!(f, "ticket:{ticket}"),
            Self::Desk(guild) => write!(f, "desk:{guild}"),
            Self::Article(article) => write!(f, "article:{article}"),
            Self::Incident(incident) => write!(f, "incident:{incident}"),
            Self::Provider(specialism) => write!(f, "provider:{specialism}"),
            Self::Practice(practice) => write!(f, "practice:{practice}"),
        }
    }
}

/// A text that names no lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no lane")]
pub struct UnknownLane;

impl FromStr for Lane {
    type Err = UnknownLane;

    fn from_str(code: &str) -> Result<Self, UnknownLane> {
        let (kind, id) = code.split_once(':').ok_or(UnknownLane)?;
        let id = id.parse().map_err(|_| UnknownLane)?;
        match kind {
            "ticket" => Ok(Self::Ticket(TicketId(id))),
            "desk" => Ok(Self::Desk(GuildId(id))),
            "article" => Ok(Self::Article(DeskArticleId(id))),
            "incident" => Ok(Self::Incident(IncidentId(id))),
            "provider" => Ok(Self::Provider(SpecialismId(id))),
            "practice" => Ok(Self::Practice(PracticeId(id))),
            _ => Err(UnknownLane),
        }
    }
}

impl Job {
    /// Which kind of job it is, as its JSON names it.
    pub fn kind(&self) -> String {
        let form = serde_json::to_value(self).unwrap_or_default();
        form["kind"].as_str().unwrap_or_default().to_owned()
    }

    /// Every kind there is. The list is serde's own, which names them all when it meets one that it does not know.
    pub fn kinds() -> Vec<String> {
        let unknown = serde_json::from_str::<Self>(r#"{"kind":""}"#).map_err(|error| error.to_string());
        let named = unknown.err().unwrap_or_default();
        // The first is what was not known.
        named.split('`').skip(3).step_by(2).map(str::to_owned).collect()
    }
}

/// One follow-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Makes the ticket's private thread, or adopts the one that is there already.
    CreateThread,
    /// Adds somebody to the thread.
    AddMember {
        /// Who.
        user: UserId,
    },
    /// Removes somebody from the thread.
    RemoveMember {
        /// Who.
        user: UserId,
    },
    /// Posts the request with its card in the thread.
    PostThreadCard,
    /// Posts the live card in the queue channel.
    PostQueueCard,
    /// Fetches a file that came with the request, and posts it in the thread.
    PostFile {
        /// Which of them.
        #[serde(default)]
        file: usize,
    },
    /// Deletes the message with that file, when the ticket's texts are emptied.
    RemoveFile {
        /// The message.
        place: Posted,
    },
    /// Gives the requester the thread's link, in the answer they have open.
    LinkThread {
        /// The interaction's token: lets us edit that one answer for 15 minutes.
        token: InteractionToken,
        /// When Discord forgets it.
        expires_at: Timestamp,
    },
    /// Brings both cards up to date.
    UpdateCards,
    /// Brings the queue card up to date with what the other one does not show.
    UpdateQueueCard,
    /// Posts the escalation packet and pings the specialism's role.
    PostEscalation {
        /// Which.
        escalation: EscalationId,
    },
    /// Brings the packet's card up to date.
    UpdateEscalation {
        /// Which.
        escalation: EscalationId,
    },
    /// Calls whoever the next step of the ladder names, beside the packet.
    Call {
        /// Which escalation.
        escalation: EscalationId,
        /// Which step.
        rung: Rung,
    },
    /// Sends the packet to an outside provider's own system.
    NotifyProvider {
        /// The ticket: this job's lane is the provider's.
        ticket: TicketId,
        /// Which escalation.
        escalation: EscalationId,
    },
    /// Says something about the ticket.
    Say {
        /// What.
        what: Say,
    },
    /// Looks whether somebody has written what was not heard, and does what silence leads to if not.
    EndSilence,
    /// Archives and locks the thread in one call.
    CloseThread,
    /// Takes the thread out of the archive and unlocks it.
    OpenThread,
    /// Takes the subject out of the thread's name, when the ticket's texts are emptied.
    ClearThreadName,
    /// Posts the closing note with Reopen and the rating in the support channel.
    PostClosingNote,
    /// Posts the card on which an article is reviewed, or brings it up to date.
    ShowReview,
    /// Tells an article's author what was decided.
    TellAuthor,
    /// Tells an article's owner that it has to be looked at again.
    RemindOfReview {
        /// Which.
        review: DueReview,
    },
    /// Posts the ticket's transcript in the queue channel.
    PostTranscript,
    /// Shows staff, in the queue channel, tickets that look like one incident.
    PostProposal {
        /// Which.
        proposal: ProposalId,
    },
    /// Brings that message up to date.
    UpdateProposal {
        /// Which.
        proposal: ProposalId,
    },
    /// Posts the incident's card in the queue channel.
    PostIncidentCard {
        /// Which.
        incident: IncidentId,
    },
    /// Brings the incident's card up to date.
    UpdateIncidentCard {
        /// Which.
        incident: IncidentId,
    },
    /// Tells the support channel that an incident is solved, for those who have no ticket.
    PostIncidentNote {
        /// Which.
        incident: IncidentId,
    },
    /// Tells whoever is in a thread of ours that it belongs to no ticket, then archives and locks it.
    CloseStray {
        /// Which.
        thread: ChannelId,
    },
    /// Posts the report of a week.
    PostReport {
        /// Where.
        channel: ChannelId,
        /// From when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
    },
    /// Posts a practice ticket's card in its thread.
    PostPracticeCard,
    /// Brings that card up to date.
    UpdatePracticeCard,
    /// Reminds a practice ticket's agent of it, in its thread.
    RemindOfPractice {
        /// When it is given up otherwise.
        stops: Timestamp,
    },
    /// Says in a practice ticket's thread what its agent wrote, and what the pretended requester answers.
    SayInPractice {
        /// What was written.
        said: String,
        /// The answer, if there is one.
        answer: Option<String>,
    },
}

/// Why a delivery was given up that needed a thread which could not be made. It is made up for once there is one.
pub const NO_THREAD: &str = "its ticket has no thread";

/// A job as it stands in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedJob {
    /// Its row.
    pub id: JobId,
    /// The server it belongs to.
    pub guild: GuildId,
    /// What it is about.
    pub lane: Lane,
    /// What to do.
    pub job: Job,
    /// How often it was begun before. More than none: its effect may be there already, so look before doing it again.
    pub attempts: i64,
    /// When it was queued.
    pub queued_at: Timestamp,
}

impl QueuedJob {
    /// The number of this attempt, which whoever takes the job after us raises: nothing is written about a job with an
    /// older one.
    pub const fn fence(&self) -> i64 {
        self.attempts + 1
    }
}

/// A message of ours on Discord, with its channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The channel or thread.
    pub channel: ChannelId,
    /// The message.
    pub message: super::id::MessageId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_job_is_listed() {
        let kinds = Job::kinds();
        let last = Job::SayInPractice { said: String::new(), answer: None };
        assert_eq!(kinds.first(), Some(&Job::CreateThread.kind()));
        assert_eq!(kinds.last(), Some(&last.kind()));
    }

    #[test]
    fn lanes_are_read_as_they_are_written() {
        let lanes = [
            Lane::Ticket(TicketId(12)),
            Lane::Desk(GuildId(7)),
            Lane::Article(DeskArticleId(3)),
            Lane::Incident(IncidentId(4)),
            Lane::Provider(SpecialismId(3)),
            Lane::Practice(PracticeId(5)),
        ];
        for lane in lanes {
            assert_eq!(lane.to_string().parse(), Ok(lane));
        }
        for torn in ["", "ticket", "ticket:", "ticket:x", "cat:1"] {
            assert_eq!(torn.parse::<Lane>(), Err(UnknownLane), "{torn}");
        }
    }
}
