//! Practice: begun, asked, solved, finished; and another one that is left lying, brought to mind, and put away.

use std::time::Duration;

use frontdesk::sandbox::SeenMessage;

use crate::crash::stage::Stage;
use crate::crash::story::Story;
use crate::office::{Acts as _, Company};

pub(super) const PRACTICE: Story = Story {
    name: "practice",
    before: |_| Box::pin(async {}),
    tell: |stage| Box::pin(tell(stage)),
    wanted: &[
        ("threads", 2, |seen| seen.threads()),
        ("closed threads", 2, |seen| seen.closed_threads()),
        ("cards", 2, |seen| seen.in_threads("Practice · ")),
        ("cards with points", 1, |seen| seen.in_threads("of 100 points")),
        ("cards that were given up", 1, |seen| seen.in_threads("This practice was given up")),
        ("answers of the pretended", 1, |seen| seen.in_threads(ASKED)),
        ("solutions", 1, |seen| seen.in_threads(SOLUTION)),
        ("reminders", 1, |seen| seen.in_threads(REMINDER)),
        ("pings by the reminder", 1, |seen| seen.pings(&seen.stage.company.ben, REMINDER)),
        ("messages in the threads", 5, |seen| seen.in_threads("")),
        ("messages in the queue", 0, |seen| seen.in_queue("")),
    ],
};

const ASKED: &str = "What does the message say?";
const SOLUTION: &str = "Please switch on IPsec passthrough in the router.";
const REMINDER: &str = "Your practice is still here.";
const DAY: Duration = Duration::from_hours(24);

async fn tell(stage: &Stage) {
    let ben = &stage.company.ben;
    let first = starts(stage).await;
    let (thread, card) = (first.channel, first.id);
    asks(stage, thread, card).await;
    stage.insists(ben, "category", || ben.selects(card, "What is it about?", &["Network"])).await;
    stage.shows(card, &["Category: Network"]).await;
    stage.fills(ben, card, "Resolve", &[SOLUTION]).await;
    stage.waits(ben, thread, |message| message.id == card && message.button("Finish").is_some()).await;
    stage.presses(ben, card, "Finish").await;
    stage.shows(card, &["of 100 points"]).await;

    let second = starts(stage).await;
    stage.settles().await;
    stage.pass(DAY * 2 + Duration::from_hours(1));
    stage.reads(ben, second.channel, REMINDER).await;
    stage.settles().await;
    stage.pass(DAY * 3 + Duration::from_hours(1));
    stage.shows(second.id, &["This practice was given up"]).await;
}

/// Begins a practice ticket and returns its card.
async fn starts(stage: &Stage) -> SeenMessage {
    let Company { ben, support, .. } = &stage.company;
    let start = [("action", "start".into()), ("scenario", "vpn-error-809".into())];
    // An earlier practice's card may show its buttons for a moment longer.
    let known = ben.knows();
    stage.uses(ben, *support, "desk practice", &start).await;
    let is_card = |message: &SeenMessage| message.from_bot && message.button("Ask the requester").is_some();
    let seen = ben.finds(&known, is_card).await;
    seen.unwrap_or_else(|| panic!("no practice ticket:\n{}", stage.keeper.said()))
}

/// Asks the pretended requester, once.
async fn asks(stage: &Stage, thread: u64, card: u64) {
    let ben = &stage.company.ben;
    let is_asked = || ben.reads(thread).contains(ASKED);
    let asks = || async {
        let form = ben.presses(card, "Ask the requester").await?;
        let Some(form) = form.modal().cloned() else { return Ok(form) };
        let field = form.fields[0].custom_id.clone();
        ben.submits(&form, &[(&field, ASKED)]).await
    };
    stage.once(ben, "ask", asks, is_asked).await;
    stage.reads(ben, thread, ASKED).await;
}
