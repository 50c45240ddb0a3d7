//! Who is called, when nobody accepts, and the systems of outside providers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use chrono::Weekday;
use frontdesk::sandbox::{OptionInput, SeenMessage};
use hmac::{Hmac, KeyInit as _, Mac as _};

use super::deadlines::{hours, pass_until};
use super::organisation::manages;
use crate::office::{Acts as _, Office, Opened};

async fn escalated(office: &Office) -> (Opened, SeenMessage) {
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    office.ben.fills(ticket.queue_card, "Escalate", "Restarted the client").await;
    let mark = ticket.number.clone();
    let waiting = |message: &SeenMessage| message.button("Accept").is_some() && message.contains(&mark);
    let packet = office.sven.waits_for(office.queue, waiting).await;
    office.settles().await;
    (ticket, packet)
}

/// A step of the ladder that calls the reader, and not the packet, which says what the next step will be.
fn is_call(message: &SeenMessage) -> bool {
    message.pings_me && message.contains("nobody has accepted it yet")
}

/// Who was mentioned in the queue channel's messages, oldest first, but for those already seen.
fn called(office: &Office, seen: usize) -> Vec<u64> {
    let mut pinged = office.mentioned().split_off(seen);
    pinged.retain(|(person, _)| *person != office.ana.id());
    pinged.into_iter().map(|(person, _)| person).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn those_on_duty_are_called_and_the_role_only_when_nobody_is() {
    let office = Office::start().await;
    let board = office.sven.runs(office.queue, "desk duty", &[("state", "on"), ("until", "4h")]).await;
    let board = board.expect_message();
    assert!(board.contains("You are on duty now") && board.contains("@Sven"), "{board}");
    let seen = office.mentioned().len();
    let (_, packet) = escalated(&office).await;
    assert!(packet.contains("@Sven"), "{packet}");
    assert_eq!(called(&office, seen), [office.sven.id()], "not Olga, who is at home");

    let seen = office.mentioned().len();
    office.pass(Duration::from_hours(5));
    escalated(&office).await;
    let mut both = called(&office, seen);
    both.sort_unstable();
    assert!(
        both.contains(&office.sven.id()) && both.contains(&office.olga.id()),
        "the duty is over: {both:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn wer_die_rolle_verloren_hat_wird_nicht_mehr_gerufen() {
    let office = Office::start().await;
    office.sven.set_locale("de");
    let board = office.sven.runs(office.queue, "desk duty", &[("state", "on")]).await.expect_message();
    assert!(board.contains("Du bist jetzt im Dienst."), "{board}");
    office.guild.take_role(&office.sven, &office.second_level);
    let seen = office.mentioned().len();
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    office.ben.fills(ticket.queue_card, "Escalate", "Restarted the client").await;
    office
        .olga
        .waits_for(office.queue, |message| message.button("Accept").is_some() && message.pings_me)
        .await;
    office.settles().await;
    assert_eq!(called(&office, seen), [office.olga.id()]);
    let off = office.sven.runs(office.support, "desk duty", &[("state", "off")]).await.expect_message();
    assert!(off.contains("Das können nur First und Second Level."), "{off}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_escalation_climbs_step_by_step_until_somebody_accepts() {
    let mut office = Office::start().await;
    let leads = office.guild.create_role("Second shift").mentionable(true);
    let lena = office.guild.add_member("Lena", "en-US", &[&leads, &office.first_level]);
    let options = [
        ("name", "Second level".into()),
        ("lead", OptionInput::User(office.bea.id())),
        ("next_role", OptionInput::Role(leads.id)),
        ("timeouts", "5 15 60 240".into()),
    ];
    let listed = manages(&office, "desk specialism", &options).await;
    assert!(listed.contains("@Bea") && listed.contains("5 15 60 240"), "{listed}");
    let (ticket, packet) = escalated(&office).await;
    let ladder = packet.to_string();
    assert!(ladder.contains("functional escalation") && ladder.contains("Next,"), "{ladder}");

    let seen = office.mentioned().len();
    office.pass(Duration::from_mins(30));
    office.settles().await;
    assert_eq!(called(&office, seen), [0; 0], "nobody is called before it is time");

    // The process is gone when it is time, and comes back.
    office.stop_desk().await;
    office.clock.advance(Duration::from_mins(31));
    office.start_desk().await;
    let again = |message: &SeenMessage| is_call(message) && message.contains("asked again");
    office.sven.waits_for(office.queue, again).await;
    office.settles().await;
    let mut asked = called(&office, seen);
    asked.sort_unstable();
    let mut expected = [office.sven.id(), office.olga.id()];
    expected.sort_unstable();
    assert_eq!(asked, expected, "once each, whatever died");

    for (who, direction) in [
        (lena.clone(), "functional escalation: @Second shift asked"),
        (office.bea.clone(), "hierarchical escalation: @Bea told"),
        (office.dora.clone(), "hierarchical escalation: @Dora told"),
    ] {
        let seen = office.mentioned().len();
        office.pass(Duration::from_mins(61));
        let told = |message: &SeenMessage| is_call(message) && message.contains(direction);
        who.waits_for(office.queue, told).await;
        office.settles().await;
        assert_eq!(called(&office, seen), [who.id()], "{direction}: one person, once");
        let card = office.ben.sees_message(ticket.queue_card).unwrap();
        assert!(card.contains(direction), "{direction} on the card:\n{card}");
    }
    let seen = office.mentioned().len();
    office.pass(Duration::from_hours(24));
    office.settles().await;
    assert_eq!(called(&office, seen), [0; 0], "the ladder has an end");

    let accepted = lena.presses(packet.id, "Accept").await.unwrap();
    assert!(accepted.message().unwrap().contains("Lena"), "whom the ladder calls may accept: {accepted:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn accepting_ends_the_climb_and_urgency_hurries_it() {
    let office = Office::start().await;
    let (ticket, packet) = escalated(&office).await;
    let seen = office.mentioned().len();
    office.ben.selects(ticket.queue_card, "Whom does it affect?", &["many"]).await.unwrap();
    office.ben.selects(ticket.queue_card, "How badly?", &["high"]).await.unwrap();
    office.settles().await;
    office.pass(Duration::from_mins(6));
    office.sven.waits_for(office.queue, |message| is_call(message) && message.contains("asked again")).await;
    office.settles().await;
    assert_eq!(called(&office, seen).len(), 2, "P1 does not wait as long as P3 did");

    office.sven.presses(packet.id, "Accept").await.unwrap();
    office.settles().await;
    let seen = office.mentioned().len();
    office.pass(Duration::from_hours(2));
    office.settles().await;
    assert_eq!(called(&office, seen), [0; 0]);
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(!card.contains("Next,"), "{card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_specialist_accepted_and_left_waits_for_the_specialism_again() {
    let office = Office::start().await;
    let own = office.guild.create_text_channel("network", &[]);
    let options = [("name", "Second level".into()), ("channel", OptionInput::Channel(own))];
    manages(&office, "desk specialism", &options).await;
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    office.ben.fills(ticket.queue_card, "Escalate", "Restarted the client").await;
    let packet = office.sven.waits_for(own, |message| message.button("Accept").is_some()).await;
    office.settles().await;
    office.sven.presses(packet.id, "Accept").await.unwrap();
    office.sven.waits_for_thread(&ticket.number).await;
    office.settles().await;

    let day = Duration::from_hours(24);
    office.pass(day);
    let note = [("text", "The provider looks into it.")];
    office.sven.runs(ticket.thread, "ticket note", &note).await.expect_message();
    office.pass(day + Duration::from_hours(1));
    office.settles().await;
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("In progress at second level"), "whoever does something is seen: {card}");

    office.pass(day);
    let told = office.sven.waits_for(own, |message| message.contains("nothing was seen of it")).await;
    assert!(told.pings_me && told.contains("waits for @Network again"), "{told}");
    office.olga.waits_for(own, is_call).await;
    office.settles().await;
    let calls = office.olga.sees(own).into_iter().filter(is_call).count();
    assert_eq!(calls, 1, "the specialism is asked once");
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("Waiting for second level") && !card.contains("Handed back"), "{card}");
    let info = office.ben.runs(ticket.thread, "ticket info", &[]).await.expect_message();
    assert!(info.contains("put back to second level, because nothing was seen of @Sven"), "{info}");
    let packet = office.olga.presses(packet.id, "Accept").await.unwrap();
    assert!(packet.message().unwrap().contains("Olga"), "{packet:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ist_die_zeit_um_hoert_es_auch_die_leitung_wo_ihre_leute_lesen() {
    let office = Office::start().await;
    let mut options = office.set_up_options();
    options.push(("language".to_owned(), OptionInput::from("de")));
    let set = office.dora.uses(office.support, "desk setup", options).await.unwrap().expect_message();
    office.dora.waits_for(office.support, |message| message.id == set.id && !message.loading).await;
    let own = office.guild.create_text_channel("netz", &[]);
    let lead = [
        ("name", "Second level".into()),
        ("channel", OptionInput::Channel(own)),
        ("lead", OptionInput::User(office.olga.id())),
    ];
    manages(&office, "desk specialism", &lead).await;
    let ticket = office.opens_ticket(&office.mia, "xqzvw").await;
    office.ben.fills(ticket.queue_card, "Eskalieren", "Neu gestartet").await;
    let packet = office.sven.waits_for(own, |message| message.button("Annehmen").is_some()).await;
    office.settles().await;
    office.sven.presses(packet.id, "Annehmen").await.unwrap();
    office.settles().await;

    let seen = office.mentioned().len();
    office.pass(Duration::from_hours(19));
    office.sven.waits_for(own, |message| message.pings_me && message.contains("#1 (")).await;
    office.settles().await;
    assert_eq!(called(&office, seen), [office.sven.id()], "wer es hat, wird allein gewarnt");
    let seen = office.mentioned().len();
    office.pass(Duration::from_hours(6));
    office.olga.waits_for(own, |message| message.pings_me && message.contains("ist überfällig")).await;
    office.settles().await;
    let mut told = called(&office, seen);
    told.sort_unstable();
    let mut both = [office.sven.id(), office.olga.id()];
    both.sort_unstable();
    assert_eq!(told, both, "in einer Nachricht, und sonst niemand");
    office.ben.set_locale("de");
    let info = office.ben.runs(ticket.thread, "ticket info", &[]).await.expect_message();
    assert!(info.contains("hierarchische Eskalation: @Olga informiert"), "{info}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_escalation_at_the_weekend_asks_its_people_when_the_desk_opens() {
    let office = Office::start().await;
    hours(&office, &[("zone", "Europe/Berlin"), ("week", "Mon-Fri 8-16")]).await;
    pass_until(&office, Weekday::Sat, 12);
    let seen = office.mentioned().len();
    let (ticket, packet) = escalated(&office).await;
    assert!(!packet.pings_me && packet.contains("Next,"), "it is there, and says when it asks: {packet}");
    pass_until(&office, Weekday::Sun, 23);
    office.settles().await;
    assert_eq!(called(&office, seen), [0; 0], "nobody is called at the weekend");

    pass_until(&office, Weekday::Mon, 8);
    office.sven.waits_for(office.queue, is_call).await;
    office.settles().await;
    assert_eq!(called(&office, seen).len(), 2, "Sven and Olga, once each");
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("Next,"), "{card}");
    let seen = office.mentioned().len();
    office.pass(Duration::from_hours(9));
    office.settles().await;
    assert_eq!(called(&office, seen), [0; 0], "in the evening nobody is called either");
}

/// When the next step of the ladder is, as the cards and the packet of ticket #1 were last given it.
fn next_steps(office: &Office) -> Vec<i64> {
    let calls = office.sandbox.calls();
    let cards = ["Escalation of #1", "#1 · "].map(|title| {
        calls.iter().rev().find_map(|call| {
            let is_it = |embed: &&serde_json::Value| {
                embed["title"].as_str().is_some_and(|found| found.starts_with(title))
            };
            let card = call.body["embeds"].as_array()?.iter().find(is_it)?.to_string();
            let (_, next) = card.split_once("Next, <t:")?;
            next.split(':').next()?.parse().ok()
        })
    });
    cards.into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn new_hours_move_the_steps_of_a_ladder_and_what_its_cards_say() {
    let office = Office::start().await;
    let week = [("zone", "Europe/Berlin"), ("week", "Mon-Fri 8-16")];
    hours(&office, &week).await;
    pass_until(&office, Weekday::Sat, 12);
    let seen = office.mentioned().len();
    escalated(&office).await;
    let waited_for = next_steps(&office);
    assert_eq!(called(&office, seen), [0; 0], "nobody is called at the weekend");

    let clear = vec![("clear".to_owned(), OptionInput::Boolean(true))];
    office.dora.uses(office.queue, "desk hours", clear).await.unwrap();
    office.sven.waits_for(office.queue, is_call).await;
    office.settles().await;
    assert_eq!(called(&office, seen).len(), 2, "the desk is open now: Sven and Olga, once each");
    let sooner = next_steps(&office);
    let now = office.clock.now().seconds();
    assert!(
        sooner.len() == 2 && sooner.iter().all(|at| (now..=now + 3600).contains(at)),
        "{sooner:?} at {now}"
    );

    hours(&office, &week).await;
    office.settles().await;
    assert_eq!(next_steps(&office), waited_for, "Monday morning again, on the cards and on the packet");
    office.pass(Duration::from_hours(3));
    office.settles().await;
    assert_eq!(called(&office, seen).len(), 2, "and nobody is called before");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_around_the_clock_calls_at_night() {
    let office = Office::start().await;
    hours(&office, &[("zone", "Europe/Berlin"), ("week", "Mon-Fri 8-16")]).await;
    let always = [("priority", "P1".into()), ("around_the_clock", OptionInput::Boolean(true))];
    let promised = manages(&office, "desk sla", &always).await;
    assert!(promised.contains("around the clock"), "{promised}");
    pass_until(&office, Weekday::Sat, 2);
    let seen = office.mentioned().len();
    let (ticket, _) = escalated(&office).await;
    assert_eq!(called(&office, seen), [0; 0], "P3 waits until Monday");
    office.ben.selects(ticket.queue_card, "Whom does it affect?", &["many"]).await.unwrap();
    office.ben.selects(ticket.queue_card, "How badly?", &["high"]).await.unwrap();
    office.sven.waits_for(office.queue, is_call).await;
    office.settles().await;
    assert_eq!(called(&office, seen).len(), 2, "Sven and Olga, once each, in the middle of the night");
    office.pass(Duration::from_mins(6));
    office.sven.waits_for(office.queue, |message| is_call(message) && message.contains("asked again")).await;
}

/// What an outside provider's system got, and how it answers.
#[derive(Default)]
struct Received {
    calls: Mutex<Vec<(HeaderMap, Bytes)>>,
    answers: Mutex<Vec<StatusCode>>,
}

impl Received {
    /// A provider's system on this machine, and its address.
    async fn listen(answers: &[StatusCode]) -> (Arc<Self>, String) {
        let received = Arc::new(Self { answers: Mutex::new(answers.to_vec()), ..Self::default() });
        let kept = received.clone();
        let answer = move |headers: HeaderMap, body: Bytes| {
            let kept = kept.clone();
            async move {
                kept.calls.lock().unwrap().push((headers, body));
                let mut answers = kept.answers.lock().unwrap();
                if answers.is_empty() { StatusCode::OK } else { answers.remove(0) }
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/hook", post(answer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (received, format!("http://{address}/hook?token=canary"))
    }
}

async fn with_provider(office: &Office, address: &str) -> String {
    let options = [
        ("name", "Second level".into()),
        ("provider", OptionInput::Boolean(true)),
        ("reaction", OptionInput::Integer(240)),
        ("webhook", address.into()),
    ];
    let told = manages(office, "desk specialism", &options).await.to_string();
    assert!(told.contains("outside provider") && !told.contains("canary"), "{told}");
    let secret = |word: &&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    told.split(|c: char| !c.is_ascii_alphanumeric()).find(secret).expect("the secret is shown").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_providers_system_is_called_once_and_can_tell_that_it_was_us() {
    let office = Office::start().await;
    let (received, address) = Received::listen(&[StatusCode::SERVICE_UNAVAILABLE]).await;
    let secret = with_provider(&office, &address).await;
    let again = manages(&office, "desk specialism", &[("name", "Second level".into())]).await;
    assert!(!again.contains(&secret), "shown once");
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    office.ben.fills(ticket.queue_card, "Escalate", "Restarted the client").await;
    // The provider is down at first, and nothing of the ticket waits for it.
    office.sven.waits_for(office.queue, |message| message.button("Accept").is_some()).await;
    office.pass(Duration::from_secs(10));
    office.settles().await;
    let calls = received.calls.lock().unwrap();
    let [(_, first), (headers, body)] = calls.as_slice() else { panic!("{} calls", calls.len()) };
    assert_eq!(first, body, "the second attempt says the same");
    let header = |name: &str| headers[name].to_str().unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(
        format!("{}.{}", header("x-frontdesk-timestamp"), std::str::from_utf8(body).unwrap()).as_bytes(),
    );
    let mac = mac.finalize().into_bytes();
    let expected = mac.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    assert_eq!(header("x-frontdesk-signature"), format!("v1={expected}"));
    let sent: serde_json::Value = serde_json::from_slice(body).unwrap();
    assert_eq!(sent["ticket"]["number"], 1);
    assert_eq!(sent["tried"], "Restarted the client");
    assert_eq!(sent["ticket"]["question"], "my VPN does not connect");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_redirects_or_hides_inside_is_not_followed() {
    let office = Office::start().await;
    let (inside, _) = Received::listen(&[]).await;
    let (received, address) = Received::listen(&[StatusCode::FOUND]).await;
    with_provider(&office, &address).await;
    escalated(&office).await;
    assert_eq!(received.calls.lock().unwrap().len(), 1);
    assert_eq!(inside.calls.lock().unwrap().len(), 0);
    let check = office.dora.runs(office.support, "desk check", &[]).await.expect_message();
    let done = |message: &SeenMessage| message.id == check.id && message.contains("outside provider");
    let check = office.dora.waits_for(office.support, done).await;
    assert!(check.contains("302") && !check.contains("canary"), "{check}");
    for address in
        ["http://provider.example.com/", "https://10.0.0.1/", "https://169.254.169.254/", "https://intranet/"]
    {
        let options = [("name", "Second level".into()), ("webhook", address.into())];
        let told = manages(&office, "desk specialism", &options).await;
        assert!(told.contains("I call"), "{address}: {told}");
    }
}
