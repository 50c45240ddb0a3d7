//! Whatever is done to Discord by hand, in any mixture: one pass puts it right, and the next one writes nothing.

use std::time::Duration;

use frontdesk::domain::id::{GuildId, TicketId};
use frontdesk::domain::ticket::{Holder, Ticket};
use frontdesk::sandbox::Person;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::office::{Acts as _, Office, Opened};

/// How many mixtures are tried, and how many when all are asked for.
const QUICK: u64 = 3;
const ALL: u64 = 40;
/// How much is done by hand in each.
const DEEDS: usize = 7;

/// A desk with a ticket in every state.
async fn busy_office() -> (Office, Vec<Opened>) {
    let office = Office::start().await;
    let mut tickets = Vec::new();
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
        if ticket.number == tickets[3].number {
            office.sven.presses(packet.id, "Accept").await.unwrap();
            office.sven.waits_for_thread(&ticket.number).await;
        }
    }
    office.ben.runs(tickets[4].thread, "ticket close", &[("reason", "Done.")]).await;
    let closed = || (office.guild.thread_state(tickets[4].thread) == Some((true, true))).then_some(());
    assert!(office.ana.wait_until(closed).await.is_some());
    office.settles().await;
    (office, tickets)
}

/// Something that people do by hand. Returns what it was.
fn deed(office: &Office, tickets: &[Opened], random: &mut StdRng) -> String {
    let ticket = &tickets[random.random_range(0..tickets.len())];
    let staff: [&Person; 4] = [&office.ben, &office.bea, &office.sven, &office.olga];
    let person = staff[random.random_range(0..staff.len())];
    let number = &ticket.number;
    match random.random_range(0..8) {
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
        _ => {
            office.guild.remove_member(&office.mia);
            "Mia leaves".to_owned()
        }
    }
}

/// What is not as the database has it.
fn faults(office: &Office, ticket: &Ticket) -> Vec<String> {
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

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_done_by_hand_one_pass_puts_it_right_and_the_next_writes_nothing() {
    let all = std::env::var_os("FRONTDESK_SWEEP").is_some_and(|asked| asked == "all");
    let seeds = if all { ALL } else { QUICK };
    let mut done = 0;
    for seed in 0..seeds {
        let mut random = StdRng::seed_from_u64(seed);
        let (mut office, tickets) = busy_office().await;
        if random.random() {
            office.stop_desk().await;
        }
        let deeds: Vec<String> = (0..DEEDS).map(|_| deed(&office, &tickets, &mut random)).collect();
        done += deeds.len();
        if !office.is_running() {
            office.start_desk().await;
        }
        office.pass(Duration::from_mins(5));
        let written = office.writes_of_another_pass().await;
        assert_eq!(written, Vec::<String>::new(), "seed {seed}: {deeds:#?}");
        let guild = GuildId::from_snowflake(office.guild.id);
        let alive = office.app().desk().store.alive_tickets(guild, TicketId(0), 100).await.unwrap();
        assert_eq!(alive.len(), 4, "no ticket is closed or lost");
        let faults: Vec<String> = alive.iter().flat_map(|ticket| faults(&office, ticket)).collect();
        assert!(faults.is_empty(), "seed {seed}: {deeds:#?}\n{faults:#?}");
        let open = office.guild.threads().into_iter();
        let open = open.filter(|thread| office.guild.thread_state(*thread).is_some_and(|state| !state.0));
        assert_eq!(open.count(), 4, "one open thread for each of them");
        assert_eq!(office.dead_letters().await, Vec::<String>::new());
        office.stop_desk().await;
    }
    eprintln!("by hand: {seeds} mixtures of {done} deeds, put right in one pass, writes of the next 0");
}
