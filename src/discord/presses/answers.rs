//! Under an answer of the knowledge base: it helped, another one, or a person please.

use crate::desk::{DeskError, Opening, Origin, Refusal};
use crate::discord::call::{Call, Filled};
use crate::discord::custom_id::CustomId;
use crate::discord::reply::{Answer, Mistake, Reply};
use crate::discord::views::{self, View, forms};
use crate::domain::article::Audience;
use crate::domain::id::{MessageId, QuestionId};
use crate::domain::question::Attachment;
use crate::knowledge::answer::Question;
use crate::text;

/// So many files a message can have (Discord docs, resources/message), and so many go along.
const FILES_MAX: usize = 10;

/// "That solved it". The answer goes, and with it its buttons.
pub(super) async fn solved(call: &Call<'_>, question: QuestionId, position: u8) -> Reply {
    let asked = call.cx.desk.own_question(&call.actor, question).await?;
    let article = asked.offered.get(usize::from(position)).ok_or(Refusal::NoSuchQuestion)?;
    call.cx.desk.solved(&call.actor, question, &article.article).await?;
    Ok(Answer::Update(View::text(text::answer_solved(call.language()))))
}

/// Another of the offered articles, in the place of the one before.
pub(super) async fn other(call: &Call<'_>, question: QuestionId, chosen: &[String]) -> Reply {
    let position: u8 = chosen.first().and_then(|chosen| chosen.parse().ok()).ok_or(Mistake::UnknownButton)?;
    let asked = call.cx.desk.own_question(&call.actor, question).await?;
    let article = asked.offered.get(usize::from(position)).ok_or(Mistake::NoSuchArticle)?;
    let question = Question {
        guild: call.actor.guild,
        text: asked.text.clone(),
        language: asked.language,
        audience: Audience::Everyone,
    };
    let desk = &call.cx.desk;
    let shelf = desk.shelf(call.actor.guild).await;
    let hit = desk.knowledge.passage(&shelf, article.article.clone(), question).await?;
    let hit = hit.ok_or(Mistake::NoSuchArticle)?;
    let view = views::answer::article_shown(&asked, position, &hit);
    let open = call.cx.desk.open_incidents(call.actor.guild);
    Ok(Answer::Update(views::incidents::above(view, asked.language, &open)))
}

/// "Open a ticket": the form, with the question as its subject.
pub(super) async fn open(call: &Call<'_>, question: QuestionId) -> Reply {
    // Without its row, which a crash in the wrong moment costs, the way to a person still has to be open.
    let subject = match call.cx.desk.own_question(&call.actor, question).await {
        Ok(asked) => asked.text,
        Err(DeskError::Refused(Refusal::NoSuchQuestion)) => String::new(),
        Err(error) => return Err(error.into()),
    };
    Ok(Answer::Form(forms::opening(CustomId::OpenForm { question }, call.language(), &subject, "")))
}

/// The form from under an answer was sent.
pub(super) async fn open_sent(call: &Call<'_>, question: QuestionId, filled: &Filled<'_>) -> Reply {
    opened(call, Origin::Question(question), filled.text(forms::DETAILS), Vec::new(), filled).await
}

/// The form from the menu of a message was sent.
pub(super) async fn open_from_message_sent(
    call: &Call<'_>,
    message: MessageId,
    filled: &Filled<'_>,
) -> Reply {
    // The addresses of its files stand in lines of their own, as the form was filled in.
    let (mut files, mut said) = (Vec::new(), Vec::new());
    for line in filled.text(forms::DETAILS).lines() {
        match call.cx.rest.file_at(line.trim()).filter(|_| files.len() < FILES_MAX) {
            Some(file) => files.push(file),
            None => said.push(line),
        }
    }
    opened(call, Origin::Message(message), &said.join("\n"), files, filled).await
}

async fn opened(
    call: &Call<'_>,
    origin: Origin,
    details: &str,
    files: Vec<Attachment>,
    filled: &Filled<'_>,
) -> Reply {
    let opening = Opening {
        origin,
        subject: filled.text(forms::SUBJECT).to_owned(),
        details: Some(details.to_owned()),
        files,
        reply: Some(call.reply_token()),
    };
    let opened = call.cx.desk.open(&call.actor, opening).await?;
    let waiting = call.cx.desk.waiting(&opened.ticket).await?;
    let view = views::opened(&opened.ticket, call.language(), call.set_up()?, &waiting);
    // In the place of the answer, whose buttons have done their work.
    Ok(if call.pressed.is_some() { Answer::Update(view) } else { Answer::Ephemeral(view) })
}
