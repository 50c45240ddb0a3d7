//! Whatever is done to Discord by hand, in any mixture: one pass puts it right, and the next one writes nothing.

use std::collections::HashMap;

use frontdesk::domain::id::{GuildId, TicketId};
use frontdesk::domain::job::Posted;
use frontdesk::domain::ticket::{Holder, StatusName, Ticket};
use frontdesk::sandbox::Person;
use futures_util::StreamExt as _;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::databases::{Fresh, Kind};
use crate::office::{Acts as _, Office, Opened};

/// How many mixtures are tried, and how many when all are asked for, on each database.
const QUICK: u64 = 3;
const ALL: [(Kind, u64); 2] = [(Kind::Sqlite, 200), (Kind::Postgres, 50)];
/// How many of them all are tried side by side: one mostly waits.
const SIDE_BY_SIDE: usize = 4;
/// How much is done by hand in each.
const DEEDS: usize = 7;

/// A desk with a ticket in every state, and the packets of those that were escalated.
async fn busy_office(fresh: &Fresh) -> (Office, Vec<Opened>, Vec<u64>) {
    let office = Office::start_on(fresh).await;
    let (mut tickets, mut packets) = (Vec::new(), Vec::new());
    for (index, who) in
        [&office.ana, &office.mia, &office.ana, &office.ana, &office.mia].into_iter().enumerate()
    {
        tickets.push(office.opens_ticket(who, &format!("xqzvw{index}")).await);
    }
    // The first one stays in the queue.
    for ticket in &tickets[1..] {
        office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
        office.ben.waits_for_thread(&ticket.number).await;
    }
    for ticket in &tickets[2..4] {
        office.ben.fills(ticket.queue_card, "Escalate", "Restarted the client.").await;
        let mark = format!("{} ", ticket.number);
        let is_packet = |message: &frontdesk::sandbox::SeenMessage| {
            message.contains(&mark) && message.button("Accept").is_some()
        };
        let packet = office.sven.waits_for(office.queue, is_packet).await;
        packets.push(packet.id);
        if ticket.number == tickets[3].number {
            office.sven.presses(packet.id, "Accept").await.unwrap();
            office.sven.waits_for_thread(&ticket.number).await;
        }
    }
    office.ben.runs(tickets[4].thread, "ticket close", &[("reason", "Done.")]).await;
    let closed = || (office.guild.thread_state(tickets[4].thread) == Some((true, true))).then_some(());
    assert!(office.ana.wait_until(closed).await.is_some());
    office.settles().await;
    (office, tickets, packets)
}

/// Something that people do by hand. Returns what it was.
fn deed(office: &Office, (tickets, packets): (&[Opened], &[u64]), random: &mut StdRng) -> String {
    let ticket = &tickets[random.random_range(0..tickets.len())];
    let staff: [&Person; 4] = [&office.ben, &office.bea, &office.sven, &office.olga];
    let person = staff[random.random_range(0..staff.len())];
    let number = &ticket.number;
    match random.random_range(0..9) {
        0 => {
            office.guild.delete_channel(ticket.thread);
            format!("the thread of {number} is deleted")
        }
        1 => {
            office.guild.set_archived(ticket.thread, random.random());
            format!("the thread of {number} is archived or woken")
        }
        2 => {
            office.guild.set_locked(ticket.thread, random.random());
            format!("the thread of {number} is locked or unlocked")
        }
        3 => {
            office.guild.delete_message(ticket.card);
            format!("the card in the thread of {number} is deleted")
        }
        4 => {
            office.guild.delete_message(ticket.queue_card);
            format!("the card of {number} in the queue is deleted")
        }
        5 => {
            for role in [&office.first_level, &office.second_level] {
                office.guild.take_role(person, role);
            }
            format!("{} has no role any more", person.name())
        }
        6 => {
            office.guild.remove_member(person);
            format!("{} is thrown out", person.name())
        }
        7 => {
            let packet = packets[random.random_range(0..packets.len())];
            office.guild.delete_message(packet);
            format!("packet {packet} is deleted")
        }
        _ => {
            office.guild.remove_member(&office.mia);
            "Mia leaves".to_owned()
        }
    }
}

/// What is not as the database has it.
fn faults(office: &Office, ticket: &Ticket, packets: &HashMap<TicketId, Posted>) -> Vec<String> {
    let number = ticket.number;
    let owner = office.guild.owner().unwrap();
    let there = |message: Option<frontdesk::domain::id::MessageId>| {
        message.is_some_and(|message| owner.sees_message(message.snowflake()).is_some())
    };
    let mut faults = Vec::new();
    let mut must = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    let thread = ticket.places.thread.map(frontdesk::domain::id::ChannelId::snowflake);
    let state = thread.and_then(|thread| office.guild.thread_state(thread));
    must(state == Some((false, false)), format!("the thread of #{number} is {state:?}"));
    must(there(ticket.places.thread_card), format!("#{number} has no card in its thread"));
    must(there(ticket.places.queue_card), format!("#{number} has no card in the queue"));
    let waits_for_second_level = ticket.status.name() == StatusName::Escalated;
    let packet = packets.get(&ticket.id).map(|packet| packet.message);
    must(!waits_for_second_level || there(packet), format!("#{number} has no packet"));
    let members = thread.map(|thread| office.guild.thread_members(thread)).unwrap_or_default();
    let is_staff = |id: u64| {
        let person = office.sandbox.person(id).unwrap();
        let roles = office.guild.roles_of(&person);
        roles.iter().any(|role| *role == office.first_level.name || *role == office.second_level.name)
    };
    let requester = ticket.requester.snowflake();
    let is_here = office.guild.members().iter().any(|person| person.id() == requester);
    must(
        members.contains(&requester) == is_here,
        format!("the requester of #{number} is not where they belong"),
    );
    for member in members {
        let belongs = member == office.sandbox.bot_id() || member == requester || is_staff(member);
        must(belongs, format!("{member} is in the thread of #{number}"));
    }
    let holder = ticket.status.holder().filter(|_| ticket.status.is_open()).map(Holder::user);
    must(
        holder.is_none_or(|holder| is_staff(holder.snowflake())),
        format!("#{number} is held by a stranger"),
    );
    faults
}

/// Does things by hand, and lets the desk look once.
async fn mixture(seed: u64, kind: Kind) -> Option<()> {
    let fresh = Fresh::new(kind).await?;
    let mut random = StdRng::seed_from_u64(seed);
    let (mut office, tickets, packets) = busy_office(&fresh).await;
    if random.random() {
        office.stop_desk().await;
    }
    let deeds: Vec<String> = (0..DEEDS).map(|_| deed(&office, (&tickets, &packets), &mut random)).collect();
    if office.is_running() {
        // Some of it was noticed while it was done, and a look leaves alone what is under way.
        office.one_pass().await;
        office.one_pass().await;
    } else {
        office.starts_and_looks_once().await;
    }
    let guild = GuildId::from_snowflake(office.guild.id);
    let store = &office.app().desk().store;
    let alive = store.alive_tickets(guild, TicketId(0), 100).await.unwrap();
    assert_eq!(alive.len(), 4, "no ticket is closed or lost");
    let posted = store.packets(guild, (TicketId(0), TicketId(i64::MAX))).await.unwrap();
    let faults: Vec<String> = alive.iter().flat_map(|ticket| faults(&office, ticket, &posted)).collect();
    assert!(faults.is_empty(), "seed {seed} on {kind:?}: {deeds:#?}\n{faults:#?}");
    let open = office.guild.threads().into_iter();
    let open = open.filter(|thread| office.guild.thread_state(*thread).is_some_and(|state| !state.0));
    assert_eq!(open.count(), 4, "one open thread for each of them");
    office.sandbox.forget_calls();
    office.one_pass().await;
    let written = office.sandbox.calls().into_iter().filter(|call| call.method != "GET");
    let written: Vec<String> =
        written.map(|call| format!("{} {} {}", call.method, call.path, call.body)).collect();
    assert_eq!(written, Vec::<String>::new(), "seed {seed} on {kind:?}: {deeds:#?}");
    assert_eq!(office.dead_letters().await, Vec::<String>::new(), "seed {seed} on {kind:?}: {deeds:#?}");
    office.stop_desk().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_done_by_hand_one_pass_puts_it_right_and_the_next_writes_nothing() {
    for (kind, seeds) in ALL {
        let (seeds, side_by_side) =
            if crate::crash::tries_all() { (seeds, SIDE_BY_SIDE) } else { (QUICK, 1) };
        let tried = futures_util::stream::iter(0..seeds)
            .map(|seed| mixture(seed, kind))
            .buffer_unordered(side_by_side)
            .filter_map(std::future::ready)
            .count()
            .await;
        let deeds = tried * DEEDS;
        eprintln!(
            "by hand on {kind:?}: {tried} mixtures of {deeds} deeds, put right in one pass, writes of the next 0"
        );
    }
}
