//! The figures, for those who are answerable for the desk.

use std::time::Duration;

use chrono::Weekday;
use frontdesk::sandbox::{Fault, OptionInput, Overwrite, Person, Route, SeenMessage, permissions};

use super::deadlines::{hours, pass_until};
use crate::databases::{Fresh, on_both_databases};
use crate::office::{Acts as _, Office};

on_both_databases!(a_month_of_work_is_told_in_figures_a_picture_and_tables);

const WEEK: Duration = Duration::from_hours(7 * 24);

/// `/desk report` as one person reads it, once it is there.
async fn report(office: &Office, who: &Person, options: Vec<(String, OptionInput)>) -> SeenMessage {
    let asked = who.uses(office.support, "desk report", options).await.unwrap().expect_message();
    who.waits_for(office.support, |message| message.id == asked.id && !message.loading).await
}

/// A file of a message, as somebody downloads it.
async fn file(message: &SeenMessage, ending: &str) -> Vec<u8> {
    let named = message.attachments.iter().find(|file| file.file_name.ends_with(ending));
    let named = named.unwrap_or_else(|| panic!("no {ending} in {message}"));
    reqwest::get(&named.url).await.unwrap().bytes().await.unwrap().to_vec()
}

fn weekly(channel: u64) -> Vec<(String, OptionInput)> {
    vec![("weekly".to_owned(), OptionInput::Channel(channel))]
}

/// The reports that stand in the queue channel.
fn posted(office: &Office, who: &Person) -> Vec<SeenMessage> {
    who.sees(office.queue).into_iter().filter(|message| message.attachments.len() == 3).collect()
}

async fn a_month_of_work_is_told_in_figures_a_picture_and_tables(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    // One question that an article solves, and one ticket that first level solves; another goes to second level.
    let answer = office.ana.asks(office.support, "my VPN does not connect").await;
    office.ana.presses(answer.id, "That solved it").await.unwrap();
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.fills(ticket.queue_card, "Resolve", "Restart it.").await;
    let number = OptionInput::Integer(1);
    let formula = vec![("name".to_owned(), "=1+1".into()), ("number".to_owned(), number)];
    office.ben.uses(office.support, "ticket category", formula).await.unwrap();
    let other = office.opens_ticket(&office.mia, "xqzvw").await;
    office.ben.fills(other.queue_card, "Escalate", "Restarted it.").await;
    office.settles().await;

    let told = report(&office, &office.ben, Vec::new()).await;
    assert!(told.ephemeral && !told.pings_me, "{told}");
    for line in [
        "asked: **3**",
        "answered without a ticket: **33% (1 of 3)**",
        "opened: **2**",
        "solved: **1**",
        "solved at first level: **100% (1 of 1)**",
        "handed over: **50% (1 of 2)**",
        "first response: **0 min, 9 of 10 within 0 min**",
        "open: **1**",
        "at second level: **1**",
        "rating: **no data**",
        "without a category: **1**",
        "xqzvw: **2 people**",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
    let picture = file(&told, ".png").await;
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
    let shown = told.embeds[0].image.as_deref().unwrap();
    assert_eq!(reqwest::get(shown).await.unwrap().bytes().await.unwrap(), picture, "the embed shows it");
    let table = String::from_utf8(file(&told, ".csv").await).unwrap();
    for row in [
        "tickets_opened,,2,count,,",
        "escalated,,0.5000,share,1,2",
        "category,'=1+1,1,count,,",
        "gap_tickets,xqzvw,2,count,,",
    ] {
        assert!(table.lines().any(|line| line == row), "{row} in\n{table}");
    }
    let data: serde_json::Value = serde_json::from_slice(&file(&told, ".json").await).unwrap();
    assert_eq!(data["first_level_resolution"], serde_json::json!({ "count": 1, "of": 1, "share": 1.0 }));
    assert_eq!(data["questions"]["confirmed"], 1);
    let gap = serde_json::json!({ "question": "xqzvw", "people": 2, "times": 2, "tickets": 2 });
    assert_eq!(data["gaps"], serde_json::json!([gap]));
    assert!(!told.contains("in working time"), "without opening hours there is one time: {told}");
    // Last month nothing happened, and nothing is no bad rate.
    let before = vec![("period".to_owned(), OptionInput::from("last-month"))];
    let told = report(&office, &office.ben, before).await;
    assert!(told.contains("solved at first level: **no data**"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weekend_is_no_working_time() {
    let office = Office::start().await;
    hours(&office, &[("zone", "Europe/Berlin"), ("week", "Mon-Fri 8-16")]).await;
    pass_until(&office, Weekday::Fri, 15);
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    pass_until(&office, Weekday::Mon, 9);
    office.pass(Duration::from_mins(35));
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    let told = report(&office, &office.ben, Vec::new()).await;
    // An hour of Friday and an hour and a half of Monday; the seconds of the story itself come on top.
    for line in ["first response: **2 d 18 h", "in working time: **2 h 3", "in time: **100% (1 of 1)**"] {
        assert!(told.contains(line), "{line} in {told}");
    }
    office.ben.presses(ticket.queue_card, "Wait for requester").await.unwrap();
    let told = report(&office, &office.bea, Vec::new()).await;
    assert!(told.contains("waiting for an answer: **1**") && told.contains("overdue: **0**"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_or_priority_that_changes_later_changes_nothing_about_what_was_kept() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    office.pass(Duration::from_mins(30));
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.fills(ticket.queue_card, "Resolve", "Restart it.").await;
    let in_time = async || {
        let told = report(&office, &office.ben, Vec::new()).await.to_string();
        told.lines().filter(|line| line.contains("in time:")).map(str::to_owned).collect::<Vec<_>>()
    };
    let before = in_time().await;
    assert!(before.len() == 2 && before.iter().all(|line| line.contains("100% (1 of 1)")), "{before:?}");
    let level =
        vec![("level".to_owned(), OptionInput::from("P1")), ("number".to_owned(), OptionInput::Integer(1))];
    office.ben.uses(office.queue, "ticket priority", level).await.unwrap().expect_message();
    let promise = [("priority", "P1"), ("first_response", "5m"), ("resolution", "10m")];
    let promised = office.dora.runs(office.queue, "desk sla", &promise).await.expect_message();
    assert!(promised.contains("5 minutes"), "{promised}");
    assert_eq!(in_time().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_weekly_report_comes_in_the_morning_of_the_desks_own_zone() {
    let office = Office::start().await;
    report(&office, &office.dora, weekly(office.queue)).await;
    // Monday at 8 in Tokyo is still Sunday night in Greenwich, and the night to Monday in Berlin.
    hours(&office, &[("zone", "Asia/Tokyo"), ("week", "Mon-Fri 8-16")]).await;
    pass_until(&office, Weekday::Sun, 22);
    office.settles().await;
    assert!(posted(&office, &office.dora).is_empty());
    pass_until(&office, Weekday::Mon, 2);
    office.dora.waits_for(office.queue, |message| message.attachments.len() == 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_for_staff_and_managers_and_the_weekly_report_for_managers() {
    let office = Office::start().await;
    let told = report(&office, &office.ana, Vec::new()).await;
    assert!(told.embeds.is_empty() && told.attachments.is_empty(), "{told}");
    for who in [&office.ben, &office.sven, &office.dora] {
        let told = report(&office, who, Vec::new()).await;
        assert_eq!(told.attachments.len(), 3, "{} reads {told}", who.name());
    }
    let told = report(&office, &office.ben, weekly(office.queue)).await;
    assert!(told.attachments.is_empty(), "{told}");
    office.pass(WEEK);
    office.settles().await;
    assert!(posted(&office, &office.dora).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_where_the_bot_cannot_post_is_refused_by_what_is_missing() {
    let office = Office::start().await;
    let closed = office.guild.create_text_channel("board", &[]);
    let denied = permissions::ATTACH_FILES;
    office.guild.set_overwrites(closed, &[Overwrite::member(office.sandbox.bot_id(), 0, denied)]);
    let told = report(&office, &office.dora, weekly(closed)).await;
    assert!(told.contains("Attach Files") && told.contains("#board"), "{told}");
    assert!(!told.contains("Send Messages"), "only what is missing: {told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_weekly_report_comes_every_monday_once_and_in_the_desks_language() {
    let mut office = Office::start_bare().await;
    let mut options = office.set_up_options();
    options.push(("language".to_owned(), OptionInput::from("de")));
    let saved = office.dora.uses(office.support, "desk setup", options).await.unwrap().expect_message();
    office.dora.waits_for(office.support, |message| message.id == saved.id && !message.loading).await;
    let told = report(&office, &office.dora, weekly(office.queue)).await;
    assert!(told.contains("Every Monday") && told.attachments.len() == 3, "{told}");
    office.settles().await;
    assert!(posted(&office, &office.dora).is_empty(), "not before Monday");

    // Discord takes the message and the line breaks: the next attempt finds it.
    office.sandbox.plan(Route::CreateMessage, Fault::DropAfter, 1);
    office.pass(WEEK);
    let first = office.dora.waits_for(office.queue, |message| message.attachments.len() == 3).await;
    assert!(first.contains("Erstlösungsquote") && !first.pings_me, "{first}");
    office.settles().await;
    assert_eq!(posted(&office, &office.dora).len(), 1);
    // Nobody was running for three weeks: one report, of the last week.
    office.stop_desk().await;
    office.clock.advance(3 * WEEK);
    office.start_desk().await;
    office.settles().await;
    let seen = office.dora.wait_until(|| (posted(&office, &office.dora).len() == 2).then_some(())).await;
    assert!(seen.is_some(), "{}", office.dora.reads(office.queue));
    office.settles().await;
    assert_eq!(posted(&office, &office.dora).len(), 2);

    let told = report(&office, &office.dora, vec![("stop".to_owned(), OptionInput::Boolean(true))]).await;
    assert!(told.contains("no weekly report"), "{told}");
    office.pass(WEEK);
    office.settles().await;
    assert_eq!(posted(&office, &office.dora).len(), 2);
}
