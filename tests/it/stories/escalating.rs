//! To second level and back.

use frontdesk::sandbox::{OptionInput, Outcome, SeenMessage};

use crate::office::{Acts as _, Office, Opened};

async fn escalated(office: &Office) -> (Opened, u64) {
    let ticket = office.opens_ticket(&office.ana, "my VPN does not connect").await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.settles().await;
    office.ben.fills(ticket.queue_card, "Escalate", "Restarted the client @everyone").await;
    let packet = office.sven.waits_for(office.queue, |message| message.button("Accept").is_some()).await;
    office.settles().await;
    (ticket, packet.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_escalation_pings_the_specialists_once_with_the_whole_story() {
    let office = Office::start().await;
    let (ticket, packet) = escalated(&office).await;
    let packet = office.sven.sees_message(packet).unwrap();
    for part in ["my VPN does not connect", "Restarted the client", "Ben", "Ana"] {
        assert!(packet.contains(part), "{part} in:\n{packet}");
    }
    let mut pinged = office.mentioned();
    pinged.retain(|(person, _)| *person != office.ana.id());
    pinged.sort_unstable();
    let mut expected = vec![(office.sven.id(), packet.id), (office.olga.id(), packet.id)];
    expected.sort_unstable();
    assert_eq!(pinged, expected, "the role alone, once");
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("Second level"), "{card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_specialist_accepts_and_joins_and_first_level_stays() {
    let office = Office::start().await;
    let (ticket, packet) = escalated(&office).await;
    let (sven, olga) =
        tokio::join!(office.sven.presses(packet, "Accept"), office.olga.presses(packet, "Accept"));
    let (sven, olga) = (sven.unwrap(), olga.unwrap());
    let sven_won = matches!(sven.outcome, Outcome::Updated(_));
    assert_ne!(sven_won, matches!(olga.outcome, Outcome::Updated(_)), "{sven:?} {olga:?}");
    let (winner, loser, told) =
        if sven_won { (&office.sven, &office.olga, olga) } else { (&office.olga, &office.sven, sven) };
    assert!(told.message().unwrap().contains(winner.name()), "{told:?}");
    winner.waits_for_thread(&ticket.number).await;
    office.settles().await;
    assert!(loser.sees_thread(&ticket.number).is_none());
    assert!(office.ben.sees_thread(&ticket.number).is_some(), "first level stays in the thread");
    let packet = office.sven.sees_message(packet).unwrap();
    assert!(packet.contains(winner.name()) && packet.button("Accept").is_none(), "{packet}");
    let card = office.ben.sees_message(ticket.card).unwrap();
    assert!(card.contains(winner.name()), "{card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_back_needs_a_reason_returns_to_the_agent_and_is_counted() {
    let office = Office::start().await;
    let (ticket, packet) = escalated(&office).await;
    office.sven.presses(packet, "Accept").await.unwrap();
    office.settles().await;
    let before = office.mentioned().len();
    office.sven.fills(packet, "Hand back", "It is the certificate, not the network.").await;
    let told = |message: &SeenMessage| message.pings_me && message.contains("It is the certificate");
    let said = office.ben.waits_for(office.queue, told).await;
    office.settles().await;
    assert!(!office.ana.reads(ticket.thread).contains("It is the certificate"), "the reason is for staff");
    assert_eq!(
        office.mentioned()[before..],
        [(office.ben.id(), said.id)],
        "the agent who gets it back, and nobody else"
    );
    let card = office.ben.sees_message(ticket.queue_card).unwrap();
    assert!(card.contains("Ben") && card.contains("Handed back"), "{card}");
    let packet = office.sven.sees_message(packet).unwrap();
    assert!(packet.buttons.is_empty() && packet.contains("It is the certificate"), "{packet}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_several_specialisms_one_is_chosen_and_its_channel_gets_the_packet() {
    let office = Office::start().await;
    let role = office.guild.create_role("Accounts").mentionable(true);
    let channel = office.guild.create_text_channel("accounts", &[]);
    let options = vec![
        ("name".to_owned(), OptionInput::from("Accounts & rights")),
        ("role".to_owned(), OptionInput::Role(role.id)),
        ("channel".to_owned(), OptionInput::Channel(channel)),
    ];
    let saved = office.dora.uses(office.support, "desk specialism", options).await.unwrap().expect_message();
    assert!(saved.ephemeral, "{saved}");
    let ticket = office.opens_ticket(&office.ana, "xqzvw").await;
    let choice = office.ben.presses(ticket.queue_card, "Escalate").await.unwrap().expect_message();
    let select = choice.selects.first().unwrap_or_else(|| panic!("{choice}")).clone();
    let reaction = office.ben.selects(choice.id, &select.custom_id, &["Accounts & rights"]).await.unwrap();
    let form = reaction.expect_modal();
    office.ben.submits(&form, &[(&form.fields[0].custom_id, "Checked the password.")]).await.unwrap();
    let packet = office.sven.waits_for(channel, |message| message.button("Accept").is_some()).await;
    assert!(packet.contains("Checked the password."), "{packet}");
    let refused = office.sven.presses(packet.id, "Accept").await.unwrap().expect_message();
    assert!(refused.ephemeral, "Sven is of another specialism: {refused}");
}
