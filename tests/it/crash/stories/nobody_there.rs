//! Nobody accepts an escalation: its role is asked again, then the next one, its lead and the admin are called, in their turn.

use std::time::Duration;

use frontdesk::sandbox::{OptionInput, Person, SeenMessage};

use crate::crash::stage::Stage;
use crate::crash::story::{Seen, Story};
use crate::office::Company;

pub(super) const NOBODY_THERE: Story = Story {
    name: "nobody there",
    before: |stage| Box::pin(before(stage)),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("packets", 1, |seen| seen.in_queue("What was tried")),
        ("calls", 4, |seen| seen.in_queue(CALL)),
        ("calls of the role once more", 1, |seen| calls(seen, &seen.stage.company.sven)),
        ("calls of the next role", 1, |seen| calls(seen, &lena(seen.stage))),
        ("calls of the lead", 1, |seen| calls(seen, &seen.stage.company.bea)),
        ("calls of the admin", 1, |seen| calls(seen, &seen.stage.company.dora)),
        ("cards in the queue", 1, |seen| seen.in_queue("State")),
        ("messages in the queue", 6, |seen| seen.in_queue("")),
        ("cards that say who has it", 1, |seen| seen.in_queue("Lena,")),
        ("messages in the thread", 1, |seen| seen.in_threads("")),
        ("threads with Lena", 1, |seen| seen.threads_with(&lena(seen.stage))),
    ],
};

const CALL: &str = "nobody has accepted it yet";
/// A little more than the longest step.
const STEP: Duration = Duration::from_mins(61);

fn calls(seen: &Seen<'_>, who: &Person) -> usize {
    seen.pings(who, CALL)
}

fn lena(stage: &Stage) -> Person {
    let person = stage.sandbox.people().into_iter().find(|person| person.name() == "Lena");
    person.expect("she joined before")
}

async fn before(stage: &Stage) {
    let Company { guild, ana, bea, dora, first_level, support, .. } = &stage.company;
    let next = guild.create_role("Second shift").mentionable(true);
    guild.add_member("Lena", "en-US", &[&next, first_level]);
    let ladder = [
        ("name", "Second level".into()),
        ("lead", OptionInput::User(bea.id())),
        ("next_role", OptionInput::Role(next.id)),
        ("timeouts", "5 15 60 240".into()),
    ];
    stage.uses(dora, *support, "desk specialism", &ladder).await;
    stage.opens_ticket(ana, "#1", "my VPN does not connect").await;
}

async fn tell(stage: &Stage) {
    let Company { ben, bea, dora, sven, queue, .. } = &stage.company;
    let (ticket, lena) = (stage.ticket("#1 "), lena(stage));
    stage.fills(ben, ticket.card, "Escalate", &["Restarted the client."]).await;
    let packet = stage.waits(sven, *queue, |message| message.button("Accept").is_some()).await.id;
    for who in [sven, &lena, bea, dora] {
        stage.settles().await;
        stage.pass(STEP);
        let is_call = |message: &SeenMessage| message.pings_me && message.contains(CALL);
        stage.waits(who, *queue, is_call).await;
    }
    stage.settles().await;
    stage.pass(STEP * 3);
    stage.settles().await;
    stage.presses(&lena, packet, "Accept").await;
    stage.shows(packet, &["Accepted by @Lena"]).await;
}
