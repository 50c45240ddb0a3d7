//! How practice looks, and that no scenario breaks Discord's limits.

use std::collections::BTreeSet;
use std::time::Duration;

use super::super::sample::{ANA, assert_within_limits, at, seen, set_up};
use super::*;
use crate::domain::article::ArticleId;
use crate::domain::id::{ChannelId, GuildId, PracticeId};
use crate::domain::practice::{Scenario, Script, progress as count_progress};
use crate::domain::question::Offered;

fn sheet(unit: Option<&str>, stage: Stage) -> PracticeSheet {
    let text = |short: &str, max: usize| match unit {
        Some(unit) => unit.chars().cycle().take(max).collect(),
        None => short.to_owned(),
    };
    let scenario = Scenario {
        name: "vpn".to_owned(),
        language: Language::En,
        title: text("No *VPN*", 60),
        requester: text("Jo [x]", 60),
        opening: text("I **need** it, @everyone", 2000),
        category: "network".to_owned(),
        articles: vec![ArticleId("en/vpn".to_owned())],
        escalation: Some("Network".to_owned()),
        why: text("Because", 1000),
        tone: (0..if unit.is_some() { 5 } else { 2 })
            .map(|item| text(&format!("Kind {item}?"), 70))
            .collect(),
        script: Script { otherwise: "Hm".to_owned(), when: Vec::new(), solved: None, escalated: None },
    };
    let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned() };
    PracticeSheet {
        attempt: Attempt {
            id: PracticeId(12),
            guild: GuildId(1),
            user: ANA,
            scenario,
            started_at: at(0),
            thread: Some(ChannelId(30)),
            card: None,
            shown_at: Some(at(0)),
            first_action_at: Some(at(60)),
            article: Some(Offered { article: ArticleId("en/mail".to_owned()), title: text("Mail", 300) }),
            category: Some("network".to_owned()),
            specialism: None,
            stage,
        },
        categories: vec![choice("network", "Network & VPN"), choice("Access", "Access")],
        expected: vec![text("The VPN", 300); if unit.is_some() { 10 } else { 1 }],
    }
}

fn stages() -> [Stage; 4] {
    let ending = Ending::Escalated { to: SECOND_LEVEL.to_owned() };
    let score = Score {
        response_time: Duration::from_mins(1),
        response: Verdict::Right,
        article: Some(Verdict::Wrong),
        category: Verdict::Right,
        escalation: Verdict::Partly,
        kept: 1,
        of: 2,
    };
    [
        Stage::Working,
        Stage::Reviewing { ending: ending.clone(), kept: BTreeSet::from([1]) },
        Stage::Finished { at: at(90), ending, score },
        Stage::Stopped { at: at(90) },
    ]
}

#[test]
fn a_practice_ticket_says_what_it_is_and_what_was_expected() {
    let cards = stages().map(|stage| seen(&card(&sheet(None, stage), &set_up(Language::De))));
    insta::assert_snapshot!(cards.join("\n\n"), @r"
    **This is practice.** Jo \[x\] does not exist, nobody waits, and no report counts it. Ask, find the article, choose the category; then solve it or hand it over.
    pings: nobody
    == Practice · No \*VPN\*
    I **need** it, @everyone
    From: Jo \[x\] (pretended)
    Category: Network & VPN
    Article: Mail
    [Ask the requester] v1:practice-ask:12
    [Find the article] v1:practice-search:12
    [Escalate] v1:practice-escalate:12
    [Resolve] v1:practice-resolve:12
    [What is it about?] v1:practice-category:12 network=Network & VPN | Access=Access

    It is decided. Read once more what you wrote, tick what is true of it, then finish.
    pings: nobody
    == Practice · No \*VPN\*
    I **need** it, @everyone
    From: Jo \[x\] (pretended)
    Category: Network & VPN
    Article: Mail
    Solved or handed over: You handed it over to Second level
    [☐ Kind 0?] v1:practice-kept:12:0
    [☑ Kind 1?] v1:practice-kept:12:1
    [Finish] v1:practice-finish:12

    **The practice is over: 55 of 100 points.** `/desk practice` starts the next one and shows your progress; only you and people who may manage the server see it.
    pings: nobody
    == Practice · No \*VPN\*
    Solved or handed over: 🟨 You handed it over to Second level. Right: it goes to Network.
    Article: ❌ Chosen: Mail. What helps: The VPN
    Category: ✅ Chosen: Network & VPN. Right: Network & VPN
    First reaction: ✅ After one minute; good is within 5 minutes.
    Tone: 1 of 2, in your own eyes
    Why: Because
    ==
    I **need** it, @everyone
    From: Jo \[x\] (pretended)

    This practice was given up and counts for nothing. `/desk practice` starts another.
    pings: nobody
    == Practice · No \*VPN\*
    I **need** it, @everyone
    From: Jo \[x\] (pretended)
    ");
}

#[test]
fn what_the_agent_writes_is_escaped_and_what_the_scenario_says_is_not() {
    let attempt = sheet(None, Stage::Working).attempt;
    let said = said(&attempt, "Is it **red**?\n@everyone", Some("It is **red**"));
    insta::assert_snapshot!(seen(&said), @r"
    pings: nobody
    ==
    You: Is it \*\*red\*\*?
    @{zwsp}everyone
    Jo \[x\] (pretended): It is **red**
    ");
}

#[test]
fn progress_says_what_to_train() {
    let [.., finished, _] = stages();
    let Stage::Finished { score, .. } = finished else { panic!("the third is finished") };
    let practised = |title: &str, score| Practised { title: title.to_owned(), at: at(90), score };
    let better = Score { article: Some(Verdict::Right), escalation: Verdict::Right, ..score };
    let latest = vec![practised("No *VPN*", better), practised("Mail", score)];
    let views = [
        progress(Language::En, ANA, &count_progress(7, latest)),
        progress(Language::De, ANA, &count_progress(0, Vec::new())),
    ];
    insta::assert_snapshot!(views.map(|view| seen(&view)).join("\n\n"), @r"
    The practice of <@8>
    pings: nobody
    ==
    - No \*VPN\* · 100 of 100 · <t:1000090:R>
    - Mail · 55 of 100 · <t:1000090:R>
    Finished: 7
    Mean of the latest: 78 of 100
    Trend: from 55 to 100
    To train: Article

    <@8> hat noch keine Übung abgeschlossen.
    pings: nobody
    ");
}

#[test]
fn the_longest_scenario_stays_within_discords_limits() {
    for unit in ["*", "@everyone ", "ä🦊", "```"] {
        for stage in stages() {
            let sheet = sheet(Some(unit), stage);
            assert_within_limits(&card(&sheet, &set_up(Language::En)).marked("0123456789abcdef"));
            let long: String = unit.chars().cycle().take(1000).collect();
            assert_within_limits(&said(&sheet.attempt, &long, Some(&long)).marked("0123456789abcdef"));
            let (prefix, rest) = thread_name(&sheet.attempt);
            assert!(format!("{prefix}{rest}").chars().count() <= 100);
        }
        let title: String = unit.chars().cycle().take(60).collect();
        let [_, _, Stage::Finished { score, .. }, _] = stages() else { panic!("the third is finished") };
        let many = vec![Practised { title, at: at(90), score }; 30];
        assert_within_limits(&progress(Language::De, ANA, &count_progress(30, many)));
    }
}
