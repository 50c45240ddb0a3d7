//! Whatever was done by hand, one pass puts it right and a second one has nothing to do.

use proptest::prelude::*;

use super::*;
use crate::domain::article::Language;
use crate::domain::assessment::Assessment;
use crate::domain::id::{GuildId, SpecialismId, TicketId, TicketNumber};
use crate::domain::kept::Kept;
use crate::domain::ladder::Climb;
use crate::domain::ticket::{CloseReason, Escalation, Holder, Places, Priority};
use crate::domain::time::Timestamp;
use crate::domain::watch::Watch;

const ANA: UserId = UserId(1);
const BEN: UserId = UserId(2);
const SVEN: UserId = UserId(3);
const GUEST: UserId = UserId(4);
const NOW: Timestamp = Timestamp(1_000_000);
const ESCALATION: Escalation = Escalation { id: EscalationId(5), specialism: SpecialismId(6), by: BEN };

fn ticket(status: Status) -> Ticket {
    Ticket {
        id: TicketId(1),
        guild: GuildId(1),
        number: TicketNumber(1),
        requester: ANA,
        requester_name: "Ana".to_owned(),
        language: Language::En,
        subject: "VPN".to_owned(),
        details: None,
        question: None,
        offered: Vec::new(),
        files: Vec::new(),
        category: None,
        priority: Priority::default(),
        assessment: Assessment::default(),
        status,
        since: NOW,
        opened_at: NOW,
        first_response_at: None,
        resolved_at: None,
        due_at: None,
        bounces: 0,
        reopened: 0,
        ladder: Climb::default(),
        watch: Watch::default(),
        places: Places::default(),
        kept: Kept::default(),
    }
}

/// Discord as it is, for one ticket.
#[derive(Clone, Debug)]
struct World {
    threads: BTreeMap<ChannelId, ThreadSight>,
    messages: BTreeSet<MessageId>,
    people: BTreeMap<UserId, PersonSight>,
    next: i64,
}

impl World {
    fn seen(&self, held: &Held) -> Seen {
        let places = held.ticket.places;
        let sight = |message: MessageId| {
            let is_there = self.messages.contains(&message);
            (message, if is_there { MessageSight::There } else { MessageSight::Gone })
        };
        Seen {
            thread: places
                .thread
                .map(|thread| (thread, self.threads.get(&thread).copied().unwrap_or(ThreadSight::Gone))),
            thread_card: places.thread_card.map(sight),
            queue_card: places.queue_card.map(sight),
            packet: held.packet.map(|packet| sight(packet.message)),
            people: self.people.clone(),
        }
    }

    fn post(&mut self) -> MessageId {
        self.next += 1;
        self.messages.insert(MessageId(self.next));
        MessageId(self.next)
    }

    /// What the desk and its deliveries make of a repair.
    fn make(&mut self, held: &mut Held, repair: Repair) {
        let heard = |what| Event { at: NOW, by: None, what };
        match repair {
            Repair::MakeThread { was } => {
                assert_eq!(was, held.ticket.places.thread);
                self.next += 1;
                self.threads.insert(ChannelId(self.next), ThreadSight::Active { locked: false });
                held.ticket.places.thread = Some(ChannelId(self.next));
                held.ticket.places.thread_card = Some(self.post());
            }
            Repair::OpenThread | Repair::CloseThread => {
                let thread = held.ticket.places.thread.unwrap();
                let after = if repair == Repair::OpenThread {
                    ThreadSight::Active { locked: false }
                } else {
                    ThreadSight::Archived
                };
                self.threads.insert(thread, after);
            }
            Repair::PostThreadCard => held.ticket.places.thread_card = Some(self.post()),
            Repair::PostQueueCard => held.ticket.places.queue_card = Some(self.post()),
            Repair::PostPacket { .. } => {
                held.packet = Some(Posted { channel: ChannelId(9), message: self.post() });
            }
            Repair::TakeBack { from } => {
                assert_eq!(held.ticket.status.holder().map(Holder::user), Some(from));
                held.ticket = held.ticket.clone().take_back(NOW).unwrap();
            }
            Repair::RemoveMember { user } => held.inside.hear(&heard(What::MemberRemoved { user })),
            Repair::NoteRequesterLeft => held.inside.hear(&heard(What::RequesterLeft)),
            Repair::TakeRequesterIn => held.inside.hear(&heard(What::RequesterReturned)),
        }
    }
}

fn statuses() -> impl Strategy<Value = Status> {
    let solver = Holder::FirstLevel { agent: BEN };
    prop_oneof![
        Just(Status::Queued),
        Just(Status::Claimed { agent: BEN }),
        Just(Status::Escalated(ESCALATION)),
        Just(Status::Accepted { specialist: SVEN, escalation: ESCALATION }),
        Just(Status::Resolved { solver, solution: "Done".to_owned() }),
        Just(Status::Closed { by: None, reason: CloseReason::Silence, holder: Some(solver) }),
    ]
}

fn threads() -> impl Strategy<Value = Option<ThreadSight>> {
    prop_oneof![
        Just(None),
        Just(Some(ThreadSight::Gone)),
        Just(Some(ThreadSight::Archived)),
        Just(Some(ThreadSight::Active { locked: false })),
        Just(Some(ThreadSight::Active { locked: true })),
    ]
}

fn people() -> impl Strategy<Value = PersonSight> {
    prop_oneof![Just(PersonSight::Staff), Just(PersonSight::Member), Just(PersonSight::Left)]
}

prop_compose! {
    fn divergences()(
        status in statuses(),
        thread in threads(),
        posted in any::<[bool; 3]>(),
        there in any::<[bool; 3]>(),
        ana in people(), ben in people(), sven in people(),
        requester_left in any::<bool>(),
    ) -> (Held, World) {
        let mut world = World {
            threads: BTreeMap::new(),
            messages: BTreeSet::new(),
            people: BTreeMap::from([(ANA, ana), (BEN, ben), (SVEN, sven), (GUEST, PersonSight::Member)]),
            next: 100,
        };
        let message = |index: usize, world: &mut World| {
            let message = world.post();
            if !there[index] {
                world.messages.remove(&message);
            }
            posted[index].then_some(message)
        };
        let mut ticket = ticket(status);
        ticket.places.thread = thread.map(|_| ChannelId(50));
        ticket.places.thread_card = thread.and_then(|_| message(0, &mut world));
        ticket.places.queue_card = message(1, &mut world);
        let packet = message(2, &mut world).map(|message| Posted { channel: ChannelId(9), message });
        world.threads.extend(thread.filter(|sight| *sight != ThreadSight::Gone).map(|sight| (ChannelId(50), sight)));
        let inside = Inside {
            staff: BTreeSet::from([BEN, SVEN, GUEST]),
            guests: BTreeSet::from([GUEST]),
            requester_left,
        };
        (Held { ticket, inside, packet }, world)
    }
}

proptest! {
    #[test]
    fn one_pass_puts_everything_right_and_a_second_has_nothing_to_do((mut held, mut world) in divergences()) {
        for repair in repairs(&held, &world.seen(&held)) {
            world.make(&mut held, repair);
        }
        // A ticket that second level gives back waits for its packet from then on.
        for repair in repairs(&held, &world.seen(&held)) {
            prop_assert!(matches!(repair, Repair::PostPacket { .. }), "{:?}", repair);
            world.make(&mut held, repair);
        }
        prop_assert_eq!(repairs(&held, &world.seen(&held)), Vec::new());
        let holder = held.ticket.status.holder().filter(|_| held.ticket.status.is_open()).map(Holder::user);
        if let Some(holder) = holder {
            prop_assert_eq!(world.people[&holder], PersonSight::Staff);
        }
        prop_assert!(held.inside.guests.contains(&GUEST), "who was invited stays");
    }

    #[test]
    fn what_was_not_seen_is_left_alone((held, world) in divergences()) {
        let seen = world.seen(&held);
        let blind = Seen {
            thread: seen.thread.map(|(thread, _)| (thread, ThreadSight::Unknown)),
            thread_card: seen.thread_card.map(|(card, _)| (card, MessageSight::Unknown)),
            queue_card: seen.queue_card.map(|(card, _)| (card, MessageSight::Unknown)),
            packet: seen.packet.map(|(packet, _)| (packet, MessageSight::Unknown)),
            people: BTreeMap::new(),
        };
        let never_posted = |repair: &Repair| match repair {
            Repair::MakeThread { was } => was.is_none() && held.ticket.places.thread.is_none(),
            Repair::PostThreadCard => held.ticket.places.thread_card.is_none(),
            Repair::PostQueueCard => held.ticket.places.queue_card.is_none(),
            Repair::PostPacket { .. } => held.packet.is_none(),
            _ => false,
        };
        prop_assert!(repairs(&held, &blind).iter().all(never_posted));
    }

    #[test]
    fn an_old_look_changes_nothing_new((held, world) in divergences()) {
        let old = world.seen(&held);
        let mut held = held;
        held.ticket.places.thread = Some(ChannelId(77));
        held.ticket.places.thread_card = Some(MessageId(77));
        held.ticket.places.queue_card = Some(MessageId(78));
        held.packet = Some(Posted { channel: ChannelId(9), message: MessageId(79) });
        let old = Seen { people: BTreeMap::new(), ..old };
        prop_assert_eq!(repairs(&held, &old), Vec::new());
    }
}
