//! What the store promises about articles written on desks, on both databases.

use frontdesk::domain::article::{Article, ArticleId, Audience, Language};
use frontdesk::domain::desk_article::{DeskArticle, Review};
use frontdesk::domain::id::{ChannelId, DeskArticleId, GuildId, MessageId, UserId};
use frontdesk::domain::job::Posted;
use frontdesk::domain::time::Timestamp;
use frontdesk::store::{ArticleKey, NewArticle, Store};

use crate::databases::{Fresh, on_both_databases};
use crate::store::{GUILD, NOW, OTHER_GUILD, with_desks};

on_both_databases!(
    an_article_comes_back_as_it_was_saved,
    only_published_versions_are_live,
    nothing_is_found_from_another_server,
    names_and_origins_are_unique_in_their_server,
    whoever_changes_an_article_has_it_alone,
    a_revision_is_seen_by_everybody_who_asks_since,
);

const AUTHOR: UserId = UserId(20);
const REVIEWER: UserId = UserId(30);

fn content(name: &str, title: &str) -> Article {
    Article {
        id: ArticleId(name.to_owned()),
        title: title.to_owned(),
        language: Language::De,
        tags: vec!["vpn".to_owned()],
        questions: vec!["warum 'geht' mein VPN nicht?".to_owned()],
        category: Some("network".to_owned()),
        audience: Audience::Staff,
        owner: Some("it-service".to_owned()),
        review_by: chrono::NaiveDate::from_ymd_opt(2027, 6, 30),
        translation: None,
        body: "1. Öffnen 🔑\n2. `x'; DROP TABLE articles`".to_owned(),
    }
}

async fn write(store: &Store, guild: GuildId, name: &str, origin: &str) -> DeskArticle {
    let new = NewArticle {
        origin: origin.to_owned(),
        ticket: None,
        author: AUTHOR,
        content: content(name, "VPN geht nicht"),
    };
    let mut tx = store.begin().await.unwrap();
    let article = tx.insert_article(guild, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    article
}

async fn read(store: &Store, guild: GuildId, id: DeskArticleId) -> DeskArticle {
    store.desk_article(guild, &ArticleKey::Id(id)).await.unwrap().unwrap()
}

async fn save(store: &Store, article: &DeskArticle, new_version: bool) {
    let mut tx = store.begin().await.unwrap();
    tx.lock_article(article.guild, &ArticleKey::Id(article.id)).await.unwrap().unwrap();
    if new_version {
        tx.add_article_version(article.id, &article.newest).await.unwrap();
    }
    tx.save_article(article).await.unwrap();
    tx.commit().await.unwrap();
}

async fn an_article_comes_back_as_it_was_saved(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let mut article = write(&store, GUILD, "desk/1-vpn", "form:1").await;
    assert_eq!(read(&store, GUILD, article.id).await, article);
    let card = Posted { channel: ChannelId(5), message: MessageId(6) };
    let mut tx = store.begin().await.unwrap();
    tx.article_card_posted(article.id, card).await.unwrap();
    tx.commit().await.unwrap();
    article.card = Some(card);
    assert_eq!(read(&store, GUILD, article.id).await, article);

    let edited = article.revise(AUTHOR, content("ignored", "VPN verbindet nicht"), Timestamp(NOW.0 + 1));
    save(&store, &edited, true).await;
    assert_eq!(read(&store, GUILD, edited.id).await, edited);
    let published = edited.publish(REVIEWER, 2, Timestamp(NOW.0 + 2)).unwrap();
    save(&store, &published, false).await;
    assert_eq!(read(&store, GUILD, published.id).await, published);
    let reason = Some("doppelt".to_owned());
    let again = published.revise(AUTHOR, content("ignored", "Drittes"), Timestamp(NOW.0 + 3));
    save(&store, &again, true).await;
    let discarded = again.discard(REVIEWER, 3, reason, Timestamp(NOW.0 + 4)).unwrap();
    save(&store, &discarded, false).await;
    assert_eq!(read(&store, GUILD, discarded.id).await, discarded);
    let withdrawn = discarded.withdraw(REVIEWER, Timestamp(NOW.0 + 5)).unwrap();
    save(&store, &withdrawn, false).await;
    assert_eq!(read(&store, GUILD, withdrawn.id).await, withdrawn);

    let versions = store.article_versions(GUILD, withdrawn.id, 10).await.unwrap();
    let titles: Vec<_> = versions.iter().map(|version| version.content.title.as_str()).collect();
    assert_eq!(titles, ["Drittes", "VPN verbindet nicht", "VPN geht nicht"]);
    assert_eq!(store.article_versions(GUILD, withdrawn.id, 1).await.unwrap().len(), 1);
}

async fn only_published_versions_are_live(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let article = write(&store, GUILD, "desk/1-vpn", "form:1").await;
    write(&store, GUILD, "desk/2-vpn", "form:2").await;
    assert!(store.live_articles(GUILD, 10).await.unwrap().is_empty());
    assert_eq!(store.waiting_articles(GUILD, 10).await.unwrap().len(), 2);
    let published = article.publish(REVIEWER, 1, NOW).unwrap();
    save(&store, &published, false).await;
    assert_eq!(
        store.live_articles(GUILD, 10).await.unwrap(),
        std::slice::from_ref(&published.newest.content)
    );
    assert_eq!(store.waiting_articles(GUILD, 10).await.unwrap().len(), 1);
    let edited = published.clone().revise(AUTHOR, content("x", "Neu"), NOW);
    save(&store, &edited, true).await;
    assert_eq!(store.live_articles(GUILD, 10).await.unwrap(), [published.newest.content]);
    assert_eq!(store.waiting_articles(GUILD, 10).await.unwrap().len(), 2);
}

async fn nothing_is_found_from_another_server(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let article = write(&store, GUILD, "desk/1-vpn", "form:1").await;
    save(&store, &article.clone().publish(REVIEWER, 1, NOW).unwrap(), false).await;
    let keys = [
        ArticleKey::Id(article.id),
        ArticleKey::Name(article.name().clone()),
        ArticleKey::Origin("form:1".to_owned()),
    ];
    for key in keys {
        assert!(store.desk_article(GUILD, &key).await.unwrap().is_some(), "{key:?}");
        assert!(store.desk_article(OTHER_GUILD, &key).await.unwrap().is_none(), "{key:?}");
        let mut tx = store.begin().await.unwrap();
        assert!(tx.lock_article(OTHER_GUILD, &key).await.unwrap().is_none(), "{key:?}");
    }
    assert!(store.live_articles(OTHER_GUILD, 10).await.unwrap().is_empty());
    assert!(store.waiting_articles(OTHER_GUILD, 10).await.unwrap().is_empty());
    assert!(store.article_versions(OTHER_GUILD, article.id, 10).await.unwrap().is_empty());
}

async fn names_and_origins_are_unique_in_their_server(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.take_article_number(GUILD).await.unwrap(), Some(1));
    assert_eq!(tx.take_article_number(GUILD).await.unwrap(), Some(2));
    assert_eq!(tx.take_article_number(OTHER_GUILD).await.unwrap(), Some(1));
    assert_eq!(tx.take_article_number(GuildId(9)).await.unwrap(), None);
    tx.commit().await.unwrap();
    write(&store, GUILD, "en/vpn", "file:en/vpn").await;
    write(&store, OTHER_GUILD, "en/vpn", "file:en/vpn").await;
    for (name, origin) in [("en/vpn", "form:1"), ("desk/1", "file:en/vpn")] {
        let new = NewArticle {
            origin: origin.to_owned(),
            ticket: None,
            author: AUTHOR,
            content: content(name, "VPN"),
        };
        let mut tx = store.begin().await.unwrap();
        assert!(tx.insert_article(GUILD, &new, NOW).await.is_err(), "{name} {origin}");
    }
}

async fn whoever_changes_an_article_has_it_alone(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    let article = write(&store, GUILD, "desk/1-vpn", "form:1").await;
    let mut decisions = tokio::task::JoinSet::new();
    for reviewer in 0..8 {
        let (store, id) = (store.clone(), article.id);
        decisions.spawn(async move {
            let mut tx = store.begin().await.unwrap();
            let article = tx.lock_article(GUILD, &ArticleKey::Id(id)).await.unwrap().unwrap();
            let Ok(published) = article.publish(UserId(reviewer), 1, NOW) else { return false };
            tx.save_article(&published).await.unwrap();
            tx.commit().await.unwrap();
            true
        });
    }
    let won = decisions.join_all().await.into_iter().filter(|won| *won).count();
    assert_eq!(won, 1);
    assert!(matches!(read(&store, GUILD, article.id).await.review, Review::Published { .. }));
}

async fn a_revision_is_seen_by_everybody_who_asks_since(fresh: Fresh) {
    let store = with_desks(&fresh).await;
    assert_eq!(store.shelf_revision(GUILD).await.unwrap(), 0);
    for (guild, at) in [(GUILD, NOW), (OTHER_GUILD, Timestamp(NOW.0 + 10)), (GUILD, Timestamp(NOW.0 + 20))] {
        let mut tx = store.begin().await.unwrap();
        tx.raise_shelf_revision(guild, at).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(store.shelf_revision(GUILD).await.unwrap(), 2);
    let since = async |at| {
        let mut changed = store.shelf_revisions_since(at).await.unwrap();
        changed.sort_unstable();
        changed
    };
    assert_eq!(since(NOW).await, [(GUILD, 2), (OTHER_GUILD, 1)]);
    assert_eq!(since(Timestamp(NOW.0 + 11)).await, [(GUILD, 2)]);
    assert_eq!(since(Timestamp(NOW.0 + 21)).await, []);
}
