//! Articles on their way as people see them, and that nothing people write can break their messages.

use super::super::sample::{ANA, MIA, assert_within_limits, at, seen, set_up, ticket};
use super::{decided, review_card, saved, version, waiting, with_versions};
use crate::desk::{Alike, ReviewSheet, Saved};
use crate::discord::views::answer;
use crate::domain::article::{Article, ArticleId, Audience, Language};
use crate::domain::desk_article::{DeskArticle, Review, Version};
use crate::domain::id::{ChannelId, DeskArticleId, GuildId, MessageId};
use crate::domain::job::Posted;

fn article(text: &str, review: Review) -> DeskArticle {
    let content = Article {
        id: ArticleId("desk/4-vpn-drops".to_owned()),
        title: format!("VPN drops {text}"),
        language: Language::En,
        tags: vec!["vpn".to_owned(), text.to_owned()],
        questions: vec![format!("why does my vpn drop {text}")],
        category: None,
        audience: Audience::Everyone,
        owner: None,
        review_by: None,
        translation: None,
        body: format!("1. Renew the **certificate** {text}."),
    };
    DeskArticle {
        id: DeskArticleId(4),
        guild: GuildId(1),
        ticket: Some(ticket().id),
        newest: Version { number: 2, by: ANA, at: at(0), content },
        review,
        live: Some(1),
        card: Some(Posted { channel: ChannelId(5), message: MessageId(6) }),
    }
}

fn sheet(article: DeskArticle) -> ReviewSheet {
    let alike =
        vec![Alike { article: ArticleId("en/vpn-drops".to_owned()), title: "VPN *drops*".to_owned() }];
    ReviewSheet { article, alike, ticket: Some(ticket()), instead_of_file: false }
}

fn waits() -> Review {
    Review::Waiting { by: ANA, since: at(0) }
}

fn discarded(reason: &str) -> Review {
    Review::Discarded { by: MIA, at: at(60), reason: Some(reason.to_owned()) }
}

#[test]
fn an_article_that_waits_calls_second_level_once() {
    insta::assert_snapshot!(seen(&review_card(&sheet(article("@everyone", waits())), &set_up(Language::En))), @r"
    <@&22>
    pings: 22
    == Article for review · VPN drops @{zwsp}everyone
    Written by <@8> <t:1000000:R>. Is it right, and will others understand it? Until somebody publishes it, nobody is answered from it.

    1. Renew the **certificate** @everyone.
    Typical questions: - why does my vpn drop @{zwsp}everyone
    Version: version 2 by <@8>, <t:1000000:R>
    For whom: everyone
    Language: English
    Tags: vpn, @{zwsp}everyone
    From the ticket: <#30>
    These say nearly the same: - VPN \*drops\* · `en/vpn-drops`
    [Publish] v1:publish:4:2
    [Edit] v1:edit:4:2
    [Discard] v1:discard:4:2
    [Read what says nearly the same] v1:show-article:0 en/vpn-drops=VPN *drops*
    ");
}

#[test]
fn an_owner_is_called_instead_of_second_level() {
    let mut owned = article("", waits());
    owned.newest.content.owner = Some("123456789012345678".to_owned());
    let card = review_card(&sheet(owned), &set_up(Language::En));
    assert_eq!(card.content.as_deref(), Some("<@123456789012345678>"));
    assert!(card.pings.roles.is_empty() && card.pings.users.len() == 1);
}

#[test]
fn a_decision_is_on_the_card_and_its_author_reads_it() {
    let decided_about = article("", discarded("Only the *old* model"));
    let set_up = set_up(Language::De);
    let shown = [
        seen(&review_card(&ReviewSheet { alike: Vec::new(), ..sheet(decided_about.clone()) }, &set_up)),
        seen(&decided(&decided_about, &set_up)),
        seen(&decided(&article("", Review::Published { by: ANA, at: at(60) }), &set_up)),
    ];
    insta::assert_snapshot!(shown.join("\n\n"), @r"
    pings: nobody
    == Artikel zur Prüfung · VPN drops
    Von <@7> <t:1000060:R> verworfen. Only the \*old\* model

    1. Renew the **certificate** .
    Typische Fragen: - why does my vpn drop
    Version: Version 2 von <@8>, <t:1000000:R>
    Für wen: alle
    Sprache: English
    Stichwörter: vpn,
    Aus dem Ticket: <#30>

    <@8>
    pings: 8
    ==
    „VPN drops“ hat <@7> verworfen: Only the \*old\* model

    pings: nobody
    ==
    „VPN drops“ ist von <@8> veröffentlicht. Ab jetzt bekommen ihn andere als Antwort.
    ");
}

#[test]
fn what_staff_see_beside_an_article() {
    let written = article("", waits());
    let shown = answer::article(Language::En, &written.newest.content);
    let versions = [written.newest.clone()];
    let list = [
        seen(&with_versions(shown, Language::En, &written, &versions)),
        seen(&version(Language::En, written.id, &written.newest, false)),
        seen(&waiting(Language::En, std::slice::from_ref(&written))),
        seen(&waiting(Language::En, &[])),
    ];
    insta::assert_snapshot!(list.join("\n\n"), @r"
    version 2 by <@8>, <t:1000000:R> waits for review.
    pings: nobody
    == VPN drops
    1. Renew the **certificate** .
    -- desk/4-vpn-drops
    [Versions] v1:versions:4:2 2=Version 2 of 1970-01-12
    [Edit] v1:edit:4:2
    [Take offline] v1:withdraw:4:2

    This is version 2 by <@8>, <t:1000000:R>.
    pings: nobody
    == VPN drops
    1. Renew the **certificate** .
    Typical questions: - why does my vpn drop
    [Bring this version back] v1:restore:4:2

    pings: nobody
    == 1 article waits for review
    - [VPN drops](https://discord.com/channels/1/5/6) · version 2 by <@8>, <t:1000000:R>

    No article waits for review.
    pings: nobody
    ");
}

#[test]
fn nothing_that_people_write_breaks_a_message() {
    for text in ["*`[x](https://evil.example) ".repeat(150), "\n# ".repeat(1300), "🖨️".repeat(1999)] {
        for review in [waits(), discarded(&text), Review::Published { by: MIA, at: at(1) }] {
            let awkward = article(&text, review);
            let mut sheet = sheet(awkward.clone());
            sheet.article.newest.content.questions = vec![text.clone(); 20];
            sheet.alike = vec![Alike { article: ArticleId(text.clone()), title: text.clone() }; 3];
            let saved_as =
                Saved { article: awkward.clone(), alike: sheet.alike.clone(), instead_of_file: true };
            for language in Language::ALL {
                let set_up = set_up(language);
                let shown = answer::article(language, &awkward.newest.content);
                let versions = vec![awkward.newest.clone(); 30];
                let views = [
                    review_card(&sheet, &set_up),
                    decided(&awkward, &set_up),
                    saved(language, &saved_as),
                    with_versions(shown, language, &awkward, &versions),
                    version(language, awkward.id, &awkward.newest, false),
                    waiting(language, &vec![awkward.clone(); 25]),
                ];
                for view in views {
                    assert_within_limits(&view.marked("0123456789abcdef"));
                }
            }
        }
    }
}
