//! Something that many people report at once: what is known about it, and when tickets look like one.

use std::time::Duration;

use super::id::{GuildId, IncidentId, ProposalId, TicketId, UserId};
use super::job::Posted;
use super::time::Timestamp;

/// So many tickets that look alike are proposed as an incident.
pub const ALIKE_MIN: usize = 3;

/// So close together they have to be opened.
pub const ALIKE_WITHIN: Duration = Duration::from_hours(1);

/// Something that many people report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Its row.
    pub id: IncidentId,
    /// Its server.
    pub guild: GuildId,
    /// One line.
    pub title: String,
    /// What is known, and what to do meanwhile.
    pub text: String,
    /// Who opened it.
    pub opened_by: UserId,
    /// When.
    pub opened_at: Timestamp,
    /// How many people have it.
    pub people: i64,
    /// How many tickets are part of it.
    pub tickets: i64,
    /// Its end, once it is solved.
    pub end: Option<End>,
    /// Its card in the queue channel.
    pub card: Option<Posted>,
}

/// How an incident ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Who closed it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// What everybody is told.
    pub solution: String,
}

/// Tickets that look like one incident, as staff are shown them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its row.
    pub id: ProposalId,
    /// Its server.
    pub guild: GuildId,
    /// The tickets.
    pub tickets: Vec<TicketId>,
    /// When it was made.
    pub at: Timestamp,
    /// The incident that was opened from it.
    pub incident: Option<IncidentId>,
    /// Its message, once it is posted.
    pub posted: Option<Posted>,
}

/// What a new ticket that looks like others gives rise to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nothing yet.
    Nothing,
    /// These look like one incident.
    New(Vec<TicketId>),
    /// It belongs to what was proposed already.
    Joins(ProposalId),
}

/// Decides about a new ticket, from the tickets that look like it and the proposals of the same time. Staff are asked
/// once about the same tickets, however they answer.
pub fn find(newest: TicketId, alike: &[TicketId], proposals: &[Proposal]) -> Finding {
    if proposals.iter().any(|proposal| proposal.tickets.contains(&newest)) {
        return Finding::Nothing;
    }
    let related = |proposal: &&Proposal| proposal.tickets.iter().any(|ticket| alike.contains(ticket));
    if let Some(proposal) = proposals.iter().find(related) {
        return Finding::Joins(proposal.id);
    }
    if alike.len() + 1 < ALIKE_MIN {
        return Finding::Nothing;
    }
    let mut tickets: Vec<TicketId> = alike.iter().copied().chain([newest]).collect();
    tickets.sort_unstable();
    tickets.dedup();
    Finding::New(tickets)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn proposal(id: i64, tickets: &[i64]) -> Proposal {
        Proposal {
            id: ProposalId(id),
            guild: GuildId(1),
            tickets: tickets.iter().copied().map(TicketId).collect(),
            at: Timestamp(0),
            incident: None,
            posted: None,
        }
    }

    #[test]
    fn three_alike_are_proposed_and_a_fourth_joins_them() {
        let [one, two, three, four] = [1, 2, 3, 4].map(TicketId);
        assert_eq!(find(two, &[one], &[]), Finding::Nothing);
        assert_eq!(find(three, &[two, one], &[]), Finding::New(vec![one, two, three]));
        let proposed = [proposal(7, &[1, 2, 3])];
        assert_eq!(find(three, &[two, one], &proposed), Finding::Nothing, "the second time it is looked at");
        assert_eq!(find(four, &[three], &proposed), Finding::Joins(ProposalId(7)));
        assert_eq!(find(four, &[], &proposed), Finding::Nothing);
    }

    proptest! {
        #[test]
        fn no_ticket_is_proposed_twice(alike in prop::collection::vec(prop::collection::vec(0_i64..12, 0..6), 0..12)) {
            let mut proposals: Vec<Proposal> = Vec::new();
            for (newest, alike) in (0_i64..).zip(alike) {
                let alike: Vec<TicketId> = alike.into_iter().filter(|id| *id < newest).map(TicketId).collect();
                match find(TicketId(newest), &alike, &proposals) {
                    Finding::Nothing => {}
                    Finding::Joins(id) => {
                        let joined = proposals.iter_mut().find(|proposal| proposal.id == id).unwrap();
                        joined.tickets.push(TicketId(newest));
                    }
                    Finding::New(tickets) => {
                        prop_assert!(tickets.len() >= ALIKE_MIN || alike.len() + 1 > tickets.len());
                        let tickets: Vec<i64> = tickets.into_iter().map(|id| id.0).collect();
                        proposals.push(proposal(newest, &tickets));
                    }
                }
            }
            let mut all: Vec<TicketId> = proposals.into_iter().flat_map(|proposal| proposal.tickets).collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(all.len(), count);
        }
    }
}
