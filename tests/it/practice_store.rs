//! What the store promises about practice, on both databases.

use std::time::Duration;

use frontdesk::domain::article::{ArticleId, Language};
use frontdesk::domain::id::{ChannelId, GuildId, MessageId, PracticeId, UserId};
use frontdesk::domain::practice::{Attempt, Line, Scenario, Script};
use frontdesk::domain::question::Offered;
use frontdesk::domain::time::Timestamp;
use frontdesk::store::Store;

use crate::databases::{Fresh, on_both_databases};
use crate::store::{GUILD, NOW, OTHER_GUILD, with_desks};

on_both_databases!(
    an_attempt_comes_back_as_it_was_saved,
    nobody_has_two_at_once_however_often_they_begin,
    what_was_finished_is_counted_and_what_was_given_up_is_not,
);

const BEN: UserId = UserId(20);

fn scenario(name: &str) -> Scenario {
    Scenario {
        name: name.to_owned(),
        language: Language::De,
        title: format!("Title of {name} 'quoted' 🖨️"),
        requester: "Jo".to_owned(),
        opening: "Hilfe".to_owned(),
        category: "Netzwerk".to_owned(),
        articles: vec![ArticleId("de/vpn".to_owned())],
        escalation: Some("Netz".to_owned()),
        why: "Darum".to_owned(),
        tone: vec!["Freundlich?".to_owned()],
        script: Script {
            otherwise: "Hm".to_owned(),
            when: vec![Line { keywords: vec!["fehler".to_owned()], text: "809".to_owned() }],
            solved: None,
            escalated: Some("Gut".to_owned()),
        },
    }
}

async fn begin(store: &Store, guild: GuildId, user: UserId, name: &str) -> Option<Attempt> {
    let mut tx = store.begin().await.unwrap();
    let attempt = tx.insert_practice(guild, user, &scenario(name), NOW).await.unwrap();
    tx.commit().await.unwrap();
    attempt
}

async fn save(store: &Store, attempt: &Attempt) {
    let mut tx = store.begin().await.unwrap();
    tx.lock_practice(attempt.guild, attempt.id).await.unwrap().unwrap();
    tx.save_practice(attempt).await.unwrap();
    tx.commit().await.unwrap();
}

fn solved(attempt: Attempt, at: Timestamp) -> Attempt {
    let offered = Offered { article: ArticleId("de/vpn".to_owned()), title: "VPN".to_owned() };
    attempt
        .choose_article(offered, NOW + Duration::from_mins(1))
        .and_then(|attempt| attempt.choose_category("Mail".to_owned(), NOW))
        .and_then(|attempt| attempt.choose_specialism("Netz".to_owned(), NOW))
        .and_then(|attempt| attempt.escalate(NOW))
        .and_then(|attempt| attempt.keep(0))
        .and_then(|attempt| attempt.finish(at))
        .unwrap()
}

async fn an_attempt_comes_back_as_it_was_saved(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let begun = begin(&store, GUILD, BEN, "vpn").await.unwrap();
    assert_eq!((&begun.scenario, begun.started_at), (&scenario("vpn"), NOW));
    let mut tx = store.begin().await.unwrap();
    tx.practice_thread_made(begun.id, ChannelId(5)).await.unwrap();
    tx.practice_card_posted(begun.id, MessageId(6), NOW + Duration::from_secs(1)).await.unwrap();
    tx.commit().await.unwrap();
    let posted = Attempt {
        thread: Some(ChannelId(5)),
        card: Some(MessageId(6)),
        shown_at: Some(NOW + Duration::from_secs(1)),
        ..begun
    };
    assert_eq!(store.running_practice(GUILD, BEN).await.unwrap(), Some(posted.clone()));
    let mut step = posted.act(NOW + Duration::from_secs(9)).unwrap();
    save(&store, &step).await;
    assert_eq!(store.practice_of_job(step.id).await.unwrap(), Some(step.clone()));
    step = step.choose_specialism("Netz".to_owned(), NOW).and_then(|step| step.escalate(NOW)).unwrap();
    save(&store, &step).await;
    assert_eq!(store.practice_of_job(step.id).await.unwrap(), Some(step.clone()));
    let finished = step.keep(0).unwrap().finish(NOW + Duration::from_mins(2)).unwrap();
    save(&store, &finished).await;
    assert_eq!(store.practice_of_job(finished.id).await.unwrap(), Some(finished.clone()));
    assert_eq!(store.running_practice(GUILD, BEN).await.unwrap(), None);

    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.lock_practice(OTHER_GUILD, finished.id).await.unwrap(), None, "not from another server");
    assert_eq!(tx.lock_practice(GUILD, PracticeId(finished.id.0 + 1)).await.unwrap(), None);
}

async fn nobody_has_two_at_once_however_often_they_begin(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let store = store.clone();
        tasks.spawn(async move { begin(&store, GUILD, BEN, "vpn").await.is_some() });
    }
    let begun = tasks.join_all().await;
    assert_eq!(begun.into_iter().filter(|begun| *begun).count(), 1);
    assert!(begin(&store, OTHER_GUILD, BEN, "vpn").await.is_some(), "another server is another desk");
    assert!(begin(&store, GUILD, UserId(21), "vpn").await.is_some());
    let running = store.running_practice(GUILD, BEN).await.unwrap().unwrap();
    save(&store, &running.stop(NOW).unwrap()).await;
    assert!(begin(&store, GUILD, BEN, "mail").await.is_some());
}

async fn what_was_finished_is_counted_and_what_was_given_up_is_not(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    for (minute, name) in (1..=3).zip(["vpn", "mail", "vpn"]) {
        let attempt = begin(&store, GUILD, BEN, name).await.unwrap();
        save(&store, &solved(attempt, NOW + Duration::from_mins(minute))).await;
    }
    let given_up = begin(&store, GUILD, BEN, "toner").await.unwrap();
    save(&store, &given_up.stop(NOW).unwrap()).await;
    let other = begin(&store, OTHER_GUILD, BEN, "vpn").await.unwrap();
    save(&store, &solved(other, NOW)).await;
    begin(&store, GUILD, BEN, "running").await.unwrap();

    let (count, latest) = store.finished_practice(GUILD, BEN, 2).await.unwrap();
    let at: Vec<_> = latest.iter().map(|practised| practised.at).collect();
    assert_eq!((count, at), (3, vec![NOW + Duration::from_mins(3), NOW + Duration::from_mins(2)]));
    assert_eq!(latest[0].title, scenario("vpn").title);
    assert_eq!(latest[0].score.points(), 80, "all but the category");
    let mut times = store.practice_times(GUILD, BEN).await.unwrap();
    times.sort();
    let times: Vec<_> = times.iter().map(|(name, times)| (name.as_str(), *times)).collect();
    assert_eq!(times, [("mail", 1), ("running", 1), ("toner", 1), ("vpn", 2)]);
    assert_eq!(store.finished_practice(GUILD, UserId(21), 9).await.unwrap(), (0, Vec::new()));
}
