//! What people see, read as text, in both languages; and that nothing people write can break a message.

use std::time::Duration;

use super::sample::{
    ANA, MIA, NIKO, assert_within_limits, at, escalation, packet, say, seen, set_up, ticket,
};
use super::{
    View, answer, closing_note, forms, lists, opened, organisation, queue_card, rated_note, thread_card,
};
use crate::desk::{Call, Duty, Page, TicketInfo};
use crate::discord::custom_id::List;
use crate::domain::article::{ArticleId, Language};
use crate::domain::assessment::{Assessment, DecidedBy};
use crate::domain::desk::Provider;
use crate::domain::duty::{Callees, OnDuty};
use crate::domain::event::{Event, What};
use crate::domain::id::{
    CategoryId, ChannelId, GuildId, MessageId, QuestionId, RoleId, SpecialismId, UserId,
};
use crate::domain::job::{Posted, Say};
use crate::domain::kept::{Kept, Rating};
use crate::domain::ladder::{LadderRule, Rung, Timeouts};
use crate::domain::proposal::Proposed;
use crate::domain::question::{AskedQuestion, Attachment, Offered};
use crate::domain::ticket::{CloseReason, Holder, Places, Status, Ticket};
use crate::domain::waiting::{Usual, Waiting};
use crate::knowledge::answer::{Answer, Confidence, Hit, Part, Passage};

#[test]
fn a_new_ticket_in_its_thread() {
    insta::assert_snapshot!(seen(&thread_card(&ticket(), &set_up(Language::En))), @r"
    <@7>
    pings: 7
    == #12 · VPN drops \*every\* hour
    Since Monday.
    @{zwsp}everyone help
    State: Waiting for first level
    Responsible: <@&21>, <t:1000000:R>
    Level: First level
    Priority: P2, work stands still for one
    Category: network
    Due: <t:1003600:R>
    File: [screen \[1\].png](<https://cdn.example/a.png?ex=1>)
    Asked the knowledge base: Why does my VPN drop?
    Was offered, did not help: - VPN drops after an hour
    [Claim] v1:claim:500
    [Escalate] v1:escalate:500
    [Resolve] v1:resolve:500
    [Close] v1:close:500
    ");
}

#[test]
fn a_new_ticket_in_the_queue_in_german() {
    insta::assert_snapshot!(seen(&queue_card(&ticket(), &set_up(Language::De))), @r"
    pings: nobody
    == #12 · VPN drops \*every\* hour
    Since Monday.
    @{zwsp}everyone help
    Status: Wartet auf den First Level
    Zuständig: <@&21>, <t:1000000:R>
    Level: First Level
    Priorität: P2, bei einer Person steht die Arbeit still
    Kategorie: Netzwerk
    Fällig: <t:1003600:R>
    Von: <@7>
    Geöffnet: <t:1000000:R>
    Thread: <#30>
    Datei: [screen \[1\].png](<https://cdn.example/a.png?ex=1>)
    [Übernehmen] v1:claim:500
    [Eskalieren] v1:escalate:500
    [Lösen] v1:resolve:500
    [Schließen] v1:close:500
    [Worum geht es?] v1:set-category:500 1=Netzwerk | 2=Access
    [Wen betrifft es?] v1:set-impact:500 many=Viele oder die ganze Firma | team=Ein Team | one=Eine Person
    [Wie sehr?] v1:set-urgency:500 high=Die Arbeit steht still | normal=Die Arbeit geht schwerer als sonst | low=Es kann warten
    ");
}

#[test]
fn a_card_says_who_has_it_since_when_and_offers_what_can_be_done() {
    let claimed =
        Ticket { status: Status::Claimed { agent: ANA }, since: at(60), bounces: 1, reopened: 2, ..ticket() };
    insta::assert_snapshot!(seen(&queue_card(&claimed, &set_up(Language::En))), @r"
    pings: nobody
    == #12 · VPN drops \*every\* hour
    Since Monday.
    @{zwsp}everyone help
    State: In progress
    Responsible: <@8>, <t:1000060:R>
    Level: First level
    Priority: P2, work stands still for one
    Category: network
    Due: <t:1003600:R>
    Handed back: once
    Reopened: 2 times
    From: <@7>
    Opened: <t:1000000:R>
    Thread: <#30>
    File: [screen \[1\].png](<https://cdn.example/a.png?ex=1>)
    [Escalate] v1:escalate:500
    [Resolve] v1:resolve:500
    [Close] v1:close:500
    [Wait for requester] v1:wait:500
    [What is it about?] v1:set-category:500 1=network | 2=Access
    [Whom does it affect?] v1:set-impact:500 many=Many, or the whole company | team=A team | one=One person
    [How badly?] v1:set-urgency:500 high=Work stands still | normal=Work is harder than it should be | low=It can wait
    ");
}

#[test]
fn cards_of_every_other_state() {
    let second = Holder::SecondLevel { specialist: NIKO, escalation: escalation() };
    let states = [
        Status::Escalated(escalation()),
        Status::Accepted { specialist: NIKO, escalation: escalation() },
        Status::Resolved { solver: second, solution: "New driver".to_owned() },
        Status::Closed {
            by: Some(ANA),
            reason: CloseReason::Manual { text: Some("Duplicate".to_owned()) },
            holder: Some(second),
        },
    ];
    let cards = states.map(|status| {
        let minimal = Ticket {
            status,
            details: None,
            question: None,
            offered: Vec::new(),
            files: Vec::new(),
            category: None,
            due_at: None,
            ..ticket()
        };
        seen(&queue_card(&minimal, &set_up(Language::En)))
    });
    insta::assert_snapshot!(cards.join("\n\n"), @r"
    pings: nobody
    == #12 · VPN drops \*every\* hour
    No further details were given.
    State: Waiting for second level
    Responsible: <@&23>, <t:1000000:R>
    Level: Second level, Network
    Priority: P2, work stands still for one
    From: <@7>
    Opened: <t:1000000:R>
    Thread: <#30>
    [Resolve] v1:resolve:500
    [Close] v1:close:500
    [What is it about?] v1:set-category:500 1=network | 2=Access
    [Whom does it affect?] v1:set-impact:500 many=Many, or the whole company | team=A team | one=One person
    [How badly?] v1:set-urgency:500 high=Work stands still | normal=Work is harder than it should be | low=It can wait

    pings: nobody
    == #12 · VPN drops \*every\* hour
    No further details were given.
    State: In progress at second level
    Responsible: <@9>, <t:1000000:R>
    Level: Second level, Network
    Priority: P2, work stands still for one
    From: <@7>
    Opened: <t:1000000:R>
    Thread: <#30>
    [Resolve] v1:resolve:500
    [Close] v1:close:500
    [Wait for requester] v1:wait:500
    [What is it about?] v1:set-category:500 1=network | 2=Access
    [Whom does it affect?] v1:set-impact:500 many=Many, or the whole company | team=A team | one=One person
    [How badly?] v1:set-urgency:500 high=Work stands still | normal=Work is harder than it should be | low=It can wait

    pings: nobody
    == #12 · VPN drops \*every\* hour
    No further details were given.
    State: Solved, waiting for confirmation
    Responsible: <@9>, <t:1000000:R>
    Level: Second level, Network
    Priority: P2, work stands still for one
    Solution: New driver
    From: <@7>
    Opened: <t:1000000:R>
    Thread: <#30>
    [Close] v1:close:500
    [Save as solution] v1:save-solution:500

    pings: nobody
    == #12 · VPN drops \*every\* hour
    No further details were given.
    State: Closed
    Level: Second level, Network
    Priority: P2, work stands still for one
    Closed: Duplicate
    From: <@7>
    Opened: <t:1000000:R>
    Thread: <#30>
    [Save as solution] v1:save-solution:500
    ");
}

#[test]
fn an_escalation_packet_pings_the_specialism_while_it_waits() {
    insta::assert_snapshot!(seen(&super::packet(&packet(), &set_up(Language::En))), @r"
    <@&23>
    pings: 23
    == Escalation of #12 · VPN drops \*every\* hour
    Waiting for somebody to accept it.

    **What was tried**
    Reinstalled the client

    **What is expected**
    Not said
    To: Network
    Handed over by: <@8> <t:1000120:R>
    From: <@7>
    Priority: P2, work stands still for one
    Due: <t:1003600:R>
    Thread: <#30>
    Category: network
    Escalation ladder: functional escalation: <@&23> asked
    Next, <t:1001020:R>: functional escalation: <@&23> asked again
    == The request
    Since Monday.
    @{zwsp}everyone help
    File: [screen \[1\].png](<https://cdn.example/a.png?ex=1>)
    Asked the knowledge base: Why does my VPN drop?
    Was offered, did not help: - VPN drops after an hour
    == The story so far
    <t:1000000:f> opened by <@7>
    <t:1000060:f> claimed by <@8>
    <t:1000090:f> note by <@8>: Only on \*\*Wi-Fi\*\*
    <t:1000120:f> handed over to Network by <@8>
    [Accept] v1:accept:500
    [Hand back] v1:hand-back:500
    ");
}

#[test]
fn a_packet_tells_what_became_of_it() {
    let mut accepted = packet();
    accepted.ticket.status = Status::Accepted { specialist: NIKO, escalation: escalation() };
    let mut handed_back = packet();
    handed_back.ticket.status = Status::Claimed { agent: ANA };
    let reason = "Not the network".to_owned();
    handed_back.events.push(Event { at: at(300), by: Some(NIKO), what: What::HandedBack { reason } });
    let mut closed = packet();
    closed.ticket.status = Status::Closed { by: None, reason: CloseReason::Silence, holder: None };
    let heads = [accepted, handed_back, closed].map(|packet| {
        let view = super::packet(&packet, &set_up(Language::De));
        assert_eq!(view.content, None);
        let seen = seen(&view);
        let pressable = seen.lines().filter(|line| line.starts_with('['));
        seen.lines().skip(2).take(1).chain(pressable).collect::<Vec<_>>().join("\n")
    });
    insta::assert_snapshot!(heads.join("\n\n"), @r"
    Angenommen von <@9> <t:1000120:R>.
    [Zurückgeben] v1:hand-back:500

    Zurückgegeben von <@9> <t:1000300:R>: Not the network

    Hier ist nichts mehr zu tun. Stand des Tickets: Geschlossen.
    ");
}

#[test]
fn what_is_said_in_the_thread() {
    let solution = "Install *driver* 12".to_owned();
    let resolved = Ticket {
        status: Status::Resolved { solver: Holder::FirstLevel { agent: ANA }, solution: solution.clone() },
        ..ticket()
    };
    let set_up = set_up(Language::En);
    let said = [
        seen(&say(&Say::Solution { text: solution.clone() }, &resolved, &set_up)),
        seen(&say(&Say::Solution { text: solution }, &ticket(), &set_up)),
        seen(&say(&Say::HandedBack { agent: ANA, reason: "No".to_owned() }, &ticket(), &set_up)),
        seen(&say(&Say::Reopened { by: MIA, holder: Some(NIKO) }, &ticket(), &set_up)),
        seen(&say(&Say::Reopened { by: MIA, holder: None }, &ticket(), &set_up)),
        seen(&say(
            &Say::Canned {
                by: ANA,
                text: "**Hi** {requester}, {agent} is on “{subject}” (#{number})".to_owned(),
            },
            &ticket(),
            &set_up,
        )),
    ];
    insta::assert_snapshot!(said.join("\n\n"), @r"
    <@7>
    pings: 7
    == Die Lösung für dein Ticket #12
    Install \*driver\* 12
    ==
    Funktioniert es? Wenn ich nichts höre, schließe ich das Ticket <t:1259200:R>.
    [Funktioniert] v1:works:500
    [Problem besteht weiter] v1:still:500

    <@7>
    pings: 7
    == Die Lösung für dein Ticket #12
    Install \*driver\* 12

    <@8>
    pings: 8
    ==
    Second level hands #12 back to <@8>: No

    <@9>
    pings: 9
    ==
    <@7> has reopened #12. It is with <@9> again.

    pings: nobody
    ==
    <@7> has reopened #12. It is back in the queue.

    <@7>
    pings: 7
    ==
    **Antwort von <@8>**

    **Hi** <@7>, <@8> is on “VPN drops \*every\* hour” (#12)
    ");
}

#[test]
fn the_closing_note_names_no_subject() {
    let closed = Ticket {
        status: Status::Closed { by: Some(MIA), reason: CloseReason::Confirmed, holder: None },
        ..ticket()
    };
    let set_up = set_up(Language::En);
    let notes = [
        seen(&closing_note(&closed, &set_up)),
        seen(&rated_note(&closed, &set_up)),
        seen(&closing_note(&ticket(), &set_up)),
    ];
    assert!(notes.iter().all(|note| !note.contains("VPN")));
    insta::assert_snapshot!(notes.join("\n\n"), @r"
    <@7>
    pings: 7
    == Ticket #12 ist geschlossen
    Wie war unsere Hilfe? 1 ist schlecht, 5 ist hervorragend. Ist das Problem wieder da, öffne das Ticket bis <t:2209600:f> wieder.
    [Wieder öffnen] v1:reopen:500
    [Protokoll] v1:transcript:500
    [1] v1:rate:500:1
    [2] v1:rate:500:2
    [3] v1:rate:500:3
    [4] v1:rate:500:4
    [5] v1:rate:500:5

    <@7>
    pings: 7
    == Ticket #12 ist geschlossen
    Danke für deine Bewertung. Ist das Problem wieder da, öffne das Ticket bis <t:2209600:f> wieder.
    [Kommentar hinzufügen] v1:comment:500
    [Wieder öffnen] v1:reopen:500
    [Protokoll] v1:transcript:500

    <@7>
    pings: 7
    == Ticket #12 ist wieder offen
    Es geht weiter in <#30>.
    ");
}

#[test]
fn opened_with_and_without_its_link() {
    let unlinked = Ticket { places: Places::default(), ..ticket() };
    let assessment = Assessment { priority_by: DecidedBy::Staff, ..Assessment::default() };
    let decided = Ticket { assessment, ..ticket() };
    let waiting = Waiting {
        before: Some(2),
        on_duty: vec![ANA, NIKO],
        usual: Some(Usual::ByTheClock(Duration::from_mins(25))),
        opens_at: Some(at(7200)),
    };
    let nothing = Waiting { before: Some(0), ..Waiting::default() };
    let in_hours = |usual| Waiting { usual: Some(Usual::OfOpeningHours(usual)), ..nothing.clone() };
    let seen = [
        seen(&opened(&ticket(), Language::En, &set_up(Language::En), &waiting)),
        seen(&opened(&unlinked, Language::En, &set_up(Language::En), &nothing)),
        seen(&opened(&decided, Language::De, &set_up(Language::En), &waiting)),
        seen(&opened(&decided, Language::En, &set_up(Language::En), &in_hours(Duration::from_mins(40)))),
        seen(&opened(&decided, Language::De, &set_up(Language::En), &in_hours(Duration::from_hours(40)))),
    ];
    insta::assert_snapshot!(seen.join("\n"), @r"
    Ticket #12 is recorded. Everything else happens in <#30>.
    2 tickets are before yours. On duty: <@8>, <@9>. A first answer usually comes within 25 minutes. We are closed now and open again <t:1007200:R>.
    Tell us more with the menus, if you like: it helps us to see what is urgent.
    pings: nobody
    [What is it about?] v1:set-category:500 1=network | 2=Access
    [Whom does it affect?] v1:set-impact:500 many=Many, or the whole company | team=A team | one=One person
    [How badly?] v1:set-urgency:500 high=Work stands still | normal=Work is harder than it should be | low=It can wait
    Ticket #12 is recorded. The link to its thread follows in a moment.
    No ticket is before yours.
    Tell us more with the menus, if you like: it helps us to see what is urgent.
    pings: nobody
    [What is it about?] v1:set-category:500 1=network | 2=Access
    [Whom does it affect?] v1:set-impact:500 many=Many, or the whole company | team=A team | one=One person
    [How badly?] v1:set-urgency:500 high=Work stands still | normal=Work is harder than it should be | low=It can wait
    Ticket #12 ist aufgenommen. Alles Weitere läuft in <#30>.
    2 Tickets sind vor deinem dran. Im Dienst: <@8>, <@9>. Eine erste Antwort kommt meist innerhalb von 25 Minuten. Wir haben gerade geschlossen und öffnen <t:1007200:R> wieder.
    Sag mit den Menüs mehr dazu, wenn du magst: so sehen wir, was dringend ist.
    pings: nobody
    [Worum geht es?] v1:set-category:500 1=Netzwerk | 2=Access
    Ticket #12 is recorded. Everything else happens in <#30>.
    No ticket is before yours. A first answer usually comes within 40 minutes of opening hours.
    Tell us more with the menus, if you like: it helps us to see what is urgent.
    pings: nobody
    [What is it about?] v1:set-category:500 1=network | 2=Access
    Ticket #12 ist aufgenommen. Alles Weitere läuft in <#30>.
    Kein Ticket ist vor deinem dran. Eine erste Antwort kommt meist innerhalb von 40 Stunden Geschäftszeit.
    Sag mit den Menüs mehr dazu, wenn du magst: so sehen wir, was dringend ist.
    pings: nobody
    [Worum geht es?] v1:set-category:500 1=Netzwerk | 2=Access
    ");
}

fn asked(language: Language) -> AskedQuestion {
    let offered = ["vpn-drops", "vpn-install", "wifi"]
        .map(|name| Offered { article: ArticleId(format!("en/{name}")), title: format!("About {name}") });
    AskedQuestion {
        id: QuestionId(77),
        guild: GuildId(1),
        asker: MIA,
        text: "vpn".to_owned(),
        language,
        category: None,
        attachment: None,
        offered: offered.to_vec(),
        asked_at: at(0),
    }
}

fn answered(confidence: Confidence) -> Answer {
    let hits = asked(Language::En).offered.into_iter().map(|offered| Hit {
        article: offered.article,
        title: offered.title,
        language: Language::En,
        category: None,
        passage: Passage {
            heading: Some("What to do".to_owned()),
            parts: vec![Part::Text("Restart the ".to_owned()), Part::Marked("VPN".to_owned())],
            truncated: false,
        },
        score: 0.0,
    });
    Answer { confidence, score: 0.0, hits: hits.collect() }
}

#[test]
fn answers_of_every_confidence() {
    let nothing = Answer { confidence: Confidence::None, score: 0.0, hits: Vec::new() };
    let seen = [
        seen(&answer::answer(&asked(Language::En), &answered(Confidence::Confident))),
        seen(&answer::answer(&asked(Language::De), &answered(Confidence::Confident))),
        seen(&answer::answer(&asked(Language::En), &answered(Confidence::Maybe))),
        seen(&answer::answer(&AskedQuestion { offered: Vec::new(), ..asked(Language::En) }, &nothing)),
    ];
    insta::assert_snapshot!(seen.join("\n\n"), @r"
    pings: nobody
    == About vpn-drops
    **What to do**
    Restart the **VPN**
    -- en/vpn-drops
    [Other answers] v1:other:77 1=About vpn-install | 2=About wifi
    [That solved it] v1:solved:77:0
    [Open a ticket] v1:open:77

    pings: nobody
    == About vpn-drops
    **What to do**
    Restart the **VPN**
    -- en/vpn-drops · auf Englisch
    [Weitere Antworten] v1:other:77 1=About vpn-install | 2=About wifi
    [Das hat geholfen] v1:solved:77:0
    [Ticket öffnen] v1:open:77

    I am not sure that this fits, but it is the nearest. If nothing here helps, open a ticket and a person takes over.
    pings: nobody
    == About vpn-drops
    **What to do**
    Restart the **VPN**
    -- en/vpn-drops
    [Other answers] v1:other:77 1=About vpn-install | 2=About wifi
    [That solved it] v1:solved:77:0
    [Open a ticket] v1:open:77

    pings: nobody
    == I found nothing that fits
    Open a ticket, and a person takes over. Your question goes with it.
    [Open a ticket] v1:open:77
    ");
}

#[test]
fn another_answer_offers_the_first_one_again() {
    let hit = answered(Confidence::Confident).hits.remove(1);
    insta::assert_snapshot!(seen(&answer::article_shown(&asked(Language::En), 1, &hit)), @r"
    pings: nobody
    == About vpn-install
    **What to do**
    Restart the **VPN**
    -- en/vpn-install
    [Other answers] v1:other:77 0=About vpn-drops | 2=About wifi
    [That solved it] v1:solved:77:1
    [Open a ticket] v1:open:77
    ");
}

#[test]
fn a_step_of_the_ladder_calls_one_person_or_group_and_says_which_way_it_goes() {
    let posted = Posted { channel: ChannelId(12), message: MessageId(77) };
    let mut packet = packet();
    packet.hand_over.packet = Some(posted);
    let call = |rung, whom| Call { packet: packet.clone(), rung, whom };
    let people = |user| Some(Callees::People(vec![user]));
    let seen = [
        seen(&super::call(&call(Rung::AskedAgain, people(NIKO)), &set_up(Language::En))),
        seen(&super::call(&call(Rung::NextGroup, Some(Callees::Role(RoleId(24)))), &set_up(Language::De))),
        seen(&super::call(&call(Rung::Lead, people(ANA)), &set_up(Language::De))),
        seen(&super::call(&call(Rung::Admin, None), &set_up(Language::En))),
    ];
    insta::assert_snapshot!(seen.join("\n\n"), @r"
    <@9>
    pings: 9
    == Escalation of #12 · VPN drops \*every\* hour
    functional escalation: <@9> asked again
    Handed over <t:1000120:R>; nobody has accepted it yet.
    Accept it or hand it back [on its packet](<https://discord.com/channels/1/12/77>).
    Priority: P2, work stands still for one
    Due: <t:1003600:R>

    <@&24>
    pings: 24
    == Eskalation von #12 · VPN drops \*every\* hour
    fachliche Eskalation: <@&24> gefragt
    Übergeben <t:1000120:R>; noch hat niemand angenommen.
    Annehmen oder zurückgeben [im Eskalationspaket](<https://discord.com/channels/1/12/77>).
    Priorität: P2, bei einer Person steht die Arbeit still
    Fällig: <t:1003600:R>

    <@8>
    pings: 8
    == Eskalation von #12 · VPN drops \*every\* hour
    hierarchische Eskalation: <@8> informiert
    Übergeben <t:1000120:R>; noch hat niemand angenommen.
    Annehmen oder zurückgeben [im Eskalationspaket](<https://discord.com/channels/1/12/77>).
    Priorität: P2, bei einer Person steht die Arbeit still
    Fällig: <t:1003600:R>

    pings: nobody
    == Escalation of #12 · VPN drops \*every\* hour
    hierarchical escalation: the desk's admin, but nobody is known; run `/desk setup` again
    Handed over <t:1000120:R>; nobody has accepted it yet.
    Accept it or hand it back [on its packet](<https://discord.com/channels/1/12/77>).
    Priority: P2, work stands still for one
    Due: <t:1003600:R>
    ");
}

#[test]
fn whom_to_escalate_to_the_likeliest_first() {
    let mut set_up = set_up(Language::En);
    set_up.specialisms[1].note = Some("VPN, Wi-Fi, firewalls".to_owned());
    let proposed =
        |specialism, serves, solved| Proposed { specialism: SpecialismId(specialism), serves, solved };
    let proposed = [proposed(2, true, 3), proposed(1, false, 2)];
    insta::assert_snapshot!(described(&forms::specialism_select(Language::En, &ticket(), &set_up, &proposed)), @r#"
    "Network": "Suggested, serves this category · VPN, Wi-Fi, firewalls"
    "Second level": "Suggested, solved 2 like it"
    "#);
}

#[test]
fn the_organisation_of_a_desk() {
    let mut set_up = set_up(Language::En);
    set_up.people.vip = Some(RoleId(30));
    let network = &mut set_up.specialisms[1];
    network.german = Some("Netzwerk".to_owned());
    network.serves = vec![CategoryId(1)];
    network.provider = Some(Provider::Webhook);
    network.ladder = LadderRule {
        lead: Some(ANA),
        next_role: Some(RoleId(31)),
        timeouts: Some(Timeouts::default()),
        reaction: Some(Duration::from_hours(4)),
    };
    let on_duty = |user, specialisms, until| OnDuty {
        user,
        first_level: user == ANA,
        specialisms,
        since: at(0),
        until,
    };
    let first = on_duty(ANA, Vec::new(), Some(at(3600)));
    let on_duty = vec![first.clone(), on_duty(NIKO, vec![SpecialismId(2)], None)];
    let seen = [
        seen(&organisation::specialisms(Language::De, &set_up, Some(&"00ff".into()))),
        seen(&organisation::categories(Language::En, &set_up)),
        seen(&organisation::duty(Language::De, &Duty { on_duty, own: Some(first) }, &set_up)),
        seen(&organisation::duty(Language::En, &Duty { on_duty: Vec::new(), own: None }, &set_up)),
    ];
    insta::assert_snapshot!(seen.join("\n\n"), @r"
    pings: nobody
    == Fachgebiete
    - **Second Level** · <@&22> · <#11>
    - **Netzwerk** · <@&23> · <#12> · zuständig für Netzwerk · danach <@&31> · Leitung <@8> · Stufen nach 5 15 60 240 Min. · externer Dienstleister · reagiert innerhalb von 4 Stunden · wird per Webhook gerufen
    Das Geheimnis des Webhooks, nur dieses eine Mal gezeigt: Jeder Aufruf trägt `X-Frontdesk-Timestamp` und `X-Frontdesk-Signature: v1=<hex>`, den HMAC-SHA256 von `<timestamp>.<body>` mit diesem Geheimnis.
    `00ff`
    -- /desk prüfen sieht sich ihre Kanäle und Rollen an

    pings: nobody
    == Categories
    - **network** · Netzwerk · found by vpn
    - **Access** · starts as P2
    Tickets of <@&30> are one level up.

    Du bist jetzt im Dienst.
    pings: nobody
    == Im Dienst
    <@8> · First Level · seit <t:1000000:f>, bis <t:1003600:f>
    <@9> · Netzwerk · seit <t:1000000:f>

    You are not on duty.
    pings: nobody
    == On duty
    Nobody is on duty. Escalations then ping the whole role. Be the first with `/desk duty state:on`.
    ");
}

/// A select with what its options say.
fn described(view: &View) -> String {
    let json = view.json();
    let options = json["components"][0]["components"][0]["options"].as_array().unwrap().iter();
    let options = options.map(|option| format!("{}: {}", option["label"], option["description"]));
    options.collect::<Vec<_>>().join("\n")
}

#[test]
fn lists_and_facts() {
    let page = Page { tickets: vec![ticket()], page: 1, total: 25 };
    let empty = Page { tickets: Vec::new(), page: 0, total: 0 };
    let info = TicketInfo { ticket: ticket(), events: packet().events };
    let seen = [
        seen(&lists::page(Language::En, List::Queue, &page)),
        seen(&lists::page(Language::De, List::Mine, &page)),
        seen(&lists::page(Language::De, List::Queue, &empty)),
        seen(&lists::info(Language::En, &info, &set_up(Language::En))),
    ];
    insta::assert_snapshot!(seen.join("\n\n"), @r"
    pings: nobody
    == 25 tickets in the queue
    **#12** VPN drops \*every\* hour · Waiting for first level · P2, due <t:1003600:R> · <#30>
    -- Page 2 of 3
    [Previous] v1:queue:0
    [Next] v1:queue:2

    pings: nobody
    == Deine 25 Tickets
    **#12** VPN drops \*every\* hour · Wartet auf den First Level · <t:1000000:R> · <#30>
    -- Seite 2 von 3
    [Zurück] v1:mine:0
    [Weiter] v1:mine:2

    Die Warteschlange ist leer.
    pings: nobody

    pings: nobody
    == #12 · VPN drops \*every\* hour
    State: Waiting for first level
    Responsible: <@&21>, <t:1000000:R>
    Level: First level
    Priority: P2, work stands still for one
    Category: network
    Due: <t:1003600:R>
    From: <@7>
    Opened: <t:1000000:R>
    Thread: <#30>
    == The story so far
    <t:1000000:f> opened by <@7>
    <t:1000060:f> claimed by <@8>
    <t:1000090:f> note by <@8>: Only on \*\*Wi-Fi\*\*
    <t:1000120:f> handed over to Network by <@8>
    ");
}

#[test]
fn a_mark_names_the_ticket_in_the_last_embed() {
    let marked = thread_card(&ticket(), &set_up(Language::En)).marked("k3v9");
    let json = marked.json();
    let embeds = json["embeds"].as_array().unwrap();
    assert_eq!(embeds.last().unwrap()["footer"]["text"], "#12 · k3v9");
}

#[test]
fn every_delivered_view_has_an_embed_to_be_marked() {
    let set_up = set_up(Language::En);
    let views = [
        thread_card(&ticket(), &set_up),
        queue_card(&ticket(), &set_up),
        super::packet(&packet(), &set_up),
        say(&Say::Solution { text: "x".to_owned() }, &ticket(), &set_up),
        say(&Say::HandedBack { agent: ANA, reason: "x".to_owned() }, &ticket(), &set_up),
        say(&Say::Reopened { by: MIA, holder: None }, &ticket(), &set_up),
        say(&Say::ThreadAnew, &ticket(), &set_up),
        say(&Say::ThreadDeleted, &ticket(), &set_up),
        say(&Say::TakenBack { from: ANA }, &ticket(), &set_up),
        say(&Say::RequesterLeft, &ticket(), &set_up),
        super::stray_note(&set_up),
        closing_note(&ticket(), &set_up),
    ];
    for view in views {
        assert!(!view.embeds.is_empty());
    }
}

#[test]
fn fingerprints_tell_views_apart() {
    let set_up = set_up(Language::En);
    let queued = queue_card(&ticket(), &set_up);
    let claimed = Ticket { status: Status::Claimed { agent: ANA }, ..ticket() };
    assert_eq!(queued.fingerprint(), queue_card(&ticket(), &set_up).fingerprint());
    assert_ne!(queued.fingerprint(), queue_card(&claimed, &set_up).fingerprint());
}

/// As long as the desk takes it, and as awkward to show as people can make it.
fn longest(unit: &str, max: usize) -> String {
    unit.chars().cycle().take(max).collect()
}

/// Three notes and a rating as long as they get.
fn kept(unit: &str) -> Kept {
    let mut kept = Kept::default();
    (0..3).for_each(|second| kept.add_note(ANA, at(second), &longest(unit, 4000)));
    kept.rating = Some(Rating { stars: 1, comment: Some(longest(unit, 4000)) });
    kept
}

#[test]
fn the_longest_texts_stay_within_discords_limits() {
    for unit in ["*", "@everyone ", "```\n", "[x](https://a.example) ", "ä🦊", "\n> # - "] {
        let text = longest(unit, 4000);
        let awkward = Ticket {
            subject: longest(unit, 80),
            details: Some(text.clone()),
            question: Some(longest(unit, 2000)),
            offered: vec![Offered { article: ArticleId("en/x".to_owned()), title: longest(unit, 300) }; 10],
            files: vec![
                Attachment {
                    name: longest(unit, 260),
                    url: format!("https://cdn.example/{}", "a".repeat(600)),
                    size: 1,
                    fate: None,
                };
                10
            ],
            category: Some(longest(unit, 100)),
            kept: kept(unit),
            ..ticket()
        };
        let resolved = Ticket {
            status: Status::Resolved { solver: Holder::FirstLevel { agent: ANA }, solution: text.clone() },
            ..awkward.clone()
        };
        let mut awkward_packet = packet();
        awkward_packet.hand_over.tried = Some(text.clone());
        awkward_packet.hand_over.expected = Some(text.clone());
        awkward_packet.ticket = Ticket { status: awkward_packet.ticket.status, ..awkward.clone() };
        let note = Event { at: at(0), by: Some(UserId(1)), what: What::Noted { text: text.clone() } };
        awkward_packet.events = vec![note; 25];
        for language in Language::ALL {
            let set_up = set_up(language);
            let info = TicketInfo { ticket: resolved.clone(), events: awkward_packet.events.clone() };
            let page = Page { tickets: vec![awkward.clone(); 10], page: 0, total: 99 };
            let views: Vec<View> = vec![
                thread_card(&awkward, &set_up),
                thread_card(&resolved, &set_up),
                queue_card(&awkward, &set_up),
                queue_card(&resolved, &set_up),
                super::packet(&awkward_packet, &set_up),
                say(&Say::Solution { text: text.clone() }, &resolved, &set_up),
                say(&Say::HandedBack { agent: ANA, reason: text.clone() }, &awkward, &set_up),
                say(&Say::Canned { by: ANA, text: "{subject}".repeat(222) }, &awkward, &set_up),
                lists::info(language, &info, &set_up),
                lists::page(language, List::Queue, &page),
            ];
            for view in views {
                assert_within_limits(&view.marked("0123456789abcdef"));
            }
        }
    }
}
