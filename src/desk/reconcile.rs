//! Putting right what Discord does not show as the desk holds it. Each ticket is put right in a transaction of its own, with
//! the decision made anew on its locked row, so that it does not matter who else decides at the same time.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use super::change::Change;
use super::open::post_files;
use super::{Desk, DeskError, SetUp};
use crate::domain::event::What;
use crate::domain::id::{ChannelId, GuildId, JobId, MessageId, TicketId, TicketNumber, UserId};
use crate::domain::job::{Job, Lane, NO_THREAD, Posted, Say};
use crate::domain::reconcile::{Held, Inside, Repair, Seen, ThreadSight, repairs};
use crate::domain::ticket::Status;
use crate::store::{Deliveries, StoreError, TicketKey};

/// How many tickets are read at once.
const PAGE: i64 = 200;

/// After something about a ticket was given up, nothing is put right about it for so long: what Discord refuses today
/// it refuses again in five minutes.
const AFTER_FAILURE: Duration = Duration::from_hours(1);

/// What a server's desk holds that has to be on Discord.
#[derive(Clone, Debug)]
pub struct Inventory {
    /// The desk.
    pub set_up: SetUp,
    /// Tickets that are not closed, and about which nothing is under way.
    pub tickets: Vec<Held>,
    /// The threads of all tickets that are not closed.
    pub threads: BTreeSet<ChannelId>,
}

/// A message of ours that was seen to be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The card in a ticket's thread.
    ThreadCard(MessageId),
    /// A ticket's card in the queue channel.
    QueueCard(MessageId),
    /// The packet of a ticket's escalation.
    Packet(MessageId),
}

impl Desk {
    /// What a server's desk holds, if it has one.
    pub async fn inventory(&self, guild: GuildId) -> Result<Option<Inventory>, StoreError> {
        let Some(set_up) = self.set_up(guild).await? else { return Ok(None) };
        let mut inventory = Inventory { set_up, tickets: Vec::new(), threads: BTreeSet::new() };
        let deliveries = self.store.deliveries(guild).await?;
        let mut after = TicketId(0);
        loop {
            let page = self.store.alive_tickets(guild, after, PAGE).await?;
            let (Some(first), Some(last)) = (page.first(), page.last()) else { return Ok(Some(inventory)) };
            let range = (first.id, last.id);
            after = last.id;
            let mut insides: HashMap<TicketId, Inside> = HashMap::new();
            for (ticket, event) in self.store.memberships(guild, range).await? {
                insides.entry(ticket).or_default().hear(&event);
            }
            let mut packets: HashMap<TicketId, Posted> = self.store.packets(guild, range).await?;
            for ticket in page {
                inventory.threads.extend(ticket.places.thread);
                if !self.is_settled(&deliveries, ticket.id) {
                    continue;
                }
                let (inside, packet) =
                    (insides.remove(&ticket.id).unwrap_or_default(), packets.remove(&ticket.id));
                inventory.tickets.push(Held { ticket, inside, packet });
            }
        }
    }

    /// Whether nothing is under way about a ticket, and nothing was given up lately.
    fn is_settled(&self, deliveries: &Deliveries, ticket: TicketId) -> bool {
        let lane = Lane::Ticket(ticket);
        let failed =
            deliveries.failed.get(&lane).is_some_and(|at| self.clock.now().since(*at) < AFTER_FAILURE);
        !failed && !deliveries.busy.contains(&lane)
    }

    /// Puts a ticket right, as Discord was seen to show it. Returns what was wrong.
    pub async fn put_right(&self, id: TicketId, seen: &Seen) -> Result<Vec<Repair>, DeskError> {
        let mut tx = self.store.begin().await?;
        let Some(ticket) = tx.lock_ticket_of_timer(id).await? else { return Ok(Vec::new()) };
        if tx.is_busy(Lane::Ticket(id)).await? {
            return Ok(Vec::new());
        }
        let inside = Inside::of(&tx.membership(id).await?);
        let packet = tx.packet_of(id).await?;
        let mut held = Held { ticket, inside, packet };
        let wrong = repairs(&held, seen);
        if wrong.is_empty() {
            return Ok(wrong);
        }
        // A new thread gets its people when it is made.
        let fills_a_thread = wrong.iter().any(|repair| matches!(repair, Repair::MakeThread { .. }));
        let mut change = Change::new(tx, held.ticket, self.clock.now(), None).await?;
        for repair in &wrong {
            change.repair(*repair, &mut held.inside, !fills_a_thread).await?;
        }
        change.commit().await?;
        self.ring();
        Ok(wrong)
    }

    /// An active thread of ours, named after this number, that no open ticket has. Returns whether something was done.
    pub async fn put_stray_right(
        &self,
        guild: GuildId,
        thread: ChannelId,
        number: TicketNumber,
    ) -> Result<bool, DeskError> {
        // In this order: a thread is written down before its job goes, so it is not missed in between.
        if let Some(ticket) = self.store.ticket(guild, TicketKey::Number(number)).await? {
            let deliveries = self.store.deliveries(guild).await?;
            if !self.is_settled(&deliveries, ticket.id) {
                return Ok(false);
            }
        }
        if let Some(ticket) = self.store.ticket(guild, TicketKey::Thread(thread)).await? {
            let seen =
                Seen { thread: Some((thread, ThreadSight::Active { locked: false })), ..Seen::default() };
            return Ok(!self.put_right(ticket.id, &seen).await?.is_empty());
        }
        let job = Job::CloseStray { thread };
        let lane = Lane::Desk(guild);
        let deliveries = self.store.deliveries(guild).await?;
        if deliveries.failed.get(&lane).is_some_and(|at| self.clock.now().since(*at) < AFTER_FAILURE) {
            return Ok(false);
        }
        let mut tx = self.store.begin().await?;
        tx.forget_dead(lane, &job).await?;
        tx.enqueue_once(guild, lane, &job, self.clock.now()).await?;
        tx.commit().await?;
        self.ring();
        Ok(true)
    }

    /// A delivery found a ticket's thread deleted. For a ticket that is not closed a new one is made first, and everything
    /// that waits goes there: returns whether it does, in which case the job waits again, too.
    pub async fn thread_is_gone(
        &self,
        id: TicketId,
        thread: ChannelId,
        job: JobId,
    ) -> Result<bool, DeskError> {
        let mut tx = self.store.begin().await?;
        let Some(ticket) = tx.lock_ticket_of_timer(id).await? else { return Ok(false) };
        if matches!(ticket.status, Status::Closed { .. }) || ticket.places.thread != Some(thread) {
            return Ok(false);
        }
        let inside = Inside::of(&tx.membership(id).await?);
        let waiting = tx.take_out(Lane::Ticket(id)).await?;
        let mut change = Change::new(tx, ticket, self.clock.now(), None).await?;
        change.make_thread(Some(thread), &inside).await?;
        change.follow_up(&waiting).await?;
        change.commit().await?;
        tracing::warn!(ticket.id = id.0, job.id = job.0, "a ticket's thread was deleted; a new one is made");
        Ok(true)
    }

    /// A delivery found a message of a ticket deleted: it is posted anew, behind what waits.
    pub async fn message_is_gone(&self, id: TicketId, missing: Missing) -> Result<(), DeskError> {
        let mut tx = self.store.begin().await?;
        let Some(ticket) = tx.lock_ticket_of_timer(id).await? else { return Ok(()) };
        let packet = tx.packet_of(id).await?;
        let places = ticket.places;
        let repair = match (missing, &ticket.status) {
            (_, Status::Closed { .. }) => None,
            (Missing::ThreadCard(card), _) => {
                (places.thread_card == Some(card)).then_some(Repair::PostThreadCard)
            }
            (Missing::QueueCard(card), _) => {
                (places.queue_card == Some(card)).then_some(Repair::PostQueueCard)
            }
            (Missing::Packet(message), Status::Escalated(escalation)) => packet
                .is_some_and(|packet| packet.message == message)
                .then_some(Repair::PostPacket { escalation: escalation.id }),
            (Missing::Packet(_), _) => None,
        };
        let Some(repair) = repair else { return Ok(()) };
        let mut change = Change::new(tx, ticket, self.clock.now(), None).await?;
        let has_thread = change.ticket.places.thread.is_some();
        change.repair(repair, &mut Inside::default(), has_thread).await?;
        change.commit().await?;
        Ok(())
    }
}

impl Change {
    /// Makes one repair. `inside` is kept true to it, and its thread is told who comes and goes if it has one that stays.
    async fn repair(
        &mut self,
        repair: Repair,
        inside: &mut Inside,
        tells_thread: bool,
    ) -> Result<(), DeskError> {
        let id = self.ticket.id;
        match repair {
            Repair::MakeThread { was } => self.make_thread(was, inside).await?,
            Repair::OpenThread => self.again(&[Job::OpenThread]).await?,
            Repair::CloseThread => self.again(&[Job::CloseThread]).await?,
            Repair::PostThreadCard => {
                self.tx.forget_thread_card(id).await?;
                self.again(&[Job::PostThreadCard]).await?;
            }
            Repair::PostQueueCard => {
                self.tx.forget_queue_card(id).await?;
                self.again(&[Job::PostQueueCard]).await?;
            }
            Repair::PostPacket { escalation } => {
                self.tx.forget_packet(escalation).await?;
                self.again(&[Job::PostEscalation { escalation }]).await?;
            }
            Repair::TakeBack { from } => {
                self.take_back(&What::TakenBack { from }).await?;
                self.again(&[Job::Say { what: Say::TakenBack { from } }, Job::UpdateCards]).await?;
            }
            Repair::RemoveMember { user } => {
                inside.staff.remove(&user);
                self.record(&What::MemberRemoved { user }).await?;
                if tells_thread {
                    self.again(&[Job::RemoveMember { user }]).await?;
                }
            }
            Repair::NoteRequesterLeft => {
                inside.requester_left = true;
                self.record(&What::RequesterLeft).await?;
                self.again(&[Job::Say { what: Say::RequesterLeft }]).await?;
            }
            Repair::TakeRequesterIn => {
                inside.requester_left = false;
                self.record(&What::RequesterReturned).await?;
                if tells_thread {
                    self.again(&[Job::AddMember { user: self.ticket.requester }]).await?;
                }
            }
        }
        Ok(())
    }

    /// Everybody who belongs there, the card and, where there was a thread before, a word about that.
    async fn make_thread(&mut self, was: Option<ChannelId>, inside: &Inside) -> Result<(), DeskError> {
        self.tx.forget_thread(self.ticket.id).await?;
        let ticket = self.ticket.clone();
        let requester = (!inside.requester_left).then_some(ticket.requester);
        let staff = inside.staff.iter().chain(&inside.guests).copied();
        let members: BTreeSet<UserId> = requester.into_iter().chain(staff).collect();
        let mut jobs = vec![Job::CreateThread];
        jobs.extend(members.into_iter().map(|user| Job::AddMember { user }));
        jobs.push(Job::PostThreadCard);
        jobs.extend(post_files(&ticket));
        if was.is_some() {
            self.record(&What::ThreadDeleted).await?;
            jobs.push(Job::Say { what: Say::ThreadAnew });
            if let Status::Resolved { solution, .. } = &ticket.status {
                // The question whether it works went with the thread.
                jobs.push(Job::Say { what: Say::Solution { text: solution.clone() } });
            }
            jobs.push(Job::Say { what: Say::ThreadDeleted });
        }
        jobs.push(Job::UpdateQueueCard);
        self.again(&jobs).await?;
        // What had failed for want of a thread can be done now.
        let failed = self.tx.take_dead(Lane::Ticket(ticket.id), NO_THREAD).await?;
        let missed: Vec<Job> = failed.into_iter().filter(|job| !jobs.contains(job)).collect();
        Ok(self.follow_up(&missed).await?)
    }

    /// Queues what follows, in place of what was given up of it.
    async fn again(&mut self, jobs: &[Job]) -> Result<(), DeskError> {
        for job in jobs {
            self.tx.forget_dead(Lane::Ticket(self.ticket.id), job).await?;
        }
        Ok(self.follow_up(jobs).await?)
    }
}

/// The number at the beginning of a thread's name, as the desk names threads.
pub fn number_in_name(name: &str) -> Option<TicketNumber> {
    let number = name.strip_prefix('#')?.split(' ').next()?;
    number.parse().ok().filter(|number| *number > 0).map(TicketNumber)
}
