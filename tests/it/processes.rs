//! Several programs on one PostgreSQL: they share the shards, and whatever becomes of one of them, people are served.

use std::time::{Duration, Instant};

use frontdesk::domain::id::GuildId;
use frontdesk::sandbox::{OptionInput, Outcome, Reaction, Sandbox, SandboxOptions, SeenMessage};
use frontdesk::store::{Database, Store};
use secrecy::ExposeSecret as _;
use sqlx::Connection as _;

use crate::databases::{Fresh, Kind};
use crate::office::{Acts as _, Company};
use crate::program::{Running, frontdesk};

/// A company, and the database its desk's programs share.
struct Site {
    sandbox: Sandbox,
    company: Company,
    fresh: Fresh,
    folders: Vec<tempfile::TempDir>,
}

impl Site {
    async fn open(shards: u64) -> Option<Self> {
        let fresh = Fresh::empty(Kind::Postgres).await?;
        let options = SandboxOptions { rate_limits: false, shards, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let company = Company::open(&sandbox, "Nordlicht");
        Some(Self { sandbox, company, fresh, folders: Vec::new() })
    }

    fn starts_program(&mut self) -> Running {
        let Database::Postgres(url) = &self.fresh.database else { unreachable!("asked for PostgreSQL") };
        let folder = tempfile::tempdir().unwrap();
        let mut command = frontdesk();
        command
            .arg("run")
            .env("DISCORD_TOKEN", self.sandbox.token())
            .env("FRONTDESK_DISCORD_URL", self.sandbox.origin())
            .env("FRONTDESK_DATA", folder.path())
            .env("RUST_LOG", "frontdesk=debug")
            .env("NO_COLOR", "1")
            .env("DATABASE_URL", url.expose_secret());
        self.folders.push(folder);
        Running::start(command)
    }

    async fn sets_up(&self) {
        let ana = &self.company.ana;
        ana.wait_until(|| (!ana.commands(self.company.support).is_empty()).then_some(())).await.unwrap();
        self.company.gets_set_up().await;
    }

    /// Opens a ticket and waits for its card.
    async fn opens_ticket(&self, number: u32) -> u64 {
        let ana = &self.company.ana;
        let answer = ana.asks(self.company.support, "my VPN does not connect").await;
        let form = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
        // Where two programs answer, the one that opens the form may not know the question yet.
        let subject = (form.fields[0].custom_id.as_str(), "my VPN does not connect");
        let told = ana.submits(&form, &[subject]).await.unwrap().expect_message();
        assert!(told.contains(&format!("#{number}")), "{told}");
        let mark = format!("#{number} ");
        self.card(&mark).await
    }

    async fn card(&self, mark: &str) -> u64 {
        let is_card = |message: &frontdesk::sandbox::SeenMessage| {
            message.from_bot && message.contains(mark) && !message.buttons.is_empty()
        };
        self.company.ben.waits_for(self.company.queue, is_card).await.id
    }

    /// Two programs, both of which Discord tells of everything: it wanted one shard when the first of them started, and
    /// two when the second did.
    async fn starts_two_that_hear_everything(&mut self) -> [Running; 2] {
        let mut first = self.starts_program();
        first.waits_for_line("connected to Discord");
        self.sandbox.recommend_shards(2);
        let mut second = self.starts_program();
        second.waits_for_line("connected to Discord");
        second.waits_for_line("connected to Discord");
        assert_eq!(self.sandbox.ready_sessions(), 3);
        self.sets_up().await;
        [first, second]
    }

    async fn notes(&self, text: &str) -> Reaction {
        let options = vec![("text".to_owned(), text.into()), ("number".to_owned(), OptionInput::Integer(1))];
        self.company.ben.uses(self.company.queue, "ticket note", options).await.unwrap()
    }

    /// The kinds of what happened to the first ticket, once nothing is left to deliver.
    async fn story(&self, store: &Store) -> Vec<String> {
        let settled = async {
            let mut changes = self.sandbox.changes();
            while store.waiting_jobs().await.unwrap() > 0 {
                let _ = tokio::time::timeout(Duration::from_millis(20), changes.changed()).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), settled).await.expect("everything is delivered");
        let opened = store
            .ticket(self.guild(), frontdesk::store::TicketKey::Number(frontdesk::domain::id::TicketNumber(1)))
            .await
            .unwrap()
            .unwrap();
        let events = store.events(opened.id, 1000).await.unwrap();
        let kind = |event: &frontdesk::domain::event::Event| {
            serde_json::to_value(&event.what).unwrap()["kind"].as_str().unwrap().to_owned()
        };
        events.iter().map(kind).collect()
    }

    fn guild(&self) -> GuildId {
        GuildId::from_snowflake(self.company.guild.id)
    }

    async fn raw(&self) -> sqlx::PgConnection {
        let Database::Postgres(url) = &self.fresh.database else { unreachable!("asked for PostgreSQL") };
        sqlx::PgConnection::connect(url.expose_secret()).await.unwrap()
    }

    fn cards(&self, mark: &str) -> usize {
        let seen = self.company.ben.sees(self.company.queue);
        seen.iter().filter(|message| message.from_bot && message.contains(mark)).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_one_is_killed_another_takes_over_within_seconds_and_doubles_nothing() {
    let Some(mut site) = Site::open(1).await else { return };
    let mut first = site.starts_program();
    first.waits_for_line("connected to Discord");
    let mut second = site.starts_program();
    second.waits_for_line("the knowledge base is open");
    site.sets_up().await;
    let card = site.opens_ticket(1).await;
    // The thread of the second ticket is made, and its maker dies before it hears so.
    site.sandbox.drop_after(frontdesk::sandbox::Route::CreateThread);
    let ana = &site.company.ana;
    let answer = ana.asks(site.company.support, "printer").await;
    let form = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
    ana.submits(&form, &[]).await.unwrap();
    ana.wait_until(|| (site.company.guild.threads().len() == 2).then_some(())).await.unwrap();
    let killed = Instant::now();
    first.kill();
    second.waits_for_line("connected to Discord");
    let taken_over = killed.elapsed();
    assert!(taken_over < Duration::from_secs(15), "{taken_over:?}");
    let again = site.card("#2 ").await;
    site.company.ben.presses(again, "Claim").await.unwrap();
    site.company.ben.presses(card, "Claim").await.unwrap();
    let claimed = |message: &frontdesk::sandbox::SeenMessage| message.contains("In progress");
    site.company.ben.waits_for(site.company.queue, |message| message.id == again && claimed(message)).await;
    // Whoever has the shard now hears what is written in a thread that the dead one knew.
    site.company.ben.presses(card, "Wait for requester").await.unwrap();
    let thread = site.company.guild.threads()[0];
    site.company.ana.says(thread, "It is the second floor.").await.unwrap();
    site.company
        .ben
        .waits_for(site.company.queue, |message| {
            message.id == card && claimed(message) && message.contains("Due")
        })
        .await;
    assert_eq!(site.company.guild.threads().len(), 2);
    assert_eq!(
        (site.cards("#1 "), site.cards("#2 ")),
        (1, 1),
        "{}",
        site.company.ben.reads(site.company.queue)
    );
    eprintln!("taken over {taken_over:?} after a kill");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rolling_restart_loses_no_interaction_and_acts_once_on_each() {
    let Some(mut site) = Site::open(1).await else { return };
    let mut running = site.starts_program();
    running.waits_for_line("connected to Discord");
    site.sets_up().await;
    site.opens_ticket(1).await;
    let mut notes = 0;
    for _ in 0..2 {
        let mut next = site.starts_program();
        next.waits_for_line("the knowledge base is open");
        let stopping = tokio::task::spawn_blocking(move || running.terminate());
        while !stopping.is_finished() {
            let text = format!("note {notes}");
            let reaction = site.notes(&text).await;
            assert!(!matches!(reaction.outcome, Outcome::Failed(_)), "{text}: {reaction:?}");
            notes += 1;
        }
        let (code, took) = stopping.await.unwrap();
        assert_eq!(code, Some(0));
        assert!(took < Duration::from_secs(10), "{took:?}");
        running = next;
    }
    assert!(notes > 0);
    let story = site.story(&site.fresh.store().await).await;
    assert_eq!(story.iter().filter(|kind| *kind == "noted").count(), notes, "each note once: {story:?}");
    eprintln!("{notes} interactions during two hand-overs, lost 0, doubled 0");
}

#[tokio::test(flavor = "multi_thread")]
async fn shards_are_spread_over_the_programs_and_come_back_when_one_ends() {
    let Some(mut site) = Site::open(2).await else { return };
    let mut first = site.starts_program();
    first.waits_for_line("listening to this shard");
    first.waits_for_line("listening to this shard");
    let mut second = site.starts_program();
    second.waits_for_line("listening to this shard");
    first.waits_for_line("another process listens to this shard now");
    assert_eq!(second.terminate().0, Some(0));
    first.waits_for_line("listening to this shard");
    assert_eq!(first.terminate().0, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_that_are_told_of_everything_act_once_on_each() {
    let Some(mut site) = Site::open(1).await else { return };
    let [mut first, mut second] = site.starts_two_that_hear_everything().await;
    let card = site.opens_ticket(1).await;
    let (ana, ben) = (&site.company.ana, &site.company.ben);
    let shows = async |part: &str| {
        ben.waits_for(site.company.queue, |message| message.id == card && message.contains(part)).await;
    };
    ben.presses(card, "Claim").await.unwrap();
    shows("In progress").await;
    for text in ["one", "two", "three"] {
        site.notes(text).await.expect_message();
    }
    ben.presses(card, "Wait for requester").await.unwrap();
    shows("Waiting").await;
    let thread = site.company.guild.threads()[0];
    ana.says(thread, "It is the second floor.").await.unwrap();
    let store = site.fresh.store().await;
    let went_on = async {
        while !site.story(&store).await.iter().any(|kind| kind == "went_on") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), went_on).await.expect("the clock goes on");
    ben.fills(card, "Resolve", "It is plugged in now.").await;
    let asked = ana.waits_for(thread, |message| message.button("That works").is_some()).await;
    ana.presses(asked.id, "That works").await.unwrap();
    ana.waits_for(site.company.support, |message| message.button("Reopen").is_some()).await;
    let expected =
        ["opened", "claimed", "noted", "noted", "noted", "waiting", "went_on", "resolved", "closed"];
    assert_eq!(site.story(&store).await, expected, "each once");
    let questions: i64 =
        sqlx::query_scalar("SELECT count(*) FROM questions").fetch_one(&mut site.raw().await).await.unwrap();
    assert_eq!(questions, 1, "a question that two were told of is one");
    let in_queue = ben.sees(site.company.queue);
    let is_card = |message: &&SeenMessage| {
        message
            .embeds
            .iter()
            .any(|embed| embed.title.as_deref().is_some_and(|title| title.starts_with("#1 ")))
    };
    let transcripts = in_queue.iter().filter(|message| !message.attachments.is_empty());
    assert_eq!(
        (site.company.guild.threads().len(), in_queue.iter().filter(is_card).count(), transcripts.count()),
        (1, 1, 1),
        "{}",
        ben.reads(site.company.queue)
    );
    for program in [&mut first, &mut second] {
        assert_eq!(program.terminate().0, Some(0));
    }
    let left_to_the_other: usize = [&mut first, &mut second]
        .map(|program| program.says_to_its_end().matches("another process acts on this interaction").count())
        .iter()
        .sum();
    assert!(left_to_the_other > 5, "both were told: {left_to_the_other}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_stood_still_while_another_took_over_does_nothing_twice_when_it_goes_on() {
    let Some(mut site) = Site::open(1).await else { return };
    let mut first = site.starts_program();
    first.waits_for_line("connected to Discord");
    let mut second = site.starts_program();
    second.waits_for_line("the knowledge base is open");
    site.sets_up().await;
    site.opens_ticket(1).await;
    let store = site.fresh.store().await;
    // It stops between two transactions, so that the other needs not wait for what it has locked.
    site.story(&store).await;
    first.signal("STOP");
    // Its connection to the database stands, so that it is gone is known by its lease alone.
    let stopped = Instant::now();
    second.waits_for_line("connected to Discord");
    let taken_over = stopped.elapsed();
    assert!(taken_over < Duration::from_secs(15), "{taken_over:?}");
    for number in 0..5 {
        site.notes(&format!("note {number}")).await.expect_message();
    }
    first.signal("CONT");
    // What Discord told it meanwhile has been waiting for it, and the last of it is young enough to be answered. Whether
    // it reads that before it learns that the shard is not its own any more is a matter of moments.
    first.waits_for_one_of(&[
        "another process acts on this interaction",
        "an interaction came after the stop",
    ]);
    let ana = &site.company.ana;
    let let_go = ana.wait_until(|| (site.sandbox.ready_sessions() == 1).then_some(())).await;
    assert!(let_go.is_some(), "it lets go of the shard that is another's");
    site.notes("note 5").await.expect_message();
    let story = site.story(&store).await;
    assert_eq!(story, ["opened", "noted", "noted", "noted", "noted", "noted", "noted"]);
    eprintln!("taken over {taken_over:?} after a program stood still");
}

/// A program that stands still keeps its connections, and with them all that says at once that one is gone.
#[tokio::test(flavor = "multi_thread")]
async fn no_shard_waits_for_a_program_that_stands_still() {
    let Some(mut site) = Site::open(2).await else { return };
    let mut first = site.starts_program();
    first.waits_for_line("listening to this shard");
    first.waits_for_line("listening to this shard");
    let mut second = site.starts_program();
    second.waits_for_line("connected to Discord");
    first.waits_for_line("another process listens to this shard now");
    first.signal("STOP");
    let stopped = Instant::now();
    second.waits_for_line("connected to Discord");
    let taken_over = stopped.elapsed();
    assert!(taken_over < Duration::from_secs(15), "{taken_over:?}");
    // Nor when it holds none any more, and whoever did is killed.
    let mut third = site.starts_program();
    third.waits_for_line("connected to Discord");
    let killed = Instant::now();
    second.kill();
    third.waits_for_line("connected to Discord");
    let taken_over_again = killed.elapsed();
    assert!(taken_over_again < Duration::from_secs(15), "{taken_over_again:?}");
    site.sets_up().await;
    site.opens_ticket(1).await;
    eprintln!(
        "taken over {taken_over:?} after a program stood still, {taken_over_again:?} after a kill beside it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_live_in_every_program_within_a_second() {
    let Some(mut site) = Site::open(1).await else { return };
    let mut programs = site.starts_two_that_hear_everything().await;
    let asks = async |site: &Site, title: &str| site.company.ana.asks(site.company.support, title).await;
    asks(&site, "zorgmeter").await;
    for program in &mut programs {
        program.waits_for_line("a server's shelf was read");
    }
    for title in ["Zorgmeter beeps", "Zorgmeter hums", "Zorgmeter sings"] {
        let slowest = site.publishes(title, &mut programs).await;
        assert!(slowest < Duration::from_secs(1), "{slowest:?} with notices");
        eprintln!("live everywhere {slowest:?} after it was published, with notices");
    }
    let cutting = site.cuts_off_whoever_listens().await;
    for title in ["Zorgmeter blinks", "Zorgmeter glows"] {
        let slowest = site.publishes(title, &mut programs).await;
        assert!(slowest < Duration::from_secs(1), "{slowest:?} without notices");
        eprintln!("live everywhere {slowest:?} after it was published, without notices");
    }
    cutting.abort();
    site.waits_for_listeners(2).await;
    let slowest = site.publishes("Zorgmeter rests", &mut programs).await;
    assert!(slowest < Duration::from_secs(1), "{slowest:?} with notices again");
    let [mut first, _second] = programs;
    first.kill();
    for title in ["Zorgmeter glows", "Zorgmeter rests"] {
        let answer = asks(&site, title).await;
        assert!(answer.contains(title) && answer.contains("Press the green key"), "{answer}");
    }
}

impl Site {
    /// Ben writes an article and Sven publishes it; how long after he was told so the slower of the programs had it.
    async fn publishes(&self, title: &str, programs: &mut [Running; 2]) -> Duration {
        let (ben, sven, queue) = (&self.company.ben, &self.company.sven, self.company.queue);
        let form = ben.uses(queue, "kb new", Vec::new()).await.unwrap().expect_modal();
        let fields: Vec<_> = form.fields.iter().map(|field| field.custom_id.clone()).collect();
        let text = format!("Press the green key: {title}.");
        ben.submits(&form, &[(&fields[0], title), (&fields[1], &text)]).await.unwrap().expect_message();
        let is_card = |message: &SeenMessage| message.contains(title) && message.button("Publish").is_some();
        let card = sven.waits_for(queue, is_card).await;
        let revision = self.fresh_revision().await + 1;
        sven.presses(card.id, "Publish").await.unwrap();
        let published = Instant::now();
        for program in programs {
            let line = program.waits_for_line(&format!("revision={revision}"));
            assert!(line.contains("a server's shelf was read"), "{line}");
        }
        published.elapsed()
    }

    async fn fresh_revision(&self) -> i64 {
        let mut raw = self.raw().await;
        let revision = sqlx::query_scalar("SELECT revision FROM shelf_revisions WHERE guild_id = $1")
            .bind(self.guild().0)
            .fetch_optional(&mut raw);
        revision.await.unwrap().unwrap_or_default()
    }

    async fn waits_for_listeners(&self, wanted: i64) {
        let mut raw = self.raw().await;
        let count = "SELECT count(*) FROM pg_stat_activity \
             WHERE datname = current_database() AND query LIKE 'LISTEN%'";
        let listen = async {
            let mut again = tokio::time::interval(Duration::from_millis(20));
            while sqlx::query_scalar::<_, i64>(count).fetch_one(&mut raw).await.unwrap() != wanted {
                again.tick().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), listen).await.expect("they listen again");
    }

    /// Ends every connection on which somebody listens, again and again.
    async fn cuts_off_whoever_listens(&self) -> tokio::task::JoinHandle<()> {
        let mut raw = self.raw().await;
        let (cut, mut was_cut) = tokio::sync::watch::channel(0);
        let cutting = tokio::spawn(async move {
            let mut again = tokio::time::interval(Duration::from_millis(10));
            loop {
                again.tick().await;
                let ended = sqlx::query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                     WHERE datname = current_database() AND query LIKE 'LISTEN%'",
                );
                let ended = ended.fetch_all(&mut raw).await.unwrap().len();
                cut.send_modify(|so_far| *so_far += ended);
            }
        });
        was_cut.wait_for(|cut| *cut >= 2).await.expect("both listen");
        cutting
    }
}
