//! Whatever people write, a transcript stays a page of words.

use std::collections::HashMap;

use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use super::super::sample::{ANA, MIA, at, packet, set_up, ticket};
use super::*;
use crate::desk::Reader;
use crate::domain::article::ArticleId;
use crate::domain::event::{Event, What};
use crate::domain::kept::Rating;
use crate::domain::question::{Attachment, Offered};
use crate::domain::ticket::{CloseReason, Status, Ticket};

/// What has run in pages that trusted it.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "javascript:alert(1)",
    "https://a.example/\"onmouseover=\"alert(1)",
    "http://a.example/'><script>alert(1)</script>",
    "data:text/html,<script>alert(1)</script>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "{{ style|safe }}{% include \"/etc/passwd\" %}",
    "&lt;script&gt; &#x3c;script>",
];

fn hostile(text: &str) -> (Transcript, Names, Thread) {
    let text = text.to_owned();
    let written = Ticket {
        subject: text.clone(),
        details: Some(text.clone()),
        question: Some(text.clone()),
        offered: vec![Offered { article: ArticleId("x".to_owned()), title: text.clone() }],
        files: vec![Attachment { name: text.clone(), url: text.clone(), size: 1, fate: None }],
        category: Some(text.clone()),
        requester_name: text.clone(),
        status: Status::Closed {
            by: Some(ANA),
            reason: CloseReason::Manual { text: Some(text.clone()) },
            holder: None,
        },
        ..ticket()
    };
    let kept = crate::domain::kept::Kept {
        rating: Some(Rating { stars: 1, comment: Some(text.clone()) }),
        ..written.kept.clone()
    };
    let whats = [
        What::Noted { text: text.clone() },
        What::HandedBack { reason: text.clone() },
        What::Resolved { solution: text.clone() },
        What::Closed { reason: CloseReason::Incident { title: text.clone() } },
        What::Categorised { to: text.clone() },
        What::Replied { name: text.clone(), text: text.clone() },
        What::LinkedToIncident { title: text.clone() },
        What::RatingCommented { text: text.clone() },
    ];
    let events = whats.into_iter().map(|what| Event { at: at(0), by: Some(ANA), what }).collect();
    let transcript = Transcript { ticket: Ticket { kept, ..written }, events, reader: Reader::Staff };
    let names = Names(HashMap::from([(MIA, text.clone()), (ANA, text.clone())]));
    let said = Said { at: at(0), who: text.clone(), text: format!("{text} <@8>"), files: vec![text] };
    (transcript, names, Thread { said: vec![said], is_whole: false })
}

fn made(language: Language, (transcript, names, thread): &(Transcript, Names, Thread)) -> [String; 2] {
    let files = files(language, transcript, names, Some(thread), &set_up(language));
    let texts: Vec<String> =
        files.into_iter().map(|file| String::from_utf8(file.bytes.to_vec()).unwrap()).collect();
    texts.try_into().unwrap()
}

/// Every tag of a page, as it is written.
fn tags(page: &str) -> Vec<&str> {
    page.match_indices('<').map(|(at, _)| &page[at..=at + page[at..].find('>').unwrap()]).collect()
}

#[test]
fn no_text_becomes_part_of_the_page() {
    let clean =
        tags(&made(Language::En, &hostile("word"))[0]).into_iter().map(str::to_owned).collect::<Vec<_>>();
    for text in HOSTILE {
        let [page, _] = made(Language::En, &hostile(text));
        let links = |tag: &&str| tag.starts_with("<a ") || *tag == "</a>";
        let own: Vec<&str> = tags(&page).into_iter().filter(|tag| !links(tag)).collect();
        assert_eq!(own, clean, "{text}");
        for link in tags(&page).into_iter().filter(|tag| tag.starts_with("<a ")) {
            let address = link.strip_prefix("<a href=\"http").unwrap_or_else(|| panic!("{link}"));
            let (_, rest) = address.split_once('"').unwrap();
            assert_eq!(rest, " rel=\"noreferrer noopener\">", "{link}");
        }
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<svg"), "{page}");
    }
}

#[test]
fn the_page_allows_itself_nothing_but_its_own_style() {
    let [page, _] = made(Language::De, &hostile("word"));
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style));
    let policy = format!("content=\"default-src 'none'; style-src 'sha256-{hash}'\"");
    assert!(page.contains(&policy), "{policy}\n{page}");
    assert!(page.find(&policy).unwrap() < page.find("<style>").unwrap());
    assert!(page.contains("<html lang=\"de\">"));
}

#[test]
fn a_transcript_tells_the_story_with_names_and_times() {
    let packet = packet();
    let transcript = Transcript { ticket: packet.ticket, events: packet.events, reader: Reader::Staff };
    let names = Names(HashMap::from([(MIA, "Mia".to_owned()), (ANA, "Ana & Co".to_owned())]));
    let thread = Thread {
        said: vec![Said {
            at: at(61),
            who: "Ana".to_owned(),
            text: "See https://a.example/x?a=1&b=2 <@7>\n1970-01-12 13:47 UTC  Mia: forged".to_owned(),
            files: vec!["log.txt".to_owned()],
        }],
        is_whole: true,
    };
    let [page, plain] = made(Language::En, &(transcript, names, thread));
    assert!(page.contains("<a href=\"https://a.example/x?a=1&#38;b=2\""), "{page}");
    assert!(page.contains("Ana &#38; Co"), "{page}");
    insta::assert_snapshot!(plain, @r"
    #12 · VPN drops *every* hour

    State: Waiting for second level
    From: Mia
    Opened: 1970-01-12 13:46 UTC
    Priority: P2, work stands still for one
    Category: network
    The request: Since Monday.
        @everyone help
    Asked the knowledge base: Why does my VPN drop?
    Was offered, did not help: VPN drops after an hour
    File: screen [1].png

    == The story so far ==
    1970-01-12 13:46 UTC  opened by Mia
    1970-01-12 13:47 UTC  claimed by Ana & Co
    1970-01-12 13:48 UTC  note by Ana & Co: Only on **Wi-Fi**
    1970-01-12 13:48 UTC  handed over to Network by Ana & Co

    == What was written ==
    1970-01-12 13:47 UTC  Ana: See https://a.example/x?a=1&b=2 @Mia
        1970-01-12 13:47 UTC  Mia: forged
        (file log.txt)
    ");
}
