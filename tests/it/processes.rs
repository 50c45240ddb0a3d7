//! Several programs on one PostgreSQL: they share the shards, and whatever becomes of one of them, people are served.

use std::time::{Duration, Instant};

use frontdesk::sandbox::{Outcome, Sandbox, SandboxOptions};
use frontdesk::store::Database;
use secrecy::ExposeSecret as _;

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
        let fresh = Fresh::new(Kind::Postgres).await?;
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
            .env("DATABASE_URL", url.expose_secret());
        self.folders.push(folder);
        Running::start(command)
    }

    async fn sets_up(&self) {
        let ana = &self.company.ana;
        ana.wait_until(|| (!ana.commands(self.company.support).is_empty()).then_some(())).await.unwrap();
        let saved = self.company.set_up().await.expect_message();
        let done = |message: &frontdesk::sandbox::SeenMessage| message.id == saved.id && !message.loading;
        self.company.dora.waits_for(saved.channel, done).await;
    }

    /// Opens a ticket and waits for its card.
    async fn opens_ticket(&self, number: u32) -> u64 {
        let ana = &self.company.ana;
        let answer = ana.asks(self.company.support, "my VPN does not connect").await;
        let form = ana.presses(answer.id, "Open a ticket").await.unwrap().expect_modal();
        let told = ana.submits(&form, &[]).await.unwrap().expect_message();
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
            let options = vec![
                ("text".to_owned(), text.as_str().into()),
                ("number".to_owned(), frontdesk::sandbox::OptionInput::Integer(1)),
            ];
            let reaction = site.company.ben.uses(site.company.queue, "ticket note", options).await.unwrap();
            assert!(!matches!(reaction.outcome, Outcome::Failed(_)), "{text}: {reaction:?}");
            notes += 1;
        }
        let (code, took) = stopping.await.unwrap();
        assert_eq!(code, Some(0));
        assert!(took < Duration::from_secs(10), "{took:?}");
        running = next;
    }
    assert!(notes > 0);
    let store = site.fresh.store().await;
    let guild = frontdesk::domain::id::GuildId::from_snowflake(site.company.guild.id);
    let ticket = store.queue(guild, 1, 0).await.unwrap().remove(0);
    let events = store.events(ticket.id, 100_000).await.unwrap();
    let noted =
        events.iter().filter(|event| matches!(event.what, frontdesk::domain::event::What::Noted { .. }));
    assert_eq!(noted.count(), notes, "each note once");
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
