//! Deadlines: the clock that stops, opening hours, promises, and what is said about them.

use std::time::Duration;

use chrono::{DateTime, Datelike as _, TimeZone as _, Timelike as _, Weekday};
use chrono_tz::{Europe::Berlin, Tz};
use frontdesk::domain::time::Timestamp;
use frontdesk::sandbox::{OptionInput, Outcome, Person, SeenMessage};

use crate::databases::{Fresh, on_both_databases};
use crate::office::{Acts as _, Office, Opened};

on_both_databases!(the_clock_stands_until_the_requester_writes, new_hours_move_every_open_deadline);

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// Waits until the card in the queue channel reads like this.
async fn card_shows(office: &Office, ticket: &Opened, words: &[&str]) -> SeenMessage {
    let is_it =
        |card: &SeenMessage| card.id == ticket.queue_card && words.iter().all(|word| card.contains(word));
    office.ben.waits_for(office.queue, is_it).await
}

/// The deadline that a ticket's cards were last given, as its reader's clock shows it in Berlin. People see it in words
/// of their own clock ("in 4 hours"), so it is taken from what was sent.
fn due(office: &Office, ticket: &Opened) -> Option<DateTime<Tz>> {
    let title = format!("{} · ", ticket.number);
    office.sandbox.calls().iter().rev().find_map(|call| {
        let message = if call.body["data"].is_object() { &call.body["data"] } else { &call.body };
        let embeds = message["embeds"].as_array()?;
        let card = embeds
            .iter()
            .find(|embed| embed["title"].as_str().is_some_and(|found| found.starts_with(&title)))?;
        let field = card["fields"].as_array()?.iter().find(|field| field["name"] == "Due")?;
        let seconds = field["value"].as_str()?.strip_prefix("<t:")?.split(':').next()?.parse().ok()?;
        Berlin.timestamp_opt(seconds, 0).single()
    })
}

/// Waits until the cards were given such a deadline.
async fn due_when(office: &Office, ticket: &Opened, wanted: impl Fn(DateTime<Tz>) -> bool) -> DateTime<Tz> {
    let seen = office.ben.wait_until(|| due(office, ticket).filter(|due| wanted(*due))).await;
    seen.unwrap_or_else(|| panic!("the deadline is {:?}", due(office, ticket)))
}

/// Lets time pass until it is this hour of this day in Berlin.
pub(super) fn pass_until(office: &Office, weekday: Weekday, hour: u32) {
    let Timestamp(now) = office.clock.now();
    let now = Berlin.timestamp_millis_opt(now).unwrap();
    let days = now.date_naive().iter_days().skip(1);
    let wanted = days
        .filter(|day| day.weekday() == weekday)
        .find_map(|day| Berlin.from_local_datetime(&day.and_hms_opt(hour, 0, 0).unwrap()).earliest());
    office.pass((wanted.unwrap() - now).to_std().unwrap());
}

fn count(person: &Person, channel: u64, words: &str) -> usize {
    person.sees(channel).iter().filter(|message| message.contains(words)).count()
}

pub(super) async fn hours(office: &Office, options: &[(&str, &str)]) -> SeenMessage {
    let asked = office.dora.runs(office.queue, "desk hours", options).await.expect_message();
    let answered = |message: &SeenMessage| message.id == asked.id && !message.loading;
    office.dora.waits_for(office.queue, answered).await
}

async fn the_clock_stands_until_the_requester_writes(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let ticket = office.claimed(&office.ana, "xqzvw does not work").await;
    card_shows(&office, &ticket, &["In progress"]).await;
    let before = due(&office, &ticket).unwrap();
    let pressed = office.ben.presses(ticket.queue_card, "Wait for requester").await.unwrap();
    let Outcome::Updated(card) = pressed.outcome else { panic!("{pressed:?}") };
    assert!(card.contains("Waiting for an answer") && !card.contains("Due"), "{card}");
    let asked = |message: &SeenMessage| message.contains("needs an answer from you");
    let asked = office.ana.waits_for(ticket.thread, asked).await;
    assert!(asked.pings_me && asked.contains("Ben"), "{asked}");

    office.pass(HOUR * 10);
    office.ana.says(ticket.thread, "It is the printer on the second floor.").await.unwrap();
    card_shows(&office, &ticket, &["In progress", "Due"]).await;
    let after = due_when(&office, &ticket, |due| due != before).await;
    let stood = (after - before).to_std().unwrap();
    assert!(stood >= HOUR * 10 && stood < HOUR * 10 + MINUTE * 30, "{before} became {after}");
    let info = office.ben.runs(ticket.thread, "ticket info", &[]).await.expect_message();
    assert!(info.contains("the clock was stopped") && info.contains("the clock goes on, by"), "{info}");
}

async fn new_hours_move_every_open_deadline(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    pass_until(&office, Weekday::Fri, 15);
    let first = office.opens_ticket(&office.ana, "xqzvw one").await;
    let second = office.opens_ticket(&office.mia, "xqzvw two").await;
    let set = hours(&office, &[("zone", "europe/berlin"), ("week", "Mo-Fr 8-16")]).await;
    assert!(set.contains("Mon-Fri 08:00-16:00") && set.contains("Europe/Berlin"), "{set}");
    // Four hours to answer: one on Friday, three on Monday.
    for ticket in [&first, &second] {
        let due = due_when(&office, ticket, |due| due.weekday() == Weekday::Mon).await;
        assert_eq!(due.hour(), 11, "{due}");
    }
    let cleared = vec![("clear".to_owned(), OptionInput::Boolean(true))];
    office.dora.uses(office.queue, "desk hours", cleared).await.unwrap();
    due_when(&office, &first, |due| due.weekday() == Weekday::Fri).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_of_staff_in_the_thread_is_a_first_response() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    let before = due(&office, &ticket).unwrap();
    let add = vec![
        ("user".to_owned(), OptionInput::User(office.ben.id())),
        ("number".to_owned(), OptionInput::Integer(1)),
    ];
    office.bea.uses(office.queue, "ticket add", add).await.unwrap().expect_message();
    office.ben.waits_for_thread(&ticket.number).await;
    // A word of somebody who is not of staff, and of the requester, are none.
    office.ana.says(ticket.thread, "Anybody?").await.unwrap();
    office.ben.says(ticket.thread, "I am looking into it.").await.unwrap();
    due_when(&office, &ticket, |due| due > before).await;
    card_shows(&office, &ticket, &["Waiting for first level"]).await;
    let info = office.ben.runs(ticket.thread, "ticket info", &[]).await.expect_message();
    assert!(info.contains("first answered by <@") || info.contains("first answered by @"), "{info}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_is_warned_of_and_its_passing_is_told_and_marked_once() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw does not work").await;
    office.pass(HOUR * 18 + MINUTE);
    let soon = office
        .ben
        .waits_for(office.queue, |message| message.contains("#1 (") && message.contains("is due"))
        .await;
    assert!(soon.pings_me, "{soon}");
    office.pass(HOUR * 6);
    let over = office.ben.waits_for(office.queue, |message| message.contains("is overdue")).await;
    assert!(over.pings_me, "{over}");
    card_shows(&office, &ticket, &["overdue"]).await;
    office.pass(HOUR * 6);
    office.settles().await;
    assert_eq!(
        (count(&office.ben, office.queue, "is due"), count(&office.ben, office.queue, "is overdue")),
        (1, 1)
    );
    let mut pinged: Vec<_> =
        office.mentioned().into_iter().filter(|(_, message)| [soon.id, over.id].contains(message)).collect();
    pinged.sort_unstable_by_key(|(person, message)| (*message, *person));
    let mut expected = vec![(office.ben.id(), over.id), (office.dora.id(), over.id)];
    expected.sort_unstable();
    expected.insert(0, (office.ben.id(), soon.id));
    assert_eq!(pinged, expected, "he alone is warned, and when it is late the one above him is told as well");
    let info = office.ben.runs(ticket.thread, "ticket info", &[]).await.expect_message();
    assert!(info.contains("hierarchical escalation: @Dora told"), "{info}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_took_calls_those_on_duty_and_the_role_only_when_nobody_is() {
    let office = Office::start().await;
    office.bea.runs(office.queue, "desk duty", &[("state", "on")]).await.expect_message();
    office.opens_ticket(&office.ana, "xqzvw one").await;
    office.pass(HOUR * 3 + MINUTE);
    let soon = office.bea.waits_for(office.queue, |message| message.contains("is due")).await;
    office.settles().await;
    let called: Vec<_> = office.mentioned().into_iter().filter(|(_, message)| *message == soon.id).collect();
    assert_eq!(called, [(office.bea.id(), soon.id)], "not Ben, who is at home");

    office.guild.take_role(&office.bea, &office.first_level);
    office.opens_ticket(&office.ana, "xqzvw two").await;
    office.pass(HOUR * 3 + MINUTE);
    let second = |message: &SeenMessage| message.contains("#2 (") && message.contains("is due");
    let soon = office.ben.waits_for(office.queue, second).await;
    assert!(soon.pings_me, "whoever lost the role is not called, and then everybody is: {soon}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_at_the_weekend() {
    let office = Office::start().await;
    hours(&office, &[("zone", "Europe/Berlin"), ("week", "Mon-Fri 8-16")]).await;
    pass_until(&office, Weekday::Fri, 15);
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    pass_until(&office, Weekday::Sun, 12);
    office.settles().await;
    assert_eq!(
        count(&office.ben, office.queue, "is due") + count(&office.ben, office.queue, "is overdue"),
        0
    );
    pass_until(&office, Weekday::Mon, 12);
    let over = office.ben.waits_for(office.queue, |message| message.contains("is overdue")).await;
    assert!(
        over.contains("First Level") && over.pings_me,
        "the role is called, because nobody has it: {over}"
    );
    card_shows(&office, &ticket, &["overdue"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_of_which_nothing_is_seen_goes_back_into_the_queue() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw does not work").await;
    office.pass(DAY);
    // Whoever does anything about it is seen.
    let note = vec![("text".to_owned(), OptionInput::from("Waiting for a part."))];
    office.ben.uses(ticket.thread, "ticket note", note).await.unwrap().expect_message();
    office.pass(DAY + HOUR);
    office.settles().await;
    card_shows(&office, &ticket, &["In progress", "Ben"]).await;
    office.pass(DAY);
    let told = office.ben.waits_for(office.queue, |message| message.contains("nothing was seen")).await;
    assert!(told.pings_me, "{told}");
    let card = card_shows(&office, &ticket, &["Waiting for first level"]).await;
    assert!(card.button("Claim").is_some(), "{card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waited_for_the_requester_keeps_the_ticket_when_they_answer() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw does not work").await;
    office.ben.runs(ticket.thread, "ticket wait", &[]).await.expect_message();
    office.settles().await;
    office.pass(DAY * 3);
    office.settles().await;
    office.ana.says(ticket.thread, "It is the one on the second floor.").await.unwrap();
    card_shows(&office, &ticket, &["In progress", "Due"]).await;
    office.settles().await;
    assert_eq!(count(&office.ben, office.queue, "nothing was seen"), 0, "there was nothing to see");
    card_shows(&office, &ticket, &["In progress", "Ben"]).await;
    office.pass(DAY * 2 + HOUR);
    office.ben.waits_for(office.queue, |message| message.contains("nothing was seen")).await;
}

/// Nobody is told anything at the weekend, so the day of the notice begins on Monday.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_closes_without_a_day_to_answer_the_notice() {
    let office = Office::start().await;
    hours(&office, &[("zone", "Europe/Berlin"), ("week", "Mon-Fri 8-16")]).await;
    pass_until(&office, Weekday::Thu, 12);
    let ticket = office.claimed(&office.ana, "xqzvw does not work").await;
    office.ben.fills(ticket.queue_card, "Resolve", "Your certificate is renewed.").await;
    office.ana.waits_for(ticket.thread, |message| message.button("That works").is_some()).await;
    pass_until(&office, Weekday::Sun, 20);
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((false, false)), "she was not told yet");
    pass_until(&office, Weekday::Mon, 9);
    office.ana.waits_for(ticket.thread, |message| message.contains("Does the solution work?")).await;
    office.settles().await;
    pass_until(&office, Weekday::Tue, 8);
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((false, false)), "it is not a day yet");
    office.pass(HOUR * 2);
    office.ana.waits_for(office.support, |message| message.button("Reopen").is_some()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_owed_is_brought_to_mind_once() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw does not work").await;
    office.ana.says(ticket.thread, "It happened again.").await.unwrap();
    office.ana.says(ticket.thread, "And again.").await.unwrap();
    heard(&office, &ticket).await;
    office.pass(HOUR * 4 + MINUTE);
    let owed = office.ben.waits_for(office.queue, |message| message.contains("has no answer yet")).await;
    assert!(owed.pings_me, "{owed}");
    office.pass(HOUR * 4);
    office.settles().await;
    assert_eq!(count(&office.ben, office.queue, "has no answer yet"), 1);
}

/// Waits until the desk has taken note of what the requester wrote.
async fn heard(office: &Office, ticket: &Opened) {
    let guild = frontdesk::domain::id::GuildId::from_snowflake(office.guild.id);
    let thread = frontdesk::domain::id::ChannelId::from_snowflake(ticket.thread);
    let noted = async {
        loop {
            let key = frontdesk::store::TicketKey::Thread(thread);
            let found = office.app().desk().store.ticket(guild, key).await.unwrap().unwrap();
            if found.watch.owed_since.is_some() {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), noted).await.expect("the message is heard");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_answer_is_asked_once_more_and_then_the_ticket_closes_and_can_be_reopened() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.mia, "xqzvw does not work").await;
    office.ben.runs(ticket.thread, "ticket wait", &[]).await.expect_message();
    office.mia.waits_for(ticket.thread, |message| message.contains("braucht eine Antwort von dir")).await;
    office.settles().await;
    office.pass(DAY * 2 + MINUTE);
    let nudge = office.mia.waits_for(ticket.thread, |message| message.contains("Wir warten hier noch")).await;
    assert!(nudge.pings_me, "{nudge}");
    office.pass(DAY * 3);
    let note =
        office.mia.waits_for(office.support, |message| message.button("Wieder öffnen").is_some()).await;
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((true, true)));
    assert_eq!(count(&office.mia, ticket.thread, "Wir warten hier noch"), 1);
    office.mia.presses(note.id, "Wieder öffnen").await.unwrap();
    card_shows(&office, &ticket, &["In progress", "Ben", "Reopened"]).await;
    // The days of waiting are not counted.
    due_when(&office, &ticket, |due| due.timestamp() > office.clock.now().seconds()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_solved_ticket_says_a_day_before_that_it_closes_and_a_word_keeps_it_open() {
    let office = Office::start().await;
    let ticket = office.claimed(&office.ana, "xqzvw does not work").await;
    office.ben.fills(ticket.queue_card, "Resolve", "Your certificate is renewed.").await;
    office.ana.waits_for(ticket.thread, |message| message.button("That works").is_some()).await;
    office.settles().await;
    office.pass(DAY * 2 + MINUTE);
    let notice =
        office.ana.waits_for(ticket.thread, |message| message.contains("Does the solution work?")).await;
    assert!(notice.pings_me, "{notice}");
    office.ana.says(ticket.thread, "I try it tomorrow.").await.unwrap();
    heard(&office, &ticket).await;
    office.pass(DAY + HOUR);
    office.settles().await;
    assert_eq!(office.guild.thread_state(ticket.thread), Some((false, false)), "she is not silent");
    office.pass(DAY * 2);
    let noticed = || (count(&office.ana, ticket.thread, "Does the solution work?") == 2).then_some(());
    assert!(office.ana.wait_until(noticed).await.is_some(), "her silence begins anew");
    office.settles().await;
    office.pass(DAY);
    office.ana.waits_for(office.support, |message| message.button("Reopen").is_some()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_and_promises_are_set_in_german_and_faults_are_named() {
    let office = Office::start().await;
    office.dora.set_locale("de");
    let fault = hours(&office, &[("zone", "Europe/Berlin"), ("week", "Mo-Fr 8-12, Xy 9-10")]).await;
    assert!(fault.contains("„xy“ ist kein Wochentag"), "{fault}");
    let fault = hours(&office, &[("week", "Mo-Fr 8-12")]).await;
    assert!(fault.contains("zeitzone"), "{fault}");
    let options = [
        ("zone", "Europe/Berlin"),
        ("week", "Mo-Do 8-12, 13-17; Fr 8-12"),
        ("state", "by"),
        ("days_off", "24.12., 03.08.2027-14.08.2027"),
    ];
    let set = hours(&office, &options).await;
    for words in
        ["Mo-Do 08:00-12:00, 13:00-17:00", "Fr 08:00-12:00", "Bayern", "24.12.", "03.08.2027 – 14.08.2027"]
    {
        assert!(set.contains(words), "{words}: {set}");
    }
    let never = hours(&office, &[("days_off", "1.1.-31.12.")]).await;
    assert!(never.contains("nie wieder offen"), "{never}");
    let shown = hours(&office, &[]).await;
    assert!(
        shown.contains("24.12.") && shown.contains("Bayern"),
        "what was refused changed nothing: {shown}"
    );

    let promise = async |options: Vec<(&str, &str)>| {
        office.dora.runs(office.queue, "desk sla", &options).await.expect_message()
    };
    let set = promise(vec![("priority", "P3"), ("first_response", "2 Std"), ("resolution", "3 Tage")]).await;
    assert!(set.contains("Erste Antwort innerhalb von 2 Stunden, Lösung innerhalb von 3 Tagen"), "{set}");
    let fault = promise(vec![("priority", "P3"), ("resolution", "5m")]).await;
    assert!(fault.contains("früher versprochen"), "{fault}");
    let fault = promise(vec![("resolution", "5m")]).await;
    assert!(fault.contains("Für welche Priorität"), "{fault}");
    let fault = promise(vec![("idle", "bald")]).await;
    assert!(fault.contains("„bald“"), "{fault}");
    let reset = vec![("reset".to_owned(), OptionInput::Boolean(true))];
    let reset = office.dora.uses(office.queue, "desk sla", reset).await.unwrap().expect_message();
    assert!(reset.contains("innerhalb von 4 Stunden, Lösung innerhalb von einem Tag"), "{reset}");
}

#[tokio::test(flavor = "multi_thread")]
async fn company_holidays_come_from_a_calendar_file() {
    let office = Office::start().await;
    hours(&office, &[("zone", "Europe/Berlin"), ("week", "Mon-Fri 8-16")]).await;
    let file = |text: &str| {
        let bytes = text.as_bytes().to_vec();
        let name = "holidays.ics".to_owned();
        vec![("calendar".to_owned(), OptionInput::Attachment { name, content_type: None, bytes })]
    };
    let send = async |options| {
        let asked = office.dora.uses(office.queue, "desk hours", options).await.unwrap().expect_message();
        office.dora.waits_for(office.queue, |message| message.id == asked.id && !message.loading).await
    };
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n\
        DTSTART;VALUE=DATE:20271224\r\nDTEND;VALUE=DATE:20280101\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\n\
        DTSTART:20271224T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let set = send(file(calendar)).await;
    assert!(set.contains("2027-12-24 – 2027-12-31") && set.contains("1 event"), "{set}");
    let refused = send(file("no calendar")).await;
    assert!(refused.contains("iCalendar"), "{refused}");
    let large = send(file(&"x".repeat(300 * 1024))).await;
    assert!(large.contains("256"), "{large}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wer_fragt_wenn_geschlossen_ist_liest_wann_wieder_offen_ist() {
    let office = Office::start().await;
    hours(&office, &[("zone", "Europe/Berlin"), ("week", "Mon-Fri 8-16")]).await;
    let told = async |ticket: &Opened| {
        let linked = |message: &SeenMessage| message.id == ticket.answer && message.contains("Alles Weitere");
        office.mia.waits_for(office.support, linked).await
    };
    pass_until(&office, Weekday::Fri, 15);
    for question in ["xqzvw one", "xqzvw two", "xqzvw three", "xqzvw four"] {
        office.opens_ticket(&office.ana, question).await;
    }
    let friday = office.opens_ticket(&office.mia, "xqzvw five").await;
    let friday = told(&friday).await;
    assert!(!friday.contains("geschlossen"), "{friday}");
    pass_until(&office, Weekday::Sat, 12);
    let saturday = office.opens_ticket(&office.mia, "xqzvw six").await;
    let saturday = told(&saturday).await;
    assert!(saturday.contains("Wir haben gerade geschlossen und öffnen"), "{saturday}");

    // An hour of Friday, and an hour and a half of Monday.
    pass_until(&office, Weekday::Mon, 9);
    office.pass(MINUTE * 30);
    for number in 1..=5 {
        let number = vec![("number".to_owned(), OptionInput::Integer(number))];
        office.ben.uses(office.queue, "ticket claim", number).await.unwrap().expect_message();
    }
    let monday = office.opens_ticket(&office.mia, "xqzvw seven").await;
    let monday = told(&monday).await;
    assert!(monday.contains("innerhalb von 3 Stunden Geschäftszeit"), "{monday}");
    assert!(!monday.contains("geschlossen"), "{monday}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duty_ends_at_a_time_of_the_desks_own_zone() {
    let office = Office::start().await;
    let duty = async |until| {
        let options = [("state", "on"), ("until", until)];
        office.sven.runs(office.queue, "desk duty", &options).await.expect_message()
    };
    let refused = duty("17:00").await;
    assert!(refused.contains("I do not know where the desk is yet"), "{refused}");
    hours(&office, &[("zone", "Europe/Berlin"), ("week", "Mon-Fri 8-16")]).await;
    pass_until(&office, Weekday::Tue, 9);
    let board = duty("17:00").await;
    assert!(board.contains("You are on duty now") && board.contains("@Sven"), "{board}");
    office.pass(HOUR * 7 + MINUTE * 50);
    let look = async || office.ben.runs(office.queue, "desk duty", &[]).await.expect_message();
    let before = look().await;
    assert!(before.contains("@Sven"), "{before}");
    office.pass(MINUTE * 10);
    let after = look().await;
    assert!(!after.contains("@Sven"), "{after}");
}
