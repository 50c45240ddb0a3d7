//! What is learned from what comes of answers, and what staff see of it.

use frontdesk::sandbox::{Person, SeenMessage};

use crate::databases::{Fresh, on_both_databases};
use crate::office::{Acts as _, Company, Office};

/// Words that no article has.
const UNKNOWN: &str = "the zorbulator flimmers";

async fn first_title(office: &Company, who: &Person, question: &str) -> String {
    let answer = who.asks(office.support, question).await;
    answer.embeds[0].title.clone().unwrap_or_default()
}

/// Ana's ticket about words that nobody knows is solved with an article, and she confirms it.
async fn taught(office: &Office) {
    let ticket = office.opens_ticket(&office.ana, UNKNOWN).await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.fills(ticket.queue_card, "Resolve", "That is the VPN box: see `en/vpn-drops`.").await;
    let solution =
        office.ana.waits_for(ticket.thread, |message| message.button("That works").is_some()).await;
    office.ana.presses(solution.id, "That works").await.unwrap();
    office.settles().await;
}

on_both_databases!(words_that_no_article_has_are_learned_from_a_ticket_that_an_article_solved);

async fn words_that_no_article_has_are_learned_from_a_ticket_that_an_article_solved(fresh: Fresh) {
    let office = Office::start_on(&fresh).await;
    let elsewhere = Company::open(&office.sandbox, "Elsewhere");
    elsewhere.gets_set_up().await;
    let before = office.mia.asks(office.support, UNKNOWN).await;
    assert_eq!(before.buttons.len(), 1, "nothing fits yet: {before}");
    taught(&office).await;
    assert_eq!(first_title(&office, &office.bea, UNKNOWN).await, "The VPN keeps dropping");
    assert_eq!(first_title(&office, &office.bea, "Zorbulator flimmers!").await, "The VPN keeps dropping");
    let there = elsewhere.ana.asks(elsewhere.support, UNKNOWN).await;
    assert_eq!(there.buttons.len(), 1, "another server has learned nothing: {there}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_helped_comes_first_for_the_next_person() {
    let office = Office::start().await;
    let question = "teams";
    let answer = office.ana.asks(office.support, question).await;
    let select = answer.selects[0].clone();
    let other = select.options[0].clone();
    let shown = office.ana.selects(answer.id, &select.custom_id, &[&other.value]).await.unwrap();
    office.ana.presses(shown.expect_message().id, "That solved it").await.unwrap();
    assert_eq!(first_title(&office, &office.bea, question).await, other.label);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_after_which_tickets_are_opened_gives_way() {
    let office = Office::start().await;
    let question = "vpn";
    let before = first_title(&office, &office.ana, question).await;
    for who in [&office.ana, &office.bea, &office.sven, &office.olga] {
        office.opens_ticket(who, question).await;
    }
    let after = office.ben.asks(office.support, question).await;
    let first = after.embeds.first().and_then(|embed| embed.title.clone()).unwrap_or_default();
    assert_ne!(first, before, "{after}");
    let options = after.selects.iter().flat_map(|select| &select.options);
    assert!(
        options.map(|option| &option.label).any(|label| *label == before),
        "it is still offered: {after}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn second_level_takes_a_mistake_back() {
    let office = Office::start().await;
    taught(&office).await;
    let about = [("article", "en/vpn-drops")];
    let seen = office.ben.runs(office.queue, "kb stats", &about).await.expect_message();
    assert!(seen.contains("zorbulator") && seen.buttons.is_empty(), "first level may only look: {seen}");
    let seen = office.sven.runs(office.queue, "kb stats", &about).await.expect_message();
    let select = seen.selects[0].clone();
    let refused = press(&office.ben, seen.channel, &select.custom_id, &select.options[0].value).await;
    assert!(refused.contains("Only second level"), "{refused}");
    let chosen = select.options[0].value.clone();
    let left = office.sven.selects(seen.id, &select.custom_id, &[&chosen]).await.unwrap().expect_message();
    assert!(left.contains("Nothing was learned") && left.selects.is_empty(), "{left}");
    let answer = office.bea.asks(office.support, UNKNOWN).await;
    assert_eq!(answer.buttons.len(), 1, "forgotten: {answer}");
}

/// Presses what somebody else sees, as nobody's client would.
async fn press(who: &Person, channel: u64, custom_id: &str, value: &str) -> SeenMessage {
    let own = who.asks(channel, "xqzvw").await;
    let raw = frontdesk::sandbox::RawInteraction::Component {
        message: own.id,
        custom_id: custom_id.to_owned(),
        kind: 3,
        values: vec![value.to_owned()],
    };
    who.sends_interaction_raw(channel, raw).await.unwrap().expect_message()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_could_answer_is_grouped_the_most_asked_first() {
    let office = Office::start().await;
    for who in [&office.ana, &office.bea, &office.sven] {
        who.asks(office.support, "where do I get a xylophone permit").await;
    }
    office.ana.asks(office.support, "XYLOPHONE permit?").await;
    for _ in 0..5 {
        office.mia.asks(office.support, "qwertzu asdfghj").await;
    }
    office.opens_ticket(&office.ana, "xylophone permit please").await;
    let refused = office.ana.runs(office.support, "kb gaps", &[]).await.expect_message();
    assert!(refused.contains("Only first and second level"), "{refused}");
    let gaps = office.ben.runs(office.queue, "kb gaps", &[]).await.expect_message();
    let listed = gaps.embeds[0].description.clone().unwrap();
    let (xylophone, other) = (listed.find("ylophone").unwrap(), listed.find("qwertzu").unwrap());
    assert!(xylophone < other, "three people weigh more than one who asks five times: {listed}");
    assert!(listed.contains("3 people asked this 5 times") && listed.contains("1 ticket"), "{listed}");
    let german = office.company.guild.add_member("Gerd", "de", &[&office.first_level]);
    let gaps = german.runs(office.queue, "kb gaps", &[]).await.expect_message();
    assert!(gaps.contains("3 Personen haben das 5-mal gefragt"), "{gaps}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_are_what_people_did() {
    let office = Office::start().await;
    let vpn = "my vpn keeps dropping";
    for who in [&office.ana, &office.bea, &office.sven] {
        let answer = who.asks(office.support, vpn).await;
        assert!(answer.contains("The VPN keeps dropping"), "{answer}");
        if who.id() != office.sven.id() {
            who.presses(answer.id, "That solved it").await.unwrap();
        }
    }
    office.opens_ticket(&office.olga, vpn).await;
    office.mia.asks(office.support, "xqzvw").await;
    let stats = office.ben.runs(office.queue, "kb stats", &[]).await.expect_message();
    // Four of five questions were answered; one of five became a ticket; two of four readers said it helped.
    let line = "shown 4, solved 2 (50 %), ticket all the same 1";
    let totals = "5 asked, 4 answered, 80 % without a ticket; 2 said to be solved (40 %); 1 ticket";
    assert!(stats.contains(line) && stats.contains(totals), "{stats}");
    office.pass(std::time::Duration::from_hours(40 * 24));
    let stats = office.ben.runs(office.queue, "kb stats", &[]).await.expect_message();
    assert!(stats.contains(line) && stats.contains("0 asked"), "longer than 30 days ago: {stats}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_is_written_about_from_its_list() {
    let office = Office::start().await;
    office.bea.asks(office.support, "where do I get a xylophone permit").await;
    office.ana.asks(office.support, "xylophone permit").await;
    let gaps = office.ben.runs(office.queue, "kb gaps", &[]).await.expect_message();
    let select = gaps.selects[0].clone();
    let chosen = select.options[0].value.clone();
    let refused = press(&office.ana, office.support, &select.custom_id, &chosen).await;
    assert!(refused.contains("Only first and second level"), "{refused}");
    let form = office.ben.selects(gaps.id, &select.custom_id, &[&chosen]).await.unwrap().expect_modal();
    let filled: Vec<_> = form.fields.iter().map(|field| field.value.as_str()).collect();
    let questions = "xylophone permit\nwhere do I get a xylophone permit";
    assert_eq!((filled[0], filled[2]), ("xylophone permit", questions), "{filled:?}");
    let body = form.fields[1].custom_id.clone();
    office.ben.submits(&form, &[(&body, "Ask Olga in room 7.")]).await.unwrap().expect_message();
    let card = office.sven.waits_for(office.queue, |message| message.button("Publish").is_some()).await;
    let gaps = office.ben.runs(office.queue, "kb gaps", &[]).await.expect_message();
    assert!(gaps.contains("Being written or new: xylophone permit"), "{gaps}");
    let form = office.bea.runs(office.queue, "kb gaps", &[]).await.expect_message();
    let form = office.bea.selects(form.id, &select.custom_id, &[&chosen]).await.unwrap().expect_modal();
    assert_eq!(form.fields[1].value, "Ask Olga in room 7.", "a second one finds the first one's draft");
    office.sven.presses(card.id, "Publish").await.unwrap();
    let answer = office.mia.asks(office.support, "xylophone permit where").await;
    assert!(answer.contains("room 7"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_written_from_a_ticket_is_found_with_the_words_of_its_requester() {
    let office = Office::start().await;
    let ticket = office.opens_ticket(&office.ana, UNKNOWN).await;
    office.ben.presses(ticket.queue_card, "Claim").await.unwrap();
    office.ben.fills(ticket.queue_card, "Resolve", "Hold the blue key.").await;
    office.settles().await;
    let form = office.ben.presses(ticket.queue_card, "Save as solution").await.unwrap().expect_modal();
    let [title, questions] = [0, 2].map(|field: usize| form.fields[field].custom_id.clone());
    let given = [(title.as_str(), "Box in the corridor"), (questions.as_str(), "")];
    office.ben.submits(&form, &given).await.unwrap().expect_message();
    let card = office.sven.waits_for(office.queue, |message| message.button("Publish").is_some()).await;
    office.sven.presses(card.id, "Publish").await.unwrap();
    assert_eq!(first_title(&office, &office.bea, UNKNOWN).await, "Box in the corridor");
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_are_told_once_when_an_article_has_to_be_looked_at() {
    let mut office = Office::start().await;
    let articles = tempfile::tempdir().unwrap();
    let write = |name: &str, owner: &str| {
        let head = format!("title: About {name}\nlang: en\nowner: \"{owner}\"\nreview_by: 2020-01-31");
        std::fs::write(articles.path().join(format!("{name}.md")), format!("---\n{head}\n---\nText.\n"))
    };
    write("apples", &office.sven.id().to_string()).unwrap();
    write("pears", &format!("<@&{}>", office.second_level.id)).unwrap();
    write("plums", "fruit-team @everyone").unwrap();
    write("figs", &format!("<@&{}>", office.guild.id)).unwrap();
    office.stop_desk().await;
    office.settings.kb = articles.path().to_owned();
    office.start_desk().await;
    for _ in 0..2 {
        office.pass(std::time::Duration::from_hours(25));
        for name in ["apples", "pears", "plums", "figs"] {
            let due = |message: &SeenMessage| message.contains(&format!("About {name}"));
            office.sven.waits_for(office.queue, due).await;
        }
        office.settles().await;
    }
    let seen = office.sven.sees(office.queue);
    let about = |name: &str| {
        let about: Vec<_> =
            seen.iter().filter(|message| message.contains(&format!("About {name}"))).collect();
        assert_eq!(about.len(), 1, "once: {seen:?}");
        about[0].clone()
    };
    assert!(about("apples").pings_me && about("pears").pings_me);
    assert!(about("plums").contains("fruit-team") && about("plums").contains("2020-01-31"));
    let pinged: Vec<u64> = office.mentioned().into_iter().map(|(person, _)| person).collect();
    let ids = [office.sven.id(), office.sven.id(), office.olga.id()];
    assert_eq!(pinged.len(), ids.len(), "nobody but the owners: {pinged:?}");
    let stats = office.ben.runs(office.queue, "kb stats", &[]).await.expect_message();
    assert!(stats.contains("Past their date of review: 4"), "{stats}");
}
