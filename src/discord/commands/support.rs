//! `/support`, the front door, and **Open a support ticket** in the menu of a message.

use serenity::model::channel::Message;

use crate::desk::{Asking, Refusal};
use crate::discord::call::{Call, Given};
use crate::discord::custom_id::CustomId;
use crate::discord::reply::{Answer, Mistake, Reply};
use crate::discord::views::{self, forms};
use crate::domain::id::{MessageId, QuestionId};
use crate::domain::question::Attachment;

/// Answers from the knowledge base. Nothing here waits for the database.
pub(super) async fn ask(call: &Call<'_>, given: Given<'_>) -> Reply {
    let question = given.filled("question").ok_or(Refusal::TextMissing)?;
    let asking = Asking {
        id: QuestionId(call.interaction.get().cast_signed()),
        text: question.trim().to_owned(),
        category: given.filled("category").map(|category| category.trim().to_owned()),
        attachment: given.attachment("attachment").map(attachment),
    };
    let (asked, answer) = call.cx.desk.ask(&call.actor, asking).await?;
    // From memory, so that the answer still waits for no database.
    let open = call.cx.desk.open_incidents(call.actor.guild);
    let view = views::incidents::above(views::answer::answer(&asked, &answer), asked.language, &open);
    Ok(Answer::Asked(view))
}

/// The form that opens a ticket from a message, with its first line as the subject.
pub(super) fn open_from_message(call: &Call<'_>, given: &Given<'_>) -> Reply {
    let message = given.message.ok_or(Mistake::UnknownCommand)?;
    let id = CustomId::OpenFromMessageForm { message: MessageId::from_snowflake(message.id.get()) };
    let subject = message.content.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    Ok(Answer::Form(forms::opening(id, call.language(), subject, &details(message, subject))))
}

/// All of the message but a subject that says it all, and the addresses of its files: a form carries texts only. Whoever
/// sends the form sees by them that the files go along, and may take one out.
fn details(message: &Message, subject: &str) -> String {
    let said = message.content.trim();
    let said = if said == subject && said.chars().count() <= crate::desk::SUBJECT_MAX { "" } else { said };
    let files = message.attachments.iter().map(|file| file.url.as_str());
    let parts: Vec<_> = std::iter::once(said).chain(files).filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

fn attachment(file: &serenity::model::channel::Attachment) -> Attachment {
    Attachment { name: file.filename.clone(), url: file.url.clone(), size: u64::from(file.size), fate: None }
}
