//! First level at work.

use frontdesk::sandbox::{OptionInput, Outcome};

use crate::office::{Acts as _, Office};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_agents_one_claims_and_the_other_reads_who_has_it() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    let (ben, bea) = tokio::join!(
        office.ben.presses(ticket.queue_card, "Claim"),
        office.bea.presses(ticket.queue_card, "Claim")
    );
    let outcomes = [(&office.ben, ben.unwrap()), (&office.bea, bea.unwrap())];
    let won = |outcome: &Outcome| matches!(outcome, Outcome::Updated(_));
    let winners: Vec<_> = outcomes.iter().filter(|(_, reaction)| won(&reaction.outcome)).collect();
    let losers: Vec<_> = outcomes.iter().filter(|(_, reaction)| !won(&reaction.outcome)).collect();
    assert_eq!((winners.len(), losers.len()), (1, 1), "{outcomes:#?}");
    let winner = winners[0].0;
    let told = losers[0].1.message().unwrap();
    assert!(told.ephemeral && told.contains(winner.name()), "{told}");

    winner.waits_for_thread(&ticket.number).await;
    office.settles().await;
    for (channel, card) in [(ticket.thread, ticket.card), (office.queue, ticket.queue_card)] {
        let card = winner.sees(channel).into_iter().find(|message| message.id == card).unwrap();
        assert!(card.contains(winner.name()), "{card}");
    }
    assert!(losers[0].0.sees_thread(&ticket.number).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_can_be_released_assigned_and_tended_by_command() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    let (ben, bea) = (&office.ben, &office.bea);
    ben.runs(office.queue, "ticket claim", &[])
        .await
        .expect_message()
        .contains("number")
        .then_some(())
        .unwrap();
    let number = |n: i64| ("number".to_owned(), OptionInput::Integer(n));
    let claimed = ben.uses(office.queue, "ticket claim", vec![number(1)]).await.unwrap().expect_message();
    assert!(claimed.ephemeral, "{claimed}");
    ben.waits_for_thread(&ticket.number).await;
    // Inside of its thread a ticket needs no number.
    ben.uses(ticket.thread, "ticket release", Vec::new()).await.unwrap().expect_message();
    let to_bea = vec![("user".to_owned(), OptionInput::User(bea.id())), number(1)];
    ben.uses(office.queue, "ticket assign", to_bea).await.unwrap().expect_message();
    bea.waits_for_thread(&ticket.number).await;
    bea.uses(ticket.thread, "ticket priority", vec![("level".to_owned(), OptionInput::from("P1"))])
        .await
        .unwrap();
    let note = vec![("text".to_owned(), OptionInput::from("Asked the provider; **never** show this"))];
    bea.uses(ticket.thread, "ticket note", note).await.unwrap();
    let add = vec![("user".to_owned(), OptionInput::User(office.mia.id()))];
    bea.uses(ticket.thread, "ticket add", add).await.unwrap();
    office.mia.waits_for_thread(&ticket.number).await;
    office.settles().await;

    let card = bea.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("Bea") && card.contains("P1"), "{card}");
    let info = bea.uses(ticket.thread, "ticket info", Vec::new()).await.unwrap().expect_message();
    assert!(info.contains("Asked the provider") && info.contains("Ben"), "{info}");
    let own = office.ana.uses(ticket.thread, "ticket info", Vec::new()).await.unwrap().expect_message();
    assert!(!own.contains("Asked the provider"), "notes are not the requester's to read: {own}");
    assert!(!office.ana.reads(ticket.thread).contains("Asked the provider"));

    let wrong = vec![("user".to_owned(), OptionInput::User(office.mia.id()))];
    let refused = bea.uses(ticket.thread, "ticket assign", wrong).await.unwrap().expect_message();
    assert!(refused.ephemeral && refused.contains("Mia"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_lists_ones_own_and_for_staff_the_queue_by_deadline_and_what_waits_for_its_requester_last() {
    let office = Office::start().await;
    let asked = office.opens_ticket(&office.mia, "xqzvw null").await;
    office.ben.presses(asked.queue_card, "Claim").await.unwrap();
    office.ben.presses(asked.queue_card, "Wait for requester").await.unwrap();
    office.opens_ticket(&office.ana, "xqzvw one").await;
    office.opens_ticket(&office.ana, "xqzvw two").await;
    office.opens_ticket(&office.mia, "xqzvw drei").await;
    let level = ("level".to_owned(), OptionInput::from("P1"));
    let second = vec![level, ("number".to_owned(), OptionInput::Integer(3))];
    office.ben.uses(office.queue, "ticket priority", second).await.unwrap().expect_message();

    let own = office.ana.uses(office.support, "tickets", Vec::new()).await.unwrap().expect_message();
    assert!(own.contains("xqzvw one") && own.contains("xqzvw two") && !own.contains("drei"), "{own}");
    let queue = || vec![("queue".to_owned(), OptionInput::Boolean(true))];
    let listed =
        office.ben.uses(office.queue, "tickets", queue()).await.unwrap().expect_message().to_string();
    let at = |subject: &str| listed.find(subject).unwrap_or_else(|| panic!("{subject} in:\n{listed}"));
    assert!(at("xqzvw two") < at("xqzvw one") && at("xqzvw one") < at("xqzvw drei"), "{listed}");
    assert!(at("xqzvw drei") < at("xqzvw null"), "{listed}");
    let waits = listed.lines().find(|line| line.contains("xqzvw null")).unwrap();
    assert!(waits.contains("Waiting for an answer from the requester · P3, asked"), "{waits}");
    assert!(listed.contains("4 tickets in the queue"), "{listed}");
    let refused = office.ana.uses(office.support, "tickets", queue()).await.unwrap().expect_message();
    assert!(!refused.contains("drei"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_work_after_a_restart() {
    let mut office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    office.stop_desk().await;
    office.start_desk().await;
    let claimed = office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    assert!(matches!(claimed.outcome, Outcome::Updated(_)), "{claimed:?}");
    office.settles().await;
    let answer = office.ana.sees_message(ticket.answer).unwrap();
    assert!(answer.contains("#1"), "{answer}");
}
