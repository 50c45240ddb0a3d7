//! Changes of many tickets and of single ones at once: none waits for one that waits for it.
//!
//! PostgreSQL ends one of two transactions that wait for each other, and whoever pressed would read of an incident. SQLite
//! has one writer, and shows that the same changes fit together.

use std::path::Path;
use std::time::Duration;

use frontdesk::desk::{Desk, DeskError, HoursChange};
use frontdesk::domain::actor::{Actor, Standing};
use frontdesk::domain::article::Language;
use frontdesk::domain::id::{IncidentId, TicketId, UserId};
use frontdesk::domain::ticket::{Priority, Ticket};
use frontdesk::domain::time::Clock;
use frontdesk::knowledge::{Knowledge, KnowledgeOptions};
use frontdesk::store::{Store, TicketKey};
use tokio::task::JoinSet;

use crate::databases::{Fresh, on_both_databases};
use crate::store::{AGENT, GUILD, NOW, open, with_desks};

on_both_databases!(an_incident_of_many_tickets_new_deadlines_for_all_and_single_changes_fit_together);

/// Often enough that every order of two changes comes up.
const ROUNDS: usize = 12;
/// As many tickets as an incident has in a bad hour.
const TICKETS: usize = 20;

fn agent(user: UserId) -> Actor {
    let standing = Standing { first_level: true, manager: true, ..Standing::default() };
    Actor { guild: GUILD, user, name: "Ben".to_owned(), language: Language::En, standing }
}

fn desk(store: Store, index: &Path) -> Desk {
    let kb_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("kb");
    let options = KnowledgeOptions { kb_folder, index_folder: index.to_owned() };
    Desk::new(store, Clock::default(), Knowledge::open(&options).unwrap().0)
}

/// Changes that run at once. Being refused is an answer, too: somebody else was first.
#[derive(Default)]
struct AtOnce(JoinSet<Result<(), DeskError>>);

impl AtOnce {
    fn add<T>(&mut self, change: impl Future<Output = Result<T, DeskError>> + Send + 'static) {
        self.0.spawn(async move { change.await.map(drop) });
    }

    async fn end(self) {
        let all = tokio::time::timeout(Duration::from_mins(1), self.0.join_all()).await;
        for outcome in all.expect("nothing hangs") {
            assert!(matches!(outcome, Ok(()) | Err(DeskError::Refused(_))), "{outcome:?}");
        }
    }
}

/// New tickets, in an order that no index has.
async fn tickets(store: &Store, round: usize) -> Vec<Ticket> {
    let mut tickets = Vec::new();
    for ticket in 0..TICKETS {
        tickets.push(open(store, GUILD, &format!("question:{round}-{ticket}")).await);
    }
    tickets.rotate_left(round % TICKETS);
    tickets.reverse();
    tickets
}

/// The incident of a proposal with these tickets, opened while other things happen to them.
async fn opened(desk: &Desk, round: usize, tickets: &[Ticket]) -> IncidentId {
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let mut tx = desk.store.begin().await.unwrap();
    let proposal = tx.insert_proposal(GUILD, &ids, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let incident = {
        let desk = desk.clone();
        async move {
            let title = format!("Printers {round}");
            desk.open_incident(&agent(AGENT), (&title, "We are on it."), Some(proposal)).await
        }
    };
    let incident = tokio::spawn(incident);
    let mut at_once = AtOnce::default();
    for _ in 0..2 {
        let desk = desk.clone();
        at_once.add(async move { desk.recompute(GUILD).await });
    }
    for (place, ticket) in tickets.iter().enumerate() {
        let (desk, key) = (desk.clone(), TicketKey::Id(ticket.id));
        let (other, id) = (tickets[(place * 7 + 3) % TICKETS].number, ticket.id);
        match place % 5 {
            0 => at_once.add(async move { desk.mark_duplicate(&agent(AGENT), key, other).await }),
            1 => at_once.add(async move { desk.claim(&agent(AGENT), key).await }),
            2 => at_once.add(async move { desk.prioritise(&agent(AGENT), key, Priority::P1, None).await }),
            3 => at_once.add(async move { desk.look_for_incident(id).await }),
            _ => at_once.add(async move { desk.close(&agent(AGENT), key, None).await }),
        }
    }
    at_once.end().await;
    incident.await.unwrap().unwrap().id
}

async fn an_incident_of_many_tickets_new_deadlines_for_all_and_single_changes_fit_together(fresh: Fresh) {
    let index = tempfile::tempdir().unwrap();
    let desk = desk(with_desks(&fresh).await, index.path());
    let hours =
        HoursChange { zone: Some("Europe/Berlin"), week: Some("Mo-Fr 8-16"), ..HoursChange::default() };
    for round in 0..ROUNDS {
        let tickets = tickets(&desk.store, round).await;
        // Every other time all deadlines move.
        let changed = if round % 2 == 0 {
            desk.change_hours(&agent(AGENT), &hours).await
        } else {
            desk.clear_hours(&agent(AGENT)).await
        };
        changed.unwrap();
        let incident = opened(&desk, round, &tickets).await;
        desk.close_incident(&agent(AGENT), incident, "Restart it.").await.unwrap();
        let mut at_once = AtOnce::default();
        for _ in 0..2 {
            let (one, other) = (desk.clone(), desk.clone());
            at_once.add(async move { one.settle_incident(incident).await });
            at_once.add(async move { other.recompute(GUILD).await });
        }
        for ticket in &tickets {
            let (desk, key) = (desk.clone(), TicketKey::Id(ticket.id));
            at_once.add(async move { desk.reopen(&agent(UserId(21)), key).await });
        }
        at_once.end().await;
    }
}
