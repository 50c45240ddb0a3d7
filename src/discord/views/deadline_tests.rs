//! What people read about deadlines.

use super::sample::{ANA, MIA, NIKO, at, say, seen, set_up, ticket};
use super::{queue_card, terms};
use crate::domain::article::Language;
use crate::domain::calendar::Calendar;
use crate::domain::holidays::{DaysOff, MonthDay, Region};
use crate::domain::id::SpecialismId;
use crate::domain::job::{Say, Whom};
use crate::domain::schedule::{Span, Terms};
use crate::domain::ticket::{Priority, Status, Ticket};
use crate::domain::typed;
use crate::domain::watch::Watch;

/// The fields of a card that speak of time.
fn times(language: Language, ticket: &Ticket) -> String {
    let card = seen(&queue_card(ticket, &set_up(language)));
    let spoken = [
        "State",
        "Status",
        "Due",
        "Fällig",
        "Waiting since",
        "Wartet seit",
        "[Wait",
        "[Auf",
        "[Carry",
        "[Weiter",
    ];
    card.lines()
        .filter(|line| spoken.iter().any(|word| line.starts_with(word)))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_card_says_that_it_waits_and_that_it_is_overdue() {
    let claimed = Ticket { status: Status::Claimed { agent: ANA }, ..ticket() };
    let waiting = Watch { stopped_since: Some(at(60)), ..Watch::default() };
    let waiting = Ticket { watch: waiting, due_at: None, ..claimed.clone() };
    let overdue = Watch { missed: Some(at(3600)), ..Watch::default() };
    let overdue = Ticket { watch: overdue, ..claimed.clone() };
    // A mark of an earlier deadline is none.
    let moved = Ticket { due_at: Some(at(7200)), ..overdue.clone() };
    let cards = [&claimed, &waiting, &overdue, &moved].map(|ticket| times(Language::En, ticket));
    insta::assert_snapshot!(cards.join("\n\n"), @r"
    State: In progress
    Due: <t:1003600:R>
    [Wait for requester] v1:wait:500

    State: Waiting for an answer from the requester
    Waiting since: <t:1000060:R>
    [Carry on] v1:go-on:500

    State: In progress
    Due: <t:1003600:R>, overdue
    [Wait for requester] v1:wait:500

    State: In progress
    Due: <t:1007200:R>
    [Wait for requester] v1:wait:500
    ");
}

#[test]
fn what_is_said_about_deadlines_pings_whoever_is_meant_and_nobody_else() {
    let ticket = ticket();
    let whom = Whom::Person(ANA);
    let words = [
        Say::DueSoon { whom, due: at(3600) },
        Say::Overdue { whom: Whom::FirstLevel, due: at(3600), above: None },
        Say::Overdue { whom, due: at(3600), above: Some(NIKO) },
        Say::AnswerOwed { whom, since: at(60) },
        Say::FoundIdle { agent: ANA },
        Say::SpecialistIdle { specialist: ANA, specialism: SpecialismId(1) },
        Say::Waiting { by: ANA },
        Say::Nudge { closes: at(7200) },
        Say::ClosingSoon { closes: at(7200) },
    ];
    assert_eq!(ticket.requester, MIA);
    let said = words.map(|word| seen(&say(&word, &ticket, &set_up(Language::En))).replace("==\n", ""));
    insta::assert_snapshot!(said.join("\n\n"), @r"
    <@8>
    pings: 8
    #12 (<#30>) is due <t:1003600:R>.

    <@&21>
    pings: 21
    #12 (<#30>) is overdue. It was due <t:1003600:R>.

    <@8> <@9>
    pings: 8 9
    #12 (<#30>) is overdue. It was due <t:1003600:R>.

    <@8>
    pings: 8
    In #12 (<#30>) the requester wrote <t:1000060:R> and has no answer yet.

    <@8>
    pings: 8
    #12 (<#30>) was with you, and nothing was seen of it for a long time. It is back in the queue now. Take it again if you are on it.

    <@8>
    pings: 8
    #12 (<#30>) was with you, and nothing was seen of it for a long time. It waits for <@&22> again. Accept it again if you are on it.

    <@7>
    pings: 7
    <@8> braucht eine Antwort von dir, bevor es weitergeht. Schreib sie einfach hier.

    <@7>
    pings: 7
    Wir warten hier noch auf deine Antwort. Höre ich nichts, schließe ich das Ticket <t:1007200:R>. Danach kannst du es wieder öffnen.

    <@7>
    pings: 7
    Funktioniert die Lösung? Höre ich nichts, schließe ich das Ticket <t:1007200:R>.
    ");
}

#[test]
fn hours_and_promises_read_well() {
    let week = typed::week("Mo-Do 8-12, 13-17; Fr 8-12; So 0-24").unwrap();
    let christmas = |day| MonthDay { month: 12, day };
    let calendar = Calendar {
        region: Some(Region::ThuringiaCatholic),
        days_off: vec![DaysOff::Yearly { from: christmas(24), to: christmas(31) }],
        imported: typed::days_off("2026-08-03..2026-08-14, 2026-05-15").unwrap(),
        ..Calendar::new(chrono_tz::Europe::Berlin, week)
    };
    let mut terms = Terms { calendar: Some(calendar), ..Terms::default() };
    terms.sla.of_mut(Priority::P1).around_the_clock = true;
    terms.sla.of_mut(Priority::P2).first_response = Span::Minutes(90);
    let views = [
        terms::hours(Language::De, &terms, 2),
        terms::hours(Language::En, &Terms::default(), 0),
        terms::sla(Language::De, &terms),
        terms::sla(Language::En, &Terms::default()),
    ];
    let seen = views.map(|view| seen(&view).replace("pings: nobody\n", ""));
    insta::assert_snapshot!(seen.join("\n\n"), @r"
    == Geschäftszeiten
    Mo-Do 08:00-12:00, 13:00-17:00
    Fr 08:00-12:00
    So 00:00-24:00
    Zeitzone: Europe/Berlin
    Feiertage: Thüringen, mit Fronleichnam
    Freie Tage: 24.12. – 31.12.
    Freie Tage aus der Kalenderdatei: 03.08.2026 – 14.08.2026, 15.05.2026
    Ausgelassen: 2 Termine der Datei, weil sie nicht den ganzen Tag dauern oder sich anders als jährlich wiederholen.

    == Opening hours
    No opening hours are set, so every clock runs day and night. Set them with the options `zone` and `week`.

    == Was versprochen ist
    Gezählt in Geschäftszeit. Tage sind Arbeitstage.
    P1, bei vielen steht die Arbeit still: Erste Antwort innerhalb von 15 Minuten, Lösung innerhalb von 4 Stunden, rund um die Uhr
    P2, bei einer Person steht die Arbeit still: Erste Antwort innerhalb von 90 Minuten, Lösung innerhalb von 8 Stunden
    P3, normal: Erste Antwort innerhalb von 4 Stunden, Lösung innerhalb von einem Tag
    P4, wenn Zeit ist: Erste Antwort innerhalb von 8 Stunden, Lösung innerhalb von 5 Tagen
    Stille Tickets zurück nach: 2 Tagen
    Erinnerung an offene Antwort nach: 4 Stunden

    == What is promised
    Counted day and night, because no opening hours are set.
    P1, work stands still for many: First response within 15 minutes, solution within 4 hours
    P2, work stands still for one: First response within one hour, solution within 8 hours
    P3, normal: First response within 4 hours, solution within one day
    P4, when there is time: First response within 8 hours, solution within 5 days
    Idle tickets go back after: 2 days
    Reminder of an answer owed after: 4 hours
    ");
}
