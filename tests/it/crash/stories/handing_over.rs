//! Escalated to a specialism with a channel of its own, handed back with a reason, escalated to an outside provider, accepted.

use frontdesk::sandbox::{OptionInput, SeenMessage};

use crate::crash::stage::Stage;
use crate::crash::story::{Seen, Story};
use crate::office::Company;

pub(super) const HANDING_OVER: Story = Story {
    name: "handing over",
    before: |stage| Box::pin(before(stage)),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 1, |seen| seen.threads()),
        ("packets of the first specialism", 1, |seen| {
            seen.in_channel(accounts(seen.stage), "What was tried")
        }),
        ("messages in its channel", 1, |seen| seen.in_channel(accounts(seen.stage), "")),
        ("packets that say why it came back", 1, |seen| {
            seen.in_channel(accounts(seen.stage), "Not our account.")
        }),
        ("pings of the first specialism", 1, |seen| seen.pings(&seen.stage.company.olga, CHECKED)),
        ("words about the handing back", 1, |seen| seen.in_queue(HANDED_BACK)),
        ("pings of the agent", 1, |seen| seen.pings(&seen.stage.company.ben, HANDED_BACK)),
        ("packets of the provider", 1, |seen| seen.in_queue(RESTARTED)),
        ("pings of the provider's people", 1, |seen| seen.pings(&seen.stage.company.sven, RESTARTED)),
        ("calls of the provider's system", 1, |seen| seen.stage.provider.deliveries()),
        ("cards in the thread", 1, |seen| seen.in_threads("State")),
        ("messages in the thread", 1, |seen| seen.in_threads("")),
        ("cards in the queue", 1, |seen| seen.in_queue("State")),
        ("messages in the queue", 3, |seen| seen.in_queue("")),
        ("cards that say who has it", 2, |seen| both_say(seen, "Sven,")),
        // The second packet says so, too.
        ("cards that say how often it came back", 3, |seen| both_say(seen, "Handed back: once")),
        ("threads with Sven", 1, |seen| seen.threads_with(&seen.stage.company.sven)),
    ],
};

const CHECKED: &str = "Checked the password.";
const RESTARTED: &str = "Restarted the client.";
const HANDED_BACK: &str = "hands #1 back to";

fn accounts(stage: &Stage) -> u64 {
    stage.company.guild.channel("accounts").expect("it was made before")
}

fn both_say(seen: &Seen<'_>, words: &str) -> usize {
    seen.in_queue(words) + seen.in_threads(words)
}

async fn before(stage: &Stage) {
    let Company { guild, ana, dora, olga, queue, second_level, support, .. } = &stage.company;
    let role = guild.create_role("Accounts").mentionable(true);
    guild.give_role(olga, &role);
    guild.take_role(olga, second_level);
    let channel = guild.create_text_channel("accounts", &[]);
    let accounts = [
        ("name", "Accounts".into()),
        ("role", OptionInput::Role(role.id)),
        ("channel", OptionInput::Channel(channel)),
    ];
    stage.uses(dora, *support, "desk specialism", &accounts).await;
    let provider = [
        ("name", "Second level".into()),
        ("provider", OptionInput::Boolean(true)),
        ("reaction", OptionInput::Integer(240)),
        ("webhook", stage.provider.address.as_str().into()),
    ];
    stage.uses(dora, *queue, "desk specialism", &provider).await;
    let ticket = stage.opens_ticket(ana, "#1", "my VPN does not connect").await;
    stage.presses(&stage.company.ben, ticket.card, "Claim").await;
}

async fn tell(stage: &Stage) {
    let Company { ben, olga, sven, queue, .. } = &stage.company;
    let (queue, accounts) = (*queue, accounts(stage));
    let ticket = stage.ticket("#1 ");
    let escalates = |specialism: &str, reason: &str| {
        [("specialism", specialism.into()), ("reason", reason.into()), Stage::number(1)]
    };
    let accepts = |message: &SeenMessage| message.button("Accept").is_some();
    stage.uses(ben, queue, "ticket escalate", &escalates("Accounts", CHECKED)).await;
    let packet = stage.waits(olga, accounts, accepts).await.id;
    stage.presses(olga, packet, "Accept").await;
    stage.shows(packet, &["Accepted by @Olga"]).await;
    stage
        .uses(olga, accounts, "ticket handback", &[("reason", "Not our account.".into()), Stage::number(1)])
        .await;
    stage.reads(ben, queue, HANDED_BACK).await;
    stage.shows(ticket.card, &["In progress", "Ben", "Handed back: once"]).await;
    stage.uses(ben, queue, "ticket escalate", &escalates("Second level", RESTARTED)).await;
    stage.waits(sven, queue, accepts).await;
    stage.uses(sven, queue, "ticket accept", &[Stage::number(1)]).await;
    stage.shows(ticket.card, &["In progress at second level", "Sven"]).await;
}
