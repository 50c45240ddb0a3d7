//! One complete ticket in the terminal, from the question to the closing note.

use std::io::Write;

use anyhow::{Context as _, anyhow};

use super::office::Office;
use crate::sandbox::{OptionInput, Person, Reaction, SeenMessage};

/// The words that are pressed and typed, in the language that the people speak.
struct Words {
    question: &'static str,
    open: &'static str,
    details: &'static str,
    claim: &'static str,
    escalate: &'static str,
    tried: &'static str,
    accept: &'static str,
    resolve: &'static str,
    solution: &'static str,
    works: &'static str,
    reopen: &'static str,
}

const ENGLISH: Words = Words {
    question: "my VPN stops connecting at 98 percent",
    open: "Open a ticket",
    details: "Since this morning, from home. I restarted twice.",
    claim: "Claim",
    escalate: "Escalate",
    tried: "Restarted the client, other networks, other account.",
    accept: "Accept",
    resolve: "Resolve",
    solution: "Your certificate had expired. It is renewed; please connect again.",
    works: "That works",
    reopen: "Reopen",
};

const GERMAN: Words = Words {
    question: "mein VPN bleibt bei 98 Prozent stehen",
    open: "Ticket öffnen",
    details: "Seit heute früh, aus dem Homeoffice. Zweimal neu gestartet.",
    claim: "Übernehmen",
    escalate: "Eskalieren",
    tried: "Client neu gestartet, anderes Netz, anderes Konto.",
    accept: "Annehmen",
    resolve: "Lösen",
    solution: "Dein Zertifikat war abgelaufen. Es ist erneuert; bitte verbinde dich noch einmal.",
    works: "Funktioniert",
    reopen: "Wieder öffnen",
};

/// Plays the ticket, and says on `out` what each person does and sees.
pub(super) async fn play(office: &Office, out: &mut impl Write) -> anyhow::Result<()> {
    let words = if office.is_german() { GERMAN } else { ENGLISH };
    let Office { ana, ben, sven, support, queue, .. } = office;

    tell(out, ana, &format!("/support question: {}", words.question))?;
    let options = vec![("question".to_owned(), OptionInput::Text(words.question.to_owned()))];
    let reaction = ana.uses(*support, "support", options).await?;
    writeln!(out, "(answered in {:.1} ms)", reaction.took.as_secs_f64() * 1000.0)?;
    let answer = message(&reaction)?.clone();
    show(out, &answer)?;

    tell(out, ana, words.open)?;
    let told = fill(ana, answer.id, words.open, &[(FieldOf::Last, words.details)]).await?;
    let thread = ana.wait_until(|| ana.sees_thread("#")).await;
    let thread = thread.with_context(|| format!("no thread appeared after {told:?}"))?.id;
    show(out, &find(ana, thread, words.claim).await?)?;

    tell(out, ben, words.claim)?;
    let card = find(ben, *queue, words.claim).await?;
    ben.presses(card.id, words.claim).await?;
    let card = find(ben, *queue, words.escalate).await?;
    show(out, &card)?;

    tell(out, ben, words.escalate)?;
    fill(ben, card.id, words.escalate, &[(FieldOf::First, words.tried)]).await?;
    let packet = find(sven, *queue, words.accept).await?;
    tell(out, sven, words.accept)?;
    show(out, &packet)?;
    sven.presses(packet.id, words.accept).await?;

    tell(out, sven, words.resolve)?;
    let card = find(sven, thread, words.resolve).await?;
    fill(sven, card.id, words.resolve, &[(FieldOf::First, words.solution)]).await?;
    let solved = find(ana, thread, words.works).await?;
    show(out, &solved)?;

    tell(out, ana, words.works)?;
    ana.presses(solved.id, words.works).await?;
    show(out, &find(ana, *support, words.reopen).await?)?;
    Ok(())
}

enum FieldOf {
    First,
    Last,
}

/// Presses a button that opens a form, fills it in and sends it. Returns what comes of that.
async fn fill(person: &Person, on: u64, button: &str, texts: &[(FieldOf, &str)]) -> anyhow::Result<Reaction> {
    let reaction = person.presses(on, button).await?;
    let form = reaction.modal().ok_or_else(|| anyhow!("{button} opened no form: {:?}", reaction.outcome))?;
    let fields: Vec<(&str, &str)> = texts
        .iter()
        .filter_map(|(which, text)| {
            let field = match which {
                FieldOf::First => form.fields.first(),
                FieldOf::Last => form.fields.last(),
            };
            field.map(|field| (field.custom_id.as_str(), *text))
        })
        .collect();
    Ok(person.submits(form, &fields).await?)
}

fn message(reaction: &Reaction) -> anyhow::Result<&SeenMessage> {
    reaction.message().ok_or_else(|| anyhow!("no message came: {:?}", reaction.outcome))
}

/// The message with this button, as soon as somebody sees it.
async fn find(person: &Person, channel: u64, button: &str) -> anyhow::Result<SeenMessage> {
    let found = person.wait_until(|| {
        let seen = person.sees(channel);
        seen.into_iter().rev().find(|message| message.button(button).is_some_and(|button| !button.disabled))
    });
    found.await.with_context(|| format!("{} sees no {button}", person.name()))
}

fn tell(out: &mut impl Write, person: &Person, what: &str) -> std::io::Result<()> {
    writeln!(out, "\n== {}: {what}", person.name())
}

fn show(out: &mut impl Write, message: &SeenMessage) -> std::io::Result<()> {
    write!(out, "{message}")
}
