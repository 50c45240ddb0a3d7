//! Incidents: the banner above answers, the staff's card, the proposal, and what everybody is told at the end.

use serenity::builder::CreateActionRow;
use serenity::model::Colour;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::{cut, escape, escape_one_line};
use super::{View, button, row, words};
use crate::desk::{ProposalInfo, SetUp};
use crate::discord::custom_id::CustomId;
use crate::domain::article::Language;
use crate::domain::incident::Incident;
use crate::domain::ticket::StatusName;
use crate::text;

const OPEN: Colour = Colour::new(0x00E7_4C3C);

/// So many banners stand above an answer, which still has to be read; the others are in `/desk incident`.
const BANNERS_MAX: usize = 2;
/// So much of an incident's text is on a banner.
const BANNER_MAX: usize = 400;
/// So much of a solution is in the support channel, with a word after it.
const SOLUTION_MAX: usize = 3600;
/// So many tickets of a proposal are named.
const NAMED_MAX: usize = 15;
/// Discord's limit for the label of a button, with room for the words around the title.
const LABEL_TITLE_MAX: usize = 25;

/// An answer with what is known to be broken above it, and a button for whoever has it, too.
pub(crate) fn above(view: View, language: Language, incidents: &[Incident]) -> View {
    if incidents.is_empty() {
        return view;
    }
    // The latest first: it is what most people come for.
    let shown: Vec<&Incident> = incidents.iter().rev().take(BANNERS_MAX).collect();
    let mut embeds: Vec<_> = shown.iter().flat_map(|incident| fit([banner(language, incident)])).collect();
    embeds.extend(view.embeds);
    let buttons = shown.iter().map(|incident| {
        let label = if shown.len() == 1 {
            text::button_me_too(language)
        } else {
            text::button_me_too_about(language, cut(&incident.title, LABEL_TITLE_MAX))
        };
        button(CustomId::MeToo { incident: incident.id }, ButtonStyle::Secondary, label)
    });
    let mut rows = vec![CreateActionRow::Buttons(buttons.collect())];
    rows.extend(view.rows);
    View { embeds, rows, ..view }
}

fn banner(language: Language, incident: &Incident) -> Frame {
    let since = text::banner_since(language, words::relative(incident.opened_at));
    let known = cut(&escape(&incident.text), BANNER_MAX);
    Frame::new(OPEN)
        .title(text::banner_title(language, escape_one_line(&incident.title)))
        .description(format!("{known}\n{since}"))
}

/// The card in the queue channel, in the desk's language.
pub(crate) fn card(incident: &Incident, set_up: &SetUp) -> View {
    let language = set_up.settings.language;
    let colour = if incident.end.is_some() { words::colour(StatusName::Closed) } else { OPEN };
    let frame = Frame::new(colour)
        .title(text::incident_title(language, escape_one_line(&incident.title)))
        .description(escape(&incident.text))
        .beside(text::incident_opened(language), Some(by_at(incident.opened_by, incident.opened_at)))
        .beside(text::incident_people(language), Some(incident.people.to_string()))
        .beside(text::incident_tickets(language), Some(incident.tickets.to_string()));
    let Some(end) = &incident.end else {
        let solve = CustomId::SolveIncident { incident: incident.id };
        let rows = row(vec![button(solve, ButtonStyle::Success, text::button_solve_incident(language))]);
        return View { embeds: fit([frame]), rows, ..View::default() };
    };
    let frame = frame
        .beside(text::incident_closed(language), Some(by_at(end.by, end.at)))
        .field(text::card_solution(language), Some(cut(&escape(&end.solution), 900)));
    View { embeds: fit([frame]), ..View::default() }
}

/// Tickets that look like one incident.
pub(crate) fn proposal(info: &ProposalInfo, set_up: &SetUp) -> View {
    let language = set_up.settings.language;
    let lines: Vec<_> = info
        .tickets
        .iter()
        .take(NAMED_MAX)
        .map(|ticket| {
            let thread = ticket.places.thread.map(words::channel).unwrap_or_default();
            format!("- **#{}** {} {thread}", ticket.number, escape_one_line(&ticket.subject))
        })
        .collect();
    let count = i64::try_from(info.tickets.len()).unwrap_or(i64::MAX);
    let frame = Frame::new(OPEN).title(text::proposal_title(language, count));
    if info.proposal.incident.is_some() {
        let frame = frame.description(format!("{}\n{}", text::proposal_taken(language), lines.join("\n")));
        return View { embeds: fit([frame]), ..View::default() };
    }
    let frame = frame.description(format!("{}\n{}", text::proposal_text(language), lines.join("\n")));
    let open = CustomId::OpenIncident { proposal: info.proposal.id };
    let rows = row(vec![button(open, ButtonStyle::Primary, text::button_open_incident(language))]);
    View { embeds: fit([frame]), rows, ..View::default() }
}

/// The word in the support channel when it is over: everybody reads it, so it names nobody.
pub(crate) fn note(incident: &Incident, set_up: &SetUp) -> View {
    let language = set_up.settings.language;
    let solution = incident.end.as_ref().map(|end| end.solution.as_str()).unwrap_or_default();
    let frame = Frame::new(words::colour(StatusName::Resolved))
        .title(text::incident_solved_title(language, escape_one_line(&incident.title)))
        .description(format!(
            "{}\n\n{}",
            cut(&escape(solution), SOLUTION_MAX),
            text::incident_solved_people(language, incident.people)
        ));
    View { embeds: fit([frame]), ..View::default() }
}

/// The incidents that are open.
pub(crate) fn list(language: Language, incidents: &[Incident]) -> View {
    if incidents.is_empty() {
        return View::text(text::incidents_none(language));
    }
    let lines: Vec<_> = incidents
        .iter()
        .map(|incident| {
            text::incidents_line(
                language,
                escape_one_line(&incident.title),
                words::relative(incident.opened_at),
                incident.people,
                incident.tickets,
            )
        })
        .collect();
    let frame = Frame::new(OPEN).title(text::incidents_title(language)).description(lines.join("\n"));
    View { embeds: fit([frame]), ..View::default() }
}

fn by_at(by: crate::domain::id::UserId, at: crate::domain::time::Timestamp) -> String {
    format!("{} {}", words::person(by), words::relative(at))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{MIA, assert_within_limits, at, seen, set_up, ticket};
    use super::*;
    use crate::domain::id::{GuildId, IncidentId, ProposalId, TicketId};
    use crate::domain::incident::{End, Proposal};

    fn incident(title: &str, text: &str) -> Incident {
        Incident {
            id: IncidentId(3),
            guild: GuildId(1),
            title: title.to_owned(),
            text: text.to_owned(),
            opened_by: MIA,
            opened_at: at(0),
            people: 3,
            tickets: 2,
            end: None,
            card: None,
        }
    }

    #[test]
    fn a_banner_stands_above_an_answer_with_one_press_for_whoever_has_it_too() {
        let answer = View::text("An answer");
        let shown = above(answer, Language::De, &[incident("VPN is *down*", "Use @everyone's webmail")]);
        insta::assert_snapshot!(seen(&shown), @r"
        An answer
        pings: nobody
        == Bekannte Störung: VPN is \*down\*
        Use @{zwsp}everyone's webmail
        Wir wissen es seit <t:1000000:R> und arbeiten daran. Dich betrifft es auch? Ein Knopfdruck genügt, ein Ticket ist nicht nötig.
        [Ich auch] v1:me-too:3
        ");
    }

    #[test]
    fn the_note_names_nobody_and_the_card_says_what_can_be_done() {
        let open = incident("VPN", "We look");
        let closed = Incident {
            end: Some(End { by: MIA, at: at(60), solution: "New *cable*".to_owned() }),
            ..open.clone()
        };
        let set_up = set_up(Language::En);
        let views =
            [card(&open, &set_up), card(&closed, &set_up), note(&closed, &set_up)].map(|view| seen(&view));
        insta::assert_snapshot!(views.join("\n\n"), @r"
        pings: nobody
        == Incident: VPN
        We look
        Opened: <@7> <t:1000000:R>
        People: 3
        Tickets: 2
        [Solved] v1:incident-solve:3

        pings: nobody
        == Incident: VPN
        We look
        Opened: <@7> <t:1000000:R>
        People: 3
        Tickets: 2
        Solved: <@7> <t:1000060:R>
        Solution: New \*cable\*

        pings: nobody
        == VPN is solved
        New \*cable\*

        3 people had it. If you still have the problem, ask with `/support`.
        ");
    }

    #[test]
    fn the_longest_texts_stay_within_discords_limits() {
        for unit in ["*", "@everyone ", "ä🦊"] {
            let long = |max: usize| unit.chars().cycle().take(max).collect::<String>();
            let mut many = vec![incident(&long(100), &long(1000)); 30];
            many[29].end = Some(End { by: MIA, at: at(1), solution: long(4000) });
            for (number, incident) in (0..).zip(&mut many) {
                incident.id = IncidentId(number);
            }
            let longest = Frame::new(OPEN).title(long(256)).description(long(3500)).footer(long(256));
            let answer = View { embeds: fit([longest]), ..View::default() };
            let tickets = vec![crate::domain::ticket::Ticket { subject: long(80), ..ticket() }; 60];
            let proposal = Proposal {
                id: ProposalId(1),
                guild: GuildId(1),
                tickets: vec![TicketId(1)],
                at: at(0),
                incident: None,
                posted: None,
            };
            let info = ProposalInfo { proposal, tickets };
            for language in Language::ALL {
                let set_up = set_up(language);
                for view in [
                    above(answer.clone(), language, &many),
                    card(&many[29], &set_up),
                    note(&many[29], &set_up),
                    super::proposal(&info, &set_up),
                    list(language, &many),
                ] {
                    assert_within_limits(&view.marked("0123456789abcdef"));
                }
            }
        }
    }
}
