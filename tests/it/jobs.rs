//! The outbox runner: order, retries, giving up, and what a restart finds.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use frontdesk::desk::{Desk, Opening, Origin};
use frontdesk::domain::actor::{Actor, Standing};
use frontdesk::domain::article::Language;
use frontdesk::domain::desk::DeskSettings;
use frontdesk::domain::id::{ChannelId, GuildId, MessageId, RoleId, TicketId, UserId};
use frontdesk::domain::job::{Job, Lane, QueuedJob, Say};
use frontdesk::domain::ticket::{Status, StatusName};
use frontdesk::domain::time::Clock;
use frontdesk::jobs::{self, Deliver, Failure};
use frontdesk::knowledge::Knowledge;
use frontdesk::store::{Database, TicketKey};
use secrecy::ExposeSecret as _;
use sqlx::Connection as _;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::databases::{Fresh, Kind, on_both_databases};

on_both_databases!(
    jobs_of_a_ticket_are_delivered_in_order,
    what_fails_for_a_while_is_tried_again_and_holds_up_only_its_ticket,
    what_cannot_succeed_is_given_up_and_said_so,
    a_restart_goes_on_where_the_last_run_stopped,
    silence_closes_a_resolved_ticket,
);

const GUILD: GuildId = GuildId(1);
/// Long enough for a slow machine, and only ever waited for when the test is about to fail.
const PATIENCE: Duration = Duration::from_secs(20);

/// Records what it is given, and fails as planned.
#[derive(Default)]
struct Recorder {
    seen: Mutex<Vec<(TicketId, Job, i64)>>,
    plan: Mutex<Vec<(TicketId, Failure)>>,
    changed: Notify,
    /// Whose silence it ends, having found nothing written.
    desk: Mutex<Option<Desk>>,
}

impl Recorder {
    fn fail_next(&self, ticket: TicketId, failure: Failure) {
        self.plan.lock().unwrap().push((ticket, failure));
    }

    fn seen(&self, ticket: TicketId) -> Vec<(Job, i64)> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|(of, ..)| *of == ticket).map(|(_, job, tried)| (job.clone(), *tried)).collect()
    }

    async fn wait_for(&self, ticket: TicketId, count: usize) -> Vec<(Job, i64)> {
        let waited = tokio::time::timeout(PATIENCE, async {
            loop {
                let changed = self.changed.notified();
                if self.seen(ticket).len() >= count {
                    return;
                }
                changed.await;
            }
        });
        let waited = waited.await;
        assert!(waited.is_ok(), "waited for {count} deliveries of {ticket}, saw {:?}", self.seen(ticket));
        self.seen(ticket)
    }
}

impl Deliver for Recorder {
    async fn deliver(&self, job: &QueuedJob) -> Result<(), Failure> {
        let planned = {
            let mut plan = self.plan.lock().unwrap();
            let found = plan.iter().position(|(ticket, _)| Lane::Ticket(*ticket) == job.lane);
            found.map(|index| plan.remove(index).1)
        };
        // What is about several tickets at once is not what these tests look at.
        let Some(ticket) = job.lane.ticket() else { return Ok(()) };
        let desk = self.desk.lock().unwrap().clone().filter(|_| job.job == Job::EndSilence);
        if let Some(desk) = desk {
            desk.end_silence(ticket, &[]).await.unwrap();
        }
        self.seen.lock().unwrap().push((ticket, job.job.clone(), job.attempts));
        self.changed.notify_waiters();
        planned.map_or(Ok(()), Err)
    }
}

struct Running {
    desk: Desk,
    recorder: Arc<Recorder>,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    fn start(desk: Desk, recorder: Arc<Recorder>) -> Self {
        let stop = CancellationToken::new();
        *recorder.desk.lock().unwrap() = Some(desk.clone());
        let task = tokio::spawn(jobs::run(desk.clone(), recorder.clone(), stop.clone()));
        Self { desk, recorder, stop, task }
    }

    async fn end(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }

    /// Waits until it is written down that all that is left waits for about so long: what passes earlier would be added to it.
    async fn waits_for_a_later_time(&self, wait: Duration) {
        let written = tokio::time::timeout(PATIENCE, async {
            let later = self.desk.clock.now() + wait / 2;
            while !self.desk.store.ready_lanes(later, 1).await.unwrap().is_empty() {
                tokio::task::yield_now().await;
            }
        });
        written.await.expect("what failed waits");
    }

    /// As if this long had passed.
    fn pass(&self, time: Duration) {
        self.desk.clock.advance(time);
        self.desk.ring();
    }
}

async fn desk(fresh: &Fresh) -> Desk {
    let store = fresh.store().await;
    let mut tx = store.begin().await.unwrap();
    let settings = DeskSettings {
        guild: GUILD,
        support_channel: ChannelId(100),
        queue_channel: ChannelId(101),
        first_level: RoleId(200),
        second_level: RoleId(201),
        language: Language::En,
    };
    let clock = Clock::default();
    tx.save_desk(&settings, clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    Desk::new(store, clock, Knowledge::in_memory(std::iter::empty(), &[]).unwrap())
}

fn actor(user: i64, standing: Standing) -> Actor {
    Actor { guild: GUILD, user: UserId(user), name: "Ana".to_owned(), language: Language::En, standing }
}

async fn open(desk: &Desk, message: i64) -> TicketId {
    let opening = Opening {
        origin: Origin::Message(MessageId(message)),
        subject: "VPN".to_owned(),
        details: None,
        files: Vec::new(),
        reply: None,
    };
    let opened = desk.open(&actor(1, Standing::default()), opening).await.unwrap();
    desk.ring();
    opened.ticket.id
}

fn opening_jobs() -> Vec<(Job, i64)> {
    [Job::CreateThread, Job::AddMember { user: UserId(1) }, Job::PostThreadCard, Job::PostQueueCard]
        .map(|job| (job, 0))
        .to_vec()
}

async fn jobs_of_a_ticket_are_delivered_in_order(fresh: Fresh) {
    let running = Running::start(desk(&fresh).await, Arc::default());
    let mut tickets = Vec::new();
    for message in 0..5 {
        tickets.push(open(&running.desk, message).await);
    }
    for ticket in tickets {
        assert_eq!(running.recorder.wait_for(ticket, 4).await, opening_jobs());
    }
    running.end().await;
}

async fn what_fails_for_a_while_is_tried_again_and_holds_up_only_its_ticket(fresh: Fresh) {
    let desk = desk(&fresh).await;
    let recorder = Arc::new(Recorder::default());
    let (stuck, free) = (open(&desk, 1).await, open(&desk, 2).await);
    let wait = Duration::from_mins(10);
    recorder.fail_next(stuck, Failure::Later { after: Some(wait), why: "429".to_owned() });
    let running = Running::start(desk, recorder);
    assert_eq!(running.recorder.wait_for(free, 4).await, opening_jobs());
    assert_eq!(running.recorder.wait_for(stuck, 1).await, [(Job::CreateThread, 0)]);
    running.waits_for_a_later_time(wait).await;
    running.pass(wait * 2);
    let seen = running.recorder.wait_for(stuck, 5).await;
    assert_eq!(seen[1], (Job::CreateThread, 1), "the second attempt is told of the first");
    assert_eq!(seen[2..], opening_jobs()[1..]);
    running.end().await;
}

async fn what_cannot_succeed_is_given_up_and_said_so(fresh: Fresh) {
    let desk = desk(&fresh).await;
    let recorder = Arc::new(Recorder::default());
    let ticket = open(&desk, 1).await;
    recorder.fail_next(ticket, Failure::GiveUp { why: "code 50013".to_owned() });
    let running = Running::start(desk, recorder);
    assert_eq!(running.recorder.wait_for(ticket, 4).await, opening_jobs(), "the others go on");
    let dead = running.desk.store.dead_jobs(GUILD, 10).await.unwrap();
    assert_eq!(
        dead.iter().map(|dead| (&dead.job.job, dead.error.as_str())).collect::<Vec<_>>(),
        [(&Job::CreateThread, "code 50013")]
    );
    running.end().await;
}

async fn a_restart_goes_on_where_the_last_run_stopped(fresh: Fresh) {
    let desk = desk(&fresh).await;
    let recorder = Arc::new(Recorder::default());
    let ticket = open(&desk, 1).await;
    let later = Failure::Later { after: Some(Duration::from_hours(1)), why: "500".to_owned() };
    let first = Running::start(desk.clone(), recorder.clone());
    recorder.fail_next(ticket, later);
    recorder.wait_for(ticket, 1).await;
    first.end().await;
    let before = recorder.seen(ticket).len();
    let second = Running::start(desk, recorder);
    second.pass(Duration::from_hours(2));
    let seen = second.recorder.wait_for(ticket, 5).await;
    assert!(before < seen.len(), "{seen:?}");
    let delivered: Vec<_> = seen.iter().map(|(job, _)| job.clone()).collect();
    let mut expected: Vec<_> = opening_jobs().into_iter().map(|(job, _)| job).collect();
    // The one that failed stands twice.
    let failed = delivered.windows(2).position(|pair| pair[0] == pair[1]).unwrap();
    expected.insert(failed, expected[failed].clone());
    assert_eq!(delivered, expected);
    second.end().await;
}

async fn silence_closes_a_resolved_ticket(fresh: Fresh) {
    let running = Running::start(desk(&fresh).await, Arc::default());
    let ticket = open(&running.desk, 1).await;
    let ben = actor(2, Standing { first_level: true, ..Standing::default() });
    running.desk.resolve(&ben, TicketKey::Id(ticket), "It works now.").await.unwrap();
    running.pass(Duration::from_hours(48));
    let status = |desk: &Desk| {
        let desk = desk.clone();
        async move { desk.ticket_of_job(ticket).await.unwrap().unwrap().status }
    };
    // Four jobs of opening, two of the solution, and the word before it closes, after a look at the thread.
    let seen = running.recorder.wait_for(ticket, 8).await;
    assert_eq!(seen[6].0, Job::EndSilence);
    assert!(matches!(seen[7].0, Job::Say { what: Say::ClosingSoon { .. } }), "{seen:?}");
    assert_eq!(status(&running.desk).await.name(), StatusName::Resolved);
    running.pass(Duration::from_hours(24));
    let seen = running.recorder.wait_for(ticket, 12).await;
    assert_eq!(seen[8].0, Job::EndSilence);
    assert_eq!(seen[11].0, Job::PostClosingNote);
    assert!(matches!(status(&running.desk).await, Status::Closed { by: None, .. }));
    running.end().await;
}

/// Lets no row of the outbox go, and counts how often one was to: a sequence is not taken back with its transaction.
const NO_END: &str = "CREATE SEQUENCE refused; CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN PERFORM nextval('refused'); RAISE EXCEPTION 'not now'; END $$; \
    CREATE TRIGGER no_end BEFORE DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION refuse()";

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_down_is_kept_and_not_done_again() {
    let Some(fresh) = Fresh::new(Kind::Postgres).await else { return };
    let Database::Postgres(url) = &fresh.database else { unreachable!("asked for PostgreSQL") };
    let desk = desk(&fresh).await;
    let mut raw = sqlx::PgConnection::connect(url.expose_secret()).await.unwrap();
    sqlx::raw_sql(NO_END).execute(&mut raw).await.unwrap();
    let ticket = open(&desk, 1).await;
    let running = Running::start(desk, Arc::default());
    running.recorder.wait_for(ticket, 1).await;
    let refused = tokio::time::timeout(PATIENCE, async {
        let is_called = "SELECT is_called FROM refused";
        while !sqlx::query_scalar::<_, bool>(is_called).fetch_one(&mut raw).await.unwrap() {
            tokio::task::yield_now().await;
        }
    });
    refused.await.expect("its end is to be written down");
    sqlx::raw_sql("DROP TRIGGER no_end ON outbox").execute(&mut raw).await.unwrap();
    assert_eq!(running.recorder.wait_for(ticket, 4).await, opening_jobs(), "each once, and none twice");
    running.end().await;
}
